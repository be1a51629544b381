package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"

	"github.com/slack-go/slack"
)

// splitScoreSince is how far back the figures of two live versions go.
const splitScoreSince = 90 * 24 * time.Hour

// promptSplit makes the draft live for a share of the contacts, ends that, or
// shows the figures of both.
func (b *Bot) promptSplit(ctx context.Context, r *Request, file string) (Reply, error) {
	if kind, _ := workshop.KindOf(file); kind == workshop.Library {
		return say("There is one library for all contacts: what was given may never be suggested again, so two of them would mix. Publish the draft, or go on with it."), nil
	} else if kind != workshop.Prompt {
		return say("Only wordings and prompts can have two live versions. Places and what is suggested are the whole team's."), nil
	}
	if forDigest(workshop.Name(file)) {
		return say("A digest is about nobody in particular, and two live versions are told apart by contact: publish it, or go on with the draft."), nil
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
	name := workshop.Name(file)
	scores, err := b.versionScores(ctx, r.TeamID, name)
	if err != nil {
		return Reply{}, err
	}
	if lead == "" {
		lead = fmt.Sprintf("*What came of the versions of %s* in the last 90 days", b.title(file))
	}
	lines := append([]string{lead}, scores[name]...)
	if len(lines) == 1 {
		lines = append(lines, "Nothing yet: figures come as it is used.")
	} else {
		lines = append(lines, scoresFoot)
	}
	text := strings.Join(lines, "\n")
	blocks := []slack.Block{section(text)}
	if labels.Other > 0 {
		blocks = append(blocks, buttons("split", button("prompt:keep_live", "Stop, keep "+versionWord(labels.Live), "split "+name+" stop keep live"),
			button("prompt:keep_draft", "Stop, keep "+versionWord(labels.Other), "split "+name+" stop keep draft")))
	}
	return Reply{Message: &post.Message{Text: plain(lines[0]), Blocks: blocks}}, nil
}

const scoresFoot = "_Answered and moved on: within 14 days after. In brackets, where the true share lies in 19 of 20 cases. It does not say what was the cause._"

// versionScores tells what came of every version of files in the last 90 days,
// by the file's name.
func (b *Bot) versionScores(ctx context.Context, team string, names ...string) (map[string][]string, error) {
	since := b.cfg.Now().Add(-splitScoreSince)
	reasons, err := b.store.WordingScores(ctx, team, names, since)
	if err != nil {
		return nil, err
	}
	uses, err := b.store.UseScores(ctx, team, names, since)
	if err != nil {
		return nil, err
	}
	looks, err := b.store.LookScores(ctx, team, names, since)
	if err != nil {
		return nil, err
	}
	lines := map[string][]string{}
	say := func(version, format string, args ...any) {
		name, number, _ := strings.Cut(version, "@")
		word := "version " + number
		if strings.HasPrefix(number, "0-") {
			word = "the original"
		}
		lines[name] = append(lines[name], word+": "+fmt.Sprintf(format, args...))
	}
	for _, s := range reasons {
		say(s.Wording, "shown %d, given %s, answered %s, moved on %s", s.Shown, share(s.Shared, s.Shown), share(s.Answered, s.Shown), share(s.MovedOn, s.Shown))
	}
	for _, s := range uses {
		say(s.Version, "used %d, answered %s, moved on %s", s.Made, share(s.Answered, s.Made), share(s.MovedOn, s.Made))
	}
	for _, s := range looks {
		say(s.Version, "read %d, of which put right by somebody %s", s.Read, share(s.PutRight, s.Read))
	}
	return lines, nil
}

// latestMoves is how far back the log is looked through for what was split.
const latestMoves = 500

// splitOnes names the files of which two versions are live, or were in the last
// 90 days.
func (b *Bot) splitOnes(ctx context.Context, team string) ([]string, error) {
	var names []string
	for _, s := range b.live.Standing(team) {
		if s.Labels.Other > 0 {
			names = append(names, workshop.Name(s.File))
		}
	}
	moves, err := b.store.PromptLog(ctx, team, "", latestMoves)
	if err != nil {
		return nil, err
	}
	for _, m := range moves {
		name := workshop.Name(m.File)
		if (m.Kind == store.PromptSplit || m.Kind == store.PromptStop) && b.cfg.Now().Sub(m.At) < splitScoreSince && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, nil
}

// splitScores are the figures of the files of which two versions are live, or
// were in the last 90 days, for the scorecard.
func (b *Bot) splitScores(ctx context.Context, r *Request) ([]slack.Block, error) {
	split, err := b.splitOnes(ctx, r.TeamID)
	if err != nil || len(split) == 0 {
		return nil, err
	}
	scores, err := b.versionScores(ctx, r.TeamID, split...)
	if err != nil {
		return nil, err
	}
	var blocks []slack.Block
	for _, s := range b.live.Standing(r.TeamID) {
		name := workshop.Name(s.File)
		if !slices.Contains(split, name) {
			continue
		}
		head := fmt.Sprintf("*Wording: %s* · versions of the last 90 days", esc(b.bareTitle(s.File)))
		if s.Labels.Other > 0 {
			head = fmt.Sprintf("*Wording: %s* · %s beside version %d, which %d %% of the contacts get", esc(b.bareTitle(s.File)), versionWord(s.Labels.Live), s.Labels.Other, s.Labels.Share)
		}
		lines := append([]string{head}, scores[name]...)
		if len(lines) == 1 {
			lines = append(lines, "Nothing yet: figures come as it is used.")
		}
		blocks = append(blocks, section(strings.Join(lines, "\n")))
	}
	if len(blocks) > 0 {
		blocks = append(blocks, small(fmt.Sprintf("%s `%s prompts split name` shows one of them, and ends it.", scoresFoot, b.slash("coach"))))
	}
	return blocks, nil
}

// share tells a count with its interval.
func share(k, n int) string {
	low, high := workshop.Interval(k, n)
	return fmt.Sprintf("%d (%.0f–%.0f %%)", k, 100*low, 100*high)
}
