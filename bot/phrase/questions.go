package phrase

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"cairn/bot/llm"
	"cairn/prompts"
)

// QuestionsPrompt is the prompt that questions before a talk are asked with.
const QuestionsPrompt = "prep-questions"

// HowMany questions there are before a talk, and LongestQuestions is how many
// characters they may have together.
const (
	HowMany          = 3
	LongestQuestions = 700
	longestQuestion  = 240
)

// Talk is a talk to be prepared.
type Talk struct {
	Team    string
	Contact int64 // forgotten with them
	Prompt  *prompts.Prompt
	Version string // of the prompt

	Name, Company   string // of the contact; neither leaves the house
	Title, Industry string
	Stage           string   // where they stand
	MayAsk          string   // what that allows to ask; empty: nothing
	Said            []string // their words, the newest first
	Had             []string // titles of what they were given
	// People and Companies are other names that their words may hold.
	People, Companies []string
	// Shown is who stands in the questions in the place of the contact; see [Case].
	Shown Somebody
}

const questionsSchema = `{"type":"object","additionalProperties":false,"required":["questions"],"properties":{"questions":
	{"type":"array","minItems":3,"maxItems":3,"items":{"type":"string","minLength":1}}}}`

// Questions has the model propose three questions, a line each, with the
// contact's first name in the place of its stand-in. They hold no link, mention
// or figure that was not given and name nobody else; anything else is refused,
// with one try to mend it.
func Questions(ctx context.Context, asker Asker, t Talk) ([]string, error) {
	system, user, err := t.Prompt.Render(t.Vars())
	if err != nil {
		return nil, fmt.Errorf("phrase questions: %w", err)
	}
	q, err := t.Question(system, user)
	if err != nil {
		return nil, err
	}
	a, err := asker.Ask(ctx, q)
	if err != nil {
		return nil, err
	}
	list, err := questionsOf(a.JSON)
	if err != nil {
		return nil, err
	}
	names := unmasked(t.Name, t.Company, t.Shown)
	for i := range list {
		list[i] = names.Replace(list[i])
	}
	return list, nil
}

// Question asks for the questions with the prompt's two parts, which the caller
// has rendered.
func (t Talk) Question(system, user string) (llm.Question, error) {
	s, err := llm.NewSchema("questions", []byte(questionsSchema))
	if err != nil {
		return llm.Question{}, err
	}
	check := func(answer json.RawMessage) error {
		list, err := questionsOf(answer)
		if err != nil {
			return err
		}
		return t.refuse(list, user)
	}
	return question(llm.Question{Team: t.Team, Purpose: "questions", Subject: t.Contact, Version: t.Version, System: system, User: user, Schema: s, Check: check},
		t.Prompt, LongestQuestions), nil
}

func questionsOf(answer json.RawMessage) ([]string, error) {
	var said struct {
		Questions []string `json:"questions"`
	}
	if err := json.Unmarshal(answer, &said); err != nil || len(said.Questions) != HowMany {
		return nil, errors.New("the answer is not the object that was asked for")
	}
	for i, q := range said.Questions {
		said.Questions[i] = strings.TrimSpace(prompts.Clean(q, utf8.RuneCountInString(q)+1))
	}
	return said.Questions, nil
}

// Vars are the inputs of the prompt, masked.
func (t Talk) Vars() map[string]any {
	m := Case{Name: t.Name, Company: t.Company, Title: t.Title, Industry: t.Industry, Said: t.Said, People: t.People, Companies: t.Companies}.Vars()
	had := t.Had[:min(len(t.Had), mostSaid)]
	if had == nil {
		had = []string{}
	}
	return map[string]any{"stage": t.Stage, "may_ask": t.MayAsk, "contact": m["contact"], "said": m["said"], "had": had}
}

// refuse says what is wrong with questions; its words are for the model.
func (t Talk) refuse(list []string, user string) error {
	all := 0
	for i, q := range list {
		n := utf8.RuneCountInString(q)
		all += n
		switch {
		case n > longestQuestion:
			return fmt.Errorf("a question has more than %d characters", longestQuestion)
		case !strings.HasSuffix(q, "?") && !strings.HasSuffix(q, "？"):
			return errors.New("each of the three ends with a question mark")
		case slices.Contains(list[:i], q):
			return errors.New("ask three different questions")
		}
		if err := plainText(q); err != nil {
			return err
		}
		if err := standsIn(q, t.Company, "CONTACT_1", "COMPANY_1"); err != nil {
			return err
		}
		if err := figures(q, aFigure.FindAllString(user, -1)); err != nil {
			return err
		}
		if err := strangers(q, user); err != nil {
			return err
		}
	}
	if all > LongestQuestions {
		return fmt.Errorf("the questions have more than %d characters together", LongestQuestions)
	}
	return nil
}
