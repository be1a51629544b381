package bot_test

import (
	"strings"
	"testing"

	"cairn/bot"
)

// The form that the shortcut of a message opens names whom the message begins with, where
// they are known and written as a name is, and says what it cannot hold.
func TestQuotedMessage(t *testing.T) {
	t.Parallel()
	o := open(t)
	u, ctx := o.User(maya), t.Context()
	for _, l := range []string{"Dana Ruiz, Acme: call", "Will Berg, Beta: call"} {
		o.types(t, maya, "/log", l)
	}
	for text, want := range map[string]string{
		"Dana called, wants the price list by Friday": "Who was it?: [▾ Dana]",
		"Dana Ruiz: wants the price list":             "Who was it?: [▾ Dana Ruiz]",
		"will you call them back?":                    "Who was it?: [▾ ]",
		"Somebody called, wants prices":               "Who was it?: [▾ ]",
		strings.Repeat("word ", 1000):                 "characters, and this form holds 3000: the end is left out",
	} {
		m, err := u.Say(sales, text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := u.MessageShortcut(ctx, m.Ref(), bot.ShortcutMessage); err != nil {
			t.Fatal(err)
		}
		form := u.Modal()
		if form == nil {
			t.Fatal("no form for", text[:20])
		}
		shown := form.Text()
		for _, b := range form.Blocks {
			if h, ok := b["hint"].(map[string]any); ok {
				shown += "\n" + h["text"].(string)
			}
		}
		if !strings.Contains(shown, want) {
			t.Errorf("%q: no %q in\n%.600s", text[:20], want, shown)
		}
		if err := u.Close(ctx); err != nil {
			t.Fatal(err)
		}
	}
}
