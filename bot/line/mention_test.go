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
		"sent it": nil,
		"sent her the HACCP guide the same evening, she said thanks":                                      {"HACCP guide"},
		"handed him the wet floor story at the fair":                                                      {"wet floor story"},
		"sent the sheet at once":                                                                          {"sheet"},
		"sent the ward plan over":                                                                         {"ward plan"},
		"gave her the ward plan and the tender check":                                                     {"ward plan", "tender check"},
		"sent the following: bearings article, downtime calculator, four plants":                          {"bearings article", "downtime calculator", "four plants"},
		"sent him: the bearings article and the calculator":                                               {"bearings article", "calculator"},
		"the HACCP guide was sent to her":                                                                 {"HACCP guide"},
		"he said thanks for the talk video I sent, showed it to his team":                                 {"talk video"},
		"habe ihm den Ferienplan für die Schulen gemailt":                                                 {"Ferienplan für die Schulen"},
		"ich habe ihm die Stapler-Seite geschickt, er schaut bis Freitag drauf":                           {"Stapler-Seite"},
		"sie hat den Prüfkalender für Krankenhäuser bekommen und will ihn mit der Haustechnik besprechen": {"Prüfkalender für Krankenhäuser"},
		"hat die Checkliste bekommen, fragt nach dem Preis":                                               {"Checkliste"},
		"lui ai envoyé le calculateur jour nuit":                                                          {"calculateur jour nuit"},
		"a reçu le guide HACCP, content":                                                                  {"guide HACCP"},
		"she got our checklist":                                                                           {"checklist"},
		"got the asset list from him":                                                                     nil,
		"he got the figures from his boss":                                                                nil,
		"habe die Liste von ihm bekommen":                                                                 nil,
		"ich habe die Liste bekommen":                                                                     nil,
		"habe es ihm geschickt":                                                                           nil,
		"he said I sent the wrong one":                                                                    nil,
		"sent him calculator link, he is keen":                                                            {"calculator link"},
		"sent her the link":                                                                               nil,
		"sent pilot plan, business case and hosting facts":                                                {"pilot plan", "business case", "hosting facts"},
		"sent the checklist and the calculator, good talk":                                                {"checklist", "calculator"},
		"sent checklist and calculator":                                                                   {"checklist", "calculator"},
		"sent the checklist, demo and pilot agreed":                                                       {"checklist"},
		"sent the checklist, good talk and a coffee":                                                      {"checklist"},
		"sent checklist and called her":                                                                   {"checklist"},
		"will send the checklist":                                                                         nil,
		"promised to send the checklist":                                                                  nil,
		"asked me to send the checklist":                                                                  nil,
		"did not send the checklist":                                                                      nil,
		"she sent us the drawings":                                                                        nil,
		"her committee sent questions about the drawings":                                                 nil,
		"sent me the drawings":                                                                            nil,
		"sent the quote":                                                                                  nil,
		"sent a reminder":                                                                                 nil,
		"sent her a LinkedIn invite":                                                                      nil,
		"forwarded our guide to her whole team":                                                           nil,
		"shared her budget":                                                                               nil,
		"hat mir die Zeichnungen geschickt":                                                               nil,
		"sent":                                                                                            nil,
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
		"asked for a referral": "referral",
		"asked if she'd do a reference for us, said she'd sleep on it": "recommendation",
		"asked if he'd be a reference":                                 "recommendation",
		"asked for a case study from a dairy, he would show it round":  "",
		"call, asked her for an intro to Beta":                         "referral",
		"asked her who else has this trouble":                          "referral",
		"asked for a testimonial":                                      "recommendation",
		"I asked for a review":                                         "recommendation",
		"asked him to be a reference":                                  "recommendation",
		"asked him for the order":                                      "revenue",
		"um eine Weiterempfehlung gebeten":                             "referral",
		"le pedí un testimonio":                                        "recommendation",
		"j'ai demandé un témoignage":                                   "recommendation",
		"pedi uma indicação":                                           "referral",
		"ho chiesto una recensione":                                    "recommendation",
		"mailed the forklift page and asked whether he would introduce me to his brother at Beta": "referral",
		"asked her to put me in touch with the plant manager":                                     "referral",
		"she asked whether he would introduce me to purchasing":                                   "",
		"asked whether we could introduce her to a customer":                                      "",
		"asked for the order":                          "revenue",
		"asked for the order today":                    "revenue",
		"um den Auftrag gebeten":                       "revenue",
		"asked for the order form":                     "",
		"asked for the order to be delivered Monday":   "",
		"asked for the order confirmation":             "",
		"she asked for the order":                      "",
		"CFO asked for a decision":                     "",
		"asked for feedback from other plants":         "",
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
