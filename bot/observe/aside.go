package observe

// Aside is what a sentence holds for which nothing is used from it on.
type Aside string

// The kinds of asides.
const (
	Order Aside = "order" // to a machine
	Call  Aside = "call"  // to everybody in a channel
	Marks Aside = "marks" // of code or of markup
)

// calls are the words of the family of commands that speak to people, not to a machine.
var calls = map[string]bool{"@channel": true, "@here": true, "@everyone": true}

// Aside says for what nothing is used of a text from its first sentence on; it is asked of
// what follows behind [Reader.Told]. An order tells more than what stands beside it.
func (r *Reader) Aside(n Note) Aside {
	d := parse(n.Text, n.Names)
	end := 0
	for end < len(d.tokens) && !endsSentence(d, n.Text, end) {
		end++
	}
	found := Marks
	for _, h := range r.cues.in(d) {
		switch {
		case r.cues.families[h.family] != commandFamily || int(h.first) > end:
		case calls[d.tokens[h.first].word]:
			found = Call
		default:
			return Order
		}
	}
	return found
}
