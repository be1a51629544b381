package line_test

import (
	"strings"
	"testing"

	"cairn/bot/line"
)

// What no line takes for a name is none in a form either.
func TestCheckWho(t *testing.T) {
	for who, want := range map[string]line.Code{"Kim\x00": line.BadText, "Kim \xff": line.BadText, "@channel": line.NoWho, "@HERE": line.NoWho, "@U024BE7LH": line.NoWho,
		"<!channel>": line.NoWho, "<!here>, Orbit": line.NoWho, "<@U024BE7LH>": line.NoWho,
		strings.Repeat("Kim ", 60): line.TooLong, "Kim Lee, Orbit": "", "<Kim>": "", "@kim": "", "@WALTER": "", "kim@orbit.example": ""} {
		var got line.Code
		if p := line.CheckWho(who); p != nil {
			got = p.Code
		}
		if got != want {
			t.Errorf("%q: %q, want %q", who, got, want)
		}
	}
}
