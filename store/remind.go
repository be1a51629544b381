package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"
)

// Morning is a person with what decides whether they are told anything in the
// morning.
type Morning struct {
	Person
	Off bool
	// Last is the latest day for which it was decided; zero: none.
	Last time.Time
}

// Mornings returns everybody of the team.
func (s *Store) Mornings(ctx context.Context, team string) ([]Morning, error) {
	rows, err := s.pool.Query(ctx, selectMornings+`order by id`, team)
	if err != nil {
		return nil, fail("Mornings", err)
	}
	all, err := pgx.CollectRows(rows, scanMorning)
	return all, fail("Mornings", err)
}

// MorningOf returns one person of the team, or [ErrNotFound].
func (s *Store) MorningOf(ctx context.Context, team, person string) (Morning, error) {
	rows, err := s.pool.Query(ctx, selectMornings+`and id = $2`, team, person)
	if err != nil {
		return Morning{}, fail("MorningOf", err)
	}
	m, err := pgx.CollectExactlyOneRow(rows, scanMorning)
	return m, fail("MorningOf", err)
}

const selectMornings = `select team_id, id, name, time_zone, roles, away_until, (settings ->> 'away_from')::date, coalesce((settings ->> 'mornings') = 'off', false),
	coalesce((select max(day) from reminders r where r.team_id = p.team_id and r.person_id = p.id), 'epoch')
	from people p where team_id = $1 `

func scanMorning(row pgx.CollectableRow) (Morning, error) {
	var m Morning
	err := row.Scan(&m.TeamID, &m.ID, &m.Name, &m.TimeZone, &m.Roles, &m.AwayUntil, &m.AwayFrom, &m.Off, &m.Last)
	return m, err
}

// SetMornings turns a person's morning message on or off.
func (s *Store) SetMornings(ctx context.Context, team, person string, on bool) error {
	word := "off"
	if on {
		word = "on"
	}
	_, err := s.pool.Exec(ctx, `update people set settings = settings || jsonb_build_object('mornings', $3::text) where team_id = $1 and id = $2`, team, person, word)
	return fail("SetMornings", err)
}

// SetAway keeps the last day on which a person is away, and the first; from nil: they are
// already; until nil: they are back.
func (s *Store) SetAway(ctx context.Context, team, person string, from, until *time.Time) error {
	_, err := s.pool.Exec(ctx, `update people set away_until = $3::date,
		settings = case when $4::date is null then settings - 'away_from' else settings || jsonb_build_object('away_from', $4::date) end
		where team_id = $1 and id = $2`, team, person, until, from)
	return fail("SetAway", err)
}

// StepDue is a step that is to be spoken of, with its contact.
type StepDue struct {
	Step
	ContactID int64
	LastAt    time.Time
	// Left is set where they have left: it is then the day to come back to them.
	Left bool
}

// StepLife is how many days after its own a step is spoken of at all.
const StepLife = 30

// StepsDue returns the steps in the person's own notes that are due: theirs
// once the day is over, ours up to the day through. Of somebody who left, the
// day is the one to come back to them, whosever step it is, and told of on that
// day. Any later note about the contact that tells of the step's day or one after,
// whoever wrote it, has settled a step; here is the moment in the person's zone.
// Those of one contact alone, or with 0 of all.
func (s *Store) StepsDue(ctx context.Context, team, person string, contact int64, day, through, here time.Time) ([]StepDue, error) {
	rows, err := s.pool.Query(ctx, `select t.id, t.whose, t.what, t.due, t.person_id, t.contact_id, coalesce(c.last_at, t.created_at), p.status = 'left' from steps t
		join contacts c on c.id = t.contact_id and c.removed_at is null
		join places p on p.contact_id = t.contact_id and p.journey = 'aipee' and not p.do_not_contact
		where t.team_id = $1 and t.person_id = $2 and t.done_at is null and t.due > $3::date - $5::int and ($7::bigint = 0 or t.contact_id = $7)
		and (t.whose = 'them' and (t.due < $3 or t.due = $3 and p.status = 'left') or t.whose = 'us' and t.due <= $4)
		and `+unsettled("$6")+` and `+stands+`
		order by t.due, t.id limit 50`, team, person, day, through, StepLife, aheadOfUTC(here), contact)
	if err != nil {
		return nil, fail("StepsDue", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (StepDue, error) {
		var d StepDue
		err := row.Scan(&d.ID, &d.Whose, &d.What, &d.Due, &d.PersonID, &d.ContactID, &d.LastAt, &d.Left)
		return d, err
	})
	return all, fail("StepsDue", err)
}

// Reminder is what was decided for a person's morning.
type Reminder struct {
	TeamID   string
	PersonID string
	Day      time.Time
	Lines    json.RawMessage // as the caller wrote them; [] where there was nothing to say
}

// Remind keeps the decision about a morning and, where there is something to
// say, puts the message into the outbox with it. It returns false when the day
// was decided before, by whichever replica.
func (s *Store) Remind(ctx context.Context, r Reminder, p *Posting) (bool, error) {
	fresh := false
	err := s.tx(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `insert into reminders (team_id, person_id, day, lines) values ($1, $2, $3, $4) on conflict do nothing`,
			r.TeamID, r.PersonID, r.Day, r.Lines)
		if err != nil {
			return err
		}
		if fresh = tag.RowsAffected() == 1; !fresh || p == nil {
			return nil
		}
		_, _, err = EnqueueTx(ctx, tx, *p)
		return err
	})
	return fresh && err == nil, fail("Remind", err)
}

// Reminders returns what a person was told since a day.
func (s *Store) Reminders(ctx context.Context, team, person string, since time.Time) ([]Reminder, error) {
	rows, err := s.pool.Query(ctx, `select team_id, person_id, day, lines from reminders
		where team_id = $1 and person_id = $2 and day >= $3 order by day`, team, person, since)
	if err != nil {
		return nil, fail("Reminders", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Reminder])
	return all, fail("Reminders", err)
}
