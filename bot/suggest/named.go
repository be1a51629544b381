package suggest

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// passing are words that name nothing: "the checklist", "our new PDF".
var passing = []string{"the", "a", "an", "our", "my", "that", "this", "some", "new", "link", "to", "for", "of", "on", "about", "and", "pdf",
	"him", "her", "them", "copy", "thing", "thingy", "stuff", "doc", "docs", "document", "one", "ding", "dings", "sache", "dokument", "cosa", "cosas", "documento", "truc", "chose", "coisa", "fur", "fuer", "die", "der", "das", "den", "dem", "zum", "zur", "unser", "unsere", "unseren", "le", "les", "sur", "pour", "notre", "los", "las", "para", "nuestra", "il", "per", "het", "voor", "onze"}

// kindsBy are stems of words by which people name a kind otherwise than the
// library does, in whatever language they write.
var kindsBy = map[string][]string{"stori": {"case", "study"}, "success": {"case", "study"}, "clip": {"video"}, "sheet": {"worksheet", "template"},
	"calculateur": {"calculator"}, "calculadora": {"calculator"}, "calcolator": {"calculator"}, "rechner": {"calculator"}, "rekentool": {"calculator"},
	"leitfaden": {"guide"}, "guia": {"guide"}, "guida": {"guide"}, "gid": {"guide"}, "handbuch": {"guide", "playbook"},
	"fallstudi": {"case", "study"}, "fallbeispiel": {"case", "study"}, "praxisbeispiel": {"case", "study"},
	"vorlag": {"template"}, "model": {"template"}, "plantilla": {"template"}, "modelo": {"template"}, "modello": {"template"}, "sjabloon": {"template"},
	"artikel": {"article"}, "articulo": {"article"}, "artigo": {"article"}, "articolo": {"article"}, "beitrag": {"article"},
	"fich": {"fact", "sheet"}, "ficha": {"fact", "sheet"}, "scheda": {"fact", "sheet"}, "datenblatt": {"fact", "sheet"}, "merkblatt": {"fact", "sheet"},
	"arbeitsblatt": {"worksheet"}, "vergleich": {"comparison"}, "comparatif": {"comparison"}, "comparativa": {"comparison"}, "confronto": {"comparison"},
	"bericht": {"report", "research"}, "film": {"video"}}

// materials are words for what is given to read or to work with, whether or not the
// library has such a kind.
var materials = []string{"brochure", "flyer", "leaflet", "deck", "slides", "whitepaper", "guide", "handbook", "checklist", "sheet", "calculator",
	"template", "video", "article", "report", "study", "story", "playbook", "datasheet", "worksheet", "page", "plan", "calendar", "talk", "recording", "comparison", "overview", "presentation", "thing", "doc", "document",
	"calculateur", "fiche", "étude", "modèle", "calculadora", "folleto", "plantilla", "guía", "artículo", "modelo", "guia", "artigo", "calcolatore", "guida", "articolo", "modello", "opuscolo", "rekentool", "gids", "folder"}

// compounds are the same in German, where they may close a longer word: "Ferienplan".
var compounds = []string{"broschüre", "prospekt", "leitfaden", "checkliste", "vorlage", "folien", "blatt", "studie", "seite", "plan", "kalender", "rechner", "artikel", "beitrag", "bericht", "vortrag", "übersicht", "vergleich", "handbuch", "beispiel", "dokument"}

// The same as words are compared.
var foldedMaterials, foldedCompounds = foldedAll(materials), foldedAll(compounds)

func foldedAll(list []string) (all []string) {
	for _, w := range list {
		all = append(all, fold(w))
	}
	return all
}

// ByTitle finds the one item that words name by its title: [Library.Named] for at least two
// telling words that are its kind and a word of its title, or open its title. "The checklist"
// may be any, and "the audit" what they have next week.
func (l *Library) ByTitle(typed string) (item Item, ok bool) {
	item, ok = l.Named(typed)
	if !ok {
		return item, false
	}
	want := l.wanted(typed)
	n, _ := l.guide.names(item, want)
	return item, len(want) > 1 && n.besides > 0 && (n.ofKind || slices.Equal(want, l.opening(item.Title, len(want))))
}

// MayName reports whether a word may be one of those by which [Library.Named] finds an item:
// where it is false, no words with it among them name one. It costs far less than to look.
func (l *Library) MayName(word string) bool {
	return !slices.ContainsFunc(l.wanted(word), func(w string) bool {
		return !l.has(w) && !l.guide.stop[w] && kindsBy[w] == nil && l.guide.tongueBy[w] == ""
	})
}

// thingBesideThing is what stands between the things that somebody names.
var thingBesideThing = regexp.MustCompile(`(?i)\s*[,;&+]\s*|\s+(?:and|und|plus|et|y|e|en)\s+`)

// Each are the items, two and more, that words name one beside the other, each of them by
// itself: "calculator, and the business case"; nil where they do not, or where all the words
// stand in one title.
func (l *Library) Each(typed string) (all []Item) {
	if item, ok := l.Named(typed); ok {
		if l.bears(item, typed) {
			return nil
		}
	}
	if all := l.Naming(typed); len(all) > 0 && !slices.ContainsFunc(all, func(it Item) bool { return !l.bears(it, typed) }) {
		return nil // two editions of one, say: which is asked
	}
	for _, part := range thingBesideThing.Split(typed, -1) {
		if part == "" { // "calculator, and business case"
			continue
		}
		item, ok := l.Named(part)
		if !ok || slices.ContainsFunc(all, func(it Item) bool { return it.ID == item.ID }) {
			return nil
		}
		all = append(all, item)
	}
	if len(all) < 2 {
		return nil
	}
	return all
}

// bears reports whether all the telling words of a text stand in an item's title, or are its kind.
func (l *Library) bears(item Item, typed string) bool {
	title := l.guide.stemsOf(item.Title)
	return !slices.ContainsFunc(l.wanted(typed), func(w string) bool { return !slices.Contains(title, w) && !l.guide.ofKind(item, w) })
}

// opening are the stems of the first telling words of a title, at most n.
func (l *Library) opening(title string, n int) []string {
	all := l.wanted(title)
	return all[:min(len(all), n)]
}

// MaxNamed is the most items among which one who typed a few words is asked to
// choose.
const MaxNamed = 5

// Named finds the item that somebody names in a few words: "the audit
// checklist". Every telling word must stand in the item's title, kind or
// topics, and only one item may be meant; else ok is false, and the one who
// typed is asked rather than guessed for, see [Library.Naming].
func (l *Library) Named(typed string) (item Item, ok bool) {
	_, item, ok = l.naming(typed)
	return item, ok
}

// Naming returns the items that somebody may mean by a few words where more than
// one fits them all, the likeliest first, at most [MaxNamed]; nil where
// [Library.Named] knows the one, or none fits.
func (l *Library) Naming(typed string) []Item {
	all, _, ok := l.naming(typed)
	if ok {
		return nil
	}
	return all
}

func (l *Library) naming(typed string) (all []Item, item Item, ok bool) {
	if canonical, err := CanonicalURL(typed); err == nil && strings.Contains(typed, "/") {
		for _, e := range l.entries {
			if e.item.Canonical == canonical {
				return nil, e.item, true
			}
		}
	}
	fits := l.fitting(l.wanted(typed))
	if len(fits) == 0 {
		return nil, Item{}, false
	}
	sure := !slices.ContainsFunc(fits[1:], func(n naming) bool { return n.likely(fits[0]) })
	for _, n := range fits[:min(len(fits), MaxNamed)] {
		all = append(all, n.item)
	}
	return all, fits[0].item, sure
}

// wanted are the stems of the telling words among those typed.
func (l *Library) wanted(typed string) (want []string) {
	ws := words(typed)
	for i, w := range ws {
		if slices.Contains(passing, w.folded) || tongueIn[w.folded] && i+1 < len(ws) && l.guide.tongues[ws[i+1].folded] != "" { // "in German"
			continue
		}
		stem := l.guide.stems.Of(w.folded)
		if head, tail, ok := l.parted(w.folded); ok && !l.has(stem) {
			want = append(want, head, tail)
			continue
		}
		want = append(want, stem)
	}
	return want
}

// parted are the stems of the two words of a compound that the library has both, whole or
// as a kind: "Pilotplan".
func (l *Library) parted(folded string) (head, tail string, ok bool) {
	for _, c := range foldedCompounds {
		first, found := strings.CutSuffix(folded, c)
		if !found || len(first) < 4 {
			continue
		}
		tail = l.guide.stems.Of(c)
		for _, linked := range [...]string{first, strings.TrimSuffix(first, "s")} {
			head = l.guide.stems.Of(linked)
			if l.has(head) && (l.has(tail) || kindsBy[tail] != nil) {
				return head, tail, true
			}
		}
	}
	return "", "", false
}

// OnlyKind reports whether words that name the item tell no more of it than what kind of
// thing it is: "checklist".
func (l *Library) OnlyKind(typed string, item Item) bool {
	n, ok := l.guide.names(item, l.wanted(typed))
	return ok && n.ofKind && !n.exactly && n.besides == 0 && !slices.ContainsFunc(l.wanted(typed), func(w string) bool {
		return !l.guide.ofKind(item, w)
	})
}

// Resembling returns the items that somebody may mean by words of which not all fit
// one, the likeliest first, at most [MaxNamed]; nil where [Library.Named] or
// [Library.Naming] has an answer, or too little is alike to ask: a word of a title
// that few have, or the kind of item.
func (l *Library) Resembling(typed string) []Item {
	if all, _, _ := l.naming(typed); len(all) > 0 {
		return nil
	}
	type near struct {
		item  Item
		score float64
	}
	var found []near
	want := l.wanted(typed)
	seen := map[int32]bool{}
	for _, w := range want {
		var entries []int32
		for _, stem := range append([]string{w}, kindsBy[w]...) {
			if term, known := l.terms[l.guide.stems.Of(stem)]; known {
				for _, at := range l.postings[term] {
					entries = append(entries, at.entry)
				}
			}
		}
		for _, e := range entries {
			if seen[e] {
				continue
			}
			seen[e] = true
			if score := l.likeness(l.entries[e].item, want); score > 0 {
				found = append(found, near{l.entries[e].item, score})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b near) int {
		return cmp.Or(-cmp.Compare(a.score, b.score), cmp.Compare(a.item.ID, b.item.ID))
	})
	var all []Item
	for _, n := range found[:min(len(found), MaxNamed)] {
		all = append(all, n.item)
	}
	return all
}

// IsMaterial reports whether words name something to read or to work with, which a
// library might have: "the brochure", but not "the parcel".
func IsMaterial(typed string) bool {
	return slices.ContainsFunc(words(typed), func(w word) bool {
		return slices.Contains(foldedMaterials, w.folded) ||
			slices.ContainsFunc(foldedCompounds, func(m string) bool { return strings.HasSuffix(w.folded, m) })
	})
}

// rareTitle is in how many items a word of a title may stand to point at one.
const rareTitle = 3

// likeness weighs how many of the words point at an item; 0 where none surely does.
func (l *Library) likeness(it Item, want []string) (score float64) {
	for _, w := range want {
		one, _ := l.guide.names(it, []string{w})
		switch term, known := l.terms[w]; {
		case one.inTitle > 0 && known && len(l.postings[term]) <= rareTitle:
			score += 2 / float64(len(l.postings[term]))
		case one.ofKind:
			score += 0.3
		}
	}
	return score
}

// naming is how an item is named by a few words.
type naming struct {
	item    Item
	exactly bool // they are its whole title
	ofKind  bool // one of them is its kind
	inTitle int  // how many stand in its title, or name its language
	besides int  // of these, how many tell more than its kind
	score   float64
}

// likely reports whether it may be meant as well as the best: it is not where the
// best has the whole title, or more of the words and no less, in kind and title. Of two
// guides, the one that has "guide" in its title is not meant more.
func (n naming) likely(best naming) bool {
	if best.exactly != n.exactly {
		return false
	}
	kind, title := one(best.ofKind)-one(n.ofKind), best.inTitle-n.inTitle
	if kind == 0 {
		title = best.besides - n.besides
	}
	return kind < 0 || title < 0 || kind == 0 && title == 0
}

// fitting are the items that all the words name, the likeliest first.
func (l *Library) fitting(want []string) (fits []naming) {
	rarest, found := int32(0), false
	for _, w := range want {
		if l.guide.tongueBy[w] != "" && len(want) > 1 {
			continue // items in that language need not say so
		}
		if term, known := l.terms[w]; known && (!found || len(l.postings[term]) < len(l.postings[rarest])) {
			rarest, found = term, true
		}
	}
	seen := map[int32]bool{}
	look := func(term int32) {
		for _, at := range l.postings[term] {
			if n, ok := l.guide.names(l.entries[at.entry].item, want); ok && !seen[at.entry] {
				fits = append(fits, n)
			}
			seen[at.entry] = true
		}
	}
	if found {
		look(rarest)
	}
	abroad := l.guide.namesTongue(want)
	for _, w := range want { // "story" stands in few texts and means many
		for _, kind := range kindsBy[w] {
			if term, known := l.terms[l.guide.stems.Of(kind)]; known {
				look(term)
			}
		}
		for kind := range kindsBy {
			if term, known := l.terms[kind]; known && abroad && l.guide.kindAbroad(kind, w) {
				look(term)
			}
		}
	}
	slices.SortStableFunc(fits, func(a, b naming) int {
		return cmp.Or(-cmp.Compare(one(a.exactly), one(b.exactly)), -cmp.Compare(one(a.ofKind), one(b.ofKind)), -cmp.Compare(a.inTitle, b.inTitle),
			-cmp.Compare(a.score, b.score), cmp.Compare(a.item.ID, b.item.ID))
	})
	return fits
}

// names says how the words name the item; ok only where all of them do.
func (g *Guide) names(it Item, want []string) (n naming, ok bool) {
	n.item = it
	title := g.stemsOf(it.Title)
	var topics []string
	for _, t := range it.Topics {
		topics = append(topics, g.stemsOf(t)...)
	}
	abroad, inTongue := g.namesTongue(want), 0
	for _, w := range want {
		isKind := g.ofKind(it, w) || abroad && slices.ContainsFunc(g.stemsOf(it.Kind), func(k string) bool { return g.kindAbroad(k, w) })
		isTitle := slices.Contains(title, w)
		n.ofKind = n.ofKind || isKind
		switch {
		case isTitle:
			n.inTitle++
			if !isKind {
				n.besides++
			}
			n.score += 1 + 1/float64(len(title))
		case isKind, slices.Contains(topics, w):
			n.score += 0.5
		case g.tongueBy[w] != "" && g.tongueBy[w] == cmp.Or(it.Language, UsualLanguage):
			inTongue++
			n.besides++
			n.score += 0.5
		default:
			return n, false
		}
	}
	n.exactly = n.inTitle == len(title) && len(want) == len(title)
	n.inTitle += inTongue
	return n, len(want) > inTongue // a language alone names nothing
}

// namesTongue reports whether one of the stems is the name of a language.
func (g *Guide) namesTongue(want []string) bool {
	return slices.ContainsFunc(want, func(w string) bool { return g.tongueBy[w] != "" })
}

// kindAbroad reports whether the stem of a kind in another language says what w does: a
// "German guide" is a Leitfaden.
func (g *Guide) kindAbroad(kind, w string) bool {
	return slices.ContainsFunc(kindsBy[kind], func(k string) bool { return g.stems.Of(k) == w })
}

// ofKind reports whether a stem names the item's kind.
func (g *Guide) ofKind(it Item, w string) bool {
	kind := g.stemsOf(it.Kind)
	return slices.Contains(kind, w) || slices.ContainsFunc(kindsBy[w], func(k string) bool { return slices.Contains(kind, g.stems.Of(k)) })
}

func (g *Guide) stemsOf(text string) []string {
	var all []string
	for _, w := range words(text) {
		all = append(all, g.stems.Of(w.folded))
	}
	return all
}
