package line_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/line"
)

// A note that opens with a talk and a day to come is a plan: it claims no talk, and makes a
// step of what it opens with.
func TestAPlanIsNoTalk(t *testing.T) {
	for note, want := range map[string]struct {
		step string
		bare bool
	}{
		"call on 2027-01-15":                                    {"2027-01-15 call", true},
		"call her 4/12 re quote":                                {"2026-04-12 call her 4/12 re quote", true},
		"call him fri re contract":                              {"2026-03-13 call him fri re contract", true},
		"text her fri":                                          {"2026-03-13 text her", true},
		"ring Anna Bell thu":                                    {"2026-03-12 ring Anna Bell", true},
		"mail him the deck fri":                                 {"2026-03-13 mail him the deck", true},
		"ihnen Freitag mailen wegen Angebot":                    {"2026-03-13 ihnen Freitag mailen wegen Angebot", true},
		"hun vrijdag terugbellen":                               {"2026-03-13 hun vrijdag terugbellen", true},
		"sie am Freitag anrufen wegen Angebot":                  {"2026-03-13 sie am Freitag anrufen wegen Angebot", true},
		"haar vrijdag bellen":                                   {"2026-03-13 haar vrijdag bellen", true},
		"llamarla el viernes sobre la oferta":                   {"2026-03-13 llamarla el viernes sobre la oferta", true},
		"la rappeler vendredi au sujet du devis":                {"2026-03-13 la rappeler vendredi au sujet du devis", true},
		"richiamarla venerdì":                                   {"2026-03-13 richiamarla", true},
		"ligar na sexta":                                        {"2026-03-13 ligar", true},
		"call him fri, he signed":                               {"2026-03-13 call him", false},
		"call 15.1.2027":                                        {"2027-01-15 call", true},
		"call on 4/25/2026":                                     {"2026-04-25 call", true},
		"call on 2 April":                                       {"2026-04-02 call", true},
		"2 April, visit":                                        {"2026-04-02 2 April, visit", true},
		"call, 2 April":                                         {"2026-04-02 call", true},
		"mail on 2 April":                                       {"2026-04-02 mail on 2 April", true},
		"lunch on 2 April with her CFO":                         {"2026-04-02 lunch on 2 April with her CFO", true},
		"call on 2 April at 10, will bring her CFO":             {"2026-04-02 call on 2 April at 10", true},
		"call tomorrow":                                         {"2026-03-12 call", true},
		"call next Friday":                                      {"2026-03-20 call", true},
		"call morgen":                                           {"2026-03-12 call", true},
		"Anruf am 2. April":                                     {"2026-04-02 Anruf am 2. April", true},
		"call in May":                                           {"2026-05-01 call", true},
		"call in 2031":                                          {"2031-01-07 call in 2031", true},
		"demo on 2 April":                                       {"2026-04-02 demo", true},
		"call until 2 April":                                    {"2026-04-02 call", true},
		"call before 2 June":                                    {"2026-06-02 call", true},
		"visit after 2 April":                                   {"2026-04-02 visit", true},
		"visit on Friday":                                       {"2026-03-13 visit", true},
		"meeting on Monday":                                     {"2026-03-16 meeting", true},
		"lunch Thursday with her CFO":                           {"2026-03-12 lunch Thursday with her CFO", true},
		"Besuch am Freitag":                                     {"2026-03-13 Besuch", true},
		"call on Friday":                                        {"2026-03-13 call", true},
		"signing on 2 April":                                    {"2026-04-02 signing", true},
		"contract to be signed 2026-04-02":                      {"2026-04-02 contract to be signed", true},
		"to be paid in May":                                     {"2026-05-01 to be paid", true},
		"call on 2 April agreed":                                {"2026-04-02 call on 2 April agreed", false},
		"call on 2 April works for her":                         {"2026-04-02 call on 2 April works for her", false},
		"Termin am 2. April zugesagt":                           {"2026-04-02 Termin am 2. April zugesagt", false},
		"call tomorrow, asked for prices":                       {"2026-03-12 call", false},
		"call tomorrow, they renewed for two years":             {"2026-03-12 call", false},
		"demo next Tuesday, she introduced me to Lee Park":      {"2026-03-17 demo", false},
		"call tomorrow, not interested any more, chose a rival": {"2026-03-12 call", false},
		"call next week; please unsubscribe her":                {"2026-03-20 call", false},
		"Anruf morgen, Vertrag ist verlängert":                  {"2026-03-12 Anruf morgen", false},
		"Anruf morgen, kein Interesse":                          {"2026-03-12 Anruf morgen", false},
		"Anruf morgen, will ein Angebot":                        {"2026-03-12 Anruf morgen", false},
		"call tomorrow, she will sign":                          {"2026-03-12 call", false},
		"call tomorrow, will not buy":                           {"2026-03-12 call", false},
		"call tomorrow, furious":                                {"2026-03-12 call", false},
		"call tomorrow, budget is through":                      {"2026-03-12 call", false},
		"call tomorrow, paid":                                   {"2026-03-12 call", false},
		"call tomorrow. Renewed":                                {"2026-03-12 call", false},
		"call tomorrow, had a good call":                        {"2026-03-12 call", false},
		"call tomorrow at 10:30 with Lee Park and IT":           {"2026-03-12 call tomorrow at 10:30 with Lee Park and IT", true},
		"call tomorrow at Acme, demo next Tuesday":              {"2026-03-12 call tomorrow at Acme", true},
		"call tomorrow to show her the demo":                    {"2026-03-12 call tomorrow to show her the demo", true},
		"Anruf morgen um 10 Uhr mit ihrem Chef":                 {"2026-03-12 Anruf morgen um 10 Uhr mit ihrem Chef", true},
		"visit tomorrow at their plant":                         {"2026-03-12 visit tomorrow at their plant", true},
		"demo on 2 April, asked for prices":                     {"2026-04-02 demo", false},
		"call on 2 April, spoke to her assistant":               {"2026-04-02 call", false},
		"meeting on 24 December 2031, today's call went well":   {"2031-12-24 meeting", false},
	} {
		l := parse(t, "dana: "+note)
		got := ""
		if l.Step != nil {
			got = l.Step.Due.Format(time.DateOnly) + " " + l.Step.Text
		}
		if got != want.step || l.Plan != want.bare || l.AtDay {
			t.Errorf("%q: step %q, plan %v, at %v; want %q, %v", note, got, l.Plan, l.At, want.step, want.bare)
		}
		if l.Plan && l.Channel != journey.Other {
			t.Errorf("%q: %s", note, l.Channel)
		}
	}
	for _, note := range []string{"call on 6 March", "mail on Friday", "visited on Friday", "meeting on Monday went well", "call on Friday, no answer", "visit on Friday, liked the plant", "lunch on Friday, nice", "call last Friday",
		"signing on 6 March", "payment on 2 April confirmed", "call yesterday", "call, 6 March", "call, 12 March visit confirmed", "call", "call, call her on 2 April", "signed up on 2 April", "decision on 2 April",
		"call after Monday's workshop, she wants an offer", "call after 2 April meeting, she wants an offer"} {
		if l := parse(t, "dana: "+note); l.Plan {
			t.Errorf("%q is taken for a plan", note)
		}
	}
}

// What is told of a talk with a day to come is refused in the same words, however the talk
// is told.
func TestATalkToComeTellsNothing(t *testing.T) {
	for _, note := range []string{"call on 2027-01-15, asked for prices", "call 15.1.2027, she wants a quote", "call on 2 April, asked for prices",
		"call on 2 April asked for prices", "2 April call, asked for prices", "call, 2 April, asked for prices", "mail on 4/25/2026, sent the checklist",
		"meeting on 2 April, told us their budget", "visit on 2027-01-15, she complained", "met on 2027-01-15, asked for prices", "call on Thursday 2 April, asked for prices"} {
		_, err := line.Shipped().Parse("dana: "+note, wednesday(t))
		var p *line.Problem
		if !errors.As(err, &p) || p.Code != line.InFuture {
			t.Errorf("%q: %v", note, err)
		}
	}
}

// What stands beside a plan is read by itself, and what only says how things are makes no slip
// of its day.
func TestWhatStandsBesideAPlan(t *testing.T) {
	for note, want := range map[string]string{
		"call tomorrow re pricing":                                       "",
		"call tomorrow about the cancelled order":                        "",
		"call tomorrow to discuss the cancelled order":                   "",
		"call tomorrow, prepare the quote":                               "",
		"call tomorrow, bring the checklist":                             "",
		"call tomorrow: agenda":                                          "",
		"call on 2 April for the renewal":                                "",
		"demo on 2 April for the board":                                  "",
		"demo tomorrow about installation":                               "",
		"Termin am 2. April wegen Angebot":                               "",
		"Anruf morgen, Angebot durchgehen":                               "",
		"Anruf morgen mit Kündigung":                                     "",
		"llamada mañana sobre la oferta":                                 "",
		"call tomorrow about the offer that she wants":                   "about the offer that she wants",
		"call tomorrow: not interested":                                  "not interested",
		"call tomorrow, review the quote":                                "",
		"call tomorrow, offer a discount":                                "",
		"call tomorrow, check prices and references":                     "",
		"call tomorrow, present contract ends in May":                    "present contract ends in May",
		"call tomorrow, for the renewal":                                 "",
		"call tomorrow, offer rejected":                                  "offer rejected",
		"call tomorrow, offer too expensive":                             "offer too expensive",
		"call tomorrow, present supplier keeps failing":                  "present supplier keeps failing",
		"call tomorrow, for now no interest":                             "for now no interest",
		"call tomorrow, over budget":                                     "over budget",
		"Anruf morgen, zu teuer":                                         "zu teuer",
		"Anruf morgen, zum Jahresende gekündigt":                         "zum Jahresende gekündigt",
		"llamada mañana, por ahora no":                                   "por ahora no",
		"call on 2 April, they renewed for two years":                    "they renewed for two years",
		"call on 2 April, not interested any more, chose a rival":        "not interested any more chose a rival",
		"Anruf am 2. April, Vertrag ist verlängert":                      "Vertrag ist verlängert",
		"call on 2 April, she introduced me to Lee Park":                 "she introduced me to Lee Park",
		"call on 2 April, she is on holiday":                             "she is on holiday",
		"Anruf am 2. April, sie ist im Urlaub":                           "sie ist im Urlaub",
		"Anruf am 2. April, nicht vor 10 Uhr":                            "nicht vor 10 Uhr",
		"visit on 2 April, the plant is closed on Monday":                "the plant is closed on Monday",
		"call tomorrow at 10, bring the price list, they renewed":        "they renewed",
		"call on 2 April agreed":                                         "call on 2 April agreed",
		"asked for prices, call tomorrow":                                "asked for prices call tomorrow",
		"call tomorrow with Lee Park; the old contract ended, they left": "the old contract ended they left",
	} {
		l, err := line.Shipped().Parse("dana: "+note, wednesday(t))
		if err != nil {
			t.Errorf("%q: %v", note, err)
			continue
		}
		rest := line.Happened(l.Note, l.ToCome)
		if got := strings.Join(strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(" ,;:", r) }), " "); got != want || len(rest) != len(l.Note) || l.Plan != (want == "") {
			t.Errorf("%q: what took place is %q, plan %v; want %q", note, got, l.Plan, want)
		}
	}
}

// A bare weekday behind a talk that is told is the one to come.
func TestANextTalk(t *testing.T) {
	for note, want := range map[string]string{
		"call, asked about the audit trail, visit on Friday": "2026-03-13 visit",
		"call, visit on Friday":                              "2026-03-13 visit",
		"mailed, asked for prices, lunch on Friday":          "2026-03-13 lunch",
		"call, asked about prices. Visit Friday.":            "2026-03-13 Visit",
		"call, asked about prices, visit on Friday with IT":  "2026-03-13 visit on Friday with IT",
		"met, wants a quote, call on Monday":                 "2026-03-16 call",
		"call, liked it, meeting on Tuesday":                 "2026-03-17 meeting",
		"Anruf, fragt nach Preisen, Besuch am Freitag":       "2026-03-13 Besuch",
		"call, asked about prices, visited on Friday":        "",
		"liked the plant, visit on Friday went well":         "",
		"Friday, call, asked about prices":                   "",
		"call on Friday, asked about prices":                 "",
		"call, visit on Friday liked it":                     "",
		"email Monday with prices, call Thursday, no answer": "",
		"interested in 20 seats, call Friday":                "",
	} {
		l := parse(t, "dana: "+note)
		got := ""
		if l.Step != nil {
			got = l.Step.Due.Format(time.DateOnly) + " " + l.Step.Text
		}
		if got != want || (want != "") == l.AtDay || want != "" && !l.Step.Guessed {
			t.Errorf("%q: step %q, at %v, %v; want %q", note, got, l.At, l.AtDay, want)
		}
	}
}

// A plan settles no earlier step, whoever was to take it; what took place does.
func TestAPlanSettlesNothing(t *testing.T) {
	for note, want := range map[string]bool{"call on 2 April": false, "demo on 2 April": false, "call tomorrow": false, "call in 2031": false, "call": true, "call on 6 March": true} {
		for _, whose := range []line.Whose{line.Ours, line.Theirs} {
			step := map[line.Whose]string{line.Ours: "call", line.Theirs: "gets back to me"}[whose]
			if got := line.Shipped().Settles(whose, step, note, journey.BothWay, wednesday(t)); got != want {
				t.Errorf("%q settles %q of %s: %v", note, step, whose, got)
			}
		}
	}
}

// What is only to be done or spoken of in a talk to come is not told, so it is no slip of its day.
func TestWhatATalkToComeIsAbout(t *testing.T) {
	for _, note := range []string{"call on 2 April about the audit", "call on 2 April, she will bring her CFO", "call on 2 April, bring the checklist", "call on 2 April: no prices",
		"call on 2 April, confirmed by mail", "call on 2 April, if she is back", "call on 2 April; please unsubscribe her"} {
		if _, err := line.Shipped().Parse("dana: "+note, wednesday(t)); err != nil {
			t.Errorf("%q: %v", note, err)
		}
	}
}
