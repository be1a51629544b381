package observe_test

import (
	"testing"

	"cairn/bot/journey"
	"cairn/bot/observe"
)

// Who bought from somebody else has said no, unless the note speaks on: the rule is
// tried where the weights alone show nothing, in notes of no channel.
func TestBoughtAway(t *testing.T) {
	r := reader(t)
	for note, want := range map[string]bool{
		"they bought from Siemens":                            true,
		"they have now ordered from Siemens":                  true,
		"in the end they signed with Siemens":                 true,
		"bought elsewhere":                                    true,
		"sie haben jetzt bei Siemens bestellt":                true,
		"they bought from Siemens three years ago":            false,
		"they bought from Siemens in 2019":                    false,
		"originally bought from Siemens":                      false,
		"vor drei Jahren bei Siemens gekauft":                 false,
		"their current line was bought from Siemens":          false,
		"her neighbour bought from Siemens":                   false,
		"they have not bought from Siemens":                   false,
		"if they bought from Siemens we would know":           false,
		"they bought from Siemens, asked for a quote of ours": false,
		"they bought from Siemens and want service for it":    false,
		"we bought from Siemens":                              false,
		"bought from us":                                      false,
		"signed with DocuSign":                                false,
		"bought 40 seats from Monday on":                      false,
	} {
		found := r.Read(observe.Note{Text: note, Channel: journey.Other, Direction: journey.BothWay}, observe.Context{})
		declined := false
		for _, f := range found {
			declined = declined || f.Signal == journey.Declined && f.Confidence >= 0.9
		}
		if declined != want {
			t.Errorf("%q: read %v, declined outright: want %v", note, found, want)
		}
	}
}

// What we buy is no sale, unless they say it: between quotation marks, or in a
// message of theirs that was pasted.
func TestOurPurchase(t *testing.T) {
	r := reader(t)
	for note, sale := range map[string]bool{
		"we bought new phones":               false,
		"I ordered lunch for all":            false,
		"we signed a new lease for the hall": false,
		"wir haben neue Büromöbel gekauft":   false,
		"nous avons acheté des chaises":      false,
		"we signed the contract":             true,
		"wir haben unterschrieben":           true,
		"she said: “we ordered 40 seats”":    true,
	} {
		for _, d := range []journey.Direction{journey.In, journey.BothWay, journey.Out} {
			found := r.Read(observe.Note{Text: note, Channel: journey.Other, Direction: d}, observe.Context{})
			if shows(found, journey.Revenue) && !sale || sale && d == journey.In && !shows(found, journey.Revenue) {
				t.Errorf("%q (%s): read %v", note, d, found)
			}
		}
	}
	pasted := observe.Note{Text: "Hi Mina, we ordered 40 seats today, the invoice goes to Tom.", Channel: journey.Email, Direction: journey.In}
	if found := r.Read(pasted, observe.Context{}); !shows(found, journey.Revenue) {
		t.Errorf("their own words: read %v", found)
	}
}
