package suggest

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/french"
	"github.com/kljensen/snowball/spanish"
)

// leastTellable is how many letters a word needs to tell a stranger anything;
// shorter ones tell only where they are written in capitals ("GMP").
const leastTellable = 4

// isLittle reports whether a word, folded, only holds sentences together, in
// whichever language.
func isLittle(folded string) bool {
	return littleWords()[folded] || french.IsStopWord(folded) || spanish.IsStopWord(folded)
}

// littleWords are those of [little], and words of everyday notes that name no
// subject.
var littleWords = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, list := range little {
		for w := range strings.FieldsSeq(fold(list)) {
			set[w] = true
		}
	}
	for _, list := range everyday {
		for w := range strings.FieldsSeq(list) {
			set[w] = true
		}
	}
	return set
})

// everyday are, by the language that they tell of a note beside its small words, words of
// what happens every day; those under "" tell none.
var everyday = map[string]string{
	"es": "hace hizo hecha hecho hechas quiere quieren otro otra otros otras antes desde entero entera ayer hoy manana luego llamo dijo dice pide pidio paso puesto preguntan gustado mandemos hablamos minutos lunes martes miercoles jueves viernes",
	"de": "ihnen ihrem ihren ihrer seine seiner seinen unser unsere offen durchgegangen geschickt letzte letzten ging gestern heute morgen wieder immer bittet fragt sagt sagte meint macht machen gemacht zwei drei vier montag dienstag mittwoch donnerstag freitag minuten woche wochen gehen geht",
	"fr": "hier aujourd demain lundi mardi mercredi jeudi vendredi minutes semaine semaines encore toujours demande parle dit",
	"it": "ieri oggi domani lunedi martedi mercoledi giovedi venerdi minuti settimana ancora sempre chiede dice detto fatto fatta",
	"pt": "ontem hoje amanha segunda terca quarta quinta sexta minutos semana ainda sempre pede disse feito feita",
	"nl": "gisteren vandaag morgen maandag dinsdag woensdag donderdag vrijdag minuten week weken weer altijd vraagt zegt gezegd gedaan",
	"":   "along else round rest bad stop copy",
}

// untold are more words that name no subject, for a brief that people read: those
// that hold sentences together in one language and stand in no list above. They
// do not count in what is chosen.
var untold = wordSet(`ihre ihr bitte wegen bisher etwa dazu damit dabei davon dafür dagegen darüber danach jetzt schon mehr weniger viele alle alles jede jeder jeden jedes
	dieser diese dieses diesen sowie sowohl sondern während gegen ohne durch unter zwischen neben seit bereits bald gerne gern würde würden möchte möchten könnte
	können müssen muss sollte sollen wollen wollte hätte wäre waren wurde wurden worden geworden gerade genau ganz etwas nichts niemand jemand welche welcher welches wenn weil dass
	deren dessen trotz daher deshalb außerdem zurück haben hatte hatten werden mochte konnte konnen mussen
	cada mismo misma mismos mismas según durante mientras aunque cuando donde dónde mucho mucha muchos muchas todo toda todos todas algo alguien ninguno ninguna nunca siempre ahora
	después entonces tampoco además hacia hasta sino cualquier cuanto cuánto nuestra nuestro vuestra ustedes usted favor
	entro ogni stesso stessa stessi stesse prima dopo mentre quando dove molto molta molti molte tutto tutta tutti tutte qualcosa qualcuno niente nulla adesso allora inoltre
	verso fino quindi perché loro nostro nostra vostro vostra presso circa finora ognuno ciascuno grazie
	mesmo mesma segundo enquanto embora onde muito muita muitos muitas todas alguém nenhum nenhuma agora depois então além entre nosso nossa obrigado obrigada
	elke ieder iedere zelf zelfde tijdens terwijl hoewel wanneer waar veel alles iets iemand niemand niets nooit daarna toen verder omdat wegens graag alstublieft reeds nogal onze jullie
	chaque même mêmes selon pendant lorsque beaucoup quelque quelques jamais maintenant alors aussi vers jusque voici merci votre notre leurs
	please because until still every same their theirs would could should about after before since within without while where which there these those being having
	really quite maybe perhaps already again today yesterday tomorrow asked wants wanted needs needed
	monday tuesday wednesday thursday friday saturday sunday mondays fridays mon tue tues wed thu thur thurs fri sat sun montags freitags samstag sonnabend sonntag
	lundi mardi mercredi jeudi vendredi samedi dimanche sábado domingo sabato domenica zaterdag zondag
	january february march april june july august september october november december jan feb apr jun jul aug sept oct nov dec januar februar märz juni juli oktober dezember
	enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre janvier février mars avril juin juillet août septembre octobre novembre décembre
	week weeks weekend month months year years quarter hour hours minute minutes days
	call calls called calling callback ring rang phone phoned mail mailed email emailed send sends sent sending resend back write wrote written text texted reply replied answer answered
	meet meets meeting meetings talk talked talks told said says tells speak spoke show showed shown give gave given gives take took bring brought come came comes going went gone look looked looking
	anruf anrufen angerufen ruft rufe schickt schicken schicke zurückrufen zurückgerufen melden meldet treffen getroffen llamar llamada llama enviar envía envió mandar volver
	appeler appelle rappeler rappelle envoyer envoie chiamare chiama richiamare inviare invia ligar ligou bellen gebeld terugbellen sturen stuurt
	one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million first second third half percent
	fünf sechs sieben acht neun zehn zwölf zwanzig dreißig hundert tausend prozent cuatro cinco siete ocho nueve diez veinte ciento quatre cinq sept huit neuf dix vingt cent mille`)

// NamesNothing reports whether a word only holds sentences together, in one of the
// languages that notes are read in, and says nothing to those who read a gap: nor do days, numbers, and what reps do all day.
func NamesNothing(word string) bool {
	w := fold(strings.ToLower(word))
	return isLittle(w) || untold[w] || strings.IndexFunc(w, unicode.IsLetter) != 0
}

// spoken is a word of theirs as a gap's brief may show it.
type spoken struct {
	word, stem string
	weight     float32
}

// maxGapWords bounds the words that a gap shows.
const maxGapWords = 8

// tellable reports whether a word may stand in a gap's brief, which people read
// who do not know the contact: it must tell of a subject, and not be a name.
// Words with a capital count as names unless they are short and all capitals
// or the guide knows them.
func (l *Library) tellable(q *query, w word, stem, text string) bool {
	raw := text[w.start:w.end]
	if l.telling(stem) < tellsMuch || unicode.IsDigit(rune(raw[0])) || len(q.spoken) >= maxUnits || isLittle(w.folded) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(raw)
	if !unicode.IsUpper(first) && utf8.RuneCountInString(raw) < leastTellable {
		return false
	}
	if !unicode.IsUpper(first) || len(l.guide.ideas[stem]) > 0 {
		return true
	}
	return len(raw) <= 5 && strings.ToUpper(raw) == raw
}

// gap is silence because the library has nothing (more) that fits: given tells how many
// items would that were given, or passed over.
func (q *query) gap(given int) *Silence {
	g := &Gap{Stage: stageNames[q.c.stands()], Role: q.c.Title, Industry: q.c.Industry, Language: q.lang.theirs(), Words: q.topWords()}
	if len(q.role.self.families) > 0 {
		g.Role = q.role.self.families[0]
	}
	if strings.EqualFold(g.Role, g.Industry) {
		g.Role = "" // said once
	}
	if given > 0 {
		return &Silence{Why: SilentAllGiven, Gap: g, Say: "Nothing else fits: all that does has been given or passed over" + gapMark + g.audience()}
	}
	return &Silence{Why: SilentNothingFits, Gap: g, Say: "Nothing in the library fits" + gapMark + g.audience()}
}

// gapMark comes before the audience of a gap in the sentence of a silence.
const gapMark = ". The gap: "

// audience tells for whom the library lacks something: "permission × IT, logistics".
func (g *Gap) audience() string {
	parts := slices.DeleteFunc([]string{g.Role, g.Industry}, func(s string) bool { return s == "" })
	if len(parts) == 0 {
		return g.Stage
	}
	return g.Stage + " × " + strings.Join(parts, ", ")
}

// topWords returns the words of theirs that tell most, once each, without the
// contact's and the company's names.
func (q *query) topWords() []string {
	names := strings.ToLower(q.c.Contact + " " + q.c.Company)
	told := slices.Clone(q.spoken)
	slices.SortStableFunc(told, func(a, b spoken) int { return cmp.Compare(b.weight, a.weight) })
	var found, stems []string
	for _, s := range told {
		if len(found) == maxGapWords {
			break
		}
		if !NamesNothing(s.word) && !strings.Contains(names, s.word) && !slices.Contains(stems, s.stem) {
			found, stems = append(found, s.word), append(stems, s.stem)
		}
	}
	return found
}
