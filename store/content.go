package store

import (
	"cmp"
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

// AtOnce is how many items at most are read on a line's own way; a library with more
// is read beside it, by [Store.LargeLibrary].
const AtOnce = 5000

// ErrLarge: the library has more than [AtOnce] items, and none of them were returned.
var ErrLarge = errors.New("the library is too large to be read at once")

// Library returns every item of the team that is not retired, by id, and the
// version of the library that this is, or an earlier one: a change that comes
// in between is noticed at the next look.
func (s *Store) Library(ctx context.Context, team string) ([]Content, int64, error) {
	all, version, err := library(ctx, s.pool, team, 0)
	return all, version, fail("Library", err)
}

// SmallLibrary is [Store.Library] for a command that answers soon: [ErrLarge] where
// that would take too long.
func (s *Store) SmallLibrary(ctx context.Context, team string) ([]Content, int64, error) {
	all, version, err := library(ctx, s.pool, team, AtOnce)
	return all, version, fail("SmallLibrary", err)
}

// LargeLibrary is [Store.Library] with half a minute of time, for whoever reads it
// beside the commands.
func (s *Store) LargeLibrary(ctx context.Context, team string) (all []Content, version int64, err error) {
	err = s.tx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `set local statement_timeout = '30s'`); err != nil {
			return err
		}
		all, version, err = library(ctx, tx, team, 0)
		return err
	})
	return all, version, fail("LargeLibrary", err)
}

// library reads most items at most, all where that is 0; of more it returns none.
func library(ctx context.Context, q querier, team string, most int) ([]Content, int64, error) {
	rows, err := q.Query(ctx, selectTeam, team)
	if err != nil {
		return nil, 0, err
	}
	t, err := pgx.CollectExactlyOneRow(rows, scanTeam)
	if err != nil {
		return nil, 0, err
	}
	if rows, err = q.Query(ctx, selectContent+`where team_id = $1 and retired_at is null order by id limit nullif($2, 0)`, team, atMost(most)); err != nil {
		return nil, 0, err
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Content])
	if most > 0 && len(all) > most {
		return nil, 0, ErrLarge
	}
	return all, t.ContentVersion, err
}

// atMost asks for one more than most, which tells that there are more; 0: for all.
func atMost(most int) int64 {
	if most == 0 {
		return 0
	}
	return int64(most) + 1
}

// ErrDuplicate: the library has an item with the same canonical URL.
var ErrDuplicate = errors.New("the library has this address already")

// PutContent adds items, or changes those with an ID, all or none, and keeps of
// each how it was before. A retired item with the address of a new one comes
// back in its place, with its history.
func (s *Store) PutContent(ctx context.Context, team, by string, at time.Time, items ...Content) ([]int64, error) {
	var ids []int64
	err := s.tx(ctx, func(tx pgx.Tx) error {
		before, err := lockContent(ctx, tx, team, items)
		if err != nil {
			return err
		}
		ids, err = putContent(ctx, tx, team, before, items, ContentChange{PersonID: by, At: at})
		return err
	})
	return ids, fail("PutContent", err)
}

// AddContent adds one item that somebody typed, and returns it as it stands then. Where a
// retired item has its address, that comes back with its history, and what was left empty
// stays as it was there: nobody who types a title means to take stages and topics away. A
// last day that is behind at the time of at does not come back.
func (s *Store) AddContent(ctx context.Context, team, by string, at time.Time, c Content) (Content, error) {
	err := s.tx(ctx, func(tx pgx.Tx) error {
		before, err := lockContent(ctx, tx, team, []Content{c})
		if err != nil {
			return err
		}
		for _, was := range before {
			if was.Retired {
				c = c.over(was, at)
			}
		}
		ids, err := putContent(ctx, tx, team, before, []Content{c}, ContentChange{PersonID: by, At: at})
		if err == nil {
			c.ID = ids[0]
		}
		return err
	})
	return c, fail("AddContent", err)
}

// over is an item typed anew over one that was retired: what was typed, and the rest as it was.
func (c Content) over(was Content, at time.Time) Content {
	for _, text := range [][2]*string{{&c.Kind, &was.Kind}, {&c.Language, &was.Language}, {&c.Education, &was.Education}, {&c.Gives, &was.Gives}, {&c.Owner, &was.Owner}} {
		*text[0] = cmp.Or(*text[0], *text[1])
	}
	for _, words := range [][2]*[]string{{&c.Stages, &was.Stages}, {&c.Roles, &was.Roles}, {&c.Industries, &was.Industries}, {&c.Topics, &was.Topics}} {
		if len(*words[0]) == 0 {
			*words[0] = *words[1]
		}
	}
	if c.ReviewBy == nil {
		c.ReviewBy = was.ReviewBy
	}
	if c.Expires == nil && was.Expires != nil && was.Expires.After(at) {
		c.Expires = was.Expires
	}
	return c
}

// putContent adds and changes items of which before holds those that are there, and keeps the
// changes; by says by whom and when.
func putContent(ctx context.Context, tx pgx.Tx, team string, before map[int64]Content, items []Content, by ContentChange) ([]int64, error) {
	ids := make([]int64, len(items))
	batch := &pgx.Batch{}
	for i, c := range items {
		queuePut(batch, team, c, &ids[i])
	}
	batch.Queue(newContentVersion, team)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return nil, err
	}
	changes := make([]ContentChange, len(items))
	for i, c := range items {
		c.ID, c.Retired = ids[i], false
		changes[i] = changeOf(before, c)
		changes[i].PersonID, changes[i].At = by.PersonID, by.At
	}
	return ids, noteChanges(ctx, tx, team, changes)
}

const newContentVersion = `update teams set content_version = content_version + 1 where id = $1`

// queuePut adds an item, or changes the one with its ID. A changed one is in the
// library again where it was retired.
func queuePut(batch *pgx.Batch, team string, c Content, id *int64) {
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
			updated_at = now(), retired_at = null where team_id = $1 and id = $17 returning id`
	}
	batch.Queue(sql, args...).QueryRow(func(row pgx.Row) error {
		err := row.Scan(id)
		if errors.Is(err, pgx.ErrNoRows) && c.ID == 0 {
			return errors.Join(ErrDuplicate, errors.New(c.URL))
		}
		return err
	})
}

// RetireContent takes an item out of the library; what was shared stays told.
// seen is the item as who retires it saw it: where it is another by now nothing
// is retired, and the error is [ErrMoved].
func (s *Store) RetireContent(ctx context.Context, team, by string, id int64, seen string, at time.Time) error {
	err := s.tx(ctx, func(tx pgx.Tx) error {
		before, err := lockContent(ctx, tx, team, []Content{{ID: id}})
		if err != nil {
			return err
		}
		was, ok := before[id]
		switch {
		case !ok || was.Retired:
			return ErrNotFound
		case was.Sum() != seen:
			return ErrMoved
		}
		c := was
		c.Retired = true
		return setContent(ctx, tx, team, ContentChange{Item: id, What: ContentRetired, Before: &was, After: &c, PersonID: by, At: at})
	})
	return fail("RetireContent", err)
}

func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
