package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/post"
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
	// of an exam: cases that come out otherwise, and how many more
	otherwise []exam.Change
	more      int
	sat       *store.PromptExam // the exam that was kept; nil: none
	waits     bool              // an exam would judge it, and was not sat yet
}

// needsTwo reports whether a second person has to agree before it is live.
func (e weighed) needsTwo() bool { return e.verdict == workshop.Worse || !e.judged }

// take adds what an exam said; the worse of two verdicts holds.
func (e *weighed) take(o exam.Outcome) {
	e.judged = o.Judged
	if o.Verdict == workshop.Worse || e.verdict != workshop.Worse {
		e.verdict = o.Verdict
	}
	for _, l := range o.Lines {
		e.lines = append(e.lines, blockkit.Escape(l))
	}
	e.otherwise, e.more = o.Changed, o.More
}

// examine weighs the draft. Wordings are tried on cases, and journeys on the
// labelled contacts and the team's own, at once; what a model or the built-in
// reading makes of a draft, and what would be suggested with it, is known once the
// exam was sat: see promptTest.
func (b *Bot) examine(ctx context.Context, r *chat.Request, file string, p pair) (weighed, error) {
	kind, _ := workshop.KindOf(file)
	e := weighed{verdict: workshop.Same, judged: true}
	switch kind {
	case workshop.Journey:
		return b.examineJourney(ctx, r, p)
	case workshop.Prompt:
		if err := b.examineText(&e, p); err != nil || !p.live.Prompt.NeedsModel() {
			return e, err
		}
	}
	x, ok, err := b.examOf(ctx, r.TeamID, file, p)
	if err != nil {
		return e, err
	}
	if !ok {
		e.judged = false
		e.lines = append(e.lines, "*Only a model reads this prompt, and none is configured here*, so nothing can say what it makes of the draft: a second person has to agree before it is live. Whoever runs me sets `OPENAI_API_KEY` or `OPENAI_BASE_URL`; then `test` judges it.")
		return e, nil
	}
	kept, err := b.store.PromptExam(ctx, r.TeamID, x.key)
	if errors.Is(err, store.ErrNotFound) {
		e.judged, e.waits = false, true
		return e, nil
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

// examinePair reads the versions that labels name and weighs the draft; held says
// why it can be neither weighed nor taken as it is.
func (b *Bot) examinePair(ctx context.Context, r *chat.Request, labels store.PromptLabels) (p pair, e weighed, held *chat.Reply, err error) {
	if p, err = b.pairOf(ctx, r.TeamID, labels); err != nil {
		return p, e, nil, err
	}
	if reply, is := b.heldUp(p); is {
		return p, e, &reply, nil
	}
	e, err = b.examine(ctx, r, labels.File, p)
	return p, e, nil, err
}

// examineText tries a prompt on its cases.
func (b *Bot) examineText(e *weighed, p pair) error {
	def, ok := b.live.Kinds().Default(p.live.Prompt.Name)
	if !ok {
		return store.ErrNotFound
	}
	def = workshop.Told(def, p.draft.Prompt) // both on the examples that the editor sees
	cases := workshop.Cases(def)
	c := workshop.Compare(p.live.Prompt, p.draft.Prompt, workshop.Examine(p.live.Prompt, def, cases), workshop.Examine(p.draft.Prompt, def, cases))
	if e.verdict, e.counted = c.Verdict, !def.NeedsModel(); e.counted {
		e.changed = c.Changed
	} else if len(c.Changed) > 0 {
		e.changed = c.Changed[:1] // what a model is told differs everywhere alike
	}
	e.lines = append(e.lines, fmt.Sprintf("%d cases: %d read otherwise. With a fault: %d live, %d in the draft.", c.Draft.Cases, len(c.Changed), c.Live.Faults, c.Draft.Faults))
	if def.NeedsModel() {
		e.lines = append(e.lines, fmt.Sprintf("Told to the model on average: %d characters live, %d in the draft.", c.Live.Typical, c.Draft.Typical),
			"What people typed stays data in every case, the hostile note among them, or it is counted as a fault above.")
	} else {
		e.lines = append(e.lines, fmt.Sprintf("Characters: %d live, %d in the draft on average; at most %d and %d, and its place has %d.", c.Live.Typical, c.Draft.Typical, c.Live.Longest, c.Draft.Longest, def.Longest),
			fmt.Sprintf("“You” and “your”: %d live, %d in the draft. “We”, “I” and “our”: %d live, %d in the draft.", c.Live.You, c.Draft.You, c.Live.We, c.Draft.We),
			"Links, mentions, lone marks and characters that nobody sees: none, or they are counted as faults.")
	}
	for _, why := range c.Why {
		e.lines = append(e.lines, "• "+blockkit.Escape(why))
	}
	if len(c.Dropped) > 0 {
		e.lines = append(e.lines, "• it no longer tells: "+blockkit.Escape(strings.Join(c.Dropped, "; "))+". See whether that is missed")
	}
	return nil
}

// journeyContacts is on how many contacts a journey is tried; more would not
// answer within a command's time.
const journeyContacts = 60

func (b *Bot) examineJourney(ctx context.Context, r *chat.Request, p pair) (weighed, error) {
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
	contacts, err := b.store.PreviewContacts(ctx, r.TeamID, r.PersonID, journeyContacts)
	if err != nil {
		return e, err
	}
	moves := map[string]int{}
	var kinds []string // of moves, in the order in which they were met
	elsewhere := 0
	for _, c := range contacts {
		was, is, err := b.placesUnder(ctx, r.TeamID, c.ID, p)
		if err != nil {
			return e, err
		}
		if was != is {
			elsewhere++
			kind := fmt.Sprintf("%s → %s", stageTitle(p.live.Journey, was), stageTitle(p.draft.Journey, is))
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

var verdictWords = map[workshop.Verdict]string{workshop.Better: "better than what is live", workshop.Same: "as good as what is live", workshop.Worse: "worse than what is live"}

// maxChanged is how many changed cases a message shows.
const maxChanged = 4

// promptTest weighs the draft, and shows the cases that changed. What takes an
// exam is begun as a job, and told as a direct message; "again" begins one that
// was sat already.
func (b *Bot) promptTest(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	labels, err := b.store.PromptLabels(ctx, r.TeamID, file)
	if err != nil {
		return chat.Reply{}, err
	}
	if labels.Draft == 0 { // whoever ends a split wants to know of the second version
		labels.Draft = labels.Other
	}
	if labels.Draft == 0 {
		return b.noDraft(file), nil
	}
	p, e, held, err := b.examinePair(ctx, r, labels)
	if err != nil || held != nil {
		return chat.OrNone(held), err
	}
	if e.waits || e.sat != nil && strings.TrimSpace(r.Text) == "again" {
		return b.beginExam(ctx, r, file, p, e)
	}
	return chat.Reply{Message: b.weighedMessage(r, file, p, e)}, nil
}

// weighedMessage tells how a draft does, with the cases that changed.
func (b *Bot) weighedMessage(r *chat.Request, file string, p pair, e weighed) *post.Message {
	name := workshop.Name(file)
	head := fmt.Sprintf("*Version %d of %s: by its checks %s.*", p.labels.Draft, b.title(file), verdictWords[e.verdict])
	if e.counted {
		head = fmt.Sprintf("*Version %d of %s: %s, by what was counted.*", p.labels.Draft, b.title(file), verdictWords[e.verdict])
	}
	if !e.judged {
		head = fmt.Sprintf("*Version %d of %s: checked, not judged.*", p.labels.Draft, b.title(file))
	}
	blocks := []slack.Block{blockkit.Section(head + "\n" + strings.Join(e.lines, "\n"))}
	shown := 0
	for _, c := range e.changed[:min(maxChanged, len(e.changed))] {
		blocks = append(blocks, blockkit.Context("*"+blockkit.Escape(english.Upper(c.Draft.Case))+"*"), sides(c.Live, c.Draft, true, p.live.Prompt))
		shown++
	}
	if more := len(e.changed) - shown; more > 0 {
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("and %s that read otherwise.", english.Plural(more, "more case"))))
	}
	if len(e.otherwise) > 0 {
		blocks = append(blocks, blockkit.Section(otherwiseWords(e)))
	}
	if e.sat != nil {
		at := e.sat.At.In(b.here(r).Location())
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("Tested %s %s. `%s prompts test %s again` tests once more.", english.Day(at, b.here(r)), at.Format("15:04"), b.slash("coach"), blockkit.Escape(name))))
	}
	return &post.Message{Text: blockkit.Fallback(head), Blocks: append(blocks, promptButtons(name, "edit", "preview", "publish"))}
}

// otherwiseWords lists cases of an exam that come out otherwise.
func otherwiseWords(e weighed) string {
	lines := []string{"*What comes out otherwise*, the worse first"}
	for _, c := range e.otherwise[:min(2*maxChanged, len(e.otherwise))] {
		sign := "•"
		if c.Better {
			sign = "✓"
		}
		line := fmt.Sprintf("%s %s\n      live: %s · draft: *%s*", sign, blockkit.Escape(blockkit.Truncate(blockkit.OneLine(c.Case), 160)), blockkit.Escape(blockkit.Truncate(blockkit.OneLine(c.Live), 120)), blockkit.Escape(blockkit.Truncate(blockkit.OneLine(c.Draft), 120)))
		if c.Right != "" {
			line += " · right: " + blockkit.Escape(blockkit.Truncate(c.Right, 120))
		}
		lines = append(lines, line)
	}
	if more := len(e.otherwise) - min(2*maxChanged, len(e.otherwise)) + e.more; more > 0 {
		lines = append(lines, fmt.Sprintf("and %s.", english.Plural(more, "more case")))
	}
	return strings.Join(lines, "\n")
}
