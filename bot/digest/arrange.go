package digest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Arrangement is a schedule as somebody typed it; what was not typed is left
// to the caller.
type Arrangement struct {
	Day     time.Weekday
	HasDay  bool
	Minute  int // of the day
	HasTime bool
	Zone    string   // IANA name, "" where none was typed
	Dates   string   // language of dates, "" where none was typed
	Reps    []string // as typed: <@U…>, or a name after @
	All     bool     // everybody in the channel, whoever was named before
}

// Problem is what cannot be understood, for people: a sentence, and what to
// type instead.
type Problem struct {
	Sentence, Hint string
}

func (p *Problem) Error() string { return p.Sentence }

const example = "Type a day, an hour and, if you like, a time zone: `mon 9:00 Europe/Berlin`."

// days are the names of each day, from Sunday on, in the languages that lines are
// read in, and what is short for them beside their own beginnings.
var days = [...]string{
	"sunday sonntag domingo dimanche domenica zondag so",
	"monday montag lunes lundi lunedi lunedì maandag segunda-feira mo lu",
	"tuesday dienstag martes mardi martedi martedì dinsdag terça-feira terca-feira di ma.",
	"wednesday weds mittwoch miércoles miercoles mercredi mercoledi mercoledì woensdag quarta-feira mi",
	"thursday donnerstag jueves jeudi giovedi giovedì donderdag quinta-feira do",
	"friday freitag viernes vendredi venerdi venerdì vrijdag sexta-feira fr",
	"saturday samstag sonnabend sábado sabado samedi sabato zaterdag sa",
}

// fillers mean nothing by themselves.
var fillers = map[string]bool{"every": true, "each": true, "on": true, "at": true, "the": true, "o'clock": true, "weekly": true, "time": true,
	"in": true, "here": true, "jeden": true, "am": true, "um": true, "uhr": true, "chaque": true, "le": true, "à": true, "a": true, "cada": true,
	"los": true, "las": true, "el": true, "ogni": true, "il": true, "alle": true, "elke": true, "op": true, "om": true, "uur": true, "toda": true, "às": true}

var clock = regexp.MustCompile(`^(\d{1,2})(?:[:.h](\d{2})?)?(am|pm|h)?$`)

// Arrange reads a schedule: "mon 9:00 Europe/Berlin", "every Monday at 9",
// "Fridays 4pm New York for @maya @eli", "freitags um 16 Uhr, dates de".
func Arrange(text string) (Arrangement, error) {
	var a Arrangement
	words := strings.Fields(strings.NewReplacer(",", " ", ";", " ").Replace(text))
	for i := 0; i < len(words); i++ {
		word := strings.ToLower(words[i])
		switch {
		case word == "for" || strings.HasPrefix(word, "@") || strings.HasPrefix(word, "<@"):
			if word != "for" {
				a.Reps = append(a.Reps, words[i])
			}
		case word == "everyone" || word == "everybody":
			a.All = true
		case word == "dates" && i+1 < len(words):
			i++
			if a.Dates = strings.ToLower(words[i]); months[a.Dates] == nil {
				return a, &Problem{fmt.Sprintf("I cannot write dates in “%s”.", words[i]), "Choose one of: " + strings.Join(DateLanguages(), ", ") + "."}
			}
		case word == "daily" || word == "monthly": // before a day: "mon…" begins one
			return a, &Problem{"A digest comes once a week.", example}
		case a.readTime(words, &i), a.readDay(word), a.readZone(words, &i), fillers[word]:
		default:
			return a, unread(words[i])
		}
	}
	return a, nil
}

func unread(word string) *Problem {
	switch strings.ToUpper(word) {
	case "CET", "CEST", "EST", "EDT", "PST", "PDT", "CST", "IST", "BST", "MST":
		return &Problem{fmt.Sprintf("“%s” names no place, and moves with the season.", word), "Name the zone by a city, like `Europe/Berlin` or `New York`."}
	}
	if strings.Contains(word, "/") {
		return &Problem{fmt.Sprintf("I know no time zone “%s”.", word), "Name it by a city, like `Europe/Berlin` or `New York`."}
	}
	return &Problem{fmt.Sprintf("I cannot read “%s” in this.", word), example}
}

func (a *Arrangement) readDay(word string) bool {
	if a.HasDay {
		return false
	}
	for day, names := range days {
		for name := range strings.FieldsSeq(names) {
			begins := utf8.RuneCountInString(word) >= 3 && strings.HasPrefix(name, strings.TrimSuffix(word, "."))
			if begins || word == name || word == name+"s" {
				a.Day, a.HasDay = time.Weekday(day), true
				return true
			}
		}
	}
	return false
}

func (a *Arrangement) readTime(words []string, i *int) bool {
	word := strings.ToLower(words[*i])
	if word == "noon" && !a.HasTime {
		a.Minute, a.HasTime = 12*60, true
		return true
	}
	m := clock.FindStringSubmatch(word)
	if m == nil || a.HasTime {
		return false
	}
	hour, _ := strconv.Atoi(m[1]) // one or two digits
	minute := 0
	if m[2] != "" {
		minute, _ = strconv.Atoi(m[2]) // two digits
	}
	half := m[3]
	if half == "" && *i+1 < len(words) {
		if next := strings.ToLower(words[*i+1]); next == "am" || next == "pm" {
			half = next
			*i++
		}
	}
	switch {
	case (half == "am" || half == "pm") && (hour < 1 || hour > 12):
		return false
	case half == "am" && hour == 12:
		hour = 0
	case half == "pm" && hour < 12:
		hour += 12
	}
	if hour > 23 || minute > 59 {
		return false
	}
	a.Minute, a.HasTime = hour*60+minute, true
	return true
}

func (a *Arrangement) readZone(words []string, i *int) bool {
	if a.Zone != "" {
		return false
	}
	for n := min(3, len(words)-*i); n > 0; n-- {
		if zone, ok := zoneNamed(strings.Join(words[*i:*i+n], " ")); ok {
			a.Zone = zone
			*i += n - 1
			return true
		}
	}
	return false
}
