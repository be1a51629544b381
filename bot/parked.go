package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/post"
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
		if digestKey(d) == q.Key { // and not what hangs on it
			m.Digest("posted", b.cfg.Now().Sub(d.DueAt))
		}
	}
}

// whereStands says of a week's digest that was made whether it is in its
// channel. One that the channel did not take is tried again.
func (b *Bot) whereStands(ctx context.Context, d store.Digest, zone *time.Location) (string, error) {
	p, err := b.store.Posted(ctx, d.TeamID, digestKey(d))
	if err != nil {
		return "", err
	}
	made := d.MadeAt.In(zone).Format("Monday at 15:04")
	switch p.State {
	case "sent":
		return fmt.Sprintf("This week's digest was posted on %s; one a week is enough.", p.At.In(zone).Format("Monday at 15:04")), nil
	case "parked":
		b.unpark(ctx, d.Channel)
		return fmt.Sprintf("This week's digest was made on %s but *not posted*, for this channel did not take it: %s. I try it again now.", made, post.Why(p.Error)), nil
	case "failed":
		return fmt.Sprintf("This week's digest was made on %s but *not posted*: Slack refused it (%s).", made, blockkit.Escape(p.Error)), nil
	case "unknown":
		return fmt.Sprintf("This week's digest was made on %s. Slack broke off while I posted it, so I cannot tell whether it stands here.", made), nil
	}
	return fmt.Sprintf("This week's digest was made on %s and is on its way.", made), nil
}

// How long who posts a digest by hand may wait for it to stand there.
const (
	standPatience = time.Second
	standLook     = 50 * time.Millisecond
)

// posted says what became of a digest that was just made by hand. It is made,
// whatever else goes wrong: where that cannot be seen in time it is on its way.
func (b *Bot) posted(ctx context.Context, d store.Digest) chat.Reply {
	ctx, done := context.WithTimeout(ctx, standPatience)
	defer done()
	look := time.NewTicker(standLook)
	defer look.Stop()
	for {
		p, err := b.store.Posted(ctx, d.TeamID, digestKey(d))
		switch {
		case err != nil && ctx.Err() == nil:
			b.grumble(ctx, "look for a digest", err, "channel", d.Channel)
		case p.State == "sent":
			return chat.Say("*Posted.* It is this week's digest; its details and pictures follow in the thread.")
		case p.State == "parked":
			return chat.Say(fmt.Sprintf("*Not posted.* This week's digest is made, but this channel does not take it: %s. It is kept for 30 days; I try again every hour, and as soon as I am invited.", post.Why(p.Error)))
		case p.State == "failed":
			return chat.Say(fmt.Sprintf("*Not posted.* This week's digest is made, but Slack refused it (%s).", blockkit.Escape(p.Error)))
		case p.State == "unknown":
			return chat.Say("*I cannot tell whether it is posted.* This week's digest is made; Slack broke off while I posted it. Please look in the channel.")
		}
		select {
		case <-ctx.Done():
			return chat.Say("*On its way.* It is this week's digest; its details and pictures follow in the thread.")
		case <-look.C:
		}
	}
}
