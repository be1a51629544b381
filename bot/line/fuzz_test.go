package line_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"cairn/bot/line"
)

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"Dana Ruiz, Acme: call, asked about the audit trail, sent the checklist, will ask IT by Friday",
		"<mailto:dana@acme.com|dana@acme.com>: <!channel> <@U1> &lt;b&gt; at 9:30 :smile:",
		"Jürgen “Jo” Groß bei Müller GmbH & Co. KG: gestern, am 2. März 02.03. 31.02. 1/2",
		"🦊\u200d🦊: \u202e\u200b\u00a0", "“„«»\"'", "::::", "a:b:c", "in 99999999999 days", "vor 0 Tagen", "0000-00-00", "(", "@", "sent her “", "will", "on the", "by by by Friday", "يوم: خير", "0\xc3", "not before the", "erst im Herbst wieder", "to Dr. Dr. Leon von der Beta (", "'", "er will", "Mo., 2", "sent it today, will bis", "vor Weihnachten", "back on", "next week Tue", "not now, do not call before", "sent a + b / c, bounced", "will ring at 3pm", "in the week of 14 December", "left it with", "didn't say when he will", "call tomorrow, him and I",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		now := time.Date(2026, 3, 11, 15, 4, 0, 0, time.UTC)
		for _, p := range line.People(text) {
			if p.Name == "" {
				t.Fatalf("somebody without a name in %q: %+v", text, p)
			}
		}
		line.ParseWho(text).Several()
		line.Perhaps(text)
		line.IsAway(text)
		line.Shipped().LetBe(text, now)
		line.Shipped().AwayUntil(text, now)
		l, err := line.Shipped().Parse(text, now)
		plain := line.Unescape(text)
		if !strings.Contains(plain, l.Note) {
			t.Fatalf("the note %q is not in %q", l.Note, plain)
		}
		if l.At.After(now) {
			t.Fatalf("%q took place in the future: %s", text, l.At)
		}
		for _, words := range wordsOf(l) {
			if !strings.Contains(l.Note, words) {
				t.Fatalf("%q is not in the note %q", words, l.Note)
			}
		}
		if strings.ContainsRune(l.Note, 0) && err == nil || err == nil && !utf8.ValidString(l.Note) {
			t.Fatalf("%q was taken", text)
		}
		if err != nil || l.HasColon {
			return
		}
		// A note read by itself reads as it did in its line.
		again, err := line.Shipped().Read(l.Note, now)
		if err != nil || again.Note != l.Note || again.Channel != l.Channel || again.Direction != l.Direction || !again.At.Equal(l.At) || len(again.Steps) != len(l.Steps) {
			t.Fatalf("%q read again differs: %+v %v", l.Note, again, err)
		}
		for _, s := range line.Starts(text) {
			if s.Name == "" || !strings.HasSuffix(strings.TrimSpace(plain), s.Rest) {
				t.Fatalf("start %+v of %q", s, plain)
			}
		}
	})
}

func wordsOf(l line.Line) []string {
	words := []string{l.AtWords, l.ChannelWords}
	for _, s := range l.Steps {
		words = append(words, s.Words, s.Text)
	}
	for _, m := range append(l.Gives, l.Asks...) {
		words = append(words, m.Words, m.Object)
	}
	return words
}

func BenchmarkParse(b *testing.B) {
	now := wednesday(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := line.Shipped().Parse("Dana Ruiz, Acme: call yesterday, asked about the audit trail, sent the checklist, will ask IT by Friday", now); err != nil {
			b.Fatal(err)
		}
	}
}
