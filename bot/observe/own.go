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

// packedLines is testdata without that folder, packed in the same way.
//
//go:embed lines.zip
var packedLines string

// Histories returns the labelled histories that the weights of the binary were
// trained on: *.jsonl at its root. A team's own reading is trained on them and
// on its corrections.
func Histories() fs.FS { return opened(packed) }

// Lines returns notes by themselves, with what each must be read as and what it must not:
// lines that somebody typed and was once told something else of. No weights were trained
// on them. See [cairn/bot/observe/eval.Lines].
func Lines() fs.FS { return opened(packedLines) }

func opened(packed string) fs.FS {
	r, err := zip.NewReader(strings.NewReader(packed), int64(len(packed)))
	if err != nil {
		panic(fmt.Sprintf("the binary's own labelled notes: %v", err)) // a test opens them
	}
	return r
}

// WithCues returns the reading with the weights of r and other cues.
func (r *Reader) WithCues(cues *Cues) *Reader { return NewReader(r.weights, cues) }

// With returns the reading with the cues of r and other weights: a team's own.
func (r *Reader) With(w *Weights) *Reader { return NewReader(w, r.cues) }
