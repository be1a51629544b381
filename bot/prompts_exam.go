package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// exam is how a draft does beside what is live.
type exam struct {
	verdict workshop.Verdict
	judged  bool     // false where its worth shows only with a model or on labelled notes
	lines   []string // the figures
	changed []workshop.Change
}

// needsTwo reports whether a second person has to agree before it is live.
func (e exam) needsTwo() bool { return e.verdict == workshop.Worse || !e.judged }

// examine tries the draft. Wordings are tried on cases, journeys on the team's
// contacts; what a model makes of a prompt, and what cues do to the reading,
// cannot be judged here, and it says so.
func (b *Bot) examine(ctx context.Context, r *Request, file string, p pair) (exam, error) {
	kind, _ := workshop.KindOf(file)
	switch kind {
	case workshop.Journey:
		return b.examineJourney(ctx, r, p)
	case workshop.Cues:
		return exam{verdict: workshop.Same, lines: []string{"It is read without a mistake. What the change does to the reading is not judged here: `cairn eval` judges it on labelled notes."}}, nil
	}
	def, ok := b.live.Kinds().Default(p.live.Prompt.Name)
	if !ok {
		return exam{}, store.ErrNotFound
	}
	cases := workshop.Cases(def)
	c := workshop.Compare(p.live.Prompt, p.draft.Prompt, workshop.Examine(p.live.Prompt, def, cases), workshop.Examine(p.draft.Prompt, def, cases))
	e := exam{verdict: c.Verdict, judged: !def.NeedsModel(), changed: c.Changed}
	e.lines = append(e.lines, fmt.Sprintf("%d cases: %d read otherwise. With a fault: %d live, %d in the draft.", c.Draft.Cases, len(c.Changed), c.Live.Faults, c.Draft.Faults))
	if def.NeedsModel() {
		e.lines = append(e.lines, fmt.Sprintf("Told to the model: %d characters live, %d in the draft.", c.Live.Typical, c.Draft.Typical),
			"What people typed stays data in every case, the hostile note among them, or it is counted as a fault above.",
			"*What a model answers to it is not judged here.* Try it on yourself first; and a second person has to agree before it is live.")
	} else {
		e.lines = append(e.lines, fmt.Sprintf("Characters: %d live, %d in the draft on average; at most %d and %d, and its place has %d.", c.Live.Typical, c.Draft.Typical, c.Live.Longest, c.Draft.Longest, def.Longest),
			fmt.Sprintf("“You” and “your”: %d live, %d in the draft. “We”, “I” and “our”: %d live, %d in the draft.", c.Live.You, c.Draft.You, c.Live.We, c.Draft.We),
			"Links and mentions: none, or they are counted as faults.")
	}
	for _, why := range c.Why {
		e.lines = append(e.lines, "• "+esc(why))
	}
	if len(c.Dropped) > 0 {
		e.lines = append(e.lines, "• it no longer tells "+strings.Join(c.Dropped, ", ")+": see whether they are missed")
	}
	return e, nil
}

// journeyContacts is on how many contacts a journey is tried; more would not
// answer within a command's time.
const journeyContacts = 60

func (b *Bot) examineJourney(ctx context.Context, r *Request, p pair) (exam, error) {
	contacts, err := b.store.PreviewContacts(ctx, r.TeamID, r.PersonID, journeyContacts)
	if err != nil {
		return exam{}, err
	}
	moves := map[string]int{}
	elsewhere := 0
	for _, c := range contacts {
		was, is, err := b.placesUnder(ctx, r.TeamID, c.ID, p)
		if err != nil {
			return exam{}, err
		}
		if was != is {
			elsewhere++
			moves[fmt.Sprintf("%s → %s", stageTitle(p.live.Journey, was), stageTitle(p.draft.Journey, is))]++
		}
	}
	e := exam{verdict: workshop.Same, judged: true, lines: []string{fmt.Sprintf("Of %d contacts, %d would stand elsewhere. Each is placed anew at its next note.", len(contacts), elsewhere)}}
	for _, s := range p.live.Journey.Stages() {
		for _, to := range p.draft.Journey.Stages() {
			if n := moves[s.Title+" → "+to.Title]; n > 0 {
				e.lines = append(e.lines, fmt.Sprintf("• %d: %s → %s", n, esc(s.Title), esc(to.Title)))
			}
		}
	}
	if len(contacts) == 0 {
		e.lines = []string{"There are no contacts yet to try it on. It is read without a mistake."}
	}
	return e, nil
}

var verdictWords = map[workshop.Verdict]string{workshop.Better: "better than what is live", workshop.Same: "as good as what is live", workshop.Worse: "worse than what is live"}

// maxChanged is how many changed cases a message shows.
const maxChanged = 4

// promptTest runs the checks and shows the cases that changed.
func (b *Bot) promptTest(ctx context.Context, r *Request, file string) (Reply, error) {
	p, ok, err := b.pair(ctx, r.TeamID, file)
	if err != nil {
		return Reply{}, err
	}
	if !ok {
		return b.noDraft(file), nil
	}
	e, err := b.examine(ctx, r, file, p)
	if err != nil {
		return Reply{}, err
	}
	head := fmt.Sprintf("*Version %d of %s: by its checks %s.*", p.labels.Draft, b.title(file), verdictWords[e.verdict])
	if !e.judged {
		head = fmt.Sprintf("*Version %d of %s: checked, not judged.*", p.labels.Draft, b.title(file))
	}
	blocks := []slack.Block{section(head + "\n" + strings.Join(e.lines, "\n"))}
	for i, c := range e.changed {
		if i == maxChanged {
			blocks = append(blocks, small(fmt.Sprintf("and %d more cases that read otherwise.", len(e.changed)-i)))
			break
		}
		blocks = append(blocks, small("*"+esc(upper(c.Draft.Case))+"*"), sides(c.Live, c.Draft, true, p.live.Prompt))
	}
	return Reply{Message: &post.Message{Text: plain(head), Blocks: append(blocks, promptButtons(workshop.Name(file), "edit", "preview", "publish"))}}, nil
}

// promptTry makes the draft live for the editor alone, for an hour.
func (b *Bot) promptTry(ctx context.Context, r *Request, file string) (Reply, error) {
	name := workshop.Name(file)
	if kind, _ := workshop.KindOf(file); kind != workshop.Prompt {
		return say("A place is the whole team's, so a journey cannot be live for one person alone. `" + b.slash("coach") + " prompts preview " + esc(name) + "` shows where your contacts would stand."), nil
	}
	labels, err := b.store.PromptLabels(ctx, r.TeamID, file)
	if err != nil {
		return Reply{}, err
	}
	t := store.PromptTrial{TeamID: r.TeamID, File: file, PersonID: r.PersonID}
	if r.Text == "off" {
		if err := b.store.TryPrompt(ctx, t); err != nil {
			return Reply{}, err
		}
		b.follow(ctx)
		return say(fmt.Sprintf("*Ended.* Your replies use what is live of %s again, %s.", b.title(file), versionWord(labels.Live))), nil
	}
	if labels.Draft == 0 {
		return b.noDraft(file), nil
	}
	t.Number, t.Until = labels.Draft, b.cfg.Now().Add(workshop.TrialTime)
	if err := b.store.TryPrompt(ctx, t); err != nil {
		return Reply{}, err
	}
	b.follow(ctx)
	head := fmt.Sprintf("*Until %s, your own replies use version %d of %s.* Nobody else's do. Type `%s dana`, say, and see.",
		t.Until.In(b.here(r).Location()).Format("15:04"), t.Number, b.title(file), b.slash("next"))
	return Reply{Message: &post.Message{Text: plain(head), Blocks: []slack.Block{section(head), buttons("prompt", button("prompt:off", "End it now", "try "+name+" off"), button("prompt:publish", "Publish", "publish "+name))}}}, nil
}

// splitScoreSince is how far back the figures of two live versions go.
const splitScoreSince = 90 * 24 * time.Hour

// promptSplit makes the draft live for a share of the contacts, ends that, or
// shows the figures of both.
func (b *Bot) promptSplit(ctx context.Context, r *Request, file string) (Reply, error) {
	if kind, _ := workshop.KindOf(file); kind != workshop.Prompt {
		return say("Only wordings and prompts can have two live versions. A place is the whole team's."), nil
	}
	labels, err := b.store.PromptLabels(ctx, r.TeamID, file)
	if err != nil {
		return Reply{}, err
	}
	word, keep, _ := strings.Cut(r.Text, " ")
	var share int
	switch _, err := fmt.Sscanf(strings.TrimSuffix(word, "%"), "%d", &share); {
	case word == "":
		return b.splitFigures(ctx, r, file, labels, "")
	case word == "stop":
		return b.stopSplit(ctx, r, file, labels, keep)
	case err != nil || share < 1 || share > 99:
		return say(fmt.Sprintf("Which share? A number from 1 to 99: `%s prompts split %s 30` gives the draft to 30 %% of the contacts.", b.slash("coach"), workshop.Name(file))), nil
	case labels.Other > 0:
		return b.splitFigures(ctx, r, file, labels, "*Two versions are live already.* Stop first.")
	case labels.Draft == 0:
		return b.noDraft(file), nil
	}
	p, _, err := b.pair(ctx, r.TeamID, file)
	if err != nil {
		return Reply{}, err
	}
	if reply, refused, err := b.refused(ctx, r, file, p); err != nil || refused {
		return reply, err
	}
	moved, reply, err := b.movePrompt(ctx, r, file, store.PromptChange{Kind: store.PromptSplit, Seen: labels,
		Next: store.PromptLabels{Live: labels.Live, Other: labels.Draft, Share: share}})
	if err != nil || !moved {
		return reply, err
	}
	labels.Other, labels.Share, labels.Draft = labels.Draft, share, 0
	return b.splitFigures(ctx, r, file, labels, fmt.Sprintf("*Version %d is live for %d %% of the contacts*; %s for the others. A contact stays on its side.", labels.Other, share, versionWord(labels.Live)))
}

func (b *Bot) stopSplit(ctx context.Context, r *Request, file string, labels store.PromptLabels, keep string) (Reply, error) {
	if labels.Other == 0 {
		return say("Only one version of " + b.title(file) + " is live."), nil
	}
	next := store.PromptLabels{Live: labels.Live, Draft: labels.Draft}
	switch strings.TrimPrefix(keep, "keep ") {
	case "live":
	case "draft":
		next.Live = labels.Other
	default:
		return say(fmt.Sprintf("Which of the two stays? `%s prompts split %s stop keep live` (%s) or `… stop keep draft` (version %d).", b.slash("coach"), workshop.Name(file), versionWord(labels.Live), labels.Other)), nil
	}
	moved, reply, err := b.movePrompt(ctx, r, file, store.PromptChange{Kind: store.PromptStop, Seen: labels, Next: next, Reason: keep})
	if err != nil || !moved {
		return reply, err
	}
	return say(fmt.Sprintf("*%s of %s is live for everybody now.* The figures of both are kept.", upper(versionWord(next.Live)), b.title(file))), nil
}

// splitFigures shows what came of both versions, with intervals and no claim
// of a cause.
func (b *Bot) splitFigures(ctx context.Context, r *Request, file string, labels store.PromptLabels, lead string) (Reply, error) {
	scores, err := b.store.WordingScores(ctx, r.TeamID, b.cfg.Now().Add(-splitScoreSince))
	if err != nil {
		return Reply{}, err
	}
	name := workshop.Name(file)
	if lead == "" {
		lead = fmt.Sprintf("*What came of the versions of %s* in the last 90 days", b.title(file))
	}
	lines := []string{lead}
	for _, s := range scores {
		of, version, _ := strings.Cut(s.Wording, "@")
		if of != name {
			continue
		}
		if strings.HasPrefix(version, "0-") {
			version = "the original"
		} else {
			version = "version " + version
		}
		lines = append(lines, fmt.Sprintf("%s: shown %d, given %s, answered %s, moved on %s", version, s.Shown, share(s.Shared, s.Shown), share(s.Answered, s.Shown), share(s.MovedOn, s.Shown)))
	}
	if len(lines) == 1 {
		lines = append(lines, "Nothing yet: figures come with the suggestions that use it.")
	} else {
		lines = append(lines, "_Answered and moved on: within 14 days after something was given. In brackets, where the true share lies in 19 of 20 cases. It does not say what was the cause._")
	}
	text := strings.Join(lines, "\n")
	blocks := []slack.Block{section(text)}
	if labels.Other > 0 {
		blocks = append(blocks, buttons("split", button("prompt:keep_live", "Stop, keep "+versionWord(labels.Live), "split "+name+" stop keep live"),
			button("prompt:keep_draft", "Stop, keep "+versionWord(labels.Other), "split "+name+" stop keep draft")))
	}
	return Reply{Message: &post.Message{Text: plain(lines[0]), Blocks: blocks}}, nil
}

// share tells a count with its interval.
func share(k, n int) string {
	low, high := workshop.Interval(k, n)
	return fmt.Sprintf("%d (%.0f–%.0f %%)", k, 100*low, 100*high)
}
