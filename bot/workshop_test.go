package bot_test

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/slacksim"
	"cairn/prompts"
	"cairn/store"
)

// give makes somebody what role says, as an admin would.
func (o *office) give(t *testing.T, person string, role store.Role) {
	t.Helper()
	for {
		_, err := o.store.GiveRole(t.Context(), "T0TEST", person, role, true, ada)
		if err == nil {
			return
		}
		// a machine that runs every package's tests may hand out no connection in time
		if !errors.Is(err, store.ErrUnavailable) || t.Context().Err() != nil {
			t.Fatal(err)
		}
	}
}

// form types a command that opens a form, fills it and submits it.
func (o *office) form(t *testing.T, person, text string, fields map[string][]string) *slacksim.Reply {
	t.Helper()
	u := o.User(person)
	if _, err := u.Slash(t.Context(), u.DMChannel(), "/coach", text); err != nil {
		t.Fatal(err)
	}
	if _, err := u.WaitModal(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	for name, values := range fields {
		if err := u.Fill(name, values...); err != nil {
			t.Fatal(err)
		}
	}
	reply, err := u.Submit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

// latest waits for a message to the person that has all of these words.
func (o *office) latest(t *testing.T, person string, words ...string) string {
	t.Helper()
	u := o.User(person)
	var found string
	err := o.Wait(t.Context(), func() bool {
		for _, m := range u.Messages(u.DMChannel()) {
			text := slacksim.Text(m)
			all := true
			for _, w := range words {
				all = all && strings.Contains(text, w)
			}
			if all {
				found = text
			}
		}
		return found != ""
	})
	if err != nil {
		t.Fatalf("no message with %q: %v", words, err)
	}
	return found
}

// value is what an input of the open form holds at first.
func value(t *testing.T, o *office, person, block string) string {
	t.Helper()
	for _, b := range o.User(person).Modal().Blocks {
		if b["block_id"] == block {
			e, _ := b["element"].(map[string]any)
			text, _ := e["initial_value"].(string)
			return text
		}
	}
	t.Fatalf("there is no input %s", block)
	return ""
}

// The list says of each file what it shapes, what is live, and how it was used.
func TestPromptList(t *testing.T) {
	o := open(t)
	o.give(t, eli, store.Editor)
	o.types(t, eli, "/log", "Lee Park, Beta: call, asked about the audit trail")
	got := o.types(t, eli, "/coach", "prompts")
	for _, want := range []string{"*Why this item* · `suggest-reason`", "tells the rep why this item", "_live: the original · last 7 days: 1 suggestion for 1 contact_",
		"*AIPEE pyramid* · `aipee`", "Edit | Preview | Test | Versions | Log", "too long for a form", "*words*\nfamilies of words that say the same thing\n_live: the original_"} {
		if !strings.Contains(got, want) {
			t.Errorf("the list lacks %q:\n%s", want, got)
		}
	}
	if n := strings.Count(got, "Only a model uses it, and none is configured here."); n != 4 {
		t.Errorf("%d prompts say that only a model uses them, want read-note and the three that one phrases with:\n%s", n, got)
	}
	if got := o.types(t, eli, "/coach", "prompts edit"); !strings.Contains(got, "Which one?") || !strings.Contains(got, "suggest-reason") {
		t.Errorf("without a name: %s", got)
	}
	if v := o.Violations(); len(v) > 0 {
		t.Errorf("Slack would have refused: %+v", v)
	}
}

// Cues stand in the list like all else: what is live, by whom and since when, and
// whose draft stands beside it.
func TestPromptListTellsOfCues(t *testing.T) {
	o := open(t)
	o.give(t, eli, store.Editor)
	o.types(t, eli, "/log", "Lee Park, Beta: call, asked about the audit trail") // and is known by name
	const file = "cues/guard.yaml"
	o.publish(t.Context(), t, file, "en: \"not, never", "en: \"not, hardly ever, never")
	labels, err := o.store.PromptLabels(t.Context(), "T0TEST", file)
	if err != nil {
		t.Fatal(err)
	}
	text, err := fs.ReadFile(prompts.Default(), file)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := o.store.SaveDraft(t.Context(), "T0TEST", store.PromptDraft{File: file, Text: string(text) + "\n# a word\n", AuthorID: eli, Parent: labels.Live, SeenLive: labels.Live, At: o.clock.now()}); err != nil {
		t.Fatal(err)
	}
	got := o.types(t, eli, "/coach", "prompts")
	_, row, _ := strings.Cut(got, "*guard*\n")
	row, _, _ = strings.Cut(row, "*phrases*")
	for _, want := range []string{"_live: version 1, published by ", " today · draft: version 2, by Eli Park today_", "Edit | Test | Versions | Log"} {
		if !strings.Contains(row, want) {
			t.Errorf("of the cues the list lacks %q:\n%s", want, row)
		}
	}
}

// The last five versions that were live are one click away, the latest first.
func TestRollbackOffersFive(t *testing.T) {
	o := open(t)
	o.give(t, ada, store.Admin)
	for i := range 7 {
		o.publish(t.Context(), t, "suggest-reason.prompt", "not yet sent to", fmt.Sprintf("the %d. wording for", i+1))
	}
	u := o.User(ada)
	reply, err := u.Slash(t.Context(), u.DMChannel(), "/coach", "prompts rollback suggest-reason")
	if err != nil || reply.Message == nil {
		t.Fatalf("%+v %v", reply, err)
	}
	got := slacksim.Text(*reply.Message)
	if n := strings.Count(got, "[Back to this]"); n != 5 || !strings.Contains(got, "Live: version 7.") || !strings.Contains(got, "*Version 6*") || strings.Contains(got, "*Version 1*") ||
		!strings.Contains(got, "suggest-reason to 0` is the original") {
		t.Errorf("%d versions are offered:\n%s", n, got)
	}
	if _, err := u.Click(t.Context(), reply.Message.Ref(), "Back to this"); err != nil {
		t.Fatal(err)
	}
	o.latest(t, ada, "Rolled back: version 6 of")
}

// A card with why names what read, chose and worded, for the asker's own only.
func TestCardWhy(t *testing.T) {
	o := open(t)
	o.types(t, maya, "/log", "Dana Ruiz, Acme: call, asked about the audit trail")
	got := o.types(t, maya, "/coach", "card dana why")
	for _, want := range []string{"*#1*, today", "What spoke for it most: it is made for where they stand", "the built-in reading `", "from “call, asked about the audit trail”", "candidates", "Worded by `suggest-reason@0-"} {
		if !strings.Contains(got, want) {
			t.Errorf("it lacks %q:\n%s", want, got)
		}
	}
	o.types(t, maya, "/log", "Kim Roe, Beta: call, said not now, no budget this year")
	if got := o.types(t, maya, "/coach", "card kim roe why"); !strings.Contains(got, ": nothing. ") || strings.Contains(got, "no_ask") {
		t.Errorf("of silence it says: %s", got)
	}
	if got := o.types(t, eli, "/coach", "card Dana Ruiz, Acme why"); strings.Contains(got, "audit") || !strings.Contains(got, "Nothing of yours") {
		t.Errorf("a colleague reads: %s", got)
	}
}

// Whoever is no editor gets nowhere: by typing, by an old button, or with a
// form that was open when the role was taken away.
func TestPromptsDenied(t *testing.T) {
	o := open(t)
	o.types(t, maya, "/log", "Dana Ruiz, Acme: call, asked about the audit trail")
	for _, verb := range []string{"", "list", "edit suggest-reason", "preview suggest-reason", "test suggest-reason", "try suggest-reason", "split suggest-reason 30",
		"publish suggest-reason because", "rollback suggest-reason to 0", "drop suggest-reason", "log", "log suggest-reason"} {
		if got := o.types(t, maya, "/coach", "prompts "+verb); !strings.Contains(got, "changed by editors") {
			t.Errorf("prompts %s: %s", verb, got)
		}
	}
	for _, text := range []string{"role", "role @eli admin", "role @maya admin", "role U0MAYA editor"} {
		if got := o.types(t, maya, "/coach", text); !strings.Contains(got, "Nobody is an admin yet") {
			t.Errorf("%s: %s", text, got)
		}
	}
	o.give(t, maya, store.Editor)
	u := o.User(maya)
	if _, err := u.Slash(t.Context(), u.DMChannel(), "/coach", "prompts edit suggest-reason"); err != nil {
		t.Fatal(err)
	}
	if _, err := u.WaitModal(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.store.GiveRole(t.Context(), "T0TEST", maya, store.Editor, false, ada); err != nil {
		t.Fatal(err)
	}
	if err := u.Fill("What people read", "for {{contact}}"); err != nil {
		t.Fatal(err)
	}
	reply, err := u.Submit(t.Context())
	if err != nil || !strings.Contains(reply.Errors["field0"], "Only editors") {
		t.Errorf("submitted without the role: %+v %v", reply, err)
	}
	if l, err := o.store.PromptLabels(t.Context(), "T0TEST", "suggest-reason.prompt"); err != nil || l.Draft != 0 || l.Live != 0 {
		t.Errorf("labels %+v %v", l, err)
	}
}

// A preview on a colleague's contact shows neither who it is nor a word of what
// was noted.
func TestPreviewMasks(t *testing.T) {
	o := open(t)
	o.types(t, maya, "/log", "Zelda Canary, Wrenfield: call, asked about the audit trail and the zebracanary budget")
	o.types(t, eli, "/log", "Lee Park, Beta: call, asked about the audit trail")
	o.give(t, eli, store.Editor)
	var theirs string
	if err := o.store.Pool().QueryRow(t.Context(), `select id::text from contacts where name = 'Zelda Canary'`).Scan(&theirs); err != nil {
		t.Fatal(err)
	}
	for name, title := range map[string]string{"suggest-reason": "Why this item", "reminder-line": "A line of the morning message",
		"draft-message-builtin": "Draft of a message (built in)", "prep-questions-builtin": "Questions before a talk (built in)",
		"draft-message": "Draft of a message (with a model)", "prep-questions": "Questions before a talk (with a model)",
		"read-note": "Reading a note", "aipee": "AIPEE pyramid", "matching": "What fits whom"} {
		u := o.User(eli)
		if _, err := u.Slash(t.Context(), u.DMChannel(), "/coach", "prompts preview "+name+" choose"); err != nil {
			t.Fatal(err)
		}
		view, err := u.WaitModal(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		shown := view.Text()
		if err := u.Fill("contacts", theirs); err != nil {
			t.Fatal(err)
		}
		if _, err := u.Submit(t.Context()); err != nil {
			t.Fatal(err)
		}
		shown += o.latest(t, eli, "“"+title+"” as it is live", "Somebody 1")
		for _, secret := range []string{"Zelda", "Canary", "Wrenfield", "zebracanary"} {
			if strings.Contains(shown, secret) {
				t.Errorf("%s: %q is shown:\n%s", name, secret, shown)
			}
		}
	}
}

// What people typed into a note is no template, no mention and no link, in the
// editors' own wording too.
func TestHostileNoteInADraft(t *testing.T) {
	o := open(t)
	o.give(t, eli, store.Editor)
	o.types(t, eli, "/log", "Lee {{contact}} <!channel>, Beta: call, asked about the {{gives}} audit trail <@U0ADA> {{/quotes}} https://evil.example")
	o.form(t, eli, "prompts edit suggest-reason", map[string][]string{"What people read": {"{{#quotes}}heard: {{quotes}}; {{/quotes}}for {{contact}}"}})
	o.latest(t, eli, "Draft saved")
	o.types(t, eli, "/coach", "prompts try suggest-reason")
	for _, text := range []string{"prompts preview suggest-reason", "next lee", "prompts test suggest-reason"} {
		o.types(t, eli, "/coach", text)
	}
	if called := o.Mentions(); len(called) > 0 {
		t.Errorf("called: %+v", called)
	}
	if v := o.Violations(); len(v) > 0 {
		t.Errorf("Slack would have refused: %+v", v)
	}
}

// draftsReading has somebody ask the model to be brief, in a draft.
func (o *office) draftsReading(t *testing.T, who string) {
	t.Helper()
	u := o.User(who)
	if _, err := u.Slash(t.Context(), u.DMChannel(), "/coach", "prompts edit read-note"); err != nil {
		t.Fatal(err)
	}
	if _, err := u.WaitModal(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if err := u.Fill("field0", value(t, o, who, "field0")+"\n\nBe brief."); err != nil {
		t.Fatal(err)
	}
	if reply, err := u.Submit(t.Context()); err != nil || len(reply.Errors) > 0 {
		t.Fatalf("%+v %v", reply, err)
	}
}

// A prompt for a model cannot be judged here: who wrote it does not publish it
// alone, an admin or a second editor does.
func TestReadingNeedsTwo(t *testing.T) {
	o := open(t)
	o.types(t, maya, "/log", "Dana Ruiz, Acme: call, asked about the audit trail")
	o.give(t, eli, store.Editor)
	o.give(t, maya, store.Editor)
	o.draftsReading(t, eli)
	o.latest(t, eli, "Draft saved", "Be brief")
	if got := o.types(t, eli, "/coach", "prompts test read-note"); !strings.Contains(got, "checked, not judged") || !strings.Contains(got, "none is configured here") {
		t.Errorf("test: %s", got)
	}
	if got := o.types(t, eli, "/coach", "prompts publish read-note because shorter"); !strings.Contains(got, "Not published") {
		t.Errorf("published alone: %s", got)
	}
	o.form(t, maya, "prompts publish read-note", map[string][]string{"Why?": {"we read it together"}})
	o.latest(t, maya, "Published: version 1")
}

// A published journey places each contact anew at its next note.
func TestJourneyFollows(t *testing.T) {
	o := open(t)
	o.give(t, ada, store.Admin)
	o.types(t, ada, "/log", "Kim Ono, Delta: call, she told us their deadline and budget")
	// a person's word, so that the built-in reading does not matter here
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.store.Correct(t.Context(), store.Reread{TeamID: "T0TEST", InteractionID: 1, Origin: coach.Person, By: ada, Reason: "they told us",
		Signals: []store.Signal{{Signal: string(journey.SharedNeeds), Confidence: 1, Origin: coach.Person}}}, (&coach.Coach{Models: models}).Refold); err != nil {
		t.Fatal(err)
	}
	u := o.User(ada)
	if _, err := u.Slash(t.Context(), u.DMChannel(), "/coach", "prompts edit aipee"); err != nil {
		t.Fatal(err)
	}
	if _, err := u.WaitModal(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	text := value(t, o, ada, "field0")
	text = strings.Replace(text, "signals: [shared_needs, working_session", "signals: [working_session", 1)
	text = strings.Replace(text, "signals: [replied]", "signals: [replied, shared_needs]", 1)
	text = strings.Replace(text, "title: Interaction", "title: In touch", 1)
	if err := u.Fill("field0", text); err != nil {
		t.Fatal(err)
	}
	if reply, err := u.Submit(t.Context()); err != nil || len(reply.Errors) > 0 {
		t.Fatalf("%+v %v", reply, err)
	}
	o.latest(t, ada, "Draft saved")
	if got := o.types(t, ada, "/coach", "prompts preview aipee"); !strings.Contains(got, "Engagement → *In touch*") {
		t.Errorf("preview: %s", got)
	}
	if got := o.types(t, ada, "/coach", "prompts test aipee"); !strings.Contains(got, "Of 1 contact of your team, 1 would stand elsewhere") || !strings.Contains(got, "worse than what is live") || !strings.Contains(got, "Of 600 labelled contacts, 600 stand where the labels put them live (100.0 %)") {
		t.Errorf("test: %s", got)
	}
	// the labels know no such journey, so an admin sees the figures and agrees
	o.form(t, ada, "prompts publish aipee", map[string][]string{"Why?": {"needs come early with us"}})
	o.latest(t, ada, "Published: version 1")
	if got := o.types(t, ada, "/log", "Kim Ono: chat"); !strings.Contains(got, "In touch") {
		t.Errorf("after the next note: %s", got)
	}
	if v := o.Violations(); len(v) > 0 {
		t.Errorf("Slack would have refused: %+v", v)
	}
}

// types sends a slash command and returns what the person sees.
func (o *office) types(t *testing.T, person, command, text string) string {
	t.Helper()
	u := o.User(person)
	reply, err := u.Slash(t.Context(), u.DMChannel(), command, text)
	if err != nil {
		t.Fatal(err)
	}
	if reply.Failed != "" || reply.Message == nil {
		t.Fatalf("no answer to %s %s: %+v", command, text, reply)
	}
	return slacksim.Text(*reply.Message)
}

// A file that Slack does not hand out, or that is none of ours, is told of in
// words, and nothing is kept.
func TestUploadRefused(t *testing.T) {
	o := open(t)
	o.give(t, eli, store.Editor)
	u := o.User(eli)
	share := func(name, want string) {
		t.Helper()
		if _, err := u.Upload(t.Context(), u.DMChannel(), "", name, "because", []byte("---\ntitle: x\n")); err != nil {
			t.Fatal(err)
		}
		o.latest(t, eli, want)
	}
	o.Faults().FailHTTP(slacksim.Download, 503, 1)
	share("suggest-reason.prompt", "did not give me the file in time")
	share("../../etc/passwd.yaml", "There is no “../../etc/passwd”")
	share("suggest-reason.v99999.prompt", "“suggest-reason” has")
	scopes := o.Scopes()
	o.GrantScopes(slices.DeleteFunc(slices.Clone(scopes), func(s string) bool { return s == "files:read" })...)
	share("suggest-reason.prompt", "lacks the right `files:read`")
	var versions int
	if err := o.store.Pool().QueryRow(t.Context(), `select count(*) from prompt_versions`).Scan(&versions); err != nil || versions != 0 {
		t.Errorf("%d versions are kept, %v", versions, err)
	}
	if v := o.Violations(); len(v) > 0 {
		t.Errorf("Slack would have refused: %+v", v)
	}
}
