package suggest

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Header is the first line of a library file, exactly.
const Header = "title,url,kind,stages,roles,industries,topics,language,education,gives,owner,review_by,expires,pass_on"

// Limits of one library file. Cells longer than maxCell runes and files of
// more than MaxRows items are refused, so that a wrong file ends early.
const (
	MaxRows = 200_000
	maxCell = 2_000
)

// Problem is something wrong with a library file: where and how to mend it.
type Problem struct {
	Line   int    // counted from 1, the header being line 1
	Column string // name of the column; empty for the whole line
	What   string // one sentence
}

func (p Problem) String() string {
	if p.Column == "" {
		return fmt.Sprintf("line %d: %s", p.Line, p.What)
	}
	return fmt.Sprintf("line %d, %s: %s", p.Line, p.Column, p.What)
}

// ParseCSV reads a library file as [WriteCSV] writes it: UTF-8, [Header], lists
// within a cell separated by ";", dates as 2026-11-22, empty cells meaning no
// limit, pass_on yes or no (empty: yes). It reports every problem, and returns items only
// if there is none, so that nothing is ever half imported. Items have no ID.
func ParseCSV(r io.Reader) ([]Item, []Problem) {
	cr := csv.NewReader(stripBOM(r))
	cr.FieldsPerRecord = -1
	p := &csvParser{lineOf: map[string]int{}}
	head, err := cr.Read()
	if err != nil {
		return nil, []Problem{{Line: 1, What: readProblem(err, "the file is empty; its first line must be "+Header)}}
	}
	if got := strings.Join(trimAll(head), ","); got != Header {
		return nil, []Problem{{Line: 1, What: headProblem(trimAll(head))}}
	}
	for {
		record, err := cr.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			p.fail(parseLine(err), "", readProblem(err, ""))
			break // after a broken quote, line numbers mean nothing
		}
		line, _ := cr.FieldPos(0)
		if len(p.items) >= MaxRows {
			p.fail(line, "", fmt.Sprintf("more than %d items", MaxRows))
			break
		}
		p.record(line, record)
	}
	if len(p.problems) > 0 {
		return nil, p.problems
	}
	return p.items, nil
}

type csvParser struct {
	items    []Item
	problems []Problem
	lineOf   map[string]int // canonical URL → line where it stood first
}

func (p *csvParser) fail(line int, column, what string) {
	p.problems = append(p.problems, Problem{line, column, what})
}

func (p *csvParser) record(line int, cells []string) {
	names := strings.Split(Header, ",")
	if len(cells) != len(names) {
		p.fail(line, "", fmt.Sprintf("%d cells, there must be %d; a cell with a comma in it needs double quotes around it", len(cells), len(names)))
		return
	}
	cell := make(map[string]string, len(names))
	for i, name := range names {
		text := strings.TrimSpace(restoreCell(cells[i]))
		switch {
		case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
			p.fail(line, name, "not readable as UTF-8 text; save the file as UTF-8")
			text = ""
		case utf8.RuneCountInString(text) > maxCell:
			p.fail(line, name, fmt.Sprintf("longer than %d characters", maxCell))
			text = ""
		}
		cell[name] = text
	}
	before := len(p.problems)
	item := p.item(line, cell)
	if len(p.problems) == before {
		p.items = append(p.items, item)
	}
}

func (p *csvParser) item(line int, cell map[string]string) Item {
	it := Item{
		Title: cell["title"], URL: cell["url"], Kind: strings.ToLower(cell["kind"]),
		Stages: stages(cell["stages"]), Roles: list(cell["roles"]),
		Industries: list(cell["industries"]), Topics: list(cell["topics"]),
		Language: baseLanguage(cell["language"]), Gives: cell["gives"], Owner: cell["owner"],
		ReviewBy: p.date(line, "review_by", cell["review_by"]),
		Expires:  p.date(line, "expires", cell["expires"]),
		PassOn:   p.yesNo(line, "pass_on", cell["pass_on"]),
	}
	for _, problem := range it.Problems() {
		p.fail(line, problem.Column, problem.What)
	}
	switch e := Education(strings.ToLower(cell["education"])); e {
	case "", Results, Tool:
		it.Education = e
	default:
		p.fail(line, "education", fmt.Sprintf("%q; it must be results, tool or empty", e))
	}
	canonical, err := CanonicalURL(it.URL)
	if err != nil {
		return it // Problems has said so
	}
	it.Canonical = canonical
	if first, seen := p.lineOf[canonical]; seen {
		p.fail(line, "url", fmt.Sprintf("the same page as line %d (%s)", first, canonical))
	} else {
		p.lineOf[canonical] = line
	}
	return it
}

// stages reads a list of stages. Two names of journey.md that are not stages of
// the default journey have their place on it.
func stages(cell string) []string {
	var all []string
	for _, name := range list(strings.ToLower(cell)) {
		switch name {
		case "listening": // the ground floor of LIPEE
			name = "attention"
		case "after exchange", "after_exchange":
			name = "exchange"
		}
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// baseLanguage leaves out the region: content in en-GB is in English.
func baseLanguage(cell string) string {
	code := strings.ToLower(cell)
	if base, region, ok := strings.Cut(strings.ReplaceAll(code, "_", "-"), "-"); ok && len(base) == 2 && len(region) == 2 {
		return base
	}
	return code
}

// Problems says what keeps an item from being taken into a library, with
// Column set and Line 0. Forms and files share it.
func (it Item) Problems() []Problem {
	var all []Problem
	add := func(column, what string) { all = append(all, Problem{Column: column, What: what}) }
	if it.Title == "" {
		add("title", "missing; people need a name to recognise it by")
	}
	if it.URL == "" {
		add("url", "missing; it must begin with https://")
	} else if _, err := CanonicalURL(it.URL); err != nil {
		add("url", err.Error())
	}
	for _, stage := range it.Stages {
		if stageIndex(stage) < 0 {
			add("stages", fmt.Sprintf("there is no stage %q; the stages are %s", stage, strings.Join(stageNames[:], ", ")))
		}
	}
	if l := it.Language; l != "" && (len(l) != 2 || l[0] < 'a' || l[0] > 'z' || l[1] < 'a' || l[1] > 'z') {
		add("language", fmt.Sprintf("%q; write two letters, such as en, de or fr, or leave it empty", l))
	}
	if !it.ReviewBy.IsZero() && !it.Expires.IsZero() && it.ReviewBy.After(it.Expires) {
		add("review_by", "after the day on which it expires")
	}
	return all
}

func (p *csvParser) date(line int, column, text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		p.fail(line, column, fmt.Sprintf("%q is no date; write 2026-11-22 or leave it empty", text))
	}
	return day
}

func (p *csvParser) yesNo(line int, column, text string) bool {
	switch strings.ToLower(text) {
	case "", "yes", "true", "y", "1":
		return true
	case "no", "false", "n", "0":
		return false
	}
	p.fail(line, column, fmt.Sprintf("%q; write yes or no", text))
	return false
}

// WriteCSV writes items as [ParseCSV] reads them. A cell that a spreadsheet
// would take for a formula (it begins with = + - @, a tab or a carriage
// return) gets an apostrophe in front, and so does one that begins with such
// an escape already; ParseCSV takes it off again.
func WriteCSV(w io.Writer, items []Item) error {
	cw := csv.NewWriter(w)
	rows := [][]string{strings.Split(Header, ",")}
	for _, it := range items {
		row := []string{it.Title, it.URL, it.Kind, join(it.Stages), join(it.Roles), join(it.Industries), join(it.Topics),
			it.Language, string(it.Education), it.Gives, it.Owner, day(it.ReviewBy), day(it.Expires), yes(it.PassOn)}
		for i, text := range row {
			row[i] = NeutralCell(text)
		}
		rows = append(rows, row)
	}
	if err := cw.WriteAll(rows); err != nil {
		return fmt.Errorf("write library: %w", err)
	}
	return nil
}

const formulaStarts = "=+-@\t\r"

// NeutralCell returns text so that no spreadsheet runs it as a formula.
func NeutralCell(text string) string {
	bare := strings.TrimLeft(text, "'")
	if bare != "" && strings.ContainsRune(formulaStarts, rune(bare[0])) {
		return "'" + text
	}
	return text
}

// restoreCell undoes NeutralCell.
func restoreCell(text string) string {
	if !strings.HasPrefix(text, "'") {
		return text
	}
	bare := strings.TrimLeft(text, "'")
	if bare != "" && strings.ContainsRune(formulaStarts, rune(bare[0])) {
		return text[1:]
	}
	return text
}

func list(cell string) []string {
	var parts []string
	for part := range strings.SplitSeq(cell, ";") {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return parts
}

func join(parts []string) string { return strings.Join(parts, ";") }

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func trimAll(cells []string) []string {
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

// headProblem names the first column that is not as it must be.
func headProblem(got []string) string {
	want := strings.Split(Header, ",")
	for i, name := range want {
		if i >= len(got) {
			return fmt.Sprintf("the header lacks %q; it must be %s", name, Header)
		}
		if got[i] != name {
			return fmt.Sprintf("column %d of the header is %.40q, not %q; it must be %s", i+1, got[i], name, Header)
		}
	}
	return fmt.Sprintf("the header has a column too many, %.40q; it must be %s", got[len(want)], Header)
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

func parseLine(err error) int {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return parse.Line
	}
	return 0
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
