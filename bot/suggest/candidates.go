package suggest

import (
	"encoding/json"
	"strconv"
)

// digits is how many of a number are kept in the log of candidates: a ratio of
// propensities is exact to a millionth, and a row half as long.
const digits = 7

// LogOf is the candidate set as the log of suggestions keeps it: a JSON list
// with the fields of [Candidate] by their names, numbers rounded to seven
// digits; a field that is not there is 0, as the propensities of most are. It is
// written without reflection, since every recorded line writes one.
func LogOf(all []Candidate) json.RawMessage {
	b := make([]byte, 0, 2+len(all)*96)
	b = append(b, '[')
	for i, c := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(append(b, `{"Item":`...), c.Item, 10)
		b = number(b, `,"Score":`, c.Score)
		b = number(b, `,"Mean":`, c.Mean)
		b = number(b, `,"Propensity":`, c.Propensity)
		b = number(b, `,"Among":`, c.Among)
		b = append(b, '}')
	}
	return append(b, ']')
}

func number(b []byte, name string, v float64) []byte {
	if v == 0 {
		return b
	}
	return strconv.AppendFloat(append(b, name...), v, 'g', digits, 64)
}
