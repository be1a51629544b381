package line_test

import (
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/line"
)

func TestSettles(t *testing.T) {
	const in, out, both = journey.In, journey.Out, journey.BothWay
	for _, c := range []struct {
		whose     line.Whose
		step      string
		note      string
		direction journey.Direction
		want      bool
	}{
		{line.Theirs, "will ask IT", "IT said yes", in, true},
		{line.Theirs, "will ask IT", "call, she asked IT and they are fine", both, true},
		{line.Theirs, "will ask IT", "call, she liked it, asked for prices", both, false},
		{line.Theirs, "will ask IT", "IT has not answered yet", in, false},
		{line.Theirs, "will ask IT", "asked about IT security", in, false},
		{line.Theirs, "will ask IT", "IT will say on Monday", in, false},
		{line.Theirs, "wird die IT fragen", "IT hat ja gesagt, sie fragt nach dem Preis", in, true},
		{line.Theirs, "she'll decide", "call, decided for us", both, true},
		{line.Theirs, "she'll decide", "call, wants the price list", both, false},
		{line.Theirs, "will talk to her boss", "her boss said yes", in, true},
		{line.Theirs, "she will send the floor plan", "sent us the floor plan", in, true},
		{line.Theirs, "gets back to me", "she called, wants a quote", in, true},
		{line.Theirs, "gets back to me", "sent her the checklist", out, false},
		{line.Ours, "I will send pricing", "sent him the pricing", out, true},
		{line.Ours, "I'll send the quote", "quote sent", out, true},
		{line.Ours, "I'll send the quote", "sent her the checklist", out, false},
		{line.Ours, "I'll send the quote", "she asked for the quote", in, false},
		{line.Ours, "I'll call back", "called her, all well", out, true},
		{line.Ours, "I'll call back", "she liked our post", in, false},
		{line.Ours, "schicke ihr das Angebot", "Angebot geschickt", out, true},
		{line.Theirs, "he'll send me his asset list", "got the asset list from him", in, true},
		{line.Ours, "I'll send him a plan for the pilot", "got the asset list from him", in, false},
		{line.Theirs, "he'll send me his asset list", "sent him the asset list template", out, false},
		{line.Theirs, "he'll send me his asset list", "asset list arrived", in, true},
		{line.Theirs, "sie schickt die Liste", "Liste bekommen", in, true},
		{line.Theirs, "elle envoie la liste", "la liste est arrivée", in, true},
		{line.Ours, "I'll send him the pilot plan", "she got the pilot plan, likes it", in, true},
		{line.Ours, "I'll call back", "sent her the checklist", out, false},
		{line.Ours, "I'll call back", "emailed her the answer", out, true},
	} {
		if got := line.Shipped().Settles(c.whose, c.step, c.note, c.direction, time.Time{}); got != c.want {
			t.Errorf("%s %q, then %q: %v, want %v", c.whose, c.step, c.note, got, c.want)
		}
	}
}
