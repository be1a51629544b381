package observe

import (
	"slices"

	"cairn/bot/journey"
)

// What a note says outright. A turn of speech that says one thing and nothing
// else, with a name in its place, needs no weights: "put us in touch with Leon
// Krug at Beta Pumps" is a referral in whatever company of words. The turns stand
// in prompts/cues/guard.yaml, like those that hold back; here stands what must be
// with them. They only add to a reading, except where they say otherwise than it.

// outrightSure is how sure such a finding is said to be.
const outrightSure = 0.9

// said is a signal that a note says outright, and the clause that says it.
type said struct {
	signal journey.Signal
	clause int
}

// outright lists what d says outright, each signal once.
func (w *weighing) outright() (list []said) {
	add := func(s journey.Signal, h hit) {
		if !slices.ContainsFunc(list, func(o said) bool { return o.signal == s }) {
			list = append(list, said{s, w.d.tokens[h.first].clause})
		}
	}
	for _, h := range w.guards {
		switch w.cues.guards.families[h.family] {
		case guardIntroduced:
			switch w.introduced(h) {
			case ofTheirs:
				add(journey.BroughtOthers, h)
			case unplaced, ofOthers:
				add(journey.Referral, h)
			}
		case guardPointed:
			if w.introduced(h) == ofOthers {
				add(journey.Referral, h)
			}
		}
	}
	return list
}

// with puts what is said outright beside what was read. A reading that was no
// more than the least unlikely gives way; an introduction within their own house
// is no referral.
func (r *Reader) with(found []Finding, d *document, n Note) []Finding {
	w := weighing{cues: r.cues, d: d, text: n.Text, note: n, guards: r.cues.guards.find(d, nil), own: r.cues.find(d, nil)}
	list := w.outright()
	if len(list) == 0 {
		return found
	}
	says := func(s journey.Signal) bool {
		return slices.ContainsFunc(list, func(o said) bool { return o.signal == s })
	}
	found = slices.DeleteFunc(found, func(f Finding) bool {
		return !says(f.Signal) && (f.Confidence <= float64(r.weights.limits[signalNumber[f.Signal]]) ||
			f.Signal == journey.Referral && says(journey.BroughtOthers))
	})
	for _, o := range list {
		q := d.clauses[o.clause]
		if i := slices.IndexFunc(found, func(f Finding) bool { return f.Signal == o.signal }); i >= 0 {
			found[i].Confidence = max(found[i].Confidence, outrightSure)
			continue
		}
		found = append(found, Finding{Signal: o.signal, Quote: n.Text[q.start:q.end], Start: q.start, Confidence: outrightSure})
	}
	slices.SortFunc(found, func(a, b Finding) int { return signalNumber[a.Signal] - signalNumber[b.Signal] })
	return found
}
