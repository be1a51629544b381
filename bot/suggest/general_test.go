package suggest_test

import (
	"strings"
	"testing"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

// narrow are items on subjects of their own, added after all others, that say nothing of
// whom they are for.
func narrow(from int64) []suggest.Item {
	var items []suggest.Item
	for i, it := range []suggest.Item{
		{Title: "Vacuum pump webinar", Kind: "webinar", Topics: []string{"vacuum pump", "wear", "vane"}, Gives: "Shows vacuum pump wear live."},
		{Title: "Vacuum pump wear table", Kind: "guide", Topics: []string{"vacuum pump", "wear", "vane"}, Gives: "Tells when a pump needs new vanes."},
		{Title: "Kiln bricks: a checklist", Kind: "checklist", Topics: []string{"kiln bricks", "mortar"}, Gives: "Says which bricks to change first."},
		{Title: "Bell towers and their ropes", Kind: "article", Topics: []string{"bell", "rope"}, Gives: "Tells how ropes are looked after."},
	} {
		it.ID, it.URL = from+int64(i), "https://lib.example/"+strings.ReplaceAll(it.Title, " ", "-")
		it.Canonical, it.Stages, it.Language = it.URL, []string{"permission", "engagement"}, "en"
		it.Education, it.PassOn = suggest.Results, true
		items = append(items, it)
	}
	return items
}

// Of whom little is known, they get what may help anybody, and a reason; not what is
// newest, or says nothing of whom it is for.
func TestWhereLittleIsKnownNothingNarrowComesFirst(t *testing.T) {
	items := sample(t)
	old := int64(len(items))
	l := suggest.NewLibrary(guide(t), append(items, narrow(old+1)...))
	for _, note := range []struct {
		text    string
		signals journey.Signal
	}{
		{"accepted my LinkedIn invitation", journey.Connected},
		{"hat meine Anfrage angenommen", journey.Connected},
		{"demo on Thursday is confirmed", journey.AgreedMeeting},
		{"aceptó la reunión", journey.AgreedMeeting},
		{"she signed up to our newsletter", journey.Subscribed},
		{"si è iscritta alla newsletter", journey.Subscribed},
		{"gave me his card at the fair", journey.GaveContact},
	} {
		for seed := range uint64(50) {
			got := l.Suggest(suggest.Case{Now: now, Contact: "Dana", Stage: "permission", Seed: seed * 7919, Notes: []suggest.Note{{At: now,
				Channel: journey.Social, Direction: journey.In, Text: note.text, Signals: []journey.Signal{note.signals}}}}, suggest.Tally{})
			if got.Silent != nil {
				t.Fatalf("%s: %s", note.text, got.Silent.Say)
			}
			first := got.Picks[0]
			if first.Item.ID > old || len(first.Item.Industries) > 0 {
				t.Fatalf("%s, seed %d: %s", note.text, seed, first.Item.Title)
			}
			if say := first.Reason.Text; !strings.Contains(say, "because ") && !strings.Contains(say, "speaks to ") {
				t.Fatalf("%s, seed %d: no reason: %s", note.text, seed, say)
			}
		}
	}
}

// Who speaks of it gets it.
func TestWhatIsNarrowIsForThoseWhoSpeakOfIt(t *testing.T) {
	items := sample(t)
	l := suggest.NewLibrary(guide(t), append(items, narrow(int64(len(items)+1))...))
	for text, want := range map[string]string{
		"asked for a vacuum pump wear table":                 "Vacuum pump",
		"the bricks in their kiln fail, he wants to see how": "Kiln bricks: a checklist",
		"asked how others look after bell ropes":             "Bell towers",
	} {
		got := l.Best(suggest.Case{Now: now, Contact: "Dana", Stage: "permission", Notes: []suggest.Note{{At: now,
			Channel: journey.Email, Direction: journey.In, Text: text, Signals: []journey.Signal{journey.AskedForMore}}}}, suggest.Tally{})
		if got.Silent != nil || !strings.HasPrefix(got.Picks[0].Item.Title, want) {
			t.Errorf("%s: %+v", text, got)
		}
	}
}
