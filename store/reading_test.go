package store_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"cairn/store"
	"cairn/store/storetest"
)

func TestModelSpending(t *testing.T) {
	s := store.New(storetest.DB(t), nil)
	day := time.Date(2026, 3, 11, 23, 0, 0, 0, time.UTC)
	reserve := func(tokens, money, maxTokens, maxMoney int64) bool {
		t.Helper()
		ok, err := s.ReserveModel(t.Context(), "T1", day, tokens, money, maxTokens, maxMoney)
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if reserve(101, 1, 100, 0) {
		t.Error("one call over the day's tokens was booked")
	}
	// many at once never exceed the cap
	var all sync.WaitGroup
	var mu sync.Mutex
	booked := 0
	for range 20 {
		all.Go(func() {
			ok, err := s.ReserveModel(t.Context(), "T1", day, 10, 5, 100, 0)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			} else if ok {
				booked++
			}
		})
	}
	all.Wait()
	if booked != 10 {
		t.Errorf("%d calls of 10 tokens fitted into 100", booked)
	}
	if reserve(1, 1, 0, 50) {
		t.Error("the money cap did not hold")
	}
	if err := s.SettleModel(t.Context(), "T1", day, -60, -30); err != nil {
		t.Fatal(err)
	}
	if !reserve(60, 1, 100, 50) || reserve(1, 1, 100, 0) {
		t.Error("what was not used is not free again, or too much is")
	}
	if ok, err := s.ReserveModel(t.Context(), "T1", day.Add(time.Hour), 100, 1, 100, 50); err != nil || !ok {
		t.Error("the next day does not begin at nought", err)
	}
}

func TestModelAnswers(t *testing.T) {
	s := store.New(storetest.DB(t), nil)
	if _, ok, err := s.ModelAnswer(t.Context(), "T1", "k"); ok || err != nil {
		t.Fatal(ok, err)
	}
	for _, answer := range []string{"one", "two"} {
		if err := s.KeepModelAnswer(t.Context(), "T1", "k", answer, 0); err != nil {
			t.Fatal(err)
		}
	}
	if a, ok, err := s.ModelAnswer(t.Context(), "T1", "k"); a != "two" || !ok || err != nil {
		t.Errorf("%q %v %v", a, ok, err)
	}
	if _, ok, err := s.ModelAnswer(t.Context(), "T2", "k"); ok || err != nil {
		t.Error("another team's answer was given", err)
	}
	if n, err := s.TrimModelAnswers(t.Context(), time.Now().Add(store.AnswersKept+time.Minute)); n != 1 || err != nil {
		t.Errorf("trimmed %d: %v", n, err)
	}
}

func TestSecondLooks(t *testing.T) {
	pool := storetest.DB(t)
	s := store.New(pool, nil)
	if _, err := s.Again(t.Context(), "T1", 1); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a note that is not there: %v", err)
	}
	for _, sql := range []string{
		`insert into companies (id, team_id, name, name_key, industry) overriding system value values (1, 'T1', 'Acme', 'acme', 'food'), (2, 'T1', 'Beta', 'beta', '')`,
		`insert into contacts (id, team_id, company_id, name, name_key, created_by) overriding system value
			values (1, 'T1', 1, 'Dana Ruiz', 'dana ruiz', 'U1'), (2, 'T1', 2, 'Lee Park', 'lee park', 'U1'), (3, 'T1', null, 'Ann Other', 'ann other', 'U2'),
			(4, 'T1', null, 'José Núñez', 'jose nunez', 'U1'), (5, 'T1', null, 'Bo Li', 'bo li', 'U1'), (6, 'T1', null, 'Zoe Kim', 'zoe kim', 'U1')`,
		`insert into owners (team_id, contact_id, person_id) values ('T1', 1, 'U1'), ('T1', 2, 'U1'), ('T1', 3, 'U2'), ('T1', 4, 'U1'), ('T1', 5, 'U1'), ('T1', 6, 'U1')`,
		`insert into interactions (id, team_id, contact_id, author_id, at, channel, direction, note) values (7, 'T1', 1, 'U1', now(), 'phone', 'in', 'called')`,
		`insert into signals (interaction_id, team_id, contact_id, signal, origin, holds) values (7, 'T1', 1, 'replied', 'built-in', false), (7, 'T1', 1, 'revenue', 'model', true)`,
	} {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	look := store.Look{InteractionID: 7, ContactID: 1, Version: "v", Outcome: store.LookMoved, Before: []store.Place{{Journey: "aipee", Stage: "attention", State: []byte("{}")}}}
	if err := s.KeepLook(t.Context(), "T1", look); err != nil {
		t.Fatal(err)
	}
	a, err := s.Again(t.Context(), "T1", 7)
	if err != nil || a.Contact.Name != "Dana Ruiz" || a.Contact.Company.Industry != "food" || len(a.History) != 1 || a.Look == nil || a.Look.Before[0].Stage != "attention" || a.Delivery.ID != 0 {
		t.Errorf("%+v %v", a, err)
	}
	if taken, err := s.TakenFrom(t.Context(), "T1", "v", time.Now().Add(-time.Hour)); err != nil || len(taken) != 1 {
		t.Errorf("%v %v", taken, err)
	}
	if first, err := s.FirstReading(t.Context(), "T1", 7); err != nil || len(first) != 1 || first[0].Signal != "replied" {
		t.Errorf("%v %v", first, err)
	}
	people, companies, err := s.NamesIn(t.Context(), "T1", "U1", "met Lee from BETA and ann, jose, bo li and Zoë")
	if err != nil || !slices.Equal(people, []string{"José Núñez", "Lee Park", "Zoe Kim", "Bo Li"}) || !slices.Equal(companies, []string{"Beta"}) {
		t.Errorf("%v %v %v", people, companies, err)
	}
}
