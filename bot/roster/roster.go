// Package roster reads and writes files of contacts: who somebody is and who
// looks after them, without a word of any note. It is pure.
package roster

import (
	"fmt"
	"io"
	"net/mail"
	"slices"
	"strings"
	"unicode/utf8"

	"cairn/bot/csvfile"
	"cairn/bot/line"
	"cairn/prompts"
)

// columns are in the order in which [Write] writes them. A file may have them in
// any order and lack all but the name.
var columns = []string{"name", "company", "email", "title", "language", "industry", "owner"}

// Header is the first line of a file that has every column.
func Header() string { return strings.Join(columns, ",") }

// Limits of one file and of what stands in it, in characters.
const (
	MaxRows = 50_000
	maxName = 120
)

// Entry is one contact of a file. Empty fields are not known.
type Entry struct {
	Line     int // counted from 1, the header being line 1
	Name     string
	Company  string
	Email    string // lower case
	Title    string
	Language string // two letters, lower case
	Industry string // of the company
	Owner    string // Slack id or name of whoever looks after them
}

// Parse reads a file. It reports every problem, and returns entries only if
// there is none: two lines about one person (the same address, or the same
// name and company however they are written) are a problem too.
func Parse(r io.Reader) ([]Entry, []csvfile.Problem) {
	rows, problems := csvfile.Read(r, csvfile.Format{Columns: columns, AnyOrder: true, Needed: []string{"name"}, MaxRows: MaxRows, Things: "contacts"})
	p := &parser{problems: problems, addresses: map[string]int{}, names: map[string]int{}}
	entries := make([]Entry, len(rows))
	for i, row := range rows {
		entries[i] = p.entry(row)
	}
	if len(p.problems) > 0 {
		slices.SortStableFunc(p.problems, func(a, b csvfile.Problem) int { return a.Line - b.Line })
		return nil, p.problems
	}
	return entries, nil
}

type parser struct {
	problems         []csvfile.Problem
	addresses, names map[string]int // line where it stood first
}

func (p *parser) fail(line int, column, what string) {
	p.problems = append(p.problems, csvfile.Problem{Line: line, Column: column, What: what})
}

func (p *parser) entry(row csvfile.Row) Entry {
	tidy := func(column string) string {
		text := prompts.OneLine(row.Cells[column], len(row.Cells[column])+1)
		if utf8.RuneCountInString(text) > maxName {
			p.fail(row.Line, column, fmt.Sprintf("longer than %d characters", maxName))
		}
		return text
	}
	e := Entry{Line: row.Line, Name: tidy("name"), Company: tidy("company"), Title: tidy("title"), Industry: tidy("industry"), Owner: tidy("owner"),
		Email: strings.ToLower(tidy("email")), Language: strings.ToLower(tidy("language"))}
	if line.Key(e.Name) == "" {
		p.fail(row.Line, "name", "missing; write what the person is called")
	}
	if e.Email != "" && !isAddress(e.Email) {
		p.fail(row.Line, "email", fmt.Sprintf("%.60q is no address; write one, such as dana@acme.example, or leave it empty", e.Email))
	}
	if l := e.Language; l != "" && (len(l) != 2 || l[0] < 'a' || l[0] > 'z' || l[1] < 'a' || l[1] > 'z') {
		p.fail(row.Line, "language", fmt.Sprintf("%q; write two letters, such as en, de or fr, or leave it empty", l))
	}
	if e.Industry != "" && e.Company == "" {
		p.fail(row.Line, "industry", "it belongs to a company, and there is none")
	}
	p.twice(e)
	return e
}

func (p *parser) twice(e Entry) {
	who := line.Key(e.Name) + "\n" + line.CompanyKey(e.Company)
	switch {
	case e.Email != "" && p.addresses[e.Email] > 0:
		p.fail(e.Line, "email", fmt.Sprintf("the same address as line %d", p.addresses[e.Email]))
	case p.names[who] > 0:
		p.fail(e.Line, "name", fmt.Sprintf("the same person as line %d, by name and company", p.names[who]))
	}
	if e.Email != "" && p.addresses[e.Email] == 0 {
		p.addresses[e.Email] = e.Line
	}
	if p.names[who] == 0 {
		p.names[who] = e.Line
	}
}

// isAddress reports whether a text is one bare e-mail address.
func isAddress(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text && a.Name == ""
}

// Write writes entries as [Parse] reads them. No cell is run as a formula by a
// spreadsheet; see [csvfile.Neutral].
func Write(w io.Writer, entries []Entry) error {
	rows := make([][]string, len(entries))
	for i, e := range entries {
		rows[i] = []string{e.Name, e.Company, e.Email, e.Title, e.Language, e.Industry, e.Owner}
	}
	if err := csvfile.Write(w, columns, rows); err != nil {
		return fmt.Errorf("write contacts: %w", err)
	}
	return nil
}
