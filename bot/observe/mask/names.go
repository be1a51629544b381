package mask

import (
	"fmt"
	"strings"
)

// known is every way in which somebody known may be written: by first word.
type known map[string][]writing

type writing struct {
	words   []string
	by      string
	capital bool // an ordinary word too: a name only where it is capitalised
}

func namesOf(n Names) known {
	k := known{}
	for i, name := range n.People {
		by := fmt.Sprintf("CONTACT_%d", i+1)
		words := plainWords(name)
		k.put(words, by)
		for _, w := range words {
			if len(w) > 2 && !particles[w] {
				k.put([]string{w}, by)
			}
		}
	}
	for i, name := range n.Companies {
		by := fmt.Sprintf("COMPANY_%d", i+1)
		words := plainWords(name)
		k.put(words, by)
		for len(words) > 1 && legal[words[len(words)-1]] {
			words = words[:len(words)-1]
			k.put(words, by)
		}
		if len(words) > 1 && len(words[0]) > 2 && !ordinary[words[0]] && !particles[words[0]] {
			k.put(words[:1], by)
		}
	}
	return k
}

func plainWords(name string) []string {
	var all []string
	for _, w := range cut(name) {
		all = append(all, w.plain)
	}
	return all
}

// put adds a writing; the first that is told stands.
func (k known) put(words []string, by string) {
	if len(words) == 0 {
		return
	}
	for _, w := range k[words[0]] {
		if strings.Join(w.words, " ") == strings.Join(words, " ") {
			return
		}
	}
	k[words[0]] = append(k[words[0]], writing{words: words, by: by, capital: len(words) == 1 && ordinary[words[0]]})
}

// at returns how many words from word i on are a known name, the longest, and
// what stands for it.
func (k known) at(words []word, i int) (n int, by string) {
	for _, w := range k[words[i].plain] {
		if len(w.words) <= n || i+len(w.words) > len(words) || w.capital && !words[i].capital {
			continue
		}
		same := true
		for j := range w.words {
			same = same && words[i+j].plain == w.words[j]
		}
		if same {
			n, by = len(w.words), w.by
		}
	}
	return n, by
}

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	titles    = setOf("mr mrs ms dr prof herr herrn frau sr sra señor señora senor senora mme mlle monsieur madame signor signora dott sig dhr mevrouw")
	particles = setOf("van von der den del della los las and und the for bin ibn san santa")
	legal     = setOf("gmbh inc ltd llc plc corp ag se sa srl sarl bv nv ab oy co kg ohg spa sas company limited corporation")
	// ordinary are names that are words too.
	ordinary = setOf(`will may mark grant rose hope price order case art frank bill rob pat jack drew faith grace joy summer april june august
		dean earl king page reed stone wood young long short black white brown green gray grey miller baker cook mason chase rich sunny
		home house one team press group school hotel bank city clinic hospital farm shop services systems software energy health care foods
		food office works north south east west first new blue red open data cloud smart global general national united central`)
)
