package observe_test

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"cairn/bot/journey"
	"cairn/bot/observe"
)

func signalsOf(t *rapid.T, name string) []journey.Signal {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(journey.Signals()), 0, 4, rapid.ID).Draw(t, name)
}

// A context stays small and is the same after JSON, however many notes came.
func TestContextIsBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c observe.Context
		for range rapid.IntRange(0, 300).Draw(t, "notes") {
			before, _ := json.Marshal(c)
			next := c.After(signalsOf(t, "signals"), rapid.SampledFrom(journey.Channels()).Draw(t, "channel"), journey.In)
			if after, _ := json.Marshal(c); string(after) != string(before) {
				t.Fatalf("After changed its receiver: %s, was %s", after, before)
			}
			c = next
		}
		data, err := json.Marshal(c)
		if err != nil || len(data) > 2000 {
			t.Fatalf("context of %d bytes, %v", len(data), err)
		}
		var again observe.Context
		if err := json.Unmarshal(data, &again); err != nil {
			t.Fatal(err)
		}
		if data2, _ := json.Marshal(again); string(data2) != string(data) {
			t.Fatalf("%s became %s", data, data2)
		}
	})
}

// The same customer's words mean another thing than a stranger's.
func TestContextCounts(t *testing.T) {
	r := reader(t)
	n := observe.Note{Text: "wants two more of them", Channel: journey.Phone, Direction: journey.In}
	customer := observe.Context{}.After([]journey.Signal{journey.Revenue}, journey.Email, journey.In).After([]journey.Signal{journey.Installed}, journey.Phone, journey.BothWay)
	if found := r.Read(n, customer); !shows(found, journey.UpsellInterest) {
		t.Errorf("of a customer: read %v, want %s", found, journey.UpsellInterest)
	}
	if found := r.Read(n, observe.Context{}); shows(found, journey.UpsellInterest) {
		t.Errorf("of a stranger: read %v, want no %s", found, journey.UpsellInterest)
	}
}

func TestReadAtOnce(t *testing.T) {
	r := reader(t)
	n := observe.Note{Text: "Met her CFO yesterday, they want a pilot in May. Bitte Preisliste schicken.", Channel: journey.Meeting, Direction: journey.BothWay}
	want := r.Read(n, observe.Context{})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if got := r.Read(n, observe.Context{}); !reflect.DeepEqual(got, want) {
					t.Errorf("read %v, first %v", got, want)
					return
				}
			}
		})
	}
	all.Wait()
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "signed 🖊️ today", "\x00\xff", "שלום, חתם על החוזה", "مرحبا", strings.Repeat("no ", 20000), "a\u0301\u0301\u0301", "##//..--", "İstanbul'da İMZALADI", "{{{", "_ _ _a_"} {
		f.Add(s, "Dana Ruiz")
	}
	r := reader(f)
	c := observe.Context{}.After([]journey.Signal{journey.Revenue}, journey.Email, journey.In)
	f.Fuzz(func(t *testing.T, note, name string) {
		checkQuotes(t, note, r.Read(observe.Note{Text: note, Channel: journey.Email, Direction: journey.In, Names: []string{name}}, c))
	})
}

// Names carry no weight: another person's note reads the same.
func TestNamesAreMasked(t *testing.T) {
	r := reader(t)
	read := func(name string) []observe.Finding {
		return r.Read(observe.Note{Text: name + " asked for the price list", Channel: journey.Email, Direction: journey.In, Names: []string{name}}, observe.Context{})
	}
	a, b := read("Sterling"), read("Xzqwvk")
	if len(a) == 0 || len(a) != len(b) || a[0].Signal != b[0].Signal || a[0].Confidence != b[0].Confidence {
		t.Errorf("Sterling: %v, Xzqwvk: %v", a, b)
	}
}

func TestCueFaults(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"unknown key", "families:\n  no:\n    english: \"nope\"\n", `a.yaml:3: there is no key "english" here`},
		{"unknown signal", "families:\n  buy:\n    signal: revenu\n    en: \"buy\"\n", `a.yaml:3: there is no signal "revenu" (did you mean "revenue"?)`},
		{"short prefix", "families:\n  buy:\n    en: \"bu*\"\n", `a.yaml:3: "bu*" begins with a word cut too short`},
		{"gap at the end", "families:\n  buy:\n    en: \"buy ..\"\n", `a.yaml:3: "buy .." begins or ends with a gap`},
		{"unknown family", "families:\n  buy:\n    en: \"{byu} it\"\n", `a.yaml:3: there is no family "byu"`},
		{"stray mark", "families:\n  buy:\n    en: \"buy|order\"\n", `a.yaml:3: "buy|order" has a mark that means nothing here`},
		{"no families", "family:\n  buy:\n", `a.yaml:1: there is no key "family" here`},
	} {
		_, err := observe.LoadCues(fstest.MapFS{"a.yaml": {Data: []byte(c.file)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	if _, err := observe.LoadCues(fstest.MapFS{"words.yaml": {Data: []byte("families:\n  buy:\n    en: \"buy\"\n")}, "mine.yaml": {Data: []byte("guards:\n  denied:\n    en: \"fat chance\"\n")}}); err != nil {
		t.Errorf("a file that extends the guards alone: %v", err)
	}
	if _, err := observe.LoadCues(fstest.MapFS{}); err == nil {
		t.Error("no cue file at all was taken")
	}
}

func TestHistoryFaults(t *testing.T) {
	good := `{"id":"x1","interactions":[{"at":"2026-01-02","channel":"email","direction":"in","note":"signed"}],"gold":{"signals":[["revenue"]]}}`
	for _, c := range []struct{ name, line, want string }{
		{"no JSON", `{"id":`, "h.jsonl:2: unexpected end"},
		{"unknown signal", strings.Replace(good, "revenue", "revenues", 1), `h.jsonl:2: contact "x1", interaction 1: there is no signal "revenues"`},
		{"labels missing", strings.Replace(good, `[["revenue"]]`, `[]`, 1), `h.jsonl:2: contact "x1" has 1 interactions but labels for 0`},
		{"no date", strings.Replace(good, "2026-01-02", "yesterday", 1), `h.jsonl:2: contact "x1", interaction 1: parsing time`},
	} {
		read := 0
		err := observe.ReadHistories("h.jsonl", strings.NewReader(good+"\n"+c.line+"\n"), func(observe.History) error { read++; return nil })
		if err == nil || !strings.Contains(err.Error(), c.want) || read != 1 {
			t.Errorf("%s: %d read, %v, want %s", c.name, read, err, c.want)
		}
	}
}

// The weights that travel are whole, and a cut file is refused.
func TestWeightsFile(t *testing.T) {
	data, err := os.ReadFile("trained.bin.gz")
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > 4_500_000 {
		t.Errorf("the trained file has %d bytes, more than 4.5 MB: the binary is to stay under 60", len(data))
	}
	if _, err := observe.ReadWeights(data); err != nil {
		t.Error(err)
	}
	if _, err := observe.ReadWeights(data[:len(data)/2]); err == nil {
		t.Error("half a file was taken")
	}
}
