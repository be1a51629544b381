package observe

import (
	"slices"

	"cairn/bot/journey"
)

// The guards that tell what a note says from what it only sounds like: anger that had
// passed in the same breath, a complaint of somebody else's, a threat that is no end
// yet, a date that is settled and no bill, a job that somebody runs and no trial.
const (
	guardThreat  = "threat"  // they may leave, and have not: a complaint: "threatens to cancel"
	guardEased   = "eased"   // anger had passed in the same breath: "then laughed about it"
	guardClients = "clients" // their customers complain, to them
	guardDated   = "dated"   // a day was settled: "settled the date"
	guardCareer  = "career"  // where they worked before: "used to be at Bosch"
	guardSentOn  = "senton"  // people of others whom they sent to us: "sent two people our way"
	guardAsking  = "asking"  // questions of theirs that came: "sent me two questions"
)

// eased reports whether the anger at the tokens at was over before its sentence was:
// "was annoyed at first, then laughed about it". Anger behind that is anger again.
func (w *weighing) eased(at span) bool {
	around := w.wholeSentence(at.start)
	for _, h := range w.guards {
		first, last := int(h.first), int(h.last)
		if w.cues.guards.families[h.family] == guardEased && first > at.end && last < around.end && !w.mayNotBe(span{first, last}, w.segmentAt(first)) {
			return !w.any(guardUpset, span{last + 1, around.end}) && !w.any(guardThreat, span{at.end + 1, around.end})
		}
	}
	return false
}

// angry reports whether the note tells of anger that had not passed.
func (w *weighing) angry() bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		name := w.cues.guards.families[h.family]
		return name == guardThreat || name == guardUpset && !w.eased(span{int(h.first), int(h.last)})
	})
}

// noComplaint takes from found the complaint that is none: the anger of which the note
// tells had passed when it was told, or it is their customers who complain, to them.
// What their customers complain of is what they need; who laughed spoke with us.
func (w *weighing) noComplaint(found []Finding) (list []said, rest []Finding) {
	says, at := journey.Signal(""), 0
	for _, h := range w.guards {
		first := int(h.first)
		g := w.segmentAt(first)
		switch w.cues.guards.families[h.family] {
		case guardUpset:
			if w.eased(span{first, int(h.last)}) && !w.angry() {
				says, at = journey.Replied, first
			}
		case guardClients:
			named := slices.ContainsFunc(w.d.tokens[g.start:g.end], func(t token) bool { return weOurselves[t.plain] })
			if !named && !w.angry() && !w.mayNotBe(span{first, int(h.last)}, g) {
				says, at = journey.SharedNeeds, first
			}
		}
	}
	if says == "" {
		return nil, found
	}
	dealt := w.any(guardDeed, span{0, len(w.d.tokens)}) // else the invoice that they were cross about is no order
	rest = slices.DeleteFunc(slices.Clone(found), func(f Finding) bool {
		return f.Signal == journey.Complained || sales[signalNumber[f.Signal]] && !dealt
	})
	if says == journey.SharedNeeds || len(rest) == 0 {
		list = append(list, said{says, w.d.tokens[at].clause})
	}
	return list, rest
}

// threatens reports whether they who are said to at the tokens at threaten us.
func (w *weighing) threatens(at, g span) bool {
	if w.mayNotBe(at, g) || !w.byThem(g.start, at.start, besideState) {
		return false
	}
	gone := slices.ContainsFunc(w.own, func(h hit) bool { // "cancelled, threatened to leave before"
		return w.cues.signals[h.family] == journey.Declined && (int(h.last) < at.start || int(h.first) > at.end)
	})
	return !gone && !slices.ContainsFunc(w.tokens(span{at.end + 1, g.end}), func(t token) bool { return outsiders[t.plain] })
}

// inCharge takes from found what a role is mistaken for: who "runs quality there" has
// nothing of ours in use by that, and who says no more said nothing.
func (w *weighing) inCharge(found []Finding) []Finding {
	if len(found) == 0 {
		return found
	}
	use := turns[guardCareer].drops
	for i := range w.d.tokens {
		g := span{-1, 0}
		if leading[w.d.tokens[i].plain] {
			g = w.segmentAt(i)
		}
		if g.start < 0 || !w.department(i+1, g.end) || !w.byThem(g.start, i, besideState, houseWords) {
			continue
		}
		from, to := w.d.tokens[g.start].start, w.d.tokens[g.end-1].end
		found = slices.DeleteFunc(slices.Clone(found), func(f Finding) bool {
			end := f.Start + len(f.Quote)
			if f.Start < from || end > to { // "heads the region and runs our tool"
				for _, t := range w.d.tokens {
					if t.start >= f.Start && t.end <= end && (weOurselves[t.plain] || onTrial[t.plain] || t.plain == "app" || t.plain == "tool") {
						return false
					}
				}
			}
			return (f.Start >= from && end <= to || use[signalNumber[f.Signal]] && f.Start < to && end > from) && !w.any(guardDeed, g)
		})
	}
	return found
}

// department reports whether tokens [i:end) name a part of a company and what it is of,
// and nothing that it would be run with.
func (w *weighing) department(i, end int) bool {
	named := false
	for k := i; k < end; k++ {
		p := w.d.tokens[k].plain
		if with[p] || onTrial[p] || weOurselves[p] {
			return false
		}
		named = named || k < i+departmentWithin && departments[p]
	}
	return named
}

// departmentWithin is how many words behind "runs" name what is run.
const departmentWithin = 4

// runs reports whether the sentence at g tells what somebody runs or leads, and no
// trial: "now runs maintenance here".
func (w *weighing) runs(g span) bool {
	for i := g.start; i < g.end; i++ {
		if leading[w.d.tokens[i].plain] {
			s := w.segmentAt(i)
			return w.byThem(s.start, i, besideState) && !slices.ContainsFunc(w.d.tokens[g.start:g.end], func(t token) bool { return onTrial[t.plain] })
		}
	}
	return false
}

// asksUs reports whether the turn h tells of questions of theirs, and nothing that comes with them.
func (w *weighing) asksUs(h hit, found []Finding) bool {
	more := slices.ContainsFunc(found, func(f Finding) bool { // their committee's questions come with the committee
		return f.Confidence > restSure && f.Signal.Who() != journey.Us && !(turns[guardAsking].drops[signalNumber[f.Signal]] && (f.Signal != journey.TrialRunning || w.takes(guardAsking, h, f)))
	})
	at := span{int(h.first), int(h.last)}
	return !more && w.asked(at, w.segmentAt(at.start))
}

// asked reports whether the questions that are spoken of at the tokens at, in segment g,
// are theirs and came to us.
func (w *weighing) asked(at, g span) bool {
	toUs, they := false, w.theirs(span{g.start, at.end + 1}) || byHave[w.d.tokens[at.start].plain]
	if slices.ContainsFunc(w.tokens(w.askedFor(at, g)), func(t token) bool { return ofNoTrade[t.plain] }) || w.endFirst(w.askedFor(at, g)) {
		return false // "asked me for a job", "asked us for the withdrawal of the offer"
	}
	if joining[w.d.tokens[g.start].plain] && g.start > 0 && slices.ContainsFunc(w.tokens(w.segmentAt(g.start-1)), func(t token) bool { return own[t.plain] }) {
		return false // "her trainee is bright and asked me for the list"
	}
	for i := at.start; i <= at.end; i++ {
		t := w.d.tokens[i]
		switch {
		case toUsAlone[t.plain] || i < at.end && toUsAlone[w.d.tokens[i+1].plain]: // "back to me"
			toUs = true
		case answersOurs[t.plain]:
			return false
		}
	}
	return (toUs || they) && !w.openWithin(at) && !w.mayNotBe(at, g) && w.byThem(g.start, at.start, besideState, houseWords)
}

// askedFor is what the ask at the tokens at, in segment g, is for, without what stands behind it:
// "prices" in "asked me for prices two weeks ago". What is counted or measured is that of which it
// is so much: "3 days of training".
func (w *weighing) askedFor(at, g span) span {
	i := at.start
	for i <= at.end && i < g.end && !objectOf[w.d.tokens[i].plain] {
		i++
	}
	thing := w.object(i, g.end)
	if of := thing.end; of+1 < g.end && of > thing.start && measures[w.d.tokens[of-1].plain] && ofWhat[w.d.tokens[of].plain] {
		return w.object(of+1, g.end)
	}
	return thing
}

// object is the thing that is named from token i on, before token end, without the small words before
// it and what stands behind it.
func (w *weighing) object(i, end int) span {
	for i < end && w.leadsObject(i) {
		i++
	}
	thing := span{i, i}
	for thing.end < end && !objectEnds[w.d.tokens[thing.end].plain] && !w.leadsObject(thing.end) && !closing[w.d.tokens[thing.end].word] {
		thing.end++
	}
	return thing
}

// leadsObject reports whether token i is a small word or a number before what is asked for.
func (w *weighing) leadsObject(i int) bool {
	t := w.d.tokens[i]
	return t.word[0] == '#' || objectOf[t.plain] || counting[t.plain] || articles[t.plain]
}

var (
	// byHave begin a turn of which the verb tells that it is neither I nor we, accents off.
	byHave = wordsOf("hat heeft")
	// objectOf are small words right before what is asked for, counting those that count it, objectEnds
	// those behind it, ofWhat those between a measure and what is measured. Accents off.
	objectOf   = wordsOf("for nach um om naar un una une des los las les le la el il lo the a an")
	counting   = wordsOf("two three four five six ten another more some any further extra few couple zwei drei vier noch weitere mehr einige dos tres mas deux trois plus due tre altre twee drie nog meer")
	objectEnds = wordsOf("last next this ago on in at by before after when since until and or with from about again today yesterday of gefragt gebeten gevraagd letzte letzten vor seit hace ultima la pasada derniere il fa scorsa vorige")
	ofWhat     = wordsOf("of an von de di van d")
	measures   = wordsOf("days weeks hours months day week hour month bit lot couple piece tage tagen wochen stunden dias semanas horas jours semaines heures giorni settimane ore dagen weken uren")
	// ofNoTrade are what people ask of each other beside their trade, accents off.
	ofNoTrade = wordsOf("job favour favor opinion lift donation money holiday family mein meine meinem meinen meiner urlaub familie meinung referral time patience understanding zeit geduld verstandnis weeks days refund deletion removal apology silence peace credit erstattung loschung kundigung entschuldigung remboursement suppression resiliation annulation excuses cancellazione rimborso disdetta scuse cancelamento exclusao reembolso devolucion baja borrado terugbetaling verwijdering opzegging")
)

// sentOn reports whether those whom the tokens at, in segment g, tell to have been sent
// came to us, and are not the contact's own people.
func (w *weighing) sentOn(at, g span) bool {
	if at.end+2 < g.end && own[w.d.tokens[at.end+1].plain] && w.isColleague(at.end+2) {
		return false // "uns an ihre Chefin"
	}
	toUs := w.any(guardPraised, span{0, len(w.d.tokens)})
	for _, t := range w.d.tokens[at.start : at.end+1] {
		if own[t.plain] {
			return false
		}
		toUs = toUs || weOurselves[t.plain]
	}
	return toUs && !w.mayNotBe(at, g) && w.byThem(g.start, at.start, besideState)
}

// openWithin reports whether a word among those of at, a turn of speech with gaps, denies
// or only hopes for it: "complaint is not closed".
func (w *weighing) openWithin(at span) bool {
	return slices.ContainsFunc(w.guards, func(h hit) bool {
		name := w.cues.guards.families[h.family]
		return (name == guardDenied || name == guardHoped) && int(h.first) > at.start && int(h.last) <= at.end && !w.elsewhere(h)
	})
}

var (
	toUsAlone = wordsOf("me us mir uns nos m'a m'ont nous ci mi ons mij")
	// answersOurs stand between "sent me" and questions that are ours.
	answersOurs = wordsOf("my our to answer answers antwort antworten meine meinen unsere unseren mes nos mis nuestras minhas nossas mie nostre mijn onze her him them ihm ihr ihnen")
	// houseWords are people of theirs who may ask in their place.
	houseWords = wordsOf("his her their the boss it team office assistant buyer purchasing procurement legal board committee cfo ceo ihr ihre sein seine einkauf chef chefin team son sa leur equipe su sus equipo jefe seu sua suo il la")
	// weOurselves are words for us, and not for what we sell.
	weOurselves = wordsOf("us our ours we my me uns unser unsere unserem unseren unserer unseres nous notre nos nosotros nuestro nuestra nuestros nuestras nosso nossa nossos nossas noi nostro nostra nostri nostre ons onze")
	// leading are what somebody does who has charge of something, accents off.
	leading = wordsOf("runs run leads lead heads manages leitet fuhrt verantwortet dirige gere gerencia gestisce gestiona leidt lleva cuida runt managt segue oversees charge responsible zustandig verantwortlich responsable encargado encargada responsabile verantwoordelijk")
	// departments are what somebody may have charge of, accents off.
	departments = wordsOf("engineers quality maintenance purchasing procurement operations production logistics hr finance sales marketing engineering safety warehouse warehousing kitchen kitchens housekeeping facilities facility security compliance training service services planning accounts accounting department dept team teams plant plants site sites factory shop floor shift shifts branch office division region unit group lab stores fleet yard depot workshop hotel clinic ward wards school it r&d tooling dispatch " +
		"qualitat qualitatssicherung instandhaltung einkauf betrieb produktion fertigung logistik personal finanzen vertrieb technik sicherheit lager kuche abteilung werk standort schicht filiale bereich gruppe werkstatt " +
		"calidad mantenimiento compras operaciones produccion logistica finanzas ventas ingenieria seguridad almacen cocina departamento equipo planta fabrica turno area taller " +
		"qualite maintenance achats exploitation production logistique rh finances ventes securite entrepot cuisine service equipe usine atelier site " +
		"qualidade manutencao operacoes producao financas vendas engenharia armazem cozinha equipe equipa fabrica " +
		"qualita manutenzione acquisti produzione finanza vendite sicurezza magazzino cucina reparto squadra stabilimento " +
		"kwaliteit onderhoud inkoop productie logistiek verkoop veiligheid magazijn keuken afdeling fabriek vestiging")
	// with are small words before what something is run with.
	with = wordsOf("with on using through by in our app tool mit uber con avec com met via per")
	// onTrial are words for what is tried, live or in use.
	onTrial = wordsOf("trial trials pilot pilots test tests live testphase essai pilote prueba piloto prova proef")
)
