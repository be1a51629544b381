package observe_test

import (
	"os"
	"slices"
	"testing"

	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/observe/eval"
)

// Lines as they are typed after /log, read as the bot reads them: how and from whom
// they came is what bot/line makes of them, which is mostly nothing. They are what drafts
// of cues are tried on, too.
func TestTypedLines(t *testing.T) {
	r := reader(t)
	lines, err := eval.Lines(os.DirFS("testdata"))
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) < 800 {
		t.Errorf("there are %d lines, want at least 800", len(lines))
	}
	for _, l := range lines {
		found := r.Read(l.Note, l.Known)
		var read []journey.Signal
		for _, f := range found {
			read = append(read, f.Signal)
		}
		if !l.Holds(read) {
			t.Errorf("of %s: %q was read as %v, right is: %s", l.Of, l.Note.Text, found, l.Right)
		}
	}
}

// The dot of a German day closes no clause, so that no quote is cut there; that of a
// sentence does.
func TestDotOfADay(t *testing.T) {
	r := reader(t)
	for note, want := range map[string]string{
		"hat unterschrieben am 12.5. in Ulm":                 "hat unterschrieben am 12.5. in Ulm",
		"hat bestellt, Lieferung am 3. März frei Haus":       "hat bestellt, Lieferung am 3. März frei Haus",
		"ordered 40 seats. Starts in May":                    "ordered 40 seats",
		"bought it, defects fell to 2.5. Wants a visit soon": "bought it, defects fell to 2.5",
	} {
		found := r.Read(observe.Note{Text: note, Channel: journey.Email, Direction: journey.In}, observe.Context{})
		if !slices.ContainsFunc(found, func(f observe.Finding) bool { return f.Quote == want }) {
			t.Errorf("%q: read %v, want the quote %q", note, found, want)
		}
	}
}
