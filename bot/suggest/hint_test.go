package suggest_test

import (
	"strings"
	"testing"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

// Each hint has its sentence, which quotes what was said.
func TestHintsAreQuoted(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	for text, want := range map[string]string{
		"thanked me, she reads it with her partners and rings me on Friday": "the next step is theirs (“she reads it with her partners”)",
		"got it all, has everything, no more papers please":                 "they have what they need (“got it all”)",
		"new billing address from July, confirmed for invoices":             "they want something that no item is (“new billing address from July”): answer that yourself",
		"badly hurt two men, police in the hall, ambulance":                 "these are hard days of theirs",
		"she is on annual leave, left on Friday, no cover named":            "they are away or gone",
		"asked on behalf of her brother, turns out he is a rival":           "this is nothing of yours, or not theirs to decide",
	} {
		d := dana()
		d.Notes = append([]suggest.Note{note(journey.In, text, journey.Replied)}, d.Notes...)
		got := l.Best(d, suggest.Tally{}).Silent
		if got == nil || !strings.Contains(got.Say, want) {
			t.Errorf("%q: %+v, want %q", text, got, want)
		}
	}
}

// Where somebody works is no hard day of theirs; that they or theirs lie there is.
func TestHousesAreTradesUnlessSomebodyLiesThere(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	for text, hard := range map[string]bool{
		"she works at a hospital, wrote that nobody knows where the infusion pumps are, please send something": false,
		"head nurse in a hospital, asked how others find their devices":                                        false,
		"runs a funeral home with 3 sites, asked how others keep the audit trail":                              false,
		"at the funeral home they have an audit, asked for a checklist":                                        false,
		"leitet die Technik im Krankenhaus, fragt nach einer Checkliste für das Audit":                         false,
		"trabaja en un hospital, pide una lista para la auditoría":                                             false,
		"travaille à l'hôpital, demande une liste pour l'audit":                                                false,
		"lavora in ospedale, chiede una lista per l'audit":                                                     false,
		"cancer clinic, asked how others prepare for audits":                                                   false,
		"she is in hospital since Sunday":                                                                      true,
		"her assistant says he is in the hospital":                                                             true,
		"sie liegt im Krankenhaus":                                                                             true,
		"está en el hospital":                                                                                  true,
		"è in ospedale da ieri":                                                                                true,
		"her father was taken to hospital":                                                                     true,
		"back after the funeral of her father":                                                                 true,
	} {
		d := dana()
		signal := journey.Replied
		if !hard {
			signal = journey.AskedForMore
		}
		d.Notes = []suggest.Note{note(journey.In, text, signal)}
		got := l.Best(d, suggest.Tally{}).Silent
		if is := got != nil && (strings.Contains(got.Say, "hard days") || strings.Contains(got.Say, "death") || strings.Contains(got.Say, "loss")); is != hard {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

// What is quoted of a note is not cut in the middle of its phrase.
func TestHintsQuoteWholePhrases(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	for text, say := range map[string]string{
		"end of March they tell us yes or no":                                   "(“end of March they tell us yes or no”)",
		"Ende des Monats sagen sie uns ja oder nein":                            "(“Ende des Monats sagen sie uns ja oder nein”)",
		"waiting on legal, their lawyer comes back to us by the end of January": "(“their lawyer comes back to us by the end of January”)",
	} {
		d := dana()
		d.Notes = append([]suggest.Note{note(journey.In, text, journey.Replied)}, d.Notes...)
		if got := l.Best(d, suggest.Tally{}).Silent; got == nil || !strings.Contains(got.Say, say) {
			t.Errorf("%q: %+v, want %q", text, got, say)
		}
	}
}

// Nobody is told to wait for a day that has come, and what is quoted is understood.
func TestDayThatCame(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	for text, want := range map[string]map[int]string{
		"we talk again after the board meets on 30 November":   {0: "the next step is theirs", 9: "has come"},
		"not now, she is busy, rings me on Friday 27 November": {0: "nothing to do before the day", 3: "nothing to do before the day"},
		"the board meets on 30 November, nothing before that":  {0: "Your last note reads as if", 9: "has come"},
	} {
		for days, say := range want {
			d := dana()
			d.Notes = append([]suggest.Note{note(journey.In, text, journey.Replied)}, d.Notes...)
			d.Now = now.AddDate(0, 0, days)
			got := l.Best(d, suggest.Tally{}).Silent
			if got == nil || !strings.Contains(got.Say, say) {
				t.Errorf("%q after %d days: %+v, want %q", text, days, got, say)
			}
		}
	}
}

// A guide of before hints were has none, and goes on choosing.
func TestGuideWithoutHints(t *testing.T) {
	g, err := suggest.ParseGuide("g.yaml", []byte(smallGuide))
	if err != nil {
		t.Fatal(err)
	}
	l := suggest.NewLibrary(g, sample(t))
	if got := l.Best(dana(), suggest.Tally{}); len(got.Picks) == 0 {
		t.Errorf("silent: %+v", got.Silent)
	}
}

// Silence is laid to a gap in the library only where they spoke of something in
// particular.
func TestNoGapWhereNothingIsKnown(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	for _, text := range []string{"thanked us, fine", "rang, all fine", "he laughed"} {
		c := suggest.Case{Now: now, Contact: "Lee", Stage: "interaction", Notes: []suggest.Note{note(journey.BothWay, text, journey.Replied)}}
		if got := l.Best(c, suggest.Tally{}).Silent; got == nil || got.Gap != nil || got.Why != suggest.SilentNoAsk {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

// What is asked for in a language is given in that, or nothing is; that English
// is fine too, or that it is of no use, is heeded in any of the languages.
func TestTongues(t *testing.T) {
	items := []suggest.Item{
		{ID: 1, Title: "Allergen disinfection in food packing", Canonical: "https://l.example/en", Language: "en", Topics: []string{"allergen disinfection"}},
		{ID: 2, Title: "Händewaschen in der Verpackung", Canonical: "https://l.example/de", Language: "de", Topics: []string{"Händewaschen", "allergen disinfection"}},
	}
	l := suggest.NewLibrary(guide(t), items)
	for text, want := range map[string][]int64{
		"asks for a poster on allergen disinfection, in Polish":                                   {},
		"asks for a poster on allergen disinfection, in German":                                   {2},
		"asks for a poster on allergen disinfection, in German, or English is fine":               {1},
		"asks for a poster on allergen disinfection, her packers don't read English":              {},
		"asks for a poster on allergen disinfection, English no problem":                          {1},
		"pregunta por un cartel sobre allergen disinfection, en inglés no le sirve":               {},
		"fragt nach einem Plakat zum Händewaschen, allergen disinfection, englisch geht auch":     {1, 2},
		"fragt nach einem Plakat zum Händewaschen, allergen disinfection, Englisch bringt nichts": {2},
	} {
		c := suggest.Case{Now: now, Stage: "permission", Passed: map[int64]bool{99: true},
			Notes: []suggest.Note{note(journey.In, text, journey.AskedForMore)}}
		var got []int64
		for _, p := range l.Best(c, suggest.Tally{}).Picks {
			got = append(got, p.Item.ID)
		}
		if len(got) != len(want) {
			t.Errorf("%q: %v, want %v", text, got, want)
			continue
		}
		for _, id := range want {
			if got[0] != id && got[len(got)-1] != id {
				t.Errorf("%q: %v, want %v", text, got, want)
			}
		}
	}
}

// A day that is over, and one by which something asked for is to be there, are
// no days before which there is nothing to do.
func TestDaysAhead(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	for _, text := range []string{
		"last Friday he asked for a quote by Monday",
		"letzten Freitag um ein Angebot bis Montag gebeten",
	} {
		d := dana()
		d.Notes = append([]suggest.Note{note(journey.In, text, journey.AskedForMore)}, d.Notes...)
		if got := l.Best(d, suggest.Tally{}).Silent; got != nil && strings.Contains(got.Say, "the day that it names") {
			t.Errorf("%q: %s", text, got.Say)
		}
	}
}

func TestGapTellsOfSubjects(t *testing.T) {
	for word, nothing := range map[string]bool{"ihre": true, "Bitte": true, "wegen": true, "cada": true, "mismo": true, "entro": true, "bisher": true,
		"friday": true, "Donnerstag": true, "call": true, "send": true, "back": true, "schickt": true, "twelve": true, "30": true, "3rd": true, "wed": true,
		"downtime": false, "Prüfnachweise": false, "auditoría": false, "fermi": false} {
		if suggest.NamesNothing(word) != nothing {
			t.Errorf("%q: %v", word, !nothing)
		}
	}
}

// Words of anger that tell of none, and a thing that was left somewhere, hint at nothing.
func TestNoHintOfWhatIsNot(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	for text, never := range map[string]string{
		"no complaint so far, all runs":                                                         "gone wrong",
		"keine Beschwerden bisher, alles läuft":                                                 "gone wrong",
		"was annoyed at first that we came late, then laughed about it and showed us the plant": "gone wrong",
		"I left the pilot plan with his secretary":                                              "away or gone",
	} {
		c := suggest.Case{Now: now, Contact: "Lee", Stage: "interaction", Notes: []suggest.Note{note(journey.BothWay, text, journey.Replied)}}
		if got := l.Best(c, suggest.Tally{}).Silent; got != nil && strings.Contains(got.Say, never) {
			t.Errorf("%q: %+v", text, got)
		}
	}
	for text, want := range map[string]string{
		"complaint: the invoice is wrong": "gone wrong (“complaint”)",
		"she is leaving the plant":        "away or gone (“she is leaving the plant”)",
	} {
		c := suggest.Case{Now: now, Contact: "Lee", Stage: "interaction", Notes: []suggest.Note{note(journey.BothWay, text, journey.Replied)}}
		if got := l.Best(c, suggest.Tally{}).Silent; got == nil || !strings.Contains(got.Say, want) {
			t.Errorf("%q: %+v, want %q", text, got, want)
		}
	}
}
