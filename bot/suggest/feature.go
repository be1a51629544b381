package suggest

import (
	"cmp"
	"math/bits"
	"slices"

	"cairn/bot/suggest/meaning"
)

// The fit is how far an item is on the way from plain, which what is made for
// where they stand reaches anyhow, to perfect, which has all in its favour.
const (
	plain   = 0.25
	perfect = 2.0

	leastFit = 1e-3 // what is open may be to the point after all
)

// leastMet is how much of what they spoke of an item must be about to be given
// at all.
func (q *query) leastMet() float64 {
	switch {
	case q.only:
		return onSubject
	case q.lang.wanted != "" && q.specific > 0: // little is in it: what there is must be about what they want
		return inTongue
	}
	return 0
}

// inTongue is how much an item in the one language that is of use to them must
// be about what they spoke of.
const inTongue = 0.3

// enoughTold is how many telling words it takes to have spoken of something in
// particular.
const enoughTold = 3

// halfway is the matched weight at which topic, theme and latest are 1/2.
const halfway = 1.0

// shown is how strongly each feature shows.
type shown [features]float64

// score weighs one entry by all features, and says how strongly each shows.
func (l *Library) score(q *query, s *scratch, i int32, into *shown) scored {
	e := &l.entries[i]
	out := scored{entry: i, shown: into}
	add := func(f feature, value float64) {
		into[f] = value
		out.fit += value * q.weights[f] / (perfect - plain)
	}
	m := l.meet(q, s, e)
	out.met = saturate(m.exact + m.loose)
	add(fAnswered, max(0, s.answered-out.met))
	out.beside = q.specific * max(0, 1-out.met/onSubject)
	if q.role.brings(e.roles) { // for the one who comes in next it need not be about the same
		out.beside = 0
		add(fBrings, 1)
	}
	add(fBeside, out.beside)
	topic, latest, about := saturate(m.exact), saturate(m.latest), float64(max(0, meaning.Near(&q.latest, &e.about)))
	add(fTopic, topic)
	add(fTheme, saturate(m.loose))
	add(fLatest, latest)
	add(fRetold, q.reply.on*s.retold(q)*(topic+latest)/2)
	add(fPointed, topic*latest)
	add(fNear, saturate(m.near))
	add(fAbout, about)
	add(fAkin, latest*about)
	add(fThread, float64(max(0, meaning.Near(&q.thread, &e.about))))
	need, next, kind := q.answers(e)
	add(fNeed, need)
	add(fNext, next)
	add(fKind, kind)
	add(fFollows, l.mostLike(q.had, e))
	if q.reply.entry != nil {
		add(fSequel, q.reply.goesOn(e))
		add(fRepeats, one(q.reply.repeats(e)))
		add(fSwitches, one(q.reply.foreign(e)))
	}
	add(fStage, q.stageFit(e.stages))
	role, industry := q.role.meets(e.roles), q.industry.meets(e.industries)
	add(fRole, role)
	add(fIndustry, industry)
	add(fMade, industry*max(0, role))
	add(fPurpose, q.serves(e.purposes))
	if e.stages&(1<<q.stage) != 0 {
		add(fSpecial, 1/float64(bits.OnesCount8(e.stages)))
	}
	if role > 0 && !e.roles.anyone {
		add(fOwn, 1/float64(len(e.item.Roles)))
	}
	if q.outside && e.industries.anyone {
		add(fOutside, 1)
	}
	if e.item.Education != "" {
		add(fTeaches, q.wants[e.item.Education])
	}
	if e.item.Education == Tool && q.early() {
		add(fEarly, 1)
	}
	if e.item.PassOn {
		add(fPassOn, q.pass)
		if e.stages == 0 || e.stages&0b11 != 0 {
			add(fLight, q.light)
		}
	}
	if e.tongue != "" && e.tongue == q.lang.own && q.lang.own != UsualLanguage {
		add(fLanguage, 1)
	}
	if e.item.Overdue(q.now) {
		add(fOverdue, 1)
	}
	add(fRefused, l.likeRefused(q, e))
	out.yields = out.met <= q.stray && q.astray(e) || q.starting && e.purposes&(1<<forStart) == 0 ||
		q.referrer && e.stages == 1<<(len(stageNames)-1)
	out.latest, out.raw = latest, out.fit*(perfect-plain)-sequelAside*(into[fSequel]*q.weights[fSequel]+into[fRetold]*q.weights[fRetold])
	out.fit = min(1, max(leastFit, out.fit-plain/(perfect-plain)))
	return out
}

// features names what showed of an item, with the words in which it did.
func (l *Library) features(q *query, s *scratch, o *scored) []Feature {
	all := make([]Feature, 0, features)
	var words []string
	for f, value := range o.shown {
		if value == 0 {
			continue
		}
		named := Feature{Name: featureNames[f], Value: value, Weight: value * q.weights[f] / (perfect - plain)}
		switch feature(f) {
		case fTopic, fTheme, fPointed:
			if words == nil {
				words = l.wordsOf(q, s, &l.entries[o.entry])
			}
			named.Words = words
		case fNeed, fNext:
			named.Words = q.saysFor(&l.entries[o.entry], calling.answeredBy)
		case fPurpose:
			named.Words = q.saysFor(&l.entries[o.entry], calling.servedBy)
		}
		all = append(all, named)
	}
	return all
}

// early reports whether it is too early to teach the use of what we sell.
func (q *query) early() bool {
	return q.stage < len(stageNames)-1 && q.c.Cycle == "" && !q.ahead
}

// UsualLanguage is the language that most content is in, and in which somebody is written
// to of whom no other is known (ISO 639-1). An item in it tells nothing of whom it is
// for; one in another language was made for few.
const UsualLanguage = "en"

func saturate(x float32) float64 { return float64(x / (x + halfway)) }

// onSubject is the meeting from which an item is in no way beside the point.
const onSubject = 0.45

// meetings is how what they spoke of meets an entry.
type meetings struct {
	exact, loose, latest, near float32
}

// under reports whether a meeting is less than another: nearness gives way to
// what was said.
func (m meeting) under(other unitWeight) bool {
	if far := m.how == byMeaning; m.weight > 0 && far != (other.how == byMeaning) {
		return far
	}
	return other.weight > m.weight
}

// meet says how much of what they spoke of the entry is about. A word of
// theirs counts once, and so does a word of the item: saying price, cost and
// budget is saying one thing.
func (l *Library) meet(q *query, s *scratch, e *entry) meetings {
	clear(s.unit)
	for _, t := range e.terms {
		var best unitWeight
		for _, u := range s.byTerm[t.term] {
			w := u.weight * t.weight
			if (meeting{best.weight, best.how}).under(unitWeight{u.unit, w, u.how}) {
				best = unitWeight{u.unit, w, u.how}
			}
		}
		if best.weight > 0 && s.unit[best.unit].under(best) {
			s.unit[best.unit] = meeting{best.weight, best.how}
		}
	}
	var m meetings
	for i, u := range s.unit {
		switch {
		case u.weight == 0:
			continue
		case u.how == byMeaning:
			m.near += u.weight
			continue
		case u.how == byWord:
			m.exact += u.weight
		default:
			m.loose += u.weight
		}
		if q.units[i].note == 0 {
			m.latest += u.weight
		}
	}
	return m
}

// wordsOf returns the words of theirs that the entry is about, the most telling
// first, at most three: a reason is told by its very words, or by a likeness that tells.
func (l *Library) wordsOf(q *query, s *scratch, e *entry) (words []string) {
	l.meet(q, s, e)
	var top []unitWeight
	for i, u := range s.unit {
		if u.how == byWord && u.weight > 0 || u.how == byIdea && u.weight >= carries {
			top = append(top, unitWeight{int32(i), u.weight, u.how})
		}
	}
	slices.SortFunc(top, func(a, b unitWeight) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.unit, b.unit))
	})
	for _, u := range top[:min(3, len(top))] {
		words = append(words, q.units[u.unit].word)
	}
	return words
}

// carries is from which weight on a likeness is told to people: "bearings" and a plan for
// one line are both about machines, and nobody would say that one speaks to the other.
const carries = 0.2

// answers says how well the entry's subject and kind answer what their signals
// call for, 0 to 1 each.
func (q *query) answers(e *entry) (need, next, kind float64) {
	for _, k := range e.kind {
		kind = max(kind, q.kinds[k])
	}
	for _, t := range e.terms {
		if w := q.need[t.term]; w > 0 {
			need = max(need, w*float64(t.weight))
			next = max(next, q.next[t.term]*float64(t.weight))
		}
	}
	return need, next, kind
}

// Stage fit: made for this stage, for any, for a neighbouring one. An item for
// the next stage helps more than one for the stage behind.
const (
	fitStage  = 1.0
	fitAny    = 0.7
	fitAhead  = 0.4
	fitBehind = 0.3
	fitBefore = 0.1 // made to win those who have bought
	fitCycle  = 0.9 // made for those who have bought, and who now think of more
	fitHeavy  = 0.6 // factor where a light touch is called for and this is none
)

func (q *query) stageFit(mask uint8) float64 {
	fit := stageFit(mask, q.stage)
	switch {
	case q.light == 0:
	case mask&0b11 != 0:
		fit = fitStage
	default:
		fit *= fitHeavy
	}
	if q.ahead && mask&(1<<(q.stage+1)) != 0 {
		fit = fitStage
	}
	if q.c.Cycle != "" && mask&(1<<(len(stageNames)-1)) != 0 {
		fit = max(fit, fitCycle)
	}
	return fit
}

func stageFit(mask uint8, stage int) float64 {
	switch {
	case mask == 0:
		return fitAny
	case mask&(1<<stage) != 0:
		return fitStage
	case mask&(1<<(stage+1)) != 0:
		return fitAhead
	case stage == len(stageNames)-1 && mask&(1<<(stage-1)) != 0:
		return fitBefore
	case stage > 0 && mask&(1<<(stage-1)) != 0:
		return fitBehind
	}
	return 0
}

// open reports whether the entry may be given to the contact of the query at
// all, leaving aside what was given before.
func (e *entry) open(q *query, usual string) bool {
	return !e.item.Expired(q.now) && q.speaks(e.readers, usual) && q.stageFit(e.stages) > 0 && q.industry.meets(e.industries) > meetsNot
}

// had reports whether the contact has been given the entry, ever.
func (e *entry) had(c *Case) bool {
	return c.SharedIDs[e.item.ID] || e.item.Canonical != "" && c.SharedURLs[e.item.Canonical]
}

// withheld reports whether the contact has had it, or it is not to be shown now.
func (e *entry) withheld(q *query) bool {
	c := q.c
	if e.had(c) || c.Passed[e.item.ID] || c.Shown[e.item.ID].rests(c.Now) {
		return true
	}
	r, refused := c.Refused[e.item.ID]
	return refused && (r.Reason != NotNow || c.Now.Before(r.At.Add(NotNowRest)))
}

// closed reports whether what the entry is for keeps it from the contact: what helps to pass
// us on is an ask in disguise for whoever has just bought, tells "what it did for you" to
// those for whom it did nothing yet, and a letter that introduces us is of no use where it
// must not be passed on. What tells of a programme, or helps to tell their own story, is
// for them.
func (e *entry) closed(q *query) bool {
	switch {
	case e.purposes&(1<<forReferral) == 0:
		return false
	case q.justBought:
		return true
	}
	filling := e.purposes&(1<<forFilling) != 0 && slices.ContainsFunc(e.item.Topics, introduces)
	// a title alone may speak of introducing something else
	return filling && q.referrer || (filling || introduces(e.item.Title)) && !e.item.PassOn
}

func introduces(text string) bool {
	return slices.ContainsFunc(words(text), func(w word) bool { return introducing[w.folded] })
}

var introducing = wordSet("referral referrals introduction introductions introduce introduces empfehlung empfehlungen weiterempfehlen recommandation recomendacion segnalazione recomendacao aanbeveling")

// mostLike says how like the entry is to the one among others that it is most
// like, 0 to 1.
func (l *Library) mostLike(others []int32, e *entry) float64 {
	most := 0.0
	for _, i := range others {
		most = max(most, likeness(e, &l.entries[i]))
	}
	return most
}

// likeRefused says how like the entry is to what was refused as not for them.
func (l *Library) likeRefused(q *query, e *entry) float64 {
	most := 0.0
	for id, r := range q.c.Refused {
		if i, ok := l.byID[id]; ok && r.Reason == NotForThem {
			most = max(most, likeness(e, &l.entries[i]))
		}
	}
	return most
}

// likeness is the weight of the words that two entries have in common, as a
// share of the lighter one's, 0 to 1.
func likeness(a, b *entry) float64 {
	if a.mass == 0 || b.mass == 0 {
		return 0
	}
	i, j, both := 0, 0, 0.0
	for i < len(a.words) && j < len(b.words) {
		switch x, y := a.words[i], b.words[j]; {
		case x.term < y.term:
			i++
		case x.term > y.term:
			j++
		default:
			both += float64(min(x.weight, y.weight))
			i, j = i+1, j+1
		}
	}
	return min(1, both/min(a.mass, b.mass))
}
