package bot

import (
	"context"
	"fmt"
	"strings"

	"cairn/bot/coach"
	"cairn/bot/suggest"
	"cairn/bot/workshop"
	"cairn/prompts"
	"cairn/store"
)

// tryout is a contact that a wording is tried on.
type tryout struct {
	label  string
	masked bool
	facts  map[string]any
	silent bool // nothing is suggested for them just now
}

// tryouts are the chosen contacts with what is known of them. What an editor
// has not written themselves is masked: no name, and never a word of a note.
func (b *Bot) tryouts(ctx context.Context, r *Request, chosen []store.Preview) ([]tryout, error) {
	shelf, err := b.shelves.now(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	var all []tryout
	for i, p := range chosen {
		c, err := b.store.Contact(ctx, r.TeamID, p.ID)
		if err != nil {
			return nil, err
		}
		t := tryout{label: esc(c.Full()), masked: !p.Mine}
		if t.masked {
			t.label = esc(maskedName(p))
			c.Name, c.Company.Name, c.Email, c.Title = fmt.Sprintf("Somebody %d", i+1), "a company", "", ""
		}
		past, err := b.store.Past(ctx, r.TeamID, c.ID)
		if err != nil {
			return nil, err
		}
		// the reason quotes only what the asking person wrote: see coach.Ask
		item, reason, ok := b.coach.Explain(coach.Ask{Person: r.PersonID, Contact: c, Places: past.Places, Ledger: past.Ledger,
			Recent: past.Recent, Now: b.here(r), Seed: uint64(c.ID)}, shelf)
		t.facts, t.silent = b.facts(r, c, past, item, reason, ok), !ok
		all = append(all, t)
	}
	return all, nil
}

// maskedName is what an editor sees of somebody else's contact.
func maskedName(p store.Preview) string {
	name := "Somebody"
	if p.Industry != "" {
		name += " in " + p.Industry
	}
	if p.Stage != "" {
		name += ", at " + p.Stage
	}
	return name + " (a colleague's)"
}

// facts are what is known of a contact, under the names that prompts use for
// it. What is not among them comes from the prompt's examples.
func (b *Bot) facts(r *Request, c store.Contact, past store.Past, item suggest.Item, reason suggest.Reason, fits bool) map[string]any {
	facts := map[string]any{}
	if model, ok := b.coach.For(r.TeamID).Models.Get("aipee"); ok {
		place, _ := placeOn(past.Places, model.Name())
		facts["stage"] = stageTitle(model, place.Stage)
		if s, ok := model.Stage(place.Stage); ok {
			facts["give"], facts["may_ask_words"] = s.Advice.Give, s.Advice.Ask
		}
	}
	first, _, _ := strings.Cut(c.Name, " ")
	facts["first"], facts["full"] = first, c.Full()
	person := map[string]any{"pseudonym": "CONTACT_1"}
	for key, text := range map[string]string{"title": c.Title, "industry": c.Company.Industry} {
		if text != "" {
			person[key] = text
		}
	}
	facts["person"] = person
	said := []string{}
	for _, h := range past.Recent {
		if h.AuthorID == r.PersonID {
			said = append(said, cut(oneLine(h.Note), 300))
		}
	}
	facts["said"] = said
	had := []string{}
	for _, h := range past.Ledger.Shares {
		had = append(had, h.Title)
	}
	facts["had"] = had
	if fits {
		for name, v := range coach.ReasonVars(reason) {
			facts[name] = v
		}
		facts["title"] = item.Title
		facts["item"] = map[string]any{"title": item.Title, "kind": item.Kind, "gives": item.Gives}
	}
	return facts
}

// aboutItem reports whether a prompt speaks of an item to give.
func aboutItem(def *prompts.Prompt) bool {
	for _, in := range def.Inputs {
		if in.Name == "gives" || in.Name == "item" {
			return true
		}
	}
	return false
}

// fill gives a prompt what is known of a contact, each in the shape of the
// input; taken says how many inputs are the contact's own.
func fill(def *prompts.Prompt, t tryout) (c workshop.Case, taken int) {
	vars := def.Examples()
	for _, in := range def.Inputs {
		name := in.Name
		switch text, isText := in.Example.(string); {
		case name == "contact" && isText && strings.Contains(text, ","):
			name = "full"
		case name == "contact" && isText:
			name = "first"
		case name == "contact":
			name = "person"
		case name == "may_ask" && isText:
			name = "may_ask_words"
		case name == "quote":
			name = "quotes"
		}
		v, ok := t.facts[name]
		if ok && fmt.Sprintf("%T", v) == fmt.Sprintf("%T", in.Example) || ok && in.Kind == prompts.Data && name != "quotes" {
			if _, isText := in.Example.(string); !isText || fmt.Sprintf("%T", v) == "string" {
				vars[in.Name] = v
				taken++
			}
		}
	}
	return workshop.Case{Name: t.label, Vars: vars}, taken
}
