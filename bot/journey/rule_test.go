package journey_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"cairn/bot/journey"
)

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// notes reads "replied; shared_needs postponed": notes are parted by
// semicolons, their signals by spaces. Note n is a day after note n-1.
func notes(t testing.TB, text string) []journey.Note {
	t.Helper()
	var all []journey.Note
	for i, part := range strings.Split(text, ";") {
		var signals []journey.Signal
		for _, word := range strings.Fields(part) {
			signals = append(signals, journey.Signal(word))
		}
		n, err := journey.NewNote(int64(i+1), monday.AddDate(0, 0, i), signals...)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, n)
	}
	return all
}

// place writes a state as "stage status [alone] [cycle=x] [exchanged=a+b] [influence]".
func place(s journey.State) string {
	text := fmt.Sprintf("%s %s", s.Stage, s.Status)
	if s.Stage == "" {
		text = "outside " + string(s.Status)
	}
	if s.DoNotContact {
		text += " alone"
	}
	if s.Cycle != "" {
		text += " cycle=" + s.Cycle
	}
	if len(s.Exchanged) > 0 {
		text += " exchanged=" + strings.Join(s.Exchanged, "+")
	}
	if s.Influence {
		text += " influence"
	}
	return text
}

// moved writes moves as "skipped:attention>permission", with "=name" behind
// the kind where there is one and without the stages where they are equal.
func moved(moves []journey.Move) string {
	var words []string
	for _, m := range moves {
		word := string(m.Kind)
		if m.Name != "" {
			word += "=" + m.Name
		}
		if m.From != m.To {
			word += ":" + m.From + ">" + m.To
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// Each rule of the journey, in its own words, with what it comes to.
func TestRules(t *testing.T) {
	for _, c := range []struct{ model, rule, notes, place, moves string }{
		{"aipee", "attention (also where nothing is known)", "", "attention active", ""},
		{"aipee", "Up: the highest stage among the note's signals, if it is above where the contact stands",
			"replied asked_for_more", "permission active", "skipped:attention>permission"},
		{"aipee", "up by one", "replied", "interaction active", "up:attention>interaction"},
		{"aipee", "A lower signal does not pull a contact down (a customer who likes a post stays at exchange)",
			"revenue; noticed_us", "exchange active exchanged=revenue", "skipped:attention>exchange exchanged=revenue"},
		{"aipee", "`postponed` takes a contact at engagement back to permission",
			"shared_needs; postponed", "permission active", "skipped:attention>engagement back:engagement>permission"},
		{"aipee", "At the other stages it changes nothing", "replied; postponed", "interaction active", "up:attention>interaction"},
		{"aipee", "`repeat_order` stays at exchange (cycle `repeat`)",
			"revenue; repeat_order", "exchange active cycle=repeat exchanged=revenue",
			"skipped:attention>exchange exchanged=revenue exchanged=revenue cycle_opened=repeat"},
		{"aipee", "`upsell_interest` goes to engagement (cycle `upsell`)",
			"revenue; upsell_interest", "engagement active cycle=upsell exchanged=revenue",
			"skipped:attention>exchange exchanged=revenue cycle_opened=upsell:exchange>engagement"},
		{"aipee", "`cross_sell_interest` to permission (cycle `cross_sell`)",
			"referral; cross_sell_interest", "permission active cycle=cross_sell exchanged=referral",
			"skipped:attention>exchange exchanged=referral cycle_opened=cross_sell:exchange>permission"},
		{"aipee", "From there the climb begins anew, and the next exchange closes the cycle",
			"revenue; cross_sell_interest; saw_it_work; revenue", "exchange active exchanged=revenue",
			"skipped:attention>exchange exchanged=revenue cycle_opened=cross_sell:exchange>permission " +
				"up:permission>engagement up:engagement>exchange exchanged=revenue cycle_closed=cross_sell"},
		{"aipee", "Where one note has both an exchange signal and an interest, the exchange counts first and the cycle then opens",
			"revenue upsell_interest", "engagement active cycle=upsell exchanged=revenue",
			"skipped:attention>exchange exchanged=revenue cycle_opened=upsell:exchange>engagement"},
		{"aipee", "The interest signals of someone who has never reached exchange count as `shared_needs`",
			"cross_sell_interest", "engagement active", "skipped:attention>engagement"},
		{"aipee", "A `declined` while an upsell or cross-sell cycle is open closes that cycle: back at exchange, active",
			"revenue; upsell_interest; declined", "exchange active exchanged=revenue",
			"skipped:attention>exchange exchanged=revenue cycle_opened=upsell:exchange>engagement cycle_closed=upsell:engagement>exchange"},
		{"aipee", "... and active also where they had gone quiet (they refused the addition, not us)",
			"revenue; upsell_interest; went_quiet; declined", "exchange active exchanged=revenue",
			"skipped:attention>exchange exchanged=revenue cycle_opened=upsell:exchange>engagement quiet " +
				"cycle_closed=upsell:engagement>exchange returned"},
		{"aipee", "a repetition in the cycle `repeat` stays in it", "repeat_order; repeat_order", "exchange active cycle=repeat exchanged=revenue",
			"skipped:attention>exchange exchanged=revenue cycle_opened=repeat exchanged=revenue"},
		{"aipee", "what lifts a do-not-contact does not where the wish is voiced anew", "opted_out; returned opted_out",
			"attention left alone", "left do_not_contact"},
		{"aipee", "`left` after any other `declined`; the stage stays where it was",
			"revenue; repeat_order; declined", "exchange left cycle=repeat exchanged=revenue",
			"skipped:attention>exchange exchanged=revenue exchanged=revenue cycle_opened=repeat left"},
		{"aipee", "`quiet` after `went_quiet`", "replied; went_quiet", "interaction quiet", "up:attention>interaction quiet"},
		{"aipee", "`left` and do-not-contact after `opted_out`", "replied; opted_out", "interaction left alone",
			"up:attention>interaction left do_not_contact"},
		{"aipee", "Any later signal of theirs makes them `active` again", "replied; declined; noticed_us", "interaction active",
			"up:attention>interaction left returned"},
		{"aipee", "`heard_them` and `reached_out` wake nobody", "replied; declined; heard_them; reached_out", "interaction left",
			"up:attention>interaction left"},
		{"aipee", "every signal whose act is them or both: a complaint too", "replied; went_quiet; complained", "interaction active",
			"up:attention>interaction quiet returned"},
		{"aipee", "do-not-contact is lifted only by `returned`, ...", "opted_out; replied", "interaction active alone",
			"left do_not_contact up:attention>interaction returned"},
		{"aipee", "... `subscribed`, `asked_for_more` or `agreed_meeting`", "opted_out; subscribed", "permission active",
			"left do_not_contact skipped:attention>permission returned may_contact"},
		{"aipee", "a wish to be left alone beats a request in the same note", "asked_for_more opted_out", "permission left alone",
			"skipped:attention>permission left do_not_contact"},
		{"aipee", "All kinds that happened are kept (`repeat_order` and `expanded` count as revenue)",
			"recommendation; expanded; referral", "exchange active exchanged=recommendation+referral+revenue",
			"skipped:attention>exchange exchanged=recommendation exchanged=revenue exchanged=referral"},
		{"aipee", "a contact who has never been seen at exchange stands there then (kind unknown)",
			"value_story", "exchange active", "skipped:attention>exchange"},
		{"aipee", "They move nobody who has been there before",
			"revenue; upsell_interest; installed", "engagement active cycle=upsell exchanged=revenue",
			"skipped:attention>exchange exchanged=revenue cycle_opened=upsell:exchange>engagement"},
		{"aipee", "Order: an interest, which opens a cycle; then `postponed`",
			"revenue; upsell_interest postponed", "permission active cycle=upsell exchanged=revenue",
			"skipped:attention>exchange exchanged=revenue cycle_opened=upsell:exchange>engagement back:engagement>permission"},
		{"aipee", "Cycle `repeat` lasts until another exchange ...", "repeat_order; recommendation",
			"exchange active exchanged=recommendation+revenue",
			"skipped:attention>exchange exchanged=revenue cycle_opened=repeat exchanged=recommendation cycle_closed=repeat"},
		{"aipee", "... or an interest", "repeat_order; upsell_interest", "engagement active cycle=upsell exchanged=revenue",
			"skipped:attention>exchange exchanged=revenue cycle_opened=repeat cycle_closed=repeat cycle_opened=upsell:exchange>engagement"},
		{"aipee", "A `repeat_order` that closes an open cycle sets `repeat`",
			"revenue; cross_sell_interest; repeat_order", "exchange active cycle=repeat exchanged=revenue",
			"skipped:attention>exchange exchanged=revenue cycle_opened=cross_sell:exchange>permission " +
				"skipped:permission>exchange exchanged=revenue cycle_closed=cross_sell cycle_opened=repeat"},
		{"aipee", "The interest that opened the present cycle, voiced again, moves nobody down",
			"revenue; cross_sell_interest; working_session; cross_sell_interest", "engagement active cycle=cross_sell exchanged=revenue",
			"skipped:attention>exchange exchanged=revenue cycle_opened=cross_sell:exchange>permission up:permission>engagement"},
		{"aipee", "another interest switches the cycle",
			"revenue; upsell_interest; cross_sell_interest", "permission active cycle=cross_sell exchanged=revenue",
			"skipped:attention>exchange exchanged=revenue cycle_opened=upsell:exchange>engagement " +
				"cycle_closed=upsell cycle_opened=cross_sell:engagement>permission"},

		{"lipee", "the ground floor is Listening: `heard_them` opens it", "heard_them", "listening active", ""},
		{"lipee", "the same pyramid above it", "replied; agreed_meeting", "permission active",
			"up:listening>interaction up:interaction>permission"},

		{"orbits", "`heard_them` and `reached_out` alone: outside all orbits", "heard_them; reached_out", "outside active", ""},
		{"orbits", "A jump inward is to the innermost orbit named by the note if it lies further in than today's",
			"replied adopted; subscribed", "adaptation active", "skipped:>adaptation"},
		{"orbits", "`upsell_interest` and `cross_sell_interest` change nothing",
			"shared_needs; upsell_interest", "benefit active", "skipped:>benefit"},
		{"orbits", "`postponed` moves acquisition, observation and benefit out to potential",
			"proposal_discussed; postponed", "potential active", "skipped:>acquisition back:acquisition>potential"},
		{"orbits", "unless they have bought (`revenue`, `repeat_order`) before",
			"revenue; postponed", "acquisition active exchanged=revenue", "skipped:>acquisition exchanged=revenue"},
		{"orbits", "`complained` moves belief and anything further in out to adaptation; the inward jump comes first",
			"joined_us complained", "adaptation active", "skipped:>zealot back:zealot>adaptation"},
		{"orbits", "`complained` moves nobody who stands further out", "installed; complained", "installation active", "skipped:>installation"},
		{"orbits", "Status as in model 1: a no to an addition is not a no to us",
			"revenue; upsell_interest; declined", "acquisition active exchanged=revenue",
			"skipped:>acquisition exchanged=revenue cycle_opened=upsell cycle_closed=upsell"},

		{"lifecycle", "Awareness is also where nothing is known yet", "", "awareness active", ""},
		{"lifecycle", "influence, true once `referral`, `recommendation` or `shared_onward` was seen",
			"shared_onward", "awareness active influence", ""},
		{"lifecycle", "A referral or recommendation by itself moves nobody",
			"referral", "awareness active exchanged=referral influence", "exchanged=referral"},
		{"lifecycle", "interests from purchase or ownership lead back to consideration",
			"revenue; cross_sell_interest", "consideration active cycle=cross_sell exchanged=revenue",
			"skipped:awareness>purchase exchanged=revenue cycle_opened=cross_sell:purchase>consideration"},
		{"lifecycle", "(after any step up of the same note)",
			"installed upsell_interest", "consideration active cycle=upsell",
			"skipped:awareness>ownership cycle_opened=upsell:ownership>consideration"},
		{"lifecycle", "`postponed` leads from consideration back to ownership for those who have been there",
			"installed; upsell_interest; postponed", "ownership active cycle=upsell",
			"skipped:awareness>ownership cycle_opened=upsell:ownership>consideration back:consideration>ownership"},
		{"lifecycle", "to purchase for those who have bought",
			"revenue; upsell_interest; postponed", "purchase active cycle=upsell exchanged=revenue",
			"skipped:awareness>purchase exchanged=revenue cycle_opened=upsell:purchase>consideration back:consideration>purchase"},
		{"lifecycle", "else to awareness", "shared_needs; postponed", "awareness active",
			"up:awareness>consideration back:consideration>awareness"},
		{"lifecycle", "`declined` in an open cycle does the same",
			"revenue; upsell_interest; declined", "purchase active exchanged=revenue",
			"skipped:awareness>purchase exchanged=revenue cycle_opened=upsell:purchase>consideration cycle_closed=upsell:consideration>purchase"},
		{"lifecycle", "the same interest again, after a postponement, leads back once more",
			"revenue; upsell_interest; postponed; upsell_interest", "consideration active cycle=upsell exchanged=revenue",
			"skipped:awareness>purchase exchanged=revenue cycle_opened=upsell:purchase>consideration " +
				"back:consideration>purchase back=upsell:purchase>consideration"},
	} {
		m := model(t, c.model)
		s, moves := m.Fold(m.Start(), notes(t, c.notes)...)
		if got := place(s); got != c.place {
			t.Errorf("%s, %q\n%s\n got %s\nwant %s", c.model, c.rule, c.notes, got, c.place)
		}
		if got := moved(moves); got != c.moves {
			t.Errorf("%s, %q\n%s\n got %s\nwant %s", c.model, c.rule, c.notes, got, c.moves)
		}
	}
}

// A stage is held since the note of the last move; what only confirms it leaves
// the state as it was, so that nothing need be written.
func TestWhatConfirmsAPlaceLeavesItsState(t *testing.T) {
	m := model(t, "aipee")
	for _, c := range []struct{ notes, again string }{
		{"replied", "replied"},
		{"replied; shared_needs brought_others", "shared_needs"},
		{"shared_needs; connected; trial_running", "trial_running"},
		{"cross_sell_interest", "cross_sell_interest"},
	} {
		s, moves := m.Fold(m.Start(), notes(t, c.notes)...)
		if last := moves[len(moves)-1]; last.Notes[0] != int64(s.Since.Sub(monday).Hours()/24)+1 {
			t.Errorf("%s: since %v, but the last move was by note %d", c.notes, s.Since, last.Notes[0])
		}
		after, found := m.Fold(s, notes(t, c.again)...)
		if len(found) > 0 || !reflect.DeepEqual(s, after) {
			t.Errorf("%s, then %s: moves %v, state %+v then %+v", c.notes, c.again, found, s, after)
		}
	}
}

func TestAdvice(t *testing.T) {
	m := model(t, "aipee")
	for _, c := range []struct{ notes, give, ask string }{
		{"", "something worth passing on: research, a story, a talk, a tool", ""},
		{"revenue", "a good start: onboarding, a first result, thanks", "revenue, a referral or a recommendation, one at a time, and only once value was given"},
		{"revenue; installed", "results with what they have, then the next problem", "feedback; later a story, or a name"},
	} {
		s, _ := m.Fold(m.Start(), notes(t, c.notes)...)
		a, ok := m.Advice(s)
		if !ok || a.Give != c.give || a.Ask != c.ask {
			t.Errorf("%q: %+v, want give %q, ask %q", c.notes, a, c.give, c.ask)
		}
	}
	orbits := model(t, "orbits")
	if _, ok := orbits.Advice(orbits.Start()); ok {
		t.Error("outside all orbits nothing can be advised")
	}
}
