package line

import "sync"

var (
	// planWords open a plan, a wish or a denial; what follows them in their
	// clause has not happened.
	planWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`will|ll|shall|should|would|could|can|may|might|must|going to|gonna|want|wants|wanted|wish|wishes|plan|plans|planned|planning|let's|next|agreed to|agreed on|agreed a|agrees to|booked|scheduled|set up|arranged|propose|proposed|proposes|invited|asked for|asks for|asking for|waiting for|ahead of|prefers|expects|offered|suggested|
		to call|to meet|to email|to mail|to send|to visit|to ring|to phone|to demo|to come|to have|to talk|to speak|to show|to do|to join|to set|to book|to schedule|to attend|to write|to text|to chat|to see|to drop|to get|to be|asked me to|asked us to|need to|needs to|have to|has to|
		if|unless|no|not|never|didn't|don't|doesn't|hasn't|haven't|isn't|wasn't|without|upcoming|hopes|hoping|agreed|accepted a|accepted the|before|until|needs|need|follow up|
		wird|werde|werden|soll|sollen|mochte|mochten|wurde|vereinbart|geplant|nachste|nachsten|kein|keine|keinen|nicht|nie|wenn|falls|ohne|bitte|bittet um|
		va a|voy a|vamos a|quiere|quieren|quedamos|agendamos|agendada|programada|proxima|proximo|nunca|sin|antes de|
		vais|allons|veut|veulent|prevu|prevue|prochain|prochaine|pas|jamais|sans|avant|souhaite|
		vai|vou|vamos|quer|querem|marcamos|marcada|nao|sem|
		vuole|vogliono|dobbiamo|devo|fissato|fissata|prossimo|prossima|non|senza|
		zal|zullen|gaat|gaan|wil|willen|moet|moeten|afgesproken|gepland|volgende|geen|niet|nooit|zonder`)
	})
	// aboutWords before a thing make it the subject of the talk, not its way.
	aboutWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`in a|about|regarding|re|over|uber|wegen|sobre|au sujet de|riguardo`)
	})
	// butWords end the reach of a plan within its clause.
	butWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`but|then|so|because|after|aber|dann|denn|pero|luego|porque|mais|puis|car|mas|depois|pois|ma|poi|perche|maar|toen|want`)
	})
	// fillers may stand in a prefix beside the channel.
	fillers = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`a|an|the|on|with|her|him|them|quick|short|long|brief|first|second|third|another|good|great|nice|today's|kurzer|kurzes|kurz|langes|gutes|mit|ihr|ihm|con|una|un|le|avec|com|uma|um|een|kort|met|haar|hem|just|had|the|this|am|el|il|op`)
	})
	// startWords make a day the one after which something is to be.
	startWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`after|not before|nach|nach dem|despues del|apres|apres le|depois de|dopo|dopo il|na`)
	})
	// sayWords close a sentence before a colon: "dana said: …".
	sayWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`said|says|say|asked|asks|wrote|writes|told|replied|answered|quote|note|ps|re|fwd|subject|sagt|sagte|meint|meinte|fragt|schreibt|schrieb|dice|dijo|pregunta|escribe|dit|ecrit|demande|diz|disse|escreveu|ha detto|scrive|chiede|zegt|zei|schrijft|vraagt`)
	})
	// askers open a question.
	askers = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`how|what|when|who|whom|where|why|which|whether|if|can|could|would|may|do|does|did|wie|was|wann|wer|wen|wem|wo|warum|wieso|ob|welche|welcher|welches|kann|konnen|como|cuando|quien|donde|por que|cual|si|puede|comment|quand|qui|ou|pourquoi|quel|quelle|est-ce|quando|quem|onde|qual|se|pode|come|chi|dove|perche|quale|puo|hoe|wat|wanneer|wie|waar|waarom|welk|welke|of|kan`)
	})
	// saidWords may open what they told us to do: "said call again in May".
	saidWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`said|says|she said|he said|they said|she says|he says|they say|told me|told us|sagt|sagte|meint|meinte|er sagt|sie sagt|er meint|sie meint|dice|dijo|me dijo|nos dijo|pide|pidio|dit|a dit|m'a dit|nous a dit|elle a dit|il a dit|demande|a demande|diz|disse|me disse|nos disse|pede|pediu|ha detto|mi ha detto|ci ha detto|chiede|ha chiesto|zegt|zei|zei dat we|vraagt|vroeg`)
	})
	// thenWords take up the day that stands before them.
	thenWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`then|and then|after that|afterwards|thereafter|dann|und dann|danach|anschliessend|entonces|despues|luego|ensuite|puis|apres|depois|entao|poi|dopo|dan|daarna`)
	})
	// talkWords are what a sentence has and a name has not.
	talkWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`said|says|asked|asks|wrote|told|called|met|sent|wants|want|wanted|signed|bought|ordered|paid|replied|answered|likes|liked|will|was|is|are|were|has|had|she|he|they|we|i|it|that|this|about|because|not|no|yes|quiet|interested|declined|left|joined|needs|likes|loves|hates|agreed|accepted|showed|saw|came|went|gave|got|took|
		ist|war|hat|will|wir|ich|nicht|dass|fragt|sagt|bestellt|unterschrieben|abgesagt|quiere|dice|pidio|firmo|compro|no|fue|esta|que|est|sont|veut|demande|signe|achete|pas|nous|je|quer|disse|pediu|assinou|comprou|nao|vuole|detto|firmato|comprato|non|che|wil|zegt|vroeg|getekend|gekocht|niet|dat|heeft|was`)
	})
)

// markPlans sets plans[i] where token i follows a plan word in its clause.
func (r *reading) markPlans() {
	r.plans = make([]bool, len(r.toks))
	clause, planned := -1, false
	for i := 0; i < len(r.toks); {
		if r.toks[i].clause != clause {
			clause, planned = r.toks[i].clause, false
		}
		if _, n := butWords().at(r.toks, i); n > 0 {
			planned = false
		}
		if _, n := planWords().at(r.toks, i); n > 0 && !r.isPlanNoun(i, n) {
			for k := range n {
				r.plans[i+k] = true
			}
			planned = true
			i += n
			continue
		}
		if future, _ := r.isFuture(i); future {
			planned = true
		}
		r.plans[i] = planned
		i++
	}
}

// isPlanNoun reports whether the plan at token i is a thing: "gave her the ward plan and
// the tender check".
func (r *reading) isPlanNoun(i, n int) bool {
	if n > 1 || !isPlanItself[r.toks[i].fold] || i == 0 || r.toks[i-1].clause != r.toks[i].clause || r.toks[i-1].kind != word {
		return false
	}
	_, they := theySubject().at(r.toks[:i], i-1)
	_, we := weSubject().at(r.toks[:i], i-1)
	if they+we > 0 && !isTheirOrThe[r.toks[i-1].fold] {
		return false
	}
	if i+1 < len(r.toks) && r.toks[i+1].clause == r.toks[i].clause {
		switch r.toks[i+1].fold {
		case "to", "on", "a", "an", "the":
			return false
		}
	}
	return true
}

// isTheirOrThe stand among the words for them, and before a plan make it a thing.
var isTheirOrThe = map[string]bool{"his": true, "their": true, "el": true, "il": true}

// plannedBefore reports whether a plan is open where token i starts; a plan
// word at i itself does not count.
func (r *reading) plannedBefore(i int) bool {
	return i > 0 && r.toks[i-1].clause == r.toks[i].clause && r.plans[i-1]
}
