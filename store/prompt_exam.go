package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
)

// PromptExam is how a draft did beside what was live.
type PromptExam struct {
	File     string
	Live     string // SHA-256 of what was live, in hexadecimal
	Draft    string // of the draft
	Engine   string // built-in, or the model's name
	Cases    string // SHA-256 of what both were tried on
	Judged   bool   // false: the exam was not ended
	Outcome  json.RawMessage
	PersonID string // who asked for it
	At       time.Time
}

// KeepPromptExam keeps the outcome of an exam.
func (s *Store) KeepPromptExam(ctx context.Context, team string, e PromptExam) error {
	_, err := s.pool.Exec(ctx, `insert into prompt_exams (team_id, file, live, draft, engine, cases, judged, outcome, person_id, at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, team, e.File, e.Live, e.Draft, e.Engine, e.Cases, e.Judged, e.Outcome, e.PersonID, e.At)
	return fail("KeepPromptExam", err)
}

// PromptExam returns the latest exam that was ended of the same draft against
// the same live version, by the same engine and on the same cases as key's, or
// [ErrNotFound].
func (s *Store) PromptExam(ctx context.Context, team string, key PromptExam) (PromptExam, error) {
	rows, err := s.pool.Query(ctx, `select file, live, draft, engine, cases, judged, outcome, person_id, at from prompt_exams
		where team_id = $1 and file = $2 and live = $3 and draft = $4 and engine = $5 and cases = $6 and judged order by id desc limit 1`,
		team, key.File, key.Live, key.Draft, key.Engine, key.Cases)
	if err != nil {
		return PromptExam{}, fail("PromptExam", err)
	}
	e, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[PromptExam])
	return e, fail("PromptExam", err)
}

// UnjudgedPromptExam returns the latest exam that is key's in all that [Store.PromptExam]
// asks for, where that exam was not ended; [ErrNotFound] where there is none, or the latest was.
func (s *Store) UnjudgedPromptExam(ctx context.Context, team string, key PromptExam) (PromptExam, error) {
	rows, err := s.pool.Query(ctx, `select * from (select file, live, draft, engine, cases, judged, outcome, person_id, at from prompt_exams
		where team_id = $1 and file = $2 and live = $3 and draft = $4 and engine = $5 and cases = $6 order by id desc limit 1) e where not judged`,
		team, key.File, key.Live, key.Draft, key.Engine, key.Cases)
	if err != nil {
		return PromptExam{}, fail("UnjudgedPromptExam", err)
	}
	e, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[PromptExam])
	return e, fail("UnjudgedPromptExam", err)
}

// LatestPromptExam returns the latest exam that was ended of the same draft against the
// same live version as key's, whoever read and on whatever cases, or [ErrNotFound].
func (s *Store) LatestPromptExam(ctx context.Context, team string, key PromptExam) (PromptExam, error) {
	rows, err := s.pool.Query(ctx, `select file, live, draft, engine, cases, judged, outcome, person_id, at from prompt_exams
		where team_id = $1 and file = $2 and live = $3 and draft = $4 and judged order by id desc limit 1`, team, key.File, key.Live, key.Draft)
	if err != nil {
		return PromptExam{}, fail("LatestPromptExam", err)
	}
	e, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[PromptExam])
	return e, fail("LatestPromptExam", err)
}

// Begin puts a job into the queue. fresh is false where one with the same
// arguments waits or runs already; see [river.UniqueOpts].
func (s *Store) Begin(ctx context.Context, job river.InsertManyParams) (fresh bool, err error) {
	err = s.tx(ctx, func(tx pgx.Tx) error {
		done, err := s.jobs.InsertManyTx(ctx, tx, []river.InsertManyParams{job})
		if err == nil {
			fresh = !done[0].UniqueSkippedAsDuplicate
		}
		return err
	})
	return fresh, fail("Begin", err)
}
