package bot

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/digest"
	"cairn/bot/editing"
	"cairn/bot/english"
	"cairn/bot/observe/model"
	"cairn/bot/phrase"
	"cairn/bot/remind"
	"cairn/bot/suggest"
	"cairn/bot/weekly"
	"cairn/bot/workshop"
	"cairn/prompts"
	"cairn/store"
)

// inputsFunc gives the inputs of one prompt for one contact.
type inputsFunc func(b *Bot, ctx context.Context, r *chat.Request, t editing.Tryout) (in editing.Input, none string, err error)

// promptInputs has, for each prompt that speaks of a contact, where its inputs come
// from: the same functions that the real reply is made by. Where there would be
// no reply, none says why.
var promptInputs = map[string]inputsFunc{
	coach.ReasonPrompt:       (*Bot).tryReason,
	draftPrompt:              tryDraftIn(suggest.UsualLanguage),
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

func (b *Bot) tryReason(_ context.Context, _ *chat.Request, t editing.Tryout) (editing.Input, string, error) {
	if _, ok := t.Given.Now(); !ok {
		return editing.Input{}, nothingToGive, nil
	}
	return editing.Input{Vars: coach.ReasonVars(t.Reason)}, "", nil
}

// tryDraftIn gives the inputs of the draft in one language; of the others there is
// none for a contact.
func tryDraftIn(code string) inputsFunc {
	return func(b *Bot, _ context.Context, r *chat.Request, t editing.Tryout) (editing.Input, string, error) {
		pick, ok := t.Given.Now()
		if !ok {
			return editing.Input{}, nothingToGive, nil
		}
		vars, name := b.draftVars(r, t.Contact, t.Past, t.Shelf, pick)
		if name != draftPromptIn(code) {
			other, _ := languageOfDraft(name)
			return editing.Input{}, fmt.Sprintf("In %s, by `%s`, is the draft for", english.Language(other), name), nil
		}
		if use, ok := b.live.Prompt(r.TeamID, name, r.PersonID, t.Contact.ID); ok {
			if err := inOneTongue(use.Prompt, vars); err != nil {
				return editing.Input{}, "", err
			}
		}
		return editing.Input{Vars: vars}, "", nil
	}
}

func (b *Bot) tryPhrasing(ctx context.Context, r *chat.Request, t editing.Tryout) (editing.Input, string, error) {
	pick, ok := t.Given.Now()
	if !ok {
		return editing.Input{}, nothingToGive, nil
	}
	cs, err := b.phrasing(ctx, r, t.Real, t.Past, t.Given, pick)
	cs.Shown = shownFor(t)
	return editing.Input{Vars: cs.Vars(), Answer: answerMessage(cs)}, "", err
}

func (b *Bot) tryQuestions(_ context.Context, r *chat.Request, t editing.Tryout) (editing.Input, string, error) {
	return editing.Input{Vars: b.questionVars(r, t.Contact, t.Past)}, "", nil
}

func (b *Bot) tryTalk(ctx context.Context, r *chat.Request, t editing.Tryout) (editing.Input, string, error) {
	talk, err := b.talk(ctx, r, t.Real, t.Past)
	talk.Shown = shownFor(t)
	return editing.Input{Vars: talk.Vars(), Answer: answerQuestions(talk)}, "", err
}

func (b *Bot) tryReminder(ctx context.Context, r *chat.Request, t editing.Tryout) (editing.Input, string, error) {
	whose := r
	if t.Masked() && len(t.Real.Owners) > 0 {
		whose = &chat.Request{Delivery: store.Delivery{TeamID: r.TeamID, PersonID: t.Real.Owners[0]}}
	}
	p, err := b.store.Person(ctx, r.TeamID, whose.PersonID)
	if err != nil {
		return editing.Input{}, "", err
	}
	now := b.here(r)
	day := remind.Date(now)
	a, err := b.agendaOf(ctx, whose, p, t.Real.ID, day, now)
	if err != nil {
		return editing.Input{}, "", err
	}
	chosen, offers, _, err := b.toSay(ctx, whose, a)
	if err != nil || len(chosen) == 0 {
		return editing.Input{}, "The next morning message would say nothing of", err
	}
	pick, _ := t.Given.Now()
	if o := offers[chosen[0]]; o.keeps {
		if pick = o.names(); t.Masked() { // the title would tell what a colleague promised
			pick = store.Pick{}
		}
	}
	for i := range a.steps[t.Real.ID] {
		if t.Masked() {
			a.steps[t.Real.ID][i].What = "…" // the words of a colleague's note
		}
	}
	if t.Masked() {
		a.words[t.Real.ID] = ""
		a.known[t.Real.ID] = "…"
	}
	return editing.Input{Vars: reminderVars(t.Contact, chosen[0], a, a.due(chosen[0]), pick)}, "", nil
}

func (b *Bot) tryReading(ctx context.Context, r *chat.Request, t editing.Tryout) (editing.Input, string, error) {
	notes, err := b.store.LatestNotes(ctx, r.TeamID, t.Real.ID, prepNotes)
	if err != nil {
		return editing.Input{}, "", err
	}
	const none = "You wrote no note for it to read about"
	at := slices.IndexFunc(notes, func(n store.Noted) bool { return n.AuthorID == r.PersonID })
	if at < 0 {
		return editing.Input{}, none, nil
	}
	a, err := b.store.Again(ctx, r.TeamID, notes[at].ID)
	if err != nil {
		return editing.Input{}, "", err
	}
	c, decided, err := b.caseOf(ctx, a)
	if err != nil {
		return editing.Input{}, "", err
	}
	vars, ok := model.Vars(c, b.coach.For(r.TeamID).Reader)
	if !ok {
		return editing.Input{}, none, nil
	}
	return editing.Input{Vars: vars, Answer: b.answerReading(r, a, c, decided)}, "", nil
}

// shownAs is what a rep sees where the words of a prompt stand, ready for Slack: the
// reason of a suggestion below what it is about, all else by itself.
func (b *Bot) shownAs(r *chat.Request, prompt string, t editing.Tryout, words string) string {
	if _, ok := t.Given.Now(); prompt != coach.ReasonPrompt || !ok {
		return blockkit.Escape(words)
	}
	g := t.Given
	g.Picks = slices.Clone(g.Picks)
	g.Picks[g.Shown].Reason = words
	return giveLine(g, b.here(r))
}

// examplesOf are the cases that a prompt's examples make: as they stand, and with each
// of its flags.
func examplesOf(def *prompts.Prompt) []workshop.Case {
	var cases []workshop.Case
	for _, c := range workshop.Cases(def) {
		if c.Name == workshop.AsExamples || strings.HasPrefix(c.Name, workshop.WithFlag) {
			if since, ok := exampleSince[c.Flag]; ok && def.Name == reminderPrompt {
				c.Vars = maps.Clone(c.Vars)
				c.Vars["since"], c.Vars["step"] = since, ""
			}
			cases = append(cases, c)
		}
	}
	if def.Name == digest.LinesPrompt {
		cases = slices.Insert(cases, 1, tooFew(def))
	}
	return cases
}

// exampleSince is how long ago it is for each flag of the line of a morning,
// which has one example for all.
var exampleSince = map[string]string{"waiting": "6 working days", "quiet": "21 working days", "ready": "3 working days"}

// tooFew is the line of who moved where too few of a team stand behind it: what a
// digest says then has no example, since usually it says who.
func tooFew(def *prompts.Prompt) workshop.Case {
	flag, vars := weekly.TooFew(def)
	return workshop.Case{Name: workshop.WithFlag + flagWords(def, flag) + "; too few of you behind it", Flag: flag, Vars: vars}
}

func flagWords(def *prompts.Prompt, flag string) string {
	in, _ := def.Input(flag)
	return workshop.Words(in)
}

// seenBy says where somebody sees a wording of their own at once; empty: nowhere.
func (b *Bot) seenBy(name string) string {
	if code, ok := languageOfDraft(name); ok {
		say := fmt.Sprintf("Type `%s draft dana`, say, and see.", b.slash("coach"))
		if code != suggest.UsualLanguage {
			say = strings.Replace(say, "dana", "a contact's name who is written to in that language", 1)
		}
		return say
	}
	switch name {
	case "suggest-reason":
		return fmt.Sprintf("Type `%s dana`, say, and see.", b.slash("next"))
	case phrase.PromptName:
		if b.cfg.Second == nil {
			return "Only a model writes with it, and none is configured here: you will see no difference."
		}
		return fmt.Sprintf("Type `%s draft dana`, say: the model's words come below the template.", b.slash("coach"))
	case phrase.QuestionsPrompt:
		if b.cfg.Second == nil {
			return "Only a model asks with it, and none is configured here: you will see no difference."
		}
		return fmt.Sprintf("Type `%s prep dana`, say: the model's questions come below the template.", b.slash("coach"))
	case "prep-questions-builtin":
		return fmt.Sprintf("Type `%s prep dana`, say, and see.", b.slash("coach"))
	case "reminder-line":
		return "Your morning message uses it, if it comes within the hour; a preview shows it now."
	case "read-note":
		if b.cfg.Second == nil {
			return "Only a model reads with it, and none is configured here: you will see no difference."
		}
		return fmt.Sprintf("Log a line with `%s`: where the second look moves somebody, you are told.", b.slash("log"))
	}
	return ""
}
