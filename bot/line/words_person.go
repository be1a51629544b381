package line

import "sync"

// themForms are the contact, or several of them, as whom something is done to, in the languages
// that set that apart from who does it and write it as a word of its own.
const themForms = "her him them ihn ihm ihr ihnen haar hem hun"

var (
	themWords = WordSet(themForms)
	// objectsFirst stand before the day where the act closes the plan, which it does in German and
	// Dutch: there "sie" is whom as well, and nowhere else does it tell.
	objectsFirst = WordSet(themForms, "sie")
	// isThem stand behind a "with" or a "to", where the Romance languages write them too, and where
	// those of theirs are meant as well: "with his boss".
	isThem = WordSet(themForms, "his their ella el elle lui ela ele lei")
)

var (
	// pointers stand before somebody who is made known.
	pointers = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`to|with|of|meet|call|ring|phone|friend|cousin|brother|sister|neighbour|neighbor|colleague|counterpart|peer|
			mit|an|zu|zum|zur|von|uns|mir|freund|freundin|nachbar|nachbarn|kollegen|kollegin|bekannten|bruder|schwester|schwager|schwagerin|cousin|cousine|vetter|onkel|tante|sohn|tochter|vater|mutter|chef|chefin|partner|partnerin|
			a|al|con|de|presento|presenta|presentado|avec|presente|presentee|au|aupres de|
			com|ao|apresentou|di|presentato|presentata|presentati|aan|met|naar|bij|ons|mij`)
	})
	// ofCompany stands between a person and their company.
	ofCompany = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`at|from|of|over at|bei|beim|von|von der|vom|aus|de|del|de la|du|chez|da|do|di|della|dalla|presso|bij|van`)
	})
	titleWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`mr|mrs|ms|miss|dr|prof|professor|sir|herr|herrn|frau|dipl ing|madame|monsieur|mme|mademoiselle|mlle|senor|senora|senorita|sr|sra|srta|dra|signor|signora|signorina|sig|dott|dottor|dottoressa|don|dona|mevrouw|meneer|dhr|mevr|mw`)
	})
	// departments are no companies, however they are written.
	departments = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`it|purchasing|procurement|sales|legal|finance|hr|marketing|engineering|production|maintenance|quality|logistics|operations|accounting|accounts|controlling|
			einkauf|vertrieb|buchhaltung|technik|produktion|instandhaltung|qualitat|logistik|personal|rechtsabteilung|
			compras|ventas|finanzas|sistemas|achats|ventes|comptabilite|informatique|vendas|financeiro|acquisti|vendite|inkoop|verkoop|boekhouding`)
	})
	// roleWords are what somebody is, behind the name.
	roleWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`president|vice|chief|officer|lead|ceo|cfo|cto|coo|cio|ciso|vp|md|head|director|manager|owner|founder|buyer|engineer|leiter|leiterin|chef|chefin|geschaftsfuhrer|geschaftsfuhrerin|einkaufer|einkauferin|einkaufsleiter|einkaufsleiterin|
			director|directora|gerente|directeur|directrice|diretor|diretora|direttore|direttrice|titolare|responsable|responsabile|responsavel|hoofd`)
	})
	// notNames are words that begin a sentence, or name a thing, before a name.
	notNames = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`i|we|she|he|they|the|a|an|her|his|their|also|then|and|but|intro|introduced|introduces|introduction|met|meet|call|called|mail|mailed|email|emailed|got|gave|put|told|asked|thanks|referral|name|number|new|today|yesterday|linkedin|
			hat|sie|er|wir|ich|die|der|das|bruder|schwester|schwager|schwagerin|cousin|cousine|vetter|onkel|tante|sohn|tochter|vater|mutter|freund|freundin|nachbar|nachbarn|kollege|kollegen|kollegin|bekannten|chef|chefin|partner|partnerin|nummer|kontakt|empfehlung|anruf|gestern|heute|telefonat|termin|besuch|treffen|ella|el|la|le|il|elle|nous|nos|me|ci|mi|ela|ele|ze|zij|hij|heeft`)
	})
)
