package suggest_test

import (
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

// What they asked for is given although another thing has its day; where the day, or a step of
// theirs, is of the ask itself it waits.
func TestAskBesideADay(t *testing.T) {
	t.Parallel()
	l, _ := labelled(t, "sample")
	at := evalDay("sample")
	for _, c := range []struct {
		note  string
		given bool
	}{
		{"asked for the audit checklist. She will call me after the board on Friday, decides on the pilot then", true},
		{"will call me on Friday after the board decides on Friday, wants the audit checklist then", false},
		{"asked for the audit checklist but not before the board decides on Friday, will call me then", false},
	} {
		got := l.Best(suggest.Case{Now: at, Contact: "Dana", Stage: "permission", Status: suggest.StatusActive,
			Notes: []suggest.Note{{At: at.Add(-24 * time.Hour), Channel: journey.Phone, Direction: journey.BothWay, Text: c.note,
				Signals: []journey.Signal{journey.AskedForMore}}}}, suggest.Tally{})
		if (got.Silent == nil) != c.given {
			t.Errorf("%s: %+v", c.note, got.Silent)
		}
	}
}

// Who says to send nothing before a day is sent nothing, however well something fits.
func TestNothingUntilThen(t *testing.T) {
	t.Parallel()
	l, _ := labelled(t, "sample")
	at := evalDay("sample")
	for _, note := range []string{
		"went through the quote, audit comes up. Board sits on the 26th, nothing until then she says",
		"went through the quote, audit comes up. We talk on the 26th, not before please",
	} {
		got := l.Best(suggest.Case{Now: at, Contact: "Dana", Stage: "engagement", Status: suggest.StatusActive,
			Notes: []suggest.Note{{At: at, Channel: journey.Phone, Direction: journey.BothWay, Text: note, Signals: []journey.Signal{journey.ProposalDiscussed, journey.SharedNeeds}}}}, suggest.Tally{})
		if got.Silent == nil {
			t.Errorf("%s: %+v", note, got.Picks[0].Item.Title)
		}
	}
}

// That some of their people read no English does not say that they read none.
func TestEnglishOfSome(t *testing.T) {
	t.Parallel()
	l, _ := labelled(t, "sample")
	at := evalDay("sample")
	for note, given := range map[string]bool{
		"half of her fitters don't read English, and the audit is next. asked for the audit checklist": true,
		"she doesn't read English. asked for the audit checklist":                                      false,
	} {
		got := l.Best(suggest.Case{Now: at, Contact: "Dana", Stage: "permission", Status: suggest.StatusActive,
			Notes: []suggest.Note{{At: at, Channel: journey.Phone, Direction: journey.BothWay, Text: note, Signals: []journey.Signal{journey.AskedForMore}}}}, suggest.Tally{})
		english := false
		for _, p := range got.Picks {
			english = english || p.Item.Language == "en"
		}
		if english != given {
			t.Errorf("%s: %+v %+v", note, got.Silent, got.Picks)
		}
	}
}
