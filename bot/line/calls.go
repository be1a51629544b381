package line

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// CheckWho says what is wrong with a who as typed by itself, into a form; nil: nothing. It
// names nobody where it holds no more than a mention, or characters that no name has.
func CheckWho(text string) *Problem {
	if strings.ContainsRune(text, 0) || !utf8.ValidString(text) {
		return badTextProblem()
	}
	if isMention(ParseWho(text).Raw) {
		return mentionProblem(tidy(text))
	}
	return nil
}

// mentions are who stands before a colon where Slack wrote mentions only: "<@U024BE7LH>:".
var mentions = regexp.MustCompile(`^(?:\s*<[@!#][^<>]*>[\s,]*)+[:：]`)

// slackID is what Slack leaves of a mention whose name it does not tell.
var slackID = regexp.MustCompile(`^@[UW][A-Z0-9]*[0-9][A-Z0-9]*$`)

// isMention reports whether a who is no more than a mention of somebody, or of all.
func isMention(who string) bool {
	switch strings.ToLower(who) {
	case "@channel", "@here", "@everyone":
		return true
	}
	return slackID.MatchString(who)
}
