package observe

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/prompts/strict"
)

// Cues are the reviewed word lists of prompts/cues: families of words and
// phrases that say the same thing, whatever the language. A note counts for its
// families as well as for its words, so that a word that no training note had
// still tells something, and a German note learns from English ones.
type Cues struct {
	families []string         // sorted by name
	signals  []journey.Signal // the signal that a family speaks for; "" for most
	exact    map[string][]entry
	prefix   map[string][]entry
	guards   *Cues       // the guards of guard.yaml, named in families; no features
	words    *line.Words // of those, what bot/line reads by
	from     *cueBuilder
	hash     string
}

// entry is one phrase of a family.
type entry struct {
	family uint8
	rest   []item // what must follow the first word
}

type item struct {
	word   string
	prefix bool
	number bool   // any number, day, sum or share
	gap    bool   // up to three words are skipped
	one    bool   // any one word
	family string // any single word of that family
	any    []item // what family stands for
}

const (
	maxFamilies = 250
	maxGap      = 3
	maxPhrase   = 8 // words
)

// LoadCues reads every *.yaml file at the top of files. All faults of all files
// are returned together as [strict.Problems], each with its file and line.
func LoadCues(files fs.FS) (*Cues, error) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list cues: %w", err)
	}
	if len(names) == 0 {
		return nil, errors.New("no cue file was found: there must be at least one *.yaml")
	}
	b := cueBuilder{lists: map[string][]string{}, guards: map[string][]string{}, signals: map[string]journey.Signal{}, singles: map[string][]item{}}
	sum := sha256.New()
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read cues: %w", err)
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(data))
		sum.Write(data)
		b.file(name, data)
	}
	if len(b.problems) == 0 { // else what is missing is missing for them
		b.references()
	}
	if len(b.problems) > 0 {
		return nil, b.problems
	}
	return b.compile(hex.EncodeToString(sum.Sum(nil)[:6])), nil
}

// cueBuilder gathers the families of all files.
type cueBuilder struct {
	lists    map[string][]string
	guards   map[string][]string
	signals  map[string]journey.Signal
	named    []reference
	singles  map[string][]item // see single
	problems strict.Problems
}

// reference is a family named inside an entry, and where.
type reference struct {
	family string
	at     strict.Problem
}

// references complains of families that are named and not there.
func (b *cueBuilder) references() {
	for _, r := range b.named {
		if len(b.single(r.family)) == 0 {
			r.at.What = fmt.Sprintf("there is no family %q with entries of one word", r.family)
			b.problems = append(b.problems, r.at)
		}
	}
}

func (b *cueBuilder) file(name string, data []byte) {
	doc := strict.Read(name, data)
	root := doc.Root().Fields("families", "guards")
	families := root.Get("families").Open()
	if !root.Get("guards").Present() { // a file may extend the guards alone
		families = root.Need("families").Open()
	}
	for _, family := range families.Keys() {
		v := families.Get(family)
		if _, twice := b.lists[family]; twice {
			v.Fail("join the two lists", "the family %q stands in two files", family)
			continue
		}
		if len(b.lists) >= maxFamilies {
			v.Fail("", "there are more than %d families", maxFamilies)
			break
		}
		b.lists[family] = nil
		fields := v.Fields(append([]string{"signal"}, languages...)...)
		if s := fields.Get("signal"); s.Present() {
			b.signals[family] = journey.Signal(s.OneOf("signal", signalNames()...))
		}
		for _, lang := range languages {
			if list := fields.Get(lang); list.Present() {
				b.phrases(name, b.lists, family, list)
			}
		}
	}
	if v := root.Get("guards"); v.Present() {
		b.guardsOf(name, v.Open())
	}
	b.problems = append(b.problems, doc.Problems()...)
}

// guardsOf reads the guards of a file: their names are fixed, see withhold.go.
func (b *cueBuilder) guardsOf(file string, guards strict.Fields) {
	for _, name := range guards.Keys() {
		v := guards.Get(name)
		if !slices.Contains(guardNames, name) {
			v.Fail("one of "+strings.Join(guardNames, ", "), "there is no guard %q", name)
			continue
		}
		fields := v.Fields(languages...)
		for _, lang := range languages {
			if list := fields.Get(lang); list.Present() {
				if name == guardLetBe && strings.ContainsAny(list.Text(), "*#{") {
					list.Fail("write each word in full", "an entry of %s has a mark that is neither _ nor ..", name)
				}
				b.phrases(file, b.guards, name, list)
			}
		}
	}
}

func (b *cueBuilder) phrases(file string, lists map[string][]string, family string, v strict.Value) {
	for _, phrase := range strings.Split(v.Text(), ",") {
		items, what := parsePhrase(phrase)
		switch {
		case what != "":
			v.Fail("see the head of words.yaml for how an entry is written", "%q %s", strings.TrimSpace(phrase), what)
		case items != nil:
			lists[family] = append(lists[family], strings.TrimSpace(phrase))
			for _, it := range items {
				if it.family != "" {
					b.named = append(b.named, reference{it.family, strict.Problem{File: file, Line: v.Line(), Hint: "name one of the families, or add it"}})
				}
			}
		}
	}
}

// parsePhrase reads an entry, or says what is wrong with it.
func parsePhrase(phrase string) (items []item, what string) {
	words := strings.FieldsFunc(plain(fold(phrase)), func(r rune) bool { return r == ' ' || r == '-' || r == '\n' })
	for i, w := range words {
		it := item{word: w}
		switch {
		case w == "..":
			it = item{gap: true}
		case w == "_":
			it = item{one: true}
		case w == "#":
			it = item{number: true}
		case strings.HasSuffix(w, "*"):
			it = item{word: strings.TrimSuffix(w, "*"), prefix: true}
		}
		if open := it.gap || it.one; open && (i == 0 || i == len(words)-1) {
			return nil, "begins or ends with a gap"
		}
		if it.prefix && i == 0 && utf8.RuneCountInString(it.word) < 3 {
			return nil, "begins with a word cut too short: at least three letters before the *"
		}
		if name, ok := strings.CutPrefix(w, "{"); ok && strings.HasSuffix(name, "}") {
			it = item{family: strings.TrimSuffix(name, "}")}
		}
		if strings.ContainsAny(it.word, "*{}[]|?\"") {
			return nil, "has a mark that means nothing here"
		}
		items = append(items, it)
	}
	if len(items) > maxPhrase {
		return nil, fmt.Sprintf("has more than %d words", maxPhrase)
	}
	return items, ""
}

// single lists the entries of a family that are one word: one list, shared by
// all entries that name the family. Ask once all files are read.
func (b *cueBuilder) single(family string) []item {
	if list, done := b.singles[family]; done {
		return list
	}
	var list []item
	for _, phrase := range b.lists[family] {
		if items, _ := parsePhrase(phrase); len(items) == 1 && items[0].family == "" {
			list = append(list, items[0])
		}
	}
	b.singles[family] = list
	return list
}

// open puts the words of the families that an entry names in their place.
func (b *cueBuilder) open(items []item) []item {
	for i := range items {
		if items[i].family != "" {
			items[i].any = b.single(items[i].family)
		}
	}
	return items
}

func (b *cueBuilder) cues(lists map[string][]string) *Cues {
	c := &Cues{exact: map[string][]entry{}, prefix: map[string][]entry{}}
	for family := range lists {
		c.families = append(c.families, family)
	}
	slices.Sort(c.families)
	for i, family := range c.families {
		c.signals = append(c.signals, b.signals[family])
		for _, phrase := range lists[family] {
			items, _ := parsePhrase(phrase) // found good when it was read
			items = b.open(items)
			heads := items[:1]
			if items[0].family != "" {
				heads = items[0].any
			}
			for _, head := range heads {
				c.enter(head, entry{family: uint8(i), rest: items[1:]})
			}
		}
	}
	return c
}

// enter files an entry under its first word.
func (c *Cues) enter(head item, e entry) {
	switch {
	case head.number:
		c.exact["#"] = append(c.exact["#"], e)
	case head.prefix:
		c.prefix[head.word] = append(c.prefix[head.word], e)
	default:
		c.exact[head.word] = append(c.exact[head.word], e)
	}
}

// plain takes the accents off.
func plain(word string) string {
	ascii := true
	for i := 0; i < len(word); i++ {
		ascii = ascii && word[i] < utf8.RuneSelf
	}
	if ascii {
		return word
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(word) {
		switch {
		case r == 'ß':
			b.WriteString("ss")
		case !unicode.Is(unicode.Mn, r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// hit is a family seen in a note: from which token to which.
type hit struct {
	family      uint8
	first, last int32
}

// find appends the families seen in d to list, in the order of the tokens,
// each family once a token.
func (c *Cues) find(d *document, list []hit) []hit {
	for i := range d.tokens {
		from := len(list)
		w := d.tokens[i].plain
		list = c.match(d, i, c.exact[w], list, from)
		if w != "" && isNumber(w) {
			list = c.match(d, i, c.exact["#"], list, from)
			continue
		}
		for j := range w {
			if j >= 3 {
				list = c.match(d, i, c.prefix[w[:j]], list, from)
			}
		}
		list = c.match(d, i, c.prefix[w], list, from)
	}
	return list
}

// in is [Cues.find] of all that d has, looked for once.
func (c *Cues) in(d *document) []hit {
	if d.own == nil {
		d.own = c.find(d, make([]hit, 0, len(d.tokens)))
	}
	return d.own
}

// guardsIn is in for the guards.
func (c *Cues) guardsIn(d *document) []hit {
	if d.guards == nil {
		d.guards = c.guards.find(d, make([]hit, 0, len(d.tokens)))
	}
	return d.guards
}

// match appends those entries whose further words follow token i.
func (c *Cues) match(d *document, i int, entries []entry, list []hit, from int) []hit {
next:
	for _, e := range entries {
		last, ok := follow(d, i+1, e.rest)
		if !ok {
			continue
		}
		for k := from; k < len(list); k++ {
			if list[k].family == e.family {
				list[k].last = max(list[k].last, int32(last))
				continue next
			}
		}
		list = append(list, hit{e.family, int32(i), int32(last)})
	}
	return list
}

// follow says whether the items stand in the tokens from i on, and where the
// last of them does.
func follow(d *document, i int, items []item) (last int, ok bool) {
	if len(items) == 0 {
		return i - 1, true
	}
	if items[0].gap {
		for skip := 0; skip <= maxGap; skip++ {
			if last, ok := follow(d, i+skip, items[1:]); ok {
				return last, true
			}
		}
		return 0, false
	}
	if i >= len(d.tokens) || !items[0].is(d.tokens[i].plain) {
		return 0, false
	}
	return follow(d, i+1, items[1:])
}

func (it item) is(w string) bool {
	switch {
	case it.any != nil:
		return slices.ContainsFunc(it.any, func(o item) bool { return o.is(w) })
	case it.one:
		first, _ := utf8.DecodeRuneInString(w)
		return w != "" && (unicode.IsLetter(first) || first == '@' || w[0] == '#')
	case it.number:
		return w != "" && isNumber(w)
	case it.prefix:
		return strings.HasPrefix(w, it.word)
	}
	return w == it.word
}
