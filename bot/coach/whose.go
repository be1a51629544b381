package coach

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/bot/line"
)

// Whose act a clause is about is told by words alone, as they stand, accents and all
// ("envié" is ours, the French "envie" is a wish): every line that is recorded is read so.

// words is a set of words in small letters, written with spaces between them.
type words map[string]bool

func wordsOf(lists ...string) words { return line.WordSet(lists...) }

// participles are the forms of French and Italian participles by their stems.
func participles(stems string, endings ...string) string {
	var all []string
	for stem := range strings.FieldsSeq(stems) {
		for _, end := range endings {
			all = append(all, stem+end)
		}
	}
	return strings.Join(all, " ")
}

var (
	french  = []string{"", "e", "s", "es"}
	italian = []string{"o", "a", "e", "i"}

	// ourActs are acts of the one who writes the note, whose subject reps leave out.
	ourActs = wordsOf(`sent send sending resent share shared forward forwarded gave given give handed show showed shown presented pitched offered proposed suggested explained introduced demoed
		emailed mailed texted wrote messaged posted invited reminded promised delivered
		geschickt zugeschickt schicke schicken gesendet sende senden geteilt gegeben gezeigt erklärt angeboten vorgestellt weitergeleitet gemailt geschrieben übergeben
		envoie envoyer envié mandé enviado enviada enviar compartí mostré expliqué propuse ofrecí presenté pregunté pedí
		enviei mandei compartilhei mostrei expliquei propus ofereci apresentei perguntei pedi
		gestuurd verstuurd doorgestuurd gedeeld gegeven getoond uitgelegd aangeboden voorgesteld`,
		participles("envoyé partagé donné montré expliqué proposé présenté transmis", french...),
		participles("inviat mandat condivis mostrat spiegat propost presentat", italian...))
	// ourActsTo are acts of ours only with whom they were done to: "told her".
	ourActsTo = wordsOf("told asked walked pointed left taught advised urged thanked")
	toThem    = wordsOf("her him them")
	// ourselves begin a clause in which we act.
	ourselves = wordsOf("i we ich wir je nous yo nosotros nosotras io noi eu nós ik wij j habe hab ai avons ho abbiamo hemos heb")
	// ours, before a word or two, are our people: "our engineer explained hosting".
	ours     = wordsOf("our my unser unsere mein meine notre mon ma nuestro nuestra mi nostro nostra mio mia nosso nossa meu minha onze onz mijn")
	oursSay  = wordsOf("said says told explained showed thinks promised confirmed suggested offered asked sagte sagt meinte meint erklärte erklärt zeigte dijo dice explicó disse diz explicou zei zegt legde")
	oursHave = map[string]words{"a": wordsOf("dit expliqué montré"), "ha": wordsOf("detto spiegato")}
	// theyGive tells what they send us, which is nothing that they ask of us: "er schickt
	// uns die Liste". The other way about in the Romance languages: "nos envía la lista".
	theyGive = pairs(map[string]string{
		"sends mails emails forwards brings gives shares provides delivers hands shows": "us me",
		"schickt sendet mailt gibt bringt liefert zeigt leitet":                         "uns mir",
		"stuurt mailt geeft brengt":                                                     "ons mij me",
		"nous m":                                                                        "envoie transmet donne apporte",
		"nos me":                                                                        "envía envia manda pasa trae dará da",
		"ci mi":                                                                         "invia manda porta dà",
	})
	// they, before an act, says that it was theirs.
	they  = wordsOf("she he they who sie er elle elles ella él ellos ellas lei loro ela ele elas eles zij hij ze hat ont ha han hanno heeft")
	their = wordsOf("her his their")
	// haveDone, after the Spanish "he" that English would take for a man, is ours.
	haveDone = wordsOf(participles("enviad mandad compartid mostrad explicad presentad pedid preguntad", "o", "a"), "propuesto propuesta propuesta")
	// wantOfUs, right before an act of ours, says that they want it: "asked to send more".
	wantOfUs = wordsOf("ask asks asked want wants wanted need needs needed")
	us       = wordsOf("us me mir uns nous nos ci mi ons mij")
	// theirActs are what they do; where one stands, a piece does not go on with an act of ours.
	theirActs = wordsOf(`ask asks asked told said says want wants wanted need needs needed mentions mentioned likes liked love loves loved complain complains complained agreed replied answered think thinks
		has have is are was were will take takes cost costs
		fragt fragte gefragt sagt sagte braucht möchte demande veut pregunta quiere chiede vuole pergunta quer vraagt wil`)
	// joins begin a new act: "and", "but".
	joins = wordsOf("and but then und aber dann et mais pero ma mas maar")
	// opens may stand before whoever acts: "and I".
	opens = wordsOf("and then but so und dann et y e en")
	// goesOn begins a piece that belongs to the act before: "sent the guide, the plan".
	goesOn = wordsOf(`and the a an our my some also plus und die der das den ein eine einen unser unsere unseren le la les un une notre el los las una nuestro nuestra
		il lo gli nostro nostra o os as um uma nosso nossa de het een onze`)
)

// pairs are words that follow each other, by the first of them.
func pairs(lists map[string]string) map[string]words {
	all := map[string]words{}
	for firsts, seconds := range lists {
		for first := range strings.FieldsSeq(firsts) {
			if all[first] == nil {
				all[first] = words{}
			}
			for second := range strings.FieldsSeq(seconds) {
				all[first][second] = true
			}
		}
	}
	return all
}

// spoken is a word of a note, in small letters, and where it stands.
type spoken struct {
	word     string
	from, to int
	capitals bool // two and more of nothing else: "EU", "AI", no word of a sentence
}

// marks end a clause.
const marks = ".,;:!?\n()“”\"„«»–—"

// piece is a stretch of a note about one act.
type piece struct {
	from, to int
	words    []spoken
}

// piecesOf divides a note at its marks, at dashes between words, and before words that
// begin a new act.
func piecesOf(note string) (all []piece) {
	var now piece
	end := func(at, next int) {
		if now.to = at; len(now.words) > 0 {
			all = append(all, now)
		}
		now = piece{from: next}
	}
	for i := 0; i < len(note); {
		r, n := utf8.DecodeRuneInString(note[i:])
		switch {
		case unicode.IsLetter(r):
			w := spoken{from: i, to: i}
			for w.to < len(note) {
				r, n := utf8.DecodeRuneInString(note[w.to:])
				if !unicode.IsLetter(r) {
					break
				}
				w.to += n
			}
			typed := note[w.from:w.to]
			w.word, w.capitals = strings.ToLower(typed), utf8.RuneCountInString(typed) > 1 && strings.ToUpper(typed) == typed
			if joins[w.word] && len(now.words) > 0 {
				end(i, i)
			}
			now.words = append(now.words, w)
			i = w.to
			continue
		case strings.ContainsRune(marks, r), r == '-' && strings.HasPrefix(note[i+n:], " ") && i > 0 && note[i-1] == ' ':
			end(i, i+n)
		}
		i += n
	}
	end(len(note), len(note))
	return all
}

// at is the word at i of the piece; "" where there is none.
func (p piece) at(i int) string {
	if i < 0 || i >= len(p.words) {
		return ""
	}
	return p.words[i].word
}

// byThem reports whether a word of the first n says that what follows was theirs.
func (p piece) byThem(n int) bool {
	for i := range n {
		if they[p.at(i)] {
			return true
		}
	}
	first := 0
	if opens[p.at(0)] {
		first = 1
	}
	return n > first && their[p.at(first)] || n < len(p.words) && p.at(n-1) == "a" // "a envoyé"
}

// ourAct is the place of the first act that may be ours; -1 where there is none.
func (p piece) ourAct() int {
	for i := range p.words {
		if ourActs[p.at(i)] || ourActsTo[p.at(i)] && toThem[p.at(i+1)] {
			return i
		}
	}
	return -1
}

// byUs reports whether a piece begins with us, or our people, as those who act, or tells
// of it in Spanish.
func (p piece) byUs() bool {
	i := 0
	if opens[p.at(0)] {
		i = 1
	}
	if ourselves[p.at(i)] && len(p.words) > i+1 && (!p.words[i].capitals || p.loud()) {
		return true
	}
	for k := range p.words {
		if p.at(k) == "he" && haveDone[p.at(k+1)] {
			return true
		}
	}
	if w := p.at(i); w == "il" || w == "la" || w == "o" || w == "a" {
		i++
	}
	if !ours[p.at(i)] || they[p.at(i+1)] { // "Mon she said" is a day
		return false
	}
	for _, k := range [...]int{i + 2, i + 3} {
		if oursSay[p.at(k)] || oursHave[p.at(k)][p.at(k+1)] {
			return true
		}
	}
	return false
}

// loud reports whether a piece is typed in capitals throughout, where they tell a name of a
// short word no more: of "EU" and "AI" alone nothing is to be told.
func (p piece) loud() bool {
	return len(p.words) > 2 && !slices.ContainsFunc(p.words, func(w spoken) bool { return !w.capitals && w.to-w.from > 1 })
}

// wanted reports whether the act at i is one that they want of us.
func (p piece) wanted(i int) bool {
	i--
	if p.at(i) == "to" {
		i--
	}
	if w := p.at(i); w == "us" || w == "me" {
		i--
	}
	return wantOfUs[p.at(i)] || p.at(i) == "like" && p.at(i-1) == "would"
}

// toUs reports whether a piece tells what they give us.
func (p piece) toUs() bool {
	for i := range p.words {
		if theyGive[p.at(i)][p.at(i+1)] {
			return true
		}
	}
	return false
}

// continues reports whether a piece goes on with what the act before it was about.
func (p piece) continues() bool {
	if !goesOn[p.at(0)] || len(p.words) < 2 || p.byThem(len(p.words)) {
		return false
	}
	for i := range p.words {
		if theirActs[p.at(i)] {
			return false
		}
	}
	return true
}
