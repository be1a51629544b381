package workshop

import (
	"strings"
	"unicode/utf8"
)

// Limits of a form: Slack takes 3,000 characters an input, and people do not
// scroll through more than a dozen.
const (
	maxField  = 2900
	maxFields = 12
)

// Sheet is a text cut into the inputs of a form. What stands between the inputs
// (the head of a prompt, its headings, blank lines) is kept and not shown, so
// that editors cannot lose it.
type Sheet struct {
	Fields []Field
	tail   string
}

// Field is one input.
type Field struct {
	Part   string // the part of a prompt that it belongs to; empty for other files
	Text   string
	before string // what stands before it: never shown
}

// NewSheet cuts a text that was checked. ok is false where it is too long for a
// form, or a line of it is; it is edited as a file then.
func NewSheet(file, text string) (sheet Sheet, ok bool) {
	for line := range strings.Lines(text) {
		if utf8.RuneCountInString(line) > maxField {
			return Sheet{}, false
		}
	}
	before, rest := topOf(text)
	if kind, _ := KindOf(file); kind == Prompt {
		before, rest = bodyOf(text)
	}
	part := ""
	for rest != "" {
		var chunk string
		heading, body, found := headed(rest)
		if found {
			before += heading
			part = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(heading), "## "))
			chunk, rest = untilHeading(body)
		} else {
			chunk, rest = rest, ""
		}
		before = sheet.add(part, before, chunk)
	}
	sheet.tail = before
	return sheet, len(sheet.Fields) > 0 && len(sheet.Fields) <= maxFields
}

// Head is the part of a prompt that stands above its text.
const Head = "Head"

// NewHead cuts the head of a prompt that was checked into the inputs of a form;
// the text below it is kept and not shown.
func NewHead(text string) (sheet Sheet, ok bool) {
	head, body := bodyOf(text)
	for line := range strings.Lines(head) {
		if utf8.RuneCountInString(line) > maxField {
			return Sheet{}, false
		}
	}
	const dashes = "---\n"
	inner, ok := strings.CutSuffix(head, dashes)
	if !ok {
		return Sheet{}, false
	}
	after := sheet.add(Head, dashes, strings.TrimPrefix(inner, dashes))
	sheet.tail = after + dashes + body
	return sheet, len(sheet.Fields) > 0 && len(sheet.Fields) <= maxFields
}

// add cuts a chunk into fields and returns what stands after the last.
func (s *Sheet) add(part, before, chunk string) (after string) {
	for chunk != "" {
		bare := strings.TrimLeft(chunk, " \t\n")
		before += chunk[:len(chunk)-len(bare)]
		piece := cutAt(bare)
		chunk = bare[len(piece):]
		text := strings.TrimRight(piece, " \t\n")
		if text != "" {
			s.Fields = append(s.Fields, Field{Part: part, Text: text, before: before})
			before = ""
		}
		before += piece[len(text):]
	}
	return before
}

// cutAt returns the start of s that fits a field, up to the last blank line or
// line end within it.
func cutAt(s string) string {
	if utf8.RuneCountInString(s) <= maxField {
		return s
	}
	end := 0
	for n := 0; n < maxField; n++ {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	for _, edge := range []string{"\n\n", "\n"} {
		if at := strings.LastIndex(s[:end], edge); at > end/2 {
			return s[:at+len(edge)]
		}
	}
	return s[:end]
}

// topOf divides the comment at the top of a YAML file, which tells how such a
// file is written, from the rest.
func topOf(text string) (top, rest string) {
	rest = text
	for strings.HasPrefix(rest, "#") || strings.HasPrefix(rest, "\n") {
		_, after, ok := strings.Cut(rest, "\n")
		if !ok {
			return "", text
		}
		rest = after
	}
	return text[:len(text)-len(rest)], rest
}

// bodyOf divides a prompt's head, with both its rows of dashes, from the rest.
func bodyOf(text string) (head, body string) {
	const dashes = "---\n"
	if !strings.HasPrefix(text, dashes) {
		return "", text
	}
	at := strings.Index(text[len(dashes)-1:], "\n"+dashes)
	if at < 0 {
		return "", text
	}
	end := len(dashes) - 1 + at + 1 + len(dashes)
	return text[:end], text[end:]
}

// headed cuts a heading, with the blank lines before it, off the start of s.
func headed(s string) (heading, body string, ok bool) {
	bare := strings.TrimLeft(s, "\n")
	if !strings.HasPrefix(bare, "## ") {
		return "", s, false
	}
	line, _, _ := strings.Cut(bare, "\n")
	end := len(s) - len(bare) + len(line)
	if end < len(s) {
		end++
	}
	return s[:end], s[end:], true
}

// untilHeading divides s before its next heading.
func untilHeading(s string) (part, rest string) {
	if strings.HasPrefix(s, "## ") {
		return "", s
	}
	if at := strings.Index(s, "\n## "); at >= 0 {
		return s[:at+1], s[at+1:]
	}
	return s, ""
}

// Join puts what was typed into the inputs in the place of the fields. Space
// around what was typed is Slack's to lose, so it does not count.
func (s Sheet) Join(typed []string) string {
	var b strings.Builder
	for i, f := range s.Fields {
		b.WriteString(f.before)
		if i < len(typed) {
			b.WriteString(strings.Trim(strings.ReplaceAll(typed[i], "\r\n", "\n"), " \t\n"))
		}
	}
	b.WriteString(s.tail)
	return b.String()
}

// Where tells in which field a line of the joined text stands, and which line
// of the field it is, from 1; line 0 is for what stands in no field.
func (s Sheet) Where(typed []string, line int) (field, at int) {
	end := 1
	for i, f := range s.Fields {
		start := end + strings.Count(f.before, "\n")
		text := ""
		if i < len(typed) {
			text = strings.Trim(strings.ReplaceAll(typed[i], "\r\n", "\n"), " \t\n")
		}
		if line > end && line < start { // a heading, or a blank line: it goes with what follows
			return i, 0
		}
		end = start + strings.Count(text, "\n")
		if line >= start && line <= end {
			return i, line - start + 1
		}
	}
	return 0, 0
}
