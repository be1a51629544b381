package phrase

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/bot/llm"
	"cairn/prompts"
)

// LinePrompt is the prompt that the one thing of a digest is phrased with.
const LinePrompt = "digest-one-thing"

// LongestLine is how many characters that may have.
const LongestLine = 320

// Thing is the one thing of a digest, chosen by rule, that a model puts into
// words. What it may say is what the built-in wording says, no more.
type Thing struct {
	Team    string
	Prompt  *prompts.Prompt
	Version string // of the prompt

	What    string         // the kind, in words of code
	Figures map[string]any // as the model gets them: numbers, and words such as a stage's title
	Titles  []string       // of items that help
	People  []string       // of the team: none of them is named
}

const lineSchema = `{"type":"object","additionalProperties":false,"required":["line"],"properties":{"line":{"type":"string","minLength":1}}}`

// Line has the model phrase the one thing. A channel reads it, so it is held to
// more than a draft that its rep adapts: no figure but those given, in digits
// alone; no name; no title in quotation marks that was not given; no link or
// mention; and nothing that tells a cause. Anything else is refused, with one
// try to mend it.
func Line(ctx context.Context, asker Asker, t Thing) (string, error) {
	system, user, err := t.Prompt.Render(t.vars())
	if err != nil {
		return "", fmt.Errorf("phrase a digest's line: %w", err)
	}
	q, err := t.Question(system, user)
	if err != nil {
		return "", err
	}
	a, err := asker.Ask(ctx, q)
	if err != nil {
		return "", err
	}
	return lineOf(a.JSON)
}

// Question asks for the line with the prompt's two parts, which the caller has
// rendered.
func (t Thing) Question(system, user string) (llm.Question, error) {
	s, err := llm.NewSchema("line", []byte(lineSchema))
	if err != nil {
		return llm.Question{}, err
	}
	check := func(answer json.RawMessage) error {
		text, err := lineOf(answer)
		if err != nil {
			return err
		}
		return t.refuse(text)
	}
	return question(llm.Question{Team: t.Team, Purpose: "digest", Version: t.Version, System: system, User: user, Schema: s, Check: check}, t.Prompt, LongestLine), nil
}

func lineOf(answer json.RawMessage) (string, error) {
	var said struct {
		Line string `json:"line"`
	}
	if err := json.Unmarshal(answer, &said); err != nil {
		return "", errors.New("the answer is not the object that was asked for")
	}
	return strings.TrimSpace(prompts.Clean(said.Line, utf8.RuneCountInString(said.Line)+1)), nil
}

func (t Thing) vars() map[string]any {
	titles := t.Titles[:min(len(t.Titles), mostSaid)]
	if titles == nil {
		titles = []string{}
	}
	return map[string]any{"thing": t.What, "figures": t.Figures, "items": titles}
}

var (
	inQuotes = regexp.MustCompile(`[“„"«]([^”“"»]*)[”“"»]`)
	// a figure in words cannot be held against the one that was given
	inWords = regexp.MustCompile(`(?i)\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|dozens?|hundreds?|thousands?|half|double|twice|per ?cent|percentage` +
		`|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|dutzend|hundert|tausend|hälfte|doppelt|prozent)\b|%`)
	aCause = regexp.MustCompile(`(?i)\b(?:because|caus(?:es?|ed|ing)|thanks to|due to|led to|leads to|resulted in|results in|weil|wegen|dank|führte|führt)\b`)
)

// refuse says what is wrong with a line; its words are for the model.
func (t Thing) refuse(text string) error {
	given, numbers := slices.Clone(t.Titles), []string{}
	for _, v := range t.Figures {
		if word, ok := v.(string); !ok {
			numbers = append(numbers, fmt.Sprint(v))
		} else if !strings.ContainsFunc(word, unicode.IsNumber) {
			given = append(given, word)
		}
	}
	bare := without(text, given)
	switch {
	case text == "":
		return errors.New("the line is empty")
	case utf8.RuneCountInString(text) > LongestLine:
		return fmt.Errorf("the line has more than %d characters", LongestLine)
	case strings.Contains(bare, "!"):
		return errors.New("leave the exclamation mark out")
	case inWords.MatchString(bare):
		return fmt.Errorf("leave %q out: write figures in digits, and only those that are given to you", inWords.FindString(bare))
	case aCause.MatchString(bare):
		return fmt.Errorf("leave %q out: no cause is claimed", aCause.FindString(bare))
	case aStandIn.MatchString(bare):
		return errors.New("name nobody")
	}
	for _, m := range inQuotes.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(given, m[1]) {
			return errors.New("put nothing into quotation marks but a title that is given to you")
		}
	}
	if err := plainText(text); err != nil { // a title that looks like a link would be one
		return err
	}
	if err := figures(bare, numbers); err != nil {
		return err
	}
	if who := named(without(text, t.Titles), t.People); who != "" { // in an industry that a rep typed, too
		return errors.New("name nobody of the team")
	}
	return strangers(bare, "")
}

// named finds the first of people whose first or last name stands in a text as
// a word of its own.
func named(text string, people []string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, p := range people {
		for part := range strings.FieldsSeq(p) {
			if utf8.RuneCountInString(part) > 2 && slices.Contains(words, part) {
				return p
			}
		}
	}
	return ""
}
