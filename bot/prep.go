package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/editing"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/post"
	"cairn/store"
)

// prepNotes is how many notes are looked through for what they want.
const prepNotes = 20

// prep gathers what one wants to know before a talk.
func (b *Bot) prep(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	c, reply, err := b.find(ctx, r, r.Text)
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	past, err := b.pastOf(ctx, r, c, b.here(r))
	if err != nil {
		return chat.Reply{}, err
	}
	notes, err := b.store.LatestNotes(ctx, r.TeamID, c.ID, prepNotes)
	if err != nil {
		return chat.Reply{}, err
	}
	g, err := b.suggested(ctx, r, c)
	if err != nil {
		return chat.Reply{}, err
	}
	said := b.saidThey(r, c, notes)
	here, _ := placeOn(past.Places, journey.Default)
	questions := leftAlone("no questions to bring")
	if !here.DoNotContact {
		three, err := b.questions(ctx, r, c, past)
		if err != nil {
			return chat.Reply{}, err
		}
		questions = "*Three questions*\n" + three
		b.phraseLater(ctx, r, func(delivery int64) editing.JobArgs {
			return questionsArgs{Team: r.TeamID, Person: r.PersonID, Contact: c.ID, Delivery: delivery}
		})
	}
	around, err := b.around(ctx, r, c)
	if err != nil {
		return chat.Reply{}, err
	}
	about, err := b.aboutThem(ctx, r, c)
	if err != nil {
		return chat.Reply{}, err
	}
	head := "*Before you talk to " + blockkit.Escape(c.Full()) + "*" + about
	blocks := []slack.Block{blockkit.Section(head + "\n" + b.placesText(r, past.Places))}
	if len(said) > 0 {
		blocks = append(blocks, blockkit.Section("*What they said*\n"+strings.Join(said, "\n")))
	}
	blocks = append(blocks, blockkit.Section(b.ledgerText(ctx, r, c, past, earnedBeside(g, past.Ledger, past.Places, b.here(r)))), blockkit.Section(questions), blockkit.Section(giveLine(g, b.here(r))))
	if pick, ok := g.Now(); ok {
		value := fmt.Sprintf("%d %d 0", g.ID, pick.ContentID)
		blocks = append(blocks, blockkit.Actions("prep", blockkit.Button("draft", "Draft a message", value), blockkit.Button("sent", "I sent it", value)))
	}
	if !here.DoNotContact {
		around += fmt.Sprintf("Five minutes on their profile and their company's news are well spent; what you find: `%s heard “…” @%s`.",
			b.slash("coach"), blockkit.Escape(strings.ToLower(first(c.Name))))
	}
	if around != "" {
		blocks = append(blocks, blockkit.Context(around))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: blocks}}, nil
}

// saidThey quotes what they want from the reader's own notes, newest first.
func (b *Bot) saidThey(r *chat.Request, c store.Contact, notes []store.Noted) []string {
	var said []string
	for _, s := range b.coach.For(r.TeamID).Said(c, r.PersonID, notes) {
		l := fmt.Sprintf("%s: “%s”", english.Day(s.At, b.here(r)), blockkit.Escape(blockkit.Truncate(s.Phrase, 160)))
		if coach.Wants(s.Signal) && !slices.Contains(said, l) {
			said = append(said, l)
		}
	}
	return said[:min(len(said), 5)]
}

// questions has the content team's wording ask three questions for the stage.
func (b *Bot) questions(ctx context.Context, r *chat.Request, c store.Contact, past store.Past) (string, error) {
	use, ok := b.live.Prompt(r.TeamID, "prep-questions-builtin", r.PersonID, c.ID)
	if !ok {
		return "", errors.New("the wording prep-questions-builtin is missing")
	}
	text, err := use.Prompt.RenderText(b.questionVars(r, c, past))
	if err == nil {
		b.used(ctx, r.TeamID, r.PersonID, c.ID, use, "questions")
	}
	return text, err
}

// questionVars are the inputs of prep-questions-builtin for a contact.
func (b *Bot) questionVars(r *chat.Request, c store.Contact, past store.Past) map[string]any {
	here, _ := placeOn(past.Places, journey.Default)
	stage := cmp.Or(past.Ledger.Before, here.Stage)
	return map[string]any{"early": slices.Contains([]string{"", "attention", "interaction"}, stage),
		"permission": stage == "permission", "engagement": stage == "engagement", "customer": stage == "exchange", "quote": b.coach.For(r.TeamID).ToldOf(c, r.PersonID, past.Recent)}
}

// around tells who of the team knows the company too, who else is known there,
// and what the reader has heard of it.
func (b *Bot) around(ctx context.Context, r *chat.Request, c store.Contact) (string, error) {
	if c.Company.ID == 0 {
		return "", nil
	}
	var text string
	knowers, err := b.store.Knowers(ctx, r.TeamID, c.Company.ID, r.PersonID)
	if err != nil {
		return "", err
	}
	if names := knowing(knowers); names != "" {
		text += fmt.Sprintf("*Who could introduce you at %s*: %s.\n", blockkit.Escape(c.Company.Name), names)
	}
	heard, err := b.store.HeardAt(ctx, r.TeamID, c.Company.ID, r.PersonID)
	if err != nil {
		return "", err
	}
	for _, h := range heard {
		text += fmt.Sprintf("You heard of %s, %s: “%s”.\n", blockkit.Escape(c.Company.Name), english.Day(h.At, b.here(r)), blockkit.Escape(blockkit.Truncate(h.What, 160)))
	}
	return text, nil
}

// knowing names people of the team, without calling them.
func knowing(all []store.Knowing) string {
	var names []string
	for _, k := range all {
		name := k.Name
		if name == "" {
			name = "a colleague"
		}
		names = append(names, blockkit.Escape(name))
	}
	if len(names) > 3 {
		names = append(names[:3:3], fmt.Sprintf("%d more", len(names)-3))
	}
	return strings.Join(names, ", ")
}
