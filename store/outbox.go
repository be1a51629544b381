package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Kinds of postings; bot/post says what their payloads hold.
const (
	KindMessage  = "message"
	KindDM       = "dm"
	KindResponse = "response"
)

// PostingPace is the least time between two new messages in one lane: Slack
// takes about one message a second a channel.
const PostingPace = time.Second

// ErrStale: the posting is no longer this attempt's. Somebody else claimed it
// after the lease ran out, or it was erased.
var ErrStale = errors.New("the posting belongs to another attempt")

// Posting is one thing to be posted.
type Posting struct {
	ID      int64
	TeamID  string
	Kind    string
	Channel string // a channel's id, or the person that a dm or response is for
	// Lane: postings of one lane leave one after another, in the order in
	// which they came, and a posting that is being retried holds up those
	// behind it. Empty means the channel.
	Lane string
	// Key names what is posted; the same key is never posted twice in a team.
	// It goes with the message as metadata, so it holds ids only.
	Key     string
	Payload json.RawMessage
	// OwnerID is told when it cannot be delivered; empty: nobody.
	OwnerID   string
	ContactID int64 // whose erasure takes the posting along; 0: nobody's
	// NotBefore holds it back until then; zero means at once.
	NotBefore time.Time

	// The rest is set by a claim.

	// Attempt counts the claims, from 1.
	Attempt int
	// Doubt is set when an earlier attempt may have reached Slack: it was cut
	// off, or the process that made it died.
	Doubt bool
	// TriedAt is when it was claimed first.
	TriedAt time.Time
}

const (
	insertPosting = putPosting + `null) on conflict (team_id, key) do nothing returning id`
	// in one statement: between two a poster might claim it
	insertTold = putPosting + `now()) on conflict (team_id, key) do update set state = 'sent', sent_at = now(), payload = excluded.payload
		where outbox.state = 'pending' and outbox.attempt = 0`
	putPosting = `insert into outbox (team_id, kind, channel, lane, key, payload, owner_id, contact_id, not_before, state, sent_at)
		values ($1, $2, $3, $4, $5, $6, $7, nullif($8::bigint, 0), coalesce($9::timestamptz, '-infinity'), $10, `
)

func (p Posting) insertArgs(state string) []any {
	var at *time.Time
	if !p.NotBefore.IsZero() {
		at = &p.NotBefore
	}
	lane := p.Lane
	if lane == "" {
		lane = p.Channel
	}
	return []any{p.TeamID, p.Kind, p.Channel, lane, p.Key, p.Payload, p.OwnerID, p.ContactID, at, state}
}

func (p Posting) check() error {
	switch {
	case p.TeamID == "" || p.Key == "" || len(p.Payload) == 0:
		return errors.New("a posting needs a team, a key and a payload")
	case p.Channel == "" && p.Lane == "":
		return errors.New("a posting needs a channel")
	}
	switch p.Kind {
	case KindMessage, KindDM, KindResponse:
		return nil
	}
	return fmt.Errorf("unknown kind of posting %q", p.Kind)
}

// Enqueue puts p into the outbox, unless its key is there already; fresh says
// which. Kick the poster afterwards, or it leaves within a second.
func (s *Store) Enqueue(ctx context.Context, p Posting) (id int64, fresh bool, err error) {
	err = s.tx(ctx, func(tx pgx.Tx) error {
		var err error
		id, fresh, err = EnqueueTx(ctx, tx, p)
		return err
	})
	return id, fresh, fail("Enqueue", err)
}

// Told keeps p as sent: it was told past the outbox while that could not take
// it, and is not to be posted again under its key. What p says is not kept.
// A posting of the key that nobody has tried yet is settled by it too.
func (s *Store) Told(ctx context.Context, p Posting) error {
	if err := p.check(); err != nil {
		return fail("Told", err)
	}
	p.Payload = json.RawMessage("{}")
	_, err := s.pool.Exec(ctx, insertTold, p.insertArgs("sent")...)
	return fail("Told", err)
}

// EnqueueTx is Enqueue within a transaction of the caller's.
func EnqueueTx(ctx context.Context, tx pgx.Tx, p Posting) (id int64, fresh bool, err error) {
	if err := p.check(); err != nil {
		return 0, false, err
	}
	err = tx.QueryRow(ctx, insertPosting, p.insertArgs("pending")...).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		err = tx.QueryRow(ctx, `select id from outbox where team_id = $1 and key = $2`, p.TeamID, p.Key).Scan(&id)
		return id, false, err
	}
	return id, err == nil, err
}

// A posting may be claimed when it is due, nobody holds it, nothing of its lane
// is in flight or waits for another try, the lane has rested for the pace,
// Slack has not told its method to wait, and it is the first of its lane that
// is due: so a replica that sees the first one being claimed does not take the
// second. A response that waits for another try holds nobody up: its address is
// its own, and may be gone for good while the person presses other buttons.
// One whose attempt was cut off comes before all of its lane: it is in flight
// until somebody says otherwise, even where an older one has become due since.
//
// What rests is worked out once and looked up, so that a long backlog behind
// one busy lane costs little; only the last condition asks for each posting.
//
// The pick is joined with its own row as it is when it is locked: one that was
// tried, and perhaps put back, since the pick was made is not the first any more.
const claimPosting = `with due as (
	select o.id, o.state <> 'pending' as doubt from (select o.id, o.attempt from outbox o
	where o.team_id = $4 and o.state in ('pending', 'sending', 'unknown') and o.not_before <= $1 and (o.lease_until is null or o.lease_until <= $1)
	and replace(o.kind, 'dm', 'message') not in (select replace(f.kind, 'dm', 'message') from outbox f
		where f.team_id = $4 and f.limited and f.not_before > $1)
	and (o.state = 'sending' or o.lane not in (select f.lane from outbox f where f.team_id = $4 and f.state = 'sending'))
	and o.lane not in (select f.lane from outbox f where f.team_id = $4 and f.attempt > 0 and f.state in ('pending', 'unknown')
		and f.kind <> 'response' and f.not_before > $1 and f.not_before < 'infinity')
	and (o.kind not in ('message', 'dm') or o.lane not in (select f.lane from outbox f where f.team_id = $4 and f.state = 'sent'
		and f.sent_at > $1::timestamptz - $3::interval and f.sent_at < $1 + interval '1 minute' and f.kind in ('message', 'dm')))
	and (o.state = 'sending' or o.id = (select f.id from outbox f where f.team_id = o.team_id and f.lane = o.lane
		and f.state in ('pending', 'sending', 'unknown') and f.not_before <= $1 order by f.id limit 1))
	order by o.id) pick
	join outbox o on o.id = pick.id and o.attempt = pick.attempt and o.state in ('pending', 'sending', 'unknown')
	order by pick.id limit 1 for update of o skip locked)
	update outbox o set state = 'sending', attempt = attempt + 1, lease_until = $1 + $2::interval,
		tried_at = coalesce(tried_at, $1), limited = false
	from due where o.id = due.id
	returning o.id, o.team_id, o.kind, o.channel, o.lane, o.key, o.payload, o.owner_id, coalesce(o.contact_id, 0),
		o.attempt, due.doubt, o.tried_at`

// ClaimPosting takes the team's next posting that may leave now and commits
// that it is being sent, before anything is sent; ok is false when there is
// none. The claim holds for lease, after which anybody may claim it anew, in
// doubt.
func (s *Store) ClaimPosting(ctx context.Context, team string, now time.Time, lease time.Duration) (p Posting, ok bool, err error) {
	// two replicas may pick two postings of one lane at the same moment; the
	// index outbox_flight lets one of them have it, the other looks again
	for range 3 {
		rows, err := s.pool.Query(ctx, claimPosting, now, lease, PostingPace, team)
		if err != nil {
			return Posting{}, false, fail("ClaimPosting", err)
		}
		p, err = pgx.CollectExactlyOneRow(rows, scanPosting)
		var pe *pgconn.PgError
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return Posting{}, false, nil
		case errors.As(err, &pe) && pe.Code == "23505":
			continue
		}
		return p, err == nil, fail("ClaimPosting", err)
	}
	return Posting{}, false, nil
}

func scanPosting(row pgx.CollectableRow) (Posting, error) {
	var p Posting
	err := row.Scan(&p.ID, &p.TeamID, &p.Kind, &p.Channel, &p.Lane, &p.Key, &p.Payload, &p.OwnerID, &p.ContactID,
		&p.Attempt, &p.Doubt, &p.TriedAt)
	return p, err
}

// settle writes the end of p's attempt: what set says, $1 and $2 being the
// posting and the attempt. [ErrStale] means that it is no longer p's to say.
func (s *Store) settle(ctx context.Context, verb, set string, p Posting, args ...any) error {
	tag, err := s.pool.Exec(ctx, `update outbox set lease_until = null, `+set+` where id = $1 and attempt = $2 and state = 'sending'`,
		append([]any{p.ID, p.Attempt}, args...)...)
	if err == nil && tag.RowsAffected() == 0 {
		err = ErrStale
	}
	return fail(verb, err)
}

// Sent says that p stands in Slack, in this channel under this ts (both empty
// for responses). Its payload is let go: nothing needs it any more.
func (s *Store) Sent(ctx context.Context, p Posting, channel, ts string, now time.Time) error {
	return s.settle(ctx, "Sent", `state = 'sent', channel = coalesce(nullif($3, ''), channel), ts = $4, sent_at = $5,
		error = '', payload = '{}'`, p, channel, ts, now)
}

// Retry puts p back until notBefore, with the reason. A posting in doubt stays
// in doubt.
func (s *Store) Retry(ctx context.Context, p Posting, notBefore time.Time, reason string) error {
	return s.settle(ctx, "Retry", `state = case when $3::boolean then 'unknown' else 'pending' end, not_before = $4, error = $5`,
		p, p.Doubt, notBefore, reason)
}

// Limited is Retry after Slack said how long to wait: until then nothing of
// p's method (message and dm are one) leaves for the team, in any replica.
func (s *Store) Limited(ctx context.Context, p Posting, until time.Time, reason string) error {
	return s.settle(ctx, "Limited", `state = case when $3::boolean then 'unknown' else 'pending' end, not_before = $4, error = $5, limited = true`,
		p, p.Doubt, until, reason)
}

// Unknown says that p may or may not have arrived. It is claimed again, in
// doubt, at lookAt; the zero time leaves it unknown for good.
func (s *Store) Unknown(ctx context.Context, p Posting, lookAt time.Time, reason string) error {
	var at *time.Time
	if !lookAt.IsZero() {
		at = &lookAt
	}
	return s.settle(ctx, "Unknown", `state = 'unknown', not_before = coalesce($3::timestamptz, 'infinity'), error = $4`, p, at, reason)
}

// Fail says that p will never be delivered, and why.
func (s *Store) Fail(ctx context.Context, p Posting, reason string) error {
	return s.settle(ctx, "Fail", `state = 'failed', error = $3`, p, reason)
}

// Divert sends p another way: as this kind, to this channel, with this
// payload, at once, under the same key.
func (s *Store) Divert(ctx context.Context, p Posting, kind, channel string, payload json.RawMessage, reason string) error {
	return s.settle(ctx, "Divert", `state = 'pending', kind = $3, channel = $4, lane = $4, payload = $5, not_before = '-infinity', error = $6`,
		p, kind, channel, payload, reason)
}
