package bot

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/line"
	"cairn/bot/remind"
	"cairn/bot/suggest"
	"cairn/store"
)

// agenda is what might be said to a person on a morning.
type agenda struct {
	day   time.Time // midnight UTC of its date
	here  time.Time // the present moment in the person's zone
	items []remind.Item
	steps map[int64][]store.StepDue // of each contact those that are due, the first due first
	words map[int64]string          // by which those who wait asked, as noted
	told  []remind.Told             // on the mornings before
	known map[int64]string          // whose name is warm, and who made them known
}

// How many of a list a morning knows of, and of how many it may speak: of the others it
// tells only how many there are, and "or more" where it may not know of all.
const (
	mostKnown  = 500
	mostSpoken = 50
)

// agendaOf gathers what might be said of a contact; 0: of everybody.
func (b *Bot) agendaOf(ctx context.Context, r *chat.Request, p store.Person, contact int64, day, now time.Time) (agenda, error) {
	zone := p.Location()
	a := agenda{day: day, here: now.In(zone), steps: map[int64][]store.StepDue{}, known: map[int64]string{}, words: map[int64]string{}}
	for _, list := range []struct {
		kind string
		as   remind.Kind
		most int
	}{{store.Waiting, remind.Waiting, mostKnown}, {store.Warm, remind.Warm, mostSpoken}, {store.Quiet, remind.Quiet, mostSpoken}, {store.Ready, remind.Ready, mostSpoken}} {
		found, err := b.store.Mine(ctx, r.TeamID, r.PersonID, store.Filter{Kind: list.kind, Contact: contact, Now: a.here, Limit: list.most})
		if err != nil {
			return a, err
		}
		for i, l := range found {
			it := remind.Item{Contact: l.ID, Kind: list.as, LastAt: remind.Date(l.LastAt.In(zone)), Silent: i >= mostSpoken}
			if it.Since = it.LastAt; !l.Since.IsZero() {
				it.Since = remind.Date(l.From().In(zone))
			}
			a.items = append(a.items, it)
			if l.Words != "" {
				a.words[l.ID] = l.Words
			}
			if list.as == remind.Warm {
				a.known[l.ID] = l.Through
			}
		}
	}
	through := day
	for next := day.AddDate(0, 0, 1); !remind.Working(next); next = next.AddDate(0, 0, 1) {
		through = next // what we promised for the weekend is told of on Friday
	}
	due, err := b.store.StepsDue(ctx, r.TeamID, r.PersonID, contact, day, through, a.here)
	if err != nil {
		return a, err
	}
	for _, d := range due {
		a.steps[d.ContactID] = append(a.steps[d.ContactID], d)
		a.items = append(a.items, dueItem(d, zone))
	}
	return a, nil
}

func dueItem(d store.StepDue, zone *time.Location) remind.Item {
	return remind.Item{Contact: d.ContactID, Kind: remind.Due, Since: *d.Due, Step: d.ID, Ours: d.Whose == "us" && !d.Left, LastAt: remind.Date(d.LastAt.In(zone))}
}

// step is the step that an item is of; false: it is of something else.
func (a agenda) step(it remind.Item) (store.StepDue, bool) {
	for _, d := range a.steps[it.Contact] {
		if it.Kind == remind.Due && d.ID == it.Step {
			return d, true
		}
	}
	return store.StepDue{}, false
}

// beside are the other steps of ours with the contact of an item that its line may tell of with
// it: those whose day has come and that were not told of lately, those of this day and the days
// until the next morning first, for what is late already suffers another morning.
func (a agenda) beside(it remind.Item) (all []store.StepDue) {
	if _, ok := a.ours(it); !ok {
		return nil
	}
	for _, d := range a.steps[it.Contact] {
		if other := dueItem(d, a.here.Location()); other.Ours && d.ID != it.Step && !remind.Rests(other, a.day, a.told) {
			all = append(all, d)
		}
	}
	late := func(d store.StepDue) bool { return remind.Date(*d.Due).Before(a.day) }
	slices.SortStableFunc(all, func(x, y store.StepDue) int {
		switch {
		case late(x) == late(y):
			return x.Due.Compare(*y.Due)
		case late(x):
			return 1
		}
		return -1
	})
	return all
}

// ours is the step of ours that an item is of; false: it is of something else, such
// as the day to come back to somebody who left.
func (a agenda) ours(it remind.Item) (store.StepDue, bool) {
	step, ok := a.step(it)
	return step, ok && step.Whose == "us" && !step.Left
}

// theirs reports whether an item is of a step of theirs.
func (a agenda) theirs(it remind.Item) bool {
	step, ok := a.step(it)
	return ok && step.Whose != "us" && !step.Left
}

// toldOf is what a person was told on the mornings that still count on the day.
func (b *Bot) toldOf(ctx context.Context, r *chat.Request, day time.Time) (told []remind.Told, err error) {
	before, err := b.store.Reminders(ctx, r.TeamID, r.PersonID, day.Add(-toldSince))
	if err != nil {
		return nil, err
	}
	for _, rem := range before {
		var some []remind.Told
		if err := json.Unmarshal(rem.Lines, &some); err != nil {
			return nil, err
		}
		for _, t := range some {
			t.Day = rem.Day
			told = append(told, t)
		}
	}
	return told, nil
}

// offer is what a morning has to say of somebody: what to give, or what to ask.
type offer struct {
	contact store.Contact
	given   store.Suggestion
	ask     string // where something is asked nothing is given

	// keeps: a promise is due to give what the library has. That is the gift, and nothing
	// goes beside it; gift has no ID where several may be meant, they had it before, or it is
	// past its day.
	keeps bool
	gift  suggest.Item
}

// names is the item that a line names; without a title: none.
func (o offer) names() store.Pick {
	if o.keeps {
		return store.Pick{ContentID: o.gift.ID, Title: o.gift.Title, URL: o.gift.URL}
	}
	pick, _ := o.given.Now()
	return pick
}

// silent reports whether nothing is given for that reason.
func (o offer) silent(why suggest.SilenceReason) bool {
	return strings.HasPrefix(o.given.Silent, string(why)+":")
}

// toSay are the items of a message, with what each has to say. A line that would only say to
// let somebody be is none: whom a note says to let be takes no line, though they wait and are
// counted among those, nor does who went quiet or is back again with nothing to give; and of
// whom it is not the time to ask anything is not spoken.
func (b *Bot) toSay(ctx context.Context, r *chat.Request, a agenda) ([]remind.Item, map[remind.Item]offer, remind.Left, error) {
	offers := map[remind.Item]offer{}
	all, left, err := remind.ChooseWorth(a.day, a.items, a.told, func(it remind.Item) (bool, error) {
		o, err := b.offerOf(ctx, r, a, it)
		offers[it] = o
		return a.worthTelling(it, o), err
	})
	return all, offers, left, err
}

// worthTelling reports whether a line has more to say than to let somebody be.
func (a agenda) worthTelling(it remind.Item, o offer) bool {
	switch it.Kind {
	case remind.Ready:
		return o.ask != ""
	case remind.Never, remind.Waiting, remind.Warm:
		return !o.silent(suggest.SilentResting)
	case remind.Quiet:
		return o.names().Title != ""
	case remind.Due:
		if a.theirs(it) {
			step, _ := a.step(it)
			away := line.IsAway(step.What)
			return !o.silent(suggest.SilentResting) && !(away && o.names().Title == "")
		}
	}
	return true
}

// none says of an item that there is nothing to give, and what to do instead.
func (o offer) none(a agenda, it remind.Item) string {
	switch _, promise := a.ours(it); {
	case promise: // why not would be another order: to wait for them, say
		return "Nothing to give beside it."
	case a.theirs(it) && (o.silent(suggest.SilentWaiting) || o.silent(suggest.SilentNoAsk)):
		// to wait for them is no advice any more: their day has come
		return "Nothing to give beside it: ask how it stands."
	}
	return strings.ReplaceAll(nothingLine(o.given), "*", "")
}

// spoken is somebody who is spoken of, read once for all that is asked of them.
type spoken struct {
	contact store.Contact
	past    store.Past
}

func (b *Bot) readOf(ctx context.Context, r *chat.Request, contact int64) (s spoken, err error) {
	if s.contact, err = b.store.Contact(ctx, r.TeamID, contact); err != nil {
		return s, err
	}
	s.past, err = b.store.Past(ctx, r.TeamID, contact)
	return s, err
}

func (b *Bot) offerOf(ctx context.Context, r *chat.Request, a agenda, it remind.Item) (offer, error) {
	s, err := b.readOf(ctx, r, it.Contact)
	if err != nil {
		return offer{contact: s.contact}, err
	}
	return b.offerTo(ctx, r, a, it, s)
}

// offerTo is [Bot.offerOf] of somebody who was read already.
func (b *Bot) offerTo(ctx context.Context, r *chat.Request, a agenda, it remind.Item, s spoken) (o offer, err error) {
	o.contact = s.contact
	if it.Kind == remind.Ready {
		o.ask = b.askOf(r, s, a.here)
		return o, nil
	}
	var done []int64
	if step, ok := a.ours(it); ok {
		if err = b.keeping(ctx, r, step.Step, s.past, &o); err != nil || o.keeps {
			return o, err
		}
		done = append(done, step.ID) // what goes with a step that is being done
	}
	if o.given, err = b.lastOrNewTo(ctx, r, s, done...); err != nil {
		return o, err
	}
	return o, b.withGap(ctx, r, &o.given)
}

// keeping finds out whether a promise that is due is one to give what the library has:
// to name another item on that day would have the promise broken.
func (b *Bot) keeping(ctx context.Context, r *chat.Request, step store.Step, past store.Past, o *offer) error {
	shelf, err := b.shelves.now(ctx, r.TeamID)
	if err != nil {
		return err
	}
	p, _ := coach.PromiseOf(step, shelf.Library, past.Ledger.Shares, b.here(r))
	if o.keeps = p.Known(); p.ToGive() {
		o.gift = p.Item
	}
	return nil
}

// askOf is what may be asked of a contact now, and how to put it; empty where
// nothing may.
func (b *Bot) askOf(r *chat.Request, s spoken, now time.Time) string {
	if coach.Complains(s.past.Recent) {
		return ""
	}
	return mayAsk(b.coach.For(r.TeamID).Weighed(s.contact, s.past.Ledger, s.past.Recent, r.PersonID, now), s.past.Places, now)
}
