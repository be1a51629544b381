package slacksim

import (
	"log/slog"
	"time"
)

// Person is a member of the workspace.
type Person struct {
	ID       string // U…
	Name     string // handle, without @
	RealName string
	Email    string // seen by the app only with the scope users:read.email
	Title    string
	TZ       string // IANA name
	TZOffset int    // seconds east of UTC, as Slack gives it for today
	Admin    bool
	Deleted  bool
}

// Channel is a channel of the workspace. The app is a member where its bot
// user is among Members.
type Channel struct {
	ID       string // C…
	Name     string // without #
	Purpose  string
	Members  []string
	Private  bool
	Archived bool
}

// Command is a slash command of the app.
type Command struct {
	Name        string // with the slash
	Description string
	UsageHint   string
	Escape      bool // manifest's should_escape: @name and #name arrive as <@U…|name>, <#C…|name>
}

// Shortcut is a global or message shortcut of the app.
type Shortcut struct {
	CallbackID  string `json:"callback_id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Type        string `json:"type"` // "global" or "message"
}

// App says how the app under test is installed. Zero fields get defaults.
type App struct {
	ID        string // A…
	Name      string
	BotUserID string // U…
	BotID     string // B…
}

// RateLimits says which of Slack's rates are enforced (with 429 and Retry-After).
// The zero value enforces the rate of posting only.
type RateLimits struct {
	Off       bool // nothing is limited
	Tiers     bool // also calls a minute by method (tiers 1, 20, 50, 100)
	PostBurst int  // posts to one channel at once before one a second holds; 0: 10
}

// Config describes a workspace. Only what is needed has to be set.
type Config struct {
	TeamID   string
	TeamName string
	AppToken string // xapp-…
	BotToken string // xoxb-…
	App      App
	Scopes   []string // bot scopes granted; nil: DefaultScopes
	Events   []string // events subscribed to; nil: DefaultEvents

	People    []Person
	Channels  []Channel
	Commands  []Command
	Shortcuts []Shortcut

	Now      func() time.Time      // the workspace's clock; nil: time.Now
	SetClock func(time.Time) error // moves that clock (the page's button); nil: it cannot be moved
	Log      *slog.Logger          // ids only; nil: silent

	PingInterval time.Duration // websocket pings to the app; 0: 2 s
	AckDeadline  time.Duration // 0: Slack's 3 s
	WarningGrace time.Duration // from a "disconnect" that does not close at once to the close; 0: Slack's about 10 s
	RateLimits   RateLimits
	History      int // messages kept a channel; 0: 2,000
	Deliveries   int // deliveries kept for Deliveries and redelivery; 0: 10,000
}

// DefaultScopes are what Cairn's manifest asks for at least.
func DefaultScopes() []string {
	return []string{"commands", "chat:write", "im:write", "users:read", "files:write", "files:read", "app_mentions:read", "im:history"}
}

// DefaultEvents are the events that a workspace sends unless Config says otherwise.
func DefaultEvents() []string {
	return []string{"app_home_opened", "app_mention", "message.im", "member_joined_channel",
		"channel_archive", "channel_unarchive", "tokens_revoked", "app_uninstalled"}
}

func (c Config) withDefaults() Config {
	text := func(p *string, s string) {
		if *p == "" {
			*p = s
		}
	}
	span := func(p *time.Duration, d time.Duration) {
		if *p == 0 {
			*p = d
		}
	}
	count := func(p *int, n int) {
		if *p == 0 {
			*p = n
		}
	}
	text(&c.TeamID, "T0SIM")
	text(&c.TeamName, "Simulated")
	text(&c.AppToken, "xapp-1-A0SIM-1-simulated")
	text(&c.BotToken, "xoxb-simulated")
	text(&c.App.ID, "A0SIM")
	text(&c.App.Name, "Cairn")
	text(&c.App.BotUserID, "U0BOT")
	text(&c.App.BotID, "B0BOT")
	if c.Scopes == nil {
		c.Scopes = DefaultScopes()
	}
	if c.Events == nil {
		c.Events = DefaultEvents()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	span(&c.PingInterval, 2*time.Second)
	span(&c.AckDeadline, 3*time.Second)
	span(&c.WarningGrace, 10*time.Second)
	count(&c.RateLimits.PostBurst, 10)
	count(&c.History, 2000)
	count(&c.Deliveries, 10_000)
	return c
}
