package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cairn/store"
)

// What was worded at once and what a model made of it are one thing, whatever came between,
// so that what the rep saw first is not pushed out; what a model worded alone stands alone.
func TestWordedOnce(t *testing.T) {
	begin := time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)
	for told, want := range map[string]string{
		"draft built-in 0, draft model 1":                                                                    "draft@0+model@1",
		"draft built-in 0, questions built-in 1, draft model 2, questions model 3":                           "questions@1+model@3, draft@0+model@2",
		"draft built-in 0, draft built-in 1, draft model 2, draft model 3":                                   "draft@1+model@2, draft@0+model@3",
		"draft built-in 0, draft model 20":                                                                   "draft model@20, draft@0",
		"draft model 0":                                                                                      "draft model@0",
		"draft built-in 0, reminder built-in 1, questions built-in 2, draft built-in 3":                      "draft@3, questions@2, reminder@1",
		"reminder built-in 0, draft built-in 1, questions built-in 2, reminder built-in 3, reminder model 4": "reminder@3+model@4, questions@2, draft@1",
	} {
		var uses []store.PromptUse
		for one := range strings.SplitSeq(told, ", ") {
			var u store.PromptUse
			var minute int
			if _, err := fmt.Sscan(one, &u.Made, &u.Engine, &minute); err != nil {
				t.Fatal(err)
			}
			if u.At = begin.Add(time.Duration(minute) * time.Minute); u.Engine == "model" {
				u.Model = "small"
			}
			uses = append([]store.PromptUse{u}, uses...)
		}
		var got []string
		for _, w := range wordedOnce(uses) {
			text := w.first.Made
			if w.first.Model != "" {
				text += " model"
			}
			text += fmt.Sprintf("@%.0f", w.first.At.Sub(begin).Minutes())
			if w.again != nil {
				text += fmt.Sprintf("+model@%.0f", w.again.At.Sub(begin).Minutes())
			}
			got = append(got, text)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %s, want %s", told, strings.Join(got, ", "), want)
		}
	}
}

// Only what spoke for an item is told among its reasons, whatever its name says; a correction
// that nobody would understand is told on neither side.
func TestSpokeWords(t *testing.T) {
	for _, c := range []struct {
		what string
		pick store.Pick
		want string
	}{
		{"none", store.Pick{}, ""},
		{"for it alone", store.Pick{Features: []string{"stage", "topic"}}, "\nWhat spoke for it most: it is made for where they stand; it is about their very words."},
		{"what may do both", store.Pick{Features: []string{"stage"}, Against: []string{"outside", "role", "purpose"}},
			"\nWhat spoke for it most: it is made for where they stand.\nWhat spoke against it: it is not made for their industry, as nothing is; it is made for somebody else than them; their last step calls for something else."},
		{"a correction the other way about", store.Pick{Features: []string{"industry", "answered"}, Against: []string{"made", "akin", "pointed", "teaches"}},
			"\nWhat spoke for it most: it is made for their industry."},
		{"more than are told", store.Pick{Features: []string{"stage", "topic", "latest", "kind", "beside", "need"}},
			"\nWhat spoke for it most: it is made for where they stand; it is about their very words; it is about what they spoke of last; it is of the kind that is called for; and 1 more."},
		{"of another version", store.Pick{Features: []string{"hue"}, Against: []string{"tint"}}, "\nWhat spoke for it most: hue.\nWhat spoke against it: tint."},
	} {
		if got := spokeWords(c.pick); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}
