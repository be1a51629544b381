package coach_test

import (
	"slices"
	"strings"
	"testing"

	"cairn/bot/coach"
	"cairn/bot/line"
	"cairn/bot/observe"
	"cairn/prompts"
	"cairn/store"
)

func TestReferred(t *testing.T) {
	reader, err := observe.New(prompts.Cues())
	if err != nil {
		t.Fatal(err)
	}
	c := &coach.Coach{Reader: reader}
	dana := store.Contact{Name: "Dana Ruiz", Company: store.Company{Name: "Acme GmbH"}}
	leon := []line.Person{{Name: "Leon Krug", Company: "Beta Pumps"}}
	for _, k := range []struct {
		note, quote string
		want        []line.Person
	}{
		{"call, introduced us to Leon Krug at Beta Pumps. Met Max Roth of Siemens there", "introduced us to Leon Krug at Beta Pumps", leon},
		{"put us in touch with Leon Krug (Beta Pumps), he is keen", "put us in touch with Leon Krug", leon},
		{"gave us Dr. Amin at Sanders Hill", "gave us Dr. Amin at Sanders Hill", []line.Person{{Name: "Dr. Amin", Company: "Sanders Hill"}}},
		{"met Max Roth of Siemens. introduced us to Leon Krug at Beta Pumps", "", []line.Person{{Name: "Max Roth", Company: "Siemens"}, leon[0]}},
		{"introduced us to Max Roth at Acme", "introduced us to Max Roth at Acme", nil},
		{"Leon Krug introduced us to Dana Ruiz", "Leon Krug introduced us to Dana Ruiz", nil},
	} {
		signals := []store.Signal{{Signal: "asked_for_more", Quote: "call"}, {Signal: "referral", Quote: k.quote, Start: max(0, strings.Index(k.note, k.quote))}}
		if got := c.Referred(dana, k.note, signals); !slices.Equal(got, k.want) {
			t.Errorf("%q: %+v, want %+v", k.note, got, k.want)
		}
		if got := c.Referred(dana, k.note, signals[:1]); got != nil {
			t.Errorf("%q without a referral: %+v, want nobody", k.note, got)
		}
	}
}
