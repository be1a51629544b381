package suggest_test

import (
	"bytes"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/suggest"
	"cairn/prompts/library"
)

func guide(t testing.TB) *suggest.Guide {
	t.Helper()
	g, err := suggest.LoadGuide(library.Files)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// sample returns the library that goes with the binary, numbered from 1.
func sample(t testing.TB) []suggest.Item {
	t.Helper()
	text, err := library.Files.ReadFile("library.csv")
	if err != nil {
		t.Fatal(err)
	}
	items, problems := suggest.ParseCSV(bytes.NewReader(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for i := range items {
		items[i].ID = int64(i + 1)
	}
	return items
}

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// dana is the contact of the README's first line.
func dana() suggest.Case {
	return suggest.Case{
		Now: now, Contact: "Dana", Company: "Acme", Stage: "engagement", Status: suggest.StatusActive,
		Notes: []suggest.Note{{
			At: now, Channel: journey.Phone, Direction: journey.BothWay,
			Text:    "call, asked about the audit trail, sent the overview, will ask IT by Friday",
			Signals: []journey.Signal{journey.AskedForMore, journey.SharedNeeds},
		}},
	}
}

func TestDanaGetsTheAuditChecklist(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	for seed := range uint64(200) {
		c := dana()
		c.Seed = seed
		got := l.Suggest(c, suggest.Tally{})
		if len(got.Picks) == 0 || got.Picks[0].Item.Title != "Audit checklist for SaaS buyers" {
			t.Fatalf("seed %d: %+v", seed, got)
		}
		if seed == 0 {
			t.Log(got.Picks[0].Reason.Text, got.Picks[0].Channel, got.Candidates)
			for _, p := range got.Picks {
				t.Log(p.Item.Title, p.Score, p.Features)
			}
		}
	}
}
