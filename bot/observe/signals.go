package observe

import "cairn/bot/journey"

// signals is the closed list; a signal's number in weights is its place here.
var signals = journey.Signals()

var signalNumber = func() map[journey.Signal]int {
	m := map[journey.Signal]int{}
	for i, s := range signals {
		m[s] = i
	}
	return m
}()

func signalNames() []string {
	var names []string
	for _, s := range signals {
		names = append(names, string(s))
	}
	return names
}
