package editing

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"cairn/bot/chat"
	"cairn/bot/workshop"
	"cairn/store"
)

// AskArgs say with which versions a preview asks the model, on whom, and who wants to
// know. Without contacts, or where nothing can be asked of any by then (they may be erased),
// it asks on one of the prompt's own examples.
type AskArgs struct {
	Team     string  `json:"team" river:"unique"`
	File     string  `json:"file" river:"unique"`
	Live     int     `json:"live" river:"unique"`
	Draft    int     `json:"draft" river:"unique"`
	Person   string  `json:"person" river:"unique"`
	Contacts []int64 `json:"contacts" river:"unique"`
	Delivery int64   `json:"delivery"` // in the inbox: how it was asked for
}

// Kind names the job to River.
func (AskArgs) Kind() string { return "prompt_ask" }

const (
	// AskQueue is the queue of previews that ask a model, one at a time in a process: reps
	// wait for their drafts and questions in another.
	AskQueue = "ask"
	// askPatience is how long all questions of one preview may take: what is not answered
	// by then is said to be late.
	askPatience = 2 * time.Minute
	askAttempts = 3
	askAgain    = 5 * time.Second
)

// InsertOpts has the same questions asked once, however often somebody clicks.
func (AskArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: AskQueue, MaxAttempts: askAttempts, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled}}}
}

// AskWorker has the model answer for a preview.
type AskWorker struct {
	river.WorkerDefaults[AskArgs]
	Desk *Desk
}

// Timeout is how long the questions and what is beside them may take.
func (w *AskWorker) Timeout(*river.Job[AskArgs]) time.Duration { return ExamTime }

// NextRetry: the editor waits.
func (w *AskWorker) NextRetry(*river.Job[AskArgs]) time.Time { return time.Now().Add(askAgain) }

// Work asks, and sends what a rep would see. What the model does not answer is said
// there; begun anew after an error of ours, it asks only what was not answered yet.
func (w *AskWorker) Work(ctx context.Context, job *river.Job[AskArgs]) error {
	r, err := w.Desk.AskedBy(ctx, job.Args.Team, job.Args.Person, job.Args.Delivery)
	if err != nil || r == nil { // nil: too long ago, nobody waits any more
		return err
	}
	key := fmt.Sprintf("ask:%d", job.ID)
	if err = w.Desk.ask(ctx, r, job.Args, key); err == nil {
		return nil
	}
	w.Desk.Log.Warn("a preview did not get its answers", "team", job.Args.Team, "file", job.Args.File, "draft", job.Args.Draft, "attempt", job.Attempt, "error", err)
	if job.Attempt < job.MaxAttempts {
		return err
	}
	last, done := context.WithTimeout(context.WithoutCancel(ctx), store.CommandTimeout)
	defer done()
	text := fmt.Sprintf("*The preview of %s got no answers.* Nothing was changed. Press `Ask the model` once more; if it fails again, tell whoever runs me this number: %s.", w.Desk.Title(job.Args.File), w.Desk.Incident(r, err))
	reply := chat.Say(text)
	reply.Beside = true
	return w.Desk.Send(last, r, reply, key)
}

// ask has the model answer, and tells the editor. Who is no editor any more sees nothing.
func (d *Desk) ask(ctx context.Context, r *chat.Request, a AskArgs, key string) error {
	me, err := d.Store.Person(ctx, a.Team, a.Person)
	if err != nil || !me.Is(store.Editor) {
		return err
	}
	p, err := d.pairOf(ctx, a.Team, store.PromptLabels{TeamID: a.Team, File: a.File, Live: a.Live, Draft: a.Draft})
	if err != nil {
		return err
	}
	if d.Asker == nil { // there was one when the button was pressed
		reply := chat.Say(fmt.Sprintf("*The preview of %s got no answers*: only a model answers with it, and none is configured any more. Whoever runs me sets `OPENAI_API_KEY` or `OPENAI_BASE_URL`; then press `Ask the model` once more.", d.Title(a.File)))
		reply.Beside = true
		return d.Send(ctx, r, reply, key)
	}
	def, ok := d.Live.Kinds().Default(workshop.Name(a.File))
	if !ok {
		return fmt.Errorf("nothing answers with %s", a.File)
	}
	def = workshop.Told(def, p.draft.Prompt)
	var on previewed
	if on.chosen, err = d.previewIDs(ctx, r, a.Contacts); err != nil {
		return err
	}
	t, err := d.casesOn(ctx, r, def, on)
	if err != nil {
		return err
	}
	asking, cancel := context.WithTimeout(ctx, askPatience)
	defer cancel()
	got, err := d.answers(asking, r, a, p, def, t)
	if ctx.Err() != nil { // the process ends: another takes it up
		return ctx.Err()
	}
	if err != nil {
		return err
	}
	return d.Send(ctx, r, chat.Reply{Message: d.askedMessage(a.File, got, on), Beside: true}, key)
}
