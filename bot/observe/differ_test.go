package observe_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"cairn/bot/journey"
	"cairn/bot/observe"
)

// Where entries stand and how they are written makes no difference; what they say does,
// and one family can be taken over by itself, with what names it.
func TestDiffer(t *testing.T) {
	load := func(text string) *observe.Cues {
		t.Helper()
		c, err := observe.LoadCues(fstest.MapFS{"a.yaml": {Data: []byte(text)}})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	const was = "families:\n  buy:\n    signal: revenue\n    en: \"bought, paid up\"\n  deal:\n    en: \"{buy} today, done\"\nguards:\n  denied:\n    en: \"not, never\"\n"
	live := load(was)
	for _, tt := range []struct{ is, want string }{
		{was, "[]"},
		{"# another head\n" + was, "[]"},
		{strings.Replace(was, "bought, paid up", "Paid Up, bought, bought", 1), "[]"},
		{strings.Replace(was, "    en: \"bought", "    de: gekauft\n    en: \"bought", 1), "[{buy false}]"},
		{strings.Replace(was, "signal: revenue", "signal: referral", 1), "[{buy false}]"},
		{strings.Replace(was, "not, never", "not", 1), "[{denied true}]"},
		{strings.Replace(was, "guards:", "  denied:\n    en: not, never\nguards:", 1), "[{denied false}]"},
		{strings.Replace(was, "  deal:", "  trade:", 1), "[{deal false} {trade false}]"},
		{strings.Replace(strings.Replace(was, "never", "no", 1), "done", "sealed", 1), "[{deal false} {denied true}]"},
	} {
		draft := load(tt.is)
		found := live.Differ(draft)
		if got := fmt.Sprint(found); got != tt.want {
			t.Errorf("%s\ndiffers in %s, want %s", tt.is, got, tt.want)
		}
		with := live
		for _, f := range found {
			one := live.With(draft, f)
			if got := one.Differ(live); len(got) != 1 || got[0] != f {
				t.Errorf("with %v alone it differs in %v", f, got)
			}
			with = with.With(draft, f)
		}
		if got := with.Differ(draft); len(got) > 0 {
			t.Errorf("with all of them it still differs in %v", got)
		}
	}
}

// What one family is read with alone reads as a file with that change does.
func TestWithReads(t *testing.T) {
	r := reader(t)
	files := map[string]string{}
	text := cueFile(t, "guard.yaml")
	for _, name := range []string{"words.yaml", "phrases.yaml", "speech.yaml", "guard.yaml"} {
		files[name] = cueFile(t, name)
	}
	load := func(guard string) *observe.Cues {
		t.Helper()
		all := fstest.MapFS{"guard.yaml": {Data: []byte(guard)}}
		for name, text := range files {
			if name != "guard.yaml" {
				all[name] = &fstest.MapFile{Data: []byte(text)}
			}
		}
		c, err := observe.LoadCues(all)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	live, draft := load(text), load(strings.Replace(text, "  denied:\n    en: \"not, never, no, ", "  denied:\n    en: \"not, never, ", 1))
	found := live.Differ(draft)
	if len(found) != 1 || found[0] != (observe.Family{Name: "denied", Guard: true}) {
		t.Fatalf("differs in %v", found)
	}
	n := observe.Note{Text: "call, no purchase order yet", Channel: journey.Phone, Direction: journey.Out}
	was, is, with := r.WithCues(live).Read(n, observe.Context{}), r.WithCues(draft).Read(n, observe.Context{}), r.WithCues(live.With(draft, found[0])).Read(n, observe.Context{})
	if shows(was, journey.Revenue) || fmt.Sprint(is) != fmt.Sprint(with) {
		t.Errorf("read as %v, with the draft %v, with the family alone %v", was, is, with)
	}
}

func cueFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../prompts/cues/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
