package suggest

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"cairn/bot/csvfile"
)

// Header is the first line of a library file, exactly.
const Header = "title,url,kind,stages,roles,industries,topics,language,education,gives,owner,review_by,expires,pass_on"

// MaxRows bounds the items of one library file.
const MaxRows = 200_000

// Problem is something wrong with a library file: where and how to mend it.
type Problem = csvfile.Problem

// ParseCSV reads a library file as [WriteCSV] writes it: UTF-8, [Header], lists
// within a cell separated by ";", dates as 2026-11-22, empty cells meaning no
// limit, pass_on yes or no (empty: yes). It reports every problem, and returns items only
// if there is none, so that nothing is ever half imported. Items have no ID.
func ParseCSV(r io.Reader) ([]Item, []Problem) {
	rows, problems := csvfile.Read(r, csvfile.Format{Columns: strings.Split(Header, ","), MaxRows: MaxRows, Things: "items"})
	p := &csvParser{problems: problems, lineOf: map[string]int{}}
	var items []Item
	for _, row := range rows {
		items = append(items, p.item(row.Line, row.Cells))
	}
	if len(p.problems) > 0 {
		slices.SortStableFunc(p.problems, func(a, b Problem) int { return a.Line - b.Line })
		return nil, p.problems
	}
	return items, nil
}

type csvParser struct {
	problems []Problem
	lineOf   map[string]int // canonical URL → line where it stood first
}

func (p *csvParser) fail(line int, column, what string) {
	p.problems = append(p.problems, Problem{Line: line, Column: column, What: what})
}

// KindAs is a kind as a library keeps it: in small letters, but for the nouns of a
// language that writes them with a capital.
func KindAs(typed, language string) string {
	if language == "de" {
		return typed
	}
	return strings.ToLower(typed)
}

func (p *csvParser) item(line int, cell map[string]string) Item {
	it := Item{
		Title: cell["title"], URL: WithoutTrackers(cell["url"]), Kind: KindAs(cell["kind"], baseLanguage(cell["language"])),
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
		if stageIndex(stage) >= 0 {
			continue
		}
		what := fmt.Sprintf("there is no stage %q; the stages are %s", stage, strings.Join(stageNames[:], ", "))
		if strings.Contains(stage, ",") {
			what += "; what is within one cell is separated by a semicolon"
		}
		add("stages", what)
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

// WriteCSV writes items as [ParseCSV] reads them. No cell is run as a formula
// by a spreadsheet; see [csvfile.Neutral].
func WriteCSV(w io.Writer, items []Item) error {
	var rows [][]string
	for _, it := range items {
		rows = append(rows, it.cells())
	}
	if err := csvfile.Write(w, strings.Split(Header, ","), rows); err != nil {
		return fmt.Errorf("write library: %w", err)
	}
	return nil
}

// cells are an item as a file has it, in the order of [Header].
func (it Item) cells() []string {
	return []string{it.Title, it.URL, it.Kind, join(it.Stages), join(it.Roles), join(it.Industries), join(it.Topics),
		it.Language, string(it.Education), it.Gives, it.Owner, day(it.ReviewBy), day(it.Expires), yes(it.PassOn)}
}

// Change is what a column of an item says, before and after.
type Change struct{ Column, Was, Is string }

// Changes are the columns of [Header] in which two versions of an item differ.
func Changes(was, is Item) (all []Change) {
	a, b := was.cells(), is.cells()
	for i, column := range strings.Split(Header, ",") {
		if a[i] != b[i] {
			all = append(all, Change{column, a[i], b[i]})
		}
	}
	return all
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
