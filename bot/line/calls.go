package line

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// longestWho is how many characters a who may have that stands by itself: a name with its
// titles, what they are, the company and an address.
const longestWho = 200

// CheckWho says what is wrong with a who as typed by itself, into a form; nil: nothing. It
// names nobody where it holds no more than a mention, or characters that no name has.
func CheckWho(text string) *Problem {
	switch {
	case strings.ContainsRune(text, 0) || !utf8.ValidString(text):
		return badTextProblem()
	case utf8.RuneCountInString(text) > longestWho:
		return longWhoProblem(utf8.RuneCountInString(text))
	case ParseWho(Unescape(text)).isMention():
		p := mentionProblem(tidy(text))
		p.Hint = "Type a contact's name or e-mail address."
		return p
	}
	return nil
}

// mentions are who stands before a colon where Slack wrote mentions only: "<@U024BE7LH>:".
var mentions = regexp.MustCompile(`^(?:\s*<[@!#][^<>]*>[\s,]*)+[:：]`)

// slackID is what Slack leaves of a mention whose name it does not tell.
var slackID = regexp.MustCompile(`^[UW][A-Z0-9]*[0-9][A-Z0-9]*$`)

// isMention reports whether a who is no more than a mention of somebody, or of all, at
// whatever company.
func (w Who) isMention() bool {
	if w.Alias == "" || w.Name != w.Alias {
		return false
	}
	switch strings.ToLower(w.Alias) {
	case "channel", "here", "everyone":
		return true
	}
	return slackID.MatchString(w.Alias)
}
