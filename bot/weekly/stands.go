package weekly

import (
	"context"
	"fmt"
	"time"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/post"
	"cairn/store"
)

// whereStands says of a week's digest that was made whether it is in its
// channel. One that the channel did not take is tried again.
func (b *Board) whereStands(ctx context.Context, d store.Digest, zone *time.Location) (string, error) {
	p, err := b.Store.Posted(ctx, d.TeamID, Key(d))
	if err != nil {
		return "", err
	}
	made := d.MadeAt.In(zone).Format("Monday at 15:04")
	switch p.State {
	case "sent":
		return fmt.Sprintf("This week's digest was posted on %s; one a week is enough.", p.At.In(zone).Format("Monday at 15:04")), nil
	case "parked":
		b.Unpark(ctx, d.Channel)
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
func (b *Board) posted(ctx context.Context, d store.Digest) chat.Reply {
	ctx, done := context.WithTimeout(ctx, standPatience)
	defer done()
	look := time.NewTicker(standLook)
	defer look.Stop()
	for {
		p, err := b.Store.Posted(ctx, d.TeamID, Key(d))
		switch {
		case err != nil && ctx.Err() == nil:
			b.Grumble(ctx, "look for a digest", err, "channel", d.Channel)
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
