package suggest_test

import (
	"strings"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

// It is their turn once something was given or tried; their answer, their own
// day, or time ends that.
func TestWaitingForTheirAnswer(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	silent := func(c suggest.Case) suggest.SilenceReason {
		if s := l.Best(c, suggest.Tally{}).Silent; s != nil {
			if s.Why == suggest.SilentWaiting && !s.Until.After(c.Now) {
				t.Errorf("silent until %v, at %v", s.Until, c.Now)
			}
			return s.Why
		}
		return ""
	}
	gave := dana()
	gave.GaveAt = now.Add(-3 * 24 * time.Hour)
	quiet := dana()
	quiet.Notes = append([]suggest.Note{{At: now.Add(-5 * 24 * time.Hour), Direction: journey.Out, Channel: journey.Phone, Text: "fifth try, voicemail", Signals: []journey.Signal{journey.WentQuiet}}}, quiet.Notes...)
	quiet.Status = suggest.StatusQuiet
	for _, c := range []struct {
		name   string
		change func(c *suggest.Case)
		of     suggest.Case
		want   suggest.SilenceReason
	}{
		{"given three days ago", func(*suggest.Case) {}, gave, suggest.SilentWaiting},
		{"given a week ago", func(c *suggest.Case) { c.GaveAt = now.Add(-suggest.WaitForAnswer) }, gave, ""},
		{"nothing open", func(c *suggest.Case) { c.GaveAt = time.Time{} }, gave, ""},
		{"their own day has come", func(c *suggest.Case) { c.StepDue = now.Add(-time.Hour) }, gave, ""},
		{"their own day is to come", func(c *suggest.Case) { c.StepDue = now.Add(48 * time.Hour) }, gave, suggest.SilentWaiting},
		{"tried last week", func(*suggest.Case) {}, quiet, suggest.SilentWaiting},
		{"tried three weeks ago", func(c *suggest.Case) { c.Now = now.Add(16 * 24 * time.Hour) }, quiet, ""},
	} {
		c.change(&c.of)
		if got := silent(c.of); got != c.want {
			t.Errorf("%s: silent %q, want %q", c.name, got, c.want)
		}
	}
}

// What a rep writes who wants nothing sent is heeded, until the day it names or
// something happens; what only sounds like it is not.
func TestANoteThatSaysToSendNothing(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	for _, c := range []struct {
		note    string
		dir     journey.Direction
		signals []journey.Signal
		days    int // since the note
		silent  bool
		say     string
	}{
		{"This is a duplicate of the other Dana.", journey.Out, nil, 300, true, "double"},
		{"On parental leave until 15 December", journey.Out, nil, 3, true, "15 December"},
		{"On parental leave until 15 December", journey.Out, nil, 30, false, ""},
		{"Ihr Postfach: in Elternzeit bis 15. Dezember", journey.In, []journey.Signal{journey.ReachedOut}, 3, true, "away"},
		{"Absente jusqu'au 15 décembre", journey.Out, []journey.Signal{journey.ReachedOut}, 3, true, "15 December"},
		{"call on 7 December, she is on leave", journey.Out, nil, 3, true, "7 December"},
		{"call on 7 December, she is on leave", journey.Out, nil, 20, false, ""},
		{"on leave from 1 to 15 December", journey.Out, nil, 3, true, "15 December"},
		{"im Urlaub für zwei Wochen", journey.Out, nil, 3, true, "7 December"},
		{"she is on leave", journey.Out, nil, 30, true, "away"},
		{"im Urlaub ab 30. November", journey.Out, nil, 20, true, "away"},
		{"im Urlaub ab 30. November, da Schulferien", journey.Out, nil, 20, true, "away"},
		{"im Urlaub ab 30. November, da ist Schulferienzeit", journey.Out, nil, 20, true, "away"},
		{"im Urlaub, ab 30. November da", journey.Out, nil, 20, false, ""},
		{"im Urlaub, da ab 30. November zurück", journey.Out, nil, 20, false, ""},
		{"im Urlaub, ab 30. November, wieder da", journey.Out, nil, 20, false, ""},
		{"im Urlaub, ab 30. November ist sie da. Bitte anrufen", journey.Out, nil, 20, false, ""},
		{"im Urlaub, ab 30. November wieder da", journey.Out, nil, 20, false, ""},
		{"on leave from 30 November for two weeks", journey.Out, nil, 10, true, "14 December"},
		{"she is on leave, I'll send the offer tomorrow", journey.Out, nil, 10, true, "away"},
		{"she was on leave last week", journey.Out, nil, 3, false, ""},
		{"war letzte Woche im Urlaub", journey.Out, nil, 3, false, ""},
		{"Eli takes over this one from Monday", journey.Out, nil, 5, true, "colleague"},
		{"I will let her be for now", journey.Out, nil, 5, true, "let Dana be"},
		{"I will let her be for now", journey.Out, nil, 40, false, ""},
		{"leave her be", journey.BothWay, nil, 5, true, "let Dana be"},
		{"lasciare in pace", journey.Out, nil, 5, true, "let Dana be"},
		{"told us they want fewer stops, leave her be until 1 February", journey.BothWay, []journey.Signal{journey.SharedNeeds}, 40, true, "1 February"},
		{"told us they want fewer stops, leave her be until 1 February", journey.BothWay, []journey.Signal{journey.SharedNeeds}, 80, false, ""},
		{"asked for the checklist, but let her be until 1 February", journey.In, []journey.Signal{journey.AskedForMore}, 2, true, "1 February"},
		{"asked for the checklist, give her space until 1 February", journey.In, []journey.Signal{journey.AskedForMore}, 2, true, "1 February"},
		{"asked for the checklist, no contact until 1 February", journey.In, []journey.Signal{journey.AskedForMore}, 2, true, "1 February"},
		{"asked for the checklist, radio silence until 1 February", journey.In, []journey.Signal{journey.AskedForMore}, 80, false, ""},
		{"asked for the checklist, they leave it with legal until 1 February", journey.In, []journey.Signal{journey.AskedForMore}, 2, false, ""},
		{"accepted my invitation, lass sie bis 1. Februar in Ruhe", journey.In, []journey.Signal{journey.Connected}, 2, true, "1 February"},
		{"erzählte von ihren Problemen, lassen wir sie in Ruhe bis 1. Februar", journey.BothWay, []journey.Signal{journey.SharedNeeds}, 2, true, "1 February"},
		{"möchte bis 1. Februar in Ruhe gelassen werden", journey.In, []journey.Signal{journey.SharedNeeds}, 2, true, "1 February"},
		{"keine Antwort, ich lasse sie jetzt in Ruhe", journey.Out, nil, 2, true, "let Dana be"},
		{"fragte nach der Checkliste, sie lassen sich das in Ruhe erklären", journey.In, []journey.Signal{journey.AskedForMore}, 2, false, ""},
		{"sie lassen sich das in Ruhe durch den Kopf gehen", journey.In, []journey.Signal{journey.Replied}, 2, false, ""},
		{"erzählte von ihren Problemen, lassen wir sie das in Ruhe prüfen", journey.BothWay, []journey.Signal{journey.SharedNeeds}, 2, false, ""},
		{"erzählte von ihren Problemen, lassen Sie uns in Ruhe reden", journey.BothWay, []journey.Signal{journey.SharedNeeds}, 2, false, ""},
		{"fragte nach der Checkliste, lassen sich bis Freitag Zeit und prüfen in Ruhe", journey.In, []journey.Signal{journey.AskedForMore}, 2, false, ""},
		{"me contó sus problemas, dejarla en paz hasta el 1 de febrero", journey.BothWay, []journey.Signal{journey.SharedNeeds}, 2, true, "1 February"},
		{"wants to leave the old machines alone", journey.BothWay, []journey.Signal{journey.SharedNeeds}, 2, false, ""},
		{"she left the company", journey.BothWay, nil, 200, true, "no more"},
		{"asked for a freight broker, nothing to do with us", journey.In, []journey.Signal{journey.AskedForMore}, 2, true, "nothing of yours"},
		{"Nobody starts anything before 10 January and would I please not write before that", journey.In, []journey.Signal{journey.Postponed}, 20, true, "10 January"},
		{"New director. Nothing will be looked at before 1 March", journey.In, []journey.Signal{journey.Postponed}, 20, true, "1 March"},
		{"Nothing will be looked at before 1 December", journey.In, []journey.Signal{journey.Postponed}, 20, false, ""},
		{"She says yes, and please let the lawyers work, no mails till he calls", journey.BothWay, []journey.Signal{journey.VerbalYes}, 4, true, "asked for nothing"},
		{"bittet, vor Januar keine Mails zu schicken, bitte nicht anrufen", journey.In, []journey.Signal{journey.Postponed}, 4, true, "1 January"},
		{"demande de ne plus le relancer avant le 15 janvier", journey.In, []journey.Signal{journey.Replied}, 4, true, "15 January"},
		{"pide que no le llamemos", journey.In, []journey.Signal{journey.Replied}, 4, true, "asked for nothing"},
		{"vraagt ons niet te mailen", journey.In, []journey.Signal{journey.Replied}, 4, true, "asked for nothing"},
		{"please don't call, mail the audit checklist", journey.In, []journey.Signal{journey.AskedForMore}, 2, false, ""},
		{"they stopped writing temps by hand altogether", journey.BothWay, []journey.Signal{journey.ValueStory}, 2, false, ""},
		{"all he thinks about is the merger, the rest can wait", journey.In, []journey.Signal{journey.Replied}, 10, true, "other things"},
		{"le reste peut attendre, dit-il", journey.In, []journey.Signal{journey.Replied}, 10, true, "other things"},
		{"the audit trail can wait, the records cannot", journey.In, []journey.Signal{journey.SharedNeeds}, 2, false, ""},
		{"says she has nothing to do with audits, that's done by an outside bureau", journey.In, []journey.Signal{journey.Replied}, 90, true, "find out who does"},
		{"ist dafür nicht zuständig", journey.In, []journey.Signal{journey.Replied}, 90, true, "find out who does"},
		{"they let it be known that audits take nine days", journey.In, []journey.Signal{journey.SharedNeeds}, 2, false, ""},
		{"wants to know who takes over the audit when QA is on leave until May", journey.In, []journey.Signal{journey.AskedForMore}, 2, false, ""},
	} {
		d := dana()
		d.Now = now.Add(time.Duration(c.days) * 24 * time.Hour)
		d.Notes = append([]suggest.Note{{At: now, Direction: c.dir, Channel: journey.Other, Text: c.note, Signals: c.signals}}, d.Notes...)
		got := l.Best(d, suggest.Tally{}).Silent
		if (got != nil && got.Why == suggest.SilentResting) != c.silent || c.silent && !strings.Contains(got.Say, c.say) {
			t.Errorf("%q after %d days: %+v", c.note, c.days, got)
		}
		if !c.silent {
			continue
		}
		// what they did since ends it
		d.Notes = append([]suggest.Note{{At: d.Now, Direction: journey.In, Channel: journey.Email, Text: "asks about the audit trail", Signals: []journey.Signal{journey.AskedForMore}}}, d.Notes...)
		if got := l.Best(d, suggest.Tally{}).Silent; got != nil && got.Why == suggest.SilentResting {
			t.Errorf("%q holds although they came back: %+v", c.note, got)
		}
	}
}

// Who has had much gets one more only if it is nearly as good.
func TestMuchGiven(t *testing.T) {
	items := sample(t)
	l := suggest.NewLibrary(guide(t), items)
	c := dana()
	c.SharedIDs = map[int64]bool{}
	for range len(items) {
		got := l.Best(c, suggest.Tally{})
		if got.Silent != nil {
			if got.Silent.Why != suggest.SilentAllGiven || got.Silent.Gap == nil || len(c.SharedIDs) < 3 {
				t.Errorf("after %d: %+v", len(c.SharedIDs), got.Silent)
			}
			return
		}
		c.SharedIDs[got.Picks[0].Item.ID] = true
	}
	t.Error("it never ends")
}

// What is asked for and nothing else must be met, and English is kept from
// those who do not read it.
func TestOneThingAndNoEnglish(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	ask := func(note string) suggest.Suggestion {
		d := dana()
		d.Notes = []suggest.Note{{At: now, Direction: journey.In, Channel: journey.Email, Text: note, Signals: []journey.Signal{journey.AskedForMore}}}
		return l.Best(d, suggest.Tally{})
	}
	if got := ask("wants the audit trail checklist, nothing else"); got.Silent != nil {
		t.Errorf("silent on what there is: %+v", got.Silent)
	}
	for _, note := range []string{
		"asks for a staff handbook in Polish, nothing else",
		"bittet um ein Handbuch auf Polnisch, sonst nichts, nur das",
		"wants something on the audit trail, Dutch pls, her boss reads along",
	} {
		if got := ask(note); got.Silent == nil || got.Silent.Gap == nil {
			t.Errorf("%q: %+v", note, got.Picks)
		}
	}
	for _, note := range []string{
		"asks about audits, doesn't read English", "Audit? Englisches braucht man ihr nicht zu schicken",
		"veut quelque chose sur l'audit, pas d'anglais", "auditoría; no lee inglés", "audit, non legge l'inglese", "auditoria, não lê inglês", "audit, leest geen Engels",
	} {
		for _, p := range ask(note).Picks {
			if p.Item.Language == "en" {
				t.Errorf("%q: given %q", note, p.Item.Title)
			}
		}
	}
	if got := ask("asks about the audit trail, English is fine"); got.Silent != nil {
		t.Errorf("English is fine: %+v", got.Silent)
	}
}

// A day is one of whoever asks: west of Greenwich it lasts longer than in UTC, and
// a step due today does not wait for an hour of it.
func TestDaysAreThoseOfWhoAsks(t *testing.T) {
	zone := time.FixedZone("Pacific", -8*3600)
	evening, day := time.Date(2026, 11, 23, 18, 0, 0, 0, zone), time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	it := suggest.Item{Expires: day, ReviewBy: day}
	if it.Expired(evening) || it.Overdue(evening) {
		t.Error("the last day ends before its evening")
	}
	if next := evening.AddDate(0, 0, 1); !it.Expired(next) || !it.Overdue(next) {
		t.Error("the last day does not end")
	}
	l := suggest.NewLibrary(guide(t), sample(t))
	c := dana()
	c.Now = time.Date(2026, 11, 23, 8, 0, 0, 0, zone)
	c.GaveAt = c.Now.AddDate(0, 0, -3)
	for _, due := range []struct {
		on     time.Time
		silent bool
	}{{day, false}, {time.Date(2026, 11, 23, 12, 0, 0, 0, zone), false}, {day.AddDate(0, 0, 1), true}, {time.Date(2026, 11, 24, 12, 0, 0, 0, zone), true}} {
		c.StepDue = due.on
		if s := l.Best(c, suggest.Tally{}).Silent; (s != nil) != due.silent {
			t.Errorf("their step due %v, at %v: silent %v", due.on, c.Now, s)
		}
	}
	c.Now = time.Date(2026, 11, 23, 17, 0, 0, 0, zone) // the next day in UTC
	c.StepDue = day.AddDate(0, 0, 1)
	if l.Best(c, suggest.Tally{}).Silent == nil {
		t.Error("a step due tomorrow has come already")
	}
}

// Who is not to be had where they were is not said to have said no.
func TestDepartures(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	for _, c := range []struct {
		departure suggest.Departure
		note      string
		status    string
		say       string
	}{
		{suggest.Left, "she moved to Marriott, starts in January", "", "Your note says that Dana is there no more: nothing to give; what is next is for whoever came after"},
		{suggest.Left, "ist nicht mehr im Unternehmen", suggest.StatusLeft, "Your note says that Dana is there no more"},
		{suggest.Unmailed, "mail bounced, address unknown", "", "Your note says that nothing reaches Dana: find the address or number that holds first"},
		{suggest.Absent, "on sick leave until mid January", "", "Your note says that Dana is away: nothing until Friday 15 January"},
		{suggest.Absent, "in Elternzeit, zurück am 2. März", "", "Your note says that Dana is away: nothing until Tuesday 2 March"},
	} {
		d := dana()
		n := note(journey.In, c.note)
		n.At = time.Date(2026, 11, 29, 10, 0, 0, 0, time.UTC)
		n.Departure = c.departure
		d.Now, d.Notes, d.Status = n.At, append([]suggest.Note{n}, d.Notes...), c.status
		got := l.Best(d, suggest.Tally{}).Silent
		if got == nil || got.Why != suggest.SilentResting || !strings.Contains(got.Say, c.say) {
			t.Errorf("%q: %+v, want %q", c.note, got, c.say)
		}
	}
}

// An open complaint goes before all, and says how to close it.
func TestComplaintSaysHowItEnds(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	d := dana()
	d.Notes = append([]suggest.Note{note(journey.In, "ist sauer", journey.Complained)}, d.Notes...)
	if got := l.Best(d, suggest.Tally{}).Silent; got == nil || got.Why != suggest.SilentComplaint || !strings.Contains(got.Say, "log “settled, happy again”") {
		t.Errorf("%+v", got)
	}
	d.Notes = append([]suggest.Note{note(journey.In, "settled, happy again", journey.GaveFeedback)}, d.Notes...)
	if got := l.Best(d, suggest.Tally{}).Silent; got != nil && got.Why == suggest.SilentComplaint {
		t.Errorf("it is over: %+v", got)
	}
}
