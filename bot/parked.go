package bot

import (
	"context"
	"strings"
	"time"

	"cairn/bot/chat"
	"cairn/bot/weekly"
	"cairn/store"
)

// What is parked for a channel goes out once the channel takes it: when Slack
// tells that we were invited or that it was unarchived, with the channel's next
// digest, and within an hour in any case, for an app whose manifest is older
// than those events hears of neither.

// tryParked has everything that is parked tried again.
func (b *Bot) tryParked(ctx context.Context, now time.Time) error {
	n, err := b.store.Unpark(ctx, b.team, "", now)
	if n > 0 {
		b.cfg.Log.Info("what is parked is tried again", "postings", n)
		b.poster.Kick()
	}
	return err
}

// unpark has what is parked for a channel tried again; should that fail, the
// next hour does it.
func (b *Bot) unpark(ctx context.Context, channel string) {
	n, err := b.store.Unpark(ctx, b.team, channel, b.cfg.Now())
	if err != nil {
		b.grumble(ctx, "try what is parked", err, "channel", channel)
	}
	if n > 0 {
		b.poster.Kick()
	}
}

// opensChannel reports an event that tells of a channel that may take messages
// again.
func opensChannel(r *chat.Request) bool {
	switch r.Event {
	case "member_joined_channel", "channel_unarchive", "group_unarchive":
		return true
	}
	return false
}

// opened hears of such a channel. That somebody else joined one is nothing to us.
func (b *Bot) opened(ctx context.Context, r *chat.Request) {
	if r.Event == "member_joined_channel" && r.PersonID != b.self || r.TeamID != b.team {
		return
	}
	b.unpark(ctx, r.ChannelID)
}

// digestMeter counts digests, where somebody wants to know: those made, and
// those posted with how late that was.
type digestMeter interface {
	Digest(outcome string, late time.Duration)
}

// countMade counts a digest that stands in the ledger.
func (b *Bot) countMade() {
	if m, ok := b.meters.(digestMeter); ok {
		m.Digest("made", 0)
	}
}

// stood counts a digest once it stands in its channel.
func (b *Bot) stood(q store.Posting) {
	m, ok := b.meters.(digestMeter)
	if !ok || !strings.HasPrefix(q.Key, "digest:") {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), store.CommandTimeout)
	defer cancel()
	latest, err := b.store.Digests(ctx, q.TeamID, q.Channel, 10)
	if err != nil {
		b.grumble(ctx, "count a digest", err, "id", q.ID)
		return
	}
	for _, d := range latest {
		if weekly.Key(d) == q.Key { // and not what hangs on it
			m.Digest("posted", b.cfg.Now().Sub(d.DueAt))
		}
	}
}
