package coach

import (
	"slices"
	"strings"
	"time"

	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/observe"
	"cairn/bot/suggest"
	"cairn/store"
)

// exchangeOf is the kind of exchange that a signal is.
var exchangeOf = map[journey.Signal]string{
	journey.Revenue: "revenue", journey.RepeatOrder: "revenue", journey.Expanded: "revenue",
	journey.Referral: "referral", journey.Recommendation: "recommendation",
}

// Exchanges are the kinds of exchange that signals are, each once.
func Exchanges(signals []store.Signal) []string {
	var kinds []string
	for _, g := range signals {
		if kind := exchangeOf[journey.Signal(g.Signal)]; kind != "" && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// ledger adds what the note itself says was given, asked, got, and comes next.
func (c *Coach) ledger(k store.Known, d store.Draft, l line.Line, shelf Shelf, signals []journey.Signal, out *store.Decision) {
	if told := c.Tells(k.Contact, d.Note); len(told) < len(d.Note) {
		// what is missing in it is a problem of the part left out: what was read stands
		part, _ := c.Lines().Read(told, d.At)
		l.Steps, l.Gives, l.Asks, l.SentIt = part.Steps, part.Gives, part.Asks, part.SentIt
	}
	out.Steps = stepsOf(l, k.Number)
	if s, ok := returning(c.Tells(k.Contact, d.Note), d.At, signals, out.Steps); ok {
		s.InteractionID = k.Number
		out.Steps = append(out.Steps, s)
	}
	var kept *store.Step
	if out.Settled, kept = c.settled(k, d, l); kept != nil {
		l.Gives = Meant(l, kept)
	}
	for _, a := range l.Asks {
		kind := a.Kind
		if kind == "" {
			kind = "question"
		}
		out.Asks = append(out.Asks, store.Ask{Kind: kind, PersonID: d.Delivery.PersonID, At: d.At})
	}
	kinds := map[string]bool{}
	for _, g := range signals {
		if kind := exchangeOf[g]; kind != "" && !kinds[kind] {
			kinds[kind] = true
			out.Exchanges = append(out.Exchanges, store.Exchange{Kind: kind, PersonID: d.Delivery.PersonID, At: d.At})
		}
	}
	stage := stageOn(out.Places, journey.Default)
	for _, g := range Ours(l.Gives, out.Signals) {
		item, ok := shelf.named(g)
		if !ok || Had(k.Ledger.Shares, item) || Had(out.Shares, item) {
			continue // had before, or named twice
		}
		out.Shares = append(out.Shares, store.Share{ContentID: item.ID, Title: item.Title, CanonicalURL: item.Canonical,
			PersonID: d.Delivery.PersonID, Stage: stage, Via: "note", At: d.At, InteractionID: k.Number})
	}
}

// named is the item that a note names as given, if it surely means one: "a checklist" may
// be any, though the library has no other.
func (s Shelf) named(g line.Mention) (suggest.Item, bool) {
	item, ok := s.Library.Named(g.Object)
	return item, ok && !(g.Some && s.Library.OnlyKind(g.Object, item))
}

// Ours are those of the things that a note names as given which we gave: what it shows
// them to have passed on themselves ("forwarded our article to three colleagues") they
// had before.
func Ours(gives []line.Mention, signals []store.Signal) []line.Mention {
	return slices.DeleteFunc(slices.Clone(gives), func(g line.Mention) bool {
		return slices.ContainsFunc(signals, func(s store.Signal) bool {
			return s.Signal == string(journey.SharedOnward) && strings.HasPrefix(strings.TrimSpace(s.Quote), g.Words)
		})
	})
}

// Steps are what a note that stands and shows signals says comes next, its days
// counted from at.
func (c *Coach) Steps(about store.Contact, i store.Interaction, signals []journey.Signal, at time.Time) []store.Step {
	told := c.Tells(about, i.Note)
	l, _ := c.Lines().Read(told, at) // what could be read of it counts
	all := stepsOf(l, i.ID)
	if s, ok := returning(told, at, signals, all); ok {
		s.InteractionID = i.ID
		all = append(all, s)
	}
	return all
}

func stepsOf(l line.Line, interaction int64) (all []store.Step) {
	for _, s := range l.Steps {
		step := store.Step{Whose: string(s.Whose), What: s.Text, Due: day(s.Due), InteractionID: interaction}
		switch {
		case s.Until:
			step.What, step.Words, step.Leaves = comeBack+s.Text, s.Text, true
		case s.Told:
			step.What, step.Words = "they said: "+s.Text, s.Text
		}
		if s.Whose == line.Ours {
			_, step.Gives = line.Promised(s.Text)
		}
		all = append(all, step)
	}
	return all
}

// Tells is the part of a note about a contact that tells of what happened: all
// that may be quoted, drafted from or chosen by. The rest speaks to machines.
func (c *Coach) Tells(about store.Contact, note string) string {
	return note[:c.Reader.Told(observe.Note{Text: note, Names: []string{about.Name, about.Company.Name}})]
}

// Unclear is something that a note names as given, and the items that it may be;
// none where the library has nothing like it.
type Unclear struct {
	Words string
	Items []suggest.Item
}

// Unclears are the things that a note names as given where several items fit:
// its author is asked, and nothing is counted before. Of one that shares of the
// same note have settled nothing is asked; what was given before is left out.
func Unclears(gives []line.Mention, shelf Shelf, shares []store.Share, interaction int64) (all []Unclear) {
	for _, g := range gives {
		u := Unclear{Words: g.Object}
		settled := false
		fits := shelf.Library.Naming(g.Object)
		only, one := shelf.Library.Named(g.Object)
		if _, known := shelf.named(g); one && !known {
			fits = []suggest.Item{only}
		} else if !known && len(fits) == 0 {
			fits = shelf.Library.Resembling(g.Object)
			if len(fits) == 0 && shelf.Library.Len() > 0 && suggest.IsMaterial(g.Object) {
				all = append(all, u)
			}
		}
		for _, item := range fits {
			settled = settled || slices.ContainsFunc(shares, func(h store.Share) bool { return h.InteractionID == interaction && h.ContentID == item.ID })
			if !Had(shares, item) {
				u.Items = append(u.Items, item)
			}
		}
		if !settled && len(u.Items) > 0 {
			all = append(all, u)
		}
	}
	return all
}

// Had reports whether an item is among what was given.
func Had(shares []store.Share, item suggest.Item) bool {
	return slices.ContainsFunc(shares, func(h store.Share) bool {
		return h.ContentID == item.ID || h.CanonicalURL != "" && h.CanonicalURL == item.Canonical
	})
}

func stageOn(places []store.Place, journey string) string {
	for _, p := range places {
		if p.Journey == journey {
			return p.Stage
		}
	}
	return ""
}

// Unsettled are the steps that are not among those that a line tells of as done.
func Unsettled(steps, settled []store.Step) []store.Step {
	return slices.DeleteFunc(slices.Clone(steps), func(s store.Step) bool {
		return slices.ContainsFunc(settled, func(done store.Step) bool { return done.ID == s.ID })
	})
}

// suggestion chooses what to give after this line.
func (c *Coach) suggestion(k store.Known, d store.Draft, signals []journey.Signal, out store.Decision, shelf Shelf, seed uint64) *store.Suggestion {
	now := suggest.Note{At: d.At, Channel: journey.Channel(d.Channel), Direction: journey.Direction(d.Direction), Text: d.Note, Signals: signals}
	k.Ledger.Shares = append(slices.Clone(out.Shares), k.Ledger.Shares...)
	k.Ledger.Given += len(out.Shares)
	k.Ledger.Asked += len(out.Asks)
	k.Ledger.Steps = slices.Concat(out.Steps, Unsettled(k.Ledger.Steps, out.Settled))
	k.Contact.TeamID = d.Delivery.TeamID
	g := c.Suggest(Ask{Person: d.Delivery.PersonID, Contact: k.Contact, Places: out.Places, Ledger: k.Ledger,
		Recent: k.Recent, Heard: k.Heard, Waved: k.Passed, Now: d.LoggedAt, Latest: &now, Planned: d.Plan && len(signals) == 0, Number: k.Number, Seed: seed}, shelf)
	return &g
}
