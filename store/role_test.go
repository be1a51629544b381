package store_test

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"cairn/store"
	"cairn/store/storetest"
)

func TestRoles(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx := t.Context()
	if err := st.SetTeam(ctx, "T1", "Fieldnote"); err != nil {
		t.Fatal(err)
	}
	var claims atomic.Int32
	var wg sync.WaitGroup
	for _, id := range []string{"U1", "U2", "U3", "U4"} {
		wg.Go(func() {
			claimed, err := st.ClaimAdmin(ctx, "T1", id)
			if err != nil {
				t.Error(err)
			}
			if claimed {
				claims.Add(1)
			}
		})
	}
	wg.Wait()
	admins, err := st.Admins(ctx, "T1")
	if err != nil || len(admins) != 1 || claims.Load() != 1 {
		t.Fatalf("admins %v after %d claims, %v", admins, claims.Load(), err)
	}
	first := admins[0]
	if _, err := st.GiveRole(ctx, "T1", first, store.Admin, false, first); !errors.Is(err, store.ErrLastAdmin) {
		t.Errorf("the last admin was taken away: %v", err)
	}
	for _, tt := range []struct {
		role    store.Role
		give    bool
		changed bool
		want    []store.Role
	}{
		{store.Editor, true, true, []store.Role{store.Editor}},
		{store.Editor, true, false, []store.Role{store.Editor}},
		{store.Manager, true, true, []store.Role{store.Editor, store.Manager}},
		{store.Editor, false, true, []store.Role{store.Manager}},
		{store.Editor, false, false, []store.Role{store.Manager}},
	} {
		changed, err := st.GiveRole(ctx, "T1", "U9", tt.role, tt.give, first)
		if err != nil || changed != tt.changed {
			t.Errorf("%+v: %v %v", tt, changed, err)
		}
		p, err := st.Person(ctx, "T1", "U9")
		if err != nil || !slices.Equal(p.Roles, tt.want) {
			t.Errorf("%+v: roles %v %v", tt, p.Roles, err)
		}
	}
	var kept int
	if err := st.Pool().QueryRow(ctx, `select count(*) from audit where action = 'roles'`).Scan(&kept); err != nil || kept != 4 {
		t.Errorf("%d lines of audit, want the claim and three changes; %v", kept, err)
	}
	if admins, err := st.Admins(ctx, "T2"); err != nil || len(admins) != 0 {
		t.Errorf("another team's admins: %v %v", admins, err)
	}
}

// Admins by a setting are admins as long as it names them, and are nobody's last.
func TestAppointed(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	st, ctx := store.New(pool, nil), t.Context()
	if err := st.SetTeam(ctx, "T1", "Fieldnote"); err != nil {
		t.Fatal(err)
	}
	if err := st.SetPerson(ctx, store.Person{TeamID: "T1", ID: "U1"}); err != nil {
		t.Fatal(err)
	}
	if _, err := st.GiveRole(ctx, "T1", "U2", store.Admin, true, "U2"); err != nil {
		t.Fatal(err)
	}
	st.Appoint("T1", []string{"U1", "U3"})
	p, err := st.Person(ctx, "T1", "U1")
	admins, err2 := st.Admins(ctx, "T1")
	if err != nil || err2 != nil || !p.Is(store.Admin) || !slices.Equal(admins, []string{"U1", "U2", "U3"}) {
		t.Errorf("appointed: %v %v, %v %v", p.Roles, admins, err, err2)
	}
	if _, err := st.GiveRole(ctx, "T1", "U2", store.Admin, false, "U1"); !errors.Is(err, store.ErrLastAdmin) {
		t.Errorf("the last one who is admin for good was taken away: %v", err)
	}
	if other, err := st.Admins(ctx, "T2"); err != nil || len(other) != 0 {
		t.Errorf("another team's: %v %v", other, err)
	}
	anew := store.New(pool, nil) // started without the setting
	p, err = anew.Person(ctx, "T1", "U1")
	if err != nil || p.Is(store.Admin) {
		t.Errorf("no longer named: %v %v", p.Roles, err)
	}
}
