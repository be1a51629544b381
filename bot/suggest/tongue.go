package suggest

import (
	"slices"
	"strings"

	"cairn/prompts/strict"
)

// newTongues reads by which names languages go.
func newTongues(languages strict.Fields) map[string]string {
	of := map[string]string{}
	for _, code := range languages.Keys() {
		at := languages.Get(code)
		if len(code) != 2 {
			at.Fail("write two letters", "%q is no language", code)
		}
		for _, name := range at.List() {
			of[fold(name.Text())] = code
		}
	}
	return of
}

// Small words around the name of a language, in the languages that notes are
// read in: what is asked for in it, what is of use in nothing else, that it is of
// no use, that it is of use too; and what asks for it after its name ("Dutch pls").
var (
	tongueIn   = wordSet("in auf en em ins på na")
	tonguePls  = wordSet("please pls plz bitte svp favor aub alstublieft")
	tongueOnly = wordSet("only just solely exclusively nur ausschließlich bloß uniquement seulement solo sólo solamente soltanto só somente apenas alleen enkel uitsluitend nothing nichts rien nada niente niets")
	tongueNot  = wordSet("no not nobody none never hardly barely without useless pointless wasted lost doesn don can cannot nicht nichts nix kein keine keinen keiner kaum ohne pas non peu guère sans ne sin ni nada poco apenas senza niente não sem nenhum niet niets geen nauwelijks zonder")
	tongueToo  = wordSet("fine ok okay too also even well works problem trouble auch geht reicht okay problème aussi même también vale problema anche pure também ook prima goed best good")
)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(fold(list)) {
		set[w] = true
	}
	return set
}

// How many words before and after the name of a language are read.
const (
	tongueBefore = 3
	tongueAfter  = 4
)

// tongue reads from a note in which language something is wanted, empty if that
// is not said, and whether English is of no use, or of use too. asks tells that the note holds
// a wish: only then is "in Polish" how they want it.
func (g *Guide) tongue(text string, ws []word, asks bool) (wanted string, noEnglish, english bool) {
	for i, w := range ws {
		code, ok := g.tongues[w.folded]
		if !ok {
			continue
		}
		near := clause(text, ws, i)
		has := func(set map[string]bool) bool {
			return slices.ContainsFunc(near, func(w word) bool { return set[w.folded] })
		}
		switch {
		case code == UsualLanguage && has(tongueToo):
			english = true
		case code == UsualLanguage:
			noEnglish = noEnglish || has(tongueNot) && !g.ofSome(text, ws)
		case has(tongueOnly), asks && i > 0 && tongueIn[ws[i-1].folded], asks && i+1 < len(ws) && tonguePls[ws[i+1].folded]:
			wanted = code
		}
	}
	if english {
		return "", false, true
	}
	return wanted, noEnglish, false
}

// tongueSome are some of many: that half of the tenants read no English does not say that
// whoever tells of them reads none.
var tongueSome = wordSet("half some several third quarter hälfte einige manche drittel moitié certains certaines plusieurs tiers mitad algunos algunas varios varias metà alcuni alcune metade alguns algumas vários helft sommige enkele")

// ofSome reports whether a note tells of some among others, in the sentence that names English.
func (g *Guide) ofSome(text string, ws []word) bool {
	some := -1 // where they are named last
	for i, w := range ws {
		switch {
		case tongueSome[w.folded]:
			some = i
		case some >= 0 && strings.ContainsAny(text[ws[i-1].end:w.start], stops):
			some = -1
		}
		if some >= 0 && g.tongues[w.folded] == UsualLanguage {
			return true
		}
	}
	return false
}

// clause returns the words around one, as far as no stop stands between.
func clause(text string, ws []word, i int) []word {
	from, to := i, i+1
	for from > max(0, i-tongueBefore) && !strings.ContainsAny(text[ws[from-1].end:ws[from].start], ".,;:!?()") {
		from--
	}
	for to < min(len(ws), i+1+tongueAfter) && !strings.ContainsAny(text[ws[to-1].end:ws[to].start], ".,;:!?()") {
		to++
	}
	return ws[from:to]
}
