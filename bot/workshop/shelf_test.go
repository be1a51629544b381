package workshop_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"cairn/bot/suggest"
	"cairn/bot/workshop"
)

func piece(page, gives string) suggest.Item {
	url := "https://library.example/" + page
	return suggest.Item{Title: page, URL: url, Canonical: url, Gives: gives, PassOn: true}
}

// Each item goes its own way: what only one side changed is as that side has it,
// and what both did otherwise is told.
func TestMergeShelf(t *testing.T) {
	base := []suggest.Item{piece("kept", "a"), piece("drafted", "a"), piece("formed", "a"), piece("both", "a"), piece("alike", "a"), piece("gone", "a"), piece("gone-formed", "a"), piece("retired", "a")}
	draft := []suggest.Item{piece("kept", "a"), piece("drafted", "b"), piece("formed", "a"), piece("both", "b"), piece("alike", "b"), piece("retired", "b"), piece("new", "b"), piece("new-both", "b")}
	live := []suggest.Item{piece("kept", "a"), piece("drafted", "a"), piece("formed", "c"), piece("both", "c"), piece("alike", "b"), piece("gone", "a"), piece("gone-formed", "c"), piece("new-both", "c"), piece("added", "c")}
	for i := range live {
		live[i].ID = int64(i + 1)
	}
	m := workshop.MergeShelf(base, draft, live)
	if got := m.Summary(); got != "1 new, 1 changed, 1 retired" || m.Stand != 1 {
		t.Errorf("%s, %d stand", got, m.Stand)
	}
	told := ""
	for _, c := range m.Clashes {
		for _, it := range []*suggest.Item{c.Base, c.Live, c.Draft} {
			if it != nil {
				told += it.Title + " "
				break
			}
		}
	}
	if told != "both retired new-both gone-formed " {
		t.Errorf("clashes: %s", told)
	}
	if got := shown(m.Items); got != "kept:a drafted:b formed:c both:c alike:b gone-formed:c new-both:c added:c new:b " {
		t.Errorf("the library would be %s", got)
	}
	if got := shown(m.Settled(true)); got != "kept:a drafted:b formed:c both:b alike:b new-both:b added:c new:b retired:b " {
		t.Errorf("settled with the draft's words: %s", got)
	}
	for _, it := range m.Items {
		if (it.ID < 0) != (it.Title == "new") || it.ID == 0 {
			t.Errorf("%s has the number %d", it.Title, it.ID)
		}
	}
}

func shown(items []suggest.Item) string {
	text := ""
	for _, it := range items {
		text += it.Title + ":" + it.Gives + " "
	}
	return text
}

// Whatever three states come together: nothing that only the live library has
// changed is lost, each clash is settled by choosing, and a draft that was brought
// onto the library has nothing left to do.
func TestMergeShelfProperty(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	shelf := func() (items []suggest.Item) {
		for page := range 8 {
			if n := r.IntN(4); n > 0 {
				items = append(items, piece(fmt.Sprint("p", page), strings.Repeat("x", n)))
			}
		}
		for i := range items {
			items[i].ID = int64(i + 1)
		}
		return items
	}
	of := func(items []suggest.Item) map[string]string {
		by := map[string]string{}
		for _, it := range items {
			by[it.Title] = it.Gives
		}
		return by
	}
	for range 3000 {
		base, draft, live := shelf(), shelf(), shelf()
		m := workshop.MergeShelf(base, draft, live)
		b, d, l := of(base), of(draft), of(live)
		theirs, mine := of(m.Settled(false)), of(m.Settled(true))
		for page := range 8 {
			p := fmt.Sprint("p", page)
			wantTheirs, wantMine := l[p], l[p]
			if b[p] != d[p] {
				wantMine = d[p]
				if b[p] == l[p] || d[p] == l[p] {
					wantTheirs = d[p]
				}
			}
			if theirs[p] != wantTheirs || mine[p] != wantMine {
				t.Fatalf("%s: base %q draft %q live %q → %q with theirs, %q with mine", p, b[p], d[p], l[p], theirs[p], mine[p])
			}
		}
		if again := workshop.MergeShelf(live, m.Items, m.Items); len(again.Changes)+len(again.Clashes) > 0 {
			t.Fatalf("published twice: %+v", again)
		}
	}
}

// What a file of rows holds is read back as the same items.
func TestCSVAndBack(t *testing.T) {
	kinds, err := workshop.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	k, err := workshop.NewKinds(kinds)
	if err != nil {
		t.Fatal(err)
	}
	it := piece("a", "=says \"hi\", twice\nand on")
	it.Topics, it.Education, it.Kind, it.Language = []string{"b", " c "}, suggest.Results, "Check List", "en"
	text, err := workshop.CSV([]suggest.Item{it})
	if err != nil {
		t.Fatal(err)
	}
	read, found := k.Check(workshop.LibraryFile, text)
	if len(found) > 0 {
		t.Fatal(found)
	}
	if m := workshop.MergeShelf([]suggest.Item{it}, read.Shelf.Items, []suggest.Item{it}); len(m.Changes)+len(m.Clashes) > 0 {
		t.Errorf("%+v", m.Changes)
	}
	if _, found := k.Check(workshop.LibraryFile, text+"x\n"); len(found) != 1 || found[0].Line != 4 {
		t.Errorf("%v", found)
	}
}

func TestItemFaults(t *testing.T) {
	good := piece("a", "Shows on one page what your IT will ask.")
	if faults := workshop.ItemFaults(good); len(faults) > 0 {
		t.Error(faults)
	}
	for want, change := range map[string]func(*suggest.Item){
		"title has":     func(it *suggest.Item) { it.Title = strings.Repeat("a", 130) },
		"does not say":  func(it *suggest.Item) { it.Gives = "" },
		"gives has":     func(it *suggest.Item) { it.Gives = strings.Repeat("a", 201) },
		"a link stands": func(it *suggest.Item) { it.Gives = "See https://evil.example" },
		"a mention":     func(it *suggest.Item) { it.Title = "<!channel> look" },
		"speaks of us":  func(it *suggest.Item) { it.Gives = "We show our best." },
	} {
		it := good
		change(&it)
		if all := strings.Join(workshop.ItemFaults(it), "; "); !strings.Contains(all, want) {
			t.Errorf("%q lacks %q", all, want)
		}
	}
}
