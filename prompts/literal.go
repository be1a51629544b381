package prompts

import (
	"fmt"
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

// Suspect tells what in a wording Slack would turn into a link or a mention, and
// what nobody sees; empty where nothing is, and of a prompt for a model.
func (p *Prompt) Suspect() []string {
	var found []string
	for row := range strings.SplitSeq(p.literal(), "\n") {
		if what := Suspicious(row); what != "" {
			found = append(found, what)
		}
		if at := strings.IndexFunc(row, strict.Unseen); at >= 0 {
			found = append(found, fmt.Sprintf("a character that nobody sees (U+%04X) stands in “%s”", []rune(row[at:])[0], Clip(Clean(strings.TrimSpace(row), len(row)), 40)))
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

// literal is the part Text as it was written, a word in the place of each input.
func (p *Prompt) literal() string {
	_, text, ok := strings.Cut(p.source, "\n## "+partText+"\n")
	if !ok {
		return ""
	}
	return anInput.ReplaceAllString(aSection.ReplaceAllString(aComment.ReplaceAllString(text, ""), ""), "word")
}
