package workshop

import (
	"fmt"
	"strings"

	"cairn/bot/journey"
	"cairn/prompts"
	"cairn/prompts/strict"
)

// Admit is Check for a text that somebody brings, as a draft or into the folder: it
// also refuses what an older binary let pass, which [Kinds.Check] lets stand since
// it may be live.
func (k *Kinds) Admit(file, text string) (Piece, prompts.Problems) {
	kind, _ := KindOf(file)
	if found := unseenIn(file, text); len(found) > 0 {
		return Piece{}, found
	}
	piece, found := k.Check(file, text)
	switch {
	case len(found) > 0:
		return piece, found
	case kind == Journey:
		found = journey.CheckWords(file, []byte(text))
	case kind == Prompt:
		def, _ := k.defaults.Get(piece.Prompt.Name) // checked above
		called := piece.Prompt.Joined()
		if len(called) == 0 { // else the same is told twice
			called = piece.Prompt.Suspect()
		}
		found = append(append(piece.Prompt.WrongStandIns(), called...), piece.Prompt.Undone(def)...)
	}
	if len(found) > 0 {
		return Piece{}, found
	}
	if kind != Prompt {
		return piece, nil
	}
	if piece.Prompt.NeedsModel() || len(piece.Prompt.StandIns()) == 0 {
		return piece, nil
	}
	def, _ := k.defaults.Get(piece.Prompt.Name) // checked above
	for _, r := range Examine(piece.Prompt, def, Cases(def)) {
		if lost := unlinked(piece.Prompt, r.Text); r.Text != "" && len(lost) > 0 {
			mark := piece.Prompt.StandIns()[0].Name
			return Piece{}, prompts.Problems{{File: file, Line: lineOf(text, mark), What: fmt.Sprintf("%s is not always shown (%s), and the message has no link then", mark, r.Case), Hint: "let it stand outside {{#…}} and {{^…}}"}}
		}
	}
	return piece, nil
}

// unseenIn tells characters that nobody sees. Of a library each cell is told by its
// own reader, and what web pages leave in titles does no harm there.
func unseenIn(file, text string) prompts.Problems {
	if kind, _ := KindOf(file); kind == Library {
		return nil
	}
	return strict.UnseenIn(file, text)
}

// lineOf is the first line that holds a word, after the head.
func lineOf(text, word string) int {
	head, body := bodyOf(text)
	before, _, _ := strings.Cut(body, word)
	return strings.Count(head+before, "\n") + 1
}

// unlinked tells of a wording whose code puts something in later where what came of it
// holds no mark for that.
func unlinked(p *prompts.Prompt, text string) (faults []string) {
	for _, s := range p.StandIns() {
		if !strings.Contains(text, s.Name) {
			faults = append(faults, s.Name+" is missing here: the message would have no link")
		}
	}
	return faults
}
