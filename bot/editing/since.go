package editing

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// anyway is what somebody types, or a button types for them, who knows that live was
// moved since the draft was begun; "seen 3" behind it says up to which version, by its
// mark.
const anyway = "anyway"

// liveMark tells what is live from all else that was: the number of its version, with
// the beginning of its hash where it is a file of the folder, which changes.
func (d *Desk) liveMark(labels store.PromptLabels) string {
	mark := strconv.Itoa(labels.Live)
	if _, own := d.Live.Own(labels.File); labels.Live == 0 && own {
		mark += fmt.Sprintf("-%.8s", d.Live.BaseHash(labels.File))
	}
	return mark
}

// knowsLive reads "anyway", "anyway seen 3" at the front of text: whether what is live
// now, of this mark, is known. rest is what stands behind it.
func knowsLive(text, mark string) (known bool, rest string) {
	word, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	if word != anyway {
		return false, text
	}
	seen, behind, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if seen != "seen" {
		return true, rest
	}
	was, rest, _ := strings.Cut(strings.TrimSpace(behind), " ")
	return was == mark, rest
}

// askDraft asks for a step of the draft. Where live was moved since the draft was begun,
// whoever asks is told that first: the draft would undo the move without a word.
func (d *Desk) askDraft(ctx context.Context, r *chat.Request, s step, labels store.PromptLabels, known bool, reason string) (chat.Reply, error) {
	if !known {
		from, since, err := d.liveSince(ctx, labels)
		if err != nil {
			return chat.Reply{}, err
		}
		if since != nil {
			return d.movedSince(ctx, r, s, labels, from, *since, reason)
		}
	}
	return d.askStep(ctx, r, labels.File, s, reason)
}

// chainLength bounds how many drafts, each made from the one before, are followed back.
const chainLength = 200

// origin is the version that was live once and that a draft was made from.
type origin struct {
	number int              // noBase where the chain was not followed to its end
	edit   store.PromptMove // that saved the first draft of the chain
}

const noBase = -1

// liveSince finds the version that was live once and that the draft was made from, over
// however many drafts, and the latest move of what is live since the first of those was
// saved; nil where there is none, or where that version is live as it was. What is live
// of rows has its own way to be brought together with a draft.
func (d *Desk) liveSince(ctx context.Context, labels store.PromptLabels) (from origin, since *store.PromptMove, err error) {
	if kind, _ := workshop.KindOf(labels.File); kind.FromRows() {
		return from, nil, nil
	}
	moves, err := d.Store.PromptWasLive(ctx, labels.TeamID, labels.File, d.Live.BaseHash(labels.File))
	if err != nil {
		return from, nil, err
	}
	var lived []int
	for _, m := range moves {
		lived = append(lived, m.To)
	}
	line, err := d.Store.PromptLineage(ctx, labels.TeamID, labels.File, labels.Draft, lived, chainLength)
	if err != nil {
		return from, nil, err
	}
	first := line[len(line)-1]
	if from.number = first.Parent; from.number != 0 && !slices.Contains(lived, from.number) {
		from.number = noBase
	}
	switch {
	case from.number == labels.Live && from.number == 0:
		since, err = d.fileSince(ctx, labels, first.At)
		return from, since, err
	case from.number == labels.Live:
		return from, nil, nil
	}
	moves, err = d.Store.PromptLog(ctx, labels.TeamID, labels.File, latestMoves)
	if err != nil {
		return from, nil, err
	}
	for i, m := range moves { // the newest first
		switch {
		case m.Kind == store.PromptEdit && m.To == first.Number:
			from.edit = m
			return from, since, nil
		case since == nil && m.Label == "live" && m.Kind != store.PromptRefused:
			since = &moves[i]
		}
	}
	return from, since, nil
}

// fileSince is the latest change of the file of the folder that is live where its text is
// another than it was at a time, as a line of the log; nil where it is not.
func (d *Desk) fileSince(ctx context.Context, labels store.PromptLabels, then time.Time) (*store.PromptMove, error) {
	f, changed, err := d.Store.PromptFileSince(ctx, labels.TeamID, labels.File, then)
	if err != nil || !changed {
		return nil, err
	}
	return &store.PromptMove{File: labels.File, Kind: store.PromptOnDisk, Label: "live", Reason: f.Hash, At: f.At}, nil
}

// movedSince tells who moved what is live since the draft was begun, or that its file was
// changed, when and why, and what the draft would do to that.
func (d *Desk) movedSince(ctx context.Context, r *chat.Request, s step, labels store.PromptLabels, o origin, m store.PromptMove, reason string) (chat.Reply, error) {
	names, err := d.Names(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	file, name := labels.File, workshop.Name(labels.File)
	at := m.At.In(d.Here(r).Location())
	head := fmt.Sprintf("*%s yet: live was moved since this draft was begun.* %s at %s ", notWords[s.Kind], english.Upper(english.Day(at, d.Here(r))), at.Format("15:04"))
	from := d.thenWord(o.edit, o.number)
	switch {
	case m.Kind == store.PromptOnDisk:
		head, from = head+d.onDisk(m), "what was live before"
	case m.PersonID == r.PersonID:
		head += "you " + d.moveDid(m)
	default:
		head += blockkit.Escape(names.Of(m.PersonID)) + " " + d.moveDid(m)
	}
	if m.Reason != "" && m.Kind != store.PromptOnDisk {
		head += ": “" + blockkit.Escape(blockkit.Truncate(m.Reason, 200)) + "”"
	}
	made := "was made from " + from + " and "
	if o.number == noBase {
		made = ""
	}
	head += fmt.Sprintf(". The draft, version %d, %swould undo that.", labels.Draft, made)
	differ, err := d.stepDiffers(ctx, r.TeamID, file, pair{labels: labels}, s)
	if err != nil {
		return chat.Reply{}, err
	}
	again := fmt.Sprintf("%s %s seen %s", s.command(name), anyway, d.liveMark(labels))
	if reason != "" { // the whole of it, as far as a button carries
		again = blockkit.Carried(again + " because " + reason)
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
