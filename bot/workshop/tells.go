package workshop

import (
	"fmt"
	"maps"
	"strings"

	"cairn/prompts"
)

// dropped are the inputs that the live text tells and the draft does not, in words. Of
// a wording what counts is what people come to read in any of the cases; to name an
// input and show nothing of it is not to tell it. Of a prompt for a model it counts
// whether the text names it: what the model makes of that an exam tells.
func dropped(live, draft *prompts.Prompt, cases []Case) (words []string) {
	tells := func(p *prompts.Prompt, in prompts.Input) bool { return p.Uses(in.Name) && told(p, in, cases) }
	if live.NeedsModel() {
		tells = func(p *prompts.Prompt, in prompts.Input) bool { return p.Uses(in.Name) }
	}
	for _, in := range live.Inputs {
		if tells(live, in) && !tells(draft, in) {
			words = append(words, Words(in))
		}
	}
	return words
}

// sought stands for the value of an input that is looked for in a text.
const (
	sought       = "Qzxvk"
	soughtNumber = 7391
)

// told reports whether a wording lets people read an input in one of the cases, or in
// one of them with nothing else given: much stands only where something else is
// missing.
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

// shows reports whether an input can be read in what a wording makes of vars; of a
// flag, whether it reads otherwise with it.
func shows(p *prompts.Prompt, in prompts.Input, vars map[string]any) bool {
	with := maps.Clone(vars)
	render := func(v any) string {
		with[in.Name] = v
		text, err := p.RenderPlain(with)
		if err != nil { // what is at fault is told of the case itself
			return ""
		}
		return strings.ToLower(text)
	}
	switch in.Kind {
	case prompts.Flag:
		return render(true) != render(false)
	case prompts.Number:
		return strings.Contains(render(soughtNumber), fmt.Sprint(soughtNumber))
	case prompts.List:
		row := prompts.Row{}
		for _, field := range in.Fields {
			row[field] = sought
		}
		return strings.Contains(render([]prompts.Row{row}), strings.ToLower(sought))
	}
	return strings.Contains(render(sought), strings.ToLower(sought))
}
