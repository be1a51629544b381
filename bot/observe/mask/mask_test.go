package mask_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"cairn/bot/observe/mask"

	"pgregory.net/rapid"
)

var names = mask.Names{People: []string{"Dána Ruiz", "Will Marsh", "Li Wu"}, Companies: []string{"Acme Systems GmbH", "Blue Harbor"}}

func TestOf(t *testing.T) {
	tests := []struct{ note, want string }{
		{"call with Dana Ruiz of Acme Systems", "call with CONTACT_1 of COMPANY_1"},
		{"dana's boss will call; Will sent it", "CONTACT_1's boss will call; CONTACT_2 sent it"},
		{"DÁNA wrote from d.ruiz@acme.example", "CONTACT_1 wrote from EMAIL"},
		{"ring her on +49 (0)30 123 45-67", "ring her on PHONE"},
		{"met on 2026-03-11 and 12.03.2026, 1 200 000 € agreed, paid $1 200 000", "met on 2026-03-11 and 12.03.2026, 1 200 000 € agreed, paid $1 200 000"},
		{"see https://acme.example/dana?x=1 now", "see LINK now"},
		{"asked <@U123> and <#C1|sales>", "asked SOMEBODY and SOMEBODY"},
		{"spoke to herr Schmidt and Peter Holm, then Peter Holm again", "spoke to herr PERSON_1 and PERSON_2, then PERSON_2 again"},
		{"Met Jana Novak there", "Met PERSON_1 there"},
		{"blue harbor, not Blue or blue", "COMPANY_2, not Blue or blue"},
		{"Acme\u200bSystems\u202e of Li Wu", "AcmeSystems of CONTACT_3"},
	}
	for _, test := range tests {
		if got := mask.Of(test.note, names).Masked; got != test.want {
			t.Errorf("%q became %q, want %q", test.note, got, test.want)
		}
	}
}

func TestQuote(t *testing.T) {
	note := "so Dána\u200b Ruiz (d@x.example) sa\u00adid yes"
	text := mask.Of(note, names)
	tests := map[string]string{
		"said yes": "sa\u00adid yes", "CONTACT_1 (EMAIL": "Dána\u200b Ruiz (d@x.example", "TACT_1": "Dána\u200b Ruiz", "so": "so", "sai": "sa\u00adid", "yes": "yes",
	}
	for quote, want := range tests {
		start, end, ok := text.Quote(quote)
		if !ok || note[start:end] != want {
			t.Errorf("%q in %q is %q %v, want %q", quote, text.Masked, note[start:end], ok, want)
		}
	}
	for _, quote := range []string{"", "  ", "()", "no", "Dána", "said  yes"} {
		if _, _, ok := text.Quote(quote); ok {
			t.Errorf("%q was found in %q", quote, text.Masked)
		}
	}
}

// Whatever is typed: no address and no known name is left, and every stretch
// of the masked text comes from a stretch of the note.
func TestAnyNote(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.OneOf(rapid.SampledFrom([]string{"Dana Ruiz", "dána", "a@b.example", "+1 555 123 4567", "Acme Systems", "\u202e", "é", "\xff", "🙂", "sent", "<@U1>"}), rapid.String())
		note := strings.Join(rapid.SliceOfN(word, 0, 12).Draw(t, "words"), " ")
		text := mask.Of(note, names)
		if !utf8.ValidString(text.Masked) {
			t.Fatalf("%q became %q", note, text.Masked)
		}
		for _, hidden := range []string{"Dana Ruiz", "a@b.example", "555 123"} {
			if strings.Contains(text.Masked, hidden) {
				t.Fatalf("%q became %q", note, text.Masked)
			}
		}
		for _, quote := range strings.Fields(text.Masked) {
			if start, end, ok := text.Quote(quote); ok && (start < 0 || start >= end || end > len(note)) {
				t.Fatalf("%q: %q stands at %d to %d of %d", note, quote, start, end, len(note))
			}
		}
	})
}
