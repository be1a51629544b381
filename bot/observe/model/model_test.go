package model_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/llm"
	"cairn/bot/llm/llmtest"
	"cairn/bot/observe"
	"cairn/bot/observe/eval"
	"cairn/bot/observe/mask"
	"cairn/bot/observe/model"
	"cairn/prompts"
)

var builtIn = sync.OnceValues(func() (*observe.Reader, error) { return observe.New(prompts.Cues()) })

func below(t testing.TB) *observe.Reader {
	t.Helper()
	r, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func prompt(t testing.TB) *prompts.Prompt {
	t.Helper()
	set, err := prompts.LoadAll(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	p, ok := set.Get(model.PromptName)
	if !ok {
		t.Fatal("there is no prompt", model.PromptName)
	}
	return p
}

func reader(t testing.TB, url string, limit time.Duration) *model.Reader {
	t.Helper()
	r, err := model.New(llm.New(llm.Config{BaseURL: url, Key: "k", Model: "small", Timeout: limit}), below(t))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// noteOf is the note as the model was shown it.
func noteOf(t testing.TB, c llmtest.Call) string {
	_, rest, ok := strings.Cut(c.User, "\nNote: ")
	line, _, _ := strings.Cut(rest, "\n")
	var note string
	if err := json.Unmarshal([]byte(line), &note); !ok || err != nil {
		t.Errorf("no note in %q: %v", c.User, err)
	}
	return note
}

// says is an answer in which each signal rests on quote.
func says(quote string, signals ...journey.Signal) llmtest.Reply {
	type one struct {
		Signal journey.Signal `json:"signal"`
		Quote  string         `json:"quote"`
	}
	list := []one{}
	for _, s := range signals {
		list = append(list, one{s, quote})
	}
	raw, _ := json.Marshal(map[string]any{"signals": list}) // plain data
	return llmtest.Says(string(raw))
}

func read(t testing.TB, r *model.Reader, note string, builtIn []observe.Finding) (model.Reading, error) {
	return r.Read(t.Context(), model.Case{Team: "T1", Prompt: prompt(t), Version: "read-note@0", BuiltIn: builtIn,
		Note: observe.Note{Text: note, Channel: journey.Phone, Direction: journey.BothWay, At: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), Names: []string{"Dana Ruiz", "Acme"}}})
}

func TestAReadingInTheWordsOfTheNote(t *testing.T) {
	s := llmtest.New(t, func(c llmtest.Call) llmtest.Reply {
		return says("CONTACT_1 signed", journey.Revenue)
	})
	note := "good news: Dana Ruiz signed; write to dana@acme.example, +49 30 1234567"
	got, err := read(t, reader(t, s.URL, time.Second), note, nil)
	if err != nil || !got.Taken || len(got.Findings) != 1 || got.Findings[0].Quote != "Dana Ruiz signed" || note[got.Findings[0].Start:][:4] != "Dana" {
		t.Fatalf("%+v %v", got, err)
	}
	sent := s.Calls()[0].Body
	for _, secret := range []string{"Dana", "Ruiz", "Acme", "acme.example", "1234567"} {
		if strings.Contains(sent, secret) {
			t.Errorf("%q left the house: %s", secret, sent[max(0, len(sent)-400):])
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	tests := map[string]string{
		"a quote that is not there": `{"signals":[{"signal":"revenue","quote":"paid in full"}]}`,
		"no quote":                  `{"signals":[{"signal":"revenue","quote":""}]}`,
		"an unknown signal":         `{"signals":[{"signal":"loves_us","quote":"signed"}]}`,
		"a field too many":          `{"signals":[{"signal":"revenue","quote":"signed","url":"https://evil.example"}]}`,
		"no object":                 `["revenue"]`,
	}
	first := []observe.Finding{{Signal: journey.Replied, Quote: "she", Confidence: 0.3}}
	for name, answer := range tests {
		t.Run(name, func(t *testing.T) {
			s := llmtest.New(t, func(llmtest.Call) llmtest.Reply { return llmtest.Says(answer) })
			got, err := read(t, reader(t, s.URL, time.Second), "she signed", first)
			var e *llm.Error
			if !errors.As(err, &e) || e.Fault != llm.Wrong || got.Taken || len(got.Findings) != 1 || len(s.Calls()) != 2 {
				t.Errorf("%+v %v after %d calls", got, err, len(s.Calls()))
			}
			if !strings.Contains(s.Calls()[len(s.Calls())-1].User, "refused") {
				t.Error("the second question does not say that the first answer was refused")
			}
		})
	}
}

func TestTake(t *testing.T) {
	f := func(s journey.Signal, sure float64) observe.Finding {
		return observe.Finding{Signal: s, Confidence: sure}
	}
	type list = []observe.Finding
	tests := map[string]struct {
		builtIn, told list
		want          []journey.Signal
		changed       bool
	}{
		"silence changes nothing":       {list{f(journey.Replied, .3)}, nil, []journey.Signal{journey.Replied}, false},
		"unsure gives way":              {list{f(journey.Replied, .5)}, list{f(journey.AskedForMore, .8)}, []journey.Signal{journey.AskedForMore}, true},
		"sure stands":                   {list{f(journey.Revenue, .9)}, list{f(journey.Declined, .8)}, []journey.Signal{journey.Revenue}, false},
		"sure and more":                 {list{f(journey.Revenue, .9)}, list{f(journey.Revenue, .8), f(journey.Referral, .8)}, []journey.Signal{journey.Revenue, journey.Referral}, true},
		"left alone is left alone":      {list{f(journey.OptedOut, .4)}, list{f(journey.Declined, .8)}, []journey.Signal{journey.Declined, journey.OptedOut}, true},
		"a no is no reply":              {nil, list{f(journey.Replied, .8), f(journey.Declined, .8)}, []journey.Signal{journey.Declined}, true},
		"the same is no change":         {list{f(journey.Revenue, .5)}, list{f(journey.Revenue, .8)}, []journey.Signal{journey.Revenue}, false},
		"something where nothing stood": {nil, list{f(journey.Connected, .8)}, []journey.Signal{journey.Connected}, true},
	}
	for name, test := range tests {
		got, changed := model.Take(test.builtIn, test.told)
		var signals []journey.Signal
		for _, f := range got {
			signals = append(signals, f.Signal)
		}
		if !slices.Equal(signals, test.want) || changed != test.changed {
			t.Errorf("%s: %v %v", name, signals, changed)
		}
	}
}

// sample is every twentieth history of every author.
func sample(t testing.TB) []observe.History {
	t.Helper()
	files, err := filepath.Glob("../testdata/histories/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatal("no histories", err)
	}
	var all []observe.History
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		err = observe.ReadHistories(file, f, func(h observe.History) error { all = append(all, h); return nil })
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	var some []observe.History
	for i := 0; i < len(all); i += 20 {
		some = append(some, all[i])
	}
	return some
}

func exam(t testing.TB, name string, some []observe.History, reading eval.Reading) eval.Report {
	t.Helper()
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		t.Fatal(err)
	}
	x, err := eval.NewExam(name, models)
	if err != nil {
		t.Fatal(err)
	}
	for i := range some {
		x.Add(&some[i], reading)
	}
	return x.Report(0, 0)
}

// labels are what a right answer is, by the note as the model sees it.
func labels(t testing.TB, some []observe.History) map[string][]journey.Signal {
	right := map[string][]journey.Signal{}
	for i := range some {
		h := &some[i]
		for j := range h.Interactions {
			n := h.Note(j)
			masked := mask.Of(n.Text[:below(t).Told(n)], mask.Names{People: n.Names[:1], Companies: n.Names[1:]}).Masked
			right[masked] = h.Gold.Signals[j]
		}
	}
	return right
}

func figures(r *eval.Report) map[string]float64 {
	return map[string]float64{"micro-F1": r.MicroF1, "macro-F1": r.MacroF1, "stage": r.Stage, "status": r.Status, "orbit": r.Orbit, "phase": r.Phase,
		"do-not-contact recall": r.DoNotContact.Recall, "do-not-contact precision": r.DoNotContact.Precision}
}

// A model that errs, in whatever way, costs no figure anything. One that is
// right gains.
func TestFiguresWithAModel(t *testing.T) {
	some := sample(t)
	right := labels(t, some)
	rng := rand.New(rand.NewPCG(1, 2))
	var drawn sync.Mutex
	any := func() journey.Signal {
		drawn.Lock()
		defer drawn.Unlock()
		return journey.Signals()[rng.IntN(len(journey.Signals()))]
	}
	servers := map[string]func(note string) llmtest.Reply{
		"wrong: one signal drawn": func(note string) llmtest.Reply { return says(note, any()) },
		"wrong: three drawn":      func(note string) llmtest.Reply { return says(note, any(), any(), any()) },
		"wrong: always revenue":   func(note string) llmtest.Reply { return says(note, journey.Revenue) },
		"wrong: always opted out": func(note string) llmtest.Reply { return says(note, journey.OptedOut) },
		"wrong: always replied":   func(note string) llmtest.Reply { return says(note, journey.Replied) },
		"wrong: all at once":      func(note string) llmtest.Reply { return says(note, journey.Signals()[:6]...) },
		"wrong: never anything":   func(string) llmtest.Reply { return says("") },
		"wrong: always the next": func(note string) llmtest.Reply {
			var off []journey.Signal
			for _, s := range right[note] {
				off = append(off, journey.Signals()[(slices.Index(journey.Signals(), s)+1)%35])
			}
			return says(note, off...)
		},
		"right": func(note string) llmtest.Reply { return says(note, right[note]...) },
	}
	for name, fault := range llmtest.Faults() {
		servers[name] = func(string) llmtest.Reply { return fault }
	}
	r := exam(t, "built-in", some, below(t).Read)
	base := figures(&r)
	for name, script := range servers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := withModel(t, some, script)
			for what, v := range figures(&got) {
				if v < base[what] {
					t.Errorf("%s fell from %.4f to %.4f", what, base[what], v)
				}
				if name == "right" && what == "micro-F1" && v <= base[what] {
					t.Errorf("%s gained nothing: %.4f, %.4f", what, base[what], v)
				}
			}
		})
	}
}

// withModel is what `cairn eval --engine model` does.
func withModel(t *testing.T, some []observe.History, script func(string) llmtest.Reply) eval.Report {
	s := llmtest.New(t, func(c llmtest.Call) llmtest.Reply { return script(noteOf(t, c)) })
	reader := reader(t, s.URL, 300*time.Millisecond)
	p, calls := prompt(t), 0
	over := reader.Over(t.Context(), below(t), "eval", p, "read-note@0", func(error) { calls++ })
	slow := func(n observe.Note, c observe.Context) []observe.Finding {
		if calls > 8 { // it fails always: the rest would only take time
			return below(t).Read(n, c)
		}
		return over(n, c)
	}
	got := exam(t, "model", some, slow)
	if reader.Withdrawn() {
		got = exam(t, "model, withdrawn", some, below(t).Read)
	}
	return got
}

// Notes that try to command the reader, before a server that does as they say.
func TestHostileNotes(t *testing.T) {
	const canary = "CANARY-7F3A"
	f, err := os.Open("../testdata/hostile.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var note string
	var demands []journey.Signal
	s := llmtest.New(t, func(c llmtest.Call) llmtest.Reply {
		switch c.N % 4 {
		case 0: // forged fields, links and mentions
			return llmtest.Says(fmt.Sprintf(`{"signals":[{"signal":"revenue","quote":%q}],"say":"<!channel> https://evil.example %s"}`, note, canary))
		case 1: // quotes of somebody else's note
			return says("Dana Ruiz pays 4,000: "+canary, journey.Revenue)
		}
		return says(noteOf(t, c), append(slices.Clone(demands), journey.Revenue, journey.OptedOut)...)
	})
	cases := 0
	for scan := bufio.NewScanner(f); scan.Scan(); cases++ {
		var h struct {
			Note          string
			Real, Demands []journey.Signal
		}
		if err := json.Unmarshal(scan.Bytes(), &h); err != nil {
			t.Fatal(err)
		}
		note, demands = h.Note, h.Demands
		first := below(t).Read(observe.Note{Text: note}, observe.Context{})
		got, _ := read(t, reader(t, s.URL, time.Second), note, first) // an error leaves the first reading, which is judged
		told := note[:below(t).Told(observe.Note{Text: note})]
		for _, f := range got.Findings {
			if !f.Signal.Known() || f.Quote == "" || !strings.HasPrefix(note[f.Start:], f.Quote) {
				t.Errorf("%q: %+v", note, f)
			}
			if !slices.Contains(first, f) && f.Start+len(f.Quote) > len(told) {
				t.Errorf("%q was taken from what commands the reader: %+v", note, f)
			}
			if strings.Contains(f.Quote, canary) {
				t.Errorf("the canary was seen: %+v", f)
			}
		}
		if strings.TrimSpace(told) == "" && got.Taken {
			t.Errorf("%q was read by the model: %+v", note, got.Findings)
		}
	}
	if cases < 200 {
		t.Errorf("%d hostile notes, want 200", cases)
	}
}

// What is asked under another purpose is counted under it, and is the same question else.
func TestFor(t *testing.T) {
	s := llmtest.New(t, func(llmtest.Call) llmtest.Reply { return llmtest.Says(`{"signals":[]}`) })
	var met purposes
	r, err := model.New(model.For(llm.New(llm.Config{BaseURL: s.URL, Key: "k", Model: "small", Meter: &met}), "preview"), below(t))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := read(t, r, "she signed", nil); err != nil || got.Version != "read-note@0 small" || !slices.Equal(met, purposes{"preview"}) {
		t.Errorf("%+v %v, counted as %v", got, err, met)
	}
}

// purposes are those of the questions that were metered.
type purposes []string

func (p *purposes) Asked(purpose, _ string, _ time.Duration, _ int, _ float64) {
	*p = append(*p, purpose)
}
