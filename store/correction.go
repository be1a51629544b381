package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// Case is a contact of whom somebody has put the reading of a note right: a
// labelled history.
type Case struct {
	Contact   Contact
	Notes     []Noted        // that stand, oldest first, with the signals that hold
	Corrected map[int64]bool // the notes whose signals a person has decided
	// People and Companies are names that the notes may hold, beside the contact's.
	People, Companies []string
}

// mostCorrections is how many corrections a contact is thought to have, when
// the latest contacts are looked for.
const mostCorrections = 20

// latestCorrected finds the contacts of [Store.Cases] with the notes that were
// corrected. The audit's side is cast, not the interaction's: its key finds the
// row.
const latestCorrected = `with latest as materialized (
		select id, case when action = 'correct' then subject::bigint end as note from audit
		where team_id = $1 and action = 'correct' order by id desc limit nullif($2::int, 0) * $3::int)
	select i.contact_id, array_agg(distinct i.id) from latest a
	join interactions i on i.id = a.note and i.team_id = $1 and i.undone_at is null
	join contacts c on c.id = i.contact_id and c.removed_at is null
	group by 1 order by max(a.id) desc limit nullif($2::int, 0)`

// CasesSum names what [Store.Cases] would yield now, without reading it: the
// same sum, the same notes with the same signals. A command has time for it.
func (s *Store) CasesSum(ctx context.Context, team string, most int) (string, error) {
	var sum string
	err := s.pool.QueryRow(ctx, `select md5(coalesce(string_agg(md5(concat_ws(' ', i.id, extract(epoch from i.at), i.channel, i.direction, i.note,
			(select string_agg(g.signal, ' ' order by g.signal) from signals g where g.interaction_id = i.id and g.holds))), ' ' order by i.id), ''))
		from (`+latestCorrected+`) found(contact, notes) join interactions i on i.contact_id = found.contact and i.undone_at is null`,
		team, most, mostCorrections).Scan(&sum)
	return sum, fail("CasesSum", err)
}

// Cases calls yield for the most contacts of the team whose notes were corrected
// last (0: for all), the latest corrected last, until one is refused.
func (s *Store) Cases(ctx context.Context, team string, most int, yield func(Case) error) error {
	rows, err := s.pool.Query(ctx, latestCorrected, team, most, mostCorrections)
	if err != nil {
		return fail("Cases", err)
	}
	type found struct {
		Contact int64
		Notes   []int64
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[found])
	if err != nil {
		return fail("Cases", err)
	}
	for _, f := range slices.Backward(all) {
		c, err := s.caseOf(ctx, team, f.Contact)
		if err != nil {
			return fail("Cases", err)
		}
		c.Corrected = map[int64]bool{}
		for _, id := range f.Notes {
			c.Corrected[id] = true
		}
		if err := yield(c); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) caseOf(ctx context.Context, team string, contact int64) (Case, error) {
	var c Case
	batch := &pgx.Batch{}
	queueOne(batch, selectContact+`where c.team_id = $1 and c.id = $2`, scanContact, &c.Contact, team, contact)
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return c, err
	}
	var err error
	if c.Notes, err = history(ctx, s.pool, contact); err != nil {
		return c, err
	}
	seen := map[string]bool{}
	for _, n := range c.Notes {
		people, companies, err := s.NamesIn(ctx, team, n.AuthorID, n.Note)
		if err != nil {
			return c, err
		}
		for _, name := range people {
			if !seen[name] {
				c.People = append(c.People, name)
			}
			seen[name] = true
		}
		for _, name := range companies {
			if !seen["of "+name] {
				c.Companies = append(c.Companies, name)
			}
			seen["of "+name] = true
		}
	}
	return c, nil
}

// TeamReading is a team's own trained weights.
type TeamReading struct {
	Version string
	Weights []byte
	Cases   int // corrected notes that helped
	MadeAt  time.Time
}

// SetTeamReading keeps a team's own weights, in the place of those before.
func (s *Store) SetTeamReading(ctx context.Context, team string, r TeamReading) error {
	_, err := s.pool.Exec(ctx, `insert into team_readings (team_id, weights, version, cases) values ($1, $2, $3, $4)
		on conflict (team_id) do update set weights = excluded.weights, version = excluded.version, cases = excluded.cases, made_at = now()`,
		team, r.Weights, r.Version, r.Cases)
	return fail("SetTeamReading", err)
}

// DropTeamReading has the team read with the weights of the binary again.
func (s *Store) DropTeamReading(ctx context.Context, team string) error {
	_, err := s.pool.Exec(ctx, `delete from team_readings where team_id = $1`, team)
	return fail("DropTeamReading", err)
}

// TeamReading returns the team's own weights; the weights themselves only where
// their version is another than known. It returns [ErrNotFound] where the team
// has none.
func (s *Store) TeamReading(ctx context.Context, team, known string) (TeamReading, error) {
	var r TeamReading
	err := s.pool.QueryRow(ctx, `select version, case when version <> $2 then weights end, cases, made_at from team_readings where team_id = $1`,
		team, known).Scan(&r.Version, &r.Weights, &r.Cases, &r.MadeAt)
	if errors.Is(err, pgx.ErrNoRows) {
		return r, fail("TeamReading", ErrNotFound)
	}
	return r, fail("TeamReading", err)
}
