package line_test

import (
	"testing"

	"cairn/bot/line"
)

// What was given without being named: by a word that stands for it, or by none.
func TestSentIt(t *testing.T) {
	for note, want := range map[string]line.Mention{
		"sent it today":                       {Words: "sent it", Object: "it"},
		"I sent it, he presents it on Friday": {Words: "sent it", Object: "it"},
		"sent them to her":                    {Words: "sent them", Object: "them"},
		"sent today":                          {Words: "sent"},
		"habe es ihm geschickt":               {Words: "habe es ihm geschickt", Object: "es"},
		"heute geschickt":                     {Words: "heute geschickt"},
		"je l'ai envoyé":                      {Words: "je l'ai envoyé", Object: "l"},
		"lo envié":                            {Words: "lo envié", Object: "lo"},
		"l'ho mandato":                        {Words: "l'ho mandato", Object: "l"},
		"heb het gestuurd":                    {Words: "heb het gestuurd", Object: "het"},
		"asked for the checklist, sent it":    {}, // named: the checklist
		"sent that calculator":                {},
		"emailed her yesterday":               {},
		"he sent it":                          {},
		"sent it back":                        {},
		"did not send it":                     {},
		"will send it tomorrow":               {},
		"sent twice, no answer":               {},
		"sent her a text":                     {},
	} {
		got := parse(t, "dana: "+note+".").SentIt
		got.Kind = ""
		if got != want {
			t.Errorf("%q: %+v, want %+v", note, got, want)
		}
	}
}

// What a step of ours is to give.
func TestPromised(t *testing.T) {
	for step, want := range map[string]struct {
		thing string
		ok    bool
	}{
		"I'll send him the downtime calculator":    {"downtime calculator", true},
		"I'll send him a plan for the pilot":       {"plan for the pilot", true},
		"promised to send the ROI study":           {"ROI study", true},
		"asked me to send the checklist":           {"checklist", true},
		"I owe him the tender checklist":           {"tender checklist", true},
		"ich schicke ihm bis Mittwoch die Vorlage": {"Vorlage", true},
		"ich werde ihm die Checkliste schicken":    {"Checkliste", true},
		"je lui envoie le calculateur":             {"calculateur", true},
		"le mando la guía":                         {"guía", true},
		"mando la guida":                           {"guida", true},
		"vou mandar o estudo":                      {"estudo", true},
		"ik stuur haar de checklist":               {"checklist", true},
		"promised her the ROI sheet":               {"ROI sheet", true},
		"promised him the checklist for Friday":    {"checklist", true},
		"ihr die Checkliste versprochen":           {"Checkliste", true},
		"promised to call":                         {"", false},
		"promised him an answer":                   {"answer", true},
		"I promised to send the quote":             {"", true},
		"I'll send it":                             {"", true},
		"I'll call back":                           {"", false},
		"demo on Monday 21 December at 9":          {"", false},
		"she wants a quote":                        {"", false},
		"needs business case":                      {"business case", true},
		"braucht die Unterlagen":                   {"Unterlagen", true},
		"wants to decide":                          {"", false},
	} {
		if thing, ok := line.Promised(step); thing != want.thing || ok != want.ok {
			t.Errorf("%q: %q %v, want %q %v", step, thing, ok, want.thing, want.ok)
		}
	}
}
