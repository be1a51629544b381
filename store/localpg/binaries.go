package localpg

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// oldestMajor is the oldest PostgreSQL that its makers still look after.
const oldestMajor = 14

// programs is one installation of PostgreSQL.
type programs struct {
	bin   string // directory with initdb and postgres
	major int
}

// FindBinaries lists the directories on this machine that hold initdb and
// postgres: $PG_BIN, then PATH, then where packages put them, the newest first.
func FindBinaries() []string {
	var dirs []string
	add := func(dir string) {
		// Programs find their share directory from their true place.
		initdb, err := filepath.EvalSymlinks(filepath.Join(dir, "initdb"))
		if err != nil {
			return
		}
		dir = filepath.Dir(initdb)
		if _, err := os.Stat(filepath.Join(dir, "postgres")); err != nil || slices.Contains(dirs, dir) {
			return
		}
		dirs = append(dirs, dir)
	}
	if dir := os.Getenv("PG_BIN"); dir != "" {
		add(dir)
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		add(filepath.Dir(path))
	}
	var found []string
	for _, pattern := range usualPlaces(runtime.GOOS) {
		matches, _ := filepath.Glob(pattern) // the patterns are well formed
		found = append(found, matches...)
	}
	slices.SortStableFunc(found, func(a, b string) int {
		return cmp.Compare(numberIn(b), numberIn(a))
	})
	for _, dir := range found {
		add(dir)
	}
	return dirs
}

func usualPlaces(goos string) []string {
	if goos == "darwin" {
		return []string{
			"/opt/homebrew/opt/postgresql@*/bin", "/opt/homebrew/opt/postgresql/bin",
			"/usr/local/opt/postgresql@*/bin", "/usr/local/opt/postgresql/bin",
			"/Applications/Postgres.app/Contents/Versions/*/bin",
			"/Library/PostgreSQL/*/bin", "/opt/local/lib/postgresql*/bin",
		}
	}
	return []string{
		"/usr/lib/postgresql/*/bin",   // Debian, Ubuntu
		"/usr/pgsql-*/bin",            // PGDG on Red Hat and its kin
		"/usr/libexec/postgresql*",    // Alpine
		"/usr/lib/postgresql*/bin",    // SUSE
		"/usr/local/pgsql/bin",        // from source
		"/usr/local/bin",              // FreeBSD
		"/opt/homebrew/opt/*sql*/bin", // Homebrew on Linux
		"/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
	}
}

var digits = regexp.MustCompile(`\d+`)

// numberIn is the version in a path such as /usr/lib/postgresql/15/bin, or 0.
func numberIn(path string) int {
	n, _ := strconv.Atoi(digits.FindString(path))
	return n
}

var versionLine = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// majorOf asks the programs themselves: a path may say anything.
func majorOf(ctx context.Context, bin string) (int, error) {
	out, err := exec.CommandContext(ctx, filepath.Join(bin, "postgres"), "--version").Output()
	if err != nil {
		return 0, fmt.Errorf("run %s --version: %w", filepath.Join(bin, "postgres"), err)
	}
	m := versionLine.FindSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("%s --version says %q", filepath.Join(bin, "postgres"), strings.TrimSpace(string(out)))
	}
	return strconv.Atoi(string(m[1]))
}

// choose picks the programs for a directory that holds data of the given majors
// (newest first; empty at the first start). Data decides: with data of 14, a
// freshly installed 17 must not begin an empty database beside it.
func choose(ctx context.Context, dirs []string, data []int) (programs, error) {
	var seen []string
	for _, dir := range dirs {
		major, err := majorOf(ctx, dir)
		switch {
		case err != nil:
			seen = append(seen, err.Error())
			continue
		case major < oldestMajor:
			seen = append(seen, fmt.Sprintf("%d in %s is too old", major, dir))
			continue
		case len(data) == 0 || major == data[0]:
			return programs{dir, major}, nil
		}
		seen = append(seen, fmt.Sprintf("%d in %s", major, dir))
	}
	found := strings.Join(seen, ", ")
	if len(data) > 0 && found != "" {
		return programs{}, fmt.Errorf("%w: it is of PostgreSQL %d, found is %s. Install PostgreSQL %d, or move the data with pg_dump from a machine that has it",
			ErrOtherMajor, data[0], found, data[0])
	}
	if found != "" {
		return programs{}, fmt.Errorf("%w that can be used: %s. Install PostgreSQL %d or newer, or set DATABASE_URL", ErrNoPostgres, found, oldestMajor)
	}
	return programs{}, ErrNoPostgres
}
