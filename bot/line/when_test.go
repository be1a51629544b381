package line_test

import (
	"errors"
	"testing"
	"time"

	"cairn/bot/line"
)

func TestWhen(t *testing.T) {
	for _, c := range []struct{ note, day, words string }{
		{"met her", "2026-03-11", ""},
		{"met her today", "2026-03-11", "today"},
		{"call this morning, all fine", "2026-03-11", "this morning"},
		{"met her yesterday", "2026-03-10", "yesterday"},
		{"yesterday, short call", "2026-03-10", "yesterday"},
		{"met her the day before yesterday", "2026-03-09", "the day before yesterday"},
		{"met her last Friday", "2026-03-06", "last Friday"},
		{"met her on Friday", "2026-03-06", "on Friday"},
		{"met her Wednesday", "2026-03-04", "Wednesday"},
		{"met her on Mon", "2026-03-09", "on Mon"},
		{"thu replied by mail, wants a demo", "2026-03-05", "thu"},
		{"Thu met her at the fair", "2026-03-05", "Thu"},
		{"Thu replied by mail, wants a demo", "2026-03-11", ""}, // somebody is called so
		{"Thu signed the contract", "2026-03-11", ""},
		{"Thu sent her the checklist", "2026-03-05", "Thu"},
		{"sent deck mon", "2026-03-09", "mon"},
		{"called mon, mobile off", "2026-03-09", "mon"},
		{"met wed am, wants prices", "2026-03-04", "wed"},
		{"called Mon, mobile off", "2026-03-09", "Mon"},
		{"met her Tuesday last week", "2026-03-03", "Tuesday last week"},
		{"visited them last week", "2026-03-04", "last week"},
		{"met 3 days ago", "2026-03-08", "3 days ago"},
		{"met two weeks ago", "2026-02-25", "two weeks ago"},
		{"met a month ago", "2026-02-11", "a month ago"},
		{"met her on 2 March", "2026-03-02", "on 2 March"},
		{"met her on the 2nd of March", "2026-03-02", "on the 2nd of March"},
		{"met her March 2nd", "2026-03-02", "March 2nd"},
		{"met her 24 December", "2025-12-24", "24 December"},
		{"20 July met her, all fine", "2025-07-20", "20 July"},
		{"24 December called, not interested now, call back in Q3", "2025-12-24", "24 December"},
		{"met 2 march. 2000 units wanted", "2026-03-02", "2 march"}, // the dot ends a sentence
		{"visita 2 marzo. 2000 unidades", "2026-03-02", "2 marzo"},
		{"visite le 2 mars. elle veut un devis", "2026-03-02", "2 mars"},
		{"vu le 20 févr. visite", "2026-02-20", "20 févr"},
		{"vu le 20 févr. 2025", "2025-02-20", "20 févr. 2025"},
		{"met her on 29 February", "2024-02-29", "on 29 February"},
		{"met her at the fair 02.03., took her card", "2026-03-02", "02.03."},
		{"met her 02.03.2026", "2026-03-02", "02.03.2026"},
		{"2026-03-02 visit, walked the plant", "2026-03-02", "2026-03-02"},
		{"met her on 2/3", "2026-03-02", "on 2/3"},
		{"met her on 2/25", "2026-02-25", "on 2/25"},
		{"am Montag telefoniert", "2026-03-09", "am Montag"},
		{"gestern angerufen", "2026-03-10", "gestern"},
		{"vorgestern angerufen", "2026-03-09", "vorgestern"},
		{"vor 3 Tagen getroffen", "2026-03-08", "vor 3 Tagen"},
		{"am 2. März getroffen", "2026-03-02", "am 2. März"},
		{"letzten Freitag telefoniert", "2026-03-06", "letzten Freitag"},
		{"hablamos por teléfono ayer", "2026-03-10", "ayer"},
		{"visita a planta el lunes pasado", "2026-03-09", "el lunes pasado"},
		{"hace 3 días me llamó", "2026-03-08", "hace 3 días"},
		{"me llamó el 2 de marzo", "2026-03-02", "el 2 de marzo"},
		{"RDV hier", "2026-03-10", "hier"},
		{"je l'ai appelé lundi dernier", "2026-03-09", "lundi dernier"},
		{"il y a 3 jours elle a appelé", "2026-03-08", "il y a 3 jours"},
		{"me ligou ontem", "2026-03-10", "ontem"},
		{"falamos por telefone na sexta passada", "2026-03-06", "na sexta passada"},
		{"l'ho chiamata ieri", "2026-03-10", "ieri"},
		{"ho chiamato venerdì scorso", "2026-03-06", "venerdì scorso"},
		{"gisteren gebeld", "2026-03-10", "gisteren"},
		{"zoom yest", "2026-03-10", "yest"},
		{"yest call", "2026-03-10", "yest"},
		{"le 2 févr. visite", "2026-02-02", "2 févr"},
		{"drie dagen geleden gebeld", "2026-03-08", "drie dagen geleden"},
		{"afgelopen vrijdag gebeld", "2026-03-06", "afgelopen vrijdag"},
		{"met her on 12 November", "2025-11-12", "on 12 November"},
		{"zoom on 3/9 with her team", "2026-03-09", "on 3/9"},
		{"QBR yesterday, NPS 9", "2026-03-10", "yesterday"},
		{"spoke w/ her CFO yesterday", "2026-03-10", "yesterday"},
		{"hablé con Beltrán ayer", "2026-03-10", "ayer"},
		{"l'ho chiamata però ieri era chiuso", "2026-03-10", "ieri"},
		{"call on infra topics yesterday", "2026-03-10", "yesterday"},
		// days of other things
		{"12 March visit confirmed", "2026-03-11", ""},
		{"12 March at their plant", "2026-03-11", ""},
		{"meeting moved to 2 April", "2026-03-11", ""},
		{"wants to wait, call her back 1 September", "2026-03-11", ""},
		{"lunch on Friday confirmed", "2026-03-11", ""},
		{"call, will ask IT by Friday", "2026-03-11", ""},
		{"call, wants it by 2 April", "2026-03-11", ""},
		{"call, their plant manager left last week", "2026-03-11", ""},
		{"call, she said the audit failed yesterday", "2026-03-11", ""},
		{"call every Friday at nine", "2026-03-11", ""},
		{"call, live since last week", "2026-03-11", ""},
		{"signed up for the Friday letter", "2026-03-11", ""},
		{"agreed a visit on Friday", "2026-03-11", ""},
		{"visit 16 March 10:00", "2026-03-11", ""},
		{"Thursday's fine, she says", "2026-03-11", ""},
		{"guten Morgen gesagt am Telefon", "2026-03-11", ""},
		{"they may come in May", "2026-03-11", ""},
		{"budget 1/2 spent, 2.5 shifts", "2026-03-11", ""},
		{"“met them yesterday”, it says in her mail", "2026-03-11", ""},
	} {
		l := parse(t, "dana: "+c.note)
		if got := l.At.Format(time.DateOnly); got != c.day || l.AtWords != c.words {
			t.Errorf("%q: %s %q, want %s %q", c.note, got, l.AtWords, c.day, c.words)
		}
		if l.AtDay != (c.day != "2026-03-11") {
			t.Errorf("%q: AtDay = %v", c.note, l.AtDay)
		}
		if l.AtDay && l.At.Hour() != 12 {
			t.Errorf("%q: a day without an hour stands at noon, not %s", c.note, l.At)
		}
		if l.At.After(wednesday(t)) {
			t.Errorf("%q: in the future: %s", c.note, l.At)
		}
	}
}

func TestParseWhen(t *testing.T) {
	for words, want := range map[string]string{
		"until 2 March":      "2027-03-02", // this year's is over
		"2 April":            "2026-04-02",
		"tomorrow":           "2026-03-12",
		"Friday":             "2026-03-13",
		"until Friday":       "2026-03-13",
		"next Friday":        "2026-03-20",
		"next Monday":        "2026-03-16",
		"Wednesday":          "2026-03-18",
		"in 3 days":          "2026-03-14",
		"in two weeks":       "2026-03-25",
		"next week":          "2026-03-20",
		"2026-04-02":         "2026-04-02",
		"2.4.":               "2026-04-02",
		"until 02.04.":       "2026-04-02",
		"in May":             "2026-05-01",
		"mid June":           "2026-06-15",
		"end of May":         "2026-05-31",
		"by the end of May":  "2026-05-31",
		"next month":         "2026-04-01",
		"in Q3":              "2026-07-01",
		"bis Freitag":        "2026-03-13",
		"bis 2. April":       "2026-04-02",
		"übermorgen":         "2026-03-13",
		"hasta el viernes":   "2026-03-13",
		"dentro de 3 días":   "2026-03-14",
		"jusqu'au 2 avril":   "2026-04-02",
		"vendredi prochain":  "2026-03-13",
		"até sexta":          "2026-03-13",
		"entro venerdì":      "2026-03-13",
		"tot vrijdag":        "2026-03-13",
		"eind mei":           "2026-05-31",
		"2025-01-02":         "2025-01-02", // the caller says that it is over
		"<!date^1|tomorrow>": "2026-03-12",
	} {
		now := wednesday(t)
		got, err := line.ParseWhen(words, now)
		if err != nil || got.Format(time.DateOnly) != want || got.Location() != now.Location() {
			t.Errorf("ParseWhen(%q) = %s, %v; want %s", words, got.Format(time.DateOnly), err, want)
		}
	}
	for words, code := range map[string]line.Code{"soon": line.NotADate, "": line.NotADate, "31.02.": line.NoSuchDay, "may": line.NotADate} {
		_, err := line.ParseWhen(words, wednesday(t))
		var p *line.Problem
		if !errors.As(err, &p) || p.Code != code {
			t.Errorf("ParseWhen(%q): %v, want %s", words, err, code)
		}
	}
}

// Over four years of days, in zones on both sides of the date line and around
// clock changes: yesterday is one day before, a weekday is behind when told
// and ahead when due, by at most a week.
func TestDaysInZones(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for n := range 4 * 366 {
			now := time.Date(2024, 1, 1+n, (n*7)%24, 30, 0, 0, zone)
			l, err := line.Shipped().Parse("dana: met her yesterday, will ask IT by Friday", now)
			if err != nil {
				t.Fatal(err)
			}
			if want := now.AddDate(0, 0, -1).Format(time.DateOnly); l.At.Format(time.DateOnly) != want {
				t.Fatalf("%s at %s: yesterday = %s", name, now, l.At)
			}
			if l.Step.Due.Weekday() != time.Friday || !l.Step.Due.After(l.At) || l.Step.Due.Sub(l.At) > 8*24*time.Hour {
				t.Fatalf("%s at %s: due %s", name, now, l.Step.Due)
			}
			if l, err = line.Shipped().Parse("dana: met her on Friday", now); err != nil {
				t.Fatal(err)
			}
			if l.At.Weekday() != time.Friday || !l.At.Before(now) || now.Sub(l.At) > 8*24*time.Hour {
				t.Fatalf("%s at %s: Friday = %s", name, now, l.At)
			}
		}
	}
}

// What was done has a day that has been: one that is still to come is asked about, with a
// year that nobody can have meant put right in the question, and one without a year is the last.
func TestDayOfADeed(t *testing.T) {
	for note, want := range map[string]string{
		"paid on 5 January 2027": "future", "paid 2027-01-05": "future", "ordered on 5 January 2027": "future", "bezahlt am 5.1.2027": "future",
		"demo held on 12 January 2027": "future", "met in 2027": "future", "met her in 2027": "future", "paid in 2027": "future",
		"signed the contract in May 2026": "future", "signed in May 2026": "future", "firmado en 2027": "future", "demo took place on 2 May 2026": "future",
		"paid on 5 January": "2026-01-05", "ordered on 2 March": "2026-03-02", "demo held on 12 January": "2026-01-12", "demo held on 2 March": "2026-03-02", "met on 20 April": "2025-04-20",
		// without a year: asked about where it comes within a month, else the last, whatever was done
		"paid on 5 April": "future", "ordered on 20 April": "2025-04-20", "Rechnung am 20.4. bezahlt": "2025-04-20", "20 April paid the invoice": "2025-04-20", "pagó el 20 de abril": "2025-04-20",
		"visit 3 may. 2000 units wanted": "future", // and not of the year 2000
		"is paid on 20 April":            "", "pilot, paid until 20 April": "", "call, signed up for the fair on 20 April": "", "llamada, el pago el 20 de abril": "",
		// of figures of which either may be the month, the one that has been
		"called 2/3": "2026-03-02", "called 2/4, asked for prices": "2026-02-04", "met her 4/12": "2025-12-04", "called 12/3": "future",
		"called 2/3 of them": "", "called 24/7": "", "call, 2/3 of the staff": "",
		"rang 4 times this week": "", "met her this Friday": "future", "same as last week": "", "signed in February 2026": "", "signed in March 2026": "", "met in 2025": "", "signed for 2027": "", "signed, starts in 2027": "", "paid until May 2026": "",
		"will be paid on 5 January 2027": "", "met her, wants to buy in 2027": "", "talked about 2027": "", "called about moving in 2027": "", "has not paid in 2026": "",
		"pagó en mayo de 2026": "future", "call, no answer, pagó en mayo de 2026": "future", "a signé en mai 2026": "future", "Vertrag unterschrieben im Mai 2026": "future", "pagó el viernes": "2026-03-06", "hat am Freitag bezahlt": "2026-03-06",
		// what they do, or a thing
		"presupuesto ok, pago en mayo de 2026": "", "budget validé, signe en mai 2026": "", "ok, commande en mai 2026": "", "Kunde verlängert im Mai 2026": "", "ok, bestellt im Mai 2026": "",
		"Kunde bezahlt am 5.1.2027": "", "Kunde bezahlt am 20.4.": "", "Rechnung am 5.1.2027 bezahlt": "future", "propuesta ok, pago el viernes": "", "presupuesto ok, compro el viernes": "",
	} {
		l, err := line.Shipped().Parse("dana: "+note, wednesday(t))
		got := ""
		var p *line.Problem
		switch {
		case errors.As(err, &p) && p.Code == line.InFuture:
			got = "future"
		case err != nil:
			got = err.Error()
		case l.AtDay:
			got = l.At.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", note, got, want)
		}
	}
}
