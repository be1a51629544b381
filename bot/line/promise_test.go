package line_test

import (
	"strings"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/line"
)

// Steps as a newcomer typed them and had none read, or another's. Counted from
// Wednesday 11 March 2026.
func TestPromises(t *testing.T) {
	for note, want := range map[string]struct {
		whose line.Whose
		due   string
		text  string
	}{
		"told me he decides by Friday":                                            {line.Theirs, "2026-03-13", "he decides"},
		"she sends me the floor plan by Tuesday":                                  {line.Theirs, "2026-03-17", "she sends me the floor plan"},
		"ruft mich bis Donnerstag zurück":                                         {line.Theirs, "2026-03-12", "ruft mich bis Donnerstag zurück"},
		"promised the signed offer by Friday":                                     {line.Theirs, "2026-03-13", "promised the signed offer"},
		"promised the counter-signed contract by Friday":                          {line.Theirs, "2026-03-13", "promised the counter-signed contract"},
		"promised the budget proposal by Friday":                                  {line.Theirs, "2026-03-13", "promised the budget proposal"},
		"promised a budget quote by Friday":                                       {line.Ours, "2026-03-13", "promised a budget quote"},
		"promised payment by Friday":                                              {line.Theirs, "2026-03-13", "promised payment"},
		"promised the PO and the deposit by Friday":                               {line.Theirs, "2026-03-13", "promised the PO and the deposit"},
		"promised their decision by Monday":                                       {line.Theirs, "2026-03-16", "promised their decision"},
		"promised their price list by Friday":                                     {line.Theirs, "2026-03-13", "promised their price list"},
		"promised her price list by Friday":                                       {line.Ours, "2026-03-13", "promised her price list"},
		"promised them a quote by Friday":                                         {line.Ours, "2026-03-13", "promised them a quote"},
		"promised him an order form and the price list by Friday":                 {line.Ours, "2026-03-13", "promised him an order form and the price list"},
		"promised a quote for the order by Friday":                                {line.Ours, "2026-03-13", "promised a quote for the order"},
		"promised the quote for the signed order by Friday":                       {line.Ours, "2026-03-13", "promised the quote for the signed order"},
		"decision on the budget, board meets on 9 December":                       {line.Theirs, "2026-12-09", "board meets"},
		"promised feedback in two weeks":                                          {line.Theirs, "2026-03-25", "promised feedback"},
		"Rückmeldung in 3 Tagen":                                                  {line.Theirs, "2026-03-14", "Rückmeldung"},
		"entscheidet bis Ende der Woche":                                          {line.Theirs, "2026-03-13", "entscheidet"},
		"next week we talk":                                                       {line.Ours, "2026-03-20", "next week we talk"},
		"gemaild, wil voorbeeld hoe anderen het doen, stuur ik morgen":            {line.Ours, "2026-03-12", "stuur ik"},
		"schicke ich morgen, er will ein Beispiel":                                {line.Ours, "2026-03-12", "schicke ich"},
		"they want a ref from a dairy b4 they decide, I promised one for thurs":   {line.Ours, "2026-03-12", "a ref from a dairy b4 they decide, I promised one"},
		"wants the plan, promised to send it by Friday":                           {line.Ours, "2026-03-13", "promised to send it"},
		"sends the numbers by 5/12":                                               {line.Theirs, "2026-05-12", "sends the numbers"},
		"postponed demo to the 14th":                                              {line.Ours, "2026-03-14", "postponed demo"},
		"soll nächste Woche nochmal anrufen":                                      {line.Ours, "2026-03-20", "soll nächste Woche nochmal anrufen"},
		"hat mir versprochen, die Liste bis Freitag zu mailen":                    {line.Theirs, "2026-03-13", "hat mir versprochen, die Liste bis Freitag zu mailen"},
		"ich habe ihr versprochen, die Liste bis Freitag zu mailen":               {line.Ours, "2026-03-13", "ich habe ihr versprochen, die Liste bis Freitag zu mailen"},
		"they went with Limble. said come back in 2027 when contract ends":        {line.Ours, "2027-01-07", "come back in 2027 when contract ends"},
		"chose a rival, said try again on 15 July":                                {line.Ours, "2026-07-15", "try again"},
		"haben sich anders entschieden, Vertrag bis 15. Juli, dann wieder melden": {line.Ours, "2026-07-15", "wieder melden"},
		"contract there until 30 June, then call again":                           {line.Ours, "2026-06-30", "call again"},
		"went with a competitor, try us again next year":                          {line.Ours, "2027-01-07", "try us again"},
		"wir schicken ihr bis Donnerstag ein Angebot":                             {line.Ours, "2026-03-12", "wir schicken ihr bis Donnerstag ein Angebot"},
		"la dirección decide antes del viernes":                                   {line.Theirs, "2026-03-13", "la dirección decide"},
		"elle envoie le plan d'ici vendredi":                                      {line.Theirs, "2026-03-13", "elle envoie le plan"},
		"meldet sich bis 11.4. mit den Zahlen":                                    {line.Theirs, "2026-04-11", "meldet sich bis 11.4. mit den Zahlen"},
		"Antwort bis 20.":                                                         {line.Theirs, "2026-03-20", "Antwort"},
	} {
		l := parse(t, "dana: "+note)
		if l.Step == nil {
			t.Errorf("%q: no step", note)
			continue
		}
		due := ""
		if !l.Step.Due.IsZero() {
			due = l.Step.Due.Format(time.DateOnly)
		}
		if l.Step.Whose != want.whose || due != want.due || l.Step.Text != want.text {
			t.Errorf("%q: %s %q %q, want %s %q %q", note, l.Step.Whose, due, l.Step.Text, want.whose, want.due, want.text)
		}
		if !strings.Contains(l.Note, l.Step.Words) || !strings.Contains(l.Step.Words, l.Step.Text) {
			t.Errorf("%q: %q is not in the note's words %q", note, l.Step.Text, l.Step.Words)
		}
	}
}

// Acts and days beside each other that nobody promised.
func TestNoPromise(t *testing.T) {
	for _, note := range []string{
		"calls it the Friday report",
		"ab Mai gibt es neue Regeln",
		"she does not decide before Friday",
		"decides on price alone",
		"has 3 orders by Friday every week",
		"the 14th floor is theirs",
		"live in 2025 already",
		"Band steht bis Freitag",
	} {
		if l := parse(t, "dana: "+note); l.Step != nil {
			t.Errorf("%q: step %+v", note, *l.Step)
		}
	}
}

// What only we did, or have still to do, came from us, though no word says how.
func TestOursAlone(t *testing.T) {
	for note, want := range map[string]journey.Direction{
		"gave him the HACCP guide":                          journey.Out,
		"forwarded near miss talk":                          journey.Out,
		"I owe him a price list by Tuesday":                 journey.Out,
		"I will send pricing tomorrow":                      journey.Out,
		"wir schicken ihr bis Donnerstag ein Angebot":       journey.Out,
		"um eine Empfehlung gebeten":                        journey.Out,
		"she thinks our app is slow, support never answers": journey.In,
		"she forwarded the talk to her team":                journey.In,
		"wants a quote, I will send it tomorrow":            journey.In,
		"forwarded our guide with her whole team":           journey.In,
	} {
		if l := parse(t, "dana: "+note); l.Direction != want || l.Channel != journey.Other {
			t.Errorf("%q: %s %s, want %s", note, l.Channel, l.Direction, want)
		}
	}
}

// Asks of ours, told by how they took them.
func TestAsksOfOurs(t *testing.T) {
	for note, want := range map[string]string{
		"um eine Empfehlung gebeten":                                         "referral",
		"bat um eine Referenz, er überlegt":                                  "recommendation",
		"asked for the order, wants to think":                                "revenue",
		"asked whether he'd act as a reference, he said yes gladly":          "recommendation",
		"asked for the order of the talks":                                   "",
		"gave him our talk and asked whether he knows others with forklifts": "referral",
		"asked him if he knows anybody else who could use this":              "referral",
		"asked who else could use it":                                        "referral",
		"asked who else decides":                                             "",
		"asked her who else is involved":                                     "",
		"asked who else has to sign":                                         "",
		"bat um eine Referenz aus der Branche":                               "",
		"asked whether she could have a reference from the food line":        "",
	} {
		l := parse(t, "dana: "+note)
		got := ""
		if len(l.Asks) > 0 {
			got = l.Asks[0].Kind
		}
		if got != want {
			t.Errorf("%q: asked %q, want %q (%+v)", note, got, want, l.Asks)
		}
	}
}
