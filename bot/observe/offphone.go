package observe

// offThePhone reports whether all that segment g says is that a talk has just ended: "just off the
// phone", which asks nobody to leave anybody alone.
func (w *weighing) offThePhone(g span) bool {
	i := g.start
	for i < g.end && justNow[w.d.tokens[i].plain] {
		i++
	}
	if i+2 >= g.end || w.d.tokens[i].plain != "off" || !articles[w.d.tokens[i+1].plain] || !talksOn[w.d.tokens[i+2].plain] {
		return false
	}
	return i+3 >= g.end || closing[w.d.tokens[i+3].word] || w.d.tokens[i+3].plain == "with" || w.d.tokens[i+3].plain == "to"
}

var (
	// justNow stand before "off the phone".
	justNow = wordsOf("just now i i'm am was straight got came have only coming getting fresh freshly")
	talksOn = wordsOf("phone call line zoom blower")
)
