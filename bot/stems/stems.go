// Package stems remembers the stems of words: most of what people write are a
// few thousand words, and finding a stem costs more than all else that is done
// with a word.
package stems

import (
	"strings"
	"sync"
)

// most bounds how many words are remembered, at about a hundred bytes each;
// beyond it, a word is cut anew each time.
const most = 10_000

// Memory remembers the stems that Cut finds. It is safe for concurrent use and
// must not be copied.
type Memory struct {
	Cut   func(word string) string
	mu    sync.RWMutex
	known map[string]string
}

// Of is the stem of a word.
func (m *Memory) Of(word string) string {
	m.mu.RLock()
	s, ok := m.known[word]
	full := len(m.known) >= most
	m.mu.RUnlock()
	if ok {
		return s
	}
	s = m.Cut(word)
	if full {
		return s
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil {
		m.known = map[string]string{}
	}
	m.known[strings.Clone(word)] = strings.Clone(s) // not the note that they stand in
	return s
}
