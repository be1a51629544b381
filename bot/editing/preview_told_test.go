package editing

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"cairn/bot/workshop"
)

// However long the parts are and whatever differs, what five contacts are told stands within
// what Slack shows of a message, each of them is named, and what is left out is said.
func TestToldOfFiveFits(t *testing.T) {
	long := func(word string) string { return strings.Repeat(word+" <&> and more\n", 600) }
	five := func(system, user func(i int) string) (all []workshop.Result) {
		for i := range maxPreview {
			all = append(all, workshop.Result{System: system(i), User: user(i)})
		}
		return all
	}
	same := func(s string) func(int) string { return func(int) string { return s } }
	each := func(s string) func(int) string {
		return func(i int) string { return fmt.Sprintf("%d\n%s", i, long(s)) }
	}
	var cases []workshop.Case
	for i := range maxPreview {
		cases = append(cases, workshop.Case{Name: fmt.Sprintf("Contact %d", i)})
	}
	for name, tt := range map[string]struct {
		was, is  []workshop.Result
		hasDraft bool
		shares   int
	}{
		"one System part":         {five(same(long("a")), each("u")), five(same(long("a")), each("u")), false, 1},
		"each its own":            {five(each("a"), each("u")), five(each("a"), each("u")), false, 5},
		"the same change":         {five(same(long("a")), each("u")), five(same(long("b")), each("v")), true, 1},
		"each its own, all new":   {five(each("a"), each("u")), five(each("b"), each("v")), true, 5},
		"each its own, unchanged": {five(each("a"), each("u")), five(each("a"), each("u")), true, 5},
	} {
		blocks := toldBlocks(cases, tt.was, tt.is, tt.hasDraft)
		sent, err := json.Marshal(blocks)
		if err != nil {
			t.Fatal(err)
		}
		shown := 0
		var text strings.Builder
		for _, b := range blocks {
			switch b := b.(type) {
			case *slack.SectionBlock:
				shown += len([]rune(b.Text.Text))
				text.WriteString(b.Text.Text)
			case *slack.RichTextBlock:
				words, _ := richText(t, b)
				shown += len([]rune(words))
			}
		}
		if shown > 12_000 || len(blocks) > 40 {
			t.Errorf("%s: %d characters in %d blocks", name, shown, len(blocks))
		}
		if got := len(bySystem(tt.was, tt.is)); got != tt.shares {
			t.Errorf("%s: %d shares, want %d", name, got, tt.shares)
		}
		for _, c := range cases {
			if !strings.Contains(text.String(), "*"+c.Name+"*") {
				t.Errorf("%s: nothing of %s", name, c.Name)
			}
		}
		if left := strings.Count(string(sent), "leave more"); left < maxPreview {
			t.Errorf("%s: told %d times that there is more", name, left)
		}
	}
}

// What is left out of a part is counted as it was written, whatever becomes of its marks.
func TestFencedPartTellsWhatIsLeftOut(t *testing.T) {
	for name, text := range map[string]string{
		"marks":            strings.Repeat("<item>", 240),
		"marks at its end": strings.Repeat("a", 1400) + strings.Repeat("<b>", 13),
		"none":             strings.Repeat("ä", 1600),
	} {
		whole, raw := utf8.RuneCountInString(text), strings.NewReplacer("&lt;", "<", "&gt;", ">")
		got := fencedPart(text, 1500)
		fence, told, cut := strings.Cut(got, "…```\n(")
		kept := utf8.RuneCountInString(raw.Replace(strings.TrimPrefix(fence, "```")))
		if want := fmt.Sprintf("%d characters more of it;", whole-kept); !cut || kept >= whole || !strings.HasPrefix(strings.ReplaceAll(told, ",", ""), want) {
			t.Errorf("%s: want %q, got %q", name, want, told)
		}
	}
	if got := fencedPart(strings.Repeat("<b>", 10), 1500); strings.Contains(got, "more of it") {
		t.Errorf("all of it is there: %s", got)
	}
}
