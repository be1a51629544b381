package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// ReserveModel books tokens and money (in millionths of a dollar) for a call
// to a model on a day, unless the team's sum would go over a maximum (0: none);
// then nothing is booked and it says false.
func (s *Store) ReserveModel(ctx context.Context, team string, day time.Time, tokens, money, maxTokens, maxMoney int64) (bool, error) {
	if maxTokens > 0 && tokens > maxTokens || maxMoney > 0 && money > maxMoney {
		return false, nil
	}
	tag, err := s.pool.Exec(ctx, `insert into model_spending as m (team_id, day, calls, tokens, money) values ($1, $2, 1, $3, $4)
		on conflict (team_id, day) do update set calls = m.calls + 1, tokens = m.tokens + $3, money = m.money + $4
		where ($5::bigint = 0 or m.tokens + $3 <= $5) and ($6::bigint = 0 or m.money + $4 <= $6)`,
		team, day, tokens, money, maxTokens, maxMoney)
	return err == nil && tag.RowsAffected() == 1, fail("ReserveModel", err)
}

// SettleModel adds what a call cost beyond what was reserved; less: negative.
func (s *Store) SettleModel(ctx context.Context, team string, day time.Time, tokens, money int64) error {
	_, err := s.pool.Exec(ctx, `update model_spending set tokens = greatest(tokens + $3, 0), money = greatest(money + $4, 0)
		where team_id = $1 and day = $2`, team, day, tokens, money)
	return fail("SettleModel", err)
}

// ModelAnswer returns the answer that is kept under key.
func (s *Store) ModelAnswer(ctx context.Context, team, key string) (string, bool, error) {
	var answer string
	err := s.pool.QueryRow(ctx, `select answer from model_answers where team_id = $1 and key = $2`, team, key).Scan(&answer)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", false, nil
	}
	return answer, err == nil, fail("ModelAnswer", err)
}

// KeepModelAnswer keeps a right answer; it goes with the contact (0: nobody)
// and after [AnswersKept].
func (s *Store) KeepModelAnswer(ctx context.Context, team, key, answer string, contact int64) error {
	return fail("KeepModelAnswer", s.tx(brief(ctx), func(tx pgx.Tx) error { // in nobody's turn: it changes nothing of the contact
		_, err := tx.Exec(ctx, `insert into model_answers (team_id, key, contact_id, answer) values ($1, $2, nullif($3::bigint, 0), $4)
			on conflict (team_id, key) do update set answer = excluded.answer, at = now()`, team, key, contact, answer)
		return err
	}))
}

// AnswersKept is how long a model's answers are kept.
const AnswersKept = 30 * 24 * time.Hour

// TrimModelAnswers removes answers older than [AnswersKept], some thousands a
// call, and returns how many.
func (s *Store) TrimModelAnswers(ctx context.Context, now time.Time) (int64, error) {
	tag, err := s.pool.Exec(ctx, `delete from model_answers where (team_id, key) in (
		select team_id, key from model_answers where at < $1 order by at limit 5000)`, now.Add(-AnswersKept))
	return tag.RowsAffected(), fail("TrimModelAnswers", err)
}

// What came of a second look.
const (
	LookSame      = "same"      // the model read what stood
	LookChanged   = "changed"   // other signals, the same places
	LookMoved     = "moved"     // other places; the author is still to be told
	LookTold      = "told"      // and the author was told
	LookStood     = "stood"     // a person had decided before
	LookFailed    = "failed"    // it could not be read; the first reading stands
	LookWithdrawn = "withdrawn" // taken back
)

// Look is what came of a model's second look at a note.
type Look struct {
	InteractionID int64
	ContactID     int64
	Version       string
	Outcome       string
	Before        []Place // where they moved
	// Said are the signals that the model named, also where they were not followed;
	// nil: that is not known, or it was not asked.
	Said []string
}

// Again is a note that is to be read a second time, and what is known of it.
type Again struct {
	Interaction Interaction
	Contact     Contact
	History     []Noted // all notes that stand, oldest first, this one among them
	// Look is what came of it before, when the job runs again.
	Look *Look
	// Delivery is how the line came; its ID is 0 when that is no longer kept.
	Delivery Received
}

// Again returns a note for its second reading, or [ErrNotFound] when it was
// undone or erased.
func (s *Store) Again(ctx context.Context, team string, interaction int64) (Again, error) {
	var a Again
	rows, err := s.pool.Query(ctx, selectInteraction+`id = $2 and undone_at is null`, team, interaction)
	if err != nil {
		return a, fail("Again", err)
	}
	a.Interaction, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Interaction])
	if errors.Is(err, pgx.ErrNoRows) {
		stands, err := standing(ctx, s.pool, team, interaction)
		if err != nil || stands == interaction {
			return a, fail("Again", errors.Join(ErrNotFound, err))
		}
		return s.Again(ctx, team, stands)
	}
	if err != nil {
		return a, fail("Again", err)
	}
	var looks []Look
	batch := &pgx.Batch{}
	queueOne(batch, selectContact+`where c.team_id = $1 and c.id = $2`, scanContact, &a.Contact, team, a.Interaction.ContactID)
	queueMany(batch, selectLook+`where team_id = $1 and interaction_id = $2`, scanLook, &looks, team, interaction)
	queueOne(batch, selectInbox+`where team_id = $1 and interaction_id = $2`, scanReceived, &a.Delivery, team, interaction)
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return a, fail("Again", err)
	}
	if len(looks) > 0 {
		a.Look = &looks[0]
	}
	a.History, err = history(ctx, s.pool, a.Interaction.ContactID)
	return a, fail("Again", err)
}

const selectLook = `select interaction_id, contact_id, version, outcome, before, said from second_looks `

func scanLook(row pgx.CollectableRow) (Look, error) {
	var l Look
	var before []byte
	if err := row.Scan(&l.InteractionID, &l.ContactID, &l.Version, &l.Outcome, &before, &l.Said); err != nil {
		return l, err
	}
	return l, json.Unmarshal(before, &l.Before)
}

// KeepLook keeps what came of a second look, in the place of what stood.
func (s *Store) KeepLook(ctx context.Context, team string, l Look) error {
	batch := &pgx.Batch{}
	if err := queueLook(batch, team, l); err != nil {
		return fail("KeepLook", err)
	}
	return fail("KeepLook", s.pool.SendBatch(ctx, batch).Close())
}

func queueLook(batch *pgx.Batch, team string, l Look) error {
	if l.Before == nil {
		l.Before = []Place{}
	}
	before, err := json.Marshal(l.Before)
	if err != nil {
		return err
	}
	batch.Queue(`insert into second_looks (interaction_id, team_id, contact_id, version, outcome, before, said) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (interaction_id) do update set version = excluded.version, outcome = excluded.outcome, before = excluded.before, said = excluded.said, at = now()`,
		l.InteractionID, team, l.ContactID, l.Version, l.Outcome, before, l.Said)
	return nil
}

// Looks returns what came of a model's second look at notes, by note; of those that
// it had none at, nothing.
func (s *Store) Looks(ctx context.Context, team string, interactions []int64) (map[int64]Look, error) {
	rows, err := s.pool.Query(ctx, selectLook+`where team_id = $1 and interaction_id = any($2)`, team, interactions)
	if err != nil {
		return nil, fail("Looks", err)
	}
	all, err := pgx.CollectRows(rows, scanLook)
	by := make(map[int64]Look, len(all))
	for _, l := range all {
		by[l.InteractionID] = l
	}
	return by, fail("Looks", err)
}

// TakenFrom lists the notes whose reading was taken from a version of a
// model's since a time, the latest first, at most a thousand.
func (s *Store) TakenFrom(ctx context.Context, team, version string, since time.Time) ([]Look, error) {
	rows, err := s.pool.Query(ctx, selectLook+`where team_id = $1 and version = $2 and at >= $3
		and outcome in ('changed', 'moved', 'told') order by at desc limit 1000`, team, version, since)
	if err != nil {
		return nil, fail("TakenFrom", err)
	}
	all, err := pgx.CollectRows(rows, scanLook)
	return all, fail("TakenFrom", err)
}

// FirstReading returns the signals that the built-in reading found in a note
// when it was recorded, whether or not they still hold.
func (s *Store) FirstReading(ctx context.Context, team string, interaction int64) ([]Signal, error) {
	rows, err := s.pool.Query(ctx, `select signal, quote, quote_start, confidence, origin, version from signals
		where team_id = $1 and interaction_id = $2 and origin = 'built-in' order by quote_start, signal`, team, interaction)
	if err != nil {
		return nil, fail("FirstReading", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Signal])
	return all, fail("FirstReading", err)
}

// bareLetters is a text in lower case without accents.
const bareLetters = `regexp_replace(normalize(lower(%s), NFD), '[\u0300-\u036f]', '', 'g')`

// NamesIn lists the names that stand in a text of the person's own contacts,
// their companies, and the team's people, so that they can be hidden before it
// leaves the house.
func (s *Store) NamesIn(ctx context.Context, team, person, text string) (people, companies []string, err error) {
	// A name counts when any of its longer words stands in the text, or all of a
	// name that has none ("Bo Li"), with its accents or without.
	rows, err := s.pool.Query(ctx, `with own as (
			select c.name, c.company_id from owners o join contacts c on c.id = o.contact_id and c.removed_at is null
			where o.team_id = $1 and o.person_id = $2 order by o.last_at desc limit 5000),
		known as (
			select name, true as human from own
			union select name, true from people where team_id = $1
			union select name, false from companies where id in (select company_id from own)),
		told as materialized (select `+fmt.Sprintf(bareLetters, "$3")+` as text)
		select name, human from known, told, lateral (select `+fmt.Sprintf(bareLetters, "name")+` as bare offset 0) n
		where bare <> '' and (position(bare in text) > 0 or exists (
			select from regexp_split_to_table(bare, '[^[:alpha:]]+') word
			where length(word) > 2 and position(word in text) > 0))
		order by length(name) desc, name limit 200`, team, person, text)
	if err != nil {
		return nil, nil, fail("NamesIn", err)
	}
	var name string
	var human bool
	_, err = pgx.ForEachRow(rows, []any{&name, &human}, func() error {
		if human {
			people = append(people, name)
		} else {
			companies = append(companies, name)
		}
		return nil
	})
	return people, companies, fail("NamesIn", err)
}

// EveryReading returns all signals that any reading of a note ever found,
// those that hold first.
func (s *Store) EveryReading(ctx context.Context, team string, interaction int64) ([]Signal, error) {
	rows, err := s.pool.Query(ctx, `select signal, quote, quote_start, confidence, origin, version from signals
		where team_id = $1 and interaction_id = $2 order by not holds, confidence desc, signal`, team, interaction)
	if err != nil {
		return nil, fail("EveryReading", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Signal])
	return all, fail("EveryReading", err)
}
