package bot

import (
	"strings"
	"testing"
	"time"

	"cairn/store"
)

// Beside silence that says what comes first, that comes before an ask too.
func TestEarnedBesideWhatComesFirst(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 11, 12, 0, 0, 0, time.UTC)
	places := []store.Place{{Journey: "aipee", Stage: "engagement", Status: "active"}}
	for _, c := range []struct {
		silent string
		l      store.Ledger
		want   string
	}{
		{"first: The next step is yours (“I will send the quote”): do that first", store.Ledger{Given: 1}, ": that first, then ask."},
		{"first: The next step is yours (“I will send the quote”): do that first", store.Ledger{Given: 1, Asked: 1}, ": give again before you ask."},
		{"first: The next step is yours (“I will send the quote”): do that first", store.Ledger{}, "."},
		{"no_ask: The last note tells of nothing", store.Ledger{Given: 1}, ": you have earned a question. For instance: “Who else has to be content with this, and what matters to them?”"},
	} {
		if got := earnedBeside(store.Suggestion{Silent: c.silent}, c.l, places, now); got != c.want {
			t.Errorf("%q, given %d, asked %d: %q, want %q", c.silent, c.l.Given, c.l.Asked, got, c.want)
		}
	}
}

func TestEarned(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 11, 12, 0, 0, 0, time.UTC)
	at := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	asks := func(days int, kind string) []store.Ask { return []store.Ask{{Kind: kind, At: at(days)}} }
	place := func(stage, status string) store.Place {
		return store.Place{Journey: "aipee", Stage: stage, Status: status}
	}
	for _, c := range []struct {
		name string
		l    store.Ledger
		p    store.Place
		want string
	}{
		{"nothing yet", store.Ledger{}, place("permission", "active"), "give something first"},
		{"asked before giving", store.Ledger{Asked: 1, Asks: asks(0, "referral")}, place("permission", "active"), "you asked before you gave"},
		{"came back before anything was given", store.Ledger{Asked: 1, Asks: asks(5, "recommendation"), Exchanges: []store.Exchange{{Kind: "recommendation", At: at(0)}, {Kind: "referral", At: at(1)}, {Kind: "revenue", At: at(9)}}}, place("exchange", "active"),
			": thank them for the recommendation and the referral. Give something back before you ask again."},
		{"thanks first", store.Ledger{Given: 2, Exchanges: []store.Exchange{{Kind: "revenue", At: at(1)}}}, place("exchange", "active"), ": thank them for the order. You have earned feedback."},
		{"thanked by now", store.Ledger{Given: 2, Exchanges: []store.Exchange{{Kind: "revenue", At: at(3)}}}, place("exchange", "active"), ": you have earned feedback."},
		{"left", store.Ledger{Given: 3}, place("engagement", "left"), "."},
		{"to be left alone", store.Ledger{Given: 3}, store.Place{Journey: "aipee", Stage: "exchange", Status: "active", DoNotContact: true}, "."},
		{"an ask is open", store.Ledger{Given: 3, Asked: 1, Asks: asks(5, "referral")}, place("exchange", "active"), "you asked for a referral last Friday"},
		{"it has rested", store.Ledger{Given: 3, Asked: 1, Asks: asks(14, "referral")}, place("exchange", "active"), "you have earned feedback"},
		{"it was answered", store.Ledger{Given: 3, Asked: 1, Asks: asks(5, "referral"), Exchanges: []store.Exchange{{Kind: "referral", At: at(4)}}}, place("exchange", "active"), "you have earned feedback"},
		{"a question hides no open ask", store.Ledger{Given: 3, Asked: 2, Asks: append(asks(1, "question"), asks(5, "referral")...)}, place("exchange", "active"), "you asked for a referral last Friday"},
		{"what came hides no open ask", store.Ledger{Given: 4, Asked: 2, Asks: append(asks(2, "recommendation"), asks(5, "referral")...), Exchanges: []store.Exchange{{Kind: "recommendation", At: at(1)}}}, place("exchange", "active"), "You asked for a referral last Friday"},
		{"a question rests nobody", store.Ledger{Given: 3, Asked: 1, Asks: asks(1, "question")}, place("engagement", "active"), "you have earned a question"},
		{"a step of ours is due", store.Ledger{Given: 3, Owed: true}, place("exchange", "active"), "your own step is due: take it before you ask"},
		{"even", store.Ledger{Given: 1, Asked: 1, Asks: asks(1, "question")}, place("engagement", "active"), "give again before you ask"},
		{"attention asks nothing", store.Ledger{Given: 2}, place("attention", "active"), "ask for nothing yet"},
		{"interaction", store.Ledger{Given: 2}, place("interaction", "active"), "a question about them"},
		{"permission", store.Ledger{Given: 2}, place("permission", "active"), "a talk about their case"},
		{"then a story", store.Ledger{Given: 3, Asked: 1, Asks: asks(20, "feedback")}, place("exchange", "active"), "you have earned a recommendation"},
		{"at last a name", store.Ledger{Given: 3, Asked: 1, Asks: asks(20, "feedback"), Exchanges: []store.Exchange{{Kind: "recommendation", At: at(9)}}}, place("exchange", "active"), "you have earned a referral"},
		{"the next cycle", store.Ledger{Given: 3, Asked: 1, Asks: asks(20, "feedback"), Exchanges: []store.Exchange{{Kind: "recommendation", At: at(9)}, {Kind: "referral", At: at(8)}}}, place("exchange", "active"), "what comes next"},
	} {
		if got := earned(c.l, []store.Place{c.p}, now); !strings.Contains(got, c.want) || c.want == "." && got != "." {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if may := mayAsk(c.l, []store.Place{c.p}, now); (may != "") != strings.Contains(strings.ToLower(earned(c.l, []store.Place{c.p}, now)), "you have earned") {
			t.Errorf("%s: may ask %q, and the card says %q", c.name, may, earned(c.l, []store.Place{c.p}, now))
		}
	}
}
