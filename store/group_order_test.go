package store

import (
	"slices"
	"testing"
	"time"
)

// Who waits goes in the order in which they came, one line of each contact at a time; who
// has little time left goes by itself.
func TestAGroupTakesOneLineOfEachContact(t *testing.T) {
	g := groups{most: 2, busy: map[subject]bool{}}
	var all []*member
	for i, met := range []int64{7, 7, 1, 2, 1, 3, 4, 5} {
		m := newMember(t.Context(), Draft{}, nil, contactOf(met))
		m.met = met
		if i == 6 {
			m.end = time.Now().Add(timeToPart + 50*time.Millisecond) // it hurries when its turn comes
		}
		all = append(all, m)
		g.join(m)
	}
	time.Sleep(60 * time.Millisecond)
	went := func(want ...int) {
		t.Helper()
		for _, m := range all {
			if len(m.turn) == 0 {
				continue
			}
			var got []int
			for _, o := range <-m.turn {
				got = append(got, slices.Index(all, o))
			}
			if !slices.Equal(got, want) {
				t.Errorf("together go %v, want %v", got, want)
			}
			return
		}
		if len(want) > 0 {
			t.Errorf("nobody goes, want %v", want)
		}
	}
	went(0)
	went(2) // the second of the first contact waits, though there is a place
	went()
	if g.giveUp(all[0]) {
		t.Error("a line that is under way was taken back")
	}
	if g.goAlone(all[1]) {
		t.Error("a line went alone beside another about its contact")
	}
	if !g.goAlone(all[5]) || !g.busy[contactOf(3)] {
		t.Error("a line that waits could not go alone")
	}
	g.over()
	went(3, 7)
	g.free(nil, all[0].about)
	went() // there is no place
	g.over()
	went(1)
	g.over()
	went(6)
	g.over()
	g.free(nil, all[2].about)
	went(4)
	g.over()
	g.over()
	if g.running != 0 || len(g.waiting) != 0 {
		t.Errorf("%d groups run and %d lines wait where all are over", g.running, len(g.waiting))
	}
}

// Who waits for a place is not overtaken by what takes none, be it of the same contact.
func TestALineThatWaitsForAPlaceIsNotOvertaken(t *testing.T) {
	g := groups{most: 1, busy: map[subject]bool{}}
	first, second := newMember(t.Context(), Draft{}, nil, contactOf(1)), newMember(t.Context(), Draft{}, nil, contactOf(2))
	g.join(first)
	g.join(second)
	if has := (&turns{groups: &g}); has.take(contactOf(2)) == nil || g.claim(contactOf(2)) {
		t.Error("the turn of a contact for which a line waits was taken")
	}
	if !g.goAlone(second) {
		t.Error("it could not go alone")
	}
	g.free(nil, contactOf(2))
	if !g.claim(contactOf(2)) {
		t.Error("the turn of a contact for which nobody waits is not free")
	}
}
