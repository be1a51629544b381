package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// ContentChange is one change of one item of a library, with how the item stood
// before and after it.
type ContentChange struct {
	ID       int64 // of the change; the later the higher
	Item     int64
	What     string
	Before   *Content // nil: there was none
	After    *Content
	PersonID string
	At       time.Time
	Move     int64 // the move in the workshop that it was part of; 0: none
}

// What is done to an item.
const (
	ContentAdded   = "added"
	ContentChanged = "changed"
	ContentRetired = "retired"
	ContentBack    = "put back" // as it was before another change
)

// Sum names the item as it stands, without its number.
func (c Content) Sum() string {
	c.ID = 0
	for _, l := range []*[]string{&c.Stages, &c.Roles, &c.Industries, &c.Topics} {
		*l = list(*l)
	}
	for _, day := range []**time.Time{&c.ReviewBy, &c.Expires} {
		if *day != nil {
			utc := (*day).UTC()
			*day = &utc
		}
	}
	raw, _ := json.Marshal(c) // strings, days and booleans
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:16])
}

// lockContent reads the items that are to be changed, and those with the
// addresses of new ones, by number, and keeps others from changing them until
// the transaction ends.
func lockContent(ctx context.Context, tx pgx.Tx, team string, items []Content) (map[int64]Content, error) {
	var ids []int64
	var urls []string
	for _, c := range items {
		if c.ID != 0 {
			ids = append(ids, c.ID)
		} else {
			urls = append(urls, c.CanonicalURL)
		}
	}
	rows, err := tx.Query(ctx, selectContent+`where team_id = $1 and (id = any($2) or canonical_url = any($3)) order by id for update`, team, ids, urls)
	if err != nil {
		return nil, err
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Content])
	before := make(map[int64]Content, len(all))
	for _, c := range all {
		before[c.ID] = c
	}
	return before, err
}

// changeOf is what makes c of what stood before.
func changeOf(before map[int64]Content, c Content) ContentChange {
	change := ContentChange{Item: c.ID, What: ContentAdded, After: &c}
	if was, ok := before[c.ID]; ok {
		change.Before, change.What = &was, ContentChanged
		if was.Retired {
			change.What = ContentAdded
		}
	}
	return change
}

// noteChanges keeps changes; one that changes nothing is none.
func noteChanges(ctx context.Context, tx pgx.Tx, team string, changes []ContentChange) error {
	batch := &pgx.Batch{}
	for i, c := range changes {
		if c.Before != nil && c.Before.Sum() == c.After.Sum() {
			continue
		}
		detail := map[string]any{"id": c.Item, "what": c.What, "before": c.Before, "after": c.After}
		if c.Move != 0 {
			detail["move"] = c.Move
		}
		batch.Queue(`insert into audit (team_id, person_id, action, subject, detail, at) values ($1, $2, 'content', 'item', $3, $4) returning id`,
			team, c.PersonID, detail, c.At).
			QueryRow(func(row pgx.Row) error { return row.Scan(&changes[i].ID) })
	}
	return tx.SendBatch(ctx, batch).Close()
}

// setContent makes an item that stands what a change makes of it, and keeps the
// change.
func setContent(ctx context.Context, tx pgx.Tx, team string, c ContentChange) error {
	batch, id := &pgx.Batch{}, int64(0)
	queuePut(batch, team, *c.After, &id)
	if c.After.Retired {
		batch.Queue(`update content set retired_at = $3 where team_id = $1 and id = $2`, team, c.Item, c.At)
	}
	batch.Queue(newContentVersion, team)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	return noteChanges(ctx, tx, team, []ContentChange{c})
}

// EditContent changes an item that somebody saw as seen. Where it is another by
// now nothing is changed: the item that stands comes with [ErrMoved].
func (s *Store) EditContent(ctx context.Context, team, by string, c Content, seen string, at time.Time) (stands Content, err error) {
	err = s.tx(ctx, func(tx pgx.Tx) error {
		before, err := lockContent(ctx, tx, team, []Content{c})
		if err != nil {
			return err
		}
		was, ok := before[c.ID]
		if !ok {
			return ErrNotFound
		}
		if stands = was; was.Sum() != seen {
			return ErrMoved
		}
		change := changeOf(before, c)
		change.PersonID, change.At = by, at
		return taken(setContent(ctx, tx, team, change))
	})
	return stands, fail("EditContent", err)
}

// taken tells an address that another item has.
func taken(err error) error {
	var code *pgconn.PgError
	if errors.As(err, &code) && code.Code == "23505" { // unique_violation
		return errors.Join(ErrDuplicate, err)
	}
	return err
}

// PutBackContent makes an item what it was before a change; one that the change
// added is retired. Where the item was changed since nothing is done, and the
// error is [ErrMoved]; the change is returned all the same.
func (s *Store) PutBackContent(ctx context.Context, team, by string, change int64, at time.Time) (ContentChange, error) {
	var c ContentChange
	err := s.tx(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, selectChange+`and id = $2`, team, change)
		if err != nil {
			return err
		}
		if c, err = pgx.CollectExactlyOneRow(rows, scanChange); err != nil {
			return err
		}
		before, err := lockContent(ctx, tx, team, []Content{{ID: c.Item}})
		if err != nil {
			return err
		}
		stands, ok := before[c.Item]
		switch {
		case !ok:
			return ErrNotFound
		case stands.Sum() != c.After.Sum():
			return ErrMoved
		}
		next := *c.After
		next.Retired = true
		if c.Before != nil {
			next = *c.Before
		}
		next.ID = c.Item
		return taken(setContent(ctx, tx, team, ContentChange{Item: c.Item, What: ContentBack, Before: &stands, After: &next, PersonID: by, At: at}))
	})
	return c, fail("PutBackContent", err)
}

const selectChange = `select id, (detail->>'id')::bigint, detail->>'what', detail->'before', detail->'after', person_id, at, coalesce((detail->>'move')::bigint, 0)
	from audit where team_id = $1 and action = 'content' and subject = 'item' `

func scanChange(row pgx.CollectableRow) (ContentChange, error) {
	var c ContentChange
	err := row.Scan(&c.ID, &c.Item, &c.What, &c.Before, &c.After, &c.PersonID, &c.At, &c.Move)
	return c, err
}

// ContentLog returns the latest changes of a library, the newest first.
func (s *Store) ContentLog(ctx context.Context, team string, n int) ([]ContentChange, error) {
	return s.changes(ctx, selectChange+`order by id desc limit $2`, team, n)
}

// ContentChanges returns the latest changes of one item, the newest first.
func (s *Store) ContentChanges(ctx context.Context, team string, item int64, n int) ([]ContentChange, error) {
	return s.changes(ctx, selectChange+`and (detail->>'id')::bigint = $3 order by id desc limit $2`, team, n, item)
}

func (s *Store) changes(ctx context.Context, sql string, args ...any) ([]ContentChange, error) {
	rows, err := s.pool.Query(ctx, sql, args...)
	if err != nil {
		return nil, fail("ContentLog", err)
	}
	all, err := pgx.CollectRows(rows, scanChange)
	return all, fail("ContentLog", err)
}
