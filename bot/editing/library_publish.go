package editing

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// shelfTries is how often a move of the library is worked out anew where a form
// came in between.
const shelfTries = 3

// heldUp tells why a draft of the library cannot be tested or published as it is.
func (d *Desk) heldUp(p pair) (chat.Reply, bool) {
	if p.shelf == nil {
		return chat.Reply{}, false
	}
	name := workshop.Name(p.labels.File)
	switch m := p.shelf.merge; {
	case len(m.Clashes) > 0:
		head := fmt.Sprintf("*Version %d of %s is held up.* Say first whose words stand.", p.labels.Draft, d.Title(p.labels.File))
		return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: append([]slack.Block{blockkit.Section(head)}, d.clashBlocks(m)...)}}, true
	case len(m.Changes) == 0:
		return chat.Say(fmt.Sprintf("*Version %d of %s changes nothing*: the library is like that already. `%s prompts drop %s` throws the draft away.", p.labels.Draft, d.Title(p.labels.File), d.Slash("coach"), name)), true
	}
	return chat.Reply{}, false
}

// edits are what a draft does to the items, each as it was seen.
func (s *shelved) edits() []store.ContentEdit {
	var all []store.ContentEdit
	for _, c := range s.merge.Changes {
		var e store.ContentEdit
		if c.Was != nil {
			e.After = s.rows[c.Was.ID]
			e.Seen = e.After.Sum()
			e.After.Retired = true
		}
		if c.Is != nil {
			e.After = itemRow(c.Is)
			e.After.ID = max(c.Is.ID, 0) // new ones are below
		}
		all = append(all, e)
	}
	return all
}

// publishShelf brings the draft onto the library, all of it or nothing. What a
// form changed in the meantime is taken in, or tells that the draft is held up.
func (d *Desk) publishShelf(ctx context.Context, r *chat.Request, seen store.PromptLabels, told, reason string) (chat.Reply, error) {
	for range shelfTries {
		p, err := d.shelfPair(ctx, r.TeamID, seen)
		if err != nil {
			return chat.Reply{}, err
		}
		if reply, held := d.heldUp(p); held {
			return reply, nil
		}
		done, err := d.move(ctx, r, seen.File, store.PromptChange{Kind: store.PromptPublish, Seen: seen,
			Next: store.PromptLabels{Live: seen.Draft}, Reason: blockkit.Truncate(reason, mostReason), Edits: p.shelf.edits(), Verdict: told})
		if errors.Is(err, store.ErrItemMoved) {
			continue
		}
		if err != nil || !done.ok {
			return done.reply, err
		}
		name := workshop.Name(seen.File)
		head := fmt.Sprintf("*Published: version %d of %s*: %s, for everybody from now on.", seen.Draft, d.Title(seen.File), p.shelf.merge.Summary())
		return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(head),
			blockkit.Actions("prompt", blockkit.Button("prompt:back", "Take it back", fmt.Sprintf("rollback %s to %d seen %d", name, seen.Live, seen.Draft)), blockkit.Button("prompt:log", "Log", "log "+name))}}}, nil
	}
	return d.shelfBusy(), nil
}

func (d *Desk) shelfBusy() chat.Reply {
	return chat.Say(fmt.Sprintf("*Nothing was changed*: others change the library by forms at this very moment. Type it once more. `%s content log` tells who.", d.Slash("coach")))
}

// back works out how to undo changes of items, oldest first: each item becomes
// what it was before the first. One that was changed otherwise in between or since
// is left as it stands.
func back(since []store.ContentChange, stands map[int64]store.Content) (edits []store.ContentEdit, left []store.ContentChange) {
	first, last, broken := map[int64]store.ContentChange{}, map[int64]store.ContentChange{}, map[int64]bool{}
	var order []int64
	for _, c := range since {
		if before, again := last[c.Item]; !again {
			first[c.Item] = c
			order = append(order, c.Item)
		} else if c.Before == nil || before.After.Sum() != c.Before.Sum() {
			broken[c.Item] = true
		}
		last[c.Item] = c
	}
	for _, id := range order {
		now, there := stands[id]
		target := *first[id].After
		target.Retired = true
		if was := first[id].Before; was != nil {
			target = *was
		}
		target.ID = id
		switch {
		case there && now.Sum() == target.Sum():
		case !there || broken[id] || now.Sum() != last[id].After.Sum():
			left = append(left, last[id])
		default:
			edits = append(edits, store.ContentEdit{After: target, Seen: now.Sum(), Back: true})
		}
	}
	return edits, left
}

// rollbackShelf undoes what was published since a version was live.
func (d *Desk) rollbackShelf(ctx context.Context, r *chat.Request, labels store.PromptLabels, to int) (chat.Reply, error) {
	name := workshop.Name(labels.File)
	for range shelfTries {
		since, err := d.Store.MovedSince(ctx, r.TeamID, labels.File, to)
		if errors.Is(err, store.ErrNotFound) {
			return chat.Say(fmt.Sprintf("Version %d of %s was never live. `%s prompts rollback %s` lists those that were; `%s prompts edit %s from %d` makes a draft of it.",
				to, d.Title(labels.File), d.Slash("coach"), name, d.Slash("coach"), name, to)), nil
		}
		if err != nil {
			return chat.Reply{}, err
		}
		var ids []int64
		for _, c := range since {
			ids = append(ids, c.Item)
		}
		stands, err := d.Store.ContentOf(ctx, r.TeamID, ids)
		if err != nil {
			return chat.Reply{}, err
		}
		edits, left := back(since, stands)
		if len(edits) == 0 && len(left) > 0 {
			return chat.Say("*Nothing was changed.* " + d.leftWord(left)), nil
		}
		done, err := d.move(ctx, r, labels.File, store.PromptChange{Kind: store.PromptRollback, Seen: labels,
			Next: store.PromptLabels{Live: to, Draft: labels.Draft}, Edits: edits})
		if errors.Is(err, store.ErrItemMoved) {
			continue
		}
		if err != nil || !done.ok {
			return done.reply, err
		}
		text := fmt.Sprintf("*Taken back to %s*, for everybody: %s put back. What was given stays told.", d.wasLiveWord(labels.File, to), wereWord(len(edits)))
		if len(left) > 0 {
			text += "\n" + d.leftWord(left)
		}
		return chat.Say(text), nil
	}
	return d.shelfBusy(), nil
}

func wereWord(n int) string {
	if n == 1 {
		return "1 item is"
	}
	return fmt.Sprintf("%d items are", n)
}

// leftWord tells items that a rollback left as they stand.
func (d *Desk) leftWord(left []store.ContentChange) string {
	var titles []string
	for _, c := range left[:min(5, len(left))] {
		titles = append(titles, "“"+blockkit.Escape(c.After.Title)+"”")
	}
	more := ""
	if len(left) > len(titles) {
		more = fmt.Sprintf(" and %d more", len(left)-len(titles))
	}
	return fmt.Sprintf("Changed by somebody since, and left as they stand: %s%s. `%s content log` tells by whom, and puts single ones back.", strings.Join(titles, ", "), more, d.Slash("coach"))
}

// settle makes a draft that was held up into one on the library as it
// stands, with theirs or the draft's own words for the items that both changed.
func (d *Desk) settle(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	if kind, _ := workshop.KindOf(file); !kind.FromRows() {
		return chat.Say(fmt.Sprintf("Only the library is also changed by forms. Where two write the same text, the second is told and chooses: `%s prompts edit %s from …`.", d.Slash("coach"), workshop.Name(file))), nil
	}
	p, ok, err := d.pair(ctx, r.TeamID, file)
	switch {
	case err != nil:
		return chat.Reply{}, err
	case !ok:
		return d.noDraft(file), nil
	case len(p.shelf.merge.Clashes) == 0:
		return chat.Say(fmt.Sprintf("Nothing is to be settled: nobody has changed what the draft changes. `%s prompts preview %s` shows it.", d.Slash("coach"), workshop.Name(file))), nil
	case r.Text != "theirs" && r.Text != "mine":
		head := "*Whose words stand in the draft?*"
		return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: append([]slack.Block{blockkit.Section(head)}, d.clashBlocks(p.shelf.merge)...)}}, nil
	}
	text, err := workshop.CSV(p.shelf.merge.Settled(r.Text == "mine"))
	if err != nil {
		return chat.Reply{}, err
	}
	now, err := workshop.CSV(p.live.Shelf.Items)
	if err != nil {
		return chat.Reply{}, err
	}
	state, err := d.Store.KeepState(ctx, r.TeamID, file, now, r.PersonID, d.Now())
	if err != nil {
		return chat.Reply{}, err
	}
	reason := "their words where both changed an item"
	if r.Text == "mine" {
		reason = "the draft's words where both changed an item"
	}
	return d.saveDraft(ctx, r, store.PromptDraft{File: file, Text: text, AuthorID: r.PersonID, Reason: reason,
		Parent: state.Number, SeenLive: p.labels.Live, SeenDraft: p.labels.Draft, At: d.Now()})
}
