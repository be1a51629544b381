//go:build unix

package localpg

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// installed makes a directory whose programs say that they are of a version.
func installed(t *testing.T, version string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"initdb", "postgres"} {
		script := fmt.Sprintf("#!/bin/sh\necho '%s (PostgreSQL) %s'\n", name, version)
		check(t, os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755))
	}
	return dir
}

func TestChoose(t *testing.T) {
	old, pg15, pg17 := installed(t, "9.6.24"), installed(t, "15.18 (Debian 15.18-0)"), installed(t, "17.5")
	broken := t.TempDir()
	for _, c := range []struct {
		name string
		dirs []string
		data []int
		want string // directory, or "" for an error
		err  error
		says string
	}{
		{name: "first start takes the first", dirs: []string{pg17, pg15}, want: pg17},
		{name: "data decide", dirs: []string{pg17, pg15}, data: []int{15}, want: pg15},
		{name: "the newest data decide", dirs: []string{pg15, pg17}, data: []int{17, 15}, want: pg17},
		{name: "too old is passed over", dirs: []string{old, pg15}, want: pg15},
		{name: "broken is passed over", dirs: []string{broken, pg15}, want: pg15},
		{name: "only too old", dirs: []string{old}, err: ErrNoPostgres, says: "9 in " + old + " is too old"},
		{name: "data of a version that is gone", dirs: []string{pg17}, data: []int{15}, err: ErrOtherMajor, says: "Install PostgreSQL 15"},
		{name: "nothing", err: ErrNoPostgres, says: "no PostgreSQL programs found"},
	} {
		got, err := choose(t.Context(), c.dirs, c.data)
		if got.bin != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: %v, %v", c.name, got, err)
		}
		if err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %q does not say %q", c.name, err, c.says)
		}
	}
}

func TestFindBinariesPrefersWhatIsNamed(t *testing.T) {
	named, onPath := installed(t, "15.1"), installed(t, "16.1")
	links := t.TempDir() // as Homebrew does: programs find their files from where they truly are
	check(t, os.Symlink(filepath.Join(onPath, "initdb"), filepath.Join(links, "initdb")))
	t.Setenv("PG_BIN", named)
	t.Setenv("PATH", links)
	got := FindBinaries()
	if len(got) < 2 || got[0] != named || got[1] != onPath {
		t.Errorf("got %q, want %q and %q first", got, named, onPath)
	}
}

func TestCanReach(t *testing.T) {
	open := t.TempDir()
	check(t, os.Chmod(filepath.Dir(open), 0o755))
	check(t, os.Chmod(open, 0o755))
	closed := filepath.Join(open, "closed")
	check(t, os.Mkdir(closed, 0o700))
	stranger := account{name: "stranger", uid: 64123, gid: 64123, other: true}
	if err := stranger.canReach(filepath.Join(open, "data")); err != nil {
		t.Errorf("an open place: %v", err)
	}
	err := stranger.canReach(filepath.Join(closed, "data"))
	if err == nil || !strings.Contains(err.Error(), closed+" is closed to it") {
		t.Errorf("a closed place: %v", err)
	}
	if err := (account{}).canReach(filepath.Join(closed, "data")); err != nil {
		t.Errorf("our own place: %v", err)
	}
}

// Root gives away what it has made and what is empty, not a place with files in it.
func TestAPlaceInUseIsNotGivenAway(t *testing.T) {
	stranger := account{name: "stranger", uid: 64123, gid: 64123, other: true}
	used := t.TempDir()
	check(t, os.WriteFile(filepath.Join(used, "letter"), nil, 0o600))
	err := stranger.mkdir(used)
	if err == nil || !strings.Contains(err.Error(), "CAIRN_STATE_DIR") || stranger.owns(used) {
		t.Errorf("a place with somebody's files: given away %v, %v", stranger.owns(used), err)
	}
	mine := account{name: "me", uid: os.Geteuid(), gid: os.Getegid(), other: true}
	if err := mine.mkdir(used); err != nil {
		t.Errorf("a place of an earlier run, the account's already: %v", err)
	}
	if os.Geteuid() != 0 {
		return // nobody else gives anything away
	}
	for _, place := range []string{t.TempDir(), filepath.Join(t.TempDir(), "new")} {
		if err := stranger.mkdir(place); err != nil || !stranger.owns(place) {
			t.Errorf("%s: given %v, %v", place, stranger.owns(place), err)
		}
	}
}

func TestFreePortIsBelowTheEphemeral(t *testing.T) {
	port, err := freePort()
	if err != nil || port < 20000 || port >= 32000 || !portFree(port) {
		t.Errorf("%d, %v", port, err)
	}
}
