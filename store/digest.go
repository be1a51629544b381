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

// DigestTimeout bounds each statement of a digest: it may read a team's twelve
// weeks, which a command may not.
const DigestTimeout = 8 * time.Second

// Schedule is a channel's weekly digest.
type Schedule struct {
	TeamID  string
	Channel string
	Day     time.Weekday
	Minute  int // of the day, by the clock on Zone's walls
	Zone    string
	Dates   string   // language of dates
	Reps    []string // whose work it is about; empty: Members
	// Members are the channel's, as Slack told at MembersAt.
	Members   []string
	MembersAt time.Time
	By        string
	NextAt    time.Time
}

// About is whose work the digest is about.
func (s Schedule) About() []string {
	if len(s.Reps) > 0 {
		return s.Reps
	}
	return s.Members
}

// Digest is a week's row: posted with its figures as they were, or skipped.
type Digest struct {
	TeamID   string
	Channel  string
	Kind     string // weekly
	Year     int    // ISO
	Week     int    // ISO
	Outcome  string // posted or skipped
	DueAt    time.Time
	MadeAt   time.Time
	Late     bool
	By       string // who posted it by hand; empty: its hour
	Figures  json.RawMessage
	Pictures string // none, pending, queued or failed
	Tries    int    // at its pictures
}

// The outcomes of a digest's week, and where its pictures stand.
const (
	DigestPosted  = "posted"
	DigestSkipped = "skipped"

	PicturesNone    = "none"
	PicturesPending = "pending"
	PicturesQueued  = "queued"
	PicturesFailed  = "failed"
)

const (
	selectSchedule = `select team_id, channel, day, minute, zone, dates, reps, members, members_at, by_id, next_at from schedules `
	selectDigest   = `select team_id, channel, kind, iso_year, iso_week, outcome, due_at, made_at, late, by_id, figures, pictures, tries from digests `
)

func scanSchedule(row pgx.CollectableRow) (Schedule, error) {
	var s Schedule
	var day int16
	err := row.Scan(&s.TeamID, &s.Channel, &day, &s.Minute, &s.Zone, &s.Dates, &s.Reps, &s.Members, &s.MembersAt, &s.By, &s.NextAt)
	s.Day = time.Weekday(day)
	return s, err
}

// Schedules returns the team's schedules, by channel.
func (s *Store) Schedules(ctx context.Context, team string) ([]Schedule, error) {
	rows, err := s.pool.Query(ctx, selectSchedule+`where team_id = $1 order by channel`, team)
	if err != nil {
		return nil, fail("Schedules", err)
	}
	all, err := pgx.CollectRows(rows, scanSchedule)
	return all, fail("Schedules", err)
}

// Schedule returns a channel's schedule, or [ErrNotFound].
func (s *Store) Schedule(ctx context.Context, team, channel string) (Schedule, error) {
	rows, err := s.pool.Query(ctx, selectSchedule+`where team_id = $1 and channel = $2`, team, channel)
	if err != nil {
		return Schedule{}, fail("Schedule", err)
	}
	one, err := pgx.CollectExactlyOneRow(rows, scanSchedule)
	return one, fail("Schedule", err)
}

// SetSchedule arranges a channel's digest, or changes it. next works out the
// next moment from the one that was planned (zero: none was) and from which
// weeks have had their digest.
func (s *Store) SetSchedule(ctx context.Context, sc Schedule, next func(planned time.Time, posted func(year, week int) bool) time.Time) (Schedule, error) {
	err := s.tx(ctx, func(tx pgx.Tx) error {
		var planned time.Time
		err := tx.QueryRow(ctx, `select next_at from schedules where team_id = $1 and channel = $2 for update`, sc.TeamID, sc.Channel).Scan(&planned)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		rows, err := tx.Query(ctx, `select iso_year, iso_week from digests where team_id = $1 and channel = $2 and kind = 'weekly'
			order by iso_year desc, iso_week desc limit 10`, sc.TeamID, sc.Channel)
		if err != nil {
			return err
		}
		had := map[[2]int]bool{}
		var year, week int
		if _, err := pgx.ForEachRow(rows, []any{&year, &week}, func() error { had[[2]int{year, week}] = true; return nil }); err != nil {
			return err
		}
		sc.NextAt = next(planned, func(year, week int) bool { return had[[2]int{year, week}] })
		_, err = tx.Exec(ctx, `insert into schedules (team_id, channel, day, minute, zone, dates, reps, members, members_at, by_id, next_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
			on conflict (team_id, channel) do update set day = excluded.day, minute = excluded.minute, zone = excluded.zone, dates = excluded.dates,
			reps = excluded.reps, members = excluded.members, members_at = excluded.members_at, by_id = excluded.by_id, next_at = excluded.next_at`,
			sc.TeamID, sc.Channel, int16(sc.Day), sc.Minute, sc.Zone, sc.Dates, list(sc.Reps), list(sc.Members), sc.MembersAt, sc.By, sc.NextAt)
		if err != nil {
			return err
		}
		return note(ctx, tx, Audit{TeamID: sc.TeamID, PersonID: sc.By, Action: "digest", Subject: sc.Channel,
			Detail: map[string]any{"day": sc.Day.String(), "minute": sc.Minute, "zone": sc.Zone, "reps": len(sc.Reps)}})
	})
	return sc, fail("SetSchedule", err)
}

// DropSchedule ends a channel's digest; was says whether there was one.
func (s *Store) DropSchedule(ctx context.Context, team, channel, by string) (was bool, err error) {
	err = s.tx(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `delete from schedules where team_id = $1 and channel = $2`, team, channel)
		if err != nil {
			return err
		}
		if was = tag.RowsAffected() > 0; !was {
			return nil
		}
		return note(ctx, tx, Audit{TeamID: team, PersonID: by, Action: "digest", Subject: channel, Detail: map[string]any{"off": true}})
	})
	return was, fail("DropSchedule", err)
}

// SetMembers keeps who belongs to a channel.
func (s *Store) SetMembers(ctx context.Context, team, channel string, members []string, at time.Time) error {
	_, err := s.pool.Exec(ctx, `update schedules set members = $3, members_at = $4 where team_id = $1 and channel = $2`, team, channel, list(members), at)
	return fail("SetMembers", err)
}

// Turn is what a schedule's moment comes to, decided in memory.
type Turn struct {
	Next    time.Time
	Skipped []Digest // weeks of which it is too late
	Digest  *Digest  // to be made now; nil: none
	// Postings leave with the rows: a word about what was skipped.
	Postings []Posting
}

// Make weighs the figures of a digest and writes the postings that say them. The
// weeks that were skipped in this very turn stand in the database already, see
// [Weighing.Earlier].
type Make func(ctx context.Context, w Weighing, sc Schedule, d Digest) (json.RawMessage, []Posting, error)

// TurnDigest takes a channel's schedule forward if its moment has come: the
// week's row, its frozen figures, its postings and the next moment are
// committed together, or nothing is. made says that a digest was made here; a
// replica that comes second finds the row there, or the schedule taken.
func (s *Store) TurnDigest(ctx context.Context, team, channel string, now time.Time, plan func(Schedule) Turn, make Make) (made bool, err error) {
	err = s.weigh(ctx, func(w Weighing) error {
		made = false
		rows, err := w.tx.Query(ctx, selectSchedule+`where team_id = $1 and channel = $2 and next_at <= $3 for update skip locked`, team, channel, now)
		if err != nil {
			return err
		}
		due, err := pgx.CollectRows(rows, scanSchedule)
		if err != nil || len(due) == 0 {
			return err
		}
		turn := plan(due[0])
		for _, d := range turn.Skipped {
			if _, err := insertDigest(ctx, w.tx, d); err != nil {
				return err
			}
		}
		for _, p := range turn.Postings {
			if _, _, err := EnqueueTx(ctx, w.tx, p); err != nil {
				return err
			}
		}
		if turn.Digest != nil {
			if made, err = w.make(ctx, due[0], *turn.Digest, make); err != nil {
				return err
			}
		}
		_, err = w.tx.Exec(ctx, `update schedules set next_at = $3 where team_id = $1 and channel = $2`, team, channel, turn.Next)
		return err
	})
	if code := (*pgconn.PgError)(nil); errors.As(err, &code) && code.Code == "40001" {
		return false, nil // another replica has it
	}
	return made && err == nil, fail("TurnDigest", err)
}

// PostDigest makes a channel's digest of a week at somebody's wish, unless that
// week has one; sc need not be a schedule that stands.
func (s *Store) PostDigest(ctx context.Context, sc Schedule, d Digest, make Make) (made bool, err error) {
	err = s.weigh(ctx, func(w Weighing) error {
		made, err = w.make(ctx, sc, d, make)
		return err
	})
	if code := (*pgconn.PgError)(nil); errors.As(err, &code) && code.Code == "40001" {
		return false, nil
	}
	return made && err == nil, fail("PostDigest", err)
}

func (w Weighing) make(ctx context.Context, sc Schedule, d Digest, make Make) (bool, error) {
	first, err := insertDigest(ctx, w.tx, d)
	if err != nil || !first {
		return false, err
	}
	figures, postings, err := make(ctx, w, sc, d)
	if err != nil {
		return false, err
	}
	if _, err := w.tx.Exec(ctx, `update digests set figures = $6 where team_id = $1 and channel = $2 and kind = $3 and iso_year = $4 and iso_week = $5`,
		d.TeamID, d.Channel, d.Kind, d.Year, d.Week, figures); err != nil {
		return false, err
	}
	for _, p := range postings {
		if _, _, err := EnqueueTx(ctx, w.tx, p); err != nil {
			return false, err
		}
	}
	return true, nil
}

func insertDigest(ctx context.Context, tx pgx.Tx, d Digest) (first bool, err error) {
	if d.Pictures == "" {
		d.Pictures = PicturesNone
	}
	tag, err := tx.Exec(ctx, `insert into digests (team_id, channel, kind, iso_year, iso_week, outcome, due_at, made_at, late, by_id, pictures)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
		d.TeamID, d.Channel, d.Kind, d.Year, d.Week, d.Outcome, d.DueAt, d.MadeAt, d.Late, d.By, d.Pictures)
	return err == nil && tag.RowsAffected() == 1, err
}

// DueSchedules returns the schedules whose moment has come, or comes before
// until; the earliest first.
func (s *Store) DueSchedules(ctx context.Context, team string, until time.Time) ([]Schedule, error) {
	rows, err := s.pool.Query(ctx, selectSchedule+`where team_id = $1 and next_at <= $2 order by next_at, channel`, team, until)
	if err != nil {
		return nil, fail("DueSchedules", err)
	}
	all, err := pgx.CollectRows(rows, scanSchedule)
	return all, fail("DueSchedules", err)
}

// Digests returns a channel's latest weeks, the newest first.
func (s *Store) Digests(ctx context.Context, team, channel string, limit int) ([]Digest, error) {
	rows, err := s.pool.Query(ctx, selectDigest+`where team_id = $1 and channel = $2 and kind = 'weekly' order by iso_year desc, iso_week desc limit $3`, team, channel, limit)
	if err != nil {
		return nil, fail("Digests", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Digest])
	return all, fail("Digests", err)
}

// DigestOf returns one week's row, or [ErrNotFound].
func (s *Store) DigestOf(ctx context.Context, team, channel string, year, week int) (Digest, error) {
	rows, err := s.pool.Query(ctx, selectDigest+`where team_id = $1 and channel = $2 and kind = 'weekly' and iso_year = $3 and iso_week = $4`, team, channel, year, week)
	if err != nil {
		return Digest{}, fail("DigestOf", err)
	}
	d, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Digest])
	return d, fail("DigestOf", err)
}

// PictureDigests returns the digests whose pictures are still to come.
func (s *Store) PictureDigests(ctx context.Context, team string) ([]Digest, error) {
	rows, err := s.pool.Query(ctx, selectDigest+`where team_id = $1 and pictures = 'pending' order by due_at limit 20`, team)
	if err != nil {
		return nil, fail("PictureDigests", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Digest])
	return all, fail("PictureDigests", err)
}

// PicturesDone puts the posting that shows a digest's pictures into the outbox,
// in the transaction that marks them as queued. Without a posting it counts
// one try more, and gives the pictures up after most tries.
func (s *Store) PicturesDone(ctx context.Context, d Digest, p *Posting, most int) error {
	err := s.tx(ctx, func(tx pgx.Tx) error {
		state := fmt.Sprintf(`case when tries + 1 >= %d then 'failed' else 'pending' end`, most)
		if p != nil {
			state = `'queued'`
			if _, _, err := EnqueueTx(ctx, tx, *p); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `update digests set tries = tries + 1, pictures = `+state+`
			where team_id = $1 and channel = $2 and kind = $3 and iso_year = $4 and iso_week = $5 and pictures = 'pending'`,
			d.TeamID, d.Channel, d.Kind, d.Year, d.Week)
		return err
	})
	return fail("PicturesDone", err)
}
