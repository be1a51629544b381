package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/llm/llmtest"
	"cairn/bot/workshop"
	"cairn/prompts"
	"cairn/store"
)

// A draft that makes the model miss what it found is worse: who wrote it does
// not publish it alone, and sees the notes that are missed now. What the team
// has put right is a case too, and its words stay its writer's.
func TestExamFindsWorse(t *testing.T) {
	o := openWith(t, llmtest.New(t, func(c llmtest.Call) llmtest.Reply {
		if strings.Contains(c.System, "Be brief.") {
			return llmtest.Says(`{"signals":[]}`)
		}
		_, after, _ := strings.Cut(c.User, "\nNote: \"")
		word, _, _ := strings.Cut(strings.TrimRight(after, "\"\n"), " ")
		return llmtest.Says(`{"signals":[{"signal":"opted_out","quote":"` + word + `"}]}`)
	}))
	o.types(t, maya, "/log", "Dana Ruiz, Acme: zebracanary said she wants none of our mails")
	o.give(t, eli, store.Editor)
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.store.Correct(t.Context(), store.Reread{TeamID: "T0TEST", InteractionID: 1, Origin: coach.Person, By: maya, Reason: "so she said",
		Signals: []store.Signal{{Signal: string(journey.OptedOut), Confidence: 1, Origin: coach.Person}}}, (&coach.Coach{Models: models}).Refold); err != nil {
		t.Fatal(err)
	}
	o.hasRead(t.Context(), t)
	o.draftsReading(t, eli)
	o.latest(t, eli, "Draft saved")
	if got := o.types(t, eli, "/coach", "prompts test read-note"); !strings.Contains(got, "runs*: small answers") {
		t.Fatalf("test: %s", got)
	}
	got := o.latest(t, eli, "worse than what is live", "1 contact whose reading your team put right", "left alone is missed in 3 notes", "right: opted out", "A note of your team's")
	if strings.Contains(got, "zebracanary") || strings.Contains(got, "Dana") {
		t.Errorf("a note of maya's is shown to eli: %s", got)
	}
	if got := o.types(t, eli, "/coach", "prompts publish read-note because brief"); !strings.Contains(got, "Not published: the figures got worse") {
		t.Errorf("publish: %s", got)
	}
	// a reading put right since is a case that nothing was judged on
	o.types(t, maya, "/log", "Lee Park, Beta: call, asked about the audit trail")
	o.hasRead(t.Context(), t)
	if _, err := o.store.Correct(t.Context(), store.Reread{TeamID: "T0TEST", InteractionID: 2, Origin: coach.Person, By: maya, Reason: "so he said",
		Signals: []store.Signal{{Signal: string(journey.Replied), Confidence: 1, Origin: coach.Person}}}, (&coach.Coach{Models: models}).Refold); err != nil {
		t.Fatal(err)
	}
	if got := o.types(t, eli, "/coach", "prompts publish read-note because brief"); !strings.Contains(got, "Not published: it was not tested yet") {
		t.Errorf("publish on figures of other cases: %s", got)
	}
	if v := o.Violations(); len(v) > 0 {
		t.Errorf("Slack would have refused: %+v", v)
	}
}

// The cues of the built-in reading are judged without a model, and the reading
// goes on with them once they are live.
func TestExamOfCues(t *testing.T) {
	o := open(t)
	o.give(t, ada, store.Admin)
	files, err := workshop.ReadFiles(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	const file = "cues/phrases.yaml"
	text := strings.Replace(files[file], "unsub*, opt out, opts out, opted out,", "unsub*,", 1)
	if text == files[file] {
		t.Fatal("the cues have changed; choose another")
	}
	if _, _, err := o.store.SaveDraft(t.Context(), "T0TEST", store.PromptDraft{File: file, Text: text, AuthorID: ada, At: noon}); err != nil {
		t.Fatal(err)
	}
	if got := o.types(t, ada, "/coach", "prompts test phrases"); !strings.Contains(got, "runs*: live and draft each read") {
		t.Fatalf("test: %s", got)
	}
	if got := o.types(t, ada, "/coach", "prompts test phrases"); !strings.Contains(got, "runs already") && !strings.Contains(got, "600 labelled contacts") {
		t.Errorf("again at once: %s", got)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 9*time.Minute) // reading under the race detector
	defer cancel()
	o.hasRead(ctx, t)
	o.latest(t, ada, "Version 1 of “phrases”", "600 labelled contacts with 2074 notes", "trained without")
}

// Where the model was taken away after a test began, whoever began it is told.
func TestExamWithoutItsModel(t *testing.T) {
	o := open(t)
	o.give(t, eli, store.Editor)
	files, err := workshop.ReadFiles(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	const file = "read-note.prompt"
	text := strings.Replace(files[file], "You read notes", "You read short notes", 1)
	if _, _, err := o.store.SaveDraft(t.Context(), "T0TEST", store.PromptDraft{File: file, Text: text, AuthorID: eli, At: noon}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.store.Pool().Exec(t.Context(), `insert into river_job (kind, queue, args, max_attempts)
		values ('prompt_exam', 'exam', jsonb_build_object('team', 'T0TEST', 'file', $1::text, 'live', 0, 'draft', 1, 'person', $2::text), 10)`, file, eli); err != nil {
		t.Fatal(err)
	}
	o.latest(t, eli, "The test of version 1 of “Reading a note” did not run", "none is configured any more")
}
