package store

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// Signal is one finding in a note: which signal, the words that it rests on,
// and whose reading it is.
type Signal struct {
	Signal     string
	Quote      string
	Start      int     // byte offset of Quote in the note
	Confidence float64 // 0 to 1; 1 for a person's word
	Origin     string  // built-in, model or person
	Version    string  // of the reading, or the prompt and model
}

// Place is where a contact stands on one journey.
type Place struct {
	Journey      string
	Model        string // version of the journey that folded it
	Stage        string
	Status       string
	DoNotContact bool
	Cycle        string
	State        json.RawMessage // the fold's own
	Since        time.Time
	// InteractionID is the note that brought the contact here; 0 at the start.
	InteractionID int64
	// Stands says that the place is as it is kept: there is nothing to write.
	Stands bool
}

// Move is one step of a contact's history on a journey.
type Move struct {
	Journey       string
	InteractionID int64
	Kind          string
	From, To      string
	Name          string // of the cycle, or the kind of exchange
	Signals       []string
	At            time.Time
}

const selectPlaces = `select journey, model, stage, status, do_not_contact, cycle, state, since, coalesce(interaction_id, 0)
	from places where contact_id = $1`

func scanPlace(row pgx.CollectableRow) (Place, error) {
	var p Place
	err := row.Scan(&p.Journey, &p.Model, &p.Stage, &p.Status, &p.DoNotContact, &p.Cycle, &p.State, &p.Since, &p.InteractionID)
	return p, err
}

// Places returns where the contact stands on every journey.
func (s *Store) Places(ctx context.Context, team string, contact int64) ([]Place, error) {
	rows, err := s.pool.Query(ctx, selectPlaces+` and team_id = $2 order by journey`, contact, team)
	if err != nil {
		return nil, fail("Places", err)
	}
	all, err := pgx.CollectRows(rows, scanPlace)
	return all, fail("Places", err)
}

func queuePlaces(batch *pgx.Batch, team string, contact int64, places []Place) {
	places = slices.DeleteFunc(slices.Clone(places), func(p Place) bool { return p.Stands })
	if len(places) == 0 {
		return
	}
	n := len(places)
	journeys, models, stages, statuses := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	silent, cycles, states := make([]bool, n), make([]string, n), make([]string, n)
	since, notes := make([]time.Time, n), make([]int64, n)
	for i, p := range places {
		journeys[i], models[i], stages[i], statuses[i] = p.Journey, p.Model, p.Stage, p.Status
		silent[i], cycles[i], states[i] = p.DoNotContact, p.Cycle, string(p.State)
		since[i], notes[i] = p.Since, p.InteractionID
	}
	batch.Queue(`insert into places (contact_id, team_id, journey, model, stage, status, do_not_contact, cycle, state, since, interaction_id)
			select $1, $2, journey, model, stage, status, silent, cycle, state::jsonb, since, nullif(note, 0)
			from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::bool[], $8::text[], $9::text[], $10::timestamptz[], $11::bigint[])
				as new (journey, model, stage, status, silent, cycle, state, since, note)
			on conflict (contact_id, journey) do update set model = excluded.model, stage = excluded.stage, status = excluded.status,
			do_not_contact = excluded.do_not_contact, cycle = excluded.cycle, state = excluded.state,
			since = excluded.since, interaction_id = excluded.interaction_id`,
		contact, team, journeys, models, stages, statuses, silent, cycles, states, since, notes)
}

func queueMoves(batch *pgx.Batch, team string, contact int64, moves []Move) {
	for _, m := range moves {
		if m.Signals == nil {
			m.Signals = []string{}
		}
		batch.Queue(`insert into moves (team_id, contact_id, interaction_id, journey, kind, from_stage, to_stage, name, signals, at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			team, contact, m.InteractionID, m.Journey, m.Kind, m.From, m.To, m.Name, m.Signals, m.At)
	}
}

// replaceMoves marks the kept moves as folded anew.
func replaceMoves(batch *pgx.Batch, contact int64) {
	batch.Queue(`update moves set replaced_at = now() where contact_id = $1 and replaced_at is null`, contact)
}

// queueSignals puts the signals of a note down that has none yet.
func queueSignals(batch *pgx.Batch, team string, contact, interaction int64, signals []Signal) {
	putSignals(batch, team, contact, interaction, signals, "")
}

// queueReadAgain puts the signals of another reading down, or of the same one
// done again, beside those that the note has.
func queueReadAgain(batch *pgx.Batch, team string, contact, interaction int64, signals []Signal) {
	putSignals(batch, team, contact, interaction, signals, `
		on conflict (interaction_id, origin, signal) do update set quote = excluded.quote, quote_start = excluded.quote_start,
		version = excluded.version, confidence = excluded.confidence, holds = true`)
}

func putSignals(batch *pgx.Batch, team string, contact, interaction int64, signals []Signal, again string) {
	if len(signals) == 0 {
		return
	}
	n := len(signals)
	names, quotes, starts := make([]string, n), make([]string, n), make([]int32, n)
	origins, versions, confidences := make([]string, n), make([]string, n), make([]float32, n)
	for i, g := range signals {
		names[i], quotes[i], starts[i] = g.Signal, g.Quote, int32(g.Start)
		origins[i], versions[i], confidences[i] = g.Origin, g.Version, float32(g.Confidence)
	}
	batch.Queue(`insert into signals (interaction_id, team_id, contact_id, signal, quote, quote_start, origin, version, confidence)
		select $1, $2, $3, * from unnest($4::text[], $5::text[], $6::int[], $7::text[], $8::text[], $9::real[])`+again,
		interaction, team, contact, names, quotes, starts, origins, versions, confidences)
}

// queueOne reads the first row, if there is one, into dst.
func queueOne[T any](batch *pgx.Batch, sql string, scan pgx.RowToFunc[T], dst *T, args ...any) {
	batch.Queue(sql, args...).Query(func(rows pgx.Rows) error {
		all, err := pgx.CollectRows(rows, scan)
		if err == nil && len(all) > 0 {
			*dst = all[0]
		}
		return err
	})
}

// queueMany reads every row into dst.
func queueMany[T any](batch *pgx.Batch, sql string, scan pgx.RowToFunc[T], dst *[]T, args ...any) {
	batch.Queue(sql, args...).Query(func(rows pgx.Rows) (err error) {
		*dst, err = pgx.CollectRows(rows, scan)
		return err
	})
}
