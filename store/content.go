package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// Content is an item of a team's library. Empty lists mean no limit.
type Content struct {
	ID           int64
	Title        string
	URL          string
	CanonicalURL string
	Kind         string
	Stages       []string
	Roles        []string
	Industries   []string
	Topics       []string
	Language     string
	Education    string // results or tool
	Gives        string // what it gives the customer, in one sentence
	Owner        string
	ReviewBy     *time.Time // a day
	Expires      *time.Time // a day
	PassOn       bool       // may be passed on
	Retired      bool
}

const selectContent = `select id, title, url, canonical_url, kind, stages, roles, industries, topics, language, education,
	gives, owner, review_by, expires, pass_on, retired_at is not null from content `

// Library returns every item of the team that is not retired, by id, and the
// version of the library that this is, or an earlier one: a change that comes
// in between is noticed at the next look.
func (s *Store) Library(ctx context.Context, team string) ([]Content, int64, error) {
	all, version, err := library(ctx, s.pool, team)
	return all, version, fail("Library", err)
}

func library(ctx context.Context, q querier, team string) ([]Content, int64, error) {
	rows, err := q.Query(ctx, selectTeam, team)
	if err != nil {
		return nil, 0, err
	}
	t, err := pgx.CollectExactlyOneRow(rows, scanTeam)
	if err != nil {
		return nil, 0, err
	}
	if rows, err = q.Query(ctx, selectContent+`where team_id = $1 and retired_at is null order by id`, team); err != nil {
		return nil, 0, err
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Content])
	return all, t.ContentVersion, err
}

// ErrDuplicate: the library has an item with the same canonical URL.
var ErrDuplicate = errors.New("the library has this address already")

// PutContent adds items, or changes those with an ID, all or none. A retired
// item with the address of a new one comes back in its place, with its history.
func (s *Store) PutContent(ctx context.Context, team, by string, items ...Content) ([]int64, error) {
	ids := make([]int64, len(items))
	err := s.tx(ctx, func(tx pgx.Tx) error {
		batch := &pgx.Batch{}
		for i, c := range items {
			args := []any{team, c.Title, c.URL, c.CanonicalURL, c.Kind, list(c.Stages), list(c.Roles), list(c.Industries), list(c.Topics),
				c.Language, c.Education, c.Gives, c.Owner, c.ReviewBy, c.Expires, c.PassOn}
			sql := `insert into content (team_id, title, url, canonical_url, kind, stages, roles, industries, topics, language,
				education, gives, owner, review_by, expires, pass_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
				on conflict (team_id, canonical_url) do update set title = $2, url = $3, kind = $5, stages = $6, roles = $7, industries = $8,
					topics = $9, language = $10, education = $11, gives = $12, owner = $13, review_by = $14, expires = $15, pass_on = $16,
					updated_at = now(), retired_at = null where content.retired_at is not null returning id`
			if c.ID != 0 {
				args = append(args, c.ID)
				sql = `update content set title = $2, url = $3, canonical_url = $4, kind = $5, stages = $6, roles = $7, industries = $8,
					topics = $9, language = $10, education = $11, gives = $12, owner = $13, review_by = $14, expires = $15, pass_on = $16,
					updated_at = now() where team_id = $1 and id = $17 returning id`
			}
			batch.Queue(sql, args...).QueryRow(func(row pgx.Row) error {
				err := row.Scan(&ids[i])
				if errors.Is(err, pgx.ErrNoRows) && c.ID == 0 {
					return errors.Join(ErrDuplicate, errors.New(c.URL))
				}
				return err
			})
		}
		batch.Queue(`update teams set content_version = content_version + 1 where id = $1`, team)
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return err
		}
		return note(ctx, tx, Audit{TeamID: team, PersonID: by, Action: "content", Subject: "put", Detail: map[string]any{"ids": ids}})
	})
	return ids, fail("PutContent", err)
}

// RetireContent takes an item out of the library; what was shared stays told.
func (s *Store) RetireContent(ctx context.Context, team, by string, id int64, now time.Time) error {
	err := s.tx(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `update content set retired_at = $3 where team_id = $1 and id = $2 and retired_at is null`, team, id, now)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return ErrNotFound
		}
		if _, err := tx.Exec(ctx, `update teams set content_version = content_version + 1 where id = $1`, team); err != nil {
			return err
		}
		return note(ctx, tx, Audit{TeamID: team, PersonID: by, Action: "content", Subject: "retire", Detail: map[string]any{"id": id}})
	})
	return fail("RetireContent", err)
}

func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
