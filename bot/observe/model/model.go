// Package model is the model's reading of a note, beside the built-in one of
// bot/observe. Its contract:
//
//   - What leaves the house is masked: no names of people or companies, no
//     addresses, numbers or links; and only the part of a note that tells of
//     something that happened, never what speaks to a machine.
//   - What comes back is signals of the closed list, each with words of the
//     note; anything else is refused, with one try to mend it.
//   - What is taken of it is little where the built-in reading is sure, and
//     nothing from a model that contradicts sure readings; see [Take].
//   - On any failure the built-in reading stands, and the error says why
//     without a word of the note.
package model

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"cairn/bot/journey"
	"cairn/bot/llm"
	"cairn/bot/observe"
	"cairn/bot/observe/mask"
	"cairn/prompts"
)

// PromptName is the prompt that a reading is asked with.
const PromptName = "read-note"

// Asker asks a model; see [llm.Client].
type Asker interface {
	Ask(ctx context.Context, q llm.Question) (llm.Answer, error)
	Model() string
}

// For asks as asker does, under another purpose: what the metrics call it.
func For(asker Asker, purpose string) Asker { return named{asker, purpose} }

type named struct {
	Asker
	purpose string
}

func (n named) Ask(ctx context.Context, q llm.Question) (llm.Answer, error) {
	q.Purpose = n.purpose
	return n.Asker.Ask(ctx, q)
}

// Aside asks as asker does, of what is open to those for whom no rep waits; see
// [llm.Question].
func Aside(asker Asker) Asker { return aside{asker} }

type aside struct{ Asker }

func (a aside) Ask(ctx context.Context, q llm.Question) (llm.Answer, error) {
	q.Aside = true
	return a.Asker.Ask(ctx, q)
}

// Teller says how many bytes at the start of a note tell of what happened;
// what follows gives orders to machines, or is markup. See [observe.Reader].
type Teller interface {
	Told(n observe.Note) int
}

// Reader reads notes with a model. It is safe for concurrent use.
type Reader struct {
	asker  Asker
	teller Teller
	schema *llm.Schema
	trust  trust
	recent recent
}

// New returns a reader that asks asker. teller may be nil: all of a note is
// read.
func New(asker Asker, teller Teller) (*Reader, error) {
	s, err := llm.NewSchema("reading", schemaJSON())
	if err != nil {
		return nil, err
	}
	return &Reader{asker: asker, teller: teller, schema: s}, nil
}

// Case is a note to be read, and what is known beside it.
type Case struct {
	Team    string
	Contact int64 // forgotten with them; 0: nobody
	Prompt  *prompts.Prompt
	Version string // of the prompt
	Note    observe.Note
	Context observe.Context
	Earlier []Earlier // oldest first; nil: what Context still knows
	Title   string
	Trade   string // the company's industry
	// People and Companies are other names that the note may hold.
	People, Companies []string
	BuiltIn           []observe.Finding
	// Told, where not nil, are the inputs of the prompt in the place of those that the
	// rest makes: the prompt's own examples, with their note as Note.
	Told map[string]any
}

// Earlier is a note before this one, without its words.
type Earlier struct {
	At        string            `json:"at,omitempty"` // a date
	Channel   journey.Channel   `json:"channel"`
	Direction journey.Direction `json:"direction"`
	Signals   []journey.Signal  `json:"signals"`
}

// Reading is what came of it.
type Reading struct {
	// Findings are what holds now: the built-in findings, where nothing else
	// was taken.
	Findings []observe.Finding
	// Asked says that the model was asked and has answered.
	Asked bool
	// Told is what the model said, as far as it was well-formed.
	Told []observe.Finding
	// Taken says that Findings are not the built-in ones.
	Taken   bool
	Version string // of prompt and model
}

// Version names what reads: a prompt's version and the model.
func (r *Reader) Version(prompt string) string { return prompt + " " + r.asker.Model() }

// Suspended says that the model contradicted sure readings too often of late:
// it is still asked, so that it can earn its word back, and nothing is taken
// from it.
func (r *Reader) Suspended() bool { return r.trust.suspended() }

// Withdrawn says that the model was suspended at some time since [New]: what
// was taken from it before is then to be taken back.
func (r *Reader) Withdrawn() bool {
	r.trust.mu.Lock()
	defer r.trust.mu.Unlock()
	return r.trust.withdrawn
}

// Read asks the model and takes of its answer what may be taken. With an error
// the built-in findings stand, and are returned.
func (r *Reader) Read(ctx context.Context, c Case) (Reading, error) {
	out := Reading{Findings: c.BuiltIn, Version: r.Version(c.Version)}
	text, ok := told(c, r.teller)
	if !ok {
		return out, nil // nothing in it tells of anything that happened
	}
	ask, err := r.question(c, text)
	if err != nil {
		return out, err
	}
	a, err := r.asker.Ask(ctx, ask)
	r.recent.note(err)
	if err != nil {
		return out, err
	}
	if out.Told, err = findings(a.JSON, text, c.Note.Text); err != nil {
		return out, err
	}
	out.Asked = true
	r.trust.note(c.BuiltIn, out.Told)
	if r.trust.suspended() {
		return out, nil
	}
	out.Findings, out.Taken = Take(c.BuiltIn, out.Told)
	return out, nil
}

// told is the part of the note that tells of what happened, masked; ok is
// false where none does.
func told(c Case, teller Teller) (text mask.Text, ok bool) {
	note := c.Note.Text
	if teller != nil {
		note = note[:teller.Told(c.Note)]
	}
	return mask.Of(note, names(c)), strings.TrimSpace(note) != ""
}

// Vars are the inputs of the prompt for a note, as [Reader.Read] first asks
// with them; ok is false where nothing in the note tells of what happened, and
// no model is asked.
func Vars(c Case, teller Teller) (vars map[string]any, ok bool) {
	text, ok := told(c, teller)
	return inputs(c, text), ok
}

func names(c Case) mask.Names {
	n := mask.Names{People: []string{""}, Companies: []string{""}}
	for i, name := range c.Note.Names[:min(2, len(c.Note.Names))] {
		if i == 0 {
			n.People[0] = name
		} else {
			n.Companies[0] = name
		}
	}
	n.People, n.Companies = append(n.People, c.People...), append(n.Companies, c.Companies...)
	return n
}

func (r *Reader) question(c Case, text mask.Text) (llm.Question, error) {
	vars := maps.Clone(c.Told)
	if vars == nil {
		vars = inputs(c, text)
	}
	system, user, err := c.Prompt.Render(vars)
	if err != nil {
		return llm.Question{}, fmt.Errorf("read with a model: %w", err)
	}
	return llm.Question{Team: c.Team, Purpose: "read", Subject: c.Contact, Version: c.Version, System: system, User: user, Schema: r.schema,
		MaxTokens: c.Prompt.Model.MaxTokens, Temperature: c.Prompt.Model.Temperature,
		Check: func(answer json.RawMessage) error { _, err := findings(answer, text, c.Note.Text); return err },
		Again: func(answer, mistake string) (string, string, error) {
			vars["again"], vars["answer"], vars["mistake"] = true, answer, mistake
			return c.Prompt.Render(vars)
		}}, nil
}

func inputs(c Case, text mask.Text) map[string]any {
	return map[string]any{
		"signals":     signalRows(),
		"contact":     about(c),
		"earlier":     earlier(c),
		"interaction": when(c.Note),
		"note":        text.Masked,
		"again":       false, "answer": "", "mistake": "",
	}
}

func signalRows() []prompts.Row {
	var rows []prompts.Row
	for _, s := range journey.Signals() {
		rows = append(rows, prompts.Row{"name": string(s), "who": string(s.Who()), "holds": s.Holds(), "holds_not": s.HoldsNot()})
	}
	return rows
}

var bought = []journey.Signal{journey.Revenue, journey.RepeatOrder, journey.Expanded, journey.Installed, journey.Adopted, journey.ValueStory}

// about is who it is about, without a name. Titles may hold names too, so they
// go through the same mask.
func about(c Case) map[string]any {
	m := map[string]any{"pseudonym": "CONTACT_1",
		"customer": slices.ContainsFunc(bought, func(s journey.Signal) bool { return c.Context.Seen[s] > 0 })}
	if c.Title != "" {
		m["title"] = mask.Of(c.Title, names(c)).Masked
	}
	if c.Trade != "" {
		m["industry"] = mask.Of(c.Trade, names(c)).Masked
	}
	return m
}

// mostEarlier bounds what is told of the past, and so what a reading costs.
const mostEarlier = 12

func earlier(c Case) []Earlier {
	if c.Earlier != nil {
		return c.Earlier[max(0, len(c.Earlier)-mostEarlier):]
	}
	all := []Earlier{}
	for _, t := range slices.Backward(c.Context.Last) {
		all = append(all, Earlier{Channel: t.Channel, Direction: t.Direction, Signals: t.Signals})
	}
	return all
}

func when(n observe.Note) map[string]any {
	return map[string]any{"at": n.At.Format(time.DateOnly), "channel": n.Channel, "direction": n.Direction}
}

// schemaJSON is the shape of an answer, with the real names of the signals.
func schemaJSON() []byte {
	raw, _ := json.Marshal(map[string]any{ // plain data
		"type": "object", "additionalProperties": false, "required": []string{"signals"},
		"properties": map[string]any{"signals": map[string]any{"type": "array", "maxItems": mostSignals, "items": map[string]any{
			"type": "object", "additionalProperties": false, "required": []string{"signal", "quote"},
			"properties": map[string]any{
				"signal": map[string]any{"type": "string", "enum": journey.Signals()},
				"quote":  map[string]any{"type": "string"},
			}}}},
	})
	return raw
}

// mostSignals is how many signals a note may show. Hurried lines show one or
// two.
const mostSignals = 6

// modelSure is the confidence kept with what the model alone found. It is a
// convention, not a measurement: no labelled figure of the model in use exists
// before somebody runs `cairn eval --engine model`.
const modelSure = 0.8

// findings turns an answer into findings in the words of the note.
func findings(answer json.RawMessage, text mask.Text, note string) ([]observe.Finding, error) {
	var said struct {
		Signals []struct {
			Signal journey.Signal `json:"signal"`
			Quote  string         `json:"quote"`
		} `json:"signals"`
	}
	if err := json.Unmarshal(answer, &said); err != nil {
		return nil, errors.New("the answer is not the object that was asked for")
	}
	var all []observe.Finding
	for _, s := range said.Signals {
		if !s.Signal.Known() {
			return nil, fmt.Errorf("there is no signal %q", s.Signal)
		}
		start, end, ok := text.Quote(s.Quote)
		if !ok {
			return nil, fmt.Errorf("the quote %q does not stand in the note; copy the words letter by letter", prompts.Clip(s.Quote, 120))
		}
		if slices.ContainsFunc(all, func(f observe.Finding) bool { return f.Signal == s.Signal }) {
			continue
		}
		all = append(all, observe.Finding{Signal: s.Signal, Quote: note[start:end], Start: start, Confidence: modelSure})
	}
	order := journey.Signals()
	slices.SortStableFunc(all, func(a, b observe.Finding) int { return slices.Index(order, a.Signal) - slices.Index(order, b.Signal) })
	return all, nil
}
