package coach

import (
	"strings"
	"testing"
	"time"

	"cairn/bot/line"
	"cairn/bot/suggest"
)

// saying is a reading that differs from the binary's in its words alone.
type saying struct {
	Reader
	words *line.Words
}

func (s saying) Words() *line.Words { return s.words }

// A step in a team's own words is a step wherever the note is read.
func TestTheirsByATeamsWords(t *testing.T) {
	t.Parallel()
	const note, words = "call, keep the Holm account parked until 23 March", "Holm account"
	from := strings.Index(note, words)
	notes := []suggest.Note{{At: time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC), Text: note}}
	for _, c := range []struct {
		by   *line.Words
		want bool
	}{{nil, true}, {line.NewWords([]string{"keep .. parked"}), false}} {
		mind := &Coach{Reader: saying{words: c.by}}
		if got := mind.concerns(notes, "Dana")(0, from, from+len(words)); got != c.want {
			t.Errorf("by words of a team's own (%t): theirs is %v", c.by != nil, got)
		}
	}
}

func TestNoneTheirs(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]bool{
		"call, sent him the checklist":                       true,
		"sent the checklist, will ask IT by Friday":          true,
		"she will send her calendar":                         true,
		"asked about the audit trail":                        false,
		"asked about the audit trail, will ask IT by Friday": false,
		"she sent us their template":                         false,
		"she wrote that audits take nine days":               false,
		"she needs the offer by Friday":                      false,
		"told us their audits take nine days, sent the plan": false,
	} {
		note := "met Dana: " + words + "."
		at := strings.Index(note, words)
		if got := (&Coach{}).NoneTheirs(note, time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), at, at+len(words), "Dana"); got != want {
			t.Errorf("%q: %v", words, got)
		}
	}
}

// What they will send us, what we promised and what we did are no concerns of theirs.
func TestConcerns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		note, words string
		want        bool
	}{
		{"call, asked about the audit trail, she will send her calendar", "audit trail", true},
		{"call, asked about the audit trail, she will send her calendar", "calendar", false},
		{"Anruf, fragt nach Prüfnachweisen, sie schickt den Kalender bis Freitag", "Kalender", false},
		{"Anruf, fragt nach Prüfnachweisen, sie schickt den Kalender bis Freitag", "Prüfnachweisen", true},
		{"I will send the pricing sheet tomorrow", "pricing", false},
		{"promised her the migration plan", "migration", false},
		{"asked about SSO and EU hosting", "EU hosting", true},
		{"call, AI Act is her worry", "AI Act", true},
		{"call, AI TOOLS are her worry", "TOOLS", true},
		{"we worked through the prices", "prices", false},
		{"WE WORKED THROUGH THE PRICES", "PRICES", false},
		{"CALL, I PREPARED THE PRICES", "PRICES", false},
		{"Mon she said prices are too high", "prices", true},
		{"mon collègue a expliqué les prix", "prix", false},
		{"showed her the downtime figures", "downtime", false},
		{"he needs our pricing by Thursday", "pricing", true},
		{"Anruf, er schickt uns die Prüfnachweise", "Prüfnachweise", false},
		{"call, she sends us her audit dates, asked about hosting", "audit", false},
		{"call, she sends us her audit dates, asked about hosting", "hosting", true},
		{"llamada, nos envía su calendario", "calendario", false},
		{"our engineer explained hosting", "hosting", false},
		{"our downtime is too high, they say", "downtime", true},
		{"call, asked to send more about hosting", "hosting", true},
	} {
		from := strings.Index(c.note, c.words)
		notes := []suggest.Note{{At: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), Text: c.note}}
		if got := (&Coach{}).concerns(notes, "Dana")(0, from, from+len(c.words)); got != c.want {
			t.Errorf("%q in %q: %v", c.words, c.note, got)
		}
	}
}

// What the author makes of people is taken out of what a message may be made of.
func TestWithoutRemarks(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"asked about the audit trail, told us of nine days":                 "asked about the audit trail, told us of nine days",
		"asked about the audit trail, a bit embarrassed":                    "asked about the audit trail",
		"a bit embarrassed, doesn't know where to start":                    "",
		"her boss is difficult; wants a pilot, seems in a hurry":            "wants a pilot",
		"fragt nach Prüfnachweisen, wirkt überfordert, braucht sie bis Mai": "fragt nach Prüfnachweisen, braucht sie bis Mai",
		"wants to know why there is no audit trail, her boss is against it": "wants to know why there is no audit trail",
		"wants to know if the export holds no names; she has no idea":       "wants to know if the export holds no names",
		"möchte wissen, ob es keine Berichte gibt, weiß es selbst nicht":    "möchte wissen, ob es keine Berichte gibt",
		"does not really know what it costs, asked for figures":             "asked for figures",
		"she doesn't have a clue about audits, wants the checklist":         "wants the checklist",
		"didn't have any idea of the norm, asked for a demo":                "asked for a demo",
		"no longer has any idea what they paid, asked for a quote":          "asked for a quote",
		"hat davon wirklich gar keine richtige Ahnung, will ein Angebot":    "will ein Angebot",
		"non ne ha idea, chiede un preventivo":                              "chiede un preventivo",
		"elle n'en a pas la moindre idée, demande un devis":                 "demande un devis",
		"no tiene ni la más mínima idea, pide una demo":                     "pide una demo",
		"no tienen idea de los costes, piden una demo":                      "piden una demo",
		"não faz a menor ideia do custo, pede uma proposta":                 "pede uma proposta",
		"heeft er geen flauw idee van, wil een offerte":                     "wil een offerte",
		"does not want to say no, has an idea for the yard":                 "does not want to say no, has an idea for the yard",
		"wants to know why there is no export":                              "wants to know why there is no export",
		"her manager reports poor morale, wants the checklist":              "wants the checklist",
		"her boss reports to the owner only":                                "",
		"account manager left, asked for a new contact":                     "asked for a new contact",
		"asked for the boss view and director reports":                      "asked for the boss view and director reports",
		"elle ne sait pas encore, demande un devis":                         "demande un devis",
		"weet het niet, vraagt een offerte":                                 "vraagt een offerte",
		"manager view and CFO dashboard, boss against it":                   "manager view, and CFO dashboard",
		"vue directeur, directeur contre":                                   "vue directeur",
		"told us that her boss wants figures":                               "told us that her boss wants figures",
		"":                                                                  "",
	} {
		if got := WithoutRemarks(words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}
