package line_test

import (
	"testing"
	"time"

	"cairn/bot/line"
)

// What is still to be done in words that lost their day, and what is nobody's step. Counted
// from Monday 30 November 2026, 2 pm.
func TestStepsAsTold(t *testing.T) {
	now := time.Date(2026, 11, 30, 14, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		note  string
		whose line.Whose // empty: no step
		due   string
		text  string
	}{
		{"we agreed to talk again on the 9th at 10", line.Ours, "2026-12-09", "we agreed to talk again on the 9th at 10"},
		{"we agreed to talk about prices", "", "", ""},
		{"call, hablará con su jefe el viernes", line.Theirs, "2026-12-04", "hablará con su jefe"},
		{"decidirán el lunes", line.Theirs, "2026-12-07", "decidirán"},
		{"falará com o chefe na sexta", line.Theirs, "2026-12-04", "falará com o chefe"},
		{"parlerà con il capo venerdì", line.Theirs, "2026-12-04", "parlerà con il capo"},
		{"on verra vendredi", line.Theirs, "2026-12-04", "on verra"},
		{"il décidera vendredi", line.Theirs, "2026-12-04", "il décidera"},
		{"hablará con su jefe", "", "", ""},
		{"habló con su jefe el viernes", "", "", ""},
		{"will test it over the weekend", line.Theirs, "2026-12-06", "will test it"},
		{"I'll call over the weekend", line.Ours, "2026-12-06", "I'll call"},
		{"we met over the weekend", "", "", ""},
		{"will ring back at 3pm", line.Ours, "2026-11-30", "will ring back at 3pm"},
		{"ring back at 15:30", line.Ours, "2026-11-30", "ring back at 15:30"},
		{"she will call back at 10am", line.Theirs, "", "she will call back at 10am"}, // over for today
		{"they decide in the week of 14 December", line.Theirs, "2026-12-18", "they decide"},
		{"Entscheidung in der Woche vom 14. Dezember", line.Theirs, "2026-12-18", "Entscheidung"},
		{"demo w/c 14 December", line.Ours, "2026-12-18", "demo"},
		{"visited them in the week of 16 November", "", "", ""},
		{"didn't say when he will decide", "", "", ""},
		{"doesn't know if she will come on Friday", "", "", ""},
		{"asked when we will send the offer", "", "", ""},
		{"not clear when they will decide on it on Friday", "", "", ""},
		{"no reply yet but if nothing comes I'll call on Friday", line.Ours, "2026-12-04", "if nothing comes I'll call"},
		{"not ready yet but when budget is approved they will order in March", line.Theirs, "2027-03-01", "they will order"},
		{"no pudo hoy pero se va a reunir con su jefe el viernes", line.Theirs, "2026-12-04", "va a reunir con su jefe"},
		{"will send a 24h quote", line.Ours, "", "will send a 24h quote"},
		{"je rappelle à 18h", line.Ours, "2026-11-30", "je rappelle à 18h"},
		{"will ring back after 3pm", line.Ours, "2026-11-30", "will ring back after 3pm"},
		{"promised her a quote from me by Friday", line.Ours, "2026-12-04", "promised her a quote from me"},
		{"said he will decide by Friday", line.Theirs, "2026-12-04", "he will decide"},
		{"will ask his boss when he will be free", line.Theirs, "", "will ask his boss when he will be free"},
		{"demo, CFO asked what a stop costs them, needs business case by next Wednesday", line.Ours, "2026-12-09", "needs business case"},
		{"braucht die Unterlagen bis Freitag", line.Ours, "2026-12-04", "braucht die Unterlagen"},
		{"needs numbers from his team by Friday", "", "", ""},
		{"went with Maximo, may come back next year", "", "", ""},
		{"maybe they come back next year", "", "", ""},
		{"may come back on 15 January", line.Theirs, "2027-01-15", "may come back"},
		{"we may call again next year", line.Ours, "2027-01-07", "we may call again"},
		{"promised to introduce me to her brother", line.Theirs, "", "promised to introduce me to her brother"},
		{"promised to send her the guide", line.Ours, "", "promised to send her the guide"},
	} {
		l, err := line.Shipped().Read(c.note, now)
		if err != nil {
			t.Errorf("%q: %v", c.note, err)
		}
		var got line.Step
		if l.Step != nil {
			got = *l.Step
		}
		due := ""
		if !got.Due.IsZero() {
			due = got.Due.Format(time.DateOnly)
		}
		if got.Whose != c.whose || due != c.due || got.Text != c.text {
			t.Errorf("%q: %s %q %q, want %s %q %q", c.note, got.Whose, due, got.Text, c.whose, c.due, c.text)
		}
	}
}

// That they are not to be sought out before a day is a day to come back, and nobody's step
// "do not call". What they do not do themselves is neither.
func TestNotBefore(t *testing.T) {
	now := time.Date(2026, 11, 30, 14, 0, 0, 0, time.UTC)
	for note, want := range map[string]string{
		"call, do not call before 15 January, year end closing": "2027-01-15",
		"don't call her before 15 January":                      "2027-01-15",
		"asked not to be called before 15 January":              "2027-01-15",
		"she does not want to be called until March":            "2027-03-01",
		"nicht vor dem 15. Januar anrufen":                      "2027-01-15",
		"sie will nicht vor Mai angerufen werden":               "2027-05-01",
		"no llamar antes del 15 de enero":                       "2027-01-15",
		"ne pas appeler avant le 15 janvier":                    "2027-01-15",
		"no calls before 15 January":                            "2027-01-15",
		"call, not now, their budget is frozen":                 "",
		"said no, not":                                          "",
		"she will not call before 15 January":                   "",
		"they do not buy before 15 January":                     "",
		"did not call before Friday":                            "",
		"they do not mail before 15 January":                    "",
		"we should not call before May":                         "2027-05-01",
		"she can't be called before Friday":                     "2026-12-04",
		"he doesn't want calls before March":                    "2027-03-01",
		"I can't call before Friday, sent the list":             "",
		"Kim can't call before Friday":                          "",
		"Kim will not call before Friday":                       "",
		"no mail from her until Thursday":                       "",
		"no calls from us before May":                           "2027-05-01",
		"never called me back before Friday":                    "",
	} {
		l, err := line.Shipped().Read(note, now)
		until, _ := (*line.Words)(nil).LetBe(note, now)
		got, step := "", ""
		if !until.IsZero() {
			got = until.Format(time.DateOnly)
		}
		for _, s := range l.Steps {
			if s.Until {
				step = s.Due.Format(time.DateOnly)
			} else {
				t.Errorf("%q: a step %+v", note, s)
			}
		}
		if got != want || step != want || err != nil {
			t.Errorf("%q: until %q, step %q, want %q, %v", note, got, step, want, err)
		}
	}
}
