package librarian

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/english"
	"cairn/bot/suggest"
	"cairn/store"
)

// A brief is worth writing something for where several contacts lack the same: where they
// stand, and what they are or what trade they are in. Who is alone with what they are and
// their trade stands with others of either.

// shared is what contacts of a brief have in common; the fields that are empty tell them apart,
// or nothing is known of them.
type shared struct {
	by                    audienceBy
	stage, role, industry string
}

type audienceBy uint8

const (
	byBoth audienceBy = iota // what they are and their trade
	byRole
	byIndustry
)

// sharedOf are what a gap may have in common with others, the closest first.
func sharedOf(g store.GapOf) []shared {
	stage, role, industry := g.Stage, strings.ToLower(g.Role), strings.ToLower(g.Industry)
	all := []shared{{byBoth, stage, role, industry}}
	if role != "" {
		all = append(all, shared{by: byRole, stage: stage, role: role})
	}
	if industry != "" {
		all = append(all, shared{by: byIndustry, stage: stage, industry: industry})
	}
	return all
}

// grouped puts gaps together by what most contacts have in common, and returns those of
// contacts who have nothing in common with any other by themselves. The widest come first, of
// equals the latest.
func grouped(gaps []store.GapOf) (briefs []brief, alone []store.GapOf) {
	type having struct {
		gap    store.GapOf
		shared []shared
	}
	left := make([]having, len(gaps))
	for i, g := range gaps {
		left[i] = having{g, sharedOf(g)}
	}
	for {
		counts := map[shared]int{}
		var all []shared
		for _, g := range left {
			for _, s := range g.shared {
				if counts[s] == 0 {
					all = append(all, s)
				}
				counts[s] += g.gap.Contacts
			}
		}
		if len(all) == 0 {
			break
		}
		most := slices.MinFunc(all, func(a, b shared) int { // the first of equals
			return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a.by, b.by))
		})
		if counts[most] < 2 {
			break
		}
		var of []store.GapOf
		var rest []having
		for _, g := range left {
			if slices.Contains(g.shared, most) {
				of = append(of, g.gap)
			} else {
				rest = append(rest, g)
			}
		}
		briefs, left = append(briefs, briefOf(most.by, of)), rest
	}
	slices.SortStableFunc(briefs, func(a, b brief) int { return cmp.Or(cmp.Compare(b.Contacts, a.Contacts), b.Latest.Compare(a.Latest)) })
	for _, g := range left {
		alone = append(alone, g.gap)
	}
	return briefs, alone
}

// withAlone makes briefs of those who are alone with their gap, where there are fewer than a
// page of others, and returns who is left in one line.
func withAlone(briefs []brief, alone []store.GapOf) ([]brief, []store.GapOf) {
	n := min(len(alone), max(0, gapsPage-len(briefs)))
	for _, g := range alone[:n] {
		briefs = append(briefs, briefOf(byBoth, []store.GapOf{g}))
	}
	return briefs, alone[n:]
}

// briefOf is the brief of gaps that have something in common.
func briefOf(by audienceBy, gaps []store.GapOf) brief {
	b := brief{GapOf: gaps[0]}
	b.Contacts, b.Spoken = 0, nil
	var apart, tongues tally
	for _, g := range gaps {
		b.Contacts += g.Contacts
		b.Spoken = append(b.Spoken, g.Spoken...)
		if g.Latest.After(b.Latest) {
			b.Latest = g.Latest
		}
		switch by {
		case byRole:
			if g.Industry != "" {
				apart.add("in "+g.Industry, g.Contacts)
			}
		case byIndustry:
			apart.add(g.Role, g.Contacts)
		}
		tongues.add(english.Language(g.Language), g.Contacts)
	}
	switch by {
	case byRole:
		b.Industry = ""
	case byIndustry:
		b.Role = ""
	}
	b.apart = apart.told(b.Contacts)
	if slices.ContainsFunc(tongues, func(c counted) bool { return c.name != english.Language(suggest.UsualLanguage) }) {
		b.tongues = tongues.told(b.Contacts)
	}
	return b
}

// tally counts contacts by a name, in the order in which they come.
type tally []counted

type counted struct {
	name string
	n    int
}

func (t *tally) add(name string, n int) {
	if name == "" {
		return
	}
	for i := range *t {
		if strings.EqualFold((*t)[i].name, name) {
			(*t)[i].n += n
			return
		}
	}
	*t = append(*t, counted{name, n})
}

// mostApart is how many names a brief tells of those that it puts together.
const mostApart = 4

// told are the counts of a tally, the largest first: "3 in food, 2 in retail, 1 other, 1 not
// known". Empty where there is nothing to tell apart; a single name is told alone where all
// are of it.
func (t tally) told(all int) string {
	slices.SortStableFunc(t, func(a, b counted) int { return cmp.Compare(b.n, a.n) })
	if len(t) == 0 {
		return ""
	}
	if t[0].n == all {
		return t[0].name
	}
	var parts []string
	others, unknown := 0, all
	for i, c := range t {
		unknown -= c.n
		if i < mostApart {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.name))
		} else {
			others += c.n
		}
	}
	if others > 0 {
		parts = append(parts, english.Plural(others, "other"))
	}
	if unknown > 0 {
		parts = append(parts, fmt.Sprintf("%d not known", unknown))
	}
	return strings.Join(parts, ", ")
}

// mostAlone is how many of those who are alone with their gap are named.
const mostAlone = 20

// aloneLine tells in one line of those who are alone with their gap; empty where nobody is.
func aloneLine(alone []store.GapOf) string {
	if len(alone) == 0 {
		return ""
	}
	var named []string
	for _, g := range alone[:min(len(alone), mostAlone)] {
		named = append(named, blockkit.Escape(Audience(g.Gap)))
	}
	text := "*One contact each*: " + strings.Join(named, "; ")
	if more := len(alone) - len(named); more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return text + "."
}
