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

	"cairn/bot/blockkit"
	"cairn/bot/chat"
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

// paper is an exam of a draft: how it is kept, and the texts that are compared
// where those are more than the pair itself. They are read once, so that what is
// judged is what it is kept as.
type paper struct {
	key     store.PromptExam
	was, is workshop.Files // of cues: all cue files, with the live and with the draft text
}

// examOf names the exam of a draft: what is compared, who reads, and on which
// cases. ok is false where it takes a model and there is none.
func (b *Bot) examOf(ctx context.Context, team, file string, p pair) (x paper, ok bool, err error) {
	x.key = store.PromptExam{File: file, Engine: string(observe.BuiltIn)}
	kind, _ := workshop.KindOf(file)
	if kind == workshop.Prompt {
		x.key.Live, x.key.Draft = p.live.Prompt.Hash(), p.draft.Prompt.Hash()
		if b.cfg.Second == nil {
			return x, false, nil
		}
		x.key.Engine = b.cfg.Second.Asker.Model()
		x.key.Cases, err = b.casesOf(ctx, team, p)
		return x, true, err
	}
	live, draft, err := b.textsOf(ctx, team, p)
	if err != nil {
		return x, false, err
	}
	all := workshop.Files{}
	if kind == workshop.Cues {
		all = b.live.CueTexts(team)
	}
	x.was, x.is = all.With(file, live), all.With(file, draft)
	x.key.Live, x.key.Draft = sumOf(x.was), sumOf(x.is)
	x.key.Cases, err = b.casesOf(ctx, team, p)
	return x, true, err
}

// textsOf are the texts of a pair; of a library, as it is and as it would be.
func (b *Bot) textsOf(ctx context.Context, team string, p pair) (live, draft string, err error) {
	if p.shelf != nil {
		if live, err = workshop.CSV(p.live.Shelf.Items); err == nil {
			draft, err = workshop.CSV(p.draft.Shelf.Items)
		}
		return live, draft, err
	}
	if live, err = b.versionText(ctx, team, p.labels.File, p.labels.Live); err == nil {
		draft, err = b.versionText(ctx, team, p.labels.File, p.labels.Draft)
	}
	return live, draft, err
}

// casesOf names the cases of an exam as they are now. A binary with other
// labelled notes, or a reading that the team has put right since, makes what was
// judged before no judgement any more: publishing asks for the test again.
func (b *Bot) casesOf(ctx context.Context, team string, p pair) (string, error) {
	switch {
	case p.live.Guide != nil || p.shelf != nil: // what the team's contacts did since does not ask for the test again
		return exam.Sum(suggest.LabelledFiles())
	case p.live.Prompt != nil && exam.Phrases(p.live.Prompt.Name):
		def, _ := b.live.Kinds().Default(p.live.Prompt.Name) // whose cases they are
		return def.Hash(), nil
	}
	shipped, err := exam.Sum(observe.Histories())
	if err != nil {
		return "", err
	}
	own, err := b.store.CasesSum(ctx, team, mostOwn(p))
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(shipped + own))
	return hex.EncodeToString(sum[:]), nil
}

// mostOwn is how many of the team's corrected contacts an exam reads.
func mostOwn(p pair) int {
	if p.live.Prompt != nil {
		return exam.MostOwn
	}
	return exam.MostOwnBuiltIn
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
	examQueue = "exam"
	// a step ends by itself before River cuts it off
	examTime  = jobRescue
	examStep  = examTime - 30*time.Second
	examSteps = 6
	// errors after which it is given up; River may begin it more often, since a
	// process that dies takes an attempt with it
	examTries    = 3
	examAttempts = 10
)

func (examArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: examQueue, MaxAttempts: examAttempts, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled}}}
}

// beginExam puts the exam into the queue, and says so.
func (b *Bot) beginExam(ctx context.Context, r *chat.Request, file string, p pair, e weighed) (chat.Reply, error) {
	fresh, err := b.store.Begin(ctx, b.job(examArgs{Team: r.TeamID, File: file, Live: p.labels.Live, Draft: p.labels.Draft, Person: r.PersonID}))
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
		who = fmt.Sprintf("%s answers with live and with the draft, a minute or two", blockkit.Escape(b.cfg.Second.Asker.Model()))
	}
	head := fmt.Sprintf("*The test of version %d of %s runs*: %s. The result comes to you as a direct message; publishing knows it then.", p.labels.Draft, b.title(file), who)
	if !fresh {
		head = fmt.Sprintf("*The test of version %d of %s runs already.* Whoever began it is told. Type the same once more in a minute, and you see the result.", p.labels.Draft, b.title(file))
	}
	blocks := []slack.Block{blockkit.Section(head)}
	if len(e.lines) > 0 && e.sat == nil {
		blocks = append(blocks, blockkit.Section(strings.Join(e.lines, "\n")))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: blocks}}, nil
}

type examWorker struct {
	river.WorkerDefaults[examArgs]
	bot *Bot
}

// Timeout is how long one step may take. River takes up what a dead process was
// at no sooner than this.
func (w *examWorker) Timeout(*river.Job[examArgs]) time.Duration { return examTime }

// NextRetry: the editor waits.
func (w *examWorker) NextRetry(job *river.Job[examArgs]) time.Time {
	return time.Now().Add(time.Duration(job.Attempt) * 20 * time.Second)
}

// Work sits the exam, step by step: each asks a model only what was not
// answered yet. Whoever began it is told however it ends.
func (w *examWorker) Work(ctx context.Context, job *river.Job[examArgs]) error {
	if err := w.bot.leave(job.JobRow, job.Args.Team); err != nil {
		return err
	}
	step, cancel := context.WithTimeout(ctx, examStep)
	defer cancel()
	err := w.bot.sitExam(step, job.Args, job.ID)
	if err == nil {
		return nil
	}
	w.bot.cfg.Log.Warn("an exam was not ended", "team", job.Args.Team, "file", job.Args.File, "draft", job.Args.Draft, "attempt", job.Attempt, "cut_off", step.Err() != nil, "error", err)
	switch examNext(step.Err() != nil, stepsBefore(job.Metadata), job.Attempt) {
	case goOn:
		return river.JobSnooze(0)
	case tryAgain:
		return err
	}
	// told even where the time is up, or the process ends
	last, done := context.WithTimeout(context.WithoutCancel(ctx), store.CommandTimeout)
	defer done()
	return w.bot.examFailed(last, job.Args, job.ID, err)
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
func (b *Bot) examFailed(ctx context.Context, a examArgs, job int64, cause error) error {
	r := &chat.Request{Delivery: store.Delivery{TeamID: a.Team, PersonID: a.Person, Kind: examArgs{}.Kind()}}
	id := b.incident(r, cause)
	text := fmt.Sprintf("*The test of version %d of %s did not end.* Nothing was changed. Try `%s prompts test %s` once more; if it fails again, tell whoever runs me this number: %s.",
		a.Draft, b.title(a.File), b.slash("coach"), workshop.Name(a.File), id)
	return b.tellExam(ctx, r, chat.Say(text), job)
}

func (b *Bot) tellExam(ctx context.Context, r *chat.Request, reply chat.Reply, job int64) error {
	if err := b.enqueue(ctx, r, reply, fmt.Sprintf("exam:%d", job)); err != nil {
		return err
	}
	b.poster.Kick()
	return nil
}

// sitExam judges the versions, keeps what came of it, and tells the editor.
func (b *Bot) sitExam(ctx context.Context, a examArgs, job int64) error {
	r := &chat.Request{Delivery: store.Delivery{TeamID: a.Team, PersonID: a.Person}}
	if err := b.meet(ctx, r); err != nil {
		return err
	}
	p, err := b.pairOf(ctx, a.Team, store.PromptLabels{TeamID: a.Team, File: a.File, Live: a.Live, Draft: a.Draft})
	if err != nil {
		return err
	}
	x, ok, err := b.examOf(ctx, a.Team, a.File, p)
	if err != nil {
		return err
	}
	if !ok { // there was one when the test began
		text := fmt.Sprintf("*The test of version %d of %s did not run*: only a model reads this prompt, and none is configured any more.", a.Draft, b.title(a.File))
		return b.tellExam(ctx, r, chat.Say(text), job)
	}
	key := x.key
	o, err := b.judgeDraft(ctx, a, p, x)
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
	return b.tellExam(ctx, r, chat.Reply{Message: b.weighedMessage(r, a.File, p, e)}, job)
}

// judgeDraft sits the exam that fits the file.
func (b *Bot) judgeDraft(ctx context.Context, a examArgs, p pair, x paper) (exam.Outcome, error) {
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		return exam.Outcome{}, err
	}
	if p.shelf != nil {
		return b.judgeShelf(ctx, a.Team, p, models)
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
		return exam.Phrasing(ctx, b.cfg.Second.Asker, a.Team, versionOf(p.live, a.Live), versionOf(p.draft, a.Draft), workshop.Told(def, p.draft.Prompt), youWe)
	}
	read, err := exam.Held(observe.Histories())
	if err != nil {
		return exam.Outcome{}, err
	}
	own, err := b.corrected(ctx, a.Team, mostOwn(p), models)
	if err != nil {
		return exam.Outcome{}, err
	}
	if p.live.Prompt != nil {
		set := append(exam.Sample(read, exam.SampleNotes), own...)
		teller, _ := b.coach.Reader.(model.Teller) // without one, all of a note is read
		return exam.Reading(ctx, b.cfg.Second.Asker, teller, a.Team, versionOf(p.live, a.Live), versionOf(p.draft, a.Draft), set, models)
	}
	was, err := workshop.LoadCues(x.was)
	if err != nil {
		return exam.Outcome{}, err
	}
	is, err := workshop.LoadCues(x.is)
	if err != nil {
		return exam.Outcome{}, err
	}
	return exam.Cues(was, is, append(read, own...), models)
}

func versionOf(p workshop.Piece, number int) exam.Version {
	return exam.Version{Prompt: p.Prompt, ID: workshop.VersionID(p.Prompt, number)}
}

// corrected are the most contacts of the team whose readings somebody put right
// last, names masked: they are cases of every exam.
func (b *Bot) corrected(ctx context.Context, team string, most int, models journey.Models) ([]observe.History, error) {
	var lines strings.Builder
	err := b.store.Cases(ctx, team, most, func(c store.Case) error {
		line, err := exam.Corrected(c, models)
		lines.Write(append(line, '\n'))
		return err
	})
	if err != nil {
		return nil, err
	}
	return exam.Own(strings.NewReader(lines.String()))
}
