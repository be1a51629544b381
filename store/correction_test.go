package store_test

import (
	"slices"
	"testing"

	"cairn/store"
	"cairn/store/storetest"
)

// Cases are the contacts corrected last, the latest last, and no more than were
// asked for.
func TestCases(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx := t.Context()
	for _, sql := range []string{
		`insert into contacts (team_id, name, name_key, created_by) select 'T1', 'Contact ' || n, 'contact ' || n, 'U1' from generate_series(1, 4) n`,
		`insert into interactions (team_id, contact_id, author_id, at, channel, direction, note)
			select 'T1', id, 'U1', now(), 'phone', 'in', 'call' from contacts order by id`,
		`insert into audit (team_id, person_id, action, subject) values ('T1', 'U1', 'correct', '3'), ('T1', 'U1', 'role', 'U7'),
			('T1', 'U1', 'correct', '1'), ('T2', 'U1', 'correct', '4'), ('T1', 'U1', 'correct', '2'), ('T1', 'U1', 'correct', '3')`,
	} {
		if _, err := st.Pool().Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	for most, want := range map[int][]string{0: {"Contact 1", "Contact 2", "Contact 3"}, 2: {"Contact 2", "Contact 3"}, 1: {"Contact 3"}} {
		var got []string
		err := st.Cases(ctx, "T1", most, func(c store.Case) error {
			if len(c.Notes) != 1 || !c.Corrected[c.Notes[0].ID] {
				t.Errorf("%+v", c)
			}
			got = append(got, c.Contact.Name)
			return nil
		})
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("at most %d: %v %v, want %v", most, got, err, want)
		}
	}
	sum := func(most int) string {
		t.Helper()
		s, err := st.CasesSum(ctx, "T1", most)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	all, latest := sum(0), sum(1)
	if _, err := st.Pool().Exec(ctx, `insert into signals (interaction_id, team_id, contact_id, signal, origin) values (1, 'T1', 1, 'replied', 'person')`); err != nil {
		t.Fatal(err)
	}
	if sum(0) == all || sum(1) != latest {
		t.Errorf("after a signal of contact 1: of all %s, before %s; of the latest one, contact 3's, %s, before %s", sum(0), all, sum(1), latest)
	}
}
