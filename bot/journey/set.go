package journey

import (
	"encoding/json"
	"fmt"
	"math/bits"
)

// Set is a set of signals. It cannot hold an unknown one. In JSON it is the
// list of their names, in the order of the journey.
type Set uint64

// SetOf returns the set of the given signals, or an error naming the first
// that does not exist.
func SetOf(signals ...Signal) (Set, error) {
	var set Set
	for _, s := range signals {
		n, ok := numbers[s]
		if !ok {
			return 0, fmt.Errorf("there is no signal %q", s)
		}
		set |= 1 << n
	}
	return set, nil
}

// numbers gives each signal its bit: its row in the table of meanings.
var numbers = func() map[Signal]uint8 {
	all := make(map[Signal]uint8, len(meanings))
	for i, m := range meanings {
		all[m.signal] = uint8(i)
	}
	return all
}()

// Has reports whether s is in the set.
func (set Set) Has(s Signal) bool {
	n, ok := numbers[s]
	return ok && set&(1<<n) != 0
}

// Len is the number of signals in the set.
func (set Set) Len() int { return bits.OnesCount64(uint64(set)) }

// Signals lists the set in the order of the journey; nil for the empty set.
func (set Set) Signals() []Signal {
	if set == 0 {
		return nil
	}
	return set.appendTo(make([]Signal, 0, set.Len()))
}

func (set Set) appendTo(list []Signal) []Signal {
	for rest := uint64(set); rest != 0; rest &= rest - 1 {
		if n := bits.TrailingZeros64(rest); n < len(meanings) {
			list = append(list, meanings[n].signal)
		}
	}
	return list
}

// MarshalJSON implements json.Marshaler.
func (set Set) MarshalJSON() ([]byte, error) {
	return json.Marshal(set.appendTo([]Signal{}))
}

// UnmarshalJSON implements json.Unmarshaler. Unknown signals are refused.
func (set *Set) UnmarshalJSON(data []byte) error {
	var list []Signal
	if err := json.Unmarshal(data, &list); err != nil {
		return err
	}
	read, err := SetOf(list...)
	if err != nil {
		return err
	}
	*set = read
	return nil
}

// acts returns the signals that are an act of theirs, alone or with us.
func acts() Set {
	var set Set
	for i, m := range meanings {
		if m.who != Us {
			set |= 1 << i
		}
	}
	return set
}
