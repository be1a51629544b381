package store

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// Suggestion is what was named as worth giving, with everything that was
// weighed, so that it can be judged later.
type Suggestion struct {
	ID            int64
	ContactID     int64
	InteractionID int64 // 0 when it was asked for by itself
	PersonID      string
	Stage         string
	Silent        string // why nothing is suggested, when nothing is
	Picks         []Pick
	Candidates    json.RawMessage // the whole set weighed, with scores and propensities
	Seed          int64
	Shown         int // which pick is on the screen, from 0; len(Picks) once all were seen
	Channel       string
	Engine        string
	Version       string
	Model         string
	At            time.Time
	Wording       string // version of the wording of the picks' reasons
	// Gap is what the library lacks, where it lacks something; kept apart.
	Gap *Gap `db:"-"`
}

// Pick is one item of a suggestion.
type Pick struct {
	ContentID int64  `json:"content_id"`
	Title     string `json:"title"`
	URL       string `json:"url"`
	Reason    string `json:"reason"`
	// Features are what spoke for it, and Against what spoke against it, strongest first. Before
	// version 10 of the rules of choice Features held both.
	Features []string `json:"features,omitempty"`
	Against  []string `json:"against,omitempty"`
	// Quotes are words of theirs, in the asker's own notes, that the item is about.
	Quotes []string `json:"quotes,omitempty"`
	// ReturnOn is the day on which to come back with it to somebody who left and
	// named one; nil for all others.
	ReturnOn *time.Time `json:"return_on,omitempty"`
	// Given is set where it was given before it came on a screen: then it never did.
	Given bool `json:"given,omitempty"`
}

// onScreen is the condition that the pick p, the nth of a suggestion g, was on a screen.
const onScreen = `(p.n <= g.shown + 1 and not p.pick ? 'given')`

// Now is the pick on the screen.
func (g Suggestion) Now() (Pick, bool) {
	if g.Shown < 0 || g.Shown >= len(g.Picks) {
		return Pick{}, false
	}
	return g.Picks[g.Shown], true
}

// Passed are the picks that were on a screen and are no more.
func (g Suggestion) Passed() []Pick {
	return slices.DeleteFunc(slices.Clone(g.Picks[:min(max(g.Shown, 0), len(g.Picks))]), func(p Pick) bool { return p.Given })
}

// Verdict is what somebody said about a pick.
type Verdict struct {
	TeamID       string
	SuggestionID int64
	ContentID    int64
	PersonID     string
	Verdict      string // another, not_useful, sent, drafted
	Reason       string
}

const insertSuggestion = `insert into suggestions (team_id, contact_id, interaction_id, person_id, stage, silent, picks, candidates, seed, channel, engine, version, model, at, wording)
	values ($1, $2, nullif($3::bigint, 0), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) returning id`

func (g Suggestion) insertArgs(team string) []any {
	if g.Picks == nil {
		g.Picks = []Pick{}
	}
	if len(g.Candidates) == 0 {
		g.Candidates = json.RawMessage("[]")
	}
	return []any{team, g.ContactID, g.InteractionID, g.PersonID, g.Stage, g.Silent, g.Picks, g.Candidates, g.Seed,
		g.Channel, g.Engine, g.Version, g.Model, g.At, g.Wording}
}

const selectSuggestion = `select id, contact_id, coalesce(interaction_id, 0), person_id, stage, silent, picks, candidates, seed, shown, channel, engine, version, model, at, wording
	from suggestions `

func queueSuggestion(batch *pgx.Batch, team string, g Suggestion, id *int64) {
	batch.Queue(insertSuggestion, g.insertArgs(team)...).QueryRow(func(row pgx.Row) error { return row.Scan(id) })
	if g.Gap != nil {
		batch.Queue(insertGap, g.Gap.insertArgs(team, g.ContactID, g.At)...)
	}
}

// AddSuggestion keeps a suggestion that was asked for by itself.
func (s *Store) AddSuggestion(ctx context.Context, team string, g Suggestion) (int64, error) {
	var id int64
	err := s.about(ctx, g.ContactID, func(tx pgx.Tx) error {
		batch := &pgx.Batch{}
		queueSuggestion(batch, team, g, &id)
		return tx.SendBatch(ctx, batch).Close()
	})
	return id, fail("AddSuggestion", err)
}

// Suggestion returns a suggestion made to person.
func (s *Store) Suggestion(ctx context.Context, team, person string, id int64) (Suggestion, error) {
	rows, err := s.pool.Query(ctx, selectSuggestion+`where team_id = $1 and person_id = $2 and id = $3`, team, person, id)
	if err != nil {
		return Suggestion{}, fail("Suggestion", err)
	}
	g, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Suggestion])
	return g, fail("Suggestion", err)
}

// LastSuggestion returns what was suggested to person for a contact last, with the
// pick that is on their screen; [ErrNotFound] where nothing was. What hung on a
// note that was taken back does not count.
func (s *Store) LastSuggestion(ctx context.Context, team, person string, contact int64) (Suggestion, error) {
	rows, err := s.pool.Query(ctx, selectSuggestion+`g where team_id = $1 and person_id = $2 and contact_id = $3
		and not exists (select from interactions i where i.id = g.interaction_id and i.undone_at is not null)
		order by id desc limit 1`, team, person, contact)
	if err != nil {
		return Suggestion{}, fail("LastSuggestion", err)
	}
	g, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Suggestion])
	return g, fail("LastSuggestion", err)
}

// PassedLife is how long what a person passed over for a contact stays so.
const PassedLife = 7 * 24 * time.Hour

// selectPassed reads of somebody to whom the person may have promised something the items that
// were passed over for them, and when each was named last. What hung on a note that was taken
// back does not count.
const selectPassed = `select (p.pick ->> 'content_id')::bigint, max(g.at) from suggestions g, jsonb_array_elements(g.picks) with ordinality p(pick, n)
	where g.contact_id = $1 and g.person_id = $2 and g.at > $3 and g.shown > 0 and p.n <= g.shown and ` + onScreen + `
	and exists (select from steps where contact_id = $1 and person_id = $2 and ` + stepOpen + ` and whose = 'us' and gives is not false)
	and not exists (select from interactions i where i.id = g.interaction_id and i.undone_at is not null)
	group by 1`

// Passed returns what the person passed over for a contact of theirs in the last [PassedLife],
// and when each item was named last, where they may have promised something.
func (s *Store) Passed(ctx context.Context, person string, contact int64, now time.Time) (passed map[int64]time.Time, err error) {
	batch := &pgx.Batch{}
	queuePassed(batch, &passed, person, contact, now)
	return passed, fail("Passed", s.pool.SendBatch(ctx, batch).Close())
}

func queuePassed(batch *pgx.Batch, passed *map[int64]time.Time, person string, contact int64, now time.Time) {
	batch.Queue(selectPassed, contact, person, now.Add(-PassedLife)).Query(func(rows pgx.Rows) error {
		var id int64
		var at time.Time
		_, err := pgx.ForEachRow(rows, []any{&id, &at}, func() error {
			if *passed == nil {
				*passed = map[int64]time.Time{}
			}
			(*passed)[id] = at
			return nil
		})
		return err
	})
}

// ShownBefore returns what was suggested to person for a contact last before a note of
// theirs, or [ErrNotFound].
func (s *Store) ShownBefore(ctx context.Context, team, person string, contact, interaction int64) (Suggestion, error) {
	rows, err := s.pool.Query(ctx, selectSuggestion+`g where team_id = $1 and person_id = $2 and contact_id = $3
		and not exists (select from interactions i where i.id = g.interaction_id and i.undone_at is not null)
		and g.at < (select logged_at from interactions where id = $4) and g.interaction_id is distinct from $4
		order by id desc limit 1`, team, person, contact, interaction)
	if err != nil {
		return Suggestion{}, fail("ShownBefore", err)
	}
	g, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Suggestion])
	return g, fail("ShownBefore", err)
}

// Judge keeps a verdict about the pick on the screen and, for "another" and
// "not_useful", turns to the next. Given twice, the second changes nothing:
// it says false.
func (s *Store) Judge(ctx context.Context, v Verdict) (bool, error) {
	fresh := false
	contact, err := s.whom(ctx, `suggestions`, v.TeamID, v.SuggestionID)
	if err != nil {
		return false, fail("Judge", err)
	}
	err = s.about(ctx, contact, func(tx pgx.Tx) error {
		fresh = false
		tag, err := tx.Exec(ctx, insertVerdict, v.args()...)
		if err != nil {
			return err
		}
		fresh = tag.RowsAffected() == 1
		if fresh && v.Verdict == "not_useful" {
			if _, err := tx.Exec(ctx, insertRefusal, v.TeamID, v.SuggestionID, v.ContentID, v.PersonID, v.Reason); err != nil {
				return err
			}
		}
		if !fresh || v.Verdict != "another" && v.Verdict != "not_useful" {
			return nil
		}
		// what was given since the suggestion was made is passed by, and marked as never seen
		_, err = tx.Exec(ctx, `with turned as (select id, coalesce((select min(n) from generate_series(g.shown + 1, jsonb_array_length(g.picks) - 1) n
				where not exists (select from shares h where h.contact_id = g.contact_id and h.undone_at is null and h.content_id = (g.picks -> n ->> 'content_id')::bigint)),
				jsonb_array_length(g.picks)) as shown from suggestions g
			where team_id = $1 and id = $2 and (picks -> g.shown ->> 'content_id')::bigint = $3 for update)
			update suggestions g set shown = t.shown, picks = (select jsonb_agg(case when p.n > g.shown + 1 and p.n <= t.shown then p.pick || '{"given": true}' else p.pick end order by p.n)
				from jsonb_array_elements(g.picks) with ordinality p(pick, n)) from turned t where g.id = t.id`, v.TeamID, v.SuggestionID, v.ContentID)
		return err
	})
	return fresh, fail("Judge", err)
}

const insertVerdict = `insert into verdicts (team_id, suggestion_id, content_id, person_id, verdict, reason)
	values ($1, $2, $3, $4, $5, $6) on conflict do nothing`

func (v Verdict) args() []any {
	return []any{v.TeamID, v.SuggestionID, v.ContentID, v.PersonID, v.Verdict, v.Reason}
}

func verdict(ctx context.Context, tx pgx.Tx, v Verdict) error {
	_, err := tx.Exec(ctx, insertVerdict, v.args()...)
	return err
}
