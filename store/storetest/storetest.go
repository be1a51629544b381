// Package storetest gives tests real databases.
//
// Contract: every call returns a database of the test's own, migrated, which is
// dropped when the test ends. All test processes of one `go test` share one
// private PostgreSQL (no fsync), started by the first that needs it and gone,
// with its files, a moment after `go test` has ended, however it ended. A machine
// without PostgreSQL's programs fails the test with a line that names the fix: it
// never skips.
package storetest

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/store"
	"cairn/store/localpg"
)

// patience bounds everything here that waits for a server.
const patience = 2 * time.Minute

// DB returns a pool on a fresh migrated database. The pool is closed and the
// database dropped when the test ends.
func DB(t testing.TB) *pgxpool.Pool {
	t.Helper()
	return connect(t, URL(t))
}

// URL returns the connection string of a fresh migrated database, for tests
// that start the program itself.
func URL(t testing.TB) string {
	t.Helper()
	s := sharedServer(t)
	return create(t, s, template(t, s))
}

// Empty returns the connection string of a database without any tables.
func Empty(t testing.TB) string {
	t.Helper()
	return create(t, sharedServer(t), "template0")
}

// Hold has another session lock what a statement locks, until the test ends or what it
// returns is called.
func Hold(t testing.TB, pool *pgxpool.Pool, sql string) (release func()) {
	t.Helper()
	tx, err := pool.Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	release = sync.OnceFunc(func() { _ = tx.Rollback(context.Background()) })
	t.Cleanup(release)
	if _, err := tx.Exec(context.Background(), sql); err != nil {
		t.Fatal(err)
	}
	return release
}

func connect(t testing.TB, url string) *pgxpool.Pool {
	t.Helper()
	pool, err := pgxpool.New(context.Background(), url)
	if err != nil {
		t.Fatalf("storetest: open the database: %v", err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// shared starts or joins the server of this `go test`. It is the process's, not
// a test's: to join once a process is what makes a database cost 30 ms.
var shared = sync.OnceValues(func() (*localpg.Server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	o := localpg.Options{Test: true, NoRestart: true, NoDownload: true}
	// Run by hand or by a debugger, the parent may live for days: then the
	// server ends with this process.
	if parent := os.Getppid(); isGo(parent) {
		o.KeepForParent = true
		o.Dir = filepath.Join(os.TempDir(), "cairn-test-"+strconv.Itoa(parent))
	}
	return localpg.Start(ctx, o)
})

func isGo(pid int) bool {
	name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
	if err != nil { // no /proc: macOS and the BSDs
		if name, err = exec.Command("ps", "-o", "comm=", "-p", strconv.Itoa(pid)).Output(); err != nil {
			return false
		}
	}
	return filepath.Base(strings.TrimSpace(string(name))) == "go"
}

func sharedServer(t testing.TB) *localpg.Server {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	return s
}

// admin connects to the server's own database, from which others are made.
func admin(ctx context.Context, s *localpg.Server) (*pgx.Conn, error) {
	return pgx.Connect(ctx, s.URL())
}

// on is the address of another database of the same server.
func on(s *localpg.Server, database string) string {
	u, err := url.Parse(s.URL())
	if err != nil {
		panic(err) // localpg made it
	}
	u.Path = "/" + database
	return u.String()
}

// template makes sure of the migrated database that all others are copied from.
func template(t testing.TB, s *localpg.Server) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	name := "template_" + store.SchemaHash()
	if err := ensureTemplate(ctx, s, name); err != nil {
		t.Fatalf("storetest: make the template database: %v", err)
	}
	return name
}

func ensureTemplate(ctx context.Context, s *localpg.Server, name string) error {
	conn, err := admin(ctx, s)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx)) // and with it ends the lock
	exists := func() (is bool, err error) {
		err = conn.QueryRow(ctx, "select exists (select from pg_database where datname = $1)", name).Scan(&is)
		return is, err
	}
	if is, err := exists(); is || err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "select pg_advisory_lock(hashtext($1))", name); err != nil {
		return err
	}
	if is, err := exists(); is || err != nil {
		return err
	}
	// It takes its name only once it is whole.
	building := name + "_building"
	if _, err := conn.Exec(ctx, "drop database if exists "+building+" with (force)"); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "create database "+building+" template template0"); err != nil {
		return err
	}
	pool, err := pgxpool.New(ctx, on(s, building))
	if err != nil {
		return err
	}
	err = store.Migrate(ctx, pool, slog.New(slog.DiscardHandler))
	pool.Close()
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, "alter database "+building+" rename to "+name)
	return err
}

var unfit = regexp.MustCompile(`[^a-z0-9]+`)

func create(t testing.TB, s *localpg.Server, template string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	name := freshName(t)
	if err := adminExec(ctx, s, "create database "+name+" template "+template); err != nil {
		t.Fatalf("storetest: make a database: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := adminExec(ctx, s, "drop database "+name+" with (force)"); err != nil {
			t.Errorf("storetest: drop the database: %v", err)
		}
	})
	return on(s, name)
}

// freshName begins with the test's name, for whoever looks at pg_stat_activity.
func freshName(t testing.TB) string {
	words := unfit.ReplaceAllString(strings.ToLower(t.Name()), "_")
	return "t_" + words[:min(len(words), 40)] + "_" + strings.ToLower(rand.Text()[:12])
}

func adminExec(ctx context.Context, s *localpg.Server, sql string) error {
	conn, err := admin(ctx, s)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, sql)
	return err
}
