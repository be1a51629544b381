package blockkit_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"cairn/bot/blockkit"
)

// A notification shows words as they are to be typed: marks go, an underscore within a
// word stays.
func TestFallbackKeepsWords(t *testing.T) {
	for typed, want := range map[string]string{
		"*Nobody* is an admin: set `CAIRN_ADMINS=U1`": "Nobody is an admin: set CAIRN_ADMINS=U1",
		"“call”   _(life cycle: awareness)_":          "“call”   (life cycle: awareness)",
		"_all of it_, team_id_":                       "all of it, team_id",
		"_":                                           "",
	} {
		if got := blockkit.Fallback(typed); got != want {
			t.Errorf("%q: %q", typed, got)
		}
	}
}

// Words that are shown turn round nothing beside them, and stay words.
func TestEscape(t *testing.T) {
	for typed, want := range map[string]string{
		"<!channel> & co":                 "&lt;!channel&gt; &amp; co",
		"she \u202esaid no\u202c":         "she said no",
		"\u2067مرحبا\u2069 \u2066a\u2069": "مرحبا a",
	} {
		if got := blockkit.Escape(typed); got != want {
			t.Errorf("%q: %q", typed, got)
		}
	}
}

// Whatever stands in a text, what is cut of it has its fence whole, no half of an entity,
// and no more characters than it may have.
func TestCutWhole(t *testing.T) {
	for name, one := range map[string]string{"ampersands": "R&D ", "angles": "a < b > c ", "fences": "```", "umlauts": "für Öl ", "plain": "word "} {
		for _, n := range []int{7, 20, 21, 22, 23, 24, 25, 26, 400} {
			fenced := blockkit.FencedWithin(strings.Repeat(one, 200), n)
			inner, ok := strings.CutSuffix(strings.TrimPrefix(fenced, "```"), "```")
			bare := strings.NewReplacer("&amp;", "", "&lt;", "", "&gt;", "").Replace(inner)
			if !ok || utf8.RuneCountInString(fenced) > n || strings.ContainsAny(bare, "&<>") || strings.Contains(inner, "```") || !strings.HasSuffix(inner, "…") {
				t.Errorf("%s in %d: %q", name, n, fenced)
			}
		}
	}
	if got := blockkit.FencedWithin("R&D", 13); got != "```R&amp;D```" {
		t.Errorf("what fits is cut: %q", got)
	}
}

// A button carries as much of a value as Slack takes in whatever it counts, whole characters.
func TestCarried(t *testing.T) {
	t.Parallel()
	for _, s := range []string{strings.Repeat("x", blockkit.MaxValue), strings.Repeat("x", blockkit.MaxValue+1), "x" + strings.Repeat("🙂", blockkit.MaxValue)} {
		got := blockkit.Carried(s)
		if !blockkit.Carries(got) || !utf8.ValidString(got) || len(got) < blockkit.MaxValue-6 {
			t.Errorf("%d bytes of %d", len(got), len(s))
		}
		if blockkit.Carries(s) != (got == s) {
			t.Errorf("%.10s… was changed for nothing", s)
		}
	}
}

// What is shown without markup, as the names on buttons and the titles in menus are, turns
// nothing round either, and what of it counts fits.
func TestPlainTextKeepsItsDirection(t *testing.T) {
	turned := "\u202eDana\u202c \u2067Ruiz\u2069"
	if got := blockkit.Button("id", turned, "1").Text.Text; got != "Dana Ruiz" {
		t.Errorf("a button says %q", got)
	}
	if got := blockkit.Button("id", strings.Repeat("\u202e", blockkit.MaxButton)+"Dana", "1").Text.Text; got != "Dana" {
		t.Errorf("a button says %q", got)
	}
	if got := blockkit.PlainText(turned).Text; got != "Dana Ruiz" {
		t.Errorf("plain text says %q", got)
	}
}
