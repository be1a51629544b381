//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// superuser and database are what Cairn uses on its private server.
const (
	superuser = "cairn"
	database  = "cairn"
)

// Server is this process's share in a private server.
type Server struct {
	o       Options
	dir     string
	run     string // sockets, locks, password, log
	account account

	mu        sync.Mutex // guards what follows: restarts change it
	data      string
	host      string // empty: the socket
	socketDir string
	port      int
	pid       int
	dead      int // pid, once it has been found dead
	owned     bool
	lease     *lease
	watchdog  *exec.Cmd
	stopped   bool

	quit context.CancelFunc // ends mind
	idle sync.WaitGroup
}

// URL is the connection string of the server's database "cairn", fit for
// DATABASE_URL of a process of the same user. It stays the same over restarts.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.urlFor(database)
}

func (s *Server) urlFor(db string) string {
	u := url.URL{Scheme: "postgres", Path: "/" + db, User: url.User(superuser)}
	q := url.Values{"sslmode": {"disable"}}
	if s.host == "" {
		q.Set("host", s.socketDir)
		q.Set("port", strconv.Itoa(s.port))
	} else {
		u.Host = fmt.Sprintf("%s:%d", s.host, s.port)
		password, _ := os.ReadFile(filepath.Join(s.run, "password")) // missing: the server will say so
		u.User = url.UserPassword(superuser, string(password))
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// Owned tells whether this process started the server, rather than attached to
// one that was running.
func (s *Server) Owned() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.owned
}

// Dir is the directory that holds everything of the server.
func (s *Server) Dir() string { return s.dir }

// PID is the process id of PostgreSQL's postmaster.
func (s *Server) PID() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pid
}

func start(ctx context.Context, o Options) (*Server, error) {
	s, err := prepare(o)
	if err != nil {
		return nil, fmt.Errorf("private database: %w", err)
	}
	if err := s.enter(ctx); err != nil {
		if o.Test && o.Dir == "" {
			os.RemoveAll(s.dir)
		}
		return nil, fmt.Errorf("private database: %w", err)
	}
	if !o.NoRestart {
		minding, quit := context.WithCancel(context.Background())
		s.quit = quit
		s.idle.Go(func() { s.mind(minding) })
	}
	return s, nil
}

func prepare(o Options) (*Server, error) {
	s := &Server{o: o, dir: o.Dir, quit: func() {}}
	var err error
	switch {
	case s.dir != "":
		s.dir, err = filepath.Abs(s.dir)
	case o.Test:
		s.dir, err = os.MkdirTemp("", "cairn-pg-")
	default:
		s.dir, err = defaultDir()
	}
	if err != nil {
		return nil, err
	}
	if s.account, err = whoRuns(s.dir); err != nil {
		return nil, err
	}
	s.run = filepath.Join(s.dir, "run")
	for _, dir := range []string{s.dir, s.run} {
		if err := s.account.mkdir(dir); err != nil {
			return nil, err
		}
	}
	return s, s.account.canReach(s.dir)
}

// enter takes a lease on the server and sees to it that there is one.
func (s *Server) enter(ctx context.Context) error {
	lock, err := lockFile(ctx, filepath.Join(s.run, "start"))
	if err != nil {
		return err
	}
	defer lock.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lease, err = takeLease(s.run, s.account); err != nil {
		return err
	}
	if err := s.bringUp(ctx); err != nil {
		s.lease.release()
		return err
	}
	return nil
}

// bringUp attaches to the running server or starts one, and watches over it.
// Under the start lock and s.mu.
func (s *Server) bringUp(ctx context.Context) error {
	before := s.pid
	s.running() // so that a dead child of ours does not pass for a server
	switch ok, err := s.attach(ctx); {
	case err != nil:
		return err
	case ok:
		s.owned = s.owned && s.pid == before
	default:
		if err := s.launch(ctx); err != nil {
			return err
		}
		s.owned = true
	}
	if s.o.KeepForParent && !s.owned {
		return nil // the owner's watchdog outlives us all
	}
	outlive, scratch := 0, ""
	if s.o.KeepForParent {
		outlive = os.Getppid()
	}
	if s.o.Test {
		scratch = s.dir
	}
	endWatchdog(s.watchdog)
	var err error
	s.watchdog, err = startWatchdog(s.run, s.data, scratch, s.pid, outlive)
	return err
}

// Stop gives up this process's share. The last one stops the server, and waits
// until it has ended; with Options.Test it removes everything. Calling it again
// does nothing.
func (s *Server) Stop() error {
	s.mu.Lock()
	if s.stopped {
		s.mu.Unlock()
		return nil
	}
	s.stopped = true
	s.mu.Unlock()
	s.quit()
	s.idle.Wait()

	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	lock, err := lockFile(ctx, filepath.Join(s.run, "start"))
	if err != nil {
		return fmt.Errorf("stop the private database: %w", err)
	}
	defer lock.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.lease.release()
	if s.o.KeepForParent {
		return nil
	}
	defer endWatchdog(s.watchdog)
	if !s.lease.alone() {
		return nil
	}
	if err := s.halt(syscall.SIGINT); err != nil {
		return fmt.Errorf("stop the private database: %w", err)
	}
	if s.o.Test {
		return os.RemoveAll(s.dir)
	}
	return nil
}

// Halt ends the server at once with a signal, as a fault test does: SIGKILL for
// a crash, SIGINT for an orderly stop that cuts connections off, SIGQUIT for an
// immediate one. The share is kept; Restart brings the server back.
func (s *Server) Halt(sig syscall.Signal) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.halt(sig)
}

// Restart brings back a server that is down, and does nothing for one that runs.
func (s *Server) Restart(ctx context.Context) error {
	lock, err := lockFile(ctx, filepath.Join(s.run, "start"))
	if err != nil {
		return err
	}
	defer lock.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return errors.New("private database: stopped")
	}
	return s.bringUp(ctx)
}

// mind starts the server again when it has died under us.
func (s *Server) mind(ctx context.Context) {
	for wait := 200 * time.Millisecond; pause(ctx, wait) == nil; {
		wait = 200 * time.Millisecond
		s.mu.Lock()
		fine := s.running()
		s.mu.Unlock()
		if fine {
			continue
		}
		starting, cancel := context.WithTimeout(ctx, 30*time.Second)
		err := s.Restart(starting)
		cancel()
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			wait = 2 * time.Second
			s.o.log().Error("the private database died and could not be started again", "error", err)
		default:
			s.o.log().Warn("the private database died and was started again", "pid", s.PID())
		}
	}
}
