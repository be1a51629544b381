package coach

import (
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/suggest"
	"cairn/store"
)

// What came back ends the wait, whichever way the note is said to have gone.
func TestOpenGift(t *testing.T) {
	t.Parallel()
	gave := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		text    string
		way     journey.Direction
		signals []journey.Signal
		after   time.Duration
		open    bool
	}{
		{"mailed, thanks, will show it to my boss", journey.Out, []journey.Signal{journey.ReachedOut}, time.Hour, false},
		{"gemailt, vielen Dank, sie zeigt es dem Chef", journey.Out, []journey.Signal{journey.ReachedOut}, time.Hour, false},
		{"mailed, thanks for the good talk", journey.Out, []journey.Signal{journey.ReachedOut}, time.Hour, true},
		{"mailed, many thanks, will show it", journey.Out, []journey.Signal{journey.ReachedOut}, time.Hour, false},
		{"mailed, thanks a lot, will show it", journey.Out, []journey.Signal{journey.ReachedOut}, time.Hour, false},
		{"gemaild, dank je wel, laat het zien", journey.Out, []journey.Signal{journey.ReachedOut}, time.Hour, false},
		{"mailed offer, thanks to Tom's intro", journey.Out, []journey.Signal{journey.ReachedOut}, time.Hour, true},
		{"Angebot gemailt, dank Messe", journey.Out, []journey.Signal{journey.ReachedOut}, time.Hour, true},
		{"mandato il preventivo, grazie a Marco", journey.Out, []journey.Signal{journey.ReachedOut}, time.Hour, true},
		{"envoyé le devis, merci à Kim", journey.Out, []journey.Signal{journey.ReachedOut}, time.Hour, true},
		{"mailed her, she agreed to meet", journey.Out, []journey.Signal{journey.AgreedMeeting}, time.Hour, false},
		{"mailed her the guide that she asked for", journey.Out, []journey.Signal{journey.AskedForMore}, 0, true},
		{"le he enviado la calculadora", journey.In, []journey.Signal{journey.ReachedOut}, 0, true},
		{"called, no answer", journey.BothWay, []journey.Signal{journey.ReachedOut}, time.Hour, true},
		{"he wrote back", journey.In, []journey.Signal{journey.Replied}, time.Hour, false},
		{"complained about paper rounds", journey.In, []journey.Signal{journey.HeardThem}, time.Hour, false},
		{"he wrote back", journey.In, []journey.Signal{journey.Replied}, -time.Hour, true},
	} {
		n := asAnswer(suggest.Note{At: gave.Add(c.after), Direction: c.way, Text: c.text, Signals: c.signals})
		if got := openGift([]store.Share{{At: gave}}, []suggest.Note{n}); got.IsZero() == c.open {
			t.Errorf("%q: open since %v", c.text, got)
		}
	}
}
