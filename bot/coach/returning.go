package coach

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/store"
)

// A no or a not now that names a day, however it is put: "no interest, but ask me
// again in spring 2027", "signed with a rival until 30 June, we may call again then".
// bot/line reads what sounds like a step; here it is enough that they said no, and
// that a word of coming back stands before a day to come.

// comebackWords stand before the day on which to come back, lower case.
var comebackWords = map[string]bool{"back": true, "again": true, "until": true, "till": true, "til": true, "later": true, "then": true,
	"wieder": true, "nochmal": true, "erneut": true, "bis": true, "zurück": true, "ab": true,
	"rappeler": true, "recontacter": true, "relancer": true, "revenir": true, "jusqu'au": true, "jusqu’au": true, "jusqu'en": true, "nouveau": true,
	"volver": true, "volvamos": true, "vuelva": true, "vuelvan": true, "revenez": true, "revienne": true, "repasser": true, "terugkomen": true, "wiederkommen": true, "ripassare": true, "ripassi": true, "tornare": true, "torni": true, "voltar": true, "voltemos": true, "volte": true, "voltem": true, "retornar": true,
	"hasta": true, "nuevo": true, "llamar": true, "até": true, "novo": true, "ligar": true, "fino": true, "richiamare": true, "risentire": true, "tot": true, "opnieuw": true, "terugbellen": true}

// comebackReach is how many words behind such a word the day may take.
const comebackReach = 6

// returning is the step of ours that a note with these signals names by a day alone;
// none where they said neither no nor not now, or steps have a day already.
func returning(note string, at time.Time, signals []journey.Signal, known []store.Step) (store.Step, bool) {
	if !slices.Contains(signals, journey.Declined) && !slices.Contains(signals, journey.Postponed) ||
		slices.ContainsFunc(known, func(s store.Step) bool { return s.Due != nil }) {
		return store.Step{}, false
	}
	for clause := range strings.FieldsFuncSeq(note, func(r rune) bool { return r == ',' || r == ';' || r == '\n' || r == '!' || r == '?' }) {
		if line.Perhaps(clause) { // "may come back next year" is no day
			continue
		}
		words := strings.Fields(clause)
		for i, w := range words {
			if !comebackWords[strings.ToLower(strings.TrimFunc(w, unicode.IsPunct))] || i+1 == len(words) {
				continue
			}
			end := min(len(words), i+1+comebackReach)
			for _, from := range [...]int{i, i + 1} { // "bis März" is a day, "März" none
				day, ok := dayToCome(strings.Join(words[from:end], " "), at)
				if !ok {
					continue
				}
				what := strings.TrimPrefix(strings.TrimSpace(strings.TrimRight(clause, ". ")), "but ")
				step := store.Step{Whose: string(line.Ours), What: what, Due: &day}
				if untils[strings.ToLower(w)] {
					step.What, step.Words = comeBack+what, what
				}
				return step, true
			}
		}
	}
	return store.Step{}, false
}

// comeBack stands before words that say how long something lasts: that is no step, to
// come back then is.
const comeBack = "come back: "

// untils say how long something lasts.
var untils = map[string]bool{"until": true, "till": true, "til": true, "bis": true, "jusqu'au": true, "jusqu’au": true, "jusqu'en": true, "hasta": true, "até": true, "fino": true, "tot": true}

// dayToCome is the day that words name, if it is to come. A year that is named is
// kept: "in spring 2027" is not the spring that is on.
func dayToCome(words string, at time.Time) (time.Time, bool) {
	day, err := line.ParseWhen(words, at)
	if err != nil {
		return day, false
	}
	if y := year.FindString(words); y != "" && y != day.Format("2006") {
		named, _ := strconv.Atoi(y) // four figures
		eve := time.Date(named-1, time.December, 31, 12, 0, 0, 0, at.Location())
		if day, err = line.ParseWhen(words, eve); err != nil || day.Year() != named {
			return day, false
		}
	}
	return day, day.After(at.AddDate(0, 0, 1))
}

var year = regexp.MustCompile(`\b20[2-9]\d\b`)
