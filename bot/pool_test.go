package bot

import (
	"errors"
	"log/slog"
	"sync"
	"testing"
)

// Tasks that only wait keep nobody's worker, as many as they are; once they go on there are
// as many workers as before, and all that was put is done.
func TestPoolStepsAside(t *testing.T) {
	p := newPool(2, 100, slog.New(slog.DiscardHandler))
	var held sync.WaitGroup
	begun, release := make(chan bool, 20), make(chan bool)
	for range 20 {
		held.Add(1)
		if err := p.put("hot", task{do: func() {
			defer held.Done()
			defer p.stepAside()()
			begun <- true
			<-release
		}}); err != nil {
			t.Fatal(err)
		}
	}
	for range 20 {
		<-begun
	}
	served := make(chan bool)
	if err := p.put("other", task{do: func() { close(served) }}); err != nil {
		t.Fatal(err)
	}
	<-served // else nobody is left to serve it
	close(release)
	held.Wait()
	var now, most int
	var mu sync.Mutex
	var all sync.WaitGroup
	for range 50 {
		all.Add(1)
		if err := p.put("later", task{do: func() {
			defer all.Done()
			mu.Lock()
			now++
			most = max(most, now)
			mu.Unlock()
			mu.Lock()
			now--
			mu.Unlock()
		}}); err != nil {
			t.Fatal(err)
		}
	}
	all.Wait()
	p.drain()
	if p.surplus != 0 || p.aside != 0 || p.waiting != 0 {
		t.Errorf("%d workers too many, %d aside, %d tasks wait where all are done", p.surplus, p.aside, p.waiting)
	}
	if most > 2 {
		t.Errorf("%d worked at once, of 2", most)
	}
}

// Those who stand aside count among those who wait: what is taken is bounded.
func TestPoolBoundsThoseAside(t *testing.T) {
	p := newPool(1, 3, slog.New(slog.DiscardHandler))
	begun, release := make(chan bool), make(chan bool)
	for range 3 {
		if err := p.put("hot", task{do: func() {
			defer p.stepAside()()
			begun <- true
			<-release
		}}); err != nil {
			t.Fatal(err)
		}
		<-begun
	}
	if err := p.put("other", task{do: func() {}}); !errors.Is(err, errBusy) {
		t.Errorf("a fourth was taken: %v", err)
	}
	close(release)
	p.drain()
}
