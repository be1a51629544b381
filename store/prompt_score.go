package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// VersionScore is what came of one version of a prompt, in contacts, each counted
// once however often it was used for them. Nothing in it says that the wording was
// the cause.
type VersionScore struct {
	Number   int // 0: the file
	Contacts int // for whom it was used
	// Given is of the reasons of suggestions: to how many something of the library
	// was given after the suggestion was shown, however that was told: by its button,
	// by /coach sent, in a note. It is what the score of content counts as shared.
	Given int
	// Answered and MovedOn are within 14 days after: of reasons after the giving, of
	// all else after the use. Moving on is up on the default journey.
	Answered, MovedOn int
	// PutRight is of readings: of how many contacts somebody put one right.
	PutRight int
}

// versionNumber is the number in a recorded version, here v: "suggest-reason@3",
// "suggest-reason@0-1a2b3c4d".
const versionNumber = `split_part(split_part(v, '@', 2), '-', 1)::int`

// VersionScores returns the scores of the versions of a prompt that were used
// between two moments, wherever it is used: in the reasons of suggestions, in what
// is worded about contacts, in readings by a model of notes that stand. Trials do not count. What was
// given by a suggestion's own button counts also after the second moment, all else
// up to it: later another wording may have been read. What a note tells was given
// does not follow from the suggestion below that note.
func (s *Store) VersionScores(ctx context.Context, team, name string, since, until time.Time) ([]VersionScore, error) {
	rows, err := s.pool.Query(ctx, `with
		used as (
			select g.wording as v, g.contact_id, h.at as given, h.at as at, false as put_right
				from suggestions g left join lateral (select min(h.at) as at from shares h
					where h.contact_id = g.contact_id and h.undone_at is null and h.content_id is not null
					and (h.suggestion_id = g.id or h.at between g.at and $4 and (h.interaction_id is null or h.interaction_id is distinct from g.interaction_id))) h on true
				where g.team_id = $1 and g.at between $3 and $4 and g.silent = '' and split_part(g.wording, '@', 1) = $2
			union all select u.version, u.contact_id, null, u.at, false from prompt_uses u
				where u.team_id = $1 and u.at between $3 and $4 and u.contact_id is not null and split_part(u.version, '@', 1) = $2
			union all select split_part(l.version, ' ', 1), l.contact_id, null, l.at,
				exists (select from audit a where a.team_id = l.team_id and a.subject = l.interaction_id::text and a.action = 'correct')
				from second_looks l where l.team_id = $1 and l.at between $3 and $4 and `+modelRead+` and split_part(l.version, '@', 1) = $2),
		followed as (select `+versionNumber+` as number, u.*,
			exists (select from interactions i where i.contact_id = u.contact_id and i.undone_at is null and not i.plan
				and `+theirWord("i")+` and i.at > u.at and i.at <= u.at + interval '14 days') as answered,
			exists (select from moves m where m.contact_id = u.contact_id and m.journey = 'aipee' and m.replaced_at is null
				and m.kind in ('up', 'skipped') and m.at > u.at and m.at <= u.at + interval '14 days') as moved_on
			from used u where u.v not like '%' || $5)
		select number, count(distinct contact_id)::int, (count(distinct contact_id) filter (where given is not null))::int,
			(count(distinct contact_id) filter (where answered))::int, (count(distinct contact_id) filter (where moved_on))::int,
			(count(distinct contact_id) filter (where put_right))::int
		from followed group by 1 order by 1`, team, name, since, until, TrialMark)
	if err != nil {
		return nil, fail("VersionScores", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[VersionScore])
	return all, fail("VersionScores", err)
}
