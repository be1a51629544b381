package prompts

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cairn/prompts/strict"

	"github.com/cbroglie/mustache"
)

// maxNesting bounds sections within sections.
const maxNesting = 8

// live matches what Slack would turn into a mention or a link. Wordings have
// none: code adds links where they are due, and nobody is called.
var live = regexp.MustCompile(`(?i)<[!@#]|<https?:|<mailto:|https?://|\bwww\.|@(channel|here|everyone)\b`)

// Live returns the first thing in s that Slack would turn into a mention or a
// link, or "" where there is none. A wording that has one is refused when its file is
// read.
func Live(s string) string { return live.FindString(s) }

// compile checks every tag of every part and compiles the parts.
//
// The library's own switch for missing variables is a global, tells no line
// and lets sections pass. So names are checked here, when the file is read,
// and Render gives every declared input: none can be missing then.
func (f *file) compile(p *Prompt, parts map[string]part) {
	p.parts, p.uses, p.within = map[string]*mustache.Template{}, map[string]bool{}, map[string][][]section{}
	for _, name := range []string{partSystem, partUser, partText} {
		one, ok := parts[name]
		if !ok {
			continue
		}
		f.tags(p, name, one)
		if name == partText {
			for i, row := range strings.Split(one.text, "\n") {
				if found := Live(row); found != "" {
					f.fail(one.line+i, "take it out; code adds links where they are due", "a wording holds no links and mentions, and this has %q", found)
				}
			}
		}
		t, err := mustache.ParseStringPartialsRaw(one.text, &mustache.StaticProvider{}, true)
		if err != nil && len(f.problems) == 0 {
			f.fail(one.line, "", "the tags do not fit together: %v", err)
		}
		p.parts[name] = t
	}
	for _, in := range p.Inputs {
		if in.Needed && !p.uses[in.Name] {
			f.fail(p.lineOr(p.belongs(in)), whereTo(in), lacks, in.Name)
		}
	}
}

// section is an open {{#name}} or {{^name}} and its line.
type section struct {
	name     string
	line     int
	inverted bool // {{^name}}: the rows of a list are not there
	unknown  bool // no input is called so, which is told where it begins
}

// tags walks through the tags of a part and checks each.
func (f *file) tags(p *Prompt, name string, one part) {
	text, line := one.text, one.line
	var open []section
	for {
		before, rest, ok := strings.Cut(text, "{{")
		if !ok {
			break
		}
		line += strings.Count(before, "\n")
		if name, after, short := missingBrace(rest); short {
			p.uses[name] = true
			f.fail(line, "write two of them at its end", "a } is missing behind {{%s", Clip(name, 40))
			text = after
			continue
		}
		tag, after, ok := strings.Cut(rest, "}}")
		if !ok {
			f.fail(line, "end it with }}", "a tag begins here and does not end")
			break
		}
		open = f.tag(p, name, line, tag, open)
		line += strings.Count(tag, "\n")
		text = after
	}
	for _, s := range open {
		f.fail(s.line, fmt.Sprintf("add {{/%s}} where it ends", s.name), "the section %q begins here and does not end", s.name)
	}
}

// missingBrace reports a tag that ends with one brace, or with none before the
// next tag begins; after is what follows it.
func missingBrace(rest string) (name, after string, short bool) {
	end := strings.IndexAny(strings.TrimLeft(rest, "{ "), "{}")
	if end < 0 {
		return "", "", false
	}
	end += len(rest) - len(strings.TrimLeft(rest, "{ "))
	name, after = strings.TrimSpace(strings.TrimLeft(rest[:end], "#^/&!{ ")), rest[end:]
	switch {
	case strings.HasPrefix(after, "}}"):
		return "", "", false
	case strings.HasPrefix(after, "}"):
		return name, after[1:], true
	case strings.HasPrefix(after, "{{"): // the next tag begins: none at all
		first, _, _ := strings.Cut(name, "\n")
		first, _, _ = strings.Cut(first, " ")
		return first, after, true
	}
	return "", "", false
}

// tag checks one tag inside the open sections and returns those open after.
func (f *file) tag(p *Prompt, part string, line int, tag string, open []section) []section {
	sign, name := "", strings.TrimSpace(tag)
	if name != "" && strings.Contains("#^/!>=&{<$", name[:1]) {
		sign, name = name[:1], strings.TrimSpace(name[1:])
	}
	switch sign {
	case "!":
		return open
	case ">", "=", "&", "{", "<", "$":
		f.fail(line, "write {{name}}, {{#name}}, {{^name}}, {{/name}} or a comment, {{! … }}", "the tag {{%s}} is not read here", tag)
		return open
	case "/":
		return f.end(line, name, open)
	}
	in, _ := p.find(name, open)
	unknown := in.Name == ""
	f.use(p, part, line, sign, name, open)
	if sign != "" {
		open = append(open, section{name, line, sign == "^", unknown})
	}
	if len(open) > maxNesting {
		f.fail(line, fmt.Sprintf("end one of those around it first, as {{/%s}} does", open[len(open)-2].name), "sections are nested more than %d deep", maxNesting)
	}
	return open
}

// end closes the innermost section.
func (f *file) end(line int, name string, open []section) []section {
	if len(open) == 0 {
		f.fail(line, "remove it, or add {{#"+name+"}} above", "{{/%s}} ends a section that does not begin", name)
		return nil
	}
	last := open[len(open)-1]
	if last.name != name && !last.unknown {
		f.fail(line, fmt.Sprintf("the section %q of line %d ends first", last.name, last.line), "{{/%s}} stands where {{/%s}} should", name, last.name)
	}
	return open[:len(open)-1]
}

// use checks that an input may stand where a tag names it.
func (f *file) use(p *Prompt, part string, line int, sign, name string, open []section) {
	in, field := p.find(name, open)
	p.uses[in.Name] = true
	if !field {
		p.within[in.Name] = append(p.within[in.Name], slices.Clone(open))
	}
	switch {
	case in.Name == "":
		hint := strict.Hint(name, p.names(open))
		if len(p.StandIns()) > 0 && standInForm.MatchString(name) {
			hint = "write " + LinkMark + " without braces"
		}
		f.fail(line, hint, "there is no input %q", name)
	case field:
	case in.Kind == Data && part == partSystem:
		f.fail(line, "move it to the part User", "{{%s}} is what people typed and can stand in the part User only", name)
	case in.Kind == Data && part == partUser && sign != "":
		f.fail(line, "ask a flag instead", "{{%s%s}} asks data, which is never empty as JSON", sign, name)
	case in.Kind == Number && sign != "":
		f.fail(line, "ask a flag instead", "{{%s%s}} asks a number, which is never empty", sign, name)
	case in.Kind == List && sign == "":
		f.fail(line, fmt.Sprintf("write {{#%s}}…{{/%s}} and its fields between them", name, name), "%q is a list", name)
	case in.Kind == Flag && sign == "":
		f.fail(line, fmt.Sprintf("write {{#%s}}…{{/%s}}", name, name), "%q is a flag and has no text", name)
	}
}

// find returns the input that a name means inside the open sections; field
// reports that the name is a field of that input, a list.
func (p *Prompt) find(name string, open []section) (in Input, field bool) {
	if in, ok := p.Input(name); ok {
		return in, false
	}
	for _, s := range open {
		if in, ok := p.Input(s.name); ok && !s.inverted && slices.Contains(in.Fields, name) {
			return in, true
		}
	}
	return Input{}, false
}

// names are the names that may stand inside the open sections.
func (p *Prompt) names(open []section) []string {
	var names []string
	for _, in := range p.Inputs {
		names = append(names, in.Name)
		if slices.ContainsFunc(open, func(s section) bool { return s.name == in.Name && !s.inverted }) {
			names = append(names, in.Fields...)
		}
	}
	return names
}

// lacks says that an input which a text needs does not stand in it.
const lacks = "the text lacks {{%s}}, which it needs"

// whereTo says how an input that a text lacks is put into it, by the first words of what
// it is.
func whereTo(in Input) string {
	about := in.About
	if at := strings.IndexAny(about, ",;(:"); at > 0 {
		about = strings.TrimSpace(about[:at])
	}
	return fmt.Sprintf("write {{%s}} where this belongs: %s", in.Name, about)
}
