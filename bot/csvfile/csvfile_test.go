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
