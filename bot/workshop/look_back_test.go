package workshop_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"cairn/bot/workshop"
	"cairn/store"
	"cairn/store/storetest"
)

// A process that begins while the live version cannot be read uses what those use that
// ran before: the last version that was live and can be used, and says so.
func TestUnreadableOverARestart(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	running := replica(t, st, "")
	labels := store.PromptLabels{}
	live := func(text string) {
		t.Helper()
		_, labels = edit(t, st, labels, "not yet sent to", text)
		labels = publish(t, st, labels)
	}
	check := func(version int) {
		t.Helper()
		look(t, running)
		var logged bytes.Buffer
		fresh, err := workshop.New(embedded(t), "", team, st, time.Now, slog.New(slog.NewTextHandler(&logged, nil)))
		if err != nil {
			t.Fatal(err)
		}
		look(t, fresh)
		look(t, fresh)
		for name, l := range map[string]*workshop.Live{"running": running, "fresh": fresh} {
			unusable := l.Unusable(team)
			if use := reason(t, l, eli, 1); use.Number != version || len(unusable) != 1 || unusable[0] != (workshop.Unusable{File: reasonFile, Number: labels.Live, Used: version}) {
				t.Errorf("%s uses %s, and says %+v", name, use.Version, unusable)
			}
		}
		if n := strings.Count(logged.String(), "the last version that was live and can be used is in force"); n != 1 {
			t.Errorf("it is logged %d times:\n%s", n, logged.String())
		}
	}
	live("new for")
	live("better for")
	look(t, running)
	live("{{givs}}") // of another binary, say
	check(2)
	live("{{gvs}}") // and one more
	check(2)
	var err error
	if labels, err = st.MovePrompt(t.Context(), team, reasonFile, store.PromptChange{Kind: store.PromptRollback, Seen: labels, Next: store.PromptLabels{Live: 0}, PersonID: eli}); err != nil {
		t.Fatal(err)
	}
	look(t, running)
	live("{{givs}} ")
	check(0)
}
