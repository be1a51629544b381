package line

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Who is the person a line is about, as far as it was typed.
type Who struct {
	Name    string
	Company string
	Title   string // "Dana Ruiz, CFO, Acme"
	Email   string // lower case
	Alias   string // what stands in quotes or after an @: Robert "Bob" Stone, @dana
	Raw     string // all of it, as typed, tidied
	others  string // what else may be the company, a line each; see [Who.Firms]
}

// maxWho is how many characters may stand before the colon: the longest names
// with a company stay below it, sentences seldom do.
const maxWho = 80

var address = regexp.MustCompile(`[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`)

// splitWho cuts a text at the colon that ends the who. Colons in addresses,
// times and emoji are none, nor is one after a sentence, nor that of "Re:".
func splitWho(text string) (who, note string, found bool) {
	if rest := cutMark(text); rest == text || namesFirst(rest) {
		return atColon(rest)
	}
	return "", "", false
}

func atColon(text string) (who, note string, found bool) {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == '\n' && !blank(text[:i]) || utf8.RuneCountInString(text[:i]) > maxWho {
			return "", "", false
		}
		if r != ':' && r != '：' {
			i += n
			continue
		}
		if skip := notTheColon(text, i, n); skip > 0 {
			i += skip
			continue
		}
		who := text[:i]
		if isSentence(who) {
			return "", "", false
		}
		return who, trim(text[i+n:]), true
	}
	return "", "", false
}

// CutWho cuts a text at the colon that ends its who: "dana: your message". Without
// one all of it is the who.
func CutWho(text string) (who, rest string, colon bool) {
	if who, rest, colon = splitWho(text); !colon {
		return text, "", false
	}
	return who, rest, true
}

// notTheColon says how many bytes to pass over where the colon at i belongs
// to something else; 0 where it is the one.
func notTheColon(text string, i, n int) int {
	rest := text[i+n:]
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(rest)
	apart := i == 0 || unicode.IsSpace(before) || before == ':'
	switch {
	case strings.HasPrefix(rest, "//"):
		return n + 2
	case unicode.IsDigit(before) && unicode.IsDigit(after):
		return n
	case strings.HasSuffix(strings.ToLower(text[:i]), "mailto"):
		return n
	case apart && shortcode(rest) > 0:
		return n + shortcode(rest)
	case apart && i > 0 && strings.ContainsRune(")(-DPp/|*", after) && after != 0 && smiley(rest):
		return n
	}
	return 0
}

// shortcode is the length of `smile:` in what follows a colon, 0 where it is
// no emoji of Slack's.
func shortcode(s string) int {
	for i := range len(s) {
		c := s[i]
		switch {
		case c == ':' && i >= 2:
			return i + 1
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '+' || c == '\'':
		default:
			return 0
		}
	}
	return 0
}

func smiley(s string) bool {
	s = strings.TrimPrefix(s, "-")
	if s == "" {
		return false
	}
	r, n := utf8.DecodeRuneInString(s[1:])
	return strings.ContainsRune(")(DPp/|*", rune(s[0])) && (n == 0 || unicode.IsSpace(r) || r == ':' || r == ',')
}

// isSentence reports whether what stands before a colon talks rather than
// names: "she told me", "dana said".
func isSentence(who string) bool {
	toks := tokenize(who)
	if len(toks) == 0 {
		return false
	}
	last := toks[len(toks)-1]
	if _, n := sayWords().at(toks, len(toks)-1); n > 0 && len(toks) > 1 && !last.upper {
		return true
	}
	words := 0
	for _, t := range toks {
		if t.kind == word {
			words++
		}
	}
	if words < 3 {
		return false
	}
	for i, t := range toks {
		if _, n := talkWords().at(toks, i); n > 0 && !t.upper {
			return true
		}
	}
	return words > 12
}

// ParseWho reads a who: a name; "name, company"; "name, title"; "name, title, company";
// "name at company"; "name @ company"; "name (company)"; "name (title), company"; with an
// e-mail address beside it or alone. Slack's escapes must be decoded already.
func ParseWho(text string) Who {
	raw := tidy(text)
	w := Who{Raw: raw}
	rest := raw
	if at := address.FindStringIndex(rest); at != nil {
		w.Email = strings.ToLower(rest[at[0]:at[1]])
		behind := strings.TrimSpace(strings.TrimLeft(rest[at[1]:], " >)]"))
		if company := companyBehind(behind, w.Email); company != "" && at[0] == 0 { // "dana@acme.example, Acme"
			w.Company = company
			return w
		}
		rest = tidy(strings.TrimRight(rest[:at[0]], " <([") + " " + behind)
	}
	rest, w.Alias = cutAlias(cutEmoji(rest))
	if strings.Contains(rest, "://") {
		return Who{Email: w.Email, Raw: raw}
	}
	if rest = w.cutBrackets(rest); w.Company == "" {
		rest, w.Company = cutCompany(rest)
	}
	if w.Name = rest; w.Company != "" {
		return w.firmFirst()
	}
	parts := strings.Split(w.Name, ",")
	for i := range parts {
		parts[i] = tidy(parts[i])
	}
	if len(parts) > 2 && isLegalForm(parts[1]) { // "Acme, Inc., Dana Ruiz"
		parts = append(append([]string{parts[2]}, parts[3:]...), parts[0]+", "+parts[1])
	}
	parts = joinForms(parts)
	w.setParts(parts)
	return w.firmFirst()
}

// addTitle adds what somebody is to what was typed of it before.
func (w *Who) addTitle(title string) {
	if w.Title != "" && title != "" {
		title = ", " + title
	}
	w.Title += title
}

// Turned is the same read with the company first: "Acme, Dana Ruiz". It is false where
// more than a comma tells which of the two is the company, or what follows is nobody's
// name: "Acme, Inc.", "Acme, Purchasing".
func (w Who) Turned() (Who, bool) {
	first, _, comma := strings.Cut(w.Raw, ",")
	if !comma || w.Company == "" || tidy(first) != w.Name || IsNobody(w.Company) || isLegalForm(w.Company) {
		return Who{}, false
	}
	w.Name, w.Company, w.others = w.Company, w.Name, ""
	return w, true
}

// cutEmoji takes Slack's `:smile:` off both ends where a name remains.
func cutEmoji(s string) string {
	kept := s
	for strings.HasPrefix(kept, ":") && shortcode(kept[1:]) > 0 {
		kept = tidy(kept[1+shortcode(kept[1:]):])
	}
	for strings.HasSuffix(kept, ":") {
		i := strings.LastIndexByte(kept[:len(kept)-1], ':')
		if i < 0 || shortcode(kept[i+1:]) != len(kept)-i-1 {
			break
		}
		kept = tidy(kept[:i])
	}
	if kept == "" {
		return s
	}
	return kept
}

// cutAlias takes a nickname out: in double quotes after a name, or a word
// that starts with @.
func cutAlias(s string) (rest, alias string) {
	if strings.HasPrefix(s, "@") {
		word, rest, _ := strings.Cut(s[1:], " ")
		alias = strings.TrimRight(word, ",")
		return tidy(alias + s[1+len(alias):1+len(word)] + " " + rest), alias
	}
	i := strings.IndexAny(s, `"“”„«`)
	if i <= 0 {
		return strings.Trim(s, `"“”„«»`), ""
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	j := strings.IndexAny(s[i+n:], `"“”»`)
	if j <= 0 {
		return s, ""
	}
	_, m := utf8.DecodeRuneInString(s[i+n+j:])
	return strings.ReplaceAll(tidy(s[:i]+s[i+n+j+m:]), " ,", ","), tidy(s[i+n : i+n+j])
}

// cutCompany divides a name from a company that is joined by a word or a sign.
func cutCompany(s string) (name, company string) {
	for _, joint := range [...]string{" @ ", " @", " at ", " from ", " bei ", " von der ", " chez ", " presso ", " bij ", " – ", " — ", " - ", " | ", " / "} {
		i := indexFold(s, joint)
		if i <= 0 || strings.Contains(s[:i], ",") || joint == " von der " && isNoble(s[:i], s[i:]) {
			continue
		}
		if name, company = tidy(s[:i]), tidy(s[i+len(joint):]); name != "" && company != "" {
			return name, company
		}
	}
	return s, ""
}

// isNoble reports whether a "von der" belongs to the name rather than to where
// somebody works: "Ursula von der Leyen", and whenever a company follows.
func isNoble(before, rest string) bool {
	names := 0
	for _, w := range strings.Fields(before) {
		if !strings.HasSuffix(w, ".") { // Prof. Dr.
			names++
		}
	}
	return names < 2 || strings.Contains(rest, ",")
}

// indexFold is strings.Index for an ASCII joint in any case.
func indexFold(s, joint string) int {
	for i := 0; i+len(joint) <= len(s); i++ {
		if strings.EqualFold(s[i:i+len(joint)], joint) {
			return i
		}
	}
	return -1
}

// isLegalForm reports whether a part of a who is the form of a company and nothing else: "Inc.".
func isLegalForm(part string) bool { return CompanyKey("x "+part) == "x" }

// joinForms gives a legal form that a comma parted back to its company:
// "Acme, Inc." is one part. Empty parts go.
func joinForms(parts []string) []string {
	out := parts[:1:1]
	for _, p := range parts[1:] {
		switch {
		case p == "":
		case len(out) > 1 && isLegalForm(p):
			out[len(out)-1] += ", " + p
		default:
			out = append(out, p)
		}
	}
	return out
}

func boundary(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r) || strings.ContainsRune(",;:!?", r)
}

func isSpaceOrInvisible(r rune) bool { return unicode.IsSpace(r) || isInvisible(r) }

// nameOnly reports whether a text without a colon is no more than a name: few
// words, and none of them says how, when or what.
func nameOnly(l Line) bool {
	if l.ChannelWords != "" || l.AtWords != "" || len(l.Steps)+len(l.Gives)+len(l.Asks) > 0 {
		return false
	}
	toks := tokenize(l.Note)
	words, commas := 0, 0
	for i, t := range toks {
		switch {
		case t.kind == breaks:
			commas++
		case t.kind == word || t.kind == other:
			words++
		}
		if _, n := talkWords().at(toks, i); n > 0 {
			return false
		}
	}
	return words <= 3 && commas == 0 || words <= 4 && commas == 1 && strings.Contains(l.Note, ",")
}
