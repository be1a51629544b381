package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// WordingScore is what came of suggestions whose reasons had one wording.
// Nothing in it says that the wording was the cause.
type WordingScore struct {
	Wording  string // name@number
	Shown    int    // suggestions
	Shared   int    // of which something was given
	Answered int    // of which the contact was heard from within 14 days after
	MovedOn  int    // of which the contact moved up on the default journey within 14 days after
}

// WordingScores returns the scores of every version of the wordings of these
// names since then.
func (s *Store) WordingScores(ctx context.Context, team string, names []string, since time.Time) ([]WordingScore, error) {
	rows, err := s.pool.Query(ctx, `select g.wording, count(*)::int, count(h.at)::int,
			count(*) filter (where exists (select from interactions i where i.contact_id = g.contact_id and i.undone_at is null
				and i.direction <> 'out' and i.at > h.at and i.at <= h.at + interval '14 days'))::int,
			count(*) filter (where exists (select from moves m where m.contact_id = g.contact_id and m.journey = 'aipee' and m.replaced_at is null
				and m.kind in ('up', 'skipped') and m.at > h.at and m.at <= h.at + interval '14 days'))::int
		from suggestions g left join lateral (select min(at) as at from shares h where h.suggestion_id = g.id and h.undone_at is null) h on true
		where g.team_id = $1 and g.at >= $2 and g.wording <> '' and g.silent = '' and split_part(g.wording, '@', 1) = any($3) group by 1 order by 1`, team, since, names)
	if err != nil {
		return nil, fail("WordingScores", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[WordingScore])
	return all, fail("WordingScores", err)
}

// UseScore is what came of what one version worded about contacts: drafts,
// reminders, questions. Nothing in it says that the wording was the cause.
type UseScore struct {
	Version  string // name@number
	Made     int
	Answered int // of which the contact was heard from within 14 days after
	MovedOn  int // of which the contact moved up on the default journey within 14 days after
}

// UseScores returns the scores of every version of these names that worded
// something about a contact since then.
func (s *Store) UseScores(ctx context.Context, team string, names []string, since time.Time) ([]UseScore, error) {
	rows, err := s.pool.Query(ctx, `select u.version, count(*)::int,
			count(*) filter (where exists (select from interactions i where i.contact_id = u.contact_id and i.undone_at is null
				and i.direction <> 'out' and i.at > u.at and i.at <= u.at + interval '14 days'))::int,
			count(*) filter (where exists (select from moves m where m.contact_id = u.contact_id and m.journey = 'aipee' and m.replaced_at is null
				and m.kind in ('up', 'skipped') and m.at > u.at and m.at <= u.at + interval '14 days'))::int
		from prompt_uses u where u.team_id = $1 and u.at >= $2 and u.contact_id is not null and split_part(u.version, '@', 1) = any($3) group by 1 order by 1`, team, since, names)
	if err != nil {
		return nil, fail("UseScores", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[UseScore])
	return all, fail("UseScores", err)
}

// LookScore is what became of notes that a model read with one version.
type LookScore struct {
	Version  string // name@number
	Read     int
	PutRight int // of which somebody put the reading right
}

// LookScores returns the scores of every version of these names that a model
// read with since then.
func (s *Store) LookScores(ctx context.Context, team string, names []string, since time.Time) ([]LookScore, error) {
	rows, err := s.pool.Query(ctx, `select split_part(l.version, ' ', 1), count(*)::int,
			count(*) filter (where exists (select from audit a where a.team_id = l.team_id and a.subject = l.interaction_id::text and a.action = 'correct'))::int
		from second_looks l where l.team_id = $1 and l.at >= $2 and l.outcome <> 'failed' and split_part(l.version, '@', 1) = any($3) group by 1 order by 1`, team, since, names)
	if err != nil {
		return nil, fail("LookScores", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[LookScore])
	return all, fail("LookScores", err)
}
