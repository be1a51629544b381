package observe

import (
	"slices"

	"cairn/bot/journey"
)

// maxSentences bounds how many sentences are looked at one by one; the last
// takes what is left.
const maxSentences = 6

// sentences fills in, for each signal, the best chance that a sentence of the
// note gives it alone. A note that shows two things says each in its own
// sentence, and read as a whole the louder drowns the other.
func (k *desk) sentences(w *Weights, d *document, n Note, c Context) {
	clear(k.alone)
	parts := split(d)
	if len(parts) < 2 {
		return
	}
	for _, p := range parts {
		one := document{tokens: d.tokens[p.start:p.end], lang: d.lang}
		list := k.extractor.features(&one, n, c)
		k.ids, k.values, k.tokens = w.kept(list, k.ids[:0], k.values[:0], k.tokens[:0])
		w.main.scores(k.ids, k.values, k.sure)
		softmax(k.sure, k.main)
		for s, chance := range k.main {
			k.alone[s] = max(k.alone[s], chance)
		}
	}
}

// wordsAlone fills in, for a note of few words, the chance that these alone give each
// signal: without how it came, from whom, and what is known of the contact.
func (k *desk) wordsAlone(w *Weights, d *document, n Note, c Context) {
	if len(d.tokens) > bareWords {
		return
	}
	was := k.extractor.bare
	k.extractor.bare = true
	list := k.extractor.features(d, n, c)
	k.extractor.bare = was
	k.ids, k.values, k.tokens = w.kept(list, k.ids[:0], k.values[:0], k.tokens[:0])
	w.main.scores(k.ids, k.values, k.sure)
	softmax(k.sure, k.bare)
}

// carried reports whether the words of a note of few carry signal s, one of those that were
// picked. What is known of the contact, or that it was a call, may tell which of two things
// words mean; it is no reason to say anything of "ok", "lunch" or "call".
func (r *Reader) carried(k *desk, d *document, s int) bool {
	if !k.named[s] && k.sure[s] < fewSure {
		return false
	}
	if len(d.tokens) > bareWords || k.bare[s] >= fewBare || k.named[s] && k.sure[s] >= fewNamed || signals[s].Who() == journey.Us {
		return true
	}
	return sales[s] && slices.ContainsFunc(r.cues.guardsIn(d), func(h hit) bool { return r.cues.guards.families[h.family] == guardDeed })
}

// split returns the sentences of d as spans of tokens; those of fewer than
// three words go with the one before.
func split(d *document) []span {
	var list []span
	begin := 0
	for i := range d.tokens {
		if i < len(d.tokens)-1 && !endOfSentence(d.tokens[i].word) {
			continue
		}
		if len(list) > 0 && (i+1-begin < 4 || len(list) == maxSentences) {
			list[len(list)-1].end = i + 1
		} else {
			list = append(list, span{begin, i + 1})
		}
		begin = i + 1
	}
	return list
}

func endOfSentence(mark string) bool {
	switch mark {
	case ".", "!", "?", ";", "+":
		return true
	}
	return false
}
