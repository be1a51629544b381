package observe_test

import (
	"archive/zip"
	"bytes"
	"flag"
	"io/fs"
	"os"
	"slices"
	"testing"

	"cairn/bot/observe"
)

var pack = flag.Bool("pack", false, "write histories.zip anew from testdata/histories")

// The binary carries the histories packed: what it trains a team's own reading
// on must be what stands in the folder.
func TestHistoriesArePacked(t *testing.T) {
	folder := os.DirFS("testdata/histories")
	names, err := fs.Glob(folder, "*.jsonl")
	if err != nil || len(names) == 0 {
		t.Fatalf("no histories: %v", err)
	}
	if *pack {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		if err := w.AddFS(folder); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("histories.zip", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	carried, err := fs.Glob(observe.Histories(), "*")
	if err != nil || !slices.Equal(carried, names) {
		t.Fatalf("the binary carries %v, the folder has %v (%v): go test ./bot/observe -run Packed -pack", carried, names, err)
	}
	for _, name := range names {
		want, err := fs.ReadFile(folder, name)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := fs.ReadFile(observe.Histories(), name); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not as in the folder (%v): go test ./bot/observe -run Packed -pack", name, err)
		}
	}
}
