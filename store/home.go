package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// HomeLine is a contact of a person's Home: the list that it stands in, and
// why.
type HomeLine struct {
	Listed
	Kind   string // Waiting, Due, Ready or Quiet
	StepID int64  // of Due
}

// HomeView is what stands on a person's Home.
type HomeView struct {
	Contacts int            // of the person's own
	All      map[string]int // how many stand in each list
	Lines    []HomeLine     // the first few of each list, the most urgent first
	// Given, Asked and Got are the person's own, since the time asked for.
	Given, Asked, Got int
}

// onHome is how Home looks.
var onHome = sight{person: "$2", day: "$3::date", zone: "$8"}

// homeLines reads the person's contacts once, with what each list needs of
// them. A contact stands in one list only, the first of: due,
// waiting, ready, quiet. What is due comes first in the morning message too.
var homeLines = `with mine as materialized (select c.id, c.id as contact_id, c.name, coalesce(co.name, '') as company, p.stage, p.status, p.do_not_contact, coalesce(c.last_at, c.created_at) as last_at,
		(select count(*) from shares h where h.contact_id = c.id and h.undone_at is null)::int as given,
		(select count(*) from asks a where a.contact_id = c.id and a.undone_at is null)::int as asked
		from owners o join contacts c on c.id = o.contact_id and c.removed_at is null
		join places p on p.contact_id = c.id and p.journey = $4 left join companies co on co.id = c.company_id
		where o.team_id = $1 and o.person_id = $2),
	since as (select p.*, w.since as waits, w.until, case when w.since is not null then w.since when p.status = 'quiet' and not p.do_not_contact then ` + quietSince + ` end as since
		from mine p left join lateral ` + onHome.waiting() + ` w on true),
	listed as (select p.*, case
			when t.due <= $3::date then 'due'
			when p.waits is not null then 'waiting'
			when p.stage = any($5) and ` + onHome.earned("$7") + ` then 'ready'
			when p.status = 'quiet' and not p.do_not_contact and not ` + onHome.unlisted() + ` then 'quiet' end as kind,
		coalesce(t.id, 0) as step_id, coalesce(t.what, '') as what, t.due
		from since p left join lateral (select id, what, due from steps t where contact_id = p.id and person_id = $2 and done_at is null and ` + alive("$3::date") + ` and ` + unsettled("$8") + ` and ` + stands + `
			order by due nulls last, id limit 1) t on true),
	ranked as (select *, count(*) over (partition by kind) as of, row_number() over (partition by kind order by case when kind = 'due' then due end,
		case when kind in ('waiting', 'quiet') then coalesce(until, since, '-infinity') end, last_at desc, id) as n, (select count(*) from mine) as contacts from listed)
	select kind, of::int, contacts::int, id, name, company, stage, status, last_at, given, asked, step_id, what, due, since, until from ranked
	where kind is not null and n <= $6 or contacts > 0 and id = (select min(id) from mine) order by kind, n`

// Home reads a person's Home in one round trip; few is how many of each list.
// stages are those at which an ask can be earned. now is in the person's own
// zone: what is due is so by the day that they have.
func (s *Store) Home(ctx context.Context, team, person, journey string, stages []string, now, since time.Time, few int) (HomeView, error) {
	v := HomeView{All: map[string]int{}}
	batch := &pgx.Batch{}
	batch.Queue(homeLines, team, person, now, journey, stages, few, restsFrom(now), aheadOfUTC(now)).Query(func(rows pgx.Rows) error {
		var kind *string
		var of int
		var l HomeLine
		var since, until *time.Time
		n := map[string]int{}
		_, err := pgx.ForEachRow(rows, []any{&kind, &of, &v.Contacts, &l.ID, &l.Name, &l.Company, &l.Stage, &l.Status, &l.LastAt, &l.Given, &l.Asked, &l.StepID, &l.Step, &l.Due, &since, &until}, func() error {
			if kind == nil || n[*kind] == few {
				return nil
			}
			n[*kind]++
			l.Since, l.Until = orZero(since), orZero(until)
			l.Kind, l.Why, v.All[*kind] = *kind, *kind, of
			v.Lines = append(v.Lines, l)
			return nil
		})
		return err
	})
	batch.Queue(`select (select count(*) from shares where team_id = $1 and person_id = $2 and at >= $3 and undone_at is null),
		(select count(*) from asks where team_id = $1 and person_id = $2 and at >= $3 and undone_at is null),
		(select count(*) from exchanges where team_id = $1 and person_id = $2 and at >= $3 and undone_at is null)`, team, person, since).
		QueryRow(func(row pgx.Row) error { return row.Scan(&v.Given, &v.Asked, &v.Got) })
	return v, fail("Home", s.pool.SendBatch(ctx, batch).Close())
}

// OpenStep returns one of the person's own open steps with its contact, or [ErrNotFound].
func (s *Store) OpenStep(ctx context.Context, team, person string, id int64) (step Step, contact int64, err error) {
	err = s.pool.QueryRow(ctx, `select id, whose, what, due, person_id, coalesce(interaction_id, 0), contact_id from steps
		where team_id = $1 and person_id = $2 and id = $3 and done_at is null`, team, person, id).
		Scan(&step.ID, &step.Whose, &step.What, &step.Due, &step.PersonID, &step.InteractionID, &contact)
	return step, contact, fail("OpenStep", err)
}

// DoneStep marks one of the person's own open steps as done, and records in the same
// transaction what its contact was given by it; gift nil: nothing. fresh is false where
// they had been given that before. [ErrNotFound] is of the step alone.
func (s *Store) DoneStep(ctx context.Context, team, person string, id int64, now time.Time, gift *Share) (fresh bool, err error) {
	of, err := s.whom(ctx, `steps`, team, id)
	if err != nil {
		return false, fail("DoneStep", err)
	}
	err = s.about(ctx, of, func(tx pgx.Tx) error {
		var contact int64
		err := tx.QueryRow(ctx, `update steps set done_at = $4 where team_id = $1 and person_id = $2 and id = $3 and done_at is null
			returning contact_id`, team, person, id, now).Scan(&contact)
		if err != nil || gift == nil {
			return err
		}
		fresh, err = addShare(ctx, tx, team, contact, *gift)
		return err
	})
	return fresh && err == nil, fail("DoneStep", err)
}
