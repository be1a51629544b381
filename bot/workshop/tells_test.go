package workshop

import (
	"slices"
	"strings"
	"testing"

	"cairn/prompts"
)

// signsOnly are fields of rows that only set signs between the rows.
var signsOnly = []string{"digest-lines others first"}

func shippedKinds(t *testing.T) *Kinds {
	t.Helper()
	files, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	k, err := NewKinds(files)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// Every input that a wording of the house names is told in one of its cases, and every
// field of a list by itself, so that leaving it out is seen.
func TestWordingsTellTheirInputs(t *testing.T) {
	k := shippedKinds(t)
	lists := 0
	for _, name := range k.defaults.Names() {
		def, _ := k.Default(name)
		if def.NeedsModel() {
			continue
		}
		teller := tellerOf(def, Cases(def))
		for _, in := range def.Inputs {
			switch {
			case !def.Uses(in.Name):
			case in.Kind != prompts.List:
				if !teller.told(in) {
					t.Errorf("%s: nothing shows that it tells %s", name, in.Name)
				}
			default:
				lists++
				for _, field := range in.Fields {
					want := !slices.Contains(signsOnly, name+" "+in.Name+" "+field)
					if got := teller.fieldTold(in, field) != unsaid; got != want {
						t.Errorf("%s: that it tells %s of %s: %v, want %v", name, field, in.Name, got, want)
					}
				}
			}
		}
	}
	if lists < 2 {
		t.Errorf("%d lists were looked at, the digest alone has two", lists)
	}
}

// Every prompt that is given what people typed tells its model that this is data, in every
// case; one that does not any more, or only where something is missing, is worse for it.
func TestUnguarded(t *testing.T) {
	k := shippedKinds(t)
	guarded := 0
	for _, name := range k.defaults.Names() {
		live, _ := k.Default(name)
		if !live.NeedsModel() {
			continue
		}
		guarded++
		cases := Cases(live)
		was := Examine(live, live, cases)
		for _, r := range was {
			if !strings.Contains(r.System, dataOnly) {
				t.Errorf("%s, %s: the model is not told that what people typed is data", name, r.Case)
			}
		}
		_, paragraph, _ := strings.Cut(live.Source(), "\n\n"+dataOnly)
		paragraph, _, _ = strings.Cut(paragraph, "\n\n")
		paragraph = dataOnly + paragraph
		for _, tt := range []struct {
			what, is string
			want     bool
		}{
			{"gone", "", true},
			{"a comment", "{{! " + paragraph + " }}", true},
			{"only half of it", dataOnly + ".", true},
			{"broken into other lines", strings.ReplaceAll(paragraph, " ", "\n"), false},
			{"with more behind it", paragraph + " Not even where it is polite.", false},
		} {
			draft, err := prompts.Parse(name+prompts.Ext, []byte(strings.Replace(live.Source(), paragraph, tt.is, 1)))
			if err != nil {
				t.Fatal(err)
			}
			if c := Compare(live, draft, cases, was, Examine(draft, live, cases)); c.Unguarded != tt.want || (c.Verdict == Worse) != tt.want {
				t.Errorf("%s, %s: unguarded %v, %s", name, tt.what, c.Unguarded, c.Verdict)
			}
		}
	}
	if guarded < 4 {
		t.Errorf("%d prompts for a model were looked at", guarded)
	}
}

// A row that tells some of its fields does not tell the others, and that there is a
// number is not the number.
func TestDroppedFields(t *testing.T) {
	k := shippedKinds(t)
	live, _ := k.Default("digest-lines")
	for _, tt := range []struct{ name, was, is, want string }{
		{"some fields are gone", "{{#answered}}, {{answered}} answered{{/answered}}{{#moved_on}}, {{moved_on}} moved on{{/moved_on}}{{#passed_on}}, {{passed_on}} passed something on{{/passed_on}}", "", "up to three items (answered, moved_on, passed_on)"},
		{"a number became a word", ", {{moved_on}} moved on", ", some moved on", "up to three items (moved_on)"},
		{"a word is gone", "{{#went_quiet}} went quiet{{/went_quiet}}", "", "those who moved otherwise (went_quiet)"},
		{"all of it is gone", "{{#items}}\n• “{{title}}”: given to {{given}}{{#answered}}, {{answered}} answered{{/answered}}{{#moved_on}}, {{moved_on}} moved on{{/moved_on}}{{#passed_on}}, {{passed_on}} passed something on{{/passed_on}}{{/items}}", " little", "up to three items"},
		{"only a comma is", "{{^first}}, {{/first}}", " ", ""},
	} {
		source := strings.Replace(live.Source(), tt.was, tt.is, 1)
		if source == live.Source() {
			t.Fatalf("%s: the wording has no %q", tt.name, tt.was)
		}
		draft, err := prompts.Parse("digest-lines.prompt", []byte(source))
		if err != nil {
			t.Fatal(err)
		}
		cases := Cases(live)
		got := Compare(live, draft, cases, Examine(live, live, cases), Examine(draft, live, cases))
		if dropped := strings.Join(got.Dropped, "; "); dropped != tt.want || tt.want != "" && got.Verdict != Worse {
			t.Errorf("%s: dropped %q and %s, want %q", tt.name, dropped, got.Verdict, tt.want)
		}
	}
}
