package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/bot"
	"cairn/bot/slacksim"
)

// payloads that Slack sends an app which is installed for a whole organisation.
var orgWide = map[string]func(p map[string]any){
	"null": func(p map[string]any) {
		for _, key := range []string{"team", "team_id"} {
			if _, has := p[key]; has {
				p[key] = nil
			}
		}
		p["is_enterprise_install"] = true
	},
	"absent": func(p map[string]any) { delete(p, "team"); delete(p, "team_id") },
	"E0ORG":  func(p map[string]any) { ofTeam(p, "E0ORG") },
}

// ofTeam makes a payload one of another workspace or of an organisation.
func ofTeam(p map[string]any, id string) {
	if _, has := p["team"]; has {
		p["team"] = map[string]any{"id": id}
	}
	if _, has := p["team_id"]; has {
		p["team_id"] = id
	}
	if strings.HasPrefix(id, "E") {
		return
	}
	if u, ok := p["user"].(map[string]any); ok {
		u["team_id"] = id
	}
	if v, ok := p["view"].(map[string]any); ok {
		v["app_installed_team_id"] = id
	}
	if _, has := p["authorizations"]; has {
		p["authorizations"] = []any{map[string]any{"team_id": id}}
	}
}

// What names an organisation and no workspace is taken as all else, whatever way it comes.
func TestOrganisationWide(t *testing.T) {
	t.Parallel()
	for name, edit := range orgWide {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := open(t)
			o.Faults().Rewrite(edit)
			u, ctx := o.User(maya), t.Context()
			if got := o.types(t, maya, "/log", "Dana Ruiz, Acme: call, asked about the audit trail"); !strings.Contains(got, "Recorded #") {
				t.Fatal("a command:", got)
			}
			o.fillsForm(t, "Eva Holm, Beta", "call, wants a quote")
			if _, err := u.Submit(ctx); err != nil {
				t.Fatal(err)
			}
			receipt, err := o.WaitMessage(ctx, u.DMChannel(), maya, has("Eva Holm, Beta"))
			if err != nil {
				t.Fatal("a form:", err)
			}
			if _, err := u.Click(ctx, receipt.Ref(), "Undo"); err != nil {
				t.Fatal(err)
			}
			if _, err := o.WaitMessage(ctx, u.DMChannel(), maya, has("Taken back")); err != nil {
				t.Fatal("a press:", err)
			}
			if _, err := u.DM(ctx, "Kim Lee, Gamma: call"); err != nil {
				t.Fatal(err)
			}
			if _, err := o.WaitMessage(ctx, u.DMChannel(), maya, has("Kim Lee, Gamma")); err != nil {
				t.Fatal("a direct message:", err)
			}
			if got := o.count(t, `select count(*) from teams`); got != 1 {
				t.Errorf("%d teams", got)
			}
		})
	}
}

// fillsForm opens the form by the shortcut and types into it.
func (o *office) fillsForm(t *testing.T, who, note string) {
	t.Helper()
	u := o.User(maya)
	if _, err := u.GlobalShortcut(t.Context(), bot.ShortcutLog); err != nil {
		t.Fatal(err)
	}
	if u.Modal() == nil {
		t.Fatal("the shortcut opens no form")
	}
	for field, words := range map[string]string{"Who was it?": who, "What happened?": note} {
		if err := u.Fill(field, words); err != nil {
			t.Fatal(err)
		}
	}
}

func has(words string) func(slacksim.Message) bool {
	return func(m slacksim.Message) bool { return m.User != maya && strings.Contains(slacksim.Text(m), words) }
}

func (o *office) count(t *testing.T, sql string) (n int) {
	t.Helper()
	if err := o.store.Pool().QueryRow(t.Context(), sql).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// What comes of a workspace whose token this process does not hold could not be answered
// there: nothing of it is kept, whoever did it is told where that takes no token, the words
// come back, and the log has it with ids alone.
func TestAnotherWorkspace(t *testing.T) {
	t.Parallel()
	o := open(t)
	u, ctx := o.User(maya), t.Context()
	receipt, err := u.Slash(ctx, u.DMChannel(), "/log", "Dana Ruiz, Acme: call, asked about the audit trail")
	if err != nil {
		t.Fatal(err)
	}
	o.fillsForm(t, "Eva Holm, Beta", "zebra, wants a quote")
	kept := `select (select count(*) from interactions where undone_at is null) * 1000 + (select count(*) from inbox) * 10 + (select count(*) from teams) + (select count(*) from outbox where state = 'pending')`
	before := o.count(t, kept)
	o.Faults().Rewrite(func(p map[string]any) { ofTeam(p, "T0OTHER") })

	reply, err := u.Submit(ctx)
	if err != nil || !strings.Contains(fmt.Sprint(reply.Errors), "NOT saved: I serve another Slack workspace") || u.Modal() == nil {
		t.Errorf("a form: %v %+v", err, reply)
	}
	if err := u.Close(ctx); err != nil {
		t.Fatal(err)
	}
	if got := o.types(t, maya, "/log", "Kim Lee, Gamma: zebra"); !strings.Contains(got, "*NOT saved.* I serve another Slack workspace") || !strings.Contains(got, "/log Kim Lee, Gamma: zebra") {
		t.Error("a command:", got)
	}
	if _, err := u.Click(ctx, receipt.Message.Ref(), "Undo"); err != nil {
		t.Fatal(err)
	}
	if _, err := o.WaitMessage(ctx, u.DMChannel(), maya, has("*Nothing was done.* I serve another Slack workspace")); err != nil {
		t.Error("a press:", err)
	}
	if m, ok := u.Message(receipt.Message.Ref()); !ok || !strings.Contains(slacksim.Text(m), "Recorded #") {
		t.Error("the receipt is gone from the screen")
	}
	// where the response_url is spent nobody is written to: here somebody else may have that id
	o.Faults().Fail(slacksim.ResponseURL, "expired_url", 1)
	seen := len(u.Messages(u.DMChannel()))
	if _, err := u.Click(ctx, receipt.Message.Ref(), "Undo"); err != nil {
		t.Fatal(err)
	}
	for until := time.Now().Add(20 * time.Second); !strings.Contains(o.said.String(), "there is no other way"); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal("a spent response_url is not logged")
		}
	}
	if now := len(u.Messages(u.DMChannel())); now != seen {
		t.Errorf("%d messages more", now-seen)
	}
	if _, err := u.DM(ctx, "Ann Moe, Delta: zebra"); err != nil {
		t.Fatal(err)
	}
	time.Sleep(100 * time.Millisecond) // what is kept by mistake is kept by now
	if after := o.count(t, kept); after != before {
		t.Errorf("something was kept: %d, then %d", before, after)
	}
	lines := slices.DeleteFunc(strings.Split(o.said.String(), "\n"), func(l string) bool { return !strings.Contains(l, "team=T0OTHER") })
	if len(lines) != 6 || strings.Contains(o.said.String(), "zebra") {
		t.Errorf("the log has %q", lines)
	}
}
