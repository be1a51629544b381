package bot

import (
	"context"
	"errors"
	"sync"
	"time"

	"cairn/bot/chat"
	"cairn/store"
)

// meeting is what is remembered of a person between commands.
type meeting struct {
	mu    sync.Mutex
	zone  *time.Location // the person's; finding one reads a file
	again time.Time      // when to ask Slack once more
}

// asAgain is how long a person's name and time zone are taken as they were, and
// askSoon how long where Slack did not tell: their "yesterday" may be another day.
const (
	asAgain = time.Hour
	askSoon = time.Minute
)

// askPatience is how long a first command waits for Slack to tell the
// person's time zone; without it, "yesterday" is read in UTC.
const askPatience = 500 * time.Millisecond

// meet makes sure that team and person stand in the database, and learns the
// person's name and time zone from Slack once an hour.
func (b *Bot) meet(ctx context.Context, r *chat.Request) error {
	m := b.meeting(r)
	m.mu.Lock()
	defer m.mu.Unlock()
	now := b.cfg.Now()
	if now.Before(m.again) {
		return nil
	}
	met := false
	p := store.Person{TeamID: r.TeamID, ID: r.PersonID, TimeZone: "UTC"}
	if known, err := b.store.Person(ctx, r.TeamID, r.PersonID); err == nil {
		p, met = known, true
	} else if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	ask, cancel := context.WithTimeout(ctx, askPatience)
	defer cancel()
	wait := asAgain
	if u, err := b.cfg.API.GetUserInfoContext(ask, r.PersonID); err != nil {
		b.cfg.Log.Warn("Slack did not tell who this is", "person", r.PersonID, "error", err)
		wait = askSoon
	} else {
		p.Name = u.RealName
		if p.Name == "" {
			p.Name = u.Name
		}
		if u.TZ != "" {
			p.TimeZone = u.TZ
		}
	}
	err := b.store.SetPerson(ctx, p)
	if err != nil && !met {
		return err
	}
	m.zone = p.Location()
	if err != nil { // who is known can be answered all the same; next time again
		b.cfg.Log.Warn("what Slack says of a person was not kept", "person", r.PersonID, "error", err)
		return nil
	}
	m.again = now.Add(wait)
	return nil
}

func (b *Bot) meeting(r *chat.Request) *meeting {
	m, _ := b.met.LoadOrStore(r.TeamID+" "+r.PersonID, &meeting{})
	return m.(*meeting)
}

// here is the present moment in the person's own zone.
func (b *Bot) here(r *chat.Request) time.Time {
	m := b.meeting(r)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.zone == nil { // not met yet
		return b.cfg.Now().UTC()
	}
	return b.cfg.Now().In(m.zone)
}
