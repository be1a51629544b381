package line_test

import (
	"slices"
	"strings"
	"testing"

	"cairn/bot/line"
)

func TestSeveral(t *testing.T) {
	for typed, want := range map[string]struct {
		names []string
		sure  bool
	}{
		"Dana Ruiz and Tom Bell, Acme":                   {[]string{"Dana Ruiz", "Tom Bell"}, true},
		"Dana Ruiz & Tom Bell at Acme":                   {[]string{"Dana Ruiz", "Tom Bell"}, true},
		"Dana Ruiz und Tom Bell":                         {[]string{"Dana Ruiz", "Tom Bell"}, true},
		"Dana and Tom, Acme":                             {[]string{"Dana", "Tom"}, true},
		"Dana Ruiz, Tom Bell and Mia Lang, Acme":         {[]string{"Dana Ruiz", "Tom Bell", "Mia Lang"}, true},
		"Dana Ruiz and Tom Bell and Mia Lang":            {[]string{"Dana Ruiz", "Tom Bell", "Mia Lang"}, true},
		"Ana Gómez y Luis Prado, Acme":                   {[]string{"Ana Gómez", "Luis Prado"}, true},
		"Dana Ruiz and her boss, Acme":                   {[]string{"Dana Ruiz"}, true},
		"Dana Ruiz und Kollegen, Acme":                   {[]string{"Dana Ruiz"}, true},
		"Mr and Mrs Ruiz, Acme":                          {[]string{"Mrs Ruiz"}, true},
		"dana and tom":                                   {[]string{"dana", "tom"}, false},
		"Dana and Tom":                                   {[]string{"Dana", "Tom"}, false},
		"Marks and Spencer":                              {[]string{"Marks", "Spencer"}, false},
		"Ortega y Gasset, Acme":                          {nil, false},
		"Bianchi & C. Snc":                               {nil, false},
		"Bianchi & C. Snc, Rossi Mario":                  {nil, false},
		"Marks and Spencer Ltd":                          {nil, false},
		"Smith and Sons, Acme":                           {nil, false},
		"Dana Ruiz, Smith and Sons":                      {nil, false},
		"Dana Ruiz, Head of Sales and Ops, Acme":         {nil, false},
		"Dana Ruiz, Vice President and Head Buyer, Acme": {nil, false},
		"Dana Ruiz and Tom":                              {[]string{"Dana Ruiz", "Tom"}, true},
		"Dana Ruiz":                                      {nil, false},
		"Dana Ruiz, CFO, Acme":                           {nil, false},
		"Anderson Sandoval, Acme":                        {nil, false},
		"dana@acme.com and tom@acme.com":                 {nil, false},
		"Dana Ruiz and Tom Bell dana@acme.com":           {nil, false},
		"":                                               {nil, false},
	} {
		w := line.ParseWho(typed)
		each, sure := w.Several()
		var names []string
		for _, e := range each {
			names = append(names, e.Name)
			if e.Company != w.Company {
				t.Errorf("%q: %s is at %q, want %q", typed, e.Name, e.Company, w.Company)
			}
		}
		if !slices.Equal(names, want.names) || sure != want.sure {
			t.Errorf("%q: %q, sure %v, want %q, %v", typed, names, sure, want.names, want.sure)
		}
	}
}

// A letter that also stands within a name may part two people.
func TestPaired(t *testing.T) {
	for typed, want := range map[string]int{
		"Iñaki y Rosa": 2, "Iñaki y Rosa, Acme": 2, "Ortega y Gasset": 2, "Rosa e Ugo": 2, "Luc et Ana": 2, "Bram en Anke": 2,
		"bram en anke": 0, "Ana Gómez y Luis Prado": 0, "Pons y Hijos": 0, "Dana and Tom": 0, "Dana Ruiz": 0, "Rosa y": 0, "": 0,
	} {
		if got := line.ParseWho(typed).Paired(); len(got) != want {
			t.Errorf("%q: %+v, want %d", typed, got, want)
		}
	}
}

// A note that tells of one of several people what it does not tell of all of them.
func TestToldApart(t *testing.T) {
	each, _ := line.ParseWho("Ann Ray and Bo Lund, Zed Ltd").Several()
	for note, want := range map[string]bool{
		"Bo signed, Ann wants no more emails":           true,
		"call, Bo will send the list by Friday":         true,
		"bo signed, ann did not":                        true,
		"Bo: signed, Ann: no more emails":               true,
		"both were there but Ann wants no more emails":  true,
		"Ann Ray signed, Lund said no":                  true,
		"Ann and Bo signed":                             false,
		"Ann Ray and Bo Lund wants a pilot":             false,
		"Ann, Bo and I met, they want a pilot":          false,
		"call, asked about the audit trail":             false,
		"spoke with Ann and Bo about prices":            false,
		"met at the fair, introduced by Bo":             false,
		"Zoom with Bo, Ann":                             false,
		"Bo from purchasing, Ann from IT, want a pilot": false,
	} {
		if got := line.ToldApart(note, each); got != want {
			t.Errorf("%q: %v, want %v", note, got, want)
		}
	}
	if line.ToldApart("Ann signed", each[:1]) {
		t.Error("one alone is told apart from nobody")
	}
	if will, _ := line.ParseWho("Will Ray and Bo Lund, Zed Ltd").Several(); line.ToldApart("will send the list", will) {
		t.Error("a plan was taken for a name")
	}
}

// What commas alone part may be several people; what is surely a company, a role or a single
// name is none of them.
func TestListed(t *testing.T) {
	for typed, want := range map[string][]string{
		"Dana Ruiz, Tom Bell":                  {"Dana Ruiz+Tom Bell at "},
		"dana ruiz, tom bell":                  {"dana ruiz+tom bell at "},
		"Dana Ruiz, Tom Bell, Acme":            {"Dana Ruiz+Tom Bell at Acme"},
		"Dana Ruiz, Tom Bell, Acme Pumps":      {"Dana Ruiz+Tom Bell+Acme Pumps at ", "Dana Ruiz+Tom Bell at Acme Pumps"},
		"Dana Ruiz, Acme":                      nil,
		"Dana, Tom":                            nil,
		"Dana Ruiz, Acme Pumps GmbH":           nil,
		"Dana Ruiz, Firm 17":                   nil,
		"Dana Ruiz, Head of Sales":             nil,
		"Dana Ruiz, Head of Sales, Acme Pumps": nil,
		"Dana Ruiz (CFO), Acme Pumps":          nil,
		"Dana Ruiz, Smith and Sons":            nil,
		"Dana Ruiz at Acme Pumps":              nil,
		"Dana Ruiz, Tom Bell dana@acme.com":    nil,
		"Dana Ruiz":                            nil,
	} {
		var got []string
		for _, each := range line.ParseWho(typed).Listed() {
			var names []string
			for _, w := range each {
				names = append(names, w.Name)
			}
			got = append(got, strings.Join(names, "+")+" at "+each[0].Company)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
