package storetest

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"

	"cairn/store"
	"cairn/store/localpg"
)

// TestMain plays a machine without PostgreSQL when told to.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

func TestEachTestHasItsOwn(t *testing.T) {
	for range 8 {
		t.Run("database", func(t *testing.T) {
			t.Parallel()
			db := DB(t)
			s, err := store.SchemaVersion(t.Context(), db)
			if err != nil || len(s.Pending) != 0 || s.Version == 0 {
				t.Fatalf("%+v, %v", s, err)
			}
			if _, err := db.Exec(t.Context(), "create table only_mine (n int)"); err != nil {
				t.Errorf("the table of another test is here: %v", err)
			}
		})
	}
}

func TestEmptyIsEmpty(t *testing.T) {
	conn, err := pgx.Connect(t.Context(), Empty(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var tables int
	if err := conn.QueryRow(t.Context(), "select count(*) from pg_tables where schemaname = 'public'").Scan(&tables); err != nil || tables != 0 {
		t.Errorf("%d tables, %v", tables, err)
	}
}

func TestDroppedAtTheEnd(t *testing.T) {
	var url string
	t.Run("inner", func(t *testing.T) { url = URL(t) })
	if conn, err := pgx.Connect(t.Context(), url); err == nil {
		conn.Close(context.Background())
		t.Error("the database outlived its test")
	}
}

func TestDedicatedSurvivesKill(t *testing.T) {
	d := Server(t)
	url := d.URL()
	db := connect(t, url)
	if _, err := db.Exec(t.Context(), "create table kept (n int)"); err != nil {
		t.Fatal(err)
	}
	for n, end := range []func(){d.Kill, d.Stop} {
		if _, err := db.Exec(t.Context(), "insert into kept values ($1)", n); err != nil {
			t.Fatal(err)
		}
		end()
		if err := db.Ping(t.Context()); err == nil {
			t.Fatal("the server answers after its end")
		}
		d.Start()
		db.Reset() // connections of before
		var rows int
		if err := db.QueryRow(t.Context(), "select count(*) from kept").Scan(&rows); err != nil || rows != n+1 {
			t.Fatalf("%d rows of %d: %v", rows, n+1, err)
		}
	}
}

// TestWithoutPrograms runs a test of this package on a machine, played by an
// empty PATH, where nothing is found. Programs in the usual places cannot be
// hidden; there only the server's own refusal is looked at.
func TestWithoutPrograms(t *testing.T) {
	none := localpg.Options{Test: true, NoDownload: true, Find: func() []string { return nil }}
	if _, err := localpg.Start(t.Context(), none); err == nil || strings.Contains(err.Error(), "\n") {
		t.Fatalf("got %v", err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestEmptyIsEmpty$")
	cmd.Env = []string{"PATH=", "TMPDIR=/proc"} // nothing can be made in there
	out, err := cmd.CombinedOutput()
	if err == nil || strings.Contains(string(out), "SKIP") || !strings.Contains(string(out), "storetest: private database:") {
		t.Errorf("%v: %s", err, out)
	}
}
