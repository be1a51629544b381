package llm

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	openai "github.com/sashabaranov/go-openai"
)

// Ask returns a right answer or an [Error].
func (c *Client) Ask(ctx context.Context, q Question) (Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.Timeout)
	defer cancel()
	keys := c.keys(q)
	for _, key := range keys {
		if a, ok := c.kept(ctx, q, key); ok {
			return a, nil
		}
	}
	a, text, mistake, err := c.call(ctx, q, q.System, q.User)
	if err == nil && mistake != nil {
		a, err = c.repair(ctx, q, text, mistake)
	}
	if err != nil {
		return Answer{}, err
	}
	if c.cfg.Cache != nil {
		if err := c.cfg.Cache.KeepModelAnswer(ctx, q.Team, keys[len(keys)-1], string(a.JSON), q.Subject); err != nil {
			c.cfg.Log.Warn("an answer of the model could not be kept", "team", q.Team, "error", err)
		}
	}
	return a, nil
}

// keys name a question: the same key, the same answer. Under the last its answer is kept.
// What is asked aside finds what reps were answered, and has a key of its own beside theirs:
// a rep is never given what was made for somebody else to look at.
func (c *Client) keys(q Question) []string {
	schema := ""
	if q.Schema != nil {
		schema = string(q.Schema.raw)
	}
	parts := []any{q.Team, q.Version, c.cfg.Model, schema, q.MaxTokens, q.Temperature, q.System, q.User}
	if !q.Aside {
		return []string{hashOf(parts)}
	}
	return []string{hashOf(parts), hashOf(append(parts, "aside"))}
}

// hashOf is the hash of strings and numbers.
func hashOf(parts []any) string {
	all, _ := json.Marshal(parts)
	sum := sha256.Sum256(all)
	return hex.EncodeToString(sum[:])
}

// kept returns the answer that was kept, if it still is a right one.
func (c *Client) kept(ctx context.Context, q Question, key string) (Answer, bool) {
	if c.cfg.Cache == nil {
		return Answer{}, false
	}
	text, ok, err := c.cfg.Cache.ModelAnswer(ctx, q.Team, key)
	if err != nil {
		c.cfg.Log.Warn("the kept answers of the model cannot be read", "team", q.Team, "error", err)
	}
	if err != nil || !ok {
		return Answer{}, false
	}
	a, mistake := judge(q, text)
	a.Cached = true
	return a, mistake == nil
}

func judge(q Question, text string) (Answer, error) {
	data := bare(text)
	if !json.Valid(data) {
		return Answer{}, errors.New("the answer is not one JSON value")
	}
	if q.Schema != nil {
		if err := q.Schema.Validate(data); err != nil {
			return Answer{}, err
		}
	}
	if q.Check != nil {
		if err := q.Check(data); err != nil {
			return Answer{}, err
		}
	}
	return Answer{JSON: data}, nil
}

// repair asks once more, with the answer and what is wrong with it.
func (c *Client) repair(ctx context.Context, q Question, text string, mistake error) (Answer, error) {
	if q.Again == nil {
		return Answer{}, &Error{Fault: Wrong, Mistake: mistake.Error()}
	}
	system, user, err := q.Again(text, mistake.Error())
	if err != nil {
		return Answer{}, err
	}
	a, _, mistake, err := c.call(ctx, q, system, user)
	switch {
	case err != nil:
		return Answer{}, err
	case mistake != nil:
		return Answer{}, &Error{Fault: Wrong, Mistake: mistake.Error()}
	}
	a.Repaired = true
	return a, nil
}

// call books, asks and settles, and counts what became of it. The answer is
// right where there is neither a mistake in it nor an error.
func (c *Client) call(ctx context.Context, q Question, system, user string) (a Answer, text string, mistake, err error) {
	day := c.cfg.Now().UTC()
	// three bytes a token is more than any tokenizer makes of Latin script
	tokensIn, tokensOut := int64(len(system)+len(user))/3, int64(c.answerTokens(q))
	booked, money := tokensIn+tokensOut, c.cost(tokensIn, tokensOut)
	if err := c.book(ctx, q, day, booked, money); err != nil {
		c.meter(q, nil, err, 0, 0, 0)
		return a, "", nil, err
	}
	began := time.Now()
	resp, err := c.send(ctx, q, system, user)
	took := time.Since(began)
	used, cost := c.used(resp.Usage, err, booked, money)
	if err == nil {
		text, err = content(resp)
	}
	if err == nil {
		a, mistake = judge(q, text)
	}
	c.meter(q, mistake, err, took, used, cost)
	if c.cfg.Ledger != nil {
		settle, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.cfg.Timeout)
		defer cancel()
		if err := c.cfg.Ledger.SettleModel(settle, q.Team, day, used-booked, cost-money); err != nil {
			c.cfg.Log.Warn("the model's ledger was not settled; the estimate stands", "team", q.Team, "error", err)
		}
	}
	return a, text, mistake, err
}

// book reserves what a call may cost.
func (c *Client) book(ctx context.Context, q Question, day time.Time, tokens, money int64) error {
	if c.cfg.Ledger == nil {
		return nil
	}
	most, full := c.cfg.Caps, Capped
	if q.Aside {
		most.Tokens, most.Money, full = half(most.Tokens), half(most.Money), Spared
	}
	ok, err := c.cfg.Ledger.ReserveModel(ctx, q.Team, day, tokens, money, most.Tokens, most.Money)
	if err != nil {
		c.cfg.Log.Warn("the model's ledger cannot be reached; nothing is asked", "team", q.Team, "error", err)
		return &Error{Fault: Uncounted}
	}
	if !ok {
		return &Error{Fault: full}
	}
	return nil
}

// half of a limit; none stays none.
func half(limit int64) int64 { return (limit + 1) / 2 }

// meter counts a call: an answer that came and cannot be used is not ok.
func (c *Client) meter(q Question, mistake, err error, took time.Duration, tokens, money int64) {
	if c.cfg.Meter == nil {
		return
	}
	outcome := "ok"
	var fault *Error
	switch {
	case errors.As(err, &fault):
		outcome = string(fault.Fault)
	case mistake != nil:
		outcome = string(Wrong)
	}
	c.cfg.Meter.Asked(q.Purpose, outcome, took, int(tokens), float64(money)/1e6)
}

// used is what a call cost: what the server says, the estimate where it says
// nothing, and nothing where it refused before it worked.
func (c *Client) used(u openai.Usage, err error, booked, money int64) (int64, int64) {
	var fault *Error
	switch {
	case errors.As(err, &fault) && (fault.Status != 0 || fault.Fault == Resting):
		return 0, 0
	case err != nil || u.PromptTokens < 0 || u.CompletionTokens < 0 || u.PromptTokens+u.CompletionTokens == 0:
		return booked, money
	}
	in, out := int64(u.PromptTokens), int64(u.CompletionTokens)
	return in + out, c.cost(in, out)
}

func (c *Client) cost(in, out int64) int64 {
	return (in*c.cfg.Caps.PriceIn + out*c.cfg.Caps.PriceOut) / 1_000_000
}

// send asks with the schema, and without it where the server refuses one.
func (c *Client) send(ctx context.Context, q Question, system, user string) (openai.ChatCompletionResponse, error) {
	if q.Schema != nil && !c.plain.Load() {
		resp, err := c.api.CreateChatCompletion(ctx, c.request(q, system, user, true))
		if err == nil {
			return resp, nil
		}
		fault := faultOf(ctx, err)
		if !refusesSchema(fault) {
			return resp, fault
		}
		resp, err = c.api.CreateChatCompletion(ctx, c.request(q, system, user, false))
		if err != nil {
			return resp, faultOf(ctx, err)
		}
		c.plain.Store(true)
		c.cfg.Log.Info("the model's server takes no schema; answers are checked here alone")
		return resp, nil
	}
	resp, err := c.api.CreateChatCompletion(ctx, c.request(q, system, user, false))
	if err != nil {
		return resp, faultOf(ctx, err)
	}
	return resp, nil
}

// refusesSchema: statuses with which servers refuse a field that they do not
// know. Some answer 500; but most who do are broken, and asking those once more
// would only cost a wait.
func refusesSchema(e *Error) bool {
	switch e.Status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusUnsupportedMediaType, http.StatusNotImplemented:
		return true
	}
	return false
}

func (c *Client) request(q Question, system, user string, schema bool) openai.ChatCompletionRequest {
	r := openai.ChatCompletionRequest{Model: c.cfg.Model, Messages: []openai.ChatCompletionMessage{
		{Role: openai.ChatMessageRoleSystem, Content: system}, {Role: openai.ChatMessageRoleUser, Content: user}}}
	if c.thinks() {
		r.MaxCompletionTokens = c.answerTokens(q)
	} else {
		//lint:ignore SA1019 servers other than OpenAI's own know only this field
		r.MaxTokens, r.Temperature = c.answerTokens(q), temperature(q.Temperature)
	}
	if schema {
		r.ResponseFormat = &openai.ChatCompletionResponseFormat{Type: openai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: q.Schema.name, Schema: q.Schema.raw, Strict: true}}
	}
	return r
}

// temperature is what the library has to be told. It leaves a zero out, and then a
// server takes its own, which is mostly 1; [zeroes] makes the zero of this again.
func temperature(t float64) float32 { return max(float32(t), math.SmallestNonzeroFloat32) }

// thinks tells the models whose thoughts count as answer, and that take no
// temperature.
func (c *Client) thinks() bool {
	return slices.ContainsFunc([]string{"o1", "o3", "o4", "gpt-5", "gpt-6"}, func(p string) bool { return strings.HasPrefix(c.cfg.Model, p) })
}

// answerTokens is the prompt's limit, with room for thoughts.
func (c *Client) answerTokens(q Question) int {
	n := q.MaxTokens
	if n == 0 {
		n = 700
	}
	if c.thinks() {
		n += 4000
	}
	return n
}

// content is the text of an answer that ended as it should.
func content(r openai.ChatCompletionResponse) (string, error) {
	if len(r.Choices) == 0 {
		return "", &Error{Fault: Empty}
	}
	m := r.Choices[0]
	switch {
	case m.Message.Refusal != "" || m.FinishReason == openai.FinishReasonContentFilter:
		return "", &Error{Fault: Refused}
	case m.FinishReason != openai.FinishReasonStop:
		return "", &Error{Fault: Unfinished}
	case strings.TrimSpace(m.Message.Content) == "":
		return "", &Error{Fault: Empty}
	}
	return m.Message.Content, nil
}
