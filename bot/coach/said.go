package coach

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/store"
)

// Saying is something that a contact did, said or wants, as a note has it.
type Saying struct {
	Signal journey.Signal
	Words  string // the words that decided
	Phrase string // the whole phrase around them
	At     time.Time
}

// Said tells what of a person's own notes is the contact's, in the order of the notes: the
// words of signals that tell neither only of us nor only of steps, and that no command of
// ours wrote. Others' notes are theirs, and none of them is looked at.
func (c *Coach) Said(about store.Contact, person string, notes []store.Noted) (all []Saying) {
	for _, n := range notes {
		if n.AuthorID != person || IsCommandNote(n.Note) {
			continue
		}
		told := c.Tells(about, n.Note)
		for _, s := range n.Signals {
			from, to := s.Start, s.Start+len(s.Quote)
			if s.Quote == "" || to > len(told) || c.NoneTheirs(n.Note, n.At, from, to, line.FirstName(about.Name)) {
				continue
			}
			all = append(all, Saying{Signal: journey.Signal(s.Signal), Words: s.Quote, Phrase: phraseAround(told, from, to), At: n.At})
		}
	}
	return all
}

// told finds what a note says that they told; one clause of it.
var told = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:told (?:us|me)|said|mentioned|complain(?:s|ed)|` +
	`sagte?|meinte?|erzählte?(?: uns| mir)?|erwähnte?|klagte?|beklagte? sich|beschwerte? sich|` +
	`nos contó|dijo|comentó|mencionó|se quejó|(?:nous a|m'a) dit|a dit|a mentionné|se plaint|` +
	`ci ha detto|ha detto|ha menzionato|si lamenta|disse|comentou|mencionou|queixou-se|zei|vertelde|klaagde)` +
	`(?:,)?(?: (?:that|about|dass|daß|über|von|que|de|che|di|dat|over))? ([^,.;:“”"]{12,90})(?:[,.;:]|$)`)

// ToldOf is what the newest of a person's own notes that says so has the contact tell of
// their case; empty where none does. What we said ourselves is none of it.
func (c *Coach) ToldOf(about store.Contact, person string, recent []store.Heard) string {
	for _, h := range recent {
		if h.AuthorID != person {
			continue
		}
		// what was heard of them is of theirs, though a command wrote it down
		note := strings.TrimPrefix(strings.Join(strings.Fields(c.Tells(about, h.Note)), " "), "heard: ")
		no := c.asideOf(note, h.At, line.FirstName(about.Name))
		for _, m := range told.FindAllStringSubmatchIndex(note, -1) {
			if what := note[m[2]:m[3]]; !no.takes(m[0], m[3]) {
				return strings.TrimPrefix(strings.TrimPrefix(what, "about "), "that ") // where too little follows to be told without them
			}
		}
	}
	return ""
}

// maxPhrase is the longest phrase that is quoted whole, in characters.
const maxPhrase = 160

// phraseAround is the whole phrase of a note of which text[start:end] is a part: a reading
// quotes as much as decided, which may end before "because".
func phraseAround(text string, start, end int) string {
	from, to := start, end
	for from > 0 && !endsPhrase(text, from-1) {
		from--
	}
	for to < len(text) && !endsPhrase(text, to) {
		to++
	}
	if utf8.RuneCountInString(text[from:to]) > maxPhrase {
		return text[start:end]
	}
	return strings.TrimSpace(text[from:to])
}

// endsPhrase reports whether the byte at i is a mark that ends a phrase, and none inside a
// number.
func endsPhrase(text string, i int) bool {
	switch text[i] {
	case '\n', ';', '!', '?', '(', ')', '"':
		return true
	case ',', '.', ':':
		return i+1 >= len(text) || text[i+1] == ' ' || text[i+1] == '\n'
	}
	return false
}

// Wants are the signals whose words tell what somebody wants.
func Wants(s journey.Signal) bool { return slices.Contains(wants, s) }

var wants = []journey.Signal{journey.AskedForMore, journey.SharedNeeds, journey.AgreedMeeting, journey.ProposalDiscussed,
	journey.UpsellInterest, journey.CrossSellInterest, journey.Complained, journey.Postponed, journey.HeardThem}

// Quoted is the quote of a signal as a person is shown it: the reading ends a sentence at each
// dot, also at that of "wg." or "Dr.", and may rest on a word that alone tells nothing.
func Quoted(note string, g store.Signal) string {
	from, to := g.Start, g.Start+len(g.Quote)
	if g.Quote == "" || from < 0 || to > len(note) || note[from:to] != g.Quote {
		return g.Quote
	}
	for shortens(note, from, to) {
		to++
		for to < len(note) && !endsPhrase(note, to) {
			to++
		}
	}
	if takesUp[strings.ToLower(note[from:to])] {
		return phraseAround(note, from, to)
	}
	return strings.TrimSpace(note[from:to])
}

// shortens reports whether text[from:to] ends in a word that is cut short with a dot, behind
// which its sentence goes on.
func shortens(text string, from, to int) bool {
	if !strings.HasPrefix(text[to:], ". ") {
		return false
	}
	before := strings.TrimRightFunc(text[from:to], unicode.IsLetter)
	last := strings.ToLower(text[from+len(before) : to])
	behind := strings.TrimLeft(text[to+1:], " ")
	next, _ := utf8.DecodeRuneInString(behind)
	figure, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, " "))
	ends := mayEnd[last] || units[last] && unicode.IsDigit(figure) || nouns[last] && opensSentence(behind)
	return shortened[last] && (!ends || unicode.IsLower(next) || unicode.IsDigit(next))
}

// opensSentence reports whether text begins with a word that is no name, though a capital may make
// it one: "Her boss", but "Dept. IT".
func opensSentence(text string) bool {
	first := text
	if end := strings.IndexFunc(text, func(c rune) bool { return !unicode.IsLetter(c) }); end >= 0 {
		first = text[:end]
	}
	_, size := utf8.DecodeRuneInString(first)
	return first[size:] == strings.ToLower(first[size:]) && noName[strings.ToLower(first)]
}

var (
	shortened = words{"wg": true, "bzgl": true, "betr": true, "dr": true, "prof": true, "hr": true, "fr": true, "mr": true, "mrs": true, "ms": true, "sr": true, "sra": true, "sig": true, "dott": true, "ing": true, "st": true,
		"del": true, "inkl": true, "incl": true, "evtl": true, "ca": true, "approx": true, "min": true, "max": true, "nr": true, "tel": true, "abt": true, "dept": true, "gem": true, "zzgl": true, "exkl": true, "dto": true, "ggf": true, "jr": true}
	// mayEnd are those of them that end a sentence as well, and stand before no name: "can spend
	// 20k max. Boss decides", but "in St. Gallen".
	mayEnd = wordsOf("max min approx jr dto")
	// units do behind a figure: "took 2 hr. Boss decides", but "Hr. Gross".
	units = wordsOf("hr st")
	// nouns do unless a name follows: "the IT dept. Her boss", but "Dept. Logistics".
	nouns = wordsOf("dept abt tel st")
	// noName are the words that tell of somebody, or of what is theirs, where a sentence begins.
	noName = wordsOf("i we you he she it they my our your his her its their this that the", "ich wir du er sie es mein meine unser unsere sein seine ihr ihre der die das",
		"él ella ellos ellas su sus yo nosotros", "je nous il elle ils elles son sa ses leur leurs", "ele ela eles elas seu sua", "lui lei loro suo sua", "hij zij ze wij we haar zijn hun")
	// takesUp are words that speak of what stands before them.
	takesUp = words{"then": true, "dann": true, "later": true, "später": true, "entonces": true, "luego": true, "alors": true, "puis": true, "depois": true, "poi": true, "dopo": true, "dan": true, "after": true, "until": true, "till": true}
)
