package fault_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cairn/bot/fault"
	"cairn/store/localpg"
)

// TestMain wants no goroutine left behind by any run; toxiproxy itself leaves
// one where a connection ends in the moment in which a toxic is taken off it.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/Shopify/toxiproxy/v2/toxics.(*NoopToxic).Pipe"))
}

// short is what `go test` does; `cairn faults` does more.
var short = fault.Scale{Span: 3 * time.Second, Rate: 15, Deliveries: 300, Drops: 2, Kills: 5}

// atOnce is how many runs share the machine: what is tried is what a fault
// does, not what too little of a processor does.
const atOnce = 4

// TestFaults breaks one thing after the other and compares what people were
// shown with what stands.
func TestFaults(t *testing.T) {
	server := start(t)
	gate := make(chan struct{}, atOnce)
	for _, r := range fault.Runs() {
		t.Run(strings.ReplaceAll(r.Name, " ", "-"), func(t *testing.T) {
			t.Parallel()
			gate <- struct{}{}
			defer func() { <-gate }()
			s := server
			if r.Name == "database killed" { // it takes the others' database away
				s = start(t)
			}
			seen, err := r.Try(t.Context(), s, short, slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})))
			t.Log(r.Promise + ": " + seen)
			if err != nil {
				t.Error(err)
			}
		})
	}
}

func start(t *testing.T) *localpg.Server {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	s, err := localpg.Start(ctx, localpg.Options{Test: true, NoRestart: true, NoDownload: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop() })
	return s
}

// TestKills breaks the program itself.
func TestKills(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "cairn")
	if err := fault.Build(t.Context(), binary); err != nil {
		t.Fatal(err)
	}
	server := start(t)
	for _, r := range fault.KillRuns(binary) {
		t.Run(strings.ReplaceAll(r.Name, " ", "-"), func(t *testing.T) {
			t.Parallel()
			seen, err := r.Try(t.Context(), server, short, slog.New(slog.NewTextHandler(t.Output(), nil)))
			t.Log(r.Promise + ": " + seen)
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// TestElsewhere: what is said to be proven by a test is. A test below another
// is a conversation, which stands in a file of its own.
func TestElsewhere(t *testing.T) {
	for _, p := range fault.Elsewhere() {
		name, conversation, below := strings.Cut(p.Test, "/")
		if below {
			if _, err := os.Stat(filepath.Join("../..", p.Package, "testdata", conversation+".txt")); err != nil {
				t.Errorf("%s: %s: %v", p.Name, p.Test, err)
			}
		}
		files, err := filepath.Glob(filepath.Join("../..", p.Package, "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			found = found || strings.Contains(string(data), "\nfunc "+name+"(")
		}
		if !found {
			t.Errorf("%s: there is no %s in %s", p.Name, name, p.Package)
		}
	}
}
