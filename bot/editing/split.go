package editing

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/english"
	"cairn/bot/observe/model"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// splitScoreSince is for how long after its end a split stands in the scorecard.
const splitScoreSince = 90 * 24 * time.Hour

// split makes the draft live for a share of the contacts, ends that, or
// shows the figures of both.
func (d *Desk) split(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	if kind, _ := workshop.KindOf(file); kind == workshop.Library {
		return chat.Say("There is one library for all contacts: what was given may never be suggested again, so two of them would mix. Publish the draft, or go on with it."), nil
	} else if kind != workshop.Prompt {
		return chat.Say("Only wordings and prompts can have two live versions. Places and what is suggested are the whole team's."), nil
	}
	if forDigest(workshop.Name(file)) {
		return chat.Say("A digest is about nobody in particular, and two live versions are told apart by contact: publish it, or go on with the draft."), nil
	}
	labels, err := d.Store.PromptLabels(ctx, r.TeamID, file)
	if err != nil {
		return chat.Reply{}, err
	}
	word, rest, _ := strings.Cut(r.Text, " ")
	var share int
	switch _, err := fmt.Sscanf(strings.TrimSuffix(word, "%"), "%d", &share); {
	case word == "":
		return d.splitFigures(ctx, r, file, labels, "")
	case word == "stop":
		return d.stopSplit(ctx, r, file, labels, rest)
	case err != nil || share < 1 || share > 99:
		return chat.Say(fmt.Sprintf("Which share? A number from 1 to 99: `%s prompts split %s 30 because …` gives the draft to 30 %% of the contacts.", d.Slash("coach"), workshop.Name(file))), nil
	case labels.Other > 0:
		return d.splitFigures(ctx, r, file, labels, "*Two versions are live already.* End that first.")
	case labels.Draft == 0:
		return d.noDraft(file), nil
	}
	known, rest := knowsLive(strings.TrimPrefix(strings.TrimSpace(rest), "%"), d.liveMark(labels))
	return d.askDraft(ctx, r, stepFrom(store.PromptSplit, labels, labels.Draft, share), labels, known, reasonOf(rest))
}

// splitNow makes the draft live for a share of the contacts.
func (d *Desk) splitNow(ctx context.Context, r *chat.Request, seen store.PromptLabels, share int, told, reason string) (chat.Reply, error) {
	next := seen
	next.Other, next.Share, next.Draft = seen.Draft, share, 0
	done, err := d.move(ctx, r, seen.File, store.PromptChange{Kind: store.PromptSplit, Seen: seen, Next: next, Reason: reason, Verdict: told})
	if err != nil || !done.ok {
		return done.reply, err
	}
	return d.splitFigures(ctx, r, seen.File, next, fmt.Sprintf("*Version %d is live for %d %% of the contacts*; %s for the others. A contact stays on its side.%s", next.Other, share, d.versionWord(seen.File, next.Live), done.trials))
}

// stopSplit ends a split: at once where what everybody had stays, by a reason and
// the figures where the second version does.
func (d *Desk) stopSplit(ctx context.Context, r *chat.Request, file string, labels store.PromptLabels, text string) (chat.Reply, error) {
	if labels.Other == 0 {
		return chat.Say("Only one version of " + d.Title(file) + " is live."), nil
	}
	keep, reason, _ := strings.Cut(text, "because")
	keep, reason = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(keep), "keep")), strings.TrimSpace(reason)
	number, named := numberIn(keep)
	switch {
	case keep == "live", keep == "original" && labels.Live == 0, named && number == labels.Live:
		return d.endSplit(ctx, r, labels, labels.Live, "", reason)
	case keep == "draft", named && number == labels.Other:
		return d.askStep(ctx, r, file, stepFrom(store.PromptStop, labels, labels.Other, 0), reason)
	}
	return chat.Say(fmt.Sprintf("Which of the two stays? `%s prompts split %s stop keep live` (%s), or `… stop keep draft because …` (version %d) with a reason.", d.Slash("coach"), workshop.Name(file), d.versionWord(file, labels.Live), labels.Other)), nil
}

// endSplit makes one of the two versions live for everybody.
func (d *Desk) endSplit(ctx context.Context, r *chat.Request, seen store.PromptLabels, keep int, told, reason string) (chat.Reply, error) {
	done, err := d.move(ctx, r, seen.File, store.PromptChange{Kind: store.PromptStop, Seen: seen,
		Next: store.PromptLabels{Live: keep, Draft: seen.Draft}, Reason: blockkit.Truncate(reason, mostReason), Verdict: told})
	if err != nil || !done.ok {
		return done.reply, err
	}
	head := fmt.Sprintf("*The split has ended: %s of %s is live for everybody now.*", d.versionWord(seen.File, keep), d.Title(seen.File))
	if keep == seen.Live {
		return chat.Say(fmt.Sprintf("%s Version %d is kept, and so are the figures of both.%s", head, seen.Other, done.trials)), nil
	}
	return d.nowLive(seen.File, seen, keep, fmt.Sprintf("%s It took the place of %s. The figures of both are kept.%s", head, d.versionWord(seen.File, seen.Live), done.trials)), nil
}

// splitFigures shows what came of both versions, with intervals and no claim
// of a cause; where there was no split, how to begin one.
func (d *Desk) splitFigures(ctx context.Context, r *chat.Request, file string, labels store.PromptLabels, lead string) (chat.Reply, error) {
	name := workshop.Name(file)
	all, err := d.runs(ctx, r.TeamID, file)
	if err != nil {
		return chat.Reply{}, err
	}
	var lines []string
	if len(all) > 0 {
		if lines, err = d.runScores(ctx, r.TeamID, file, all[0]); err != nil {
			return chat.Reply{}, err
		}
	}
	earlier, err := d.earlierSplits(ctx, r, file, all)
	if err != nil {
		return chat.Reply{}, err
	}
	switch {
	case lead != "":
	case labels.Other > 0:
		lead = fmt.Sprintf("*What came of the two live versions of %s*", d.Title(file))
	case len(lines) > 0:
		lead = fmt.Sprintf("*What came of the last split of %s*, which has ended", d.Title(file))
	default:
		lead = fmt.Sprintf("*Only one version of %s is live*, %s, and no two were compared yet.", d.Title(file), d.versionWord(file, labels.Live))
	}
	text := strings.Join(append([]string{lead}, lines...), "\n")
	if labels.Other == 0 {
		text += "\n" + d.howToSplit(name, labels)
	}
	blocks := append([]slack.Block{blockkit.Section(text)}, earlier...)
	if len(lines) > 0 {
		blocks = append(blocks, blockkit.Context(scoresFoot))
	}
	if labels.Other > 0 {
		blocks = append(blocks, blockkit.Actions("split", blockkit.Button("prompt:keep_live", "End it, keep "+d.versionWord(file, labels.Live), "split "+name+" stop keep live"),
			blockkit.Button("prompt:keep_draft", "End it, keep "+d.versionWord(file, labels.Other), "split "+name+" stop keep draft")))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(lead), Blocks: blocks}}, nil
}

// howToSplit says how two versions are compared.
func (d *Desk) howToSplit(name string, labels store.PromptLabels) string {
	if labels.Draft == 0 {
		return fmt.Sprintf("To compare two, write a draft first: `%s prompts edit %s`. Then `%s prompts split %s 30 because …` gives it to 30 %% of the contacts.", d.Slash("coach"), name, d.Slash("coach"), name)
	}
	return fmt.Sprintf("`%s prompts split %s 30 because …` gives the draft, version %d, to 30 %% of the contacts, and compares both.", d.Slash("coach"), name, labels.Draft)
}

const scoresFoot = "_Each contact counts once, from the split's beginning; what editors tried on themselves does not count. Answered and moved on: within 14 days after. In brackets, where the true share lies in 19 of 20 cases. It does not say what was the cause._"

// run is a time in which two versions of a file were live.
type run struct {
	live, other, share int
	begun              store.PromptMove
	from, until        time.Time // until is zero while it goes on
}

// runsIn are the runs that moves of one file tell of, the newest first as they are.
func runsIn(moves []store.PromptMove) []run {
	var all []run
	var until time.Time
	for _, m := range moves {
		switch m.Kind {
		case store.PromptStop:
			until = m.At
		case store.PromptSplit:
			all = append(all, run{live: m.From, other: m.To, share: m.Share, begun: m, from: m.At, until: until})
			until = time.Time{}
		}
	}
	return all
}

// latestMoves is how far back the log is looked through for splits.
const latestMoves = 500

// runs are those of a file in which two versions of it were live, the newest first.
func (d *Desk) runs(ctx context.Context, team, file string) ([]run, error) {
	moves, err := d.Store.PromptLog(ctx, team, file, latestMoves)
	return runsIn(moves), err
}

// runLines tell what came of both versions of the latest split, a line each; none:
// there was no split.
func (d *Desk) runLines(ctx context.Context, team, file string) ([]string, error) {
	all, err := d.runs(ctx, team, file)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return d.runScores(ctx, team, file, all[0])
}

// earlierRuns is how many splits before the latest are told of.
const earlierRuns = 5

// earlierSplits tell what came of the splits before the latest.
func (d *Desk) earlierSplits(ctx context.Context, r *chat.Request, file string, all []run) ([]slack.Block, error) {
	if len(all) < 2 {
		return nil, nil
	}
	lines := []string{"*Earlier splits*"}
	for _, t := range all[1:min(len(all), 1+earlierRuns)] {
		scores, err := d.runScores(ctx, r.TeamID, file, t)
		if err != nil {
			return nil, err
		}
		lines = append(lines, d.spanWord(r, t)+"\n"+strings.Join(scores, "\n"))
	}
	if more := len(all) - 1 - earlierRuns; more > 0 {
		lines = append(lines, fmt.Sprintf("And %s before: `%s prompts log %s live` tells when.", english.Plural(more, "split"), d.Slash("coach"), workshop.Name(file)))
	}
	return blockkit.Lines(lines), nil
}

// spanWord says from when to when a split ran.
func (d *Desk) spanWord(r *chat.Request, t run) string {
	now := d.Here(r)
	at := func(m time.Time) string { return english.Day(m, now) + " " + m.In(now.Location()).Format("15:04") }
	return fmt.Sprintf("From %s to %s:", at(t.from), at(t.until))
}

func (d *Desk) runScores(ctx context.Context, team, file string, t run) ([]string, error) {
	name := workshop.Name(file)
	until := t.until
	if until.IsZero() {
		until = d.Now()
	}
	scores, err := d.Store.VersionScores(ctx, team, name, t.from, until)
	if err != nil {
		return nil, err
	}
	of := func(number int) store.VersionScore {
		for _, s := range scores {
			if s.Number == number {
				return s
			}
		}
		return store.VersionScore{Number: number}
	}
	return []string{fmt.Sprintf("*%s*, %d %% of the contacts: %s", english.Upper(d.thenWord(t.begun, t.live)), 100-t.share, scoreWord(name, of(t.live), t.until.IsZero())),
		fmt.Sprintf("*%s*, %d %% of the contacts: %s", english.Upper(d.thenWord(t.begun, t.other)), t.share, scoreWord(name, of(t.other), t.until.IsZero()))}, nil
}

// scoreWord tells what came of one version, while its split goes on or after it.
func scoreWord(name string, s store.VersionScore, goesOn bool) string {
	n := s.Contacts
	switch {
	case n == 0 && goesOn:
		return "not used yet"
	case n == 0:
		return "not used"
	case name == coach.ReasonPrompt:
		return fmt.Sprintf("shown for %s, given to %s, answered by %s, moved on %s", english.Plural(n, "contact"), workshop.WithInterval(s.Given, n), workshop.WithInterval(s.Answered, n), workshop.WithInterval(s.MovedOn, n))
	case name == model.PromptName:
		return fmt.Sprintf("read for %s, put right for %s", english.Plural(n, "contact"), workshop.WithInterval(s.PutRight, n))
	}
	return fmt.Sprintf("used for %s, answered by %s, moved on %s", english.Plural(n, "contact"), workshop.WithInterval(s.Answered, n), workshop.WithInterval(s.MovedOn, n))
}

// SplitScores are the figures of the files of which two versions are live, or
// were in the last 90 days, for the scorecard.
func (d *Desk) SplitScores(ctx context.Context, r *chat.Request) ([]slack.Block, error) {
	moves, err := d.Store.PromptLog(ctx, r.TeamID, "", latestMoves)
	if err != nil {
		return nil, err
	}
	of := map[string][]store.PromptMove{}
	for _, m := range moves {
		of[m.File] = append(of[m.File], m)
	}
	var blocks []slack.Block
	for _, s := range d.Live.Standing(r.TeamID) {
		all := runsIn(of[s.File])
		if len(all) == 0 {
			continue
		}
		t := all[0]
		if !t.until.IsZero() && d.Now().Sub(t.until) >= splitScoreSince {
			continue
		}
		lines, err := d.runScores(ctx, r.TeamID, s.File, t)
		if err != nil {
			return nil, err
		}
		head := fmt.Sprintf("*Wording: %s* · two versions, since %s", blockkit.Escape(d.bareTitle(s.File)), english.Day(t.from, d.Here(r)))
		if !t.until.IsZero() {
			head = fmt.Sprintf("*Wording: %s* · two versions, until %s", blockkit.Escape(d.bareTitle(s.File)), english.Day(t.until, d.Here(r)))
		}
		blocks = append(blocks, blockkit.Section(strings.Join(append([]string{head}, lines...), "\n")))
	}
	if len(blocks) > 0 {
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("%s `%s prompts split name` shows one of them with its earlier splits, and ends it.", scoresFoot, d.Slash("coach"))))
	}
	return blocks, nil
}
