package line

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"cairn/prompts"
	"cairn/prompts/strict"
)

// Words are the words that a content team edits and notes are read by: what tells to leave
// somebody be (prompts/cues/letbe.yaml). All else that this package knows is grammar. They
// are safe for concurrent use; nil are those that travel with the binary, see [Shipped]. Whatever
// reads a team's notes has them of the team's own reading: one who read by others would see
// other steps in the same note.
type Words struct {
	letBe *lexicon[struct{}]
}

// NewWords returns words with these entries for leaving somebody be: `_` is any one word, `..`
// up to three, all else is compared without case and accents.
func NewWords(letBe []string) *Words {
	var all []string
	for _, entry := range letBe {
		all = append(all, spread(strings.Fields(entry))...)
	}
	return &Words{letBe: set(strings.Join(all, "|"))}
}

// gapWords is how many words `..` stands for at most.
const gapWords = 3

// spread is an entry with each `..` opened to as many words as it may stand for.
func spread(words []string) []string {
	all := []string{""}
	for _, w := range words {
		var next []string
		for _, before := range all {
			if w != ".." {
				if w != "_" {
					w = foldWord(w, word)
				}
				next = append(next, before+" "+w)
				continue
			}
			for n := range gapWords + 1 {
				next = append(next, before+strings.Repeat(" _", n))
			}
		}
		all = next
	}
	return all
}

// orShipped are w, or else those that travel with the binary.
func (w *Words) orShipped() *Words {
	if w == nil {
		return Shipped()
	}
	return w
}

// letBeFile has what tells to leave somebody be.
const letBeFile = "letbe.yaml"

// Shipped are the words that travel with the binary: for the notes of no team.
func Shipped() *Words { return shipped() }

var shipped = sync.OnceValue(func() *Words {
	data, err := fs.ReadFile(prompts.Cues(), letBeFile)
	if err != nil {
		panic(err) // only for a binary built without it
	}
	doc := strict.Read(letBeFile, data)
	list := doc.Root().Fields("guards").Get("guards").Open().Get("letbe").Open()
	var entries []string
	for _, lang := range list.Keys() {
		entries = append(entries, strings.Split(list.Get(lang).Text(), ",")...)
	}
	if len(doc.Problems()) > 0 {
		panic(fmt.Sprint(doc.Problems())) // `cairn prompts check` looks at it as well
	}
	return NewWords(entries)
})
