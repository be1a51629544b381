package workshop

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

const fence = "```"

// brokenMarks tells what of Slack's formatting begins in a text and does not end,
// or stands alone: it shows as a mark, or takes the rest of the text with it.
// "5 * 3", snake_case and "~5 days" are no formatting.
func brokenMarks(text string) (faults []string) {
	if strings.Count(text, fence)%2 == 1 {
		return []string{"``` begins and does not end: Slack shows the rest as code"}
	}
	for i, part := range strings.Split(text, fence) {
		if i%2 == 1 {
			continue // code: nothing in it is formatting
		}
		for row := range strings.Lines(part) {
			row = strings.TrimSpace(row)
			bare := inCode.ReplaceAllString(row, "code")
			for _, mark := range []rune{'`', '*', '_'} {
				if count(bare, mark)%2 == 1 {
					faults = append(faults, fmt.Sprintf("a lone %c stands in “%s”", mark, around(row, string(mark))))
				}
			}
		}
	}
	return faults
}

var inCode = regexp.MustCompile("`[^`]*`")

// count is how many of a mark may begin or end formatting.
func count(row string, mark rune) int {
	n := 0
	runes := []rune(row)
	for i, r := range runes {
		if r != mark {
			continue
		}
		before, after := ' ', ' '
		if i > 0 {
			before = runes[i-1]
		}
		if i+1 < len(runes) {
			after = runes[i+1]
		}
		switch {
		case word(before) && word(after): // inside a word or a number
		case mark == '*' && before == ' ' && after == ' ' && between(i, runes): // 5 * 3
		default:
			n++
		}
	}
	return n
}

func word(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// between reports whether a mark stands between two numbers.
func between(i int, runes []rune) bool {
	return i > 1 && i+2 < len(runes) && unicode.IsDigit(runes[i-2]) && unicode.IsDigit(runes[i+2])
}
