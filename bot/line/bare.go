package line

import (
	"sync"
	"unicode/utf8"

	"cairn/bot/journey"
)

// passes is how many tokens from i on belong to a plan and tell nothing else: small words,
// a day to come, an hour, whom with, where, and what is to be done; 0: what stands there may
// tell anything.
func (r *reading) passes(i int) int {
	t := r.toks[i]
	switch {
	case t.kind == breaks:
		return 1
	case t.quoted:
		return 0
	}
	if n := max(r.intent(i), r.matter(i)); n > 0 {
		return n
	}
	if d, ok := r.readDay(i); ok {
		if d.tense == behind || d.tense == either && !r.isToCome(d) {
			return 0
		}
		return d.to - i
	}
	if t.kind == number || hourWords[t.fold] || r.talkToCome(i) {
		return 1
	}
	for _, words := range [...]*lexicon[struct{}]{fillers(), besidePlan(), roleWords(), departments(), titleWords()} {
		if _, n := words.at(r.toks[:r.clauseEnd(i)], i); n > 0 {
			return n
		}
	}
	if r.isNamed(i) {
		return 1
	}
	return 0
}

// intent is how many tokens from i on say what somebody is to do, to the end of its clause:
// "will bring her CFO", "to show her the demo", "I'll call first". What the contact will do is
// said by them, so it took place that they said it.
func (r *reading) intent(i int) int {
	k, end := i, r.clauseEnd(i)
	if _, n := weSubject().at(r.toks[:end], k); n > 0 {
		k += n
	} else if i > r.clauseStart(i) {
		if _, they := theySubject().at(r.toks[:i], i-1); they > 0 {
			return 0
		}
	}
	_, n := intents().at(r.toks[:end], k)
	if n == 0 || k+n < end && r.toks[k].fold == "will" && k == i && germanObjects[r.toks[k+n].fold] {
		return 0
	}
	for k += n; k < end; k++ {
		if _, but := butWords().at(r.toks, k); but > 0 {
			break
		}
		if _, no := endsIntent().at(r.toks, k); no > 0 || r.toks[k].quoted || r.saysArranged(k) || r.tells(k) || r.isPastTalk(k) {
			return 0
		}
	}
	return k - i
}

// talkToCome reports whether token i is a talk of which its clause gives a day to come:
// "call tomorrow, demo on Friday".
func (r *reading) talkToCome(i int) bool {
	v, n := prefixWords().at(r.toks[:i+1], i)
	if (n == 0 || !arrangeable[v.channel] || v.direction == journey.In) && !r.isDemo(i) || r.isPastTalk(i) {
		return false
	}
	for k := r.clauseStart(i); k < r.clauseEnd(i); k++ {
		if d, ok := r.readDay(k); ok {
			return r.isToCome(d)
		}
	}
	return false
}

// isNamed reports whether token i is a name behind what says whom with or where: "with Lee
// Park and IT", "at Acme".
func (r *reading) isNamed(i int) bool {
	if word := r.note[r.toks[i].at:r.toks[i].to]; !r.toks[i].upper || utf8.RuneCountInString(word) < 2 {
		return false
	}
	for k := i - 1; k >= r.clauseStart(i); k-- {
		if whomJoints[r.toks[k].fold] {
			return true
		}
		_, small := fillers().at(r.toks[:k+1], k)
		_, beside := besidePlan().at(r.toks[:k+1], k)
		_, title := titleWords().at(r.toks[:k+1], k)
		if !r.toks[k].upper && small+beside+title == 0 {
			return false
		}
	}
	return false
}

// whomJoints stand before a name of whom a talk is with, or where it is.
var whomJoints = map[string]bool{"with": true, "at": true, "in": true, "mit": true, "bei": true, "beim": true, "im": true, "con": true, "avec": true,
	"chez": true, "com": true, "met": true, "bij": true, "via": true, "per": true}

// germanObjects stand behind a German "will", which is a wish of theirs and no plan.
var germanObjects = map[string]bool{"ein": true, "eine": true, "einen": true, "das": true, "die": true, "den": true, "mehr": true, "kein": true, "keine": true,
	"keinen": true, "nicht": true, "wissen": true, "es": true, "sich": true, "zuerst": true, "noch": true, "nichts": true}

var (
	// besidePlan are the other small words of a plan, and whom with and where.
	besidePlan = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`at|around|from|until|and|und|or|oder|plus|um|gegen|ab|bis|von|bei|beim|im|in|zu|a las|a|e|y|et|en|de|om|via|per|uhr|his|their|our|my|its|ihrem|ihrer|ihren|seinem|seiner|seinen|meinem|meiner|unserem|unserer|dem|der|den|su|sus|son|sa|ses|leur|leurs|seu|sua|suo|zijn|hun|again|wieder|
			boss|assistant|secretary|colleague|colleagues|team|husband|wife|partner|board|people|everybody|everyone|both|all|plant|chefs|kollege|kollegen|kollegin|assistentin|assistent|vorstand|alle|allen|jefe|jefa|equipo|equipe|chefin|capo|collega|colleghi|
			office|site|factory|hq|headquarters|warehouse|fair|booth|stand|lobby|hotel|restaurant|pub|cafe|airport|station|canteen|place|online|remote|remotely|teams|zoom|phone|video|person|buro|werk|messe|halle|lager|vor ort|standort|flughafen|bahnhof|oficina|planta|feria|bureau|usine|salon|escritorio|fabrica|ufficio|fabbrica|kantoor|fabriek|morning|afternoon|evening|vormittag|nachmittag|abend`)
	})
	// intents open what somebody is to do.
	intents = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`will|ll|shall|going to|gonna|plan to|planning to|let's|to call|to meet|to email|to mail|to send|to visit|to ring|to phone|to demo|to talk|to speak|to show|to discuss|to go through|to introduce|to review|to prepare|to bring|
			wird|werde|werden|soll|sollen|vais|allons|vai|vou|vamos|zal|zullen`)
	})
	// endsIntent are denials and what opens a clause of its own: neither is only a plan.
	endsIntent = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`not|no|never|t|that|who|which|nicht|kein|keine|keinen|nie|dass|pas|jamais|nao|non|mai|geen|niet|nooit|dat|que|che`)
	})
	// takenWords say that they took a day that was offered.
	takenWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`accepted|accepts|works|suits|is fine|is ok|fine with|fine for|ok for|stands|zugesagt|sagt zu|sagte zu|angenommen|passt|geht klar|steht|accepte|acceptee|convient|aceptada|aceptado|acepto|le viene bien|aceitou|aceite|serve|accettato|accettata|va bene|geaccepteerd|akkoord|schikt`)
	})
)
