package model

import (
	"context"

	"cairn/bot/observe"
	"cairn/prompts"
)

// BuiltIn is the reading that stands below a model's.
type BuiltIn interface {
	Read(n observe.Note, c observe.Context) []observe.Finding
}

// Over returns both readings as one, note by note, as an exam takes it. failed
// is told of each note that the model did not read.
func (r *Reader) Over(ctx context.Context, below BuiltIn, team string, p *prompts.Prompt, version string, failed func(error)) func(observe.Note, observe.Context) []observe.Finding {
	return func(n observe.Note, c observe.Context) []observe.Finding {
		got, err := r.Read(ctx, Case{Team: team, Prompt: p, Version: version, Note: n, Context: c, BuiltIn: below.Read(n, c)})
		if err != nil {
			failed(err)
		}
		return got.Findings
	}
}
