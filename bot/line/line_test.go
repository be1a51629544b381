package line_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/line"
)

// wednesday is the moment of all tables: Wednesday 11 March 2026, 15:04 in
// Berlin.
func wednesday(t testing.TB) time.Time {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return time.Date(2026, 3, 11, 15, 4, 0, 0, zone)
}

func parse(t *testing.T, text string) line.Line {
	t.Helper()
	l, err := line.Shipped().Parse(text, wednesday(t))
	if err != nil {
		t.Fatalf("Parse(%q): %v", text, err)
	}
	return l
}

// The line of the README, whole.
func TestParseReadme(t *testing.T) {
	l := parse(t, "Dana Ruiz, Acme: call, asked about the audit trail, sent the checklist, will ask IT by Friday")
	if l.Who.Name != "Dana Ruiz" || l.Who.Company != "Acme" || !l.HasColon {
		t.Errorf("who = %+v", l.Who)
	}
	if l.Note != "call, asked about the audit trail, sent the checklist, will ask IT by Friday" {
		t.Errorf("note = %q", l.Note)
	}
	if l.Channel != journey.Phone || l.ChannelWords != "call" || l.Direction != journey.BothWay {
		t.Errorf("how = %s %q %s", l.Channel, l.ChannelWords, l.Direction)
	}
	if !l.At.Equal(wednesday(t)) || l.AtDay || l.AtWords != "" {
		t.Errorf("when = %s %q", l.At, l.AtWords)
	}
	want := line.Step{Text: "will ask IT", Due: time.Date(2026, 3, 13, 12, 0, 0, 0, l.At.Location()), Whose: line.Theirs, Words: "will ask IT by Friday"}
	if l.Step == nil || *l.Step != want {
		t.Errorf("step = %+v", l.Step)
	}
	if len(l.Gives) != 1 || l.Gives[0].Object != "checklist" {
		t.Errorf("gives = %+v", l.Gives)
	}
}

func TestWho(t *testing.T) {
	for _, c := range []struct {
		typed string
		want  line.Who // Raw is not compared
		note  string
	}{
		{"dana: met her CFO yesterday", line.Who{Name: "dana"}, "met her CFO yesterday"},
		{"Dana Ruiz, Acme: call", line.Who{Name: "Dana Ruiz", Company: "Acme"}, "call"},
		{"Dana Ruiz at Acme: call", line.Who{Name: "Dana Ruiz", Company: "Acme"}, "call"},
		{"Dana Ruiz AT Acme: call", line.Who{Name: "Dana Ruiz", Company: "Acme"}, "call"},
		{"Dana Ruiz @ Acme: call", line.Who{Name: "Dana Ruiz", Company: "Acme"}, "call"},
		{"Dana Ruiz @Acme: call", line.Who{Name: "Dana Ruiz", Company: "Acme"}, "call"},
		{"Dana Ruiz (Acme): call", line.Who{Name: "Dana Ruiz", Company: "Acme"}, "call"},
		{"Dana Ruiz - Acme: call", line.Who{Name: "Dana Ruiz", Company: "Acme"}, "call"},
		{"Dana Ruiz – Acme: call", line.Who{Name: "Dana Ruiz", Company: "Acme"}, "call"},
		{"Jürgen Groß bei Müller GmbH: Anruf", line.Who{Name: "Jürgen Groß", Company: "Müller GmbH"}, "Anruf"},
		{"Prof. Dr. Anna-Maria von der Heide, Uni Köln: call", line.Who{Name: "Prof. Dr. Anna-Maria von der Heide", Company: "Uni Köln"}, "call"},
		{"Ursula von der Leyen: call", line.Who{Name: "Ursula von der Leyen"}, "call"},
		{"Klaus Meier von der Telekom: Anruf", line.Who{Name: "Klaus Meier", Company: "Telekom"}, "Anruf"},
		{"Dana Ruiz, Acme, Inc.: call", line.Who{Name: "Dana Ruiz", Company: "Acme, Inc."}, "call"},
		{"Dana Ruiz, CFO, Acme: call", line.Who{Name: "Dana Ruiz", Title: "CFO", Company: "Acme"}, "call"},
		{"Dana Ruiz (CFO), Acme: call", line.Who{Name: "Dana Ruiz", Title: "CFO", Company: "Acme"}, "call"},
		{"Dana Ruiz (CFO), Head of Sales, Acme: call", line.Who{Name: "Dana Ruiz", Title: "CFO, Head of Sales", Company: "Acme"}, "call"},
		{"Dana Ruiz (CFO), Head of Sales: call", line.Who{Name: "Dana Ruiz", Title: "CFO, Head of Sales"}, "call"},
		{"Kim Bell (IT), Kimco: call", line.Who{Name: "Kim Bell", Title: "IT", Company: "Kimco"}, "call"},
		{"Kim Bell (IT) at Kimco: call", line.Who{Name: "Kim Bell", Title: "IT", Company: "Kimco"}, "call"},
		{"Kim Bell, Kimco (IT): call", line.Who{Name: "Kim Bell", Title: "IT", Company: "Kimco"}, "call"},
		{"Kim Bell (Einkauf), Kimco GmbH: call", line.Who{Name: "Kim Bell", Title: "Einkauf", Company: "Kimco GmbH"}, "call"},
		{"Kim Bell (Logistics): call", line.Who{Name: "Kim Bell", Company: "Logistics"}, "call"},
		{"Kim Bell (Kimco), CFO: call", line.Who{Name: "Kim Bell", Title: "CFO", Company: "Kimco"}, "call"},
		{"Kim Bell, CFO (Kimco): call", line.Who{Name: "Kim Bell", Title: "CFO", Company: "Kimco"}, "call"},
		{"Kim Bell (CFO) (Kimco): call", line.Who{Name: "Kim Bell", Title: "CFO", Company: "Kimco"}, "call"},
		{"Kim Bell (CFO, Kimco): call", line.Who{Name: "Kim Bell", Title: "CFO", Company: "Kimco"}, "call"},
		{"Sue (CFO at Northwind): call", line.Who{Name: "Sue", Title: "CFO", Company: "Northwind"}, "call"},
		{"Sue (Head of Sales at Northwind Ltd): call", line.Who{Name: "Sue", Title: "Head of Sales", Company: "Northwind Ltd"}, "call"},
		{"Eva Neu (Leiterin Einkauf bei Nord GmbH): Anruf", line.Who{Name: "Eva Neu", Title: "Leiterin Einkauf", Company: "Nord GmbH"}, "Anruf"},
		{"Eva Neu, CFO at Northwind: call", line.Who{Name: "Eva Neu", Title: "CFO", Company: "Northwind"}, "call"},
		{"dana ruiz, cfo at acme: call", line.Who{Name: "dana ruiz", Title: "cfo", Company: "acme"}, "call"},
		{"dana ruiz (head of sales at acme gmbh): call", line.Who{Name: "dana ruiz", Title: "head of sales", Company: "acme gmbh"}, "call"},
		{"eva neu, leiterin einkauf bei nord: anruf", line.Who{Name: "eva neu", Title: "leiterin einkauf", Company: "nord"}, "anruf"},
		{"eva neu, cfo at the fair: call", line.Who{Name: "eva neu", Company: "cfo at the fair"}, "call"},
		{"eva neu, friends at work: call", line.Who{Name: "eva neu", Company: "friends at work"}, "call"},
		{"Eva Neu (Friends at Work): call", line.Who{Name: "Eva Neu", Company: "Friends at Work"}, "call"},
		{"Kim Bell (Kimco, Inc.): call", line.Who{Name: "Kim Bell", Company: "Kimco, Inc."}, "call"},
		{"Kim Bell, Kimco (Germany): call", line.Who{Name: "Kim Bell", Company: "Kimco (Germany)"}, "call"},
		{"Kim Bell at Kimco (Germany): call", line.Who{Name: "Kim Bell", Company: "Kimco (Germany)"}, "call"},
		{"Robert (Bob) Stone, Acme: call", line.Who{Name: "Robert Stone", Company: "Acme", Alias: "Bob"}, "call"},
		{"Kim Bell (née Ott), Kimco: call", line.Who{Name: "Kim Bell", Company: "Kimco", Alias: "née Ott"}, "call"},
		{"Acme, Inc., Dana Ruiz: call", line.Who{Name: "Dana Ruiz", Company: "Acme, Inc."}, "call"},
		{"Miller Ltd, Joe Miller: call", line.Who{Name: "Joe Miller", Company: "Miller Ltd"}, "call"},
		{"miller ltd, joe miller: call", line.Who{Name: "joe miller", Company: "miller ltd"}, "call"},
		{"Miller Ltd, Joe Miller, CFO: call", line.Who{Name: "Joe Miller", Company: "Miller Ltd", Title: "CFO"}, "call"},
		{"Miller Ltd, Joe Miller and Ann Cole: call", line.Who{Name: "Joe Miller and Ann Cole", Company: "Miller Ltd"}, "call"},
		{"Acme Inc. - Bob Green: call", line.Who{Name: "Bob Green", Company: "Acme Inc."}, "call"},
		{"Bäckerei Huber – Hr. Huber: Anruf", line.Who{Name: "Hr. Huber", Company: "Bäckerei Huber"}, "Anruf"},
		{"Société Durand (M. Petit): appel", line.Who{Name: "M. Petit", Company: "Société Durand"}, "appel"},
		{"De Boer BV (mevr. Smit): gebeld", line.Who{Name: "mevr. Smit", Company: "De Boer BV"}, "gebeld"},
		{"Talleres Sur S.L. - Juan Gil: llamada", line.Who{Name: "Juan Gil", Company: "Talleres Sur S.L."}, "llamada"},
		{"Voss & Söhne KG, Heike Voss: Anruf", line.Who{Name: "Heike Voss", Company: "Voss & Söhne KG"}, "Anruf"},
		{"Bianchi & C. Snc, Rossi Mario: chiamata", line.Who{Name: "Rossi Mario", Company: "Bianchi & C. Snc"}, "chiamata"},
		{"DUPONT SA, Sophie Martin: appel", line.Who{Name: "Sophie Martin", Company: "DUPONT SA"}, "appel"},
		{"Acme - Bob Smith: call", line.Who{Name: "Acme", Company: "Bob Smith"}, "call"},
		{"Miller Ltd at Joe Miller: call", line.Who{Name: "Miller Ltd", Company: "Joe Miller"}, "call"},
		{"Miller Ltd, Acme Pumps GmbH: call", line.Who{Name: "Miller Ltd", Company: "Acme Pumps GmbH"}, "call"},
		{"Miller Ltd, Accounts Payable: call", line.Who{Name: "Miller Ltd", Company: "Accounts Payable"}, "call"},
		{"Miller Ltd, London: call", line.Who{Name: "Miller Ltd", Company: "London"}, "call"},
		{"Ana Sá, Acme Pumps: call", line.Who{Name: "Ana Sá", Company: "Acme Pumps"}, "call"},
		{"ANA SA, ACME PUMPS: call", line.Who{Name: "ANA SA", Company: "ACME PUMPS"}, "call"},
		{"Joe As, Acme Pumps: call", line.Who{Name: "Joe As", Company: "Acme Pumps"}, "call"},
		{"Frau Verlag, Acme Pumps: Anruf", line.Who{Name: "Frau Verlag", Company: "Acme Pumps"}, "Anruf"},
		{"Sommer Birgit, Klinikum Auental: Anruf", line.Who{Name: "Sommer Birgit", Company: "Klinikum Auental"}, "Anruf"},
		{"Anne-Marie O'Neill-Groß, Acme: call", line.Who{Name: "Anne-Marie O'Neill-Groß", Company: "Acme"}, "call"},
		{"dana@acme.com: call", line.Who{Email: "dana@acme.com"}, "call"},
		{"dana@acme.com, Acme: call", line.Who{Email: "dana@acme.com", Company: "Acme"}, "call"},
		{"dana@acme.com, Acme Industries GmbH: call", line.Who{Email: "dana@acme.com", Company: "Acme Industries GmbH"}, "call"},
		{"dana@acme-group.com, Acme: call", line.Who{Email: "dana@acme-group.com", Company: "Acme"}, "call"},
		{"dana@acme.com at Beta: call", line.Who{Email: "dana@acme.com", Company: "Beta"}, "call"},
		{"dana@acme.com, Dana Ruiz: call", line.Who{Email: "dana@acme.com", Name: "Dana Ruiz"}, "call"},
		{"Dana Ruiz Dana@Acme.com: call", line.Who{Name: "Dana Ruiz", Email: "dana@acme.com"}, "call"},
		{"Dana Ruiz &lt;dana@acme.com&gt;: call", line.Who{Name: "Dana Ruiz", Email: "dana@acme.com"}, "call"},
		{"Dana Ruiz, Acme, <mailto:dana@acme.com|dana@acme.com>: call", line.Who{Name: "Dana Ruiz", Company: "Acme", Email: "dana@acme.com"}, "call"},
		{"<mailto:dana@acme.com|dana@acme.com>: call", line.Who{Email: "dana@acme.com"}, "call"},
		{`Robert "Bob" Stone, Acme: call`, line.Who{Name: "Robert Stone", Company: "Acme", Alias: "Bob"}, "call"},
		{"Robert “Bob” Stone, Acme: call", line.Who{Name: "Robert Stone", Company: "Acme", Alias: "Bob"}, "call"},
		{"@dana: call", line.Who{Name: "dana", Alias: "dana"}, "call"},
		{":wave: dana: call", line.Who{Name: "dana"}, "call"},
		{"dana: :smile: a good call", line.Who{Name: "dana"}, ":smile: a good call"},
		{"dana : call", line.Who{Name: "dana"}, "call"},
		{"dana：打电话", line.Who{Name: "dana"}, "打电话"},
		{"李伟, 北京: call", line.Who{Name: "李伟", Company: "北京"}, "call"},
		{"أحمد علي: call", line.Who{Name: "أحمد علي"}, "call"},
		{"🦊: call", line.Who{Name: "🦊"}, "call"},
		{"Dana\u00a0Ruiz,\u200b Acme: call", line.Who{Name: "Dana Ruiz", Company: "Acme"}, "call"},
		{"dana: at 9:30 she called: fine", line.Who{Name: "dana"}, "at 9:30 she called: fine"},
		{"dana: see https://acme.com/x: good", line.Who{Name: "dana"}, "see https://acme.com/x: good"},
	} {
		l := parse(t, c.typed)
		if l.Who.Raw == "" {
			t.Errorf("%q: Raw is empty", c.typed)
		}
		l.Who.Raw = ""
		if l.Who != c.want || l.Note != c.note || !l.HasColon {
			t.Errorf("%q:\n got %+v, note %q\nwant %+v, note %q", c.typed, l.Who, l.Note, c.want, c.note)
		}
	}
}

// What stands behind the company, or before it, is never taken for it silently where both may be one.
func TestFirms(t *testing.T) {
	for typed, want := range map[string]string{
		"Dana Ruiz, Acme, Berlin":                   "Acme | Berlin",
		"Dana Ruiz, Acme, Berlin, Germany":          "Acme | Berlin | Germany",
		"Dana Ruiz, CFO, Acme, Berlin":              "Acme | Berlin; CFO",
		"Dana Ruiz, Acme, CFO, Berlin":              "Acme | Berlin; CFO",
		"Dana Ruiz, Acme, Berlin, CFO":              "Acme | Berlin; CFO",
		"Kim Long, VP Ops, Hale & Sons, Leeds":      "; VP Ops of Hale & Sons",
		"Kim Long, Leeds, Hale Ltd":                 "; of Hale Ltd",
		"Kim Long, Hale, Inc., Leeds":               "; of Hale, Inc.",
		"Kim Long, plant engineering, Hale":         "; plant engineering of Hale",
		"Kim Long, Purchasing, Hale":                "; Purchasing of Hale",
		"Kim Long, Hale, IT":                        "; IT of Hale",
		"Kim Long, Head Sports GmbH, Leeds":         "; of Head Sports GmbH",
		"Kim Long, VP Ops, Hale":                    "; VP Ops of Hale",
		"Kim Long, CFO, Head of Sales":              "; CFO, Head of Sales of ",
		"Kim Long, Hale":                            "; of Hale",
		"Dana Ruiz, Tom Bell and Mia Lang, Acme":    "; Tom Bell and Mia Lang of Acme",
		"Miller Ltd, Joe Miller, London":            "; of Miller Ltd",
		"Dana Ruiz, Acme, Berlin dana@acme.example": "Acme | Berlin",
	} {
		w := line.ParseWho(typed)
		var firms []string
		for _, f := range w.Firms() {
			firms = append(firms, f.Company)
			if f.Name != w.Name || f.Title != w.Title || len(f.Firms()) > 0 {
				t.Errorf("%q: %+v", typed, f)
			}
		}
		got := strings.Join(firms, " | ")
		switch {
		case got == "":
			got = "; " + strings.TrimSpace(w.Title+" of "+w.Company)
			if w.Company == "" {
				got += " "
			}
		case w.Title != "":
			got += "; " + w.Title
		}
		if got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

// Which of two is the company a comma does not tell; a word and brackets do.
func TestTurned(t *testing.T) {
	for typed, want := range map[string]string{
		"Cobalt, Eva Neu":                    "Eva Neu | Cobalt | ",
		"Cobalt , Eva Neu":                   "Eva Neu | Cobalt | ",
		"Cobalt, Eva Neu, CFO":               "Eva Neu | Cobalt | CFO",
		"Cobalt, Eva Neu eva@cobalt.example": "Eva Neu | Cobalt | ",
		"Cobalt at Eva Neu":                  "",
		"Cobalt (Eva Neu)":                   "",
		"Cobalt, Inc.":                       "",
		"Cobalt, Purchasing":                 "",
		"Cobalt":                             "",
		"Eva Neu, CFO":                       "",
	} {
		got := ""
		if w, ok := line.ParseWho(typed).Turned(); ok {
			got = w.Name + " | " + w.Company + " | " + w.Title
		}
		if got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func TestNoWhoColon(t *testing.T) {
	for _, text := range []string{
		"dana met her boss",
		"dana at 9:30 she called",
		"dana sent https://acme.com/x and wants more",
		"dana is in :tada: she signed",
		"dana signed :)",
		"I spoke to Dana and she said: no way",
		"dana said: no way",
		strings.Repeat("a very long sentence ", 5) + ": and a colon",
		"dana called\nnotes: three plants",
	} {
		l := parse(t, text)
		if l.HasColon || l.Who != (line.Who{}) || l.Note != text {
			t.Errorf("%q: read a who %+v, note %q", text, l.Who, l.Note)
		}
	}
}

func TestStarts(t *testing.T) {
	got := line.Starts("Dana Ruiz met her boss today")
	want := []line.Start{{Name: "Dana Ruiz met her", Rest: "boss today"}, {Name: "Dana Ruiz met", Rest: "her boss today"}, {Name: "Dana Ruiz", Rest: "met her boss today"}, {Name: "Dana", Rest: "Ruiz met her boss today", More: true}}
	if len(got) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("start %d = %+v, want %+v", i, got[i], want[i])
		}
	}
	if got := line.Starts("dana, call"); len(got) != 1 || got[0] != (line.Start{Name: "dana", Rest: "call"}) {
		t.Errorf("a comma ends a name: %+v", got)
	}
}

// What follows a first name at once may be a surname, unless it is a word with which
// people tell what happened, or stands apart.
func TestAnotherOfTheName(t *testing.T) {
	for text, more := range map[string]bool{
		"Dana Smith called, asked for prices": true, "dana O’Neill wants a quote": true, "Dana Müller-Lüdenscheid rief an": true,
		"dana called, asked for prices": false, "Dana Called, asked for prices": false, "Dana I met at the fair": false, "dana Monday call": false, "dana, Smith called": false,
		"dana - Smith called": false, "dana IT is in": false, "dana LinkedIn message, liked our post": false, "dana How many sites?": false, "dana Wann kommt das Angebot?": false,
		"dana Email, wants prices": false, "dana wants Smith in": false, "Dana Ruiz Smith": true, "dana": false, "Dana She wants prices": false, "dana Will ask IT by Friday": false,
		"Amir Said, wants a demo": true, "Amir Said called": true, "Amir Said wants a demo": true, "Amir said, wants a demo": false, "Amir Said she wants a demo": false, "Amir Said": false,
		"Amir Said prices are too high": false,
	} {
		starts := line.Starts(text)
		got := starts[len(starts)-1]
		if strings.HasPrefix(text, "Dana Ruiz") {
			got = starts[len(starts)-2]
		}
		if got.More != more {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct {
		typed string
		code  line.Code
	}{
		{"", line.Empty},
		{" \u200b\u00a0\t\n", line.Empty},
		{"dana", line.NameOnly},
		{"Dana Ruiz", line.NameOnly},
		{"Dana Ruiz, Acme", line.NameOnly},
		{"dana:", line.NameOnly},
		{"dana: \u200b", line.NameOnly},
		{": met her", line.NoWho},
		{" ,: met her", line.NoWho},
		{"https://acme.com: met her", line.NoWho},
		{"dana: met\x00her", line.BadText},
		{"dana: met \xff", line.BadText},
		{"dana: " + strings.Repeat("é", line.MaxChars+1), line.TooLong},
		{"dana: met her tomorrow", line.InFuture},
		{"dana: called next Friday", line.InFuture},
		{"dana: called tomorrow", line.InFuture},
		{"dana: visited them on 2027-01-05", line.InFuture},
		{"dana: 2026-03-12, visit, asked for prices", line.InFuture},
		{"<@UREP2>: call", line.NoWho},
		{"<@U0ELI|eli>, <@U0BEN>: call", line.NoWho},
		{"<!channel>: call", line.NoWho},
		{"@here: call", line.NoWho},
		{"@U024BE7LH: call", line.NoWho},
		{"dana: call <!channel> asked", ""},
		{"dana: met her on 12 March", line.InFuture},
		{"dana: visited them 2 April", line.InFuture},
		{"dana: met her on 31.02.", line.NoSuchDay},
		{"dana: met her on 30 February", line.NoSuchDay},
	} {
		_, err := line.Shipped().Parse(c.typed, wednesday(t))
		var p *line.Problem
		if c.code == "" && err == nil {
			continue
		}
		if !errors.As(err, &p) || p.Code != c.code {
			t.Errorf("%.40q: error %v, want code %s", c.typed, err, c.code)
			continue
		}
		if !strings.HasSuffix(p.Sentence, ".") || !strings.HasSuffix(p.Hint, ".") {
			t.Errorf("%.40q: not in sentences: %q %q", c.typed, p.Sentence, p.Hint)
		}
	}
}

// Where a talk that has been is told of a year to come, the year that was meant is named.
func TestAWrongYearIsNamed(t *testing.T) {
	for typed, want := range map[string]string{
		"dana: met her on 24 December 2031": "type `24 December 2025`",
		"dana: visited them on 2031-03-11":  "type `11 March 2026`",
		"dana: met her on 29 February 2032": "type `29 February 2024`",
	} {
		_, err := line.Shipped().Parse(typed, wednesday(t))
		var p *line.Problem
		if !errors.As(err, &p) || p.Code != line.InFuture || !strings.Contains(p.Hint, want) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

// A day to come of which is said how it went is told, and nothing is planned for it.
func TestADayToComeThatHasBeen(t *testing.T) {
	for note, is := range map[string]bool{
		"meeting on 24 December 2031 went well":               true,
		"demo on 2031-12-24 went well, wants prices":          true,
		"Termin am 24. Dezember 2031 lief gut":                true,
		"le rendez-vous du 24 décembre 2031 s'est bien passé": true,
		"la reunión del 24 de diciembre de 2031 salió bien":   true,
		"reunião de 24 de dezembro de 2031 correu bem":        true,
		"riunione del 24 dicembre 2031 è andata bene":         true,
		"afspraak op 24 december 2031 ging goed":              true,
		"meeting on 24 December 2031 is fine with her":        false,
		"meeting on 24 December 2031, today's call went well": false,
		"demo on 24 December 2031 confirmed":                  false,
	} {
		l := parse(t, "dana: "+note)
		if said := l.Ahead.Format("2006-01-02") == "2031-12-24"; said != is || l.Ahead.IsZero() == is || l.AtDay || (len(l.Steps) == 0) != is {
			t.Errorf("%s: ahead %v, at %v, steps %+v", note, l.Ahead, l.At, l.Steps)
		}
	}
}

// A note at the limit is taken whole.
func TestLongest(t *testing.T) {
	note := strings.Repeat("é", line.MaxChars)
	if l := parse(t, "dana: "+note); l.Note != note {
		t.Errorf("note has %d bytes, want %d", len(l.Note), len(note))
	}
}

// A problem with the day or the note still hands back who it was, so that a
// modal can open filled in.
func TestProblemKeepsWhatWasRead(t *testing.T) {
	l, err := line.Shipped().Parse("Dana Ruiz, Acme: met her tomorrow, sent the checklist", wednesday(t))
	if err == nil || l.Who.Name != "Dana Ruiz" || l.Note != "met her tomorrow, sent the checklist" || !l.HasColon {
		t.Errorf("line = %+v, error %v", l, err)
	}
}
