package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/bot/suggest"
	"cairn/store"
)

// sent records content given: "dana checklist".
func (b *Bot) sent(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	usage := fmt.Sprintf("Type whom and what: `%s sent dana checklist`.", b.slash("coach"))
	if r.Text == "" {
		return chat.Say(usage), nil
	}
	shelf, err := b.shelves.now(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	c, what, reply, err := b.findAtStart(ctx, r, r.Text, func(rest string) bool { return opensItem(shelf.Library, rest) })
	if errors.Is(err, errNobody) {
		return b.turned(ctx, r, "sent", nameLast(r.Text, " to "), *reply)
	}
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	if what == "" {
		return chat.Say(fmt.Sprintf("What did you give %s? ", blockkit.Escape(c.Name)) + usage), nil
	}
	if all := shelf.Library.Each(what); len(all) > 0 {
		return b.givenEach(ctx, r, c, all)
	}
	item, ok := shelf.Library.Named(what)
	several := shelf.Library.Naming(what)
	if !ok && len(several) == 0 {
		// words of several items, or a few of one; but the "Smith" of "dana smith checklist" is
		// perhaps another Dana
		if several = shelf.Library.Resembling(what); !opens(several, what) {
			several = nil
		}
	}
	if !ok && len(several) > 0 {
		if several, err = b.notHad(ctx, r, c, several); err != nil {
			return chat.Reply{}, err
		}
		return sentWhich(c, what, several, "", "Nothing was recorded yet."), nil
	}
	if ok {
		return b.given(ctx, r, c, item)
	}
	if near := shelf.Library.Near(what); len(near) > 0 {
		if near, err = b.notHad(ctx, r, c, near); err != nil {
			return chat.Reply{}, err
		}
		return sentNear(c, what, near), nil
	}
	return chat.Say(fmt.Sprintf("The library has nothing that I surely know as “%s”. ", blockkit.Escape(blockkit.Truncate(what, 80))) + b.gaveNone(c)), nil
}

// notHad are those of the items that the contact has not had; all of them where they have
// had each.
func (b *Bot) notHad(ctx context.Context, r *chat.Request, c store.Contact, items []suggest.Item) ([]suggest.Item, error) {
	past, err := b.store.Past(ctx, r.TeamID, c.ID)
	if err != nil {
		return nil, err
	}
	left := slices.DeleteFunc(slices.Clone(items), func(it suggest.Item) bool {
		return slices.ContainsFunc(past.Ledger.Shares, func(h store.Share) bool { return h.ContentID == it.ID })
	})
	if len(left) == 0 {
		return items, nil
	}
	return left, nil
}

// opensItem reports whether a text that names items begins with a word of one: the
// "Audit" of "dana Audit checklist" is no name. One that names none is let through,
// to be told so.
func opensItem(l *suggest.Library, text string) bool {
	items := l.Naming(text)
	if it, ok := l.Named(text); ok {
		items = []suggest.Item{it}
	}
	return len(items) == 0 || opens(items, text)
}

// opens reports whether a text begins with a word of one of the items.
func opens(items []suggest.Item, text string) bool {
	word := line.Key(strings.Fields(text)[0])
	return slices.ContainsFunc(items, func(it suggest.Item) bool {
		return strings.Contains(line.Key(it.Title+" "+it.Kind+" "+strings.Join(it.Topics, " ")), word)
	})
}

// given records an item as given outside of a note, and says how the ledger
// stands now.
func (b *Bot) given(ctx context.Context, r *chat.Request, c store.Contact, item suggest.Item) (chat.Reply, error) {
	places, fresh, err := b.gave(ctx, r, c, item)
	if err != nil {
		return chat.Reply{}, err
	}
	return b.tellGiven(ctx, r, b.givenWords(r, c, item, fresh)+warnAlone(places, fresh), c, item, fresh), nil
}

// givenEach records several items as given outside of a note, and tells each.
func (b *Bot) givenEach(ctx context.Context, r *chat.Request, c store.Contact, items []suggest.Item) (reply chat.Reply, err error) {
	var told []string
	var undo []slack.Block
	some := false // something that they had not had
	for i, item := range items {
		places, fresh, err := b.gave(ctx, r, c, item)
		if err != nil && i > 0 {
			return b.gaveSome(r, strings.Join(told, ".\n")+".\n", items[i:], undo, err), nil
		} else if err != nil {
			return chat.Reply{}, err
		}
		told = append(told, b.givenWords(r, c, item, fresh))
		if some = some || fresh; fresh {
			button := ungiveButton(c.ID, item.ID, 0)
			button.Text.Text = blockkit.Truncate("Not sent: "+item.Title, blockkit.MaxButton)
			undo = append(undo, blockkit.Actions(fmt.Sprintf("given:%d", item.ID), button))
		}
		if i == len(items)-1 {
			reply = b.tellGiven(ctx, r, strings.Join(told, ".\n")+warnAlone(places, some), c, item, fresh)
		}
	}
	if n := len(reply.Message.Blocks); n > 0 {
		reply.Message.Blocks = append(reply.Message.Blocks[:1], undo...) // each is taken back by itself
	}
	return reply, nil
}

// gaveSome tells which of several items stand as given, and which do not, or may not: of the
// first of the rest that is not known where its commit broke off.
func (b *Bot) gaveSome(r *chat.Request, lead string, rest []suggest.Item, undo []slack.Block, err error) chat.Reply {
	var titles []string
	for _, it := range rest {
		titles = append(titles, "“"+blockkit.Escape(it.Title)+"”")
	}
	say, why := lead, ""
	switch {
	case errors.Is(err, store.ErrUnknown):
		say += fmt.Sprintf("*Not confirmed: %s.* %s while it was being saved: it may stand or not. ", titles[0], english.Upper(cut(err)))
		titles = titles[1:]
	case errors.Is(err, store.ErrUnavailable):
		why = ailing(err) + " "
	}
	if len(titles) > 0 {
		say += fmt.Sprintf("*NOT saved: %s.* ", strings.Join(titles, ", "))
	}
	say += why + fmt.Sprintf("Send that once more: nothing is counted twice. (%s)", b.incident(r, err))
	b.countUnsaved(r, err)
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(say), Blocks: append([]slack.Block{blockkit.Section(say)}, undo...)}}
}

// gave records an item as given where the contact stands now; fresh is false where they
// had it before.
func (b *Bot) gave(ctx context.Context, r *chat.Request, c store.Contact, item suggest.Item) (places []store.Place, fresh bool, err error) {
	if places, err = b.store.Places(ctx, r.TeamID, c.ID); err != nil {
		return nil, false, err
	}
	here, _ := placeOn(places, journey.Default)
	fresh, err = b.store.AddShare(ctx, r.TeamID, c.ID, store.Share{ContentID: item.ID, Title: item.Title, CanonicalURL: item.Canonical,
		PersonID: r.PersonID, Stage: here.Stage, Via: "command", At: b.cfg.Now()})
	b.saving.judge(err)
	return places, fresh, err
}

// warnAlone ends words of what was given, without a full stop, for who asked to be left alone;
// some: something of it they had not had before.
func warnAlone(places []store.Place, some bool) string {
	if here, _ := placeOn(places, journey.Default); here.DoNotContact && some {
		return ". They asked to be left alone: send them nothing more unless they come back by themselves"
	}
	return ""
}

// tellGiven ends words that tell, without a full stop, what was given with how the ledger stands
// now; fresh: they had not had the item before, and it can be taken back.
func (b *Bot) tellGiven(ctx context.Context, r *chat.Request, text string, c store.Contact, item suggest.Item, fresh bool) chat.Reply {
	return b.stands(r, text+".", func() (chat.Reply, error) {
		past, err := b.pastOf(ctx, r, c, b.here(r))
		if err != nil {
			return chat.Reply{}, err
		}
		answer := chat.Say(fmt.Sprintf("%s. Given %d, asked %d%s", text, past.Ledger.Given, past.Ledger.Asked, earned(past.Ledger, past.Places, b.here(r))))
		if fresh {
			answer.Message.Blocks = append(answer.Message.Blocks, blockkit.Actions("given", ungiveButton(c.ID, item.ID, 0)))
		}
		return answer, nil
	})
}

// givenWords are [givenLine], and that what was given is past its day.
func (b *Bot) givenWords(r *chat.Request, c store.Contact, item suggest.Item, fresh bool) string {
	text := givenLine(c, item, fresh)
	if fresh && item.Expired(b.here(r)) {
		text += ". Its last day in the library was " + item.Expires.Format("2 January 2006") + ": see whether what it says still holds"
	}
	return text
}

// givenLine says, without a full stop, that an item was given.
func givenLine(c store.Contact, item suggest.Item, fresh bool) string {
	if !fresh {
		return fmt.Sprintf("*%s had %s before.* Nothing was added", blockkit.Escape(c.Full()), blockkit.Link(item.URL, item.Title))
	}
	return fmt.Sprintf("*Given to %s: %s*", blockkit.Escape(c.Full()), blockkit.Link(item.URL, item.Title))
}

// reasonsMenu asks why a pick is not useful.
func reasonsMenu(value string) slack.Block {
	labels := map[suggest.RefusalReason]string{suggest.NotForThem: "Not for them", suggest.NotNow: "Not now",
		suggest.HasIt: "They have it", suggest.NotGood: "Outdated or weak"}
	var all []*slack.ButtonBlockElement
	for _, reason := range suggest.RefusalReasons() {
		all = append(all, blockkit.Button("useless:"+string(reason), labels[reason], value))
	}
	return blockkit.Actions("reasons", all...)
}

func canonical(url string) string {
	c, err := suggest.CanonicalURL(url)
	if err != nil {
		return ""
	}
	return c
}
