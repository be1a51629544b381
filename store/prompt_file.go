package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// PromptFile is a file of the folder that stands in front of the binary's.
type PromptFile struct {
	File      string
	Hash      string    // SHA-256 of the text, in hexadecimal
	WrittenAt time.Time // as the file itself says
}

// PromptOnDisk is the kind of a line of the log that nobody wrote in Slack: a file of
// the folder came, was changed, or went. Its Reason is the file's hash, empty where it
// is gone; Label is live, or other where version From stood in front of it.
const PromptOnDisk = "file"

// KeepPromptFiles keeps which files the folder holds for the log, where that is
// another than what was kept last. All replicas may tell the same: one line is written.
func (s *Store) KeepPromptFiles(ctx context.Context, team string, files []PromptFile, at time.Time) error {
	names, hashes, written := []string{}, []string{}, []time.Time{}
	for _, f := range files {
		names, hashes, written = append(names, f.File), append(hashes, f.Hash), append(written, f.WrittenAt)
	}
	err := s.tx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended($1, 0))`, "prompt files "+team); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `with had as (select distinct on (file) file, hash from prompt_files where team_id = $1 order by file, id desc),
				has as (select * from unnest($2::text[], $3::text[], $4::timestamptz[]) t (file, hash, written_at)),
				became as (select file, coalesce(has.hash, '') as hash, has.written_at from had full join has using (file) where coalesce(had.hash, '') <> coalesce(has.hash, ''))
			insert into prompt_files (team_id, file, hash, behind, written_at, at)
			select $1, b.file, b.hash, coalesce(l.live, 0), b.written_at, $5
			from became b left join prompt_labels l on l.team_id = $1 and l.file = b.file order by b.file`, team, names, hashes, written, at)
		return err
	})
	return fail("KeepPromptFiles", err)
}
