package observe_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/observe"
)

// Lines as they are typed after /log, read as the bot reads them: how and from whom
// they came is what bot/line makes of them, which is mostly nothing.
func TestTypedLines(t *testing.T) {
	r := reader(t)
	data, err := os.ReadFile("testdata/typed.txt")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]observe.Context{
		"new":      {},
		"met":      observe.Context{}.After([]journey.Signal{journey.SharedNeeds}, journey.Meeting, journey.BothWay),
		"customer": observe.Context{}.After([]journey.Signal{journey.Revenue}, journey.Email, journey.In),
		"cross": observe.Context{}.After([]journey.Signal{journey.Revenue}, journey.Email, journey.In).
			After([]journey.Signal{journey.Complained}, journey.Phone, journey.In),
	}
	notes := 0
	for row := range strings.Lines(string(data)) {
		if strings.HasPrefix(row, "#") {
			continue
		}
		parts := strings.SplitN(strings.TrimSpace(row), " | ", 4)
		if len(parts) != 4 {
			t.Fatalf("%q is not: known as | must | must not | note", row)
		}
		c, ok := known[parts[0]]
		if !ok {
			t.Fatalf("%q: known as %q", row, parts[0])
		}
		notes++
		must, never, note := group(parts[1]), typedGroup(parts[2]), parts[3]
		l, err := line.Read(note, time.Date(2026, time.November, 26, 10, 0, 0, 0, time.UTC))
		if err != nil {
			t.Errorf("%q: %v", note, err)
		}
		found := r.Read(observe.Note{Text: note, Channel: l.Channel, Direction: l.Direction, At: l.At}, c)
		for _, f := range found {
			if parts[2] == "!" || slices.Contains(never, f.Signal) {
				t.Errorf("%s: %q was read as %s (%q)", parts[0], note, f.Signal, f.Quote)
			}
		}
		if len(must) > 0 && !slices.ContainsFunc(must, func(s journey.Signal) bool { return shows(found, s) }) {
			t.Errorf("%s: %q was read as %v, want %v", parts[0], note, found, must)
		}
	}
	if notes < 50 {
		t.Errorf("there are %d typed lines, want at least 50", notes)
	}
}

func typedGroup(text string) []journey.Signal {
	if strings.Contains(text, "theirs") {
		return append(group(strings.ReplaceAll(text, "theirs", "-")), journey.AskedForMore, journey.GaveContact, journey.Subscribed, journey.Connected, journey.SharedNeeds)
	}
	return group(text)
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
