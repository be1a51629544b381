package observe

import (
	"slices"
	"strings"
	"unicode"
)

// Who comes after a contact. A note that names that person tells, of somebody who only
// rose in their own house, to whom to turn now; so a name must be a person's. What else
// has a capital takes things over as well: a department, a firm, any German noun.

// Successor is the name of whom a note says that they come after its contact, who left;
// empty where it names nobody.
func (r *Reader) Successor(n Note) string {
	if r.Departure(n) != Left {
		return ""
	}
	w, _ := r.look(n)
	whole := span{0, len(w.d.tokens)}
	name, named := w.successor(whole, true)
	if !named {
		name, _ = w.successor(whole, false)
	}
	return name
}

// replaced reports whether the note names, in the sentence of the turn of speech h or the
// next, the person who comes after its contact.
func (w *weighing) replaced(h hit) bool {
	g := w.wholeSentence(int(h.first))
	if next := g.end + 1; next < len(w.d.tokens) {
		g.end = w.wholeSentence(next).end
	}
	_, named := w.successor(g, true)
	return named
}

// successor is the name of whom g says that they come after the note's contact, and
// whether it names anybody. To be sure, one word is a name only behind a title, or where
// it is the contact's post that goes to it: "Sue takes her desk", not "Bosch takes over".
func (w *weighing) successor(g span, sure bool) (name string, named bool) {
	for _, h := range w.guards {
		if int(h.first) < g.start || int(h.last) >= g.end {
			continue
		}
		switch w.cues.guards.families[h.family] {
		case guardHeir:
			name, named = w.nameBefore(h, sure)
		case guardSuccess:
			name, named = w.nameBehind(h, sure)
		}
		if named {
			return name, true
		}
	}
	return "", false
}

// nameBefore is the person's name that stands before the turn of speech h.
func (w *weighing) nameBefore(h hit, sure bool) (name string, named bool) {
	t := w.d.tokens
	end := int(h.first)
	for end > 0 && (besideState[t[end-1].plain] || meanwhile[t[end-1].plain]) {
		end--
	}
	first := end
	for first > 0 && (w.capital(first-1) || first < end && particle[t[first-1].plain] || w.afterTitle(first)) {
		first--
	}
	for first < end && !w.capital(first) { // "für den Einkauf"
		first++
	}
	next := int(h.last) + 1
	alone := w.ofPost(h) || !sure && (next >= len(t) || closing[t[next].word] || behindHeir[t[next].plain])
	return w.person(0, first, end, alone && first > 0 && !endOfSentence(t[first-1].word))
}

// nameBehind is the person's name that stands behind the turn of speech h.
func (w *weighing) nameBehind(h hit, sure bool) (name string, named bool) {
	if !w.ofPlace(h) {
		return "", false
	}
	t, last := w.d.tokens, int(h.last)
	direct := true // nothing but small words stands between
	for i := last + 1; i < min(len(t), last+1+nameWithin); i++ {
		switch {
		case noneYet[t[i].plain]:
			return "", false
		case w.afterTitle(i+1) || titles[t[i].plain] && !w.capital(i):
			continue
		case t[i].word == "." || t[i].word == "," && i > last+1 && !roles[t[i-1].plain]:
			return "", false
		case !w.capital(i) || w.within(guardSuccess, i):
			direct = direct && (closing[t[i].word] || besideState[t[i].plain])
			continue
		}
		end := i + 1
		for end < len(t) && (w.capital(end) || particle[t[end].plain] || w.afterTitle(end+1)) {
			end++
		}
		for particle[t[end-1].plain] && !w.capital(end-1) {
			end--
		}
		if name, named = w.person(last+1, i, end, direct && (w.ofPost(h) || !sure)); named {
			return name, true
		}
		direct, i = false, end-1
	}
	return "", false
}

// ofPlace reports whether the turn of speech h, with a name behind it, tells of the
// contact's place. Who "now leads" or "is now led by" somebody is the contact, unless a
// place stands before it: "plant is now run by"; and what was "replaced by" is the
// contact, unless a thing does.
func (w *weighing) ofPlace(h hit) bool {
	t, at := w.d.tokens, w.segmentAt(int(h.first)).start
	before := t[at:h.first]
	theirs := w.byThem(at, int(h.first), besideState, meanwhile)
	for _, own := range t[h.first : h.last+1] {
		switch {
		case led[own.plain]:
			return !theirs || slices.ContainsFunc(before, func(t token) bool { return t.word == "@firm" })
		case givesWay[own.plain]:
			post := slices.ContainsFunc(before, func(t token) bool { return posts[t.plain] })
			return post || theirs && !w.plural(span{at, int(h.first)})
		}
	}
	return true
}

// ofPost reports whether the turn of speech h speaks of the contact's post.
func (w *weighing) ofPost(h hit) bool {
	return slices.ContainsFunc(w.d.tokens[h.first:h.last+1], func(t token) bool { return posts[t.plain] })
}

// afterTitle reports whether the token before i is the full stop of a title: "Dr."
func (w *weighing) afterTitle(i int) bool {
	return i > 1 && i <= len(w.d.tokens) && w.d.tokens[i-1].word == "." && titles[w.d.tokens[i-2].plain]
}

// person is the name in the words [first:end), each of them with a capital or a small
// word of names, without its titles; false where they name no person: a department, a
// firm, a thing that has an article. alone says that one word is enough; what stands
// before it, from token from on, tells of things.
func (w *weighing) person(from, first, end int, alone bool) (name string, named bool) {
	t, begin := w.d.tokens, first
	first, called, thing := w.bare(from, first, end)
	if thing || first == end || first == begin && !called && begin > from && (articles[t[begin-1].plain] || ofThing[t[begin-1].plain]) {
		return "", false
	}
	capitals, shouted := 0, 0
	for i := first; i < end; i++ {
		if noPerson(t[i].plain) {
			return "", false
		}
		if !w.capital(i) {
			continue
		}
		capitals++
		if word := w.text[t[i].start:t[i].end]; len(word) > 1 && strings.IndexFunc(word, unicode.IsLower) < 0 {
			shouted++
		}
	}
	switch {
	case shouted > 0 && (shouted < capitals || capitals == 1): // "HR Europe", "IT"
		return "", false
	case capitals == 1 && !called && (!alone || w.d.lang == "de" || w.ordinary(first)):
		return "", false
	}
	return w.text[t[first].start:t[end-1].end], true
}

// bare is where the name begins in the words [first:end), behind titles, roles and small
// words; whether there are titles or roles that call somebody by it; and whether it is a
// thing's: "Die Deutsche Bank".
func (w *weighing) bare(from, first, end int) (name int, called, thing bool) {
	t, begin := w.d.tokens, first
	if first > 0 {
		called = titles[t[first-1].plain] || roles[t[first-1].plain] || w.afterTitle(first) ||
			first > 1 && departments[t[first].plain] && roles[t[first-2].plain] // "Head of Purchasing Sue Hallam"
	}
	for ; first < end; first++ {
		switch p := t[first].plain; {
		case titles[p], roles[p], w.afterTitle(first + 1):
			called = true
		case called && departments[p] && first+2 < end:
		case articles[p] && first+1 < end && !titles[t[first+1].plain] && !roles[t[first+1].plain]:
			return first, called, true
		case besideState[p], besideDeed[p], articles[p], particle[p] && !w.capital(first):
		case first == begin && first+1 < end && first > from && (w.ordinary(first) || p == "may") && ofThing[t[first-1].plain]: // "from May Sue Hallam"
		default:
			return first, called, false
		}
	}
	return first, called, false
}

// noPerson reports whether a word is of no person's name: a part of a company, also at
// the end of a German compound ("Serieneinkauf"), a firm, a role, or what takes over.
func noPerson(word string) bool {
	if word == "ward" { // more often a surname
		return false
	}
	if departments[word] || firms[word] || roles[word] || outfits[word] || outsiders[word] {
		return true
	}
	for i := 3; i <= len(word)-compoundEnd; i++ {
		if departments[word[i:]] || outfits[word[i:]] {
			return true
		}
	}
	return false
}

// compoundEnd is how long the last part of a compound must be to tell what it names:
// "werk" ends surnames too.
const compoundEnd = 5

var (
	// particle are small words inside a name.
	particle = wordsOf("van von der den de la zu ter")
	// meanwhile may stand between a name and what that person does.
	meanwhile = wordsOf("now jetzt nun kunftig ahora desormais maintenant ora adesso agora nu will")
	// behindHeir may follow somebody's taking over, where it is the place of the contact that they take.
	behindHeir = wordsOf("from in on as at until now next soon ab im am als seit bald desde en como a partir des comme da dal come em per vanaf als")
	// noneYet say, before a name, that nobody is named.
	noneYet = wordsOf("not no nobody unknown open tbd tbc yet still unclear nicht niemand noch offen unbekannt unklar pas encore inconnu inconnue aun todavia sin nadie non ancora sconosciuto ainda nao niet nog onbekend")
	// posts are words for the place of the contact that somebody else takes, accents off.
	posts = wordsOf("successor replacement contact man woman person one head manager buyer boss job jobs role post position desk place duties ask " +
		"nachfolger nachfolgerin ansprechpartner ansprechpartnerin stelle leiter leiterin chef chefin posten ihm ihr " +
		"sucesor sucesora contacto lugar puesto sustituye reemplaza sucede " +
		"successeur successeure remplacant remplacante interlocuteur interlocutrice place poste succede " +
		"sucessor sucessora contato cargo successore contatto posto opvolger opvolgster plaats contactpersoon hem haar")
	// led are turns of speech of which the subject is what is led: "is now run by". Led by
	// somebody, a contact is there still.
	led = wordsOf("run headed led managed under leitet fuhrt macht dirige dirigee diretto diretta guidato geleid passa")
	// givesWay are those of which the subject gives way to somebody.
	givesWay = wordsOf("replaced taken ersetzt abgelost remplace remplacee substituido substituida sostituito sostituita vervangen")
	// ofThing stand before what is no subject: "ist für Einkauf zuständig".
	ofThing = wordsOf("since until till ab seit bis depuis des desde dal vanaf for to with of about on at in by from than like fur mit von an bei zu zum zur im in am auf uber aus pour avec a au aux chez dans sur para con por en sobre com em no na per alla al nel di del della voor met aan bij")
	// roles may stand before a name, and are none, accents off.
	roles = wordsOf("head chief director manager buyer boss deputy assistant colleague coworker supervisor foreman officer president owner planner controller engineer secretary successor leader lead " +
		"leiter leiterin werkleiter werkleiterin einkaufer einkauferin kollege kollegin stellvertreter stellvertreterin chef chefin vize nachfolger nachfolgerin meister meisterin geschaftsfuhrer geschaftsfuhrerin assistentin assistent teamleiter teamleiterin einkaufsleiter einkaufsleiterin ansprechpartner ansprechpartnerin " +
		"jefe jefa director directora gerente companero companera encargado encargada responsable compradora comprador " +
		"directeur directrice collegue adjoint adjointe acheteur acheteuse patron patronne " +
		"chefe diretor diretora gestor gestora colega gerente capo direttore direttrice collega responsabile vice hoofd directeur inkoper baas teamleider")
	// outfits are other words of firms, their boards and their people, and of what or who
	// is no one person, accents off.
	outfits = wordsOf("nobody somebody someone anybody anyone everybody everyone one another others people management board committee council headquarters hq head office holding agency bank insurance insurer supplier vendor partner partners consulting consultants consultancy solutions systems software cloud technologies industries bureau resources human customer customers client success legal payroll treasury admin administration procurement helpdesk support successor budget project europe " +
		"gmbh ag se kg ohg ltd limited inc llc plc corp co sa sas sarl srl spa sl bv nv lda " +
		"niemand jemand keiner alle konzern agentur versicherung versicherer lieferant dienstleister anbieter partner zentrale vorstand geschaftsfuhrung geschaftsleitung leitung verwaltung kanzlei hersteller betriebsrat buchhaltung fuhrung sicherung kosten info infos anfang mitte ende grosskunden kunden kunde mutter tochter holding region zentraleinkauf budget rechnung vertrag kontakt nachfolge stellvertretung " +
		"nadie alguien todos recursos humanos gerencia direccion banco seguro proveedor clientes central legal contabilidad administracion " +
		"personne quelqu'un direction generale siege groupe banque assurance fournisseur prestataire comptabilite juridique humaines ressources " +
		"ninguem alguem direcao recursos fornecedor financeiro regional " +
		"nessuno qualcuno direzione risorse umane gruppo banca assicurazione fornitore amministrazione contabilita legale " +
		"niemand iemand directie hoofdkantoor bestuur leverancier administratie boekhouding personeelszaken")
)
