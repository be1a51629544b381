//go:build unix

package localpg

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"
)

// TestMain plays the second process when told to: see helper.
func TestMain(m *testing.M) {
	if dir := os.Getenv("LOCALPG_HELPER_DIR"); dir != "" {
		os.Exit(helperMain(dir))
	}
	goleak.VerifyTestMain(m)
}

// helperMain uses the server of dir until its input ends, then stops.
func helperMain(dir string) int {
	s, err := Start(context.Background(), Options{Dir: dir})
	if err != nil {
		fmt.Println("error:", err)
		return 1
	}
	fmt.Println("up", s.Owned(), s.PID())
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
	if err := s.Stop(); err != nil {
		fmt.Println("error:", err)
		return 1
	}
	return 0
}

// process is another process that uses a server.
type process struct {
	cmd   *exec.Cmd
	end   func()
	owned bool
	pid   int // the server's
}

// helper starts another process on dir and waits until its server is up.
func helper(t *testing.T, dir string) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "LOCALPG_HELPER_DIR="+dir)
	in, err := cmd.StdinPipe()
	check(t, err)
	out, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	p := &process{cmd: cmd, end: func() { in.Close(); cmd.Wait() }}
	t.Cleanup(p.end)
	line, _ := bufio.NewReader(out).ReadString('\n')
	if _, err := fmt.Sscanf(line, "up %t %d", &p.owned, &p.pid); err != nil {
		t.Fatalf("the other process says %q", line)
	}
	return p
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// tempDir is a directory that the server's account can reach, with a short path,
// in which no server is left running after the test.
func tempDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "lpg")
	check(t, err)
	check(t, os.Chmod(dir, 0o755))
	t.Cleanup(func() {
		for _, major := range majors(filepath.Join(dir, "d")) {
			p, ok := readPIDFile(filepath.Join(dir, "d", "pg"+strconv.Itoa(major)))
			if ok && alive(p.pid) {
				t.Errorf("server %d was left running", p.pid)
				_ = syscall.Kill(p.pid, syscall.SIGQUIT)
			}
		}
		check(t, os.RemoveAll(dir))
	})
	return filepath.Join(dir, "d")
}

func begin(t *testing.T, o Options) *Server {
	t.Helper()
	s, err := Start(t.Context(), o)
	check(t, err)
	t.Cleanup(func() { check(t, s.Stop()) })
	return s
}

func query[T any](t *testing.T, s *Server, sql string, args ...any) T {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.URL())
	check(t, err)
	defer conn.Close(context.Background())
	var v T
	check(t, conn.QueryRow(t.Context(), sql, args...).Scan(&v))
	return v
}

func execSQL(t *testing.T, s *Server, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.URL())
	check(t, err)
	defer conn.Close(context.Background())
	_, err = conn.Exec(t.Context(), sql)
	check(t, err)
}

// until waits for something that another process does.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 1000 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("never came: %s", what)
}

func TestDataAreKeptAndDurable(t *testing.T) {
	dir := tempDir(t)
	s := begin(t, Options{Dir: dir})
	if !s.Owned() {
		t.Error("the first process does not own the server")
	}
	for _, setting := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
		if got := query[string](t, s, "select current_setting($1)", setting); got != "on" {
			t.Errorf("%s is %s", setting, got)
		}
	}
	execSQL(t, s, "create extension pg_trgm")
	if got := query[float32](t, s, "select similarity('Žluťoučký', 'žluťoučká')"); got < 0.5 {
		t.Errorf("names beyond ASCII are %g alike: the locale is wrong", got)
	}
	execSQL(t, s, "create table kept as select 'Žluťoučký' as word")
	check(t, s.Stop())
	if alive(s.PID()) {
		t.Fatal("Stop returned while the server still runs")
	}
	again := begin(t, Options{Dir: dir})
	if got := query[string](t, again, "select lower(word) from kept"); got != "žluťoučký" {
		t.Errorf("after the second start the word is %q", got)
	}
}

func TestSecondProcessAttachesAndKeepsTheServer(t *testing.T) {
	dir := tempDir(t)
	first := helper(t, dir)
	second := begin(t, Options{Dir: dir})
	if !first.owned || second.Owned() || second.PID() != first.pid {
		t.Fatalf("first owns %t, second owns %t, servers %d and %d", first.owned, second.Owned(), first.pid, second.PID())
	}
	conn, err := pgx.Connect(t.Context(), second.URL())
	check(t, err)
	defer conn.Close(context.Background())
	first.end()
	// The very connection must live on, not merely a server started again.
	var one int
	check(t, conn.QueryRow(t.Context(), "select 1").Scan(&one))
	check(t, conn.Close(t.Context()))
	check(t, second.Stop())
	until(t, "the server ends with its last user", func() bool { return !alive(first.pid) })
}

func TestFirstProcessKilled(t *testing.T) {
	dir := tempDir(t)
	first := helper(t, dir)
	second := begin(t, Options{Dir: dir})
	conn, err := pgx.Connect(t.Context(), second.URL())
	check(t, err)
	defer conn.Close(context.Background())
	check(t, first.cmd.Process.Kill())
	first.end()
	var one int
	check(t, conn.QueryRow(t.Context(), "select 1").Scan(&one))
}

func TestLastProcessKilledLeavesNoServer(t *testing.T) {
	dir := tempDir(t)
	only := helper(t, dir)
	check(t, only.cmd.Process.Kill())
	only.end()
	until(t, "the server ends after the last user was killed", func() bool { return !alive(only.pid) })
	begin(t, Options{Dir: dir}) // and the data are in order
}

func TestFirstStartsAtOnce(t *testing.T) {
	dir := tempDir(t)
	var servers [4]*Server
	var errs [4]error
	var all sync.WaitGroup
	for i := range servers {
		all.Go(func() { servers[i], errs[i] = Start(t.Context(), Options{Dir: dir}) })
	}
	all.Wait()
	check(t, errors.Join(errs[:]...))
	owners := 0
	for _, s := range servers {
		t.Cleanup(func() { check(t, s.Stop()) })
		if s.Owned() {
			owners++
		}
		if s.PID() != servers[0].PID() {
			t.Errorf("two servers: %d and %d", s.PID(), servers[0].PID())
		}
	}
	if owners != 1 {
		t.Errorf("%d owners", owners)
	}
}

func TestKilledServerComesBack(t *testing.T) {
	s := begin(t, Options{Dir: tempDir(t)})
	execSQL(t, s, "create table kept as select 7 as n")
	url, killed := s.URL(), s.PID()
	check(t, s.Halt(syscall.SIGKILL))
	until(t, "a server under another process id", func() bool { return s.PID() != killed })
	if s.URL() != url {
		t.Errorf("the address changed from %s to %s", url, s.URL())
	}
	if got := query[int](t, s, "select n from kept"); got != 7 {
		t.Errorf("kept %d", got)
	}
}

func TestNoRestartLeavesItDown(t *testing.T) {
	s := begin(t, Options{Dir: tempDir(t), NoRestart: true})
	check(t, s.Halt(syscall.SIGKILL))
	if _, err := pgx.Connect(t.Context(), s.URL()); err == nil {
		t.Fatal("a killed server answers")
	}
	check(t, s.Restart(t.Context()))
	if got := query[int](t, s, "select 1"); got != 1 {
		t.Error("no answer after Restart")
	}
}

func TestLeftoverIsAttachedTo(t *testing.T) {
	dir := tempDir(t)
	only := helper(t, dir)
	// Without its watchdog nobody ends the server of a killed process: as after
	// a kill of everything that has Cairn in its name.
	out, err := exec.Command("pgrep", "-f", "cairn-watchdog "+filepath.Join(dir, "run", "lease")).Output()
	check(t, err)
	for _, pid := range strings.Fields(string(out)) {
		n, _ := strconv.Atoi(pid)
		_ = syscall.Kill(-n, syscall.SIGKILL)
	}
	check(t, only.cmd.Process.Kill())
	only.end()
	s := begin(t, Options{Dir: dir})
	if s.Owned() || s.PID() != only.pid {
		t.Errorf("started another server instead of using what was left")
	}
}

func TestOldMajorIsNotReplaced(t *testing.T) {
	dir := tempDir(t)
	a, err := whoRuns(dir)
	check(t, err)
	check(t, a.mkdir(dir)) // as an earlier run left it
	check(t, os.Mkdir(filepath.Join(dir, "pg9"), 0o755))
	check(t, os.WriteFile(filepath.Join(dir, "pg9", "PG_VERSION"), []byte("9\n"), 0o644))
	_, err = Start(t.Context(), Options{Dir: dir})
	if !errors.Is(err, ErrOtherMajor) {
		t.Fatalf("got %v", err)
	}
	for _, word := range []string{"of PostgreSQL 9", "Install PostgreSQL 9", "pg_dump"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not say %q", err, word)
		}
	}
}

func TestNoProgramsIsOneLineWithTheFix(t *testing.T) {
	nothing := func() []string { return nil }
	for name, o := range map[string]Options{
		"without download": {NoDownload: true},
		"download refused": {DownloadURL: "http://127.0.0.1:1"},
	} {
		o.Dir, o.Find = tempDir(t), nothing
		_, err := Start(t.Context(), o)
		if !errors.Is(err, ErrNoPostgres) {
			t.Fatalf("%s: got %v", name, err)
		}
		for _, word := range []string{"apt-get install postgresql", "PG_BIN"} {
			if !strings.Contains(err.Error(), word) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: %q does not say %q in one line", name, err, word)
			}
		}
	}
}

func TestLongPathFallsBackToLoopback(t *testing.T) {
	long := filepath.Join(tempDir(t), strings.Repeat("long", 25))
	s := begin(t, Options{Dir: long, Test: true, NoRestart: true})
	if !strings.Contains(s.URL(), "@127.0.0.1:") {
		t.Fatalf("the address is %s", s.URL())
	}
	if got := query[string](t, s, "select current_setting('fsync')"); got != "off" {
		t.Errorf("a test server has fsync %s", got)
	}
	cfg, err := pgx.ParseConfig(s.URL())
	check(t, err)
	cfg.Password = "guessed"
	if _, err := pgx.ConnectConfig(t.Context(), cfg); err == nil {
		t.Error("a wrong password was let in")
	}
	check(t, s.Halt(syscall.SIGINT))
	url := s.URL()
	check(t, s.Restart(t.Context()))
	if s.URL() != url {
		t.Errorf("the address changed from %s to %s", url, s.URL())
	}
}

func TestOthersCannotConnect(t *testing.T) {
	s := begin(t, Options{Dir: tempDir(t), Test: true})
	if os.Geteuid() != 0 {
		// Another user cannot be played; the directory is what keeps them out.
		info, err := os.Stat(s.run)
		check(t, err)
		if info.Mode().Perm() != 0o700 {
			t.Errorf("the socket's directory is %v", info.Mode())
		}
		return
	}
	cmd := exec.Command(os.Args[0])
	cmd.Dir = "/"
	cmd.Env = []string{"LOCALPG_HELPER_DIR=" + s.dir}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if out, err := cmd.CombinedOutput(); err == nil {
		t.Errorf("nobody was let in: %s", out)
	}
}

func TestTestServerLeavesNothing(t *testing.T) {
	s := begin(t, Options{Test: true})
	check(t, s.Stop())
	if _, err := os.Stat(s.Dir()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is still there (%v)", s.Dir(), err)
	}
}

// A server that was stopped in its tracks is there, and needs neither programs nor another one.
func TestSilentServerIsSaidToRun(t *testing.T) {
	dir := tempDir(t)
	s := begin(t, Options{Dir: dir, Test: true})
	until(t, "the server says that it is ready", func() bool {
		p, found := readPIDFile(s.data)
		return found && p.ready
	})
	check(t, syscall.Kill(s.PID(), syscall.SIGSTOP))
	t.Cleanup(func() { check(t, syscall.Kill(s.PID(), syscall.SIGCONT)) })
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, err := Start(ctx, Options{Dir: dir, Test: true})
	if !errors.Is(err, ErrSilent) || !strings.Contains(err.Error(), strconv.Itoa(s.PID())) {
		t.Errorf("another start says %v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	time.AfterFunc(time.Second/2, cancel)
	if _, err := Start(ctx, Options{Dir: dir, Test: true}); !errors.Is(err, context.Canceled) || errors.Is(err, ErrSilent) {
		t.Errorf("a start that is broken off says %v", err)
	}
}
