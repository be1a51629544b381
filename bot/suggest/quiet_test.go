package suggest_test

import (
	"strings"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

func note(dir journey.Direction, text string, signals ...journey.Signal) suggest.Note {
	return suggest.Note{At: now, Channel: journey.Email, Direction: dir, Text: text, Signals: signals}
}

// Words that are near in meaning find what shares none with them, and are not
// quoted as if they were in it.
func TestNearInMeaning(t *testing.T) {
	l := suggest.NewLibrary(guide(t), []suggest.Item{
		{ID: 1, Title: "Roses and lilies through the frost", Canonical: "https://l.example/roses", Topics: []string{"roses"}, Language: "en"},
		{ID: 2, Title: "Concrete that dries by Friday", Canonical: "https://l.example/concrete", Topics: []string{"concrete"}, Language: "en"},
		{ID: 3, Title: "Violins for beginners", Canonical: "https://l.example/violins", Topics: []string{"violins"}, Language: "en"},
	})
	for text, want := range map[string]int64{"wants to know about tulips": 1, "plaster and bricks are their worry": 2, "their orchestra has a cello too few": 3} {
		c := dana()
		c.Notes = []suggest.Note{note(journey.BothWay, text, journey.SharedNeeds)}
		c.Passed = map[int64]bool{99: true} // something is to be given
		got := l.Best(c, suggest.Tally{})
		if len(got.Picks) == 0 || got.Picks[0].Item.ID != want {
			t.Errorf("%q: %+v", text, got)
			continue
		}
		near := false
		for _, f := range got.Picks[0].Features {
			near = near || f.Name == suggest.FeatureNear && f.Weight > 0
		}
		if !near || len(got.Picks[0].Reason.Quotes) > 0 {
			t.Errorf("%q: features %+v, quotes %q", text, got.Picks[0].Features, got.Picks[0].Reason.Quotes)
		}
	}
}

// What a note says that wants nothing is heeded without a phrase for it, and the
// words that decided are quoted as they stand.
func TestNothingWanted(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	ours := note(journey.Out, "slides with his own numbers", journey.ReachedOut)
	for _, c := range []struct {
		latest suggest.Note
		why    suggest.SilenceReason
		say    string
	}{
		{note(journey.In, "Got them, perfect. Don't need anything else now, thanks", journey.Replied), suggest.SilentNoAsk, "they have what they need (“Got them, perfect”)"},
		{note(journey.In, "Danke, das ist alles, wir brauchen nichts bis dahin", journey.Replied), suggest.SilentNoAsk, "“wir brauchen nichts bis dahin”"},
		{note(journey.In, "bring nothing, her owner reads it on Sunday and she will ring me after", journey.Replied), suggest.SilentNoAsk, "the next step is theirs"},
		{note(journey.BothWay, "stood next to him at the match, not a word about work", journey.Replied), suggest.SilentNoAsk, "“not a word about work”"},
		{note(journey.In, "clause 14 again, with the lawyers now", journey.ProposalDiscussed), suggest.SilentResting, "lawyers"},
		{note(journey.In, "her husband died on Friday", journey.Replied), suggest.SilentResting, "death"},
		{note(journey.BothWay, "the tender is live, questions through the portal only"), suggest.SilentResting, "tender"},
		{note(journey.In, "is still waiting for our security statement", journey.Replied), suggest.SilentResting, "owed"},
		{note(journey.In, "wants figures on accidents since a worker died", journey.AskedForMore), "", ""},
		{note(journey.In, "the link was dead, still wants the audit checklist", journey.Complained, journey.AskedForMore), "", ""},
		{note(journey.In, "the link was dead, he is cross", journey.Complained), suggest.SilentComplaint, "complaint"},
	} {
		d := dana()
		d.SharedIDs = map[int64]bool{1: true, 2: true}
		d.Notes = append([]suggest.Note{c.latest, ours}, d.Notes...)
		got := l.Best(d, suggest.Tally{}).Silent
		switch {
		case c.why == "" && got != nil:
			t.Errorf("%q: silent: %+v", c.latest.Text, got)
		case c.why != "" && (got == nil || got.Why != c.why || !strings.Contains(got.Say, c.say)):
			t.Errorf("%q: %+v", c.latest.Text, got)
		}
	}
}

// Who said not now is left until the day that they named, which is said.
func TestTheDayThatTheyNamed(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	for day, want := range map[string]string{
		"":           "said not now: nothing until they come back. If they named a day, it was not read",
		"2026-11-20": "said not now until Friday 20 November, which has come: ask what became of it",
		"2027-01-12": "nothing until they come back, or until Tuesday 12 January 2027, the day that they named",
	} {
		c := dana()
		c.Notes = []suggest.Note{note(journey.In, "Not now, come back on 12 January", journey.Postponed)}
		if day != "" {
			c.NamedDay, _ = time.Parse(time.DateOnly, day)
		}
		if got := l.Best(c, suggest.Tally{}).Silent; got == nil || !strings.Contains(got.Say, want) {
			t.Errorf("%q: %+v, want %q", day, got, want)
		}
	}
}

// An invoice is asked for, which no item is: nothing is given instead of it.
func TestPapersAreNoItems(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	d := dana()
	d.Notes = []suggest.Note{note(journey.In, "needs a copy of the invoice and the delivery note", journey.AskedForMore)}
	if got := l.Best(d, suggest.Tally{}); got.Silent == nil {
		t.Errorf("given: %q", got.Picks[0].Item.Title)
	}
}

// Who will ask IT is given what is made for IT.
func TestWhomTheyBringIn(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	d := suggest.Case{Now: now, Contact: "Dana", Company: "Acme", Stage: "permission", Status: suggest.StatusActive, SharedURLs: map[string]bool{},
		Notes: []suggest.Note{note(journey.BothWay, "call, asked about the audit trail, sent the checklist, will ask IT by Friday", journey.AskedForMore)}}
	for _, it := range sample(t) {
		if it.Title == "Audit checklist for SaaS buyers" {
			d.SharedURLs[it.Canonical] = true
		}
	}
	if got := l.Best(d, suggest.Tally{}); len(got.Picks) == 0 || got.Picks[0].Item.Title != "Hosting, backup and access: facts for your IT" {
		t.Errorf("%+v", got)
	}
}

// A language is told from a note of a few words by how they are spelt.
func TestLanguageBySpelling(t *testing.T) {
	items := []suggest.Item{
		{ID: 1, Title: "Die ersten Tage", Canonical: "https://l.example/de", Language: "de"},
		{ID: 2, Title: "Los primeros días", Canonical: "https://l.example/es", Language: "es"},
		{ID: 3, Title: "De eerste dagen", Canonical: "https://l.example/nl", Language: "nl"},
	}
	l := suggest.NewLibrary(guide(t), items)
	for text, want := range map[string]int64{"Unterschrieben zurück. Wie geht es los?": 1, "accepteerde mijn verzoek na de lezing over verzuimkosten": 3, "pregunta cómo es la instalación": 2} {
		c := suggest.Case{Now: now, Stage: "exchange", Passed: map[int64]bool{99: true}, Notes: []suggest.Note{note(journey.In, text)}}
		got := l.Best(c, suggest.Tally{})
		if len(got.Picks) != 1 || got.Picks[0].Item.ID != want {
			t.Errorf("%q: %+v", text, got.Picks)
		}
	}
}
