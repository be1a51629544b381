package csvfile

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A stray quote spoils its own line, and the mistakes behind it are told in the same run.
func TestReadGoesOnBehindAStrayQuote(t *testing.T) {
	t.Parallel()
	f := Format{Columns: []string{"name", "company"}, MaxRows: 1000, Things: "rows"}
	for _, c := range []struct {
		name, text string
		lines      []int // of the problems
		rows       []int
	}{
		{"bare", "A \"x\" B,Acme\nGood,Beta\nOne\nLast,Gamma\n", []int{2, 4}, []int{3, 5}},
		{"in the middle", "\"A\" B,Acme\nGood,Beta\nOne\n", []int{2, 4}, []int{3}},
		{"never closed", "\"A,Acme\nGood,Beta\nOne\nLast,Gamma", []int{2, 4}, []int{3, 5}},
		{"closed far below", "\"A,Acme\nGood,Beta\n\"B\",C\nOne\n", []int{2, 5}, []int{3, 4}},
		{"two", "\"A,Acme\nGood,Beta\nB \"x,C\nLast,D\n", []int{2, 4}, []int{3, 5}},
		{"two lines in a cell", "\"A\nB\",Acme\nOne\nC \"x,D\n", []int{4, 5}, []int{2}},
		{"after a BOM, with returns", "\"A,Acme\r\nGood,Beta\r\nOne\r\n", []int{2, 4}, []int{3}},
		{"at the end", "Good,Beta\n\"A,Acme", []int{3}, []int{2}},
	} {
		rows, problems := Read(strings.NewReader("\xef\xbb\xbfname,company\n"+c.text), f)
		var at, good []int
		for _, p := range problems {
			at = append(at, p.Line)
		}
		for _, r := range rows {
			good = append(good, r.Line)
		}
		if !slices.Equal(at, c.lines) || !slices.Equal(good, c.rows) {
			t.Errorf("%s: problems %v, rows %v", c.name, problems, good)
		}
	}
	rows, problems := Read(strings.NewReader("name,company\n"+strings.Repeat("\"A,Acme\n", 500)), f)
	if last := problems[len(problems)-1]; len(rows) > 0 || len(problems) != maxBroken+1 || !strings.Contains(fmt.Sprint(last), "not looked at") {
		t.Errorf("%d problems, the last: %v", len(problems), last)
	}
}

// What spreadsheets save is read, or told by its name.
func TestReadWhatSpreadsheetsSave(t *testing.T) {
	t.Parallel()
	f := Format{Columns: []string{"name", "company", "email"}, MaxRows: 1000, Things: "rows"}
	for _, text := range []string{"name,company,email\nA,B,C\nD,E,F\n", "name;company;email\nA;B;C\nD;E;F\n", "name\tcompany\temail\r\nA\tB\tC\r\nD\tE\tF",
		"name,company,email\rA,B,C\rD,E,F\r", "\xef\xbb\xbfname;company;email\rA;B;C\rD;E;F"} {
		rows, problems := Read(strings.NewReader(text), f)
		if len(problems) > 0 || len(rows) != 2 || rows[1].Cells["company"] != "E" || rows[1].Line != 3 {
			t.Errorf("%q: %v, %v", text, rows, problems)
		}
	}
	for text, want := range map[string]string{"PK\x03\x04\x14\x00x": ".xlsx", "\xd0\xcf\x11\xe0\xa1": "spreadsheet's own", "\xff\xfen\x00": "UTF-16"} {
		rows, problems := Read(strings.NewReader(text), f)
		if len(rows) > 0 || len(problems) != 1 || !strings.Contains(problems[0].What, want) {
			t.Errorf("%q: %v, want a word of %s", text, problems, want)
		}
	}
}
