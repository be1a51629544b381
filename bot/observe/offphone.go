package observe

// offThePhone is the words at the start of segment g by which a talk has just ended, "just off the
// phone with Dana", which ask nobody to leave anybody alone; empty where there are none. What was
// said in that talk may follow without a mark between.
func (w *weighing) offThePhone(g span) span {
	i := g.start
	for i < g.end && justNow[w.d.tokens[i].plain] {
		i++
	}
	if i+2 >= g.end || w.d.tokens[i].plain != "off" || !articles[w.d.tokens[i+1].plain] || !talksOn[w.d.tokens[i+2].plain] {
		return span{g.start, g.start}
	}
	i += 3
	switch {
	case i >= g.end || closing[w.d.tokens[i].word] || w.isOf("they", i):
		return span{g.start, i}
	case w.d.tokens[i].plain == "with" || w.d.tokens[i].plain == "to":
		return span{g.start, w.spokenWith(i+1, g.end)}
	}
	return span{g.start, g.start} // "off the phone list"
}

// spokenWith is where whom we spoke with ends, who begins at token i and stands before token end: a
// name, "her" or "their CFO". A small letter may begin a name only where one of them goes on.
func (w *weighing) spokenWith(i, end int) int {
	switch {
	case i >= end:
		return i
	case own[w.d.tokens[i].plain] && i+1 < end && w.isColleague(i+1):
		return i + 2
	case persons[w.d.tokens[i].plain] || own[w.d.tokens[i].plain] || w.isOf("they", i):
		return i + 1
	case w.d.tokens[i].word[0] == '@' || w.capital(i):
		if i+1 < end && (w.d.tokens[i+1].word[0] == '@' || w.capital(i+1)) {
			return i + 2
		}
		return i + 1
	case i+1 >= end || closing[w.d.tokens[i+1].word] || w.isOf("they", i+1):
		return i + 1
	}
	return i
}

var (
	// justNow stand before "off the phone".
	justNow = wordsOf("just now i i'm am was straight got came have only coming getting fresh freshly")
	talksOn = wordsOf("phone call line zoom blower")
)
