package prompts_test

import (
	"maps"
	"testing"

	"cairn/prompts"
)

// What is not reached changes nothing, in every wording of the house; what is, is reached
// in one of the ways that its sections allow.
func TestReaches(t *testing.T) {
	p, err := prompts.Parse("why.prompt", []byte(`---
title: Why
owner: content team
purpose: says why
output: wording
longest: 60
inputs:
  - {name: late, kind: flag, about: it is late, example: true}
  - {name: contact, kind: data, about: first name, example: Dana}
  - {name: title, kind: data, about: title, example: ""}
  - {name: items, kind: list, fields: [gives], about: items, example: [{gives: x}]}
---
## Text
Hello{{#late}}{{^title}} {{contact}}{{/title}}{{/late}}{{#items}} {{gives}}{{#title}}{{title}}{{/title}}{{/items}}
`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		with map[string]any
		want string // of contact, title and items
	}{
		{nil, "yes yes yes"},
		{map[string]any{"late": false}, "no yes yes"},
		{map[string]any{"title": "it"}, "no yes yes"},
		{map[string]any{"title": " \u202e"}, "yes yes yes"}, // nothing that is seen
		{map[string]any{"items": []prompts.Row{}}, "yes yes yes"},
	} {
		vars := p.Examples()
		maps.Copy(vars, tt.with)
		got, word := "", map[bool]string{true: "yes", false: "no"}
		for _, name := range []string{"contact", "title", "items"} {
			got += " " + word[p.Reaches(name, vars)]
		}
		if got != " "+tt.want {
			t.Errorf("with %v:%s, want %s", tt.with, got, tt.want)
		}
	}
	for name, p := range defaults(t) {
		if p.NeedsModel() {
			continue
		}
		for _, in := range p.Inputs {
			for _, flag := range p.Inputs {
				vars := p.Examples()
				if flag.Kind == prompts.Flag {
					for _, other := range p.Inputs {
						if other.Kind == prompts.Flag {
							vars[other.Name] = other.Name == flag.Name
						}
					}
				}
				if in.Kind != prompts.Fixed && in.Kind != prompts.Data || p.Reaches(in.Name, vars) {
					continue
				}
				was, err := p.RenderPlain(vars)
				vars[in.Name] = "Qzxvk"
				if is, err2 := p.RenderPlain(vars); is != was || (err == nil) != (err2 == nil) {
					t.Errorf("%s: %s is not reached and changes %q to %q", name, in.Name, was, is)
				}
			}
		}
	}
}
