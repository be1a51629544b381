package suggest_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"cairn/bot/suggest"
	"cairn/prompts/library"
)

const smallGuide = `ideas:
  audit: [audit, Prüfung]
roles:
  finance: [cfo]
industries:
  food: [bakery]
needs:
  asked_for_more: {say: they asked, ideas: [audit], kinds: [checklist]}
`

func TestParseGuideProblems(t *testing.T) {
	if _, err := suggest.ParseGuide("g.yaml", []byte(smallGuide)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown key", "roles:", "rolls:", `g.yaml:3: there is no key "rolls" here`},
		{"missing part", "industries:\n  food: [bakery]\n", "", `g.yaml:1: the key "industries" is missing or empty`},
		{"unknown signal", "asked_for_more", "asked_for_mor", `g.yaml:8: there is no signal "asked_for_mor"`},
		{"idea not defined", "ideas: [audit]", "ideas: [audits]", `g.yaml:8: there is no idea "audits"`},
		{"nothing said", "say: they asked, ", "", `g.yaml:8: the key "say" is missing or empty`},
		{"unknown key of a need", "kinds:", "kind:", `g.yaml:8: there is no key "kind" here`},
		{"education", "kinds: [checklist]", "education: both", `g.yaml:8: there is no education "both"`},
		{"too long a phrase", "[cfo]", "[head of money]", `g.yaml:4: "head of money" has 3 words`},
		{"family without words", "[bakery]", "[]", "g.yaml:6: food has no words"},
		{"no such hint", smallGuide, smallGuide + "hints:\n  enuf: [plenty]\n", `g.yaml:10: there is no hint "enuf"`},
		{"a hint that begins with a gap", smallGuide, smallGuide + "hints:\n  enough:\n    - \"** plenty\"\n", `g.yaml:11: "** plenty" cannot be found`},
		{"no such purpose", smallGuide, smallGuide + "purposes:\n  cases: {kinds: [case]}\n", `g.yaml:10: there is no purpose "cases"`},
		{"unknown key of a purpose", smallGuide, smallGuide + "purposes:\n  case: {kind: [case]}\n", `g.yaml:10: there is no key "kind" here`},
		{"no such language", smallGuide, smallGuide + "languages:\n  english: [english]\n", `g.yaml:10: "english" is no language`},
		{"not YAML", "ideas:", "ideas: [", "g.yaml:"},
		{"empty", smallGuide, "", "g.yaml: the file is empty"},
	} {
		_, err := suggest.ParseGuide("g.yaml", []byte(strings.Replace(smallGuide, c.old, c.new, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: want %q, got %v", c.name, c.want, err)
		}
	}
}

func TestLoadGuide(t *testing.T) {
	if _, err := suggest.LoadGuide(library.Files); err != nil {
		t.Fatal(err)
	}
	broken := fstest.MapFS{"matching.yaml": {Data: []byte(smallGuide)}, "common.txt": {Data: []byte("# fine\nthe 500\nof many\n")}}
	if _, err := suggest.LoadGuide(broken); err == nil || !strings.Contains(err.Error(), "common.txt:3:") {
		t.Errorf("want common.txt:3, got %v", err)
	}
	if _, err := suggest.LoadGuide(fstest.MapFS{}); err == nil {
		t.Error("no guide at all was taken")
	}
}
