package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/observe/model"
	"cairn/bot/phrase"
	"cairn/bot/remind"
	"cairn/bot/suggest"
	"cairn/bot/workshop"
	"cairn/store"
)

// tryout is a contact that a wording is tried on.
type tryout struct {
	label string
	// contact is who it is, as the editor may see it: a colleague's has no name.
	contact store.Contact
	// real is the contact itself, for what is masked on its way to a model.
	real   store.Contact
	past   store.Past
	shelf  coach.Shelf
	given  store.Suggestion // what would be suggested now
	reason suggest.Reason   // and why
}

// masked reports whether the contact is a colleague's.
func (t tryout) masked() bool { return t.contact.Name != t.real.Name }

// tryouts are the chosen contacts with what is known of them. What an editor
// has not written themselves is masked: no name, and never a word of a note.
func (b *Bot) tryouts(ctx context.Context, r *chat.Request, chosen []store.Preview) ([]tryout, error) {
	var all []tryout
	for _, p := range chosen {
		c, err := b.store.Contact(ctx, r.TeamID, p.ID)
		if err != nil {
			return nil, err
		}
		t := tryout{label: blockkit.Escape(b.previewLabel(r.TeamID, p)), contact: c, real: c}
		if !p.Mine {
			t.contact = nameless(c)
		}
		if t.past, err = b.store.Past(ctx, r.TeamID, c.ID); err != nil {
			return nil, err
		}
		// what is said quotes only what the asking person wrote: see coach.Ask
		ask, shelf, err := b.asking(ctx, r, t.contact)
		if err != nil {
			return nil, err
		}
		ask.Seed = uint64(c.ID) // the same again for the same contact
		mind := b.coach.For(r.TeamID)
		t.shelf, t.given = shelf, mind.Suggest(ask, shelf)
		_, t.reason, _ = mind.Explain(ask, shelf)
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
func (b *Bot) previewLabel(team string, p store.Preview) string {
	if p.Mine {
		return store.Listed{Name: p.Name, Company: p.Company}.Full()
	}
	var about []string
	if guide := b.live.Guide(team); guide != nil && guide.Role(p.Title) != "" {
		about = append(about, guide.Role(p.Title))
	}
	if !p.LastAt.IsZero() {
		about = append(about, weeksWord(p.LastAt, b.cfg.Now()))
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

// lineFor gives the inputs of one prompt for one contact.
type lineFor func(b *Bot, ctx context.Context, r *chat.Request, t tryout) (vars map[string]any, none string, err error)

// trials has, for each prompt that speaks of a contact, where its inputs come
// from: the same functions that the real reply is made by. Where there would be
// no reply, none says why.
var trials = map[string]lineFor{
	coach.ReasonPrompt:       (*Bot).tryReason,
	draftPrompt:              tryDraftIn(usualTongue),
	draftPromptIn("de"):      tryDraftIn("de"),
	draftPromptIn("fr"):      tryDraftIn("fr"),
	draftPromptIn("es"):      tryDraftIn("es"),
	draftPromptIn("it"):      tryDraftIn("it"),
	draftPromptIn("pt"):      tryDraftIn("pt"),
	draftPromptIn("nl"):      tryDraftIn("nl"),
	phrase.PromptName:        (*Bot).tryPhrasing,
	"prep-questions-builtin": (*Bot).tryQuestions,
	phrase.QuestionsPrompt:   (*Bot).tryTalk,
	reminderPrompt:           (*Bot).tryReminder,
	model.PromptName:         (*Bot).tryReading,
}

const nothingToGive = "Nothing is suggested just now, so nothing is said, for"

func (b *Bot) tryReason(_ context.Context, _ *chat.Request, t tryout) (map[string]any, string, error) {
	if _, ok := t.given.Now(); !ok {
		return nil, nothingToGive, nil
	}
	return coach.ReasonVars(t.reason), "", nil
}

// tryDraftIn gives the inputs of the draft in one language; of the others there is
// none for a contact.
func tryDraftIn(code string) lineFor {
	return func(b *Bot, _ context.Context, r *chat.Request, t tryout) (map[string]any, string, error) {
		pick, ok := t.given.Now()
		if !ok {
			return nil, nothingToGive, nil
		}
		vars, name := b.draftVars(r, t.contact, t.past, t.shelf, pick)
		if name != draftPromptIn(code) {
			return nil, "The draft is in another language for", nil
		}
		if use, ok := b.live.Prompt(r.TeamID, name, r.PersonID, t.contact.ID); ok {
			if err := inOneTongue(use.Prompt, vars); err != nil {
				return nil, "", err
			}
		}
		return vars, "", nil
	}
}

func (b *Bot) tryPhrasing(ctx context.Context, r *chat.Request, t tryout) (map[string]any, string, error) {
	pick, ok := t.given.Now()
	if !ok {
		return nil, nothingToGive, nil
	}
	cs, err := b.phrasing(ctx, r, t.real, t.past, t.given, pick)
	return cs.Vars(), "", err
}

func (b *Bot) tryQuestions(_ context.Context, r *chat.Request, t tryout) (map[string]any, string, error) {
	return b.questionVars(r, t.contact, t.past), "", nil
}

func (b *Bot) tryTalk(ctx context.Context, r *chat.Request, t tryout) (map[string]any, string, error) {
	talk, err := b.talk(ctx, r, t.real, t.past)
	return talk.Vars(), "", err
}

func (b *Bot) tryReminder(ctx context.Context, r *chat.Request, t tryout) (map[string]any, string, error) {
	whose := r
	if t.masked() && len(t.real.Owners) > 0 {
		whose = &chat.Request{Delivery: store.Delivery{TeamID: r.TeamID, PersonID: t.real.Owners[0]}}
	}
	p, err := b.store.Person(ctx, r.TeamID, whose.PersonID)
	if err != nil {
		return nil, "", err
	}
	now := b.here(r)
	day := remind.Date(now)
	items, steps, err := b.morningItems(ctx, whose, p, day, now)
	if err != nil {
		return nil, "", err
	}
	items = slices.DeleteFunc(items, func(it remind.Item) bool { return it.Contact != t.real.ID })
	chosen := remind.Choose(day, items, nil)
	if len(chosen) == 0 {
		return nil, "The next morning message would say nothing of", nil
	}
	pick, _ := t.given.Now()
	step := steps[t.real.ID]
	if t.masked() {
		step.What = "…" // the words of a colleague's note
	}
	return reminderVars(t.contact, chosen[0], step, day, pick), "", nil
}

func (b *Bot) tryReading(ctx context.Context, r *chat.Request, t tryout) (map[string]any, string, error) {
	notes, err := b.store.LatestNotes(ctx, r.TeamID, t.real.ID, prepNotes)
	if err != nil {
		return nil, "", err
	}
	const none = "No note of yours is there to be read of"
	at := slices.IndexFunc(notes, func(n store.Noted) bool { return n.AuthorID == r.PersonID })
	if at < 0 {
		return nil, none, nil
	}
	a, err := b.store.Again(ctx, r.TeamID, notes[at].ID)
	if err != nil {
		return nil, "", err
	}
	c, _, err := b.caseOf(ctx, a)
	if err != nil {
		return nil, "", err
	}
	vars, ok := model.Vars(c, b.coach.For(r.TeamID).Reader)
	if !ok {
		return nil, none, nil
	}
	return vars, "", nil
}

// tried are the cases of a prompt: what it is told of each contact. Those of
// whom nothing would be said are listed under why.
func (b *Bot) tried(ctx context.Context, r *chat.Request, name string, people []tryout) (cases []workshop.Case, picks []store.Pick, silent []string, err error) {
	with, ok := trials[name]
	if !ok {
		return nil, nil, nil, fmt.Errorf("nothing tells how the prompt %s is used", name)
	}
	var none []string // who, by why
	for _, t := range people {
		vars, why, err := with(b, ctx, r, t)
		if err != nil {
			return nil, nil, nil, err
		}
		if why == "" {
			pick, _ := t.given.Now()
			cases, picks = append(cases, workshop.Case{Name: t.label, Vars: vars}), append(picks, pick)
			continue
		}
		if i := slices.Index(none, why); i >= 0 {
			silent[i] += "; " + t.label
			continue
		}
		none, silent = append(none, why), append(silent, why+": "+t.label)
	}
	return cases, picks, silent, nil
}
