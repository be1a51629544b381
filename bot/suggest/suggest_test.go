package suggest_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/suggest"
	"cairn/prompts/library"
)

func guide(t testing.TB) *suggest.Guide {
	t.Helper()
	g, err := suggest.LoadGuide(library.Files)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// sample returns the library that goes with the binary, numbered from 1.
func sample(t testing.TB) []suggest.Item {
	t.Helper()
	text, err := library.Files.ReadFile("library.csv")
	if err != nil {
		t.Fatal(err)
	}
	items, problems := suggest.ParseCSV(bytes.NewReader(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for i := range items {
		items[i].ID = int64(i + 1)
	}
	return items
}

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// dana is the contact of the README's first line.
func dana() suggest.Case {
	return suggest.Case{
		Now: now, Contact: "Dana", Company: "Acme", Stage: "engagement", Status: suggest.StatusActive,
		Notes: []suggest.Note{{
			At: now, Channel: journey.Phone, Direction: journey.BothWay,
			Text:    "call, asked about the audit trail, sent the overview, will ask IT by Friday",
			Signals: []journey.Signal{journey.AskedForMore, journey.SharedNeeds},
		}},
	}
}

// The line that the README opens with, and every suggestion for it by chance.
func TestDanaGetsTheAuditChecklist(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	for seed := range uint64(200) {
		c := dana()
		c.Seed = seed
		got := l.Suggest(c, suggest.Tally{})
		if len(got.Picks) == 0 || got.Picks[0].Item.Title != "Audit checklist for SaaS buyers" {
			t.Fatalf("seed %d: %+v", seed, got)
		}
	}
}

func TestReasonNamesWhatFiredAndCountsWhatThereIs(t *testing.T) {
	items := sample(t)
	l := suggest.NewLibrary(guide(t), items)
	var id int64
	for _, it := range items {
		if it.Title == "Audit checklist for SaaS buyers" {
			id = it.ID
		}
	}
	none := l.Best(dana(), suggest.Tally{}).Picks[0]
	if want := "helps answer what IT and auditors ask about a cloud service, point by point; speaks to “audit trail”; not yet sent to Dana"; none.Reason.Text != want {
		t.Errorf("got  %s\nwant %s", none.Reason.Text, want)
	}
	tally := suggest.NewTally(map[suggest.ContentStage]suggest.Count{
		{Content: id, Stage: "engagement"}: {Shown: 8, Shared: 5, Answered: 3, Helped: 3},
		{Content: id, Stage: "permission"}: {Shown: 6, Shared: 4, Answered: 1, Helped: 2},
	}, nil)
	counted := l.Best(dana(), tally).Picks[0]
	if !strings.HasSuffix(counted.Reason.Text, "; shared 9 times, 4 answered, not yet sent to Dana") {
		t.Error(counted.Reason.Text)
	}
	if counted.Channel.Name != journey.Phone || counted.Channel.Why != suggest.TheyAnswered {
		t.Errorf("channel %+v", counted.Channel)
	}
	owing := dana()
	owing.Given, owing.Asked = 1, 2
	if text := l.Best(owing, suggest.Tally{}).Picks[0].Reason.Text; !strings.HasSuffix(text, "; asked twice, given once: give first") {
		t.Error(text)
	}
	nameless := dana()
	nameless.Contact = ""
	if text := l.Best(nameless, suggest.Tally{}).Picks[0].Reason.Text; strings.Contains(text, "not yet") {
		t.Error(text)
	}
}

func TestSilence(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	at := func(days int, text string, signals ...journey.Signal) suggest.Note {
		return suggest.Note{At: now.AddDate(0, 0, -days), Channel: journey.Phone, Direction: journey.In, Text: text, Signals: signals}
	}
	for _, c := range []struct {
		name   string
		change func(c *suggest.Case)
		want   suggest.SilenceReason
	}{
		{"asked to be left alone", func(c *suggest.Case) { c.DoNotContact = true }, suggest.SilentDoNotContact},
		{"said no", func(c *suggest.Case) { c.Status = suggest.StatusLeft }, suggest.SilentLeft},
		{"said no, come back in spring", func(c *suggest.Case) { c.Status = suggest.StatusLeft; c.ReturnOn = now.AddDate(0, 4, 0) }, ""},
		{"an open complaint", func(c *suggest.Case) {
			c.Notes = append([]suggest.Note{at(0, "furious", journey.Complained)}, c.Notes...)
		}, suggest.SilentComplaint},
		{"a complaint before a working session", func(c *suggest.Case) {
			c.Notes = append(c.Notes, at(40, "furious", journey.Complained))
			c.Notes[0].Signals = []journey.Signal{journey.WorkingSession}
		}, ""},
		{"quiet", func(c *suggest.Case) { c.Status = suggest.StatusQuiet }, ""},
		{"a language in which there is nothing", func(c *suggest.Case) { c.Language = "fi" }, suggest.SilentNothingFits},
		{"an industry and a subject that nothing is for", func(c *suggest.Case) {
			c.Industry = "opera houses"
			c.Notes = []suggest.Note{at(0, "wants a soprano, a harpist and two trumpets for the gala, says Bartley", journey.AskedForMore)}
		}, suggest.SilentNothingFits},
	} {
		cs := dana()
		c.change(&cs)
		s := l.Best(cs, suggest.Tally{})
		switch {
		case c.want == "" && s.Silent != nil:
			t.Errorf("%s: silent: %s", c.name, s.Silent.Say)
		case c.want != "" && (s.Silent == nil || s.Silent.Why != c.want || s.Silent.Say == ""):
			t.Errorf("%s: want %s, got %+v with %d picks", c.name, c.want, s.Silent, len(s.Picks))
		}
		if c.want == suggest.SilentNothingFits && c.name != "a language in which there is nothing" {
			if got := strings.Join(s.Silent.Gap.Words, " "); got != "soprano harpist trumpets gala" {
				t.Errorf("%s: the gap's words are %q", c.name, got)
			}
		}
		if s.Silent != nil && (s.Silent.Gap != nil) != (c.want == suggest.SilentNothingFits) {
			t.Errorf("%s: gap %+v", c.name, s.Silent.Gap)
		}
	}
}

// Pressing Another again and again shows all that fits, each once, and then
// says honestly that nothing else does, with the gap.
func TestAnotherEndsInAGap(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	c := dana()
	c.Passed = map[int64]bool{}
	for range 40 {
		s := l.Suggest(c, suggest.Tally{})
		if s.Silent != nil {
			if s.Silent.Why != suggest.SilentAllGiven || s.Silent.Gap == nil || s.Silent.Gap.Stage != "engagement" || len(c.Passed) == 0 {
				t.Errorf("%+v after %d", s.Silent, len(c.Passed))
			}
			return
		}
		if c.Passed[s.Picks[0].Item.ID] {
			t.Fatalf("%s a second time", s.Picks[0].Item.Title)
		}
		c.Passed[s.Picks[0].Item.ID] = true
	}
	t.Error("it never ends")
}

func TestOverdueRanksBehind(t *testing.T) {
	mk := func(id int64, due time.Time) suggest.Item {
		return suggest.Item{ID: id, Title: "Guide to audits", Canonical: fmt.Sprint("https://x.example/", id), Stages: []string{"engagement"}, Topics: []string{"audit trail"}, ReviewBy: due}
	}
	today := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	l := suggest.NewLibrary(guide(t), []suggest.Item{mk(1, today), mk(2, today.AddDate(0, 0, -1))})
	if s := l.Best(dana(), suggest.Tally{}); len(s.Picks) != 2 || s.Picks[0].Item.ID != 1 {
		t.Errorf("due today is in time, due yesterday ranks behind: %+v", s.Picks)
	}
}

func TestChannelGoesOneRungUpAtMost(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	note := func(ch journey.Channel, d journey.Direction) suggest.Note {
		return suggest.Note{At: now, Channel: ch, Direction: d, Text: "asked about the audit trail", Signals: []journey.Signal{journey.AskedForMore}}
	}
	for _, c := range []struct {
		name  string
		notes []suggest.Note
		tally suggest.Tally
		want  suggest.Channel
	}{
		{"where they answered", []suggest.Note{note(journey.Email, journey.In)}, suggest.Tally{}, suggest.Channel{Name: journey.Email, Why: suggest.TheyAnswered}},
		{"a form is answered by mail", []suggest.Note{note(journey.Web, journey.In)}, suggest.Tally{}, suggest.Channel{Name: journey.Email, Why: suggest.TheyAnswered}},
		{"a call online is a call", []suggest.Note{note(journey.Web, journey.BothWay)}, suggest.Tally{}, suggest.Channel{Name: journey.Web, Why: suggest.TheyAnswered}},
		{"one rung up from a network", []suggest.Note{note(journey.Social, journey.In)}, suggest.Tally{}, suggest.Channel{Name: journey.Chat, Why: suggest.OneRungUp}},
		{"our own mails are no answer", []suggest.Note{note(journey.Phone, journey.Out)}, suggest.Tally{}, suggest.Channel{Name: journey.Email, Why: suggest.StageUsual}},
		{"the team's figures", []suggest.Note{note(journey.Email, journey.In)}, suggest.Tally{}.WithChannels(map[journey.Channel]suggest.Count{
			journey.Email: {Shared: 40, Helped: 4}, journey.Phone: {Shared: 40, Helped: 24}}), suggest.Channel{Name: journey.Phone, Why: suggest.TeamFigures}},
		{"too few figures", []suggest.Note{note(journey.Email, journey.In)}, suggest.Tally{}.WithChannels(map[journey.Channel]suggest.Count{
			journey.Phone: {Shared: 5, Helped: 5}}), suggest.Channel{Name: journey.Email, Why: suggest.TheyAnswered}},
	} {
		cs := dana()
		cs.Stage, cs.Notes = "permission", c.notes
		if got := l.Best(cs, c.tally).Picks[0].Channel; got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// A reason quotes what names a topic, and says that an item is made for them only
// where they are of its kind themselves.
func TestReasonsQuoteTopics(t *testing.T) {
	items := []suggest.Item{
		{ID: 1, Title: "Brother or customer: who fixed it", Canonical: "https://l.example/1", Topics: []string{"brother", "fixed", "offered", "customer"}, Roles: []string{"plant manager"}, Language: "en", Kind: "article", Gives: "Tells a story"},
		{ID: 2, Title: "Forklift checks", Canonical: "https://l.example/2", Topics: []string{"forklift"}, Language: "en", Kind: "article", Gives: "Tells how"},
	}
	l := suggest.NewLibrary(guide(t), items)
	for text, want := range map[string]string{
		"coffee, he offered to fix it with his brother": "",
		"his brother fixed a forklift":                  "forklift",
	} {
		d := dana()
		d.Notes = []suggest.Note{note(journey.In, text, journey.SharedNeeds)}
		d.Passed = map[int64]bool{99: true} // something is to be given
		for _, p := range l.Best(d, suggest.Tally{}).Picks {
			for _, q := range p.Reason.Quotes {
				if want == "" || !strings.Contains(q, want) {
					t.Errorf("%q: quotes %q", text, p.Reason.Quotes)
				}
			}
			if len(p.Reason.For) > 0 {
				t.Errorf("%q: made for %q, of whom she is none", text, p.Reason.For)
			}
		}
	}
	d := dana()
	d.Title, d.Notes = "Plant manager", []suggest.Note{note(journey.In, "his brother fixed it, what a customer", journey.SharedNeeds)}
	d.Passed = map[int64]bool{99: true}
	if got := l.Best(d, suggest.Tally{}); len(got.Picks) == 0 || got.Picks[0].Item.ID != 1 || len(got.Picks[0].Reason.For) != 1 {
		t.Errorf("%+v", got)
	}
}

// A kit that is there to be passed on is not given where it must not be.
func TestNoKitThatMustNotBePassedOn(t *testing.T) {
	for _, passOn := range []bool{true, false} {
		items := sample(t)
		for i := range items {
			items[i].PassOn = passOn
		}
		l := suggest.NewLibrary(guide(t), items)
		for _, signal := range []journey.Signal{journey.Referral, journey.Recommendation, journey.ValueStory} {
			d := dana()
			d.Stage, d.Bought = "exchange", 1
			d.Notes = []suggest.Note{note(journey.In, "told a colleague at another site of us", signal)}
			got := l.Best(d, suggest.Tally{})
			if kit := slices.ContainsFunc(got.Picks, func(p suggest.Pick) bool { return strings.HasPrefix(p.Item.Title, "Pass it on") }); kit != passOn {
				t.Errorf("may be passed on %v, %s: the kit is given %v", passOn, signal, kit)
			}
		}
	}
}

// On the day of an order nobody is given what helps them to pass us on; who spoke
// well of us may be.
func TestNoKitForAReferralOnTheDayOfTheOrder(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	kit := func(signals ...journey.Signal) bool {
		d := dana()
		d.Stage = "exchange"
		d.Notes = []suggest.Note{note(journey.In, "signed the order today, wants to tell a colleague at another site", signals...)}
		got := l.Best(d, suggest.Tally{})
		return slices.ContainsFunc(got.Picks, func(p suggest.Pick) bool { return strings.HasPrefix(p.Item.Title, "Pass it on") })
	}
	if kit(journey.Revenue) {
		t.Error("given on the day of the order")
	}
	if !kit(journey.Revenue, journey.Referral) {
		t.Error("not given to one who introduced somebody")
	}
}

// A gap is in the language that was asked for, whatever the note is in.
func TestGapInTheLanguageAskedFor(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	for text, want := range map[string]string{"call, asked for the audit checklist in Polish only": "pl", "call, she asked for a soprano, a harpist and trumpets for the gala": "en"} {
		c := suggest.Case{Now: now, Contact: "Ida", Stage: "permission", Notes: []suggest.Note{note(journey.In, text, journey.AskedForMore)}}
		if got := l.Best(c, suggest.Tally{}).Silent; got == nil || got.Gap == nil || got.Gap.Language != want {
			t.Errorf("%q: %+v", text, got)
		}
	}
}
