package journey

import (
	"strings"
	"unicode/utf8"

	"cairn/prompts"
	"cairn/prompts/strict"
)

// Room of what reps read of a journey, in characters: titles stand in lists and
// menus, advice in one sentence.
const (
	longestTitle  = 60
	longestAdvice = 300
)

// CheckWords tells what reps should not read in a journey that [Parse] takes: titles
// that are too long or break the text around them, and links and mentions in titles
// and advice, as they are refused in wordings.
func CheckWords(file string, data []byte) strict.Problems {
	doc := strict.Read(file, data)
	top := doc.Root().Open()
	title(top.Get("title"))
	advice(top.Get("about"))
	for _, each := range top.Get("stages").List() {
		stage := each.Open()
		title(stage.Get("title"))
		for _, told := range []strict.Fields{stage, stage.Get("later").Open()} {
			advice(told.Get("give"))
			advice(told.Get("ask"))
		}
	}
	return doc.Problems()
}

func title(v strict.Value) {
	text := strings.TrimSpace(v.Text())
	switch n := utf8.RuneCountInString(text); {
	case n > longestTitle:
		v.Fail("shorten it", "the title has %d characters, and its place has %d", n, longestTitle)
	case strings.ContainsAny(text, "*~`<>\n"):
		v.Fail("write plain words on one line", "a title holds no line ends and no * ~ ` < >, which are signs for Slack")
	default:
		calls(v, text)
	}
}

func advice(v strict.Value) {
	text := strings.TrimSpace(v.Text())
	if n := utf8.RuneCountInString(text); n > longestAdvice {
		v.Fail("shorten it", "this has %d characters, and its place has %d", n, longestAdvice)
		return
	}
	calls(v, text)
}

func calls(v strict.Value, text string) {
	for row := range strings.SplitSeq(text, "\n") {
		if what := prompts.Suspicious(row); what != "" {
			v.Fail("take it out; code adds links where they are due", "reps read this, so it holds no links and mentions: %s", what)
			return
		}
	}
}
