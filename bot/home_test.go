package bot_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"cairn/bot/digest/digesttest"
	"cairn/bot/journey"
	"cairn/bot/slacksim"
	"cairn/store"
	"cairn/store/storetest"
)

func (o *newsroom) home(t testing.TB, person string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	v, err := o.User(person).OpenHome(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return v.Text()
}

// Home teaches where it is empty, and shows each role what is theirs.
func TestHomeByRole(t *testing.T) {
	o := replicas(t, 1)
	if got := o.home(t, maya); !strings.Contains(got, "Your first line") || !strings.Contains(got, "/log Dana Ruiz, Acme:") {
		t.Error(got)
	}
	o.work(t, maya, eli, noor)
	for person, c := range map[string]struct{ has, not string }{
		maya: {"Ready to be asked", "these seven days"},
		boss: {"these seven days", "The library and the prompts"},
		noor: {"The library and the prompts", "these seven days"},
		ada:  {"Prompts at work", "nothing that is not there"},
	} {
		got := o.home(t, person)
		if !strings.Contains(got, c.has) || strings.Contains(got, c.not) {
			t.Errorf("%s:\n%s", person, got)
		}
	}
	if v := o.Violations(); len(v) > 0 {
		t.Error(v)
	}
}

// Each line does its one thing, and Home is drawn anew after it.
func TestHomeActs(t *testing.T) {
	o := replicas(t, 1)
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	u := o.User(maya)
	logs := func(text string) {
		if reply, err := u.Slash(ctx, sales, "/log", text); err != nil || reply.Failed != "" {
			t.Fatal(err, reply)
		}
	}
	shelves(t, o)
	logs("Dana Ruiz, Acme: she wrote on 2 March and asked us to send her more about audits")
	logs("Lee Park, Beta: met her, small talk about football, I will send the plan by Monday")
	o.clock.to(monday(t))
	got := o.home(t, maya)
	for _, says := range []string{"Dana Ruiz, Acme", "Lee Park, Beta", "[Give next]", "[Done]"} {
		if !strings.Contains(got, says) {
			t.Fatalf("%q is missing:\n%s", says, got)
		}
	}
	until := func(what string, ok func(string) bool) {
		t.Helper()
		if err := o.Wait(ctx, func() bool { return u.Home() != nil && ok(u.Home().Text()) }); err != nil {
			t.Fatalf("%s: %v\n%s", what, err, u.Home().Text())
		}
	}
	if _, err := u.ClickHome(ctx, "Done"); err != nil {
		t.Fatal(err)
	}
	until("a step that is done goes", func(s string) bool { return !strings.Contains(s, "[Done]") })
	if _, err := u.ClickHome(ctx, "Give next"); err != nil {
		t.Fatal(err)
	}
	_, err := u.WaitModal(ctx, func(v *slacksim.View) bool { return strings.Contains(v.Text(), "Dana Ruiz, Acme") })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := u.Submit(ctx); err != nil {
		t.Fatal(err)
	}
	until("what was given counts", func(s string) bool { return strings.Contains(s, "given 1") })
	until("nobody waits any more", func(s string) bool { return strings.Contains(s, "Nobody else waits for you.") })
	if v := o.Violations(); len(v) > 0 {
		t.Error(v)
	}
}

// What was done on Home stands also where Slack does not take the page: nobody is
// told that it was not saved, or does it twice.
func TestHomeThatCannotBeDrawn(t *testing.T) {
	o := replicas(t, 1)
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	u := o.User(maya)
	shelves(t, o)
	for _, text := range []string{"Dana Ruiz, Acme: call, told us her budget and deadline, sent her the audit checklist", "Lee Park, Beta: met her, small talk about football, I will send the plan by Monday"} {
		if reply, err := u.Slash(ctx, sales, "/log", text); err != nil || reply.Failed != "" {
			t.Fatal(err, reply)
		}
	}
	o.types(t, maya, sales, "stage dana engagement because we held a joint workshop on their case")
	o.clock.to(monday(t))
	if got := o.home(t, maya); !strings.Contains(got, "[Done]") || !strings.Contains(got, "[Ask]") {
		t.Fatal(got)
	}
	count := func(sql string) (n int) {
		t.Helper()
		if err := o.pool.QueryRow(ctx, sql).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	o.Faults().Fail("views.publish", "internal_error", -1)
	for range 2 { // the page is old, so the button is still there
		if _, err := u.ClickHome(ctx, "Done"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := u.ClickHome(ctx, "Ask"); err != nil {
		t.Fatal(err)
	}
	if _, err := u.WaitModal(ctx, func(v *slacksim.View) bool { return strings.Contains(v.Text(), "I asked") }); err != nil {
		t.Fatal(err)
	}
	if reply, err := u.Submit(ctx); err != nil || reply.Failed != "" || u.Modal() != nil {
		t.Fatalf("the form stays: %v %+v", err, reply)
	}
	if done, asked := count(`select count(*) from steps where done_at is not null`), count(`select count(*) from asks`); done != 1 || asked != 1 {
		t.Errorf("%d steps done, %d asks", done, asked)
	}
	if got := u.Messages(u.DMChannel()); len(got) != 0 {
		t.Errorf("somebody was told: %s", slacksim.Text(got[0]))
	}
	// nobody said anything, so nothing was not saved
	if _, err := u.OpenHome(ctx); err == nil {
		t.Error("Home was drawn")
	}
	m, err := o.WaitMessage(ctx, u.DMChannel(), maya, func(slacksim.Message) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	if got := slacksim.Text(m); !strings.Contains(got, "Your Home page is not up to date.") || strings.Contains(got, "NOT saved") {
		t.Error(got)
	}
}

// A Home on which nothing stands yet says that it cannot be drawn, and is drawn when it can.
func TestHomeThatCannotBeReadIsNotEmpty(t *testing.T) {
	o := replicas(t, 1)
	for _, step := range []struct{ sql, want string }{
		{`alter table owners rename to owners_away`, "I cannot draw this page just now."},
		{`alter table owners_away rename to owners`, "Your first line"},
	} {
		if _, err := o.pool.Exec(t.Context(), step.sql); err != nil {
			t.Fatal(err)
		}
		if got := o.home(t, maya); !strings.Contains(got, step.want) {
			t.Errorf("%s: %s", step.sql, got)
		}
	}
}

// Where Slack opens no form, what "Done" asks or tells comes as a message: the button is
// gone with the step.
func TestDoneWhereNoFormOpens(t *testing.T) {
	o := replicas(t, 1)
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	u := o.User(maya)
	shelves(t, o)
	for _, text := range []string{"Lee Park, Beta: call, I'll send him the inspection template by Friday", "Dana Ruiz, Acme: call, I'll send her the audit checklist by Saturday"} {
		if reply, err := u.Slash(ctx, sales, "/log", text); err != nil || reply.Failed != "" {
			t.Fatal(err, reply)
		}
	}
	o.clock.to(monday(t).AddDate(0, 0, 7))
	o.Faults().Fail("views.open", "internal_error", -1)
	for _, says := range []string{"*Which one did you give Lee Park, Beta?*", "*Given to Dana Ruiz, Acme: "} {
		o.home(t, maya)
		if _, err := u.ClickHome(ctx, "Done"); err != nil {
			t.Fatal(err)
		}
		m, err := o.WaitMessage(ctx, u.DMChannel(), maya, func(m slacksim.Message) bool { return strings.Contains(slacksim.Text(m), says) })
		if err != nil {
			t.Fatalf("%s: %v", says, err)
		}
		if got := slacksim.Text(m); !strings.HasPrefix(got, "*Done.* ") || strings.Contains(got, "try once more") {
			t.Error(got)
		}
	}
}

// shelves fills the shelves for those who want something to give.
func shelves(t *testing.T, o *newsroom) {
	t.Helper()
	full := &office{store: o.store}
	full.stock(t)
}

// Pages, a company, and a file whose cells no spreadsheet takes for formulas.
func TestWhoPagesAndFile(t *testing.T) {
	o := replicas(t, 1)
	o.work(t, maya, eli, noor)
	if _, err := o.pool.Exec(t.Context(), `update contacts set name = '=HYPERLINK("http://x")' where id = (select contact_id from owners where person_id = $1 order by 1 limit 1)`, maya); err != nil {
		t.Fatal(err)
	}
	if got := o.types(t, maya, sales, "who @firm 3"); strings.Count(got, "*Contact") == 0 || strings.Contains(got, "Firm 4*") {
		t.Error(got)
	}
	if got := o.types(t, maya, sales, "who"); strings.Count(got, "[Card]") != 10 || !strings.Contains(got, "[Next ten]") || strings.Contains(got, "[Previous ten]") {
		t.Error(got)
	}
	if got := o.types(t, maya, sales, "who csv"); !strings.Contains(got, "Your 30 contacts") {
		t.Error(got)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	m, err := o.WaitMessage(ctx, o.User(maya).DMChannel(), maya, func(m slacksim.Message) bool { return len(m.Files) == 1 })
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, m.Files[0].URLPrivate, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer xoxb-test")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if s := string(data); strings.Count(s, "\n") != 31 || !strings.Contains(s, `"'=HYPERLINK(""http://x"")"`) {
		t.Error(s)
	}
}

// BenchmarkHome reads the Home of somebody with 1,000 contacts among 3,000,
// and 100,000 interactions. What is promised: below 300 ms a Home.
func BenchmarkHome(b *testing.B) {
	pool := storetest.DB(b)
	digesttest.Seed(b, pool, digesttest.Work{Team: "T0TEST", Reps: []string{maya, eli, noor}, Contacts: 3000, Interactions: 100_000, Weeks: 52, End: noon, Items: 60})
	s := store.New(pool, nil)
	b.ResetTimer()
	for b.Loop() {
		v, err := s.Home(b.Context(), "T0TEST", maya, journey.Default, []string{"engagement", "exchange"}, noon, noon.AddDate(0, 0, -84), 5)
		if err != nil || v.Contacts != 1000 {
			b.Fatal(v.Contacts, err)
		}
	}
}
