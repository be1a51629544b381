package line

// ask reads "asked for a referral" at token i; the tokens before free belong
// to another ask.
func (r *reading) ask(i, free int) (m Mention, next int) {
	_, n := askWords().at(r.toks, i)
	if n == 0 || r.theirAct(i) {
		return m, 0
	}
	end := r.clauseEnd(i)
	hi := min(end, i+n+8)
	thing, at, k := askThings().find(r.toks, i, hi)
	if k == 0 && n == 1 { // "um eine Empfehlung gebeten", "nach … gefragt"
		lo := max(free, r.clauseStart(i))
		if thing, at, k = askThings().find(r.toks, lo, i); k > 0 {
			hi = i
		}
	}
	if k == 0 {
		return m, 0
	}
	if thing.kind == "revenue" && at+k < end && r.toks[at+k].fold == "to" {
		return m, 0 // "asked for the order to be delivered"
	}
	if r.whoDecides(at+k, end) || thing.twoWay && !r.weAsked(i, n) && !r.asksToSign(at, k, end) {
		return m, 0
	}
	from, to := min(i, at), max(i+n, at+k)
	return Mention{Words: span(r.note, r.toks, from, to), Object: span(r.note, r.toks, at, at+k), Kind: thing.kind}, to
}

// asksToSign reports whether the thing of k tokens at at is what only a seller asks for:
// "asked for the order", which the order form is not.
func (r *reading) asksToSign(at, k, end int) bool {
	if !theWords[r.toks[at].fold] {
		return false
	}
	if thing, _ := askThings().at(r.toks, at); thing.kind != "revenue" || r.toks[at+k-1].fold == "decision" {
		return false
	}
	to := at + k
	if to >= end || askedLast[r.toks[to].fold] {
		return true
	}
	_, closed := closers().at(r.toks, to)
	_, and := ands().at(r.toks, to)
	_, isDay := r.dayAt(to)
	return closed+and > 0 || isDay
}

var (
	theWords = map[string]bool{"the": true, "den": true, "die": true, "el": true, "la": true, "o": true, "a": true, "l": true, "de": true}
	// askedLast are verbs of asking that close a German or Dutch clause.
	askedLast = map[string]bool{"gefragt": true, "gebeten": true, "gevraagd": true}
)

// whoDecides reports whether tokens [k:end) ask after those who have a say: "who else
// decides" asks for no name to write to.
func (r *reading) whoDecides(k, end int) bool {
	for ; k < end; k++ {
		switch r.toks[k].fold {
		case "decides", "decide", "signs", "sign", "involved", "approves", "approve", "say", "agree", "entscheidet", "mitentscheidet", "mitredet", "unterschreibt", "decident", "decider", "deciden", "beslist":
			return true
		}
	}
	return false
}

// weAsked reports whether the words say that it was us who asked, or whom, or how
// they took it.
func (r *reading) weAsked(i, n int) bool {
	for k := i; k < i+n; k++ {
		switch r.toks[k].fold {
		case "her", "him", "them", "le", "i", "we", "pedi", "perguntei", "pregunte", "ho":
			return true
		}
	}
	for k := max(r.clauseStart(i), i-reach); k < i; k++ {
		if _, m := weSubject().at(r.toks, k); m > 0 {
			return true
		}
	}
	end := r.clauseEnd(i)
	for k := i; k+1 < end; k++ {
		switch next := r.toks[k+1].fold; {
		case isWould[r.toks[k].fold] && doesOurs[next]: // "asked if she'd do a reference"
			return true
		case forWords[r.toks[k].fold] && (next == "us" || next == "uns" || next == "nosotros" || next == "nous" || next == "noi" || next == "ons"):
			return true
		}
	}
	_, _, n = pondered().find(r.toks, i, min(len(r.toks), r.clauseEnd(i)+ponderReach))
	return n > 0
}

// isWould before doesOurs tells what we would have of them.
var (
	isWould  = map[string]bool{"would": true, "d": true}
	doesOurs = map[string]bool{"do": true, "be": true, "give": true, "write": true, "act": true, "serve": true}
)

// ponderReach is how many words behind the ask's clause tell how they take it.
const ponderReach = 8
