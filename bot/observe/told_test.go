package observe

import (
	"fmt"
	"sync"
	"testing"
)

// Where a note ends is remembered with its names, and never taken for another's,
// by however many at once and however many notes share a place.
func TestEndsAreEachNotesOwn(t *testing.T) {
	e := newEnds()
	told := func(n Note) int {
		return len(fmt.Sprint(n.Text, n.Names)) % (len(n.Text) + 1)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 3 * remembered {
				n := Note{Text: fmt.Sprintf("note %d", i), Names: []string{"Dana", "Acme"}[:i%3]}
				if got, want := e.of(n, told), told(n); got != want {
					t.Errorf("%v ends at %d, want %d", n, got, want)
				}
			}
		})
	}
	wg.Wait()
	again := 0
	last := Note{Text: fmt.Sprintf("note %d", 3*remembered-1), Names: []string{"Dana", "Acme"}}
	for range 2 {
		e.of(last, func(Note) int { again++; return 1 })
	}
	if again > 1 {
		t.Errorf("the same note was read %d times", again)
	}
	for _, other := range []Note{{Text: "note", Names: []string{"Da", "na"}}, {Text: "note", Names: []string{"Dana"}}, {Text: "anote", Names: []string{"Dan"}}} {
		read := false
		e.of(other, func(Note) int { read = true; return 1 })
		if !read {
			t.Errorf("%v was taken for another note", other)
		}
	}
}
