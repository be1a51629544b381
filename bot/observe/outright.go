package observe

import (
	"slices"

	"cairn/bot/journey"
	"cairn/bot/line"
)

// What a note says outright. A turn of speech that says one thing and nothing
// else, with a name in its place, needs no weights: "put us in touch with Leon
// Krug at Beta Pumps" is a referral in whatever company of words. The turns stand
// in prompts/cues/guard.yaml, like those that hold back; here stands what must be
// with them. They only add to a reading, except where they say otherwise than it.

// outrightSure is how sure such a finding is said to be.
const outrightSure = 0.9

// said is a signal that a note says outright, and the clause that says it.
type said struct {
	signal journey.Signal
	clause int
}

// outright lists what d says outright, each signal once.
func (w *weighing) outright() (list []said) {
	add := func(s journey.Signal, h hit) {
		if !slices.ContainsFunc(list, func(o said) bool { return o.signal == s }) {
			list = append(list, said{s, w.d.tokens[h.first].clause})
		}
	}
	for _, g := range w.d.segments() {
		if w.listAsked(signalNumber[journey.Subscribed], g) && !w.any(guardDenied, g) {
			add(journey.AskedForMore, hit{first: int32(g.start)})
		}
	}
	for _, h := range w.guards {
		switch w.cues.guards.families[h.family] {
		case guardIntroduced:
			switch w.introduced(h) {
			case ofTheirs:
				add(journey.BroughtOthers, h)
			case unplaced, ofOthers:
				add(journey.Referral, h)
			}
		case guardPointed:
			if w.introduced(h) == ofOthers {
				add(journey.Referral, h)
			}
		case guardNamed:
			if w.gaveName(h) {
				add(journey.Referral, h)
			}
		case guardSeller, guardRival:
			if w.boughtAway(h) {
				add(journey.Declined, h)
			} else if at := w.needsFor(h); at >= 0 {
				add(journey.SharedNeeds, hit{first: int32(at)})
			}
		case guardDeed:
			if w.stayedBy(h) && renews[w.d.tokens[h.first].plain] {
				add(journey.RepeatOrder, h)
			} else if w.stayedBy(h) {
				add(journey.Revenue, h)
			}
			if w.deedAlone(h) {
				add(journey.Revenue, h)
			}
		case guardOurDeal:
			if w.d.tokens[h.first].quoted && w.any(guardDeed, span{int(h.first), int(h.last) + 1}) {
				add(journey.Revenue, h) // “we ordered 40 seats”, she said
			}
		case guardRefused:
			if w.refused(h) {
				add(journey.Declined, h)
			}
		case guardLost, guardShut, guardKept:
			if w.turnedDown(h) {
				add(journey.Declined, h)
			}
		}
	}
	return list
}

// boughtAway reports whether h tells that they have bought from somebody else: a
// deed of theirs, now, that nothing takes back. Who bought there long ago, or is
// somebody else, has not said no.
func (w *weighing) boughtAway(h hit) bool {
	at := span{int(h.first), int(h.last)}
	around := w.sentence(at.start)
	if w.cues.guards.families[h.family] == guardRival {
		if w.onlyTried(h) {
			return false
		}
		deed := slices.IndexFunc(w.guards, func(o hit) bool {
			return w.cues.guards.families[o.family] == guardDeed && int(o.first) >= around.start && int(o.last) < around.end && max(at.start-int(o.last), int(o.first)-at.end) <= reachAfter
		})
		if deed < 0 {
			return false
		}
		at = span{min(at.start, int(w.guards[deed].first)), max(at.end, int(w.guards[deed].last))}
	} else if !w.any(guardDeed, span{at.start, at.end + 1}) || !w.strangerBy(at.start, at.end+1, w.lowerInstead) {
		return false
	}
	return !w.wantsMore() && !w.any(guardFormerly, around) && !w.year(around) && !w.unreal(signalNumber[journey.Declined], at, around) && w.byThem(around.start, at.start)
}

// deedAlone reports whether h is all that its statement says: "no more talk: signed".
// What else the note says must leave it a deal with us.
func (w *weighing) deedAlone(h hit) bool {
	for _, g := range w.d.segments() {
		if int(h.first) < g.start || int(h.first) >= g.end {
			continue
		}
		words := g.end - g.start
		if closing[w.d.tokens[g.end-1].word] {
			words--
		}
		whole := span{0, len(w.d.tokens)}
		if joining[w.d.tokens[g.start].word] && w.any(guardComing, whole) { // "accepted our offer and signed"
			words--
		}
		return words == int(h.last-h.first)+1 && !w.any(guardUnrelated, whole) && !w.any(guardRival, whole) && !w.any(guardSeller, whole) && !w.any(guardOurDeal, whole) &&
			!(g.end < len(w.d.tokens) && w.any(guardAfter, span{g.end, len(w.d.tokens)})) && !w.any(guardHoped, whole) && !w.any(guardLonged, whole)
	}
	return false
}

// refused reports whether h tells a no of theirs. One word alone must close its
// statement: "declined", but not "declined the cookies".
func (w *weighing) refused(h hit) bool {
	at := span{int(h.first), int(h.last)}
	if h.first == h.last && at.end+1 < len(w.d.tokens) && !closing[w.d.tokens[at.end+1].word] {
		return false
	}
	around := w.sentence(at.start)
	return !w.any(guardTalking, w.wholeSentence(at.start)) && !w.any(guardFormerly, around) && !w.unreal(signalNumber[journey.Referral], at, around) && w.byThem(around.start, at.start)
}

// closing are the marks and words behind which another statement stands.
var closing = map[string]bool{",": true, ".": true, ";": true, ":": true, "!": true, "(": true, "and": true, "but": true}

// year reports whether a year is named in g.
func (w *weighing) year(g span) bool {
	return slices.ContainsFunc(w.d.tokens[g.start:g.end], func(t token) bool { return t.word == "#year" })
}

// byThem reports whether nobody but they stands before a deed: reps leave the
// subject out, or write "they have now". more are other small words that may.
func (w *weighing) byThem(from, to int, more ...map[string]bool) bool {
	for i := from; i < to; i++ {
		theirs := slices.ContainsFunc(w.own, func(h hit) bool { return w.cues.families[h.family] == "they" && int(h.first) == i && int(h.last) == i })
		if t := w.d.tokens[i]; !theirs && !besideDeed[t.plain] && t.word[0] != '@' && t.word[0] != '"' &&
			!slices.ContainsFunc(more, func(set map[string]bool) bool { return set[t.plain] }) {
			return false
		}
	}
	return true
}

// besideDeed are small words between them and their deed, accents off.
var besideDeed = wordsOf("have has had just now finally already then instead in the end and but so well after all call mail " +
	"haben hat nun jetzt schon inzwischen doch am ende und aber dann sich lieber beim vom bei von dem den der " +
	"han ha ya ahora al final y pero entonces a la al con " +
	"ont a ont deja finalement maintenant et mais puis chez au " +
	"tem ja agora no fim e mas entao com o da do " +
	"hanno gia alla fine ora e ma poi dal dalla da " +
	"hebben heeft nu al toch uiteindelijk en maar dan bij de")

func wordsOf(list string) map[string]bool { return line.WordSet(list) }

// speaksOn are signals of somebody with whom the talk goes on, whatever they bought.
var speaksOn = map[journey.Signal]bool{
	journey.AskedForMore: true, journey.AgreedMeeting: true, journey.SharedNeeds: true, journey.WorkingSession: true, journey.SawItWork: true, journey.TrialRunning: true,
	journey.ProposalDiscussed: true, journey.VerbalYes: true, journey.Revenue: true, journey.RepeatOrder: true, journey.Expanded: true, journey.UpsellInterest: true, journey.CrossSellInterest: true,
	journey.Postponed: true, journey.Complained: true, journey.Returned: true, journey.OptedOut: true,
}

// comeback takes from found what is no more than when to try again, where the note
// says no outright: "declined, asked us to call again in March".
func (w *weighing) comeback(list []said, found []Finding) []Finding {
	if !slices.ContainsFunc(list, func(o said) bool { return o.signal == journey.Declined }) {
		return found
	}
	return slices.DeleteFunc(found, func(f Finding) bool {
		switch f.Signal {
		case journey.AskedForMore, journey.AgreedMeeting, journey.Postponed, journey.Returned:
		default:
			return false
		}
		return slices.ContainsFunc(w.guards, func(h hit) bool {
			at := w.d.tokens[h.first].start
			return w.cues.guards.families[h.family] == guardLater && f.Start <= at && at < f.Start+len(f.Quote)
		})
	})
}

// pointedIn reports whether what f quotes has the words that brought us somebody, who
// "recommended us to her cousin", and is no praise beside it.
func (w *weighing) pointedIn(f Finding) bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		at := w.d.tokens[h.first].start
		return w.cues.guards.families[h.family] == guardPointed && f.Start <= at && at < f.Start+len(f.Quote)
	})
}

// besideSettled is what a note says beside a complaint that is over: "complaint is closed,
// now wants to add the second site".
func (r *Reader) besideSettled(w *weighing, turned []said, c Context) []Finding {
	drop := make([]bool, len(w.d.tokens))
	for i, t := range w.d.tokens {
		drop[i] = slices.ContainsFunc(turned, func(o said) bool { return o.clause == t.clause })
	}
	rest := w.d.without(drop)
	if len(rest.tokens) <= opening || r.cues.bare(rest) {
		return nil
	}
	return slices.DeleteFunc(r.weighed(rest, w.note, c), func(f Finding) bool {
		return f.Confidence <= restSure || f.Signal == journey.Complained || f.Signal.Who() == journey.Us
	})
}

// ofRefused reports whether f is an offer that is talked about only in the words of a no:
// "Angebot abgelehnt".
func (w *weighing) ofRefused(f Finding) bool {
	return f.Signal == journey.ProposalDiscussed && slices.ContainsFunc(w.guards, func(h hit) bool {
		at := span{int(h.first), int(h.last)}
		return w.cues.guards.families[h.family] == guardRefused && w.refused(h) && w.restsOn(f, at, w.wholeSentence(at.start))
	})
}

// with puts what is said outright beside what was read. A reading that was no
// more than the least unlikely gives way; an introduction within their own house
// is no referral; and what a turn of speech says takes away what it is mistaken for.
func (r *Reader) with(found []Finding, d *document, n Note, c Context) []Finding {
	w := r.weigh(d, n)
	list := w.outright()
	found = w.onlyLonged(w.comeback(list, found))
	if i := slices.IndexFunc(list, func(o said) bool { return o.signal == journey.Declined }); i >= 0 && slices.ContainsFunc(found, func(f Finding) bool { return speaksOn[f.Signal] && !w.ofRefused(f) && !w.ofTurnedDown(f) }) {
		list = slices.Delete(list, i, i+1) // they bought elsewhere and want something all the same
	}
	turned, found := w.turns(c, found)
	if len(found) == 0 && slices.ContainsFunc(turned, func(o said) bool { return o.signal == journey.GaveFeedback }) {
		found = r.besideSettled(&w, turned, c)
	}
	for _, o := range turned {
		if !slices.ContainsFunc(list, func(p said) bool { return p.signal == o.signal }) {
			list = append(list, o)
		}
	}
	list, found = w.onlyRepeated(c, list, found)
	if len(list) == 0 {
		return found
	}
	says := func(s journey.Signal) bool {
		return slices.ContainsFunc(list, func(o said) bool { return o.signal == s })
	}
	found = slices.DeleteFunc(found, func(f Finding) bool {
		return !says(f.Signal) && ((f.Signal == journey.Replied || f.Signal == journey.ReachedOut || w.ofTurnedDown(f)) && says(journey.Declined) || f.Confidence <= float64(r.weights.limits[signalNumber[f.Signal]]) && !(sales[signalNumber[f.Signal]] && w.bought()) ||
			f.Signal == journey.Recommendation && says(journey.Referral) && !w.any(guardPraised, span{0, len(d.tokens)}) && w.pointedIn(f) ||
			useless[signalNumber[f.Signal]] && says(journey.Declined) && w.soldBy(f) ||
			f.Signal == journey.Referral && says(journey.BroughtOthers) || f.Signal == journey.GaveContact && says(journey.Referral))
	})
	for _, o := range list {
		q := d.clauses[o.clause]
		if i := slices.IndexFunc(found, func(f Finding) bool { return f.Signal == o.signal }); i >= 0 {
			found[i].Confidence = max(found[i].Confidence, outrightSure)
			if slices.Contains(turned, o) && (found[i].Start+len(found[i].Quote) <= q.start || q.end <= found[i].Start) { // the words that say it outright
				found[i].Quote, found[i].Start = n.Text[q.start:q.end], q.start
			}
			continue
		}
		found = append(found, Finding{Signal: o.signal, Quote: n.Text[q.start:q.end], Start: q.start, Confidence: outrightSure})
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return signalNumber[a.Signal] - signalNumber[b.Signal] })
	return found
}
