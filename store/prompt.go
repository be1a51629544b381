package store

import (
	"cmp"
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
	// Base is of a file whose live text comes from rows: the number of the state
	// of the rows that the text was made from; of such a state its own number.
	// 0: of all other files.
	Base int
	At   time.Time
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
	// Ended are, of a move, the trials that ran and that it ended.
	Ended []PromptTrial `db:"-"`
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
	PromptRefused  = "refused"  // going live was refused: it waits for a second person
)

// PromptMove is one line of the log, which only grows. Of a split From is the
// version that stays live for the others; of its end, From gave way to To, which
// is live for everybody, and Share is what the second version had; of a refusal To
// is what was asked for, for Share percent, 0: for everybody.
type PromptMove struct {
	File     string
	Kind     string
	Label    string // live, draft or other
	From, To int
	Share    int // percent of the contacts
	PersonID string
	Reason   string
	At       time.Time
	// Base is what was below all versions at that time: the SHA-256, in hexadecimal, of the
	// text of the file of CAIRN_PROMPTS_DIR that was version 0 then, as far as the log was
	// told of it; empty: the original.
	Base string
	// Asked is of a refusal the kind of move that was asked for; empty where nobody kept it.
	Asked string
	// Verdict is what the figures said of To when it went live, beside what it took the
	// place of: "worse", "same", "better" or "unjudged"; empty where nothing was kept, and
	// where a log is read.
	Verdict string `db:"-"`
}

// Aside reports whether the move is none: an edit that came second and was kept
// beside what stands, here From.
func (m PromptMove) Aside() bool { return m.Kind == PromptEdit && m.Label == "other" }

const selectVersion = `select file, number, hash, text, author_id, reason, parent, base, created_at from prompt_versions `

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
// no words are lost, and the log tells it; no label is moved, and the error is
// [ErrMoved]; labels tell what stands. A trial of the author's goes on with the new
// draft.
func (s *Store) SaveDraft(ctx context.Context, team string, d PromptDraft) (PromptVersion, PromptLabels, error) {
	var v PromptVersion
	var l PromptLabels
	moved := false
	err := s.tx(ctx, func(tx pgx.Tx) (err error) {
		if l, err = lockLabels(ctx, tx, team, d.File); err != nil {
			return err
		}
		if v, err = insertVersion(ctx, tx, team, d, false); err != nil {
			return err
		}
		if moved = l.Live != d.SeenLive || l.Draft != d.SeenDraft; moved {
			_, err = insertMove(ctx, tx, l, PromptMove{Kind: PromptEdit, Label: "other", From: cmp.Or(l.Draft, l.Live), To: v.Number, PersonID: d.AuthorID, Reason: d.Reason, At: d.At})
			return err
		}
		next := l
		next.Draft = v.Number
		if _, err = tx.Exec(ctx, `update prompt_trials set number = $4 where team_id = $1 and file = $2 and person_id = $3`, team, d.File, d.AuthorID, v.Number); err != nil {
			return err
		}
		l, _, err = moveLabels(ctx, tx, l, next, PromptChange{Kind: PromptEdit, Next: next, PersonID: d.AuthorID, Reason: d.Reason, At: d.At}.move(l))
		return err
	})
	if err == nil && moved {
		err = ErrMoved
	}
	return v, l, fail("SaveDraft", err)
}

// insertVersion keeps a text under the next number. It goes back to the state of
// rows that its parent goes back to, or is such a state itself.
func insertVersion(ctx context.Context, tx pgx.Tx, team string, d PromptDraft, state bool) (PromptVersion, error) {
	rows, err := tx.Query(ctx, `with next as (select coalesce(max(number), 0) + 1 as number from prompt_versions where team_id = $1 and file = $2)
		insert into prompt_versions (team_id, file, number, hash, text, author_id, reason, parent, base, created_at)
		select $1, $2, number, $3, $4, $5, $6, $7,
			case when $9 then number else coalesce((select base from prompt_versions where team_id = $1 and file = $2 and number = $7), 0) end, $8 from next
		returning file, number, hash, text, author_id, reason, parent, base, created_at`,
		team, d.File, hashOf(d.Text), d.Text, d.AuthorID, d.Reason, d.Parent, d.At, state)
	if err != nil {
		return PromptVersion{}, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[PromptVersion])
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// KeepState keeps the text that rows come to as a version that drafts can be made
// from, and moves no label. Where the latest state kept has the same text, that
// one is returned, so that looking twice keeps nothing twice.
func (s *Store) KeepState(ctx context.Context, team, file, text, person string, at time.Time) (PromptVersion, error) {
	var v PromptVersion
	err := s.tx(ctx, func(tx pgx.Tx) error {
		l, err := lockLabels(ctx, tx, team, file)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, selectVersion+`where team_id = $1 and file = $2 and base = number order by number desc limit 1`, team, file)
		if err != nil {
			return err
		}
		v, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[PromptVersion])
		if err == nil && v.Hash == hashOf(text) && v.Number >= l.Live {
			return nil
		}
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		v, err = insertVersion(ctx, tx, team, PromptDraft{File: file, Text: text, AuthorID: person, Parent: l.Live, At: at}, true)
		return err
	})
	return v, fail("KeepState", err)
}

// PromptChange moves labels of a file.
type PromptChange struct {
	Kind     string
	Seen     PromptLabels // what the person saw; Live, Draft, Other count
	Next     PromptLabels // what shall stand: Live, Draft, Other, Share
	PersonID string
	Reason   string
	At       time.Time
	// Edits are of a file whose live text comes from rows: what the move does to
	// them, all or nothing.
	Edits []ContentEdit
	// Asked is of a refusal: what was asked for.
	Asked PromptAsk
	// Verdict is of what goes live: as of a [PromptMove].
	Verdict string
}

// PromptAsk is a version that somebody wants to be live.
type PromptAsk struct {
	Kind   string // of the move that it would be
	Number int
	Share  int // percent of the contacts; 0: for everybody
}

// MovePrompt moves the labels of a file from what was seen to what shall
// stand, does what that does to rows, writes the logs, and tells every replica,
// all in one transaction. Where something else stands by now nothing moves: the
// labels that stand come with [ErrMoved]. Where an item of the library is another
// by now nothing moves either: [ErrItemMoved]. A version that does not exist is
// [ErrNotFound]. Whatever moves ends every trial of the file, of whichever version:
// who tried one wants to see what stands now.
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
		var ended []PromptTrial
		if c.Kind != PromptRefused {
			if ended, err = endTrials(ctx, tx, team, file, c.At); err != nil {
				return err
			}
		}
		if c.Kind == PromptRollback && l.Other > 0 { // it ends the split, and the log tells that too
			end := PromptMove{Kind: PromptStop, Label: "other", From: l.Other, To: l.Live, Share: l.Share, PersonID: c.PersonID, Reason: c.Reason, At: c.At}
			if _, err := insertMove(ctx, tx, l, end); err != nil {
				return err
			}
		}
		var move int64
		l, move, err = moveLabels(ctx, tx, l, c.Next, c.move(l))
		l.Ended = ended
		if err != nil || len(c.Edits) == 0 {
			return err
		}
		return editItems(ctx, tx, team, c.Edits, ContentChange{PersonID: c.PersonID, At: c.At, Move: move})
	})
	return l, fail("MovePrompt", err)
}

// endTrials ends the trials of a file and returns those that still ran.
func endTrials(ctx context.Context, tx pgx.Tx, team, file string, at time.Time) ([]PromptTrial, error) {
	rows, err := tx.Query(ctx, `with ended as (delete from prompt_trials where team_id = $1 and file = $2 returning team_id, file, person_id, number, until)
		select * from ended where until > $3 order by person_id`, team, file, at)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[PromptTrial])
}

// move is the line of the log about a change of what stands.
func (c PromptChange) move(was PromptLabels) PromptMove {
	m := PromptMove{Kind: c.Kind, Label: "live", From: was.Live, To: c.Next.Live, PersonID: c.PersonID, Reason: c.Reason, At: c.At, Verdict: c.Verdict}
	switch {
	case c.Kind == PromptRefused:
		m.To, m.Share, m.Asked = c.Asked.Number, c.Asked.Share, c.Asked.Kind
	case c.Kind == PromptSplit:
		m.Label, m.To, m.Share = "other", c.Next.Other, c.Next.Share
	case c.Kind == PromptStop && c.Next.Live == was.Live:
		m.Label, m.From, m.Share = "other", was.Other, was.Share
	case c.Kind == PromptStop:
		m.Share = was.Share
	case c.Kind == PromptEdit, c.Kind == PromptDrop:
		m.Label, m.From, m.To = "draft", was.Draft, c.Next.Draft
	}
	return m
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

// moveLabels writes the labels and the log of a file that is locked, and tells
// every replica; move is the number of the line in the log.
func moveLabels(ctx context.Context, tx pgx.Tx, was, next PromptLabels, m PromptMove) (l PromptLabels, move int64, err error) {
	rows, err := tx.Query(ctx, `insert into prompt_labels (team_id, file, live, draft, other, share, moved_by, moved_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (team_id, file) do update set live = excluded.live, draft = excluded.draft, other = excluded.other,
		share = excluded.share, moved_by = excluded.moved_by, moved_at = excluded.moved_at
		returning team_id, file, live, draft, other, share, moved_at, moved_by`,
		was.TeamID, was.File, next.Live, next.Draft, next.Other, next.Share, m.PersonID, m.At)
	if err != nil {
		return was, 0, err
	}
	if l, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[PromptLabels]); err != nil {
		return was, 0, err
	}
	if move, err = insertMove(ctx, tx, was, m); err != nil {
		return was, 0, err
	}
	_, err = tx.Exec(ctx, `select pg_notify($1, $2)`, promptChannel, was.TeamID)
	return l, move, err
}

// insertMove writes a line of the log.
func insertMove(ctx context.Context, tx pgx.Tx, of PromptLabels, m PromptMove) (move int64, err error) {
	err = tx.QueryRow(ctx, `insert into prompt_moves (team_id, file, kind, label, from_number, to_number, share, person_id, reason, at, verdict, asked)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, nullif($11, ''), nullif($12, '')) returning id`,
		of.TeamID, of.File, m.Kind, m.Label, m.From, m.To, m.Share, m.PersonID, m.Reason, m.At, m.Verdict, m.Asked).Scan(&move)
	return move, err
}

// TryPrompt makes a version live for one person until then.
func (s *Store) TryPrompt(ctx context.Context, t PromptTrial) error {
	err := s.tx(ctx, func(tx pgx.Tx) error {
		if _, err := dropTrial(ctx, tx, t); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into prompt_trials (team_id, file, person_id, number, until)
			select $1, $2, $3, number, $5 from prompt_versions where team_id = $1 and file = $2 and number = $4`,
			t.TeamID, t.File, t.PersonID, t.Number, t.Until)
		return err
	})
	return fail("TryPrompt", err)
}

// EndTrial ends the trial of a file that a person has, whatever version it is of, and
// reports whether one ran then, at now.
func (s *Store) EndTrial(ctx context.Context, team, file, person string, now time.Time) (ran bool, err error) {
	err = s.tx(ctx, func(tx pgx.Tx) error {
		until, err := dropTrial(ctx, tx, PromptTrial{TeamID: team, File: file, PersonID: person})
		ran = until.After(now)
		return err
	})
	return ran, fail("EndTrial", err)
}

// dropTrial takes a trial away and returns until when it was, the zero time where there
// was none; every replica hears of it.
func dropTrial(ctx context.Context, tx pgx.Tx, t PromptTrial) (until time.Time, err error) {
	err = tx.QueryRow(ctx, `delete from prompt_trials where team_id = $1 and file = $2 and person_id = $3 returning until`, t.TeamID, t.File, t.PersonID).Scan(&until)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return until, err
	}
	_, err = tx.Exec(ctx, `select pg_notify($1, $2)`, promptChannel, t.TeamID)
	return until, err
}
