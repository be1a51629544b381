package suggest

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Reason is why an item is suggested: parts that a template can phrase, and a
// default sentence in plain English made of the same parts and nothing else.
type Reason struct {
	Gives  string   // the item's own sentence, ready to stand within another
	Quotes []string // words of theirs that the item is about, as they stand in the notes
	Heard  []string // the same of what was heard about them: they did not tell us
	Need   string   // what their signals call for: "the offer is being talked through"; where nothing else is to be said, that it suits where they stand
	For    []string // roles and industries that it is made for and that fit
	Named  bool     // they asked for it by its name: Need says so, and comes before Quotes
	Record Count    // what became of the item so far, over all stages
	Ledger string   // "asked twice, given once: give first", where more was asked than given; else empty
	NotYet string   // first name of the contact who has not had it; empty if not known
	// Tongue says of an item that is in another language than theirs which it is: "in
	// English: nothing in German fits"; else empty. [Reason.Told] adds it, to whatever wording.
	Tongue string
	Text   string // the default sentence, without a full stop
}

// newReason names the features that fired, and only those.
func newReason(g *Guide, q *query, e *entry, features []Feature, record Count) Reason {
	gives := e.item.Gives
	if e.item.Language == UsualLanguage || e.item.Language == "" {
		gives = lowerStart(gives)
	}
	r := Reason{Gives: gives, Record: record, NotYet: q.c.Contact}
	if q.c.Asked > q.c.Given {
		r.Ledger = fmt.Sprintf("asked %s, given %s: give first", times(q.c.Asked), times(q.c.Given))
	}
	if r.Named = q.c.Promised == e.item.ID && q.c.Named; q.c.Promised == e.item.ID && !r.Named {
		r.Need, features = "you promised it", nil
		if q.c.Wanted {
			r.Need = "they want it by a day"
		}
	}
	for _, f := range features {
		if f.Value <= 0 {
			continue // what it weighs is learnt, and moves: that it shows is a fact, and a reason
		}
		switch f.Name {
		case FeatureTopic, FeatureTheme, FeaturePointed:
			if len(r.Quotes)+len(r.Heard) == 0 {
				told, heard := q.phrases(f.Words)
				r.Quotes, r.Heard = g.quotables(told), g.quotables(heard)
			}
		case FeatureNeed, FeatureNext, FeaturePurpose:
			if len(f.Words) > 0 && r.Need == "" {
				r.Need = f.Words[0]
			}
		case FeatureRole:
			r.For = append(r.For, q.role.suited(g.roles, e.item.Roles)...)
		case FeatureIndustry:
			r.For = append(r.For, q.industry.suited(g.industries, e.item.Industries)...)
		}
	}
	if r.Named { // their words are for a draft; why it comes first is that they asked for it
		r.Need, r.Heard, r.For = "it is what they asked for", nil, nil
	}
	if len(r.Quotes)+len(r.Heard)+len(r.For) == 0 && r.Need == "" {
		r.Need = plainly(q, e, features)
	}
	r.Text = r.text()
	return r
}

// plainly is the reason where nothing of theirs can be told: where they stand, else that
// the notes come to speak of what the item is about.
func plainly(q *query, e *entry, features []Feature) string {
	switch {
	case q.stage != q.c.stands() && (e.stages == 0 || e.stages&(1<<q.stage) != 0):
		return "it suits somebody who has not bought yet"
	case (e.stages == 0 || e.stages&(1<<q.stage) != 0) && q.specific == 0 && (len(q.c.Notes) == 0 || !theyActed(q.c.Notes[0])):
		return "it suits where they stand, and too little is known yet of what moves them"
	case e.stages == 0 || e.stages&(1<<q.stage) != 0:
		return "it suits where they stand"
	case slices.ContainsFunc(features, func(f Feature) bool { return f.Value > 0 && (f.Name == FeatureTopic || f.Name == FeaturePointed) }):
		return "your notes come to speak of what it is about"
	}
	return ""
}

// quotables are those of the quotes that name a topic: nobody is told that an item
// speaks to “offered”.
func (g *Guide) quotables(quotes []string) []string {
	return slices.DeleteFunc(quotes, func(quote string) bool { return !g.quotable(quote) })
}

// Told is a reason as a wording phrases it, and what no wording may leave out.
func (r Reason) Told(phrased string) string {
	if r.Tongue == "" {
		return phrased
	}
	return strings.TrimRight(phrased, ". ") + "; " + r.Tongue
}

const maxQuotes = 2

// Quoted puts the first two quotes into quotation marks, with "and" between.
func Quoted(quotes []string) string {
	var quoted []string
	for _, q := range quotes[:min(len(quotes), maxQuotes)] {
		quoted = append(quoted, "“"+q+"”")
	}
	return strings.Join(quoted, " and ")
}

func (r Reason) text() string {
	var parts []string
	if r.Gives != "" {
		parts = append(parts, strings.TrimRight(r.Gives, ". "))
	}
	switch quotes, heard := Quoted(r.Quotes), Quoted(r.Heard); {
	case quotes != "" && !r.Named:
		parts = append(parts, "speaks to "+quotes)
	case heard != "":
		parts = append(parts, "speaks to "+heard+", which you heard")
	case r.Need != "":
		parts = append(parts, "because "+r.Need)
	}
	if len(r.For) > 0 && len(r.For) <= 3 {
		parts = append(parts, "made for "+strings.Join(r.For, ", "))
	}
	var past []string
	if n := r.Record.Shared; n > 0 {
		past = append(past, fmt.Sprintf("shared %s, %d answered", times(n), r.Record.Answered))
	}
	if r.NotYet != "" {
		past = append(past, "not yet sent to "+r.NotYet)
	}
	if len(past) > 0 {
		parts = append(parts, strings.Join(past, ", "))
	}
	if r.Ledger != "" {
		parts = append(parts, r.Ledger)
	}
	return strings.Join(parts, "; ")
}

func times(n int) string {
	switch n {
	case 0:
		return "nothing"
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

// lowerStart lets a sentence stand within another: its first letter is made
// small unless the word is written in capitals.
func lowerStart(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	if unicode.IsUpper(first) && unicode.IsLower(second) {
		return string(unicode.ToLower(first)) + s[size:]
	}
	return s
}
