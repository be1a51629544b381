package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/bot/remind"
	"cairn/bot/suggest"
	"cairn/store"
)

// next says what to give a contact next, or names the three most worthwhile.
func (b *Bot) next(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if strings.TrimSpace(r.Text) == "" {
		return b.nextThree(ctx, r)
	}
	c, reply, err := b.find(ctx, r, r.Text)
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	g, err := b.suggested(ctx, r, c)
	if err != nil {
		return chat.Reply{}, err
	}
	return b.suggestionAs(ctx, r, g, "")
}

// suggest chooses for a contact as they stand now.
func (b *Bot) suggest(ctx context.Context, r *chat.Request, c store.Contact) (store.Suggestion, error) {
	ask, shelf, err := b.asking(ctx, r, c)
	if err != nil {
		return store.Suggestion{}, err
	}
	return b.coach.For(r.TeamID).Suggest(ask, shelf), nil
}

// suggestionOf draws a suggestion that was asked for by itself, as it is kept.
func (b *Bot) suggestionOf(ctx context.Context, r *chat.Request, id int64, lead string) (chat.Reply, error) {
	g, err := b.store.Suggestion(ctx, r.TeamID, r.PersonID, id)
	if err != nil {
		return chat.Reply{}, err
	}
	return b.suggestionAs(ctx, r, g, lead)
}

// suggestionAs draws a suggestion that was asked for by itself, as it is by now.
func (b *Bot) suggestionAs(ctx context.Context, r *chat.Request, g store.Suggestion, lead string) (chat.Reply, error) {
	if err := b.withGap(ctx, r, &g); err != nil {
		return chat.Reply{}, err
	}
	c, err := b.store.Contact(ctx, r.TeamID, g.ContactID)
	if err != nil {
		return chat.Reply{}, err
	}
	past, err := b.pastOf(ctx, r, c, b.here(r))
	if err != nil {
		return chat.Reply{}, err
	}
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	here, _ := placeOn(past.Places, model.Name())
	head := fmt.Sprintf("*%s* · %s", blockkit.Escape(c.Full()), stageWord(model, here.Stage))
	if extra := standing(here); extra != "" {
		head += " (" + extra + ")"
	}
	through, err := b.store.Referrer(ctx, r.TeamID, c.ID)
	if err != nil {
		return chat.Reply{}, err
	}
	if through != "" && past.Ledger.Given == 0 && len(past.Recent) == 0 {
		head += " · made known by " + blockkit.Escape(through) + ": name them when you write"
	} else if through != "" {
		head += " · known through " + blockkit.Escape(through)
	}
	if lead != "" {
		head = lead + " · " + head
	}
	blocks := []slack.Block{blockkit.Section(head)}
	sent := lead != "" // what was just given is not named again
	if !sent {
		blocks = append(blocks, blockkit.Section(giveLine(g, b.here(r))))
	}
	blocks = append(blocks, blockkit.Context(fmt.Sprintf("Given %d, asked %d%s", past.Ledger.Given, past.Ledger.Asked, earnedBeside(g, past.Ledger, past.Places, b.here(r)))+b.ownStep(r, c, past, g)))
	if pick, ok := g.Now(); ok && !sent {
		value := fmt.Sprintf("%d %d 0", g.ID, pick.ContentID)
		sent := blockkit.Button("sent", "I sent it", value)
		sent.Style = slack.StylePrimary
		blocks = append(blocks, blockkit.Actions("suggestion", sent, blockkit.Button("another", "Another", value), blockkit.Button("not_useful", "Not useful", value)))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head + "\n" + giveLine(g, b.here(r))), Blocks: blocks}}, nil
}

// ownStep tells the step of the asker's own that comes first, with a blank before it: whoever asks
// what to give has a call to return as well. Empty: there is none with a day or of the last note, it
// is a promise to give something, which is named as such, or the suggestion tells it.
func (b *Bot) ownStep(r *chat.Request, c store.Contact, past store.Past, g store.Suggestion) string {
	now := b.here(r)
	for _, s := range b.coach.For(r.TeamID).Open(c, past.Ledger.Steps, past.Recent, now) {
		last := len(past.Recent) > 0 && s.InteractionID == past.Recent[0].ID
		if s.Whose != string(line.Ours) || s.PersonID != r.PersonID || s.Due == nil && !last || strings.Contains(g.Silent, s.What) {
			continue
		}
		if thing, _ := line.Promised(s.What); !suggest.IsMaterial(thing) {
			return " " + stepWord(s, "", now)
		}
	}
	return ""
}

// worthwhile is how many contacts `/next` alone names, and looked how many of
// each list are looked at for something to do about them.
const (
	worthwhile = 3
	looked     = 12
)

// nextThree names the three of the person's contacts that are most worth a
// move now, each with the move. Where there is nothing to do about somebody, the next one is
// named.
func (b *Bot) nextThree(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	list, err := b.worthLooking(ctx, r, model.Name())
	if err != nil {
		return chat.Reply{}, err
	}
	blocks := []slack.Block{blockkit.Section("*Most worthwhile now*")}
	seen := map[int64]bool{}
	for _, l := range list {
		if len(seen) == worthwhile || seen[l.ID] {
			continue
		}
		m, err := b.moveFor(ctx, r, l)
		if err != nil {
			return chat.Reply{}, err
		}
		if m.text == "" {
			continue
		}
		blocks = append(blocks, blockkit.Section(fmt.Sprintf("*%s* · %s · %s\n%s", blockkit.Escape(l.Full()), stageWord(model, l.Stage), b.whyListed(l, r), m.text)))
		if m.sent != "" {
			blocks = append(blocks, blockkit.Actions(fmt.Sprintf("three:%d", len(seen)), blockkit.Button("sent:three", "I sent it", m.sent)))
		}
		seen[l.ID] = true
	}
	if len(seen) == 0 {
		return chat.Say(fmt.Sprintf("Nobody of yours waits for anything just now. After your next talk type `%s` with one line.", b.slash("log"))), nil
	}
	return chat.Reply{Message: &post.Message{Text: "Most worthwhile now", Blocks: blocks}}, nil
}

// worthLooking are the person's contacts about whom there may be something to do, in the
// order of the morning: who was never followed up, then whose step is due, then who else waits
// for an answer, then who is ready to be asked, then who went quiet.
func (b *Bot) worthLooking(ctx context.Context, r *chat.Request, journey string) ([]store.Listed, error) {
	of := map[string][]store.Listed{}
	for _, kind := range []string{store.Waiting, store.Due, store.Ready, store.Quiet} {
		found, err := b.store.Mine(ctx, r.TeamID, r.PersonID, store.Filter{Kind: kind, Journey: journey, Now: b.here(r), Limit: looked})
		if err != nil {
			return nil, err
		}
		for i := range found {
			found[i].Why = kind
		}
		of[kind] = found
	}
	waiting := of[store.Waiting] // the longest first
	never := slices.IndexFunc(waiting, func(l store.Listed) bool { return !neverFollowed(l, b.here(r)) })
	if never < 0 {
		never = len(waiting)
	}
	return slices.Concat(waiting[:never], of[store.Due], waiting[never:], of[store.Ready], of[store.Quiet]), nil
}

// neverFollowed reports whether somebody who waits has waited too long.
func neverFollowed(l store.Listed, now time.Time) bool {
	return remind.WorkingDays(remind.Date(l.From().In(now.Location())), remind.Date(now)) >= remind.NeverFollowed
}

// move is what there is to do about a contact on a list.
type move struct {
	text string // empty: nothing
	sent string // the value of the button that says that it was given; empty: none
}

// moveFor says what to do about somebody: of those who are ready to be asked, the
// ask; of the others, what to give. A step that is due is worth a move by itself.
func (b *Bot) moveFor(ctx context.Context, r *chat.Request, l store.Listed) (move, error) {
	who, err := b.readOf(ctx, r, l.ID)
	if err != nil {
		return move{}, err
	}
	a, it := b.itemOfList(r, l, who)
	o, err := b.offerTo(ctx, r, a, it, who)
	if err != nil {
		return move{}, err
	}
	if it.Kind == remind.Ready {
		if o.ask == "" {
			return move{}, nil // more was given than asked, and yet it is not the time
		}
		return move{text: fmt.Sprintf("*Ask one thing*: %s Asked? `%s asked %s` with what it was.", o.ask, b.slash("coach"), blockkit.Escape(strings.ToLower(o.contact.Name)))}, nil
	}
	if o.keeps { // what was promised comes first of what is to be given
		if o.given, err = b.lastOrNewTo(ctx, r, who); err != nil {
			return move{}, err
		}
	}
	pick, ok := o.given.Now()
	_, promise := a.ours(it)
	switch {
	case o.keeps && (!ok || pick.ContentID != o.gift.ID):
		return move{text: "That step first."}, nil
	case !ok && promise:
		return move{text: "That step first; nothing to give beside it."}, nil
	case !ok && it.Kind == remind.Waiting && strings.HasPrefix(o.given.Silent, coach.EmptyLibrary):
		return move{text: "Answer in your own words. " + giveLine(o.given, b.here(r))}, nil
	case !ok && it.Kind == remind.Waiting && a.worthTelling(it, o):
		// to answer is worth a move, with or without something of the library
		return move{text: nothingLine(o.given)}, nil
	case !ok && (it.Kind != remind.Due || !a.worthTelling(it, o)):
		return move{}, nil
	case !ok:
		return move{text: o.none(a, it)}, nil
	}
	if o.given.ID == 0 {
		if o.given.ID, err = b.store.AddSuggestion(ctx, r.TeamID, o.given); err != nil {
			return move{}, err
		}
	}
	return move{text: giveLine(o.given, b.here(r)), sent: fmt.Sprintf("%d %d 0", o.given.ID, pick.ContentID)}, nil
}

// itemOfList is somebody on a list as a morning would speak of them today.
func (b *Bot) itemOfList(r *chat.Request, l store.Listed, who spoken) (agenda, remind.Item) {
	now := b.here(r)
	a := agenda{day: remind.Date(now), here: now, steps: map[int64][]store.StepDue{}}
	it := remind.Item{Contact: l.ID, Kind: listKinds[l.Why]}
	if it.Kind != remind.Due {
		return a, it
	}
	here, _ := placeOn(who.past.Places, journey.Default)
	for _, s := range b.coach.For(r.TeamID).Open(who.contact, who.past.Ledger.Steps, who.past.Recent, now) { // the first due comes first
		if s.PersonID == r.PersonID && s.Due != nil && !remind.Date(*s.Due).After(a.day) {
			a.steps[l.ID] = []store.StepDue{{Step: s, ContactID: l.ID, Left: here.Status == suggest.StatusLeft}}
			it.Step = s.ID
			break
		}
	}
	return a, it
}

// listKinds are the lists that `/next` looks at, as the mornings call them.
var listKinds = map[string]remind.Kind{store.Waiting: remind.Waiting, store.Due: remind.Due, store.Ready: remind.Ready, store.Quiet: remind.Quiet}
