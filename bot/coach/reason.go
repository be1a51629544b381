package coach

import (
	"fmt"
	"strings"

	"cairn/bot/suggest"
	"cairn/bot/workshop"
)

// Words say which version of a wording applies for a person and a contact.
type Words interface {
	Prompt(team, name, person string, contact int64) (workshop.Use, bool)
}

// ReasonPrompt is the wording of the line under a suggestion.
const ReasonPrompt = "suggest-reason"

// reasons returns what phrases the reasons of one suggestion, with the version
// of its wording; the default sentence of bot/suggest has none.
func (c *Coach) reasons(a Ask) func(suggest.Reason) (text, version string) {
	use, ok := workshop.Use{}, false
	if c.Words != nil {
		use, ok = c.Words.Prompt(a.Contact.TeamID, ReasonPrompt, a.Person, a.Contact.ID)
	}
	return func(r suggest.Reason) (string, string) {
		if !ok || r.NotYet == "" {
			return r.Told(r.Text), ""
		}
		text, err := use.Prompt.RenderPlain(ReasonVars(r))
		if err != nil {
			return r.Told(r.Text), "" // longer than its place, whatever is put in: told to its editor by a test
		}
		return r.Told(text), use.Version
	}
}

// ReasonVars are the inputs of [ReasonPrompt].
func ReasonVars(r suggest.Reason) map[string]any {
	madeFor := ""
	if len(r.For) <= 3 {
		madeFor = strings.Join(r.For, ", ")
	}
	quotes := r.Quotes
	if r.Named {
		quotes = nil
	}
	return map[string]any{"gives": strings.TrimRight(r.Gives, ". "), "quotes": suggest.Quoted(quotes), "heard": suggest.Quoted(r.Heard), "need": r.Need,
		"made_for": madeFor, "shared": times(r.Record.Shared), "answered": r.Record.Answered, "contact": r.NotYet}
}

// times says how often, "" for never.
func times(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

// Explain tells why the first pick for a contact would be suggested, for those
// who try a wording; ok is false where nothing would be.
func (c *Coach) Explain(a Ask, shelf Shelf) (suggest.Item, suggest.Reason, bool) {
	s := shelf.Library.Suggest(c.promisedCase(a, shelf), shelf.Tally)
	if len(s.Picks) == 0 {
		return suggest.Item{}, suggest.Reason{}, false
	}
	return s.Picks[0].Item, s.Picks[0].Reason, true
}
