package observe

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/bot/journey"
)

// What is told of their own house and of what they have from others: machines that fail,
// people who will not use a phone, a contract with somebody else that they ended, a talk that
// they will have among themselves. The words are those of a no, of a wish to be left alone
// and of an order, and whom they are about tells which.
const (
	guardPlight    = "plight"    // what goes wrong there: "the compressor broke down again"
	guardReluctant = "reluctant" // their people will not use something: "do not want to use phones"
	guardReleased  = "released"  // they ended what bound them to others: "cancelled the old contract with Bosch"
	guardAhead     = "ahead"     // theirs to do, or a day for it: "will talk to the CFO", "decision by Friday"
	guardApproach  = "approach"  // what we asked or sent, in few words: "sent invitation", "asked him for feedback"
	guardPosted    = "posted"    // of us, where others read it: "posted about us"
)

// mistakenForTrouble are what is read from trouble in their house that has no word of it.
var mistakenForTrouble = guardOf(journey.Declined, journey.Revenue, journey.RepeatOrder, journey.Expanded, journey.AskedForMore, journey.Connected, journey.Installed, journey.Adopted,
	journey.NoticedUs, journey.ReachedOut, journey.Replied, journey.GaveFeedback, journey.Recommendation, journey.Complained, journey.OptedOut)

// house are what the turns of this file say, and what they are mistaken for.
var house = map[string]turn{
	guardPlight:    {journey.SharedNeeds, mistakenForTrouble},
	guardReluctant: {journey.SharedNeeds, and(mistakenForTrouble, guardOf(journey.TrialRunning, journey.Postponed))},
	guardReleased: {journey.Replied, guardOf(journey.Declined, journey.Revenue, journey.RepeatOrder, journey.Expanded, journey.ProposalDiscussed, journey.Postponed, journey.Adopted, journey.Installed,
		journey.SawItWork, journey.TrialRunning)},
	guardAhead: {"", guardOf(journey.SharedNeeds, journey.ProposalDiscussed, journey.BroughtOthers, journey.Postponed, journey.UpsellInterest, journey.CrossSellInterest, journey.VerbalYes,
		journey.WorkingSession, journey.AgreedMeeting, journey.Connected, journey.AskedForMore, journey.GaveContact, journey.Adopted, journey.Installed, journey.TrialRunning, journey.Declined, journey.WentQuiet,
		journey.Complained, journey.Revenue, journey.RepeatOrder)},
	guardApproach: {journey.ReachedOut, guardOf(journey.AskedForMore, journey.GaveContact, journey.Subscribed, journey.Connected, journey.SharedNeeds, journey.AgreedMeeting, journey.ProposalDiscussed,
		journey.GaveFeedback, journey.Revenue, journey.RepeatOrder, journey.WorkingSession, journey.BroughtOthers, journey.Referral, journey.Recommendation, journey.Replied, journey.NoticedUs, journey.Adopted,
		journey.SharedOnward, journey.Complained, journey.UpsellInterest, journey.TrialRunning, journey.SawItWork)},
	guardPosted: {journey.NoticedUs, guardOf(journey.Connected, journey.Subscribed, journey.AgreedMeeting, journey.ReachedOut, journey.Replied, journey.GaveContact)},
}

// and is what stands in either guard.
func and(a, b guard) guard {
	both := make(guard, len(a))
	for s := range both {
		both[s] = a[s] || b[s]
	}
	return both
}

// holdsHouse reports whether a turn of this file says what it seems to say.
func (w *weighing) holdsHouse(name string, at, g span, c Context, found []Finding) bool {
	if name != guardReluctant && w.mayNotBe(at, g) || w.any(guardFormerly, w.wholeSentence(at.start)) && name != guardApproach {
		return false
	}
	behind := w.tokens(span{at.end + 1, g.end})
	switch name {
	case guardPlight:
		if slices.ContainsFunc(w.tokens(span{g.start, at.start}), func(t token) bool { return nothings[t.plain] }) {
			return false
		}
		if w.privately(at, g) || w.goneThemselves(at, g) {
			return false
		}
		return w.note.Direction != journey.Out && !w.hearsay() && len(w.evidence(signalNumber[journey.OptedOut], span{0, len(w.d.tokens)})) == 0 &&
			(c.bought() || !w.namesUs(g)) && !w.ofDeal(at, g) && !w.tellsMore(name, found)
	case guardReluctant:
		if w.d.tokens[at.end].plain == "want" && (!w.ofGroup(at, g) || itself(behind) || w.any(guardOffered, g) || w.ofDeal(at, g) || slices.ContainsFunc(behind, func(t token) bool { return dealing[t.plain] })) {
			return false // "do not want calls" is of whoever says so
		}
		ours := slices.ContainsFunc(w.tokens(g), func(t token) bool { return weOurselves[t.plain] || t.plain == "your" })
		return !ours && !slices.ContainsFunc(behind, func(t token) bool { return beingReached[t.plain] }) && (!w.oneOfThem(g.start, at.start) || !itself(behind))
	case guardReleased:
		if at.start == at.end {
			return !c.bought() && w.endsOne(at, g)
		}
		return w.withOthers(at, g, c)
	case guardAhead:
		return !w.withUs(span{at.start, min(at.end+1, g.end-1)})
	case guardApproach:
		if !w.byThem(g.start, at.start, besideOurs, ways) || w.theyGoOn(g.end, w.wholeSentence(at.start).end) {
			return false // "their school asked him for"; "sent invite, he took it"
		}
		if first := w.d.tokens[at.start].plain; first == "asked" && w.d.tokens[at.start+1].plain == "for" && at.end+1 < g.end && !afterAsk[w.d.tokens[at.end+1].plain] && !w.endsWith(at, g) {
			return false // "asked for payment terms"
		}
		return !w.asksOf(span{w.wholeSentence(at.start).start, at.start}) && !slices.ContainsFunc(behind, func(t token) bool { return toUsAlone[t.plain] || returned[t.plain] })
	}
	return w.byThem(g.start, at.start, besideState) && !w.tellsMore(name, found)
}

// theyGoOn reports whether one of the statements from token i to token end is of them.
func (w *weighing) theyGoOn(i, end int) bool {
	return slices.ContainsFunc(w.d.segments(), func(g span) bool { return g.start >= i && g.start < end && w.theirs(g) })
}

// takesHouse reports whether such a turn takes back f, which is read from the sentence
// around: nothing but its own statement says so.
func (w *weighing) takesHouse(name string, f Finding, at, g, around span) bool {
	switch name {
	case guardAhead, guardApproach: // with whom and about what stands behind
		return w.restsOn(f, span{at.start, g.end - 1}, around)
	case guardPosted:
		return w.restsOn(f, at, around)
	}
	return w.restsOn(f, span{g.start, g.end - 1}, around)
}

// saysNow is what the turn says of somebody of whom c is known: what troubles a customer about
// something of ours is a complaint, and so is what makes one angry.
func (w *weighing) saysNow(name string, says journey.Signal, h hit, c Context, found []Finding) journey.Signal {
	if first := w.d.tokens[h.first].plain; name == guardApproach && (handsOut[first] || asksFor[first] || len(w.d.segments()) > 1) {
		return "" // an ask of ours is no first word of ours, and what else is told says more
	}
	if name == guardSocial && slices.ContainsFunc(found, func(f Finding) bool { return f.Signal != says && f.Confidence > restSure && !w.takes(name, h, f) }) {
		return "" // "took her to lunch and then gave her the demo"
	}
	if at, g := (span{int(h.first), int(h.last)}), w.segmentAt(int(h.first)); name == guardCalledOff && w.ranBefore(at, g) && w.endsDeal(at, g) {
		return journey.Declined
	}
	if name != guardPlight && name != guardReluctant || !c.bought() {
		return says
	}
	g := w.segmentAt(int(h.first))
	if w.namesUs(g) || w.upsetIn(w.wholeSentence(g.start)) || itself(w.tokens(span{int(h.last) + 1, g.end})) || slices.ContainsFunc(found, func(f Finding) bool { return f.Signal == journey.Complained && w.quotes(f, g) }) {
		return journey.Complained
	}
	return says
}

// upsetIn reports whether sentence g tells that they are unhappy with us.
func (w *weighing) upsetIn(g span) bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		return w.cues.guards.families[h.family] == guardUpset && int(h.first) >= g.start && int(h.last) < g.end && w.upset(h)
	})
}

// namesUs reports whether segment g names us or what is ours.
func (w *weighing) namesUs(g span) bool {
	return slices.ContainsFunc(w.tokens(g), func(t token) bool { return weOurselves[t.plain] || ourThings[t.plain] })
}

// ofGroup reports whether what is not wanted at the tokens at, in segment g, is not wanted by
// people of theirs, or of them: "operators do not want", "doesn't want his crew to".
func (w *weighing) ofGroup(at, g span) bool {
	for i := g.start; i < at.start; i++ {
		if w.isGroup(i) {
			return true
		}
	}
	for i := at.end + 1; i+1 < min(g.end, at.end+1+reachTried); i++ {
		if w.d.tokens[i+1].plain == "to" && (w.isGroup(i) || own[w.d.tokens[i-1].plain]) {
			return true
		}
	}
	return false
}

// isGroup reports whether token i is a word for several people that are none of those to whom
// we speak: "operators", "staff".
func (w *weighing) isGroup(i int) bool {
	t := w.d.tokens[i]
	first, _ := utf8.DecodeRuneInString(w.text[t.start:])
	return groups[t.plain] || len(t.plain) > 4 && unicode.IsLower(first) && t.plain[len(t.plain)-1] == 's' && t.plain[len(t.plain)-2] != 's' && !spokenTo[t.plain] && !w.isOf("they", i) && !w.isOf("us", i) && !w.isOf("month", i) && !besideState[t.plain] && !besideDeed[t.plain]
}

// onlyAgain reports whether nothing in the note speaks of an order but that something was so
// again: "the press broke again". What is ordered again has a number, or a word of buying.
func (w *weighing) onlyAgain(s int) bool {
	whole := span{0, len(w.d.tokens)}
	list := w.evidence(s, whole)
	return len(list) > 0 && !slices.ContainsFunc(list, func(at span) bool { return at.start != at.end || !again[w.d.tokens[at.start].plain] }) &&
		!slices.ContainsFunc(w.d.tokens, func(t token) bool { return t.word[0] == '#' || likeBefore[t.plain] })
}

// ofDeal reports whether segment g is about the paper of a deal: "signature went missing".
func (w *weighing) ofDeal(at, g span) bool {
	about := append(slices.Clone(w.tokens(span{g.start, at.start})), w.tokens(span{at.end + 1, g.end})...) // and not "out of order"
	return slices.ContainsFunc(about, func(t token) bool {
		return dealWords[t.plain] || t.plain == "signature" || t.plain == "deal" || t.plain == "talks"
	})
}

// oneOfThem reports whether the words from token i to token end are the contact alone: "she",
// or nothing. more are other words that may stand there.
func (w *weighing) oneOfThem(i, end int, more ...map[string]bool) bool {
	for ; i < end; i++ {
		t := w.d.tokens[i]
		if !oneAlone[t.plain] && t.word[0] != '@' && !besideState[t.plain] && !besideDeed[t.plain] && !closing[t.word] &&
			!slices.ContainsFunc(more, func(set map[string]bool) bool { return set[t.plain] }) {
			return false
		}
	}
	return true
}

// itself reports whether what is not used is what the talk was of: "it".
func itself(behind []token) bool {
	return len(behind) > 0 && (behind[0].plain == "it" || behind[0].plain == "this" || behind[0].plain == "that")
}

// settles reports whether the complaint f is read from nothing but what was settled, in as few
// words as the turn at the tokens at has: "support settled, happy again".
func (w *weighing) settles(at span, f Finding) bool {
	return len(w.d.tokens) < shortNote && w.any(guardDated, span{0, len(w.d.tokens)}) && w.quotes(f, w.wholeSentence(at.start))
}

// onlyHow reports whether d says nothing but how they spoke: "call,".
func onlyHow(d *document) bool {
	return !slices.ContainsFunc(d.tokens, func(t token) bool { return !closing[t.word] && !ways[t.plain] })
}

// onPaper reports whether all that speaks of a trial, at the tokens of list, is of a plan or a paper
// for one: "pilot plan", "Pilotplan".
func (w *weighing) onPaper(list []span) bool {
	return len(list) > 0 && !slices.ContainsFunc(list, func(at span) bool {
		word := w.d.tokens[at.end].plain
		next := at.end+1 < len(w.d.tokens) && papers[w.d.tokens[at.end+1].plain]
		return !next && !strings.HasSuffix(word, "plan") && !strings.HasSuffix(word, "vertrag") && !strings.HasSuffix(word, "angebot")
	})
}

// privately reports whether what fails at the tokens at, in segment g, is somebody's own, or
// ours: "car broke down", "ran out of time".
func (w *weighing) privately(at, g span) bool {
	return slices.ContainsFunc(w.tokens(span{g.start, at.start}), func(t token) bool { return carried[t.plain] || seller[t.plain] }) ||
		at.end+1 < g.end && spent[w.d.tokens[at.end+1].plain]
}

// goneThemselves reports whether it is the contact who is gone, hurt or out of action at the
// tokens at, in segment g: who disappeared after our offer told us of no need.
func (w *weighing) goneThemselves(at, g span) bool {
	if !slices.ContainsFunc(w.tokens(span{at.start, at.end + 1}), func(t token) bool { return goesMissing[t.plain] }) || !w.oneOfThem(g.start, at.start, articles, contactWords, going) {
		return false
	}
	named := slices.ContainsFunc(w.tokens(span{g.start, at.start}), func(t token) bool { return t.word[0] == '@' || contactWords[t.plain] })
	return named || w.oneOfThem(at.end+1, g.end) // "desaparecieron tres bombas"
}

// withUs reports whether it is with us that they will speak at the tokens at: "will mit uns sprechen".
func (w *weighing) withUs(at span) bool {
	for i := at.start + 1; i <= at.end; i++ {
		if speakingTo[w.d.tokens[i-1].plain] && toUsAlone[w.d.tokens[i].plain] {
			return true
		}
	}
	return false
}

// hearsay reports whether the note tells what somebody else says of them.
func (w *weighing) hearsay() bool {
	return slices.ContainsFunc(w.own, func(h hit) bool { return w.cues.families[h.family] == "hearsay" })
}

var (
	// beingReached, behind what somebody does not want of their people, makes it a wish of theirs.
	beingReached = wordsOf("be get receive hear talk speak contacted called mailed emailed")
	// ourThings are what we sell, whatever it is called.
	ourThings = wordsOf("app apps tool software platform sync login logins dashboard subscription licence license licences licenses trial pilot demo your invoice delivery support rechnung lieferung facture livraison factura entrega fattura consegna factuur levering")
	// oneAlone are words for the contact alone.
	oneAlone = wordsOf("he she him her they er sie il elle el ella ele ela lui lei hij zij ze call mail email visit rang phone chat")
	// goesMissing are words by which a thing fails, and somebody is not to be had, accents off.
	goesMissing = wordsOf("missing disappear disappears disappeared disappearing action leg arm hurt injured verschwunden verschwinden desaparecio desaparecieron desaparecido disparu sumiu sumiram desapareceu desapareceram sparito sparita spariti sparite verdwenen zoek")
	// contactWords are words for the contact that are no name, and going those before "missing", accents off.
	contactWords = wordsOf("he she customer client cliente kunde kundin klant contact kontakt ansprechpartner ansprechpartnerin contacto contato contatto contactpersoon")
	going        = wordsOf("went gone goes go")
	// speakingTo are small words before whom somebody speaks with, accents off.
	speakingTo = wordsOf("to with by mit con a avec com met")
	// before are words for what they had before, or have beside, and nowHave those for what they
	// have now, which of a customer may be ours, accents off.
	nowHave = wordsOf("current present existing actual")
	before  = wordsOf("old former previous prior other incumbent legacy alten alte altem bisherigen bisherige antiguo anterior ancien ancienne antigo vecchio oude vorige supplier vendor provider landlord caterer company firm lieferanten anbieter proveedor fournisseur fornecedor fornitore leverancier")
	// groups are words for people of theirs that end in no "s", and spokenTo those that are no people of theirs.
	groups   = wordsOf("staff people guys crew team lads folks workforce personnel men women")
	spokenTo = wordsOf("customers clients owners directors managers buyers heads founders shareholders trustees investors doctors parents partners bosses always sometimes perhaps besides unless across guess themselves others")
	// again are words for what is so once more, and likeBefore those for what is ordered so, accents off.
	again      = wordsOf("again wieder nochmal nochmals erneut nuevo encore nouveau novo nuovo opnieuw weer")
	likeBefore = wordsOf("same usual another more box boxes pallet pallets year season lot batch gleiche gleichen mismo misma meme mesmo stesso zelfde")
	// staying are words for who is with us still.
	staying = wordsOf("stayed staying stays stay remains remain remained stick sticks stuck")
	// trying are words before a rival who was only tried, accents off.
	trying = wordsOf("looked looking tried trying tries tested testing compared comparing considered considering evaluated evaluating despite although against instead trialled trialed probiert ausprobiert getestet verglichen trotz statt probo probaron probado comparo pese essaye compare malgre testou testado provato confrontato nonostante geprobeerd vergeleken ondanks")
	// ways are words for how somebody spoke with them, accents off.
	ways = wordsOf("call phone mail email chat visit meeting telefonat anruf besuch llamada correo appel visite telefonata mailtje belletje")
	// needing are words for a need.
	needing = wordsOf("need needs needed brauchen braucht")
	// papers are what there is before a trial.
	papers = wordsOf("plan plans agreement protocol contract offer proposal concept terms quote scope")
	// dealing are what is not wanted where it is our offer.
	dealing = wordsOf("buy sign pay renew spend switch continue extend meet talk commit change")
	// afterAsk are words behind what we asked for.
	afterAsk = wordsOf("on again by today yesterday twice once still now before when last this")
	// asksFor begin what we ask of them, accents off.
	asksFor = wordsOf("asked um ihn sie ihm le pedi gli chiesto lui demande om")
	// nothings are what does not fail, accents off.
	nothings = wordsOf("nothing nichts nada rien niente nulla niets nix hardly fewer less")
	// carried are what people have with them, seller who speaks for us, and spent what runs out for anybody.
	carried = wordsOf("phone laptop car train flight plane bus taxi bike headset microphone mic zoom teams wifi internet connection mobile iphone handy auto zug flug coche tren voiture")
	seller  = wordsOf("i my we ich mein meine wir mi nosotros je mon ma nous eu meu io ik mijn wij")
	spent   = wordsOf("time patience money budget battery zeit tiempo temps tempo tijd")
	// returned are words by which what was sent is theirs.
	returned = wordsOf("back filled signed completed question questions")
	// handedOut are what we give or send, accents off.
	handedOut = wordsOf("checklist checklists guide guides template templates invitation invite invites link links offer offers quote quotes quotation proposal proposals brochure brochures catalogue catalog pricing prices price slides deck study studies article articles report webinar calculator paper whitepaper pdf info infos information material details reminder leaflet sample samples leitfaden checkliste einladung angebot vorlage preisliste unterlagen prospekt guia invitacion oferta presupuesto plantilla invito preventivo offerta offerte uitnodiging sheet datasheet fallstudie catalogo modele modelo modello etude gids guida verificacion")
)
