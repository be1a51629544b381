package suggest

import (
	"cairn/bot/suggest/meaning"
	"slices"
	"strings"
)

// builder makes the index. Terms are numbered in the order in which they are
// met, so that the same items give the same index, bit for bit.
type builder struct {
	l *Library
	// Per term, of the entry in hand: its weight there, and which are not 0.
	weight []float32
	met    []int32
	loose  []bool // per term: no word or idea, but a beginning, an audience or a kind

	meanings  map[int32]meaning.Vector
	compounds bool                // the entry in hand is in a language that writes compounds as one word
	topic     bool                // the word in hand is a topic by itself: then it tells of a subject, whatever it is elsewhere
	english   bool                // it is in English
	known     map[string]spelling // words met so far
	whom      map[string]audience // audiences met so far, by their names
}

// spelling is what one word leads to.
type spelling struct {
	stem  string
	terms []int32 // by which it is found: stem, ideas, beginning; none for a word that says nothing
}

func newBuilder(l *Library) *builder {
	return &builder{l: l, meanings: map[int32]meaning.Vector{}, known: map[string]spelling{}, whom: map[string]audience{}}
}

// term returns the number of a term, giving it the next if it is new.
func (b *builder) term(text string) int32 {
	id, known := b.l.terms[text]
	if !known {
		id = int32(len(b.l.postings))
		b.l.terms[text] = id
		b.l.postings = append(b.l.postings, nil)
		b.weight = append(b.weight, 0)
		b.loose = append(b.loose, text[0] == '@' || text[0] == '^' || text[0] == '#')
	}
	return id
}

func (b *builder) weigh(term int32, weight float32) {
	if b.weight[term] == 0 {
		b.met = append(b.met, term)
	}
	b.weight[term] = max(b.weight[term], weight)
}

func (b *builder) entry(i int32) {
	e := &b.l.entries[i]
	it := &e.item
	b.l.byID[it.ID] = i
	if it.Canonical != "" {
		b.l.byURL[it.Canonical] = i
	}
	b.compounds = compounding(it.Language)
	b.english = it.Language == "" || it.Language == UsualLanguage
	b.text(it.Title, inTitle)
	for _, topic := range it.Topics {
		b.topic = len(words(topic)) == 1
		b.text(topic, inTopics)
	}
	b.topic = false
	b.text(it.Gives, inGives)
	b.text(slug(it.Canonical), inURL)
	b.text(it.Kind, inKind)
	e.roles = b.audience(b.l.guide.roles, "role ", it.Roles)
	e.industries = b.audience(b.l.guide.industries, "industry ", it.Industries)
	for _, key := range e.industries.keys() {
		b.weigh(b.term("@"+key), 1)
		b.l.served[key] = true
	}
	for _, w := range words(it.Kind) {
		k := b.spell(w.folded).stem
		e.kind = append(e.kind, k)
		b.weigh(b.term("#"+k), 1)
	}
	e.purposes = b.purposesOf(e)
	b.stages(i, e)
	b.keep(i, e)
}

func (b *builder) stages(i int32, e *entry) {
	for _, name := range e.item.Stages {
		if s := stageIndex(name); s >= 0 {
			e.stages |= 1 << s
		}
	}
	for s := range b.l.stage {
		if e.stages == 0 || e.stages&(1<<s) != 0 {
			b.l.stage[s] = append(b.l.stage[s], i)
		}
	}
}

// keep turns the collected weights into the entry's terms and the postings.
func (b *builder) keep(i int32, e *entry) {
	slices.Sort(b.met)
	e.terms = make([]termWeight, 0, len(b.met))
	for _, id := range b.met {
		weight := b.weight[id]
		b.weight[id] = 0
		e.terms = append(e.terms, termWeight{id, weight})
		b.l.postings[id] = append(b.l.postings[id], posting{i, weight})
		if !b.loose[id] {
			e.words = append(e.words, termWeight{id, weight})
		}
	}
	b.met = b.met[:0]
}

// text adds the terms of a text at the weight of its place, keeping the larger
// weight where a term stands in several places.
func (b *builder) text(text string, weight float32) {
	last := ""
	for _, w := range words(text) {
		sp := b.spell(w.folded)
		for _, term := range sp.terms {
			b.weigh(term, weight)
		}
		if last != "" {
			for _, idea := range b.l.guide.ideas[last+" "+sp.stem] {
				b.weigh(b.term("~"+idea), weight)
			}
		}
		last = sp.stem
	}
}

func (b *builder) spell(folded string) spelling {
	key := folded
	if b.compounds {
		key = "+" + folded
	}
	if b.topic {
		key = "!" + key
	}
	if sp, done := b.known[key]; done {
		return sp
	}
	sp := spelling{stem: stem(folded)}
	if !b.l.guide.stop[sp.stem] || b.topic {
		term := b.term(sp.stem)
		sp.terms = append(sp.terms, term)
		if _, met := b.meanings[term]; !met {
			if v, ok := b.l.guide.vector(sp.stem, b.english); ok {
				b.meanings[term] = v
				b.l.near.add(term, v)
			}
		}
		for _, idea := range b.l.guide.ideas[sp.stem] {
			sp.terms = append(sp.terms, b.term("~"+idea))
		}
		if b.compounds && len(b.l.guide.ideas[sp.stem]) == 0 {
			for _, part := range parts(sp.stem) {
				for _, idea := range b.l.guide.ideas[part] {
					sp.terms = append(sp.terms, b.term("~"+idea))
				}
			}
		}
		if p := prefix(sp.stem); p != "" {
			sp.terms = append(sp.terms, b.term(p))
		}
	}
	b.known[key] = sp
	return sp
}

// audience is Guide.audience, remembered: many items are for the same people.
func (b *builder) audience(book phrasebook, section string, names []string) audience {
	key := section + strings.Join(names, ";")
	a, done := b.whom[key]
	if !done {
		a = b.l.guide.audience(book, names)
		b.whom[key] = a
	}
	return a
}

// slug returns the path of a canonical URL as text.
func slug(canonical string) string {
	const scheme = "https://"
	if len(canonical) <= len(scheme) {
		return ""
	}
	for i := len(scheme); i < len(canonical); i++ {
		if canonical[i] == '/' {
			return canonical[i:]
		}
	}
	return ""
}
