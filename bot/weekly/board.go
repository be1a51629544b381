package weekly

import (
	"context"
	"log/slog"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/observe/model"
	"cairn/bot/workshop"
	"cairn/store"
)

// Board is where the digests of one workspace hang. All fields are set before its first
// use and none is changed after; where none is said to be missing, each is needed.
type Board struct {
	Team  string // whose workspace it is
	Self  string // our own user id
	Store *store.Store
	Coach *coach.Coach
	Live  *workshop.Live
	API   *slack.Client
	Asker model.Asker // the model that phrases the one thing; nil: there is none
	Now   func() time.Time
	Log   *slog.Logger

	Face
	Outbox
	Clock
}

// Face is how the bot speaks with people, beside the board.
type Face struct {
	// Slash is a command as people type it in this workspace: "/coach".
	Slash func(name string) string
	// Here is the present moment in the person's own zone, as far as they were met.
	Here func(*chat.Request) time.Time
	// PersonNamed is the id of somebody of the team as typed; empty where that is nobody
	// or several.
	PersonNamed func(ctx context.Context, team, typed string) (string, error)
	// Send posts the reply to a request the way that the request takes.
	Send func(*chat.Request, chat.Reply)
	// Trouble turns an error into a reply for people, with an id that the log has too.
	Trouble func(*chat.Request, error) chat.Reply
	// Upload gives Slack a file, shown in a channel or, without one, nowhere yet; and
	// returns its id. alt says in words what a picture shows.
	Upload func(ctx context.Context, channel, name string, data []byte, alt string) (string, error)
}

// Outbox is how digests go out.
type Outbox struct {
	// Kick has what was put into the outbox go at once.
	Kick func()
	// Unpark has what is parked for a channel tried again.
	Unpark func(ctx context.Context, channel string)
	// Made counts a digest that stands in the ledger.
	Made func()
}

// Clock is what the bot does by the clock, and beside its commands.
type Clock struct {
	// LookAgain has what is due looked for at once. It never blocks.
	LookAgain func()
	// Limited does something by the clock in a time limit of its own.
	Limited func(ctx context.Context, do func(context.Context))
	// Grumble logs what went wrong by the clock, but not that the bot is ending.
	Grumble func(ctx context.Context, what string, err error, more ...any)
	// Watch does what an answer still hangs on. Whoever stops the bot waits for it.
	Watch func(do func())
}
