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
	"cairn/bot/workshop"
	"cairn/prompts"
	"cairn/store"
)

// An editor who has the model answer on a colleague's contact is shown, and tells the
// model, no name and no word of theirs, whatever the model makes of what it is told. Of
// nobody a reading, a suggestion, a draft or a use of a prompt is kept.
func TestAskedOnAColleaguesContact(t *testing.T) {
	echo := func(c llmtest.Call) llmtest.Reply { // all that it was told, as far as it is let
		_, said, _ := strings.Cut(c.User, "They said: ")
		words := strings.Trim(said, "[]\" \n")
		var raw []byte
		if strings.Contains(c.User, "Item:") {
			raw, _ = json.Marshal(map[string]string{"message": fmt.Sprintf("Dear CONTACT_1 of COMPANY_1, you: %s LINK_1", words)}) // strings
		} else {
			raw, _ = json.Marshal(map[string][]string{"questions": {fmt.Sprintf("CONTACT_1, you said %s?", words), "What does COMPANY_1 want?", "Who else?"}}) // strings
		}
		return llmtest.Says(string(raw))
	}
	o := openWith(t, llmtest.New(t, func(llmtest.Call) llmtest.Reply { return llmtest.Says(`{"signals":[]}`) }))
	o.give(t, eli, store.Editor)
	o.types(t, maya, "/log", "Zebedee Quokka, Wombat: call, asked about the audit trail, zebracanary")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	o.hasRead(ctx, t)
	o.model.Script(echo)
	before := counts(t, o)
	asked := len(o.model.Calls())
	for name, title := range map[string]string{"draft-message": "Draft of a message", "prep-questions": "Questions before a talk", "read-note": "Reading a note"} {
		u := o.User(eli)
		if _, err := u.Slash(ctx, u.DMChannel(), "/coach", "prompts preview "+name+" ask"); err != nil {
			t.Fatal(err)
		}
		o.latest(t, eli, "What small answers with “"+title)
	}
	var seen strings.Builder
	for _, m := range o.User(eli).Messages(o.User(eli).DMChannel()) {
		seen.WriteString(slacksim.Text(m))
	}
	if got := seen.String(); strings.Count(got, "*small is asked* with what is live, on 1 contact") != 3 || !strings.Contains(got, "Dear Somebody of a company") ||
		!strings.Contains(got, "What does a company want?") || !strings.Contains(got, "You wrote no note for it to read about: Somebody 1") {
		t.Errorf("eli reads %s", got)
	}
	told := ""
	for _, c := range o.model.Calls()[asked:] {
		told += c.Body
	}
	for _, secret := range []string{"Zebedee", "Quokka", "Wombat", "zebracanary"} {
		if strings.Contains(seen.String(), secret) || strings.Contains(told, secret) {
			t.Errorf("%q was told", secret)
		}
	}
	if after := counts(t, o); after != before {
		t.Errorf("there are %s, there were %s", after, before)
	}
	if v := o.Violations(); len(v) > 0 {
		t.Errorf("Slack would have refused: %+v", v)
	}
}

// counts are how many rows there are of what replies record.
func counts(t *testing.T, o *office) string {
	t.Helper()
	var all []string
	for _, table := range []string{"signals", "suggestions", "second_looks", "prompt_uses", "moves", "interactions"} {
		var n int
		if err := o.store.Pool().QueryRow(t.Context(), "select count(*) from "+table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprintf("%d %s", n, table))
	}
	return strings.Join(all, ", ")
}

// Five contacts, the longest messages there may be, live and draft: all of it fits one
// message of Slack's, and each was asked once, in the name of previews.
func TestAskedOnFive(t *testing.T) {
	long := "Hi CONTACT_1, " + strings.TrimSpace(strings.Repeat("you and your audit ", 45)) + " LINK_1"
	o := openWith(t, llmtest.New(t, func(llmtest.Call) llmtest.Reply { return llmtest.Says(`{"signals":[]}`) }))
	o.give(t, eli, store.Editor)
	var names []string
	for i, first := range []string{"Ana", "Bo", "Cem", "Dea", "Edo"} {
		o.types(t, eli, "/log", fmt.Sprintf("%s Stone, Firm %c: call, asked about the audit trail of %s", first, 'A'+i, []string{"steel", "wood", "glass", "paper", "yarn"}[i]))
		names = append(names, first+" Stone")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	o.hasRead(ctx, t)
	o.model.Script(func(c llmtest.Call) llmtest.Reply {
		said := long
		if strings.Contains(c.System, "a brief message") {
			said = strings.Replace(long, "Hi", "Hello", 1)
		}
		raw, _ := json.Marshal(map[string]string{"message": said}) // a string
		return llmtest.Says(string(raw))
	})
	asked := len(o.model.Calls())
	files, err := workshop.ReadFiles(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	const file = "draft-message.prompt"
	text := strings.Replace(files[file], "You write a short message", "You write a brief message", 1)
	if _, _, err := o.store.SaveDraft(ctx, "T0TEST", store.PromptDraft{File: file, Text: text, AuthorID: eli, At: noon}); err != nil {
		t.Fatal(err)
	}
	u := o.User(eli)
	for range 2 { // the second finds all answered
		if _, err := u.Slash(ctx, u.DMChannel(), "/coach", "prompts preview draft-message ask "+strings.Join(names, "; ")); err != nil {
			t.Fatal(err)
		}
		o.hasRead(ctx, t)
	}
	got := o.latest(t, eli, "What small answers with")
	if n := strings.Count(got, "audit https://"); n != 10 || strings.Count(got, "it is about them") != 10 {
		t.Errorf("%d answers are whole in %s", n, got)
	}
	if n := len(o.model.Calls()) - asked; n != 10 {
		t.Errorf("the model was asked %d times, want 10: %s", n, got)
	}
	if v := o.Violations(); len(v) > 0 {
		t.Errorf("Slack would have refused: %+v", v)
	}
}

// Who pressed `Ask the model` is answered though the model was taken out of the settings
// before it was asked.
func TestAskedOfAModelThatIsGone(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.give(t, eli, store.Editor)
	o.types(t, eli, "/log", "Ana Stone, Firm: call")
	if _, err := o.store.Pool().Exec(t.Context(), `insert into river_job (args, kind, max_attempts, queue, state, priority)
		select jsonb_build_object('team', team_id, 'file', 'draft-message.prompt', 'live', 0, 'draft', 0, 'person', person_id, 'contacts', '[]'::jsonb, 'delivery', id), 'prompt_ask', 3, 'ask-t0test', 'available', 1
		from inbox where person_id = $1`, eli); err != nil {
		t.Fatal(err)
	}
	o.latest(t, eli, "The preview of “Draft of a message", "got no answers", "none is configured any more")
}
