package line

import "sync"

// What was sent and did not come to them, which is no gift: "sent the checklist but to the
// wrong address", "sent the guide, the mail bounced".

// missedReach is how many clauses behind the giving still tell whether it came.
const missedReach = 2

// missed reports whether the note goes on, behind the giving at token i, with that it went
// astray. What was sent anew came.
func (r *reading) missed(i int) bool {
	if r.sentAnew(i) {
		return false
	}
	for k := i + 1; k < len(r.toks) && r.toks[k].clause <= r.toks[i].clause+missedReach; k++ {
		if _, n := giveWords().at(r.toks, k); n > 0 && r.toks[k].clause > r.toks[i].clause || anew[r.toks[k].fold] {
			return false // it says of that one whether it came
		}
		if _, n := astrayWords().at(r.toks, k); n > 0 && !earlier[r.toks[max(k-2, 0)].fold] && !earlier[r.toks[k-1].fold] {
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
	earlier = map[string]bool{"first": true, "last": true, "old": true, "earlier": true, "previous": true, "erste": true, "letzte": true, "primer": true, "premier": true, "primeiro": true, "primo": true, "eerste": true}
	// astrayWords tell that what was sent did not reach whom it was meant for.
	astrayWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`wrong address|wrong email|wrong e mail|wrong mail|wrong mailbox|wrong person|wrong contact|wrong number|wrong inbox|wrong one|wrong file|wrong version|old address|bounced|it bounced|mail bounced|undeliverable|undelivered|could not be delivered|was not delivered|never arrived|did not arrive|didn t arrive|has not arrived|hasn t arrived|didn t get it|did not get it|has not got it|hasn t got it|never got it|didn t receive|did not receive|has not received|hasn t received|never received|by mistake to|got lost|lost in the post|
			falsche adresse|falschen adresse|falsche mail|falsche person|an den falschen|an die falsche|falsche empfanger|unzustellbar|nicht zustellbar|nicht angekommen|kam nicht an|kam zuruck|ging zuruck|nicht bekommen|nicht erhalten|verloren gegangen|
			direccion equivocada|correo equivocado|persona equivocada|reboto|ha rebotado|no llego|no le llego|no ha llegado|no lo recibio|mauvaise adresse|mauvaise personne|n est pas arrive|n est jamais arrive|pas arrive|pas recu|jamais recu|est revenu|
			endereco errado|pessoa errada|nao chegou|nao recebeu|indirizzo sbagliato|persona sbagliata|non e arrivato|non e arrivata|non ha ricevuto|verkeerde adres|verkeerde persoon|niet aangekomen|niet ontvangen|teruggekomen`)
	})
)
