package editing

import (
	"context"
	"errors"
	"fmt"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/workshop"
	"cairn/store"
)

// moved is what came of a move.
type moved struct {
	ok     bool
	reply  chat.Reply // where it is not ok: who was first
	trials string     // whose trials it ended, a sentence that begins with a space; empty: nobody's
}

// move moves labels, with what that does to rows, has this replica follow at
// once, and tells those whose trial ended by it. Where somebody was first, the
// reply says so; where it is an item of the library that is another, the error is
// [store.ErrItemMoved].
func (d *Desk) move(ctx context.Context, r *chat.Request, file string, c store.PromptChange) (moved, error) {
	c.PersonID, c.At = r.PersonID, d.Now()
	labels, err := d.Store.MovePrompt(ctx, r.TeamID, file, c)
	if errors.Is(err, store.ErrMoved) {
		reply, err := d.whoWasFirst(ctx, r, labels)
		return moved{reply: reply}, err
	}
	if err != nil {
		return moved{}, err
	}
	d.Follow(ctx)
	// what was moved stays so, whoever is not told
	author, err := d.tellAuthor(ctx, r, file, c, labels.Ended)
	if err != nil {
		d.Log.Warn("the author of a version is not told what became of it", "team", r.TeamID, "file", file, "error", err)
	}
	trials, err := d.trialsEnded(ctx, r, c, labels.Ended, author)
	if err != nil {
		d.Log.Warn("not everybody whose trial ended is told", "team", r.TeamID, "file", file, "error", err)
	}
	return moved{ok: true, trials: trials}, nil
}

// whoWasFirst tells what somebody else did before, so that nothing was changed now.
func (d *Desk) whoWasFirst(ctx context.Context, r *chat.Request, l store.PromptLabels) (chat.Reply, error) {
	m, err := d.lastMove(ctx, r.TeamID, l.File)
	if err != nil {
		return chat.Reply{}, err
	}
	names, err := d.Names(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	lead := "*Somebody was first*: " + blockkit.Escape(names.Of(m.PersonID))
	if m.PersonID == r.PersonID {
		lead = "*You were first yourself*, in another window: you"
	}
	return chat.Say(fmt.Sprintf("%s %s. So I changed nothing now. Live is %s%s. Look again with `%s prompts log %s`.",
		lead, d.moveDid(m), d.wasLiveWord(l.File, l.Live), draftWord(l.Draft), d.Slash("coach"), workshop.Name(l.File))), nil
}

// Follow has this replica take over what was just moved; the others hear of it.
func (d *Desk) Follow(ctx context.Context) {
	if err := d.Live.Look(ctx); err != nil {
		d.Log.Warn("prompts: following at the next look", "error", err)
	}
}

// lastMove is the latest move of a file that changed what stands.
func (d *Desk) lastMove(ctx context.Context, team, file string) (store.PromptMove, error) {
	moves, err := d.Store.PromptLog(ctx, team, file, latestMoves)
	if err != nil {
		return store.PromptMove{}, err
	}
	for _, m := range moves {
		if m.Kind != store.PromptRefused && !m.Aside() {
			return m, nil
		}
	}
	return store.PromptMove{}, fmt.Errorf("the log of %s tells no move: %w", file, store.ErrNotFound)
}
