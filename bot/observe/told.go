package observe

// Told returns how many bytes at the start of a note tell of what happened.
// What follows gives orders to a machine or is markup, or stands behind what is
// looked at: no reading is shown it (but for a wish to be left alone, which the
// built-in one takes from a sentence that gives no order), no model, no
// suggestion and no draft. It reads the note under the same names as [Reader.Read], and so finds the same
// end. The note's text and names are all that count.
func (r *Reader) Told(n Note) int {
	text := clip(n.Text, maxRead)
	d := &document{}
	d.scan(text, nameParts(n.Names))
	for i := range d.tokens {
		d.tokens[i].plain = plain(d.tokens[i].word)
	}
	all := len(d.tokens)
	r.cues.hush(d, text)
	switch {
	case len(d.tokens) == all && all < maxTokens:
		return len(text)
	case len(d.tokens) == 0:
		return 0
	}
	return d.tokens[len(d.tokens)-1].end
}
