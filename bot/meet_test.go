package bot_test

import (
	"strings"
	"testing"
	"time"

	"cairn/bot/slacksim"
)

// Where Slack did not tell somebody's time zone it is asked again soon: theirs may
// be another day.
func TestZoneIsAskedAgainSoon(t *testing.T) {
	o := open(t)
	zone := func() string {
		t.Helper()
		if reply, err := o.User(eli).Slash(t.Context(), sales, "/coach", "away"); err != nil || reply.Failed != "" {
			t.Fatal(err, reply)
		}
		p, err := o.store.Person(t.Context(), "T0TEST", eli)
		if err != nil {
			t.Fatal(err)
		}
		return p.TimeZone
	}
	o.Faults().Fail("users.info", "internal_error", 1)
	if got := zone(); got != "UTC" {
		t.Fatal(got)
	}
	o.clock.move(2 * time.Minute)
	if got := zone(); got != "America/New_York" {
		t.Error(got)
	}
}

// What people type has Slack's escapes only on its way: what is kept and looked for
// has none.
func TestEscapesAreNotKept(t *testing.T) {
	o := open(t)
	types := func(who, command, text string) string {
		t.Helper()
		reply, err := o.User(who).Slash(t.Context(), sales, command, text)
		if err != nil || reply.Failed != "" {
			t.Fatalf("%s: %v %+v", text, err, reply)
		}
		if reply.Message == nil {
			return ""
		}
		return slacksim.Text(*reply.Message)
	}
	types(maya, "/log", "Dana Ruiz, R&amp;D Labs: call, small talk about football")
	if got := types(maya, "/coach", "who @r&amp;d"); !strings.Contains(got, "Dana Ruiz") {
		t.Error(got)
	}
	types(maya, "/coach", "stage dana engagement because R&amp;D held a joint workshop with us")
	var reason string
	if err := o.store.Pool().QueryRow(t.Context(), `select detail->>'reason' from audit where detail ? 'reason'`).Scan(&reason); err != nil || reason != "R&D held a joint workshop with us" {
		t.Errorf("%q %v", reason, err)
	}
	types(ada, "/coach", "role")
	types(ada, "/coach", "content add Audit &amp; more")
	if v := o.User(ada).Modal(); v == nil || !strings.Contains(v.Text(), "Title: [▾ Audit & more]") {
		t.Error(v)
	}
}

// A line said in a direct message waits for its contact without what stands before
// it there.
func TestSaidAndChosen(t *testing.T) {
	o := open(t)
	u := o.User(maya)
	for _, text := range []string{"Dana Ruiz, Acme: call", "Dana Stone, Beta: call"} {
		if reply, err := u.Slash(t.Context(), sales, "/log", text); err != nil || reply.Failed != "" {
			t.Fatal(err, reply)
		}
	}
	if _, err := u.DM(t.Context(), "coach log dana: asked for prices"); err != nil {
		t.Fatal(err)
	}
	m, err := o.WaitMessage(t.Context(), u.DMChannel(), maya, func(m slacksim.Message) bool { return strings.Contains(slacksim.Text(m), "New: dana]") })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := u.Click(t.Context(), m.Ref(), "New: dana"); err != nil {
		t.Fatal(err)
	}
	var name, note string
	err = o.Wait(t.Context(), func() bool {
		return o.store.Pool().QueryRow(t.Context(), `select c.name, i.note from interactions i join contacts c on c.id = i.contact_id order by i.id desc limit 1`).Scan(&name, &note) == nil && note != "call"
	})
	if err != nil || name != "dana" || note != "asked for prices" {
		t.Errorf("%q %q %v", name, note, err)
	}
}
