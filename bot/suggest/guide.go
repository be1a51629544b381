package suggest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"

	"cairn/bot/journey"

	"go.yaml.in/yaml/v4"
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
	ranks      map[string]bool    // stems of titles that say how high, not what
	common     map[string]float32 // stem → how telling it is in a sales note, 0 to 1
	needs      map[journey.Signal]need
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

type guideYAML struct {
	Ideas      map[string][]string   `yaml:"ideas"`
	Roles      map[string][]string   `yaml:"roles"`
	Industries map[string][]string   `yaml:"industries"`
	Ranks      []string              `yaml:"ranks"`
	Stop       []string              `yaml:"stop"`
	Needs      map[string]needOfYAML `yaml:"needs"`
}

type needOfYAML struct {
	Say       string   `yaml:"say"`
	Ideas     []string `yaml:"ideas"`
	Kinds     []string `yaml:"kinds"`
	Education string   `yaml:"education"`
	PassOn    bool     `yaml:"pass_on"`
	Strong    bool     `yaml:"strong"`
}

// LoadGuide reads [GuideFile] and [CommonFile] from fsys. Unknown keys, unknown signals, ideas
// named but not defined and empty lists are refused with the reason.
func LoadGuide(fsys fs.FS) (*Guide, error) {
	text, err := fs.ReadFile(fsys, GuideFile)
	if err != nil {
		return nil, fmt.Errorf("read guide: %w", err)
	}
	g, err := ParseGuide(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", GuideFile, err)
	}
	text, err = fs.ReadFile(fsys, CommonFile)
	if err != nil {
		return nil, fmt.Errorf("read guide: %w", err)
	}
	if err := g.readCommon(string(text)); err != nil {
		return nil, fmt.Errorf("%s: %w", CommonFile, err)
	}
	return g, nil
}

// ParseGuide reads a guide from the text of its file.
func ParseGuide(text []byte) (*Guide, error) {
	var in guideYAML
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&in); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, errors.New("empty; it needs ideas, roles, industries and needs")
		}
		return nil, err
	}
	g := &Guide{stop: map[string]bool{}, ranks: map[string]bool{}, needs: map[journey.Signal]need{}}
	for _, word := range in.Stop {
		g.stop[stem(fold(word))] = true
	}
	for _, word := range in.Ranks {
		g.ranks[stem(fold(word))] = true
	}
	var err error
	if g.ideas, err = newPhrasebook("ideas", in.Ideas); err != nil {
		return nil, err
	}
	if g.roles, err = newPhrasebook("roles", in.Roles); err != nil {
		return nil, err
	}
	if g.industries, err = newPhrasebook("industries", in.Industries); err != nil {
		return nil, err
	}
	for name, n := range in.Needs {
		if err := g.addNeed(name, n, in.Ideas); err != nil {
			return nil, fmt.Errorf("needs: %s: %w", name, err)
		}
	}
	return g, nil
}

func (g *Guide) addNeed(name string, in needOfYAML, ideas map[string][]string) error {
	signal, err := journey.ParseSignal(name)
	if err != nil {
		return err
	}
	out := need{say: in.Say, ideas: map[string]float64{}, kinds: map[string]float64{}, education: Education(in.Education), passOn: in.PassOn, strong: in.Strong}
	switch out.education {
	case "", Results, Tool:
	default:
		return fmt.Errorf("education is %q; it must be results, tool or left out", in.Education)
	}
	if out.say == "" {
		return errors.New("say is missing: the words that tell a rep what the signal calls for")
	}
	// What is named first is called for most.
	for i, idea := range in.Ideas {
		if _, defined := ideas[idea]; !defined {
			return fmt.Errorf("idea %q is not defined under ideas", idea)
		}
		out.ideas[idea] = falling(i)
	}
	for i, kind := range in.Kinds {
		for _, t := range words(kind) {
			out.kinds[stem(t.folded)] = max(out.kinds[stem(t.folded)], falling(i))
		}
	}
	g.needs[signal] = out
	return nil
}

func falling(i int) float64 { return 1 / (1 + 0.15*float64(i)) }

func newPhrasebook(section string, families map[string][]string) (phrasebook, error) {
	book := phrasebook{}
	if len(families) == 0 {
		return nil, fmt.Errorf("%s: missing or empty", section)
	}
	for family, phrases := range families {
		if len(phrases) == 0 {
			return nil, fmt.Errorf("%s: %s has no words", section, family)
		}
		for _, phrase := range phrases {
			ws := words(phrase)
			if len(ws) == 0 || len(ws) > 2 {
				return nil, fmt.Errorf("%s: %s: %q has %d words; one or two can be matched", section, family, phrase, len(ws))
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
	return book, nil
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
	telltale  = 3.0
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
			return fmt.Errorf("line %d: %.40q is no word and number between 0 and 1000", i+1, line)
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
