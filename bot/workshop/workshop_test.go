package workshop_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/bot/workshop"
	"cairn/prompts"
	"cairn/store"
)

const reasonFile = "suggest-reason.prompt"

func embedded(t testing.TB) workshop.Files {
	t.Helper()
	files, err := workshop.ReadFiles(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func kinds(t testing.TB) *workshop.Kinds {
	t.Helper()
	k, err := workshop.NewKinds(embedded(t))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// Cut into a form's inputs and sent back unchanged, every file is what it was;
// and each line is found in the input in which it stands.
func TestSheetRoundTrip(t *testing.T) {
	for file, text := range embedded(t) {
		s, ok := workshop.NewSheet(file, text)
		if !ok {
			if kind, _ := workshop.KindOf(file); kind != workshop.Cues {
				t.Errorf("%s does not fit a form", file)
			}
			continue
		}
		var typed []string
		for _, f := range s.Fields {
			if len([]rune(f.Text)) > 3000 {
				t.Errorf("%s: a field of %d characters", file, len(f.Text))
			}
			typed = append(typed, " "+f.Text+"\n")
		}
		if got := s.Join(typed); got != text {
			t.Errorf("%s came back changed: %v", file, workshop.Lines(text, got))
		}
		for n, line := range strings.Split(text, "\n") {
			i, at := s.Where(typed, n+1)
			if at == 0 || line == "" {
				continue
			}
			if got := strings.Split(strings.TrimSpace(typed[i]), "\n")[at-1]; strings.TrimSpace(got) != strings.TrimSpace(line) {
				t.Errorf("%s:%d is %q, the field has %q there", file, n+1, line, got)
			}
		}
	}
}

// A mistake of a heading, an empty part say, stands by the input below it.
func TestSheetHeading(t *testing.T) {
	text := embedded(t)["draft-message.prompt"]
	s, ok := workshop.NewSheet("draft-message.prompt", text)
	if !ok || len(s.Fields) != 2 {
		t.Fatalf("%d fields", len(s.Fields))
	}
	above, _, _ := strings.Cut(text, "\n## User")
	if i, at := s.Where([]string{s.Fields[0].Text, ""}, strings.Count(above, "\n")+2); i != 1 || at != 0 {
		t.Errorf("the heading of the second field goes to field %d, line %d", i, at)
	}
}

func TestSheetProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.StringMatching(`( {0,4}[a-z#:-]{0,200}){0,3}`), 1, 120).Draw(t, "lines"), "\n")
		s, ok := workshop.NewSheet("journeys/x.yaml", text)
		if !ok {
			return
		}
		var typed []string
		for _, f := range s.Fields {
			typed = append(typed, f.Text)
		}
		if got := s.Join(typed); got != text {
			t.Fatalf("%q came back as %q", text, got)
		}
	})
}

func TestCheck(t *testing.T) {
	k, files := kinds(t), embedded(t)
	for _, tt := range []struct{ file, was, is, what string }{
		{reasonFile, "{{gives}}", "{{givs}}", `there is no input "givs"`},
		{reasonFile, "not yet sent to {{contact}}", "not yet sent", "the text lacks {{contact}}"},
		{reasonFile, "not yet sent to {{contact}}", "see https://acme.example {{contact}}", "holds no links"},
		{reasonFile, "output: wording", "output: reading", "gives a wording, not a reading"},
		{"journeys/aipee.yaml", "- name: interaction\n", "- name: talk\n", `the stage "interaction" is gone`},
		{"journeys/aipee.yaml", "title: AIPEE pyramid", "titel: AIPEE pyramid", "titel"},
		{"journeys/aipee.yaml", "name: aipee", "name: ours", "its file is not"},
		{"notes.txt", "", "", "nothing reads a file of this name"},
	} {
		text := strings.Replace(files[tt.file], tt.was, tt.is, 1)
		_, found := k.Check(tt.file, text)
		if len(found) == 0 || !strings.Contains(found.Error(), tt.what) {
			t.Errorf("%s with %q: %v, want %q", tt.file, tt.is, found, tt.what)
		}
	}
	for file, text := range files {
		if _, found := k.Check(file, text); len(found) > 0 {
			t.Errorf("%s: %v", file, found)
		}
	}
}

// What a hostile note carries reaches no system part, calls nobody, links
// nowhere and is no template, in every prompt there is.
func TestHostile(t *testing.T) {
	k := kinds(t)
	for file := range embedded(t) {
		p, ok := k.Default(workshop.Name(file))
		if !ok {
			continue
		}
		for _, r := range workshop.Examine(p, p, workshop.Cases(p)) {
			if len(r.Faults) > 0 {
				t.Errorf("%s, %s: %v\n%s", file, r.Case, r.Faults, r.Text)
			}
			if system, _, model := strings.Cut(r.Text, "\n\nUser\n"); model && r.Case == "a hostile note" && strings.Contains(system, "evil.example") {
				t.Errorf("%s: the note reached the system part", file)
			}
		}
	}
}

func TestCompare(t *testing.T) {
	k, files := kinds(t), embedded(t)
	live, _ := k.Default("suggest-reason")
	_, body, _ := strings.Cut(files[reasonFile], "## Text\n")
	for _, tt := range []struct {
		name, was, is string
		want          workshop.Verdict
	}{
		{"nothing changed", "", "", workshop.Same},
		{"speaks of us", "not yet sent to {{contact}}", "we have not sent it to {{contact}}", workshop.Worse},
		{"speaks to the reader", "not yet sent to {{contact}}", "you have not sent it to {{contact}} yet", workshop.Same},
		{"much longer", "not yet sent to {{contact}}", strings.Repeat("and so on ", 8) + "not yet sent to {{contact}}", workshop.Worse},
		{"a gap", "{{#gives}}{{gives}}; {{/gives}}", "{{gives}}; ", workshop.Same}, // begins with a semicolon, which no case before had
		{"an insult", body, "{{contact}} hates you", workshop.Worse},
		{"one input fewer", "{{#need}}because {{need}}; {{/need}}", "", workshop.Worse},
		{"one that is named and not told", "because {{need}}; ", "because; ", workshop.Worse},
		{"other words", "speaks to {{quotes}}", "is about {{quotes}}", workshop.Same},
		{"a name cut short", "max: 40", "max: 5", workshop.Worse},
		{"too long for its place", "not yet sent to {{contact}}", strings.Repeat("long ", 30) + "{{contact}}", workshop.Worse},
	} {
		text := files[reasonFile]
		if tt.was != "" {
			text = strings.Replace(text, tt.was, tt.is, 1)
		}
		piece, found := k.Check(reasonFile, text)
		if len(found) > 0 {
			if tt.name != "too long for its place" {
				t.Errorf("%s: %v", tt.name, found)
			}
			continue
		}
		set := workshop.Cases(live)
		got := workshop.Compare(live, piece.Prompt, set, workshop.Examine(live, live, set), workshop.Examine(piece.Prompt, live, set))
		if got.Verdict != tt.want {
			t.Errorf("%s: %s %v, want %s", tt.name, got.Verdict, got.Why, tt.want)
		}
	}
}

func TestLines(t *testing.T) {
	got := workshop.Lines("a\nb\nc\nd\ne\nf\n", "a\nb\nC\nd\ne\nf\n")
	var b strings.Builder
	for _, l := range got {
		b.WriteString(string(l.Sign) + l.Text + "\n")
	}
	if want := " …\n b\n-c\n+C\n d\n …\n"; b.String() != want {
		t.Errorf("got\n%s want\n%s", b.String(), want)
	}
	if workshop.Lines("a\nb", "a\nb\n") != nil {
		t.Error("equal texts differ")
	}
}

// However long the texts, what differs is told: at their end, and where all of
// them does.
func TestLinesOfLongTexts(t *testing.T) {
	same := strings.Repeat("a line\n", 9000)
	got := workshop.Lines(same+"old\n", same+"new\n")
	if len(got) != 4 || got[2] != (workshop.Line{Sign: '-', Text: "old"}) || got[3] != (workshop.Line{Sign: '+', Text: "new"}) {
		t.Errorf("at the end: %q", got)
	}
	if got := workshop.Lines(strings.Repeat("was\n", 5000), strings.Repeat("is\n", 5000)); len(got) != 10_000 {
		t.Errorf("all of it: %d lines", len(got))
	}
}

// What Slack would make of a wording is a fault, and ordinary writing is none.
func TestWordingFaults(t *testing.T) {
	k, files := kinds(t), embedded(t)
	faults := func(added string) []string {
		t.Helper()
		text := strings.Replace(files[reasonFile], "not yet sent to {{contact}}", added+" {{contact}}", 1)
		piece, found := k.Check(reasonFile, text)
		if len(found) > 0 {
			t.Fatalf("%q: %v", added, found)
		}
		def, _ := k.Default("suggest-reason")
		var all []string
		for _, r := range workshop.Examine(piece.Prompt, def, workshop.Cases(def)) {
			all = append(all, r.Faults...)
		}
		return all
	}
	for added, want := range map[string]string{
		"```": "``` begins and does not end", "so *bold": "a lone *", "so * it": "a lone *", "* so": "a lone *", "`code": "a lone `", "an _aside": "a lone _",
		"a\u202eb": "U+202E", "a\u200bb": "U+200B", "see example.com/x": "a link of “example.com/x”", "see Acme.de now": "a link of “Acme.de”",
		"ask x@y.zz": "an e-mail address of “x@y.zz”", "mailto:someone": "a link of “mailto:someone”", "tel:+4930": "a link of “tel:+4930”", "ftp://x": "a link of “ftp://x”",
		"ask @mara": "a mention of “@mara”", "ask @{{contact}}": "a mention of “@word”", "in #sales": "a channel of “#sales”", "acme.zz/y": "a link of “acme.zz/y”",
		"{{need}}.com ": "a link of “word.com”",
	} {
		if got := strings.Join(faults(added), "\n"); !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", added, got, want)
		}
	}
	for _, added := range []string{"*bold* and _aside_", "`code *x`", "5 * 3", "snake_case", "~5 days", "3.5 of 4.0", "e.g. this, i.e. that", "z.B. so, d.h. so", "Node.js and v1.2.3",
		"10:30", "50 %", "3 @ 5", "#1 of 3", "done.Then", "and/or", "24/7", "“{{contact}}”.", "{{contact}}, {{contact}}.", "it's \U0001F468\u200d\U0001F469 so", "U.S. and Ph.D.", "report.pdf",
		"1. first", "a ```code *``` b", "the end.", "note: so"} {
		if got := faults(added); len(got) > 0 {
			t.Errorf("%q is a false alarm: %q", added, got)
		}
	}
}

// The share that a contact falls into is kept, is near what was asked, and
// grows without anybody changing sides.
func TestAmong(t *testing.T) {
	count := func(labels store.PromptLabels) map[int64]bool {
		in := map[int64]bool{}
		for id := int64(1); id <= 10_000; id++ {
			if workshop.Among(reasonFile, labels, id) {
				in[id] = true
			}
		}
		return in
	}
	small := count(store.PromptLabels{TeamID: "T1", Live: 0, Other: 3, Share: 30})
	if n := len(small); n < 2800 || n > 3200 {
		t.Errorf("%d of 10,000 contacts for 30 %%", n)
	}
	again := count(store.PromptLabels{TeamID: "T1", Live: 0, Other: 3, Share: 30})
	if !maps.Equal(small, again) {
		t.Error("a contact changed sides")
	}
	large := count(store.PromptLabels{TeamID: "T1", Live: 0, Other: 3, Share: 50})
	for id := range small {
		if !large[id] {
			t.Fatalf("contact %d left the larger share", id)
		}
	}
}

func TestAddress(t *testing.T) {
	for _, tt := range []struct {
		text    string
		you, we int
	}{
		{"You're right; your audit, our tool, I'd say we’ll win", 2, 3},
		{"their yoghurt weighs nothing", 0, 0},
	} {
		if you, we := workshop.Address(tt.text); you != tt.you || we != tt.we {
			t.Errorf("%q: you %d, we %d; want %d, %d", tt.text, you, we, tt.you, tt.we)
		}
	}
}

// Within a changed line the changed words are told, with some around them; what
// differs is never cut away, and what is no change of a line stands by itself.
func TestDiffer(t *testing.T) {
	long := strings.Repeat("same words, ", 60)
	for _, tt := range []struct{ name, was, is, want string }{
		{"one word", "a\nspeaks to {{quotes}} here\nb", "a\nspeaks of {{quotes}} here\nb", "a|speaks [-to][+of] {{quotes}} here|b"},
		{"a tag", "for {{contact}}, now", "for {{company}}, now", "for [-{{contact}}][+{{company}}], now"},
		{"words in a row are one change", "one two three four five six", "one 2, 3 four five six", "one [-two three][+2, 3] four five six"},
		{"one word between two changes", "you can send it to {{b}}", "you still have it for {{b}}", "you [-can send it to][+still have it for] {{b}}"},
		{"a blank", "one two three", "one  two three", "one[- ][+  ]two three"},
		{"a long line", "a\n" + long + "old, " + long + "\nb", "a\n" + long + "newer, " + long + "\nb",
			"a|… same words, same words, same words, [-old][+newer], same words, same words, same words, …|b"},
		{"in two places", "x " + long + "y", "X " + long + "Y", "[-x][+X] same words, same words, same words, … same words, same words, same words, [-y][+Y]"},
		{"another line", "the quick brown fox", "nothing alike at all", "-the quick brown fox|+nothing alike at all"},
		{"most was taken out", "{{#a}}{{a}}; {{/a}}one two three four five six seven eight nine for {{b}}", "{{#a}}{{a}}; {{/a}}you for {{b}}",
			"{{#a}}{{a}}; {{/a}}[-one two three four five six seven eight nine][+you] for {{b}}"},
		{"a line more, a word less", "a\none two three four", "a\nnew\none two three", "a|+new|one two three[- four]"},
		{"what is the same and long", long + "\nb", long + "\nc", "same words, same words, same words, …|-b|+c"},
		{"the same", "a\nb", "a\nb", ""},
	} {
		var got []string
		for _, l := range workshop.Differ(tt.was, tt.is) {
			line := ""
			if l.Sign == '-' || l.Sign == '+' {
				line = string(l.Sign) + l.Parts[0].Text
			} else {
				for _, p := range l.Parts {
					if p.Sign == ' ' {
						line += p.Text
					} else {
						line += fmt.Sprintf("[%c%s]", p.Sign, p.Text)
					}
				}
			}
			got = append(got, line)
		}
		if text := strings.Join(got, "|"); text != tt.want {
			t.Errorf("%s:\ngot  %q\nwant %q", tt.name, text, tt.want)
		}
	}
}

// A head is cut into inputs and joined again to the letter; what is typed in it
// changes nothing below it.
func TestHead(t *testing.T) {
	files, err := workshop.ReadFiles(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files.Names() {
		if kind, _ := workshop.KindOf(file); kind != workshop.Prompt {
			continue
		}
		s, ok := workshop.NewHead(files[file])
		if !ok {
			t.Errorf("%s has no head that fits a form", file)
			continue
		}
		var typed []string
		for _, f := range s.Fields {
			typed = append(typed, f.Text)
		}
		if s.Join(typed) != files[file] {
			t.Errorf("%s: joined, it is another text", file)
		}
		typed[0] = strings.Replace(typed[0], "title:", "titel:", 1)
		if i, at := s.Where(typed, 2); i != 0 || at != 1 {
			t.Errorf("%s: line 2 stands in input %d, line %d", file, i, at)
		}
	}
}
