//go:build unix

package localpg

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is who the server runs as.
type account struct {
	name     string
	uid, gid int
	other    bool // not ourselves: we are root and step down
}

// whoRuns finds the account for a server whose data are, or will be, in dir.
// PostgreSQL refuses to run as root, so root steps down: to the owner of data
// made earlier, else to postgres, cairn or nobody, whichever exists first.
func whoRuns(dir string) (account, error) {
	if uid := os.Geteuid(); uid != 0 {
		name := os.Getenv("USER")
		if u, err := user.LookupId(strconv.Itoa(uid)); err == nil {
			name = u.Username
		}
		if name == "" {
			return account{}, fmt.Errorf("user id %d has no name on this system, and PostgreSQL needs one: add it to /etc/passwd, run as another user, or set DATABASE_URL", uid)
		}
		return account{name: name, uid: uid, gid: os.Getegid()}, nil
	}
	if info, err := os.Stat(dir); err == nil {
		if st, ok := info.Sys().(*syscall.Stat_t); ok && st.Uid != 0 {
			if u, err := user.LookupId(strconv.Itoa(int(st.Uid))); err == nil {
				return accountOf(u)
			}
		}
	}
	for _, name := range []string{"postgres", "cairn", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			return accountOf(u)
		}
	}
	return account{}, errors.New("PostgreSQL does not run as root, and none of the users postgres, cairn, nobody exists to step down to: run Cairn as another user, or set DATABASE_URL")
}

func accountOf(u *user.User) (account, error) {
	uid, err := strconv.Atoi(u.Uid)
	gid, err2 := strconv.Atoi(u.Gid)
	if err := cmp.Or(err, err2); err != nil {
		return account{}, fmt.Errorf("user %s: %w", u.Username, err)
	}
	return account{name: u.Username, uid: uid, gid: gid, other: uid != os.Geteuid()}, nil
}

// mkdir makes a directory that only the account can use. As root it hands over
// what it has made, and what is empty; a directory with somebody's files in it
// is not root's to give away unasked.
func (a account) mkdir(dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	err := os.Mkdir(dir, 0o700)
	switch {
	case err == nil:
		return a.own(dir)
	case !errors.Is(err, fs.ErrExist):
		return err
	case !a.other || a.owns(dir):
		return nil
	}
	within, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	if len(within) > 0 {
		return fmt.Errorf("%s is there already, with files in it, and is not the user %s's, as whom PostgreSQL runs here because root may not: "+
			"name a directory of Cairn's own in CAIRN_STATE_DIR, such as %s, or give this one to that user (chown)", dir, a.name, filepath.Join(dir, "cairn"))
	}
	return a.own(dir)
}

// owns reports whether a file is the account's.
func (a account) owns(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return false
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(st.Uid) == a.uid
}

func (a account) own(path string) error {
	if !a.other {
		return nil
	}
	return os.Chown(path, a.uid, a.gid)
}

// canReach names the first directory above dir that the account may not pass
// through, for root's own directories are closed to whoever it steps down to.
func (a account) canReach(dir string) error {
	if !a.other {
		return nil
	}
	for up := filepath.Dir(dir); ; up = filepath.Dir(up) {
		info, err := os.Stat(up)
		if err != nil {
			return err
		}
		st, ok := info.Sys().(*syscall.Stat_t)
		if ok && info.Mode()&0o001 == 0 && int(st.Uid) != a.uid && (int(st.Gid) != a.gid || info.Mode()&0o010 == 0) {
			return fmt.Errorf("the user %s, as whom PostgreSQL runs here because root may not, cannot reach %s: %s is closed to it; choose a directory elsewhere, such as /var/lib/cairn",
				a.name, dir, up)
		}
		if up == filepath.Dir(up) {
			return nil
		}
	}
}

// sysProcAttr starts a program as the account, in a session of its own: Ctrl-C
// in a terminal goes to the whole foreground group and must not stop the
// database before Cairn has drained.
func (a account) sysProcAttr() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setsid: true}
	if a.other {
		attr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return attr
}

// defaultDir is the lasting directory of whoever runs Cairn.
func defaultDir() (string, error) {
	if os.Geteuid() == 0 {
		return "/var/lib/cairn", nil
	}
	if state := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(state) {
		return filepath.Join(state, "cairn"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find a place for the private database: %w; set XDG_STATE_HOME or DATABASE_URL", err)
	}
	return filepath.Join(home, ".local", "state", "cairn"), nil
}
