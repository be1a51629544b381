package observe

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"cairn/bot/journey"
)

// Nobody is to be told that a customer bought, recommended us or made somebody known because
// customers often do: in a note of few words an exchange wants one of its own, or a reading that
// is as good as certain. One that was missed is found with the next line; one that never was is a
// reason not to believe the next.
//
// Of such lines as people type them the weights were wrong up to .97: "waiting for his call" of a
// customer. Of whom nothing came yet they say no such thing, and there "executed SOW is in the
// folder" is the first order. Longer notes say more than any list of words.
const (
	unsaidSure  = 0.98 // how sure an exchange must be of which the note has no word,
	unsaidWords = 8    // where it has fewer words and marks than these
)

// exchanged are the signals of an exchange.
var exchanged = guardOf(journey.Revenue, journey.RepeatOrder, journey.Expanded, journey.Referral, journey.Recommendation)

// sayExchange are the guards whose turns are words of an exchange.
var sayExchange = map[string]guard{
	guardDeed: sales, guardOrdered: sales, guardSeller: sales, guardOurDeal: sales,
	guardIntroduced: guardOf(journey.Referral), guardPointed: guardOf(journey.Referral, journey.Recommendation), guardSentOn: guardOf(journey.Referral), guardNamed: guardOf(journey.Referral),
	guardByName: guardOf(journey.Referral), guardPraised: guardOf(journey.Recommendation), guardPledged: guardOf(journey.Recommendation),
}

// unspoken fills in of which exchanges d has no word, where it is short and of somebody of whom
// c tells one already. What is bought and what is bought again share theirs.
func (k *desk) unspoken(d *document, c Context) {
	cues := k.extractor.cues
	clear(k.unsaid)
	if d.onlyMet() {
		copy(k.unsaid, metAlone)
		return
	}
	if len(d.tokens) >= unsaidWords || !c.bought() && !c.saw(journey.Referral, journey.Recommendation) {
		return
	}
	for s := range signals {
		k.unsaid[s] = exchanged[s]
	}
	for _, h := range k.extractor.hits {
		s, known := signalNumber[cues.signals[h.family]]
		if !known || !exchanged[s] || d.saysOther(h, s) {
			continue
		}
		k.unsaid[s] = false
		for other := range signals {
			k.unsaid[other] = k.unsaid[other] && !(sales[s] && sales[other])
		}
	}
	if slices.ContainsFunc(d.tokens, func(t token) bool { return seats[t.plain] && (d.lang != "en" || !placing[t.plain]) }) {
		k.unsaid[signalNumber[journey.Expanded]] = false
	}
	if d.countsWares() {
		k.unsaid[signalNumber[journey.Revenue]], k.unsaid[signalNumber[journey.RepeatOrder]] = false, false
	}
	for _, h := range cues.guardsIn(d) {
		for s, says := range sayExchange[cues.guards.families[h.family]] {
			k.unsaid[s] = k.unsaid[s] && !says
		}
	}
}

// countsWares reports whether the note counts what is ordered by it: "20 more boxes please". An
// order of so few words has no other word of one. What we hand out is none: "2 more case studies".
func (d *document) countsWares() bool {
	for i, t := range d.tokens {
		if t.word[0] != '#' || t.word == "#date" || t.word == "#time" || t.word == "#year" || t.word == "#pct" {
			continue
		}
		for k := i + 1; k < min(len(d.tokens), i+1+fewTokens); k++ {
			if wares[d.tokens[k].plain] && !(k+1 < len(d.tokens) && handedOut[d.tokens[k+1].plain]) {
				return true
			}
		}
	}
	return false
}

// onlyMet reports whether the note tells nothing but that we met or spoke, and when: "met 2 weeks
// ago" is no exchange of anybody's, nor has anything run since.
func (d *document) onlyMet() bool {
	met := false
	for _, t := range d.tokens {
		first, _ := utf8.DecodeRuneInString(t.word)
		switch {
		case meeting[t.plain]:
			met = true
		case unicode.IsLetter(first) && !whenMet[t.plain]:
			return false
		}
	}
	return met
}

// saysOther reports whether a cue of signal s is one of the words that mostly tell of other
// things: who waits for an answer made nobody known, and a "quarterly review" is no praise.
func (d *document) saysOther(h hit, s int) bool {
	first, last := int(h.first), int(h.last)
	switch signals[s] {
	case journey.Referral:
		return last-first <= 1 && awaits[d.tokens[first].plain]
	case journey.Recommendation:
		reviews := first == last && (d.tokens[first].plain == "review" || d.tokens[first].plain == "reviews")
		beside := d.tokens[max(first-1, 0):min(last+2, len(d.tokens))]
		return reviews && slices.ContainsFunc(beside, func(t token) bool { return ofWork[t.plain] })
	}
	return false
}

// metAlone are signals of which nothing is told by when we met.
var metAlone = guardOf(journey.Revenue, journey.RepeatOrder, journey.Expanded, journey.Referral, journey.Recommendation, journey.TrialRunning, journey.Installed, journey.Adopted, journey.ValueStory,
	journey.VerbalYes, journey.Complained, journey.Declined, journey.OptedOut)

var (
	// meeting are words for a talk that was, and whenMet those for when and with whom, accents off.
	meeting = wordsOf("met meeting spoke talked saw seen visited getroffen traf trafen gesprochen besucht gesehen treffen reunion vi vimos hablamos hable conoci vista visto rencontre rencontree vu vue parle incontrato incontrata encontrei encontro falei falamos gesproken ontmoet gezien bezocht afspraak")
	whenMet = wordsOf("i we he she they him her them with and ago last week weeks day days month months year years yesterday today since before on at in the a an of for few two three four five six couple some monday tuesday wednesday thursday friday january february march april may june july august september october november december " +
		"ich wir er sie ihn ihm ihr mit vor woche wochen tag tage tagen monat monate monaten jahr jahren letzte letzten letzter gestern heute seit einer einem zwei drei vier am im montag dienstag mittwoch donnerstag freitag " +
		"la lo le con hace semana semanas dia dias mes meses ano anos pasado pasada ayer hoy el una un dos tres avec il y semaine semaines jour jours mois ans derniere dernier hier deux trois " +
		"com ha passado passada ontem hoje dois duas fa settimana settimane giorno giorni mese mesi scorso scorsa ieri oggi due tre haar hem met weken dag dagen maand maanden geleden vorige gisteren vandaag twee drie")

	// awaits are words for waiting, accents off.
	awaits = wordsOf("expecting meet erwartet wartet esperando espera aguarda aspetta attend verwacht")
	// seats are what more of is bought for more people, accents off: "added 5 seats".
	seats = wordsOf("seat seats licence licences license licenses lizenz lizenzen platz platze licencia licencias plaza plazas poste postes place places licenca licencas licenza licenze posto posti licentie licenties")
	// wares are what is ordered by the number, accents off.
	wares = wordsOf("box boxes pallet pallets crate crates case cases carton cartons bag bags sack sacks drum drums roll rolls kit kits piece pieces pcs unit units bottle bottles barrel barrels dozen " +
		"kiste kisten palette paletten karton kartons sacke rollen stuck fasser flaschen caja cajas pale pales saco sacos rollo rollos pieza piezas unidad unidades botellas " +
		"caisse caisses palettes sacs rouleaux pieces bouteilles caixa caixas paletes rolos peca pecas unidade unidades garrafas scatola scatole bancale bancali sacchi rotoli pezzo pezzi casse bottiglie " +
		"doos dozen zakken rollen stuks flessen vaten")
	// placing are French seats that an English note has other uses for: "nice place".
	placing = wordsOf("place places")
	// ofWork make a review one of work, and of nobody's praise.
	ofWork = wordsOf("call meeting session quarterly business annual yearly monthly weekly contract design safety security legal performance process")
)
