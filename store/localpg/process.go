//go:build unix

package localpg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// pidFile is what a running server says about itself in postmaster.pid.
type pidFile struct {
	pid       int
	port      int
	socketDir string
	host      string
	ready     bool
}

// readPIDFile returns false where there is none or it is only half written.
func readPIDFile(data string) (pidFile, bool) {
	text, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if err != nil {
		return pidFile{}, false
	}
	// pid, data directory, start time, port, socket directory, address, shared
	// memory, state: one a line, the last ones added as the server gets there.
	lines := strings.Split(string(text), "\n")
	if len(lines) < 6 {
		return pidFile{}, false
	}
	pid, err1 := strconv.Atoi(lines[0])
	port, err2 := strconv.Atoi(lines[3])
	if err1 != nil || err2 != nil {
		return pidFile{}, false
	}
	p := pidFile{pid: pid, port: port, socketDir: lines[4], host: lines[5]}
	p.ready = len(lines) > 7 && strings.TrimSpace(lines[7]) == "ready"
	return p, true
}

// alive tells whether a process exists, whoever owns it.
func alive(pid int) bool {
	if pid <= 0 {
		return false
	}
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}

// running tells whether the server still has hold of its data. A child of this
// process that has died exists, for the system and for PostgreSQL's own check at
// the next start, until it has been waited for; another Server of this process
// may have started it. Where somebody else has to wait for it, and takes their
// time, the server's own file, which it removes last, says that it has ended.
// Once found dead, a number is not asked after again: it may be another's by then.
func (s *Server) running() bool {
	if s.pid == s.dead {
		return false
	}
	got, err := syscall.Wait4(s.pid, nil, syscall.WNOHANG, nil)
	ours := err == nil
	if f, ok := readPIDFile(s.data); got == s.pid || !alive(s.pid) || !ours && (!ok || f.pid != s.pid) {
		s.dead = s.pid
		return false
	}
	return true
}

// majors lists the majors of the data directories in dir, the newest first.
func majors(dir string) []int {
	var list []int
	found, _ := filepath.Glob(filepath.Join(dir, "pg*", "PG_VERSION")) // well formed
	for _, path := range found {
		name := filepath.Base(filepath.Dir(path))
		if n, err := strconv.Atoi(strings.TrimPrefix(name, "pg")); err == nil {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	slices.Reverse(list)
	return list
}

// pingLimit is how long one try to reach a server that runs may take.
const pingLimit = 5 * time.Second

// attach finds the server that runs on our directory. It waits for one that is
// just starting or stopping, and returns false where none runs.
func (s *Server) attach(ctx context.Context) (bool, error) {
	for {
		p, found := pidFile{}, false
		for _, major := range majors(s.dir) {
			data := s.dataDir(major)
			if p, found = readPIDFile(data); found && alive(p.pid) {
				s.data, s.pid, s.port, s.socketDir, s.host = data, p.pid, p.port, p.socketDir, p.host
				s.dead = 0
				break
			}
			found = false
		}
		if !found {
			return false, nil
		}
		one, cancel := context.WithTimeout(ctx, pingLimit)
		err := s.ping(one)
		late := one.Err() != nil
		cancel()
		if err == nil {
			return true, nil
		}
		var pg *pgconn.PgError
		if errors.Is(ctx.Err(), context.Canceled) { // whoever starts it gave up: that tells nothing of the server
			return false, ctx.Err()
		}
		if late && p.ready {
			if ctx.Err() != nil {
				return false, fmt.Errorf("%w (process %d)", ErrSilent, p.pid)
			}
			s.o.log().Warn("waiting for the private database: it runs, and does not answer", "pid", p.pid)
			continue
		}
		if !errors.As(err, &pg) && p.ready {
			return false, nil // nobody answers there: the file is a leftover and its number reused
		}
		if pg != nil && pg.Code != "57P03" { // cannot_connect_now
			return false, err
		}
		if err := pause(ctx, 10*time.Millisecond); err != nil {
			return false, fmt.Errorf("waiting for the server to start or stop: %w", err)
		}
	}
}

func (s *Server) dataDir(major int) string {
	return filepath.Join(s.dir, "pg"+strconv.Itoa(major))
}

// ping makes one connection; at the first start it also gives our database its name.
func (s *Server) ping(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.urlFor(database))
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "3D000" { // no such database
		return s.nameDatabase(ctx)
	}
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// nameDatabase renames the empty database that initdb makes: a tenth of the cost
// of making another.
func (s *Server) nameDatabase(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.urlFor("template1"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "alter database postgres rename to "+database); err != nil {
		return fmt.Errorf("name the database: %w", err)
	}
	return nil
}

// launch starts a server, making its data first where there are none.
func (s *Server) launch(ctx context.Context) error {
	if s.o.Test && s.pid == 0 {
		// What an earlier test run left behind, killed with its watchdog.
		for _, major := range majors(s.dir) {
			if err := os.RemoveAll(s.dataDir(major)); err != nil {
				return err
			}
		}
	}
	p, err := s.programs(ctx)
	if err != nil {
		return err
	}
	s.data = s.dataDir(p.major)
	synced := make(chan error, 1)
	if _, err := os.Stat(filepath.Join(s.data, "PG_VERSION")); errors.Is(err, fs.ErrNotExist) {
		s.o.progress(fmt.Sprintf("making a private PostgreSQL %d database in %s", p.major, s.dir))
		if err := s.initdb(ctx, p); err != nil {
			return err
		}
		if err := s.configure(); err != nil {
			return err
		}
		if s.o.Test {
			synced <- nil
		} else {
			go func() { synced <- s.syncData(ctx, p) }()
		}
	} else {
		synced <- s.configure()
		s.o.progress(Starting)
	}
	if err := s.serve(ctx, p); err != nil {
		<-synced
		return err
	}
	return <-synced
}

// programs finds PostgreSQL on the machine, among earlier downloads, or fetches it.
func (s *Server) programs(ctx context.Context) (programs, error) {
	find := s.o.Find
	if find == nil {
		find = FindBinaries
	}
	dirs := find()
	cache, err := s.cacheDir()
	if err != nil {
		return programs{}, err
	}
	if bin := fetched(cache); bin != "" {
		dirs = append(dirs, bin)
	}
	data := majors(s.dir)
	p, err := choose(ctx, dirs, data)
	if len(dirs) > 0 || err == nil {
		return p, err
	}
	if s.o.NoDownload {
		return programs{}, fmt.Errorf("%w: install PostgreSQL (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql@17; Alpine: apk add postgresql), or set PG_BIN to the directory of initdb", ErrNoPostgres)
	}
	s.o.progress("fetching PostgreSQL, since none is installed (once, about 30 MB)")
	if err := s.account.mkdir(cache); err != nil {
		return programs{}, err
	}
	bin, err := fetch(ctx, cache, s.o.DownloadURL)
	if err != nil {
		return programs{}, err
	}
	return choose(ctx, []string{bin}, data)
}

// cacheDir is where downloads are kept: with the data, but tests, whose data are
// thrown away, share the lasting one.
func (s *Server) cacheDir() (string, error) {
	if s.o.Test && s.o.Dir == "" {
		return defaultDir()
	}
	return s.dir, nil
}

// serve starts the postmaster and waits until it takes connections. A server that
// has just been killed may still count as running, as a process that nobody has
// waited for yet or through its last backends' shared memory: that passes.
func (s *Server) serve(ctx context.Context, p programs) error {
	for deadline := time.Now().Add(10 * time.Second); ; {
		said, err := s.spawn(ctx, p)
		if err == nil {
			return s.ping(ctx)
		}
		passing := strings.Contains(said, "postmaster.pid\" already exists") ||
			strings.Contains(said, "pre-existing shared memory block") ||
			strings.Contains(said, "could not create any Unix-domain sockets")
		if !passing || time.Now().After(deadline) || ctx.Err() != nil {
			return fmt.Errorf("start PostgreSQL: %w: %s (the log is %s)", err, lastLine([]byte(said)), s.logPath())
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
}

func (s *Server) logPath() string { return filepath.Join(s.run, "server.log") }

// spawn makes one try. If it fails it returns what the server said.
func (s *Server) spawn(ctx context.Context, p programs) (said string, err error) {
	logFile, err := s.openLog()
	if err != nil {
		return "", err
	}
	defer logFile.Close()
	begin, err := logFile.Seek(0, 2)
	if err != nil {
		return "", err
	}
	// Not bound to ctx: the server outlives the start, and us.
	cmd := s.command(context.Background(), p, "postgres", "-D", s.data)
	cmd.Stdout, cmd.Stderr = logFile, logFile
	if err := cmd.Start(); err != nil {
		return "", err
	}
	pid := cmd.Process.Pid
	for {
		if f, ok := readPIDFile(s.data); ok && f.pid == pid && f.ready {
			s.pid, s.dead = pid, 0
			return "", cmd.Process.Release() // running waits for it
		}
		var status syscall.WaitStatus
		if got, _ := syscall.Wait4(pid, &status, syscall.WNOHANG, nil); got == pid {
			text, _ := os.ReadFile(s.logPath())
			return string(bytes.TrimSpace(text[min(int(begin), len(text)):])), fmt.Errorf("it ended at once (exit code %d)", status.ExitStatus())
		}
		if err := pause(ctx, 3*time.Millisecond); err != nil {
			_ = syscall.Kill(pid, syscall.SIGQUIT)
			_ = cmd.Wait()
			return "", err
		}
	}
}

// openLog opens the server's own log, beginning a new one past 4 MB.
func (s *Server) openLog() (*os.File, error) {
	if info, err := os.Stat(s.logPath()); err == nil && info.Size() > 4<<20 {
		if err := os.Rename(s.logPath(), s.logPath()+".old"); err != nil {
			return nil, err
		}
	}
	f, err := os.OpenFile(s.logPath(), os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	return f, s.account.own(s.logPath())
}

// halt signals the server and waits until it is gone, forcing it after 10 s.
func (s *Server) halt(sig syscall.Signal) error {
	if !s.running() {
		return nil
	}
	if err := syscall.Kill(s.pid, sig); err != nil && !errors.Is(err, syscall.ESRCH) {
		return err
	}
	for began := time.Now(); s.running(); time.Sleep(3 * time.Millisecond) {
		switch waited := time.Since(began); {
		case waited > 15*time.Second:
			return fmt.Errorf("PostgreSQL (process %d) does not end", s.pid)
		case waited > 10*time.Second:
			_ = syscall.Kill(s.pid, syscall.SIGQUIT)
		}
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
