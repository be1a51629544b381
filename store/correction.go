package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// Case is a contact of whom somebody has put the reading of a note right: a
// labelled history.
type Case struct {
	Contact   Contact
	Industry  string
	Notes     []Noted        // that stand, oldest first, with the signals that hold
	Corrected map[int64]bool // the notes whose signals a person has decided
	// People and Companies are names that the notes may hold, beside the contact's.
	People, Companies []string
}

// Cases calls yield for each contact of the team with a corrected note, in the
// order of their ids, until one is refused.
func (s *Store) Cases(ctx context.Context, team string, yield func(Case) error) error {
	rows, err := s.pool.Query(ctx, `select i.contact_id, array_agg(distinct i.id) from audit a
		join interactions i on i.id::text = a.subject and i.team_id = a.team_id and i.undone_at is null
		join contacts c on c.id = i.contact_id and c.removed_at is null
		where a.team_id = $1 and a.action = 'correct' group by 1 order by 1`, team)
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
	for _, f := range all {
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
	queueOne(batch, `select industry from companies co join contacts c on c.company_id = co.id where c.team_id = $1 and c.id = $2`,
		pgx.RowTo[string], &c.Industry, team, contact)
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
