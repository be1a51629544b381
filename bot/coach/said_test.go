package coach_test

import (
	"strings"
	"testing"
	"time"

	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/store"
)

// What is asked about before a talk is what they told, never what we said ourselves.
func TestToldOf(t *testing.T) {
	t.Parallel()
	c, _ := shipped(t)
	dana := store.Contact{Name: "Dana Ruiz", Company: store.Company{Name: "Acme"}}
	for note, want := range map[string]string{
		"call, told us their audits take nine days each quarter, will ask IT": "their audits take nine days each quarter",
		"call, said the paper lists get lost in the yard":                     "the paper lists get lost in the yard",
		"heard: complained about paper rounds on LinkedIn":                    "paper rounds on LinkedIn",
		"call, I said that our price holds until the end of June":             "",
		"mailed her, we mentioned that the new release is out":                "",
		"call, our engineer said that hosting in the EU is possible":          "",
		"I said our price holds; she said the audits take nine days":          "the audits take nine days",
		"Anruf, sagte, dass die Prüfungen neun Tage dauern, fragt die IT":     "die Prüfungen neun Tage dauern",
		"Anruf, ich sagte, dass unser Preis bis Ende Juni gilt":               "",
		"llamada, dijo que las auditorías les llevan nueve días":              "las auditorías les llevan nueve días",
		"appel, a dit que les audits prennent neuf jours":                     "les audits prennent neuf jours",
		"call, asked about prices":                                            "",
	} {
		if got := c.ToldOf(dana, "U1", []store.Heard{{Note: note, AuthorID: "U1", At: time.Date(2026, 3, 11, 12, 0, 0, 0, time.UTC)}}); got != want {
			t.Errorf("%q: %q, want %q", note, got, want)
		}
		if got := c.ToldOf(dana, "U2", []store.Heard{{Note: note, AuthorID: "U1"}}); got != "" {
			t.Errorf("%q: told to a colleague: %q", note, got)
		}
	}
}

// What is quoted as theirs is no act and no step of ours, no colleague's, and whole.
func TestSaid(t *testing.T) {
	t.Parallel()
	c, _ := shipped(t)
	dana := store.Contact{Name: "Dana Ruiz", Company: store.Company{Name: "Acme"}}
	noted := func(author, note, quote string, at int) store.Noted {
		return store.Noted{Note: note, AuthorID: author, At: time.Date(2026, 3, 11, 12, 0, 0, 0, time.UTC),
			Signals: []store.Signal{{Signal: string(journey.AskedForMore), Quote: quote, Start: at}}}
	}
	got := c.Said(dana, "U1", []store.Noted{
		noted("U1", "call, asked about prices for two plants because the audit nears", "asked about prices", 6),
		noted("U2", "call, asked about hosting", "asked about hosting", 6),
		noted("U1", "sent her the checklist", "sent her the checklist", 0),
		noted("U1", "bought: 40 seats", "40 seats", 8),
	})
	want := coach.Saying{Signal: journey.AskedForMore, Words: "asked about prices", Phrase: "asked about prices for two plants because the audit nears", At: time.Date(2026, 3, 11, 12, 0, 0, 0, time.UTC)}
	if len(got) != 1 || got[0] != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if !coach.Wants(journey.AskedForMore) || coach.Wants(journey.Revenue) {
		t.Error("what is a want")
	}
}

// What a reading rests on is shown past the dots that only shorten words, and with its phrase
// where alone it tells nothing.
func TestQuoted(t *testing.T) {
	for note, want := range map[string][2]string{
		"hat sich beschwert wg. Lieferung, will Rabatt": {"hat sich beschwert wg", "hat sich beschwert wg. Lieferung"},
		"ordered 10 more, del. in March. Call her":      {"ordered 10 more, del", "ordered 10 more, del. in March"},
		"nos presentó a su colega Dr. Gil":              {"nos presentó a su colega Dr", "nos presentó a su colega Dr. Gil"},
		"he's out till 5 Jan, call him then":            {"then", "call him then"},
		"can spend 20k max. Boss decides":               {"can spend 20k max", "can spend 20k max"},
		"needs approx. 40 seats. Boss decides":          {"needs approx", "needs approx. 40 seats"},
		"Budget max. zwanzig Euro":                      {"Budget max", "Budget max. zwanzig Euro"},
		"wants to see the plant in St. Gallen, soon":    {"wants to see the plant in St", "wants to see the plant in St. Gallen"},
		"abbiamo incontrato l'ing. Rossi":               {"abbiamo incontrato l'ing", "abbiamo incontrato l'ing. Rossi"},
		"hat uns Ing. Rossi vorgestellt":                {"hat uns Ing", "hat uns Ing. Rossi vorgestellt"},
		"will mit Abt. Einkauf reden":                   {"will mit Abt", "will mit Abt. Einkauf reden"},
		"spoke to Dept. Logistics about it":             {"spoke to Dept", "spoke to Dept. Logistics about it"},
		"introduced us to Hr. Gross":                    {"introduced us to Hr", "introduced us to Hr. Gross"},
		"demo took 2 hr. Boss decides":                  {"demo took 2 hr", "demo took 2 hr"},
		"ordered 40 st. Boss decides":                   {"ordered 40 st", "ordered 40 st"},
		"wants it for the IT dept. Her boss is a bully": {"wants it for the IT dept", "wants it for the IT dept"},
		"will es für die Abt. Sie ist schwierig":        {"will es für die Abt", "will es für die Abt"},
		"asked for his tel. It rings":                   {"asked for his tel", "asked for his tel"},
		"spoke to Dept. IT about it":                    {"spoke to Dept", "spoke to Dept. IT about it"},
		"20% inkl. Versand":                             {"20% inkl", "20% inkl. Versand"},
		"signed. Thanks":                                {"signed", "signed"},
		"wants the guide wg":                            {"wants the guide wg", "wants the guide wg"},
	} {
		g := store.Signal{Quote: want[0], Start: strings.Index(note, want[0])}
		if got := coach.Quoted(note, g); got != want[1] {
			t.Errorf("%q: %q, want %q", note, got, want[1])
		}
	}
	if got := coach.Quoted("another note", store.Signal{Quote: "signed", Start: 3}); got != "signed" {
		t.Errorf("a quote of another note: %q", got)
	}
}
