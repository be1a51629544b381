package store_test

import (
	"testing"

	"cairn/store"
	"cairn/store/storetest"
)

// A name that nobody bears any more is forgotten, be it taken back here or by another
// replica: two people are not taken for one of them at the other's company for ever.
func TestANameThatNobodyBearsIsForgotten(t *testing.T) {
	for _, where := range []string{"here", "elsewhere"} {
		pool := storetest.DB(t)
		exec(t, pool, `insert into teams (id) values ('T1')`)
		st := store.New(pool, nil)
		other := st
		if where == "elsewhere" {
			other = store.New(pool, nil)
		}
		var both []store.Outcome
		for range 2 { // the second has the name remembered
			both = append(both, logs(t, st, "T1", "dana", "tom"))
		}
		for _, out := range both {
			if _, err := other.Undo(t.Context(), "T1", "U1", out.Recorded, tallyNow, noFold); err != nil {
				t.Fatal(err)
			}
		}
		if where == "elsewhere" { // it is found out by the next line
			out := logs(t, st, "T1", "dana", "tom")
			if !out.Known.New {
				t.Error("a line went to a contact that was taken back")
			}
			if _, err := other.Undo(t.Context(), "T1", "U1", out.Recorded, tallyNow, noFold); err != nil {
				t.Fatal(err)
			}
		}
		logs(t, st, "T1", "dana", "acme")
		logs(t, st, "T1", "tom", "acme")
		if are, err := st.ArePeople(t.Context(), "T1", "U1", store.Who{NameKey: "dana", CompanyKey: "tom"}, []string{"dana", "tom"}); err != nil || !are {
			t.Errorf("taken back %s, they are people: %v, %v", where, are, err)
		}
	}
}
