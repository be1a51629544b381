package observe

import (
	"embed"
	"io/fs"
)

//go:embed testdata/histories/*.jsonl
var histories embed.FS

// Histories returns the labelled histories that the weights of the binary were
// trained on: *.jsonl at its root. A team's own reading is trained on them and
// on its corrections.
func Histories() fs.FS {
	sub, err := fs.Sub(histories, "testdata/histories")
	if err != nil {
		panic(err) // only for a name that is no path at all
	}
	return sub
}

// With returns the reading with the cues of r and other weights: a team's own.
func (r *Reader) With(w *Weights) *Reader { return NewReader(w, r.cues) }
