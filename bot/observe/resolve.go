package observe

import (
	"slices"

	"cairn/bot/journey"
)

// Whose wish it is that somebody be called no more: "I'll stop calling her", "meglio non
// chiamarla più" is our own decision, and nobody asked for it.

// ourResolve reports whether what segment g says of leaving somebody alone is what we decided:
// one of us opens it, or a bare "better", and no ask or word of theirs stands beside it. Whoever
// says "we are not to", "I don't want" or "better stop calling me" tells of a wish of theirs; and
// whom we took off a list had asked for that.
func (w *weighing) ourResolve(g span) bool {
	if w.note.Direction == journey.In && !w.note.unsaid() {
		return false // they wrote it themselves
	}
	i := g.start
	for i < g.end && (resolving[w.d.tokens[i].plain] || closing[w.d.tokens[i].word] || joining[w.d.tokens[i].word]) {
		i++
	}
	if i >= g.end || w.d.tokens[i].quoted || !w.d.tokens[i].weDecide() && !better[w.d.tokens[i].plain] && !w.weCall(g) {
		return false
	}
	german := w.d.tokens[i].plain == "ich" || w.d.tokens[i].plain == "wir"
	for _, t := range w.tokens(span{i + 1, g.end}) {
		if notOurs[t.plain] || tookOff[t.plain] || german && t.plain == "will" {
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

// weCall reports whether a verb in segment g says by its form that it is we who call or write.
func (w *weighing) weCall(g span) bool {
	return slices.ContainsFunc(w.tokens(g), func(t token) bool { return wePhone[t.plain] })
}

// weDecide reports whether t is a word for us as who decides. Who "nos pide" something asks us for it.
func (t token) weDecide() bool { return weDecide[t.plain] && t.word != "nos" }

// theyTell reports whether somebody in s says, writes or asks something: "she said". What we
// asked, "asked her twice", has one of us before it or them behind it.
func (w *weighing) theyTell(s span) bool {
	for i := s.start; i < s.end; i++ {
		if t := w.d.tokens[i].plain; !saying[t] && !asking[t] && !(bidding[t] && i+1 < s.end && speakers[w.d.tokens[i+1].plain]) || ofAnything[t] && !w.aboutReaching(i) {
			continue
		}
		ours := i > s.start && (w.d.tokens[i-1].weDecide() || weHave[w.d.tokens[i-1].plain] && i > s.start+1 && w.d.tokens[i-2].weDecide()) ||
			i+1 < s.end && persons[w.d.tokens[i+1].plain]
		if !ours {
			return true
		}
	}
	return false
}

// aboutReaching reports whether what is complained of or wished at token i, one of ofAnything, is that we
// reach them. Where it is left unsaid, the next statement tells, or, where none follows, that before.
func (w *weighing) aboutReaching(i int) bool {
	behind := span{i + 1, w.segmentAt(i).end}
	if i+1 >= len(w.d.tokens) || i+2 == len(w.d.tokens) && endOfSentence(w.d.tokens[i+1].word) {
		return true // "ich rufe nicht mehr an, auf ihren Wunsch"
	}
	if behind.end < len(w.d.tokens) && behind.end-behind.start <= fewTokens {
		behind.end = w.segmentAt(behind.end).end
	}
	for k := behind.start; k < behind.end; k++ {
		if w.isOf("contact_verb", k) || reached[w.d.tokens[k].plain] {
			return true
		}
	}
	return w.any(guardNoMore, behind)
}

var (
	// ofAnything are those of asking that are as often of other things: a price, a good journey. Accents off.
	ofAnything = wordsOf("complained complains complaint wished wish wishes insisted insists insistence preferred prefers beschwerte beschwert beschwerde bestand besteht wunscht gewunscht wunsch " +
		"quejo queja prefiere plaint prefere souhait queixou reclamou lamentata lamentato preferisce klaagde geklaagd wens")
	// reached are words for whom we reach, beside those of calling and writing.
	reached = wordsOf("angerufen kontaktiert angeschrieben belastigt llamado llamada contactado contactada contactados appele appelee contacte contactee relance relancee contactado contactada contatado contatada chiamato chiamata contattato contattata gebeld benaderd spam spammed alone peace ruhe")
	// weDecide are those of us who decide, and better is what we decide by, accents off.
	weDecide = wordsOf("i i'll i'd i'm i've we we'll we'd we're we've ich wir yo nosotros je j nous on eu nos io noi ik wij we")
	better   = wordsOf("better best besser meglio mejor mieux melhor beter")
	// wePhone are words for calling and writing by us alone, accents off.
	wePhone = wordsOf("rufe kontaktiere schreibe llamo llamamos llamare llamaremos escribo chiamo chiamiamo richiamo contattiamo ligo ligamos appellerai appelons contactons")
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
	// tookOff are words for leaving a list that was done, accents off.
	tookOff = wordsOf("took removed deleted erased unsubscribed struck blacklisted blocked borre quite elimine saque removi retirei tirei apaguei")
	// bidding are words that ask something of us only where we stand behind them: "she ordered us to".
	bidding = wordsOf("ordered told instructed made")
	// saying are words for what somebody says, writes or sends, and asking those for what they ask or
	// want, accents off.
	saying = wordsOf("said says say saying told tells wrote writes mailed emailed texted sent replied answered confirmed sagte sagt gesagt meinte meint schrieb schreibt geschrieben geschickt geantwortet bestatigt bestatigen " +
		"dijo dice dicho escribio escribe escrito mando mandado envio enviado respondio respondido dit ecrit envoye repondu disse diz escreveu mandou enviou respondeu detto scritto mandato inviato risposto " +
		"zei zegt gezegd schreef geschreven gestuurd stuurde geantwoord antwoordde")
	asking = wordsOf("asked asks asking requested requests request begged begs begging pleaded urged urges threatened threatens threat complained complains complaint wants wanted wished wish wishes prefers preferred insists insisted insistence demanded demands made " +
		"bat bittet gebeten mochte wunscht gewunscht wunsch verlangt verlangte verlangen drohte droht gedroht drohung beschwerte beschwert beschwerde bestand besteht gefleht pidio pide pedido peticion solicito solicitud exigio rogo amenazo quejo queja quiere prefiere " +
		"demande demandait veut souhaite souhait exige exigeait supplie menace plaint prefere pediu pede quer exigiu ameacou queixou reclamou solicitou chiesto chiede richiesta richiesto preteso minacciato lamentata lamentato vuole preferisce " +
		"vroeg gevraagd verzocht verzoek verzoekt eiste smeekte dreigde dreigt klaagde geklaagd wens wil")
)
