package suggest

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"time"

	"cairn/bot/journey"
)

// LabelledState is one line of a states file: a labelled history up to the
// moment at which something is to be suggested, what had been shared by then,
// and what people who know the library would give next, the best first. An
// empty Acceptable means that nothing should be suggested. Its signals are
// taken as given, so that it judges choosing and not reading.
type LabelledState struct {
	ID       string `json:"id"`
	Industry string `json:"industry"`
	Contact  struct {
		Name     string `json:"name"`
		Company  string `json:"company"`
		Title    string `json:"title"`
		Language string `json:"language,omitempty"`
	} `json:"contact"`
	Interactions []struct {
		At        string `json:"at"`
		Channel   string `json:"channel"`
		Direction string `json:"direction"`
		Note      string `json:"note"`
	} `json:"interactions"`
	Gold struct {
		Signals [][]string `json:"signals"`
	} `json:"gold"`
	Shared     []string  `json:"shared"`
	Acceptable *[]string `json:"acceptable"`

	// Where is the place at which it was read, for those who mend it: "line 3".
	Where string `json:"-"`
}

// ReadStates reads a states file: one JSON object a line, empty lines skipped.
// Every bad line is told with its number, joined in one error, beside the good ones. Keys that are not needed here are passed over, since
// labelled histories carry more than a suggestion uses.
func ReadStates(r io.Reader) ([]LabelledState, error) {
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 4<<20)
	var all []LabelledState
	var bad []error
	for line := 1; sc.Scan(); line++ {
		if strings.TrimSpace(sc.Text()) == "" {
			continue
		}
		s := LabelledState{Where: fmt.Sprintf("line %d", line)}
		if err := s.read(sc.Bytes()); err != nil {
			bad = append(bad, fmt.Errorf("%s: %w", s.Where, err))
			continue
		}
		all = append(all, s)
	}
	if err := sc.Err(); err != nil {
		bad = append(bad, fmt.Errorf("read states: %w", err))
	}
	return all, errors.Join(bad...)
}

// read reads one line.
func (s *LabelledState) read(line []byte) error {
	var kind *json.UnmarshalTypeError
	switch err := json.Unmarshal(line, s); {
	case errors.As(err, &kind) && kind.Field != "":
		return fmt.Errorf("%q holds what JSON calls %s: wanted is %s", kind.Field, withArticle(kind.Value), wanted(kind.Type))
	case err != nil:
		return errors.New(`this is no JSON object: wanted is one whole object a line, such as {"id":"a1","interactions":[],"gold":{"signals":[]},"acceptable":[]}`)
	case s.Acceptable == nil:
		return fmt.Errorf(`%q has no "acceptable"; write [] where nothing should be suggested`, s.ID)
	case len(s.Gold.Signals) != len(s.Interactions):
		return fmt.Errorf("%q has %d interactions and signals for %d", s.ID, len(s.Interactions), len(s.Gold.Signals))
	}
	return nil
}

// withArticle is a kind of value as a sentence has it; a number may come with itself.
func withArticle(kind string) string {
	kind, _, _ = strings.Cut(kind, " ")
	switch kind {
	case "bool":
		return "true or false"
	case "array", "object":
		return "an " + kind
	}
	return "a " + kind
}

// wanted is what a key of a state holds, in words.
func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a text in quotes"
	case reflect.Slice:
		return "a list in square brackets"
	}
	return "an object in braces"
}

// Case returns the case of the state at a moment, its place folded by m (the
// default journey) from the given signals.
func (s LabelledState) Case(m *journey.Model, at time.Time) (Case, error) {
	notes, err := s.notes()
	if err != nil {
		return Case{}, err
	}
	folded := make([]journey.Note, len(notes))
	for i, n := range notes {
		folded[i] = journey.Note{ID: int64(i + 1), At: n.At, Signals: n.Signals}
	}
	place, _ := m.Fold(m.Start(), folded...)
	slices.Reverse(notes)
	first, _, _ := strings.Cut(s.Contact.Name, " ")
	c := Case{
		Now: at, Contact: first, Title: s.Contact.Title, Company: s.Contact.Company,
		Industry: s.Industry, Language: s.Contact.Language,
		Stage: place.Stage, Before: Before(m, notes), Cycle: place.Cycle, Status: string(place.Status), DoNotContact: place.DoNotContact,
		Notes: notes, SharedURLs: map[string]bool{},
	}
	// the days of what was shared are not told: a last note of ours alone, after
	// something was shared, is taken for one
	if len(notes) > 0 && len(s.Shared) > 0 && notes[0].Direction == journey.Out && slices.Contains(notes[0].Signals, journey.ReachedOut) {
		c.GaveAt = notes[0].At
	}
	for _, raw := range s.Shared {
		canonical, err := CanonicalURL(raw)
		if err != nil {
			return Case{}, fmt.Errorf("shared %q: %w", raw, err)
		}
		c.SharedURLs[canonical] = true
	}
	return c, nil
}

// Right returns what would be acceptable by canonical address, the best first.
func (s LabelledState) Right() ([]string, error) {
	var pages []string
	for _, raw := range *s.Acceptable {
		page, err := CanonicalURL(raw)
		if err != nil {
			return nil, fmt.Errorf("acceptable %q: %w", raw, err)
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// notes returns the interactions, oldest first.
func (s LabelledState) notes() ([]Note, error) {
	notes := make([]Note, len(s.Interactions))
	for i, in := range s.Interactions {
		at, err := whenOf(in.At)
		if err != nil {
			return nil, fmt.Errorf("interaction %d: %q is no date", i+1, in.At)
		}
		notes[i] = Note{At: at, Channel: journey.Channel(in.Channel), Direction: journey.Direction(in.Direction), Text: in.Note}
		for _, name := range s.Gold.Signals[i] {
			signal, err := journey.ParseSignal(name)
			if err != nil {
				return nil, fmt.Errorf("interaction %d: %w", i+1, err)
			}
			notes[i].Signals = append(notes[i].Signals, signal)
		}
	}
	slices.SortStableFunc(notes, func(a, b Note) int { return a.At.Compare(b.At) })
	return notes, nil
}

// whenOf reads a day, or a moment in RFC 3339.
func whenOf(at string) (time.Time, error) {
	if day, err := time.Parse(time.DateOnly, at); err == nil {
		return day, nil
	}
	return time.Parse(time.RFC3339, at)
}
