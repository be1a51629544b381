package store

import (
	"slices"
	"testing"
)

// Who waits goes in the order in which they came, one line of each contact at a time.
func TestAGroupTakesOneLineOfEachContact(t *testing.T) {
	g := groups{most: 2}
	var all []*member
	for _, met := range []int64{7, 7, 1, 2, 1, 3} {
		m := newMember(t.Context(), Draft{}, nil, met)
		all = append(all, m)
		g.join(m)
	}
	for i, m := range all {
		if i < g.most != (len(m.turn) == 1) {
			t.Errorf("line %d leads at once: %v", i, len(m.turn) == 1)
		}
	}
	if g.leave(all[0]) {
		t.Error("a line that is under way was taken back")
	}
	if !g.leave(all[5]) {
		t.Error("a line that waits could not be taken back")
	}
	for _, want := range [][]int{{2, 3}, {4}, nil, nil} {
		g.next()
		if want == nil {
			continue
		}
		group := <-all[want[0]].turn
		var got []int
		for _, m := range group {
			got = append(got, slices.Index(all, m))
		}
		if !slices.Equal(got, want) {
			t.Errorf("together go %v, want %v", got, want)
		}
	}
	if g.running != 0 || len(g.waiting) != 0 {
		t.Errorf("%d groups run and %d lines wait where all are over", g.running, len(g.waiting))
	}
}
