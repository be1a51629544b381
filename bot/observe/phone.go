package observe

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A telephone number begins with + or 0, and so do sums, days and hours: "+250.000 EUR",
// "05.12. 10.30 Uhr". A number that is none costs more than one that is missed: what is
// taken for an address is not read.

// leastDigits and mostDigits are how many a telephone number has.
const (
	leastDigits = 8
	mostDigits  = 17 // 00 before fifteen
	// longestPhone is how many bytes are looked at: more of what looks like one is none.
	longestPhone = 64
)

// aPhone is how telephone numbers are written; of several forms that fit, the first
// counts. A dot stands in them only where it stands between all groups, since
// "0170 1234567 10.30" ends in an hour; and where the first group has two digits, as
// days and hours have, the others must be of no day or hour.
var aPhone = withBlanks(`^(?:` + strings.Join([]string{
	`(?:\+|00)[1-9]\d*(?:(?:\s?\(|\)[\s/-]?|[\s/.-])?\d+)*`, // +49 (0)30 123456-7
	`0[1-9](?:(?:\s\d\d){4}|(?:\.\d\d){4}|(?:-\d\d){4})`,    // 01.23.45.67.89
	`0[1-9]\d{6,}(?:-\d{1,4})?`,                             // 01701234567
	`0[1-9]\d{1,4}(?:\.\d{2,})+`,                            // 0170.123.45.67
	`0[1-9]\d{1,4}\)?\s?[/-]?\s?\d+(?:[\s/-]\d+)*`,          // 0170 1234567, 089/1234567
	`0[1-9]\s?[/-]?\s?\d{6,}(?:-\d{1,4})?`,                  // 06-12345678
	`0[1-9]\s\d{3}\s\d{2}\s\d{2}`,                           // 02 123 45 67
}, "|") + `)`)

var (
	// anHour is what a last group behind a space is that belongs to what follows: an hour,
	// hours from and to, a day.
	anHour = withBlanks(`^\d{1,2}[.:]\d{1,2}(?:\D|$)|^\d{1,2}(?:-\d{1,2})?\s?(?i:uhr|h|am|pm)(?:\PL|$)|^\d{1,2}\.[-/]`)
	// hours are from when to when, written without dots: 0900-1200.
	hours = withBlanks(`^0\d[0-5]\d\s?[/-]\s?(?:[01]\d|2[0-3])[0-5]\d$`)
	// aSum is a number in thousands.
	aSum = regexp.MustCompile(`^\+[1-9]\d{0,2}(?:\.\d{3})+$`)
	// aCurrency follows a sum.
	aCurrency = withBlanks(`^(?:,\d\d)?\s?(?:[€$£¥₹]|(?i:eur|euros?|usd|dollars?|chf|francs?|franken|gbp|pounds?|brl|reais|mio|millions?|millionen)(?:\PL|$))`)
)

// withBlanks is an expression in which \s is a space within a line, also one that does
// not break.
func withBlanks(re string) *regexp.Regexp {
	return regexp.MustCompile(strings.NewReplacer(`[\s`, `[ \x{a0}`, `\s`, `[ \x{a0}]`).Replace(re))
}

// phoneEnd is how many bytes the telephone number has that text begins with; 0 where it
// begins with none. A last group that is no part of it is left to be read.
func phoneEnd(text string) int {
	found := aPhone.FindString(clip(text, longestPhone))
	if len(found) >= longestPhone-1 {
		return 0
	}
	for found != "" {
		after := text[len(found):]
		next, _ := utf8.DecodeRuneInString(after)
		space := strings.LastIndexFunc(found, unicode.IsSpace)
		last := strings.IndexFunc(found[space+1:], unicode.IsDigit) + space + 1
		whole := !unicode.IsDigit(next) && !unicode.IsLetter(next) && !aCurrency.MatchString(after)
		if whole && (space < 0 || len(found)-last > 1 && !anHour.MatchString(text[last:])) {
			break
		}
		found = strings.TrimRight(found[:max(space, 0)], " \u00a0/-")
	}
	if n := digits(found); n < leastDigits || n > mostDigits || hours.MatchString(found) || aSum.MatchString(found) {
		return 0
	}
	return len(found)
}

func digits(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
