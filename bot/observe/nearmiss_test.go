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

// TestNearMisses: a word or two decide whether something happened at all, with
// whom, and whose act it was. However the note came, what it must not show it
// shows never; what it must show, it shows when it is typed.
func TestNearMisses(t *testing.T) {
	r := reader(t)
	data, err := os.ReadFile("testdata/near-miss.txt")
	if err != nil {
		t.Fatal(err)
	}
	notes := 0
	for line := range strings.Lines(string(data)) {
		parts := strings.SplitN(strings.TrimSpace(line), " | ", 3)
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(parts) != 3 {
			t.Fatalf("%q is not: must | must not | note", line)
		}
		notes++
		must, never, note := group(parts[0]), group(parts[1]), parts[2]
		for _, direction := range []journey.Direction{journey.BothWay, journey.In, journey.Out} {
			for _, channel := range []journey.Channel{journey.Other, journey.Phone, journey.Email} {
				found := r.Read(observe.Note{Text: note, Channel: channel, Direction: direction}, observe.Context{})
				for _, f := range found {
					if parts[1] == "!" || slices.Contains(never, f.Signal) && !theirs(never, direction) {
						t.Errorf("%q (%s, %s) was read as %s", note, channel, direction, f.Signal)
					}
				}
			}
		}
		if found := asTyped(t, r, note); len(must) > 0 && !slices.ContainsFunc(must, func(s journey.Signal) bool { return shows(found, s) }) {
			t.Errorf("%q was read as %v, want %v", note, found, must)
		}
	}
	if notes < 60 {
		t.Errorf("there are %d near misses, want at least 60", notes)
	}
}

// asTyped is what r reads in a line of somebody new: how and from whom it came is
// what bot/line makes of it, which is mostly nothing.
func asTyped(t *testing.T, r *observe.Reader, note string) []observe.Finding {
	t.Helper()
	l, err := line.Shipped().Read(note, time.Date(2026, time.November, 26, 10, 0, 0, 0, time.UTC))
	if err != nil {
		t.Errorf("%q: %v", note, err)
	}
	return r.Read(observe.Note{Text: note, Channel: l.Channel, Direction: l.Direction, At: l.At}, observe.Context{})
}

// theirs: a note that came from them says "sent the list" of their act.
func theirs(never []journey.Signal, d journey.Direction) bool {
	return d == journey.In && slices.Contains(never, journey.AskedForMore)
}

func group(text string) (list []journey.Signal) {
	for name := range strings.SplitSeq(text, ",") {
		switch name {
		case "-", "!":
		case "sale":
			list = append(list, journey.Revenue, journey.RepeatOrder, journey.Expanded, journey.Referral, journey.Recommendation)
		default:
			list = append(list, journey.Signal(name))
		}
	}
	return list
}
