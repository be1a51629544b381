package bot

import (
	"regexp"
	"slices"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/line"
	"cairn/bot/suggest"
	"cairn/store"
)

// A message goes to the customer: what it says that they brought up must be
// theirs. A note tells of both sides in the same breath ("asked about downtime,
// sent her the calculator"), so a quote counts only where its clause is not
// about an act of ours.

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
	// theySubject, before such an act, says that it was theirs.
	theySubject = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:(?:she|he|they|who|sie|er|elles?|ella|él|ellos|ellas|lei|loro|ela|ele|elas|eles|zij|hij|ze|hat|ont|ha|han|hanno|heeft)(?:['’]\p{L}+)?[^\p{L}]|a\s$)|^(?:and |then )?(?:her|his|their)\s`)
	// weHave is Spanish for what English would take for "he".
	weHave = regexp.MustCompile(`(?i)(?:^|[^\p{L}])he (?:enviad|mandad|compartid|mostrad|explicad|propuest|presentad|pedid|preguntad)[oa](?:[^\p{L}]|$)`)
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

// ledgerWords are Cairn's own words for what came back and was asked: they
// stand in notes that a command wrote, and are no subject that anybody brings up.
var ledgerWords = map[string]bool{
	"recommended": true, "recommend": true, "recommendation": true, "recommendations": true, "referral": true, "referrals": true, "referred": true, "bought": true, "buy": true,
	"revenue": true, "exchange": true, "gave": true, "asked": true, "heard": true, "testimonial": true, "us": true, "a": true, "for": true, "the": true,
}

// commandNote is how a note begins that one of our commands wrote.
var commandNote = regexp.MustCompile(`^(?:bought|recommended us|gave us a referral|asked(?: for [^:]+)?)(?::|$)|^heard: `)

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
	if ourselves.MatchString(clause) || weHave.MatchString(clause) {
		return true
	}
	at := ourActs.FindStringSubmatchIndex(clause)
	if at == nil {
		return false
	}
	before, after := clause[:at[0]], clause[at[2]:]
	named := contact != "" && strings.Contains(line.Key(before), line.Key(contact))
	return !named && !theySubject.MatchString(before) && !toUs.MatchString(after)
}

// oursAlone reports whether words taken from a note are about an act of ours
// and about nothing else.
func oursAlone(words, contact string) bool {
	ours := false
	for _, p := range piecesOf(words, contact) {
		if !p.ours && len(strings.Fields(words[p.from:p.to])) > 2 {
			return false
		}
		ours = ours || p.ours
	}
	return ours
}

// theirsIn reports whether words stand in the note as something of theirs, once at least.
func theirsIn(note, words, contact string) bool {
	if commandNote.MatchString(note) {
		return false
	}
	pieces := piecesOf(note, contact)
	for at := 0; at <= len(note)-len(words); {
		i := strings.Index(note[at:], words)
		if i < 0 {
			return false
		}
		from, to := at+i, at+i+len(words)
		if !slices.ContainsFunc(pieces, func(p piece) bool { return p.ours && p.from < to && from < p.to }) {
			return true
		}
		at = to
	}
	return false
}

// broughtUp is what a message can say that they brought up: of the words that
// the item is about, those that tell most, out of the person's own notes.
func broughtUp(quotes []string, recent []store.Heard, person, contact string, sent []suggest.Item) string {
	var theirs []string
	for _, q := range quotes {
		if isLedgerWord(q) || namesSent(q, sent) {
			continue
		}
		if slices.ContainsFunc(recent, func(h store.Heard) bool {
			return h.AuthorID == person && theirsIn(blockkit.OneLine(h.Note), q, contact)
		}) {
			theirs = append(theirs, q)
		}
	}
	return subject(theirs)
}

func isLedgerWord(quote string) bool {
	for w := range strings.FieldsSeq(line.Key(quote)) {
		if !ledgerWords[strings.Trim(w, ".,;:!?\"'“”")] {
			return false
		}
	}
	return true
}

// namesSent reports whether words name something that the contact has had: by
// its kind, or by several words of its title.
func namesSent(quote string, sent []suggest.Item) bool {
	words := strings.Fields(line.Key(quote))
	for _, it := range sent {
		kind := strings.Fields(line.Key(it.Kind))
		if len(words) > 1 && strings.Contains(line.Key(it.Title), line.Key(quote)) || slices.ContainsFunc(words, func(w string) bool {
			return slices.ContainsFunc(kind, func(k string) bool { return w == k || w == k+"s" })
		}) {
			return true
		}
	}
	return false
}
