package chat

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
)

// Whatever is typed, all of it comes back, in parts that Slack takes.
func TestGivenBackWhole(t *testing.T) {
	t.Parallel()
	alphabets := map[string][]rune{
		"plain": []rune("abc def"), "markup": []rune("<>&*`_~@!"), "quotes": []rune("\"\\\n\t"), "emoji": []rune("🚀👩\u200d👩\u200d👧"),
		"right to left": []rune("שלום مرحبا"), "control": []rune("\x01\x02a\u2028"), "mixed": []rune("a<🚀ש\n\"&"),
	}
	for name, letters := range alphabets {
		for _, n := range []int{1, 2400, 2999, 11_499, 11_500, 11_501, 40_000} {
			var b strings.Builder
			for range n {
				b.WriteRune(letters[rand.IntN(len(letters))])
			}
			text := strings.TrimSpace(b.String())
			if text == "" {
				continue
			}
			r := &Request{Command: "/log", Typed: blockkit.Escape(text)}
			r.Kind = KindCommand
			parts := Say("*NOT saved.* The database cannot be reached just now. (E-123456)").GivingBack(r).Messages()
			var back strings.Builder
			for i, m := range parts {
				if _, ok := FitsAck(m); i == 0 && !ok {
					t.Errorf("%s, %d characters: the ack takes %d bytes", name, n, len(mustJSON(AsEphemeral(m))))
				}
				units := 0
				for _, block := range m.Blocks {
					switch b := block.(type) {
					case *slack.SectionBlock:
						units += len(b.Text.Text)
					case *slack.ContextBlock:
						units += 40
					case *slack.RichTextBlock:
						text := b.Elements[0].(*slack.RichTextPreformatted).Elements[0].(*slack.RichTextSectionTextElement).Text
						units += len(utf16.Encode([]rune(text)))
						back.WriteString(text)
					}
				}
				if units > 12_000 {
					t.Errorf("%s, %d characters: part %d takes %d", name, n, i+1, units)
				}
			}
			if got, _ := strings.CutPrefix(back.String(), "/log "); got != text {
				t.Errorf("%s, %d characters: %d bytes came back of %d", name, n, len(got), len(text))
			}
		}
	}
}

// Parts are pasted one below the other: no word is torn where a space is near, and
// no line where its end is.
func TestGivenBackCutBetweenWords(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ unit, end string }{
		"words": {"w0162 ", " "}, "lines": {"asked for the audit trail\n", "\n"}, "wide spaces": {"größer\u2003", "\u2003"},
	} {
		text := strings.TrimSpace(strings.Repeat(c.unit, 40_000/len(c.unit)))
		r := &Request{Command: "/log", Typed: blockkit.Escape(text)}
		r.Kind = KindCommand
		parts := Say("*NOT saved.* (E-123456)").GivingBack(r).Messages()
		if len(parts) < 3 {
			t.Fatalf("%s: %d parts", name, len(parts))
		}
		var back strings.Builder
		for i, m := range parts {
			part := m.Blocks[len(m.Blocks)-1].(*slack.RichTextBlock).Elements[0].(*slack.RichTextPreformatted).Elements[0].(*slack.RichTextSectionTextElement).Text
			back.WriteString(part)
			if i < len(parts)-1 && !strings.HasSuffix(part, c.end) {
				t.Errorf("%s: part %d ends in %q", name, i+1, part[len(part)-12:])
			}
		}
		if back.String() != "/log "+text {
			t.Errorf("%s: the parts joined are not what was typed", name)
		}
	}
}

// What was typed after /coach comes back with its verb.
func TestGivenBackWithItsVerb(t *testing.T) {
	t.Parallel()
	r := &Request{Command: "/coach", Typed: "sent dana &lt;checklist&gt;", Text: "dana checklist"}
	r.Kind = KindCommand
	if got := Typed(r); got != "/coach sent dana <checklist>" {
		t.Errorf("given back: %q", got)
	}
}
