package exam

import (
	"fmt"
	"slices"
	"strings"

	"cairn/bot/suggest"
	"cairn/bot/workshop"
)

// State is a moment at which something could be given to somebody.
type State struct {
	Who  string // as any editor may read it: no name
	Case suggest.Case
	// Known: it is known what was right. Right are the pages, by canonical
	// address; none means that nothing was to be given.
	Known bool
	Right []string
	// Wrong are pages that a rep called not for them, or not good.
	Wrong []string
}

// Library judges a draft of a library by what would be suggested with it: who
// would be named something else, and who nothing; where it is known what was
// right, whether that is still named. What is new or changed gets the checks of
// wordings. Nothing that was learnt from giving counts, and no chance.
func Library(g *suggest.Guide, live, draft []suggest.Item, changes []workshop.ItemChange, states []State) Outcome {
	o := Outcome{Judged: true}
	was, is := suggest.NewLibrary(g, live), suggest.NewLibrary(g, draft)
	kept := map[string]bool{}
	for _, it := range draft {
		kept[it.Canonical] = true
	}
	titles := titlesOf(live, draft)
	var s shifts
	for _, st := range states {
		s.take(st, titles, was.Best(st.Case, suggest.Tally{}).Picks, is.Best(st.Case, suggest.Tally{}).Picks, kept)
	}
	o.Lines = append(o.Lines,
		fmt.Sprintf("Tried on %s: contacts as they stand, suggestions that somebody gave or refused, and what is labelled where the sample library is in use.", moments(len(states))),
		s.line())
	o.Verdict = workshop.Same
	if s.known > 0 {
		o.weigh(s.right, s.wrong, fmt.Sprintf("moments of which it is known what was right (%d)", s.known))
	} else {
		o.Lines = append(o.Lines, "Nobody has given or refused by a button what was suggested, so nothing says what was right.")
	}
	if s.lost > s.found { // where nothing is not known to be better than what is
		o.Verdict, o.Few = workshop.Worse, false
		o.Lines = append(o.Lines, fmt.Sprintf("%d more would be given nothing.", s.lost-s.found))
	}
	o.wording(changes)
	o.keep(s.changed)
	return o
}

// shifts are what a draft does to states.
type shifts struct {
	known, right, wrong        int
	other, gone, silent, heard int
	lost, found                int // of silent and heard, without what is known to be the better or worse for it
	changed                    []Change
}

// line says who would be named something else.
func (s *shifts) line() string {
	if s.other+s.silent+s.heard == 0 {
		return "What is named first stays the same in each."
	}
	line := fmt.Sprintf("Another item would be named in %d; nothing in %d where something is now; something in %d where nothing is.", s.other, s.silent, s.heard)
	if s.gone > 0 {
		line += fmt.Sprintf(" In %d of these the item that is named now would be retired.", s.gone)
	}
	return line
}

func (s *shifts) take(st State, titles titles, was, is []suggest.Pick, kept map[string]bool) {
	s.known += number(st.Known || len(st.Wrong) > 0)
	before, after := st.worth(was), st.worth(is)
	s.right, s.wrong = s.right+number(after > before), s.wrong+number(after < before)
	first, next := page(was), page(is)
	if first == next && before == after {
		return
	}
	switch {
	case first == next:
	case next == "":
		s.silent++
		s.lost += number(after <= before)
	case first == "":
		s.heard++
		s.found += number(after >= before)
	default:
		s.other++
	}
	s.gone += number(first != "" && !kept[first])
	c := Change{Case: st.Who, Live: title(was), Draft: title(is)}
	switch {
	case after < before || next == "" && after == before:
		c.Turn = ToWorse
	case after > before:
		c.Turn = ToBetter
	}
	if st.Known {
		c.Right = titles.of(st.Right)
	}
	s.changed = append(s.changed, c)
}

// worth is 1 where what is suggested was right, -1 where the first of it was
// refused, and 0 else.
func (st State) worth(picks []suggest.Pick) int {
	if len(picks) > 0 && slices.Contains(st.Wrong, picks[0].Item.Canonical) {
		return -1
	}
	if !st.Known {
		return 0
	}
	if len(st.Right) == 0 {
		return number(len(picks) == 0)
	}
	return number(slices.ContainsFunc(picks, func(p suggest.Pick) bool { return slices.Contains(st.Right, p.Item.Canonical) }))
}

// wording has the checks of wordings on what is new or changed: a draft with more
// faults than these items have now is worse.
func (o *Outcome) wording(changes []workshop.ItemChange) {
	items, before, after := 0, 0, 0
	var lines []string
	for _, c := range changes {
		if c.Is == nil {
			continue
		}
		items++
		if c.Was != nil {
			before += number(len(workshop.ItemFaults(*c.Was)) > 0)
		}
		if faults := workshop.ItemFaults(*c.Is); len(faults) > 0 {
			after++
			lines = append(lines, fmt.Sprintf("• “%s”: %s", c.Is.Title, faults[0]))
		}
	}
	if items == 0 {
		return
	}
	o.Lines = append(o.Lines, fmt.Sprintf("Wording of the new and changed (length, links, mentions, whom it speaks of): %d of %d with a fault; these had %d before.", after, items, before))
	o.Lines = append(o.Lines, lines[:min(len(lines), mostFaults)]...)
	if after > before {
		o.Verdict, o.Few = workshop.Worse, false
	}
}

// mostFaults is how many items with a fault are named.
const mostFaults = 5

func page(picks []suggest.Pick) string {
	if len(picks) == 0 {
		return ""
	}
	return picks[0].Item.Canonical
}

// titles are items by their canonical address.
type titles map[string]string

func titlesOf(libraries ...[]suggest.Item) titles {
	t := titles{}
	for _, items := range libraries {
		for _, it := range items {
			t[it.Canonical] = it.Title
		}
	}
	return t
}

// of names pages by their titles, the first few; "nothing" where there are none.
func (t titles) of(pages []string) string {
	var named []string
	for _, page := range pages {
		if title := t[page]; title != "" {
			named = append(named, title)
		}
	}
	return several(named)
}

// mostNamed is how many items a case names on one side.
const mostNamed = 3

// several names items in one line, the first few; "nothing" where there are none.
func several(titles []string) string {
	if len(titles) == 0 {
		return "nothing"
	}
	line := strings.Join(titles[:min(len(titles), mostNamed)], " / ")
	if more := len(titles) - mostNamed; more > 0 {
		line += fmt.Sprintf(" / %d more", more)
	}
	return line
}

func title(picks []suggest.Pick) string {
	if len(picks) == 0 {
		return "nothing"
	}
	return picks[0].Item.Title
}

func moments(n int) string {
	if n == 1 {
		return "1 moment"
	}
	return fmt.Sprintf("%d moments", n)
}
