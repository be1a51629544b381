package bot

import (
	"context"
	"time"

	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/workshop"
	"cairn/store"
)

// openWorkshop reads which wording is in force and has the coach use it, and
// makes the first admins. Neither a bad file nor a database that is away keeps
// the bot from serving.
func (b *Bot) openWorkshop(ctx context.Context) error {
	embedded, err := workshop.Shipped()
	if err != nil {
		return err
	}
	if b.live, err = workshop.New(embedded, b.cfg.PromptsDir, b.team, b.store, b.cfg.Now, b.cfg.Log); err != nil {
		return err
	}
	if err := b.live.Look(ctx); err != nil {
		b.cfg.Log.Warn("prompts: the files are in force until the database answers", "error", err)
	}
	if err := b.learnReading(ctx, b.cfg.Now()); err != nil {
		b.cfg.Log.Warn("the weights of the binary read until the team's own are there", "error", err)
	}
	b.shelves.own = b.live.Guide
	own := *b.coach
	own.Words = b.live
	own.Books = func(team string) (journey.Models, coach.Reader) {
		return b.live.Journeys(team), b.readerFor(team, own.Reader)
	}
	b.coach = &own
	b.appoint(ctx)
	return nil
}

// usedWait is how long it is waited until that can be kept.
const usedWait = 500 * time.Millisecond

// used keeps which version worded something, for `card … why` and the figures of
// two live versions. Where it cannot be kept the words still go out: they are
// what the person asked for.
func (b *Bot) used(ctx context.Context, team, person string, contact int64, use workshop.Use, made string) {
	ctx, cancel := context.WithTimeout(ctx, usedWait) // somebody may hold the contact: the rest needs its time
	defer cancel()
	err := b.store.UsePrompt(ctx, team, store.PromptUse{Version: use.Version, Engine: string(observe.BuiltIn), Made: made, ContactID: contact, PersonID: person, At: b.cfg.Now()})
	if err != nil {
		b.cfg.Log.Warn("which wording was used is not kept", "team", team, "version", use.Version, "made", made, "error", err)
	}
}
