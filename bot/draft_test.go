package bot

import (
	"testing"

	"cairn/store"
)

func TestYouWe(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text    string
		you, we int
	}{
		{"", 0, 0},
		{"You said your audits take nine days.", 2, 0},
		{"I think our product helps us.", 0, 3},
		{"We're glad; I'm here; it's mine", 0, 3},
		{"yours truly, Mina", 1, 0},
		{"the IT audit in the US", 0, 1}, // a country is taken for us: one word does not turn a reading
		{"https://we.example/our/you is for you", 1, 0},
	} {
		if you, we := youWe(c.text); you != c.you || we != c.we {
			t.Errorf("%q: you %d, we %d; want %d and %d", c.text, you, we, c.you, c.we)
		}
	}
}

func TestTheirStep(t *testing.T) {
	t.Parallel()
	for what, want := range map[string]string{
		"will ask IT":           "ask IT",
		"she'll ask legal.":     "ask legal",
		"will ask her boss":     "",
		"will call me back":     "",
		"demo on Friday":        "",
		"they will send drafts": "send drafts",
	} {
		steps := []store.Step{{Whose: "us", What: "will do it", PersonID: "U1"}, {Whose: "them", What: "will sing", PersonID: "U2"}, {Whose: "them", What: what, PersonID: "U1"}}
		if got := theirStep(steps, "U1"); got != want {
			t.Errorf("%q: %q, want %q", what, got, want)
		}
	}
}

func TestHeardOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		`"Acme is hiring" @acme`:             {"Acme is hiring", "acme"},
		"“mail me@acme.example” @Zeta Foods": {"mail me@acme.example", "Zeta Foods"},
		"Acme is hiring":                     {},
		"@acme":                              {},
		`"Acme" @`:                           {},
	} {
		what, of, ok := heardOf(text)
		if !ok {
			what, of = "", ""
		}
		if what != want[0] || of != want[1] {
			t.Errorf("%s: %q, %q", text, what, of)
		}
	}
}
