package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// ContentEdit is what is done to one of many items at once.
type ContentEdit struct {
	// After is the item as it shall stand. ID 0: a new one; Retired: it is taken
	// out of the library.
	After Content
	// Seen is the item as whoever decided saw it, by [Content.Sum]. Where it is
	// another by now nothing at all is done. Empty for a new one.
	Seen string
	// Back: the item is put back as it was before another change.
	Back bool
}

// ErrItemMoved: an item of the library is another than the one that was seen, or
// is there where there was none; nothing was changed.
var ErrItemMoved = errors.New("an item of the library was changed by somebody else")

// editItems does many edits, all or none, and keeps each as a change; by says by
// whom, when, and with which move.
func editItems(ctx context.Context, tx pgx.Tx, team string, edits []ContentEdit, by ContentChange) error {
	items := make([]Content, len(edits))
	for i, e := range edits {
		items[i] = e.After
	}
	before, err := lockContent(ctx, tx, team, items)
	if err != nil {
		return err
	}
	if !unmoved(before, edits) {
		return ErrItemMoved
	}
	ids := make([]int64, len(edits))
	batch := &pgx.Batch{}
	for i, e := range edits {
		queuePut(batch, team, e.After, &ids[i])
		if e.After.Retired {
			batch.Queue(`update content set retired_at = $3 where team_id = $1 and id = $2`, team, e.After.ID, by.At)
		}
	}
	batch.Queue(newContentVersion, team)
	if err := taken(tx.SendBatch(ctx, batch).Close()); err != nil {
		if errors.Is(err, ErrDuplicate) { // added since by somebody whom no lock could hold
			return errors.Join(ErrItemMoved, err)
		}
		return err
	}
	changes := make([]ContentChange, len(edits))
	for i, e := range edits {
		e.After.ID = ids[i]
		changes[i] = changeOf(before, e.After)
		changes[i].PersonID, changes[i].At, changes[i].Move = by.PersonID, by.At, by.Move
		switch {
		case e.Back:
			changes[i].What = ContentBack
		case e.After.Retired:
			changes[i].What = ContentRetired
		}
	}
	return noteChanges(ctx, tx, team, changes)
}

// unmoved reports whether every item is as it was seen.
func unmoved(before map[int64]Content, edits []ContentEdit) bool {
	stands := map[string]bool{}
	for _, c := range before {
		stands[c.CanonicalURL] = !c.Retired
	}
	for _, e := range edits {
		was, ok := before[e.After.ID]
		if e.After.ID == 0 && stands[e.After.CanonicalURL] || e.After.ID != 0 && (!ok || was.Sum() != e.Seen) {
			return false
		}
	}
	return true
}

// MovedSince returns the changes of items that came with moves of a file's live
// label since it last came to a version, oldest first: undone from the end they
// lead back to it. A version that never was live is [ErrNotFound]; 0 is what was
// before the first move.
func (s *Store) MovedSince(ctx context.Context, team, file string, version int) ([]ContentChange, error) {
	const came = `select coalesce(max(id), 0) from prompt_moves where team_id = $1 and file = $2 and label = 'live' and kind <> 'refused' and to_number = $3`
	var last int64
	if err := s.pool.QueryRow(ctx, came, team, file, version).Scan(&last); err != nil {
		return nil, fail("MovedSince", err)
	}
	if last == 0 && version != 0 {
		return nil, fail("MovedSince", ErrNotFound)
	}
	all, err := s.changes(ctx, selectChange+`and detail ? 'move' and (detail->>'move')::bigint > $2 and exists
		(select from prompt_moves m where m.id = (detail->>'move')::bigint and m.team_id = $1 and m.file = $3) order by id`, team, last, file)
	return all, fail("MovedSince", err)
}

// ContentOf returns the items of these numbers, retired ones too, by number.
func (s *Store) ContentOf(ctx context.Context, team string, ids []int64) (map[int64]Content, error) {
	rows, err := s.pool.Query(ctx, selectContent+`where team_id = $1 and id = any($2)`, team, ids)
	if err != nil {
		return nil, fail("ContentOf", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Content])
	of := make(map[int64]Content, len(all))
	for _, c := range all {
		of[c.ID] = c
	}
	return of, fail("ContentOf", err)
}

// LibrarySize counts the items of the library that are not retired.
func (s *Store) LibrarySize(ctx context.Context, team string) (n int, err error) {
	err = s.pool.QueryRow(ctx, `select count(*) from content where team_id = $1 and retired_at is null`, team).Scan(&n)
	return n, fail("LibrarySize", err)
}
