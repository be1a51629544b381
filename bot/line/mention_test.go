package line_test

import (
	"slices"
	"strings"
	"testing"
)

func TestGives(t *testing.T) {
	for note, want := range map[string][]string{
		"call, sent the checklist":                             {"checklist"},
		"sent her the checklist and the ROI study":             {"checklist", "ROI study"},
		"emailed Gareth the seal failure checklist":            {"seal failure checklist"},
		"shared the ROI study with her":                        {"ROI study"},
		"sent her “Audit checklist for SaaS buyers”":           {"Audit checklist for SaaS buyers"},
		"called and sent the guide to night permits yesterday": {"guide"},
		"sent the guide on permits":                            {"guide on permits"},
		"gave her the handbook":                                {"handbook"},
		"checklist sent, no answer":                            {"checklist"},
		"I sent him the case study from Beta":                  {"case study from Beta"},
		"Checkliste geschickt, keine Antwort":                  {"Checkliste"},
		"ihr gestern die ROI-Rechnung geschickt":               {"ROI-Rechnung"},
		"le envié la guía de auditoría":                        {"guía de auditoría"},
		"j'ai envoyé le guide":                                 {"guide"},
		"mandei o estudo":                                      {"estudo"},
		"ho inviato la guida":                                  {"guida"},
		"checklist gestuurd":                                   {"checklist"},
		"Kalender und den Leitfaden geschickt":                 {"Kalender", "Leitfaden"},
		"lista de auditoría enviada con dos líneas":            {"lista de auditoría"},
		"checklist sent to her today":                          {"checklist"},
		"asked for the audit checklist, sent it":               {"audit checklist"},
		"wanted the checklist, sent it yesterday":              {"checklist"},
		"sent it":                              nil,
		"sent him calculator link, he is keen": {"calculator link"},
		"sent her the link":                    nil,
		"sent pilot plan, business case and hosting facts": {"pilot plan", "business case", "hosting facts"},
		"sent the checklist and the calculator, good talk": {"checklist", "calculator"},
		"sent checklist and calculator":                    {"checklist", "calculator"},
		"sent the checklist, demo and pilot agreed":        {"checklist"},
		"sent the checklist, good talk and a coffee":       {"checklist"},
		"sent checklist and called her":                    {"checklist"},
		"will send the checklist":                          nil,
		"promised to send the checklist":                   nil,
		"asked me to send the checklist":                   nil,
		"did not send the checklist":                       nil,
		"she sent us the drawings":                         nil,
		"her committee sent questions about the drawings":  nil,
		"sent me the drawings":                             nil,
		"sent the quote":                                   nil,
		"sent a reminder":                                  nil,
		"sent her a LinkedIn invite":                       nil,
		"forwarded our guide to her whole team":            nil,
		"shared her budget":                                nil,
		"hat mir die Zeichnungen geschickt":                nil,
		"sent":                                             nil,
	} {
		l := parse(t, "dana: "+note+".")
		var got []string
		for _, m := range l.Gives {
			got = append(got, m.Object)
			if !strings.Contains(l.Note, m.Words) || !strings.Contains(m.Words, m.Object) {
				t.Errorf("%q: %+v is not in the note's words", note, m)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: gives %q, want %q", note, got, want)
		}
	}
}

func TestAsks(t *testing.T) {
	for note, want := range map[string]string{
		"asked for a referral":                         "referral",
		"call, asked her for an intro to Beta":         "referral",
		"asked her who else has this trouble":          "referral",
		"asked for a testimonial":                      "recommendation",
		"I asked for a review":                         "recommendation",
		"asked him to be a reference":                  "recommendation",
		"asked him for the order":                      "revenue",
		"um eine Weiterempfehlung gebeten":             "referral",
		"le pedí un testimonio":                        "recommendation",
		"j'ai demandé un témoignage":                   "recommendation",
		"pedi uma indicação":                           "referral",
		"ho chiesto una recensione":                    "recommendation",
		"asked for a reference customer":               "", // customers ask for one
		"she asked for a case study":                   "",
		"will ask for a referral":                      "",
		"asked about prices":                           "",
		"she asked for a testimonial of another plant": "",
	} {
		l := parse(t, "dana: "+note)
		got := ""
		for _, m := range l.Asks {
			got = m.Kind
			if !strings.Contains(l.Note, m.Words) || !strings.Contains(m.Words, m.Object) {
				t.Errorf("%q: %+v is not in the note's words", note, m)
			}
		}
		if got != want || len(l.Asks) > 1 {
			t.Errorf("%q: asks %+v, want %q", note, l.Asks, want)
		}
	}
}
