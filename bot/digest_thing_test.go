package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"cairn/bot/llm/llmtest"
	"cairn/bot/slacksim"
	"cairn/bot/workshop"
	"cairn/store"
)

// What a preview shows is what its button posts, in the model's words too, on
// any replica and without asking once more; unless the prompt that made them is
// not live any more.
func TestDigestPostedAsPreviewed(t *testing.T) {
	for name, rolledBack := range map[string]bool{"as it was": false, "with another prompt": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := openWith(t, llmtest.New(t, func(llmtest.Call) llmtest.Reply { return llmtest.Says(`{"line":"3 people asked you and still wait."}`) }))
			o.give(t, ada, store.Admin)
			for person, note := range map[string]string{maya: "Dana Ruiz, Acme", eli: "Lee Park, Beta", ada: "Kim Ono, Delta"} {
				o.types(t, person, "/log", note+": call, asked for the price list")
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			o.hasRead(ctx, t)
			o.clock.move(9 * 24 * time.Hour)
			if _, err := o.User(ada).Slash(ctx, sales, "/coach", "digest now"); err != nil {
				t.Fatal(err)
			}
			preview, err := o.WaitMessage(ctx, sales, ada, func(m slacksim.Message) bool { return strings.Contains(slacksim.Text(m), "[Post it here]") })
			if err != nil {
				t.Fatal(err)
			}
			if got := slacksim.Text(preview); !strings.Contains(got, "*This week, as a team:* 3 people asked you and still wait.") {
				t.Fatalf("the preview is not in the model's words: %s", got)
			}
			calls, want, engine := len(o.model.Calls()), "3 people asked you and still wait.", "model"
			if rolledBack {
				want, engine = "have had no answer yet", "built-in"
				o.publish(ctx, t, "digest-one-thing.prompt", "You phrase one thing", "You phrase the one thing")
			}
			if _, err := o.User(ada).Click(ctx, preview.Ref(), "Post it here"); err != nil {
				t.Fatal(err)
			}
			posted, err := o.WaitMessage(ctx, sales, maya, func(m slacksim.Message) bool { return strings.Contains(slacksim.Text(m), "The week of") })
			if err != nil {
				t.Fatal(err)
			}
			if got := slacksim.Text(posted); !strings.Contains(got, want) {
				t.Errorf("%q was not posted: %s", want, got)
			}
			var used string
			if err := o.Wait(ctx, func() bool {
				return o.store.Pool().QueryRow(ctx, `select engine from prompt_uses where made = 'digest'`).Scan(&used) == nil
			}); err != nil || used != engine {
				t.Errorf("kept as used: %q, %v", used, err)
			}
			if n := len(o.model.Calls()); n != calls {
				t.Errorf("the model was asked %d times more", n-calls)
			}
		})
	}
}

// A team's wording that has no room for what there is to say gives way to the
// original, which is recorded: the digest is not kept back by it.
func TestDigestOutlivesItsWording(t *testing.T) {
	o := open(t)
	o.give(t, ada, store.Admin)
	for person, note := range map[string]string{maya: "Dana Ruiz, Acme", eli: "Lee Park, Beta", ada: "Kim Ono, Delta"} {
		o.types(t, person, "/log", note+": call, asked for the price list")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	o.clock.move(9 * 24 * time.Hour)
	// its examples have it say another thing, so saving it finds nothing
	o.publish(ctx, t, "digest-lines.prompt", "*Nobody is known to have moved on*", strings.Repeat("nobody moved on ", 50))
	reply, err := o.User(ada).Slash(ctx, sales, "/coach", "digest now")
	if err != nil || reply.Message == nil {
		t.Fatal(err, reply)
	}
	if got := slacksim.Text(*reply.Message); !strings.Contains(got, "*Nobody is known to have moved on*.") {
		t.Error(got)
	}
	if _, err := o.User(ada).Click(ctx, reply.Message.Ref(), "Post it here"); err != nil {
		t.Fatal(err)
	}
	var used string
	if err := o.Wait(ctx, func() bool {
		return o.store.Pool().QueryRow(ctx, `select version from prompt_uses where made = 'digest-lines'`).Scan(&used) == nil
	}); err != nil || !strings.HasPrefix(used, "digest-lines@0-") {
		t.Errorf("kept as used: %q, %v", used, err)
	}
}

// publish makes a changed file live, and has the bot follow.
func (o *office) publish(ctx context.Context, t *testing.T, file, was, is string) {
	t.Helper()
	files, err := workshop.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(files[file], was, is, 1)
	labels, err := o.store.PromptLabels(ctx, "T0TEST", file)
	if err != nil {
		t.Fatal(err)
	}
	_, labels, err = o.store.SaveDraft(ctx, "T0TEST", store.PromptDraft{File: file, Text: text, AuthorID: ada, SeenLive: labels.Live, SeenDraft: labels.Draft, At: o.clock.now()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.store.MovePrompt(ctx, "T0TEST", file, store.PromptChange{Kind: store.PromptPublish, Seen: labels,
		Next: store.PromptLabels{Live: labels.Draft}, PersonID: ada, At: o.clock.now()}); err != nil {
		t.Fatal(err)
	}
	o.types(t, ada, "/coach", "prompts") // listing follows
}
