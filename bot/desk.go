package bot

import (
	"context"
	"time"

	"cairn/bot/chat"
	"cairn/bot/editing"
	"cairn/bot/librarian"
	"cairn/bot/weekly"
)

// openDesks opens the rooms that people are answered in beside the bot itself, each
// with the few things of the bot that it needs.
func (b *Bot) openDesks() {
	b.desk = &editing.Desk{Team: b.team, Store: b.store, Coach: b.coach, Live: b.live, API: b.cfg.API, Files: b.cfg.Files, Now: b.cfg.Now, Log: b.cfg.Log,
		Face: editing.Face{Slash: b.slash, Here: b.here, Meet: b.meet, Names: b.names, FindOwn: b.findOwn, Send: b.sendNow, SendFile: b.sendFile, Incident: b.incident},
		Replies: editing.Replies{Asking: b.asking, Guide: b.shelves.guideOf, Inputs: b.inputsOf,
			Examples: examplesOf, SeenBy: b.seenBy, YouWe: youWe, ShownAs: b.shownAs, Tongue: tongueOf, Tongues: b.tongues, Example: b.answerExample},
		Queue: editing.Queue{Job: b.job, Leave: b.leave, AskedBy: b.askedBy}}
	if b.cfg.Second != nil {
		b.desk.Asker = b.cfg.Second.Asker
	}
	b.library = &librarian.Desk{Team: b.team, Store: b.store, Coach: b.coach, Now: b.cfg.Now, Log: b.cfg.Log,
		Face:  librarian.Face{Slash: b.slash, Here: b.here, Names: b.names, Kick: b.poster.Kick},
		Shelf: b.shelves.now, Wordings: b.desk.SplitScores}
	b.weekly = &weekly.Board{Team: b.team, Self: b.self, Store: b.store, Coach: b.coach, Live: b.live, API: b.cfg.API, Asker: b.desk.Asker, Now: b.cfg.Now, Log: b.cfg.Log,
		Face:   weekly.Face{Slash: b.slash, Here: b.here, PersonNamed: b.personNamed, Send: b.send, Trouble: b.trouble, Upload: b.upload},
		Outbox: weekly.Outbox{Kick: b.poster.Kick, Unpark: b.unpark, Made: b.countMade},
		Clock:  weekly.Clock{LookAgain: b.ClockMoved, Limited: b.limited, Grumble: b.grumble, Watch: b.watch}}
}

// sendNow puts a reply into the outbox and has it go at once.
func (b *Bot) sendNow(ctx context.Context, r *chat.Request, reply chat.Reply, key string) error {
	if err := b.enqueue(ctx, r, reply, key); err != nil {
		return err
	}
	b.poster.Kick()
	return nil
}

// inputsOf are how the inputs of a prompt about a contact are made; false: it has none.
func (b *Bot) inputsOf(prompt string) (editing.Inputs, bool) {
	with, ok := promptInputs[prompt]
	return func(ctx context.Context, r *chat.Request, t editing.Tryout) (editing.Input, string, error) {
		t.Past.Ledger = b.coach.For(r.TeamID).Weighed(t.Real, t.Past.Ledger, t.Past.Recent, r.PersonID, b.here(r))
		return with(b, ctx, r, t)
	}, ok
}

// prompts is the workshop: a list, or one of its verbs. Editors and admins only.
func (b *Bot) prompts(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	return b.desk.Command(ctx, r)
}

func (b *Bot) pressPrompt(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	return b.desk.Press(ctx, r)
}

func (b *Bot) submitPromptEdit(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	return b.desk.SubmitEdit(ctx, r)
}

func (b *Bot) submitPromptPreview(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	return b.desk.SubmitPreview(ctx, r)
}

func (b *Bot) submitPromptStep(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	return b.desk.SubmitStep(ctx, r)
}

// atLibrary has the library's desk answer.
func atLibrary(answer func(*librarian.Desk, context.Context, *chat.Request) (chat.Reply, error)) func(*Bot, context.Context, *chat.Request) (chat.Reply, error) {
	return func(b *Bot, ctx context.Context, r *chat.Request) (chat.Reply, error) {
		return answer(b.library, ctx, r)
	}
}

// atBoard has the board of digests answer.
func atBoard(answer func(*weekly.Board, context.Context, *chat.Request) (chat.Reply, error)) func(*Bot, context.Context, *chat.Request) (chat.Reply, error) {
	return func(b *Bot, ctx context.Context, r *chat.Request) (chat.Reply, error) {
		return answer(b.weekly, ctx, r)
	}
}

// reviews tells the owners of items whose review is overdue.
func (b *Bot) reviews(ctx context.Context, now time.Time) error { return b.library.Reviews(ctx, now) }
