package line

import "sync"

// What was sent and did not come to them, which is no gift: "sent the checklist but to the
// wrong address", "sent the guide, the mail bounced".

// missedReach is how many clauses behind the giving still tell whether it came.
const missedReach = 2

// missed reports whether the note goes on, behind the giving at token i, with that it went
// astray. Why it was sent anew, in the same clause, is told of the one before.
func (r *reading) missed(i int) bool {
	from := i + 1
	if r.sentAnew(i) {
		from = r.clauseEnd(i)
	}
	for k := from; k < len(r.toks) && r.toks[k].clause <= r.toks[i].clause+missedReach; k++ {
		if _, n := giveWords().at(r.toks, k); n > 0 && r.toks[k].clause > r.toks[i].clause || anew[r.toks[k].fold] {
			return false // it says of that one whether it came
		}
		if r.isAstray(k) && !earlier[r.toks[max(k-2, 0)].fold] && !earlier[r.toks[k-1].fold] {
			return true
		}
	}
	return false
}

// isAstray reports whether token k begins that a thing did not come to whom it was meant for:
// "kam zurück", but not "sie kam zurück mit Fragen", and no "wrong version" that they had.
func (r *reading) isAstray(k int) bool {
	if _, n := astrayWords().at(r.toks, k); n > 0 {
		return !hadByThem[r.toks[k+n-1].fold] || !r.theirAct(k)
	}
	_, n := cameBackWords().at(r.toks, k)
	if n == 0 || k+n < r.clauseEnd(k) && broughtBack[r.toks[k+n].fold] {
		return false
	}
	for at := r.clauseStart(k); at < k; at++ {
		if mailThings[r.toks[at].fold] {
			return true
		}
	}
	return k == r.clauseStart(k) && (k+n >= r.clauseEnd(k) || r.namesAddress(k+n, r.clauseEnd(k)))
}

// namesAddress reports whether tokens [i:end), the rest of a clause, tell where something was
// sent, or that it could not be: a person "kam zurück zum Thema Preise".
func (r *reading) namesAddress(i, end int) bool {
	for ; i < end; i++ {
		_, n := astrayWords().at(r.toks, i)
		if n > 0 || addressWords[r.toks[i].fold] {
			return true
		}
	}
	return false
}

// sentAnew reports whether the clause of the giving at token i says that it was once more.
func (r *reading) sentAnew(i int) bool {
	for k := r.clauseStart(i); k < r.clauseEnd(i); k++ {
		if anew[r.toks[k].fold] {
			return true
		}
	}
	return false
}

var (
	// anew say that something was sent once more.
	anew = map[string]bool{"again": true, "resent": true, "anew": true, "nochmal": true, "nochmals": true, "erneut": true, "deshalb": true, "otra": true, "nouveau": true, "novo": true, "nuovo": true, "opnieuw": true}
	// earlier say of another one that it went astray: "the first mail bounced".
	earlier = map[string]bool{"first": true, "last": true, "old": true, "earlier": true, "previous": true, "erste": true, "letzte": true, "primer": true, "premier": true, "primeiro": true, "primo": true, "eerste": true, "had": true, "hatte": true}
	// hadByThem end what somebody may have as well.
	hadByThem = map[string]bool{"address": true, "one": true, "file": true, "version": true, "number": true}
	// mailThings come back to who sent them, and broughtBack follows where a person did.
	mailThings  = map[string]bool{"mail": true, "email": true, "brief": true, "post": true, "paket": true, "es": true, "courrier": true, "courriel": true, "colis": true, "message": true, "pakket": true, "mailtje": true, "het": true}
	broughtBack = map[string]bool{"mit": true, "avec": true, "met": true, "auf": true}
	// addressWords follow where a thing came back: "kam zurück an den Absender".
	addressWords = WordSet(`adresse anschrift absender empfanger unbekannt unbekannte unzustellbar annahme verzogen adressat destinataire expediteur inconnu inconnue npai adres afzender geadresseerde onbekend onbestelbaar`)
	// astrayWords tell that what was sent did not reach whom it was meant for.
	astrayWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`wrong address|wrong email|wrong e mail|wrong mail|wrong mailbox|wrong person|wrong contact|wrong number|wrong inbox|wrong one|wrong file|wrong version|old address|bounced|it bounced|mail bounced|undeliverable|undelivered|could not be delivered|was not delivered|never arrived|did not arrive|didn t arrive|has not arrived|hasn t arrived|didn t get it|did not get it|has not got it|hasn t got it|never got it|didn t receive|did not receive|has not received|hasn t received|never received|by mistake to|got lost|lost in the post|
			falsche adresse|falschen adresse|falsche mail|falsche person|an den falschen|an die falsche|falsche empfanger|unzustellbar|nicht zustellbar|nicht angekommen|kam nicht an|nicht bekommen|nicht erhalten|verloren gegangen|
			direccion equivocada|correo equivocado|persona equivocada|reboto|ha rebotado|no llego|no le llego|no ha llegado|no lo recibio|mauvaise adresse|mauvaise personne|n est pas arrive|n est jamais arrive|pas arrive|pas recu|jamais recu|
			endereco errado|pessoa errada|nao chegou|nao recebeu|indirizzo sbagliato|persona sbagliata|non e arrivato|non e arrivata|non ha ricevuto|verkeerde adres|verkeerde persoon|niet aangekomen|niet ontvangen`)
	})
	// cameBackWords tell it of a thing only.
	cameBackWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`kam zuruck|ging zuruck|zuruckgekommen|est revenu|est revenue|teruggekomen`)
	})
)
