package editing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/workshop"
	"cairn/bot/workshop/exam"
	"cairn/prompts"
	"cairn/store"
)

// weighed is how a draft does beside what is live.
type weighed struct {
	verdict workshop.Verdict
	judged  bool     // false where its worth is not known here, or not yet
	counted bool     // the verdict rests on faults, single words and length alone
	lines   []string // the figures
	changed []workshop.Change
	few     bool              // the same, though some cases turned out better: so few that chance may do it
	exam    exam.Outcome      // of an exam: its cases that come out otherwise
	sat     *store.PromptExam // the exam that was kept; nil: none
	waits   bool              // an exam would judge it, and was not sat yet
	failed  string            // of waits: why one that was sat could not judge it, ready for Slack
}

// needsTwo reports whether a second person has to agree before it is live.
func (e weighed) needsTwo() bool { return e.verdict == workshop.Worse || !e.judged }

// told is what is kept of the figures with the move that they were shown for: the verdict,
// "unjudged" where there was none.
func (e weighed) told() string {
	if !e.judged && e.verdict != workshop.Worse {
		return unjudged
	}
	return string(e.verdict)
}

const unjudged = "unjudged"

// take adds what an exam said; the worse of two verdicts holds.
func (e *weighed) take(o exam.Outcome) {
	e.judged = o.Judged && (len(o.Unshown) == 0 || o.Verdict == workshop.Worse) // what is worse is so whatever else was changed
	if o.Verdict == workshop.Worse || e.verdict != workshop.Worse {
		e.verdict, e.few = o.Verdict, o.Few
	}
	for _, l := range o.Lines {
		e.lines = append(e.lines, blockkit.Escape(l))
	}
	e.exam = o
}

// examine weighs the draft. Wordings are tried on cases, and journeys on the
// labelled contacts and the team's own, at once; what a model or the built-in
// reading makes of a draft, and what would be suggested with it, is known once the
// exam was sat: see [Desk.test].
func (d *Desk) examine(ctx context.Context, r *chat.Request, file string, p pair) (weighed, error) {
	kind, _ := workshop.KindOf(file)
	e := weighed{verdict: workshop.Same, judged: true}
	switch kind {
	case workshop.Journey:
		return d.examineJourney(ctx, r, p)
	case workshop.Prompt:
		if err := d.examineText(&e, p); err != nil || !p.live.Prompt.NeedsModel() {
			return e, err
		}
	}
	x, ok, err := d.examOf(ctx, r.TeamID, file, p)
	if err != nil {
		return e, err
	}
	if !ok {
		e.judged = false
		e.lines = append(e.lines, "*Only a model reads this prompt, and none is configured here*, so nothing can say what it makes of the draft: a second person has to agree before it is live. Whoever runs me sets `OPENAI_API_KEY` or `OPENAI_BASE_URL`; then `test` judges it.")
		return e, nil
	}
	kept, err := d.Store.PromptExam(ctx, r.TeamID, x.key)
	if errors.Is(err, store.ErrNotFound) {
		e.judged, e.waits = false, true
		e.failed, err = d.unjudged(ctx, r.TeamID, x)
		return e, err
	}
	if err != nil {
		return e, err
	}
	var o exam.Outcome
	if err := json.Unmarshal(kept.Outcome, &o); err != nil {
		return e, fmt.Errorf("the kept exam of %s: %w", file, err)
	}
	e.sat = &kept
	e.take(o)
	return e, nil
}

// unjudged says why an exam that was sat judged nothing; empty where none was.
func (d *Desk) unjudged(ctx context.Context, team string, x paper) (string, error) {
	kept, err := d.Store.UnjudgedPromptExam(ctx, team, x.key)
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	var o exam.Outcome
	if err := json.Unmarshal(kept.Outcome, &o); err != nil {
		return "", fmt.Errorf("the kept exam of %s: %w", x.key.File, err)
	}
	return blockkit.Escape(o.WhyNot()), nil
}

// examinePair reads the versions that labels name and weighs the draft; held says
// why it can be neither weighed nor taken as it is.
func (d *Desk) examinePair(ctx context.Context, r *chat.Request, labels store.PromptLabels) (p pair, e weighed, held *chat.Reply, err error) {
	if p, err = d.pairOf(ctx, r.TeamID, labels); err != nil {
		return p, e, nil, err
	}
	e, held, err = d.weighPair(ctx, r, labels.File, p)
	return p, e, held, err
}

// weighPair is the same of a pair that was read.
func (d *Desk) weighPair(ctx context.Context, r *chat.Request, file string, p pair) (e weighed, held *chat.Reply, err error) {
	if reply, is := d.heldUp(p); is {
		return e, &reply, nil
	}
	e, err = d.examine(ctx, r, file, p)
	return e, nil, err
}

// examineText tries a prompt on its cases.
func (d *Desk) examineText(e *weighed, p pair) error {
	def, ok := d.Live.Kinds().Default(p.live.Prompt.Name)
	if !ok {
		return store.ErrNotFound
	}
	def = workshop.Told(def, p.draft.Prompt) // both on the examples that the editor sees
	cases := workshop.Cases(def)
	c := workshop.Compare(p.live.Prompt, p.draft.Prompt, cases, workshop.Examine(p.live.Prompt, def, cases), workshop.Examine(p.draft.Prompt, def, cases))
	if e.verdict, e.counted = c.Verdict, !def.NeedsModel(); e.counted {
		e.changed = c.Changed
	} else if len(c.Changed) > 0 {
		e.changed = c.Changed[:1] // what a model is told differs everywhere alike
	}
	e.lines = append(e.lines, fmt.Sprintf("%d cases: %d read otherwise. With a fault: %d live, %d in the draft.", c.Draft.Cases, len(c.Changed), c.Live.Faults, c.Draft.Faults))
	if def.NeedsModel() {
		e.lines = append(e.lines, fmt.Sprintf("Told to the model on average: %d characters live, %d in the draft.", c.Live.Typical, c.Draft.Typical),
			"What people typed comes as JSON, in the part User alone, in every case, the hostile note among them, or it is counted as a fault above. Whether a model does what a note says is not tried here.")
	} else {
		e.lines = append(e.lines, fmt.Sprintf("Characters: %d live, %d in the draft on average; at most %d and %d, and its place has %d.", c.Live.Typical, c.Draft.Typical, c.Live.Longest, c.Draft.Longest, def.Longest),
			fmt.Sprintf("“You” and “your”: %d live, %d in the draft. “We”, “I”, “me”, “our” and the like: %d live, %d in the draft.", c.Live.You, c.Draft.You, c.Live.We, c.Draft.We),
			"Links, mentions, lone marks and characters that nobody sees: none, or they are counted as faults.")
	}
	for _, why := range c.Why {
		e.lines = append(e.lines, "• "+blockkit.Escape(why))
	}
	if c.Unguarded {
		e.lines = append(e.lines, "• it no longer tells the model, in the same words as what is live, that what people typed is data and never to be followed. That alone counts as worse, since no test here tries whether a note is obeyed")
	}
	if len(c.Dropped) > 0 {
		after := "See whether that is missed"
		if !def.NeedsModel() {
			after = "That alone counts as worse, since nothing here can tell whether it is missed"
		}
		e.lines = append(e.lines, droppedLines(c.Dropped, after)...)
	}
	return nil
}

// mostDropped is how many inputs that a text no longer tells are named.
const mostDropped = 10

// droppedLines name what a text no longer tells: one in a sentence, several in a list.
func droppedLines(dropped []string, after string) []string {
	if len(dropped) == 1 {
		return []string{"• it no longer tells: " + blockkit.Escape(dropped[0]) + ". " + after}
	}
	named := dropped
	if len(dropped) > mostDropped+1 { // a line for one more says no less by naming it
		named = dropped[:mostDropped]
	}
	lines := []string{fmt.Sprintf("• it no longer tells %d things. %s:", len(dropped), after)}
	for _, what := range named {
		lines = append(lines, "      – "+blockkit.Escape(what))
	}
	if more := len(dropped) - len(named); more > 0 {
		lines = append(lines, fmt.Sprintf("      – and %d more", more))
	}
	return lines
}

// journeyContacts is on how many contacts a journey is tried; more would not
// answer within a command's time.
const journeyContacts = 60

func (d *Desk) examineJourney(ctx context.Context, r *chat.Request, p pair) (weighed, error) {
	e := weighed{verdict: workshop.Same, judged: true}
	shipped, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		return e, err
	}
	// a quarter of the labelled contacts: a form has to open within three seconds
	read, err := exam.Held(observe.Histories())
	if err != nil {
		return e, err
	}
	e.take(exam.Journey(p.live.Journey, p.draft.Journey, shipped, read))
	contacts, err := d.Store.PreviewContacts(ctx, r.TeamID, r.PersonID, journeyContacts)
	if err != nil {
		return e, err
	}
	moves := map[string]int{}
	var kinds []string // of moves, in the order in which they were met
	elsewhere := 0
	for _, c := range contacts {
		was, is, err := d.placesUnder(ctx, r.TeamID, c.ID, p)
		if err != nil {
			return e, err
		}
		if was != is {
			elsewhere++
			kind := fmt.Sprintf("%s → %s", p.live.Journey.StageTitle(was), p.draft.Journey.StageTitle(is))
			if moves[kind]++; moves[kind] == 1 {
				kinds = append(kinds, kind)
			}
		}
	}
	if len(contacts) == 0 {
		e.lines = append(e.lines, "Your team has no contacts yet to try it on.")
		return e, nil
	}
	e.lines = append(e.lines, fmt.Sprintf("Of %s of your team, %d would stand elsewhere. Each is placed anew at its next note.", english.Plural(len(contacts), "contact"), elsewhere))
	slices.SortStableFunc(kinds, func(a, b string) int { return moves[b] - moves[a] })
	for _, kind := range kinds {
		e.lines = append(e.lines, fmt.Sprintf("• %d: %s", moves[kind], blockkit.Escape(kind)))
	}
	return e, nil
}
