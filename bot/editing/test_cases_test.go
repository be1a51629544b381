package editing

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"cairn/bot/workshop"
	"cairn/bot/workshop/exam"
	"cairn/prompts"
)

// Cases stand under what the draft does to them, with how many there are of each, on every
// page; what was not kept is no part of "all".
func TestOtherwiseLines(t *testing.T) {
	o := exam.Outcome{Labelled: true, Missed: 1, Worse: 1, Better: 2, More: 7}
	for i, turn := range []exam.Turn{exam.ToMissed, exam.ToWorse, exam.ToBetter, exam.ToBetter, exam.Neither, exam.Neither} {
		o.Changed = append(o.Changed, exam.Change{Case: fmt.Sprint("case ", i), Live: "a", Draft: "b", Right: "c", Turn: turn})
	}
	heads := func(lines []string) string {
		var all []string
		for _, l := range lines {
			if head, _, ok := strings.Cut(l, "\n"); !ok {
				all = append(all, head)
			}
		}
		return strings.Join(all, "; ")
	}
	if got := heads(firstLines(o, 5)); got != "*Wrong with both, and a wish to be left alone is missed with the draft* (✗): 1; *Became wrong with the draft* (✗): 1; *Became right with the draft* (✓): 2; *Wrong with both, and other than before* (•): 9; and 8 more cases." {
		t.Errorf("the first few: %s", got)
	}
	if got := heads(otherwiseLines(o, 3, 9)); got != "*Became right with the draft* (✓): 2; *Wrong with both, and other than before* (•): 9" {
		t.Errorf("a later page: %s", got)
	}
	if got := otherwiseLines(o, 6, 9); len(got) > 0 {
		t.Errorf("behind the last: %q", got)
	}
	if got := casesLabel(weighed{exam: o}); got != "6 of the 13 that come out otherwise" {
		t.Error(got)
	}
	o.More = 0
	if got := casesLabel(weighed{exam: o}); got != "All that come out otherwise" {
		t.Error(got)
	}
}

// A page says by its head and its buttons what else there is: on one of wordings alone no
// case is told of that stands on another.
func TestPagesOfCases(t *testing.T) {
	o := exam.Outcome{Labelled: true, Worse: 30}
	for i := range 30 {
		o.Changed = append(o.Changed, exam.Change{Case: fmt.Sprint("case ", i), Live: "a", Draft: "b", Right: "a", Turn: exam.ToWorse})
	}
	var e weighed
	e.take(o)
	for i := range 12 {
		e.changed = append(e.changed, workshop.Change{Live: workshop.Result{Text: "a"}, Draft: workshop.Result{Case: fmt.Sprint("wording ", i), Text: "b"}})
	}
	files, err := workshop.ReadFiles(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	live, err := workshop.New(files, "", "T1", nil, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	use, _ := live.Prompt("T1", "suggest-reason", "", 0)
	p, d := pair{live: workshop.Piece{Prompt: use.Prompt}}, &Desk{Team: "T1", Live: live}
	for page, want := range map[int]string{1: "1 to 10 of 42", 2: "11 to 20 of 42", 5: "41 to 42 of 42"} {
		all, err := json.Marshal(d.casesMessage("suggest-reason.prompt", p, e, page))
		if err != nil {
			t.Fatal(err)
		}
		if text := string(all); !strings.Contains(text, want) || strings.Contains(text, "more case") || strings.Contains(text, "Became wrong") != (page > 1) {
			t.Errorf("page %d: %s", page, text)
		}
	}
}

// The head and the form of publishing say no more than the cases do.
func TestVerdictWord(t *testing.T) {
	var e weighed
	e.take(exam.Outcome{Verdict: workshop.Same, Few: true, Judged: true})
	if got := e.verdictWord(); got != "the same as what is live, as far as so few cases tell" || e.needsTwo() {
		t.Errorf("%s, two: %v", got, e.needsTwo())
	}
	e = weighed{verdict: workshop.Worse}
	e.take(exam.Outcome{Verdict: workshop.Same, Few: true, Judged: true})
	if got := e.verdictWord(); got != "worse than what is live" || !e.needsTwo() {
		t.Errorf("its text is worse: %s, two: %v", got, e.needsTwo())
	}
}

// Beside an input stand whole mistakes, and how many more there are.
func TestWithinField(t *testing.T) {
	one := `Line 1 (“{{#gives}}…”): there is no input "contakt" (did you mean "contact"?)`
	long := "the text lacks {{contact}}, which it needs (write {{contact}} where this belongs: " + strings.Repeat("the first name, ", 12) + "who has not had the item yet)"
	for _, c := range []struct {
		all  []string
		want string
	}{
		{[]string{one}, one},
		{[]string{one, "The key is missing"}, one + " · The key is missing"},
		{[]string{one, long}, one + " · and 1 more mistake"},
		{[]string{one, long, "The key is missing"}, one + " · and 2 more mistakes"},
		{[]string{one, one + " again", one + " and then once more, in the same place", one + " and on"}, one + " · " + one + " again · and 2 more mistakes"},
	} {
		if got := withinField(c.all); got != c.want || len([]rune(got)) > maxFieldError {
			t.Errorf("%d characters: %s\nwant %s", len([]rune(got)), got, c.want)
		}
	}
	if got := withinField([]string{long + long, one}); len([]rune(got)) > maxFieldError || !strings.HasSuffix(got, "… · and 1 more mistake") {
		t.Errorf("a first one that is too long: %s", got)
	}
}

// No preview is offered where there is none.
func TestShownBy(t *testing.T) {
	for kind, want := range map[workshop.Kind]string{workshop.Cues: "[test edit]", workshop.Prompt: "[preview test edit]", workshop.Journey: "[preview test edit]", workshop.Guide: "[preview test edit]", workshop.Library: "[preview test edit]"} {
		if got := fmt.Sprint(shownBy(kind, "preview", "test", "edit")); got != want {
			t.Errorf("%v: %s", kind, got)
		}
	}
}
