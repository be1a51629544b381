package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/suggest"
	"cairn/store"
)

// advice is what the ledger and the stage say of asking: whether something may be
// asked now, and in words what, or why not.
type advice struct {
	may   bool
	kind  string // of what may be asked
	words string
}

func wait(words string) advice { return advice{words: words} }

func ask(kind, words string) advice { return advice{true, kind, "you have earned " + words} }

// earned says whether an ask is earned, which one, and how to put it; and whom to
// thank first. The rules are those of the journey: give before you ask, one ask at
// a time, and no more than the stage allows.
func earned(l store.Ledger, places []store.Place, now time.Time) string {
	p, _ := placeOn(places, journey.Default)
	if isOver(p) {
		return "."
	}
	what, thanks := nextMove(l, p.Stage, now).words, thanksFor(l, now)
	if thanks == "" {
		return ": " + what
	}
	return ": " + thanks + ". " + english.Upper(what)
}

// earnedBeside is earned as it stands beside a suggestion, so that the two agree: where
// something has to be put right nothing is asked and nobody thanked, what comes first comes
// before an ask that is earned, and nobody is told to give where there is nothing to give.
func earnedBeside(g store.Suggestion, l store.Ledger, places []store.Place, now time.Time) string {
	p, _ := placeOn(places, journey.Default)
	why, _, _ := strings.Cut(g.Silent, ":")
	switch {
	case isOver(p):
	case why == string(suggest.SilentComplaint):
		return ": ask for nothing until that is put right."
	case why == string(suggest.SilentResting): // whom a note says to send nothing is asked for nothing
		return "."
	case why == string(suggest.SilentFirst) && nextMove(l, p.Stage, now).may:
		return ": that first, then ask."
	case g.Silent != "" && len(g.Picks) == 0 && l.Given == 0 && l.Asked == 0 && len(l.Exchanges) == 0:
		return "."
	}
	return earned(l, places, now)
}

// isOver reports whether somebody left, or is to be left alone.
func isOver(p store.Place) bool { return p.DoNotContact || p.Status == "left" }

// nextMove is what may be asked of whoever may be asked at all.
func nextMove(l store.Ledger, stage string, now time.Time) advice {
	switch {
	case l.Given == 0 && len(l.Exchanges) > 0 && l.Asked == 0:
		return wait("give something back before you ask for anything.")
	case l.Given == 0 && len(l.Exchanges) > 0:
		return wait("give something back before you ask again.")
	case l.Given == 0 && l.Asked == 0:
		return wait("give something first.")
	case l.Given == 0:
		return wait("you asked before you gave. Let the ask rest until you have given something that fits.")
	}
	if l.Owed {
		return wait("your own step is due: take it before you ask.")
	}
	if a, ok := openAsk(l, now); ok {
		return wait(fmt.Sprintf("you asked for %s %s. Leave it time; one ask at a time.", askWords[a.Kind], english.Day(a.At, now)))
	}
	if l.Given <= l.Asked {
		return wait("give again before you ask.")
	}
	switch cmp.Or(l.Before, stage) {
	case "attention", "":
		return wait("well begun. At this stage ask for nothing yet.")
	case "interaction":
		return ask("question", "a question about them. For instance: “What takes more of your time than it should?”")
	case "permission":
		return ask("question", "a talk about their case. For instance: “Shall we go through your case for twenty minutes?”")
	case "engagement":
		return ask("question", "a question. For instance: “Who else has to be content with this, and what matters to them?”")
	}
	return nextAsk(l)
}

// pastOf is what stands of a contact, with its ledger as the one who asks is to weigh it.
func (b *Bot) pastOf(ctx context.Context, r *chat.Request, c store.Contact, now time.Time) (store.Past, error) {
	past, err := b.store.Past(ctx, r.TeamID, c.ID)
	if err != nil {
		return past, err
	}
	past.Ledger = b.coach.For(r.TeamID).Weighed(c, past.Ledger, past.Recent, r.PersonID, now)
	return past, nil
}

// mayAsk is what may be asked of somebody now, and how to put it; empty where
// nothing may.
func mayAsk(l store.Ledger, places []store.Place, now time.Time) string {
	p, _ := placeOn(places, journey.Default)
	if a := nextMove(l, p.Stage, now); a.may && !isOver(p) {
		return a.words
	}
	return ""
}

// thanksDays is how long after something came back thanks are spoken of.
const thanksDays = 3

// thanksFor says for what to thank them; empty where nothing came back lately.
func thanksFor(l store.Ledger, now time.Time) string {
	var all []string
	for _, e := range l.Exchanges {
		if word := thanksWords[e.Kind]; word != "" && english.DaysBetween(e.At, now) < thanksDays && !slices.Contains(all, word) {
			all = append(all, word)
		}
	}
	if len(all) == 0 {
		return ""
	}
	last := len(all) - 1
	if last == 0 {
		return "thank them for the " + all[0]
	}
	return "thank them for the " + strings.Join(all[:last], ", the ") + " and the " + all[last]
}

var thanksWords = map[string]string{"revenue": "order", "referral": "referral", "recommendation": "recommendation"}

// askWords name the kinds of asks.
var askWords = map[string]string{"revenue": "an order", "referral": "a referral", "recommendation": "a recommendation",
	"feedback": "feedback", "question": "an answer"}

// openAsk is the latest ask that is young and of which nothing has come. A
// question asks for no more than an answer, and rests nobody. The lists of who is
// ready go by the same rule, see [store.AskRest].
func openAsk(l store.Ledger, now time.Time) (store.Ask, bool) {
	for _, a := range l.Asks {
		came := slices.ContainsFunc(l.Exchanges, func(e store.Exchange) bool { return e.Kind == a.Kind && !e.At.Before(a.At) })
		if a.Kind != "question" && english.DaysBetween(a.At, now) < store.AskRest && !came {
			return a, true
		}
	}
	return store.Ask{}, false
}

// nextAsk names what may be asked of a customer: first how it goes, later a
// story, at last a name.
func nextAsk(l store.Ledger) advice {
	had := map[string]bool{}
	for _, a := range l.Asks {
		had[a.Kind] = true
	}
	for _, e := range l.Exchanges {
		had[e.Kind] = true
	}
	switch {
	case !had["feedback"]:
		return ask("feedback", "feedback. For instance: “What is different for you since?”")
	case !had["recommendation"]:
		return ask("recommendation", "a recommendation. For instance: “May I tell your story to somebody with the same trouble?”")
	case !had["referral"]:
		return ask("referral", "a referral. For instance: “Whom do you know who has the same trouble?”")
	}
	return ask("question", "a question about what comes next. For instance: “Which problem is the next one, now that this one is smaller?”")
}
