package observe

import (
	"strings"

	"cairn/bot/line"
)

// Words are what [cairn/bot/line] takes from the reader's cues.
func (r *Reader) Words() *line.Words { return r.cues.words }

// leftBe reports whether a turn of guardLetBe, which tells of leaving somebody be, is no wish
// to be left alone for good: it names an end, we are the ones who leave, or what is done
// "in Ruhe" is done at leisure.
func (w *weighing) leftBe(h hit) bool {
	at, g := span{int(h.first), int(h.last)}, w.segmentAt(int(h.first))
	for i := g.start; i < g.end; i++ {
		if t := w.d.tokens[i].plain; lets[t] || strings.HasPrefix(t, "jusqu") {
			return true
		}
	}
	switch first := w.d.tokens[at.start].plain; {
	case first == "lass", first == "lasse", first == "lassen" && w.d.tokens[at.start+1].plain == "wir":
		return true
	}
	last := w.d.tokens[at.end].plain
	return (last == "ruhe" || last == "frieden") && at.end+1 < g.end && !closing[w.d.tokens[at.end+1].word] && !joining[w.d.tokens[at.end+1].word]
}

// lets are words before the end of a time, accents off.
var lets = wordsOf("until till til before bis vor hasta antes avant ate fino prima tot voor")
