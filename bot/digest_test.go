package bot_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cairn/bot/slacksim"
	"cairn/prompts"
	"cairn/store"
)

// and about the first where the file of that is gone.
func TestDigestOfTheTeamsOwnJourney(t *testing.T) {
	o := open(t)
	ctx := t.Context()
	types := func(text string) string {
		t.Helper()
		reply, err := o.User(ada).Slash(ctx, sales, "/coach", text)
		if err != nil || reply.Failed != "" || reply.Message == nil {
			t.Fatalf("%s: no answer: %v %+v", text, err, reply)
		}
		return slacksim.Text(*reply.Message)
	}
	types("role")
	text, err := fs.ReadFile(prompts.Journeys(), "lifecycle.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(o.folder, "journeys"), 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(o.folder, "journeys", "partners.yaml")
	own := strings.NewReplacer("name: lifecycle", "name: partners", "title: Customer life cycle", "title: Partner journey", "title: Awareness", "title: Courting").Replace(string(text))
	if err := os.WriteFile(file, []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	types("prompts") // looks into the folder
	if got := types("journey partners"); !strings.Contains(got, "Partner journey") {
		t.Fatal(got)
	}
	if got := types("digest now"); !strings.Contains(got, "The week of") {
		t.Error(got)
	}
	home, err := o.User(ada).OpenHome(ctx)
	if err != nil || !strings.Contains(home.Text(), "Courting") {
		t.Errorf("%v\n%s", err, home.Text())
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	types("prompts")
	if got := types("digest now"); !strings.Contains(got, "The week of") {
		t.Error("without its file:", got)
	}
}

// Of two people of one name none is guessed, and where we are not inside a channel
// its digest is not said to be about too few.
func TestDigestAboutWhomAndWhere(t *testing.T) {
	o := replicas(t, 1)
	for id, name := range map[string]string{eli: "Eli Park", noor: "Eli Stone"} {
		if err := o.store.SetPerson(t.Context(), store.Person{TeamID: "T0TEST", ID: id, Name: name, TimeZone: "Europe/Berlin"}); err != nil {
			t.Fatal(err)
		}
	}
	if got := o.types(t, boss, sales, "digest here mon 9:00 for @eli @maya"); !strings.Contains(got, "I do not surely know who “@eli” is") {
		t.Error(got)
	}
	if got := o.types(t, boss, sales, "digest here mon 9:00 for @eli.stone @maya"); !strings.Contains(got, "the work of 2 people that you named") {
		t.Error(got)
	}
	if got := o.types(t, ada, sales, "role eli not editor"); !strings.Contains(got, "nothing was taken from anybody") {
		t.Error(got)
	}
	if got := o.types(t, boss, "C0OTHER", "digest now"); !strings.Contains(got, "I am not in this channel") {
		t.Error(got)
	}
}

func TestDigestFromScheduleToPictures(t *testing.T) {
	o := replicas(t, 1)
	o.work(t, maya, eli, noor)
	o.types(t, boss, sales, "digest here mon 9:00 Europe/Berlin")
	if got := o.types(t, boss, sales, "digest list"); !strings.Contains(got, "<#C0SALES> · Monday 09:00 Europe/Berlin · 5 people · next 16 March") {
		t.Error(got)
	}
	o.passOn(t, maya, eli)
	if got := o.types(t, boss, sales, "digest now"); strings.Contains(got, "Thank you") {
		t.Error("thanks without leave:", got)
	}
	o.types(t, maya, sales, "digest thanks on")
	preview := o.types(t, boss, sales, "digest now")
	if !strings.Contains(preview, "*Thank you* for what was passed on: Maya Lind.") {
		t.Error(preview)
	}
	if !strings.Contains(preview, "Only you see this") || o.count("The week of") != 0 {
		t.Fatal("a preview is for its asker only")
	}
	o.moved(monday(t))
	m := o.await(t, "The week of 9–15 March")
	for _, says := range []string{"moved on* to the next stage", "*What helped*", "ready to be asked*", "of 30 items* (33 %)", "*This week, as a team:*", "What is not recorded may still have happened."} {
		if !strings.Contains(slacksim.Text(m), says) {
			t.Errorf("%q is missing:\n%s", says, slacksim.Text(m))
		}
	}
	if lines := strings.Count(slacksim.Text(m), "\n"); lines > 24 {
		t.Errorf("%d lines are more than a screen", lines)
	}
	if details := slacksim.Text(o.await(t, "Open a figure")); !strings.Contains(details, "[Who moved on]") || !strings.Contains(details, "| Item 1 |") || !strings.Contains(details, "[chart: ") {
		t.Error(details)
	}
	o.clock.to(monday(t).Add(10 * time.Second))
	pictures := o.await(t, "Where people stand, highest stage first")
	if pictures.ThreadTS != m.TS {
		t.Error("the pictures are not in the digest's thread")
	}
	if v := o.Violations(); len(v) > 0 {
		t.Error(v)
	}
}

// in the middle. Five weeks: one digest each, and one thread of details.
func TestDigestOnceAWeekOverReplicas(t *testing.T) {
	o := replicas(t, 3)
	o.work(t, maya, eli, noor)
	o.types(t, boss, sales, "digest here mon 9:00 Europe/Berlin")
	for week := range 5 {
		if week == 3 {
			o.stop[1]() // in the middle of whatever it does
		}
		at := monday(t).AddDate(0, 0, 7*week)
		o.moved(at.Add(-time.Second))
		o.moved(at)
		if week == 2 || week == 3 {
			o.stop[week-2]()
			o.stop[week-2] = func() {}
			// the one that is left, or its next tick, sees it through
		}
		ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
		err := o.Wait(ctx, func() bool {
			for _, b := range o.bots {
				b.ClockMoved()
			}
			return o.count("The week of") > week && o.count("Open a figure") > week
		})
		cancel()
		if err != nil {
			t.Fatalf("week %d: %v", week, err)
		}
	}
	if n := o.rows(t); n != 5 {
		t.Errorf("%d rows in the ledger", n)
	}
	if a, b := o.count("The week of"), o.count("Open a figure"); a != 5 || b != 5 {
		t.Errorf("%d digests, %d threads", a, b)
	}
	if v := o.Violations(); len(v) > 0 {
		t.Error(v)
	}
}

// What was not running comes late and says so, or is left out and said to be.
func TestDigestAfterAnOutage(t *testing.T) {
	o := replicas(t, 1)
	o.work(t, maya, eli, noor)
	o.types(t, boss, sales, "digest here mon 9:00 Europe/Berlin")
	o.moved(monday(t).Add(30 * time.Hour))
	if m := slacksim.Text(o.await(t, "The week of 9–15 March")); !strings.Contains(m, "This comes late: it was due on 16 March") {
		t.Error(m)
	}
	o.moved(monday(t).AddDate(0, 0, 7).Add(40 * time.Hour))
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if _, err := o.WaitMessage(ctx, o.User(boss).DMChannel(), boss, func(m slacksim.Message) bool {
		return strings.Contains(slacksim.Text(m), "I was not running when the digest of") && strings.Contains(slacksim.Text(m), "30 March")
	}); err != nil {
		t.Fatal("nobody was told of the digest that was left out:", err)
	}
	o.moved(monday(t).AddDate(0, 0, 14))
	if m := slacksim.Text(o.await(t, "The week of 23–29 March")); !strings.Contains(m, "The digest before this one was left out") {
		t.Error(m)
	}
	o.moved(monday(t).AddDate(0, 0, 35))
	if m := slacksim.Text(o.await(t, "The week of 13–19 April")); !strings.Contains(m, "The 2 digests before this one were left out") {
		t.Error(m)
	}
	if n := o.count("The week of"); n != 3 {
		t.Errorf("%d digests", n)
	}
}

// Every cell of role × action.
func TestDigestRights(t *testing.T) {
	o := replicas(t, 1)
	o.work(t, maya, eli, noor)
	for _, person := range []string{maya, noor, boss, ada} { // a rep, an editor, a manager, an admin
		may := person == boss || person == ada
		for _, c := range []struct{ text, says string }{
			{"digest here mon 9:00", "A digest comes here every Monday"}, {"digest fri 16:00 New York", "every Friday at 16:00* (America/New_York)"},
			{"digest list", "Channels with a weekly digest"}, {"digest now", "Only you see this"}, {"digest off", "No digest comes here any more"},
		} {
			got := o.types(t, person, sales, c.text)
			if strings.Contains(got, c.says) != may || !may && !strings.Contains(got, "by managers and admins") {
				t.Errorf("%s typed %q: %s", person, c.text, got)
			}
		}
		if got := o.types(t, person, sales, "digest thanks on"); !strings.Contains(got, "may thank you by name") {
			t.Errorf("%s: %s", person, got)
		}
	}
	if got := o.types(t, boss, o.User(boss).DMChannel(), "digest here mon 9:00"); !strings.Contains(got, "Type this in the channel") {
		t.Error(got)
	}
	if got := o.types(t, boss, "C0OTHER", "digest here mon 9:00"); !strings.Contains(got, "/invite") {
		t.Error(got)
	}
	if got := o.types(t, boss, sales, "digest here mon 9:00 CET"); !strings.Contains(got, "names no place") {
		t.Error(got)
	}
}

// A preview's button posts it once, as the week's; the hour then posts none.
func TestDigestPostedByHand(t *testing.T) {
	o := replicas(t, 1)
	o.work(t, maya, eli, noor)
	o.types(t, boss, sales, "digest here sun 18:00 Europe/Berlin")
	reply, err := o.User(boss).Slash(t.Context(), sales, "/coach", "digest now")
	if err != nil || reply.Message == nil {
		t.Fatal(err, reply)
	}
	for range 2 {
		if _, err := o.User(boss).Click(t.Context(), reply.Message.Ref(), "Post it here"); err != nil {
			t.Log("the second press finds no button any more:", err)
		}
	}
	o.await(t, "The week of 9–15 March")
	o.moved(time.Date(2026, 3, 15, 18, 0, 0, 0, monday(t).Location()))
	if got := o.types(t, boss, sales, "digest now"); !strings.Contains(got, "one a week is enough") {
		t.Error(got)
	}
	o.moved(time.Date(2026, 3, 22, 18, 0, 0, 0, monday(t).Location()))
	o.await(t, "The week of 16–22 March")
	if n := o.count("The week of"); n != 2 {
		t.Errorf("%d digests", n)
	}
}

// A sum over fewer than three reps is never said: not to the channel, not in
// the frozen row, and no button opens it.
func TestDigestWithholdsTheFew(t *testing.T) {
	o := replicas(t, 1)
	o.work(t, maya, eli)
	o.types(t, boss, sales, "digest here mon 9:00 Europe/Berlin")
	o.moved(monday(t))
	m := slacksim.Text(o.await(t, "The week of 9–15 March"))
	for _, says := range []string{"Some moved on", "Some people wait for you", "Not shown, because fewer than three of you stand behind it, or it would tell such a figure: who moved on"} {
		if !strings.Contains(m, says) {
			t.Errorf("%q is missing in:\n%s", says, m)
		}
	}
	details := slacksim.Text(o.await(t, "Open a figure"))
	if strings.Contains(details, "Who ") || strings.Contains(details, "| Item ") {
		t.Error(details)
	}
	var frozen string
	if err := o.pool.QueryRow(t.Context(), `select figures #>> '{moves,up}' from digests`).Scan(&frozen); err != nil || !strings.Contains(strings.ReplaceAll(frozen, " ", ""), `"n":0`) {
		t.Errorf("frozen: %s, %v", frozen, err)
	}
	// two named reps: nothing at all, with the reason
	if got := o.types(t, boss, sales, "digest here mon 9:00 for @maya @eli"); !strings.Contains(got, "fewer than three") {
		t.Error(got)
	}
	if got := o.types(t, boss, sales, "digest now"); !strings.Contains(got, "Nothing can be shown yet") {
		t.Error(got)
	}
}

// A figure opens for its presser alone: all names for a manager, one's own for
// a rep, and never a word of a note. What is corrected later leaves the frozen
// figures as they were.
func TestDigestFigureOpensAndStaysFrozen(t *testing.T) {
	o := replicas(t, 1)
	o.work(t, maya, eli, noor)
	o.types(t, boss, sales, "digest here mon 9:00 Europe/Berlin")
	o.moved(monday(t))
	details := o.await(t, "Open a figure")
	opened := map[string]string{}
	for _, person := range []string{boss, maya} {
		if _, err := o.User(person).Click(t.Context(), details.Ref(), "Who moved on"); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		m, err := o.WaitMessage(ctx, sales, person, func(m slacksim.Message) bool { return strings.HasPrefix(slacksim.Text(m), "*Who moved on*") })
		cancel()
		if err != nil {
			t.Fatal(err)
		}
		opened[person] = slacksim.Text(m)
	}
	if all, own := strings.Count(opened[boss], "•"), strings.Count(opened[maya], "•"); all < 4 || own == 0 || own >= all {
		t.Errorf("a manager saw %d, a rep %d:\n%s\n%s", all, own, opened[boss], opened[maya])
	}
	if strings.Contains(opened[boss], "what they said") {
		t.Error("a note is its author's alone:", opened[boss])
	}
	if o.count("*Who moved on*") != 1 {
		t.Error("one rep saw another's")
	}
	before := o.frozen(t)
	if _, err := o.pool.Exec(t.Context(), `update moves set replaced_at = now()`); err != nil {
		t.Fatal(err)
	}
	o.moved(monday(t).AddDate(0, 0, 7))
	o.await(t, "The week of 16–22 March")
	if after := o.frozen(t); after != before {
		t.Error("history was rewritten")
	}
}
