package observe_test

import (
	"testing"

	"cairn/bot/journey"
	"cairn/bot/observe"
)

// What hurried lines say that were read as something else: an answer still to come is no
// no, a wish to be left until a day is no wish to be left for good, words of others in a
// talk are no quote of ours, our own ask is no wish of theirs.
func TestSaidOtherwise(t *testing.T) {
	r := reader(t)
	for note, want := range map[string]struct{ is, not journey.Signal }{
		"end of the month they tell us yes or no":                                {"", journey.Declined},
		"Ende März sagen sie uns ja oder nein":                                   {"", journey.Declined},
		"she asked to be left alone until March, knows what we do":               {journey.Postponed, journey.OptedOut},
		"lassen Sie uns in Ruhe reden, sagte sie":                                {"", journey.OptedOut},
		"lassen sie das in Ruhe prüfen":                                          {"", journey.OptedOut},
		"sie sagte, lassen Sie uns in Ruhe":                                      {journey.OptedOut, ""},
		"hat uns ihre Ziele genannt, bis Februar in Ruhe lassen":                 {"", journey.OptedOut},
		"please leave us alone, don't write again":                               {journey.OptedOut, ""},
		"kein Budget dieses Jahr, soll mich nach Ostern wieder melden":           {journey.Postponed, journey.Declined},
		"not this year, not the next, not ever":                                  {"", journey.Postponed},
		"budget frozen, he declined, chose a rival":                              {journey.Declined, ""},
		"she quoted our competitor in her talk at Hannover":                      {"", journey.ProposalDiscussed},
		"er hat in seinem Vortrag unseren Wettbewerber zitiert":                  {"", journey.NoticedUs},
		"citó a nuestro competidor en su charla":                                 {"", journey.NoticedUs},
		"she quoted us in her talk":                                              {journey.Recommendation, journey.ProposalDiscussed},
		"asked if she'd do a reference for us, said she'd sleep on it":           {journey.Replied, journey.AskedForMore},
		"swapped cards, he'd like our case study from the dairy plant":           {journey.AskedForMore, journey.SawItWork},
		"PO is coming Monday, she has the signature already":                     {journey.VerbalYes, journey.Revenue},
		"Bestellung kommt am Montag":                                             {journey.VerbalYes, journey.Revenue},
		"PO came in this morning":                                                {journey.Revenue, ""},
		"liked my post and left a comment asking how long the rollout took":      {journey.Replied, journey.NoticedUs},
		"says since using it call-outs are down a third":                         {journey.ValueStory, ""},
		"er hat sich über die langen Antwortzeiten vom Support beschwert":        {journey.Complained, ""},
		"er hat sich nicht über den Support beschwert":                           {"", journey.Complained},
		"me pidió un ejemplo de otra planta de alimentación, se lo mando mañana": {journey.AskedForMore, ""},
		"he's leaving at Christmas, Dorte Lund takes over from January":          {"", journey.SharedNeeds},
		"asked her for feedback on the trial report":                             {"", journey.AskedForMore},
	} {
		found := r.Read(observe.Note{Text: note, Channel: journey.Other, Direction: journey.BothWay}, observe.Context{})
		if want.is != "" && !shows(found, want.is) || want.not != "" && shows(found, want.not) {
			t.Errorf("%q: read %v, want %q and not %q", note, found, want.is, want.not)
		}
	}
}
