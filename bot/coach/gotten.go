package coach

import (
	"slices"
	"strings"
	"unicode"

	"cairn/bot/suggest"
)

// Words by which a note tells that the contact has come by something without us: they took
// it along, found, downloaded, read or saw it.
var (
	cameBy = wordsOf(`took picked found downloaded grabbed read watched saw attended liked loved likes loves enjoyed enjoys
		mitgenommen gefunden heruntergeladen gelesen gesehen trouvé téléchargé pris lu regardé
		encontró descargó leyó vio trovato scaricato letto visto encontrou baixou leu gevonden gedownload gelezen meegenomen`)
	// tastes are those of them that may tell of a kind of thing as well: "enjoys video".
	tastes = wordsOf("liked loved likes loves enjoyed enjoys")
	// certain before a thing tell of a certain one.
	certain = wordsOf("the this that our your")
	// notSo are words beside which nothing of that is told: it was not so, or it was our act.
	notSo = wordsOf(`not no never cannot couldn didn hasn haven nothing neither nobody to him her them we i if whether would
		nicht kein keine keinen nie ihm ihr ihnen wir ich ne pas jamais nous nunca nosotros non mai noi não nós niet geen wij hem`)
)

// gotten are the items that a note tells them to have come by without us: nobody sends
// what somebody took along at the fair. It must say what kind of thing it was ("found the
// calculator"), for "found a leak" names no item on leaks.
func gotten(note, contact string, l *suggest.Library) (all []suggest.Item) {
	if !tellsOfComing(note) { // most do not, and this is asked with every line
		return nil
	}
	for _, p := range piecesOf(note) {
		at := slices.IndexFunc(p.words, func(w spoken) bool { return cameBy[w.word] })
		if at < 0 || slices.ContainsFunc(p.words, func(w spoken) bool { return notSo[w.word] }) || p.isOurs(note, contact) {
			continue
		}
		for _, thing := range p.beside(at) {
			if item, ok := namedIn(note, thing, tastes[p.at(at)], l); ok {
				all = append(all, item)
				break
			}
		}
	}
	return all
}

// tellsOfComing reports whether one of the words of [cameBy] stands in a note.
func tellsOfComing(note string) bool {
	for w := range strings.FieldsFuncSeq(note, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if cameBy[strings.ToLower(w)] {
			return true
		}
	}
	return false
}

// mostNaming is how many words beside an act may name what it was done to. A pasted table
// has hundreds, and each stretch of them would be looked up in the library.
const mostNaming = 12

// beside are the words that may name what was come by with the act at i: those after it, in
// German those before.
func (p piece) beside(i int) [2][]spoken {
	return [...][]spoken{p.words[i+1 : min(len(p.words), i+1+mostNaming)], p.words[max(0, i-mostNaming):i]}
}

// namedIn is the one item that some of the words name, the most of them first; told is that more
// than its kind must tell of it.
func namedIn(note string, ws []spoken, told bool, l *suggest.Library) (item suggest.Item, ok bool) {
	for _, some := range stretches(note, ws) {
		if item, ok = l.Named(note[some[0].from:some[len(some)-1].to]); ok && (!told || isTold(note, ws, some, l)) {
			return item, true
		}
	}
	return suggest.Item{}, false
}

// isTold reports whether some of the words name more than a kind of thing: they say that it is a
// certain one, or name it without its kind too.
func isTold(note string, ws, some []spoken, l *suggest.Library) bool {
	at := slices.IndexFunc(ws, func(w spoken) bool { return w.from == some[0].from })
	if certain[some[0].word] || at > 0 && certain[ws[at-1].word] {
		return true
	}
	var rest []string
	for _, w := range some {
		if !suggest.IsMaterial(note[w.from:w.to]) {
			rest = append(rest, w.word)
		}
	}
	_, ok := l.Named(strings.Join(rest, " "))
	return ok
}

// stretches are the runs of words in which a kind of thing is named, the longest first.
func stretches(note string, ws []spoken) (all [][]spoken) {
	kinds := make([]bool, len(ws))
	for i, w := range ws {
		kinds[i] = suggest.IsMaterial(note[w.from:w.to])
	}
	for n := len(ws); n > 0; n-- {
		for from := range len(ws) - n + 1 {
			if slices.Contains(kinds[from:from+n], true) {
				all = append(all, ws[from:from+n])
			}
		}
	}
	return all
}
