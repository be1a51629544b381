package line

import (
	"strings"
	"time"
	"unicode/utf8"
)

// What a verb's own ending puts ahead, where a language has a future of one word: "hablará
// con su jefe el viernes", "decidirán", "falará", "parlerà". Names end so too: "con Beltrán".

// isFuture reports whether token i is such a verb, and whether it is ours.
func (r *reading) isFuture(i int) (is, ours bool) {
	t := r.toks[i]
	if i > 0 && (frenchThey[r.toks[i-1].fold] || r.toks[i-1].fold == "on" && i-1 == r.clauseStart(i)) && len(t.fold) > 4 && (strings.HasSuffix(t.fold, "ra") || strings.HasSuffix(t.fold, "ront")) {
		return true, false // "il décidera", "on verra", but not "call on infra"
	}
	if t.kind != word || !r.accented(i) || len(t.fold) < 4 || noFuture[t.fold] {
		return false, false
	}
	if t.upper && (i > r.clauseStart(i) || i+1 < len(r.toks) && (r.isPastTalk(i+1) || r.tells(i+1))) { // a name
		return false, false
	}
	w := strings.ToLower(r.note[t.at:t.to])
	for _, end := range [...]string{"rá", "rán", "rão", "rà"} {
		if strings.HasSuffix(w, end) {
			return true, false
		}
	}
	return strings.HasSuffix(w, "rò"), true
}

// frenchThey stand before a French future, which no accent tells.
var frenchThey = map[string]bool{"il": true, "elle": true, "ils": true, "elles": true}

// noFuture end like one and are none.
var noFuture = map[string]bool{"verao": true, "padrao": true, "patrao": true, "grao": true, "barao": true, "pero": true, "refran": true}

// mayBe reports whether what stands at token i, in the clause from start, is only said to be
// possible, and of them: "may come back", "maybe they call". What they leave to us is leave
// given: "we may call again".
func (r *reading) mayBe(i, start int) bool {
	hedged := false
	for k := start; k <= i+1 && k < len(r.toks) && r.toks[k].clause == r.toks[i].clause; k++ {
		if r.weSay(k) {
			return false
		}
		hedged = hedged || hedges[r.toks[k].fold] && !r.inDay(k) // no month
	}
	return hedged
}

// hedges tell of what may be, and may not.
var hedges = map[string]bool{"may": true, "might": true, "maybe": true, "perhaps": true, "possibly": true, "could": true, "vielleicht": true, "eventuell": true, "evtl": true, "womoglich": true, "moglicherweise": true,
	"quizas": true, "quiza": true, "talvez": true, "peut": true, "forse": true, "misschien": true}

// isYearAway reports whether a day is no more than a year to come, in which any may be meant.
func (r *reading) isYearAway(d day) bool {
	v, n := dayWords().at(r.toks, d.from)
	return d.year || n > 0 && v.kind == relYearAway
}

// Perhaps reports whether words tell of what somebody of theirs may do in a year to come:
// "may come back next year". No day is to be made of it.
func Perhaps(words string) bool {
	if !utf8.ValidString(words) {
		return false
	}
	r := newReading(words, time.Time{})
	for i := range r.toks {
		if hedges[r.toks[i].fold] && r.mayBe(i, r.clauseStart(i)) {
			for _, d := range r.days() {
				if r.isYearAway(d) {
					return true
				}
			}
		}
	}
	return false
}

// isAsked reports whether the step that opens at token i is only asked about, or not known:
// "didn't say when he will decide", "asked whether she will come". from is where its subject
// stands; dated: it has a day, which holds unless they do not know.
func (r *reading) isAsked(i, start int, ours, dated bool) bool {
	q := i
	for q > start && i-q < 4 && !askedBy[r.toks[q].fold] {
		q--
	}
	if !askedBy[r.toks[q].fold] || q == i {
		return false
	}
	denied, knows := false, false
	for k := start; k < q; k++ {
		f := r.toks[k].fold
		if _, but := butWords().at(r.toks[:q], k); but > 0 { // "no reply yet, but if nothing comes …"
			denied, knows = false, false
			continue
		}
		_, not := denials().at(r.toks[:q], k)
		denied, knows = denied || not > 0 || f == "t", knows || knowing[f]
		if denied && knows || unknown[f] || asking[f] && !(ours && dated) {
			return true
		}
	}
	return false
}

var (
	askedBy = map[string]bool{"when": true, "whether": true, "if": true, "how": true, "what": true, "who": true, "wann": true, "ob": true, "wie": true, "cuando": true, "si": true, "como": true, "quando": true, "se": true, "quand": true, "wanneer": true}
	unknown = map[string]bool{"unclear": true, "unsure": true, "unknown": true, "open": true, "doubts": true, "wonders": true, "unklar": true, "offen": true, "ungewiss": true, "kein": true, "keine": true, "unsicher": true}
	// knowing denied tells that nobody knows.
	knowing = map[string]bool{"know": true, "knows": true, "knew": true, "say": true, "said": true, "tell": true, "told": true, "mention": true, "heard": true, "sure": true, "clear": true, "certain": true, "idea": true, "decided": true,
		"weiss": true, "wissen": true, "wusste": true, "sagt": true, "sagte": true, "gesagt": true, "klar": true, "sicher": true, "sabe": true, "saben": true, "sabem": true, "dijo": true, "dice": true, "seguro": true, "claro": true,
		"sait": true, "savent": true, "dit": true, "sur": true, "clair": true, "disse": true, "certo": true, "sa": true, "sanno": true, "detto": true, "chiaro": true, "weet": true, "weten": true, "zei": true, "gezegd": true, "zeker": true, "duidelijk": true}
	asking = map[string]bool{"asked": true, "asks": true, "wondered": true, "fragt": true, "fragte": true, "pregunta": true, "pregunto": true, "demande": true, "pergunta": true, "perguntou": true, "chiede": true, "vraagt": true, "vroeg": true}
)
