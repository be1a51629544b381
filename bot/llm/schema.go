package llm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
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
// model can mend it by.
func (s *Schema) Validate(data []byte) error {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return errors.New("the answer is not one JSON value")
	}
	err = s.compiled.Validate(doc)
	if err == nil {
		return nil
	}
	_, where, _ := strings.Cut(err.Error(), "\n") // the first line names the schema's address
	return errors.New(strings.TrimSpace(where))
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
