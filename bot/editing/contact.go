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

// tried are the cases of a prompt: what it is told of each contact, and whose each is.
// Those of whom nothing would be said are listed under why.
func (d *Desk) tried(ctx context.Context, r *chat.Request, name string, people []Tryout) (cases []workshop.Case, whose []Tryout, silent []string, err error) {
	with, ok := d.Inputs(name)
	if !ok {
		return nil, nil, nil, fmt.Errorf("nothing tells how the prompt %s is used", name)
	}
	var none []string // who, by why
	for _, t := range people {
		vars, why, err := with(ctx, r, t)
		if err != nil {
			return nil, nil, nil, err
		}
		if why == "" {
			cases, whose = append(cases, workshop.Case{Name: t.Label, Vars: vars}), append(whose, t)
			continue
		}
		if i := slices.Index(none, why); i >= 0 {
			silent[i] += "; " + t.Label
			continue
		}
		none, silent = append(none, why), append(silent, why+": "+t.Label)
	}
	return cases, whose, silent, nil
}
