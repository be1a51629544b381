package observe

import (
	"archive/zip"
	_ "embed"
	"fmt"
	"io/fs"
	"strings"
)

// packed is testdata/histories, a seventh of its size: own_test.go writes it, and
// fails where it is older than the folder.
//
//go:embed histories.zip
var packed string

// Histories returns the labelled histories that the weights of the binary were
// trained on: *.jsonl at its root. A team's own reading is trained on them and
// on its corrections.
func Histories() fs.FS {
	r, err := zip.NewReader(strings.NewReader(packed), int64(len(packed)))
	if err != nil {
		panic(fmt.Sprintf("the binary's own histories: %v", err)) // a test opens them
	}
	return r
}

// With returns the reading with the cues of r and other weights: a team's own.
func (r *Reader) With(w *Weights) *Reader { return NewReader(w, r.cues) }
