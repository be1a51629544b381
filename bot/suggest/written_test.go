package suggest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

// titlesFor are the titles of what is suggested, after one note, and the first reason.
func titlesFor(t *testing.T, items []suggest.Item, told, note string) (titles, reason string) {
	t.Helper()
	c := suggest.Case{Now: now, Contact: "Dana", Stage: "interaction", Language: told, Status: suggest.StatusActive,
		Notes: []suggest.Note{{At: now, Channel: journey.Phone, Direction: journey.BothWay, Text: note, Signals: []journey.Signal{journey.AskedForMore}}}}
	var all []string
	for i, p := range suggest.NewLibrary(guide(t), items).Best(c, suggest.Tally{}).Picks {
		if all = append(all, p.Item.Title); i == 0 {
			reason = p.Reason.Told(p.Reason.Text)
		}
	}
	return strings.Join(all, "; "), reason
}

// What is plainly in one language is for those who read it, although nobody filled in
// the cell; what is in the language of most is for everybody, as an empty cell says.
func TestAnEmptyCellIsNoLicenceForAnotherLanguage(t *testing.T) {
	const spanish, pumps, fans = "Guía de auditoría para hoteles", "Pumps: how to keep them", "Fans and the noise that they make"
	items := []suggest.Item{
		{ID: 1, Title: spanish, Canonical: "https://l.example/1", Gives: "Explica en una página cómo preparar la auditoría", Topics: []string{"audits", "hotels"}},
		{ID: 2, Title: pumps, Canonical: "https://l.example/2", Topics: []string{"pumps"}},
		{ID: 3, Title: fans, Canonical: "https://l.example/3", Topics: []string{"fans"}},
	}
	for _, c := range []struct {
		told, note string
		want       bool
	}{
		{"", "call, asked about audits", false},
		{"en", "call, asked about audits", false},
		{"de", "Anruf, fragt nach Audits für das Hotel", false},
		{"", "Anruf, fragt nach Audits für das Hotel und die Küche", false},
		{"es", "call, asked about audits", true},
		{"", "llamada, pide la guía de auditoría para los hoteles", true},
	} {
		if got, _ := titlesFor(t, items, c.told, c.note); strings.Contains(got, spanish) != c.want {
			t.Errorf("told %q, %q: %q", c.told, c.note, got)
		}
	}
	if got, _ := titlesFor(t, items, "de", "call, asked about pumps"); !strings.Contains(got, pumps) {
		t.Errorf("in the language of most, without a limit: %q", got)
	}
	// in a team whose library is in German, German is what everybody reads
	german := []suggest.Item{
		{ID: 1, Title: "Pumpen und was sie brauchen", Canonical: "https://l.example/1", Language: "de", Topics: []string{"pumps"}},
		{ID: 2, Title: "Lüfter und der Lärm, den sie machen", Canonical: "https://l.example/2", Language: "de", Topics: []string{"fans"}},
	}
	if got, _ := titlesFor(t, german, "", "call: pumps"); !strings.Contains(got, "Pumpen") {
		t.Errorf("nothing tells their language, and German is the team's: %q", got)
	}
}

// What is offered in another language than theirs says so, under any wording.
func TestAnotherLanguageIsAnnounced(t *testing.T) {
	items := []suggest.Item{
		{ID: 1, Title: "Pumps handbook", Canonical: "https://l.example/1", Language: "en", Topics: []string{"Pumpen"}},
		{ID: 2, Title: "Lüfter", Canonical: "https://l.example/2", Language: "de", Stages: []string{"exchange"}, Topics: []string{"Lüfter"}},
	}
	const note = "Anruf, fragt nach Pumpen für die Küche und das Haus"
	for _, c := range []struct{ told, note, want string }{
		{"", note, "; in English: nothing in German fits"},
		{"", "call, he asked about Pumpen for the kitchen and the house", ""},
	} {
		got, reason := titlesFor(t, items, c.told, c.note)
		if got == "" || strings.Contains(reason, "in English") != (c.want != "") || !strings.HasSuffix(reason, c.want) {
			t.Errorf("%q: %q, %q", c.note, got, reason)
		}
	}
	items = append(items, suggest.Item{ID: 3, Title: "Pumpen", Canonical: "https://l.example/3", Language: "de", Topics: []string{"Pumpen"}})
	got, reason := titlesFor(t, items, "", note)
	if !strings.HasPrefix(got, "Pumpen") || strings.Contains(reason, "in ") && strings.Contains(reason, "nothing in German") {
		t.Errorf("%q, %q", got, reason)
	}
	// as with an empty cell
	items = []suggest.Item{{ID: 1, Title: "Pumps: what is there to do, and how", Canonical: "https://l.example/1", Topics: []string{"Pumpen"}}}
	if got, reason := titlesFor(t, items, "de", note); got == "" || !strings.HasSuffix(reason, "; in English: nothing in German fits") {
		t.Errorf("%q, %q", got, reason)
	}
}

// Only what is about as good as the best comes first for its language: of the rest a good item
// in another language is named before what is in theirs and fits badly, however much there is of it.
func TestOwnLanguageCrowdsOutNothing(t *testing.T) {
	topics := []string{"Pumpen", "Schmierung", "Verschleiß"}
	items := []suggest.Item{
		{ID: 1, Title: "Pumps: lubrication and wear", Canonical: "https://l.example/1", Language: "en", Kind: "guide", Topics: topics},
		{ID: 2, Title: "Pumpen: Schmierung und Verschleiß", Canonical: "https://l.example/2", Language: "de", Kind: "checklist", Topics: topics},
	}
	for i := range int64(30) {
		items = append(items, suggest.Item{ID: 3 + i, Title: fmt.Sprintf("Verschleiß, Teil %d", i), Canonical: fmt.Sprintf("https://l.example/%d", 3+i), Language: "de", Kind: "article", Topics: []string{"Verschleiß"}})
	}
	got := suggest.NewLibrary(guide(t), items).Best(suggest.Case{Now: now, Contact: "Dana", Stage: "permission", Notes: []suggest.Note{{At: now, Channel: journey.Phone,
		Direction: journey.BothWay, Text: "Anruf, fragt nach Schmierung und Verschleiß der Pumpen für das Werk", Signals: []journey.Signal{journey.AskedForMore}}}}, suggest.Tally{})
	if len(got.Picks) < 2 || got.Picks[0].Item.ID != 2 || got.Picks[1].Item.ID != 1 {
		t.Errorf("%+v", got.Picks)
	}
}

// Of two that fit about as well the one in their own language comes first, whatever the seed
// and however well the other did; one that fits far better comes first in any language.
func TestOwnLanguageFirst(t *testing.T) {
	const german, english = "Pumpen: Schmierung und Verschleiß", "Pumps: lubrication and wear"
	items := []suggest.Item{
		{ID: 1, Title: english, Canonical: "https://l.example/1", Language: "en", Topics: []string{"Pumpen", "Schmierung", "Verschleiß"}},
		{ID: 2, Title: german, Canonical: "https://l.example/2", Language: "de", Topics: []string{"Pumpen", "Schmierung", "Verschleiß"}},
		{ID: 3, Title: "Lüfter und Lärm", Canonical: "https://l.example/3", Language: "de", Topics: []string{"Lüfter"}},
	}
	praised := suggest.NewTally(map[suggest.ContentStage]suggest.Count{{Content: 1, Stage: "permission"}: {Shown: 12, Shared: 12, Answered: 10, Helped: 10}},
		map[int64]string{1: "", 2: "", 3: ""})
	for _, c := range []struct {
		what  string
		items []suggest.Item
		tally suggest.Tally
		note  string
		first string
	}{
		{"alike", items, suggest.Tally{}, "Anruf, fragt nach Schmierung und Verschleiß der Pumpen für das Werk", german},
		{"the other did better so far", items, praised, "Anruf, fragt nach Schmierung und Verschleiß der Pumpen für das Werk", german},
		{"English is fine with them", items, praised, "Anruf, fragt nach Schmierung und Verschleiß der Pumpen für das Werk, Englisch sei kein Problem", ""},
		{"theirs is about something else", []suggest.Item{items[0], items[2]}, suggest.Tally{}, "Anruf, fragt nach Schmierung und Verschleiß der Pumpen für das Werk", english},
		{"their notes are in English", items, praised, "call, asked about the Schmierung of the Pumpen, and the Verschleiß", english},
	} {
		l, others := suggest.NewLibrary(guide(t), c.items), 0
		for seed := range uint64(40) {
			got := l.Suggest(suggest.Case{Now: now, Contact: "Dana", Stage: "permission", Seed: seed * 7919, Notes: []suggest.Note{{At: now,
				Channel: journey.Phone, Direction: journey.BothWay, Text: c.note, Signals: []journey.Signal{journey.AskedForMore}}}}, c.tally)
			if len(got.Picks) == 0 || c.first != "" && got.Picks[0].Item.Title != c.first {
				t.Fatalf("%s, seed %d: %+v", c.what, seed, got.Picks)
			}
			if got.Picks[0].Item.Title == english {
				others++
			}
		}
		if c.first == "" && others == 0 {
			t.Errorf("%s: never the English one", c.what)
		}
	}
}

// A reason names a need that the item meets, and that they asked for something only where what
// they asked for may be an item.
func TestReasonNamesTheNeedMet(t *testing.T) {
	items := []suggest.Item{{ID: 1, Title: "Security checklist", Canonical: "https://l.example/1", Kind: "checklist", Stages: []string{"permission"}, Gives: "answers where data lives"},
		{ID: 2, Title: "Agenda for a first meeting", Canonical: "https://l.example/2", Kind: "agenda", Stages: []string{"permission"}, Topics: []string{"planning"}, Gives: "sets out an hour"}}
	for _, c := range []struct {
		note    string
		signals []journey.Signal
		want    map[int64]string
	}{
		{"call, asked for a demo", []journey.Signal{journey.AskedForMore}, map[int64]string{1: "it suits where they stand"}},
		{"call, asked for a guide", []journey.Signal{journey.AskedForMore}, map[int64]string{1: "they asked for something"}},
		{"call, asked for a demo, meeting agreed", []journey.Signal{journey.AskedForMore, journey.AgreedMeeting}, map[int64]string{2: "a meeting is agreed"}},
	} {
		got := suggest.NewLibrary(guide(t), items).Best(suggest.Case{Now: now, Contact: "Dana", Stage: "permission", Notes: []suggest.Note{{At: now, Channel: journey.Phone,
			Direction: journey.BothWay, Text: c.note, Signals: c.signals}}}, suggest.Tally{})
		for id, want := range c.want {
			i := slices.IndexFunc(got.Picks, func(p suggest.Pick) bool { return p.Item.ID == id })
			if i < 0 || got.Picks[i].Reason.Need != want {
				t.Errorf("%s: %+v", c.note, got.Picks)
			}
		}
	}
}
