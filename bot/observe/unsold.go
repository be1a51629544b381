package observe

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"cairn/bot/journey"
)

// Nobody is told to have bought because of a sale that is only hoped for, asked for, or ours to
// win: "hopefully he orders", "told him to order", "quarter target: get his order". Such turns
// stand in guard.yaml (longed). They leave no word of theirs either, so that no yes is told.

const guardLonged = "longed" // a sale hoped for, or ours to win: "fingers crossed", "told him to"

// toldSure is how sure an exchange, or that it was taken into use, must be where no word of the
// note says so: what is more likely wrong than right is not told.
const toldSure = 0.5

// folded are the signals that need it: they put somebody where an exchange is. With referrals,
// recommendations, value stories and larger orders as well F1 fell by 0.4 points on authors whom the
// exam's weights never met; revenue among them changes nothing there.
var folded = guardOf(journey.Revenue, journey.RepeatOrder, journey.Adopted, journey.Installed)

// unsold are what a hope is mistaken for; of those that are no sale only what has no word of its own.
var (
	unsold   = guardOf(journey.Revenue, journey.RepeatOrder, journey.Expanded, journey.VerbalYes)
	misheard = guardOf(journey.Adopted, journey.Installed, journey.ValueStory, journey.Complained, journey.Declined)
)

// useless are signals of use, which who bought elsewhere gives no word of.
var useless = guardOf(journey.Adopted, journey.Installed)

// soldBy reports whether f is read from the sentence by which they bought of others.
func (w *weighing) soldBy(f Finding) bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		return w.cues.guards.families[h.family] == guardSeller && w.quotes(f, w.wholeSentence(int(h.first))) && w.boughtAway(h)
	})
}

// guess reports whether signal s is no more than a guess about d: of those that are folded one
// that is rather wrong, and that no word names.
func (r *Reader) guess(k *desk, d *document, s int) bool {
	if !folded[s] || k.sure[s] >= toldSure || k.named[s] {
		return false
	}
	sold := sales[s] || signals[s] == journey.Expanded // who bought is told by the same words as who bought again, or more
	if sold && (k.named[signalNumber[journey.Revenue]] || k.named[signalNumber[journey.RepeatOrder]]) {
		return false
	}
	return !slices.ContainsFunc(r.cues.guardsIn(d), func(h hit) bool {
		says := sayExchange[r.cues.guards.families[h.family]]
		return says != nil && (says[s] || sold && says[signalNumber[journey.Revenue]])
	})
}

// onlyLonged takes from found what the note tells only as a hope or a task of ours.
func (w *weighing) onlyLonged(found []Finding) []Finding {
	for _, h := range w.guards {
		if w.cues.guards.families[h.family] != guardLonged || w.d.tokens[h.first].quoted || h.first > 0 && w.d.tokens[h.last].word == ":" {
			continue // "premium plan: ordered 3"
		}
		g := w.longedFor(h)
		found = slices.DeleteFunc(slices.Clone(found), func(f Finding) bool { return w.unsoldBy(f, h, g) })
	}
	return found
}

// longedFor is the statement that h opens; behind a colon, "target: get his order", the next one too.
func (w *weighing) longedFor(h hit) span {
	g := w.segmentAt(int(h.first))
	if w.d.tokens[g.end-1].word == ":" && g.end < len(w.d.tokens) {
		g.end = w.segmentAt(g.end).end
	}
	return g
}

// unsoldBy reports whether all that the note has for f is in g, which h makes a hope. What was done
// stands before a hope, "ordered 10 hoping for more", or in another statement.
func (w *weighing) unsoldBy(f Finding, h hit, g span) bool {
	s := signalNumber[f.Signal]
	if !unsold[s] && !misheard[s] || !w.quotes(f, g) {
		return false
	}
	whole := span{0, len(w.d.tokens)}
	if misheard[s] {
		own := slices.ContainsFunc(w.evidence(s, whole), func(at span) bool { return at.start > int(h.last) || at.end < int(h.first) })
		return !own && !w.any(guardUpset, whole) && !w.any(guardRefused, whole)
	}
	done := func(first, last int) bool {
		return last < g.start || first >= g.end || last < int(h.first) && !w.deniedAround(span{first, last}, g)
	}
	if slices.ContainsFunc(w.guards, func(o hit) bool {
		name := w.cues.guards.families[o.family]
		return (name == guardDeed || name == guardOrdered) && done(int(o.first), int(o.last))
	}) {
		return false
	}
	for i := g.start - 1; i >= 0 && w.d.tokens[i].start >= f.Start; i-- { // "said yes, hopefully signs Monday"
		if agreeing[w.d.tokens[i].plain] && !w.deniedAround(span{i, i}, w.segmentAt(i)) {
			return false
		}
	}
	return !slices.ContainsFunc(w.evidence(s, whole), func(at span) bool { return at.end < g.start || at.start >= g.end })
}

// lowerName reports whether token i, behind a small word that names sellers only, is the name of
// another seller in a note that has no capitals, as hurried ones have none: "ordered from bosch".
// It closes its statement, or the deed or "instead" stands behind it.
func (w *weighing) lowerName(i int) bool {
	if i == 0 || i >= len(w.d.tokens) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(w.d.tokens[i].word)
	if !sellersOnly[w.d.tokens[i-1].plain] || !unicode.IsLetter(first) || utf8.RuneCountInString(w.d.tokens[i].word) < 3 || noSeller[w.d.tokens[i].plain] || w.ordinary(i) || w.isOf("they", i) {
		return false
	}
	if slices.ContainsFunc([]rune(w.text), unicode.IsUpper) {
		return false
	}
	return i+1 >= len(w.d.tokens) || closing[w.d.tokens[i+1].word] || w.within(guardDeed, i+1) || w.insteadAt(i+1)
}

// lowerInstead reports whether token i is such a name and stands in our place. Without that it may be
// anybody who sells for us, and no no is told.
func (w *weighing) lowerInstead(i int) bool { return w.lowerName(i) && w.insteadAt(i+1) }

// insteadAt reports whether token i puts a seller in our place.
func (w *weighing) insteadAt(i int) bool {
	return i < len(w.d.tokens) && w.d.tokens[i].plain == "instead" && !(i+1 < len(w.d.tokens) && w.d.tokens[i+1].plain == "of")
}

var (
	// sellersOnly are small words before a seller, accents off: without a capital others may mean anything.
	sellersOnly = wordsOf("from with bei chez bij dal dalla da a")
	// agreeing are words of a yes or a sale that stands before a hope, accents off. "Si" is "if" too.
	agreeing = wordsOf("yes agreed accepted took ja zugesagt oui sim akkoord")
	// noSeller are what else may stand behind those, accents off.
	noSeller = wordsOf("ours mine home stock here there them him her his their its the our your own new old all both catalogue catalog list lists website site web shop store office phone memory sample samples scratch quote offer " +
		"today tomorrow yesterday now time trial demo pilot scheme fair expo show booth linkedin email mail app portal docusign joy pleasure caution conditions changes thanks discount delivery card cash invoice credit abroad reseller dealer distributor partner handler haendler " +
		"uns mir ihm ihr ihnen messe besuch termin treffen telefonat gesprach demo anruf ankunft abholung lieferung nous moi lui elle eux vous mij ons hem haar hen noi lui lei loro casa solo sola tempo plazos credito medias prueba precio mano ciegas nosotros ellos ella " +
		"rabatt lieferdienst levering beurs " +
		"amendments amendment comments edits modifications redlines upgrade upgrades extras addendum reservations legal procurement purchasing finance ink pen stamp paypal relief enthusiasm witnesses anderungen")
)
