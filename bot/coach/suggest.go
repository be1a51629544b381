package coach

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/suggest"
	"cairn/store"
)

// ChoiceVersion names the rules of choice in the log of suggestions; it
// changes whenever bot/suggest weighs otherwise.
const ChoiceVersion = "12"

// EmptyLibrary is the reason of silence where there is nothing to choose from.
const EmptyLibrary = "empty_library"

// UnreadLibrary is the reason of silence where the library is not at hand yet.
const UnreadLibrary = "unread_library"

// trifling is a share of the fit that decides nothing, and of which nobody is told.
const trifling = 0.02

// Ask is a question for something to give.
type Ask struct {
	Person  string // who asks: only their own notes are read for words
	Contact store.Contact
	Places  []store.Place
	Ledger  store.Ledger
	Recent  []store.Heard   // newest first
	Heard   []store.HeardOf // what Person heard of the contact's company, newest first
	Latest  *suggest.Note   // the line being recorded, if one is
	Planned bool            // Latest names a talk to come and tells of none
	Number  int64           // of Latest, as its steps have it
	Passed  map[int64]bool
	// Waved are the items that Person passed over for the contact not long ago, and when they
	// were named: what was promised among them is not named again before its day.
	Waved map[int64]time.Time
	// Promises are [Coach.Promises], where they were read already; nil: they are read.
	Promises []Promise
	Now      time.Time // in the zone of who asks: days are told by its location
	Seed     uint64
}

// Suggest chooses what to give a contact next, or says why nothing.
func (c *Coach) Suggest(a Ask, shelf Shelf) store.Suggestion {
	cs := c.promisedCase(a, shelf)
	s := shelf.Library.Suggest(cs, shelf.Tally)
	g := store.Suggestion{ContactID: a.Contact.ID, PersonID: a.Person, Stage: s.Stage, Seed: int64(s.Seed), Engine: BuiltIn,
		Version: ChoiceVersion, At: a.Now}
	if s.Silent != nil {
		g.Silent = string(s.Silent.Why) + ": " + s.Silent.Say
		g.Gap = gapOf(s.Silent.Gap)
	}
	if s.Silent != nil && s.Silent.Gap != nil && shelf.Library.Len() == 0 {
		// not a gap in the library: there is none yet
		g.Silent, g.Gap = EmptyLibrary+": The library has no items yet. An editor adds the first with `/coach content add`.", nil
	}
	if shelf.Unread {
		g.Silent, g.Gap = UnreadLibrary+": The library is large and still being read: ask again with `/next` in a moment.", nil
	}
	say := c.reasons(a)
	for i, p := range s.Picks {
		pick := store.Pick{ContentID: p.Item.ID, Title: p.Item.Title, URL: p.Item.URL, Quotes: p.Reason.Quotes, ReturnOn: day(cs.ReturnOn)}
		pick.Reason, g.Wording = say(p.Reason)
		for _, f := range p.Features {
			switch {
			case f.Weight >= trifling:
				pick.Features = append(pick.Features, string(f.Name))
			case f.Weight <= -trifling:
				pick.Against = append(pick.Against, string(f.Name))
			}
		}
		g.Picks = append(g.Picks, pick)
		if i == 0 {
			g.Channel = string(p.Channel.Name)
		}
	}
	g.Candidates = suggest.LogOf(s.Candidates)
	return g
}

// Holds reports whether what a suggestion shows would be offered now as well, and be told
// in the same words. What became of it with others since is no reason to name another.
func (c *Coach) Holds(a Ask, shelf Shelf, shown store.Pick) bool {
	cs := c.promisedCase(a, shelf)
	p, ok := shelf.Library.PickOf(cs, shelf.Tally, shown.ContentID)
	if !ok || p.Item.Title != shown.Title || p.Item.URL != shown.URL {
		return false
	}
	say, told := c.reasons(a), p.Reason.Record
	for shared := range sharedSince {
		for answered := range sharedSince {
			p.Reason.Record.Shared, p.Reason.Record.Answered = max(0, told.Shared-shared), max(0, told.Answered-answered)
			if reason, _ := say(p.Reason); reason == shown.Reason {
				return true
			}
		}
	}
	return false
}

// PromiseFirst reports whether a promise comes before what a suggestion shows: now's first is
// the item promised to the contact, and was not waved away with the suggestion shown.
func (c *Coach) PromiseFirst(a Ask, shelf Shelf, now, shown store.Suggestion) bool {
	item := c.promised(a, shelf).Item.ID
	first, ok := now.Now()
	seen := shown.Passed()
	if p, onScreen := shown.Now(); onScreen {
		seen = append(seen, p)
	}
	return ok && item != 0 && first.ContentID == item && !slices.ContainsFunc(seen, func(p store.Pick) bool { return p.ContentID == item })
}

// sharedSince bounds how many shares of an item, and answers, since it was named are
// thought of.
const sharedSince = 8

// Gap is what the library lacks for somebody who was shown all that fits.
func (c *Coach) Gap(a Ask, shelf Shelf) *store.Gap {
	g := shelf.Library.Gap(c.caseOf(a))
	return gapOf(&g)
}

func gapOf(g *suggest.Gap) *store.Gap {
	if g == nil {
		return nil
	}
	return &store.Gap{Stage: g.Stage, Role: g.Role, Industry: g.Industry, Language: g.Language, Words: g.Words}
}

// promisedCase is what a suggestion sees of a contact, with what was promised to them. Whoever
// waved the promise away wants another until there is a new note; then it rests like what
// was named too often.
func (c *Coach) promisedCase(a Ask, shelf Shelf) suggest.Case {
	cs := c.caseOf(a)
	if a.Promises == nil {
		a.Promises = c.Promises(a, shelf)
	}
	first := c.promised(a, shelf)
	cs.Promised, cs.Wanted = first.Item.ID, line.Demanded(first.Step.What)
	if cs.Promised == 0 {
		if item, ok := c.askedFor(a, cs.Notes, cs.Contact, shelf.Library); ok {
			cs.Promised, cs.Named = item.ID, true
		}
	}
	for _, n := range cs.Notes[:min(len(cs.Notes), suggest.MaxNotes)] {
		for _, it := range gotten(n.Text, cs.Contact, shelf.Library) {
			cs.SharedIDs[it.ID] = true // they have it, and nobody counts it as given
		}
	}
	passed, rests := map[int64]bool{}, map[int64]suggest.Showing{}
	maps.Copy(passed, a.Passed)
	for _, p := range a.Promises {
		id := p.Item.ID
		if id == 0 || id == cs.Promised || !a.waved(p) {
			continue
		}
		if a.told(a.Waved[id]) {
			rests[id] = suggest.Showing{Times: suggest.EnoughShown, Last: a.Now}
		} else {
			passed[id] = true
		}
	}
	cs.Passed, cs.Shown = passed, rests
	return cs
}

// told reports whether somebody has told anything of the contact since then, which a line that
// only says what was asked, got or heard does not.
func (a Ask) told(since time.Time) bool {
	return a.Latest != nil && !a.Planned && !IsCommandNote(a.Latest.Text) ||
		slices.ContainsFunc(a.Recent, func(h store.Heard) bool { return h.LoggedAt.After(since) && !h.Plan && !IsCommandNote(h.Note) })
}

// tells reports whether the line being recorded tells of a talk.
func (a Ask) tells() bool {
	return a.Latest != nil && !a.Planned && !isAsk(a.Latest.Text, a.Latest.Signals)
}

func (c *Coach) caseOf(a Ask) suggest.Case {
	cs := suggest.Case{Now: a.Now, Words: c.Lines(), Contact: line.FirstName(a.Contact.Name), Title: a.Contact.Title, Company: a.Contact.Company.Name,
		Industry: a.Contact.Company.Industry, Language: a.Contact.Language,
		SharedIDs: map[int64]bool{}, SharedURLs: map[string]bool{}, Refused: map[int64]suggest.Refusal{}, Passed: a.Passed,
		Given: a.Ledger.Given, Asked: a.Ledger.Asked, Seed: a.Seed}
	for _, p := range a.Places {
		if p.Journey == journey.Default {
			cs.Stage, cs.Cycle, cs.Status, cs.DoNotContact = p.Stage, p.Cycle, p.Status, p.DoNotContact
		}
	}
	for _, h := range a.Ledger.Shares {
		cs.SharedIDs[h.ContentID] = true
		cs.SharedURLs[h.CanonicalURL] = true
	}
	for _, e := range a.Ledger.Exchanges {
		if e.Kind == exchangeOf[journey.Revenue] {
			cs.Bought++
		}
	}
	for _, f := range a.Ledger.Refused {
		cs.Refused[f.ContentID] = suggest.Refusal{Reason: suggest.RefusalReason(f.Reason), At: f.At}
	}
	if cs.Status == suggest.StatusLeft {
		cs.ReturnOn = returnOn(a)
	} else {
		cs.NamedDay = namedDay(a)
	}
	for _, h := range a.Heard {
		cs.Heard = append(cs.Heard, suggest.Heard{At: h.At, Text: c.Tells(a.Contact, h.What)})
	}
	if a.tells() {
		latest := *a.Latest
		latest.Text = c.Tells(a.Contact, latest.Text)
		latest.Departure = c.departure(a.Contact, latest.Text)
		cs.Notes = append(cs.Notes, asAnswer(latest))
	}
	for _, h := range a.Recent {
		if h.Plan || IsAsk(h) { // it tells of no talk; what is to be done of it stands in the ledger
			continue
		}
		n := suggest.Note{At: h.At.In(a.Now.Location()), Channel: journey.Channel(h.Channel), Direction: journey.Direction(h.Direction)}
		if h.AuthorID == a.Person {
			// the words of others' notes are theirs, and a reason may quote them
			n.Text = c.Tells(a.Contact, h.Note)
			n.Departure = c.departure(a.Contact, n.Text)
		}
		for _, g := range h.Signals {
			n.Signals = append(n.Signals, journey.Signal(g))
		}
		cs.Notes = append(cs.Notes, asAnswer(n))
	}
	if m, ok := c.Models.Get(journey.Default); ok {
		cs.Before = suggest.Before(m, cs.Notes)
	}
	cs.Theirs = c.concerns(cs.Notes, cs.Contact)
	cs.GaveAt = openGift(a.Ledger.Shares, cs.Notes).In(a.Now.Location())
	cs.StepDue, cs.OurStep = c.stepAfter(a, cs.GaveAt), c.ourStep(a)
	return cs
}

// returnOn is the day on which to come back to somebody who left: the latest that
// the newest note with one names, whosever step it is, as long as they have not
// said no since. Zero: none was named.
func returnOn(a Ask) (on time.Time) {
	latest := func(note int64) time.Time { return a.lastDay(note, func(store.Step) bool { return true }) }
	if a.Latest != nil {
		if on = latest(a.Number); !on.IsZero() || no(a.Latest.Signals) {
			return on
		}
	}
	for _, h := range a.Recent {
		signals := make([]journey.Signal, len(h.Signals))
		for i, g := range h.Signals {
			signals[i] = journey.Signal(g)
		}
		if on = latest(h.ID); !on.IsZero() || no(signals) {
			return on
		}
	}
	return on
}

// lastDay is the latest day of those steps of a note that are taken; zero: none has one.
func (a Ask) lastDay(note int64, takes func(store.Step) bool) (on time.Time) {
	for _, s := range a.Ledger.Steps {
		if s.Due != nil && s.InteractionID == note && takes(s) && s.Due.After(on) {
			on = *s.Due
		}
	}
	return on
}

// namedDay is the day that the newest note names, other than for what we promise to send; zero:
// none.
func namedDay(a Ask) time.Time {
	named := func(s store.Step) bool {
		_, gives := line.Promised(s.What)
		return s.Whose != string(line.Ours) || !gives
	}
	if a.tells() {
		return a.lastDay(a.Number, named)
	}
	for _, h := range a.Recent {
		if !h.Plan && !IsAsk(h) {
			return a.lastDay(h.ID, named)
		}
	}
	return time.Time{}
}

// no reports whether signals say that they left.
func no(signals []journey.Signal) bool {
	return slices.Contains(signals, journey.Declined) || slices.Contains(signals, journey.OptedOut)
}

// stepAfter is the first day on which they said to have done something, of
// those that were not over when they were last given something.
func (c *Coach) stepAfter(a Ask, gave time.Time) time.Time {
	over := gave.AddDate(0, 0, -1)
	theirs := slices.DeleteFunc(slices.Clone(a.Ledger.Steps), func(s store.Step) bool {
		return s.Due == nil || s.Whose != string(line.Theirs) || s.Due.Before(over)
	})
	// the first by day that is open is the answer; of one day's, the newest has the
	// fewest notes to be held against
	slices.SortStableFunc(theirs, func(a, b store.Step) int {
		return cmp.Or(dueDay(a).Compare(dueDay(b)), cmp.Compare(b.InteractionID, a.InteractionID))
	})
	open := c.opener(a.Contact, a.Recent, a.Now)
	if i := slices.IndexFunc(theirs, open); i >= 0 {
		return *theirs[i].Due
	}
	return time.Time{}
}

// ourStep is what the asker has still to do, in their own words: of several what the
// newest note named first. Steps of notes that are none of the latest are forgotten, and
// those far ahead keep nobody waiting.
func (c *Coach) ourStep(a Ask) string {
	open := c.opener(a.Contact, a.Recent, a.Now)
	var first store.Step
	for _, s := range a.Ledger.Steps {
		if a.own(s) && a.latest(s) && (s.Due == nil || !s.Due.After(a.Now.AddDate(0, 0, soon))) && (first.What == "" || s.InteractionID > first.InteractionID) && open(s) {
			first = s
		}
	}
	return strings.TrimRight(first.What, ".")
}

// soon is how many days ahead a step of ours keeps somebody waiting.
const soon = 7

// openGift is when the contact was last given something of which nothing has
// come back: no talk with them, nor word from them, at that time or since. What a
// note tells outweighs which way it is said to have gone: "mailed, thanks" is their
// answer, though a mail of ours has the same word, and a call that nobody took is none.
func openGift(shares []store.Share, notes []suggest.Note) time.Time {
	if len(shares) == 0 {
		return time.Time{}
	}
	last := shares[0].At
	for _, n := range notes {
		switch answers := suggest.Answers(n.Signals); {
		case n.At.Before(last), !answers && len(n.Signals) > 0 && !slices.Contains(n.Signals, journey.HeardThem):
		case n.Direction != journey.Out, answers && n.At.After(last):
			return time.Time{}
		}
	}
	return last
}
