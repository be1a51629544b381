package coach_test

import (
	"slices"
	"testing"
	"time"

	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/store"
)

// A step is open until its day has come and something is noted, or a note tells that it
// was done.
func TestOpen(t *testing.T) {
	c, _ := shipped(t)
	at := func(day int) time.Time { return time.Date(2026, 3, day, 10, 0, 0, 0, time.UTC) }
	due := at(13).Truncate(24 * time.Hour)
	dana := store.Contact{Name: "Dana Ruiz"}
	dated := store.Step{Whose: "them", What: "will ask IT", Due: &due, InteractionID: 5}
	promise := store.Step{Whose: "us", What: "I will send pricing", InteractionID: 5}
	own := store.Heard{ID: 5, At: at(11), LoggedAt: at(11), Note: "call, will ask IT by Friday", Direction: "both"}
	for _, k := range []struct {
		name   string
		step   store.Step
		recent []store.Heard
		open   bool
	}{
		{"its own note", dated, []store.Heard{own}, true},
		{"another matter, before the day", dated, []store.Heard{{ID: 6, At: at(12), LoggedAt: at(12), Note: "she liked the article", Direction: "in"}, own}, true},
		{"it tells that it was done", dated, []store.Heard{{ID: 6, At: at(12), LoggedAt: at(12), Note: "IT said yes", Direction: "in"}, own}, false},
		{"anything on the day", dated, []store.Heard{{ID: 6, At: at(13), LoggedAt: at(13), Note: "she liked the article", Direction: "in"}, own}, false},
		{"an older note, written down before", dated, []store.Heard{own, {ID: 4, At: at(10), LoggedAt: at(10), Note: "IT said yes", Direction: "in"}}, true},
		{"its own note is none of the latest", dated, []store.Heard{{ID: 30, At: at(14), LoggedAt: at(14), Note: "call", Direction: "both"}}, false},
		{"a promise without a day, weeks later", promise, []store.Heard{{ID: 9, At: at(30), LoggedAt: at(30), Note: "call, all well", Direction: "both"}, own}, true},
		{"a promise that was kept", promise, []store.Heard{{ID: 9, At: at(12), LoggedAt: at(12), Note: "sent him the pricing", Direction: "out"}, own}, false},
	} {
		if got := c.Open(dana, []store.Step{k.step}, k.recent, at(15)); len(got) == 1 != k.open {
			t.Errorf("%s: %+v", k.name, got)
		}
	}
}

// The store's lists of who is ready and what is suggested go by one notion of a
// complaint that is open.
func TestWhatCalmsAComplaint(t *testing.T) {
	calming := store.Calming()
	for _, g := range journey.Signals() {
		if g == journey.Complained {
			continue
		}
		since := []store.Heard{{ID: 2, Signals: []string{string(g)}}, {ID: 1, Signals: []string{string(journey.Complained)}}}
		if open, want := coach.Complains(since), !slices.Contains(calming, string(g)); open != want {
			t.Errorf("a complaint before %s is open: %v; the store's lists say %v", g, open, want)
		}
	}
}
