package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/store"
)

// cardNotes is how many notes a card shows; a screen holds no more.
const cardNotes = 8

// card shows all that stands of one contact: their places on every journey,
// the ledger, open steps, and the reader's own notes; with "why" at its end,
// what read, chose and worded all that.
func (b *Bot) card(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	name, why := strings.CutSuffix(strings.TrimSpace(r.Text), " why")
	c, reply, err := b.find(ctx, r, name)
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	if why {
		return b.why(ctx, r, c)
	}
	return b.cardOf(ctx, r, c)
}

func (b *Bot) pressCard(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	ids, err := chat.Numbers(r.Action.Value, 1)
	if err != nil {
		return chat.Reply{}, err
	}
	c, err := b.store.Contact(ctx, r.TeamID, ids[0])
	if err != nil {
		return chat.Reply{}, err
	}
	reply, err := b.cardOf(ctx, r, c)
	reply.Beside = true
	return reply, err
}

func (b *Bot) cardOf(ctx context.Context, r *chat.Request, c store.Contact) (chat.Reply, error) {
	past, err := b.pastOf(ctx, r, c, b.here(r))
	if err != nil {
		return chat.Reply{}, err
	}
	notes, err := b.store.LatestNotes(ctx, r.TeamID, c.ID, cardNotes)
	if err != nil {
		return chat.Reply{}, err
	}
	about, err := b.aboutThem(ctx, r, c)
	if err != nil {
		return chat.Reply{}, err
	}
	head := "*" + blockkit.Escape(c.Full()) + "*" + about
	blocks := []slack.Block{blockkit.Section(head), blockkit.Section(b.placesText(r, past.Places)), blockkit.Section(b.ledgerText(ctx, r, c, past, earned(past.Ledger, past.Places, b.here(r))))}
	blocks = append(blocks, slack.NewDividerBlock())
	if len(notes) == 0 {
		blocks = append(blocks, blockkit.Context("No notes yet."))
	}
	for _, n := range notes {
		blocks = append(blocks, blockkit.Section(b.noteText(r, n)))
	}
	if more := c.Notes - len(notes); more > 0 {
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("and %d earlier.", more)))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: blocks}}, nil
}

// aboutThem follows a contact's name: what they are, and through whom they are
// known.
func (b *Bot) aboutThem(ctx context.Context, r *chat.Request, c store.Contact) (text string, err error) {
	if c.Title != "" {
		text = " · " + blockkit.Escape(c.Title)
	}
	through, err := b.store.Referrer(ctx, r.TeamID, c.ID)
	if err == nil && through != "" {
		text += " · known through " + blockkit.Escape(through)
	}
	return text, err
}

func (b *Bot) placesText(r *chat.Request, places []store.Place) string {
	var lines []string
	for _, m := range b.coach.For(r.TeamID).Models {
		p, ok := placeOn(places, m.Name())
		if !ok {
			continue
		}
		l := fmt.Sprintf("%s: *%s*", blockkit.Escape(m.Title()), stageWord(m, p.Stage))
		if extra := standing(p); extra != "" {
			l += " (" + extra + ")"
		}
		lines = append(lines, l)
	}
	return strings.Join(lines, "\n")
}

// ledgerText tells a contact's ledger, behind its sums what it says of asking, and their open steps.
func (b *Bot) ledgerText(ctx context.Context, r *chat.Request, c store.Contact, past store.Past, asking string) string {
	now := b.here(r)
	l := past.Ledger
	lines := []string{fmt.Sprintf("*Given %d, asked %d*%s", l.Given, l.Asked, asking)}
	for i, h := range l.Shares {
		if i == 5 {
			lines = append(lines, fmt.Sprintf("and %d more given", len(l.Shares)-i))
			break
		}
		lines = append(lines, fmt.Sprintf("given %s: %s", english.Day(h.At, now), blockkit.Escape(h.Title)))
	}
	for _, e := range l.Exchanges {
		lines = append(lines, fmt.Sprintf("%s %s", e.Kind, english.Day(e.At, now)))
	}
	steps := stepsOnce(b.coach.For(r.TeamID).Open(c, l.Steps, past.Recent, now), r.PersonID)
	var things map[string]string
	if len(steps) > 0 {
		shelf, err := b.shelves.now(ctx, r.TeamID)
		if err != nil {
			b.grumble(ctx, "the items that steps promise", err) // the steps stand without them
		} else {
			things = promisedOf(steps, shelf)
		}
	}
	for _, s := range steps {
		lines = append(lines, stepWord(s, things[s.What], now))
	}
	return strings.Join(lines, "\n")
}

// stepsOnce are the open steps in one author's words, each once however many
// notes tell of it: with its latest day where the notes name several.
func stepsOnce(steps []store.Step, author string) []store.Step {
	var once []store.Step
	for _, s := range steps {
		if s.PersonID != author {
			continue // a step is in the words of its author's note
		}
		same := func(o store.Step) bool { return o.Whose == s.Whose && stepKey(o.What) == stepKey(s.What) }
		at := slices.IndexFunc(once, same)
		switch {
		case at < 0:
			once = append(once, s)
		case s.Due != nil && (once[at].Due == nil || s.Due.After(*once[at].Due)):
			once[at] = s
		}
	}
	return once
}

// stepKey is a step without what differs from telling to telling: who is named
// before the act.
func stepKey(what string) string {
	key := line.Key(strings.TrimRight(what, ". "))
	for _, who := range []string{"she ", "he ", "they ", "i ", "we "} {
		key = strings.TrimPrefix(key, who)
	}
	return key
}

// noteText shows a note of the reader's own word for word, and of a
// colleague's only that there is one.
func (b *Bot) noteText(r *chat.Request, n store.Noted) string {
	now := b.here(r)
	head := fmt.Sprintf("*#%d* · %s", n.ID, howAndDay(n.Channel, n.At, now))
	if n.AuthorID != r.PersonID {
		return head + " · a colleague's note; what it says is theirs"
	}
	text := head + "\n> " + blockkit.Escape(blockkit.Truncate(blockkit.OneLine(n.Note), 400))
	var why []string
	for _, g := range n.Signals {
		w := strings.ReplaceAll(g.Signal, "_", " ")
		if g.Quote != "" {
			w += " “" + blockkit.Escape(blockkit.Truncate(g.Quote, 80)) + "”"
		}
		if g.Origin != "built-in" {
			w += " (" + g.Origin + ")"
		}
		why = append(why, w)
	}
	if len(why) > 0 {
		text += "\n_" + strings.Join(why, " · ") + "_"
	}
	return text
}
