package phrase

import (
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

var (
	aLink    = regexp.MustCompile(`(?i)://|\bwww\.|\bmailto:|[\w.+-]+@[\w-]+\.|[\p{L}\d-]\.\p{L}{2,}`)
	aMention = regexp.MustCompile(`@\w|<[@#!]|\]\(`)
	aStandIn = regexp.MustCompile(`\b(?:CONTACT|COMPANY|PERSON|LINK)_\d+\b|\b(?:EMAIL|PHONE|SOMEBODY)\b`)
	aMark    = regexp.MustCompile("[*_~`]|:[a-z0-9+-]+:")
	aFigure  = regexp.MustCompile(`\d+(?:[.,]\d+)*`)
	aScript  = regexp.MustCompile("```|\\{\\{|\\}\\}")
	// two capitalised words or more in a row, as names of people and companies stand
	aName = regexp.MustCompile(`\p{Lu}[\p{L}'’-]*\p{Ll}(?:[ -]\p{Lu}[\p{L}'’-]*\p{Ll})+`)
	// a word that begins a sentence is a capital for that alone; so are German's polite ones
	opening = regexp.MustCompile(`(^|[.!?:•“"„]\s*)\p{Lu}[\p{L}'’]*`)
	polite  = regexp.MustCompile(`\b(?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b`)
)

// question completes what is asked: the prompt's settings, and one more try with
// the refused answer, which is data like all else that a machine or a person wrote.
func question(q llm.Question, p *prompts.Prompt, longest int) llm.Question {
	q.MaxTokens, q.Temperature = p.Model.MaxTokens, p.Model.Temperature
	system, user := q.System, q.User
	q.Again = func(answer, mistake string) (string, string, error) {
		told, _ := json.Marshal(map[string]string{"answer": prompts.Clip(answer, 2*longest), "mistake": mistake}) // strings
		return system, user + "\nYour last answer was refused; mend it: " + string(told), nil
	}
	return q
}

// plainText refuses what no text of a model's may hold, whatever it is for.
func plainText(text string) error {
	switch {
	case aLink.MatchString(text):
		return errors.New("write no link and no address")
	case aMention.MatchString(text) || aScript.MatchString(text) || strings.ContainsAny(text, "<>"):
		return errors.New("call nobody by @, and write plain text")
	case aMark.MatchString(aStandIn.ReplaceAllString(text, "x")):
		return errors.New("write plain words: no *, _, ~ or ` and no :emoji:")
	case strings.ContainsAny(text, "\r\n"):
		return errors.New("write one line, without a break in it")
	}
	return nil
}

// standsIn refuses stand-ins other than those; of a company only where there is one.
func standsIn(text, company string, known ...string) error {
	for _, stand := range aStandIn.FindAllString(text, -1) {
		if !slices.Contains(known, stand) || stand == "COMPANY_1" && company == "" {
			return fmt.Errorf("leave %s out: name nobody but CONTACT_1", stand)
		}
	}
	return nil
}

// figures refuses figures that are not among those given.
func figures(text string, given []string) error {
	if strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsNumber(r) }) {
		return errors.New("write figures in the digits 0 to 9")
	}
	for _, figure := range aFigure.FindAllString(aStandIn.ReplaceAllString(text, " "), -1) {
		if !slices.Contains(given, figure) {
			return fmt.Errorf("leave %s out: no figure that is not given to you", figure)
		}
	}
	return nil
}

// strangers refuses what looks like the name of somebody and does not stand in
// what was given. One capitalised word alone is none: languages differ in them.
func strangers(text, given string) error {
	given = strings.ToLower(given)
	text = opening.ReplaceAllString(aStandIn.ReplaceAllString(text, "x"), "$1 x")
	for _, name := range aName.FindAllString(polite.ReplaceAllString(text, "x"), -1) {
		if !strings.Contains(given, strings.ToLower(name)) {
			return fmt.Errorf("leave %s out: name nobody", name)
		}
	}
	return nil
}

// without takes phrases out of a text, so that what stands in them is not held
// against it: the titles of items, say.
func without(text string, phrases []string) string {
	for _, p := range phrases {
		if utf8.RuneCountInString(p) > 2 {
			text = strings.ReplaceAll(text, p, "x")
		}
	}
	return text
}
