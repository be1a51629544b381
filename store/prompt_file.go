package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// PromptFile is a file of the folder that stands in front of the binary's, or would if
// it were not broken.
type PromptFile struct {
	File      string
	Hash      string    // SHA-256 of the text in force, in hexadecimal; empty where it is not the file's
	Text      string    // in force; empty where Hash is
	WrittenAt time.Time // as the file itself says
	Wrong     string    // what is wrong with the file as it lies there now; empty: nothing
}

// The kinds of lines of the log that nobody wrote in Slack. Their Label is live, or
// other where version From stood in front of the file.
const (
	PromptOnDisk     = "file"   // a file of the folder came, was changed, or went; Reason is its hash, empty where it is gone
	PromptFileBroken = "broken" // it cannot be used, as Reason says; its last good text stays
	PromptFileUnused = "unused" // the same, and no good text of it is known: the original is used
)

// KeepPromptFiles keeps which files the folder holds for the log, where that is
// another than what was kept last, and their texts for [Store.LastPromptFiles]. All
// replicas may tell the same: one line is written.
func (s *Store) KeepPromptFiles(ctx context.Context, team string, files []PromptFile, at time.Time) error {
	names, hashes, texts, written, wrong := []string{}, []string{}, []string{}, []*time.Time{}, []string{}
	for _, f := range files {
		names, hashes, texts, wrong = append(names, f.File), append(hashes, f.Hash), append(texts, f.Text), append(wrong, f.Wrong)
		when := &f.WrittenAt
		if when.IsZero() {
			when = nil
		}
		written = append(written, when)
	}
	err := s.tx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended($1, 0))`, "prompt files "+team); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `insert into prompt_file_texts (team_id, file, hash, text)
			select $1, * from unnest($2::text[], $3::text[], $4::text[]) t (file, hash, text) where hash <> '' and text <> '' on conflict do nothing`, team, names, hashes, texts); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `with had as (select distinct on (file) file, hash, wrong from prompt_files where team_id = $1 order by file, id desc),
				has as (select * from unnest($2::text[], $3::text[], $4::timestamptz[], $5::text[]) t (file, hash, written_at, wrong)),
				became as (select file, coalesce(has.hash, '') as hash, has.written_at, coalesce(has.wrong, '') as wrong from had full join has using (file)
					where (coalesce(had.hash, ''), coalesce(had.wrong, '')) <> (coalesce(has.hash, ''), coalesce(has.wrong, '')))
			insert into prompt_files (team_id, file, hash, behind, written_at, wrong, at)
			select $1, b.file, b.hash, coalesce(l.live, 0), b.written_at, b.wrong, $6
			from became b left join prompt_labels l on l.team_id = $1 and l.file = b.file order by b.file`, team, names, hashes, written, wrong, at)
		return err
	})
	return fail("KeepPromptFiles", err)
}

// LastPromptFiles returns, of those of these files that the folder held when it was
// last kept, the texts that were in force by it then. Of a file that went since, or whose
// text was never kept, there is none.
func (s *Store) LastPromptFiles(ctx context.Context, team string, files []string) ([]PromptFile, error) {
	rows, err := s.pool.Query(ctx, `select l.file, l.hash, t.text, coalesce(l.written_at, '0001-01-01 00:00+00'), l.wrong
		from (select distinct on (file) file, hash, written_at, wrong from prompt_files where team_id = $1 and file = any($2) order by file, id desc) l
		join prompt_file_texts t on t.team_id = $1 and t.file = l.file and t.hash = l.hash order by l.file`, team, files)
	if err != nil {
		return nil, fail("LastPromptFiles", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[PromptFile])
	return all, fail("LastPromptFiles", err)
}

// PromptFileHashes are the texts that are in force by the folder as it was kept last: the
// hash of each, by file.
func (s *Store) PromptFileHashes(ctx context.Context, team string) (map[string]string, error) {
	rows, err := s.pool.Query(ctx, `select file, hash from (select distinct on (file) file, hash from prompt_files where team_id = $1 order by file, id desc) l where hash <> ''`, team)
	if err != nil {
		return nil, fail("PromptFileHashes", err)
	}
	all, file, hash := map[string]string{}, "", ""
	_, err = pgx.ForEachRow(rows, []any{&file, &hash}, func() error { all[file] = hash; return nil })
	return all, fail("PromptFileHashes", err)
}

// PromptFileLine is a file of the folder as a line of the log has it.
type PromptFileLine struct {
	Hash string // of the text in force by it; empty: the original
	At   time.Time
}

// PromptFileSince returns the latest line about a file of the folder, and whether the
// text in force by it is another than at a time.
func (s *Store) PromptFileSince(ctx context.Context, team, file string, then time.Time) (now PromptFileLine, changed bool, err error) {
	err = s.pool.QueryRow(ctx, `select hash, at, hash <> coalesce((select hash from prompt_files where team_id = $1 and file = $2 and at <= $3 order by id desc limit 1), '')
		from prompt_files where team_id = $1 and file = $2 order by id desc limit 1`, team, file, then).Scan(&now.Hash, &now.At, &changed)
	if errors.Is(err, pgx.ErrNoRows) {
		return now, false, nil
	}
	return now, changed, fail("PromptFileSince", err)
}
