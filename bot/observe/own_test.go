package observe_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"flag"
	"io"
	"io/fs"
	"os"
	"slices"
	"testing"

	"cairn/bot/observe"
)

var pack = flag.Bool("pack", false, "write histories.zip and lines.zip anew from testdata")

// The binary carries the labelled notes packed: what it trains a team's own reading on,
// and what drafts of cues are tried on, must be what stands in the folder.
func TestPacked(t *testing.T) {
	for _, p := range []struct {
		zip, folder string
		carried     func() fs.FS
	}{{"histories.zip", "testdata/histories", observe.Histories}, {"lines.zip", "testdata", observe.Lines}} {
		folder := os.DirFS(p.folder)
		names := filesOf(t, folder)
		if *pack {
			if old, err := zip.OpenReader(p.zip); err != nil || !holds(t, old, folder, names) {
				writePacked(t, p.zip, folder, names)
			}
			continue
		}
		if carried := filesOf(t, p.carried()); !slices.Equal(carried, names) {
			t.Fatalf("the binary carries %v, the folder has %v: go test ./bot/observe -run Packed -pack", carried, names)
		}
		for _, name := range names {
			want, err := fs.ReadFile(folder, name)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := fs.ReadFile(p.carried(), name); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s is not as in the folder (%v): go test ./bot/observe -run Packed -pack", name, err)
			}
		}
	}
}

// filesOf are the files at the top of a folder, by name.
func filesOf(t *testing.T, folder fs.FS) (names []string) {
	t.Helper()
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// holds reports whether what is packed is what stands in the folder.
func holds(t *testing.T, packed, folder fs.FS, names []string) bool {
	t.Helper()
	same := slices.Equal(filesOf(t, packed), names)
	for _, name := range names {
		want, err := fs.ReadFile(folder, name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := fs.ReadFile(packed, name)
		same = same && err == nil && bytes.Equal(got, want)
	}
	return same
}

func writePacked(t *testing.T, file string, folder fs.FS, names []string) {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestCompression) })
	for _, name := range names {
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
