package llm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// Schema is what an answer must look like. Servers that know structured
// outputs are given it; every answer is checked against it here all the same.
type Schema struct {
	name     string
	raw      json.RawMessage
	compiled *jsonschema.Schema
}

// NewSchema compiles a JSON schema, written so that strict servers take it:
// every property required, additionalProperties false.
func NewSchema(name string, raw []byte) (*Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("schema %s: %w", name, err)
	}
	c := jsonschema.NewCompiler()
	url := name + ".json"
	if err := c.AddResource(url, doc); err != nil {
		return nil, fmt.Errorf("schema %s: %w", name, err)
	}
	s, err := c.Compile(url)
	if err != nil {
		return nil, fmt.Errorf("schema %s: %w", name, err)
	}
	return &Schema{name: name, raw: raw, compiled: s}, nil
}

// Validate says where data is not as the schema wants it, in words that a
// model can mend it by and that people understand who know of no schema.
func (s *Schema) Validate(data []byte) error {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return errors.New("the answer is not one JSON value")
	}
	err = s.compiled.Validate(doc)
	if err == nil {
		return nil
	}
	var found *jsonschema.ValidationError
	if !errors.As(err, &found) {
		return errors.New("the answer is not as it has to be")
	}
	return errors.New(strings.Join(mistakes(found, nil), "; "))
}

// mostMistakes is how many mistakes of one answer are told.
const mostMistakes = 5

// mistakes adds what is wrong, in words, one after the other.
func mistakes(e *jsonschema.ValidationError, told []string) []string {
	for _, cause := range e.Causes {
		told = mistakes(cause, told)
	}
	if len(e.Causes) == 0 && len(told) < mostMistakes {
		told = append(told, mistake(e))
	}
	return told
}

// mistake is one of them.
func mistake(e *jsonschema.ValidationError) string {
	where := place(e.InstanceLocation)
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		return fmt.Sprintf("%s may not have %s", where, quoted(k.Properties))
	case *kind.Required:
		return fmt.Sprintf("%s lacks %s", where, quoted(k.Missing))
	case *kind.Type:
		return fmt.Sprintf("%s is %s and has to be %s", where, typeWord(k.Got), typeWord(strings.Join(k.Want, " or ")))
	case *kind.Enum:
		var may []string
		for _, w := range k.Want {
			may = append(may, fmt.Sprint(w))
		}
		return fmt.Sprintf("%s is “%v”, and may only be one of %s", where, k.Got, strings.Join(may, ", "))
	case *kind.MinItems:
		return fmt.Sprintf("%s has %d, and has to have at least %d", where, k.Got, k.Want)
	case *kind.MaxItems:
		return fmt.Sprintf("%s has %d, and may have at most %d", where, k.Got, k.Want)
	case *kind.MinLength:
		if k.Got == 0 {
			return where + " is empty"
		}
		return fmt.Sprintf("%s has %d characters, and has to have at least %d", where, k.Got, k.Want)
	case *kind.MaxLength:
		return fmt.Sprintf("%s has %d characters, and may have at most %d", where, k.Got, k.Want)
	}
	return where + " is not as it has to be"
}

// place names a part of an answer: “quote” of number 2 of “signals”.
func place(at []string) string {
	if len(at) == 0 {
		return "the answer"
	}
	name := quoted(at[len(at)-1:])
	if n, err := strconv.Atoi(at[len(at)-1]); err == nil {
		name = fmt.Sprintf("number %d", n+1)
	}
	if len(at) == 1 {
		return name
	}
	return name + " of " + place(at[:len(at)-1])
}

// quoted names some keys: “text”, “signals” and “questions”.
func quoted(keys []string) string {
	keys = slices.Sorted(slices.Values(keys))
	for i, k := range keys {
		keys[i] = "“" + k + "”"
	}
	if len(keys) < 2 {
		return strings.Join(keys, "")
	}
	return strings.Join(keys[:len(keys)-1], ", ") + " and " + keys[len(keys)-1]
}

// typeWord is a type of JSON in words.
func typeWord(name string) string {
	words := map[string]string{"string": "text", "array": "a list", "object": "an object with names and values", "null": "null", "number": "a number", "integer": "a whole number", "boolean": "true or false"}
	if w, ok := words[name]; ok {
		return w
	}
	return name
}

// bare takes an answer out of what chatty models put around it: a fenced
// block, or thoughts before it. What is left must be JSON as it stands.
func bare(text string) []byte {
	if _, after, ok := strings.Cut(text, "</think>"); ok {
		text = after
	}
	text = strings.TrimSpace(text)
	if inner, ok := strings.CutPrefix(text, "```"); ok {
		inner = strings.TrimPrefix(inner, "json")
		if inner, ok = strings.CutSuffix(strings.TrimSpace(inner), "```"); ok {
			text = strings.TrimSpace(inner)
		}
	}
	return []byte(text)
}
