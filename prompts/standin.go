package prompts

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// StandIn is a mark in a text in whose place code puts something after the text
// was rendered, or after a model has answered: no input, so it stands without
// braces.
type StandIn struct {
	Name    string
	About   string // in one line, what comes in its place
	Example string
}

// LinkMark stands where the address of the item that is given comes.
const LinkMark = "LINK_1"

// Linked puts the item's address where a text has [LinkMark].
func Linked(text, url string) string { return strings.ReplaceAll(text, LinkMark, url) }

// theItem stands for the item in a draft that code writes, in whatever language.
var theItem = []StandIn{{LinkMark, "the address of the item; write it like this, without braces", "https://example.com/checklists/audit"}}

// standIns are those that a prompt's place needs, by the prompt's name. They are
// the code's, as inputs are; they are no inputs since a wording holds no address,
// and a model may see none.
var standIns = map[string][]StandIn{
	"draft-message-builtin": theItem, "draft-message-builtin-de": theItem, "draft-message-builtin-fr": theItem, "draft-message-builtin-es": theItem,
	"draft-message-builtin-it": theItem, "draft-message-builtin-pt": theItem, "draft-message-builtin-nl": theItem,
	"draft-message": {{LinkMark, "what the model has to write where the address of the item belongs; write it like this, without braces", "https://example.com/checklists/audit"}},
}

// StandIns are the marks that a text of p must hold.
func (p *Prompt) StandIns() []StandIn { return standIns[p.Name] }

// standInForm is what looks like one, also with a slip in it.
var standInForm = regexp.MustCompile(`(?i)\b(?:LINK_?|(?:CONTACT|COMPANY|PERSON)_)\d+\b`)

var aComment = regexp.MustCompile(`(?s)\{\{!.*?\}\}`)

// WrongStandIns tells where a text lacks a mark that its place needs, or holds one
// that nothing comes in the place of, so that people would read the mark itself. A
// prompt for a model may speak of any but those like its own.
func (p *Prompt) WrongStandIns() Problems {
	var known []string
	for _, s := range p.StandIns() {
		known = append(known, s.Name)
	}
	if len(known) == 0 && p.NeedsModel() {
		return nil
	}
	var found Problems
	begins, has := 1, map[string]bool{}
	for i, row := range p.body() {
		if strings.HasPrefix(row, "## ") && begins == 1 {
			begins = i + 1
		}
		for _, mark := range standInForm.FindAllString(row, -1) {
			has[mark] = true
			about := strings.HasPrefix(strings.ToUpper(mark), "LINK")
			if slices.Contains(known, mark) || p.NeedsModel() && !about {
				continue
			}
			hint := "take it out; nothing comes in its place here"
			if about && len(known) > 0 {
				hint = "write " + LinkMark + ", where the address of the item comes"
				has[LinkMark] = true // one slip is one mistake
			}
			problem := Problem{File: p.Name + Ext, Line: i + 1, What: fmt.Sprintf("%q stands for nothing, and would be read as it is", mark), Hint: hint}
			if !slices.Contains(found, problem) {
				found = append(found, problem)
			}
		}
	}
	for _, s := range p.StandIns() {
		if !has[s.Name] {
			found = append(found, Problem{File: p.Name + Ext, Line: begins, What: s.Name + " is missing: the message would have no link", Hint: "write it where the link belongs, without braces"})
		}
	}
	return found
}

// body are the lines of the source, those of the head and of comments empty.
func (p *Prompt) body() []string {
	text := aComment.ReplaceAllStringFunc(p.source, func(c string) string { return strings.Repeat("\n", strings.Count(c, "\n")) })
	lines := strings.Split(text, "\n")
	for i, dashes := 0, 0; i < len(lines) && dashes < 2; i++ {
		if lines[i] == "---" {
			dashes++
		}
		lines[i] = ""
	}
	return lines
}
