package line_test

import (
	"strings"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/line"
)

func TestBehind(t *testing.T) {
	for _, tt := range []struct {
		typed, name, company string
		how                  journey.Channel
		sure                 bool
	}{
		{"Finn Lorenz, Cobalt", "", "", "", false},
		{"call Finn Lorenz", "Finn Lorenz", "", journey.Phone, true},
		{"Call Finn Lorenz, Cobalt", "Finn Lorenz", "Cobalt", journey.Phone, false},
		{"quick call with Finn Lorenz at Cobalt", "Finn Lorenz", "Cobalt", journey.Phone, true},
		{"call An Lee", "An Lee", "", journey.Phone, true},
		{"call finn", "finn", "", journey.Phone, false},
		{"mail to finn@cobalt.example", "", "", journey.Email, true},
		{"Met Finn Lorenz", "Finn Lorenz", "", journey.Meeting, true},
		{"Met Office", "Office", "", journey.Meeting, false},
		{"Call Center Solutions", "Center Solutions", "", journey.Phone, false},
		{"Mail Boxes Madrid", "Boxes Madrid", "", journey.Email, false},
		{"Chat Noir", "Noir", "", journey.Chat, false},
		{"Telefonat mit Finn Lorenz", "Finn Lorenz", "", journey.Phone, true},
		{"Mail an Finn Lorenz, Cobalt", "Finn Lorenz", "Cobalt", journey.Email, true},
		{"call", "", "", "", false},
		{"Call, Cobalt", "", "", "", false},
		{"Fair Isle Foods", "", "", "", false},
		{"", "", "", "", false},
	} {
		who, how, sure := line.ParseWho(tt.typed).Behind()
		if who.Name != tt.name || who.Company != tt.company || how != tt.how || sure != tt.sure {
			t.Errorf("%q: %+v by %q, sure %v", tt.typed, who, how, sure)
		}
	}
}

func TestMarksOfAnAnsweredMailAreNobody(t *testing.T) {
	for typed, want := range map[string][2]string{
		"Re: Finn Lorenz, Cobalt: asked for prices": {"Finn Lorenz, Cobalt", "asked for prices"},
		"RE: Fwd: Finn Lorenz: asked: prices":       {"Finn Lorenz", "asked: prices"},
		"AW: Finn Lorenz: asked":                    {"Finn Lorenz", "asked"},
		"Re: finn@cobalt.example: asked":            {"finn@cobalt.example", "asked"},
		"AW: told me: send it":                      {"AW", "told me: send it"},
		"Re: your quote: she is fine with it":       {"", "Re: your quote: she is fine with it"},
		"re: called":                                {"", "re: called"},
		"Rena: called":                              {"Rena", "called"},
	} {
		l, err := line.Shipped().Parse(typed, time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC))
		if l.Who.Raw != want[0] || l.Note != want[1] {
			t.Errorf("%q: who %q, note %q (%v)", typed, l.Who.Raw, l.Note, err)
		}
	}
	if got := line.Starts("Re: dana: called"); len(got) != 1 || got[0].Name != "dana" || got[0].Rest != "called" {
		t.Errorf("starts: %+v", got)
	}
	_, _ = line.Shipped().Parse(strings.Repeat("aw:", 4000), time.Now()) // costs no more than its length
}
