package line

import "sync"

// giving is a verb of giving, and where its object stands.
type giving uint8

const (
	objectAfter  giving = iota + 1
	objectBefore        // "Checkliste geschickt"
	needsThem           // only with a person after it: "gave her the …"
	leftThere           // only with a place after it: "left the guide at reception"
	shownThem           // unless it is our product: "showed him the plan"
	throughWith         // only with a person behind it: "went through the guide with her"
)

var (
	giveWords = sync.OnceValue(func() *lexicon[giving] {
		return newLexicon([]row[giving]{
			{objectAfter, `sent|sent over|shared|forwarded|resent|passed on|emailed|mailed|texted|handed over|handed her|handed him|handed them|left her the|left him the|left them the|left her a|left him a|left her our|left him our|posted her|posted him|dropped off|handed out|gave out|handed round|gab ihm|gab ihr|gab ihnen|zeigte ihm|zeigte ihr|zeigte ihnen|le deje|les deje|le entregue|les entregue|le di|les di|depose|j'ai depose|lui ai remis|leur ai remis|lui ai laisse|leur ai laisse|deixei|entreguei|gli ho lasciato|le ho lasciato|gli ho dato|le ho dato|lasciato|consegnato|whatsapped|fired off|fired over|dropped her a|dropped him a|dropped her the|dropped him the|passed her the|passed him the|passed them the|pointed her to|pointed him to|pointed them to|
				envie|le envie|mande|le mande|he enviado|he mandado|comparti|le pase|enviado|enviada|
				envoye|envoyee|j'ai envoye|lui ai envoye|transmis|partage|
				mandei|enviei|compartilhei|passei|
				mandato|mandata|inviato|inviata|ho mandato|ho inviato|condiviso|girato|
				schickte|schickten|sandte|sandten|sendete|sendeten|mailte|mailten|uberreichte|uberreichten|ubergab|ubergaben|reichte ihm|reichte ihr|reichte ihnen|leitete ihm|leitete ihr|leitete ihnen|gab die|gab den|gab das|brachte ihm|brachte ihr|brachte ihnen|
				stuurde|stuurden|mailde|mailden|gaf hem|gaf haar|gaf hun|bracht hem|bracht haar`},
			{objectBefore, `geschickt|gesendet|zugeschickt|geteilt|weitergeleitet|gemailt|ubergeben|dagelassen|gestuurd|verstuurd|doorgestuurd|gedeeld|gemaild|meegegeven|durchgegeben|vorbeigebracht|mitgebracht|abgegeben|hingelegt|gelegt|ausgehandigt|uberreicht|vorgelesen|gezeigt|afgegeven|achtergelaten|overhandigd|laten zien`},
			{needsThem, `gave`},
			{leftThere, `left|put|slid|placed|laid|dropped`},
			{shownThem, `read her|read him|read them|brought her|brought him|brought them|took her|took him|took them|showed her|showed him|showed them|shown her|shown him|shown them|talked her through|talked him through|talked them through|walked her through|walked him through|walked them through|took her through|took him through|took them through|ran her through|ran him through|
				le ensene|les ensene|le mostre|les mostre|lui ai montre|leur ai montre|gli ho mostrato|le ho mostrato|mostrei|mostrei lhe`},
			{throughWith, `talked through|went through|ran through|gone through|looked at|looked through`},
		})
	})
	// receivers are skipped between the verb and the thing.
	receivers = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`her|him|them|you|over|out|again|already|also|both|then|too|ihr|ihm|ihnen|le|les|lui|leur|gli|haar|hem|hun|auch|noch|already|hab|habe|haben|ich|wir|heb|hebben|ik|we|ook|ieri|`)
	})
	// openers are articles and the like before the thing.
	openers = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`the|a|an|our|my|some|that|this|those|these|link to|a link to|the link to|a copy of|copy of|copies of|two copies of|three copies of|some copies of|a few copies of|a printed copy of|printed copies of|die|der|das|den|dem|ein|eine|einen|unser|unsere|unseren|el|la|los|las|un|una|nuestro|nuestra|l|le|les|une|notre|nos|o|os|as|um|uma|nosso|nossa|il|lo|i|gli|uno|nostro|nostra|de|het|een|ons|onze`)
	})
	// behindVerb are the parts of a verb of giving that stand behind the thing: "sent the plan
	// over", "schickte ihr die Liste zu".
	behindVerb = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`over|weiter|zu|ab|mit|vorbei|ruber|herum|toe|door`)
	})
	// closers end the thing.
	closers = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`again|once more|nochmal|nochmals|noch einmal|erneut|otra vez|de nuevo|de nouveau|encore une fois|de novo|outra vez|di nuovo|un altra volta|opnieuw|to|into|with|by|via|per|as|so|which|because|after|before|for her|for him|for them|for his|she|he|they|who|when|but|ihr|ihm|ihnen|an|mit|nach|por|con|para|pour|par|avec|com|per|a|al|met|naar|aan|voor haar|yesterday|today|at once|at the|at our|at their|at her|at his|at a|the same|that same|same day|straight|right away|right after|am selben|noch am|auf der|le meme|le jour meme|le soir`)
	})
	// wishedFor are words behind which stands what they wished to have.
	wishedFor = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`asked for|asks for|asking for|asked about|wanted|wants|wished for|requested|requests|needed|needs|interested in|asked to see|wollte|will|mochte|bat um|bittet um|fragte nach|fragt nach`)
	})
	// answerWords tell of an answer, behind "she" or at the start of a clause;
	// theirAnswers behind "she" only.
	answerWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`replied|answered|responded|wrote back|came back|called back|rang back|thanked|loved|loves|liked|likes|hat geantwortet|antwortete|antwortet|bedankte|schrieb zuruck|meldete sich|respondio|contesto|a repondu|respondeu|ha risposto|antwoordde`)
	})
	theirAnswers = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`read it|used it|has used|tried it|forwarded it|passed it on|found it|said|says|asked for|asked about|asked whether|sagte|sagt|fragte|dijo|dice|a dit|disse|ha detto|zei|zegt`)
	})
	ands = sync.OnceValue(func() *lexicon[struct{}] { return set(`and|plus|&|und|y|et|e|ed|en`) })
	// notContent are things that are sent but give nothing to read.
	notContent = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`recht|bescheid|zeit|twice|thrice|since|x2|x3|x4|all|only|por|so|same|home|in|w|on|re|to|from|at|for|again|straight|also|even|round|off|away|po|pos|nudge|nudges|hi|hello|info|pic|gift|word|people|someone|somebody|questions|mail|mails|email|emails|e mail|message|messages|msg|note|notes|text|texts|reminder|reminders|invite|invitation|invites|request|request on|card|voicemail|vm|credit note|credit|gutschrift|abono|nota de abono|avoir|nota di credito|creditnota|quote|quotation|offer|proposal|invoice|contract|dates|times|slots|connection|regards|thanks|link|it|them|this|that|one|two|three|follow|nothing|something|everything|
			nachricht|einladung|angebot|rechnung|vertrag|erinnerung|anfrage|mensaje|correo|invitacion|oferta|factura|contrato|recordatorio|message|devis|offre|facture|contrat|mensagem|proposta|fatura|messaggio|offerta|preventivo|fattura|contratto|bericht|uitnodiging|offerte|factuur|herinnering|feedback|call|time|her|him|me|us|up|back|off`)
	})
	toUsWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`us|me|back|mir|uns|mij|their|his|her needs|her budget|her numbers|her plan|her plans|her concerns|her goals|needs|budget|concerns|that|how|what|why`)
	})
	wishes = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`wants a|wants the|they want a|they want to|she wants to|he wants to|want|wants|mochte|mochten|quiere|quieren|veut|veulent|quer|querem|vuole|vogliono|wil|willen`)
	})
	// ourPeople are people of our own house by what they are to the one who types.
	ourPeople = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`my colleague|our colleague|a colleague of mine|a colleague of ours|one of my colleagues|one of us|my boss|my manager|my assistant|my team|our team|our marketing|marketing|our office|our support|our presales|our trainer|our engineer|our technician|my predecessor|
			mein kollege|meine kollegin|unser kollege|unsere kollegin|mein chef|meine chefin|mein team|unser team|unser marketing|mi colega|mi companero|mi companera|mi jefe|nuestro equipo|mon collegue|ma collegue|mon chef|notre equipe|meu colega|minha colega|nossa equipe|il mio collega|la mia collega|il nostro team|mijn collega|ons team`)
	})
	beforeGiving = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`have|ve|had|just|also|already|then|so|as|promised|asked|again|finally|afterwards|later|after|and|with|respect|quickly|hab|habe|haben|ai|lui|le|les|gli|ho|he|heb|hebben|ya|deja|ja|gia|al|ook|noch|auch|hem|haar|ihr|ihm|ihnen|her|him|them|on|by|the|this|phone|no|answer`)
	})
	joints = sync.OnceValue(func() *lexicon[struct{}] { return set(`and|und|y|et|e|ed|en|but|then|so|she said|says|said|that`) })

	askWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`asked for|asked her for|asked him for|asked them for|i asked for|we asked for|asked if she would|asked if he would|asked if they would|asked her to|asked him to|asked if she could|asked if he could|asked if she knows|asked if he knows|asked if they know|asked whether she|asked whether he|asked whether they|asked her whether|asked him whether|asked her if|asked him if|asked who else|asked her who|asked him who|asked if he|asked if she|asked if they|requested|
			um|nach|gefragt|gebeten|bat um|bat ihn um|bat sie um|pedi|le pedi|he pedido|pregunte|demande|j'ai demande|pedi uma|perguntei|ho chiesto|chiesto|gevraagd|vroeg om`)
	})
	askThings = sync.OnceValue(func() *lexicon[askThing] {
		return newLexicon([]row[askThing]{
			{askThing{"referral", false}, `referral|referrals|empfehlung|empfehlungen|intro|intros|introduction|introductions|a name|a contact|someone else|anyone else|anybody else|somebody else|who else|introduce me|introduce us|put me in touch|put us in touch|connect me with|connect us with|connect me to|connect us to|pass my name|pass on my name|mention us to|mention me to|mich vorstellen|uns vorstellen|mich vorstellt|uns vorstellt|mich empfehlen|uns empfehlen|mich weiterempfehlen|presentarme|presentarnos|me presenta|me presentaria|me presenter|nous presenter|me presentar|nos apresentar|me apresentar|presentarmi|presentarci|mij voorstellen|ons voorstellen|knows others|know others|knows other|knows anyone|knows anybody|knows someone|knows somebody|know anyone|know anybody|know someone|know somebody|others who|others with|other people who|jemanden kennt|jemand kennt|andere kennt|noch jemanden|weitere kennt|connait quelqu'un|conoce a alguien|conhece alguem|conosce qualcuno|iemand kent|empfehlung an|weiterempfehlung|kontakt zu|referido|referidos|presentacion a|mise en relation|indicacao|indicacoes|presentazione a|introductie|doorverwijzing`},
			{askThing{"recommendation", false}, `testimonial|testimonials|recommendation|customer quote|a quote for our site|online review|google review|g2 review|empfehlungsschreiben|kundenstimme|bewertung|testimonio|resena|recomendacion|temoignage|avis|recommandation|depoimento|avaliacao|recomendacao|testimonianza|recensione|raccomandazione|aanbeveling|getuigenis`},
			{askThing{"recommendation", false}, `act as a reference|act as reference|serve as a reference|be our reference|be a reference for us|als referenz`},
			{askThing{"recommendation", true}, `review|reference|reference call|case study|success story|be a reference|referenz|referencia|caso de exito|reference client|etude de cas|estudo de caso|referenza|caso studio|referentie`},
			{askThing{"", true}, `feedback|his feedback|her feedback|their feedback|his opinion|her opinion|ruckmeldung|seine meinung|ihre meinung|su opinion|son avis|sua opiniao|la sua opinione|zijn mening|haar mening`},
			{askThing{"revenue", true}, `the order|the signature|the business|her signature|his signature|a decision|den auftrag|die unterschrift|el pedido|la firma|la commande|la signature|o pedido|a assinatura|l'ordine|la firma|de order|handtekening`},
		})
	})
)

// pondered are words for how they take an ask of ours: who ponders was asked.
var pondered = sync.OnceValue(func() *lexicon[struct{}] {
	return set(`sleep on it|sleep on that|sleeps on it|schlaft druber|schlaft eine nacht|wants to think|needs to think|wants a few days|needs a few days|thinks about it|thinking about it|will think|is thinking|thinks it over|he said yes|she said yes|said yes|says yes|he agreed|she agreed|said no|says no|will do it|er uberlegt|sie uberlegt|uberlegt es sich|uberlegt noch|denkt druber nach|denkt daruber nach|sagte ja|sagt ja|sagte zu|macht er|macht sie|lo piensa|se lo piensa|va reflechir|il reflechit|elle reflechit|vai pensar|ci pensa|denkt erover na`)
})

// askThing is what can be asked of a contact. Customers ask for some of them
// too; those count only where the note says that it was us, or whom we asked.
type askThing struct {
	kind   string
	twoWay bool
}
