package line

import "sync"

// What was given without being sent: left somewhere for them, shown, read out, gone
// through together.

// handed reads the things that the giving at token i tells of, whose words stand up to
// token k. All that is given so is named behind it.
func (r *reading) handed(g giving, i, k, end int) []Mention {
	switch g {
	case leftThere:
		_, at, n := placeWords().find(r.toks, k, end)
		if n == 0 {
			at, n = r.leftWith(i, k, end)
		}
		if n == 0 || at == k {
			return nil
		}
		if pronouns[r.toks[k].fold] && k+1 == at {
			return r.printed(i, at+n)
		}
		return r.objects(i, k, at)
	case shownThem:
		if k = r.thingOf(k, end); k >= end {
			return nil
		}
		out := r.objects(i, k, end)
		if len(out) > 0 && r.isShown(i, k, end) {
			return nil
		}
		return out
	default: // throughWith
		for at := k + 1; at+1 < end; at++ {
			if isWithThem[r.toks[at].fold] && isThem[r.toks[at+1].fold] {
				return r.objects(i, k, at)
			}
		}
		if isTogether[r.toks[end-1].fold] && end-1 > k {
			return r.objects(i, k, end-1)
		}
		return nil
	}
}

// leftWith finds with whom something was left, of tokens [k:end): "left the story with
// her", "left the guide with Kim". Of what they went away from together it is not said
// so: "left the meeting with him".
func (r *reading) leftWith(i, k, end int) (at, n int) {
	if r.toks[i].fold != "left" && r.toks[i].fold != "dropped" {
		return k, 0
	}
	for at = k + 1; at+1 < end; at++ {
		if r.toks[at].fold != "with" {
			continue
		}
		if next := r.toks[at+1]; leavable[r.toks[at-1].fold] || !isThem[next.fold] && !next.upper && next.fold != "the" {
			return k, 0
		}
		return at, 2
	}
	return k, 0
}

// leavable are places and gatherings that people go away from.
var leavable = map[string]bool{"meeting": true, "call": true, "room": true, "plant": true, "site": true, "building": true, "office": true, "company": true, "fair": true, "booth": true, "stand": true, "event": true, "party": true, "restaurant": true, "firm": true, "factory": true, "hall": true, "town": true, "place": true}

// printed reads what "it" stands for that was left somewhere: "printed out the checklist
// and left it on his desk". The verb of leaving is token i, its place ends at token to.
func (r *reading) printed(i, to int) []Mention {
	clause := r.toks[i].clause
	_, at, n := printedWords().find(r.toks, r.first[max(0, clause-1)], i)
	if n == 0 || r.plans[at] {
		return nil
	}
	from := r.skip(openers(), at+n, i)
	end := from
	for end < i && !r.closesThing(end, from) && r.toks[end].kind != breaks {
		end++
	}
	if end == from || !r.isContent(from, r.withoutForm(from, end)) {
		return nil
	}
	return []Mention{{Words: span(r.note, r.toks, at, to), Object: span(r.note, r.toks, from, end)}}
}

// thingOf is where the thing begins of which tokens [k:end) speak behind "showed her":
// behind an article where "her" may be a word for theirs, "showed her boss the plan".
func (r *reading) thingOf(k, end int) int {
	if r.toks[k-1].fold != "her" {
		return k
	}
	for at := k; at < min(end, k+3); at++ {
		if _, n := openers().at(r.toks[:end], at); n > 0 {
			return at
		}
	}
	return end
}

// isShown reports whether what was shown is no content: "showed her the app", "the way".
func (r *reading) isShown(i, k, end int) bool {
	for ; k < end; k++ {
		if shownThings[r.toks[k].fold] {
			return true
		}
	}
	return false
}

// beforePlace is the end of a thing of tokens [from:to) without where it was given:
// "Leitfaden am Empfang abgegeben".
func (r *reading) beforePlace(from, to int) int {
	if _, at, n := placeWords().find(r.toks, from, to); n > 0 {
		return at
	}
	return to
}

var (
	isWithThem  = map[string]bool{"with": true, "mit": true, "con": true, "avec": true, "com": true, "met": true}
	isTogether  = map[string]bool{"together": true, "gemeinsam": true, "zusammen": true, "juntos": true, "ensemble": true, "insieme": true, "samen": true}
	shownThings = map[string]bool{"app": true, "product": true, "products": true, "tool": true, "system": true, "platform": true, "software": true, "demo": true, "way": true, "plant": true, "dashboard": true, "screen": true, "screens": true, "office": true, "ropes": true, "features": true, "login": true, "it": true, "how": true, "around": true,
		"produkt": true, "weg": true, "werk": true, "producto": true, "sistema": true, "produit": true, "logiciel": true, "outil": true, "produto": true, "prodotto": true}
	// printedWords stand before what "it" means that was left somewhere.
	printedWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`printed out|printed|copied|made a copy of|made copies of|took along|took|brought|brought along|packed|had`)
	})
	// placeWords are where a thing was left, or by what it was given.
	placeWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`at reception|at the reception|at their reception|at the front desk|at front desk|at the gate|at the counter|at the porter's|on his desk|on her desk|on their desk|on the desk|on his table|on her table|on the table|on the _ desk|on the _ _ desk|on the _ s desk|on the _ _ s desk|across the table|on his chair|on her chair|with his assistant|with her assistant|with their assistant|with the assistant|with his secretary|with her secretary|with the secretary|with reception|with the receptionist|with his colleague|with her colleague|in his pigeonhole|in her pigeonhole|in his mailbox|in her mailbox|in his letterbox|in her letterbox|in the letterbox|in his office|in her office|in his in tray|in her in tray|in the break room|over the phone|on the phone|by phone|on my tablet|on the tablet|on my laptop|on paper|
			am empfang|beim empfang|an der rezeption|an der pforte|beim pfortner|im sekretariat|bei der assistentin|auf den tisch|auf den schreibtisch|auf dem tisch|auf dem schreibtisch|in den briefkasten|ins postfach|am telefon|telefonisch|
			en recepcion|en la recepcion|en la porteria|en su mesa|sobre su mesa|en su despacho|por telefono|a l'accueil|a la reception|sur son bureau|au telephone|dans sa boite|na recepcao|na portaria|na mesa dele|na mesa dela|por telefone|pelo telefone|
			in reception|alla reception|in portineria|sulla scrivania|sulla sua scrivania|al telefono|bij de receptie|aan de balie|bij de balie|op zijn bureau|op haar bureau|aan de telefoon`)
	})
)

// givenTo reports whether tokens [k:end) say to whom behind the thing: "gave the guide to
// her assistant".
func (r *reading) givenTo(k, end int) bool {
	for ; k+1 < end; k++ {
		if r.toks[k].fold == "to" && isThem[r.toks[k+1].fold] {
			return true
		}
	}
	return false
}
