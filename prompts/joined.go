package prompts

import (
	"fmt"
	"strings"
)

// mostWays is how many ways in which a wording can come out are tried one by one.
// Where there are more, every two of its inputs are tried in either way.
const mostWays = 1 << 8

// Joined tells what of a wording becomes a link or a mention only once it is put
// together: a comment, a section or an input that is empty stood in between. Links
// and mentions that stand in the text as they are were refused when it was read.
func (p *Prompt) Joined() Problems {
	if p.NeedsModel() {
		return nil
	}
	var found Problems
	said := map[string]bool{}
	p.eachWay(func(text string) {
		for row := range strings.SplitSeq(text, "\n") {
			if call := Live(row); call != "" && !said[call] {
				said[call] = true
				found = append(found, Problem{File: p.Name + Ext, Line: p.lineOf(call), What: fmt.Sprintf("a wording holds no links and mentions, and put together this gives %q", call),
					Hint: "take it out; code adds links where they are due"})
			}
		}
	})
	return found
}

// lineOf is the line of the text where s begins, or as much of its start as stands
// in one line.
func (p *Prompt) lineOf(s string) int {
	rows := p.body()
	for end := len(s); end > 0; end-- {
		for i, row := range rows {
			if strings.Contains(row, s[:end]) {
				return i + 1
			}
		}
	}
	return 1
}

// eachWay renders the part Text with a word or nothing in the place of each text,
// every flag set and not, and lists of none, one and two rows.
func (p *Prompt) eachWay(look func(text string)) {
	var names []string
	var states [][]any
	for _, in := range p.Inputs {
		if p.uses[in.Name] {
			names, states = append(names, in.Name), append(states, ways(in))
		}
	}
	render := func(choice []int) {
		vars := make(map[string]any, len(names))
		for i, name := range names {
			vars[name] = states[i][choice[i]]
		}
		if text, err := p.fill(partText, vars); err == nil { // what cannot be rendered is shown to nobody
			look(text)
		}
	}
	count := 1
	for _, s := range states {
		count = min(count*len(s), mostWays+1)
	}
	choice := make([]int, len(names))
	if count <= mostWays {
		everyWay(choice, 0, states, render)
		return
	}
	for base := range 2 { // all there, and nothing there
		for i := range choice {
			choice[i] = min(base, len(states[i])-1)
		}
		everyOne(choice, states, render)
	}
}

// everyWay renders every choice from position at on.
func everyWay(choice []int, at int, states [][]any, render func([]int)) {
	if at == len(choice) {
		render(choice)
		return
	}
	for s := range states[at] {
		choice[at] = s
		everyWay(choice, at+1, states, render)
	}
}

// everyOne renders a choice, and it with any one input otherwise. From all there and
// from nothing there, that has every two inputs together in either way.
func everyOne(base []int, states [][]any, render func([]int)) {
	render(base)
	for i, was := range base {
		for s := range states[i] {
			if s != was {
				base[i] = s
				render(base)
			}
		}
		base[i] = was
	}
}

// ways are the values of an input that come out differently, the first of them there.
func ways(in Input) []any {
	row := func(text string) map[string]string {
		r := map[string]string{}
		for _, f := range in.Fields {
			r[f] = text
		}
		return r
	}
	switch in.Kind {
	case Number:
		return []any{"1"}
	case Flag:
		return []any{true, false}
	case List:
		return []any{[]map[string]string{row("word")}, []map[string]string(nil), []map[string]string{row("word"), row("word")}, []map[string]string{row(""), row("")}}
	}
	return []any{"word", ""}
}
