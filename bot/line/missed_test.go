package line_test

import (
	"slices"
	"testing"
)

// What a note tells as given, in more of the words that people type, beside what was given
// by nobody of ours, or to nobody of theirs.
func TestGivesOtherwiseTold(t *testing.T) {
	for note, want := range map[string][]string{
		"schickte ihr die Checkliste":                                              {"Checkliste"},
		"schickte ihr die Checkliste zu":                                           {"Checkliste"},
		"schickte Frau Maier den Leitfaden":                                        {"Leitfaden"},
		"leitete ihr die Studie weiter":                                            {"Studie"},
		"sie schickte uns die Zeichnungen":                                         nil,
		"Frau Maier schickte die Liste":                                            nil,
		"schickte das Angebot":                                                     nil,
		"stuurde haar de checklist":                                                {"checklist"},
		"sent calculator + checklist":                                              {"calculator", "checklist"},
		"sent calculator + checklist + demo invite":                                {"calculator", "checklist"},
		"sent the guide / the calculator, will call Friday":                        {"guide", "calculator"},
		"sent checklist + called her":                                              {"checklist"},
		"sent checklist + good talk":                                               {"checklist"},
		"left the dairy story with her":                                            {"dairy story"},
		"left the guide with Kim":                                                  {"guide"},
		"left the meeting with her":                                                nil,
		"left a message with her assistant":                                        nil,
		"left the plant with him":                                                  nil,
		"my colleague Ben sent her the pilot plan last week":                       {"pilot plan"},
		"marketing sent her the webinar recording":                                 {"webinar recording"},
		"mein Kollege schickte ihr den Leitfaden":                                  {"Leitfaden"},
		"her colleague Ben sent the pilot plan":                                    nil,
		"her marketing sent the checklist to the board":                            nil,
		"my colleague asked, she sent the plan":                                    nil,
		"sent the checklist but to the wrong address":                              nil,
		"sent the checklist, it bounced":                                           nil,
		"sent the guide; she never got it":                                         nil,
		"Checkliste geschickt, kam zurück zum Thema Preise":                        {"Checkliste"},
		"Checkliste geschickt, kam zurück an den Absender":                         nil,
		"Checkliste geschickt, kam zurück wegen falscher Adresse":                  nil,
		"envoyé la checklist, est revenue vers moi avec des questions":             {"checklist"},
		"checklist gestuurd, teruggekomen op de prijs":                             {"checklist"},
		"Checkliste geschickt, kam zurück":                                         nil,
		"sent the checklist, the mail bounced, sent it again to the right address": {"checklist"},
		"the first mail bounced, sent the checklist again":                         {"checklist"},
		"sent the checklist again, the first one bounced":                          {"checklist"},
		"sent the checklist, he came back with questions":                          {"checklist"},
		"resent the checklist, bounced again":                                      nil,
		"resent the checklist because the mail bounced":                            {"checklist"},
		"resent the checklist, it had bounced":                                     {"checklist"},
		"envoyé le guide, il est revenu avec trois questions":                      {"guide"},
		"envoyé le guide, le mail est revenu":                                      nil,
		"schickte ihr die Liste, sie kam zurück mit Fragen":                        {"Liste"},
		"checklist gestuurd, ze is erop teruggekomen":                              {"checklist"},
		"sent the checklist, she had used the wrong one until now":                 {"checklist"},
		"sent the checklist, they still have the old address on it":                {"checklist"},
		"call, head of marketing sent the brief":                                   nil,
		"VP Marketing sent the plan":                                               nil,
		"Dana from marketing sent the plan":                                        nil,
		"ihr Marketing schickte die Liste":                                         nil,
		"su marketing envió la lista":                                              nil,
		"ons marketing stuurde haar de checklist":                                  {"checklist"},
		"call, marketing sent her the guide":                                       {"guide"},
	} {
		var got []string
		for _, m := range parse(t, "dana: "+note).Gives {
			got = append(got, m.Object)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: gives %q, want %q", note, got, want)
		}
	}
}

// What is one of its kind, and not one that was spoken of.
func TestGivesSome(t *testing.T) {
	for note, want := range map[string]bool{
		"sent him a checklist": true, "habe ihm eine Checkliste geschickt": true, "le envié una guía": true,
		"sent him the checklist": false, "sent checklist": false, "sent him our guide": false, "enviei uma checklist": true, "enviei a checklist": false,
	} {
		if g := parse(t, "dana: "+note).Gives; len(g) != 1 || g[0].Some != want {
			t.Errorf("%q: %+v", note, g)
		}
	}
}
