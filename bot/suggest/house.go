package suggest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A hospital is a house in which somebody lies, and one in which many work, and we meet
// them. Of itself its name tells of no hard days.

// noTrade leaves out of a note's words those of hard days that name a trade or a place of
// work: "works at a hospital", "meeting in the hospital", "a funeral home with three
// sites". Of themselves they speak only as of somebody who lies there: "is in hospital",
// "liegt im Krankenhaus". ws are the same words as they stand in the text.
func noTrade(said []string, text string, ws []word) []string {
	own := said
	for i, w := range said {
		if _, house := goesIn[w]; !(house && !liesThere(said, i, text, ws)) && !(i+1 < len(said) && tradeOf[w][said[i+1]]) {
			continue
		}
		if &own[0] == &said[0] {
			own = slices.Clone(said)
		}
		own[i] = ""
	}
	return own
}

// liesThere reports whether words tell of somebody who is in the house at i as one who is
// ill, or of their stay. What is spoken of on the other side of a comma takes nothing
// from it: "she is in hospital, meeting cancelled".
func liesThere(said []string, i int, text string, ws []word) bool {
	from, to := clauseAt(text, ws, i)
	if slices.ContainsFunc(said[from:to], func(w string) bool { return atWork[w] }) {
		return false
	}
	if i+1 < to && stays[said[i+1]] {
		return true
	}
	in := i - 1 // the small word that says that they are in it
	article := in > from && articles[said[in]] && !goesIn[said[i]][said[in]]
	if article {
		in--
	}
	if in < from || !goesIn[said[i]][said[in]] {
		return false
	}
	before := said[from:in]
	if out[said[in]] && slices.ContainsFunc(before, func(w string) bool { return comes[w] }) {
		return true // "back from hospital"
	}
	bare := said[in] == "in" && !article && said[i] == "hospital"
	if quiet(before) && !slices.ContainsFunc(before, func(w string) bool { return lies[w] || is[w] }) { // "in hospital until May"; "fell off the roof, still in hospital"
		return i+1 < to && since[said[i+1]] || i+1 == to && bare && from > 0 && !slices.ContainsFunc(said[max(0, from-liesReach):from], func(w string) bool { return atWork[w] })
	}
	if i+1 < to && bare && !since[said[i+1]] && !aDay[said[i+1]] && !behindHouse[said[i+1]] {
		return false // "is interested in hospital beds"
	}
	for verb := in - 1; verb >= from; verb-- {
		if lies[said[verb]] || is[said[verb]] && quiet(said[verb+1:in]) && (said[in] != "no" || noIsIn[said[verb]]) {
			return somebody(said, from, verb, text, ws)
		}
	}
	return len(before) <= kinReach && slices.ContainsFunc(before, func(w string) bool { return kin[w] })
}

// How many words before "in hospital" tell, without a verb, whose it is, and how many of
// the clause before that it is a meeting.
const (
	kinReach  = 4
	liesReach = 6
)

// somebody reports whether what stands before a verb is a person: a word for one, a name,
// or nothing, as reps write.
func somebody(said []string, from, verb int, text string, ws []word) bool {
	name := true
	for k := from; k < verb; k++ {
		if they[said[k]] || kin[said[k]] {
			return true
		}
		first, _ := utf8.DecodeRuneInString(text[ws[k].start:])
		name = name && (opens[said[k]] || is[said[k]] || lies[said[k]] || between[said[k]] || unicode.IsUpper(first) && !articles[said[k]])
	}
	return name && !many[said[verb]]
}

// quiet reports whether words between "is" and "in hospital" leave it at that.
func quiet(said []string) bool {
	return !slices.ContainsFunc(said, func(w string) bool { return w != "" && !between[w] && !ails[w] && !aDay[w] && !lies[w] })
}

// clauseAt is the part of the text around word i that no comma, bracket or "and" cuts, as
// places of its words.
func clauseAt(text string, ws []word, i int) (from, to int) {
	cut := func(k int) bool { // between the words k and k+1
		return strings.ContainsAny(text[ws[k].end:ws[k+1].start], ",.;:!?()\n–—+&") || strings.Contains(text[ws[k].end:ws[k+1].start], " - ") || joins[ws[k].folded] || joins[ws[k+1].folded]
	}
	for from = i; from > 0 && !cut(from-1); {
		from--
	}
	for to = i + 1; to < len(ws) && !cut(to-1); {
		to++
	}
	return from, to
}

var (
	// goesIn are the houses, and the small words before each that lead into or out of it.
	goesIn = map[string]map[string]bool{
		"hospital":    wordSet("in into to from en al del no ao do"),
		"krankenhaus": wordSet("im ins aus in"),
		"spital":      wordSet("im ins aus in"),
		"klinik":      wordSet("in aus"),
		"hopital":     wordSet("à"),
		"ospedale":    wordSet("in all dall nell"),
		"ziekenhuis":  wordSet("in naar uit"),
	}
	stays    = wordSet("stay bed aufenthalt aufenthalts")
	articles = wordSet("the a an his her their dem das der die einem einer el un l il lo het een o um")
	joins    = wordSet("and und et but aber mais pero ma maar")
	// lies are verbs of somebody who is ill, and comes those of who is well again.
	lies  = wordSet("taken brought rushed admitted gekommen eingeliefert kam musste hospitalisé hospitalisée emmené emmenée transporté transportée ingresado ingresada ingresó internado internada ricoverato ricoverata portato portata finito finita opgenomen beland")
	comes = wordSet("back home zurück retour discharged released entlassen sorti sortie dimesso dimessa ontslagen")
	out   = wordSet("from aus uit dall del do")
	// is are the verbs that say no more than where somebody is; many say it of several,
	// who are things as often.
	is = wordSet("is was been s went lies lay are were liegt lag ligt ist war sind waren est était sont está estuvo estaba sigue están è era sta sono stato stata foi esteve continua été fue fu wurde zijn")
	// noIsIn stand before "no hospital" where that is Portuguese.
	noIsIn = wordSet("está esteve foi continua internado internada")
	many   = wordSet("are were sind waren sont están sono zijn went")
	// between may stand between the two.
	between = wordSet("still now again back currently since already both yesterday today sadly taken noch jetzt wieder seit gestern heute leider schon gerade immer toujours encore depuis hier maintenant de nouveau aún todavía ahora desde ayer otra vez ancora di nuovo da ieri oggi adesso ora purtroppo ainda desde ontem nog weer sinds gisteren nu last this week letzter letzte woche")
	// ails are the words of what brought them there: "she was with the knee in hospital".
	ails = wordSet(`with his her my the knee hip leg arm ear eye heart appendix hand foot wegen mit dem der seinem ihrem knie hüfte bein arm herz blinddarm avec le la genou hanche jambe coeur
		con rodilla cadera pierna corazón ginocchio anca gamba cuore com joelho quadril perna coração met haar zijn heup been hart`)
	// since may follow the house where it is about time.
	since = wordSet("since until till for after again now with at bis seit nach jusqu depuis hasta desde fino da dal até tot sinds back")
	// behindHouse may follow "in hospital".
	behindHouse = wordSet("she he they so because today yesterday again himself herself too as after unfortunately sadly please pls nothing no not this last next on over yet still his her in")
	// they are the words for a person spoken of, and opens those before whoever does something.
	they  = wordSet("she he who er sie elle il lui lei ella él ela ele zij hij ze")
	opens = wordSet("says said that told writes wrote heard now then sadly unfortunately sagt dass hört schreibt dit que dice che diz zegt dat leider purtroppo hélas")
	// kin are people who are theirs, or of theirs.
	kin = wordSet(`little two three four several zwei drei deux dos due husband wife father mother dad mum mom son daughter brother sister child kid baby partner grandmother grandfather man men woman women worker workers driver colleague
		mann frau vater mutter sohn tochter bruder schwester kind oma opa kollege kollegin mitarbeiter mari femme père mère fils fille frère soeur enfant collègue
		marido mujer esposa padre madre hijo hija hermano hermana compañero compañera marito moglie figlio figlia fratello sorella bambino bambina collega
		pai mãe filho filha irmão irmã esposo vrouw vader moeder zoon dochter broer zus collega`)
	// atWork are what people do in a house who do not lie there, what is brought there, and
	// who meet us there.
	atWork = wordSet(`work works worked working job employed nurse nurses doctor head manages manager runs run visit visits visited met meet meets meeting meetings appointment demo demos demonstration presentation training workshop
		lunch dinner breakfast tour walkthrough fair conference pilot trial sites site saw seen showed shown delivered installed installation live pumps pump device devices system equipment responsible procurement purchasing buyer stock contract offer quote order invoice sample samples tender
		vertrag angebot bestellung rechnung muster katalog unterlagen arbeitet arbeite arbeiten tätig leitet leiter leiterin chefarzt termin termine besuch besucht gespräch treffen getroffen vorführung begehung besprechung rundgang mittagessen präsentation schulung zuständig verantwortlich einkauf technik angekommen geliefert installiert läuft gerät geräte pumpe pumpen anlage lager messe uhr
		travaille dirige réunion réunions rendez visite visité entretien déjeuner dîner démonstration démo présentation formation essai responsable achats matériel appareil appareils stock
		trabaja dirige reunión cita visita visitado entrevista comida almuerzo demostración presentación formación prueba compras equipo equipos almacén
		lavora lavoro dirige riunione riunioni incontro incontrato appuntamento visita visitato sopralluogo colloquio pranzo cena dimostrazione presentazione formazione prova responsabile acquisti primario pompe pompa macchina magazzino alle
		trabalha reunião encontro almoço apresentação formação teste werkt afspraak bezoek bezocht gesprek vergadering overleg proef inkoper`)
	// tradeOf are the words behind one of hard days that make it a trade.
	tradeOf = map[string]map[string]bool{
		"hospital":  wordSet("business sector trade industry procurement purchasing market group chain"),
		"funeral":   wordSet("home homes director directors parlour parlours parlor parlors service services business company firm chain industry trade house houses"),
		"ambulance": wordSet("service services station stations trust fleet fleets company depot"),
		"cancer":    wordSet("clinic clinics centre center charity institute research unit hospital"),
		"stroke":    wordSet("unit units clinic ward centre center charity"),
		"death":     wordSet("care registry certificates records"),
	}
)
