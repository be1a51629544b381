package observe_test

import (
	"os"
	"strings"
	"testing"

	"cairn/bot/journey"
	"cairn/bot/observe"
)

func reader(t testing.TB) *observe.Reader {
	t.Helper()
	r, err := observe.New(os.DirFS("../../prompts/cues"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRead(t *testing.T) {
	r := reader(t)
	for _, c := range []struct {
		note      string
		channel   journey.Channel
		direction journey.Direction
		want      journey.Signal
		quote     string
	}{
		{"Accepted my connection request.", journey.Social, journey.In, journey.Connected, "Accepted my connection request"},
		{"Left a voicemail, no answer.", journey.Phone, journey.Out, journey.ReachedOut, ""},
		{"Please take me off your list. Nice weather though.", journey.Email, journey.In, journey.OptedOut, "Please take me off your list"},
		{"Signed the order today.", journey.Email, journey.In, journey.Revenue, "Signed the order today"},
	} {
		found := r.Read(observe.Note{Text: c.note, Channel: c.channel, Direction: c.direction}, observe.Context{})
		if len(found) != 1 || found[0].Signal != c.want {
			t.Errorf("%q: read %v, want %s", c.note, found, c.want)
			continue
		}
		if c.quote != "" && found[0].Quote != c.quote {
			t.Errorf("%q: quoted %q, want %q", c.note, found[0].Quote, c.quote)
		}
	}
}

func TestReadNothing(t *testing.T) {
	r := reader(t)
	for _, text := range []string{"", " ", "\x00\x00", "…", "\xff\xfe", strings.Repeat(" ", 40000)} {
		if found := r.Read(observe.Note{Text: text}, observe.Context{}); len(found) != 0 {
			t.Errorf("%.20q: read %v, want nothing", text, found)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	r := reader(b)
	n := observe.Note{Text: "Called her, she asked about the audit trail and will bring IT by Friday; wants the price for two more sites.", Channel: journey.Phone, Direction: journey.BothWay}
	c := observe.Context{}.After([]journey.Signal{journey.Revenue}, journey.Email, journey.In)
	for b.Loop() {
		r.Read(n, c)
	}
}
