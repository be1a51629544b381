package line

import (
	"strings"
	"sync"
	"unicode/utf8"

	"cairn/bot/journey"
)

// What some type before the name that a line is about: how it took place ("call with
// Dana Ruiz: …"), or the mark of an answered mail ("Re: Dana Ruiz: …").

// Behind is the person behind words that say how it took place, and the channel they
// say: Dana Ruiz, by phone, of "call with Dana Ruiz". The name is empty where no such
// words stand. Unless sure, all of it may be a name: "Phone House", "Met Office".
func (w Who) Behind() (who Who, how journey.Channel, sure bool) {
	toks := tokenize(w.Raw)
	skip := func(words *lexicon[struct{}], i int) int {
		for i < len(toks) {
			_, n := words.at(toks, i)
			if n == 0 || i > 0 && toks[i].upper { // Uma, An
				break
			}
			i += n
		}
		return i
	}
	for _, i := range [...]int{0, skip(fillers(), 0)} { // "met" is a small word of Dutch too
		if i == len(toks) {
			break
		}
		m, n := howWords().at(toks, i)
		k := skip(toWhom(), i+n)
		if n == 0 || !namedAfter[m.channel] || k == len(toks) || toks[k].kind == breaks {
			continue
		}
		who := ParseWho(w.Raw[toks[k].at:])
		sure := k > i+n || !toks[i].upper && toks[k].upper || !m.weak && strings.Contains(who.Name, " ")
		return who, m.channel, sure
	}
	return Who{}, "", false
}

// namedAfter are the channels whose words people put before a name.
var namedAfter = map[journey.Channel]bool{journey.Phone: true, journey.Email: true, journey.Meeting: true, journey.Chat: true}

// toWhom stand between how and whom with.
var toWhom = sync.OnceValue(func() *lexicon[struct{}] {
	return set(`with|to|from|mit|an|von|con|com|avec|met|aan`)
})

// A mark that mail programs put before a subject. One of the others may be somebody's
// initials.
var (
	replyMarks = map[string]bool{"re": true, "fwd": true, "fw": true}
	otherMarks = map[string]bool{"aw": true, "wg": true, "antw": true, "rv": true, "tr": true, "rif": true, "sv": true, "vs": true, "vb": true, "enc": true}
)

// maxMarks is how many of them are taken off one text: "Re: Fwd: AW:".
const maxMarks = 4

// cutMark takes the marks of an answered mail off the start of a text. What may be
// initials is a mark only where a name and a colon follow.
func cutMark(text string) string {
	for range maxMarks {
		i := strings.IndexAny(text, ":：")
		if i < 0 {
			return text
		}
		_, n := utf8.DecodeRuneInString(text[i:])
		mark, rest := Key(text[:i]), strings.TrimSpace(text[i+n:])
		if !replyMarks[mark] && !(otherMarks[mark] && namesFirst(rest)) {
			return text
		}
		text = rest
	}
	return text
}

// namesFirst reports whether a text begins with a who and its colon, written as names are.
func namesFirst(text string) bool {
	who, _, ok := atColon(text)
	return ok && (startsUpper(who) || address.MatchString(who))
}
