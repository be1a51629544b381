package observe

import "cairn/bot/journey"

// Whose wish it is that somebody be called no more: "I'll stop calling her", "meglio non
// chiamarla più" is our own decision, and nobody asked for it.

// ourResolve reports whether what segment g says of leaving somebody alone is what we decided:
// one of us opens it, or a bare "better", and no ask or word of theirs stands beside it. Whoever
// says "we are not to", "I don't want" or "better stop calling me" tells of a wish of theirs.
func (w *weighing) ourResolve(g span) bool {
	if w.note.Direction == journey.In && !w.note.unsaid() {
		return false // they wrote it themselves
	}
	i := g.start
	for i < g.end && (resolving[w.d.tokens[i].plain] || closing[w.d.tokens[i].word] || joining[w.d.tokens[i].word]) {
		i++
	}
	if i >= g.end || w.d.tokens[i].quoted || !weDecide[w.d.tokens[i].plain] && !better[w.d.tokens[i].plain] {
		return false
	}
	german := w.d.tokens[i].plain == "ich" || w.d.tokens[i].plain == "wir"
	for _, t := range w.tokens(span{i + 1, g.end}) {
		if notOurs[t.plain] || german && t.plain == "will" {
			return false
		}
	}
	k := i + 1
	for k < g.end && (amOr[w.d.tokens[k].plain] || noWords[w.d.tokens[k].plain]) {
		k++
	}
	if k < g.end && w.d.tokens[k].plain == "to" && (amOr[w.d.tokens[i].plain] || k > i+1) {
		return false // "I am not to call her again", "I'm to lose this number"
	}
	return !w.theyTell(w.wholeSentence(g.start))
}

// theyTell reports whether somebody in s says, writes or asks something: "she said". What we
// asked, "asked her twice", has one of us before it or them behind it.
func (w *weighing) theyTell(s span) bool {
	for i := s.start; i < s.end; i++ {
		if t := w.d.tokens[i].plain; !saying[t] && !asking[t] {
			continue
		}
		ours := i > s.start && (weDecide[w.d.tokens[i-1].plain] || weHave[w.d.tokens[i-1].plain] && i > s.start+1 && weDecide[w.d.tokens[i-2].plain]) ||
			i+1 < s.end && persons[w.d.tokens[i+1].plain]
		if !ours {
			return true
		}
	}
	return false
}

var (
	// weDecide are those of us who decide, and better is what we decide by, accents off.
	weDecide = wordsOf("i i'll i'd i'm i've we we'll we'd we're we've ich wir yo nosotros je j nous on eu nos io noi ik wij we")
	better   = wordsOf("better best besser meglio mejor mieux melhor beter")
	// resolving are small words before them.
	resolving = wordsOf("so then ok okay think guess maybe perhaps probably now also dann also jetzt vielleicht wohl entonces quiza ahora alors peut etre maintenant entao talvez agora allora forse ora dan misschien")
	// weHave stand between us and what we did.
	weHave = wordsOf("have had 've habe haben he hemos ho abbiamo ai avons heb hebben")
	// amOr stand before "to" where it is another who decides.
	amOr = wordsOf("am are i'm we're")
	// notOurs are words by which it is not we who decide: what we must or must not, whom they speak
	// to, what is done to somebody, what they want who say "I", and what we did before they said
	// so: "I called her do not call again". Accents off.
	notOurs = wordsOf("must mustn't may can't cannot cant allowed supposed asked told want wants wish like prefer need require request ask decline refuse consent demand insist you your please me us " +
		"soll sollen darf durfen mich mir uns bitte mochte mochten wollen wunschen wunsche verzichten verlangen brauchen erbitten untersagen devo dobbiamo posso possiamo voglio vogliamo vorrei desidero mi ci debo debemos puedo podemos quiero queremos deseo deseamos pedimos rogamos me desideriamo chiediamo preferiamo vogliamo " +
		"dois devons peux pouvons veux voulons voudrais souhaite souhaitons desirons demandons refusons moi devo devemos podemos quero queremos desejo desejamos mag mogen moet moeten wil willen wens wensen verzoeken mij ons " +
		"be being been werden worden etre essere ser " +
		"have had called rang phoned spoke talked met mailed emailed wrote tried reached visited got heard saw habe haben hatte hatten sprach rief traf he hemos hable hablamos llame ai avons ho abbiamo liguei falei falamos heb hebben belde sprak")
	// saying are words for what somebody says, writes or sends, and asking those for what they ask or
	// want, accents off.
	saying = wordsOf("said says say saying told tells wrote writes mailed emailed texted sent replied answered confirmed sagte sagt gesagt meinte meint schrieb schreibt geschrieben geschickt geantwortet bestatigt bestatigen " +
		"dijo dice dicho escribio escribe escrito mando mandado envio enviado respondio respondido dit ecrit envoye repondu disse diz escreveu mandou enviou respondeu detto scritto mandato inviato risposto " +
		"zei zegt gezegd schreef geschreven gestuurd stuurde geantwoord antwoordde")
	asking = wordsOf("asked asks wants wanted wishes prefers insists insisted demanded demands made bat bittet gebeten mochte wunscht verlangt pidio pide quiere prefiere " +
		"demande veut souhaite prefere pediu pede quer chiesto chiede vuole preferisce vroeg gevraagd wil")
)
