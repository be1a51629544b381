package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"cairn/store/localpg"
)

// A command whose reply was printed was answered: nothing of it is left to be posted
// again, as a direct message, by whoever serves the same database.
func TestTryOnceLeavesNothingToPost(t *testing.T) {
	dir, err := os.MkdirTemp("", "cairn-try")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil { // the server's own user walks through it where root runs the tests
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	private := func(args ...string) string {
		t.Helper()
		var stdout bytes.Buffer
		if err := run(t.Context(), args, append(os.Environ(), "CAIRN_STATE_DIR="+dir, "DATABASE_URL="), &stdout, &stderr); err != nil {
			t.Fatalf("%v: %v: %s", args, err, stderr.String())
		}
		return stdout.String()
	}
	if out := private("try", "-c", "/coach who waiting"); !strings.Contains(out, "waiting") {
		t.Error(out)
	}
	if said := stderr.String(); !strings.Contains(said, " …\n") || strings.Contains(said, "{") {
		t.Errorf("the first start, which takes seconds, tells of no step: %q", said)
	}
	stderr.Reset()
	if private("try", "-c", "/coach who waiting"); stderr.Len() > 0 {
		t.Errorf("a later start tells: %q", stderr.String())
	}
	server, err := localpg.Start(t.Context(), localpg.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop() })
	db, err := pgx.Connect(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(t.Context())
	var left int
	if err := db.QueryRow(t.Context(), `select count(*) from outbox where key like 'late:%'`).Scan(&left); err != nil || left > 0 {
		t.Errorf("%d answers are left to be posted: %v", left, err)
	}
}
