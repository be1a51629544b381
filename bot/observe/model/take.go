package model

import (
	"slices"
	"sync"

	"cairn/bot/journey"
	"cairn/bot/observe"
)

// Sure is the confidence from which on a built-in finding stands whatever a
// model says. The confidences are calibrated on authors never met: of such
// findings nine in ten and more are right.
const Sure = 0.85

// Take says what holds of two readings of one note. Its rules, in order:
//
//  1. A model that names nothing changes nothing: silence is what a broken
//     model is best at.
//  2. A model that misses a finding of which the built-in reading is sure has
//     misread the note: nothing of its answer is taken.
//  3. A wish to be left alone, once found, is never taken back.
//  4. Built-in findings that are not sure give way to what the model names;
//     where both name a signal, it is surer than either.
//  5. `replied` never stands beside a no, a later, a complaint or a wish to be
//     left alone.
//
// changed says whether the signals differ from the built-in ones.
func Take(builtIn, told []observe.Finding) (holds []observe.Finding, changed bool) {
	if len(told) == 0 {
		return builtIn, false
	}
	holds = slices.Clone(told)
	for _, f := range builtIn {
		i := slices.IndexFunc(holds, func(m observe.Finding) bool { return m.Signal == f.Signal })
		switch {
		case i >= 0:
			holds[i].Confidence = 1 - (1-f.Confidence)*(1-modelSure)
		case f.Confidence >= Sure:
			return builtIn, false
		case f.Signal == journey.OptedOut:
			holds = append(holds, f)
		}
	}
	if slices.ContainsFunc(holds, func(f observe.Finding) bool { return alone[f.Signal] }) {
		holds = slices.DeleteFunc(holds, func(f observe.Finding) bool { return f.Signal == journey.Replied })
	}
	if same(builtIn, holds) {
		return builtIn, false
	}
	return holds, true
}

var alone = map[journey.Signal]bool{journey.Declined: true, journey.Postponed: true, journey.Complained: true, journey.OptedOut: true}

func same(a, b []observe.Finding) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(f observe.Finding) bool { return !shows(b, f.Signal) })
}

func shows(list []observe.Finding, s journey.Signal) bool {
	return slices.ContainsFunc(list, func(f observe.Finding) bool { return f.Signal == s })
}

// trust counts how often a model missed what the built-in reading is sure of,
// over the latest notes that had such a finding. A good model misses one in
// ten or fewer; one that answers at random misses nearly all.
type trust struct {
	mu        sync.Mutex
	latest    []bool // true: agreed
	withdrawn bool   // was suspended at some time
}

const (
	window   = 20
	enough   = 5
	inSoMany = 3 // suspended when more than one in so many are missed
)

func (t *trust) note(builtIn, told []observe.Finding) {
	if len(told) == 0 {
		return
	}
	sure, agreed := false, true
	for _, f := range builtIn {
		if f.Confidence >= Sure {
			sure = true
			agreed = agreed && shows(told, f.Signal)
		}
	}
	if !sure {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.latest = append(t.latest, agreed)
	if len(t.latest) > window {
		t.latest = t.latest[1:]
	}
	t.withdrawn = t.withdrawn || t.low()
}

func (t *trust) suspended() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.low()
}

func (t *trust) low() bool {
	missed := 0
	for _, agreed := range t.latest {
		if !agreed {
			missed++
		}
	}
	return len(t.latest) >= enough && missed*inSoMany > len(t.latest)
}
