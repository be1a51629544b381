package editing

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// ExamArgs say which versions sit the exam, and who wants to know.
type ExamArgs struct {
	Team   string `json:"team" river:"unique"`
	File   string `json:"file" river:"unique"`
	Live   int    `json:"live" river:"unique"`
	Draft  int    `json:"draft" river:"unique"`
	Person string `json:"person"`
}

// Kind names the job to River.
func (ExamArgs) Kind() string { return "prompt_exam" }

const (
	// ExamQueue is the queue that exams wait in.
	ExamQueue = "exam"
	// ExamTime is how long one step of an exam may take before River cuts it off; a step
	// ends by itself before that.
	ExamTime  = 3 * time.Minute
	examStep  = ExamTime - 30*time.Second
	examSteps = 6
	// errors after which it is given up; River may begin it more often, since a
	// process that dies takes an attempt with it
	examTries    = 3
	examAttempts = 10
)

// InsertOpts has the same exam run once, however often it is asked for.
func (ExamArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: ExamQueue, MaxAttempts: examAttempts, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled}}}
}

// beginExam puts the exam into the queue, and says so.
func (d *Desk) beginExam(ctx context.Context, r *chat.Request, file string, p pair, e weighed) (chat.Reply, error) {
	fresh, err := d.Store.Begin(ctx, d.Job(ExamArgs{Team: r.TeamID, File: file, Live: p.labels.Live, Draft: p.labels.Draft, Person: r.PersonID}))
	if err != nil {
		return chat.Reply{}, err
	}
	who := "live and draft each read the labelled notes, some seconds"
	switch kind, _ := workshop.KindOf(file); kind {
	case workshop.Guide:
		who = "live and draft each suggest for the labelled states, some seconds"
	case workshop.Library:
		who = "what is now and what would be each suggest for your team's contacts, some seconds"
	case workshop.Prompt:
		who = fmt.Sprintf("%s answers with live and with the draft, a minute or two", blockkit.Escape(d.Asker.Model()))
	}
	head := fmt.Sprintf("*The test of version %d of %s runs*: %s. The result comes to you as a direct message; publishing knows it then.", p.labels.Draft, d.Title(file), who)
	if !fresh {
		head = fmt.Sprintf("*The test of version %d of %s runs already.* Whoever began it is told. Type the same once more in a minute, and you see the result.", p.labels.Draft, d.Title(file))
	}
	blocks := []slack.Block{blockkit.Section(head)}
	if len(e.lines) > 0 && e.sat == nil {
		blocks = append(blocks, blockkit.Section(strings.Join(e.lines, "\n")))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: blocks}}, nil
}

// ExamWorker sits exams, one at a time in a process: each takes a core, or a share of
// the model's limits.
type ExamWorker struct {
	river.WorkerDefaults[ExamArgs]
	Desk *Desk
}

// Timeout is how long one step may take. River takes up what a dead process was
// at no sooner than this.
func (w *ExamWorker) Timeout(*river.Job[ExamArgs]) time.Duration { return ExamTime }

// NextRetry: the editor waits.
func (w *ExamWorker) NextRetry(job *river.Job[ExamArgs]) time.Time {
	return time.Now().Add(time.Duration(job.Attempt) * 20 * time.Second)
}

// Work sits the exam, step by step: each asks a model only what was not
// answered yet. Whoever began it is told however it ends.
func (w *ExamWorker) Work(ctx context.Context, job *river.Job[ExamArgs]) error {
	if err := w.Desk.Leave(job.JobRow, job.Args.Team); err != nil {
		return err
	}
	step, cancel := context.WithTimeout(ctx, examStep)
	defer cancel()
	err := w.Desk.sitExam(step, job.Args, job.ID)
	if err == nil {
		return nil
	}
	w.Desk.Log.Warn("an exam was not ended", "team", job.Args.Team, "file", job.Args.File, "draft", job.Args.Draft, "attempt", job.Attempt, "cut_off", step.Err() != nil, "error", err)
	switch examNext(step.Err() != nil, stepsBefore(job.Metadata), job.Attempt) {
	case goOn:
		return river.JobSnooze(0)
	case tryAgain:
		return err
	}
	// told even where the time is up, or the process ends
	last, done := context.WithTimeout(context.WithoutCancel(ctx), store.CommandTimeout)
	defer done()
	return w.Desk.examFailed(last, job.Args, job.ID, err)
}

// examStop is what becomes of an exam that a step has not ended.
type examStop int

const (
	goOn     examStop = iota // at once, with what is answered
	tryAgain                 // after a pause
	giveUp                   // and say so
)

// stepsBefore is how many steps an exam has had: River counts them.
func stepsBefore(metadata []byte) int {
	var counted struct {
		Snoozes int `json:"snoozes"`
	}
	_ = json.Unmarshal(metadata, &counted) // without a count there were none
	return counted.Snoozes
}

func examNext(cutOff bool, before, attempt int) examStop {
	switch {
	case cutOff && before+1 < examSteps:
		return goOn
	case !cutOff && attempt < examTries:
		return tryAgain
	}
	return giveUp
}

// examFailed tells whoever began an exam that it did not end.
func (d *Desk) examFailed(ctx context.Context, a ExamArgs, job int64, cause error) error {
	r := &chat.Request{Delivery: store.Delivery{TeamID: a.Team, PersonID: a.Person, Kind: ExamArgs{}.Kind()}}
	id := d.Incident(r, cause)
	text := fmt.Sprintf("*The test of version %d of %s did not end.* Nothing was changed. Try `%s prompts test %s` once more; if it fails again, tell whoever runs me this number: %s.",
		a.Draft, d.Title(a.File), d.Slash("coach"), workshop.Name(a.File), id)
	return d.tellExam(ctx, r, chat.Say(text), job)
}

func (d *Desk) tellExam(ctx context.Context, r *chat.Request, reply chat.Reply, job int64) error {
	if err := d.Send(ctx, r, reply, fmt.Sprintf("exam:%d", job)); err != nil {
		return err
	}
	return nil
}

// sitExam judges the versions, keeps what came of it, and tells the editor.
func (d *Desk) sitExam(ctx context.Context, a ExamArgs, job int64) error {
	r := &chat.Request{Delivery: store.Delivery{TeamID: a.Team, PersonID: a.Person}}
	if err := d.Meet(ctx, r); err != nil {
		return err
	}
	p, err := d.pairOf(ctx, a.Team, store.PromptLabels{TeamID: a.Team, File: a.File, Live: a.Live, Draft: a.Draft})
	if err != nil {
		return err
	}
	x, ok, err := d.examOf(ctx, a.Team, a.File, p)
	if err != nil {
		return err
	}
	if !ok { // there was one when the test began
		text := fmt.Sprintf("*The test of version %d of %s did not run*: only a model reads this prompt, and none is configured any more.", a.Draft, d.Title(a.File))
		return d.tellExam(ctx, r, chat.Say(text), job)
	}
	key := x.key
	o, err := d.judgeDraft(ctx, a, p, x)
	if err != nil {
		return err
	}
	key.Judged, key.PersonID, key.At = o.Judged, a.Person, d.Now()
	if key.Outcome, err = json.Marshal(o); err != nil {
		return err
	}
	if err := d.Store.KeepPromptExam(ctx, a.Team, key); err != nil {
		return err
	}
	e := weighed{verdict: workshop.Same, judged: true, sat: &key}
	if p.live.Prompt != nil {
		if err := d.examineText(&e, p); err != nil {
			return err
		}
		e.changed = nil // what the model is told was shown when the test began
	}
	e.take(o)
	return d.tellExam(ctx, r, chat.Reply{Message: d.weighedMessage(r, a.File, p, e)}, job)
}
