package bot_test

import (
	"strings"
	"testing"

	"cairn/bot/slacksim"
)

// "Done before" is said of the step alone: where its contact is gone, nothing was done,
// and nobody is told that it was.
func TestDoneOfAContactWhoIsGone(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.types(t, maya, "/log", "Dana Ruiz, Acme: call, I'll send her the audit checklist by Friday")
	if _, err := o.store.Pool().Exec(t.Context(), `update contacts set removed_at = now()`); err != nil {
		t.Fatal(err)
	}
	o.forge(t, maya, "done_morning", "1")
	u := o.User(maya)
	m, err := o.WaitMessage(t.Context(), u.DMChannel(), maya, func(m slacksim.Message) bool { return strings.Contains(slacksim.Text(m), "(") })
	if err != nil {
		t.Fatal(err)
	}
	var open bool
	if err := o.store.Pool().QueryRow(t.Context(), `select done_at is null from steps`).Scan(&open); err != nil || !open {
		t.Errorf("done: %v", err)
	}
	if got := slacksim.Text(m); strings.Contains(got, "Done") {
		t.Error(got)
	}
}
