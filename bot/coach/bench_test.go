package coach_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/observe"
	"cairn/bot/suggest"
	"cairn/prompts"
	"cairn/prompts/library"
	"cairn/store"
)

// shipped is a coach with what travels with the binary, and its library.
func shipped(tb testing.TB) (*coach.Coach, coach.Shelf) {
	tb.Helper()
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		tb.Fatal(err)
	}
	reader, err := observe.New(prompts.Cues())
	if err != nil {
		tb.Fatal(err)
	}
	guide, err := suggest.LoadGuide(library.Files)
	if err != nil {
		tb.Fatal(err)
	}
	f, err := library.Files.Open("library.csv")
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	items, problems := suggest.ParseCSV(f)
	if len(problems) > 0 {
		tb.Fatal(problems)
	}
	for i := range items {
		items[i].ID = int64(i + 1)
	}
	return &coach.Coach{Models: models, Reader: reader}, coach.Shelf{Library: suggest.NewLibrary(guide, items), Tally: coach.Tally(nil, nil)}
}

// BenchmarkDecide is all that happens in memory for one line about a contact
// of whom four notes are known, each with a step of theirs, between the reads and
// the writes of its transaction.
func BenchmarkDecide(b *testing.B) {
	c, shelf := shipped(b)
	now := time.Date(2026, 11, 27, 10, 0, 0, 0, time.UTC)
	typed := "Amara Abernathy, Abernathy Logistics: call, asked about the audit trail, sent the checklist, will ask IT by Friday"
	l, err := line.Shipped().Parse(typed, now)
	if err != nil {
		b.Fatal(err)
	}
	d := store.Draft{Delivery: store.Delivery{TeamID: "T1", PersonID: "U1"}, At: l.At, LoggedAt: now, Channel: string(l.Channel),
		Direction: string(l.Direction), Note: l.Note}
	k := store.Known{Number: 1, New: true, Contact: store.Contact{ID: 1, TeamID: "T1", Name: "Amara Abernathy"},
		Library: func(context.Context) ([]store.Content, int64, error) { return nil, 0, nil }}
	first, err := c.Decide(k, d, l, shelf, 1)
	if err != nil {
		b.Fatal(err)
	}
	k.New, k.Places, k.Contact.Reading, k.Contact.Notes, k.Contact.LastAt = false, first.Places, first.Reading, 4, l.At
	for i := range int64(4) {
		k.Recent = append(k.Recent, store.Heard{ID: 4 - i, AuthorID: "U1", At: l.At, LoggedAt: now.Add(-time.Duration(i) * time.Hour),
			Channel: d.Channel, Direction: d.Direction, Note: d.Note, Signals: []string{"asked_for_more"}})
		k.Ledger.Steps = append(k.Ledger.Steps, store.Step{ID: 4 - i, Whose: "them", What: "will ask IT", Due: first.Steps[0].Due, InteractionID: 4 - i})
	}
	k.Number = 5
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		d.Note = fmt.Sprintf("%s (note %d)", l.Note, i) // no two lines are the same
		if _, err := c.Decide(k, d, l, shelf, uint64(i)); err != nil {
			b.Fatal(err)
		}
	}
}
