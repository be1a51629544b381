// Package phrase has a model write the short message that a rep adapts and
// sends ([Message]), the questions before a talk ([Questions]) and the line of a
// digest ([Line]). Its contract, told of the message; the others' is theirs:
//
//   - What leaves the house is masked: no names of people or companies, no
//     addresses, numbers to call or links; and all of it is data, in the user
//     part alone.
//   - What comes back uses no stand-in but those of the contact, their company
//     and the item, holds no link, address or mention, no figure that was not given, asks only what was earned, and
//     speaks more of them than of us; anything else is refused, with one try to
//     mend it.
//   - The item's title and address are put in here, from the library.
//   - On any failure there is no message, and the error says why without a word
//     of what was asked or answered.
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
	"cairn/bot/observe/mask"
	"cairn/prompts"
)

// PromptName is the prompt that a message is asked with.
const PromptName = "draft-message"

// Longest is how many characters a message may have.
const Longest = 900

// Asker asks a model; see [llm.Client].
type Asker interface {
	Ask(ctx context.Context, q llm.Question) (llm.Answer, error)
	Model() string
}

// Case is a message to be written.
type Case struct {
	Team    string
	Contact int64 // forgotten with them
	Prompt  *prompts.Prompt
	Version string // of the prompt

	Name, Company             string // of the contact; neither leaves the house
	Title, Industry, Language string
	Stage, Give               string // where they stand, and what that asks to give
	MayAsk                    string // what has been earned; empty: nothing
	Channel                   string
	Said                      []string // their words, the newest first
	// People and Companies are other names that their words may hold.
	People, Companies []string
	// Shown is who stands in the message in the place of the contact, for a reader who
	// may not see who it is; the zero value: the contact.
	Shown Somebody

	Item Item
}

// Somebody is a contact as somebody sees them who may not know who it is.
type Somebody struct{ Name, Company string }

// unmasked puts names in the place of the stand-ins of an answer: of the contact and their
// company, or of who is shown instead.
func unmasked(name, company string, shown Somebody, more ...string) *strings.Replacer {
	if shown != (Somebody{}) {
		name, company = shown.Name, shown.Company
	}
	first, _, _ := strings.Cut(name, " ")
	return strings.NewReplacer(append([]string{"CONTACT_1", first, "COMPANY_1", company}, more...)...)
}

// Item is what the message gives.
type Item struct {
	Title, Kind, Gives, URL string
	PassOn                  bool // they may hand it on to others
	// Tongue is the language that it is in, where that is another than theirs; else empty.
	Tongue string
}

// schema is what an answer looks like.
const schema = `{"type":"object","additionalProperties":false,"required":["message"],"properties":{"message":{"type":"string","minLength":1}}}`

// Words count how often a text speaks of the reader and of the writer.
type Words func(text string) (you, we int)

// Message has the model write, and returns the message with the contact's
// first name and the item's address in it.
func Message(ctx context.Context, asker Asker, c Case, words Words) (string, error) {
	system, user, err := c.Prompt.Render(c.Vars())
	if err != nil {
		return "", fmt.Errorf("phrase a message: %w", err)
	}
	q, err := c.Question(system, user, words)
	if err != nil {
		return "", err
	}
	a, err := asker.Ask(ctx, q)
	if err != nil {
		return "", err
	}
	text, err := textOf(a.JSON)
	if err != nil {
		return "", err
	}
	return unmasked(c.Name, c.Company, c.Shown, prompts.LinkMark, c.Item.URL).Replace(text), nil
}

// Question asks for the message with the prompt's two parts, which the caller has
// rendered. An answer that breaks the contract is refused, whoever asks.
func (c Case) Question(system, user string, words Words) (llm.Question, error) {
	s, err := llm.NewSchema("message", []byte(schema))
	if err != nil {
		return llm.Question{}, err
	}
	check := func(answer json.RawMessage) error {
		text, err := textOf(answer)
		if err != nil {
			return err
		}
		return c.refuse(text, user, words)
	}
	return question(llm.Question{Team: c.Team, Purpose: "draft", Subject: c.Contact, Version: c.Version, System: system, User: user, Schema: s, Check: check}, c.Prompt, Longest), nil
}

func textOf(answer json.RawMessage) (string, error) {
	var said struct {
		Message string `json:"message"`
	}
	if err := json.Unmarshal(answer, &said); err != nil {
		return "", errors.New("the answer is not the object that was asked for")
	}
	return strings.TrimSpace(prompts.Clean(said.Message, utf8.RuneCountInString(said.Message)+1)), nil
}

// mostSaid bounds how many of their words are told.
const mostSaid = 5

// Vars are the inputs of the prompt, masked.
func (c Case) Vars() map[string]any {
	names := mask.Names{People: append([]string{c.Name}, c.People...), Companies: append([]string{c.Company}, c.Companies...)}
	hide := func(text string) string { return prompts.OneLine(mask.Of(text, names).Masked, 240) }
	said := []string{}
	for _, s := range c.Said[:min(len(c.Said), mostSaid)] {
		said = append(said, hide(s))
	}
	contact := map[string]any{"pseudonym": "CONTACT_1"}
	for key, text := range map[string]string{"title": c.Title, "industry": c.Industry, "language": c.Language} {
		if text != "" {
			contact[key] = hide(text)
		}
	}
	item := map[string]any{"title": c.Item.Title, "kind": c.Item.Kind, "gives": c.Item.Gives}
	if c.Item.Tongue != "" {
		item["language"] = c.Item.Tongue
	}
	return map[string]any{"stage": c.Stage, "give": c.Give, "may_ask": c.MayAsk, "pass_on": c.Item.PassOn, "channel": c.Channel, "contact": contact,
		"item": item, "said": said}
}

var knownStands = []string{"CONTACT_1", "COMPANY_1", prompts.LinkMark}

// counted are the languages in which [Words] can tell who is spoken of; "": not known.
var counted = []string{"", "en", "de", "fr", "es", "it", "pt", "nl"}

// refuse says what is wrong with a message; its words are for the model.
func (c Case) refuse(text, user string, words Words) error {
	bare := strings.ReplaceAll(text, prompts.LinkMark, " ")
	switch n := strings.Count(text, prompts.LinkMark); {
	case text == "":
		return errors.New("the message is empty")
	case utf8.RuneCountInString(text) > Longest:
		return fmt.Errorf("the message has more than %d characters", Longest)
	case n != 1:
		return errors.New("write LINK_1 exactly once, where the link to the item belongs")
	case aLink.MatchString(bare):
		return errors.New("write no link and no address but LINK_1")
	case aMention.MatchString(bare) || aScript.MatchString(bare):
		return errors.New("call nobody by @, and write plain text")
	case c.MayAsk == "" && strings.ContainsAny(bare, "?？"):
		return errors.New("nothing may be asked yet: leave the question out")
	}
	if err := standsIn(text, c.Company, knownStands...); err != nil {
		return err
	}
	if err := figures(bare, aFigure.FindAllString(user, -1)); err != nil {
		return err
	}
	if you, we := words(bare); slices.Contains(counted, c.Language) && you < we {
		return fmt.Errorf("it says I, we and our %d times and you and your %d times: say more of them", we, you)
	}
	return nil
}
