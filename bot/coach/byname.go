package coach

import (
	"slices"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

var (
	// asksFor are words of theirs that what they ask for follows.
	asksFor = wordsOf(`asked asks asking wants want wanted requested requests needs needed like likes love
		bat bittet möchte will wünscht hätte braucht fragte fragt demande demandé veut souhaite voudrait besoin
		pide pidió quiere necesita chiede chiesto vuole vorrebbe pede pediu quer precisa vraagt vroeg wil wenst`)
	// notAsked are words beside which they did not: it was we who asked, or nobody did.
	notAsked = wordsOf(`not no never nothing nobody neither didn don doesn hasn won i we whether if until before
		nicht kein keine keinen nie ich wir ne pas jamais nous nunca nosotros non mai noi não nós niet geen wij`)
	// asking begin what they asked about, and not for: "asked who walks the rounds at night".
	asking = wordsOf(`about who whom whose what which how whether when why where wer wen wem was wie ob wann warum wo wieviel
		qui que quoi comment si quand pourquoi combien quién qué cómo cuándo cuánto chi che cosa come se quando quanto perché quem como wat hoe of wanneer waarom hoeveel`)
	// denied begin what it is not that they ask for.
	denied = wordsOf("no not never without nicht kein keine keinen keiner nie ohne pas aucun aucune sans ningún ninguna sin nessun nessuna senza nenhum nenhuma sem niet geen zonder")
	// askedOf are who was asked, right behind the word.
	askedOf = wordsOf(`him her them ihn sie ihm ihr le la lui lo elle hem haar`)
)

// askedFor is the item that the newest note with anything of theirs says that they asked for
// by its very name: whatever else might suit where they stand, that is the answer. False:
// none, or they have waved it away since.
func (c *Coach) askedFor(a Ask, notes []suggest.Note, contact string, l *suggest.Library) (item suggest.Item, ok bool) {
	at := slices.IndexFunc(notes, func(n suggest.Note) bool { return suggest.Answers(n.Signals) })
	if at < 0 || !slices.ContainsFunc(notes[at].Signals, wish) {
		return item, false
	}
	item, ok = byName(notes[at].Text, contact, l)
	_, waved := a.Waved[item.ID]
	return item, ok && !waved
}

// wish reports whether a signal may be of a note in which somebody wants something.
func wish(s journey.Signal) bool {
	return s == journey.AskedForMore || s == journey.SharedNeeds || s == journey.WorkingSession || s == journey.AgreedMeeting
}

// byName is the item that a note tells them to have asked for by words of its title.
func byName(note, contact string, l *suggest.Library) (item suggest.Item, ok bool) {
	for _, p := range piecesOf(note) {
		at := slices.IndexFunc(p.words, func(w spoken) bool { return asksFor[w.word] })
		if at < 0 || askedOf[p.at(at+1)] || asking[p.at(at+1)] || p.isOurs(note, contact) ||
			slices.ContainsFunc(p.words[:at], func(w spoken) bool { return notAsked[w.word] }) {
			continue
		}
		behind := p.words[at+1 : min(len(p.words), at+1+mostNaming)]
		if no := slices.IndexFunc(behind, func(w spoken) bool { return denied[w.word] }); no >= 0 {
			behind = behind[:no] // "needs no audit checklist"
		}
		may := make([]bool, len(behind))
		for i, w := range behind {
			may[i] = l.MayName(note[w.from:w.to])
		}
		for n := len(behind); n > 0; n-- {
			for from := range len(behind) - n + 1 {
				if slices.Contains(may[from:from+n], false) {
					continue
				}
				if item, ok = l.ByTitle(note[behind[from].from:behind[from+n-1].to]); ok {
					return item, true
				}
			}
		}
	}
	return suggest.Item{}, false
}
