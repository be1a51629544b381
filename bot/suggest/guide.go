package suggest

import (
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"

	"cairn/bot/journey"
	"cairn/bot/stems"
	"cairn/bot/suggest/meaning"
	"cairn/prompts/strict"
)

// GuideFile and CommonFile are the files of the guide within prompts/library.
const (
	GuideFile  = "matching.yaml"
	CommonFile = "common.txt"
)

// Guide is the wordlore of matching: which words mean the same, which titles
// and trades are of one family, and what each signal calls for. Content people
// edit it; it is read strictly. A Guide is never changed once loaded.
type Guide struct {
	ideas      phrasebook // word or pair of words → idea
	roles      phrasebook
	industries phrasebook
	stop       map[string]bool    // stems that say nothing
	hollow     map[string]bool    // stems that may help to choose, and are no topic to quote
	ranks      map[string]bool    // stems of titles that say how high, not what
	common     map[string]float32 // stem → how telling it is in a sales note, 0 to 1
	needs      map[journey.Signal]need
	stems      stems.Memory
	forms      map[string]bool           // stems of the kinds that signals call for: template, article
	meanings   map[string]meaning.Vector // idea → what its words mean together
	rests      restBook                  // what a note says that tells to send nothing now
	purposes   purposeBook               // what items are for, by their kinds and titles
	tongues    map[string]string         // a language's name, folded → its two letters
	tongueBy   map[string]string         // the same by its stem
	hints      hintBook                  // what the latest note lets one guess of that
}

// need is what a signal calls for.
type need struct {
	say       string             // "the price is being talked through"
	ideas     map[string]float64 // idea or stem → weight
	kinds     map[string]float64 // stem of a kind → weight
	education Education
	passOn    bool
	strong    bool // what it calls for comes next, whatever else was spoken of
}

// phrasebook maps a stem, or two stems with a space between, to the families
// that it belongs to.
type phrasebook map[string][]string

// LoadGuide reads [GuideFile] and [CommonFile] from fsys. Unknown keys, unknown signals, ideas
// named but not defined and empty lists are refused with file, line and reason.
func LoadGuide(fsys fs.FS) (*Guide, error) {
	text, err := fs.ReadFile(fsys, GuideFile)
	if err != nil {
		return nil, fmt.Errorf("read guide: %w", err)
	}
	g, err := ParseGuide(GuideFile, text)
	if err != nil {
		return nil, err
	}
	text, err = fs.ReadFile(fsys, CommonFile)
	if err != nil {
		return nil, fmt.Errorf("read guide: %w", err)
	}
	if err := g.readCommon(string(text)); err != nil {
		return nil, err
	}
	return g, nil
}

// ParseGuide reads a guide from the text of its file. All mistakes are told at
// once, as [strict.Problems] with the file's name and their lines.
func ParseGuide(file string, text []byte) (*Guide, error) {
	doc := strict.Read(file, text)
	root := doc.Root().Fields("ideas", "roles", "industries", "ranks", "stop", "hollow", "needs", "rest", "languages", "purposes", "hints")
	ideas := root.Need("ideas").Open()
	g := &Guide{stems: stems.Memory{Cut: stem},
		ideas: newPhrasebook(ideas), roles: newPhrasebook(root.Need("roles").Open()), industries: newPhrasebook(root.Need("industries").Open()),
		ranks: stemSet(root.Get("ranks")), stop: stemSet(root.Get("stop")), hollow: stemSet(root.Get("hollow")), needs: map[journey.Signal]need{}, forms: map[string]bool{},
	}
	needs := root.Need("needs").Open()
	for _, name := range needs.Keys() {
		at := needs.Get(name)
		signal, err := journey.ParseSignal(name)
		if err != nil {
			at.Fail(strict.Hint(name, signalNames()), "there is no signal %q", name)
			continue
		}
		g.needs[signal] = newNeed(at, ideas.Keys())
		for kind := range g.needs[signal].kinds {
			g.forms[kind] = true
		}
	}
	g.mean()
	g.rests = newRestBook(root.Get("rest").Open())
	g.tongues, g.tongueBy = newTongues(root.Get("languages").Open()), map[string]string{}
	for name, code := range g.tongues {
		g.tongueBy[g.stems.Of(name)] = code
	}
	g.purposes = newPurposeBook(root.Get("purposes").Open())
	g.hints = newHintBook(root.Get("hints").Open())
	if err := doc.Err(); err != nil {
		return nil, err
	}
	return g, nil
}

// newRestBook reads the sayings of each family.
func newRestBook(families strict.Fields) restBook {
	book := restBook{}
	for _, name := range families.Keys() {
		at := families.Get(name)
		if !slices.Contains(rests(), rest(name)) {
			at.Fail("they are "+restNames(), "there is no reason %q to send nothing", name)
			continue
		}
		all := sayings{}
		book[rest(name)] = all
		for _, phrase := range at.List() {
			s, err := parseSaying(phrase.Text())
			if err != nil {
				phrase.Fail("begin and end with a word", "%q cannot be found: %v", phrase.Text(), err)
				continue
			}
			all.add(s)
		}
	}
	return book
}

func restNames() string {
	var names []string
	for _, r := range rests() {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}

func signalNames() []string {
	var names []string
	for _, s := range journey.Signals() {
		names = append(names, string(s))
	}
	return names
}

func stemSet(v strict.Value) map[string]bool {
	set := map[string]bool{}
	for _, word := range v.List() {
		set[stem(fold(word.Text()))] = true
	}
	return set
}

func newNeed(at strict.Value, ideas []string) need {
	f := at.Fields("say", "ideas", "kinds", "education", "pass_on", "strong")
	n := need{
		say: f.Need("say").Text(), ideas: map[string]float64{}, kinds: map[string]float64{},
		education: Education(f.Get("education").OneOf("education", string(Results), string(Tool))),
		passOn:    yesOf(f.Get("pass_on")), strong: yesOf(f.Get("strong")),
	}
	// What is named first is called for most.
	for i, idea := range f.Get("ideas").Words("idea", ideas...) {
		n.ideas[idea] = falling(i)
	}
	for i, kind := range f.Get("kinds").List() {
		for _, w := range words(kind.Text()) {
			n.kinds[stem(w.folded)] = max(n.kinds[stem(w.folded)], falling(i))
		}
	}
	return n
}

func yesOf(v strict.Value) bool {
	return v.OneOf("answer", "true", "false") == "true"
}

func falling(i int) float64 { return 1 / (1 + 0.15*float64(i)) }

// newPhrasebook reads families of words, each word being one or two words long.
func newPhrasebook(families strict.Fields) phrasebook {
	book := phrasebook{}
	for _, family := range families.Keys() {
		at := families.Get(family)
		phrases := at.List()
		if len(phrases) == 0 {
			at.Fail("write at least one", "%s has no words", family)
		}
		for _, phrase := range phrases {
			ws := words(phrase.Text())
			if len(ws) == 0 || len(ws) > 2 {
				phrase.Fail("one or two words can be matched", "%q has %d words", phrase.Text(), len(ws))
				continue
			}
			key := stem(ws[0].folded)
			if len(ws) == 2 {
				key += " " + stem(ws[1].folded)
			}
			if !slices.Contains(book[key], family) {
				book[key] = append(book[key], family)
			}
		}
	}
	for _, found := range book {
		slices.Sort(found)
	}
	return book
}

// families returns the families that a text belongs to, without doubles.
func (b phrasebook) families(text string) []string {
	var found []string
	last := ""
	for _, w := range words(text) {
		s := stem(w.folded)
		for _, key := range [...]string{s, last + " " + s} {
			for _, f := range b[key] {
				if !slices.Contains(found, f) {
					found = append(found, f)
				}
			}
		}
		last = s
	}
	return found
}

// Words that stand in fewer than telltale of a thousand sales notes tell most;
// a word of every note would still tell leastTold.
const (
	telltale  = 0.4
	leastTold = 0.1
)

// readCommon reads lines of a stem and the number of sales notes in a thousand
// that it stands in.
func (g *Guide) readCommon(text string) error {
	g.common = map[string]float32{}
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		stem, count, ok := strings.Cut(line, " ")
		perMille, err := strconv.ParseFloat(count, 64)
		if !ok || err != nil || perMille <= 0 || perMille > 1000 {
			return strict.Problem{File: CommonFile, Line: i + 1, What: fmt.Sprintf("%.40q is no word and number between 0 and 1000", line)}
		}
		g.common[stem] = float32(min(1, max(leastTold, math.Log(1000/perMille)/math.Log(1000/telltale))))
	}
	return nil
}

// telling says how much a stem tells of a subject when it stands in a note.
func (g *Guide) telling(stem string) float32 {
	if t, ok := g.common[stem]; ok {
		return t
	}
	return 1
}

// isDigits reports whether a word is a number: "30", "000", "19th".
func isDigits(word string) bool {
	return word != "" && word[0] >= '0' && word[0] <= '9' && len(word) < 5
}

// quotable reports whether words of a note tell a person what it was about: one of
// them at least is more than a small word or a common deed.
func (g *Guide) quotable(quote string) bool {
	for _, w := range words(quote) {
		if s := g.stems.Of(w.folded); !isDigits(w.folded) && !g.stop[s] && !g.hollow[s] && !isLittle(w.folded) {
			return true
		}
	}
	return false
}
