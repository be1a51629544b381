package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Park sets p aside with all that waits for its channel, until [Store.Unpark],
// and puts notice (which may be nil) into the outbox in the same transaction.
// The key of notice is made complete by the number of the oldest that is parked
// there: so a notice is given once, however often the channel is tried, and
// once more when the channel shuts again after what was parked went out.
func (s *Store) Park(ctx context.Context, p Posting, reason string, notice *Posting) error {
	err := s.tx(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `update outbox set state = 'parked', lease_until = null, limited = false, error = $3
			where id = $1 and attempt = $2 and state = 'sending'`, p.ID, p.Attempt, reason)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return ErrStale
		}
		if _, err := tx.Exec(ctx, `update outbox set state = 'parked', limited = false, error = $3
			where team_id = $1 and channel = $2 and state = 'pending' and kind not in ('dm', 'response')`, p.TeamID, p.Channel, reason); err != nil {
			return err
		}
		if notice == nil {
			return nil
		}
		var oldest int64
		if err := tx.QueryRow(ctx, `select min(id) from outbox where team_id = $1 and channel = $2 and state = 'parked'`, p.TeamID, p.Channel).Scan(&oldest); err != nil {
			return err
		}
		told := *notice
		told.Key = fmt.Sprint(notice.Key, ":", oldest)
		_, _, err = EnqueueTx(ctx, tx, told)
		return err
	})
	return fail("Park", err)
}

// Unpark lets what was parked leave again, as if it had come at now, and
// returns how much that is: of one channel, or of all where channel is empty. A
// channel that still does not take it is parked anew by the first that is tried.
func (s *Store) Unpark(ctx context.Context, team, channel string, now time.Time) (int64, error) {
	// none of them stands in Slack, so the next try is a first one
	tag, err := s.pool.Exec(ctx, `update outbox set state = 'pending', tried_at = null, not_before = greatest(not_before, $3)
		where team_id = $1 and state = 'parked' and (channel = $2 or $2 = '')`, team, channel, now)
	return tag.RowsAffected(), fail("Unpark", err)
}
