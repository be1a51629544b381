package bot

import (
	"fmt"
	"time"

	"cairn/bot/journey"
	"cairn/store"
)

// askRest is how long one ask is left to work before another is thought of.
const askRest = 14

// earned says whether an ask is earned, which one, and how to put it. The
// rules are those of the journey: give before you ask, one ask at a time, and
// no more than the stage allows.
func earned(l store.Ledger, places []store.Place, now time.Time) string {
	p, _ := placeOn(places, journey.Default)
	switch {
	case p.DoNotContact || p.Status == "left":
		return "."
	case l.Given == 0 && l.Asked == 0:
		return ": give something first."
	case l.Given == 0:
		return ": you asked before you gave. Give something now, and let the ask rest."
	}
	if a, ok := openAsk(l, now); ok {
		return fmt.Sprintf(": you asked for %s %s. Leave it time; one ask at a time.", askWords[a.Kind], dayWord(a.At, now))
	}
	if l.Given <= l.Asked {
		return ": give again before you ask."
	}
	switch p.Stage {
	case "attention", "":
		return ": well begun. At this stage ask for nothing yet."
	case "interaction":
		return ": you have earned a question about them. For instance: “What takes more of your time than it should?”"
	case "permission":
		return ": you have earned a talk about their case. For instance: “Shall we go through your case for twenty minutes?”"
	case "engagement":
		return ": you have earned a question. For instance: “Who else has to be content with this, and what matters to them?”"
	}
	return ": " + nextAsk(l)
}

// askWords name the kinds of asks.
var askWords = map[string]string{"revenue": "an order", "referral": "a referral", "recommendation": "a recommendation",
	"feedback": "feedback", "question": "an answer"}

// openAsk is the latest ask, if it is young and nothing has come of it. A
// question asks for no more than an answer, and rests nobody.
func openAsk(l store.Ledger, now time.Time) (store.Ask, bool) {
	if len(l.Asks) == 0 || l.Asks[0].Kind == "question" || askWords[l.Asks[0].Kind] == "" || daysBetween(l.Asks[0].At, now) >= askRest {
		return store.Ask{}, false
	}
	for _, e := range l.Exchanges {
		if e.Kind == l.Asks[0].Kind && !e.At.Before(l.Asks[0].At) {
			return store.Ask{}, false
		}
	}
	return l.Asks[0], true
}

// nextAsk names what may be asked of a customer: first how it goes, later a
// story, at last a name.
func nextAsk(l store.Ledger) string {
	had := map[string]bool{}
	for _, a := range l.Asks {
		had[a.Kind] = true
	}
	for _, e := range l.Exchanges {
		had[e.Kind] = true
	}
	switch {
	case !had["feedback"]:
		return "you have earned feedback. For instance: “What is different for you since?”"
	case !had["recommendation"]:
		return "you have earned a recommendation. For instance: “May I tell your story to somebody with the same trouble?”"
	case !had["referral"]:
		return "you have earned a referral. For instance: “Whom do you know who has the same trouble?”"
	}
	return "you have earned a question about what comes next. For instance: “Which problem is the next one, now that this one is smaller?”"
}
