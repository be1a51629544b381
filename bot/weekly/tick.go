package weekly

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"cairn/bot/chat"
	"cairn/bot/digest"
	"cairn/bot/failpoint"
	"cairn/bot/journey"
	"cairn/bot/post"
	"cairn/store"
)

// Members are asked of Slack ahead of the hour, some a tick, so that the hour
// itself needs no call.
const (
	membersAhead = 2 * time.Hour
	membersFor   = 24 * time.Hour
	membersATick = 20
)

// Tick does what is due at this moment. Any number of replicas may tick at
// once: the ledger lets one of them make a week's digest.
func (b *Board) Tick(ctx context.Context) {
	now := b.Now()
	looking, done := context.WithTimeout(ctx, store.CommandTimeout)
	all, err := b.Store.DueSchedules(looking, b.Team, now.Add(membersAhead))
	done()
	if err != nil {
		b.Grumble(ctx, "look for digests", err)
		return
	}
	asked := 0
	asking, done := context.WithTimeout(ctx, thingPatience)
	defer done()
	for _, sc := range all {
		if ctx.Err() != nil {
			return
		}
		if now.Sub(sc.MembersAt) > membersFor && asked < membersATick {
			asked++
			b.learnMembers(ctx, sc, now)
		}
		if sc.NextAt.After(now) {
			continue
		}
		m := maker{board: b, ahead: b.thingAhead(asking, sc, now)}
		b.Limited(ctx, func(ctx context.Context) { b.turnDue(ctx, sc, now, m) })
	}
	b.Limited(ctx, b.pictures)
}

// turnDue makes the digest of a schedule that is due, and sets it for its next week.
func (b *Board) turnDue(ctx context.Context, sc store.Schedule, now time.Time, m maker) {
	made, err := b.Store.TurnDigest(ctx, sc.TeamID, sc.Channel, now, b.turn(now), m.make)
	if err != nil {
		b.Grumble(ctx, "make a digest", err, "channel", sc.Channel)
		return
	}
	if !made {
		return
	}
	failpoint.Pass("digest-made")
	b.Log.Info("a digest is made", "channel", sc.Channel)
	b.keepUses(ctx, sc.TeamID, sc.Channel, m.uses)
	b.Made()
	b.Unpark(ctx, sc.Channel) // what was made before goes first
	b.Kick()
}

// learnMembers keeps who is in the channel. While Slack does not tell, those
// it last told stand.
func (b *Board) learnMembers(ctx context.Context, sc store.Schedule, now time.Time) {
	ask, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	people, _, err := b.members(ask, sc.Channel)
	if err == nil && len(people) > 0 {
		err = b.Store.SetMembers(ctx, sc.TeamID, sc.Channel, people, now)
	}
	if err != nil {
		b.Grumble(ctx, "learn a channel's members; those last told stand", err, "channel", sc.Channel)
	}
}

// turn decides what the schedule's moment comes to.
func (b *Board) turn(now time.Time) func(store.Schedule) store.Turn {
	return func(sc store.Schedule) store.Turn {
		w, err := rhythm(sc)
		if err != nil { // a zone that this machine does not know (any more)
			b.Log.Error("a digest's time zone", "channel", sc.Channel, "zone", sc.Zone, "error", err)
			return store.Turn{Next: now.Add(time.Hour)}
		}
		occurs, skipped, then := w.Due(sc.NextAt, now)
		t := store.Turn{Next: then}
		for _, o := range skipped {
			d := row(sc, o, now)
			d.Outcome, d.Pictures = store.DigestSkipped, store.PicturesNone
			t.Skipped = append(t.Skipped, d)
		}
		if occurs != nil {
			d := row(sc, *occurs, now)
			t.Digest = &d
		}
		if p := b.skippedWord(sc, w, t); p != nil {
			t.Postings = append(t.Postings, *p)
		}
		return t
	}
}

func row(sc store.Schedule, o digest.Occurrence, now time.Time) store.Digest {
	return store.Digest{TeamID: sc.TeamID, Channel: sc.Channel, Kind: "weekly", Year: o.Week.Year, Week: o.Week.Number,
		Outcome: store.DigestPosted, DueAt: o.At, MadeAt: now, Late: o.Late, Pictures: store.PicturesPending}
}

// skippedWord tells whoever arranged the digest that one was left out.
func (b *Board) skippedWord(sc store.Schedule, w digest.Weekly, t store.Turn) *store.Posting {
	if len(t.Skipped) == 0 {
		return nil
	}
	last := t.Skipped[len(t.Skipped)-1]
	text := fmt.Sprintf("I was not running when the digest of <#%s> was due on %s, and it is too late for it now. ", sc.Channel, digest.Date(last.DueAt.In(w.Zone), sc.Dates))
	if n := len(t.Skipped); n > 1 {
		text = fmt.Sprintf("I was not running when %d digests of <#%s> were due, the last on %s, and it is too late for them now. ", n, sc.Channel, digest.Date(last.DueAt.In(w.Zone), sc.Dates))
	}
	text += fmt.Sprintf("The next one comes on %s; `%s digest now` in the channel shows how things stand.", digest.Date(t.Next.In(w.Zone), sc.Dates), b.Slash("coach"))
	p, err := post.ToPerson(sc.TeamID, sc.By, fmt.Sprintf("digest-skipped:%s:%d-%d", sc.Channel, last.Year, last.Week), *chat.Say(text).Message)
	if err != nil {
		b.Log.Error("write a word about a skipped digest", "channel", sc.Channel, "error", err)
		return nil
	}
	return &p
}

// Key names the message that a digest is; what hangs on it has more behind.
func Key(d store.Digest) string {
	return fmt.Sprintf("digest:%s:%s:%d-%d", d.Kind, d.Channel, d.Year, d.Week)
}

// figures weighs a schedule's week that ends at at, beside the earlier digests.
func (b *Board) figures(ctx context.Context, q store.Weighing, sc store.Schedule, at time.Time, k digest.Week) (digest.Figures, []store.Digest, error) {
	w, err := rhythm(sc)
	if err != nil {
		return digest.Figures{}, nil, err
	}
	before, err := q.Earlier(ctx, sc.TeamID, sc.Channel, k.Year, k.Number, digest.LineWeeks)
	if err != nil {
		return digest.Figures{}, nil, err
	}
	name, models, err := b.WeighedOn(ctx, q, sc.TeamID)
	if err != nil {
		return digest.Figures{}, nil, err
	}
	f, err := digest.Weigh(ctx, q, w.Scope(sc.TeamID, name, sc.About(), at), models, b.frozen(before))
	return f, before, err
}

// WeighedOn is the journey that a team's sums are about, and the team's journeys:
// an editor may have changed one, and a team may have one of its own. Where the
// file of that is gone, the first journey holds, as for receipts.
func (b *Board) WeighedOn(ctx context.Context, q store.Weighing, team string) (string, journey.Models, error) {
	name, err := q.Journey(ctx, team)
	models := b.Coach.For(team).Models
	if _, ok := models.Get(name); !ok {
		name = journey.Default
	}
	return name, models, err
}

// maker makes one digest.
type maker struct {
	board *Board
	ahead phrased           // its one thing in a model's words, where there are such
	uses  []store.PromptUse // what worded it in the end
}

// make weighs a digest and writes what is posted: what a channel sees, and the
// details in its thread. The pictures follow, once they are uploaded.
func (m *maker) make(ctx context.Context, q store.Weighing, sc store.Schedule, d store.Digest) (json.RawMessage, []store.Posting, error) {
	b := m.board
	f, before, err := b.figures(ctx, q, sc, d.DueAt, digest.Week{Year: d.Year, Number: d.Week})
	if err != nil {
		return nil, nil, err
	}
	frozen, err := json.Marshal(f)
	if err != nil {
		return nil, nil, fmt.Errorf("freeze a digest: %w", err)
	}
	text, blocks, uses, err := b.message(sc, f, before, saying{late: d.Late, due: d.DueAt, ahead: m.ahead})
	if err != nil {
		return nil, nil, err
	}
	key := Key(d)
	first, err := post.ToChannel(d.TeamID, d.Channel, key, post.Message{Text: text, Blocks: blocks})
	if err != nil {
		return nil, nil, err
	}
	details, err := post.ToChannel(d.TeamID, d.Channel, key+":details", post.Message{Text: "Details of the digest", Blocks: b.detailBlocks(d, f), Under: key})
	if err != nil {
		return nil, nil, err
	}
	first.OwnerID, details.OwnerID = sc.By, ""
	m.uses = uses
	return frozen, []store.Posting{first, details}, nil
}
