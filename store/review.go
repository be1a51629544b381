package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// OverdueContent returns the items that were to be looked at before the day
// and of which nobody has been told for that date.
func (s *Store) OverdueContent(ctx context.Context, team string, day time.Time) ([]Content, error) {
	rows, err := s.pool.Query(ctx, selectContent+`where team_id = $1 and retired_at is null and review_by < $2
		and (expires is null or expires >= $2) and told_review is distinct from review_by order by review_by, id limit 100`, team, day)
	if err != nil {
		return nil, fail("OverdueContent", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Content])
	return all, fail("OverdueContent", err)
}

// TellReview marks the items as told of, for their present review dates, and
// puts the messages into the outbox, if nobody has done so for any of them
// meanwhile: then it says false and nothing is done.
func (s *Store) TellReview(ctx context.Context, team string, ids []int64, postings []Posting) (bool, error) {
	fresh := false
	err := s.tx(ctx, func(tx pgx.Tx) error {
		fresh = false
		rows, err := tx.Query(ctx, `select id from content where team_id = $1 and id = any ($2) and told_review is distinct from review_by
			order by id for update`, team, ids)
		if err != nil {
			return err
		}
		open, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err != nil || len(open) < len(ids) {
			return err
		}
		fresh = true
		if _, err := tx.Exec(ctx, `update content set told_review = review_by where team_id = $1 and id = any ($2)`, team, ids); err != nil {
			return err
		}
		for _, p := range postings {
			if _, _, err := EnqueueTx(ctx, tx, p); err != nil {
				return err
			}
		}
		return nil
	})
	return fresh && err == nil, fail("TellReview", err)
}
