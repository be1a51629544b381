package journey_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"cairn/bot/journey"
	"cairn/prompts/strict"
)

// A model that a team could add: no Go code knows it.
const care = `name: care
title: Customer care
kind: ladder
start: unknown
stages:
  - name: unknown
    title: Unknown
    signals: [reached_out]
    give: a friendly word
  - name: talking
    title: Talking
    signals: [replied, gave_feedback]
    give: an answer
    ask: how it goes
    channels: [chat]
  - name: cared_for
    title: Cared for
    signals: [value_story]
    give: thanks
falls:
  - on: [complained]
    from: [cared_for]
    to: talking
status:
  quiet: [went_quiet]
  left: [declined]
  do_not_contact: [opted_out, declined]
`

func TestOwnModel(t *testing.T) {
	ms, err := journey.LoadAll(fstest.MapFS{
		"care.yaml":  {Data: []byte(care)},
		"aipee.yaml": {Data: read(t, "aipee.yaml")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(ms.Names(), " "); got != "aipee care" {
		t.Errorf("names %q: the default comes first", got)
	}
	m, _ := ms.Get("care")
	s, moves := m.Fold(m.Start(), notes(t, "value_story; complained; declined")...)
	if place(s) != "talking left alone" || moved(moves) != "skipped:unknown>cared_for back:cared_for>talking left do_not_contact" {
		t.Errorf("%s, %s", place(s), moved(moves))
	}
}

// A team's files stand in front of the defaults.
func TestWith(t *testing.T) {
	own, err := journey.LoadAll(fstest.MapFS{
		"care.yaml":   {Data: []byte(care)},
		"orbits.yaml": {Data: []byte(strings.Replace(care, "name: care", "name: orbits", 1))},
	})
	if err != nil {
		t.Fatal(err)
	}
	all := models(t).With(own)
	if got := strings.Join(all.Names(), " "); got != "aipee care lifecycle lipee orbits" {
		t.Errorf("names %q", got)
	}
	if m, _ := all.Get("orbits"); m.Title() != "Customer care" {
		t.Errorf("orbits is still %q", m.Title())
	}
	if m, _ := models(t).Get("orbits"); m.Title() != "Customer orbits" {
		t.Error("the defaults were changed")
	}
}

func read(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../prompts/journeys/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A broken file is refused with file, line, reason and what was meant.
func TestBrokenModels(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"start: unknown", "strat: unknown", `care.yaml:4: there is no key "strat" here (did you mean "start"?)`},
		{"start: unknown", "start: nowhere", `care.yaml:4: there is no stage "nowhere" (known here: unknown, talking, cared_for)`},
		{"start: unknown", "start: outside", `care.yaml:4: a ladder has no outside (name the stage where somebody stands of whom nothing is known)`},
		{"start: unknown", "start:", `care.yaml:4: the key "start" is missing or empty`},
		{"[replied, gave_feedback]", "[replied, gave_feeback]", `care.yaml:12: there is no signal "gave_feeback" (did you mean "gave_feedback"?)`},
		{"[replied, gave_feedback]", "[replied, replied]", `care.yaml:12: signal "replied" is named twice (remove one)`},
		{"[replied, gave_feedback]", "replied", "care.yaml:12: this should be a list (write a list: [one, two], or a line with a dash for each)"},
		{"[replied, gave_feedback]", "[]", "care.yaml:12: signals names no signal"},
		{"[value_story]", "[value_story, reached_out]", `care.yaml:18: the signal "reached_out" stands at two stages, or as signal and proof (a signal names one stage)`},
		{"name: cared_for", "name: talking", `care.yaml:16: the stage "talking" comes twice (each stage has a name of its own)`},
		{"name: cared_for", "name: Cared for", `care.yaml:16: "Cared for" is no name (use small letters, digits and _, as in customer_care)`},
		{"to: talking", "to: taking", `care.yaml:23: there is no stage "taking" (did you mean "talking"?)`},
		{"channels: [chat]", "channels: [fax]", `care.yaml:15: there is no channel "fax" (known here: social, event, email, phone, web, meeting, chat, post, other)`},
		{"kind: ladder", "kind: funnel", `care.yaml:3: there is no kind of model "funnel" (known here: ladder, rings)`},
		{"kind: ladder", "kind: ladder\nkind: rings", `care.yaml:4: the key "kind" comes twice (keep one of the two)`},
		{"do_not_contact: [opted_out, declined]", "do_not_contact: [declined]", `care.yaml:27: who asked to be left alone must be left alone in every model (add opted_out)`},
		{"left: [declined]", "left: [declined]\n  lifted_by: [replied]", `care.yaml:27: [replied] must not lift a do-not-contact (only these may: [subscribed asked_for_more agreed_meeting returned])`},
		{"title: Customer care", "title: Customer care: ours", "care.yaml:2: this is not YAML"},
		{"title: Cared for", "title: Cared for <!channel>", `care.yaml:17: "Cared for <!channel>" cannot stand in a message (leave out < and >)`},
		{"title: Customer care", "title: &a Customer care", "care.yaml:2: anchors and aliases (& and *) are not read here"},
		{"status:", "---\nstatus:", "a second document begins"},
		{"give: thanks", "", `care.yaml:16: the key "give" is missing or empty`},
	} {
		text := strings.Replace(care, c.old, c.new, 1)
		if text == care {
			t.Fatalf("%q is not in the model", c.old)
		}
		_, err := journey.Parse("care.yaml", []byte(text))
		var problems strict.Problems
		if !errors.As(err, &problems) {
			t.Errorf("%s: not refused (%v)", c.new, err)
			continue
		}
		for _, want := range strings.Split(c.want, "\n") {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s\n got %v\nwant %s", c.new, err, want)
			}
		}
	}
}

func TestLoadAllTellsEverything(t *testing.T) {
	_, err := journey.LoadAll(fstest.MapFS{
		"care.yaml":  {Data: []byte(strings.Replace(care, "kind: ladder", "kind: funnel", 1))},
		"other.yaml": {Data: []byte(care)},
		"empty.yaml": {},
	})
	for _, want := range []string{
		`care.yaml:3: there is no kind of model "funnel"`,
		`empty.yaml: the file is empty`,
		`other.yaml:1: the model is called "care" and its file is not (call the file care.yaml)`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nlacks %s", err, want)
		}
	}
	if _, err := journey.LoadAll(fstest.MapFS{}); !errors.Is(err, journey.ErrNone) {
		t.Errorf("no journey at all: %v", err)
	}
}

// New wording needs no new fold, a new rule does.
func TestVersion(t *testing.T) {
	version := func(text string) string {
		m, err := journey.Parse("care.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return m.Version()
	}
	was := version(care)
	if got := version(strings.Replace(care, "give: thanks", "give: a heartfelt thank you", 1)); got != was {
		t.Errorf("new advice made %s of %s", got, was)
	}
	if got := version(strings.Replace(care, "to: talking", "to: unknown", 1)); got == was {
		t.Errorf("a new rule left the version at %s", got)
	}
}

// Whatever stands in a file, Parse gives a model that folds or tells why not.
func FuzzParse(f *testing.F) {
	for _, file := range []string{"aipee.yaml", "lipee.yaml", "orbits.yaml", "lifecycle.yaml"} {
		f.Add(read(f, file))
	}
	f.Add([]byte(care))
	f.Add([]byte("a: &a [*a, *a]"))
	f.Add([]byte("? [a]\n: b"))
	every := make([]journey.Note, 0, 40)
	for i, s := range journey.Signals() {
		every = append(every, journey.Note{ID: int64(i), At: monday, Signals: []journey.Signal{s, journey.Replied}})
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := journey.Parse("x.yaml", data)
		if err != nil {
			var problems strict.Problems
			if !errors.As(err, &problems) || len(problems) == 0 {
				t.Fatalf("refused without a reason: %v", err)
			}
			return
		}
		if s, _ := m.Fold(m.Start(), every...); s.Stage != "" && m.Rank(s.Stage) == 0 {
			t.Fatalf("folded to %q, which is no stage", s.Stage)
		}
	})
}
