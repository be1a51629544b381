package exam

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/observe/eval"
	"cairn/bot/observe/mask"
	"cairn/store"
)

// held are the authors whose notes are read in an exam: one writes German, one
// writes English as a German does, one writes short. Weights of an exam are
// trained without them.
var held = []string{"histories-b", "histories-e", "histories-j"}

// Labelled reads the labelled histories that travel with the binary: those that
// an exam's weights are trained on, and those that are read.
func Labelled(files fs.FS) (rest, read []observe.History, err error) {
	sources, err := eval.Sources(files)
	if err != nil {
		return nil, nil, err
	}
	all, err := eval.Load(sources)
	if err != nil {
		return nil, nil, err
	}
	for _, h := range all {
		if slices.Contains(held, h.Author) {
			read = append(read, h)
		} else {
			rest = append(rest, h)
		}
	}
	return rest, read, nil
}

// Held reads only those that are read: a quarter of all.
func Held(files fs.FS) ([]observe.History, error) {
	sources, err := eval.Sources(files)
	if err != nil {
		return nil, err
	}
	return eval.Load(slices.DeleteFunc(sources, func(s eval.Source) bool { return !slices.Contains(held, observe.Author(s.Name)) }))
}

// Sum names what a folder of labelled cases holds: other cases, another sum.
func Sum(files fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		fmt.Fprintf(sum, "%s %d\n", name, len(data))
		sum.Write(data)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("sum of the labelled cases: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// Sample picks contacts of a set until at least n notes are together and every
// signal of the set is shown twice, the rare ones first. The same set gives the
// same sample. What no note shows is a case too: contacts without any signal
// count as one more.
func Sample(set []observe.History, n int) []observe.History {
	const wanted = 2
	have := map[journey.Signal]int{}
	total := map[journey.Signal]int{}
	for i := range set {
		for s, k := range shown(&set[i]) {
			total[s] += k
		}
	}
	var picked []observe.History
	taken := make([]bool, len(set))
	count := 0
	for {
		best, most := -1, 0.0
		for i := range set {
			if taken[i] {
				continue
			}
			gain := 0.0
			for s, k := range shown(&set[i]) {
				gain += float64(min(k, max(0, min(wanted, total[s])-have[s])))
			}
			// once all is shown, long histories make better use of a prompt's time
			if gain /= float64(len(set[i].Interactions)) + 1; gain > most {
				best, most = i, gain
			}
		}
		if best < 0 && count >= n {
			return picked
		}
		if best < 0 {
			if best = slices.Index(taken, false); best < 0 {
				return picked
			}
		}
		taken[best] = true
		picked = append(picked, set[best])
		count += len(set[best].Interactions)
		for s, k := range shown(&set[best]) {
			have[s] += k
		}
	}
}

// shown counts the signals of a contact; "" are notes that show none.
func shown(h *observe.History) map[journey.Signal]int {
	seen := map[journey.Signal]int{}
	for _, list := range h.Gold.Signals {
		if len(list) == 0 {
			seen[""]++
		}
		for _, s := range list {
			seen[s]++
		}
	}
	return seen
}

// ownSlice marks a team's own corrections.
const ownSlice = "corrections"

// Invented names in the place of the real ones: words of no language, so that
// nothing else in a note is taken for a name.
const (
	maskedPerson  = "Quendor"
	maskedCompany = "Zylantha"
)

// entry is one interaction of a labelled history; see [observe.History].
type entry struct {
	At        string `json:"at"`
	Channel   string `json:"channel"`
	Direction string `json:"direction"`
	Note      string `json:"note"`
}

// Corrected is a contact whose reading somebody has put right, as a line of a
// histories file, names masked. The labels are the signals that hold: a
// person's for the notes that were corrected.
func Corrected(c store.Case, models journey.Models) ([]byte, error) {
	names := mask.Names{People: append([]string{c.Contact.Name}, c.People...), Companies: append([]string{c.Contact.Company.Name}, c.Companies...)}
	entries, signals := []entry{}, [][]journey.Signal{}
	var notes []journey.Note
	for _, n := range c.Notes {
		masked := strings.NewReplacer("CONTACT_1", maskedPerson, "COMPANY_1", maskedCompany).Replace(mask.Of(n.Note, names).Masked)
		entries = append(entries, entry{At: n.At.UTC().Format(time.RFC3339), Channel: n.Channel, Direction: n.Direction, Note: masked})
		list := []journey.Signal{}
		for _, g := range n.Signals {
			list = append(list, journey.Signal(g.Signal))
		}
		signals = append(signals, list)
		notes = append(notes, journey.Note{ID: n.ID, At: n.At, Signals: list})
	}
	gold, err := places(models, notes)
	if err != nil {
		return nil, err
	}
	gold["signals"] = signals
	return json.Marshal(map[string]any{"id": fmt.Sprint(c.Contact.ID), "industry": c.Contact.Company.Industry, "slice": ownSlice,
		"contact":      map[string]string{"name": maskedPerson, "company": maskedCompany, "title": c.Contact.Title},
		"interactions": entries, "gold": gold})
}

// places folds labelled notes, as the labels of a history tell them.
func places(models journey.Models, notes []journey.Note) (map[string]any, error) {
	state := map[string]journey.State{}
	for _, name := range []string{"aipee", "orbits", "lifecycle"} {
		m, ok := models.Get(name)
		if !ok {
			return nil, fmt.Errorf("there is no journey %q", name)
		}
		s, _ := m.Fold(m.Start(), notes...)
		state[name] = s
	}
	a := state["aipee"]
	return map[string]any{
		"aipee": map[string]any{"stage": a.Stage, "status": a.Status, "do_not_contact": a.DoNotContact, "cycle": a.Cycle, "exchanged": a.Exchanged},
		"orbit": state["orbits"].Stage, "lifecycle": map[string]any{"phase": state["lifecycle"].Stage, "influence": state["lifecycle"].Influence},
	}, nil
}

// Own reads the team's corrected contacts, as [Corrected] writes them.
func Own(lines io.Reader) ([]observe.History, error) {
	var all []observe.History
	err := observe.ReadHistories("corrections.jsonl", lines, func(h observe.History) error {
		all = append(all, h)
		return nil
	})
	return all, err
}

// sourceLine tells what an exam was sat on.
func sourceLine(set []observe.History, how string) string {
	contacts, notes, own := 0, 0, 0
	for i := range set {
		if set[i].Slice == ownSlice {
			own++
			continue
		}
		contacts++
		notes += len(set[i].Interactions)
	}
	line := fmt.Sprintf("Read: %d labelled contacts with %d notes, %s", contacts, notes, how)
	switch own {
	case 0:
		return line + "; your team has put no reading right yet."
	case 1:
		return line + "; and 1 contact whose reading your team put right."
	}
	return line + fmt.Sprintf("; and %d contacts whose readings your team put right.", own)
}
