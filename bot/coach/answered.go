package coach

import (
	"slices"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

// thanking are the words by which somebody thanks, in the languages that notes are read
// in, and thankedFor those that come before what for: whoever quotes an answer leaves that
// out ("mailed, thanks, will show it"), whoever tells of a mail of ours does not. With the
// words of owedTo they tell to whom something is owed ("thanks to Tom's intro"), as the German
// "dank" does alone.
var (
	thanking   = words{"thanks": true, "thank": true, "thx": true, "danke": true, "dank": true, "merci": true, "gracias": true, "grazie": true, "obrigado": true, "obrigada": true, "bedankt": true}
	dankTo     = words{"je": true, "u": true, "jullie": true, "dir": true, "ihnen": true, "euch": true}
	owedTo     = pairs(map[string]string{"thanks thank": "to", "gracias grazie obrigado obrigada": "a al ao alla", "merci": "à au aux"})
	beforeDank = words{"many": true, "vielen": true, "besten": true, "herzlichen": true, "muchas": true, "mille": true, "muito": true, "hartelijk": true}
	thankedFor = words{"for": true, "für": true, "pour": true, "por": true, "per": true, "pela": true, "pelo": true, "voor": true}
)

// thanksUs reports whether a note quotes the contact as thanking: a phrase of it begins with
// that, and says not what for.
func thanksUs(note string) bool {
	return slices.ContainsFunc(piecesOf(note), func(p piece) bool {
		i := 0
		if beforeDank[p.at(0)] {
			i = 1
		}
		return thanking[p.at(i)] && (i > 0 || p.at(0) != "dank" || dankTo[p.at(1)]) && !owedTo[p.at(i)][p.at(i+1)] &&
			!slices.ContainsFunc(p.words, func(w spoken) bool { return thankedFor[w.word] })
	})
}

// asAnswer is a note as one of theirs, where its words quote an answer of theirs though it
// was taken for a try of ours by a word that both sides use ("mailed").
func asAnswer(n suggest.Note) suggest.Note {
	if n.Direction == journey.Out && !suggest.Answers(n.Signals) && thanksUs(n.Text) {
		n.Direction, n.Signals = journey.In, []journey.Signal{journey.Replied}
	}
	return n
}
