package workshop

import (
	"fmt"
	"slices"
	"strings"

	"cairn/bot/suggest"
	"cairn/prompts"
)

// Shelf is a library as a draft of it reads: the items of one CSV file.
type Shelf struct{ Items []suggest.Item }

// shelf reads a library file strictly; see [suggest.ParseCSV].
func shelf(file, text string) (Piece, prompts.Problems) {
	items, wrong := suggest.ParseCSV(strings.NewReader(text))
	if len(wrong) > 0 {
		return Piece{}, csvProblems(file, wrong)
	}
	return Piece{Shelf: &Shelf{Items: items}}, nil
}

// csvProblems tells what is wrong with a CSV file as it is told of other files.
func csvProblems(file string, wrong []suggest.Problem) prompts.Problems {
	var found prompts.Problems
	for _, p := range wrong {
		what := p.What
		if p.Column != "" {
			what = "column " + p.Column + ": " + what
		}
		found = append(found, prompts.Problem{File: file, Line: p.Line, What: what})
	}
	return found
}

// CSV is the text of a library file with these items.
func CSV(items []suggest.Item) (string, error) {
	var b strings.Builder
	err := suggest.WriteCSV(&b, items)
	return b.String(), err
}

// ItemChange is what is done to one item. Was nil: it is new; Is nil: it is
// taken out of the library.
type ItemChange struct{ Was, Is *suggest.Item }

// Clash is an item that a draft changes, and that somebody changed otherwise
// since the draft was begun. Nil: the item is not there.
type Clash struct{ Base, Live, Draft *suggest.Item }

// Merge is what a draft comes to on the library as it stands.
type Merge struct {
	// Changes are still to be done to the library as it stands: in the order of
	// the draft, what is taken out last. The items that stand keep their ID.
	Changes []ItemChange
	Clashes []Clash
	Stand   int // changes of the draft that stand already
	// Items is the library with the changes, clashes as they stand. New ones have
	// IDs below zero, each its own.
	Items []suggest.Item
}

// MergeShelf brings the difference between a draft and the state that it was made
// from onto the library as it stands. Items are the same whose pages are; of each
// item either side's change counts as a whole.
func MergeShelf(base, draft, live []suggest.Item) Merge {
	was, is, stands := byPage(base), byPage(draft), byPage(live)
	var m Merge
	next := map[string]*suggest.Item{}
	take := func(page string) {
		b, d, l := was[page], is[page], stands[page]
		switch {
		case sameItem(b, d):
		case sameItem(d, l):
			m.Stand++
		case !sameItem(b, l):
			m.Clashes = append(m.Clashes, Clash{b, l, d})
		default:
			if d != nil {
				own := *d
				if own.ID = -int64(len(m.Changes) + 1); l != nil {
					own.ID = l.ID
				}
				d = &own
			}
			m.Changes = append(m.Changes, ItemChange{l, d})
			next[page] = d
		}
	}
	for _, it := range draft {
		take(it.Canonical)
	}
	for _, it := range base {
		if is[it.Canonical] == nil {
			take(it.Canonical)
		}
	}
	for _, it := range live {
		if d, changed := next[it.Canonical]; !changed {
			m.Items = append(m.Items, it)
		} else if d != nil {
			m.Items = append(m.Items, *d)
		}
	}
	for _, c := range m.Changes {
		if c.Was == nil {
			m.Items = append(m.Items, *c.Is)
		}
	}
	return m
}

// Settled is the library with a draft's changes where both sides changed an item:
// with mine as the draft has it, else as it stands.
func (m Merge) Settled(mine bool) []suggest.Item {
	if !mine {
		return m.Items
	}
	items := slices.Clone(m.Items)
	for _, c := range m.Clashes {
		at := slices.IndexFunc(items, func(it suggest.Item) bool { return c.Live != nil && it.Canonical == c.Live.Canonical })
		switch {
		case at < 0:
			items = append(items, *c.Draft) // not both are gone, or it were no clash
		case c.Draft == nil:
			items = slices.Delete(items, at, at+1)
		default:
			own := *c.Draft
			own.ID = items[at].ID
			items[at] = own
		}
	}
	return items
}

// Counts says how many items are new, changed and taken out.
func (m Merge) Counts() (added, changed, retired int) {
	for _, c := range m.Changes {
		switch {
		case c.Was == nil:
			added++
		case c.Is == nil:
			retired++
		default:
			changed++
		}
	}
	return added, changed, retired
}

// Summary counts the changes in words: "3 new, 5 changed, 2 retired".
func (m Merge) Summary() string {
	added, changed, retired := m.Counts()
	var parts []string
	for _, p := range []struct {
		n    int
		word string
	}{{added, "new"}, {changed, "changed"}, {retired, "retired"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.word))
		}
	}
	if len(parts) == 0 {
		return "nothing new, changed or retired"
	}
	return strings.Join(parts, ", ")
}

func byPage(items []suggest.Item) map[string]*suggest.Item {
	pages := make(map[string]*suggest.Item, len(items))
	for i := range items {
		pages[items[i].Canonical] = &items[i]
	}
	return pages
}

// sameItem reports whether two items say the same. Their numbers do not count,
// nor what a file cannot keep: space around words, empty lists, an education that
// is not said.
func sameItem(a, b *suggest.Item) bool {
	if a == nil || b == nil {
		return a == b
	}
	text := func(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }
	list := func(all []string) string {
		words := make([]string, 0, len(all))
		for _, w := range all {
			if w = text(w); w != "" && !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
		return strings.Join(words, "\x00")
	}
	teaches := func(e suggest.Education) suggest.Education {
		if e == "" {
			return suggest.Results
		}
		return e
	}
	return text(a.Title) == text(b.Title) && text(a.URL) == text(b.URL) && text(a.Gives) == text(b.Gives) && text(a.Owner) == text(b.Owner) &&
		strings.EqualFold(text(a.Kind), text(b.Kind)) && strings.EqualFold(text(a.Language), text(b.Language)) &&
		list(a.Stages) == list(b.Stages) && list(a.Roles) == list(b.Roles) && list(a.Industries) == list(b.Industries) && list(a.Topics) == list(b.Topics) &&
		teaches(a.Education) == teaches(b.Education) && a.PassOn == b.PassOn && a.ReviewBy.Equal(b.ReviewBy) && a.Expires.Equal(b.Expires)
}

// Room of an item's words, in characters: its title stands above a reason, and
// what it gives is most of one, whose place has 280.
const (
	longestTitle = 120
	longestGives = 200
)

// ItemFaults says what of an item's wording reads badly below a suggestion.
func ItemFaults(it suggest.Item) []string {
	var faults []string
	if n := len([]rune(it.Title)); n > longestTitle {
		faults = append(faults, fmt.Sprintf("its title has %d characters, people read %d", n, longestTitle))
	}
	switch n := len([]rune(it.Gives)); {
	case n == 0:
		faults = append(faults, "it does not say what it gives")
	case n > longestGives:
		faults = append(faults, fmt.Sprintf("what it gives has %d characters, its place has %d", n, longestGives))
	}
	for _, text := range []string{it.Title, it.Gives} {
		low := strings.ToLower(text)
		switch {
		case strings.Contains(low, "://") || strings.Contains(low, "www."):
			faults = append(faults, "a link stands in its words; its address is told anyway")
		case strings.ContainsAny(text, "<>") || strings.Contains(low, "@channel") || strings.Contains(low, "@here"):
			faults = append(faults, "Slack would see a link or a mention in it")
		}
	}
	if you, we := Address(it.Gives); we > you {
		faults = append(faults, "what it gives speaks of us more than of the reader")
	}
	return faults
}
