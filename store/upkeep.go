package store

import (
	"context"
	"log/slog"
	"time"
)

// UpkeepEvery is how often a replica looks for what may be let go.
const UpkeepEvery = time.Hour

// Upkeep lets go of deliveries and postings that have been kept long enough
// ([InboxKept], [OutboxKept], [AnswersKept]), at once and then every so often, and has Postgres
// count the tables that grew under the lines of this process, until ctx ends. Any number of
// replicas may run it at once.
func (s *Store) Upkeep(ctx context.Context, every time.Duration, now func() time.Time, log *slog.Logger) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		s.trim(ctx, "inbox", s.TrimInbox, now, log)
		s.trim(ctx, "outbox", s.TrimOutbox, now, log)
		s.trim(ctx, "model answers", s.TrimModelAnswers, now, log)
		for waits := true; waits; {
			select {
			case <-ctx.Done():
				return
			case <-s.grown:
				if err := s.countTables(ctx); err != nil && ctx.Err() == nil {
					log.Warn("count tables", "error", err)
				}
			case <-tick.C:
				waits = false
			}
		}
	}
}

// trim removes some thousands of rows at a time, so that no statement holds
// its locks for long.
func (s *Store) trim(ctx context.Context, what string, some func(context.Context, time.Time) (int64, error), now func() time.Time, log *slog.Logger) {
	var all int64
	for ctx.Err() == nil {
		// a database that has gone silent must not keep what comes after waiting
		limited, cancel := context.WithTimeout(ctx, CommandTimeout)
		n, err := some(limited, now())
		cancel()
		all += n
		if err != nil {
			if ctx.Err() == nil {
				log.Warn("trim", "what", what, "error", err)
			}
			break
		}
		if n == 0 {
			break
		}
	}
	if all > 0 {
		log.Info("trimmed", "what", what, "rows", all)
	}
}
