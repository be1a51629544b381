//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// lockFile takes an exclusive flock, waiting until ctx ends. Closing the file,
// or dying, gives it back.
func lockFile(ctx context.Context, path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		err := flock(f, syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			f.Close()
			return nil, fmt.Errorf("lock %s: %w", path, err)
		}
		select {
		case <-ctx.Done():
			f.Close()
			return nil, fmt.Errorf("another process has been starting or stopping the private database (lock %s): %w", path, ctx.Err())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func flock(f *os.File, how int) error {
	for {
		err := syscall.Flock(int(f.Fd()), how)
		if !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

// lease is one user's share in the server; see the package's documentation.
type lease struct {
	users *os.File // shared flock while we use the server
	pipe  *os.File // kept open while we use the server
}

// takeLease must be called under the start lock.
func takeLease(run string, a account) (*lease, error) {
	pipePath := filepath.Join(run, "lease")
	if err := syscall.Mkfifo(pipePath, 0o600); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("make %s: %w", pipePath, err)
	}
	if err := a.own(pipePath); err != nil {
		return nil, err
	}
	users, err := os.OpenFile(filepath.Join(run, "users"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := flock(users, syscall.LOCK_SH); err != nil {
		users.Close()
		return nil, fmt.Errorf("lock %s: %w", users.Name(), err)
	}
	// Opened for both, so that it does not wait for a reader.
	pipe, err := os.OpenFile(pipePath, os.O_RDWR, 0)
	if err != nil {
		users.Close()
		return nil, err
	}
	return &lease{users, pipe}, nil
}

// alone tells whether nobody else uses the server. Under the start lock only.
func (l *lease) alone() bool {
	return flock(l.users, syscall.LOCK_EX|syscall.LOCK_NB) == nil
}

func (l *lease) release() {
	l.pipe.Close()
	l.users.Close()
}

// watch waits until the lease, its input, has no holder left; then, unless the
// server is another one by now, it stops it. $1 the pipe (named for ps), $2 postmaster.pid, $3 the
// server's process, $4 a process to outlive or 0, $5 a directory to remove or "".
const watch = `cat >/dev/null
while [ "$4" != 0 ] && kill -0 "$4" 2>/dev/null; do sleep 0.1; done
pid=
{ read -r pid <"$2"; } 2>/dev/null
if [ "$pid" = "$3" ]; then
	kill -INT "$3"
	while [ -e "$2" ] && kill -0 "$3" 2>/dev/null; do sleep 0.02; done
	[ -n "$5" ] && rm -rf "$5"
fi
exit 0`

// startWatchdog starts this process's own watchdog over the server pid. It runs
// as ourselves, so that it may look at the process to outlive. It is handed the
// reading end open: were we killed before it had opened the pipe itself, it
// would wait for a writer for ever.
func startWatchdog(run, dataDir, scratch string, pid, outlive int) (*exec.Cmd, error) {
	pipe, err := os.Open(filepath.Join(run, "lease"))
	if err != nil {
		return nil, err
	}
	defer pipe.Close()
	cmd := exec.Command("/bin/sh", "-c", watch, "cairn-watchdog",
		filepath.Join(run, "lease"), filepath.Join(dataDir, "postmaster.pid"),
		strconv.Itoa(pid), strconv.Itoa(outlive), scratch)
	cmd.Dir, cmd.Stdin = "/", pipe
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the watchdog of the private database: %w", err)
	}
	return cmd, nil
}

// endWatchdog ends a watchdog with the program it waits for.
func endWatchdog(cmd *exec.Cmd) {
	if cmd == nil {
		return
	}
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // its session; gone already is fine
	_ = cmd.Wait()
}
