package line

import (
	"fmt"
	"time"
)

// Code names a [Problem] for logs and tests; people see the sentence.
type Code string

const (
	Empty     Code = "empty"      // nothing was typed
	NameOnly  Code = "name_only"  // a name, and nothing about them
	NoWho     Code = "no_who"     // a colon with nobody before it
	TooLong   Code = "too_long"   // more than [MaxChars], or than a name has
	BadText   Code = "bad_text"   // NUL or bytes that are no UTF-8
	InFuture  Code = "in_future"  // a talk that would take place later than now
	NotADate  Code = "not_a_date" // [ParseWhen] found no day in the words
	NoSuchDay Code = "no_such_day"
)

// MaxChars is how many characters one line may have. Slack cuts a message at
// 40,000 and advises 4,000; twelve thousand are about four printed pages,
// which is more than a note and less than a transcript.
const MaxChars = 12_000

// Problem says why a line cannot be recorded as typed, and what to type
// instead. It is an error made for people: Sentence and Hint may be shown as
// they are.
type Problem struct {
	Code     Code
	Sentence string // what is wrong
	Hint     string // what to type instead
}

func (p *Problem) Error() string { return fmt.Sprintf("%s %s", p.Sentence, p.Hint) }

const example = "`/log Dana Ruiz, Acme: call, asked about the audit trail`"

func emptyProblem() *Problem {
	return &Problem{Empty, "There is nothing to record yet.", "Type who it was, a colon, and what happened: " + example + "."}
}

func nameOnlyProblem(name string) *Problem {
	return &Problem{NameOnly, fmt.Sprintf("I have a name, “%s”, and nothing about what happened.", shorten(name)),
		fmt.Sprintf("Add a colon and a few words: `/log %s: call, asked for prices`. For what to give next type `/next %s`.", shorten(name), shorten(name))}
}

func noWhoProblem() *Problem {
	return &Problem{NoWho, "Nobody is named before the colon.", "Start with a name or an e-mail address: " + example + "."}
}

func mentionProblem(mention string) *Problem {
	return &Problem{NoWho, fmt.Sprintf("“%s” calls people here in Slack, and is no contact.", shorten(mention)),
		"Start with a contact's name or e-mail address: " + example + "."}
}

func tooLongProblem(n int) *Problem {
	return &Problem{TooLong, fmt.Sprintf("This note has %d characters; one note holds up to %d.", n, MaxChars),
		"Log the part that says what they did and said, and keep the rest where it is."}
}

func longWhoProblem(n int) *Problem {
	return &Problem{TooLong, fmt.Sprintf("This has %d characters, and a name with its company up to %d.", n, longestWho),
		"Type the name here, and what happened below."}
}

func badTextProblem() *Problem {
	return &Problem{BadText, "This text holds a character that cannot be stored (a NUL, or bytes that are no text).",
		"Paste it once more as plain text."}
}

func futureProblem(words string) *Problem {
	return &Problem{InFuture, fmt.Sprintf("“%s” is still to come, and I record what has taken place.", shorten(words)),
		"For a plan, say what happened and then the plan: `call, agreed a demo on Friday`. Otherwise type the past day: `met yesterday`, `2 March`, `2026-03-02`."}
}

func wrongYearProblem(words string, last time.Time) *Problem {
	return &Problem{InFuture, futureProblem(words).Sentence,
		fmt.Sprintf("If it is the year that is wrong, type `%s`. For a plan, say what happened and then the plan: `call, agreed a demo on Friday`.", last.Format("2 January 2006"))}
}

func notADateProblem(words string) *Problem {
	return &Problem{NotADate, fmt.Sprintf("I cannot read a day in “%s”.", shorten(words)),
		"Type one of `tomorrow`, `Friday`, `2 March`, `in 3 days`, `next week`, `2026-03-02`."}
}

func noSuchDayProblem(words string) *Problem {
	return &Problem{NoSuchDay, fmt.Sprintf("There is no such day as “%s”.", shorten(words)),
		"Type it as `2 March` or `2026-03-02`."}
}

// shorten keeps what is quoted back to a person to one line of a phone.
func shorten(s string) string {
	r := []rune(s)
	if len(r) <= 60 {
		return s
	}
	return string(r[:59]) + "…"
}
