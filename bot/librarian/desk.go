package librarian

import (
	"context"
	"log/slog"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/store"
)

// Desk answers the people of one workspace about their library. All fields are set
// before its first use, none is changed after, and each is needed.
type Desk struct {
	Team  string // whose workspace it is
	Store *store.Store
	Coach *coach.Coach
	Now   func() time.Time
	Log   *slog.Logger

	Face
	// Shelf is the team's library as suggestions choose from it, at its latest version.
	Shelf func(ctx context.Context, team string) (coach.Shelf, error)
	// Wordings are the figures of the wordings of which two versions are live, for the
	// scorecard; none where there is no such wording.
	Wordings func(context.Context, *chat.Request) ([]slack.Block, error)
}

// Face is how the bot speaks with people, beside the desk.
type Face struct {
	// Slash is a command as people type it in this workspace: "/coach".
	Slash func(name string) string
	// Here is the present moment in the person's own zone, as far as they were met.
	Here func(*chat.Request) time.Time
	// Names are those of the team's people, by id.
	Names func(ctx context.Context, team string) (chat.Names, error)
	// Kick has what was put into the outbox go at once.
	Kick func()
}
