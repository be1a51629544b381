package prompts

import "slices"

// Reaches reports whether a tag that names an input is come to at all with these inputs,
// as Render takes them: whether the sections around one of its tags stand. Where none is,
// the text reads the same whatever the input is. Of a section within the rows of a list it
// is taken that it stands.
func (p *Prompt) Reaches(name string, vars map[string]any) bool {
	return slices.ContainsFunc(p.within[name], func(around []section) bool {
		return !slices.ContainsFunc(around, func(s section) bool {
			in, ok := p.Input(s.name)
			return ok && given(in, vars[s.name]) == s.inverted
		})
	})
}

// given reports whether what stands between {{#name}} and {{/name}} is shown.
func given(in Input, v any) bool {
	switch v := v.(type) {
	case bool:
		return v
	case string:
		limit := maxFixed
		if in.Kind == Data {
			limit = min(in.Max, maxFixed)
		}
		return OneLine(v, limit) != ""
	case []Row:
		return len(v) > 0
	}
	return true
}
