//go:build unix

package localpg

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// initdb makes the data directory. It writes beside it and renames at the end,
// so that a first start cut short leaves nothing that looks like data.
func (s *Server) initdb(ctx context.Context, p programs) error {
	fresh := s.data + ".new"
	if err := os.RemoveAll(fresh); err != nil {
		return err
	}
	password := rand.Text()
	if err := s.writeOwned(filepath.Join(s.run, "password"), password); err != nil {
		return err
	}
	var out []byte
	var err error
	// PostgreSQL orders and folds case by the locale. Names need UTF-8: under
	// plain C, pg_trgm sees nothing alike in names beyond ASCII. macOS before 13
	// has no C.UTF-8. Sorting needs no locale: keys are compared byte by byte,
	// which makes their indexes faster; what people read is sorted in Go.
	for _, locale := range []string{"C.UTF-8", "en_US.UTF-8"} {
		cmd := s.command(ctx, p, "initdb", "-D", fresh, "-U", superuser, "-E", "UTF8",
			"--locale="+locale, "--lc-collate=C", "--lc-messages=C", "-N", "-A", "scram-sha-256",
			"--pwfile="+filepath.Join(s.run, "password"))
		if out, err = cmd.CombinedOutput(); err == nil || !bytes.Contains(out, []byte("invalid locale name")) {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("initdb: %w: %s", err, lastLine(out))
	}
	f, err := os.OpenFile(filepath.Join(fresh, "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if _, err := f.WriteString("\ninclude 'cairn.conf' # written anew at each start\n"); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(fresh, s.data)
}

// syncData brings to the disk what initdb left in the system's cache; it runs
// beside the server's start, which makes the first start a tenth shorter.
func (s *Server) syncData(ctx context.Context, p programs) error {
	if out, err := s.command(ctx, p, "initdb", "-D", s.data, "--sync-only").CombinedOutput(); err != nil {
		return fmt.Errorf("bring the new database to the disk: %w: %s", err, lastLine(out))
	}
	return nil
}

// configure writes what a private server needs; at each start, so that a newer
// Cairn's settings hold for data of an older one.
func (s *Server) configure() error {
	if err := s.chooseAddress(); err != nil {
		return err
	}
	connections := "100"
	if s.o.Test {
		connections = "300" // tests of several packages run at once
	}
	settings := [][2]string{
		{"listen_addresses", s.host}, // empty: the socket only
		{"port", strconv.Itoa(s.port)},
		{"unix_socket_directories", s.socketDir},
		{"unix_socket_permissions", "0700"},
		{"max_connections", connections},
		{"shared_buffers", "64MB"},
		{"dynamic_shared_memory_type", "posix"},
		{"max_wal_size", "256MB"},
		{"timezone", "UTC"},
		{"log_timezone", "UTC"},
		{"jit", "off"}, // our queries are short
		// What people wrote stays out of the log: no statements, no DETAIL
		// (which quotes rows).
		{"log_min_messages", "warning"},
		{"log_min_error_statement", "panic"},
		{"log_error_verbosity", "terse"},
	}
	// A test's server may lose everything with the machine, but nothing that was
	// committed with its own death: synchronous_commit stays on.
	durable := "on"
	if s.o.Test {
		durable = "off"
		settings = append(settings, [][2]string{
			{"wal_level", "minimal"}, {"max_wal_senders", "0"},
			{"autovacuum", "off"}, // it holds up CREATE DATABASE … TEMPLATE
			{"checkpoint_timeout", "1h"},
		}...)
	}
	settings = append(settings, [][2]string{
		{"synchronous_commit", "on"}, {"fsync", durable}, {"full_page_writes", durable},
	}...)
	var conf strings.Builder
	for _, kv := range settings {
		fmt.Fprintf(&conf, "%s = '%s'\n", kv[0], strings.ReplaceAll(kv[1], "'", "''"))
	}
	files := map[string]string{
		"cairn.conf": conf.String(),
		// The socket stands in a directory that nobody else can enter.
		"pg_hba.conf":   "local all all peer map=cairn\nhost all all 127.0.0.1/32 scram-sha-256\n",
		"pg_ident.conf": fmt.Sprintf("cairn root %[1]s\ncairn %[2]q %[1]s\n", superuser, s.account.name),
	}
	for name, text := range files {
		if err := s.writeOwned(filepath.Join(s.data, name), text); err != nil {
			return err
		}
	}
	return nil
}

// maxSocketPath is below what every system allows (104 bytes on macOS, 108 on
// Linux, the closing NUL included).
const maxSocketPath = 100

// chooseAddress takes the socket in the run directory, or where its path is too
// long, a port on the loopback, the same one at each start if it is still free.
func (s *Server) chooseAddress() error {
	s.host, s.socketDir, s.port = "", s.run, 5432
	if len(filepath.Join(s.run, ".s.PGSQL.5432")) < maxSocketPath {
		return nil
	}
	s.host, s.socketDir = "127.0.0.1", ""
	saved := filepath.Join(s.run, "port")
	if text, err := os.ReadFile(saved); err == nil {
		if port, err := strconv.Atoi(string(text)); err == nil && portFree(port) {
			s.port = port
			return nil
		}
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	s.port = port
	return s.writeOwned(saved, strconv.Itoa(port))
}

func (s *Server) writeOwned(path, text string) error {
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return err
	}
	return s.account.own(path)
}

// command prepares one of PostgreSQL's programs to run as the server's account.
func (s *Server) command(ctx context.Context, p programs, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(p.bin, name), args...)
	cmd.Dir = "/" // our own working directory may be closed to the account
	cmd.SysProcAttr = s.account.sysProcAttr()
	cmd.Env = []string{"LC_ALL=C", "TZ=UTC", "PATH=" + os.Getenv("PATH")}
	if path := os.Getenv("LD_LIBRARY_PATH"); path != "" {
		cmd.Env = append(cmd.Env, "LD_LIBRARY_PATH="+path)
	}
	return cmd
}

func lastLine(out []byte) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		if strings.Contains(lines[i], "error:") || strings.Contains(lines[i], "FATAL:") {
			return lines[i]
		}
	}
	return lines[len(lines)-1]
}
