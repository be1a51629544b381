package line_test

import (
	"testing"
	"time"

	"cairn/bot/line"
)

// Words of when and how beside a name are no part of it; a name that holds such a word is one
// unless more tells.
func TestAmid(t *testing.T) {
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC) // a Monday
	for _, c := range []struct {
		typed, who, words string
		sure              bool
	}{
		{"Tues call Ron Peck", "Ron Peck", "Tues call", true},
		{"call Tues Ron Peck, Peck Ltd", "Ron Peck, Peck Ltd", "call Tues", true},
		{"Ella Frost 3pm call", "Ella Frost", "3pm call", true},
		{"Ella Frost 3pm call, Frost Inc", "Ella Frost, Frost Inc", "3pm call", true},
		{"Ella Frost call", "Ella Frost", "call", true},
		{"Ella Frost yesterday", "Ella Frost", "yesterday", true},
		{"ella frost tues", "ella frost", "tues", false},
		{"yesterday w Ella Frost", "Ella Frost", "yesterday w", true},
		{"yesterday w/ Ella Frost at Frost Inc", "Ella Frost, Frost Inc", "yesterday w/", true},
		{"yesterday lunch with Ella Frost", "Ella Frost", "yesterday lunch with", true},
		{"12.11. Ella Frost, Frost Inc", "Ella Frost, Frost Inc", "12.11.", true},
		{"2026-11-12 Ella Frost", "Ella Frost", "2026-11-12", true},
		{"11/12 Ella Frost", "Ella Frost", "11/12", true},
		{"12 Nov Ella Frost", "Ella Frost", "12 Nov", true},
		{"12 Nov: Ella Frost", "", "", false},
		{"10:30 call Ron Peck", "Ron Peck", "10:30 call", true},
		{"Gestern Ron Peck", "Ron Peck", "Gestern", true},
		{"gestern Tel. mit Ron Peck", "Ron Peck", "gestern Tel. mit", true},
		{"gestern Anruf bei Frau Peck", "Frau Peck", "gestern Anruf bei", true},
		{"gestern mit Frau Peck, Peck AG", "Frau Peck, Peck AG", "gestern mit", true},
		{"Freitag 14 Uhr Ron Peck", "Ron Peck", "Freitag 14 Uhr", true},
		{"Dienstag Besuch Ron Peck", "Ron Peck", "Dienstag Besuch", true},
		{"hier appel avec Anne Roy", "Anne Roy", "hier appel avec", true},
		{"mardi matin Anne Roy", "Anne Roy", "mardi matin", true},
		{"ayer llamada con Ana Gil", "Ana Gil", "ayer llamada con", true},
		{"ieri chiamata con Ugo Re", "Ugo Re", "ieri chiamata con", true},
		{"ontem com Rui Paz", "Rui Paz", "ontem com", true},
		{"gisteren met Piet Bos", "Piet Bos", "gisteren met", true},
		{"yesterday call with Uma Rees", "Uma Rees", "yesterday call with", true},
		{"Am Freitag Besuch bei An Lee", "An Lee", "Am Freitag Besuch bei", true},
		{"Wed Ella Frost", "Ella Frost", "Wed", false},
		{"call wed Ella Frost", "Ella Frost", "call wed", true},
		{"Ella Frost tue", "Ella Frost", "tue", true},
		{"mon ami", "", "", false},
		{"Wed call Ella Frost", "Ella Frost", "Wed call", true},
		{"Mon w/ Ella Frost", "Ella Frost", "Mon w/", true},
		{"Mi 14 Uhr Ella Frost", "Ella Frost", "Mi 14 Uhr", true},
		{"Sat Singh, Nova", "Singh, Nova", "Sat", false},
		{"call Thu Nguyen", "Nguyen", "call Thu", false},
		{"call Thu Nguyen, Nova", "Nguyen, Nova", "call Thu", false},
		{"Thu Nguyen 3pm call", "Nguyen", "Thu 3pm call", false},
		{"call Sat Singh", "Singh", "call Sat", false},
		{"yesterday Thu Nguyen", "Thu Nguyen", "yesterday", true},
		{"yesterday call with Thu Nguyen", "Thu Nguyen", "yesterday call with", true},
		{"call thu Nguyen", "Nguyen", "call thu", true},
		{"Thu call Nguyen", "Nguyen", "Thu call", true},
		{"Sam 3pm call", "Sam", "3pm call", true},
		{"Di Lee, Nova", "", "", false},
		{"May Frost", "", "", false},
		{"May Frost, Frost Inc", "", "", false},
		{"Jan de Vries", "", "", false},
		{"Sunday Times, London", "Times, London", "Sunday", false},
		{"Ella May, Frost Inc", "", "", false},
		{"Monday.com", "", "", false},
		{"24h Fitness", "Fitness", "24h", false},
		{"Visit Berg", "", "", false},
		{"call Ron Peck", "", "", false},
		{"Ella Frost, Frost Inc", "", "", false},
		{"1. FC Union", "", "", false},
		{"1860 München", "", "", false},
		{"3M", "", "", false},
		{"yesterday", "", "", false},
		{"dana@acme.example", "", "", false},
		{"", "", "", false},
	} {
		a, ok := line.ParseWho(c.typed).Amid(now)
		got := a.Who.Name
		if a.Who.Company != "" {
			got += ", " + a.Who.Company
		}
		if got != c.who || a.Words != c.words || a.Sure != c.sure || ok != (got != "") {
			t.Errorf("%q: %q, %q, sure %v; want %q, %q, sure %v", c.typed, got, a.Words, a.Sure, c.who, c.words, c.sure)
		}
	}
}

// A day in three letters before one word may be a first name: it is read with that word too.
func TestAmidFirstName(t *testing.T) {
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	for typed, want := range map[string]string{
		"call Thu Nguyen":       "Thu Nguyen",
		"call Thu Nguyen, Nova": "Thu Nguyen, Nova",
		"Thu Nguyen 3pm call":   "Thu Nguyen",
		"call Tues Nguyen":      "",
		"call Thu Ella Frost":   "",
		"yesterday Thu Nguyen":  "",
	} {
		a, _ := line.ParseWho(typed).Amid(now)
		got := a.Full.Name
		if a.Full.Company != "" {
			got += ", " + a.Full.Company
		}
		if got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

// The day beside a name is the one that was, or else it tells of a plan.
func TestAmidDay(t *testing.T) {
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC) // a Monday
	for typed, want := range map[string]string{
		"Tues call Ron Peck":            "24 Nov phone",
		"yesterday w Ron Peck":          "29 Nov other",
		"Ron Peck 3pm call":             "phone",
		"today lunch with Ron Peck":     "meeting",
		"12.11. Ron Peck":               "12 Nov other",
		"12/11 mail to Ron Peck":        "12 Nov email",
		"letzten Freitag mit Ron Peck":  "27 Nov other",
		"Ron Peck visit Friday":         "27 Nov meeting",
		"tomorrow call Ron Peck":        "ahead phone",
		"morgen Termin mit Ron Peck":    "ahead other",
		"2 December visit Ron Peck":     "ahead meeting",
		"next Tuesday call Ron Peck":    "ahead phone",
		"am Montag Besuch bei Ron Peck": "23 Nov meeting",
	} {
		a, _ := line.ParseWho(typed).Amid(now)
		got := string(a.Channel)
		if a.Ahead {
			got = "ahead " + got
		}
		if !a.Day.IsZero() {
			got = a.Day.Format("2 Jan ") + got
		}
		if got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
