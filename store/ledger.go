package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Ledger is what was given to a contact and what was asked of them.
type Ledger struct {
	Shares    []Share // newest first
	Given     int
	Asked     int
	Asks      []Ask // newest first
	Exchanges []Exchange
	Steps     []Step // open ones, the earliest due first: at most stepsRead, the newest of more
	// Refused are the items of which a rep said that they are not useful here.
	Refused []Refusal
	// Owed says that a step of ours to them is due. It is for whoever weighs what may be
	// asked, and never read.
	Owed bool
	// Before is where they stood on the first journey before they brought us somebody, of
	// whoever never bought, for the same; empty: of everybody else.
	Before string
}

// Share is content given.
type Share struct {
	ID           int64
	ContentID    int64 // 0 where it is not an item of the library
	Title        string
	CanonicalURL string
	PersonID     string
	Stage        string // where the contact stood on the first journey
	Via          string // button, command, note
	SuggestionID int64
	At           time.Time
	// InteractionID is the note that tells of it; 0 where none does.
	InteractionID int64
}

// Ask is something asked of a contact: revenue, referral, recommendation,
// feedback or a question.
type Ask struct {
	ID       int64
	Kind     string
	PersonID string
	At       time.Time
}

// Exchange is what came back: revenue, referral or recommendation.
type Exchange struct {
	ID           int64
	Kind         string
	Detail       string
	PersonID     string
	NewContactID int64 // whom a referral brought
	At           time.Time
}

// Step is what comes next, and whose step it is.
type Step struct {
	ID    int64
	Whose string // them or us
	// What is in the words of PersonID's note, and theirs alone to see.
	What     string
	Due      *time.Time // a day
	PersonID string
	// InteractionID is the note that names it.
	InteractionID int64
	// Words are set, where a step is written, where What says more than the words of the
	// note.
	Words string `db:"-"`
	// Gives is set of one of ours that promises to give something, as it is read of a ledger
	// and where it is written; of what the version before wrote it is not known, and not set.
	Gives bool `db:"-"`
	// Leaves is set, where a step is written, of one of ours that is to come back to whom
	// the note says to leave be until its day.
	Leaves bool `db:"-"`
}

// sharesRead bounds how many shares are read on the way of a command. What
// was given may never be suggested again, so it is far above what one contact
// is ever given.
const sharesRead = 500

// stepOpen says of a step of one contact or note that it is open, in words that no index over
// the open steps of everybody has: read by that one, all of those are read.
const stepOpen = `coalesce(done_at, 'infinity') = 'infinity'`

// stepsRead bounds how many open steps are read. A step that its day has settled is not
// marked as done, so they pile up: the newest are read, and before all others those that
// were not past their life (see [StepLife]) when the contact was last noted. The others
// fill what is left: of somebody who said no, an old day is still the one to come back.
const stepsRead = 20

// selectLedger reads all of a contact's ledger in one go: on the way of a
// command each question more costs as much as its answer. A row is of one kind;
// what that kind has no use for is empty. How many there are in all comes with
// each row: none means none.
const selectLedger = `
	(select 'share' as of, id, via as kind, title as what, person_id, coalesce(content_id, 0) as content_id, canonical_url, stage,
			coalesce(suggestion_id, 0) as other_id, at, null::date as due, count(*) over () as n, coalesce(interaction_id, 0) as note_id
		from shares where contact_id = $1 and undone_at is null order by at desc, id desc limit $2)
	union all
	(select 'ask', id, kind, '', person_id, 0, '', '', 0, at, null, count(*) over (), 0
		from asks where contact_id = $1 and undone_at is null order by at desc, id desc limit 20)
	union all
	(select 'exchange', id, kind, detail, person_id, 0, '', '', coalesce(new_contact_id, 0), at, null, 0, 0
		from exchanges where contact_id = $1 and undone_at is null order by at desc, id desc limit 20)
	union all
	(select 'step', id, whose, what, person_id, 0, '', '', (gives is true)::int, created_at, due, 0, coalesce(interaction_id, 0)
		from (select * from steps where contact_id = $1 and ` + stepOpen + `
			order by due is null or due > (select last_at from contacts where id = $1)::date - $3::int desc nulls last, id desc limit $4) t
		order by due nulls last, id)
	union all
	(select 'refusal', 0, reason, '', person_id, content_id, '', '', 0, at, null, 0, 0
		from refusals where contact_id = $1 order by at desc limit 500)`

func queueLedger(batch *pgx.Batch, l *Ledger, contact int64) {
	batch.Queue(selectLedger, contact, sharesRead, StepLife, stepsRead).Query(func(rows pgx.Rows) error {
		var of string
		var h Share
		var other int64
		var due *time.Time
		var n int
		_, err := pgx.ForEachRow(rows, []any{&of, &h.ID, &h.Via, &h.Title, &h.PersonID, &h.ContentID, &h.CanonicalURL, &h.Stage, &other, &h.At, &due, &n, &h.InteractionID}, func() error {
			switch of {
			case "share":
				h.SuggestionID, l.Given = other, n
				l.Shares = append(l.Shares, h)
			case "ask":
				l.Asked = n
				l.Asks = append(l.Asks, Ask{ID: h.ID, Kind: h.Via, PersonID: h.PersonID, At: h.At})
			case "exchange":
				l.Exchanges = append(l.Exchanges, Exchange{ID: h.ID, Kind: h.Via, Detail: h.Title, PersonID: h.PersonID, NewContactID: other, At: h.At})
			case "step":
				l.Steps = append(l.Steps, Step{ID: h.ID, Whose: h.Via, What: h.Title, Due: due, PersonID: h.PersonID, InteractionID: h.InteractionID, Gives: other != 0})
			case "refusal":
				l.Refused = append(l.Refused, Refusal{ContentID: h.ContentID, Reason: h.Via, At: h.At})
			}
			return nil
		})
		return err
	})
}

// Ledger returns what was given to the contact and asked of them.
func (s *Store) Ledger(ctx context.Context, team string, contact int64) (Ledger, error) {
	if _, err := s.Contact(ctx, team, contact); err != nil {
		return Ledger{}, fail("Ledger", err)
	}
	var l Ledger
	batch := &pgx.Batch{}
	queueLedger(batch, &l, contact)
	return l, fail("Ledger", s.pool.SendBatch(ctx, batch).Close())
}

func queueShares(batch *pgx.Batch, team string, contact, interaction int64, shares []Share) {
	for _, h := range shares {
		batch.Queue(`insert into shares (team_id, contact_id, content_id, title, canonical_url, person_id, stage, via, suggestion_id, interaction_id, at)
			values ($1, $2, nullif($3::bigint, 0), $4, $5, $6, $7, $8, nullif($9::bigint, 0), nullif($10::bigint, 0), $11) on conflict do nothing`,
			team, contact, h.ContentID, h.Title, h.CanonicalURL, h.PersonID, h.Stage, h.Via, h.SuggestionID, interaction, h.At)
	}
}

func queueAsks(batch *pgx.Batch, team string, contact, interaction int64, asks []Ask) {
	for _, a := range asks {
		batch.Queue(`insert into asks (team_id, contact_id, kind, person_id, interaction_id, at) values ($1, $2, $3, $4, nullif($5::bigint, 0), $6)`,
			team, contact, a.Kind, a.PersonID, interaction, a.At)
	}
}

func queueExchanges(batch *pgx.Batch, team string, contact, interaction int64, exchanges []Exchange) {
	for _, e := range exchanges {
		batch.Queue(`insert into exchanges (team_id, contact_id, kind, detail, person_id, interaction_id, new_contact_id, at)
			values ($1, $2, $3, $4, $5, nullif($6::bigint, 0), nullif($7::bigint, 0), $8)`,
			team, contact, e.Kind, e.Detail, e.PersonID, interaction, e.NewContactID, e.At)
	}
}

func queueSteps(batch *pgx.Batch, team, person string, contact, interaction int64, steps []Step) {
	for _, p := range steps {
		batch.Queue(`insert into steps (team_id, contact_id, interaction_id, person_id, whose, what, due, gives, words, leaves) values ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''), $10)`,
			team, contact, interaction, person, p.Whose, p.What, p.Due, p.Gives, p.Words, p.Leaves)
	}
}

// AddShare records content given, by button or command: outside of a note, or as
// what a note of the person's meant. It
// returns false when the contact has been given this item before.
func (s *Store) AddShare(ctx context.Context, team string, contact int64, h Share) (bool, error) {
	if _, err := s.Contact(ctx, team, contact); err != nil {
		return false, fail("AddShare", err)
	}
	fresh := false
	err := s.about(ctx, contact, func(tx pgx.Tx) (err error) {
		fresh, err = addShare(ctx, tx, team, contact, h)
		return err
	})
	return fresh, fail("AddShare", err)
}

// addShare records content given in a transaction; see [Store.AddShare].
func addShare(ctx context.Context, tx pgx.Tx, team string, contact int64, h Share) (fresh bool, err error) {
	tag, err := tx.Exec(ctx, `insert into shares (team_id, contact_id, content_id, title, canonical_url, person_id, stage, via, suggestion_id, at, interaction_id)
		values ($1, $2, nullif($3::bigint, 0), $4, $5, $6, $7, $8, nullif($9::bigint, 0), $10, nullif($11::bigint, 0)) on conflict do nothing`,
		team, contact, h.ContentID, h.Title, h.CanonicalURL, h.PersonID, h.Stage, h.Via, h.SuggestionID, h.At, h.InteractionID)
	if err != nil {
		return false, err
	}
	fresh = tag.RowsAffected() == 1
	if h.SuggestionID == 0 || h.ContentID == 0 {
		return fresh, nil
	}
	return fresh, verdict(ctx, tx, Verdict{TeamID: team, SuggestionID: h.SuggestionID, ContentID: h.ContentID, PersonID: h.PersonID, Verdict: "sent"})
}

// AddAsk records that something was asked of the contact, once for a delivery;
// again: it had come before, and nothing was added. Of the delivery only its keys
// are kept: a form shows names, which [Store.Forget] would not find in it.
func (s *Store) AddAsk(ctx context.Context, d Delivery, contact int64, a Ask) (again bool, err error) {
	if _, err := s.Contact(ctx, d.TeamID, contact); err != nil {
		return false, fail("AddAsk", err)
	}
	d.Payload = []byte{}
	err = s.about(ctx, contact, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, insertInbox, d.insertArgs("")...)
		if again = tag.RowsAffected() == 0; err != nil || again {
			return err
		}
		batch := &pgx.Batch{}
		queueAsks(batch, d.TeamID, contact, 0, []Ask{a})
		return tx.SendBatch(ctx, batch).Close()
	})
	return again, fail("AddAsk", err)
}
