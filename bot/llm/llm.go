// Package llm asks a language model through go-openai: OpenAI itself or any
// server that speaks its protocol. Its contract:
//
//   - A [Client.Ask] ends within its time limit, with an answer that satisfies
//     the question's schema and check, or with an [Error]. Nothing else comes
//     back, whatever the server sends.
//   - Busy or broken servers are tried again with growing pauses, Retry-After
//     honoured; one that goes on failing is left alone for a while.
//   - A 200 without choices, with an error in its body, without finish_reason,
//     or larger than [MaxBody] is an error. A refused answer is asked for once
//     more with the reason, and then given up.
//   - What a team may spend in a day is reserved in its ledger before a call.
//   - Errors hold no bodies, no prompts, no keys: they may be logged.
//
// The room knows nothing of notes or signals; what is asked and what a right
// answer is come in with the [Question].
package llm

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	openai "github.com/sashabaranov/go-openai"
)

// MaxBody is the length in bytes of the longest answer that is read.
const MaxBody = 256 << 10

// DefaultTimeout limits one question: all tries, pauses and the repair.
const DefaultTimeout = 25 * time.Second

// Ledger keeps what a team has spent on a day (UTC). Money is in millionths of
// a dollar.
type Ledger interface {
	// ReserveModel books tokens and money unless that would exceed a maximum
	// (0: none); then it books nothing and says false.
	ReserveModel(ctx context.Context, team string, day time.Time, tokens, money, maxTokens, maxMoney int64) (bool, error)
	// SettleModel adds what a call cost beyond its reservation; less: negative.
	SettleModel(ctx context.Context, team string, day time.Time, tokens, money int64) error
}

// Cache keeps right answers. Subject is the contact whom a question is about,
// so that answers are forgotten with them; 0: nobody.
type Cache interface {
	ModelAnswer(ctx context.Context, team, key string) (answer string, ok bool, err error)
	KeepModelAnswer(ctx context.Context, team, key, answer string, subject int64) error
}

// Meter counts calls: what for, what became of them (ok, or a [Fault]; wrong
// also where another answer was asked for after it), how long they took, and what they cost in tokens and US dollars; see bot/watch.
type Meter interface {
	Asked(purpose, outcome string, took time.Duration, tokens int, dollars float64)
}

// Caps limit what one team may spend in a day, and say what a token costs.
type Caps struct {
	Tokens int64 // 0: no limit
	Money  int64 // in millionths of a dollar; 0: no limit
	// PriceIn and PriceOut are in millionths of a dollar for a million tokens.
	PriceIn, PriceOut int64
}

// Config is a model to ask.
type Config struct {
	BaseURL string // empty: OpenAI's
	Key     string
	Model   string
	Timeout time.Duration     // 0: [DefaultTimeout]
	HTTP    http.RoundTripper // nil: a transport of our own
	Caps    Caps
	Ledger  Ledger // nil: nothing is counted
	Cache   Cache  // nil: nothing is kept
	Meter   Meter  // nil: nothing is metered
	Now     func() time.Time
	Log     *slog.Logger
}

// Client asks one model. It is safe for concurrent use.
type Client struct {
	cfg Config
	api *openai.Client
	// plain is set once the server has refused a schema that it answers without.
	plain atomic.Bool
}

// New returns a client; it asks nothing yet.
func New(cfg Config) *Client {
	if cfg.Timeout == 0 {
		cfg.Timeout = DefaultTimeout
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	c := openai.DefaultConfig(cfg.Key)
	if cfg.BaseURL != "" {
		c.BaseURL = cfg.BaseURL
	}
	c.HTTPClient = &http.Client{Transport: zeroes{transport(cfg.HTTP)}}
	return &Client{cfg: cfg, api: openai.NewClientWithConfig(c)}
}

// Model is the name of the model, as it was configured.
func (c *Client) Model() string { return c.cfg.Model }

// Question is what a model is asked.
type Question struct {
	Team    string
	Purpose string // in a word, for figures: read, draft, questions, digest, exam, preview
	// Aside: no rep waits for it. It is asked only within the first half of the day's limits,
	// and no rep is ever given its answer.
	Aside   bool
	Subject int64  // see [Cache]
	Version string // of the prompt; part of the cache's key
	System  string
	User    string
	// MaxTokens and Temperature are the prompt's.
	MaxTokens   int
	Temperature float64
	Schema      *Schema
	// Check says what is wrong with an answer that satisfies the schema; its
	// words are given to the model once. nil: nothing more is asked.
	Check func(answer json.RawMessage) error
	// Again makes the question once more, with the refused answer and why.
	// nil: there is no second try.
	Again func(answer, mistake string) (system, user string, err error)
}

// Answer is a right one.
type Answer struct {
	JSON     json.RawMessage
	Cached   bool
	Repaired bool
}
