package observe

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"cairn/bot/line"
)

// Family is a family of cues, or of guards.
type Family struct {
	Name  string
	Guard bool
}

// Differ lists the families of which c and o hold other entries or that speak for another
// signal, by name, those of cues first. In which file and order entries stand, and what
// is written twice or in other letters, makes no difference.
func (c *Cues) Differ(o *Cues) []Family {
	var all []Family
	for _, f := range families(c.from.lists, o.from.lists) {
		if c.from.signals[f] != o.from.signals[f] || !sameEntries(c.from.lists, o.from.lists, f) {
			all = append(all, Family{Name: f})
		}
	}
	for _, f := range families(c.from.guards, o.from.guards) {
		if !sameEntries(c.from.guards, o.from.guards, f) {
			all = append(all, Family{Name: f, Guard: true})
		}
	}
	return all
}

// families are the names in either of two maps, sorted.
func families(a, b map[string][]string) []string {
	names := maps.Clone(a)
	maps.Copy(names, b)
	return slices.Sorted(maps.Keys(names))
}

// sameEntries reports whether a family is there in both or in neither, with the same
// entries.
func sameEntries(a, b map[string][]string, family string) bool {
	was, there := a[family]
	is, still := b[family]
	return there == still && slices.Equal(bareEntries(was), bareEntries(is))
}

// bareEntries are entries as they are compared with notes, sorted, each once.
func bareEntries(list []string) []string {
	bare := make([]string, len(list))
	for i, phrase := range list {
		bare[i] = plain(fold(phrase))
	}
	slices.Sort(bare)
	return slices.Compact(bare)
}

// With returns c with one family as it is in o: where o has none, without it. What other
// families name of it changes with it.
func (c *Cues) With(o *Cues, f Family) *Cues {
	b := &cueBuilder{lists: maps.Clone(c.from.lists), guards: maps.Clone(c.from.guards), signals: maps.Clone(c.from.signals), singles: map[string][]item{}}
	take := func(to, from map[string][]string) {
		delete(to, f.Name)
		if list, ok := from[f.Name]; ok {
			to[f.Name] = list
		}
	}
	if f.Guard {
		take(b.guards, o.from.guards)
	} else {
		take(b.lists, o.from.lists)
		delete(b.signals, f.Name)
		if s, ok := o.from.signals[f.Name]; ok {
			b.signals[f.Name] = s
		}
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %v", c.hash, o.hash, f))
	return b.compile(hex.EncodeToString(sum[:6]))
}

// compile makes ready for use what was gathered, and keeps it for [Cues.Differ].
func (b *cueBuilder) compile(hash string) *Cues {
	c := b.cues(b.lists)
	c.guards, c.from, c.hash = b.cues(b.guards), b, hash
	c.words = line.NewWords(b.guards[guardLetBe])
	return c
}
