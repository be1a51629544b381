package exam_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/llm"
	"cairn/bot/llm/llmtest"
	"cairn/bot/observe"
	"cairn/bot/observe/eval"
	"cairn/bot/workshop"
	"cairn/bot/workshop/exam"
	"cairn/prompts"
)

func shipped(t testing.TB) (journey.Models, *observe.Cues, []observe.History, []observe.History) {
	t.Helper()
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		t.Fatal(err)
	}
	cues, err := observe.LoadCues(prompts.Cues())
	if err != nil {
		t.Fatal(err)
	}
	rest, read, err := exam.Labelled(observe.Histories())
	if err != nil {
		t.Fatal(err)
	}
	return models, cues, rest, read
}

func prompt(t testing.TB, name string) *prompts.Prompt {
	t.Helper()
	set, err := prompts.LoadAll(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	p, ok := set.Get(name)
	if !ok {
		t.Fatal("no", name)
	}
	return p
}

// edited is a prompt with another text.
func edited(t testing.TB, p *prompts.Prompt, old, new string) *prompts.Prompt {
	t.Helper()
	text := strings.Replace(p.Source(), old, new, 1)
	if text == p.Source() {
		t.Fatalf("%q does not stand in %s", old, p.Name)
	}
	again, err := prompts.Parse(p.Name+prompts.Ext, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// The sample shows every signal there is, twice where there are two, and notes
// that show none; it is the same every time.
func TestSample(t *testing.T) {
	_, _, _, read := shipped(t)
	a, b := exam.Sample(read, exam.SampleNotes), exam.Sample(read, exam.SampleNotes)
	seen, notes := map[journey.Signal]int{}, 0
	for i := range a {
		if a[i].ID != b[i].ID {
			t.Fatalf("contact %d is %s, then %s", i, a[i].ID, b[i].ID)
		}
		for _, list := range a[i].Gold.Signals {
			notes++
			if len(list) == 0 {
				seen[""]++
			}
			for _, s := range list {
				seen[s]++
			}
		}
	}
	for _, s := range append(journey.Signals(), "") {
		if seen[s] < 2 {
			t.Errorf("%q is shown %d times", s, seen[s])
		}
	}
	if notes < exam.SampleNotes || notes > exam.SampleNotes+30 {
		t.Errorf("%d notes of %d contacts", notes, len(a))
	}
}

func TestJourney(t *testing.T) {
	models, _, _, read := shipped(t)
	live, _ := models.Get("aipee")
	same := exam.Journey(live, live, models, read)
	if same.Verdict != workshop.Same || !same.Judged || len(same.Changed) != 0 || !strings.Contains(same.Lines[0], "600 stand where the labels put them live (100.0 %), 600 in the draft") {
		t.Errorf("the same journey: %+v", same)
	}
	files, err := workshop.ReadFiles(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(files["journeys/aipee.yaml"], "signals: [shared_needs, working_session", "signals: [working_session", 1)
	text = strings.Replace(text, "signals: [replied]", "signals: [replied, shared_needs]", 1)
	draft, err := journey.Parse("journeys/aipee.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	worse := exam.Journey(live, draft, models, read)
	if worse.Verdict != workshop.Worse || len(worse.Changed) == 0 || worse.Changed[0].Right == worse.Changed[0].Draft {
		t.Errorf("needs come early: %+v", worse)
	}
	renamed, err := journey.Parse("journeys/aipee.yaml", []byte(strings.Replace(text, "title: Engagement", "title: Worked with", 1)))
	if err != nil {
		t.Fatal(err)
	}
	for _, there := range []exam.Outcome{exam.Journey(live, renamed, models, read), exam.Journey(renamed, live, models, read)} {
		for _, c := range there.Changed {
			if (c.Turn == exam.ToWorse) != (c.Right == c.Live) || (c.Turn == exam.ToBetter) != (c.Right == c.Draft) {
				t.Errorf("one place by two titles: %+v", c)
			}
		}
	}
	if told := exam.Journey(renamed, live, models, read).Changed; len(told) == 0 || strings.Contains(fmt.Sprintf("%+v", told[0].Draft), "Worked with") {
		t.Errorf("the titles of live are live's, and the draft's the draft's: %+v", told)
	}
	if back := exam.Journey(draft, live, models, read); back.Verdict != workshop.Same || !back.Few || back.Changed[0].Turn != exam.ToBetter {
		t.Errorf("and back, by five of 600: %+v", back)
	}
	deaf, err := journey.Parse("journeys/aipee.yaml", []byte(strings.Replace(text, "signals: [replied, shared_needs]", "signals: [shared_needs]", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if back := exam.Journey(deaf, live, models, read); back.Verdict != workshop.Better || back.Few || back.Changed[0].Turn != exam.ToBetter || back.Better < 20 {
		t.Errorf("and back from what hears no reply: %s %+v", back.Verdict, back.Lines)
	}
	text = strings.ReplaceAll(text, "name: aipee", "name: ours")
	own, err := journey.Parse("journeys/ours.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if o := exam.Journey(own, own, models, read); !o.Judged {
		t.Errorf("one's own, unchanged: %+v", o)
	}
}

// The weights of an exam were trained without the authors who are read: they
// read them less well than those of the binary, which know these very notes.
func TestTrained(t *testing.T) {
	models, cues, _, read := shipped(t)
	packed, err := os.ReadFile("trained.bin.gz")
	if err != nil {
		t.Fatal(err)
	}
	without, err := observe.ReadWeights(packed)
	if err != nil {
		t.Fatal(err)
	}
	binary, err := observe.New(prompts.Cues())
	if err != nil {
		t.Fatal(err)
	}
	f1 := func(name string, reader *observe.Reader) float64 {
		x, err := eval.NewExam(name, models)
		if err != nil {
			t.Fatal(err)
		}
		for i := range read {
			x.Add(&read[i], reader.Read)
		}
		return x.Report(0, 0).MicroF1
	}
	known, unknown := f1("binary", binary), f1("exam", observe.NewReader(without, cues))
	t.Logf("micro-F1 %.3f, of the binary %.3f", unknown, known)
	if unknown < 0.7 || unknown > known-0.02 {
		t.Errorf("micro-F1 %.3f where the binary's is %.3f: were the weights trained with the authors who are read?", unknown, known)
	}
}

// A draft that takes the cues of a signal away reads it worse, and says which.
func TestCues(t *testing.T) {
	models, cues, _, read := shipped(t)
	files, err := workshop.ReadFiles(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	draft, err := workshop.LoadCues(files.With("cues/phrases.yaml", withoutWords(t, files["cues/phrases.yaml"], "leave_alone")))
	if err != nil {
		t.Fatal(err)
	}
	o, err := exam.Cues(cues, draft, bench(t, models, read))
	if err != nil {
		t.Fatal(err)
	}
	t.Log(strings.Join(o.Lines, "\n"))
	if !o.Judged || o.Verdict != workshop.Worse || o.Missed == 0 || o.Worse == 0 || o.Changed[0].Turn != exam.ToMissed || !strings.Contains(strings.Join(o.Lines, " "), "left alone is missed") {
		t.Errorf("%+v", o)
	}
	// nothing that was wrong before is said to have become so
	wrong := 0
	for _, c := range o.Changed {
		// of a line it is told in words what it must and must not be read as
		if isLine := strings.Contains(c.Case, "(of somebody"); !isLine && (c.Turn == exam.ToWorse) != (c.Right == c.Live) {
			t.Errorf("it turned %q: %+v", c.Turn, c)
		} else if c.Right == c.Live || isLine && c.Turn == exam.ToWorse {
			wrong++
		}
	}
	told := 0 // of the notes, and of the lines as people type them
	for _, l := range o.Lines {
		var of string
		var right, worse int
		if n, _ := fmt.Sscanf(l, "Of the %s %d became right with the draft and %d wrong", &of, &right, &worse); n == 3 {
			told += worse
		}
	}
	if o.More > 0 || wrong != o.Worse || told != wrong {
		t.Errorf("%d became wrong, %d more: %v", wrong, o.More, o.Lines)
	}
}

// bench is what drafts of cues are tried with.
func bench(t *testing.T, models journey.Models, read []observe.History) exam.Bench {
	t.Helper()
	reader, err := observe.New(prompts.Cues())
	if err != nil {
		t.Fatal(err)
	}
	lines, err := eval.Lines(observe.Lines())
	if err != nil {
		t.Fatal(err)
	}
	return exam.Bench{Set: read, Lines: lines, Reader: reader, Models: models}
}

// withoutWords leaves a family of a cue file with a single odd word.
func withoutWords(t *testing.T, text, family string) string {
	t.Helper()
	lines := strings.Split(text, "\n")
	at := slices.Index(lines, "  "+family+":")
	if at < 0 {
		t.Fatalf("there is no family %s", family)
	}
	end := at + 1
	for end < len(lines) && strings.HasPrefix(lines[end], "    ") {
		end++
	}
	kept := at + 1
	if strings.HasPrefix(lines[kept], "    signal:") {
		kept++
	}
	return strings.Join(slices.Concat(lines[:kept], []string{`    en: "quendorian"`}, lines[end:]), "\n")
}

// reading answers a note with its labels, except those that err says are lost.
func reading(set []observe.History, lost func(system string, s journey.Signal) bool) func(llmtest.Call) llmtest.Reply {
	return func(c llmtest.Call) llmtest.Reply {
		_, after, _ := strings.Cut(c.User, "\nNote: ")
		line, _, _ := strings.Cut(after, "\n")
		var note string
		_ = json.Unmarshal([]byte(line), &note)
		word, _, _ := strings.Cut(note, " ")
		type one struct {
			Signal journey.Signal `json:"signal"`
			Quote  string         `json:"quote"`
		}
		list := []one{}
		for i := range set {
			for j, in := range set[i].Interactions {
				if head(in.Note) == head(note) && !slices.ContainsFunc(list, func(o one) bool { return true }) {
					for _, s := range set[i].Gold.Signals[j] {
						if !lost(c.System, s) {
							list = append(list, one{s, word})
						}
					}
				}
			}
		}
		raw, _ := json.Marshal(map[string]any{"signals": list}) // plain data
		return llmtest.Says(string(raw))
	}
}

// head is what of a note stays when its names are masked, near enough.
func head(note string) string {
	f := strings.Fields(note)
	return fmt.Sprint(len(f), f[len(f)-min(3, len(f)):])
}

func asker(url string, change func(*llm.Config)) *llm.Client {
	cfg := llm.Config{BaseURL: url, Key: "k", Model: "small"}
	if change != nil {
		change(&cfg)
	}
	return llm.New(cfg)
}

func TestReading(t *testing.T) {
	models, _, _, read := shipped(t)
	set := exam.Sample(read, exam.SampleNotes)
	live := prompt(t, "read-note")
	draft := edited(t, live, "You read notes", "You read short notes")
	versions := [2]exam.Version{{Prompt: live, ID: "read-note@0"}, {Prompt: draft, ID: "read-note@1"}}
	teller, err := observe.New(prompts.Cues())
	if err != nil {
		t.Fatal(err)
	}
	s := llmtest.New(t, reading(set, func(system string, s journey.Signal) bool {
		return strings.Contains(system, "short notes") && s == journey.OptedOut
	}))
	o, err := exam.Reading(t.Context(), asker(s.URL, nil), teller, "T1", versions[0], versions[1], set, models)
	if err != nil || !o.Judged || o.Verdict != workshop.Worse {
		t.Fatalf("%+v %v", o, err)
	}
	all := strings.Join(o.Lines, "\n")
	for _, want := range []string{"wish to be left alone is missed", "chosen so that every signal is shown, by small", "became right with the draft and"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
	if len(o.Changed) == 0 || !strings.Contains(o.Changed[0].Right, "opted out") || strings.Contains(o.Changed[0].Draft, "opted out") {
		t.Errorf("%+v", o.Changed)
	}
	t.Log(all, len(s.Calls()))
}

// An exam that cannot be ended judges nothing.
func TestNotEnded(t *testing.T) {
	models, _, _, read := shipped(t)
	set := exam.Sample(read, exam.SampleNotes)
	live := exam.Version{Prompt: prompt(t, "read-note"), ID: "read-note@0"}
	for name, test := range map[string]struct {
		reply  llmtest.Reply
		change func(*llm.Config)
		want   string
	}{
		"capped": {llmtest.Says(`{"signals":[]}`), func(c *llm.Config) { c.Ledger, c.Caps.Tokens = none{}, 1 }, "limit for the model is reached"},
		"denied": {llmtest.Reply{Status: 401}, nil, "refuses the key that it is asked with"},
		"broken": {llmtest.Reply{Status: 500}, nil, "the model's server failed"},
	} {
		t.Run(name, func(t *testing.T) {
			s := llmtest.New(t, func(llmtest.Call) llmtest.Reply { return test.reply })
			o, err := exam.Reading(t.Context(), asker(s.URL, test.change), nil, "T1", live, live, set, models)
			if err != nil || o.Judged || !strings.Contains(strings.Join(o.Lines, " "), test.want) {
				t.Errorf("%+v %v", o, err)
			}
			if name != "broken" && len(s.Calls()) > 8 {
				t.Errorf("%d calls after the first refusal", len(s.Calls()))
			}
		})
	}
}

// none is a ledger without money.
type none struct{}

func (none) ReserveModel(context.Context, string, time.Time, int64, int64, int64, int64) (bool, error) {
	return false, nil
}
func (none) SettleModel(context.Context, string, time.Time, int64, int64) error { return nil }

// What a model phrases gets the checks of wordings.
func TestPhrasing(t *testing.T) {
	def := prompt(t, "draft-message")
	draft := edited(t, def, "You write a short message", "You write a message")
	live, next := exam.Version{Prompt: def, ID: "draft-message@0"}, exam.Version{Prompt: draft, ID: "draft-message@1"}
	s := llmtest.New(t, func(c llmtest.Call) llmtest.Reply {
		if strings.Contains(c.System, "short message") {
			return llmtest.Says(`{"message":"You asked about the audit trail: your answers are here, LINK_1."}`)
		}
		return llmtest.Says(`{"message":"We are the best: https://evil.example"}`)
	})
	o, err := exam.Phrasing(t.Context(), asker(s.URL, nil), "T1", live, next, def, workshop.Address)
	if err != nil || !o.Judged || o.Verdict != workshop.Worse || len(o.Changed) == 0 || !strings.Contains(o.Changed[0].Draft, "the answer was refused: “write LINK_1 exactly once, where the link to the item belongs”") {
		t.Errorf("%+v %v", o, err)
	}
	if o, err = exam.Phrasing(t.Context(), asker(s.URL, nil), "T1", live, live, def, workshop.Address); err != nil || o.Verdict != workshop.Same || len(o.Changed) != 0 {
		t.Errorf("against itself: %+v %v", o, err)
	}
}

// An answer's words are counted as whoever asks counts them: in its own language.
func TestPhrasingCountsAsItIsTold(t *testing.T) {
	def := prompt(t, "draft-message")
	live := exam.Version{Prompt: def, ID: "draft-message@0"}
	s := llmtest.New(t, func(llmtest.Call) llmtest.Reply {
		return llmtest.Says(`{"message":"Sie fragten nach dem Protokoll: LINK_1."}`)
	})
	german := func(text string) (you, we int) { return strings.Count(text, "Sie"), strings.Count(text, "wir") }
	o, err := exam.Phrasing(t.Context(), asker(s.URL, nil), "T1", live, live, def, german)
	if err != nil || !o.Judged || !strings.Contains(o.Lines[2], "“You” and “your”: ") || strings.Contains(o.Lines[2], "“your”: 0 live") {
		t.Errorf("%+v %v", o, err)
	}
}

// What is refused in use is a fault in the exam, and mending it is asked for as
// in use.
func TestPhrasingRefusesAsInUse(t *testing.T) {
	def := prompt(t, "draft-message")
	draft := edited(t, def, "You write a short message", "You write a message")
	live, next := exam.Version{Prompt: def, ID: "draft-message@0"}, exam.Version{Prompt: draft, ID: "draft-message@1"}
	for _, bad := range []string{"You have it all here.", "You save 73 percent of your time: LINK_1", "You and PERSON_4 may like your list: LINK_1", "We think our list is what we need: LINK_1"} {
		s := llmtest.New(t, func(c llmtest.Call) llmtest.Reply {
			if strings.Contains(c.System, "short message") && !strings.Contains(c.User, "Your last answer was refused") {
				return llmtest.Says(`{"message":"You asked: here it is."}`)
			}
			if strings.Contains(c.System, "short message") {
				return llmtest.Says(`{"message":"You asked about the audit trail: your answers are here, LINK_1."}`)
			}
			return llmtest.Says(`{"message":"` + bad + `"}`)
		})
		o, err := exam.Phrasing(t.Context(), asker(s.URL, nil), "T1", live, next, def, workshop.Address)
		if err != nil || !o.Judged || o.Verdict != workshop.Worse || !strings.Contains(o.Lines[0], "With a fault: 0 live,") {
			t.Errorf("%s: %+v %v", bad, o, err)
		}
	}
}

// The questions before a talk and the line of a digest are held to what they are
// in use, on the hostile case too.
func TestPhrasingOfQuestionsAndLines(t *testing.T) {
	for name, test := range map[string]struct{ was, good, bad string }{
		"prep-questions":   {"You help a salesperson", `{"questions":["What takes the time?","Who else decides?","What if nothing changes?"]}`, `{"questions":["What takes the time?","Who else decides?","Shall Victor Okafor call?"]}`},
		"digest-one-thing": {"You phrase one thing", `{"line":"Answer one of those who asked you."}`, `{"line":"Answer 9 of those who asked you."}`},
	} {
		def := prompt(t, name)
		draft := edited(t, def, test.was, strings.ToUpper(test.was))
		live, next := exam.Version{Prompt: def, ID: name + "@0"}, exam.Version{Prompt: draft, ID: name + "@1"}
		s := llmtest.New(t, func(c llmtest.Call) llmtest.Reply {
			if strings.Contains(c.System, test.was) {
				return llmtest.Says(test.good)
			}
			return llmtest.Says(test.bad)
		})
		o, err := exam.Phrasing(t.Context(), asker(s.URL, nil), "T1", live, next, def, workshop.Address)
		if err != nil || !o.Judged || o.Verdict != workshop.Worse || !strings.Contains(o.Lines[0], "With a fault: 0 live,") {
			t.Errorf("%s: %+v %v", name, o, err)
		}
	}
}
