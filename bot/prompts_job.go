package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"github.com/slack-go/slack"

	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/observe/model"
	"cairn/bot/post"
	"cairn/bot/suggest"
	"cairn/bot/workshop"
	"cairn/bot/workshop/exam"
	"cairn/prompts"
	"cairn/store"
)

// examOf names the exam of a draft: what is compared, and who reads. ok is
// false where it takes a model and there is none.
func (b *Bot) examOf(ctx context.Context, team, file string, p pair) (key store.PromptExam, ok bool, err error) {
	key = store.PromptExam{File: file}
	switch kind, _ := workshop.KindOf(file); kind {
	case workshop.Guide:
		live, err := b.versionText(ctx, team, file, p.labels.Live)
		if err != nil {
			return key, false, err
		}
		draft, err := b.versionText(ctx, team, file, p.labels.Draft)
		key.Live, key.Draft, key.Engine = sumOf(workshop.Files{file: live}), sumOf(workshop.Files{file: draft}), string(observe.BuiltIn)
		return key, true, err
	case workshop.Cues:
		live, draft, err := b.cuePair(ctx, team, file, p.labels.Live, p.labels.Draft)
		key.Live, key.Draft, key.Engine = sumOf(live), sumOf(draft), string(observe.BuiltIn)
		return key, true, err
	}
	key.Live, key.Draft = p.live.Prompt.Hash(), p.draft.Prompt.Hash()
	if b.cfg.Second == nil {
		return key, false, nil
	}
	key.Engine = b.cfg.Second.Asker.Model()
	return key, true, nil
}

// cuePair is all cue files, once with the live and once with the draft text of
// one of them.
func (b *Bot) cuePair(ctx context.Context, team, file string, live, draft int) (was, is workshop.Files, err error) {
	all := b.live.CueTexts(team)
	text, err := b.versionText(ctx, team, file, live)
	if err != nil {
		return nil, nil, err
	}
	was = all.With(file, text)
	if text, err = b.versionText(ctx, team, file, draft); err != nil {
		return nil, nil, err
	}
	return was, all.With(file, text), nil
}

func sumOf(files workshop.Files) string {
	sum := sha256.New()
	for _, name := range files.Names() {
		fmt.Fprintf(sum, "%s %d\n%s", name, len(files[name]), files[name])
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// examArgs say which versions sit the exam, and who wants to know.
type examArgs struct {
	Team   string `json:"team" river:"unique"`
	File   string `json:"file" river:"unique"`
	Live   int    `json:"live" river:"unique"`
	Draft  int    `json:"draft" river:"unique"`
	Person string `json:"person"`
}

func (examArgs) Kind() string { return "prompt_exam" }

const (
	examQueue    = "exam"
	examTime     = 15 * time.Minute
	examAttempts = 3
)

func (examArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: examQueue, MaxAttempts: examAttempts, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled}}}
}

// beginExam puts the exam into the queue, and says so.
func (b *Bot) beginExam(ctx context.Context, r *Request, file string, p pair, e weighed) (Reply, error) {
	fresh, err := b.store.Begin(ctx, river.InsertManyParams{Args: examArgs{Team: r.TeamID, File: file, Live: p.labels.Live, Draft: p.labels.Draft, Person: r.PersonID}})
	if err != nil {
		return Reply{}, err
	}
	who := "live and draft each read the labelled notes, about a minute, longer on a busy machine"
	switch kind, _ := workshop.KindOf(file); kind {
	case workshop.Guide:
		who = "live and draft each suggest for the labelled states, some seconds"
	case workshop.Prompt:
		who = fmt.Sprintf("%s answers with live and with the draft, a minute or two", esc(b.cfg.Second.Asker.Model()))
	}
	head := fmt.Sprintf("*The test of version %d of %s runs*: %s. The result comes to you as a direct message; publishing knows it then.", p.labels.Draft, b.title(file), who)
	if !fresh {
		head = fmt.Sprintf("*The test of version %d of %s runs already.* Whoever began it is told. Type the same once more in a minute, and you see the result.", p.labels.Draft, b.title(file))
	}
	blocks := []slack.Block{section(head)}
	if len(e.lines) > 0 && e.sat == nil {
		blocks = append(blocks, section(strings.Join(e.lines, "\n")))
	}
	return Reply{Message: &post.Message{Text: plain(head), Blocks: blocks}}, nil
}

type examWorker struct {
	river.WorkerDefaults[examArgs]
	bot *Bot
}

// Timeout is longer than other jobs': a model answers some hundred questions.
func (w *examWorker) Timeout(*river.Job[examArgs]) time.Duration { return examTime }

// NextRetry: the editor waits.
func (w *examWorker) NextRetry(job *river.Job[examArgs]) time.Time {
	return time.Now().Add(time.Duration(job.Attempt) * 20 * time.Second)
}

// Work sits the exam. Run again after it was cut off, a model is asked only
// what it has not answered yet.
func (w *examWorker) Work(ctx context.Context, job *river.Job[examArgs]) error {
	b, a := w.bot, job.Args
	err := b.sitExam(ctx, a, job.ID)
	if err == nil || ctx.Err() != nil {
		return err
	}
	b.cfg.Log.Warn("an exam was not ended", "team", a.Team, "file", a.File, "draft", a.Draft, "attempt", job.Attempt, "error", err)
	if job.Attempt < job.MaxAttempts {
		return err
	}
	r := &Request{Delivery: store.Delivery{TeamID: a.Team, PersonID: a.Person, Kind: examArgs{}.Kind()}}
	id := b.incident(r, err)
	text := fmt.Sprintf("*The test of version %d of %s did not end.* Nothing was changed. Try `%s prompts test %s` once more; if it fails again, tell whoever runs me this number: %s.",
		a.Draft, b.title(a.File), b.slash("coach"), workshop.Name(a.File), id)
	return b.enqueue(ctx, r, say(text), fmt.Sprintf("exam:%d", job.ID))
}

// sitExam judges the versions, keeps what came of it, and tells the editor.
func (b *Bot) sitExam(ctx context.Context, a examArgs, job int64) error {
	r := &Request{Delivery: store.Delivery{TeamID: a.Team, PersonID: a.Person}}
	if err := b.meet(ctx, r); err != nil {
		return err
	}
	p := pair{labels: store.PromptLabels{TeamID: a.Team, File: a.File, Live: a.Live, Draft: a.Draft}}
	var err error
	if p.live, err = b.piece(ctx, a.Team, a.File, a.Live); err != nil {
		return err
	}
	if p.draft, err = b.piece(ctx, a.Team, a.File, a.Draft); err != nil {
		return err
	}
	key, ok, err := b.examOf(ctx, a.Team, a.File, p)
	if err != nil || !ok {
		return err
	}
	o, err := b.judgeDraft(ctx, a, p)
	if err != nil {
		return err
	}
	key.Judged, key.PersonID, key.At = o.Judged, a.Person, b.cfg.Now()
	if key.Outcome, err = json.Marshal(o); err != nil {
		return err
	}
	if err := b.store.KeepPromptExam(ctx, a.Team, key); err != nil {
		return err
	}
	e := weighed{verdict: workshop.Same, judged: true, sat: &key}
	if p.live.Prompt != nil {
		if err := b.examineText(&e, p); err != nil {
			return err
		}
		e.changed = nil // what the model is told was shown when the test began
	}
	e.take(o)
	if err := b.enqueue(ctx, r, Reply{Message: b.weighedMessage(r, a.File, p, e)}, fmt.Sprintf("exam:%d", job)); err != nil {
		return err
	}
	b.poster.Kick()
	return nil
}

// judgeDraft sits the exam that fits the file.
func (b *Bot) judgeDraft(ctx context.Context, a examArgs, p pair) (exam.Outcome, error) {
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		return exam.Outcome{}, err
	}
	if p.live.Guide != nil {
		sets, err := suggest.LabelledSets()
		if err != nil {
			return exam.Outcome{}, err
		}
		m, _ := models.Get(journey.Default) // it travels with the binary
		return exam.Guide(p.live.Guide, p.draft.Guide, sets, m)
	}
	if p.live.Prompt != nil && exam.Phrases(p.live.Prompt.Name) {
		def, _ := b.live.Kinds().Default(p.live.Prompt.Name)
		return exam.Phrasing(ctx, b.cfg.Second.Asker, a.Team, versionOf(p.live, a.Live), versionOf(p.draft, a.Draft), workshop.Told(def, p.draft.Prompt))
	}
	rest, read, err := exam.Labelled(observe.Histories())
	if err != nil {
		return exam.Outcome{}, err
	}
	own, err := b.corrected(ctx, a.Team, models)
	if err != nil {
		return exam.Outcome{}, err
	}
	if p.live.Prompt != nil {
		set := append(exam.Sample(read, exam.SampleNotes), own[max(0, len(own)-exam.MostOwn):]...)
		teller, _ := b.coach.Reader.(model.Teller) // without one, all of a note is read
		return exam.Reading(ctx, b.cfg.Second.Asker, teller, a.Team, versionOf(p.live, a.Live), versionOf(p.draft, a.Draft), set, models)
	}
	was, is, err := b.cuePair(ctx, a.Team, a.File, a.Live, a.Draft)
	if err != nil {
		return exam.Outcome{}, err
	}
	var cues [3]*observe.Cues
	if cues[0], err = observe.LoadCues(prompts.Cues()); err != nil {
		return exam.Outcome{}, err
	}
	for i, files := range []workshop.Files{was, is} {
		if cues[i+1], err = workshop.LoadCues(files); err != nil {
			return exam.Outcome{}, err
		}
	}
	return exam.Cues(ctx, cues[0], cues[1], cues[2], rest, append(read, own...), models)
}

func versionOf(p workshop.Piece, number int) exam.Version {
	return exam.Version{Prompt: p.Prompt, ID: workshop.VersionID(p.Prompt, number)}
}

// corrected are the team's contacts whose reading somebody put right, names
// masked: they are cases of every exam.
func (b *Bot) corrected(ctx context.Context, team string, models journey.Models) ([]observe.History, error) {
	var lines strings.Builder
	err := b.store.Cases(ctx, team, func(c store.Case) error {
		line, err := exam.Corrected(c, models)
		lines.Write(append(line, '\n'))
		return err
	})
	if err != nil {
		return nil, err
	}
	return exam.Own(strings.NewReader(lines.String()))
}
