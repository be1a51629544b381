package suggest_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"cairn/bot/csvfile"
	"cairn/bot/suggest"

	"pgregory.net/rapid"
)

func parse(text string) ([]suggest.Item, []suggest.Problem) {
	return suggest.ParseCSV(strings.NewReader(text))
}

func TestParseCSV(t *testing.T) {
	items, problems := parse("\xEF\xBB\xBF" + suggest.Header + "\r\n" +
		`"Audit, the short way",https://WWW.Library.example/a/?utm_source=x#top,Checklist,permission; engagement,IT;CFO,,audit trail,EN,results,Helps.,maria,2027-03-31,,yes` + "\r\n" +
		"Everything for everybody,http://library.example/b,,,,,,,,,,,,\r\n")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if len(items) != 2 {
		t.Fatalf("%d items", len(items))
	}
	a, b := items[0], items[1]
	if a.Canonical != "https://library.example/a" || a.Kind != "checklist" || a.Language != "en" || strings.Join(a.Stages, "|") != "permission|engagement" ||
		strings.Join(a.Roles, "|") != "IT|CFO" || a.Education != suggest.Results || !a.PassOn || !a.ReviewBy.Equal(time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", a)
	}
	if b.Stages != nil || !b.Expires.IsZero() || b.Language != "" || !b.PassOn {
		t.Errorf("empty cells must mean no limit: %+v", b)
	}
}

// Spreadsheets of countries whose decimals have a comma put semicolons between
// the cells, and quotes around a cell that has one.
func TestParseCSVWithSemicolons(t *testing.T) {
	items, problems := parse("\xEF\xBB\xBF" + strings.ReplaceAll(suggest.Header, ",", ";") + "\r\n" +
		`Audit, kurz;https://l.example/a;checklist;"permission; engagement";"IT;CFO";;;de;;Helps.;;;;` + "\r\n")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if it := items[0]; it.Title != "Audit, kurz" || strings.Join(it.Stages, "|") != "permission|engagement" || strings.Join(it.Roles, "|") != "IT|CFO" {
		t.Errorf("%+v", it)
	}
}

func TestParseCSVKnowsOtherNames(t *testing.T) {
	items, problems := parse(suggest.Header + "\nA,https://l.example/a,,Listening;attention;after exchange,,,,en_GB,TOOL,,,,,FALSE\n")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if it := items[0]; strings.Join(it.Stages, "|") != "attention|exchange" || it.Language != "en" || it.Education != suggest.Tool || it.PassOn {
		t.Errorf("%+v", it)
	}
}

func TestParseCSVProblems(t *testing.T) {
	const good = "Good,https://l.example/good,,,,,,,,,,,,\n"
	row := func(s string) string { return suggest.Header + "\n" + good + s + "\n" }
	for _, c := range []struct{ name, text, want string }{
		{"empty file", "", "line 1: the file is empty"},
		{"other header", "title,link\n", `line 1: column 2 of the header is "link", not "url"`},
		{"header too short", "title,url\n", `line 1: the header lacks "kind"`},
		{"header too long", suggest.Header + ",notes\n", `a column too many, "notes"`},
		{"cells missing", row("A,https://l.example/a"), "line 3: 2 cells, there must be 14"},
		{"no title", row(",https://l.example/a,,,,,,,,,,,,"), "line 3, title: missing"},
		{"no address", row("A,,,,,,,,,,,,,"), "line 3, url: missing"},
		{"half an address", row("A,l.example/a,,,,,,,,,,,,"), "line 3, url: not a full web address"},
		{"script as address", row("A,javascript:alert(1),,,,,,,,,,,,"), "line 3, url: not a full web address"},
		{"password in the address", row("A,https://me:secret@l.example,,,,,,,,,,,,"), "line 3, url: the address carries a user name or password"},
		{"same page twice", row("A,http://www.l.example/good/?utm_medium=mail,,,,,,,,,,,,"), "line 3, url: the same page as line 2"},
		{"stages between commas", row(`A,https://l.example/a,,"permission, engagement",,,,,,,,,,`), "what is within one cell is separated by a semicolon"},
		{"unknown stage", row("A,https://l.example/a,,closing,,,,,,,,,,"), `line 3, stages: there is no stage "closing"`},
		{"language in words", row("A,https://l.example/a,,,,,,german,,,,,,"), `line 3, language: "german"; write two letters`},
		{"education", row("A,https://l.example/a,,,,,,,selling,,,,,"), `line 3, education: "selling"; it must be results, tool or empty`},
		{"date", row("A,https://l.example/a,,,,,,,,,,31.3.2027,,"), `line 3, review_by: "31.3.2027" is no date`},
		{"review after expiry", row("A,https://l.example/a,,,,,,,,,,2027-02-01,2027-01-01,"), "line 3, review_by: after the day on which it expires"},
		{"pass on", row("A,https://l.example/a,,,,,,,,,,,,perhaps"), `line 3, pass_on: "perhaps"; write yes or no`},
		{"not UTF-8", row("Pr\xfcfung,https://l.example/a,,,,,,,,,,,,"), "line 3, title: not readable as UTF-8"},
		{"open quote", row(`"A,https://l.example/a,,,,,,,,,,,,`), "a double quote"},
		{"endless cell", row(strings.Repeat("x", 3000) + ",https://l.example/a,,,,,,,,,,,,"), "line 3, title: longer than 2000 characters"},
	} {
		items, problems := parse(c.text)
		if items != nil {
			t.Errorf("%s: %d items despite a problem: nothing must be half imported", c.name, len(items))
		}
		if len(problems) == 0 || !strings.Contains(problems[0].String(), c.want) {
			t.Errorf("%s: want %q, got %v", c.name, c.want, problems)
		}
	}
}

func TestParseCSVTellsAllProblemsWithTheirLines(t *testing.T) {
	_, problems := parse(suggest.Header + "\n" + "\"two\nlines\",https://l.example/a,,,,,,,,,,,,\n" + ",https://l.example/b,,wrong,,,,,,,,x,,\n")
	var lines []int
	for _, p := range problems {
		lines = append(lines, p.Line)
	}
	if len(problems) != 3 || lines[0] != 4 || lines[2] != 4 {
		t.Errorf("want three problems on line 4, since a cell above spans two lines: %v", problems)
	}
}

func TestCanonicalURL(t *testing.T) {
	for _, c := range []struct{ raw, want string }{
		{"https://l.example", "https://l.example"},
		{" HTTP://WWW.L.Example:80/ ", "https://l.example"},
		{"https://l.example/a/../b//c/index.html", "https://l.example/b/c"},
		{"https://l.example/a?b=2&a=1&utm_campaign=x&gclid=1#part", "https://l.example/a?a=1&b=2"},
		{"https://l.example:8443/a", "https://l.example:8443/a"},
		{"https://l.example/%C3%BCber uns", "https://l.example/%C3%BCber%20uns"},
		{"ftp://l.example/a", ""}, {"//l.example/a", ""}, {"https:///a", ""}, {"mailto:a@l.example", ""}, {"", ""}, {"https://l.example/%zz", ""},
	} {
		got, err := suggest.CanonicalURL(c.raw)
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%q: got %q, %v; want %q", c.raw, got, err, c.want)
		}
	}
}

// What only tracks is left out of an address, and nothing else of it is touched.
func TestWithoutTrackers(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"https://L.example/a?utm_source=x&b=%20c&GCLID=1#part?utm_x=1": "https://L.example/a?b=%20c#part?utm_x=1",
		"https://l.example/a?gbraid=1&_ga=2&li_fat_id=3&mtm_cid=4":     "https://l.example/a",
		"https://l.example/a?ref=main&source=2":                        "https://l.example/a?ref=main&source=2", // a branch, or a way to come
		"https://l.example/a?":                                         "https://l.example/a?",
		"https://l.example/a?b=%zz&%zz=1":                              "https://l.example/a?b=%zz&%zz=1",
		"no address":                                                   "no address",
		"":                                                             "",
	} {
		if got := suggest.WithoutTrackers(raw); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
	for _, c := range []struct {
		raw, clean string
		want       bool
	}{
		{"https://l.example/a?ref=mail&utm_x=1", "https://l.example/a", true},
		{"https://l.example/a", "https://l.example/a?ref=mail", false},
		{"https://l.example/a", "http://l.example/a", false},
		{"https://l.example/a?page=2&ref=mail", "https://l.example/a", false},
	} {
		if got := suggest.SameButTracked(c.raw, c.clean); got != c.want {
			t.Errorf("%q beside %q: %v", c.raw, c.clean, got)
		}
	}
}

// cellText draws texts as people and attackers write them.
var cellText = rapid.OneOf(
	rapid.StringMatching(`[=+\-@'"a-zé ,\t\r]{0,12}`),
	rapid.String(),
)

// What is written can be read again, and no cell begins like a formula.
func TestCSVRoundTrip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		clean := func(label string) string {
			s := strings.TrimSpace(strings.ReplaceAll(cellText.Draw(rt, label), "\r", " "))
			if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
				return ""
			}
			return s
		}
		in := suggest.Item{Title: "t" + clean("title"), URL: "https://l.example/a", Gives: clean("gives"), Owner: clean("owner"), PassOn: rapid.Bool().Draw(rt, "pass on"),
			Stages: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"attention", "permission", "exchange"}), 0, 3, rapid.ID).Draw(rt, "stages")}
		if rapid.Bool().Draw(rt, "formula") {
			in.Title = rapid.SampledFrom([]string{"=", "+", "-", "@", "'=", "''@"}).Draw(rt, "start") + in.Title
		}
		var out bytes.Buffer
		if err := suggest.WriteCSV(&out, []suggest.Item{in}); err != nil {
			rt.Fatal(err)
		}
		got, problems := suggest.ParseCSV(bytes.NewReader(out.Bytes()))
		if len(problems) > 0 || len(got) != 1 {
			rt.Fatalf("%v from\n%s", problems, out.String())
		}
		if g := got[0]; g.Title != in.Title || g.Gives != in.Gives || g.Owner != in.Owner || g.PassOn != in.PassOn || strings.Join(g.Stages, ";") != strings.Join(in.Stages, ";") {
			rt.Fatalf("wrote %+v\nread %+v", in, g)
		}
		if cell := csvfile.Neutral(in.Title); strings.ContainsAny(cell[:1], "=+-@\t\r") {
			rt.Fatalf("%q is run as a formula by a spreadsheet", cell)
		}
	})
}

func FuzzParseCSV(f *testing.F) {
	f.Add(suggest.Header + "\nA,https://l.example/a,,,,,,,,,,,,\n")
	f.Add(suggest.Header + "\n\"=1+1\",https://l.example/a,,x;y,,,,,,,,2026-01-01,,\n")
	f.Add("title,url\n\"")
	f.Add("\xEF\xBB\xBF")
	f.Fuzz(func(t *testing.T, text string) {
		items, problems := parse(text)
		if len(items) > 0 && len(problems) > 0 {
			t.Fatal("items and problems: half imported")
		}
		seen := map[string]bool{}
		for _, it := range items {
			if len(it.Problems()) > 0 || seen[it.Canonical] {
				t.Fatalf("taken in spite of %v, or twice: %q", it.Problems(), it.Canonical)
			}
			seen[it.Canonical] = true
			again, err := suggest.CanonicalURL(it.Canonical)
			if err != nil || again != it.Canonical {
				t.Fatalf("%q is not canonical of itself: %q, %v", it.Canonical, again, err)
			}
		}
		for _, p := range problems {
			if p.What == "" || p.Line < 1 {
				t.Fatalf("a problem without place or words: %+v", p)
			}
		}
	})
}
