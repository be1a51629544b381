package suggest_test

import (
	"archive/zip"
	"bytes"
	"flag"
	"io/fs"
	"os"
	"slices"
	"testing"

	"cairn/bot/suggest"
)

var pack = flag.Bool("pack", false, "pack the labelled sets for the binary")

// shippedSets are the labelled sets that travel with the binary.
var shippedSets = []string{"testdata/library-[a-k].csv", "testdata/states-[a-k].jsonl", "testdata/states-sample.jsonl"}

// What people judge their changes on in the workshop must be what stands in the folder.
func TestLabelledSetsArePacked(t *testing.T) {
	t.Parallel()
	folder := os.DirFS(".")
	var names []string
	for _, pattern := range shippedSets {
		some, err := fs.Glob(folder, pattern)
		if err != nil || len(some) == 0 {
			t.Fatalf("no %s: %v", pattern, err)
		}
		names = append(names, some...)
	}
	slices.Sort(names)
	if *pack {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, name := range names {
			text, err := fs.ReadFile(folder, name)
			if err != nil {
				t.Fatal(err)
			}
			f, err := w.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Write(text); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("labelled.zip", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	carried, err := fs.Glob(suggest.LabelledFiles(), "testdata/*")
	if err != nil || !slices.Equal(carried, names) {
		t.Fatalf("the binary carries %v, the folder has %v (%v): go test ./bot/suggest -run Packed -pack", carried, names, err)
	}
	for _, name := range names {
		want, err := fs.ReadFile(folder, name)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := fs.ReadFile(suggest.LabelledFiles(), name); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not as in the folder (%v): go test ./bot/suggest -run Packed -pack", name, err)
		}
	}
}
