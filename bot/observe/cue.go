package observe

import "io/fs"

// Cues are the reviewed cue files.
type Cues struct{ hash string }

// LoadCues reads *.yaml.
func LoadCues(files fs.FS) (*Cues, error) { return &Cues{hash: "none"}, nil }

func (x *extractor) cueHits(d *document, n Note, c Context) {}
