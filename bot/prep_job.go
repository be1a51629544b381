package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/phrase"
	"cairn/bot/post"
	"cairn/store"
)

// questionsArgs name whom a talk is with; everything else is read when the job
// runs.
type questionsArgs struct {
	Team     string `json:"team"`
	Person   string `json:"person"`
	Contact  int64  `json:"contact"`
	Delivery int64  `json:"delivery"` // in the inbox: how the questions were asked for
}

func (questionsArgs) Kind() string { return "prep_questions" }

func (questionsArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: lookQueue, MaxAttempts: 2}
}

type questionsWorker struct {
	river.WorkerDefaults[questionsArgs]
	bot *Bot
}

// NextRetry: the rep still looks at the template.
func (w *questionsWorker) NextRetry(*river.Job[questionsArgs]) time.Time {
	return time.Now().Add(phraseAgain)
}

// Work has the model phrase the questions before one talk. Where it cannot, the
// template that the rep has stands, and nothing more is said.
func (w *questionsWorker) Work(ctx context.Context, job *river.Job[questionsArgs]) error {
	if err := w.bot.leave(job.JobRow, job.Args.Team); err != nil {
		return err
	}
	return w.bot.templateStands(ctx, w.bot.phraseQuestions(ctx, job.Args, job.ID), job.JobRow, "team", job.Args.Team, "contact", job.Args.Contact)
}

// phraseQuestions writes three questions and sends them below the template.
func (b *Bot) phraseQuestions(ctx context.Context, a questionsArgs, job int64) error {
	r, err := b.askedBy(ctx, a.Team, a.Person, a.Delivery)
	if err != nil || r == nil {
		return err
	}
	c, err := b.store.Contact(ctx, a.Team, a.Contact)
	if err != nil {
		return err
	}
	past, err := b.pastOf(ctx, r, c, b.here(r))
	if err != nil {
		return err
	}
	if here, _ := placeOn(past.Places, journey.Default); here.DoNotContact {
		return nil
	}
	t, err := b.talk(ctx, r, c, past)
	if err != nil {
		return err
	}
	list, err := phrase.Questions(ctx, b.cfg.Second.Asker, t)
	if err != nil {
		return whileTrying(err, t.Version, tryingError{r: r, contact: c.ID, about: "the questions for " + blockkit.Escape(c.Full()), stands: "The built-in questions stand."})
	}
	use := store.PromptUse{Version: t.Version, Engine: "model", Model: b.cfg.Second.Asker.Model(), Made: "questions", ContactID: c.ID, PersonID: a.Person, At: b.cfg.Now()}
	if err := b.store.UsePrompt(ctx, a.Team, use); err != nil {
		return err
	}
	head := fmt.Sprintf("*Three questions for %s once more, phrased by a model*: take what sounds like you.", blockkit.Escape(c.Full()))
	text := head
	for _, q := range list {
		text += "\n• " + blockkit.Escape(q)
	}
	message := &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(text)}}
	if err := b.enqueue(ctx, r, chat.Reply{Message: message, Beside: true, About: c.ID}, fmt.Sprintf("questions:%d", job)); err != nil {
		return err
	}
	b.poster.Kick()
	return nil
}

// talk is what the model is told: where they stand, what that allows to ask,
// their words in the rep's own notes, and what they were given.
func (b *Bot) talk(ctx context.Context, r *chat.Request, c store.Contact, past store.Past) (phrase.Talk, error) {
	use, ok := b.live.Prompt(r.TeamID, phrase.QuestionsPrompt, r.PersonID, c.ID)
	if !ok {
		return phrase.Talk{}, fmt.Errorf("there is no prompt %s", phrase.QuestionsPrompt)
	}
	notes, err := b.store.LatestNotes(ctx, r.TeamID, c.ID, prepNotes)
	if err != nil {
		return phrase.Talk{}, err
	}
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return phrase.Talk{}, err
	}
	here, _ := placeOn(past.Places, model.Name())
	t := phrase.Talk{Team: r.TeamID, Contact: c.ID, Prompt: use.Prompt, Version: use.Version, Name: c.Name, Company: c.Company.Name,
		Title: c.Title, Industry: c.Company.Industry, Stage: model.StageTitle(cmp.Or(coach.Before(model, past.Ledger, past.Recent), here.Stage)), Said: b.wordsOf(r, c, notes)}
	advice, ok, err := adviceAt(model, here, past)
	if err != nil {
		return t, fmt.Errorf("place of contact %d: %w", c.ID, err)
	}
	if ok && mayAsk(past.Ledger, past.Places, b.here(r)) != "" {
		t.MayAsk = advice.Ask
	}
	for _, h := range past.Ledger.Shares {
		t.Had = append(t.Had, h.Title)
	}
	t.People, t.Companies, err = b.store.NamesIn(ctx, r.TeamID, r.PersonID, strings.Join(t.Said, "\n"))
	return t, err
}

// adviceAt is a journey's advice for somebody's place on it; see [coach.Before].
func adviceAt(model *journey.Model, here store.Place, past store.Past) (journey.Advice, bool, error) {
	state := journey.State{Stage: here.Stage}
	if len(here.State) > 0 {
		if err := json.Unmarshal(here.State, &state); err != nil {
			return journey.Advice{}, false, err
		}
	}
	if before := coach.Before(model, past.Ledger, past.Recent); before != "" {
		state = journey.State{Stage: before}
	}
	advice, ok := model.Advice(state)
	return advice, ok, nil
}
