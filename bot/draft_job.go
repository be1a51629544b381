package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/editing"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/llm"
	"cairn/bot/phrase"
	"cairn/bot/post"
	"cairn/store"
)

// draftArgs name the suggestion and the pick that a message is written around;
// everything else is read when the job runs.
type draftArgs struct {
	Team        string `json:"team"`
	Person      string `json:"person"`
	Suggestion  int64  `json:"suggestion"`
	Content     int64  `json:"content"`
	Interaction int64  `json:"interaction"`
	Delivery    int64  `json:"delivery"` // in the inbox: how the draft was asked for
}

func (draftArgs) Kind() string { return "draft" }

func (draftArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: lookQueue, MaxAttempts: 2}
}

const (
	// phraseLife is the age from which on nothing is phrased any more: the
	// message was sent by then, the talk held, or neither is wanted.
	phraseLife = 10 * time.Minute
	// phraseAgain is when a model that did not answer is asked once more.
	phraseAgain = 5 * time.Second
)

type draftWorker struct {
	river.WorkerDefaults[draftArgs]
	bot *Bot
}

// NextRetry: the rep still looks at the template.
func (w *draftWorker) NextRetry(*river.Job[draftArgs]) time.Time {
	return time.Now().Add(phraseAgain)
}

// Work has the model phrase one draft. Where it cannot, the template that the
// rep has stands, and nothing more is said.
func (w *draftWorker) Work(ctx context.Context, job *river.Job[draftArgs]) error {
	if err := w.bot.leave(job.JobRow, job.Args.Team); err != nil {
		return err
	}
	return w.bot.templateStands(ctx, w.bot.phrase(ctx, job.Args, job.ID), job.JobRow, "team", job.Args.Team, "suggestion", job.Args.Suggestion)
}

// templateStands ends a job that phrases, or has it tried again: nil where it
// was done, where what it was about is gone, and where the model will not do it. Who
// tries the prompt is told of that.
func (b *Bot) templateStands(ctx context.Context, err error, job *rivertype.JobRow, about ...any) error {
	var fault *llm.Error
	switch {
	case err == nil || errors.Is(err, store.ErrNotFound): // undone or erased meanwhile
		return nil
	case errors.As(err, &fault):
		again := fault.Passing() && job.Attempt < job.MaxAttempts
		b.cfg.Log.Warn("the model phrased nothing; the template stands", append(about, "kind", job.Kind, "error", err, "again", again)...)
		if !again {
			return b.tellTrying(ctx, err, fmt.Sprintf("%s:%d", job.Kind, job.ID))
		}
	}
	return err
}

// phraseLater asks for the model's phrasing of what was just shown. Where that
// cannot be asked for, the template stands. args names the job for a delivery.
func (b *Bot) phraseLater(ctx context.Context, r *chat.Request, args func(delivery int64) editing.JobArgs) {
	if b.cfg.Second == nil || r.EnvelopeID == "" {
		return
	}
	in, err := b.store.Receive(ctx, r.Delivery)
	if err == nil && in.Again {
		return // the same delivery came before, and its job with it
	}
	if err == nil {
		_, err = b.store.Begin(ctx, b.job(args(in.ID)))
	}
	if err != nil {
		b.cfg.Log.Warn("the model is not asked to phrase; the template stands", "team", r.TeamID, "person", r.PersonID, "error", err)
	}
}

// draftLater is phraseLater for a draft.
func (b *Bot) draftLater(ctx context.Context, r *chat.Request, suggestion, content, interaction int64) {
	b.phraseLater(ctx, r, func(delivery int64) editing.JobArgs {
		return draftArgs{Team: r.TeamID, Person: r.PersonID, Suggestion: suggestion, Content: content, Interaction: interaction, Delivery: delivery}
	})
}

// askedBy is the request that a job phrases for; nil where that is too long ago.
func (b *Bot) askedBy(ctx context.Context, team, person string, delivery int64) (*chat.Request, error) {
	in, err := b.store.Delivered(ctx, team, person, delivery)
	if err != nil || b.cfg.Now().Sub(in.At) > phraseLife {
		return nil, err
	}
	r := reread(in, &chat.Request{Delivery: store.Delivery{TeamID: team, PersonID: person}})
	return r, b.meet(ctx, r)
}

// phrase writes the message and sends it below the template.
func (b *Bot) phrase(ctx context.Context, a draftArgs, job int64) error {
	r, err := b.askedBy(ctx, a.Team, a.Person, a.Delivery)
	if err != nil || r == nil {
		return err
	}
	g, err := b.store.Suggestion(ctx, a.Team, a.Person, a.Suggestion)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(g.Picks, func(p store.Pick) bool { return p.ContentID == a.Content })
	if at < 0 {
		return store.ErrNotFound
	}
	c, err := b.store.Contact(ctx, a.Team, g.ContactID)
	if err != nil {
		return err
	}
	past, err := b.pastOf(ctx, r, c, b.here(r))
	if err != nil {
		return err
	}
	here, _ := placeOn(past.Places, journey.Default)
	sent := slices.ContainsFunc(past.Ledger.Shares, func(h store.Share) bool { return h.ContentID == a.Content })
	if sent || here.DoNotContact {
		return nil
	}
	cs, err := b.phrasing(ctx, r, c, past, g, g.Picks[at])
	if err != nil {
		return err
	}
	text, err := phrase.Message(ctx, b.cfg.Second.Asker, cs, youWe)
	if err != nil {
		return whileTrying(err, cs.Version, tryingError{r: r, contact: c.ID, about: "the draft for " + blockkit.Escape(c.Full()), stands: "The template stands."})
	}
	use := store.PromptUse{Version: cs.Version, Engine: "model", Model: b.cfg.Second.Asker.Model(), Made: "draft", ContactID: c.ID, PersonID: a.Person, At: b.cfg.Now()}
	if err := b.store.UsePrompt(ctx, a.Team, use); err != nil {
		return err
	}
	head := fmt.Sprintf("*The draft for %s once more, phrased by a model*%s: make it yours before you send it. I send nothing.", blockkit.Escape(c.Full()), b.notBefore(r, g.Picks[at]))
	message := draftMessage(head, text, fmt.Sprintf("%d %d %d", a.Suggestion, a.Content, a.Interaction))
	if err := b.enqueue(ctx, r, chat.Reply{Message: message, Beside: true, About: c.ID}, fmt.Sprintf("draft:%d", job)); err != nil {
		return err
	}
	b.poster.Kick()
	return nil
}

// phrasing is what the model is told: where they stand, what was earned, their
// words in the rep's own notes, and the item as the library has it.
func (b *Bot) phrasing(ctx context.Context, r *chat.Request, c store.Contact, past store.Past, g store.Suggestion, pick store.Pick) (phrase.Case, error) {
	use, ok := b.live.Prompt(r.TeamID, phrase.PromptName, r.PersonID, c.ID)
	if !ok {
		return phrase.Case{}, fmt.Errorf("there is no prompt %s", phrase.PromptName)
	}
	shelf, err := b.shelves.now(ctx, r.TeamID)
	if err != nil {
		return phrase.Case{}, err
	}
	item, ok := shelf.Library.Item(pick.ContentID)
	if !ok {
		return phrase.Case{}, store.ErrNotFound // retired meanwhile
	}
	notes, err := b.store.LatestNotes(ctx, r.TeamID, c.ID, prepNotes)
	if err != nil {
		return phrase.Case{}, err
	}
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return phrase.Case{}, err
	}
	here, _ := placeOn(past.Places, model.Name())
	item.Language = shelf.Library.Tongue(item.ID)
	tongue := ""
	if code := draftLanguage(c, item, past.Recent, r.PersonID); foreignIn(code, item.Language) != "" {
		tongue = english.Language(item.Language)
	}
	cs := phrase.Case{Team: r.TeamID, Contact: c.ID, Prompt: use.Prompt, Version: use.Version, Name: c.Name, Company: c.Company.Name,
		Title: c.Title, Industry: c.Company.Industry, Language: c.Language, Stage: model.StageTitle(cmp.Or(coach.Before(model, past.Ledger, past.Recent), here.Stage)), Channel: g.Channel,
		Said: tellable(b.wordsOf(r, c, notes)), Item: phrase.Item{Title: item.Title, Kind: item.Kind, Gives: item.Gives, URL: item.URL, PassOn: item.PassOn, Tongue: tongue}}
	advice, ok, err := adviceAt(model, here, past)
	if err != nil {
		return cs, fmt.Errorf("place of contact %d: %w", c.ID, err)
	}
	if ok {
		cs.Give = advice.Give
		if mayAsk(past.Ledger, past.Places, b.here(r)) != "" {
			cs.MayAsk = advice.Ask
		}
	}
	cs.People, cs.Companies, err = b.store.NamesIn(ctx, r.TeamID, r.PersonID, strings.Join(cs.Said, "\n"))
	return cs, err
}

// wordsOf are the words that show what they did or want, in the person's own notes.
func (b *Bot) wordsOf(r *chat.Request, c store.Contact, notes []store.Noted) []string {
	var said []string
	for _, s := range b.coach.For(r.TeamID).Said(c, r.PersonID, notes) {
		if !slices.Contains(said, s.Words) {
			said = append(said, s.Words)
		}
	}
	return said
}

// tellable are those of the words that may be told to the contact themselves.
func tellable(said []string) []string {
	for i, words := range said {
		said[i] = coach.WithoutRemarks(words)
	}
	return slices.DeleteFunc(said, func(words string) bool { return words == "" })
}

// draftMessage shows a draft with its reading, and the button that says that
// it was sent.
func draftMessage(head, text, value string) *post.Message {
	return &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(head), blockkit.Section("```" + blockkit.Fenced(text) + "```"),
		blockkit.Context(readingLine(text)), blockkit.Actions("draft", blockkit.Button("sent", "I sent it", value))}}
}
