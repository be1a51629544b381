package weekly

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/digest"
	"cairn/bot/post"
	"cairn/store"
)

// previewPatience is how long a preview may keep its asker waiting before it
// comes by itself.
const previewPatience = 1400 * time.Millisecond

// showNow shows what a digest would say now, to its asker only.
func (b *Board) showNow(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if reply := b.noChannel(r); reply != nil {
		return *reply, nil
	}
	sc, inside, err := b.scheduleOrMembers(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	if !inside {
		return b.notInside("now"), nil
	}
	type answer struct {
		reply chat.Reply
		err   error
	}
	done := make(chan answer, 1)
	b.beside(func(ctx context.Context) {
		reply, err := b.preview(ctx, sc)
		done <- answer{reply, err}
	})
	select {
	case a := <-done:
		return a.reply, a.err
	case <-time.After(previewPatience):
	}
	b.beside(func(context.Context) {
		a := <-done
		if a.err != nil {
			a.reply = b.Trouble(r, a.err)
		}
		b.Send(r, a.reply)
	})
	return chat.Say("*I am adding it up*; the preview comes here in some seconds. Only you will see it."), nil
}

// beside runs fn with some seconds of its own, more than a command has. Whoever
// stops the bot waits for it.
func (b *Board) beside(fn func(context.Context)) {
	b.Watch(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 2*store.DigestTimeout)
		defer cancel()
		fn(ctx)
	})
}

// scheduleOrMembers is the channel's schedule, or what it would be. Where we are
// not inside, nobody tells us whom its digest would be about.
func (b *Board) scheduleOrMembers(ctx context.Context, r *chat.Request) (sc store.Schedule, inside bool, err error) {
	sc, err = b.Store.Schedule(ctx, r.TeamID, r.ChannelID)
	switch {
	case err == nil && b.Now().Sub(sc.MembersAt) <= membersFor:
		return sc, true, nil
	case err == nil: // who belongs to the channel is otherwise asked when a digest is near
		sc.Members, inside, err = b.members(ctx, r.ChannelID)
		return sc, inside, err
	case !errors.Is(err, store.ErrNotFound):
		return sc, false, err
	}
	sc = store.Schedule{TeamID: r.TeamID, Channel: r.ChannelID, Day: time.Monday, Minute: 9 * 60, Dates: "en", By: r.PersonID}
	if sc.Members, inside, err = b.members(ctx, r.ChannelID); err != nil || !inside {
		return sc, inside, err
	}
	sc.Zone, err = b.zoneOfMost(ctx, r.TeamID, sc.Members, r.PersonID)
	return sc, true, err
}

// notInside asks for an invitation to the channel, and the same words again.
func (b *Board) notInside(words string) chat.Reply {
	return chat.Say(fmt.Sprintf("I am not in this channel. Type `/invite @Cairn` here, then `%s digest %s` again.", b.Slash("coach"), words))
}

func (b *Board) preview(ctx context.Context, sc store.Schedule) (chat.Reply, error) {
	w, err := rhythm(sc)
	if err != nil {
		return chat.Reply{}, err
	}
	now := b.Now().In(w.Zone)
	k := digest.WeekOf(now)
	var f digest.Figures
	var before []store.Digest
	err = b.Store.Weigh(ctx, func(q store.Weighing) error {
		f, before, err = b.figures(ctx, q, sc, now, k)
		return err
	})
	if err != nil {
		return chat.Reply{}, err
	}
	blocks := []slack.Block{blockkit.Context("*Only you see this.* It is what a digest would say now; details and pictures would follow in its thread.")}
	asking, done := context.WithTimeout(ctx, thingPatience/2)
	ahead, _ := b.phraseThing(asking, sc.TeamID, f.Thing)
	done()
	text, said, _, err := b.message(sc, f, before, saying{ahead: ahead})
	if err != nil {
		return chat.Reply{}, err
	}
	blocks = append(blocks, said...)
	this, err := b.Store.DigestOf(ctx, sc.TeamID, sc.Channel, k.Year, k.Number)
	switch {
	case err == nil && this.Outcome == store.DigestPosted:
		words, err := b.whereStands(ctx, this, w.Zone)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = append(blocks, blockkit.Context(words))
	case err != nil && !errors.Is(err, store.ErrNotFound):
		return chat.Reply{}, err
	default:
		blocks = append(blocks, blockkit.Actions("preview", blockkit.Button("digest_post", "Post it here", postValue(sc.Channel, k, ahead))))
	}
	return chat.Reply{Message: &post.Message{Text: text, Blocks: blocks}}, nil
}

// PressPost posts what was previewed, weighed anew, as this week's digest.
func (b *Board) PressPost(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	who, err := b.Store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	if !who.Is(store.Manager) {
		return chat.Say("Digests are posted by managers and admins."), nil
	}
	channel, k, ahead, err := readPostValue(r.Action.Value)
	if err != nil {
		return chat.Reply{}, err
	}
	if channel != r.ChannelID {
		return chat.Reply{}, chat.ErrValue // a preview is posted where it stands
	}
	sc, inside, err := b.scheduleOrMembers(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	if !inside {
		return b.notInside("now"), nil
	}
	w, err := rhythm(sc)
	if err != nil {
		return chat.Reply{}, err
	}
	now := b.Now().In(w.Zone)
	if digest.WeekOf(now) != k {
		return chat.Say(fmt.Sprintf("That preview was last week's. Type `%s digest now` for this week's.", b.Slash("coach"))), nil
	}
	d := store.Digest{TeamID: r.TeamID, Channel: channel, Kind: "weekly", Year: k.Year, Week: k.Number, Outcome: store.DigestPosted,
		DueAt: now, MadeAt: now, By: r.PersonID, Pictures: store.PicturesPending}
	m := maker{board: b}
	if b.liveLine(r.TeamID, ahead) {
		m.ahead = ahead
	}
	made, err := b.Store.PostDigest(ctx, sc, d, m.make)
	if err != nil {
		return chat.Reply{}, err
	}
	if !made {
		return b.stands(ctx, d, w.Zone)
	}
	b.Made()
	b.keepUses(ctx, r.TeamID, sc.Channel, m.uses)
	b.Unpark(ctx, sc.Channel) // what was made before goes first
	b.Kick()
	b.LookAgain() // its pictures need not wait for a minute
	return b.posted(ctx, d), nil
}

// stands answers who posts a digest of a week that has one.
func (b *Board) stands(ctx context.Context, d store.Digest, zone *time.Location) (chat.Reply, error) {
	this, err := b.Store.DigestOf(ctx, d.TeamID, d.Channel, d.Year, d.Week)
	if err != nil {
		return chat.Reply{}, err
	}
	if this.Outcome != store.DigestPosted {
		return chat.Say("This week's digest was skipped: I was not running when it was due."), nil
	}
	words, err := b.whereStands(ctx, this, zone)
	return chat.Say(words), err
}

// frozen reads the figures of earlier digests; one that cannot be read is as
// good as none, and is logged.
func (b *Board) frozen(all []store.Digest) []digest.Figures {
	var out []digest.Figures
	for _, d := range all {
		if d.Outcome != store.DigestPosted {
			continue
		}
		var f digest.Figures
		if err := json.Unmarshal(d.Figures, &f); err != nil {
			b.Log.Error("frozen figures cannot be read", "channel", d.Channel, "year", d.Year, "week", d.Week, "error", err)
			continue
		}
		out = append(out, f)
	}
	return out
}
