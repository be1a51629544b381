package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"
)

// Followed is one suggestion that was shown, and what came of it.
type Followed struct {
	Stage      string
	Candidates json.RawMessage // as weighed then, with the probability of each
	Shown      int64           // the first pick
	// Helped: the first pick was given within [HelpWindow], by whatever way, and
	// the contact answered or moved up within another.
	Helped bool
}

// Followed returns the suggestions made since then whose
// windows are over by now, oldest first: what was chosen, among what, and what
// followed. They hold no word of any note.
func (s *Store) Followed(ctx context.Context, team string, since, now time.Time) (all []Followed, err error) {
	err = s.tx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, fileTimeout); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `select g.stage, g.candidates, (g.picks -> 0 ->> 'content_id')::bigint,
			exists (select from shares h where h.contact_id = g.contact_id and h.at >= g.at and h.at <= g.at + $4::interval and h.content_id = (g.picks -> 0 ->> 'content_id')::bigint and h.undone_at is null and (
				exists (select from interactions a where a.contact_id = h.contact_id and a.undone_at is null and not a.plan and `+theirWord("a")+`
					and a.at > h.at and a.at <= h.at + $4::interval and a.id is distinct from h.interaction_id)
				or exists (select from moves m where m.contact_id = h.contact_id and m.journey = 'aipee' and m.replaced_at is null
					and m.kind in ('up', 'skipped') and m.at > h.at and m.at <= h.at + $4::interval and m.interaction_id is distinct from h.interaction_id)))
			from suggestions g where g.team_id = $1 and g.at >= $2 and g.at < $3 and jsonb_array_length(g.picks) > 0 order by g.id`,
			team, since, now.Add(-2*HelpWindow), HelpWindow)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Followed])
		return err
	})
	return all, fail("Followed", err)
}
