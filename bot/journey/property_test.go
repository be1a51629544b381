package journey_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"cairn/bot/journey"

	"pgregory.net/rapid"
)

func drawNotes(t *rapid.T) []journey.Note {
	signals := rapid.SliceOfN(rapid.SampledFrom(journey.Signals()), 0, 4)
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) journey.Note {
		n, err := journey.NewNote(rapid.Int64().Draw(t, "id"), monday.AddDate(0, 0, rapid.IntRange(0, 900).Draw(t, "day")), signals.Draw(t, "signals")...)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}), 0, 12).Draw(t, "notes")
}

func TestFoldProperties(t *testing.T) {
	all := models(t)
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom([]*journey.Model(all)).Draw(t, "model")
		ns := drawNotes(t)
		before := clone(t, ns)
		whole, moves := m.Fold(m.Start(), ns...)
		again, movesAgain := m.Fold(m.Start(), ns...)
		if !reflect.DeepEqual(whole, again) || !reflect.DeepEqual(moves, movesAgain) {
			t.Fatalf("folded twice: %+v and %+v", whole, again)
		}
		if !reflect.DeepEqual(ns, before) {
			t.Fatal("the notes were changed")
		}
		for at := range len(ns) + 1 {
			first, firstMoves := m.Fold(m.Start(), ns[:at]...)
			kept := first
			rest, restMoves := m.Fold(clone(t, first), ns[at:]...) // through JSON, as the store keeps it
			if !reflect.DeepEqual(rest, whole) {
				t.Fatalf("parted after %d: %+v, whole: %+v", at, rest, whole)
			}
			if !slices.EqualFunc(append(firstMoves, restMoves...), moves, func(a, b journey.Move) bool { return reflect.DeepEqual(a, b) }) {
				t.Fatalf("parted after %d the moves differ", at)
			}
			m.Fold(first, ns[at:]...)
			if !reflect.DeepEqual(first, kept) {
				t.Fatal("the state was changed")
			}
		}
		sound(t, m, whole, moves)
	})
}

func clone[T any](t *rapid.T, v T) T {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var c T
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// sound checks what must hold of every state and its moves.
func sound(t *rapid.T, m *journey.Model, s journey.State, moves []journey.Move) {
	at := m.Start().Stage
	for _, move := range moves {
		if move.From != at {
			t.Fatalf("a move from %q, but the contact stood at %q: %+v", move.From, at, moves)
		}
		if (move.Kind == journey.Up || move.Kind == journey.Skipped) && m.Rank(move.To) <= m.Rank(move.From) {
			t.Fatalf("up, but not up: %+v", move)
		}
		if move.Kind == journey.Skipped != (m.Rank(move.To) > m.Rank(move.From)+1) && move.Kind != journey.Back &&
			move.Kind != journey.CycleClosed && move.Kind != journey.CycleOpened {
			t.Fatalf("skipped wrongly told: %+v", move)
		}
		if len(move.Notes) == 0 || len(move.Signals) == 0 {
			t.Fatalf("a move without a cause: %+v", move)
		}
		at = move.To
	}
	if at != s.Stage {
		t.Fatalf("the moves end at %q, the state at %q", at, s.Stage)
	}
	if s.DoNotContact && s.Seen&mustSet(journey.OptedOut) == 0 {
		t.Fatal("do-not-contact without a wish for it")
	}
	if !slices.IsSorted(s.Exchanged) || !m.Current(s) {
		t.Fatalf("%+v", s)
	}
	if s.Stage != "" && !slices.Contains(s.Reached, s.Stage) {
		t.Fatalf("stands at %q and has never reached it: %v", s.Stage, s.Reached)
	}
}

func mustSet(signals ...journey.Signal) journey.Set {
	set, err := journey.SetOf(signals...)
	if err != nil {
		panic(err)
	}
	return set
}

// The order and the doubling of signals within a note do not matter.
func TestNoteIsASet(t *testing.T) {
	all := models(t)
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom([]*journey.Model(all)).Draw(t, "model")
		signals := rapid.SliceOfN(rapid.SampledFrom(journey.Signals()), 1, 6).Draw(t, "signals")
		shuffled := append(rapid.Permutation(signals).Draw(t, "order"), signals[0])
		a, _ := m.Fold(m.Start(), journey.Note{ID: 1, At: monday, Signals: signals})
		b, _ := m.Fold(m.Start(), journey.Note{ID: 1, At: monday, Signals: shuffled})
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("%v\n%+v\n%v\n%+v", signals, a, shuffled, b)
		}
	})
}

func TestUnknownSignalsAreRefused(t *testing.T) {
	if _, err := journey.NewNote(7, monday, journey.Replied, "bought_lunch"); err == nil || err.Error() != `note 7: there is no signal "bought_lunch"` {
		t.Errorf("NewNote: %v", err)
	}
	var set journey.Set
	if err := json.Unmarshal([]byte(`["replied","bought_lunch"]`), &set); err == nil || set != 0 {
		t.Errorf("Set from JSON: %v, %v", set.Signals(), err)
	}
	m := model(t, "aipee")
	s, moves := m.Fold(m.Start(), journey.Note{ID: 7, At: monday, Signals: []journey.Signal{"bought_lunch", journey.OptedOut}})
	if got := moved(moves); got != "refused left do_not_contact" {
		t.Errorf("moves: %s", got)
	}
	if moves[0].Signals[0] != "bought_lunch" || moves[0].Notes[0] != 7 {
		t.Errorf("the refusal does not name its signal and note: %+v", moves[0])
	}
	if s.Seen != mustSet(journey.OptedOut) || !s.DoNotContact {
		t.Errorf("the rest of the note must count, and only that: %+v", s)
	}
}

// A state of a model that has changed since is found out, never guessed at.
func TestStateOfAnotherModel(t *testing.T) {
	m := model(t, "aipee")
	old := m.Start()
	old.Model, old.Stage = "aipee@000000000000", "courtship"
	if m.Current(old) {
		t.Error("a state of another version counts as current")
	}
	s, moves := m.Fold(old)
	if s.Stage != "attention" || moved(moves) != "refused:courtship>attention" {
		t.Errorf("%s, %s", s.Stage, moved(moves))
	}
}

func BenchmarkFold(b *testing.B) {
	m := model(b, "aipee")
	var contacts [][]journey.Note
	signals := 0
	for _, h := range histories(b) {
		ns := h.notes(b)
		contacts = append(contacts, ns)
		for _, n := range ns {
			signals += len(n.Signals)
		}
	}
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		for _, ns := range contacts {
			m.Fold(m.Start(), ns...)
		}
	}
	b.ReportMetric(float64(signals)*float64(b.N)/b.Elapsed().Seconds(), "signals/s")
}
