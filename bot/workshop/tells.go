package workshop

import (
	"fmt"
	"maps"
	"strings"
	"unicode"

	"cairn/prompts"
)

// dropped are the inputs that the live text tells and the draft does not, in words; of a
// list, with the fields of its rows that are missing where some are told still. Of a
// wording what counts is what people come to read in any of the cases; to name an input
// and show nothing of it is not to tell it. Of a prompt for a model it counts whether the
// text names it: what the model makes of that an exam tells.
func dropped(live, draft *prompts.Prompt, cases []Case) (words []string) {
	for _, in := range live.Inputs {
		switch {
		case !live.Uses(in.Name):
		case live.NeedsModel():
			if !draft.Uses(in.Name) {
				words = append(words, Words(in))
			}
		case in.Kind == prompts.List:
			if lost, all := droppedFields(live, draft, in, cases); all {
				words = append(words, Words(in))
			} else if len(lost) > 0 {
				words = append(words, fmt.Sprintf("%s (%s)", Words(in), strings.Join(lost, ", ")))
			}
		case told(live, in, cases) && !(draft.Uses(in.Name) && told(draft, in, cases)):
			words = append(words, Words(in))
		}
	}
	return words
}

// droppedFields are the fields of a list's rows that the live text tells and the draft
// does not, or tells only that there are; all reports whether none is told any more.
func droppedFields(live, draft *prompts.Prompt, in prompts.Input, cases []Case) (lost []string, all bool) {
	all = true
	for _, field := range in.Fields {
		was, is := fieldTold(live, in, field, cases), unsaid
		if draft.Uses(in.Name) {
			is = fieldTold(draft, in, field, cases)
		}
		if is < was {
			lost = append(lost, field)
		}
		all = all && is == unsaid
	}
	return lost, all && len(lost) > 0
}

// sought stands for the value of an input that is looked for in a text.
const (
	sought       = "Qzxvk"
	soughtNumber = 7391
)

// told reports whether a wording lets people read an input in one of the cases, or in
// one of them with nothing else given: much stands only where something else is
// missing. Of a list see [fieldTold].
func told(p *prompts.Prompt, in prompts.Input, cases []Case) bool {
	for _, c := range cases {
		for _, vars := range []map[string]any{c.Vars, alone(p, c.Vars)} {
			if shows(p, in, vars) {
				return true
			}
		}
	}
	return false
}

// alone are the inputs of a case without all texts, numbers and rows; what is true
// stays so.
func alone(p *prompts.Prompt, vars map[string]any) map[string]any {
	bare := maps.Clone(vars)
	for _, in := range p.Inputs {
		switch in.Kind {
		case prompts.Data, prompts.Fixed:
			bare[in.Name] = ""
		case prompts.Number:
			bare[in.Name] = 0
		case prompts.List:
			bare[in.Name] = []prompts.Row{}
		}
	}
	return bare
}

// rendered is what a wording makes of vars with another value of one input, in small
// letters; empty where it fails, which is told of the case itself.
func rendered(p *prompts.Prompt, vars map[string]any, name string, value any) string {
	with := maps.Clone(vars)
	with[name] = value
	text, err := p.RenderPlain(with)
	if err != nil {
		return ""
	}
	return strings.ToLower(text)
}

// shows reports whether an input can be read in what a wording makes of vars; of a
// flag, whether it reads otherwise with it.
func shows(p *prompts.Prompt, in prompts.Input, vars map[string]any) bool {
	render := func(v any) string { return rendered(p, vars, in.Name, v) }
	switch in.Kind {
	case prompts.Flag:
		return render(true) != render(false)
	case prompts.Number:
		return strings.Contains(render(soughtNumber), fmt.Sprint(soughtNumber))
	}
	return strings.Contains(render(sought), strings.ToLower(sought))
}

// telling is how much of a field of a list's rows people can read.
type telling int

const (
	unsaid telling = iota // nothing
	hinted                // that there is one: other words stand where it is
	said                  // the field itself
)

// fieldTold is how much a wording tells of a field in one of the cases, in a row that
// has all fields or no other, also with nothing else given.
func fieldTold(p *prompts.Prompt, in prompts.Input, field string, cases []Case) telling {
	most := unsaid
	for _, c := range cases {
		for _, vars := range []map[string]any{c.Vars, alone(p, c.Vars)} {
			for _, others := range []string{"x", ""} {
				if most = max(most, fieldShows(p, in, field, others, vars)); most == said {
					return said
				}
			}
		}
	}
	return most
}

// fieldShows is [fieldTold] for one case, beside other fields of this value. What differs
// in signs alone, as a comma between two rows, tells nothing.
func fieldShows(p *prompts.Prompt, in prompts.Input, field, others string, vars map[string]any) telling {
	render := func(value string) string {
		row := prompts.Row{}
		for _, f := range in.Fields {
			row[f] = others
		}
		row[field] = value
		return rendered(p, vars, in.Name, []prompts.Row{row})
	}
	switch with := render(sought); {
	case strings.Contains(with, strings.ToLower(sought)):
		return said
	case inWords(with) != inWords(render("")):
		return hinted
	}
	return unsaid
}

// inWords is a text without what is no letter and no digit.
func inWords(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}
