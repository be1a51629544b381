package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
)

// Details is what is known of a contact beside the notes. Empty fields leave
// what stands as it is.
type Details struct {
	Title    string
	Email    string // lower case
	Language string // ISO 639-1
	Industry string // of their company
	// Aliases are other names they go by, with their folded keys.
	Aliases map[string]string // key → as typed
	// ReferredBy is the contact who brought them; 0: nobody known.
	ReferredBy int64
}

const insertAlias = `insert into aliases (team_id, contact_id, alias_key, alias) values ($1, $2, $3, $4) on conflict do nothing`

// Describe adds what is known of a contact.
func (s *Store) Describe(ctx context.Context, team string, contact int64, d Details) error {
	err := s.about(ctx, contact, func(tx pgx.Tx) error {
		c, err := lockContact(ctx, tx, team, contact)
		if err != nil {
			return err
		}
		batch := &pgx.Batch{}
		batch.Queue(`update contacts set title = coalesce(nullif($2, ''), title), titled_by = case when $2 = '' then titled_by end, email = coalesce(nullif($3, ''), email),
			language = coalesce(nullif($4, ''), language), referred_by = coalesce(nullif($5::bigint, 0), referred_by) where id = $1`,
			contact, d.Title, d.Email, d.Language, d.ReferredBy)
		batch.Queue(`update companies set industry = $2 where id = $1 and $2 <> ''`, c.Company.ID, d.Industry)
		for key, alias := range d.Aliases {
			batch.Queue(insertAlias, team, contact, key, alias)
		}
		return tx.SendBatch(ctx, batch).Close()
	})
	return fail("Describe", err)
}

// EraseTeam removes every row of a team from every table of ours: for samples
// that are to begin anew, and for a workspace that leaves. Its jobs stay in
// River's until they run, find nothing and end.
func (s *Store) EraseTeam(ctx context.Context, team string) error {
	rows, err := s.pool.Query(ctx, `select c.table_name::text from information_schema.columns c
		join information_schema.tables t using (table_schema, table_name)
		where c.table_schema = 'public' and c.column_name = 'team_id' and t.table_type = 'BASE TABLE' order by 1`)
	if err != nil {
		return fail("EraseTeam", err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fail("EraseTeam", err)
	}
	// contacts take what hangs on them along; companies and content are what
	// contacts and shares point at
	first := []string{"contacts", "companies", "content"}
	for _, table := range tables {
		if !slices.Contains(first, table) {
			first = append(first, table)
		}
	}
	err = s.tx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `set local statement_timeout = 0`); err != nil {
			return err
		}
		for _, table := range first {
			if _, err := tx.Exec(ctx, fmt.Sprintf(`delete from %s where team_id = $1`, pgx.Identifier{table}.Sanitize()), team); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `delete from teams where id = $1`, team)
		return err
	})
	return fail("EraseTeam", err)
}
