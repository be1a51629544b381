package line

import (
	"sync"
	"time"
)

// What is ours to do because it was asked of us: until when we have time for it, and
// that it is not done yet.

// grace reads at token i how long somebody has for something: "she gave us until Friday
// to answer", "I have until the 10th to get him a reference". next is 0 where nothing
// says so.
func (r *reading) grace(i, start, end int, base time.Time) (s Step, next int) {
	if i >= end {
		return s, 0
	}
	whose, n := graceWords().at(r.toks[:end], i)
	if n == 0 || r.toks[i].quoted || r.isDenied(i, n, start, end) {
		return s, 0
	}
	if acts, m := stepWords().at(r.toks, i); acts == Theirs && m > n {
		return s, 0 // "er lässt uns bis Freitag wissen" gives us no time
	}
	if whose == Theirs && r.toks[i].fold == "gave" && r.theirAct(i) {
		return s, 0 // "he gave them until Friday": somebody of theirs
	}
	k := i + n
	if s, next := r.graceFor(i, k, start, end, whose, base); next > 0 {
		return s, next
	}
	named := false // time, as a word
	for k < end && graceTime[r.toks[k].fold] {
		named = named || !graceSmall[r.toks[k].fold]
		k++
	}
	if k >= end {
		return s, 0
	}
	d, ok := r.dayAt(k)
	for at := k + 1; !ok && at <= k+2; at++ { // "jusqu'à vendredi", "bis zum 10."
		d, ok = r.dayAt(at)
	}
	if !ok || d.to > end || d.tense == behind || !r.saysLimit(d, k) || r.isOver(d) {
		return s, 0
	}
	for k := d.to; k < end; k++ {
		named = named || graceTime[r.toks[k].fold] && !graceSmall[r.toks[k].fold]
	}
	if !named && needTime[r.toks[i].fold] && d.to < end || d.to < end && r.toks[d.to].fold == "off" {
		return s, 0 // "hat uns bis Freitag beliefert"
	}
	s = r.step(r.subjectStart(start, i), end, d, true, whose, base)
	s.Text = s.Words
	if act := d.to + 1; d.to+2 < end && r.toks[d.to].fold == "to" {
		s.Text = span(r.note, r.toks, act, end)
	}
	return s, end
}

// weSay reports whether token i is a word for us.
func (r *reading) weSay(i int) bool {
	_, n := weSubject().at(r.toks, i)
	return n > 0
}

// graceFor reads for how long at token k: "they gave me a week to come back on price".
func (r *reading) graceFor(i, k, start, end int, whose Whose, base time.Time) (s Step, next int) {
	for k < end && graceSmall[r.toks[k].fold] && r.toks[k].fold != "a" {
		k++
	}
	if k >= end {
		return s, 0
	}
	count, n := r.count(k)
	if n == 0 || k+n >= end {
		return s, 0
	}
	unit, m := unitWords().at(r.toks[:end], k+n)
	to := k + n + m
	if m == 0 || to < end && !graceAct[r.toks[to].fold] || to == end && !graceGiven[r.toks[i].fold] {
		return s, 0 // "we have two weeks of holiday"
	}
	d := day{from: k, to: to, tense: ahead, exact: true}
	d.on = fixed(func(b time.Time) time.Time { return afterSo(b, count, unit) })
	s = r.step(r.subjectStart(start, i), end, d, true, whose, base)
	s.Text = s.Words
	return s, end
}

// owed reads at token i that we have not yet done what they wait for: "I have not
// answered", "still have to reply".
func (r *reading) owed(i, start, end int, base time.Time) (s Step, next int) {
	if i >= end {
		return s, 0
	}
	_, n := owedWords().at(r.toks[:end], i)
	if i == start && n == 0 && theirMail[r.toks[i].fold] { // "his mail is still unanswered"
		if _, at, k := noAnswer().find(r.toks, start, end); k > 0 && r.toks[at].fold == "unanswered" {
			n = k
		}
	}
	if i == start && n == 0 { // "not answered yet"
		if _, n = noAnswer().at(r.toks[:end], i); n > 0 && !(notAnswered[r.toks[i].fold] && r.weHaveNot(i)) {
			n = 0
		}
	}
	_, wait := waitedFor().at(r.toks[:end], i)
	if n+wait == 0 || r.toks[i].quoted || wait == 0 && !r.weSay(i) && r.theirAct(i) || wait > 0 && r.isDenied(i, wait, start, end) {
		return s, 0
	}
	if wait == 0 && r.nothingAtAll(i, i+n, end) {
		return s, end
	}
	from := i
	if wait > 0 {
		from = r.subjectStart(start, i)
	}
	d, found := r.dueDay(start, i, end)
	return r.step(from, end, d, found, Ours, base), end
}

// nothingAtAll reports whether words of what we have not done, tokens [i:to), say no more than
// that nothing was, where nobody asked for it: "I have not sent anything so far" is no debt,
// "they asked for prices, I have not sent anything" is one.
func (r *reading) nothingAtAll(i, to, end int) bool {
	nothing := to < end && r.toks[to].fold == "anything"
	for k := i; k < to; k++ {
		nothing = nothing || r.toks[k].fold == "rien"
	}
	if !nothing {
		return false
	}
	return r.askedFrom() > i
}

// askedFrom is the token behind the first words that tell what they did or want of us; past
// the last one where none do. It is looked for once: a note may have many such clauses.
func (r *reading) askedFrom() int {
	if r.asked == 0 {
		r.asked = len(r.toks) + 1
		for _, words := range [...]*lexicon[struct{}]{theyAct(), askedOf(), demandWords(), waitedFor()} {
			if _, at, n := words.find(r.toks, 0, len(r.toks)); n > 0 {
				r.asked = min(r.asked, at+n)
			}
		}
	}
	return r.asked
}

var (
	graceWords = sync.OnceValue(func() *lexicon[Whose] {
		return newLexicon([]row[Whose]{
			{Ours, `gave us|gave me|gives us|gives me|has given us|has given me|have given us|have given me|allowed us|left us|we have|we've|we've got|we got|i have|i've|i've got|i got|
				wir haben|ich habe|haben wir|habe ich|hat uns|hat mir|gibt uns|gibt mir|gab uns|gab mir|lasst uns|lasst mir|
				nos da|nos dio|nos ha dado|me da|me dio|me ha dado|nos dan|nos dieron|tenemos|tengo|nous donne|nous a donne|nous laisse|me donne|m'a donne|m'a laisse|nous avons|on a|j'ai|nos deu|nos da|me deu|temos|tenho|
				ci ha dato|mi ha dato|ci da|mi da|ci lascia|abbiamo|ho|gaf ons|gaf me|gaf mij|geeft ons|geeft me|geeft mij|heeft ons|we hebben|wij hebben|ik heb`},
			{Theirs, `gave her|gave him|gave them|she has|he has|they have|she's got|he's got|they've got|`},
		})
	})
	// graceTime may stand between such words and the day.
	graceTime  = map[string]bool{"time": true, "only": true, "just": true, "now": true, "nur": true, "noch": true, "zeit": true, "frist": true, "a": true, "deadline": true, "tiempo": true, "plazo": true, "solo": true, "temps": true, "le": true, "tempo": true, "prazo": true, "tijd": true, "alleen": true}
	graceSmall = map[string]bool{"only": true, "just": true, "now": true, "nur": true, "noch": true, "a": true, "solo": true, "le": true, "alleen": true}
	// needTime begin words that tell of other things too, where no time is named.
	needTime = map[string]bool{"hat": true, "habe": true, "haben": true, "wir": true, "ich": true, "heeft": true, "left": true, "ik": true, "wij": true}
	// graceAct may follow how long they gave us, graceGiven begin words that say that they did.
	graceAct   = map[string]bool{"to": true, "for": true, "zeit": true, "um": true, "fur": true, "para": true, "pour": true, "per": true, "om": true, "voor": true}
	graceGiven = map[string]bool{"gave": true, "gives": true, "gab": true, "gibt": true, "nos": true, "me": true, "nous": true, "ci": true, "mi": true, "gaf": true, "geeft": true}
	// waitedFor say that they wait for us.
	waitedFor = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`waiting on me|waiting on us|waiting for me|waiting for us|waits for us|waits for our|waits on us|waiting for our|waiting on our|wait for our|
			wartet auf unser|wartet auf unsere|wartet auf unseren|wartet auf mich|wartet auf uns|warten auf unser|warten auf unsere|warten auf uns|
			espera nuestra|espera nuestro|esperan nuestra|esperan nuestro|attend notre|attendent notre|attend nos|espera a nossa|espera o nosso|aspetta la nostra|aspetta il nostro|aspettano la nostra|wacht op ons|wacht op onze|wachten op ons|wachten op onze`)
	})
	owedWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`i haven't sent|i have not sent|we haven't sent|we have not sent|i haven't given|i haven't called|i haven't done|i have not given|i have not done|i have not answered|i haven't answered|i've not answered|i did not answer|i didn't answer|i have not replied|i haven't replied|i did not reply|i didn't reply|i have yet to answer|i have yet to reply|i have not got back|i haven't got back|i haven't got round|i have not got round|i still have to|i still need to|i still must|i still owe|we have not answered|we haven't answered|we did not answer|we didn't answer|we have not replied|we haven't replied|we have yet to answer|we have yet to reply|we haven't got back|we still have to|we still need to|we still owe|
			still have to answer|still have to reply|still have to get back|still need to answer|still need to reply|still need to get back|still owe|yet to answer|yet to reply|haven't got round to it|haven't got around to it|have not got round to it|not got round to it|
			noch nicht auf seine|noch nicht auf ihre|noch nicht beantwortet|habe ich noch nicht|haben wir noch nicht|ich habe noch nicht geantwortet|habe noch nicht geantwortet|hab noch nicht geantwortet|wir haben noch nicht geantwortet|haben noch nicht geantwortet|muss ich noch|mussen wir noch|muss noch antworten|muss ihr noch|muss ihm noch|muss ihnen noch|schulde ihr|schulde ihm|bin ihr noch|bin ihm noch|bin noch nicht dazu gekommen|
			todavia no se lo|todavia no se los|todavia no se la|aun no se lo|aun no se los|aun no se la|no se lo he|no se los he|aun no he contestado|todavia no he contestado|no he contestado|no he respondido|aun no le he contestado|no le he contestado|me falta contestar|le debo|les debo|me falta responder|falta que conteste|
			je n'ai pas encore envoye|je n'ai rien envoye|je n'ai pas repondu|je n'ai pas encore repondu|n'ai pas encore repondu|nous n'avons pas repondu|nous n'avons pas encore repondu|je dois encore|il me reste a|je lui dois|lui dois|je leur dois|
			ainda nao respondi|nao respondi|ainda nao respondemos|ainda tenho de|ainda tenho que|falta me responder|devo lhe|fico a dever|
			non ho ancora mandato|non ho ancora inviato|non ho ancora risposto|non ho risposto|non abbiamo risposto|non abbiamo ancora risposto|devo ancora|gli devo|le devo|dobbiamo ancora|
			heb ik nog niet|ik heb nog niet gestuurd|ik heb nog niet geantwoord|heb nog niet geantwoord|we hebben nog niet geantwoord|moet ik nog|ben haar nog|ben hem nog|ik moet nog|we moeten nog`)
	})
)
