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
