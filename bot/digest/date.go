package digest

import (
	"fmt"
	"slices"
	"time"
)

// months of the languages that dates can be written in, January first.
var months = map[string][]string{
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	"de": {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
	"fr": {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	"es": {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
	"it": {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"},
	"nl": {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
	"pt": {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"},
}

// DateLanguages lists them.
func DateLanguages() []string {
	var all []string
	for l := range months {
		all = append(all, l)
	}
	slices.Sort(all)
	return all
}

// Date writes t's day in t's own zone: 9 March, 9. März, 9 de marzo. A
// language that is not known is written as English.
func Date(t time.Time, language string) string {
	names := months[language]
	if names == nil {
		names = months["en"]
	}
	month := names[t.Month()-1]
	switch language {
	case "de":
		return fmt.Sprintf("%d. %s", t.Day(), month)
	case "es", "pt":
		return fmt.Sprintf("%d de %s", t.Day(), month)
	}
	return fmt.Sprintf("%d %s", t.Day(), month)
}

// Span writes the days from the first to the last: 9–15 March, 30 March – 5 April.
func Span(first, last time.Time, language string) string {
	if first.Month() == last.Month() && first.Year() == last.Year() {
		from := fmt.Sprint(first.Day())
		if language == "de" {
			from += "."
		}
		return from + "–" + Date(last, language)
	}
	return Date(first, language) + " – " + Date(last, language)
}
