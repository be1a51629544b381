package llm_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/bot/llm"
	"cairn/bot/llm/llmtest"
)

func schema(t testing.TB) *llm.Schema {
	t.Helper()
	s, err := llm.NewSchema("reading", []byte(`{"type":"object","required":["signals"],"additionalProperties":false,
		"properties":{"signals":{"type":"array","items":{"enum":["replied","revenue"]}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func question(t testing.TB) llm.Question {
	return llm.Question{Team: "T1", Version: "p@1", System: "read", User: "a note", MaxTokens: 100, Schema: schema(t),
		Again: func(answer, mistake string) (string, string, error) { return "read", "again: " + answer + mistake, nil }}
}

func client(url string, change func(*llm.Config)) *llm.Client {
	cfg := llm.Config{BaseURL: url, Key: "sk-canary", Model: "small", Timeout: 5 * time.Second}
	if change != nil {
		change(&cfg)
	}
	return llm.New(cfg)
}

// until makes a server answer a for the first n calls and rightly after them.
func until(n int, a llmtest.Reply) func(llmtest.Call) llmtest.Reply {
	return func(c llmtest.Call) llmtest.Reply {
		if c.N <= n {
			return a
		}
		return llmtest.Says(`{"signals":["revenue"]}`)
	}
}

func TestAnswers(t *testing.T) {
	refused := llmtest.Reply{Status: 400, Body: `{"error":{"message":"response_format is not supported"}}`}
	tests := map[string]struct {
		script   func(llmtest.Call) llmtest.Reply
		calls    int
		repaired bool
	}{
		"at once":             {until(0, llmtest.Reply{}), 1, false},
		"after a 429":         {until(1, llmtest.Reply{Status: 429, Header: map[string]string{"Retry-After": "0"}}), 2, false},
		"after two 500":       {until(2, llmtest.Reply{Status: 500}), 3, false},
		"after a lost line":   {until(1, llmtest.Reply{Drops: true}), 2, false},
		"fenced":              {until(9, llmtest.Says("```json\n{\"signals\":[\"revenue\"]}\n```")), 1, false},
		"after thoughts":      {until(9, llmtest.Says("<think>hm {</think> {\"signals\":[\"revenue\"]}")), 1, false},
		"repaired":            {until(1, llmtest.Says(`{"signals":["sold"]}`)), 2, true},
		"a server of no form": {until(1, refused), 2, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := llmtest.New(t, test.script)
			a, err := client(s.URL, nil).Ask(t.Context(), question(t))
			if err != nil || string(a.JSON) != `{"signals":["revenue"]}` || a.Repaired != test.repaired {
				t.Fatalf("%s %+v %v", a.JSON, a, err)
			}
			if got := len(s.Calls()); got != test.calls {
				t.Errorf("%d calls, want %d", got, test.calls)
			}
		})
	}
}

func TestARepairIsToldTheMistake(t *testing.T) {
	s := llmtest.New(t, until(1, llmtest.Says(`{"signals":["sold"]}`)))
	if _, err := client(s.URL, nil).Ask(t.Context(), question(t)); err != nil {
		t.Fatal(err)
	}
	if second := s.Calls()[1].User; !strings.Contains(second, "sold") || !strings.Contains(second, "number 1 of “signals”") {
		t.Errorf("the second question is %q", second)
	}
}

// A prompt's temperature reaches the server as it stands in its head, 0 too, also
// where it is asked again; a model that takes none gets none.
func TestTemperature(t *testing.T) {
	for _, c := range []struct {
		model string
		t     float64
		want  string
	}{{"small", 0, `"temperature":0,`}, {"small", 0.7, `"temperature":0.7,`}, {"gpt-5", 0, ""}} {
		s := llmtest.New(t, until(1, llmtest.Reply{Status: 429, Header: map[string]string{"Retry-After": "0"}}))
		q := question(t)
		q.Temperature, q.User = c.t, `the note says "temperature":1e-45`
		if _, err := client(s.URL, func(cfg *llm.Config) { cfg.Model = c.model }).Ask(t.Context(), q); err != nil {
			t.Fatal(err)
		}
		calls := s.Calls()
		if len(calls) != 2 {
			t.Fatalf("%s: %d calls, want 2", c.model, len(calls))
		}
		for _, call := range calls {
			sent := strings.Contains(call.Body, `"temperature":`)
			if sent != (c.want != "") || !strings.Contains(call.Body, c.want) || call.User != q.User {
				t.Errorf("%s at %v was sent %s", c.model, c.t, call.Body)
			}
		}
	}
}

func TestAServerWithoutSchemasIsRemembered(t *testing.T) {
	s := llmtest.New(t, func(c llmtest.Call) llmtest.Reply {
		if c.Schema {
			return llmtest.Reply{Status: 400, Body: `{"error":{"message":"unknown field response_format"}}`}
		}
		return llmtest.Says(`{"signals":[]}`)
	})
	c := client(s.URL, nil)
	for range 3 {
		if _, err := c.Ask(t.Context(), question(t)); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(s.Calls()); got != 4 {
		t.Errorf("%d calls for three questions: the refused schema was sent again", got)
	}
}

// Every fault ends in an error that may be logged, in time.
func TestFaults(t *testing.T) {
	const canary = "CANARY-NOTE"
	for name, fault := range llmtest.Faults() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := llmtest.New(t, func(llmtest.Call) llmtest.Reply {
				f := fault
				f.Body = strings.ReplaceAll(f.Body, "oops", canary)
				return f
			})
			var log bytes.Buffer
			c := client(s.URL, func(cfg *llm.Config) {
				cfg.Timeout = 2 * time.Second
				cfg.Log = slog.New(slog.NewTextHandler(&log, nil))
			})
			q := question(t)
			q.User = canary
			a, err := c.Ask(t.Context(), q)
			var e *llm.Error
			if !errors.As(err, &e) || e.Fault == "" || a.JSON != nil {
				t.Fatalf("%+v %v", a, err)
			}
			for _, secret := range []string{canary, "sk-canary", s.URL} {
				if strings.Contains(err.Error()+log.String(), secret) {
					t.Errorf("%q tells %q", err.Error()+log.String(), secret)
				}
			}
		})
	}
}

func TestABrokenServerRests(t *testing.T) {
	s := llmtest.New(t, func(llmtest.Call) llmtest.Reply { return llmtest.Reply{Status: 502} })
	c := client(s.URL, nil)
	var last error
	for range 4 {
		_, last = c.Ask(t.Context(), question(t))
	}
	var e *llm.Error
	if !errors.As(last, &e) || e.Fault != llm.Resting {
		t.Errorf("the fourth question ended with %v", last)
	}
	if n := len(s.Calls()); n != 6 {
		t.Errorf("%d calls to a server that is down, want 6", n)
	}
}

// books is a ledger and a cache in memory.
type books struct {
	mu            sync.Mutex
	tokens, money int64
	kept          map[string]string
	away          bool
}

func (b *books) ReserveModel(_ context.Context, _ string, _ time.Time, tokens, money, maxTokens, maxMoney int64) (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.away {
		return false, errors.New("away")
	}
	if maxTokens > 0 && b.tokens+tokens > maxTokens || maxMoney > 0 && b.money+money > maxMoney {
		return false, nil
	}
	b.tokens, b.money = b.tokens+tokens, b.money+money
	return true, nil
}

func (b *books) SettleModel(_ context.Context, _ string, _ time.Time, tokens, money int64) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tokens, b.money = b.tokens+tokens, b.money+money
	return nil
}

func (b *books) ModelAnswer(_ context.Context, _, key string) (string, bool, error) {
	a, ok := b.kept[key]
	return a, ok, nil
}

func (b *books) KeepModelAnswer(_ context.Context, _, key, answer string, _ int64) error {
	b.kept[key] = answer
	return nil
}

func TestCapsAndCache(t *testing.T) {
	s := llmtest.New(t, until(0, llmtest.Reply{}))
	b := &books{kept: map[string]string{}}
	c := client(s.URL, func(cfg *llm.Config) {
		cfg.Ledger, cfg.Cache = b, b
		cfg.Caps = llm.Caps{Tokens: 2500, PriceIn: 150_000, PriceOut: 600_000}
	})
	ask := func(user string) (llm.Answer, error) {
		q := question(t)
		q.User = user
		return c.Ask(t.Context(), q)
	}
	for i := range 2 {
		a, err := ask("one")
		if err != nil || a.Cached != (i == 1) {
			t.Fatalf("ask %d: %+v %v", i, a, err)
		}
	}
	if b.tokens != 1050 || b.money != 1000*150_000/1_000_000+50*600_000/1_000_000 {
		t.Errorf("booked %d tokens and %d", b.tokens, b.money)
	}
	for _, user := range []string{"two", "three"} {
		if _, err := ask(user); err != nil {
			t.Fatal(err)
		}
	}
	_, err := ask("four")
	var e *llm.Error
	if !errors.As(err, &e) || e.Fault != llm.Capped || len(s.Calls()) != 3 {
		t.Errorf("after %d tokens: %v, %d calls", b.tokens, err, len(s.Calls()))
	}
	b.away = true
	if _, err = ask("five"); !errors.As(err, &e) || e.Fault != llm.Uncounted || len(s.Calls()) != 3 {
		t.Errorf("without a ledger: %v, %d calls", err, len(s.Calls()))
	}
}

// What was answered aside is given to no rep; what a rep was answered is given to all.
func TestAsideIsKeptApart(t *testing.T) {
	s := llmtest.New(t, until(0, llmtest.Reply{}))
	b := &books{kept: map[string]string{}}
	c := client(s.URL, func(cfg *llm.Config) { cfg.Cache = b })
	for i, ask := range []struct {
		aside, cached bool
		user          string
	}{{true, false, "one"}, {true, true, "one"}, {false, false, "one"}, {false, true, "one"}, {false, false, "two"}, {true, true, "two"}} {
		q := question(t)
		q.Aside, q.User = ask.aside, ask.user
		if a, err := c.Ask(t.Context(), q); err != nil || a.Cached != ask.cached {
			t.Errorf("question %d, aside %v: from what was kept %v, %v", i, ask.aside, a.Cached, err)
		}
	}
}

// What no rep waits for is asked only within the first half of the day's limits, of tokens
// and of money; reps have all of them.
func TestAsideLeavesRepsTheirHalf(t *testing.T) {
	for name, caps := range map[string]llm.Caps{"tokens": {Tokens: 4200}, "money": {Money: 800, PriceIn: 150_000, PriceOut: 600_000}, "none": {}} {
		s := llmtest.New(t, until(0, llmtest.Reply{}))
		b := &books{kept: map[string]string{}}
		c := client(s.URL, func(cfg *llm.Config) { cfg.Ledger, cfg.Caps = b, caps })
		var e *llm.Error
		asides, reps := 0, 0
		for range 10 {
			q := question(t)
			q.Aside = true
			if _, err := c.Ask(t.Context(), q); err == nil {
				asides++
			} else if !errors.As(err, &e) || e.Fault != llm.Spared || !e.Lasting() {
				t.Errorf("%s: %v", name, err)
			}
		}
		for range 10 {
			if _, err := c.Ask(t.Context(), question(t)); err == nil {
				reps++
			} else if !errors.As(err, &e) || e.Fault != llm.Capped {
				t.Errorf("%s: %v", name, err)
			}
		}
		if name == "none" && (asides != 10 || reps != 10) || name != "none" && (asides == 0 || reps == 0 || asides == 10) {
			t.Errorf("%s: %d asides and %d of reps' were answered", name, asides, reps)
		}
	}
}

func TestTape(t *testing.T) {
	s := llmtest.New(t, until(0, llmtest.Reply{}))
	var recorded bytes.Buffer
	tape, err := llm.NewTape(nil, &recorded)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client(s.URL, func(cfg *llm.Config) { cfg.Cache = tape }).Ask(t.Context(), question(t)); err != nil {
		t.Fatal(err)
	}
	if again, err := llm.NewTape(bytes.NewReader(recorded.Bytes()), nil); err != nil {
		t.Fatal(err)
	} else if a, err := client("http://127.0.0.1:9/v1", func(cfg *llm.Config) { cfg.Cache = again }).Ask(t.Context(), question(t)); err != nil || !a.Cached {
		t.Errorf("played again: %+v %v", a, err)
	}
	for _, line := range []string{"x", `{"answer":"y"}`} {
		if _, err := llm.NewTape(strings.NewReader(line), nil); err == nil {
			t.Errorf("a tape with %q was taken", line)
		}
	}
}

func TestModelsThatThink(t *testing.T) {
	s := llmtest.New(t, until(0, llmtest.Reply{}))
	for model, field := range map[string]string{"small": "max_tokens", "gpt-5-mini": "max_completion_tokens"} {
		q := question(t)
		q.Temperature = 0.2
		if _, err := client(s.URL, func(cfg *llm.Config) { cfg.Model = model }).Ask(t.Context(), q); err != nil {
			t.Fatal(model, err)
		}
		calls := s.Calls()
		var sent map[string]any
		if err := json.Unmarshal([]byte(calls[len(calls)-1].Body), &sent); err != nil || sent[field] == nil {
			t.Errorf("%s was sent %v (%v)", model, fmt.Sprint(sent), err)
		}
	}
}

// Every fault has words for people, and those of a refused answer tell the mistake.
func TestFaultsInWords(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range []llm.Fault{llm.Resting, llm.Capped, llm.Spared, llm.Uncounted, llm.Late, llm.Unreachable, llm.Limited, llm.Broken, llm.Denied,
		llm.Unsuited, llm.Empty, llm.Unfinished, llm.Refused, llm.Large, llm.Wrong} {
		words := (&llm.Error{Fault: f}).Words()
		if words == "" || seen[words] || strings.HasSuffix(words, ".") {
			t.Errorf("%s is told as %q", f, words)
		}
		seen[words] = true
	}
	if got := (&llm.Error{Fault: llm.Wrong, Mistake: "leave 40 out"}).Words(); got != "the answer was refused: “leave 40 out”" {
		t.Errorf("a refused answer is told as %q", got)
	}
}
