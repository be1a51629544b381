package suggest

import (
	"math"
	"slices"
	"strings"

	"cairn/bot/journey"
)

// sign is something that speaks for giving nothing now, or against it.
type sign uint8

// The signs. Those of what fits say whether there is anything to the point;
// those of the latest note whether anything is wanted.
const (
	signAlways   sign = iota // how seldom silence is right, all else being equal
	signBest                 // how well the best item fits
	signLatest               // how much any item is about what they spoke of last
	signBeside               // they spoke of something in particular, and the best is beside it
	signStrange              // how much of the latest note is about nothing in the library
	signStray                // the same, where they told a need or asked for something
	signOutside              // nothing is made for their industry
	signSpent                // what fits best they have had
	signHad                  // how much they have had: up to five things
	signCustomer             // they are customers: there is always something on the use
	signCycle                // they think of more: they are waiting for something
	signAge                  // days since the latest note, up to sixty: what it said wears off

	signOurs      // the latest note is of something that we did, and they have had something: it is their turn
	signTalk      // it is of a talk, which goes on with something in the hand
	signAfterOurs // it is theirs, and the one before was ours: they came back to it
	signJustAck   // it is theirs, after ours, and no more than an answer
	signAnswer    // they answered
	signOnlyThat  // they answered, and showed nothing else
	signOnly      // they ask for one thing and nothing else
	signRequest   // they asked for something: it may be a thing that is no content
	signPostponed // they said not now
	signNoticed   // they noticed us: a light thing is welcome
	signHeard     // something was heard of them or their company: a reason to write
	signBrought   // they brought somebody, who knows nothing yet
	signQuiet     // several tries had no answer: a light thing may wake them
	signQuestion  // it holds a question mark

	signWish     // they told what they need: there is always something on that
	signYes      // they said yes
	signMeeting  // a meeting is agreed
	signOffer    // the offer is being talked through
	signFeedback // they told how it goes
	signCross    // they complained or said no, of something
	signDoor     // they opened a door to us: an address, a seat, a return
	signDeed     // they bought, use it, tell of it
	signMore     // they think of more
	signSaw      // they saw it work or are trying it
	signOut      // it is of something that we did
	signLong     // how long it is, up to forty words

	signHints                           // from here on what its words hint at
	signs     = signHints + sign(hints) // how many signs there are
)

// fitsSigns are the signs of what fits; the others are of the note and of whose
// turn it is.
const fitsSigns = signCycle

// signs says how strong each sign is, 0 to 1 or yes and no; best is what fits
// best, and latest how much anything is about what they spoke of last.
func (q *query) signs(best *scored, latest float64) (x [signs]float64) {
	x[signAlways] = 1
	if best != nil {
		x[signBest] = best.raw
		x[signBeside] = best.beside
	}
	x[signLatest] = latest
	x[signStrange] = q.strange()
	x[signSpent] = q.spent
	x[signOutside] = one(q.outside)
	x[signHad] = min(1, float64(len(q.had))/5)
	x[signCustomer] = one(q.stage == len(stageNames)-1)
	x[signCycle] = one(q.c.Cycle != "")
	x[signOnly] = one(q.only)
	x[signHeard] = one(len(q.texts) > q.heard)
	if len(q.c.Notes) == 0 {
		return x
	}
	n := q.c.Notes[0]
	x[signAge] = min(1, max(0, q.now.Sub(n.At).Hours()/24/60))
	x[signOurs] = one(n.Direction == journey.Out && len(q.had) > 0)
	x[signTalk] = one(n.Direction == journey.BothWay)
	replied := slices.Contains(n.Signals, journey.Replied)
	if len(q.c.Notes) > 1 && q.c.Notes[1].Direction == journey.Out {
		x[signAfterOurs] = 1
		x[signJustAck] = one(replied && n.Direction == journey.In)
	}
	x[signAnswer] = one(replied)
	x[signOnlyThat] = one(replied && len(n.Signals) == 1)
	for _, s := range n.Signals {
		if at, ok := signOf(s); ok {
			x[at] = 1
		}
	}
	x[signQuestion] = one(strings.Contains(n.Text, "?"))
	x[signOut] = one(n.Direction == journey.Out)
	x[signLong] = min(1, float64(len(q.said))/longNote)
	x[signStray] = x[signStrange] * max(x[signWish], x[signRequest])
	for h := range hints {
		x[signHints+sign(h)] = q.hinted.strength(h)
	}
	return x
}

// weigh counts a telling word of the latest note, and whether the library knows
// anything of it.
func (q *query) weigh(terms []termWeight, telling float32) {
	most := float32(0)
	for _, t := range terms {
		most = max(most, t.weight)
	}
	q.subject += telling
	q.known += telling * min(1, most)
}

// strange is how much of what the latest note speaks of is nothing that the
// library has anything about, 0 to 1.
func (q *query) strange() float64 {
	if q.subject == 0 {
		return 0
	}
	return float64(1 - q.known/q.subject)
}

// longNote is how many words make a note long.
const longNote = 40

func signOf(s journey.Signal) (sign, bool) {
	switch s {
	case journey.AskedForMore:
		return signRequest, true
	case journey.Postponed:
		return signPostponed, true
	case journey.NoticedUs:
		return signNoticed, true
	case journey.HeardThem:
		return signHeard, true
	case journey.BroughtOthers:
		return signBrought, true
	case journey.WentQuiet:
		return signQuiet, true
	case journey.SharedNeeds, journey.WorkingSession:
		return signWish, true
	case journey.VerbalYes:
		return signYes, true
	case journey.AgreedMeeting:
		return signMeeting, true
	case journey.ProposalDiscussed:
		return signOffer, true
	case journey.GaveFeedback:
		return signFeedback, true
	case journey.Complained, journey.Declined:
		return signCross, true
	case journey.GaveContact, journey.Subscribed, journey.Connected, journey.SharedOnward, journey.Returned:
		return signDoor, true
	case journey.Revenue, journey.Installed, journey.Adopted, journey.ValueStory, journey.Expanded, journey.RepeatOrder,
		journey.Referral, journey.Recommendation:
		return signDeed, true
	case journey.UpsellInterest, journey.CrossSellInterest:
		return signMore, true
	case journey.SawItWork, journey.TrialRunning:
		return signSaw, true
	}
	return 0, false
}

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// quiet is how likely it is that nothing should be given: logistic in the signs.
func (m *model) quiet(x *[signs]float64) float64 {
	sum := 0.0
	for s, w := range m.signs {
		sum += w * x[s]
	}
	return 1 / (1 + math.Exp(-sum))
}
