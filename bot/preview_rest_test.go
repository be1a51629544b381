package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/bot/llm/llmtest"
	"cairn/store"
)

// However many previews ask a model that is slow, they ask one after the other, and what
// reps wait for of it is answered meanwhile.
func TestPreviewsLeaveRepsTheirModel(t *testing.T) {
	o := openWith(t, llmtest.New(t, func(llmtest.Call) llmtest.Reply { return llmtest.Says(`{"signals":[]}`) }))
	o.give(t, eli, store.Editor)
	firsts := []string{"Ana", "Bo", "Cem", "Dea", "Edo"}
	for i, first := range firsts {
		o.types(t, eli, "/log", fmt.Sprintf("%s Stone, Firm %c: call, asked about the audit trail", first, 'A'+i))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 40*time.Second)
	defer cancel()
	o.hasRead(ctx, t)
	release := make(chan struct{})
	open := sync.OnceFunc(func() { close(release) })
	defer open()
	var mu sync.Mutex
	under, most := 0, 0
	o.model.Script(func(c llmtest.Call) llmtest.Reply {
		if !strings.Contains(c.User, "Item:") {
			return llmtest.Says(`{"signals":[]}`)
		}
		mu.Lock()
		under++
		most = max(most, under)
		mu.Unlock()
		<-release
		mu.Lock()
		under--
		mu.Unlock()
		return llmtest.Says(`{"message":"Hi CONTACT_1, it is for you: LINK_1"}`)
	})
	u := o.User(eli)
	for _, first := range firsts {
		if _, err := u.Slash(ctx, u.DMChannel(), "/coach", "prompts preview draft-message ask "+first+" Stone"); err != nil {
			t.Fatal(err)
		}
	}
	var before, now int
	looks := `select count(*) from second_looks`
	if err := o.store.Pool().QueryRow(ctx, looks).Scan(&before); err != nil {
		t.Fatal(err)
	}
	o.types(t, maya, "/log", "Lee Park, Beta: hm, no idea what they make of it")
	waiting, enough := context.WithTimeout(ctx, 10*time.Second)
	defer enough()
	for now <= before {
		if err := o.store.Pool().QueryRow(waiting, looks).Scan(&now); err != nil || waiting.Err() != nil {
			t.Fatalf("a rep's line was not read while previews asked: %d looks, %v", now, err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	open()
	o.hasRead(ctx, t)
	mu.Lock()
	defer mu.Unlock()
	if most != 1 {
		t.Errorf("%d previews asked at once", most)
	}
}

// What is cut of an answer is cut whole: an ampersand takes five characters in Slack, and
// the fence stands all the same.
func TestAskedWithMarks(t *testing.T) {
	raw, err := json.Marshal(map[string]string{"message": "Hi CONTACT_1, " + strings.Repeat("you & R&D ", 80) + "LINK_1"})
	if err != nil {
		t.Fatal(err)
	}
	o := openWith(t, llmtest.New(t, func(llmtest.Call) llmtest.Reply { return llmtest.Says(`{"signals":[]}`) }))
	o.give(t, eli, store.Editor)
	o.types(t, eli, "/log", "Ana Stone, Firm A: call, asked about the audit trail")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	o.hasRead(ctx, t)
	o.model.Script(func(llmtest.Call) llmtest.Reply { return llmtest.Says(string(raw)) })
	u := o.User(eli)
	if _, err := u.Slash(ctx, u.DMChannel(), "/coach", "prompts preview draft-message ask ana stone"); err != nil {
		t.Fatal(err)
	}
	got := o.latest(t, eli, "What small answers with")
	if !strings.Contains(got, "…```\n_you/your 80") || strings.Count(got, "```") != 2 {
		t.Errorf("eli sees %s", got)
	}
}

// The list is there to act by, also where what was used cannot be counted in time.
func TestListWithoutCounts(t *testing.T) {
	o := openWith(t, llmtest.New(t, func(llmtest.Call) llmtest.Reply { return llmtest.Says(`{"signals":[]}`) }))
	o.give(t, eli, store.Editor)
	const uncounted = "could not be counted just now"
	if got := o.types(t, eli, "/coach", "prompts"); strings.Contains(got, uncounted) {
		t.Errorf("eli sees %s", got)
	}
	tx, err := o.store.Pool().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) }()
	if _, err := tx.Exec(t.Context(), `lock table prompt_uses in access exclusive mode`); err != nil {
		t.Fatal(err)
	}
	got := o.types(t, eli, "/coach", "prompts")
	if !strings.Contains(got, uncounted) || !strings.Contains(got, "suggest-reason") || strings.Contains(got, "E-") {
		t.Errorf("eli sees %s", got)
	}
}
