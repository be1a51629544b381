package coach

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"cairn/bot/line"
	"cairn/bot/suggest"
)

// What is quoted as the contact's is theirs: a note tells of both sides in the same
// breath ("asked about downtime, sent her the calculator, she will send her calendar"),
// so words count only where they are about no act of ours and about nothing that either
// side has still to do.

// What tells whose act a clause is about, in the languages that notes are read in.
var (
	// ourActs are acts of the one who writes the note, whose subject reps leave out.
	ourActs = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:sent|send|sending|resent|shared?|forwarded|forward|gave|given|give|handed|show|showed|shown|presented|pitched|offered|proposed|suggested|explained|introduced|demoed|` +
		`e-?mailed|mailed|texted|wrote|messaged|posted|invited|reminded|promised|delivered|(?:told|asked|walked|pointed|left|taught|advised|urged|thanked) (?:her|him|them)|` +
		`geschickt|zugeschickt|schicke|schicken|gesendet|sende|senden|geteilt|gegeben|gezeigt|erklärt|angeboten|vorgestellt|weitergeleitet|gemailt|geschrieben|übergeben|` +
		`envoyée?s?|envoie|envoyer|partagée?s?|donnée?s?|montrée?s?|expliquée?s?|proposée?s?|présentée?s?|transmise?s?|` +
		`envié|mandé|enviad[oa]|enviar|compartí|mostré|expliqué|propuse|ofrecí|presenté|pregunté|pedí|` +
		`inviat[oaie]|mandat[oaie]|condivis[oaie]|mostrat[oaie]|spiegat[oaie]|propost[oaie]|presentat[oaie]|` +
		`enviei|mandei|compartilhei|mostrei|expliquei|propus|ofereci|apresentei|perguntei|pedi|` +
		`gestuurd|verstuurd|doorgestuurd|gedeeld|gegeven|getoond|uitgelegd|aangeboden|voorgesteld)([^\p{L}]|$)`)
	// ourselves begin a clause in which we act.
	ourselves = regexp.MustCompile(`(?i)^(?:and|then|but|so|und|dann|et|y|e|en|dann)?\s*(?:i|we|i['’]\p{L}+|we['’]\p{L}+|ich|wir|je|nous|yo|nosotros|nosotras|io|noi|eu|nós|ik|wij|wir|j['’]\p{L}+|habe|hab|ai|avons|ho|abbiamo|hemos|heb)\s`)
	// ourPeople say or do something beside the one who writes: "our engineer explained hosting".
	ourPeople = regexp.MustCompile(`(?i)^(?:and |then |but |und |y |et |e |en )?(?:our|my|unsere?|meine?|notre|mon|ma|nuestr[oa]|mi|(?:il |la )?(?:nostr[oa]|mi[oa])|(?:o |a )?(?:noss[oa]|meu|minha)|onze?|mijn) \p{L}+(?: \p{L}+)? ` +
		`(?:said|says|told|explained|showed|thinks|promised|confirmed|suggested|offered|asked|sagte|sagt|meinte|meint|erklärte|erklärt|zeigte|a dit|a expliqué|a montré|dijo|dice|explicó|ha detto|ha spiegato|disse|diz|explicou|zei|zegt|legde)([^\p{L}]|$)`)
	// theyGive tells what they send us, which is nothing that they ask of us: "er schickt uns die Liste".
	theyGive = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:(?:sends|mails|emails|e-mails|forwards|brings|gives|shares|provides|delivers|hands|shows) (?:us|me)|(?:schickt|sendet|mailt|gibt|bringt|liefert|zeigt|leitet) (?:uns|mir)|` +
		`(?:nous|m['’]) ?(?:envoie|transmet|donne|apporte)|(?:nos|me) (?:envía|envia|manda|pasa|trae|dará|da)|(?:ci|mi) (?:invia|manda|porta|dà)|(?:stuurt|mailt|geeft|brengt) (?:ons|mij|me))([^\p{L}]|$)`)
	// theySubject, before such an act, says that it was theirs.
	theySubject = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:(?:she|he|they|who|sie|er|elles?|ella|él|ellos|ellas|lei|loro|ela|ele|elas|eles|zij|hij|ze|hat|ont|ha|han|hanno|heeft)(?:['’]\p{L}+)?[^\p{L}]|a\s$)|^(?:and |then )?(?:her|his|their)\s`)
	// weHave is Spanish for what English would take for "he".
	weHave = regexp.MustCompile(`(?i)(?:^|[^\p{L}])he (?:enviad|mandad|compartid|mostrad|explicad|propuest|presentad|pedid|preguntad)[oa](?:[^\p{L}]|$)`)
	// theyAsk, right before such an act, says that they want it of us: "asked to send more".
	theyAsk = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:ask(?:s|ed)?|want(?:s|ed)?|need(?:s|ed)?|would like)(?: (?:us|me))?(?: to)?\W*$`)
	// theirActs are what they do; where one stands, a piece does not go on with an act of ours.
	theirActs = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:ask(?:s|ed)?|told|said|says|wants?|wanted|needs?|needed|mention(?:s|ed)|lik(?:es|ed)|loves?|loved|complain(?:s|ed)|agreed|replied|answered|thinks?|has|have|is|are|was|were|will|takes?|costs?|` +
		`fragte?|gefragt|sagte?|braucht|möchte|demande|veut|pregunta|quiere|chiede|vuole|pergunta|quer|vraagt|wil)(?:[^\p{L}]|$)`)
	// toUs, after it, says the same: "sent us their template".
	toUs = regexp.MustCompile(`(?i)^\W*(?:us|me|mir|uns|nous|nos|ci|mi|ons|mij)(?:[^\p{L}]|$)`)
	// clauseEnds divide a note; an "and" does where a new act may begin.
	clauseEnds = regexp.MustCompile(`(?i)[.,;:!?\n()“”"„«»–—]|\s-\s|\s(?:and|but|then|und|aber|dann|et|mais|pero|ma|mas|maar)\s`)
	// goesOn begins a piece that belongs to the act before: "sent the guide, the plan".
	goesOn = regexp.MustCompile(`(?i)^(?:and|the|a|an|our|my|some|also|plus|und|die|der|das|den|ein|eine|einen|unsere?n?|le|la|les|une?|notre|el|los|las|una|nuestr[oa]|il|lo|gli|un|nostr[oa]|os?|as|uma?|noss[oa]|de|het|een|onze)\s`)
)

// commandNote is how a note begins that one of our commands wrote.
var commandNote = regexp.MustCompile(`^(?:bought|recommended us|gave us a referral|asked(?: for (?:revenue|a referral|a recommendation|feedback))?)(?::|$)|^heard: `)

// piece is a stretch of a note about one act.
type piece struct {
	from, to int
	ours     bool
}

// piecesOf divides a note, and says of each piece whether it is about an act of ours.
func piecesOf(note, contact string) []piece {
	var all []piece
	add := func(from, to int) {
		text := note[from:to]
		trimmed := strings.TrimSpace(text)
		if trimmed == "" {
			return
		}
		after := len(all) > 0 && all[len(all)-1].ours && goesOn.MatchString(trimmed) && !theySubject.MatchString(trimmed) && !theirActs.MatchString(trimmed)
		all = append(all, piece{from, to, after || isOurs(trimmed, contact)})
	}
	from := 0
	for _, at := range clauseEnds.FindAllStringIndex(note, -1) {
		if at[0] < from {
			continue
		}
		add(from, at[0])
		from = at[1]
		if joined := strings.TrimSpace(note[at[0]:at[1]]); len(joined) > 1 {
			// what follows "and" may go on with the act before: it keeps the word
			from = at[0] + 1
		}
	}
	add(from, len(note))
	return all
}

// isOurs reports whether a clause tells of an act of the one who wrote it.
func isOurs(clause, contact string) bool {
	if ourselves.MatchString(clause) || ourPeople.MatchString(clause) || weHave.MatchString(clause) {
		return true
	}
	at := ourActs.FindStringSubmatchIndex(clause)
	if at == nil {
		return false
	}
	before, after := clause[:at[0]], clause[at[2]:]
	named := contact != "" && strings.Contains(line.Key(before), line.Key(contact))
	return !named && !theySubject.MatchString(before) && !theyAsk.MatchString(before) && !toUs.MatchString(after)
}

// span is a stretch of a note.
type span struct{ from, to int }

func (s span) meets(from, to int) bool { return s.from < to && from < s.to }

// notTheirs are the stretches of a note that are no concern of the contact's own: what
// we did, and the steps of both sides. What they want of us by a day is a concern.
func notTheirs(note string, at time.Time, contact string) (all []span) {
	if IsCommandNote(note) {
		return []span{{0, len(note)}}
	}
	for _, p := range piecesOf(note, contact) {
		if p.ours || theyGive.MatchString(note[p.from:p.to]) {
			all = append(all, span{p.from, p.to})
		}
	}
	l, _ := line.Read(note, at) // of a note that cannot be read, no step was
	from := 0
	for _, s := range l.Steps {
		i := strings.Index(note[from:], s.Words)
		if i < 0 || s.Words == "" || s.Wanted() {
			continue
		}
		all = append(all, span{from + i, from + i + len(s.Words)})
		from += i
	}
	return all
}

// IsCommandNote reports whether one of our commands wrote a note: its words are Cairn's.
func IsCommandNote(note string) bool { return commandNote.MatchString(note) }

// TheirsIn reports whether words stand in a note, written on the day of at, as something
// of the contact's own, once at least.
func TheirsIn(note string, at time.Time, words, contact string) bool {
	no := notTheirs(note, at, contact)
	for from := 0; words != "" && from <= len(note)-len(words); {
		i := strings.Index(note[from:], words)
		if i < 0 {
			return false
		}
		i += from
		if !slices.ContainsFunc(no, func(s span) bool { return s.meets(i, i+len(words)) }) {
			return true
		}
		from = i + len(words)
	}
	return false
}

// fewWords are too few to be a concern, where the words around them are none.
const fewWords = 2

// NoneTheirs reports whether a stretch of a note tells of acts of ours and of steps, and
// of nothing else.
func NoneTheirs(note string, at time.Time, from, to int, contact string) bool {
	no := slices.DeleteFunc(notTheirs(note, at, contact), func(s span) bool { return !s.meets(from, to) })
	if len(no) == 0 {
		return false
	}
	slices.SortFunc(no, func(a, b span) int { return a.from - b.from })
	left := 0
	for _, s := range no {
		left += len(strings.Fields(note[from:max(from, s.from)]))
		from = max(from, min(s.to, to))
	}
	return left+len(strings.Fields(note[from:to])) <= fewWords
}

// concerns tells of stretches of notes whether they are the contact's own concern. A
// note is read when it is first asked for: few are quoted.
func concerns(notes []suggest.Note, contact string) func(note, from, to int) bool {
	read := make(map[int][]span, 1)
	return func(note, from, to int) bool {
		no, done := read[note]
		if !done {
			no = notTheirs(notes[note].Text, notes[note].At, contact)
			read[note] = no
		}
		return !slices.ContainsFunc(no, func(s span) bool { return s.meets(from, to) })
	}
}
