package bot_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/bot/llm/llmtest"
	"cairn/bot/workshop"
	"cairn/prompts"
	"cairn/store"
)

// Of cues that were told worse when they were published it stands with their move, so no
// edit of another file of cues makes the second person go away.
func TestWorseCuesAskAgain(t *testing.T) {
	o := openWith(t, llmtest.New(t, func(llmtest.Call) llmtest.Reply { return llmtest.Says(`{"signals":[]}`) }))
	o.give(t, eli, store.Editor)
	o.give(t, maya, store.Editor)
	files, err := workshop.ReadFiles(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	publish := func(file, more, told string) {
		t.Helper()
		o.publishes(t, file, files[file]+more, told)
	}
	publish("cues/speech.yaml", "\n# one\n", "worse")
	publish("cues/speech.yaml", "\n# two\n", "same")
	publish("cues/guard.yaml", "\n# three\n", "same")
	if got := o.types(t, eli, "/coach", "prompts rollback speech to 1 because it was better"); !strings.Contains(got, "Not rolled back") || !strings.Contains(got, "somebody else has to agree") {
		t.Errorf("eli sees %s", got)
	}
	if got := o.types(t, eli, "/coach", "prompts rollback speech to 0"); !strings.Contains(got, "Rolled back") {
		t.Errorf("eli sees %s", got)
	}
	if got := o.types(t, eli, "/coach", "prompts rollback speech to 2"); !strings.Contains(got, "Rolled back") {
		t.Errorf("eli sees %s", got)
	}
}

// What counts is what was told when it was published, not what today's tests make of it;
// these are told, and said to be today's, only of what went live before that was kept.
func TestToldWorseThen(t *testing.T) {
	o := openWith(t, llmtest.New(t, func(llmtest.Call) llmtest.Reply { return llmtest.Says(`{"signals":[]}`) }))
	o.give(t, eli, store.Editor)
	o.give(t, maya, store.Editor)
	files, err := workshop.ReadFiles(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	const file = "suggest-reason.prompt"
	fine, worse := files[file], strings.Replace(files[file], "{{#made_for}}made for {{made_for}}; {{/made_for}}", "", 1)
	if fine == worse {
		t.Fatal("nothing is left out")
	}
	fine = strings.Replace(fine, "new for {{contact}}", "not yet shown to {{contact}}", 1)
	for _, step := range []struct{ text, told string }{{worse, "same"}, {fine, "worse"}, {worse, ""}, {fine, "same"}} {
		o.publishes(t, file, step.text, step.told)
	}
	if got := o.types(t, maya, "/coach", "prompts rollback suggest-reason to 1"); !strings.Contains(got, "Rolled back") {
		t.Errorf("told the same then, worse today: %s", got)
	}
	for version, says := range map[int]string{2: "which was told worse when it was published", 3: "which is worse by today's tests than what it took the place of"} {
		u := o.User(maya)
		reply, err := u.Slash(t.Context(), u.DMChannel(), "/coach", fmt.Sprintf("prompts rollback suggest-reason to %d", version))
		if err != nil {
			t.Fatal(err)
		}
		v, err := u.WaitModal(t.Context(), nil)
		if err != nil {
			t.Fatalf("version %d: %v, %+v", version, err, reply)
		}
		if !strings.Contains(v.Text(), says) {
			t.Errorf("version %d: %s", version, v.Text())
		}
		if err := u.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// publishes has eli write a text of a file and maya publish it, with what the figures said.
func (o *office) publishes(t *testing.T, file, text, told string) {
	t.Helper()
	l, err := o.store.PromptLabels(t.Context(), "T0TEST", file)
	if err != nil {
		t.Fatal(err)
	}
	if _, l, err = o.store.SaveDraft(t.Context(), "T0TEST", store.PromptDraft{File: file, Text: text, AuthorID: eli, SeenLive: l.Live, At: noon}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.store.MovePrompt(t.Context(), "T0TEST", file, store.PromptChange{Kind: store.PromptPublish, PersonID: maya, Seen: l, Next: store.PromptLabels{Live: l.Draft}, At: noon, Verdict: told}); err != nil {
		t.Fatal(err)
	}
}
