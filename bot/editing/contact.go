package editing

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/english"
	"cairn/bot/suggest"
	"cairn/bot/workshop"
	"cairn/store"
)

// Tryout is a contact that a wording is tried on.
type Tryout struct {
	Label string
	// contact is who it is, as the editor may see it: a colleague's has no name.
	Contact store.Contact
	// real is the contact itself, for what is masked on its way to a model.
	Real   store.Contact
	Past   store.Past
	Shelf  coach.Shelf
	Given  store.Suggestion // what would be suggested now
	Reason suggest.Reason   // and why
}

// Masked reports whether the contact is a colleague's.
func (t Tryout) Masked() bool { return t.Contact.Name != t.Real.Name }

// tryouts are the chosen contacts with what is known of them. What an editor
// has not written themselves is masked: no name, and never a word of a note.
func (d *Desk) tryouts(ctx context.Context, r *chat.Request, chosen []store.Preview) ([]Tryout, error) {
	var all []Tryout
	for _, p := range chosen {
		c, err := d.Store.Contact(ctx, r.TeamID, p.ID)
		if err != nil {
			return nil, err
		}
		t := Tryout{Label: blockkit.Escape(d.previewLabel(r.TeamID, p)), Contact: c, Real: c}
		if !p.Mine {
			t.Contact = nameless(c)
		}
		if t.Past, err = d.Store.Past(ctx, r.TeamID, c.ID); err != nil {
			return nil, err
		}
		// what is said quotes only what the asking person wrote: see coach.Ask
		ask, shelf, err := d.Asking(ctx, r, t.Contact)
		if err != nil {
			return nil, err
		}
		ask.Seed = uint64(c.ID) // the same again for the same contact
		mind := d.Coach.For(r.TeamID)
		t.Shelf, t.Given = shelf, mind.Suggest(ask, shelf)
		_, t.Reason, _ = mind.Explain(ask, shelf)
		all = append(all, t)
	}
	return all, nil
}

// nameless is a contact as somebody sees it who may not know who it is.
func nameless(c store.Contact) store.Contact {
	c.Name, c.Company.Name, c.Email = "Somebody", "a company", ""
	return c
}

// previewLabel is what an editor sees of a contact.
func (d *Desk) previewLabel(team string, p store.Preview) string {
	other := ""
	if p.Language != "" && p.Language != suggest.UsualLanguage {
		other = "in " + english.Language(p.Language)
	}
	if p.Mine {
		name := store.Listed{Name: p.Name, Company: p.Company}.Full()
		if other != "" {
			name += ": " + other
		}
		return name
	}
	var about []string
	if other != "" {
		about = append(about, other)
	}
	if guide := d.Live.Guide(team); guide != nil && guide.Role(p.Title) != "" {
		about = append(about, guide.Role(p.Title))
	}
	if !p.LastAt.IsZero() {
		about = append(about, weeksWord(p.LastAt, d.Now()))
	}
	switch p.Notes {
	case 0:
	case 1:
		about = append(about, "one note")
	default:
		about = append(about, fmt.Sprintf("%d notes", p.Notes))
	}
	name := maskedName(p)
	if len(about) > 0 {
		name += ": " + strings.Join(about, ", ")
	}
	return name
}

// maskedName is a contact of somebody else's, told apart from others by what
// tells nobody who it is.
func maskedName(p store.Preview) string {
	name := "Somebody"
	if p.Number > 0 {
		name += fmt.Sprintf(" %d", p.Number)
	}
	if p.Industry != "" {
		name += " in " + p.Industry
	}
	if p.Stage != "" {
		name += ", at " + p.Stage
	}
	return name
}

// weeksWord says how long ago there was any word of somebody.
func weeksWord(last, now time.Time) string {
	switch n := int(now.Sub(last).Hours() / (7 * 24)); {
	case n < 1:
		return "heard of this week"
	case n == 1:
		return "a week ago"
	default:
		return fmt.Sprintf("%d weeks ago", n)
	}
}

// tried is a prompt on some contacts.
type tried struct {
	people  []Tryout        // all of them
	cases   []workshop.Case // what it is told, one after the other
	whose   []Tryout        // whose each case is; empty: they are the prompt's own examples
	answers []Answer        // and how a model answers it; of a wording nil
	silent  []string        // of whom nothing would be said, under why
}

// tryOn is what a prompt is told of each contact.
func (d *Desk) tryOn(ctx context.Context, r *chat.Request, name string, people []Tryout) (on tried, err error) {
	with, ok := d.Inputs(name)
	if !ok {
		return on, fmt.Errorf("nothing tells how the prompt %s is used", name)
	}
	var none []string // who, by why
	for _, t := range people {
		in, why, err := with(ctx, r, t)
		if err != nil {
			return on, err
		}
		if why == "" {
			on.cases = append(on.cases, workshop.Case{Name: t.Label, Vars: in.Vars})
			on.whose, on.answers = append(on.whose, t), append(on.answers, in.Answer)
			continue
		}
		if i := slices.Index(none, why); i >= 0 {
			on.silent[i] += "; " + t.Label
			continue
		}
		none, on.silent = append(none, why), append(on.silent, why+": "+t.Label)
	}
	return on, nil
}
