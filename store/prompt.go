package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrMoved: somebody else has moved a label since the caller looked; nothing
// was moved.
var ErrMoved = errors.New("somebody else was first")

// PromptVersion is a text of a file that content teams edit. It never changes.
// Version 0 is the file itself and is not kept here.
type PromptVersion struct {
	File     string // as in the prompts folder: suggest-reason.prompt, journeys/aipee.yaml
	Number   int
	Hash     string // SHA-256 of Text, in hexadecimal
	Text     string
	AuthorID string
	Reason   string
	Parent   int // number of the version that was edited
	At       time.Time
}

// PromptLabels says which version of a file is what.
type PromptLabels struct {
	TeamID  string
	File    string
	Live    int // 0: the file
	Draft   int // 0: none
	Other   int // a second live version; 0: none
	Share   int // percent of the contacts that get Other
	MovedAt time.Time
	MovedBy string
}

// PromptTrial is a draft that is live for one person until then.
type PromptTrial struct {
	TeamID   string
	File     string
	PersonID string
	Number   int
	Until    time.Time
}

// The kinds of moves.
const (
	PromptEdit     = "edit"     // draft: saved
	PromptDrop     = "drop"     // draft: thrown away
	PromptPublish  = "publish"  // live
	PromptRollback = "rollback" // live
	PromptSplit    = "split"    // other: begun
	PromptStop     = "stop"     // other: ended
	PromptRefused  = "refused"  // publishing was refused: it waits for a second person
)

// PromptMove is one line of the log, which only grows.
type PromptMove struct {
	File     string
	Kind     string
	Label    string // live, draft or other
	From, To int
	Share    int
	PersonID string
	Reason   string
	At       time.Time
}

const selectVersion = `select file, number, hash, text, author_id, reason, parent, created_at from prompt_versions `

const selectLabels = `select team_id, file, live, draft, other, share, moved_at, moved_by from prompt_labels `

// PromptVersion returns one version, or [ErrNotFound].
func (s *Store) PromptVersion(ctx context.Context, team, file string, number int) (PromptVersion, error) {
	rows, err := s.pool.Query(ctx, selectVersion+`where team_id = $1 and file = $2 and number = $3`, team, file, number)
	if err != nil {
		return PromptVersion{}, fail("PromptVersion", err)
	}
	v, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[PromptVersion])
	return v, fail("PromptVersion", err)
}

// PromptLabels returns what stands; for a file that nobody has edited, the
// zero labels.
func (s *Store) PromptLabels(ctx context.Context, team, file string) (PromptLabels, error) {
	l, err := labelsOf(ctx, s.pool, team, file)
	return l, fail("PromptLabels", err)
}

func labelsOf(ctx context.Context, q querier, team, file string) (PromptLabels, error) {
	rows, err := q.Query(ctx, selectLabels+`where team_id = $1 and file = $2`, team, file)
	if err != nil {
		return PromptLabels{}, err
	}
	l, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[PromptLabels])
	if errors.Is(err, pgx.ErrNoRows) {
		return PromptLabels{TeamID: team, File: file}, nil
	}
	return l, err
}

// PromptDraft is an edit to be kept.
type PromptDraft struct {
	File     string
	Text     string
	AuthorID string
	Reason   string
	Parent   int
	// SeenLive and SeenDraft stood when the editor began.
	SeenLive, SeenDraft int
	At                  time.Time
}

// SaveDraft keeps an edit as a version and labels it draft. Where another edit
// or a publication came in between, the version is kept all the same, so that
// no words are lost, no label is moved, and the error is [ErrMoved]; labels
// tell what stands.
func (s *Store) SaveDraft(ctx context.Context, team string, d PromptDraft) (PromptVersion, PromptLabels, error) {
	var v PromptVersion
	var l PromptLabels
	moved := false
	err := s.tx(ctx, func(tx pgx.Tx) (err error) {
		if l, err = lockLabels(ctx, tx, team, d.File); err != nil {
			return err
		}
		sum := sha256.Sum256([]byte(d.Text))
		rows, err := tx.Query(ctx, `insert into prompt_versions (team_id, file, number, hash, text, author_id, reason, parent, created_at)
			select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8 from prompt_versions where team_id = $1 and file = $2
			returning file, number, hash, text, author_id, reason, parent, created_at`,
			team, d.File, hex.EncodeToString(sum[:]), d.Text, d.AuthorID, d.Reason, d.Parent, d.At)
		if err != nil {
			return err
		}
		if v, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[PromptVersion]); err != nil {
			return err
		}
		if moved = l.Live != d.SeenLive || l.Draft != d.SeenDraft; moved {
			return nil
		}
		next := l
		next.Draft = v.Number
		l, err = moveLabels(ctx, tx, l, next, PromptMove{Kind: PromptEdit, Label: "draft", PersonID: d.AuthorID, Reason: d.Reason, At: d.At})
		return err
	})
	if err == nil && moved {
		err = ErrMoved
	}
	return v, l, fail("SaveDraft", err)
}

// PromptChange moves labels of a file.
type PromptChange struct {
	Kind     string
	Seen     PromptLabels // what the person saw; Live, Draft, Other count
	Next     PromptLabels // what shall stand: Live, Draft, Other, Share
	PersonID string
	Reason   string
	At       time.Time
}

// MovePrompt moves the labels of a file from what was seen to what shall
// stand, writes the log, and tells every replica. Where something else stands
// by now nothing moves: the labels that stand come with [ErrMoved]. A version
// that does not exist is [ErrNotFound].
func (s *Store) MovePrompt(ctx context.Context, team, file string, c PromptChange) (PromptLabels, error) {
	var l PromptLabels
	err := s.tx(ctx, func(tx pgx.Tx) (err error) {
		if l, err = lockLabels(ctx, tx, team, file); err != nil {
			return err
		}
		if l.Live != c.Seen.Live || l.Draft != c.Seen.Draft || l.Other != c.Seen.Other {
			return ErrMoved
		}
		var missing bool
		if err := tx.QueryRow(ctx, `select exists (select from unnest($3::int[]) n where n > 0 and not exists
			(select from prompt_versions where team_id = $1 and file = $2 and number = n))`,
			team, file, []int{c.Next.Live, c.Next.Draft, c.Next.Other}).Scan(&missing); err != nil {
			return err
		}
		if missing {
			return ErrNotFound
		}
		l, err = moveLabels(ctx, tx, l, c.Next, PromptMove{Kind: c.Kind, Label: labelOf(c.Kind), PersonID: c.PersonID, Reason: c.Reason, At: c.At})
		return err
	})
	return l, fail("MovePrompt", err)
}

// labelOf is the label that a kind of move is about.
func labelOf(kind string) string {
	switch kind {
	case PromptPublish, PromptRollback, PromptRefused:
		return "live"
	case PromptSplit, PromptStop:
		return "other"
	}
	return "draft"
}

// lockLabels reads the labels of a file and keeps others from moving them
// until the transaction ends, also where there is no row yet.
func lockLabels(ctx context.Context, tx pgx.Tx, team, file string) (PromptLabels, error) {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended($1, 0))`, "prompt "+team+" "+file); err != nil {
		return PromptLabels{}, err
	}
	return labelsOf(ctx, tx, team, file)
}

// promptChannel is where replicas hear of moves.
const promptChannel = "cairn_prompts"

// moveLabels writes the labels and the log of a file that is locked.
func moveLabels(ctx context.Context, tx pgx.Tx, was, next PromptLabels, m PromptMove) (PromptLabels, error) {
	switch m.Label {
	case "live":
		m.From, m.To = was.Live, next.Live
	case "draft":
		m.From, m.To = was.Draft, next.Draft
	default:
		m.From, m.To, m.Share = was.Other, next.Other, next.Share
	}
	if m.Kind == PromptRefused {
		m.To = was.Draft // what was not published
	}
	rows, err := tx.Query(ctx, `insert into prompt_labels (team_id, file, live, draft, other, share, moved_by, moved_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (team_id, file) do update set live = excluded.live, draft = excluded.draft, other = excluded.other,
		share = excluded.share, moved_by = excluded.moved_by, moved_at = excluded.moved_at
		returning team_id, file, live, draft, other, share, moved_at, moved_by`,
		was.TeamID, was.File, next.Live, next.Draft, next.Other, next.Share, m.PersonID, m.At)
	if err != nil {
		return was, err
	}
	l, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[PromptLabels])
	if err != nil {
		return was, err
	}
	_, err = tx.Exec(ctx, `insert into prompt_moves (team_id, file, kind, label, from_number, to_number, share, person_id, reason, at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, was.TeamID, was.File, m.Kind, m.Label, m.From, m.To, m.Share, m.PersonID, m.Reason, m.At)
	if err != nil {
		return was, err
	}
	_, err = tx.Exec(ctx, `select pg_notify($1, $2)`, promptChannel, was.TeamID)
	return l, err
}

// TryPrompt makes a version live for one person until then; number 0 ends it.
func (s *Store) TryPrompt(ctx context.Context, t PromptTrial) error {
	err := s.tx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from prompt_trials where team_id = $1 and file = $2 and person_id = $3`, t.TeamID, t.File, t.PersonID); err != nil {
			return err
		}
		if t.Number > 0 {
			if _, err := tx.Exec(ctx, `insert into prompt_trials (team_id, file, person_id, number, until)
				select $1, $2, $3, number, $5 from prompt_versions where team_id = $1 and file = $2 and number = $4`,
				t.TeamID, t.File, t.PersonID, t.Number, t.Until); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `select pg_notify($1, $2)`, promptChannel, t.TeamID)
		return err
	})
	return fail("TryPrompt", err)
}
