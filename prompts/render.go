package prompts

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of what is put into a prompt. They are far above what the callers
// give; they keep a mistake from becoming a bill.
const (
	maxFixed = 2000    // characters of a fixed input, a field, a text in a wording
	maxRows  = 200     // rows of a list, members of a list within data
	maxJSON  = 1 << 17 // bytes of one data input
)

// Render puts vars into a prompt for a model and returns its two messages.
// vars must hold every declared input in the shape of its kind; others are
// ignored, because an edited prompt may do without an input of its default.
// Data may be anything that encoding/json takes.
func (p *Prompt) Render(vars map[string]any) (system, user string, err error) {
	if !p.NeedsModel() {
		return "", "", fmt.Errorf("render %s: it is a wording and has no part System", p.Name)
	}
	ready, err := p.prepare(vars, asJSON)
	if err != nil {
		return "", "", err
	}
	ofCode := make(map[string]any, len(ready))
	for _, in := range p.Inputs {
		if in.Kind != Data {
			ofCode[in.Name] = ready[in.Name]
		}
	}
	if system, err = p.fill(partSystem, ofCode); err != nil {
		return "", "", err
	}
	user, err = p.fill(partUser, ready)
	return system, user, err
}

// RenderText puts vars into a wording for a mrkdwn text of Slack's: all that
// is put in is escaped and stands on one line. Where the wording would have
// more than Longest characters, what is put in is cut until it fits. Data must
// be a string or a number.
func (p *Prompt) RenderText(vars map[string]any) (string, error) {
	return p.text(vars, Escape)
}

// RenderPlain is RenderText for places that show plain text, an input of a
// modal, say: nothing is escaped.
func (p *Prompt) RenderPlain(vars map[string]any) (string, error) {
	return p.text(vars, nil)
}

// text renders a wording; escape is what its place does to words, nil for nothing.
func (p *Prompt) text(vars map[string]any, escape func(string) string) (string, error) {
	if p.NeedsModel() {
		return "", fmt.Errorf("render %s: it is a prompt for a model and has no part Text", p.Name)
	}
	ready, err := p.prepare(vars, asText)
	if err != nil {
		return "", err
	}
	// What is put in is cut before it is escaped: so no escape is cut in two.
	for limit := p.Longest; limit > 0; limit /= 2 {
		plain, err := p.fill(partText, shaped(ready, func(s string) string { return Clip(s, limit) }))
		if err != nil {
			return "", err
		}
		switch {
		case utf8.RuneCountInString(plain) > p.Longest:
		case escape == nil:
			return plain, nil
		default:
			return p.fill(partText, shaped(ready, func(s string) string { return escape(Clip(s, limit)) }))
		}
	}
	return "", tooLong(fmt.Sprintf("render %s: it has more than its longest, %d characters, whatever is put in", p.Name, p.Longest))
}

// fill renders one part. Every value is text by now, so nothing in it is read
// as a tag.
func (p *Prompt) fill(part string, ready map[string]any) (string, error) {
	var out bytes.Buffer
	if err := p.parts[part].FRender(&out, ready); err != nil {
		return "", fmt.Errorf("render %s, part %s: %w", p.Name, part, err)
	}
	return strings.TrimSpace(out.String()), nil
}

// prepare brings every declared input into the form in which the template
// takes it: text, true or false, or rows of texts.
func (p *Prompt) prepare(vars map[string]any, data func(Input, any) (string, error)) (map[string]any, error) {
	ready := make(map[string]any, len(p.Inputs))
	for _, in := range p.Inputs {
		v, ok := vars[in.Name]
		err := errors.New("it was not given")
		if ok {
			ready[in.Name], err = prepared(in, v, data)
		}
		if err != nil {
			return nil, fmt.Errorf("render %s: the input %s: %w", p.Name, in.Name, err)
		}
	}
	return ready, nil
}

func prepared(in Input, v any, data func(Input, any) (string, error)) (any, error) {
	switch in.Kind {
	case Data:
		return data(in, v)
	case Flag:
		if on, ok := v.(bool); ok {
			return on, nil
		}
	case Number:
		if s, ok := number(v); ok {
			return s, nil
		}
	case List:
		if rows, ok := v.([]Row); ok {
			return cleanRows(in, rows)
		}
	case Fixed:
		if s, ok := v.(string); ok {
			return OneLine(s, maxFixed), nil
		}
	}
	return nil, fmt.Errorf("a %T is no %s", v, in.Kind)
}

func number(v any) (string, bool) {
	switch n := v.(type) {
	case int:
		return strconv.Itoa(n), true
	case int64:
		return strconv.FormatInt(n, 10), true
	case float64:
		return strconv.FormatFloat(n, 'f', -1, 64), true
	}
	return "", false
}

func cleanRows(in Input, rows []Row) ([]map[string]string, error) {
	if len(rows) > maxRows {
		return nil, fmt.Errorf("%d rows, at most %d are taken", len(rows), maxRows)
	}
	clean := make([]map[string]string, len(rows))
	for i, row := range rows {
		clean[i] = make(map[string]string, len(in.Fields))
		for _, field := range in.Fields {
			s, ok := row[field]
			if !ok {
				return nil, fmt.Errorf("row %d has no %s", i+1, field)
			}
			clean[i][field] = OneLine(s, maxFixed)
		}
	}
	return clean, nil
}

// shaped applies shape to every text in ready.
func shaped(ready map[string]any, shape func(string) string) map[string]any {
	done := make(map[string]any, len(ready))
	for name, v := range ready {
		switch v := v.(type) {
		case string:
			done[name] = shape(v)
		case []map[string]string:
			rows := make([]map[string]string, len(v))
			for i, row := range v {
				rows[i] = make(map[string]string, len(row))
				for field, s := range row {
					rows[i][field] = shape(s)
				}
			}
			done[name] = rows
		default:
			done[name] = v
		}
	}
	return done
}

// asText takes data for a wording.
func asText(in Input, v any) (string, error) {
	if s, ok := v.(string); ok {
		return OneLine(s, min(in.Max, maxFixed)), nil
	}
	if s, ok := number(v); ok {
		return s, nil
	}
	return "", fmt.Errorf("a %T is no text", v)
}

// asJSON takes data for a model: on one line, every text in it cleaned and
// cut to the input's Max. < and > are written as \u003c and \u003e, so that no
// marker of roles that a model might know stands in it.
func asJSON(in Input, v any) (string, error) {
	first, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	reader := json.NewDecoder(bytes.NewReader(first))
	reader.UseNumber()
	var plain any
	if err := reader.Decode(&plain); err != nil {
		return "", err
	}
	if plain, err = cleaned(plain, in.Max); err != nil {
		return "", err
	}
	var out bytes.Buffer
	writer := json.NewEncoder(&out)
	writer.SetEscapeHTML(false)
	if err := writer.Encode(plain); err != nil {
		return "", err
	}
	if out.Len() > maxJSON {
		return "", fmt.Errorf("it has %d bytes, at most %d are taken", out.Len(), maxJSON)
	}
	safe := strings.NewReplacer("<", `\u003c`, ">", `\u003e`).Replace(out.String())
	return strings.TrimSpace(safe), nil
}

// cleaned cleans every text within v.
func cleaned(v any, limit int) (any, error) {
	var err error
	switch v := v.(type) {
	case string:
		return Clean(v, limit), nil
	case []any:
		if len(v) > maxRows {
			return nil, fmt.Errorf("a list of %d, at most %d are taken", len(v), maxRows)
		}
		for i := range v {
			if v[i], err = cleaned(v[i], limit); err != nil {
				return nil, err
			}
		}
	case map[string]any:
		if len(v) > maxRows {
			return nil, fmt.Errorf("a group of %d, at most %d are taken", len(v), maxRows)
		}
		clean := make(map[string]any, len(v))
		for key, member := range v {
			if clean[Clean(key, limit)], err = cleaned(member, limit); err != nil {
				return nil, err
			}
		}
		return clean, nil
	}
	return v, nil
}
