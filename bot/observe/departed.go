package observe

import (
	"slices"
	"strings"

	"cairn/bot/journey"
)

// Departure says of a note that its contact is not to be had where they were.
type Departure string

// The departures. What a note tells of one shows no signal of theirs: nobody said
// no, and nothing was agreed.
const (
	Stays    Departure = ""         // the note tells of none
	Left     Departure = "left"     // they work there no more
	Unmailed Departure = "unmailed" // what is sent to them does not arrive
	Absent   Departure = "absent"   // they are away for a time
)

// Departure tells whether a note says that its contact has left, cannot be written
// to, or is away. It reads the note under the same names as [Reader.Read].
func (r *Reader) Departure(n Note) Departure { return departures[r.glance(n).departure] }

// departures are numbered by their places.
var departures = [...]Departure{Stays, Left, Unmailed, Absent}

// leaving is a turn of speech that tells of a departure.
type leaving struct {
	at  int // its first token
	how Departure
}

// departing lists the turns of speech of a note that tell of a departure.
func (w *weighing) departing() (list []leaving) {
	for _, h := range w.guards {
		if how := w.departs(h); how != Stays {
			list = append(list, leaving{int(h.first), how})
		}
	}
	return list
}

// departureOf is the gravest departure of a list.
func departureOf(list []leaving) Departure {
	most := Stays
	for _, l := range list {
		switch {
		case l.how == Left:
			return Left
		case most != Unmailed:
			most = l.how
		}
	}
	return most
}

// staying is what is read of a note without the sentences that tell of a departure.
func (r *Reader) staying(w *weighing, c Context) []Finding {
	d, n := w.d, w.note
	all := r.weighed(d, n, c)
	if len(w.away) == 0 {
		return w.butRisen(w.butAway(all))
	}
	drop, left := make([]bool, len(d.tokens)), false
	for _, l := range w.away {
		left = left || l.how == Left
		gone := w.wholeSentence(l.at)
		if l.how == Absent { // they may have asked for something before they went
			gone = w.segmentAt(l.at)
		}
		for t := gone.start; t < gone.end; t++ {
			drop[t] = true
		}
		for t := gone.end; l.how == Absent && t < len(d.tokens) && !endOfSentence(d.tokens[t].word) && w.backAt(t); t++ {
			drop[t] = true
		}
	}
	found := slices.DeleteFunc(all, func(f Finding) bool {
		return !(optsOut(f) || f.Signal == journey.JoinedUs && f.Confidence > stillSure || f.Signal == journey.ReachedOut && !left)
	})
	rest := d.without(drop)
	if len(rest.tokens) <= opening || r.cues.bare(rest) {
		return found
	}
	for _, f := range r.weighed(rest, n, c) {
		s := signalNumber[f.Signal]
		if f.Confidence > restSure && !leaves[s] && f.Signal != journey.Postponed && !slices.ContainsFunc(found, func(g Finding) bool { return g.Signal == f.Signal }) {
			found = append(found, f)
		}
	}
	return found
}

// butRisen takes from found what only the news shows that they rose in their own house,
// and that something of theirs is taken over: nobody bought by that, or asked.
func (w *weighing) butRisen(found []Finding) []Finding {
	var news []span
	for _, h := range w.guards {
		g := w.segmentAt(int(h.first))
		if w.cues.guards.families[h.family] != guardRisen || !w.rises(h) || w.mayNotBe(span{int(h.first), int(h.last)}, g) || !w.byThem(g.start, int(h.first), besideState) {
			continue
		}
		s := w.wholeSentence(int(h.first))
		news = append(news, g)
		for _, o := range w.guards {
			if name := w.cues.guards.families[o.family]; (name == guardHeir || name == guardSuccess) && int(o.first) >= g.end && int(o.last) < s.end {
				news = append(news, w.segmentAt(int(o.first)))
			}
		}
	}
	if len(news) == 0 {
		return found
	}
	return slices.DeleteFunc(slices.Clone(found), func(f Finding) bool {
		return !optsOut(f) && !slices.ContainsFunc(w.d.tokens, func(t token) bool {
			return t.start >= f.Start && t.end <= f.Start+len(f.Quote) && !slices.ContainsFunc(news, func(g span) bool {
				return w.d.tokens[g.start].start <= t.start && t.end <= w.d.tokens[g.end-1].end
			})
		})
	})
}

// rises reports whether the turn of speech h tells of another post in their own house,
// and not of who is soon to go.
func (w *weighing) rises(h hit) bool {
	return slices.ContainsFunc(w.d.tokens[h.first:h.last+1], func(t token) bool { return rose[t.plain] })
}

// How sure a reading must be beside a departure: of the whole note, and of what is
// left of it.
const (
	stillSure = 0.7
	restSure  = 0.6
)

// backAt reports whether token t stands in a segment that says when they are back.
func (w *weighing) backAt(t int) bool {
	g := w.segmentAt(t)
	return slices.ContainsFunc(w.d.tokens[g.start:min(g.end, g.start+opening)], func(t token) bool { return backWords[t.plain] })
}

// backWords say that somebody who is away will be there again.
var backWords = wordsOf("back returns return until till bis zuruck wieder retour revient jusqu jusque hasta vuelve volta ate torna fino terug tot")

// departs says which departure the turn of speech h tells of the contact.
func (w *weighing) departs(h hit) Departure {
	at, g := span{int(h.first), int(h.last)}, w.segmentAt(int(h.first))
	how := Stays
	switch w.cues.guards.families[h.family] {
	case guardGone:
		if !w.newPost(h) || w.replaced(h) {
			how = Left
		}
	case guardParted:
		if w.parts(h, g) {
			how = Left
		}
	case guardRisen:
		if w.replaced(h) {
			how = Left
		}
	case guardNoDoor:
		how = Unmailed
	case guardAbsent:
		if !w.wasAway(at, g) {
			how = Absent
		}
	}
	if how == Stays || w.mayNotBe(at, g) || how != Unmailed && !w.byThem(g.start, at.start, besideState) {
		return Stays
	}
	return how
}

// wasAway reports whether the turn at the tokens at, inside segment g, tells of an absence that
// is over: "she was on holiday last week", "returned from parental leave". Who "was on leave
// until" a day is so until then.
func (w *weighing) wasAway(at, g span) bool {
	around := w.wholeSentence(at.start)
	for t := g.start; t < around.end; t++ {
		if sinceWords[w.d.tokens[t].plain] || w.limits(t) || t >= g.end && w.backAt(t) {
			return false
		}
	}
	has := func(s span, words map[string]bool) bool {
		return slices.ContainsFunc(w.tokens(s), func(t token) bool { return words[t.plain] })
	}
	if w.wasLast(at, g) {
		return true
	}
	if i := at.start - 1; i >= g.start && cameBack[w.d.tokens[i].plain] {
		return !slices.ContainsFunc(w.tokens(span{at.end + 1, around.end}), func(t token) bool { return t.word[0] == '#' })
	}
	before, behind := span{g.start, at.start}, span{at.end + 1, g.end}
	return (has(before, wasWords) || has(behind, wasWords)) && !has(before, tellWords)
}

// wasLast reports whether segment g says by "last week" or "yesterday" that the absence at the tokens
// at is over: beside a past verb, or where that opens or closes the statement. Who is away "da ieri",
// "as of last week", or "went on leave last week", is so still.
func (w *weighing) wasLast(at, g span) bool {
	end := g.end
	for end > g.start && closing[w.d.tokens[end-1].word] {
		end--
	}
	was := slices.ContainsFunc(w.tokens(g), func(t token) bool { return wasWords[t.plain] })
	if slices.ContainsFunc(w.tokens(g), func(t token) bool { return begun[t.plain] }) {
		return false
	}
	for i := g.start; i < end; i++ {
		if !lastTime[w.d.tokens[i].plain] {
			continue
		}
		if slices.ContainsFunc(w.tokens(span{max(g.start, i-fewTokens), i}), func(t token) bool { return sinceLast[t.plain] }) {
			return false
		}
		told := slices.ContainsFunc(w.tokens(g), func(t token) bool { return tellWords[t.plain] })
		if was || !told && (i < g.start+fewTokens || i >= end-fewTokens) {
			return true
		}
	}
	return false
}

// butAway takes from found what only an absence that is over shows. That they told us of it is
// an answer where the note says how.
func (w *weighing) butAway(found []Finding) []Finding {
	for _, h := range w.guards {
		at, g := span{int(h.first), int(h.last)}, w.segmentAt(int(h.first))
		if w.cues.guards.families[h.family] != guardAbsent || !w.wasAway(at, g) || !w.byThem(g.start, at.start, besideState) {
			continue
		}
		found = slices.DeleteFunc(slices.Clone(found), func(f Finding) bool {
			return !optsOut(f) && !(f.Signal == journey.Replied && !w.note.unsaid()) && w.restsOn(f, span{g.start, g.end - 1}, w.wholeSentence(at.start))
		})
	}
	return found
}

var (
	// wasWords tell of what is over, accents off; some stand behind, as verbs do in German. Of
	// what was told, by tellWords, it may go on.
	wasWords  = wordsOf("was were war waren gewesen estaba estuvo etait etaient estava esteve era stata stato geweest")
	tellWords = wordsOf("said told says sagte sagt meinte dijo dice dit disse diz ha zei zegt")
	// lastTime are words of a time that is over, sinceWords of one that goes on, accents off.
	lastTime   = wordsOf("last yesterday letzte letzten letzter vorige vorigen pasada pasado ayer derniere dernier passada passado ontem scorsa scorso ieri afgelopen gisteren")
	sinceWords = wordsOf("since seit depuis desde sinds dal")
	// sinceLast are words before a last time from which on it goes on, and begun those of how it began, accents off.
	sinceLast = wordsOf("since from of seit ab depuis des desde partir da dal dalla dall sinds vanaf")
	begun     = wordsOf("went goes gone started starts began begann fing empezo empieza comenzo parti partie commence foi entrou andato andata iniziato entrato entrata ging begon")
	// cameBack stand before an absence that is over, accents off.
	cameBack = wordsOf("returned back zuruck")
)

// newPost reports whether the new job of which h tells is one in their own house: the
// sentence says that they rose, and no other employer's name stands behind it.
func (w *weighing) newPost(h hit) bool {
	if !anew[w.d.tokens[h.first].plain] {
		return false
	}
	i := int(h.last) + 1
	if i < len(w.d.tokens) && ontoNew[w.d.tokens[i].plain] && w.capital(i+1) && !w.ordinary(i+1) {
		return false
	}
	g := w.wholeSentence(int(h.first))
	return slices.ContainsFunc(w.guards, func(o hit) bool {
		return w.cues.guards.families[o.family] == guardRisen && g.start <= int(o.first) && int(o.last) < g.end && w.rises(o)
	})
}

// parts reports whether what stands behind h leaves it a departure: "has left", and
// no more; "left for Bosch"; "moved to Marriott".
func (w *weighing) parts(h hit, g span) bool {
	last := w.d.tokens[h.last].plain
	i := int(h.last) + 1
	if ontoNew[last] {
		if w.toRival(h, g) {
			return true
		}
		if last == "to" && !pronouns[w.d.tokens[g.start].plain] && w.d.tokens[g.start].word != "@they" && !(g.start == int(h.first) && w.postBehind(i)) {
			return false // an office moves to Leeds
		}
		return !w.place(i) && w.capital(i) && !w.ordinary(i) && !w.within(guardRival, i) && !w.plural(g)
	}
	if alone := h.first == h.last; alone || i < len(w.d.tokens) && w.d.tokens[i].word[0] == '@' {
		// "left Walsh Print", whose name is Walsh; "left last week"
		return i < len(w.d.tokens) && (w.d.tokens[i].word[0] == '@' || i+1 < len(w.d.tokens) && leftWhen[w.d.tokens[i].plain+" "+w.d.tokens[i+1].plain])
	}
	if i >= len(w.d.tokens) || closing[w.d.tokens[i].word] {
		return h.last-h.first != 1 || !pronouns[w.d.tokens[h.first].plain] // "she left" the room, or the talk
	}
	next := w.d.tokens[i]
	return whenLeft[next.plain] || (next.plain == "for" || next.plain == "to") && w.capital(i+1) && !w.ordinary(i+1) || w.capital(i) && !w.ordinary(i)
}

// toRival reports whether one of theirs works for a rival now, by the turn h of segment g: "he left
// for a competitor". Of several, "they left for a competitor", it is the house that left us; and who
// cancels beside it did.
func (w *weighing) toRival(h hit, g span) bool {
	i := int(h.last) + 1
	if i < g.end && articles[w.d.tokens[i].plain] {
		i++
	}
	if i >= g.end || !rivals[w.d.tokens[i].plain] || w.plural(g) || slices.ContainsFunc(w.tokens(span{i, g.end}), func(t token) bool { return weOurselves[t.plain] }) {
		return false // "a competitor of ours"
	}
	turn := w.tokens(span{int(h.first), i})
	if slices.ContainsFunc(turn, func(t token) bool { return working[t.plain] }) {
		return true
	}
	one := pronouns[w.d.tokens[g.start].plain] || w.d.tokens[g.start].word == "@they"
	return one && slices.ContainsFunc(turn, func(t token) bool { return t.plain == "left" }) &&
		len(w.evidence(signalNumber[journey.Declined], span{i + 1, w.wholeSentence(i).end})) == 0
}

var (
	// working are words for a post that somebody has, and rivals those for a house that is one, accents off.
	working = wordsOf("works working position job started arbeitet travaille")
	rivals  = wordsOf("competitor competitors rival rivals competition konkurrenz konkurrenten wettbewerb wettbewerber mitbewerber concurrent concurrents concurrence")
)

// postBehind reports whether the name at token i is followed by what they are there:
// "moved to Globex as CTO".
func (w *weighing) postBehind(i int) bool {
	for k := i + 1; k < min(len(w.d.tokens), i+1+opening); k++ {
		if w.asPost(k) {
			return true
		}
	}
	return false
}

// asPost reports whether the word at token k stands before somebody's post: "as CTO", "als
// neuer Leiter". In "as is" and "as discussed" it does not.
func (w *weighing) asPost(k int) bool {
	if k >= len(w.d.tokens) || !beforePost[w.d.tokens[k].plain] {
		return false
	}
	for k++; k < len(w.d.tokens) && (articles[w.d.tokens[k].plain] || anew[w.d.tokens[k].plain]); k++ {
	}
	if k >= len(w.d.tokens) {
		return false
	}
	post := w.d.tokens[k].plain
	if post == "it" && !w.capital(k) {
		return false // "as it stands"
	}
	return w.isColleague(k) || roles[post] || len(post) > len("order") && slices.ContainsFunc(doing, func(end string) bool { return strings.HasSuffix(post, end) })
}

// place reports whether a town or a country is named at token i, and no firm that is called
// after one: "Boston Scientific".
func (w *weighing) place(i int) bool {
	return w.within(guardPlaces, i) && (!w.capital(i+1) || w.ordinary(i+1) || w.within(guardPlaces, i+1) || departments[w.d.tokens[i+1].plain])
}

var (
	// beforePost stand before somebody's post, accents off.
	beforePost = wordsOf("as als como comme come")
	// doing is how words for who does something end, accents off: "developer", "director".
	doing = []string{"er", "or", "eur", "ore", "ist", "ista"}
)

// plural reports whether "they" do it: a company that moves to another supplier.
func (w *weighing) plural(g span) bool {
	return slices.ContainsFunc(w.d.tokens[g.start:g.end], func(t token) bool { return t.plain == "they" || t.plain == "ils" || t.plain == "elles" })
}

var (
	// anew begin the turns of speech for a new job, and rose stand in those for one in
	// their own house, accents off.
	anew = wordsOf("new neuer neuen neue nuevo nouveau nouvel novo nuovo nieuwe")
	rose = wordsOf("promoted role roles department departments division headquarters befordert rolle aufgabe abteilung intern zentrale ascendida ascendido departamento central " +
		"promu promue mute mutee service siege promovido promovida area promosso promossa reparto sede gepromoveerd afdeling hoofdkantoor")
	// ontoNew end a turn of speech that wants a new employer behind it.
	ontoNew = wordsOf("to at for with bei chez zu")
	// leftWhen may follow "left" alone.
	leftWhen = map[string]bool{"last week": true, "last month": true, "last year": true, "this month": true, "this week": true}
	pronouns = wordsOf("he she")
	// whenLeft may follow "has left".
	whenLeft = wordsOf("now last in on this already since end at yesterday today and jetzt seit letzte letzten fin")
)
