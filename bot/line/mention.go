package line

import "sync"

// giving is a verb of giving, and where its object stands.
type giving uint8

const (
	objectAfter  giving = iota + 1
	objectBefore        // "Checkliste geschickt"
	needsThem           // only with a person after it: "gave her the …"
)

var (
	giveWords = sync.OnceValue(func() *lexicon[giving] {
		return newLexicon([]row[giving]{
			{objectAfter, `sent|sent over|shared|forwarded|resent|passed on|emailed|mailed|texted|handed over|handed her|handed him|handed them|left her|left him|left them|left the|left our|posted her|posted him|whatsapped|pointed her to|pointed him to|pointed them to|
				envie|le envie|mande|le mande|he enviado|he mandado|comparti|le pase|enviado|enviada|
				envoye|envoyee|j'ai envoye|lui ai envoye|transmis|partage|
				mandei|enviei|compartilhei|passei|
				mandato|mandata|inviato|inviata|ho mandato|ho inviato|condiviso|girato|`},
			{objectBefore, `geschickt|gesendet|zugeschickt|geteilt|weitergeleitet|gemailt|ubergeben|dagelassen|gestuurd|verstuurd|doorgestuurd|gedeeld|gemaild|meegegeven`},
			{needsThem, `gave|showed`},
		})
	})
	// receivers are skipped between the verb and the thing.
	receivers = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`her|him|them|you|over|out|again|already|also|both|then|too|ihr|ihm|ihnen|le|les|lui|leur|gli|haar|hem|hun|auch|noch|already|hab|habe|haben|ich|wir|heb|hebben|ik|we|ook|ieri|`)
	})
	// openers are articles and the like before the thing.
	openers = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`the|a|an|our|my|some|that|this|those|these|link to|a link to|the link to|a copy of|copy of|die|der|das|den|dem|ein|eine|einen|unser|unsere|unseren|el|la|los|las|un|una|nuestro|nuestra|l|le|les|une|notre|nos|o|os|as|um|uma|nosso|nossa|il|lo|i|gli|uno|nostro|nostra|de|het|een|ons|onze`)
	})
	// closers end the thing.
	closers = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`to|with|by|via|per|as|so|which|because|after|before|for her|for him|for them|for his|she|he|they|who|when|but|ihr|ihm|ihnen|an|mit|nach|por|con|para|pour|par|avec|com|per|a|al|met|naar|aan|voor haar|yesterday|today`)
	})
	ands = sync.OnceValue(func() *lexicon[struct{}] { return set(`and|plus|und|y|et|e|ed|en`) })
	// notContent are things that are sent but give nothing to read.
	notContent = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`mail|mails|email|emails|e mail|message|messages|msg|note|notes|text|texts|reminder|reminders|invite|invitation|invites|request|request on|card|voicemail|vm|quote|quotation|offer|proposal|invoice|contract|dates|times|slots|connection|regards|thanks|link|it|them|this|that|one|two|three|follow|nothing|something|everything|
			nachricht|einladung|angebot|rechnung|vertrag|erinnerung|anfrage|mensaje|correo|invitacion|oferta|factura|contrato|recordatorio|message|devis|offre|facture|contrat|mensagem|proposta|fatura|messaggio|offerta|preventivo|fattura|contratto|bericht|uitnodiging|offerte|factuur|herinnering|feedback|call|time|her|him|me|us|up|back|off`)
	})
	toUsWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`us|me|back|mir|uns|mij|their|his|her needs|her budget|her numbers|her plan|her plans|her concerns|her goals|needs|budget|concerns|that|how|what|why`)
	})
	wishes = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`wants a|wants the|they want a|they want to|she wants to|he wants to|want|wants|mochte|mochten|quiere|quieren|veut|veulent|quer|querem|vuole|vogliono|wil|willen`)
	})
	joints = sync.OnceValue(func() *lexicon[struct{}] { return set(`and|und|y|et|e|ed|en|but|then|so|she said|says|said|that`) })

	askWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`asked for|asked her for|asked him for|asked them for|i asked for|we asked for|asked if she would|asked if he would|asked if they would|asked her to|asked him to|asked if she could|asked if he could|asked if she knows|asked if he knows|asked if they know|asked whether she|asked whether he|asked whether they|asked her whether|asked him whether|asked her if|asked him if|asked who else|asked her who|asked him who|requested|
			um|nach|gefragt|gebeten|pedi|le pedi|he pedido|pregunte|demande|j'ai demande|pedi uma|perguntei|ho chiesto|chiesto|gevraagd|vroeg om`)
	})
	askThings = sync.OnceValue(func() *lexicon[askThing] {
		return newLexicon([]row[askThing]{
			{askThing{"referral", false}, `referral|referrals|intro|intros|introduction|introductions|a name|a contact|someone else|anyone else|who else|empfehlung an|weiterempfehlung|kontakt zu|referido|referidos|presentacion a|mise en relation|indicacao|indicacoes|presentazione a|introductie|doorverwijzing`},
			{askThing{"recommendation", false}, `testimonial|testimonials|recommendation|customer quote|a quote for our site|online review|google review|g2 review|empfehlungsschreiben|kundenstimme|bewertung|testimonio|resena|recomendacion|temoignage|avis|recommandation|depoimento|avaliacao|recomendacao|testimonianza|recensione|raccomandazione|aanbeveling|getuigenis`},
			{askThing{"recommendation", true}, `review|reference|reference call|case study|success story|be a reference|referenz|referencia|caso de exito|reference client|etude de cas|estudo de caso|referenza|caso studio|referentie`},
			{askThing{"revenue", true}, `the order|the signature|the business|her signature|his signature|a decision|den auftrag|die unterschrift|el pedido|la firma|la commande|la signature|o pedido|a assinatura|l'ordine|la firma|de order|handtekening`},
		})
	})
)

// askThing is what can be asked of a contact. Customers ask for some of them
// too; those count only where the note says that it was us, or whom we asked.
type askThing struct {
	kind   string
	twoWay bool
}

// mentions reads what was given and what was asked.
func (r *reading) mentions(l *Line) {
	for i := 0; i < len(r.toks); i++ {
		if r.toks[i].quoted || r.plans[i] {
			continue
		}
		if g, n := giveWords().at(r.toks, i); n > 0 {
			l.Gives = append(l.Gives, r.gives(g, i, n)...)
			i += n - 1
			continue
		}
		if m, next := r.ask(i); next > 0 {
			l.Asks = append(l.Asks, m)
			i = next - 1
		}
	}
}

// theirAct reports whether somebody of theirs is named as acting before token
// i in its clause.
func (r *reading) theirAct(i int) bool {
	for k := clauseStart(r.toks, i); k < i; k++ {
		if _, n := weSubject().at(r.toks, k); n > 0 {
			return false
		}
		switch r.toks[k].fold {
		case "she", "he", "they", "sie", "er", "ella", "elle", "il", "ils", "ela", "ele", "lei", "lui", "zij", "ze", "hij", "who":
			return true
		}
	}
	return false
}

func (r *reading) gives(g giving, i, n int) []Mention {
	end := clauseEnd(r.toks, i)
	if r.theirAct(i) {
		return nil
	}
	if g == objectBefore {
		return r.objectBefore(i, n)
	}
	k := i + n
	if k >= end {
		return nil
	}
	if _, m := toUsWords().at(r.toks, k); m > 0 {
		return nil
	}
	if g == needsThem {
		switch r.toks[k].fold {
		case "her", "him", "them":
			k++
		default:
			return nil
		}
	}
	return r.objects(i, k, end)
}

// objects reads the things from token k on: up to a closing word, "and the …"
// opening another one.
func (r *reading) objects(verb, k, end int) []Mention {
	var out []Mention
	from := verb
	for k < end {
		k = r.skip(receivers(), k, end)
		k = r.skip(openers(), k, end)
		start := k
		for k < end && !r.closes(k, start) {
			k++
		}
		if start < k && r.isContent(start, k) {
			out = append(out, Mention{Words: span(r.note, r.toks, from, k), Object: span(r.note, r.toks, start, k)})
		}
		if k >= end {
			break
		}
		_, n := ands().at(r.toks, k)
		if n == 0 || k+n >= end {
			break
		}
		if _, m := openers().at(r.toks, k+n); m == 0 {
			break
		}
		k += n
		from = k
	}
	return out
}

func (r *reading) skip(words *lexicon[struct{}], k, end int) int {
	for k < end {
		_, n := words.at(r.toks[:end], k)
		if n == 0 || k+n >= end {
			return k
		}
		k += n
	}
	return k
}

// closes reports whether token k is no longer part of the thing.
func (r *reading) closes(k, start int) bool {
	if d, ok := r.dayAt(k); ok && d.to > k {
		return true
	}
	if r.plans[k] {
		return true
	}
	if _, n := ands().at(r.toks, k); n > 0 {
		return true
	}
	if _, n := stepWords().at(r.toks, k); n > 0 {
		return true
	}
	_, n := closers().at(r.toks, k)
	return n > 0 && k > start
}

func (r *reading) isContent(from, to int) bool {
	if r.toks[to-1].kind == number && to-from == 1 {
		return false
	}
	if _, n := notContent().at(r.toks[:to], from); n > 0 {
		return false
	}
	_, n := notContent().at(r.toks[:to], to-1)
	return n == 0
}

// objectBefore reads "Checkliste geschickt": the thing stands before the verb.
func (r *reading) objectBefore(i, n int) []Mention {
	start := clauseStart(r.toks, i)
	for k := start; k < i; k++ {
		switch r.toks[k].fold {
		case "mir", "uns", "mij", "ons":
			return nil
		}
	}
	k := start
	for again := true; again; {
		again = false
		if d, ok := r.dayAt(k); ok && d.to < i {
			k, again = d.to, true
			continue
		}
		for _, words := range [...]*lexicon[struct{}]{ands(), receivers(), openers()} {
			if next := r.skip(words, k, i); next > k {
				k, again = next, true
			}
		}
	}
	if k >= i || i-k > 6 || !r.isContent(k, i) {
		return nil
	}
	return []Mention{{Words: span(r.note, r.toks, k, i+n), Object: span(r.note, r.toks, k, i)}}
}

// ask reads "asked for a referral" at token i.
func (r *reading) ask(i int) (m Mention, next int) {
	_, n := askWords().at(r.toks, i)
	if n == 0 || r.theirAct(i) {
		return m, 0
	}
	end := clauseEnd(r.toks, i)
	lo, hi := i+n, min(end, i+n+8)
	thing, at, k := askThings().find(r.toks, i, hi)
	if k == 0 && n == 1 { // "um eine Empfehlung gebeten", "nach … gefragt"
		lo = clauseStart(r.toks, i)
		if thing, at, k = askThings().find(r.toks, lo, i); k > 0 {
			hi = i
		}
	}
	if k == 0 {
		return m, 0
	}
	if thing.twoWay && !r.weAsked(i, n) {
		return m, 0
	}
	from, to := min(i, at), max(i+n, at+k)
	return Mention{Words: span(r.note, r.toks, from, to), Object: span(r.note, r.toks, at, at+k), Kind: thing.kind}, to
}

// weAsked reports whether the words say that it was us who asked, or whom.
func (r *reading) weAsked(i, n int) bool {
	for k := i; k < i+n; k++ {
		switch r.toks[k].fold {
		case "her", "him", "them", "le", "i", "we", "pedi", "perguntei", "pregunte", "ho":
			return true
		}
	}
	for k := clauseStart(r.toks, i); k < i; k++ {
		if _, m := weSubject().at(r.toks, k); m > 0 {
			return true
		}
	}
	return false
}
