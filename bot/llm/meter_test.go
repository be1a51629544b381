package llm_test

import (
	"maps"
	"sync"
	"testing"
	"time"

	"cairn/bot/llm"
	"cairn/bot/llm/llmtest"
)

// asked counts calls by what became of them.
type asked struct {
	mu sync.Mutex
	n  map[string]int
}

func (a *asked) Asked(_, outcome string, _ time.Duration, _ int, _ float64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.n[outcome]++
}

// An answer that cannot be used is not counted as if all were well.
func TestWhatIsCounted(t *testing.T) {
	t.Parallel()
	nonsense := llmtest.Says(`{"signals":["sold"]}`)
	for name, test := range map[string]struct {
		script func(llmtest.Call) llmtest.Reply
		want   map[string]int
	}{
		"right":         {until(0, nonsense), map[string]int{"ok": 1}},
		"right at last": {until(1, nonsense), map[string]int{"wrong": 1, "ok": 1}},
		"wrong":         {until(9, nonsense), map[string]int{"wrong": 2}},
		"an empty 200":  {until(9, llmtest.Says("")), map[string]int{"empty": 1}},
		"a refused key": {until(9, llmtest.Reply{Status: 401}), map[string]int{"denied": 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := &asked{n: map[string]int{}}
			s := llmtest.New(t, test.script)
			_, err := client(s.URL, func(c *llm.Config) { c.Meter = m }).Ask(t.Context(), question(t))
			if _, ok := test.want["ok"]; ok != (err == nil) || !maps.Equal(m.n, test.want) {
				t.Errorf("counted %v, want %v; %v", m.n, test.want, err)
			}
		})
	}
}
