// Package csvfile reads and writes the CSV files that people keep in
// spreadsheets. Every mistake is told with its line; a file with one mistake
// gives no rows, so that nothing is ever half taken in; and no cell that is
// written is run as a formula.
package csvfile

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxCell is how many characters a cell may have, so that a wrong file ends
// early.
const maxCell = 2_000

// Problem is something wrong with a file: where and how to mend it.
type Problem struct {
	Line   int    // counted from 1, the header being line 1
	Column string // name of the column; empty for the whole line
	What   string // one sentence
}

func (p Problem) String() string {
	switch {
	case p.Line == 0 && p.Column == "":
		return p.What
	case p.Column == "":
		return fmt.Sprintf("line %d: %s", p.Line, p.What)
	}
	return fmt.Sprintf("line %d, %s: %s", p.Line, p.Column, p.What)
}

// Format is what a file must look like.
type Format struct {
	Columns []string
	// AnyOrder lets columns stand in any order and be left out, but for those
	// that are needed. Otherwise the header must be Columns exactly.
	AnyOrder bool
	Needed   []string
	MaxRows  int
	Things   string // what a row is, in the plural: "items"
}

// Row is one line of a file, its cells tidied: no spaces around them, and
// without the apostrophe that [Neutral] puts in front.
type Row struct {
	Line  int
	Cells map[string]string // by column; empty where the file lacks it
}

// Read reads a file: UTF-8, a header, a row a line. It reports every problem,
// and returns rows only where it could read the whole file; the rows that are
// good stand beside problems of single cells, so that the caller finds its own
// mistakes in the same run.
func Read(r io.Reader, f Format) ([]Row, []Problem) {
	in := bufio.NewReader(stripBOM(r))
	switch start, _ := in.Peek(4); {
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		return nil, []Problem{{Line: 1, What: "the file is UTF-16 text, as some spreadsheets save it; save it as UTF-8 (“CSV UTF-8”)"}}
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		return nil, []Problem{{Line: 1, What: "the file is a spreadsheet's own (such as .xlsx or .ods), not text; save it as “CSV UTF-8”"}}
	}
	comma := f.comma(in)
	text, err := io.ReadAll(in)
	if err != nil {
		return nil, []Problem{{What: "could not be read: " + err.Error()}}
	}
	if !bytes.ContainsRune(text, '\n') { // a spreadsheet's “CSV (Macintosh)”
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	cr := reader(text, comma)
	header := strings.Join(f.Columns, ",")
	head, err := cr.Read()
	if err != nil {
		return nil, []Problem{{Line: 1, What: readProblem(err, "the file is empty; its first line must be "+header)}}
	}
	for i := range head {
		head[i] = strings.TrimSpace(head[i])
	}
	if problems := f.head(head); len(problems) > 0 {
		return nil, problems
	}
	var rows []Row
	var problems []Problem
	before, broken := 0, 0 // lines before text, and those that are no CSV
	for {
		record, err := cr.Read()
		if errors.Is(err, io.EOF) {
			return rows, problems
		}
		if err != nil {
			// A quote that is never closed takes all lines behind it in: what comes after the
			// line on which it opened is read as lines of its own.
			at := parseLine(err)
			problems = append(problems, Problem{Line: before + at, What: readProblem(err, "")})
			if broken++; at == 0 || broken == maxBroken {
				return rows, append(problems, Problem{Line: before + at, What: "what comes after it was not looked at"})
			}
			text, before = behind(text, at), before+at
			cr = reader(text, comma)
			continue
		}
		line, _ := cr.FieldPos(0)
		line += before
		if len(rows) >= f.MaxRows {
			return rows, append(problems, Problem{Line: line, What: fmt.Sprintf("more than %d %s", f.MaxRows, f.Things)})
		}
		row, found := f.row(line, head, record)
		if problems = append(problems, found...); len(found) == 0 {
			rows = append(rows, row)
		}
	}
}

// comma is what stands between the cells: a semicolon where the header has its
// columns between semicolons, as spreadsheets write it in countries whose decimals
// have a comma; a tab where it has them between tabs; else a comma.
func (f Format) comma(in *bufio.Reader) rune {
	start, _ := in.Peek(in.Size()) // with a short file comes an error, and all of it
	first, _, _ := strings.Cut(string(start), "\n")
	known := func(sign string) (n int) {
		for _, name := range strings.Split(first, sign) {
			if slices.Contains(f.Columns, strings.ToLower(strings.Trim(name, " \t\r\""))) {
				n++
			}
		}
		return n
	}
	for _, sign := range ";\t" {
		if known(string(sign)) > max(1, known(",")) {
			return sign
		}
	}
	return ','
}

// head checks the header. Names of columns are compared without regard to case.
func (f Format) head(got []string) []Problem {
	if !f.AnyOrder {
		if what := f.exactHead(got); what != "" {
			return []Problem{{Line: 1, What: what}}
		}
		return nil
	}
	header := strings.Join(f.Columns, ",")
	var problems []Problem
	add := func(format string, args ...any) {
		problems = append(problems, Problem{Line: 1, What: fmt.Sprintf(format, args...)})
	}
	for i, name := range got {
		got[i] = strings.ToLower(name)
		switch {
		case !slices.Contains(f.Columns, got[i]):
			add("there is no column %.40q; the columns are %s", name, header)
		case slices.Contains(got[:i], got[i]):
			add("the column %q stands there twice", got[i])
		}
	}
	for _, name := range f.Needed {
		if !slices.Contains(got, name) {
			add("the header lacks %q; the columns are %s", name, header)
		}
	}
	return problems
}

// exactHead names the first column that is not as it must be.
func (f Format) exactHead(got []string) string {
	header := strings.Join(f.Columns, ",")
	for i, name := range f.Columns {
		if i >= len(got) {
			return fmt.Sprintf("the header lacks %q; it must be %s", name, header)
		}
		if got[i] != name {
			return fmt.Sprintf("column %d of the header is %.40q, not %q; it must be %s", i+1, got[i], name, header)
		}
	}
	if len(got) > len(f.Columns) {
		return fmt.Sprintf("the header has a column too many, %.40q; it must be %s", got[len(f.Columns)], header)
	}
	return ""
}

func (f Format) row(line int, head, cells []string) (Row, []Problem) {
	if len(cells) != len(head) {
		return Row{}, []Problem{{Line: line, What: fmt.Sprintf("%d cells, there must be %d; a cell with a comma or a semicolon in it needs double quotes around it", len(cells), len(head))}}
	}
	row := Row{Line: line, Cells: make(map[string]string, len(head))}
	var problems []Problem
	for i, name := range head {
		text := strings.TrimSpace(restore(cells[i]))
		switch {
		case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
			problems = append(problems, Problem{line, name, "not readable as UTF-8 text; save the file as UTF-8"})
		case utf8.RuneCountInString(text) > maxCell:
			problems = append(problems, Problem{line, name, fmt.Sprintf("longer than %d characters", maxCell)})
		}
		row.Cells[name] = text
	}
	return row, problems
}

// Write writes a header and rows as [Read] reads them, each cell [Neutral].
func Write(w io.Writer, columns []string, rows [][]string) error {
	cw := csv.NewWriter(w)
	if err := cw.Write(columns); err != nil {
		return err
	}
	for _, row := range rows {
		neutral := make([]string, len(row))
		for i, text := range row {
			neutral[i] = Neutral(text)
		}
		if err := cw.Write(neutral); err != nil {
			return err
		}
	}
	cw.Flush()
	return cw.Error()
}

// formulaStarts begin a formula, or make some spreadsheet look for one.
const formulaStarts = "=+-@\t\r\n＝＋－＠"

// Neutral returns text so that no spreadsheet runs it as a formula: an
// apostrophe stands in front of a cell that begins like one, spaces aside, and
// of one that begins with such an escape already. [Read] takes it off again.
func Neutral(text string) string {
	if formula(text) {
		return "'" + text
	}
	return text
}

// restore undoes Neutral.
func restore(text string) string {
	if strings.HasPrefix(text, "'") && formula(text) {
		return text[1:]
	}
	return text
}

func formula(text string) bool {
	bare := strings.TrimLeft(text, "' ")
	first, _ := utf8.DecodeRuneInString(bare)
	return bare != "" && strings.ContainsRune(formulaStarts, first)
}

func readProblem(err error, empty string) string {
	var parse *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return empty
	case errors.As(err, &parse) && errors.Is(parse.Err, csv.ErrQuote):
		return `a double quote ends in the middle of a cell; write "" for a quote within quotes, and close each`
	case errors.As(err, &parse) && errors.Is(parse.Err, csv.ErrBareQuote):
		return `a double quote stands in a cell that has none around it; put quotes around the cell and write "" for each within`
	}
	return "could not be read: " + err.Error()
}

// parseLine is the line on which a row that is no CSV begins; 0 where none is known.
func parseLine(err error) int {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return parse.StartLine
	}
	return 0
}

// maxBroken is how many lines may be no CSV before the rest of a file is not looked at:
// each may take the whole rest in.
const maxBroken = 100

func reader(text []byte, comma rune) *csv.Reader {
	cr := csv.NewReader(bytes.NewReader(text))
	cr.FieldsPerRecord, cr.Comma = -1, comma
	return cr
}

// behind is a text without its first lines.
func behind(text []byte, lines int) []byte {
	for range lines {
		i := bytes.IndexByte(text, '\n')
		if i < 0 {
			return nil
		}
		text = text[i+1:]
	}
	return text
}

// stripBOM drops the mark that spreadsheets put at the start of a UTF-8 file.
func stripBOM(r io.Reader) io.Reader {
	var start [3]byte
	n, _ := io.ReadFull(r, start[:])
	if n == 3 && start == [3]byte{0xEF, 0xBB, 0xBF} {
		return r
	}
	return io.MultiReader(strings.NewReader(string(start[:n])), r)
}
