package prompts

import (
	"fmt"
	"iter"
	"regexp"
	"strings"

	"cairn/prompts/strict"
)

// What Slack makes of plain words, each with what to call it. The text is what
// an editor wrote, with a word in the place of each input: what people typed is
// escaped where it is put in, and is not looked at here. Decimals, abbreviations
// (e.g., z.B.), file names and a full stop without a space behind it are none of
// these.
var suspects = []struct {
	what string
	is   *regexp.Regexp
}{
	{"a link", regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*://\S*|\bwww\.\S*|\b(?:mailto|tel|sms):\S+`)},
	{"an e-mail address", regexp.MustCompile(`[\pL\pN_.+-]+@[\pL\pN-]+\.[\pL\pN.-]*[\pL\pN]`)},
	{"a mention", regexp.MustCompile(`<[!@#][^>\s]*>?|(?:^|[^\pL\pN_])(@[\pL\pN_][\pL\pN_.-]*)`)},
	{"a channel", regexp.MustCompile(`(?:^|[\s(])(#[a-z][a-z0-9_-]+)`)},
	{"a link", regexp.MustCompile(`(?i)\b(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*`)},
	{"a link", regexp.MustCompile(`\b(?:[A-Za-z0-9-]+\.)+(?:com|org|net|edu|gov|io|ai|app|dev|info|biz|eu|uk|de|ch|fr|es|nl|pt|pl|se|dk|cz|br|mx|ca|jp|cn|example|test|cloud|shop|tech|online|site|agency|co|it|at|be)\b`)},
}

// Suspect tells where a wording holds what Slack would turn into a link or a mention,
// what nobody sees, and signs of Slack's own; nothing of a prompt for a model. A word
// stands in the place of each input: what comes about only with what is put in is told
// of the cases that it is tried with.
func (p *Prompt) Suspect() Problems {
	if p.NeedsModel() {
		return nil
	}
	var found Problems
	say := func(line int, hint, format string, args ...any) {
		found = append(found, Problem{File: p.Name + Ext, Line: line, What: fmt.Sprintf(format, args...), Hint: hint})
	}
	for line, row := range p.literal() {
		called := Suspicious(row)
		if called != "" {
			say(line, "take it out; code adds links where they are due", "%s", called)
		}
		if at := strict.UnseenAt(row); at >= 0 {
			say(line, "delete the words around it and type them anew", "a character that nobody sees (U+%04X) stands in “%s”", []rune(row[at:])[0], Clip(Clean(strings.TrimSpace(row), len(row)), 40))
		}
		if at := strings.IndexAny(row, "<>"); at >= 0 && called == "" {
			say(line, "write it in words", "a %c is a sign for Slack, which makes a link, a mention or a quotation of it", row[at])
		}
	}
	return found
}

// Suspicious says what in a line of plain words Slack would turn into a link or a
// mention; empty where nothing is.
func Suspicious(row string) string {
	for _, s := range suspects {
		m := s.is.FindStringSubmatch(row)
		if m == nil {
			continue
		}
		part := m[0]
		if len(m) > 1 && m[1] != "" {
			part = m[1]
		}
		return fmt.Sprintf("Slack would make %s of “%s”", s.what, Clip(part, 60))
	}
	return ""
}

var (
	aSection = regexp.MustCompile(`{{\s*[#^/!][^}]*}}`)
	anInput  = regexp.MustCompile(`{{[^}]*}}`)
)

// literal are the lines of the part Text as they were written, by their numbers in the
// file, a word in the place of each input.
func (p *Prompt) literal() iter.Seq2[int, string] {
	text := strings.Join(p.body(), "\n")
	instead := func(word string) func(string) string {
		return func(tag string) string { return word + strings.Repeat("\n", strings.Count(tag, "\n")) }
	}
	text = anInput.ReplaceAllStringFunc(aSection.ReplaceAllStringFunc(text, instead("")), instead("word"))
	return func(yield func(int, string) bool) {
		begun := false
		for i, row := range strings.Split(text, "\n") {
			if begun && !yield(i+1, row) {
				return
			}
			begun = begun || row == "## "+partText
		}
	}
}
