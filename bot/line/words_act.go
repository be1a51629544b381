package line

import "sync"

var (
	// pastTalks are talks told in the past tense.
	pastTalks = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`met|called|visited|phoned|rang|spoke|talked|emailed|mailed|texted|wrote|had lunch|had coffee|had a meeting|had a call|had a demo|took place|was held|demo held|meeting held|workshop held|visit held|session held|call held|fand statt|stattgefunden|demo gehalten|tuvo lugar|a eu lieu|saw her|saw him|getroffen|angerufen|besucht|telefoniert|gesprochen|traf|hable|llame|visite|me reuni|ai appele|ai rencontre|ai vu|liguei|visitei|encontrei|ho chiamato|ho incontrato|ho visto|gebeld|gesproken|bezocht|ontmoet`)
	})
	// pastActs tell that something took place, ours or theirs.
	pastActs = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`met|spoke|talked|sent|shared|asked|replied|answered|signed|ordered|bought|showed|held|walked|joined|attended|accepted|agreed|declined|gave|received|caught|chatted|drew|wrote|called|rang|tried|chased|gesprochen|geschickt|gefragt|unterschrieben|bestellt|gezeigt|gesehen|hable|hablamos|envie|mande|pidio|firmo|compro|mostre|parle|envoye|signe|commande|montre|vu|falei|falamos|enviei|pediu|assinou|comprou|mostrei|parlato|sentito|mandato|inviato|chiesto|firmato|comprato|visto|gesproken|gestuurd|gevraagd|getekend|besteld|laten zien|gezien`)
	})
	// deeds tell that they bought, in one word, which nothing but its accent may set off from a
	// present or a thing: see [reading.isPresent].
	deeds = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`signed|countersigned|ordered|bought|paid|prepaid|renewed|purchased|settled|unterschrieben|unterzeichnet|bestellt|gekauft|bezahlt|uberwiesen|verlangert|firmo|firmaron|firmado|compro|compraron|pago|pagaron|pagado|signe|commande|achete|paye|regle|assinou|assinaram|comprou|compraram|pagou|pagaram|firmato|comprato|pagato|ordinato|getekend|besteld|gekocht|betaald`)
	})
	// deals are what is to be done about a sale, where a day to come stands with it.
	deals = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`signing|contract signing|signature|payment|renewal|order|po|purchase order|contract to be signed|contract is to be signed|contract will be signed|order to be placed|invoice to be paid|to be signed|to be paid|to be ordered|unterschrift|vertragsunterschrift|zahlung|verlangerung|bestellung|firma del contrato|pago|pedido|signature du contrat|paiement|assinatura|pagamento|firma del contratto|ordine|ondertekening|betaling|bestelling`)
	})
	// ranWords tell how a meeting went: it has been. "Was fine" may be said of its day.
	ranWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`went|went well|went fine|went badly|took place|was great|was productive|was excellent|was useful|lief gut|lief super|lief schlecht|lief prima|verlief|fand statt|war super|war produktiv|s'est bien passe|s'est bien passee|s'est mal passe|a eu lieu|salio bien|salio mal|tuvo lugar|fue muy bien|fue bien|correu bem|correu mal|e andato bene|e andata bene|andato bene|andata bene|ging goed|verliep|vond plaats`)
	})
	// arranged words tell of an appointment rather than a talk.
	arranged = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`confirmed|confirms|moved|moved to|rescheduled|resched|postponed to|pushed|pushed to|bumped|shifted|fixed|booked|scheduled|arranged|planned|in the diary|in both diaries|in the calendar|bestatigt|verschoben|verlegt|vorverlegt|vorgezogen|brought forward|vereinbart|geplant|confirmada|confirmado|confirma|aplazada|aplazado|cambiada|cambiado|pasada al|confirme|decale|decalee|deplace|deplacee|reporte|reportee|marcada|marcado|adiada|confermato|confermata|spostato|spostata|rinviato|rinviata|fissato|fissata|adiado|adiada|bevestigd|verplaatst|verzet|gepland`)
	})
	// imperatives are notes to oneself; they count only at the start of a
	// clause and with a day to come.
	imperatives = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`ask then|try then|call then|ring then|try us|try me|try him|try her|try them|ask me|ask us|speak to me|talk to me|call me|ring me|phone me|call us|mail me|email me|write me|write to me|call her|call him|call them|call her back|call him back|call them back|call back|call again|ring her|ring him|ring back|email her|email him|mail her|mail him|send|send her|send him|send the|send it|resend|forward|arrange|f / u|follow up|follow - up|ping|nudge|remind|sending|trying again|calling again|ping her|ping him|chase her|chase him|chase|nudge her|nudge him|remind her|remind him|visit her|visit him|visit them|check in|check back|check with|come back|try again|ask again|ask her|ask him|reach out|reach out again|circle back|touch base|get in touch|get back to her|get back to him|talk again|speak again|next call|next meeting|next step|let's talk|let's speak|contact her|contact him|contact them|contact again|write again|approach again|try her again|try him again|retry|revisit|anrufen|nochmal anrufen|noch mal anrufen|noch einmal anrufen|nochmals anrufen|wieder anrufen|erneut anrufen|melden|wieder melden|nochmal melden|noch mal melden|noch einmal melden|nochmals melden|erneut melden|nachhaken|nachfragen|wieder nachfragen|nochmal nachfragen|nochmals nachfragen|erneut nachfragen|wieder ansprechen|nochmal ansprechen|wieder kontaktieren|erneut kontaktieren|wieder besuchen|wieder auf ihn zu|wieder auf sie zu|ruckruf|llamar|llamarla|llamarle|volver a llamar|volver a contactar|volver a escribir|recontacter|reprendre contact|rappeler|la rappeler|le rappeler|ligar|ligar de novo|recontactar|falar de novo|voltar a ligar|richiamare|risentirci|ricontattare|risentirla|risentirlo|terugbellen|nabellen|weer bellen|opnieuw bellen|weer contact opnemen|
			call me again|call us again|call me back|ring me again|ring me back|write me again|write to me again|contact me again|ask me again|ask us again|try me again|try us again|come back to me|come back to us|once more call|
			` + comebackActs)
	})
	// bothActs are talks of which no word says how.
	bothActs = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`spoke|talked|discussed|went through|had a chat|qbr|demo|session|reviewed|gesprochen|besprochen|hablamos|hable con|parle|discute|falamos|conversamos|parlato|discusso|gesproken|besproken`)
	})
	// hearsay opens what they told: days in it are of other things.
	hearsay = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`said|says|told|tells|told me|that|because|their|whose|mentioned|mentions|complains|complained|heard|sagt|sagte|dass|weil|erzahlte|erzahlt|meinte|ihre|deren|dice|dijo|conto|que|porque|dit|raconte|parce que|disse|contou|detto|racconta|che|perche|zegt|zei|dat|omdat|vertelde`)
	})
	weSubject = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`i|we|ich|wir|yo|nosotros|je|j|nous|eu|nos|io|noi|ik|wij|we`)
	})

	// stepWords open something still to be done. The value says by whom; ""
	// leaves it to who stands before and to what is to be done.
	stepWords = sync.OnceValue(func() *lexicon[Whose] {
		return newLexicon([]row[Whose]{
			{Ours, `i'll|we'll|i will|we will|i shall|we shall|i am going to|i'm going to|we're going to|promised to|i promised|we promised|calling back|promised her|promised him|promised them|i need to|we need to|i have to|we have to|i must|must do by|must do _ by|must do before|need to send|need to call|need to get|need to give|need to find|need to answer|need to reply|must give|must get|must find|have to get|have to give|have to find|must be in by|has to be in by|needs to be in by|must be there by|must be with them by|i should try|i should call|i should ring|i should come back|i should get back|i should ask|we should try|we should call|we should come back|have to send|must send|must call|follow up|follow-up|call back|call again|ring again|ring back|remind me to|we may come back|we may return|we may call|we may call again|we may try again|we may contact|we may get back|we can call again|we can come back|i may call|i may come back|asked for a call back|asked for a callback|wants a call back|wants a callback|to be called back|asked that i call|asked that we call|i owe|owe her|owe him|owe them|asked me to|asked us to|wants me to|wants us to|told me to call|told us to call|told me to try|told us to try|told me to ask|told us to ask|told me to come back|told us to come back|said to call|said to try|said to ask|said to come back|said to get in touch|
				schicke ich|schick ich|sende ich|maile ich|rufe ich|ruf ich|melde ich mich|klare ich|liefere ich|mache ich|ich schicke|ich klare|ich prufe|ich besorge|ich kummere mich|wir klaren|wir prufen|wir besorgen|wir kummern uns|kummere mich|klare das|klare es|ich rufe|ich melde|ich werde|wir schicken|wir melden|wir werden|ich muss|wir mussen|schicke ihr|schicke ihm|schicke ihnen|melde mich|rufe sie|rufe ihn|versprochen|nachfassen|wiedervorlage|soll mich melden|soll mich|soll ich mich|sollen uns|sollen wir uns|wir sollen|melden uns|ich soll|bittet um ruckruf|bat um ruckruf|bat mich um ruckruf|mochte einen ruckruf|will einen ruckruf|mochte zuruckgerufen|will zuruckgerufen|
				voy a|vamos a|vuelvo a llamar|la vuelvo a llamar|le vuelvo a llamar|le envio|les envio|le enviare|enviare|le mando|le mandare|mandare|llamare|le llamare|le llamo el|quede en|prometi|tengo que|tenemos que|que la llame|que le llame|pidio que llame|me pidio que|nos pidio que|hacer seguimiento|seguimiento|pendiente de enviar|volver a llamar|
				je vais|nous allons|je lui envoie|je lui enverrai|j'envoie|j'enverrai|je rappelle|je la rappelle|je le rappelle|a relancer|relancer|m'a demande de|nous a demande de|demande de rappeler|demande a etre rappele|demande a etre rappelee|qu'on la rappelle|qu'on le rappelle|on se rappelle|promis de|je dois|nous devons|a rappeler|
				vou|volto a ligar|volto a contactar|fiquei de|enviarei|mandarei|ligarei|tenho que|temos que|ligar de novo|dar seguimento|
				le mando|gli mando|mando|invio|inviero|mandero|richiamo|la richiamo|lo richiamo|richiamero|da richiamare|richiamare|promesso di|ricontattare|devo|dobbiamo|
				stuur ik|bel ik|mail ik|regel ik|maak ik|ik stuur|ik bel|ik zal|ik ga|we sturen|wij sturen|we gaan|terugbellen|bel terug|beloofd|opvolgen|ik moet|nabellen`},
			{Theirs, `she'll|he'll|they'll|she will|he will|they will|she's going to|he's going to|they're going to|she is going to|he is going to|they are going to|has to ask|needs to ask|needs to check|has to check|has to talk|needs to talk|must ask|may return|might return|may come back|might come back|could come back|wants to check|wants to ask|wants to talk to|wants to discuss it|she promised|he promised|they promised|owes me|owes us|owe me|owe us|promised me|promised us|promised feedback|promised an answer|promised a reply|promised a decision|promised news|promised to get back|promised to check|promised to ask|promised to come back|gets back|get back to me|get back to us|getting back|comes back to|come back to me|come back to us|lets me know|let me know|let us know|let's me know|
				schuldet mir|schuldet uns|schulden uns|meldet sich|gibt bescheid|gibt mir bescheid|klart|klart das|pruft|fragt ihre|fragt ihren|fragt seine|fragt seinen|spricht mit|will mit|sie wird|er wird|sie werden|will das mit|
				lassen uns wissen|lassen uns _ wissen|lassen uns _ _ wissen|lassen uns _ _ _ wissen|lasst uns wissen|lasst uns _ wissen|lasst uns _ _ wissen|lasst uns _ _ _ wissen|lassen mich wissen|lassen mich _ wissen|lassen mich _ _ wissen|lassen mich _ _ _ wissen|lasst mich wissen|lasst mich _ wissen|lasst mich _ _ wissen|lasst mich _ _ _ wissen|lassen sie uns wissen|lassen sie uns _ wissen|lassen sie uns _ _ wissen|lassen sie uns _ _ _ wissen|lasst er uns wissen|lasst er uns _ wissen|lasst er uns _ _ wissen|lasst er uns _ _ _ wissen|lasst sie uns wissen|lasst sie uns _ wissen|lasst sie uns _ _ wissen|lasst sie uns _ _ _ wissen|
				me debe|nos debe|me deben|nos deben|va a preguntar|va a consultar|va a hablar|va a ver|lo consulta|me dira|nos dira|quedo en|me avisa|nos avisa|me confirma|nos confirma|preguntara|revisara|
				elle va|il va|ils vont|revient vers|me rappelle|nous rappelle|doit demander|doit voir|elle doit|il doit|me dira|nous dira|me confirme|
				ela vai|ele vai|eles vao|ficou de|me retorna|vai perguntar|vai falar|vai ver|vai verificar|me confirma|
				mi fa sapere|ci fa sapere|deve sentire|deve chiedere|ne parla|chiedera|mi richiama|mi conferma|sentira|parlera|
				zij zal|ze zal|hij zal|ze gaat|zij gaat|hij gaat|laat weten|laat het weten|komt terug|komt erop terug|vraagt het|overlegt met|moet overleggen`},
			{"", `will|is going to|are going to|going to|gonna|gotta|wird|werden|va|vont|vai|vao|zal|zullen|gaat|to get back|plans to|intends to|needs to|has to|promises to`},
		})
	})
	// ourDoing after an open "will" is the seller's; all else is theirs.
	ourDoing = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`get back|come back|stop by|swing by|pop by|check on|look into|find out|send|call|ring|phone|mail|email|e mail|follow|prepare|quote|draft|visit|text|ping|nudge|chase|share|forward|invite|propose|book|schedule|remind|drop|bring her|bring him|write|try|retry|reach|circle back|schicken|anrufen|nachfassen|enviar|mandar|llamar|envoyer|rappeler|ligar|mandare|inviare|chiamare|sturen|bellen|mailen`)
	})
	// theirDoing are the acts that make an open step of theirs worth keeping
	// though no day was said.
	theirDoing = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`ask|intro|connect|check|talk|discuss|decide|get back|come back|let me|let us|tell me|tell us|send|call|reply|answer|sign|confirm|forward|speak|raise|bring|present|take it to|run it|test|try|read|review|look into|find out|introduce|to get back|fragen|klaren|melden|prufen|besprechen|entscheiden|preguntar|consultar|hablar|revisar|confirmar|firmar|demander|verifier|parler|confirmer|perguntar|falar|verificar|chiedere|sentire|parlare|vragen|overleggen|bespreken|laten weten`)
	})
	// toUs after such a verb makes it theirs after all: "will call me".
	toUs = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`me|us|me back|us back|back to me|back to us|their|her boss|his boss|her team|his team|her cfo|his cfo|it internally|internally|mir|uns|mich`)
	})
	// appointments with a day ahead are steps though no verb says so.
	appointments = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`mtg|agreed to talk|agreed to speak|agreed to meet|agreed to catch up|talk again|speak again|catch up again|wieder sprechen|wieder zu sprechen|volver a hablar|se reparler|weer spreken|training|schulung|due back|docs due|documents due|papers due|paperwork due|form due|forms due|questionnaire due|response due|answers due|rfp due|rfi due|unterlagen fallig|fragebogen fallig|we're on for|we are on for|is on for|on for|we meet|see you|see her|see him|see them|seeing her|seeing him|meeting her|meeting him|wir sehen uns|wir treffen uns|wir horen uns|nos vemos|nos hablamos|quedamos|on se voit|on se parle|nous nous voyons|on s'appelle|vemo nos|vemo - nos|encontramo nos|encontramo - nos|a gente se ve|falamos|ci vediamo|ci incontriamo|ci sentiamo|ci risentiamo|ci rivediamo|see each other|meet again|we zien elkaar|we spreken elkaar|new date|new day|new time|new slot|neuer termin|neues datum|nueva fecha|nouvelle date|nouveau creneau|nova data|nuova data|nuovo appuntamento|nieuwe datum|appuntamento|telefonieren wir|sprechen wir|reden wir|treffen wir uns|sehen wir uns|horen wir uns|wir telefonieren|wir sprechen uns|demo|meeting|call|deadline|tender closes|bids close|bid closes|submission|closing date|abgabeschluss|einreichung|due date|frist|abgabe|abgabefrist|abgabetermin|date limite|echeance|fecha limite|plazo|prazo|scadenza|visit|workshop|appointment|session|walkthrough|pilot|trial|kickoff|kick off|lunch|coffee|site visit|decision|webinar|termin|besuch|treffen|vorfuhrung|entscheidung|entscheid|beschluss|vorstandssitzung|aufsichtsratssitzung|gremiensitzung|telefonat|reunion|visita|llamada|cita|decision|rdv|rendez vous|rendez - vous|appel|visite|reuniao|ligacao|demonstracao|riunione|chiamata|incontro|dimostrazione|afspraak|bezoek|gesprek|beslissing|quote|proposal|offer|angebot|oferta|devis|offre|proposta|preventivo|offerta|offerte`)
	})
	// theirAppointments are those that they alone bring about.
	theirAppointments = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`decision|feedback|answer|reply|signature|their answer|entscheidung|entscheid|beschluss|vorstandssitzung|aufsichtsratssitzung|gremiensitzung|ruckmeldung|antwort|bescheid|unterschrift|respuesta|retour|reponse|resposta|retorno|risposta|riscontro|reactie|antwoord|beslissing`)
	})
	// theirThings make what is promised theirs, wherever they stand in its words.
	theirThings = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`signed|countersigned|counter signed|counter - signed|executed|budget|decision|answer|feedback|approval|sign off|sign - off|go ahead|go - ahead|green light`)
	})
	// theirMoney does where it closes them: "payment", but "the payment link".
	theirMoney = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`order|orders|purchase order|po|deposit|payment|down payment|prepayment`)
	})
	// askedOf opens what they want of us: its day is a limit of theirs, and nobody's promise.
	askedOf = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`asks for|asked for|asking for|requests|requested|would like|needs a|needs the|bittet um|bat um|fragt nach|fragte nach|braucht|hatte gern|pide|pidio|necesita|demande|il faut|souhaite|pede|pediu|precisa|chiede|ha chiesto|vraagt om|vroeg om`)
	})
	// promised are words that do not say who promised whom.
	promised = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`versprochen|zugesagt|prometi|promis de|promesso di|fiquei de|beloofd`)
	})
	// presentActs are told of somebody as what is to come, where a day to come stands
	// with them: "she sends the plan by Tuesday".
	presentActs = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`sends|mails|emails|calls|rings|phones|decides|answers|replies|confirms|signs|checks|talks|speaks|meets|returns|delivers|brings|gives|gets me|gets us|gets back|comes back|reviews|presents|discusses|forwards|pays|asks|lets me know|lets us know|
			schaut|schaut sich|schickt|sendet|mailt|ruft|entscheidet|entscheiden|gibt|liefert|antwortet|unterschreibt|unterschreiben|bestatigt|bespricht|besprechen|tagt|tagen|trifft sich|treffen sich|bringt|zahlt|schreibt|meldet sich|melden sich|fragt|nennt|
			envia|manda|decide|deciden|confirma|confirman|responde|responden|contesta|contestan|avisa|avisan|llama|llaman|se reune|se reunen|nos dice|nos dicen|me dice|me dicen|
			envoie|envoient|decide|decident|rappelle|rappellent|repond|repondent|transmet|se reunit|nous dit|me dit|m'appelle|
			decidem|confirmam|retorna|retornam|liga|ligam|se reune|nos diz|me diz|me dizem|
			invia|mandano|decidono|conferma|confermano|chiama|chiamano|risponde|rispondono|si riunisce|ci dice|mi dice|mi dicono|
			stuurt|sturen|belt|bellen|beslist|beslissen|antwoordt|tekent|vergadert`)
	})
	// bareActs are the same behind "I", "we" or "they".
	bareActs = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`send|mail|email|call|ring|phone|decide|answer|reply|confirm|sign|check|talk|speak|meet|return|deliver|bring|give|get back|come back|review|present|discuss|pay|ask|let me know|let us know|reden|sprechen|telefonieren|sehen uns|treffen uns|schicken|melden uns|hablamos|nos vemos|on se parle|falamos|ci sentiamo|spreken`)
	})
	// talking is what a step consists of, and does not tell what it is about.
	talking = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`ask|asks|send|sends|call|ring|phone|mail|email|text|write|talk|talks|speak|speaks|discuss|check|get|gets|getting|back|come|comes|let|lets|me|us|know|tell|tells|follow|up|look|into|find|out|reply|answer|again|it|with|about|internally|try|touch|base|in|reach|circle|remind|promised|promises|want|wants|needs|has|
			schicken|schicke|schickt|anrufen|melden|melde|meldet|fragen|fragt|sprechen|klaren|klart|prufen|pruft|geben|gibt|bescheid|mich|sich|mir|uns|wieder|nochmal|zuruck|mit|rufe|ruft|an|nachfassen|
			preguntar|consultar|hablar|enviar|mandar|llamar|ver|con|demander|parler|envoyer|rappeler|voir|avec|perguntar|falar|verificar|ligar|com|chiedere|parlare|sentire|inviare|chiamare|vragen|bellen|sturen|overleggen|terug`)
	})
	// cameWords tell that something came to whom it was meant for.
	cameWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`got|have got|received|arrived|came in|came through|has come|is in|is here|bekommen|erhalten|angekommen|eingetroffen|ist da|recu|recue|arrive|arrivee|est arrive|est arrivee|recibido|recibi|recibio|llego|recebi|recebido|recebeu|chegou|ricevuto|ricevuta|arrivato|arrivata|gekregen|ontvangen|is binnen`)
	})
	// doneWords tell by themselves that something is done.
	doneWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`decided|signed|tested|tried|read|reviewed|confirmed|forwarded|introduced|presented|approved|checked|prepared|quoted|visited|booked|paid|ordered|entschieden|unterschrieben|getestet|gelesen|bestatigt|gepruft|vorgestellt|freigegeben|gesagt|geantwortet|zugestimmt|gefragt|dicho|respondido|dit|repondu|detto|risposto|gezegd|geantwoord`)
	})
	denials = sync.OnceValue(func() *lexicon[struct{}] { return set(`not|never|nicht|no|pas|nao|non|niet|nie|nunca`) })
)
