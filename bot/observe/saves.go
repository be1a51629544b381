package observe

import (
	"slices"

	"cairn/bot/journey"
)

// Who saves them something: "it saves them 4 hours" is what ours did for them, "he saved us 20 minutes"
// is not.

// ourSavings takes from found the value of ours that others have, or somebody of theirs.
func (w *weighing) ourSavings(found []Finding) []Finding {
	for _, h := range w.guards {
		at := span{int(h.first), int(h.last)}
		if w.cues.guards.families[h.family] != guardTold || !w.savedByOthers(at, w.segmentAt(at.start)) {
			continue
		}
		found = slices.DeleteFunc(slices.Clone(found), func(f Finding) bool {
			return f.Signal == journey.ValueStory && w.restsOn(f, span{at.start, w.segmentAt(at.start).end - 1}, w.wholeSentence(at.start))
		})
	}
	return found
}

// savedByOthers reports whether it is not ours that saves what the turn at the tokens at, in segment g,
// tells. It is ours where it, we, something of ours or nobody stands before.
func (w *weighing) savedByOthers(at, g span) bool {
	if !spares[w.d.tokens[at.start].plain] {
		return false
	}
	if w.any(guardRival, w.wholeSentence(at.start)) {
		return true
	}
	i := at.start - 1
	for i >= g.start && besideSaving[w.d.tokens[i].plain] {
		i--
	}
	if i < g.start || closing[w.d.tokens[i].word] || joining[w.d.tokens[i].word] {
		return false
	}
	t := w.d.tokens[i].plain
	if alone := w.d.tokens[min(at.start+1, at.end)].word[0] == '#'; alone && (w.isOf("they", i) || wisher[t] || w.d.tokens[i].word[0] == '@') {
		return false // "she saves 4 hours a week" for herself
	}
	if savesThem[t] || ourThings[t] || handedOut[t] || ofUs[t] || saying[t] {
		return false
	}
	return !slices.ContainsFunc(w.tokens(span{max(g.start, i-opening), i}), func(t token) bool { return ourThing[t.plain] }) // "our new forms"
}

var (
	// spares begin what something saves somebody.
	spares = wordsOf("saves saved")
	// besideSaving are small words before it.
	besideSaving = wordsOf("has have had already now also really still easily alone probably just")
	// savesThem are words for what saves them that is ours: it, or us.
	savesThem = wordsOf("it this that which we i system solution product service rollout pilot")
)
