package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"cairn/bot/llm/llmtest"
	"cairn/bot/slacksim"
	"cairn/store"
)

// kinds are all that somebody can be.
var kinds = []struct {
	name string
	role []store.Role
}{{"rep", []store.Role{}}, {"editor", []store.Role{store.Editor}}, {"manager", []store.Role{store.Manager}}, {"admin", []store.Role{store.Admin}}}

// Every cell of role × action × owner: what is not granted is denied. Digests
// and prompts have tables of their own.
func TestEveryCellOfTheRights(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.give(t, ada, store.Admin) // a team always keeps one
	o.types(t, maya, "/log", "Zelda Canary, Wrenfield: call, asked about the audit trail and the zebracanary budget")
	for _, k := range kinds {
		if err := o.store.SetRoles(t.Context(), "T0TEST", eli, k.role, ada); err != nil {
			t.Fatal(err)
		}
		o.triesEveryCommand(t, k.name)
		if err := o.store.SetRoles(t.Context(), "T0TEST", maya, []store.Role{}, ada); err != nil {
			t.Fatal(err)
		}
		o.triesAnothersNote(t, k.name)
	}
	// and the owner may
	if got := o.sees(t, maya, "/coach", "card zelda"); !strings.Contains(got, "zebracanary") {
		t.Errorf("the owner does not see her note: %s", got)
	}
	if got := o.sees(t, maya, "/coach", "undo"); !strings.Contains(got, "Taken back: #1") {
		t.Errorf("the owner may not take it back: %s", got)
	}
}

// triesEveryCommand lets eli type what takes a right, being of a kind.
func (o *office) triesEveryCommand(t *testing.T, kind string) {
	t.Helper()
	editor, admin := kind == "editor" || kind == "admin", kind == "admin"
	for _, c := range []struct {
		text   string
		may    bool
		denied string
	}{
		{"content unused", editor || kind == "manager", "This is for editors, managers and admins"},
		{"content retire checklist", editor, "This is for editors and admins"},
		{"content edit checklist", editor, "This is for editors and admins"},
		{"role @maya editor", admin, "admin"},
		{"help status", admin, "This is for admins"},
	} {
		got := o.sees(t, eli, "/coach", c.text)
		if denied := strings.Contains(got, c.denied) && !strings.Contains(got, "*How I am*"); c.text != "role @maya editor" && denied == c.may {
			t.Errorf("%s types %q: %s", kind, c.text, got)
		}
		p, err := o.store.Person(t.Context(), "T0TEST", maya)
		if err != nil || c.text == "role @maya editor" && p.Is(store.Editor) != c.may {
			t.Errorf("%s types %q: maya's roles are %v, %v", kind, c.text, p.Roles, err)
		}
	}
}

// triesAnothersNote lets eli, of whatever kind, at what hangs on maya's note:
// that is nobody's but hers.
func (o *office) triesAnothersNote(t *testing.T, kind string) {
	t.Helper()
	for _, c := range []string{"card zelda", "card zelda why", "prep zelda", "next zelda", "draft zelda", "who", "undo", "stage zelda engagement because joint workshop held"} {
		if got := o.sees(t, eli, "/coach", c); strings.Contains(got, "zebracanary") {
			t.Errorf("%s sees maya's note by %q: %s", kind, c, got)
		}
	}
	before := o.standing(t)
	for _, action := range []string{"undo", "stage", "sent", "another", "not_useful", "useless", "draft", "choose:0", "repeat", "card", "home_done", "home_give", "home_ask", "ask_morning", "done_morning", "ungive", "which:0"} {
		for _, value := range []string{"1", "1 0", "1 1", "1 0 0", "0 1", "1 1 0", "1 1 1"} {
			o.forge(t, eli, action, value)
		}
	}
	time.Sleep(500 * time.Millisecond) // the last of them may still be worked on
	if after := o.standing(t); after != before {
		t.Errorf("%s changed what is maya's by a forged button: %s, was %s", kind, after, before)
	}
	for _, m := range o.User(eli).Messages(o.User(eli).DMChannel()) {
		if strings.Contains(slacksim.Text(m), "zebracanary") {
			t.Errorf("%s was shown maya's note by a forged button: %s", kind, slacksim.Text(m))
		}
	}
}

// sees is what somebody is shown for a command: a message, or a form's text.
func (o *office) sees(t testing.TB, person, command, text string) string {
	t.Helper()
	u := o.User(person)
	reply, err := u.Slash(t.Context(), u.DMChannel(), command, text)
	if err != nil || reply.Failed != "" {
		t.Fatalf("%s: no answer: %v %+v", text, err, reply)
	}
	if reply.Message != nil {
		return slacksim.Text(*reply.Message)
	}
	if v := u.Modal(); v != nil {
		defer func() { _ = u.Close(t.Context()) }() // the next one is opened afresh
		return v.Text()
	}
	return ""
}

// standing is what of the first note could have been changed.
func (o *office) standing(t testing.TB) (all string) {
	t.Helper()
	err := o.store.Pool().QueryRow(t.Context(), `select concat_ws(' ', (select undone_at is null from interactions where id = 1), (select string_agg(signal || origin, ',' order by signal) from signals where interaction_id = 1),
		(select count(*) from shares where contact_id = 1), (select count(*) from asks where contact_id = 1), (select shown from suggestions where interaction_id = 1),
		(select count(*) from verdicts), (select count(*) from interactions), (select string_agg(stage, ',' order by journey) from places where contact_id = 1))`).Scan(&all)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// forge presses a button that was never shown: the payload is as Slack would
// send it, its value is made up.
func (o *office) forge(t testing.TB, person, action, value string) {
	t.Helper()
	id := fmt.Sprintf("forged-%s-%s-%d", action, strings.ReplaceAll(value, " ", "-"), time.Now().UnixNano())
	frame, err := json.Marshal(map[string]any{"envelope_id": id, "type": "interactive", "accepts_response_payload": true, "payload": map[string]any{
		"type": "block_actions", "team": map[string]any{"id": "T0TEST"}, "user": map[string]any{"id": person, "team_id": "T0TEST"}, "trigger_id": id, "api_app_id": "A0SIM",
		"container": map[string]any{"type": "message", "message_ts": "1.0", "channel_id": o.User(person).DMChannel(), "is_ephemeral": true},
		"channel":   map[string]any{"id": o.User(person).DMChannel()},
		"actions":   []any{map[string]any{"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": "1.0"}}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Faults().SendRaw(string(frame)); err != nil {
		t.Fatal(err)
	}
	o.answered(t)
}

// answered waits until what was pressed has been worked on: a command of the
// same person comes after it.
func (o *office) answered(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	u := o.User(eli)
	if _, err := u.Slash(ctx, u.DMChannel(), "/coach", "help"); err != nil {
		t.Fatal(err)
	}
}

// A line that is taken back while the model still has to read it: the job finds
// nothing, changes nothing and says nothing.
func TestUndoneWhileAJobWaits(t *testing.T) {
	t.Parallel()
	gate := make(chan struct{})
	o := openWith(t, llmtest.New(t, func(llmtest.Call) llmtest.Reply {
		<-gate
		return llmtest.Says(`{"signals":[{"signal":"verbal_yes","quote":"no idea"}]}`)
	}))
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	o.types(t, maya, "/log", "Lee Park, Beta: hm, no idea")
	o.types(t, maya, "/coach", "undo")
	close(gate)
	o.hasRead(ctx, t)
	var posts, signals, taken int
	err := o.store.Pool().QueryRow(ctx, `select (select count(*) from outbox where key like 'look:%'), (select count(*) from signals where origin = 'model'),
		(select count(*) from second_looks where outcome in ('moved', 'told'))`).Scan(&posts, &signals, &taken)
	if err != nil || posts+signals+taken > 0 {
		t.Errorf("%d posts, %d signals, %d looks taken: %v", posts, signals, taken, err)
	}
}
