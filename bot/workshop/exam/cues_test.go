package exam_test

import (
	"strings"
	"testing"

	"cairn/bot/observe"
	"cairn/bot/workshop"
	"cairn/bot/workshop/exam"
	"cairn/prompts"
)

// outcome tries a change of one cue file.
func outcome(t *testing.T, b exam.Bench, file, text string) exam.Outcome {
	t.Helper()
	files, err := workshop.ReadFiles(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	live, err := workshop.LoadCues(files)
	if err != nil {
		t.Fatal(err)
	}
	draft, err := workshop.LoadCues(files.With(file, text))
	if err != nil {
		t.Fatal(err)
	}
	o, err := exam.Cues(live, draft, b)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// Nobody takes the words of a guard away alone: the test says that it reads worse, or that
// nothing shows what it does. The notes of the three authors alone show next to none.
func TestCuesOfAGuard(t *testing.T) {
	models, cues, _, read := shipped(t)
	b := bench(t, models, read[:3]) // the lines are what this is about, and the whole set takes its time
	files, err := workshop.ReadFiles(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	const file = "cues/guard.yaml"
	bare, err := observe.LoadCues(prompts.Cues())
	if err != nil {
		t.Fatal(err)
	}
	judged := 0
	for i, name := range familiesIn(files[file]) {
		if i%6 > 0 && name != "denied" && name != "after" && name != "hoped" && name != "ours" {
			continue // all of them take their time
		}
		o := outcome(t, b, file, withoutWords(t, files[file], name))
		if o.Verdict != workshop.Worse && len(o.Unshown) == 0 {
			t.Errorf("without the words of %s: %s, %q", name, o.Verdict, o.Lines)
		}
		if o.Verdict == workshop.Worse {
			judged++
		} else {
			t.Logf("nothing shows %s", name)
		}
	}
	if judged < 8 {
		t.Errorf("%d guards are judged", judged)
	}
	if got := cues.Differ(bare); len(got) > 0 {
		t.Errorf("the same files differ in %v", got)
	}
}

// familiesIn are the names of the families of a cue file.
func familiesIn(text string) (names []string) {
	for row := range strings.Lines(text) {
		if name, ok := strings.CutSuffix(strings.TrimRight(row, "\n"), ":"); ok && strings.HasPrefix(name, "  ") && !strings.HasPrefix(name, "   ") {
			names = append(names, strings.TrimSpace(name))
		}
	}
	return names
}

// What no case shows is not judged, and named; what changes nothing at all is as good.
func TestCuesUnshown(t *testing.T) {
	models, _, _, read := shipped(t)
	b := bench(t, models, read[:3])
	files, err := workshop.ReadFiles(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	const file, denied = "cues/guard.yaml", "  denied:\n    en: \"not, "
	text := files[file]
	if !strings.Contains(text, denied) {
		t.Fatal("the guard denied is written otherwise")
	}
	added := strings.Replace(text, denied, denied+"quendorian no longer, ", 1)
	for _, tt := range []struct {
		name, text, unshown string
		verdict             workshop.Verdict
	}{
		{"a remark", "# " + text, "", workshop.Same},
		{"an entry that stands there already", strings.Replace(text, denied, denied+"never, ", 1), "", workshop.Same},
		{"an entry that no case has", added, "the guard “denied”", workshop.Same},
		{"two families, one of them shown", withoutWords(t, added, "hoped"), "the guard “denied”", workshop.Worse},
	} {
		o := outcome(t, b, file, tt.text)
		if o.Verdict != tt.verdict || !o.Judged || strings.Join(o.Unshown, "; ") != tt.unshown || strings.Contains(strings.Join(o.Lines, "\n"), "No case shows") != (tt.unshown != "") {
			t.Errorf("%s: %s, not shown %q, %q", tt.name, o.Verdict, o.Unshown, o.Lines)
		}
	}
	b = bench(t, models, read) // the context of the notes read before is the same as in the exam
	if o := outcome(t, b, file, withoutWords(t, withoutWords(t, text, "heir"), "ourdeal")); strings.Join(o.Unshown, "; ") != "the guard “heir”; the guard “ourdeal”" {
		t.Errorf("two families that no case shows: not shown %q", o.Unshown)
	}
	if o := outcome(t, b, file, strings.ReplaceAll(text, `    en: "`, `    en: "quendorian, `)); len(o.Unshown) != 1 || !strings.HasSuffix(o.Unshown[0], "families, more than are tried by themselves") {
		t.Errorf("a change of all of them: not shown %q", o.Unshown)
	}
}
