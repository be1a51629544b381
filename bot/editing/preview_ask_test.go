package editing

import (
	"context"
	"strings"
	"testing"

	"cairn/bot/chat"
	"cairn/bot/llm"
	"cairn/bot/observe/model"
	"cairn/bot/workshop"
	"cairn/bot/workshop/exam"
	"cairn/prompts"
)

type noModel struct{}

func (noModel) Ask(context.Context, llm.Question) (llm.Answer, error) {
	return llm.Answer{}, &llm.Error{Fault: llm.Late}
}
func (noModel) Model() string { return "small" }

// What panics while a preview asks is a fault of that one answer, told with the number that
// the log has, and of nobody's words; the others stand.
func TestAskingSurvivesAPanic(t *testing.T) {
	all, err := prompts.LoadAll(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	def, ok := all.Get("read-note")
	if !ok {
		t.Fatal("no read-note")
	}
	var logged []string
	d := &Desk{Replies: Replies{}}
	d.Asker = noModel{}
	d.Incident = func(_ *chat.Request, err error) string { logged = append(logged, err.Error()); return "E-123456" }
	says := func(what string) Answer {
		return func(context.Context, model.Asker, exam.Version) (string, error) {
			if what == "" {
				panic("a note about Zebedee")
			}
			return what, nil
		}
	}
	piece := workshop.Piece{Prompt: def}
	c := workshop.Cases(def)[0]
	got, err := d.answers(t.Context(), &chat.Request{}, AskArgs{}, pair{live: piece, draft: piece}, def,
		tried{cases: []workshop.Case{c, c, c}, answers: []Answer{says("one"), says(""), says("three")}})
	if err != nil {
		t.Fatal(err)
	}
	if got.live[0].words() != "one" || got.live[2].words() != "three" || got.live[0].failed() {
		t.Errorf("the others say %q and %q", got.live[0].words(), got.live[2].words())
	}
	if words := got.live[1].words(); !strings.Contains(words, "E-123456") || !got.live[1].failed() {
		t.Errorf("what broke is told as %q", words)
	}
	if len(logged) != 1 || !strings.Contains(logged[0], "TestAskingSurvivesAPanic") || strings.Contains(logged[0], "Zebedee") {
		t.Errorf("logged: %q", logged)
	}
}

// One click is said to ask as often as it may at most: each contact with each version, and
// once more each.
func TestMostQuestions(t *testing.T) {
	for _, tt := range []struct {
		contacts int
		draft    bool
		want     int
	}{{0, false, 2}, {1, false, 2}, {1, true, 4}, {3, false, 6}, {maxPreview, true, 20}} {
		if got := mostQuestions(tt.contacts, tt.draft); got != tt.want {
			t.Errorf("%d contacts, draft %v: %d, want %d", tt.contacts, tt.draft, got, tt.want)
		}
	}
}
