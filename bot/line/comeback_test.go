package line_test

import (
	"strings"
	"testing"
	"time"

	"cairn/bot/line"
)

// When to come back, as people say it. Counted from Wednesday 11 March 2026.
func TestComeback(t *testing.T) {
	for note, want := range map[string]struct{ due, text string }{
		"not interested, reach out again next year":       {"2027-01-07", "reach out again"},
		"not now, again next year":                        {"2027-01-07", "again next year"},
		"no budget, try again in the autumn":              {"2026-09-01", "try again"},
		"no budget, try again in the fall":                {"2026-09-01", "try again"},
		"call back early next year":                       {"2027-01-07", "call back"},
		"call back at the end of the year":                {"2026-12-31", "call back"},
		"call back end of next year":                      {"2027-12-31", "call back"},
		"not now, in the summer":                          {"2026-06-01", "in the summer"},
		"not now, in May":                                 {"2026-05-01", "in May"},
		"in May again":                                    {"2026-05-01", "in May again"},
		"too early, in H2":                                {"2026-07-01", "in H2"},
		"frozen, next quarter":                            {"2026-04-01", "next quarter"},
		"not before the autumn":                           {"2026-09-01", "not before the autumn"},
		"check back in two or three weeks":                {"2026-04-01", "check back"},
		"check back in 2-3 weeks":                         {"2026-04-01", "check back"},
		"check back three weeks from now":                 {"2026-04-01", "check back"},
		"call again in half a year":                       {"2026-09-01", "call again"},
		"call again in a year":                            {"2027-03-11", "call again"},
		"call her back after Easter":                      {"2026-04-07", "call her back"},
		"call her back after the summer holidays":         {"2026-09-14", "call her back"},
		"call her back in the new year":                   {"2027-01-07", "call her back"},
		"next spring call her":                            {"2027-03-01", "next spring call her"}, // this spring has begun
		"told us to come back in the autumn":              {"2026-09-01", "told us to come back"},
		"follow up beginning of next week":                {"2026-03-17", "follow up"},
		"follow up in week 40":                            {"2026-09-28", "follow up"},
		"wieder melden im Herbst":                         {"2026-09-01", "wieder melden"},
		"kein Interesse, wieder melden in drei Wochen":    {"2026-04-01", "wieder melden"},
		"im Herbst wieder melden":                         {"2026-09-01", "im Herbst wieder melden"},
		"keine Zeit, nach den Osterferien wieder":         {"2026-04-13", "nach den Osterferien wieder"},
		"keine Zeit, nach dem Sommer":                     {"2026-09-14", "nach dem Sommer"},
		"nächstes Jahr wieder":                            {"2027-01-07", "nächstes Jahr wieder"},
		"Budget weg, nächstes Jahr nochmal anrufen":       {"2027-01-07", "nächstes Jahr nochmal anrufen"},
		"im neuen Jahr anrufen":                           {"2027-01-07", "im neuen Jahr anrufen"},
		"soll mich nach Pfingsten melden":                 {"2026-05-26", "soll mich nach Pfingsten melden"},
		"erst im Herbst":                                  {"2026-09-01", "erst im Herbst"},
		"keine Kapazität, frühestens im 2. Quartal":       {"2026-04-01", "frühestens im 2. Quartal"},
		"in einem halben Jahr nochmal":                    {"2026-09-01", "in einem halben Jahr nochmal"},
		"in ein paar Wochen nachfassen":                   {"2026-04-01", "in ein paar Wochen nachfassen"},
		"Anfang nächsten Jahres wieder melden":            {"2027-01-07", "Anfang nächsten Jahres wieder melden"},
		"Ende nächster Woche anrufen":                     {"2026-03-20", "Ende nächster Woche anrufen"},
		"KW 40 anrufen":                                   {"2026-09-28", "KW 40 anrufen"},
		"Wiedervorlage im Herbst nächsten Jahres":         {"2027-09-01", "Wiedervorlage"},
		"Freitag Angebot schicken":                        {"2026-03-13", "Freitag Angebot schicken"},
		"llamar después de Semana Santa":                  {"2026-04-07", "llamar"},
		"rappeler à la rentrée":                           {"2026-09-14", "rappeler"},
		"ligar de novo no próximo trimestre":              {"2026-04-01", "ligar de novo"},
		"richiamare in autunno":                           {"2026-09-01", "richiamare"},
		"terugbellen na de zomer":                         {"2026-09-14", "terugbellen"},
		"dijo que ahora no, que volvamos en abril":        {"2026-04-01", "que volvamos"},
		"volvamos en abril, ahora no":                     {"2026-04-01", "volvamos"},
		"dijo que volvamos en abril":                      {"2026-04-01", "que volvamos"},
		"pidió que le llamemos en abril":                  {"2026-04-01", "que le llamemos"},
		"ahora no, volver a hablar en abril":              {"2026-04-01", "volver a hablar"},
		"en abril volver a llamar":                        {"2026-04-01", "en abril volver a llamar"},
		"belde, nu niet, in mei terugkomen":               {"2026-05-01", "in mei terugkomen"},
		"nu niet, kom in mei maar terug":                  {"2026-05-01", "kom in mei maar terug"},
		"revenez en avril, pas maintenant":                {"2026-04-01", "revenez"},
		"m'a dit de revenir en avril":                     {"2026-04-01", "de revenir"},
		"pas maintenant, on en reparle en avril":          {"2026-04-01", "on en reparle"},
		"adesso no, ripassare ad aprile":                  {"2026-04-01", "ripassare"},
		"ha detto di ripassare a maggio":                  {"2026-05-01", "di ripassare"},
		"agora não, voltar em abril":                      {"2026-04-01", "voltar"},
		"agora não, que voltemos em abril":                {"2026-04-01", "que voltemos"},
		"jetzt nicht, im Mai wiederkommen":                {"2026-05-01", "im Mai wiederkommen"},
		"she'll decide after Christmas":                   {"2027-01-07", "she'll decide"},
		"they will send the list by the end of the month": {"2026-03-31", "they will send the list"},
	} {
		l := parse(t, "dana: "+note)
		due, text := "", ""
		if l.Step != nil {
			text = l.Step.Text
			if !l.Step.Due.IsZero() {
				due = l.Step.Due.Format(time.DateOnly)
			}
			if !strings.Contains(l.Note, l.Step.Words) || !strings.Contains(l.Step.Words, text) {
				t.Errorf("%q: %+v is not in the note's words", note, *l.Step)
			}
		}
		if due != want.due || text != want.text {
			t.Errorf("%q: %q due %q, want %q due %q", note, text, due, want.text, want.due)
		}
		if l.AtDay {
			t.Errorf("%q: taken for a talk on %s", note, l.At)
		}
	}
}

// Quarters and halves of a year, as they are meant on the day on which they are typed.
func TestPartsOfTheYear(t *testing.T) {
	for _, c := range []struct{ on, words, want string }{
		{"2026-03-11", "by the end of Q3", "2026-09-30"},
		{"2026-03-11", "end of Q1", "2026-03-31"},
		{"2026-03-11", "late Q2", "2026-06-30"},
		{"2026-03-11", "bis Ende Q3", "2026-09-30"},
		{"2026-03-11", "Ende des dritten Quartals", "2026-09-30"},
		{"2026-03-11", "by the end of the second quarter", "2026-06-30"},
		{"2026-03-11", "by the end of the quarter", "2026-03-31"},
		{"2026-03-11", "end of next quarter", "2026-06-30"},
		{"2026-03-11", "by the end of H1", "2026-06-30"},
		{"2026-07-15", "in Q3", "2026-09-01"},
		{"2026-07-15", "im 3. Quartal", "2026-09-01"},
		{"2026-07-15", "by end of Q3", "2026-09-30"},
		{"2026-09-10", "in Q3", "2026-09-30"},
		{"2026-09-30", "end of Q3", "2026-09-30"},
		{"2026-10-01", "end of Q3", "2027-09-30"},
		{"2026-10-01", "in Q3", "2027-07-01"},
		{"2026-06-30", "in Q3", "2026-07-01"},
		{"2026-08-20", "in H2", "2026-12-01"},
		{"2026-02-20", "in H1", "2026-06-01"},
		{"2026-08-20", "end of H2", "2026-12-31"},
		{"2026-02-20", "first half of next year", "2027-01-01"},
		{"2026-02-20", "in the first quarter of next year", "2027-01-01"},
		{"2026-02-20", "im ersten Quartal nächsten Jahres", "2027-01-01"},
		{"2026-03-11", "in Q3 2027", "2027-07-01"},
		{"2026-03-11", "by the end of Q1 2027", "2027-03-31"},
		{"2026-03-11", "in May of next year", "2027-05-01"},
	} {
		now, err := time.Parse(time.DateOnly, c.on)
		if err != nil {
			t.Fatal(err)
		}
		got, err := line.ParseWhen(c.words, now.Add(9*time.Hour))
		if err != nil || got.Format(time.DateOnly) != c.want {
			t.Errorf("%q on %s: %s, %v; want %s", c.words, c.on, got.Format(time.DateOnly), err, c.want)
		}
	}
}

// Words that look like a day to come back on, and are none; or of which nobody
// can tell the day.
func TestNoComeback(t *testing.T) {
	for _, note := range []string{
		"wants a pilot, in May",
		"they fall behind in spring cleaning",
		"sales fall",
		"deadline: end of March",
		"bought it last summer",
		"live since the summer",
		"seit dem Sommer Kunde",
		"nach dem Urlaub",
		"after her vacation",
		"no answer again",
		"ordered again in May",
		"wieder nichts erreicht",
		"not now, maybe",
		"vielleicht nächstes Jahr",
		"budget 20k, next year",
		"“again next year”, she said",
		"she wants it again next year",
		"nicht unterschrieben, Freitag",
		"not signed, Friday",
		"week 40 hours of overtime",
		"12/12 again",
		"once more on 22/1, 29/1",
		"Montag, Mittwoch, wieder Montag: Mailbox",
		"call backs doubled in week 1",
		"pilot made back in autumn",
		"we ship the trial before the spring fair",
		"im Herbst haben sie Messe",
		"volver a producir en mayo",
		"voltar a produzir em maio",
		"ella vuelve de la baja, vuelve a comprar",
		"in the summer they run two shifts",
	} {
		if l := parse(t, "dana: call, "+note); l.Step != nil {
			t.Errorf("%q: step %+v", note, *l.Step)
		}
	}
	// a step without a day, its words whole
	l := parse(t, "dana: call again after the holidays")
	if l.Step == nil || !l.Step.Due.IsZero() || l.Step.Text != "call again after the holidays" {
		t.Errorf("in March nobody can tell which holidays: %+v", l.Step)
	}
}

// The same words mean other days at other times of the year, and in the south.
func TestTimesOfTheYear(t *testing.T) {
	for _, c := range []struct{ zone, now, words, want string }{
		{"Europe/Berlin", "2026-06-17", "nach den Ferien", "2026-09-14"},
		{"Europe/Berlin", "2026-12-10", "nach den Ferien", "2027-01-07"},
		{"Europe/London", "2026-11-30", "after the holidays", "2027-01-07"},
		{"Europe/Berlin", "2026-10-01", "nach den Ferien", ""},
		{"Europe/Berlin", "2026-10-01", "after the summer", ""}, // nobody means next year's
		{"Europe/Berlin", "2026-10-01", "im Herbst", "2026-11-01"},
		{"Europe/Berlin", "2026-11-15", "im Herbst", "2027-09-01"},
		{"Europe/Berlin", "2026-12-24", "im neuen Jahr", "2027-01-07"},
		{"Europe/Berlin", "2027-01-03", "nach Neujahr", "2027-01-07"},
		{"Europe/Berlin", "2027-03-01", "nach Ostern", "2027-03-30"},
		{"Europe/Berlin", "2026-01-15", "im Winter", "2026-02-01"},
		{"Europe/Berlin", "2026-12-28", "KW 2", "2027-01-11"},
		{"Europe/Berlin", "2026-12-30", "in week 53", "2026-12-28"},
		{"Europe/Berlin", "2026-12-30", "next quarter", "2027-01-01"},
		{"Europe/Berlin", "2026-12-30", "end of next month", "2027-01-31"},
		{"Australia/Sydney", "2026-06-17", "in the spring", "2026-09-01"},
		{"Australia/Sydney", "2026-06-17", "in the summer", "2026-12-01"},
		{"America/Sao_Paulo", "2026-06-17", "no outono", "2027-03-01"},
		{"Australia/Sydney", "2026-06-17", "after the holidays", ""},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		now, err := time.ParseInLocation(time.DateOnly, c.now, zone)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if at, err := line.ParseWhen(c.words, now.Add(9*time.Hour)); err == nil {
			got = at.Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("%s, %s: %q is %q, want %q", c.zone, c.now, c.words, got, c.want)
		}
	}
}
