package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/bot/remind"
	"cairn/bot/suggest"
	"cairn/store"
)

// toldSince is how far back it is looked up what somebody was told; longer
// than anything rests.
const toldSince = 35 * 24 * time.Hour

// mornings sends each person their private morning message, if it is their
// morning and there is something to say. One person's trouble does not keep
// the others waiting: it is tried again a minute later.
func (b *Bot) mornings(ctx context.Context, now time.Time) error {
	all, err := b.store.Mornings(ctx, b.team)
	if err != nil {
		return err
	}
	var errs []error
	for _, m := range all {
		p := morningOf(m)
		day, ok := remind.Today(now, p)
		if !ok || !day.After(m.Last) {
			continue
		}
		if err := b.morning(ctx, m, day, now); err != nil {
			errs = append(errs, fmt.Errorf("person %s: %w", m.ID, err))
		}
	}
	return errors.Join(errs...)
}

func morningOf(m store.Morning) remind.Person {
	p := remind.Person{Zone: m.Location(), Off: m.Off}
	if m.AwayUntil != nil {
		p.AwayUntil = *m.AwayUntil
	}
	if m.AwayFrom != nil {
		p.AwayFrom = *m.AwayFrom
	}
	return p
}

// whenBack looks up what decides when the author is told of steps of theirs, where a
// receipt that is read anew names one with a day.
func (b *Bot) whenBack(ctx context.Context, r *chat.Request, rec *receipt) error {
	if !slices.ContainsFunc(rec.Steps, func(s store.Step) bool { return s.Whose == string(line.Theirs) && s.Due != nil }) {
		return nil
	}
	m, err := b.store.MorningOf(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return err
	}
	p := morningOf(m)
	rec.Morning = &p
	return nil
}

// comesBack says when the morning message brings a step of theirs back. Whoever
// left is come back to on the day itself, which is said with what to give.
func (r receipt) comesBack(s store.Step) string {
	here, _ := placeOn(r.Places, journey.Default)
	if s.Whose != string(line.Theirs) || s.Due == nil || r.Morning == nil || r.isSooner(s) || here.DoNotContact || here.Status == suggest.StatusLeft {
		return ""
	}
	day, ok := remind.After(*s.Due, r.Now, *r.Morning)
	if !ok || !day.Before(remind.Date(*s.Due).AddDate(0, 0, store.StepLife)) || r.isOurs(s, day) {
		return ""
	}
	when := strings.TrimPrefix(english.Due(day, r.Now), "due ")
	if when != "today" && when != "tomorrow" {
		when = "on " + when
	}
	if isAbsence(s) {
		return fmt.Sprintf(" Unless a note comes first, the morning message brings them back %s.", when)
	}
	return fmt.Sprintf(" Unless a note settles it, the morning message brings it back %s.", when)
}

// isSooner reports whether another step of theirs is due before s: the message
// speaks of one for each contact.
func (r receipt) isSooner(s store.Step) bool {
	return slices.ContainsFunc(r.Steps, func(o store.Step) bool {
		return o.Whose == s.Whose && o.Due != nil && remind.Date(*o.Due).Before(remind.Date(*s.Due))
	})
}

// isOurs reports whether a step of ours is due from the day after s to a morning: it is told of
// then, and what they said they would do is not.
func (r receipt) isOurs(s store.Step, morning time.Time) bool {
	return slices.ContainsFunc(r.Steps, func(o store.Step) bool {
		return o.Whose == string(line.Ours) && o.Due != nil && remind.Date(*o.Due).After(remind.Date(*s.Due)) && !remind.Date(*o.Due).After(morning)
	})
}

// moreWaiting says how many wait beside those that a morning tells of; of more than it
// knows of, no more can be said than that.
func moreWaiting(n int) string {
	if n >= mostKnown-remind.MaxLines {
		return fmt.Sprintf("%d or more", n)
	}
	return fmt.Sprintf("%d more", n)
}

// whatSettles tells what takes a line off the mornings to come.
const whatSettles = "A talk that you log, or what you send or ask, settles a line; a try that nobody answered leaves a promise to send something open."

// morning decides about one person's day. The decision and the message stand
// in one transaction, so that nobody is told twice over any number of replicas.
func (b *Bot) morning(ctx context.Context, m store.Morning, day, now time.Time) error {
	// a request like any of theirs, in whose name suggestions are made
	r := &chat.Request{}
	r.TeamID, r.PersonID = m.TeamID, m.ID
	lines, left, err := b.morningLines(ctx, r, m.Person, day, now)
	if err != nil {
		return err
	}
	told := []remind.Told{} // none is a list too
	var blocks []slack.Block
	var text []string
	for _, l := range lines {
		told = append(told, remind.Told{Contact: l.Contact, Kind: l.Kind, Since: l.Since, Step: l.Step})
		for _, s := range l.also {
			told = append(told, remind.Told{Contact: l.Contact, Kind: l.Kind, Since: *s.Due, Step: s.ID})
		}
		text = append(text, l.text)
		blocks = append(blocks, l.blocks()...)
	}
	kept, err := json.Marshal(told)
	if err != nil {
		return err
	}
	rem := store.Reminder{TeamID: m.TeamID, PersonID: m.ID, Day: day, Lines: kept}
	if len(lines) == 0 {
		_, err := b.store.Remind(ctx, rem, nil)
		return err
	}
	head := "*This morning* · only you see this"
	blocks = append([]slack.Block{blockkit.Section(head)}, blocks...)
	if left.Steps > 0 {
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("Due as well: %s more, see `%s who due`.", english.Plural(left.Steps, "step"), b.slash("coach"))))
	}
	if left.Waiting > 0 {
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("Waiting as well: %s, see `%s who waiting`.", moreWaiting(left.Waiting), b.slash("coach"))))
	}
	blocks = append(blocks, blockkit.Context(fmt.Sprintf("%s Away? `%s away until 2 March`.", whatSettles, b.slash("coach"))),
		blockkit.Actions("mornings", blockkit.Button("mornings_off", "No morning messages", "off")))
	p, err := post.ToPerson(m.TeamID, m.ID, fmt.Sprintf("remind:%s:%s", m.ID, day.Format(time.DateOnly)),
		post.Message{Text: blockkit.Fallback(head + "\n" + strings.Join(text, "\n")), Blocks: blocks})
	if err != nil {
		return err
	}
	if fresh, err := b.store.Remind(ctx, rem, &p); err != nil || !fresh {
		return err
	}
	b.poster.Kick()
	return nil
}

// pressSentMorning records the item of a line as given and leaves the other
// lines where they are.
func (b *Bot) pressSentMorning(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	reply, err := b.pressSent(ctx, r)
	reply.Beside = true
	return reply, err
}
