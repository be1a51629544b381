package suggest

import (
	"math"
	"slices"
	"strings"
	"sync"

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
	signOutside              // nothing is made for their industry
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
	signHeard     // something was heard of them: a reason to write
	signBrought   // they brought somebody, who knows nothing yet
	signQuiet     // several tries had no answer: a light thing may wake them
	signQuestion  // it holds a question mark

	signNo     // words of refusal
	signUntil  // words of waiting
	signAll    // words of having it all, or of only that
	signNeed   // words of something that must be had: papers, numbers, a part
	signPlease // words of asking a favour of us
	signUs     // words for us: what we did or are to do
	signs
)

// fitsSigns are the signs of what fits; the others are of the note and of whose
// turn it is.
const fitsSigns = signCycle

// cues are the small words that tell whether anything is wanted, in the
// languages that notes are read in.
var cues = map[sign]string{
	signNo:     "no not nothing none never don doesn didn isn won nobody nor without nicht nichts kein keine keinen nie rien pas aucun jamais nada ningún ninguna nunca non niente nulla nessun não nenhum niet niets geen nooit",
	signUntil:  "until till til before then vor bis dann jusqu avant hasta antes fino prima até tot voor when once unless solange erst",
	signAll:    "all everything enough plenty already lot lots rest else only just that alles genug nur tout assez seulement todo bastante solo tutto abbastanza tudo alleen genoeg",
	signNeed:   "need needs needed must has braucht brauch faut necesita serve precisa moet",
	signPlease: "please pls kindly bitte svp por favor prego graag",
	signUs:     "we our ours us wir uns unser nous notre nosotros nuestro noi nostro nos nosso wij ons onze",
}

var cueOf = sync.OnceValue(func() map[string]sign {
	of := map[string]sign{}
	for s, list := range cues {
		for w := range strings.FieldsSeq(fold(list)) {
			of[w] = s
		}
	}
	return of
})

// read says how strong each sign is, 0 to 1 or yes and no; best is what fits
// best, and latest how much anything is about what they spoke of last.
func (q *query) signs(best *scored, latest float64) (x [signs]float64) {
	x[signAlways] = 1
	if best != nil {
		x[signBest] = best.raw
		x[signBeside] = best.beside
	}
	x[signLatest] = latest
	x[signOutside] = one(q.outside)
	x[signHad] = min(1, float64(len(q.had))/5)
	x[signCustomer] = one(q.stage == len(stageNames)-1)
	x[signCycle] = one(q.c.Cycle != "")
	x[signOnly] = one(q.only)
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
	for _, w := range words(clip(n.Text, maxText)) {
		if at, ok := cueOf()[w.folded]; ok {
			x[at] = min(1, x[at]+0.5)
		}
	}
	return x
}

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
