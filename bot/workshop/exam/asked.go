package exam

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/llm"
	"cairn/bot/observe"
	"cairn/bot/observe/model"
	"cairn/bot/workshop"
	"cairn/prompts"
)

// Version is a prompt with what is recorded beside what it makes.
type Version struct {
	Prompt *prompts.Prompt
	ID     string // see [workshop.VersionID]
}

// SampleNotes is how many notes a model reads at least in an exam, once with
// each version: a minute or two, and at the usual prices some cents.
const SampleNotes = 60

// MostOwn is how many of the team's corrected contacts a model reads beside
// them, the latest.
const MostOwn = 15

// MostOwnBuiltIn is the same for the built-in reading, which costs nothing.
const MostOwnBuiltIn = 100

// atOnce is how many questions are under way at the same time.
const atOnce = 4

// tally counts what became of the questions of one version.
type tally struct {
	mu              sync.Mutex
	asked, unusable int               // asked without those that never reached the model
	unanswered      int               // of those asked
	resting         int               // not asked, for the model was left alone
	causes          map[llm.Fault]int // of those unanswered and not asked
	stop            *llm.Error        // after which nothing more is asked
}

// of takes in one outcome.
func (t *tally) of(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var fault *llm.Error
	known := errors.As(err, &fault)
	switch {
	case known && fault.Fault == llm.Resting:
		t.resting++
	case !known || !fault.Unasked():
		t.asked++
	}
	switch {
	case err == nil:
	case !known:
		t.unusable++ // a text that does not render
	case fault.Lasting():
		t.stop = fault
	case fault.Passing():
		if fault.Fault != llm.Resting {
			t.unanswered++
		}
		if t.causes == nil {
			t.causes = map[llm.Fault]int{}
		}
		t.causes[fault.Fault]++
	default: // wrong twice, refused, empty, cut off: that is the prompt's doing
		t.unusable++
	}
}

func (t *tally) stopped() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.stop != nil
}

// ended says why an exam judges nothing; empty: it does. Of the first version the other
// is not asked for any more.
func (t *tally) ended(of int, first bool) string {
	switch {
	case t.stop != nil && t.stop.Fault == llm.Capped:
		return fmt.Sprintf("The day's limit for the model is reached after %d of %d questions. Tomorrow the answers that came are not asked for again.", t.asked, of)
	case t.stop != nil && t.stop.Unasked():
		return fmt.Sprintf("Nothing more was asked after %d of %d questions: %s. What was answered is not asked for again.", t.asked, of, t.stop.Words())
	case t.stop != nil:
		return fmt.Sprintf("Nothing more was asked: %s. `cairn doctor` says what to do.", t.stop.Words())
	case (t.unanswered+t.resting)*20 > of:
		other := ""
		if first {
			other = " With the draft nothing was asked."
		}
		return fmt.Sprintf("%s: %s.%s Test again when it answers.", t.silence(of), t.because(), other)
	}
	return ""
}

// silence says how many questions were not answered, and how many were not asked at all.
func (t *tally) silence(of int) string {
	if t.asked >= of {
		return fmt.Sprintf("The model did not answer %d of %d questions", t.unanswered, of)
	}
	return fmt.Sprintf("Of %d questions %d %s asked, and the model did not answer %d of these", of, t.asked, english.Verb(t.asked, "was", "were"), t.unanswered)
}

// because says why questions were not answered, the commonest cause first.
func (t *tally) because() string {
	faults := slices.Sorted(maps.Keys(t.causes))
	slices.SortStableFunc(faults, func(a, b llm.Fault) int { return t.causes[b] - t.causes[a] })
	var all []string
	for _, f := range faults {
		why := (&llm.Error{Fault: f}).Words()
		if len(faults) > 1 {
			why = fmt.Sprintf("%s (%d of them)", why, t.causes[f])
		}
		all = append(all, why)
	}
	return strings.Join(all, "; ")
}

// notJudged begins what an exam says that judged nothing; why follows.
const notJudged = "*Not judged.* "

// unjudged is the outcome of an exam that could judge nothing, which is why.
func unjudged(why string) Outcome {
	return Outcome{Verdict: workshop.Same, Lines: []string{notJudged + why}}
}

// WhyNot says why an exam judged nothing; empty where it did.
func (o Outcome) WhyNot() string {
	if o.Judged {
		return ""
	}
	return strings.TrimPrefix(strings.Join(o.Lines, " "), notJudged)
}

// Reading judges a prompt that a model reads notes with. Each note is read in
// the context that the labels before it give, and judged by what the model
// says, before the built-in reading has its word. Team is whose ledger pays.
func Reading(ctx context.Context, asker model.Asker, teller model.Teller, team string, live, draft Version, set []observe.History, models journey.Models) (Outcome, error) {
	var count [2]tally
	var told [2][][]observe.Finding
	for i, v := range []Version{live, draft} {
		// each with a reader of its own: what one says is not held against the other
		reader, err := model.New(asker, teller)
		if err != nil {
			return Outcome{}, err
		}
		told[i] = readAll(ctx, reader, team, v, set, &count[i])
		if err := ctx.Err(); err != nil {
			return Outcome{}, err
		}
		if why := count[i].ended(len(told[i]), i == 0); why != "" {
			return unjudged(why), nil
		}
	}
	was, err := sit("live", models, set, replay(told[0]))
	if err != nil {
		return Outcome{}, err
	}
	is, err := sit("draft", models, set, replay(told[1]))
	if err != nil {
		return Outcome{}, err
	}
	o, changed := compare(set, was, is)
	o.keep(changed)
	o.Lines = append([]string{sourceLine(set, "chosen so that every signal is shown, by "+asker.Model())}, o.Lines...)
	o.Lines = append(o.Lines, fmt.Sprintf("Answers that could not be used: %d live, %d in the draft, of %d each.", count[0].unusable, count[1].unusable, len(told[0])),
		"Judged is what the model says. In use the built-in reading stands above it where it is sure.")
	return o, nil
}

// replay is a reading that was done before, note by note.
func replay(told [][]observe.Finding) func(observe.Note, observe.Context) []observe.Finding {
	at := -1
	return func(observe.Note, observe.Context) []observe.Finding { at++; return told[at] }
}

// readAll asks about every note of a set, some at once.
func readAll(ctx context.Context, reader *model.Reader, team string, v Version, set []observe.History, count *tally) [][]observe.Finding {
	var cases []model.Case
	for i := range set {
		var c observe.Context
		earlier := []model.Earlier{}
		for j, gold := range set[i].Gold.Signals {
			n := set[i].Note(j)
			cases = append(cases, model.Case{Team: team, Prompt: v.Prompt, Version: v.ID, Note: n, Context: c, Earlier: earlier, Title: set[i].Contact.Title, Trade: set[i].Industry})
			c = c.After(gold, n.Channel, n.Direction)
			earlier = append(earlier[:len(earlier):len(earlier)], model.Earlier{At: n.At.Format("2006-01-02"), Channel: n.Channel, Direction: n.Direction, Signals: gold})
		}
	}
	told := make([][]observe.Finding, len(cases))
	each(ctx, len(cases), count, func(i int) error {
		got, err := reader.Read(ctx, cases[i])
		told[i] = got.Told
		return err
	})
	return told
}

// each does n things, some at once, until all are done or one says that
// nothing more is to be asked.
func each(ctx context.Context, n int, count *tally, do func(i int) error) {
	var all sync.WaitGroup
	turn := make(chan struct{}, atOnce)
	for i := range n {
		turn <- struct{}{}
		if ctx.Err() != nil || count.stopped() {
			break
		}
		all.Go(func() {
			defer func() { <-turn }()
			count.of(do(i))
		})
	}
	all.Wait()
}
