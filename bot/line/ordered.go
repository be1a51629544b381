package line

import (
	"strings"
	"sync"
)

// comebackActs say to come back, or that we come back, as people say it outside English: what
// they told us ("que volvamos", "revenez"), and what we note to ourselves ("voltar",
// "terugkomen"). What may as well be said of them ("vuelve en marzo") is none of them.
const comebackActs = `wiederkommen|vorbeikommen|meldet euch|
	volver|volvamos|volveremos|volvemos a hablar|volver a hablar|volver a vernos|volver a preguntar|volver a intentarlo|volver a verla|volver a verlo|volver a verle|vuelva|vuelvan|regresar|regresemos|retomar|retomarlo|retomamos|retomemos|recontactar|contactar|contactarla|contactarle|contactarlo|escribirle|llameme|llamenos|llamarlo|
	que volvamos|que vuelva|que vuelvan|que regresemos|que retomemos|que lo retomemos|que llamemos|que la llamemos|que le llamemos|que lo llamemos|que le escribamos|que la contactemos|que le contactemos|que lo contactemos|que contactemos|
	revenir|revenez|revenons|reviens|y revenir|de revenir|qu'on revienne|que l'on revienne|que je revienne|que nous revenions|de la rappeler|de le rappeler|de rappeler|de recontacter|de la recontacter|de le recontacter|rappelez|rappelez moi|rappelez - moi|rappelez nous|rappelez - nous|recontactez|recontactez nous|recontactez - nous|recontacter|la recontacter|le recontacter|on en reparle|en reparler|reparlons en|reparlons - en|
	voltar|voltem|volte|voltarmos|voltamos a falar|voltar a falar|voltar a contactar|voltar a procurar|retornar|retomar|contatar|contactar|que voltemos|que voltassemos|para voltar|para voltarmos|pra voltar|me ligue|ligue|
	ripassare|ripassiamo|ripassate|ripassi|ripassero|tornare|torniamo|torni|tornate|tornero|di ripassare|di tornare|di richiamare|di richiamarla|di richiamarlo|di risentirci|di ricontattarla|di ricontattarlo|di risentirla|di risentirlo|richiamarla|richiamarlo|richiami|richiamate|richiamateci|ricontattarli|ricontattateci|riparlarne|riparliamone|ne riparliamo|se ne riparla|risentiamoci|sentiamoci|
	terugkomen|langskomen|kom terug|kom _ terug|kom _ _ terug|kom _ _ _ terug|kom langs|kom _ _ langs|bel _ _ terug|bel _ _ weer|neem contact op|neem _ _ contact op|neem _ _ weer contact op|contact opnemen|opnieuw contact opnemen|opnieuw proberen|weer proberen`

// orderedAt is how many words at token i say, to whoever reads the note, what is to be done;
// 0: none. To come back to doing something is no such thing: "volver a producir en marzo".
func (r *reading) orderedAt(i int) int {
	_, n := imperatives().at(r.toks, i)
	if n == 0 || i+n+1 >= len(r.toks) || r.toks[i+n].fold != "a" || !againTo[r.toks[i+n-1].fold] {
		return n
	}
	for _, end := range [...]string{"ar", "er", "ir", "re"} {
		if strings.HasSuffix(r.toks[i+n+1].fold, end) && !r.inDay(i+n+1) {
			return 0
		}
	}
	return n
}

// againTo make of an act behind an "a" one that is done again.
var againTo = map[string]bool{"volver": true, "volvamos": true, "volveremos": true, "vuelva": true, "vuelvan": true,
	"voltar": true, "voltem": true, "volte": true, "voltarmos": true, "tornare": true, "torniamo": true, "torni": true, "tornate": true, "tornero": true}

// comebacks are those words by themselves: what a step consists of, and does not tell what it
// is about.
var comebacks = sync.OnceValue(func() *lexicon[struct{}] { return set(comebackActs) })
