package prompts_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"cairn/prompts"
)

const reader = `---
title: Reading
owner: content team
purpose: reads
output: reading
model: {temperature: 0.5, max_tokens: 100}
inputs:
  - {name: note, kind: data, about: the note, max: 20, needed: true, example: hello}
  - {name: stage, kind: fixed, about: the stage, example: Permission}
  - {name: count, kind: number, about: how many, example: 3}
  - {name: first, kind: flag, about: the first note, example: true}
  - name: signals
    kind: list
    fields: [name, holds]
    about: the signals
    example:
      - {name: replied, holds: they answered}
---
## System
Stage {{stage}}, {{count}}.{{#first}} First.{{/first}}
{{#signals}}
- {{name}}: {{holds}}
{{/signals}}
### A heading within
## User
Note: {{note}}
`

const wording = `---
title: Why
owner: content team
purpose: says why
output: wording
longest: 60
inputs:
  - {name: contact, kind: data, about: first name, example: Dana}
  - {name: title, kind: data, about: title, example: ""}
---
## Text
Hello {{contact}}{{#title}}: {{title}}{{/title}}
`

func TestParse(t *testing.T) {
	p, err := prompts.Parse("reading.prompt", []byte(reader))
	if err != nil {
		t.Fatal(err)
	}
	if p.Name != "reading" || p.Title != "Reading" || p.Output != prompts.Reading || !p.NeedsModel() ||
		p.Model != (prompts.Settings{Temperature: 0.5, MaxTokens: 100}) || len(p.Inputs) != 5 || p.Inputs[0].Max != 20 {
		t.Errorf("%+v", p)
	}
	system, user, err := p.Render(p.Examples())
	if err != nil || system != "Stage Permission, 3. First.\n- replied: they answered\n### A heading within" || user != `Note: "hello"` {
		t.Errorf("%v\n%s\n%s", err, system, user)
	}
	windows, err := prompts.Parse("reading.prompt", []byte(strings.ReplaceAll(reader, "\n", "\r\n")))
	if err != nil || windows.Hash() != p.Hash() || len(p.Hash()) != 64 {
		t.Errorf("line ends of Windows make another prompt (%v)", err)
	}
	other, err := prompts.Parse("reading.prompt", []byte(reader+"More.\n"))
	if err != nil || other.Hash() == p.Hash() {
		t.Errorf("another text has the same hash (%v)", err)
	}
	if _, err := p.RenderText(p.Examples()); err == nil {
		t.Error("a prompt for a model was rendered as a wording")
	}
}

// Every mistake is told with file, line, what it is and how to mend it.
func TestMistakes(t *testing.T) {
	for _, c := range []struct{ base, old, new, want string }{
		{reader, "{{note}}", "{{ntoe}}", `x.prompt:26: there is no input "ntoe" (did you mean "note"?)`},
		{reader, "{{holds}}", "{{hold}}", `x.prompt:22: there is no input "hold" (did you mean "holds"?)`},
		{reader, "Note: {{note}}", "Note: {{note}}{{^signals}}{{name}}{{/signals}}", `x.prompt:26: there is no input "name"`},
		{reader, "Note: {{note}}", "Note: {{note}} {{name}}", `x.prompt:26: there is no input "name"`},
		{reader, "Stage {{stage}}", "Stage {{note}}", `x.prompt:20: {{note}} is what people typed and can stand in the part User only (move it to the part User)`},
		{reader, "Stage {{stage}}", "Stage {{#note}}x{{/note}}", `x.prompt:20: {{note}} is what people typed and can stand in the part User only`},
		{reader, "Note: {{note}}", "{{#note}}{{note}}{{/note}}", `x.prompt:26: {{#note}} asks data, which is never empty as JSON (ask a flag instead)`},
		{reader, "Note: {{note}}", "Note: {{{note}}}", `x.prompt:26: the tag {{{note}} is not read here (write {{name}}, {{#name}}, {{^name}}, {{/name}} or a comment, {{! … }})`},
		{reader, "Note: {{note}}", "Note: {{&note}}", `the tag {{&note}} is not read here`},
		{reader, "Note: {{note}}", "Note: {{note}} {{>/etc/passwd}}", `the tag {{>/etc/passwd}} is not read here`},
		{reader, "Note: {{note}}", "Note: {{note}} {{=<% %>=}}", `the tag {{=<% %>=}} is not read here`},
		{reader, "Note: {{note}}", "Note: {{note}} {{.}}", `there is no input "."`},
		{reader, "Note: {{note}}", "Note:", `x.prompt:25: the text lacks {{note}}, which it needs (write {{note}} where this belongs: the note)`},
		{reader, "{{#first}} First.{{/first}}", "{{first}}", `x.prompt:20: "first" is a flag and has no text`},
		{reader, "{{count}}", "{{#count}}x{{/count}}", `x.prompt:20: {{#count}} asks a number, which is never empty`},
		{reader, "Note: {{note}}", "Note: {{note}", `x.prompt:26: a } is missing behind {{note (write two of them at its end)`},
		{wording, "Hello {{contact}}", "Hello {{title} x {{contact}}", `x.prompt:12: a } is missing behind {{title (write two of them at its end)`},
		{wording, "{{#title}}: {{title}}{{/title}}", "{{#titel}}: {{titel}}{{/title}}", `x.prompt:12: there is no input "titel" (did you mean "title"?)`},
		{reader, "{{/signals}}", "{{/signal}}", `x.prompt:23: {{/signal}} stands where {{/signals}} should (the section "signals" of line 21 ends first)`},
		{reader, "{{/signals}}\n", "", `x.prompt:21: the section "signals" begins here and does not end (add {{/signals}} where it ends)`},
		{reader, "Note: {{note}}", "Note: {{note}}{{/first}}", `x.prompt:26: {{/first}} ends a section that does not begin`},
		{reader, "Note: {{note}}", "Note: {{note}}" + strings.Repeat("{{#first}}", 9) + strings.Repeat("{{/first}}", 9), `x.prompt:26: sections are nested more than 8 deep (end one of those around it first, as {{/first}} does)`},
		{reader, "{{note}}", "{{note", `x.prompt:26: a tag begins here and does not end (end it with }})`},
		{reader, "## System", "## Sytem", `x.prompt:19: there is no part "Sytem" (did you mean "System"?; inside a part use ###)`},
		{reader, "## User", "## System", `x.prompt:25: the part System comes twice`},
		{reader, "## User\nNote: {{note}}\n", "", `x.prompt:1: a part is missing`},
		{reader, "## System", "Hello\n## System", `x.prompt:19: this stands before the first part`},
		{reader, "Note: {{note}}", "", `x.prompt:25: the part User is empty`},
		{reader, "owner: content team", "ower: content team", `x.prompt:3: there is no key "ower" here (did you mean "owner"?)`},
		{reader, "output: reading", "output: read", `x.prompt:5: there is no output "read"`},
		{reader, "temperature: 0.5", "temperature: hot", `x.prompt:6: "hot" does not fit here (write a number from 0 to 2)`},
		{reader, "temperature: 0.5", "temperature: .nan", `x.prompt:6: ".nan" does not fit here`},
		{reader, "kind: data, about: the note", "kind: date, about: the note", `x.prompt:8: there is no kind "date" (did you mean "data"?)`},
		{reader, "name: stage", "name: note", `x.prompt:9: the name "note" is taken`},
		{reader, "fields: [name, holds]", "fields: [name, stage]", `x.prompt:12: the name "stage" is taken`},
		{reader, "    fields: [name, holds]\n", "", `the key "fields" is missing or empty`},
		{reader, "model: {temperature: 0.5, max_tokens: 100}\n", "", `x.prompt:1: a prompt for a model needs its settings`},
		{reader, "about: the stage, example: Permission", "about: the stage", `x.prompt:9: the key "example" is missing or empty`},
		{reader, "title: Reading", "title: a: b", `x.prompt:2: this is not YAML: mapping values are not allowed`},
		{reader, "---\n## System", "## System", `x.prompt:1: the head does not end (end the head with a line ---)`},
		{reader, "---\ntitle", "title", `x.prompt:1: the head is missing`},
		{reader, "Stage", "Stage\xff", `x.prompt: the file is not UTF-8 text`},
		{wording, "Hello", "Hello <!channel>", `x.prompt:12: a wording holds no links and mentions, and this has "<!"`},
		{wording, "Hello", "Hello @here", `this has "@here"`},
		{wording, "Hello", "See https://rival.example", `this has "https://"`},
		{wording, "output: wording", "output: reading", `the part Text gives a wording, not a reading`},
		{wording, "longest: 60\n", "", `a wording needs a limit`},
		{wording, "longest: 60", "longest: 5", `with its examples it cannot be used: it has 10 characters, and longest is 5 (shorten the text)`},
		{wording, "example: \"\"}\n---\n## Text\n", "example: \"\"}\n  - {name: late, kind: flag, about: it is late, example: false}\n---\n## Text\n{{#late}}" + strings.Repeat("late ", 20) + "{{/late}}",
			`with its examples it cannot be used: with late alone: render x: it has more than its longest, 60 characters`},
		{wording, "longest: 60", "longest: 60\nmodel: {max_tokens: 5}", `no model reads the part Text`},
		{wording, "Hello {{contact}}", "", `with its examples it cannot be used: it is empty`},
		{wording, "example: Dana", "example: [Dana]", `a []interface {} is no text`},
	} {
		text := strings.Replace(c.base, c.old, c.new, 1)
		if text == c.base {
			t.Fatalf("%q is not in the file", c.old)
		}
		_, err := prompts.Parse("x.prompt", []byte(text))
		var problems prompts.Problems
		if !errors.As(err, &problems) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s\n got %v\nwant %s", c.new, err, c.want)
		}
	}
}

func TestLoadAllTellsEverything(t *testing.T) {
	set, err := prompts.LoadAll(fstest.MapFS{
		"good.prompt": {Data: []byte(wording)},
		"one.prompt":  {Data: []byte(strings.Replace(reader, "{{note}}", "{{ntoe}}", 1))},
		"two.prompt":  {Data: []byte("nothing")},
		"other.txt":   {Data: []byte("nothing")},
	})
	if len(set) != 1 || set["good"] == nil {
		t.Errorf("the good one goes on: %v", set.Names())
	}
	for _, want := range []string{`one.prompt:26: there is no input "ntoe"`, "two.prompt:1: the head is missing"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v lacks %s", err, want)
		}
	}
}

// An edited prompt can stand for its default only where the code can use it.
func TestStandsFor(t *testing.T) {
	parse := func(text string) *prompts.Prompt {
		p, err := prompts.Parse("why.prompt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	def := parse(strings.Replace(wording, "about: first name,", "about: first name, needed: true,", 1))
	for _, c := range []struct{ old, new, want string }{
		{"Hello", "Good day", ""},
		{"{{#title}}: {{title}}{{/title}}", "", ""},
		{"  - {name: title, kind: data, about: title, example: \"\"}\n", "", `there is no input "title"`}, // refused by Parse
		{"Hello {{contact}}", "Hello", `why.prompt:11: the text lacks {{contact}}, which it needs (write {{contact}} where this belongs: first name)`},
		{"name: title, kind: data", "name: title, kind: fixed", `why.prompt:9: the input "title" is data, not fixed (write kind: data)`},
		{"inputs:\n", "inputs:\n  - {name: firm, kind: data, about: x, example: x}\n", `why.prompt:8: there is no input "firm" to be had here (known here: contact, title)`},
	} {
		text := strings.Replace(wording, c.old, c.new, 1)
		p, err := prompts.Parse("why.prompt", []byte(text))
		if err != nil {
			if c.want == "" || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v", c.new, err)
			}
			continue
		}
		problems := p.StandsFor(def)
		if c.want == "" && len(problems) > 0 || c.want != "" && !strings.Contains(problems.Error(), c.want) {
			t.Errorf("%s\n got %v\nwant %s", c.new, problems, c.want)
		}
	}
}
