package line_test

import (
	"strings"
	"testing"
	"time"

	"cairn/bot/line"
)

// A note without a mark is one clause, as long as a note may be: reading it costs about what the
// same words cost that are cut into short ones. The bound is far from both: a slow machine is slow
// with either, and looking at each clause anew for each of its words costs thousands of times as much.
func TestALongClauseCostsWhatShortOnesCost(t *testing.T) {
	t.Parallel()
	const times = 60
	now := wednesday(t)
	took := func(note string) time.Duration {
		start := time.Now()
		if _, err := line.Shipped().Read(note, now); err != nil {
			t.Fatal(err)
		}
		return time.Since(start)
	}
	for name, words := range map[string]string{
		"turns": strings.Repeat("and ", 1300) + strings.Repeat("and he'll ", 650),
		"pads":  strings.Repeat("aa ", 2000) + strings.Repeat("and he'll ", 550),
		"steps": strings.Repeat("i will and he'll ", 700),
		"days":  strings.Repeat("by friday ", 1150),
	} {
		long, short := words, strings.ReplaceAll(words, "and ", "and. ")
		if short = short[:min(len(short), line.MaxChars)]; name == "days" {
			short = strings.ReplaceAll(words[:len(words)/2], "friday", "friday.")
		}
		ok := false
		for range 3 { // another program may have had the machine
			ok = ok || took(long) < times*took(short)
		}
		if !ok {
			t.Errorf("%s: one clause of %d characters costs more than %d times what short ones cost", name, len(long), times)
		}
	}
}
