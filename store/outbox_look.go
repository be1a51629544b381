package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// Posted is where a posting stands, and what became of it.
type Posted struct {
	ID      int64
	State   string // pending, sending (also while it is looked up), sent, unknown (for good), failed or parked
	Channel string // of a dm that was sent: the conversation
	TS      string
	Error   string
	At      time.Time // when it was sent; zero: it was not
}

// Posted finds a posting by its key, or [ErrNotFound].
func (s *Store) Posted(ctx context.Context, team, key string) (Posted, error) {
	rows, err := s.pool.Query(ctx, `select id, case when state = 'unknown' and not_before < 'infinity' then 'sending' else state end,
		channel, ts, error, sent_at from outbox where team_id = $1 and key = $2`, team, key)
	if err != nil {
		return Posted{}, fail("Posted", err)
	}
	p, err := pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) (Posted, error) {
		var p Posted
		var at *time.Time
		err := row.Scan(&p.ID, &p.State, &p.Channel, &p.TS, &p.Error, &at)
		if at != nil {
			p.At = *at
		}
		return p, err
	})
	return p, fail("Posted", err)
}

// Backlog is what the outbox holds.
type Backlog struct {
	States map[string]int64 // by state, sent ones left out
	// Oldest is how long the oldest posting that should have left has been
	// waiting: since it was tried first, or since it was due. One that is tried
	// again and again, or looked for, waits all the while; one that is set for
	// later does not, nor one that is parked or given up.
	Oldest time.Duration
	// Parked says which channels hold postings back; by channel.
	Parked []Parked
}

// Parked is a channel that does not take what is posted to it.
type Parked struct {
	Channel string
	Reason  string // Slack's name of the error
	Count   int64
}

// Backlog counts what the team's outbox has not sent.
func (s *Store) Backlog(ctx context.Context, team string, now time.Time) (Backlog, error) {
	b := Backlog{States: map[string]int64{}}
	rows, err := s.pool.Query(ctx, `select state, count(*), coalesce(max(extract(epoch from $1::timestamptz - coalesce(tried_at, greatest(created_at, not_before))))
			filter (where state in ('pending', 'sending', 'unknown') and not_before < 'infinity' and (tried_at is not null or not_before <= $1)), 0)::float8
		from outbox where team_id = $2 and state <> 'sent' group by state`, now, team)
	if err != nil {
		return b, fail("Backlog", err)
	}
	var state string
	var n int64
	var age float64
	_, err = pgx.ForEachRow(rows, []any{&state, &n, &age}, func() error {
		b.States[state] = n
		b.Oldest = max(b.Oldest, time.Duration(age*float64(time.Second)))
		return nil
	})
	if err == nil && b.States["parked"] > 0 {
		b.Parked, err = s.parked(ctx, team)
	}
	return b, fail("Backlog", err)
}

func (s *Store) parked(ctx context.Context, team string) ([]Parked, error) {
	rows, err := s.pool.Query(ctx, `select channel, (array_agg(error order by id))[1], count(*) from outbox
		where team_id = $1 and state = 'parked' group by channel order by channel`, team)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Parked])
}

// OutboxKept is how long postings are kept once nothing more happens to them,
// and with them the keys that keep them from being posted twice.
const OutboxKept = 30 * 24 * time.Hour

// TrimOutbox removes postings older than [OutboxKept] that were sent or given
// up, some thousands a call, and returns how many.
func (s *Store) TrimOutbox(ctx context.Context, now time.Time) (int64, error) {
	tag, err := s.pool.Exec(ctx, `delete from outbox where id in (
		select id from outbox where created_at < $1 and (state in ('sent', 'failed', 'parked') or not_before = 'infinity')
			and coalesce(sent_at, created_at) < $1
		order by created_at limit 5000 for update skip locked)`, now.Add(-OutboxKept))
	return tag.RowsAffected(), fail("TrimOutbox", err)
}

// WaitingOwner is who is to be told when a channel takes nothing: the owner of
// the oldest of what waits for it; "" where nobody owns any.
func (s *Store) WaitingOwner(ctx context.Context, team, channel string) (string, error) {
	var owner string
	err := s.pool.QueryRow(ctx, `select owner_id from outbox where team_id = $1 and channel = $2
		and state in ('pending', 'sending', 'unknown', 'parked') and owner_id <> '' order by id limit 1`, team, channel).Scan(&owner)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return owner, fail("WaitingOwner", err)
}
