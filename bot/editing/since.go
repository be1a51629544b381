package editing

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// anyway is what somebody types, or a button types for them, who knows that live was
// moved since the draft was begun; "seen 3" behind it says up to which version.
const anyway = "anyway"

// knowsLive reads "anyway", "anyway seen 3" at the front of text: whether what is live
// now is known. rest is what stands behind it.
func knowsLive(text string, labels store.PromptLabels) (known bool, rest string) {
	word, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	if word != anyway {
		return false, text
	}
	seen, behind, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if seen != "seen" {
		return true, rest
	}
	number, rest, _ := strings.Cut(strings.TrimSpace(behind), " ")
	n, err := strconv.Atoi(number)
	return err == nil && n == labels.Live, rest
}

// askDraft asks for a step of the draft. Where live was moved since the draft was begun,
// whoever asks is told that first: the draft would undo the move without a word.
func (d *Desk) askDraft(ctx context.Context, r *chat.Request, s step, labels store.PromptLabels, known bool, reason string) (chat.Reply, error) {
	if !known {
		base, since, err := d.liveSince(ctx, labels)
		if err != nil {
			return chat.Reply{}, err
		}
		if since != nil {
			return d.movedSince(ctx, r, s, labels, base, *since, reason)
		}
	}
	return d.askStep(ctx, r, labels.File, s, reason)
}

// chainLength bounds how many drafts, each made from the one before, are followed back.
const chainLength = 200

// liveSince finds the version that was live once and that the draft was made from, over
// however many drafts, and the latest move of what is live since the first of those was
// saved; nil where there is none, or where that version is live. What is live of rows
// has its own way to be brought together with a draft.
func (d *Desk) liveSince(ctx context.Context, labels store.PromptLabels) (base int, since *store.PromptMove, err error) {
	if kind, _ := workshop.KindOf(labels.File); kind.FromRows() {
		return 0, nil, nil
	}
	lived, err := d.Store.PromptWasLive(ctx, labels.TeamID, labels.File)
	if err != nil || len(lived) == 0 {
		return 0, nil, err
	}
	first, base := labels.Draft, labels.Draft
	for range chainLength {
		v, err := d.Store.PromptVersion(ctx, labels.TeamID, labels.File, base)
		if err != nil {
			return 0, nil, err
		}
		first, base = base, v.Parent
		if base == 0 || slices.ContainsFunc(lived, func(m store.PromptMove) bool { return m.To == base }) {
			break
		}
	}
	if base == labels.Live {
		return base, nil, nil
	}
	moves, err := d.Store.PromptLog(ctx, labels.TeamID, labels.File, latestMoves)
	if err != nil {
		return base, nil, err
	}
	for i, m := range moves { // the newest first
		switch {
		case m.Kind == store.PromptEdit && m.To == first:
			return base, since, nil
		case since == nil && m.Label == "live" && m.Kind != store.PromptRefused:
			since = &moves[i]
		}
	}
	return base, since, nil
}

// movedSince tells who moved what is live since the draft was begun, when and why, and
// what the draft would do to that.
func (d *Desk) movedSince(ctx context.Context, r *chat.Request, s step, labels store.PromptLabels, base int, m store.PromptMove, reason string) (chat.Reply, error) {
	names, err := d.Names(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	file, name := labels.File, workshop.Name(labels.File)
	who := blockkit.Escape(names.Of(m.PersonID))
	if m.PersonID == r.PersonID {
		who = "you"
	}
	at := m.At.In(d.Here(r).Location())
	head := fmt.Sprintf("*%s yet: live was moved since this draft was begun.* %s at %s %s %s", notWords[s.Kind], english.Upper(english.Day(at, d.Here(r))), at.Format("15:04"), who, d.moveDid(m))
	if m.Reason != "" {
		head += ": “" + blockkit.Escape(blockkit.Truncate(m.Reason, 200)) + "”"
	}
	head += fmt.Sprintf(". The draft, version %d, was made from %s and would undo that.", labels.Draft, d.versionWord(file, base))
	differ, err := d.stepDiffers(ctx, r.TeamID, file, pair{labels: labels}, s)
	if err != nil {
		return chat.Reply{}, err
	}
	again := fmt.Sprintf("%s %s seen %d", s.command(name), anyway, labels.Live)
	if reason != "" {
		again += " because " + blockkit.Truncate(reason, 300)
	}
	words := "Publish all the same"
	if s.Kind == store.PromptSplit {
		words = "Split all the same"
	}
	blocks := append([]slack.Block{blockkit.Section(head)}, differ...)
	blocks = append(blocks, blockkit.Context(fmt.Sprintf("`%s prompts %s %s because …` goes on all the same.", d.Slash("coach"), s.command(name), anyway)),
		blockkit.Actions("prompt", blockkit.Button("prompt:anyway", words, again), blockkit.Button("prompt:edit", "Edit", "edit "+name), blockkit.Button("prompt:log", "Log", "log "+name)))
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: blocks}}, nil
}
