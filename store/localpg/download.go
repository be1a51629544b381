package localpg

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	embeddedpostgres "github.com/fergusstrange/embedded-postgres"
)

// downloaded is the version to fetch where none is installed: the newest that
// the library knows.
const downloaded = embeddedpostgres.V18

// fetched returns the directory of a download made earlier, or "".
func fetched(dir string) string {
	bin := filepath.Join(dir, "programs", string(downloaded), "bin")
	for _, name := range []string{"initdb", "postgres"} {
		if _, err := os.Stat(filepath.Join(bin, name)); err != nil {
			return ""
		}
	}
	return bin
}

// fetch downloads PostgreSQL's programs into dir and returns where they are.
//
// The library can only fetch and start in one go. It starts a server of its own
// in a scratch directory, which is stopped again; as root its initdb refuses,
// after the programs have been put in place. So what counts is whether the
// programs are there and run.
func fetch(ctx context.Context, dir, url string) (string, error) {
	port, err := freePort()
	if err != nil {
		return "", err
	}
	scratch, err := os.MkdirTemp(dir, "fetch-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(scratch)
	unpacked := filepath.Join(scratch, "programs")
	cfg := embeddedpostgres.DefaultConfig().Version(downloaded).Port(uint32(port)).
		CachePath(scratch).
		RuntimePath(filepath.Join(scratch, "run")).
		DataPath(filepath.Join(scratch, "data")).
		BinariesPath(unpacked).
		StartTimeout(30 * time.Second).
		Logger(io.Discard)
	if url != "" {
		cfg = cfg.BinaryRepositoryURL(url)
	}
	startErr := reachable(ctx, cmp.Or(url, "https://repo1.maven.org/maven2"))
	if startErr == nil {
		server := embeddedpostgres.NewDatabase(cfg)
		if startErr = server.Start(); startErr == nil {
			_ = server.Stop() // the scratch server holds nothing
		}
	}
	if _, err := os.Stat(filepath.Join(unpacked, "bin", "initdb")); err != nil {
		return "", fmt.Errorf("%w, and fetching version %s failed (%s). Install PostgreSQL (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql@17; Alpine: apk add postgresql), or set PG_BIN or DATABASE_URL",
			ErrNoPostgres, downloaded, oneLine(startErr))
	}
	if _, err := majorOf(ctx, filepath.Join(unpacked, "bin")); err != nil {
		return "", fmt.Errorf("%w: the fetched programs do not run here (%s). Install PostgreSQL with the system's package manager, or set DATABASE_URL", ErrNoPostgres, oneLine(err))
	}
	place := filepath.Join(dir, "programs", string(downloaded))
	if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
		return "", err
	}
	// Moved into place as a whole, so that a fetch cut short is never taken for one.
	if err := os.Rename(unpacked, place); err != nil {
		return "", err
	}
	return filepath.Join(place, "bin"), nil
}

// reachable saves people in closed networks the wait: the library asks without
// a time limit.
func reachable(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func oneLine(err error) string {
	if err == nil {
		return "nothing was unpacked"
	}
	return strings.Join(strings.Fields(err.Error()), " ")
}

// freePort finds a free TCP port on the loopback between 20000 and 31999: below
// the range from which systems take ports for outgoing connections, since a
// client that keeps dialling a closed port up there can end up connected to itself.
func freePort() (int, error) {
	for try := range 200 {
		port := 20000 + (os.Getpid()*31+try*61)%12000
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			return port, l.Close()
		}
	}
	return 0, fmt.Errorf("no free TCP port between 20000 and 31999")
}

func portFree(port int) bool {
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	return err == nil && l.Close() == nil
}
