package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/suggest"
	"cairn/store"
)

// A note that tells of something given is counted where one item of the library
// is meant, and asked about where it may be several. Either is said, with a way
// to take it back.

// weigh works out what the receipt's note, read as l, counted as given, and what it
// has to be asked about.
func (r *receipt) weigh(l line.Line, shelf coach.Shelf) {
	i := r.Interaction
	for _, h := range r.Ledger.Shares {
		if h.InteractionID == i.ID && h.PersonID == i.AuthorID {
			r.Counted = append(r.Counted, h)
		}
	}
	r.Promised = promisedOf(r.Steps, shelf)
	if english.DaysBetween(i.At, i.LoggedAt) == 0 { // else somebody has set the day
		r.Ahead = l.Ahead
	}
	if at := slices.IndexFunc(l.Steps, func(s line.Step) bool { return s.Guessed }); at >= 0 && english.DaysBetween(i.At, i.LoggedAt) == 0 {
		r.guessed = l.Steps[at].Text
	}
	if r.Told || r.NoneOf {
		return
	}
	kept := coach.Kept(l, r.Settled, i.AuthorID)
	r.unnamed = len(l.Gives) == 0 && l.SentIt.Object != "" && kept == nil
	if kept != nil {
		l.Gives = coach.Meant(l, kept)
	}
	r.Unclear = coach.Unclears(coach.Ours(l.Gives, r.Signals), shelf, r.Ledger.Shares, i.ID)
	r.meantBy()
}

// promisedOf are the items of the library that steps of ours promise to give, by the words
// of the step.
func promisedOf(steps []store.Step, shelf coach.Shelf) map[string]string {
	things := map[string]string{}
	for _, s := range steps {
		if p, _ := coach.PromiseOf(s, shelf.Library, nil, time.Time{}); p.Item.ID != 0 {
			things[s.What] = blockkit.Link(p.Item.URL, p.Item.Title)
		}
	}
	return things
}

// meantBy leaves the suggestion out where what it names was given, or may have been.
func (r *receipt) meantBy() {
	pick, ok := r.Suggestion.Now()
	had := func(h store.Share) bool { return h.ContentID == pick.ContentID }
	may := func(u coach.Unclear) bool {
		return slices.ContainsFunc(u.Items, func(it suggest.Item) bool { return it.ID == pick.ContentID })
	}
	r.Sent = r.Sent || ok && (slices.ContainsFunc(r.Counted, had) || slices.ContainsFunc(r.Unclear, may))
}

// whatIt asks whether what a note gave without naming it was the item that its author
// was told of last.
func (b *Bot) whatIt(ctx context.Context, r *chat.Request, rec *receipt) error {
	if !rec.unnamed || len(rec.Counted) > 0 {
		return nil
	}
	shown, err := b.store.ShownBefore(ctx, r.TeamID, r.PersonID, rec.Contact.ID, rec.Interaction.ID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	u := coach.Unclear{Words: "it"}
	if pick, ok := shown.Now(); ok {
		item, err := b.itemOf(ctx, r, pick.ContentID)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if err == nil && !slices.ContainsFunc(rec.Ledger.Shares, func(h store.Share) bool { return h.ContentID == item.ID }) {
			u.Items = append(u.Items, item)
		}
	}
	rec.Unclear = append(rec.Unclear, u)
	rec.meantBy()
	return nil
}

// countedLine names what the note counted as given.
func (r receipt) countedLine() string {
	var titles []string
	for _, h := range r.Counted {
		titles = append(titles, "“"+blockkit.Escape(h.Title)+"”")
	}
	if len(titles) == 0 {
		return ""
	}
	return "Counted as given: " + strings.Join(titles, ", ") + ". "
}

// countedButtons take back what was counted, each by itself.
func (r receipt) countedButtons() (all []*slack.ButtonBlockElement) {
	for _, h := range r.Counted[:min(len(r.Counted), 3)] {
		if h.ContentID == 0 {
			continue
		}
		all = append(all, r.ungive(h.ContentID, h.Title, len(r.Counted) > 1 || r.Unsend != 0))
	}
	if r.Unsend != 0 {
		// it may have been taken back elsewhere since the button was drawn
		if i := slices.IndexFunc(r.Ledger.Shares, func(h store.Share) bool { return h.ContentID == r.Unsend }); i >= 0 {
			all = append(all, r.ungive(r.Unsend, r.Ledger.Shares[i].Title, len(all) > 0))
		}
	}
	return all
}

// ungive takes an item back, by its title where another one can be taken back beside it.
func (r receipt) ungive(content int64, title string, named bool) *slack.ButtonBlockElement {
	take := ungiveButton(r.Contact.ID, content, r.Interaction.ID)
	if named {
		take.Text.Text = blockkit.Truncate("Not sent: "+title, blockkit.MaxButton)
	}
	return take
}

// unclearBlocks ask which items the note means.
func (r receipt) unclearBlocks(coachCommand string) (blocks []slack.Block) {
	for n, u := range r.Unclear {
		if len(u.Items) == 0 && r.unnamed {
			blocks = append(blocks, blockkit.Context(fmt.Sprintf("What did you send? It counts as given once you say: `%s sent %s checklist`.", coachCommand, blockkit.Escape(strings.ToLower(line.FirstName(r.Contact.Name))))))
			continue
		}
		if len(u.Items) == 0 {
			blocks = append(blocks, blockkit.Context(fmt.Sprintf("The library has nothing that I know as “%s”, so it does not count as given.", blockkit.Escape(blockkit.Truncate(u.Words, 80)))))
			continue
		}
		var all []*slack.ButtonBlockElement
		for i, item := range u.Items {
			all = append(all, blockkit.Button(fmt.Sprintf("which:%d:%d", n, i), item.Title, fmt.Sprintf("%d %d", r.Interaction.ID, item.ID)))
		}
		all = append(all, blockkit.Button(fmt.Sprintf("which:%d:none", n), "None of these", fmt.Sprintf("%d 0", r.Interaction.ID)))
		blocks = append(blocks, blockkit.Section(fmt.Sprintf("*Which one is “%s”?* It counts as given once you say.", blockkit.Escape(blockkit.Truncate(u.Words, 80)))),
			blockkit.Actions(fmt.Sprintf("which:%d", n), all...))
	}
	return blocks
}

// pressWhich counts what the note meant, or that it means nothing of the library.
func (b *Bot) pressWhich(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	id, content, err := twoIDs(r.Action.Value)
	if err != nil {
		return chat.Reply{}, err
	}
	rec, err := b.noted(ctx, r, id)
	if err != nil {
		return chat.Reply{}, err
	}
	i := rec.Interaction
	if content == 0 {
		if err := b.store.NoneOfThese(ctx, r.TeamID, r.PersonID, i.ID); err != nil {
			return chat.Reply{}, err
		}
		return b.stands(r, "*Noted: none of these.*", func() (chat.Reply, error) { return b.receiptOf(ctx, r, i.ID, "") }), nil
	}
	item, err := b.itemOf(ctx, r, content)
	if err != nil {
		return chat.Reply{}, err
	}
	here, _ := placeOn(rec.Places, journey.Default)
	if _, err := b.store.AddShare(ctx, r.TeamID, rec.Contact.ID, store.Share{ContentID: item.ID, Title: item.Title, CanonicalURL: item.Canonical,
		PersonID: r.PersonID, Stage: here.Stage, Via: "note", At: i.At, InteractionID: i.ID}); err != nil {
		return chat.Reply{}, err
	}
	return b.stands(r, fmt.Sprintf("*Counted as given: %s.*", blockkit.Escape(item.Title)), func() (chat.Reply, error) { return b.receiptOf(ctx, r, i.ID, "") }), nil
}

// itemOf is an item of the team's library, or [store.ErrNotFound].
func (b *Bot) itemOf(ctx context.Context, r *chat.Request, content int64) (suggest.Item, error) {
	shelf, err := b.shelves.now(ctx, r.TeamID)
	if err != nil {
		return suggest.Item{}, err
	}
	item, ok := shelf.Library.Item(content)
	if !ok {
		return item, store.ErrNotFound
	}
	return item, nil
}

// sentWhich asks which of several items was given. lead tells what was done before it is
// asked, and end what was not.
func sentWhich(c store.Contact, what string, items []suggest.Item, lead, end string) chat.Reply {
	return withItems(chat.Say(lead+whichOne(c, what)+" "+end), c, items)
}

// sentNear asks whether one of the items was given whose names are near what was typed.
func sentNear(c store.Contact, what string, items []suggest.Item) chat.Reply {
	return withItems(chat.Say(fmt.Sprintf("*Did you give %s one of these?* The library has no “%s”. Nothing was recorded yet.",
		blockkit.Escape(c.Full()), blockkit.Escape(blockkit.Truncate(what, 80)))), c, items)
}

// withItems adds a button for each item that may have been given.
func withItems(reply chat.Reply, c store.Contact, items []suggest.Item) chat.Reply {
	var all []*slack.ButtonBlockElement
	for i, item := range items {
		all = append(all, blockkit.Button(fmt.Sprintf("sent_which:%d", i), item.Title, fmt.Sprintf("%d %d", c.ID, item.ID)))
	}
	all = append(all, blockkit.Button("sent_which:none", "None of these", fmt.Sprintf("%d 0", c.ID)))
	reply.Message.Blocks = append(reply.Message.Blocks, blockkit.Actions("sent_which", all...))
	return reply
}

// whichOne asks which of several items somebody was given.
func whichOne(c store.Contact, what string) string {
	return fmt.Sprintf("*Which one did you give %s?* “%s” may be any of these.", blockkit.Escape(c.Full()), blockkit.Escape(blockkit.Truncate(what, 80)))
}

// gaveNone says that what was given is no item of the library.
func (b *Bot) gaveNone(c store.Contact) string {
	return fmt.Sprintf("*Nothing was counted as given.* `%s content` lists the library; what is not in it stands well in a note: `%s log %s: sent her our price list`.",
		b.slash("coach"), b.slash("coach"), blockkit.Escape(strings.ToLower(c.Name)))
}

// pressSentWhich records the item that was chosen as given.
func (b *Bot) pressSentWhich(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	id, content, err := twoIDs(r.Action.Value)
	if err != nil {
		return chat.Reply{}, err
	}
	c, err := b.store.Contact(ctx, r.TeamID, id)
	if err != nil {
		return chat.Reply{}, err
	}
	if content == 0 {
		return chat.Say(b.gaveNone(c)), nil
	}
	item, err := b.itemOf(ctx, r, content)
	if err != nil {
		return chat.Reply{}, err
	}
	return b.given(ctx, r, c, item)
}
