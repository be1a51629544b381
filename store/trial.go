package store

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
)

// Limits of a trial: it must not stand in the way of lines. It takes some thirty
// round trips, and may be as long at that as a database far away makes it.
const (
	trialLimit = 8 * time.Second
	trialLock  = 300 * time.Millisecond // for each lock that it waits for
)

// ErrSome is what [Store.TryWrite] returns (wrapped, with the cause) where some
// lines can be recorded and others cannot.
var ErrSome = errors.New("other lines can be recorded")

// TryWrite reports why lines cannot be recorded at this moment: it takes some
// through the very statements that lines take, and takes them back, within
// [trialLimit]. jobs are those that follow a line. nil: lines can be recorded. A
// table that is locked, be it written or read, a full disk, a standby, a missing
// right and a missing extension all show; a lock on one contact does not, for that
// is nobody else's trouble. Nothing of it stands, and no number is used up that
// people see.
func (s *Store) TryWrite(ctx context.Context, jobs ...river.InsertManyParams) error {
	return fail("TryWrite", s.try(ctx, nil, func(ctx context.Context, t *trial) error { return t.lines(ctx, jobs) }))
}

// TryPost reports why nothing can be put into the outbox at this moment, as
// TryWrite does of lines. Receipts of commands need no outbox.
func (s *Store) TryPost(ctx context.Context) error { return fail("TryPost", s.try(ctx, nil, post)) }

// trial is one transaction in which something is tried and taken back.
type trial struct {
	store *Store
	tx    pgx.Tx
	team  string
	key   string // nobody else's name
	now   time.Time
}

var errTried = errors.New("taken back")

// try begins a trial, tells pid of its process in the server, and has do fill it.
func (s *Store) try(ctx context.Context, pid chan<- uint32, do func(context.Context, *trial) error) error {
	ctx, cancel := context.WithTimeout(ctx, trialLimit)
	defer cancel()
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if pid != nil {
			pid <- tx.Conn().PgConn().PID()
		}
		// first by itself: to prepare what follows waits for locks too
		if _, err := tx.Exec(ctx, fmt.Sprintf("set local lock_timeout = %d", trialLock.Milliseconds())); err != nil {
			return err
		}
		// a store of its own: names that were tried are not remembered
		t := &trial{store: New(s.pool, s.jobs), tx: tx, key: "trial " + rand.Text(), now: time.Now()}
		if err := do(ctx, t); err != nil {
			return err
		}
		return errTried
	})
	if errors.Is(err, errTried) {
		return nil
	}
	return err
}

// lines tries three lines, each by itself: one about somebody new, one about
// somebody who is known, and one that comes to all that a line can come to.
func (t *trial) lines(ctx context.Context, jobs []river.InsertManyParams) error {
	if err := t.part(ctx, t.home); err != nil {
		return err
	}
	who := Who{Name: t.key + " known", NameKey: t.key + " known", Company: t.key, CompanyKey: t.key}
	newcomer := t.line(ctx, Who{Name: t.key, NameKey: t.key}, t.now, func(Known) (Decision, error) { return plain, nil })
	known := t.part(ctx, func(ctx context.Context, tx pgx.Tx) error {
		_, _, err := makeContact(ctx, tx, t.team, t.key, who)
		return err
	})
	if known == nil {
		known = t.line(ctx, who, t.now, func(Known) (Decision, error) { return plain, nil })
	}
	if newcomer != nil && known != nil {
		return newcomer
	}
	err := errors.Join(newcomer, known)
	if known == nil {
		who.Email = t.key
		err = errors.Join(err, t.part(ctx, t.meet),
			// older than the one before: the history is read too
			t.line(ctx, who, t.now.Add(-time.Hour), func(k Known) (Decision, error) { return t.everything(ctx, k, jobs) }))
	}
	if err != nil {
		return errors.Join(ErrSome, err)
	}
	return nil
}

// plain is the least that a line comes to.
var plain = Decision{Reading: json.RawMessage("{}")}

// home takes the first team that there is, or makes one where there is none yet.
func (t *trial) home(ctx context.Context, tx pgx.Tx) error {
	if err := tx.QueryRow(ctx, `select coalesce((select id from teams order by id limit 1), '')`).Scan(&t.team); err != nil || t.team != "" {
		return err
	}
	t.team = t.key
	_, err := tx.Exec(ctx, insertTeam, t.team, "")
	return err
}

// meet keeps a person, as is done once an hour before the line.
func (t *trial) meet(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, insertPerson, t.team, t.key, "", orUTC(""))
	return err
}

// everything is a decision with all that a line can come to, be it once a year.
func (t *trial) everything(ctx context.Context, k Known, jobs []river.InsertManyParams) (Decision, error) {
	const by = "trial"
	d := Decision{Reading: plain.Reading, Jobs: jobs, Refolded: true,
		Signals:    []Signal{{Signal: by, Origin: "built-in", Confidence: 1}},
		Places:     []Place{{Journey: by, State: plain.Reading, Since: t.now, InteractionID: k.Number}},
		Moves:      []Move{{Journey: by, InteractionID: k.Number, At: t.now}},
		Suggestion: &Suggestion{PersonID: t.key, At: t.now, Gap: &Gap{Stage: by}},
		Steps:      []Step{{Whose: "us", What: by}},
		Shares:     []Share{{Title: by, PersonID: t.key, Via: "note", At: t.now}},
		Asks:       []Ask{{Kind: "question", PersonID: t.key, At: t.now}},
		Exchanges:  []Exchange{{Kind: "referral", PersonID: t.key, At: t.now}},
		Brought:    &Brought{Who: Who{Name: t.key + " brought", NameKey: t.key + " brought", BareKey: t.key}, Places: []Place{{Journey: by, State: plain.Reading, Since: t.now}}}}
	items, _, err := k.Library(ctx)
	if len(items) > 0 {
		d.Shares[0].ContentID = items[0].ID
	}
	return d, err
}

// post puts a message into the outbox.
func post(ctx context.Context, t *trial) error {
	return t.part(ctx, func(ctx context.Context, tx pgx.Tx) error {
		_, _, err := EnqueueTx(ctx, tx, Posting{TeamID: t.key, Kind: KindMessage, Channel: t.key, Key: t.key, Payload: plain.Reading})
		return err
	})
}

// line takes one line through the statements of [Store.LogInteraction].
func (t *trial) line(ctx context.Context, who Who, at time.Time, decide Decide) error {
	f := &flight{conn: t.tx.Conn(), within: true}
	var out Outcome
	id := t.key + rand.Text()
	d := Draft{Delivery: Delivery{TeamID: t.team, PersonID: t.key, EnvelopeID: id, Kind: "trial", Key: id, Payload: []byte{}}, Who: who,
		At: at, LoggedAt: t.now, Channel: "other", Direction: "out", Source: "command", Again: true, trial: true}
	if _, err := t.tx.Exec(ctx, "savepoint "+savepoint); err != nil {
		return err
	}
	err := t.store.log(ctx, f, d, nil, decide, &out)
	if err == nil && out.Recorded == 0 {
		err = errors.New("a line that was tried was asked about")
	}
	if err != nil && !f.conn.IsClosed() {
		_, back := t.tx.Exec(ctx, "rollback to savepoint "+savepoint)
		err = errors.Join(err, back)
	}
	return err
}

// part runs do by itself: what fails in it leaves the rest of the trial as it is.
func (t *trial) part(ctx context.Context, do func(context.Context, pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, t.tx, func(tx pgx.Tx) error { return do(ctx, tx) })
}
