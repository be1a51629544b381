package bot_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/store"
)

// refusePosts has the database take no posting whose key is like this.
func (o *office) refusePosts(t *testing.T, like string) {
	t.Helper()
	for _, sql := range []string{`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$`,
		fmt.Sprintf(`create trigger refuse before insert on outbox for each row when (new.key like '%s') execute function refuse()`, like)} {
		if _, err := o.store.Pool().Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
}

// posts are how many postings there are whose key is like this.
func (o *office) posts(t *testing.T, like string) (n int) {
	t.Helper()
	if err := o.store.Pool().QueryRow(t.Context(), `select count(*) from outbox where key like $1`, like).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

const shortReason = "{{#gives}}{{gives}}; {{/gives}}new for {{contact}}"

// Where one cannot be asked to agree, the others are, and the author reads who was and
// who was not. Another share is another question, and so is the same beside another text.
func TestOneWhoCannotBeAsked(t *testing.T) {
	o := open(t)
	for _, who := range []string{ada, eli, maya} {
		o.give(t, who, store.Editor)
	}
	o.types(t, ada, "/log", "Kim Ono, Delta: met at the fair") // met, so that they have names
	o.types(t, maya, "/log", "Dana Ruiz, Acme: met at the fair")
	o.form(t, eli, "prompts edit suggest-reason", map[string][]string{"What people read": {shortReason}})
	o.refusePosts(t, "second:%"+ada)
	got := o.types(t, eli, "/coach", "prompts publish suggest-reason")
	if want := "I told Maya Lind in a private message. I could not tell Ada Novak: ask them yourself."; !strings.Contains(got, want) {
		t.Errorf("the author reads\n%s\nwant in it %s", got, want)
	}
	for i, command := range []string{"publish suggest-reason", "publish suggest-reason", "split suggest-reason 50", "split suggest-reason 50", "split suggest-reason 20"} {
		o.types(t, eli, "/coach", "prompts "+command)
		if want, n := []int{1, 1, 2, 2, 3}[i], o.posts(t, "second:%"+maya); n != want {
			t.Errorf("after %s maya was asked %d times, want %d", command, n, want)
		}
	}
	// what is live moves: the same version would take the place of another text
	o.form(t, maya, "prompts publish suggest-reason", map[string][]string{"Why?": {"short"}})
	o.form(t, eli, "prompts edit suggest-reason", map[string][]string{"What people read": {"new for {{contact}}"}})
	o.types(t, eli, "/coach", "prompts split suggest-reason 20")
	o.types(t, maya, "/coach", "prompts rollback suggest-reason to 0")
	o.types(t, eli, "/coach", "prompts split suggest-reason 20 anyway")
	if n := o.posts(t, "second:%"+maya); n != 5 {
		t.Errorf("with another text live maya was asked %d times, want 5", n)
	}
}

// An author whose message cannot be posted is still told that their trial has ended.
func TestAnAuthorWhoWasNotTold(t *testing.T) {
	o := open(t)
	o.give(t, eli, store.Editor)
	o.give(t, maya, store.Editor)
	o.form(t, eli, "prompts edit suggest-reason", map[string][]string{"What people read": {shortReason}})
	o.types(t, eli, "/coach", "prompts try suggest-reason")
	o.refusePosts(t, "author:%")
	if got := o.types(t, maya, "/coach", "prompts drop suggest-reason"); !strings.Contains(got, "The trials of it have ended too") {
		t.Errorf("maya reads %s", got)
	}
	o.latest(t, eli, "Your trial of version 1", "has ended", "threw the draft away")
}

// Where a version that should be live cannot be read, as one of a newer program, the
// list of the workshop says so beside it, and what is used.
func TestListTellsOfWhatCannotBeRead(t *testing.T) {
	o := open(t)
	o.give(t, ada, store.Admin)
	_, labels, err := o.store.SaveDraft(t.Context(), "T0TEST", store.PromptDraft{File: "suggest-reason.prompt", Text: "---\nnewer: true\n", AuthorID: ada, At: noon})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.store.MovePrompt(t.Context(), "T0TEST", "suggest-reason.prompt", store.PromptChange{Kind: store.PromptPublish, PersonID: ada, At: noon,
		Seen: labels, Next: store.PromptLabels{Live: labels.Draft}}); err != nil {
		t.Fatal(err)
	}
	const want = ":warning: Version 1 should be live and cannot be read here; the original is used."
	if got := o.types(t, ada, "/coach", "prompts"); strings.Count(got, want) != 1 || strings.Contains(got, "live: the original, published") {
		t.Errorf("ada reads %s", got)
	}
}
