package line_test

import (
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/line"
)

// dueStep is the step of a note as "us 2026-03-13: text"; empty where there is none.
func dueStep(t *testing.T, note string) string {
	t.Helper()
	l := parse(t, "dana: "+note)
	if l.Step == nil {
		return ""
	}
	due := ""
	if !l.Step.Due.IsZero() {
		due = " " + l.Step.Due.Format(time.DateOnly)
	}
	return string(l.Step.Whose) + due + ": " + l.Step.Text
}

func wantSteps(t *testing.T, notes map[string]string) {
	t.Helper()
	for note, want := range notes {
		if got := dueStep(t, note); got != want {
			t.Errorf("%q: %q, want %q", note, got, want)
		}
	}
}

// What they want of us by a day is our step: reminded of the day after, we were too
// late. Counted from Wednesday 11 March 2026.
func TestDeadlinesTheySetUs(t *testing.T) {
	wantSteps(t, map[string]string{
		"CFO wants numbers by next wed":                              "us 2026-03-18: CFO wants numbers",
		"wants stop cost example by fri":                             "us 2026-03-13: wants stop cost example",
		"Am Freitag will er das Angebot haben":                       "us 2026-03-13: Am Freitag will er das Angebot haben",
		"Am Freitag will er entscheiden":                             "them 2026-03-13: Am Freitag will er entscheiden",
		"wants numbers down by Friday":                               "",
		"she'll read it and ring me thu":                             "them 2026-03-12: she'll read it and ring me",
		"he needs our answer by Thursday":                            "us 2026-03-12: he needs our answer",
		"by Friday she wants numbers":                                "us 2026-03-13: by Friday she wants numbers",
		"by Friday she wants numbers, call":                          "us 2026-03-13: by Friday she wants numbers",
		"by Friday she wants numbers down":                           "",
		"she wants a quote by Friday":                                "us 2026-03-13: she wants a quote",
		"call, wants a quote by Friday":                              "us 2026-03-13: wants a quote",
		"needs a quote by Friday":                                    "us 2026-03-13: needs a quote",
		"asks for a fresh quote by Monday":                           "us 2026-03-16: asks for a fresh quote",
		"they want the contract by 20 April":                         "us 2026-04-20: they want the contract",
		"wants it by Friday":                                         "us 2026-03-13: wants it",
		"wants to know by Friday what it costs":                      "us 2026-03-13: wants to know by Friday what it costs",
		"wants an answer today":                                      "us 2026-03-11: wants an answer",
		"IT asked about single sign on, deadline Friday":             "us 2026-03-13: deadline Friday",
		"die Demo lief gut, er will ein Angebot bis Donnerstag":      "us 2026-03-12: er will ein Angebot",
		"er will jetzt ein Angebot für 15 Nutzer bis Donnerstag":     "us 2026-03-12: er will jetzt ein Angebot für 15 Nutzer",
		"sie möchte bis Montag eine Antwort haben":                   "us 2026-03-16: sie möchte bis Montag eine Antwort haben",
		"bittet um ein Angebot bis Montag":                           "us 2026-03-16: bittet um ein Angebot",
		"braucht unsere Antwort bis Donnerstag":                      "us 2026-03-12: braucht unsere Antwort",
		"er will bis Donnerstag wissen, was es kostet":               "us 2026-03-12: er will bis Donnerstag wissen",
		"Frist Freitag":                                              "us 2026-03-13: Frist",
		"elle veut un devis pour vendredi":                           "us 2026-03-13: elle veut un devis",
		"il lui faut notre réponse avant jeudi":                      "us 2026-03-12: il lui faut notre réponse",
		"il veut le contrat avant le 20 avril":                       "us 2026-04-20: il veut le contrat",
		"quiere oferta antes del 20 de marzo":                        "us 2026-03-20: quiere oferta",
		"quer uma proposta até sexta":                                "us 2026-03-13: quer uma proposta",
		"vuole un preventivo entro venerdì":                          "us 2026-03-13: vuole un preventivo",
		"wil een offerte voor vrijdag":                               "us 2026-03-13: wil een offerte",
		"will ask IT by Friday":                                      "them 2026-03-13: will ask IT",
		"er will bis Freitag die IT fragen":                          "them 2026-03-13: er will bis Freitag die IT fragen",
		"er will bis Freitag entscheiden":                            "them 2026-03-13: er will bis Freitag entscheiden",
		"she needs to talk to her boss by Friday":                    "them 2026-03-13: she needs to talk to her boss",
		"we need his answer by Friday":                               "them 2026-03-13: we need his answer",
		"wants to see the contract on Friday":                        "us 2026-03-13: wants to see the contract",
		"needs an answer this week":                                  "us 2026-03-13: needs an answer",
		"IT needs the questionnaire back by Friday":                  "us 2026-03-13: IT needs the questionnaire back",
		"she asked for an offer by Friday":                           "us 2026-03-13: she asked for an offer",
		"bat um Rückruf am Freitag":                                  "us 2026-03-13: bat um Rückruf",
		"m'a demandé de rappeler vendredi":                           "us 2026-03-13: m'a demandé de rappeler",
		"call me on Friday, she said":                                "us 2026-03-13: call me",
		"wants it under five a month by October":                     "", // a goal of theirs
		"veut décider du format avant le 30 juin":                    "",
		"wants to get certified by Friday":                           "",
		"they want a pilot in May":                                   "",
		"she doesn't need a quote by Friday":                         "",
		"he needs approval from the board by 20 April":               "",
		"asked me to ring back after 3pm tomorrow":                   "us 2026-03-12: asked me to ring back after 3pm",
		"asked for a price for 3 sites, I promised it by Wednesday.": "us 2026-03-18: a price for 3 sites, I promised it",
	})
}

// Who sets a deadline on a call was on the line.
func TestWhoSetsADeadlineSpoke(t *testing.T) {
	if l := parse(t, "dana: called her, needs our answer by Friday"); l.Direction != journey.BothWay {
		t.Errorf("direction %s", l.Direction)
	}
}

// A weekday beside a written date does not say which day it is; the date does. Counted
// from Wednesday 11 March 2026.
func TestWeekdayBesideADate(t *testing.T) {
	wantSteps(t, map[string]string{
		"he agreed to a demo on Monday 21 December at 9":          "us 2026-12-21: he agreed to a demo on Monday 21 December at 9",
		"I will send him the plan by Thursday 2 April":            "us 2026-04-02: I will send him the plan",
		"she'll send the list by Friday 18 December":              "them 2026-12-18: she'll send the list",
		"call on Fri 18 Dec":                                      "us 2026-12-18: call",
		"meeting on Wed, 6 January":                               "us 2027-01-06: meeting",
		"meeting Wednesday, January 6 at 10":                      "us 2027-01-06: meeting Wednesday, January 6 at 10",
		"demo on Thursday the 26th":                               "us 2026-03-26: demo",
		"ich rufe ihn am Montag, 21. Dezember an":                 "us 2026-12-21: ich rufe ihn am Montag, 21. Dezember an",
		"Demo am Mo., 21.12. um 10":                               "us 2026-12-21: Demo am Mo., 21.12. um 10",
		"Termin am Mittwoch, den 6. Januar um 14 Uhr":             "us 2027-01-06: Termin am Mittwoch, den 6. Januar um 14 Uhr",
		"rendez-vous mardi 5 janvier à 10h":                       "us 2027-01-05: rendez-vous mardi 5 janvier à 10h",
		"rendez-vous le 3 décembre à 15h, il amène son directeur": "us 2026-12-03: rendez-vous le 3 décembre à 15h",
		"reunión el martes 5 de enero a las 10":                   "us 2027-01-05: reunión el martes 5 de enero a las 10",
		"reunião segunda-feira, 21 de dezembro":                   "us 2026-12-21: reunião",
		"riunione lunedì 21 dicembre":                             "us 2026-12-21: riunione",
		"afspraak op maandag 21 december":                         "us 2026-12-21: afspraak",
		"meeting 2027-01-12":                                      "us 2027-01-12: meeting",
		"let's talk again next week Tuesday at 2":                 "us 2026-03-17: let's talk again next week Tuesday at 2",
		"nächste Woche Dienstag telefonieren wir":                 "us 2026-03-17: nächste Woche Dienstag telefonieren wir",
		"demo on Monday, 3 people come":                           "us 2026-03-16: demo",
		"on Monday the 6th he calls":                              "them 2026-04-06: on Monday the 6th he calls",
		"demo Friday week":                                        "us 2026-03-20: demo",
		"demo 4/5 at 10":                                          "us 2026-04-05: demo 4/5 at 10",
		"visite le vendredi 11 décembre":                          "us 2026-12-11: visite",
	})
	for note, want := range map[string]string{
		"met her on Friday 6 March, good talk":           "on Friday 6 March",
		"called on Thu, 5 Mar":                           "on Thu, 5 Mar",
		"gesehen am Montag, 2.3., gutes Gespräch":        "am Montag, 2.3.",
		"met her on Friday, 3 people joined us for it":   "on Friday",
		"vu mercredi 4 mars, il a demandé un prix ferme": "mercredi 4 mars",
	} {
		if l := parse(t, "dana: "+note); l.AtWords != want {
			t.Errorf("%q: took place %q, want %q", note, l.AtWords, want)
		}
	}
}

// Days that a feast, an absence or an agreement tells. Counted from Wednesday 11 March
// 2026.
func TestDaysAround(t *testing.T) {
	wantSteps(t, map[string]string{
		"promised me she'd talk to her boss before Christmas":            "them 2026-12-23: promised me she'd talk to her boss",
		"meldet sich noch vor Weihnachten":                               "them 2026-12-23: meldet sich",
		"elle nous dit avant Noël":                                       "them 2026-12-23: elle nous dit",
		"he answers before Easter":                                       "them 2026-04-02: he answers",
		"er schaut bis Freitag drauf":                                    "them 2026-03-13: er schaut bis Freitag drauf",
		"waiting for her boss, back on 4 May":                            "them 2026-05-04: back on 4 May",
		"ist im Urlaub, zurück am 4. Mai":                                "them 2026-05-04: zurück am 4. Mai",
		"auto-reply, out of office until 7 April":                        "them 2026-04-07: out of office until 7 April",
		"sabbatical until 1 July, wants to hear from us then":            "them 2026-07-01: sabbatical until 1 July",
		"she phoned me, we agreed on Thursday 10am":                      "us 2026-03-12: we agreed on Thursday 10am",
		"she will go on holiday until 16 April":                          "them 2026-04-16: she will go on holiday until 16 April",
		"he called back on Friday":                                       "",
		"he is away for the summer":                                      "",
		"wants a demo, fixed 20 May":                                     "us 2026-05-20: fixed 20 May",
		"we may come back on 15 March 2028":                              "us 2028-03-15: we may come back",
		"signed with a rival until 30 June 2027, we may call again then": "us 2027-06-30: we may call again then",
		"said no for now but come back in September with something":      "us 2026-09-01: come back in September with something",
		"no interest, but ask me again in spring 2027":                   "us 2027-03-01: ask me again",
		"im Herbst 2027 wieder melden":                                   "us 2027-09-01: im Herbst 2027 wieder melden",
		"cancelled, may return in the autumn":                            "them 2026-09-01: may return",
		"he fears a third accident before Christmas":                     "",
	})
	for step, away := range map[string]bool{"said she is on holiday until 25 March": true, "back on 4 May": true, "will get back in two weeks": false, "she gets back in May": false,
		"she will go on holiday until 16 April": true, "they go abroad until May": true, "will call back on Monday": false} {
		if line.IsAway(step) != away {
			t.Errorf("%q tells that they are away: %v", step, !away)
		}
	}
	if l := parse(t, "dana: called back on 4 March"); l.Step != nil || l.AtWords != "on 4 March" {
		t.Errorf("%+v", l)
	}
}

// An absence ends on the day on which we talk, or the last that is named, and not on that on
// which it begins or on which we do something meanwhile. Told on Monday 29 June 2026.
func TestAwayUntil(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 29, 10, 0, 0, 0, time.UTC)
	for words, want := range map[string]string{
		"on holiday from 6 July":                                       "",
		"im Urlaub ab 6. Juli":                                         "",
		"ab dem 6. Juli im Urlaub":                                     "",
		"in ferie dal 6 luglio":                                        "",
		"en congé à partir du 6 juillet":                               "",
		"de vacaciones desde el 6 de julio":                            "",
		"op vakantie vanaf 6 juli":                                     "",
		"on leave starting Monday":                                     "",
		"on holiday from 6 July for two weeks":                         "2026-07-20",
		"on holiday for two weeks from 6 July":                         "2026-07-20",
		"ab 6. Juli zwei Wochen im Urlaub":                             "2026-07-20",
		"en congé du 6 juillet pour trois semaines":                    "2026-07-27",
		"on holiday from 6 to 20 July":                                 "2026-07-20",
		"on holiday from 6 July to 20 July":                            "2026-07-20",
		"vom 6. bis 20. Juli im Urlaub":                                "2026-07-20",
		"in ferie dal 6 al 20 luglio":                                  "2026-07-20",
		"away, available again from 6 July":                            "2026-07-06",
		"im Urlaub, ab 6. Juli wieder da":                              "2026-07-06",
		"on leave for two weeks":                                       "2026-07-13",
		"call on 7 July, she is on holiday":                            "2026-07-07",
		"she is on holiday, I'll send the offer tomorrow":              "",
		"she is on holiday, I'll call her on 7 July":                   "2026-07-07",
		"she is on holiday, follow up on 7 July":                       "2026-07-07",
		"sie ist im Urlaub, ich schicke das Angebot morgen":            "",
		"sie ist im Urlaub, am 7. Juli anrufen":                        "2026-07-07",
		"on holiday for a week, I'll send the offer on Friday 17 July": "2026-07-06",
		"she is on holiday":                                            "",
		"":                                                             "",
	} {
		got := ""
		if until := line.Shipped().AwayUntil(words, now); !until.IsZero() {
			got = until.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}
