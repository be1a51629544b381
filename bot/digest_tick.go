package bot

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
	"cairn/bot/failpoint"
	"cairn/bot/journey"
	"cairn/bot/post"
	"cairn/store"
)

// tickEvery is how often each replica looks for digests that are due.
const tickEvery = time.Minute

// Members are asked of Slack ahead of the hour, some a tick, so that the hour
// itself needs no call.
const (
	membersAhead = 2 * time.Hour
	membersFor   = 24 * time.Hour
	membersATick = 20
)

// ClockMoved makes the bot look at once for what the new time has made due.
// It never blocks.
func (b *Bot) ClockMoved() {
	select {
	case b.moved <- struct{}{}:
	default:
	}
}

// ticking posts digests when they are due, until ctx ends.
func (b *Bot) ticking(ctx context.Context) {
	tick := time.NewTicker(tickEvery)
	defer tick.Stop()
	for {
		b.tick(ctx)
		b.Tick(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-b.moved:
		}
	}
}

// tick does what is due at this moment. Any number of replicas may tick at
// once: the ledger lets one of them make a week's digest.
func (b *Bot) tick(ctx context.Context) {
	now := b.cfg.Now()
	looking, done := context.WithTimeout(ctx, store.CommandTimeout)
	all, err := b.store.DueSchedules(looking, b.team, now.Add(membersAhead))
	done()
	if err != nil {
		b.grumble(ctx, "look for digests", err)
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
		m := digestMaker{bot: b, ahead: b.thingAhead(asking, sc, now)}
		b.limited(ctx, func(ctx context.Context) { b.turnDue(ctx, sc, now, m) })
	}
	b.limited(ctx, b.pictures)
}

// limited does something by the clock in a time limit of its own: what hangs
// holds up neither the next digest nor the duties for ever.
func (b *Bot) limited(ctx context.Context, do func(context.Context)) {
	ctx, done := context.WithTimeout(ctx, dutyTime)
	defer done()
	do(ctx)
}

// turnDue makes the digest of a schedule that is due, and sets it for its next week.
func (b *Bot) turnDue(ctx context.Context, sc store.Schedule, now time.Time, m digestMaker) {
	made, err := b.store.TurnDigest(ctx, sc.TeamID, sc.Channel, now, b.turn(now), m.make)
	if err != nil {
		b.grumble(ctx, "make a digest", err, "channel", sc.Channel)
		return
	}
	if !made {
		return
	}
	failpoint.Pass("digest-made")
	b.cfg.Log.Info("a digest is made", "channel", sc.Channel)
	b.keepUses(ctx, sc.TeamID, sc.Channel, m.uses)
	b.countMade()
	b.unpark(ctx, sc.Channel) // what was made before goes first
	b.poster.Kick()
}

// grumble logs what went wrong by the clock, but not that the bot is ending.
func (b *Bot) grumble(ctx context.Context, what string, err error, more ...any) {
	if !errors.Is(ctx.Err(), context.Canceled) {
		b.cfg.Log.Error(what, append([]any{"error", err}, more...)...)
	}
}

// learnMembers keeps who is in the channel. While Slack does not tell, those
// it last told stand.
func (b *Bot) learnMembers(ctx context.Context, sc store.Schedule, now time.Time) {
	ask, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	people, _, err := b.members(ask, sc.Channel)
	if err == nil && len(people) > 0 {
		err = b.store.SetMembers(ctx, sc.TeamID, sc.Channel, people, now)
	}
	if err != nil {
		b.grumble(ctx, "learn a channel's members; those last told stand", err, "channel", sc.Channel)
	}
}

// turn decides what the schedule's moment comes to.
func (b *Bot) turn(now time.Time) func(store.Schedule) store.Turn {
	return func(sc store.Schedule) store.Turn {
		w, err := weekly(sc)
		if err != nil { // a zone that this machine does not know (any more)
			b.cfg.Log.Error("a digest's time zone", "channel", sc.Channel, "zone", sc.Zone, "error", err)
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
func (b *Bot) skippedWord(sc store.Schedule, w digest.Weekly, t store.Turn) *store.Posting {
	if len(t.Skipped) == 0 {
		return nil
	}
	last := t.Skipped[len(t.Skipped)-1]
	text := fmt.Sprintf("I was not running when the digest of <#%s> was due on %s, and it is too late for it now. ", sc.Channel, digest.Date(last.DueAt.In(w.Zone), sc.Dates))
	if n := len(t.Skipped); n > 1 {
		text = fmt.Sprintf("I was not running when %d digests of <#%s> were due, the last on %s, and it is too late for them now. ", n, sc.Channel, digest.Date(last.DueAt.In(w.Zone), sc.Dates))
	}
	text += fmt.Sprintf("The next one comes on %s; `%s digest now` in the channel shows how things stand.", digest.Date(t.Next.In(w.Zone), sc.Dates), b.slash("coach"))
	p, err := post.ToPerson(sc.TeamID, sc.By, fmt.Sprintf("digest-skipped:%s:%d-%d", sc.Channel, last.Year, last.Week), *chat.Say(text).Message)
	if err != nil {
		b.cfg.Log.Error("write a word about a skipped digest", "channel", sc.Channel, "error", err)
		return nil
	}
	return &p
}

// digestKey names the message that a digest is; what hangs on it has more behind.
func digestKey(d store.Digest) string {
	return fmt.Sprintf("digest:%s:%s:%d-%d", d.Kind, d.Channel, d.Year, d.Week)
}

// figures weighs a schedule's week that ends at at, beside the earlier digests.
func (b *Bot) figures(ctx context.Context, q store.Weighing, sc store.Schedule, at time.Time, k digest.Week) (digest.Figures, []store.Digest, error) {
	w, err := weekly(sc)
	if err != nil {
		return digest.Figures{}, nil, err
	}
	before, err := q.Earlier(ctx, sc.TeamID, sc.Channel, k.Year, k.Number, digest.LineWeeks)
	if err != nil {
		return digest.Figures{}, nil, err
	}
	name, models, err := b.weighedOn(ctx, q, sc.TeamID)
	if err != nil {
		return digest.Figures{}, nil, err
	}
	f, err := digest.Weigh(ctx, q, w.Scope(sc.TeamID, name, sc.About(), at), models, b.frozen(before))
	return f, before, err
}

// weighedOn is the journey that a team's sums are about, and the team's journeys:
// an editor may have changed one, and a team may have one of its own. Where the
// file of that is gone, the first journey holds, as for receipts.
func (b *Bot) weighedOn(ctx context.Context, q store.Weighing, team string) (string, journey.Models, error) {
	name, err := q.Journey(ctx, team)
	models := b.coach.For(team).Models
	if _, ok := models.Get(name); !ok {
		name = journey.Default
	}
	return name, models, err
}

// digestMaker makes one digest.
type digestMaker struct {
	bot   *Bot
	ahead phrased           // its one thing in a model's words, where there are such
	uses  []store.PromptUse // what worded it in the end
}

// make weighs a digest and writes what is posted: what a channel sees, and the
// details in its thread. The pictures follow, once they are uploaded.
func (m *digestMaker) make(ctx context.Context, q store.Weighing, sc store.Schedule, d store.Digest) (json.RawMessage, []store.Posting, error) {
	b := m.bot
	f, before, err := b.figures(ctx, q, sc, d.DueAt, digest.Week{Year: d.Year, Number: d.Week})
	if err != nil {
		return nil, nil, err
	}
	frozen, err := json.Marshal(f)
	if err != nil {
		return nil, nil, fmt.Errorf("freeze a digest: %w", err)
	}
	text, blocks, uses, err := b.digestBlocks(sc, f, before, saying{late: d.Late, due: d.DueAt, ahead: m.ahead})
	if err != nil {
		return nil, nil, err
	}
	key := digestKey(d)
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

// Uploading a file is not the post that shows it: done twice, it leaves a file
// that nobody sees. So pictures are uploaded first, and shown by a message of
// the outbox's like any other, under a key of its own.
const (
	pictureTries = 5
	// pictureRest lets Slack finish with an upload before a message shows it.
	pictureRest = 5 * time.Second
)

// pictures uploads and shows the pictures that are still to come.
func (b *Bot) pictures(ctx context.Context) {
	all, err := b.store.PictureDigests(ctx, b.team)
	if err != nil {
		b.grumble(ctx, "look for pictures", err)
		return
	}
	for _, d := range all {
		if ctx.Err() != nil {
			return
		}
		blocks, err := b.pictureBlocks(ctx, d)
		var p *store.Posting
		switch {
		case err == nil:
			p, err = b.picturePosting(d, blocks, b.cfg.Now().Add(pictureRest))
		case d.Tries+1 >= pictureTries && !errors.Is(err, errNoFigures):
			b.grumble(ctx, "pictures are given up", err, "channel", d.Channel)
			p, err = b.picturePosting(d, b.pictureWords(d), b.cfg.Now())
		}
		if err != nil {
			b.grumble(ctx, "upload pictures", err, "channel", d.Channel)
		}
		if err := b.store.PicturesDone(ctx, d, p, pictureTries); err != nil {
			b.grumble(ctx, "mark pictures", err, "channel", d.Channel)
			continue
		}
		if p != nil {
			b.poster.Kick()
		}
	}
}

func (b *Bot) picturePosting(d store.Digest, blocks []slack.Block, at time.Time) (*store.Posting, error) {
	p, err := post.ToChannel(d.TeamID, d.Channel, digestKey(d)+":pictures", post.Message{Text: "The week in pictures", Blocks: blocks, Under: digestKey(d)})
	p.NotBefore = at
	return &p, err
}

var errNoFigures = errors.New("the digest has no figures that can be read")

// drawn draws the pictures of a digest's frozen figures.
func (b *Bot) drawn(d store.Digest) ([]digest.Picture, error) {
	found := b.frozen([]store.Digest{d})
	if len(found) == 0 {
		return nil, errNoFigures
	}
	movement, err := digest.Movement(found[0])
	if err != nil {
		return nil, err
	}
	all := []digest.Picture{movement}
	given, ok, err := digest.Given(found[0], b.stagesOfContent(d.TeamID))
	if err != nil {
		return nil, err
	}
	if ok {
		all = append(all, given)
	}
	return all, nil
}

func (b *Bot) pictureBlocks(ctx context.Context, d store.Digest) ([]slack.Block, error) {
	all, err := b.drawn(d)
	if err != nil {
		return nil, err
	}
	var blocks []slack.Block
	for _, p := range all {
		id, err := b.upload(ctx, "", p.Name, p.PNG, blockkit.Truncate(p.Alt, 1000))
		if err != nil {
			return nil, err
		}
		blocks = append(blocks, &slack.ImageBlock{Type: slack.MBTImage, SlackFile: &slack.SlackFileObject{ID: id}, AltText: blockkit.Truncate(p.Alt, 2000)})
	}
	return blocks, nil
}

// pictureWords stand in the thread where the pictures could not be uploaded.
func (b *Bot) pictureWords(d store.Digest) []slack.Block {
	all, err := b.drawn(d)
	if err != nil {
		return []slack.Block{blockkit.Context("The pictures of this week could not be drawn.")}
	}
	blocks := []slack.Block{blockkit.Context("The pictures could not be uploaded. In words:")}
	for _, p := range all {
		blocks = append(blocks, blockkit.Section(blockkit.Escape(p.Alt)))
	}
	return blocks
}
