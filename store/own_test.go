package store_test

import (
	"testing"

	"cairn/store"
	"cairn/store/storetest"
)

// A contact of one's own is found whoever else bears the name: a colleague's of exactly
// that name does not end the search for similar ones, and sixty of colleagues', talked to
// since, do not crowd one's own out.
func TestFindOwn(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	st := store.New(pool, nil)
	exec(t, pool, `insert into teams (id) values ('T1'), ('T2')`,
		`insert into contacts (id, team_id, name, name_key, email, created_by, last_at) overriding system value values
			(1, 'T1', 'Dana Ruiz', 'dana ruiz', 'dana@acme.example', 'U1', now() - interval '1 year'),
			(2, 'T1', 'Dana Ruis', 'dana ruis', null, 'U2', now()),
			(3, 'T1', 'Ottilie Kern', 'ottilie kern', null, 'U1', now() - interval '1 year'),
			(4, 'T1', 'Kim Ono', 'kim ono', null, 'U2', now()),
			(5, 'T2', 'Kim Ono', 'kim ono', null, 'U1', now()),
			(6, 'T1', 'Max Roth', 'max roth', null, 'U1', now())`,
		`insert into contacts (id, team_id, name, name_key, created_by, last_at) overriding system value
			select 100 + n, 'T1', 'Ottilie ' || n, 'ottilie ' || lpad(n::text, 3, '0'), 'U2', now() from generate_series(1, 70) n`,
		`insert into owners (team_id, contact_id, person_id) select team_id, id, created_by from contacts`,
		`insert into aliases (team_id, alias_key, contact_id, alias) values ('T1', 'the boss', 6, 'the boss'), ('T1', 'ms ono', 4, 'Ms Ono')`,
		`update contacts set removed_at = now() where id = 6`)
	for _, c := range []struct {
		who  store.Who
		want int64 // or offered, where the name is written otherwise
	}{
		{store.Who{Name: "Dana Ruis", NameKey: "dana ruis"}, 1}, // a colleague's is written just so
		{store.Who{Name: "ottilie", NameKey: "ottilie"}, 3},
		{store.Who{Name: "dana", NameKey: "dana"}, 1},
		{store.Who{Email: "dana@acme.example"}, 1},
		{store.Who{Name: "Dana Ruis", NameKey: "dana ruis", Exactly: true}, 0},
		{store.Who{Name: "Kim Ono", NameKey: "kim ono"}, 0},
		{store.Who{Name: "Ms Ono", NameKey: "ms ono"}, 0},
		{store.Who{Name: "the boss", NameKey: "the boss"}, 0},
	} {
		m, err := st.FindOwn(t.Context(), "T1", "U1", c.who)
		got := []int64{m.ID}
		for _, o := range m.Ask {
			got = append(got[:0], o.ID)
		}
		if err != nil || len(m.Ask) > 1 || got[0] != c.want {
			t.Errorf("%+v: %+v %v, want %d", c.who, m, err, c.want)
		}
	}
	exec(t, pool, `update contacts set removed_at = null where id = 6`)
	if m, err := st.FindOwn(t.Context(), "T1", "U1", store.Who{Name: "the boss", NameKey: "the boss"}); err != nil || m.ID != 6 {
		t.Errorf("by another name: %+v %v", m, err)
	}
}
