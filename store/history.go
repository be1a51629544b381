package store

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// Heard is one of the latest notes about a contact.
type Heard struct {
	ID        int64
	AuthorID  string
	At        time.Time
	LoggedAt  time.Time
	Channel   string
	Direction string
	Note      string
	Plan      bool     // nothing in it took place, see [Draft]
	Signals   []string // that hold for it
}

// RecentNotes is how many of the latest notes about a contact are read: as many as a
// suggestion reads.
const RecentNotes = 12

// latestNotes picks the notes of a contact from which their present is told.
var latestNotes = `order by at desc, id desc limit ` + strconv.Itoa(RecentNotes)

// selectRecent has a row a signal, and one for a note that has none: gathering
// them in arrays costs Postgres twice as much as all the rest.
var selectRecent = `select i.*, coalesce(g.signal, '') from
	(select id, author_id, at, logged_at, channel, direction, note, plan from interactions
		where contact_id = $1 and undone_at is null ` + latestNotes + `) i
	left join signals g on g.interaction_id = i.id and g.holds
	order by i.at desc, i.id desc, g.signal`

func queueRecent(batch *pgx.Batch, recent *[]Heard, contact int64) {
	batch.Queue(selectRecent, contact).Query(func(rows pgx.Rows) error {
		var h Heard
		var signal string
		_, err := pgx.ForEachRow(rows, []any{&h.ID, &h.AuthorID, &h.At, &h.LoggedAt, &h.Channel, &h.Direction, &h.Note, &h.Plan, &signal}, func() error {
			all := *recent
			if len(all) == 0 || all[len(all)-1].ID != h.ID {
				all = append(all, h)
			}
			if signal != "" {
				last := &all[len(all)-1]
				last.Signals = append(last.Signals, signal)
			}
			*recent = all
			return nil
		})
		return err
	})
}

// Noted is one interaction with the signals that hold for it.
type Noted struct {
	ID        int64
	At        time.Time
	Channel   string
	Direction string
	Note      string
	AuthorID  string
	Plan      bool // nothing in it took place, see [Draft]; of [Store.LatestNotes] false
	Signals   []Signal
}

// history reads every note of the contact that stands, oldest first.
func history(ctx context.Context, q querier, contact int64) ([]Noted, error) {
	rows, err := q.Query(ctx, `select i.id, i.at, i.channel, i.direction, i.note, i.author_id, i.plan,
			coalesce(g.signal, ''), coalesce(g.quote, ''), coalesce(g.quote_start, 0), coalesce(g.origin, ''),
			coalesce(g.version, ''), coalesce(g.confidence, 0)
		from interactions i left join signals g on g.interaction_id = i.id and g.holds
		where i.contact_id = $1 and i.undone_at is null
		order by i.at, i.id, g.signal`, contact)
	if err != nil {
		return nil, err
	}
	var all []Noted
	var n Noted
	var g Signal
	_, err = pgx.ForEachRow(rows, []any{&n.ID, &n.At, &n.Channel, &n.Direction, &n.Note, &n.AuthorID, &n.Plan,
		&g.Signal, &g.Quote, &g.Start, &g.Origin, &g.Version, &g.Confidence}, func() error {
		if len(all) == 0 || all[len(all)-1].ID != n.ID {
			all = append(all, n)
		}
		if g.Signal != "" {
			last := &all[len(all)-1]
			last.Signals = append(last.Signals, g)
		}
		return nil
	})
	return all, err
}

// History returns every note of the contact that stands, oldest first, with
// the signals that hold. Whose note may be shown to whom is the caller's to
// keep: a note is its author's.
func (s *Store) History(ctx context.Context, team string, contact int64) ([]Noted, error) {
	if _, err := s.Contact(ctx, team, contact); err != nil {
		return nil, fail("History", err)
	}
	all, err := history(ctx, s.pool, contact)
	return all, fail("History", err)
}

// Moves returns the contact's moves on one journey, oldest first.
func (s *Store) Moves(ctx context.Context, team string, contact int64, journey string) ([]Move, error) {
	rows, err := s.pool.Query(ctx, `select journey, interaction_id, kind, from_stage, to_stage, name, signals, at from moves
		where team_id = $1 and contact_id = $2 and journey = $3 and replaced_at is null order by at, id`, team, contact, journey)
	if err != nil {
		return nil, fail("Moves", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Move])
	return all, fail("Moves", err)
}

// LatestNotes returns the latest n notes of the contact that stand, newest
// first, with the signals that hold. Whose note may be shown to whom is the
// caller's to keep.
func (s *Store) LatestNotes(ctx context.Context, team string, contact int64, n int) ([]Noted, error) {
	rows, err := s.pool.Query(ctx, `select id, at, channel, direction, note, author_id from interactions
		where team_id = $1 and contact_id = $2 and undone_at is null order by at desc, id desc limit $3`, team, contact, n)
	if err != nil {
		return nil, fail("LatestNotes", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Noted, error) {
		var n Noted
		err := row.Scan(&n.ID, &n.At, &n.Channel, &n.Direction, &n.Note, &n.AuthorID)
		return n, err
	})
	if err != nil {
		return nil, fail("LatestNotes", err)
	}
	batch := &pgx.Batch{}
	for i := range all {
		queueMany(batch, `select signal, quote, quote_start, confidence, origin, version from signals
			where interaction_id = $1 and holds order by quote_start, signal`, pgx.RowToStructByPos[Signal], &all[i].Signals, all[i].ID)
	}
	return all, fail("LatestNotes", s.pool.SendBatch(ctx, batch).Close())
}
