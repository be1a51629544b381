package observe

// Told returns how many bytes at the start of a note tell of what happened.
// What follows gives orders to a machine or is markup: no reading, and no
// model, is shown it.
func (r *Reader) Told(note string) int {
	d := parse(note, nil)
	before := len(d.tokens)
	r.cues.hush(d, note)
	switch {
	case len(d.tokens) == before:
		return len(note)
	case len(d.tokens) == 0:
		return 0
	}
	return d.tokens[len(d.tokens)-1].end
}
