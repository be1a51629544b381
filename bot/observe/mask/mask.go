// Package mask hides who a note is about before it leaves the house. The
// contact becomes CONTACT_1, their company COMPANY_1, others CONTACT_2 and so
// on; e-mail addresses, telephone numbers, links and Slack's mentions become
// words of their own. Where each word came from is remembered, so that a quote
// of the masked text can be told in the words of the note.
//
// Known names are hidden wherever they stand, in any case and without their
// accents too. Names that nobody knows are hidden where they show: behind a
// title ("Mr", "Frau") and where two or more capitalised words follow each
// other within a sentence.
package mask

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"cairn/prompts"
)

// Names are whom a note may speak of. The first of each list is the contact's
// own; the others are told apart by numbers in the order in which they come.
type Names struct {
	People    []string
	Companies []string
}

// Text is a masked note. Masked holds no hidden characters.
type Text struct {
	Masked string
	parts  []part
	note   string
}

// part is a stretch of the masked text and where it came from, in bytes. A
// replaced stretch stands for the whole of its origin.
type part struct {
	at, end  int
	from, to int
	replaced bool
}

// Longest is how many bytes of a note are masked and kept; the rest is cut off.
const Longest = 3600

// Of masks a note.
func Of(note string, names Names) Text {
	b := &builder{text: Text{note: note}, strangers: map[string]string{}}
	b.clean(note)
	b.find(names)
	b.write()
	return b.text
}

// Quote finds quote in the masked text and returns the stretch of the note
// that it stands for, widened to whole words; false where it is not in there.
func (t Text) Quote(quote string) (start, end int, ok bool) {
	quote = strings.TrimSpace(quote)
	if !strings.ContainsFunc(quote, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return 0, 0, false
	}
	at := strings.Index(t.Masked, quote)
	if at < 0 {
		return 0, 0, false
	}
	first, last := at, at+len(quote)
	for first > 0 && inWord(t.Masked, first) {
		first--
	}
	for last < len(t.Masked) && inWord(t.Masked, last) {
		last++
	}
	return t.origin(first, false), t.origin(last, true), true
}

// inWord reports whether a word goes on over the byte i of s.
func inWord(s string, i int) bool {
	if !utf8.RuneStart(s[i]) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i:])
	return isWord(before) && isWord(after)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

// origin is the byte of the note that byte i of the masked text came from.
func (t Text) origin(i int, end bool) int {
	for _, p := range t.parts {
		switch {
		case i < p.at || i > p.end || i == p.end && !end || i == p.at && end && i != 0:
			continue
		case p.replaced && end:
			return p.to
		case p.replaced:
			return p.from
		}
		return p.from + i - p.at
	}
	return len(t.note)
}

// span is a stretch of the cleaned text that is to be replaced.
type span struct {
	at, end int
	by      string
}

type builder struct {
	text      Text
	clear     string // the note without hidden characters
	offsets   []int  // of each byte of clear: where it stands in the note; and the end
	spans     []span
	strangers map[string]string
}

// clean drops what people do not see, and remembers where the rest stood.
func (b *builder) clean(note string) {
	var out strings.Builder
	end := 0
	for i, r := range note {
		if out.Len() >= Longest {
			break
		}
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(note[i:])
		}
		end = i + size
		if prompts.Clean(string(r), 1) == "" {
			continue
		}
		for k := range utf8.RuneLen(r) {
			b.offsets = append(b.offsets, min(i+k, i+size-1))
		}
		out.WriteRune(r)
	}
	b.offsets = append(b.offsets, end)
	b.clear = out.String()
}

var addresses = []struct {
	by string
	re *regexp.Regexp
}{
	{"SOMEBODY", regexp.MustCompile(`<[@#!][^<>]{1,80}>`)},
	{"EMAIL", regexp.MustCompile(`[\p{L}\d._%+'-]+@[\p{L}\d.-]+\.\p{L}{2,}`)},
	{"LINK", regexp.MustCompile(`(?i)\b(?:https?://|www\.)[^\s<>|]+`)},
	{"PHONE", regexp.MustCompile(`[+(]?\d[\d ()./\x{2011}-]{5,}\d`)},
}

var (
	aDate = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})( \d{1,2})?$`)
	money = regexp.MustCompile(`^\s?(?i:€|\$|£|eur|usd|gbp|chf|k\b|euro|dollar)`)
)

func (b *builder) find(names Names) {
	for _, a := range addresses {
		for _, m := range a.re.FindAllStringIndex(b.clear, -1) {
			if a.by != "PHONE" || b.isPhone(m[0], m[1]) {
				b.add(m[0], m[1], a.by)
			}
		}
	}
	words := cut(b.clear)
	known := namesOf(names)
	for i := 0; i < len(words); i++ {
		if n, by := known.at(words, i); n > 0 {
			b.add(words[i].at, words[i+n-1].end, by)
			i += n - 1
		}
	}
	b.unknown(words)
	slices.SortStableFunc(b.spans, func(x, y span) int { return x.at - y.at })
}

// isPhone tells a number to be called from a date or a sum. No sum begins with
// a plus, whatever follows it.
func (b *builder) isPhone(at, end int) bool {
	s := b.clear[at:end]
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(b.clear[:at], " "))
	if s[0] == '+' && digits >= 7 {
		return true
	}
	return digits >= 7 && !aDate.MatchString(strings.TrimSpace(s)) && !money.MatchString(b.clear[end:]) && !unicode.Is(unicode.Sc, before)
}

// add marks a stretch, unless part of it is marked already.
func (b *builder) add(at, end int, by string) {
	for _, s := range b.spans {
		if at < s.end && s.at < end {
			return
		}
	}
	b.spans = append(b.spans, span{at, end, by})
}

// unknown finds names that nobody told us.
func (b *builder) unknown(words []word) {
	for i := 0; i < len(words); i++ {
		titled := i > 0 && titles[words[i-1].plain] && gap(b.clear, words[i-1], words[i])
		n := 0
		for i+n < len(words) && words[i+n].capital && (n == 0 || gap(b.clear, words[i+n-1], words[i+n])) {
			n++
		}
		if !titled && n > 2 && startsSentence(b.clear, words[i].at) { // "Met Peter Holm"
			i, n = i+1, n-1
		}
		if n == 0 || !titled && (n < 2 || n > 4 || startsSentence(b.clear, words[i].at)) {
			i += max(n-1, 0)
			continue
		}
		name := strings.ToLower(b.clear[words[i].at:words[i+n-1].end])
		if b.strangers[name] == "" {
			b.strangers[name] = fmt.Sprintf("PERSON_%d", len(b.strangers)+1)
		}
		b.add(words[i].at, words[i+n-1].end, b.strangers[name])
		i += n - 1
	}
}

// gap reports whether nothing but a space or the dot of a title stands between.
func gap(s string, a, c word) bool {
	between := s[a.end:c.at]
	return between == " " || between == ". " || between == "-"
}

func startsSentence(s string, at int) bool {
	before := strings.TrimRight(s[:at], " \"“„'«(")
	return before == "" || strings.ContainsAny(before[len(before)-1:], ".!?\n:")
}

// write puts the masked text together.
func (b *builder) write() {
	var out strings.Builder
	at := 0
	keep := func(end int) {
		// a stretch without gaps in the note is one part
		for at < end {
			n := 1
			for at+n < end && b.offsets[at+n] == b.offsets[at]+n {
				n++
			}
			b.text.parts = append(b.text.parts, part{at: out.Len(), end: out.Len() + n, from: b.offsets[at], to: b.offsets[at] + n})
			out.WriteString(b.clear[at : at+n])
			at += n
		}
	}
	for _, s := range b.spans {
		keep(s.at)
		b.text.parts = append(b.text.parts, part{at: out.Len(), end: out.Len() + len(s.by), from: b.offsets[s.at], to: b.offsets[s.end-1] + 1, replaced: true})
		out.WriteString(s.by)
		at = s.end
	}
	keep(len(b.clear))
	b.text.Masked = out.String()
}

// word is a run of letters.
type word struct {
	at, end int
	plain   string // lower case, no accents
	capital bool   // one capital, then small letters
}

func cut(s string) []word {
	var all []word
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) {
			i += size
			continue
		}
		end := i
		for end < len(s) {
			r, size := utf8.DecodeRuneInString(s[end:])
			if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
				break
			}
			end += size
		}
		text := s[i:end]
		_, first := utf8.DecodeRuneInString(text)
		all = append(all, word{at: i, end: end, plain: plain(text),
			capital: unicode.IsUpper(r) && len(text) > first && strings.ToLower(text[first:]) == text[first:]})
		i = end
	}
	return all
}

// plain is a word in lower case without its accents.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}
