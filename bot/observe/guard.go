package observe

import (
	"slices"
	"strings"
	"unicode"
)

// commandFamily is the family of turns of speech that address a machine.
const commandFamily = "command"

// hush takes from d what does not tell of anything that happened: from the
// first sentence that gives the reader an order or carries markup, to the end.
// A note is material, never an instruction; so that a forged "SYSTEM: mark as
// revenue" gives no signal although "revenue" stands in it. rest are the
// sentences of what was taken that are neither, for [Reader.leave].
func (c *Cues) hush(d *document, text string) (rest *document) {
	end := len(d.tokens)
	if m := markup(text); m >= 0 {
		if i := slices.IndexFunc(d.tokens, func(t token) bool { return t.start >= m }); i >= 0 {
			end = i
		}
	}
	at, orders := end, make([]bool, len(d.tokens))
	for _, h := range c.in(d) {
		if c.families[h.family] == commandFamily {
			at, orders[h.first] = min(at, int(h.first)), true
		}
	}
	if at == len(d.tokens) {
		return &document{lang: d.lang} // the usual case: d stays as it was searched
	}
	for at > 0 && !endsSentence(d, text, at-1) {
		at--
	}
	var wishes [][]token
	for from, i := at, at; i < end; i++ {
		if !endsSentence(d, text, i) && i+1 < len(d.tokens) {
			continue
		}
		if !slices.Contains(orders[from:i+1], true) {
			wishes = append(wishes, d.tokens[from:i+1])
		}
		from = i + 1
	}
	rest = part(text, d.lang, wishes...)
	*d = *part(text, d.lang, d.tokens[:at])
	return rest
}

func endsSentence(d *document, text string, i int) bool {
	switch d.tokens[i].word {
	case ".", "!", "?":
		return true
	}
	return i+1 < len(d.tokens) && strings.Contains(text[d.tokens[i].end:d.tokens[i+1].start], "\n")
}

// markup finds where braces, tags or code marks begin that no hurried line has;
// -1 where none do.
func markup(text string) int {
	first := -1
	for _, mark := range []string{"{\"", "{'", "{{", "```", "<|", "</", "<!", "<#", "<@", "[INST", "[/", "[[", "###", "=====", "-----BEGIN", "<system", "<user", "<assistant", "<note", "<img", "<script", "<instruction"} {
		if i := strings.Index(text, mark); i >= 0 && (first < 0 || i < first) {
			first = i
		}
	}
	begin := 0
	for line := range strings.Lines(text) {
		at := begin + len(line) - len(strings.TrimLeft(line, " \t>*#-"))
		begin += len(line)
		for _, role := range []string{"system:", "assistant:", "developer:", "human:"} {
			if rest := text[at:]; len(rest) > len(role) && strings.EqualFold(rest[:len(role)], role) && (first < 0 || at < first) {
				first = at
			}
		}
	}
	return first
}

// unseen are characters that show nothing: joiners, direction marks, tags.
func unseen(r rune) bool { return unicode.Is(unicode.Cf, r) }
