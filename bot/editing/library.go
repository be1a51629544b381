package editing

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/english"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/bot/suggest"
	"cairn/bot/workshop"
	"cairn/store"
)

// The library in the workshop. Its live text are the team's items, which forms
// change one by one; a draft is the whole of it as a CSV file, and what it does to
// the items is worked out anew whenever it is shown, tested or published.

// shelved is what a draft of a library does to the items as they stand.
type shelved struct {
	merge workshop.Merge
	rows  map[int64]store.Content
}

// mostShelf bounds the items that are read to see whether they fit a draft: no
// line of a file is shorter than this many bytes.
const mostShelf = maxUpload / 60

// shelfTooLong is the error of a library that is too large for a draft.
type shelfTooLong struct{ items int }

func (e shelfTooLong) Error() string {
	return fmt.Sprintf("a library of %d items does not fit a draft", e.items)
}

// orTooLong answers whoever has a library that is too large for a draft.
func (d *Desk) orTooLong(reply chat.Reply, err error) (chat.Reply, error) {
	var long shelfTooLong
	if !errors.As(err, &long) {
		return reply, err
	}
	return chat.Say(fmt.Sprintf("*The library is too large for a draft*: %s, and a draft holds a file of %d kB, some hundreds of items. Whoever runs me changes many at once: `cairn export content > library.csv`, then `cairn import content library.csv --dry-run` tells what would change. One item at a time: `%s content edit a few words of its title`.",
		english.Plural(long.items, "item"), maxUpload/1024, d.Slash("coach"))), nil
}

// shelfNow is the library as it stands, and its text.
func (d *Desk) shelfNow(ctx context.Context, team string) (rows []store.Content, text string, err error) {
	n, err := d.Store.LibrarySize(ctx, team)
	if err != nil {
		return nil, "", err
	}
	if n > mostShelf {
		return nil, "", shelfTooLong{n}
	}
	if rows, _, err = d.Store.Library(ctx, team); err != nil {
		return nil, "", err
	}
	if text, err = workshop.CSV(coach.Items(rows)); err == nil && len(text) > maxUpload {
		err = shelfTooLong{len(rows)}
	}
	return rows, text, err
}

// shelfPair is the library as it stands and as it would be with the draft.
func (d *Desk) shelfPair(ctx context.Context, team string, labels store.PromptLabels) (pair, error) {
	rows, _, err := d.shelfNow(ctx, team)
	if err != nil {
		return pair{}, err
	}
	live := coach.Items(rows)
	p := pair{labels: labels, live: workshop.Piece{Shelf: &workshop.Shelf{Items: live}}, shelf: &shelved{rows: map[int64]store.Content{}}}
	for _, c := range rows {
		p.shelf.rows[c.ID] = c
	}
	if p.draft = p.live; labels.Draft == 0 {
		return p, nil
	}
	v, err := d.Store.PromptVersion(ctx, team, labels.File, labels.Draft)
	if err != nil {
		return pair{}, err
	}
	draft, err := d.piece(ctx, team, labels.File, labels.Draft)
	if err != nil {
		return pair{}, err
	}
	base, err := d.piece(ctx, team, labels.File, v.Base)
	if err != nil {
		return pair{}, err
	}
	p.shelf.merge = workshop.MergeShelf(base.Shelf.Items, draft.Shelf.Items, live)
	p.draft.Shelf = &workshop.Shelf{Items: p.shelf.merge.Items}
	return p, nil
}

// shelfWord says how the library stands: how many items, who changed it last, and
// what waits beside it.
func (d *Desk) shelfWord(ctx context.Context, r *chat.Request, l store.PromptLabels, made store.PromptMade, names chat.Names) (string, error) {
	n, err := d.Store.LibrarySize(ctx, r.TeamID)
	if err != nil {
		return "", err
	}
	text := english.Plural(n, "item")
	last, err := d.Store.ContentLog(ctx, r.TeamID, 1)
	if err != nil {
		return "", err
	}
	if len(last) > 0 {
		text += fmt.Sprintf(", last changed by %s %s", names.Changer(last[0].PersonID), english.Day(last[0].At, d.Here(r)))
	}
	if l.Live > 0 {
		text += fmt.Sprintf(" · published last: version %d", l.Live)
	}
	if l.Draft > 0 {
		text += d.draftBy(r, l, made, names)
	}
	return text, nil
}

// shelfHelp says how the file of a library is written.
const shelfHelp = "*A line an item*, in the columns of the first line, which stays. Lists are apart by `;`, days as 2026-11-22, empty means no limit; a cell with a comma in it stands in double quotes. A line more is a new item, a line less retires one. An item is known by its address: with another address it counts as a new one."

// shelfSaved tells what a draft that was just saved does.
func (d *Desk) shelfSaved(ctx context.Context, v store.PromptVersion, l store.PromptLabels) (chat.Reply, error) {
	p, err := d.shelfPair(ctx, l.TeamID, l)
	if err != nil {
		return chat.Reply{}, err
	}
	head := fmt.Sprintf("*Draft saved: version %d of %s*: %s. Reps see nothing of it yet.", v.Number, d.Title(v.File), p.shelf.merge.Summary())
	blocks := append([]slack.Block{blockkit.Section(head)}, d.shelfBlocks(p)...)
	blocks = append(blocks, newKinds(p)...)
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: append(blocks, draftButtons(workshop.Name(v.File), "preview", "test", "publish", "edit", "drop"))}}, nil
}

// shelfBlocks tell what a draft does to the library: each change, a warning where
// much would be gone, and where forms got in the way.
func (d *Desk) shelfBlocks(p pair) []slack.Block {
	m := p.shelf.merge
	var blocks []slack.Block
	if _, _, gone := m.Counts(); gone > 2 && 2*gone > len(p.live.Shelf.Items) {
		blocks = append(blocks, blockkit.Section(fmt.Sprintf(":warning: *%d of %d items would be gone*: a file holds the whole library, and what is not in it is retired.", gone, len(p.live.Shelf.Items))))
	}
	blocks = append(blocks, changeBlocks(m.Changes)...)
	if m.Stand > 0 {
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("%s of the draft %s already.", english.Plural(m.Stand, "change"), standWord(m.Stand))))
	}
	if len(m.Clashes) > 0 {
		blocks = append(blocks, d.clashBlocks(m)...)
	}
	return blocks
}

// newKinds tell of a kind of item that the library did not have yet and that is written
// much like one which it has: a slip would stand by itself, in no list and no search.
func newKinds(p pair) []slack.Block {
	var known, slips []string
	for _, it := range p.live.Shelf.Items {
		known = append(known, it.Kind)
	}
	for _, c := range p.shelf.merge.Changes {
		if c.Is == nil || slices.Contains(known, c.Is.Kind) {
			continue
		}
		if near, ok := line.Nearest(c.Is.Kind, known); ok {
			slips = append(slips, fmt.Sprintf("“%s” of “%s” (did you mean “%s”?)", blockkit.Escape(c.Is.Kind), blockkit.Escape(blockkit.Truncate(c.Is.Title, 60)), blockkit.Escape(near)))
		}
	}
	if len(slips) == 0 {
		return nil
	}
	return []slack.Block{blockkit.Section(":warning: New as a kind: " + allOf(slips[:min(len(slips), mostShown)]) + ". Nothing else in the library is of it.")}
}

func standWord(n int) string {
	if n == 1 {
		return "stands"
	}
	return "stand"
}

// mostShown is how many changed items a message shows.
const mostShown = 15

// changeBlocks tell changes of items, one after the other.
func changeBlocks(changes []workshop.ItemChange) []slack.Block {
	var lines []string
	for _, c := range changes[:min(mostShown, len(changes))] {
		lines = append(lines, changeLine(c))
	}
	if more := len(changes) - mostShown; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more.", more))
	}
	return blockkit.Lines(lines)
}

// changeLine tells what is done to one item.
func changeLine(c workshop.ItemChange) string {
	switch {
	case c.Was == nil:
		text := "New: " + chat.ItemLink(itemRow(c.Is))
		if c.Is.Gives != "" {
			text += "\n• gives: " + blockkit.Escape(c.Is.Gives)
		}
		return text
	case c.Is == nil:
		return "Retired: " + chat.ItemLink(itemRow(c.Was))
	}
	return "Changed: " + chat.ItemLink(itemRow(c.Is)) + chat.ItemDiffers(itemRow(c.Was), itemRow(c.Is))
}

// itemRow is an item as the library keeps it.
func itemRow(it *suggest.Item) store.Content { return coach.Rows([]suggest.Item{*it})[0] }

// clashBlocks tell the items that a form changed otherwise than the draft.
func (d *Desk) clashBlocks(m workshop.Merge) []slack.Block {
	lines := []string{fmt.Sprintf("*Somebody was first* with %s: changed after this draft was begun, and not as the draft has it. Nothing is overwritten. What stands now → what the draft says:", english.Plural(len(m.Clashes), "item"))}
	for _, c := range m.Clashes[:min(mostShown, len(m.Clashes))] {
		lines = append(lines, clashLine(c))
	}
	if more := len(m.Clashes) - mostShown; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more.", more))
	}
	name := workshop.Name(workshop.LibraryFile)
	return append(blockkit.Lines(lines), blockkit.Actions("settle", blockkit.Button("prompt:settle_theirs", "Theirs for these", "settle "+name+" theirs"), blockkit.Button("prompt:settle_mine", "The draft's for these", "settle "+name+" mine")))
}

func clashLine(c workshop.Clash) string {
	switch {
	case c.Live == nil:
		return "• " + chat.ItemLink(itemRow(c.Draft)) + ": retired → as in the draft"
	case c.Draft == nil:
		text := "• " + chat.ItemLink(itemRow(c.Live))
		if c.Base != nil {
			text += ", since changed:" + chat.ItemDiffers(itemRow(c.Base), itemRow(c.Live))
		}
		return text + "\n• → retired"
	}
	return "• " + chat.ItemLink(itemRow(c.Live)) + chat.ItemDiffers(itemRow(c.Live), itemRow(c.Draft))
}

// shelvesDiffer tells what differs between two texts of the library; the names stand in
// it as they are, not escaped.
func (d *Desk) shelvesDiffer(file, wasName, theirs, isName, yours string) (slack.Block, error) {
	was, found := d.Live.Kinds().Check(file, theirs)
	if len(found) > 0 {
		return nil, found
	}
	is, found := d.Live.Kinds().Check(file, yours)
	if len(found) > 0 {
		return nil, found
	}
	m := workshop.MergeShelf(was.Shelf.Items, is.Shelf.Items, was.Shelf.Items)
	lines := []string{blockkit.Escape(english.Upper(wasName)+" → "+isName) + ": " + m.Summary()}
	for _, c := range m.Changes[:min(mostShown, len(m.Changes))] {
		lines = append(lines, changeLine(c))
	}
	return blockkit.Section(blockkit.Truncate(strings.Join(lines, "\n"), blockkit.MaxSection)), nil
}

// previewShelf shows what would be suggested for contacts with the library as it
// is and as it would be, and below, each change.
func (d *Desk) previewShelf(ctx context.Context, r *chat.Request, p pair, hasDraft bool, chosen []store.Preview) ([]slack.Block, error) {
	head := fmt.Sprintf("*The library as it is*, %s. There is no draft.", english.Plural(len(p.live.Shelf.Items), "item"))
	if hasDraft {
		head = fmt.Sprintf("*Preview of %s*: as it is beside the draft, version %d, which is %s. Nobody else sees this.", d.Title(p.labels.File), p.labels.Draft, p.shelf.merge.Summary())
	}
	guide := d.Guide(r.TeamID)
	shelf := func(items []suggest.Item) coach.Shelf { return coach.Shelf{Library: suggest.NewLibrary(guide, items)} }
	given, err := d.previewGiven(ctx, r, shelf(p.live.Shelf.Items), shelf(p.draft.Shelf.Items), hasDraft, chosen)
	return slices.Concat([]slack.Block{blockkit.Section(head)}, given, d.shelfBlocks(p)), err
}
