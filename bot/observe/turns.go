package observe

import (
	"slices"

	"cairn/bot/journey"
)

// The guards that say a thing outright and take away what it is mistaken for:
// "ist sauer" is a complaint in whatever company of words, and "Rechnung falsch"
// beside it is no order. See outright.go for those that only add.
const (
	guardUpset    = "upset"     // a complaint: "is angry", "hat sich beschwert"
	guardMended   = "mended"    // a complaint is over: "problem solved", "is happy again"
	guardUnlisted = "unlisted"  // they left a list: "unsubscribed"
	guardPraised  = "praised"   // a testimonial that is there: "testimonial arrived"
	guardPledged  = "pledged"   // one that is to come: "agreed to give a testimonial"
	guardPassed   = "passed"    // they passed on what is ours: "forwarded our article to three colleagues"
	guardFears    = "fears"     // what they are afraid of: "fears a third accident before Christmas"
	guardHowTo    = "howto"     // help with what they have: "how to report a missed room"
	guardOrdered  = "ordered"   // an order with its object: "signed for lines 1 to 3"
	guardByName   = "byname"    // with their blessing: "may use her name"
	guardParted   = "parted"    // left the company, by what stands behind: "has left, …", "moved to Marriott"
	guardSelf     = "herself"   // by their own move: "rang us herself"
	guardSuccess  = "successor" // who comes after them, see departed.go
	guardHeir     = "heir"      // the same, with the name before it
	guardRisen    = "risen"     // to another post, or soon to go: "got promoted"
	guardAgainst  = "against"   // against something or somebody else: "works council said no to phones"
	guardNoDoor   = "nodoor"    // the address is no more: "mail bounced"
	guardAbsent   = "absent"    // away for a time: "on maternity leave"
	guardNotNow   = "notnow"    // a wish to be left until later: "be left alone until", "not this year"
	guardLetBe    = "letbe"     // ours to leave them: "leave her alone until"
	guardCited    = "cited"     // words of others in a talk: "quoted .. in her talk"
	guardComment  = "commented" // an answer in public: "left a comment asking"
	guardTold     = "told"      // what it did for them: "since using it"
	guardWanting  = "wanting"   // they want something of ours: "he'd like our case study"
	guardThanked  = "thanked"   // for what they had of us: "thanks for the checklist"
	guardComing   = "coming"    // their yes is said, or their order on its way: "PO is coming"
)

// guardNames are those that guard.yaml may have.
var guardNames = []string{guardDenied, guardAfter, guardHoped, guardRival, guardLater, guardOurs, guardWish, guardGone, guardBare, guardSeller, guardDeed, guardOpen,
	guardLimited, guardTalking, guardPrice, guardRefused, guardLost, guardShut, guardKept, guardDear,
	guardIntroduced, guardPointed, guardNamed, guardInhouse, guardFormerly, guardUnrelated, guardTreats, guardOurDeal,
	guardUpset, guardMended, guardUnlisted, guardPraised, guardPledged, guardPassed, guardFears, guardHowTo, guardOrdered, guardByName, guardParted, guardSelf, guardSuccess, guardHeir, guardRisen, guardAgainst, guardNoDoor, guardAbsent,
	guardThreat, guardEased, guardClients, guardDated, guardCareer, guardAsking, guardSentOn, guardNotNow, guardLetBe, guardCited, guardComment, guardTold, guardComing, guardWanting,
	guardWishing, guardOffered, guardNotOnly, guardNotThere, guardUntalked, guardDoorkeeper,
	guardUnanswered, guardCalledOff, guardLikened, guardIntended, guardPersonal, guardResettled, guardPlaces, guardTookPlace, guardShown, guardOwing, guardSocial, guardMoved, guardLacking,
	guardPlight, guardReluctant, guardReleased, guardAhead, guardApproach, guardPosted, guardNoMore, guardAnnounced, guardThanked, guardSlip, guardLonged, guardAbiding}

// turn is what a guard says outright, and which readings of the same sentence it
// takes away: those that its words are mistaken for.
type turn struct {
	says  journey.Signal
	drops guard
}

var turns = map[string]turn{
	guardUpset: {journey.Complained, guardOf(journey.Revenue, journey.RepeatOrder, journey.Expanded, journey.Recommendation, journey.SharedNeeds, journey.ReachedOut, journey.Replied, journey.Postponed, journey.WentQuiet,
		journey.Installed, journey.Adopted, journey.ValueStory, journey.GaveContact, journey.GaveFeedback, journey.SawItWork, journey.TrialRunning, journey.AskedForMore, journey.Connected, journey.Declined)},
	guardMended:   {journey.GaveFeedback, guardOf(journey.Complained, journey.Revenue, journey.RepeatOrder, journey.Recommendation, journey.SharedNeeds, journey.ReachedOut, journey.Replied, journey.Declined, journey.Installed, journey.VerbalYes, journey.Adopted)},
	guardUnlisted: {journey.OptedOut, guardOf(journey.Subscribed, journey.Replied, journey.Declined, journey.NoticedUs)},
	guardPraised:  {journey.Recommendation, guardOf(journey.SawItWork, journey.AgreedMeeting, journey.Replied, journey.WorkingSession, journey.SharedNeeds, journey.ProposalDiscussed, journey.ReachedOut)},
	guardPassed:   {journey.SharedOnward, guardOf(journey.ReachedOut, journey.Replied, journey.BroughtOthers)},
	guardFears:    {journey.SharedNeeds, guardOf(journey.Postponed, journey.ValueStory, journey.Declined)},
	guardHowTo:    {journey.AskedForMore, guardOf(journey.UpsellInterest, journey.CrossSellInterest, journey.ReachedOut, journey.Referral)},
	guardOrdered:  {journey.Revenue, guardOf(journey.GaveContact)},
	guardPledged:  {"", guardOf(journey.AgreedMeeting, journey.Recommendation, journey.Declined, journey.Postponed, journey.SawItWork, journey.Installed)},
	guardSelf:     {journey.Returned, guardOf(journey.Complained, journey.Replied, journey.ReachedOut, journey.Declined)},
	guardThreat: {journey.Complained, guardOf(journey.Declined, journey.Postponed, journey.WentQuiet, journey.Revenue, journey.RepeatOrder, journey.SharedNeeds, journey.ReachedOut, journey.Replied, journey.Installed,
		journey.Adopted, journey.GaveFeedback, journey.SawItWork, journey.TrialRunning, journey.AskedForMore)},
	guardDated:      {"", guardOf(journey.Revenue, journey.RepeatOrder, journey.ValueStory)},
	guardCareer:     {"", guardOf(journey.ValueStory, journey.Revenue, journey.RepeatOrder, journey.Installed, journey.TrialRunning, journey.Adopted, journey.SawItWork, journey.Expanded)},
	guardSentOn:     {journey.Referral, guardOf(journey.Recommendation, journey.BroughtOthers, journey.Replied, journey.ReachedOut, journey.NoticedUs, journey.Installed, journey.Revenue, journey.RepeatOrder)},
	guardAsking:     {journey.AskedForMore, guardOf(journey.Connected, journey.ReachedOut, journey.Replied, journey.WentQuiet, journey.TrialRunning)},
	guardWanting:    {journey.AskedForMore, guardOf(journey.SawItWork, journey.ReachedOut, journey.Replied, journey.Referral, journey.Recommendation)},
	guardWishing:    {journey.AskedForMore, guardOf(journey.SawItWork, journey.TrialRunning, journey.Installed, journey.Revenue, journey.RepeatOrder, journey.ReachedOut, journey.WentQuiet, journey.Replied)},
	guardDoorkeeper: {journey.ReachedOut, guardOf(journey.Replied, journey.Declined, journey.Connected, journey.BroughtOthers, journey.GaveContact, journey.AgreedMeeting)},
	guardNotThere:   {"", guardOf(journey.Replied, journey.GaveContact, journey.AgreedMeeting, journey.WorkingSession, journey.NoticedUs, journey.Declined)},
	guardComing:     {journey.VerbalYes, guardOf(journey.Connected, journey.JoinedUs, journey.Revenue, journey.RepeatOrder, journey.Installed, journey.Replied, journey.ReachedOut)},
	guardNotNow:     {journey.Postponed, guardOf(journey.OptedOut, journey.Declined, journey.Adopted, journey.Replied, journey.ReachedOut, journey.SharedNeeds)},
	guardLetBe:      {"", guardOf(journey.OptedOut, journey.Declined, journey.SharedNeeds, journey.Adopted, journey.Installed, journey.ValueStory)},
	guardCited:      {"", guardOf(journey.ProposalDiscussed, journey.AskedForMore, journey.Revenue, journey.VerbalYes)},
	guardComment:    {journey.Replied, guardOf(journey.NoticedUs, journey.ReachedOut)},
	guardTold:       {journey.ValueStory, guardOf(journey.Replied, journey.ReachedOut, journey.GaveFeedback)},
	guardByName:     {journey.Referral, guardOf(journey.Replied, journey.ReachedOut)},

	guardUnanswered: unmoved[guardUnanswered], guardCalledOff: unmoved[guardCalledOff], guardLikened: unmoved[guardLikened],
	guardIntended: unmoved[guardIntended], guardPersonal: unmoved[guardPersonal], guardResettled: unmoved[guardResettled],
	guardTookPlace: unmoved[guardTookPlace], guardShown: unmoved[guardShown], guardOwing: unmoved[guardOwing], guardSocial: unmoved[guardSocial],
	guardMoved: unmoved[guardMoved], guardLacking: unmoved[guardLacking],

	guardPlight: house[guardPlight], guardReluctant: house[guardReluctant], guardReleased: house[guardReleased], guardAhead: house[guardAhead],
	guardApproach: house[guardApproach], guardPosted: house[guardPosted],

	guardNoMore: enough, guardAnnounced: announced, guardThanked: {journey.Replied, guardOf(journey.ReachedOut)},
}

// turns lists what the note says outright by turns of speech of [turns], and takes
// from found what they are mistaken for. c is what was known before: nothing is
// over that was never open.
func (w *weighing) turns(c Context, found []Finding) (list []said, rest []Finding) {
	last := -1 // the last complaint
	for _, h := range w.guards {
		switch at := (span{int(h.first), int(h.last)}); w.cues.guards.families[h.family] {
		case guardUpset:
			if w.upset(h) {
				last = at.start
			}
		case guardThreat:
			if w.threatens(at, w.segmentAt(at.start)) {
				last = at.start
			}
		}
	}
	if at, they, yes := w.unhappyElsewhere(); yes && last < 0 {
		refused := w.any(guardRefused, span{0, len(w.d.tokens)})
		found = slices.DeleteFunc(slices.Clone(found), func(f Finding) bool {
			return f.Signal == journey.Complained || they && f.Signal == journey.Declined && !refused
		})
		if they {
			list = append(list, said{journey.SharedNeeds, w.d.tokens[at].clause})
		}
	}
	if last < 0 {
		none, kept := w.noComplaint(found)
		list, found = append(list, none...), kept
	}
	found, offered := w.onlyOffered(w.inCharge(w.ourSavings(w.citedOthers(found))))
	list = append(list, offered...)
	for _, h := range w.guards {
		name := w.cues.guards.families[h.family]
		t, ok := turns[name]
		if !ok || !w.holds(name, h, c, last, found) {
			continue
		}
		says := w.saysNow(name, t.says, h, c, found)
		found = slices.DeleteFunc(slices.Clone(found), func(f Finding) bool { return w.takes(name, h, f) })
		if says == "" {
			continue
		}
		at := int(h.first)
		if name == guardByName {
			at = w.named(w.wholeSentence(at))
		}
		list = append(list, said{says, w.d.tokens[at].clause})
	}
	return list, found
}

// citedOthers takes from found that they spoke of us who quoted a rival in a talk.
func (w *weighing) citedOthers(found []Finding) []Finding {
	for _, h := range w.guards {
		if w.cues.guards.families[h.family] != guardCited || !w.any(guardRival, w.wholeSentence(int(h.first))) {
			continue
		}
		around := w.wholeSentence(int(h.first))
		from, to := w.d.tokens[around.start].start, w.d.tokens[around.end-1].end
		found = slices.DeleteFunc(slices.Clone(found), func(f Finding) bool {
			return (f.Signal == journey.NoticedUs || f.Signal == journey.Recommendation) && f.Start < to && f.Start+len(f.Quote) > from
		})
	}
	return found
}

// onlyOffered takes from found what an introduction that was not made is mistaken for:
// who "offered to introduce me to Per Strand" showed us nothing. They spoke with us.
func (w *weighing) onlyOffered(found []Finding) (rest []Finding, list []said) {
	made := slices.ContainsFunc(w.guards, func(h hit) bool {
		f := w.cues.guards.families[h.family]
		return (f == guardIntroduced || f == guardPointed) && w.introduced(h) == ofOthers
	})
	for _, h := range w.guards {
		if w.cues.guards.families[h.family] != guardIntroduced || !w.mayBe(int(h.first)) || made {
			continue
		}
		around := w.wholeSentence(int(h.first))
		from, to := w.d.tokens[around.start].start, w.d.tokens[around.end-1].end
		kept := slices.DeleteFunc(slices.Clone(found), func(f Finding) bool {
			return (f.Signal == journey.Referral || f.Signal == journey.SawItWork || f.Signal == journey.Connected || f.Signal == journey.GaveContact) && f.Start < to && f.Start+len(f.Quote) > from
		})
		if len(kept) < len(found) && len(kept) == 0 {
			list = append(list, said{journey.Replied, w.d.tokens[h.first].clause})
		}
		found = kept
	}
	return found, list
}

// holds reports whether a turn of speech says what it seems to say.
func (w *weighing) holds(name string, h hit, c Context, lastUpset int, found []Finding) bool {
	at, g := span{int(h.first), int(h.last)}, w.segmentAt(int(h.first))
	switch name {
	case guardUpset:
		return w.upset(h) && !slices.ContainsFunc(found, func(f Finding) bool { return f.Signal == journey.HeardThem })
	case guardSelf:
		return !w.mayNotBe(at, g) && (c.saw(journey.Declined, journey.OptedOut, journey.Postponed, journey.WentQuiet) || w.any(guardFormerly, span{0, at.start}))
	case guardPledged, guardCited, guardAnnounced:
		return true
	case guardLetBe:
		return w.leftBe(h)
	case guardNoMore:
		return w.hadEnough(at, g)
	case guardComing: // who "accepted our offer as developer" joined us
		return !w.deniedBefore(at, g) && !w.asPost(at.end+1)
	case guardWanting: // a bare "asked for the checklist" may be ours
		first := w.d.tokens[at.start].plain
		return !w.deniedBefore(at, g) && w.wantsHanded(at, g, found) && (first != "asked" && first != "asks" && first != "requested" || w.theirs(g))
	case guardThanked:
		return w.note.Direction != journey.Out && !w.tellsMore(name, found) && len(w.evidence(signalNumber[journey.Replied], span{0, at.start})) > 0 && !w.any(guardUnanswered, span{0, at.start})
	case guardNotNow:
		return w.notNow(at, g, found)
	case guardTold:
		return w.didForThem(at, g, c, found)
	case guardWishing:
		return w.wants(at, g, found)
	case guardDoorkeeper:
		return w.doorOnly()
	case guardNotThere: // who was to be met, and not a third of theirs
		return w.endsWith(at, g) && w.byThem(g.start, at.start, besideState, titles)
	case guardSentOn:
		return w.sentOn(at, g)
	case guardAsking:
		return w.asksUs(h, found)
	case guardThreat:
		return w.threatens(at, g)
	case guardDated:
		return w.byThem(g.start, at.start, besideState)
	case guardCareer:
		return w.runs(w.wholeSentence(at.start))
	case guardMended:
		return w.mended(at, g, c, lastUpset, found)
	case guardFears:
		plight := w.within(guardAgainst, at.start) && !c.bought() // "cleaners keep leaving at his current firm"
		return !w.mayNotBe(at, g) && (plight || w.byThem(g.start, at.start, besideState))
	case guardHowTo:
		return w.howTo(at, g, found)
	case guardOrdered:
		return w.orders(h)
	case guardPassed:
		return w.passedOn(at, g)
	case guardUnanswered, guardCalledOff, guardLikened, guardIntended, guardPersonal, guardResettled, guardTookPlace, guardShown, guardOwing, guardSocial, guardMoved, guardLacking:
		return w.holdsUnmoved(name, at, g, found)
	case guardPlight, guardReluctant, guardReleased, guardAhead, guardApproach, guardPosted:
		return w.holdsHouse(name, at, g, c, found)
	case guardByName:
		return !w.mayNotBe(at, g) && w.named(w.wholeSentence(at.start)) >= 0
	}
	return !w.unreal(signalNumber[journey.Referral], at, g)
}

// howTo reports whether the turn at the tokens at, in segment g, asks for help with what they have,
// and for no more of it.
func (w *weighing) howTo(at, g span, found []Finding) bool {
	more := slices.ContainsFunc(found, func(f Finding) bool {
		return f.Signal == journey.UpsellInterest || f.Signal == journey.CrossSellInterest
	})
	return (more || !slices.ContainsFunc(found, func(f Finding) bool { return f.Confidence > restSure }) && w.any(guardWish, w.wholeSentence(at.start))) && len(w.evidence(signalNumber[journey.UpsellInterest], g)) == 0
}

// didForThem reports whether the turn at the tokens at, in segment g, tells what it did for them. What it
// saves is, of who has none of it, what we say of it.
func (w *weighing) didForThem(at, g span, c Context, found []Finding) bool {
	return !w.mayNotBe(at, g) && !w.savedByOthers(at, g) && (c.bought() || !spares[w.d.tokens[at.start].plain] && !slices.ContainsFunc(found, func(f Finding) bool {
		return f.Confidence > restSure && f.Signal != journey.Replied && f.Signal != journey.GaveFeedback
	}))
}

// upset reports whether h tells that they are unhappy with us: it is they who are,
// and what stands behind, if anything, is ours. With what else they are unhappy is
// for the weights to judge.
func (w *weighing) upset(h hit) bool {
	at, g := span{int(h.first), int(h.last)}, w.segmentAt(int(h.first))
	if w.mayNotBe(at, g) || !w.byThem(g.start, at.start, besideState, reporting) || w.eased(at) || w.overWith(at) || w.d.tokens[h.first].plain == "sich" && w.denies(h) {
		return false // "hat sich nicht beschwert"
	}
	with := w.unhappyWith(at, g)
	return (with == we || with == unsaidWho) && !w.any(guardAgainst, w.wholeSentence(at.start))
}

// party is with whom somebody is unhappy, by the words behind.
type party int

const (
	unsaidWho party = iota // nothing stands there
	we
	others    // a rival, or somebody else with whom they have to do
	something // what it is, nobody can tell by a list of words
)

// unhappyWith tells with whom they are unhappy who are said to be at the tokens at.
func (w *weighing) unhappyWith(at, g span) party {
	if w.any(guardRival, w.wholeSentence(at.start)) {
		return others
	}
	with, grieves := -1, w.grieves(at)
	for i := at.end; i < min(g.end, at.end+1+opening) && with < 0; i++ {
		if t := w.d.tokens[i].plain; about[t] && i > at.end || grieves && (about[t] || regarding[t]) {
			with = i
		}
	}
	if with < 0 || grieves && (with+1 >= g.end || closing[w.d.tokens[with+1].word]) {
		return unsaidWho
	}
	service := false
	for i := with + 1; i < g.end; i++ {
		t := unelided(w.d.tokens[i].plain)
		switch {
		case outsiders[t] || w.within(guardInhouse, i):
			return others
		case ofUs[t]:
			return we
		}
		service = service || ofService[t] || grieves && ofWares[t]
	}
	if service {
		return we
	}
	return something
}

// unhappyElsewhere reports whether the note tells that they are unhappy with others,
// or are no more, and where; all else that sounds like a complaint is none.
func (w *weighing) unhappyElsewhere() (at int, they, yes bool) {
	for _, h := range w.guards {
		if w.cues.guards.families[h.family] != guardUpset {
			continue
		}
		at, g := span{int(h.first), int(h.last)}, w.segmentAt(int(h.first))
		switch denied := w.mayNotBe(at, g); {
		case !denied && w.unhappyWith(at, g) == others:
			return at.start, w.byThem(g.start, at.start, besideState), true
		case denied:
			return at.start, false, true
		}
	}
	return 0, false, false
}

// isColleague reports whether token i is somebody of a house: "boss", "team".
func (w *weighing) isColleague(i int) bool {
	return slices.ContainsFunc(w.own, func(h hit) bool { return w.cues.families[h.family] == "colleague" && int(h.first) == i })
}

var (
	// besideState are small words between them and what they are or do, accents off.
	besideState = wordsOf("is are was were s seems seemed sounds sounded looks feels felt got gets became very really rather quite pretty still again also too so today yesterday both customer client who that says said rang called phoned wrote mailed emailed told me us a bit little " +
		"ist sind war waren sehr wirklich ziemlich echt total richtig noch wieder auch heute gestern kunde kundin etwas sagt wirkt klingt rief an schrieb " +
		"est sont etait etaient tres vraiment plutot assez encore aussi client cliente l s se semble aujourd hui hier " +
		"esta estan estaba muy bastante se sigue cliente hoy ayer esta estao estava muito e sono era molto proprio si oggi ieri is zijn was heel erg echt zich klant vandaag gisteren wel")
	// own are words for what is theirs; some may stand for them as well.
	own = wordsOf("his her their sein seine seinen seinem ihr ihre ihren ihrem son sa ses leur leurs su sus suo sua seu")
	// about are small words before what somebody is unhappy with.
	about = wordsOf("about with w at over by of uber mit auf wegen von contre de du des avec con de por com sobre over met")
	// ofUs are words for us and what we sell.
	ofUs = wordsOf("us our ours we my me uns unser unsere unserem unseren unserer unseres nous notre nos nosotros nuestro nuestra nuestros nuestras nosso nossa nossos nossas noi nostro nostra nostri nostre ons onze " +
		"invoice delivery support order technician rechnung lieferung auftrag techniker support facture livraison commande factura entrega fattura consegna fatura factuur levering")
	// outsiders are those with whom they have to do beside us.
	outsiders = wordsOf("incumbent supplier suppliers provider vendor landlord boss neighbour neighbours neighbor neighbors tenant tenants council government bank insurer insurance union husband wife current present previous old other another " +
		"lieferant lieferanten anbieter vermieter chef chefin nachbar nachbarn mieter versicherung bank jetzigen bisherigen derzeitigen aktuellen alten anderen " +
		"fournisseur prestataire proprietaire patron voisin voisins assureur banque actuel actuelle ancien ancienne proveedor actual fornecedor atual fornitore attuale leverancier huidige verhuurder")
)

// mayNotBe reports whether what stands at the tokens at..., inside segment g, is
// denied or only hoped or feared.
func (w *weighing) mayNotBe(at, g span) bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		name := w.cues.guards.families[h.family]
		return (name == guardDenied || name == guardHoped) && int(h.first) >= g.start && int(h.last) < at.start && at.start-int(h.last) <= reachBefore && !w.elsewhere(h)
	})
}

// deniedBefore reports whether what stands at the tokens at..., inside segment g, is denied.
func (w *weighing) deniedBefore(at, g span) bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		return w.cues.guards.families[h.family] == guardDenied && int(h.first) >= g.start && int(h.last) < at.start && at.start-int(h.last) <= reachBefore && !w.elsewhere(h)
	})
}

// named is where in g a person of another company is named; -1 where none is.
func (w *weighing) named(g span) int {
	for i := max(g.start, 1); i < g.end; i++ {
		if !w.isName(i) {
			continue
		}
		end := i + 1
		for end < g.end && w.capital(end) {
			end++
		}
		if w.company(end) == ofOthers {
			return i
		}
	}
	return -1
}
