package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/store"
)

// got records what came back: "dana referral Lee Park at Beta".
func (b *Bot) got(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	usage := fmt.Sprintf("Type who, and what came back: `%s got dana referral Lee Park at Beta`. It may be revenue, a referral or a recommendation.", b.slash("coach"))
	if r.Text == "" {
		return chat.Say(usage), nil
	}
	c, what, reply, err := b.findAtStart(ctx, r, r.Text, nil)
	if errors.Is(err, errNobody) {
		kind, rest := kindAtStart(r.Text)
		if kind == "" {
			return *reply, nil
		}
		return b.turned(ctx, r, "got", kindBehind(kind, rest), chat.Say(usage))
	}
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	kind, detail, slip := kindMeant(line.Unescape(what))
	t := telling{direction: journey.In, detail: detail}
	switch kind {
	case "revenue":
		t.note, t.signals = "bought", []journey.Signal{journey.Revenue}
	case "recommendation":
		t.note, t.signals = "recommended us", []journey.Signal{journey.Recommendation}
	case "referral":
		t.note, t.signals = "gave us a referral", []journey.Signal{journey.Referral}
		if detail == "" {
			t.also = fmt.Sprintf("Whom did %s name? Type it, and they are known too: `%s got %s referral Lee Park at Beta`.", blockkit.Escape(c.Name), b.slash("coach"), blockkit.Escape(strings.ToLower(c.Name)))
			break
		}
		if reply, err := b.brought(ctx, r, c, &t); reply != nil || err != nil {
			return chat.OrNone(reply), err
		}
	case "feedback":
		return chat.Say(fmt.Sprintf("What %s told you is a note: `%s log %s: %s`. Nothing was recorded yet.", blockkit.Escape(first(c.Name)), b.slash("coach"),
			blockkit.Escape(strings.ToLower(c.Name)), blockkit.Escape(strings.ReplaceAll(cmp.Or(detail, "what they said"), "`", "'")))), nil
	default:
		return chat.Say(fmt.Sprintf("What came back from %s? ", blockkit.Escape(c.Name)) + usage), nil
	}
	if detail != "" {
		t.note += ": " + detail
	}
	if slip != "" {
		t.also = strings.TrimSpace(fmt.Sprintf("You typed “%s”; I took it for %s. Not right? `Undo`. %s", blockkit.Escape(slip), askWords[kind], t.also))
	}
	return b.tell(ctx, r, c, t)
}

// gotKinds are what may come back, by the words that people are told.
var gotKinds = []string{"revenue", "referral", "referrals", "recommendation"}

// kindMeant is [kindAtStart], and the word that was typed where it is a slip of one of
// the kinds; else slip is empty.
func kindMeant(text string) (kind, detail, slip string) {
	if kind, detail = kindAtStart(text); kind != "" {
		return kind, detail, ""
	}
	words := strings.Fields(text)
	for len(words) > 0 && (words[0] == "a" || words[0] == "an" || words[0] == "the") {
		words = words[1:]
	}
	if len(words) == 0 {
		return "", text, ""
	}
	slip = strings.Trim(words[0], ":,.")
	if near, ok := line.Nearest(slip, gotKinds); ok {
		return askedWords[near], strings.Trim(strings.Join(words[1:], " "), " :,"), slip
	}
	return "", text, ""
}

// brought finds out whom a referral points to: somebody known, or a new one.
func (b *Bot) brought(ctx context.Context, r *chat.Request, from store.Contact, t *telling) (*chat.Reply, error) {
	named := refereeIn(t.detail)
	if people := line.Referees(named); len(people) > 1 {
		return b.oneEach(from, people), nil
	}
	w := line.Referee(named)
	if line.IsNobody(w.Name) {
		reply := chat.Say(fmt.Sprintf("Whom did %s name? “%s” is nobody's name. Type it: `%s got %s referral Lee Park at Beta`. Nothing was recorded.", blockkit.Escape(first(from.Name)),
			blockkit.Escape(blockkit.Truncate(t.detail, 60)), b.slash("coach"), blockkit.Escape(strings.ToLower(from.Name))))
		return &reply, nil
	}
	who := whoOf(w)
	who.Exactly = true
	m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, who)
	if err != nil {
		return nil, err
	}
	switch {
	case m.ID == from.ID:
		reply := chat.Say(fmt.Sprintf("%s cannot refer themselves. Whom did they name?", blockkit.Escape(from.Full())))
		return &reply, nil
	case len(m.Ask) > 0:
		reply := chat.Say(b.nobody(w.Name, m) + " Nothing was recorded.")
		return &reply, nil
	}
	t.bring = &store.Brought{Who: who, ContactID: m.ID}
	full := store.Contact{Name: who.Name, Company: store.Company{Name: who.Company}}.Full()
	if m.ID != 0 {
		t.also = fmt.Sprintf("%s was known here; it is noted that %s named them.", blockkit.Escape(full), blockkit.Escape(first(from.Name)))
		return nil, nil
	}
	t.also = fmt.Sprintf("*%s* is new here, and known through %s. Write within a day or two while the name is warm: `%s log %s: what happened`.",
		blockkit.Escape(full), blockkit.Escape(first(from.Name)), b.slash("coach"), blockkit.Escape(strings.ToLower(who.Name)))
	if t.bring.Places, err = b.coach.For(r.TeamID).Start(b.cfg.Now()); err != nil {
		return nil, err
	}
	return nil, nil
}

var (
	towards  = regexp.MustCompile(`(?i)^(?:(?:to|from|with|for|via|through)\s+)+`)
	inPhones = regexp.MustCompile(`\s*\([+\d][\d\s/.()-]*\)|\s+(?:\+|00?)\d[\d\s/.-]{5,}\d`)
)

// refereeIn is what of a referral's words may be a name: the small word before it is none, and
// a telephone number behind it belongs to no company.
func refereeIn(detail string) string {
	return strings.Trim(inPhones.ReplaceAllString(towards.ReplaceAllString(detail, ""), ""), " ,")
}

// oneEach asks for a line for each of several people: every referral is one, with its
// own contact.
func (b *Bot) oneEach(from store.Contact, people []string) *chat.Reply {
	text := fmt.Sprintf("*%s named %d people*, and each is a referral of their own. Nothing was recorded: send one line each.", blockkit.Escape(first(from.Name)), len(people))
	for _, p := range people {
		text += fmt.Sprintf("\n`%s got %s referral %s`", b.slash("coach"), blockkit.Escape(strings.ToLower(from.Name)), blockkit.Escape(strings.ReplaceAll(p, "`", "'")))
	}
	reply := chat.Say(text)
	return &reply
}

// first is the name by which one speaks of somebody.
func first(name string) string { return line.FirstName(name) }

// telling is something that a person says took place, in a command of its own
// rather than in a note.
type telling struct {
	note      string // how it stands in the timeline
	direction journey.Direction
	channel   journey.Channel
	signals   []journey.Signal
	line      line.Line
	detail    string // of the exchange
	bring     *store.Brought
	also      string
}

// tell records it like a note, with the person's word for its signals: so it
// folds, stands in the timeline, is recorded once however often it is
// delivered, and can be taken back.
func (b *Bot) tell(ctx context.Context, r *chat.Request, c store.Contact, t telling) (chat.Reply, error) {
	now := b.here(r)
	if t.channel == "" {
		t.channel = journey.Other
	}
	l := t.line
	l.Note, l.At, l.Channel, l.Direction = t.note, now, t.channel, t.direction
	d := store.Draft{Delivery: r.Delivery, ContactID: c.ID, At: now, LoggedAt: now, Channel: string(t.channel), Direction: string(t.direction),
		Note: t.note, Source: "command", Models: b.coach.For(r.TeamID).Versions()}
	return b.surely(ctx, r, 0, func(ctx context.Context) (chat.Reply, error) { return b.tellOnce(ctx, r, d, l, t) })
}

// giver chooses what to give a contact.
type giver func(ctx context.Context, r *chat.Request, c store.Contact) (store.Suggestion, error)

// stillToGive gives the receipt of an ask, which chose nothing to give, what is to be given still.
func stillToGive(ctx context.Context, r *chat.Request, rec *store.Receipt, give giver) (err error) {
	if rec.Suggestion.ID == 0 && coach.IsAsk(asHeard(*rec)) {
		rec.Suggestion, err = give(ctx, r, rec.Contact)
	}
	return err
}

func (b *Bot) tellOnce(ctx context.Context, r *chat.Request, d store.Draft, l line.Line, t telling) (chat.Reply, error) {
	mind := b.coach.For(r.TeamID)
	var shelf coach.Shelf
	out, err := b.store.LogInteraction(ctx, d, func(k store.Known) (store.Decision, error) {
		var err error
		if shelf, err = b.shelves.within(ctx, r.TeamID, k); err != nil {
			return store.Decision{}, err
		}
		dec, err := mind.Told(k, d, l, shelf, b.seed(), t.signals...)
		for i := range dec.Exchanges {
			dec.Exchanges[i].Detail = t.detail
		}
		dec.Brought = t.bring
		if len(l.Asks) > 0 { // what was to be given is so still
			dec.Suggestion = nil
		}
		return dec, err
	})
	b.saving.judge(err)
	switch {
	case err != nil:
		return chat.Reply{}, err
	case out.Again != nil:
		b.meters.Again(r.Kind)
		return b.receiptOf(ctx, r, out.Again.InteractionID, "")
	case out.Repeat != 0:
		return chat.Say(fmt.Sprintf("*You recorded this just now, as #%d.* Nothing was added.", out.Repeat)), nil
	}
	b.meters.Receipt()
	rec := received(out, d, l, mind, shelf, d.LoggedAt)
	rec.Also = t.also
	if err := stillToGive(ctx, r, &rec.Receipt, b.suggested); err != nil { // the line stands: the receipt goes without
		b.cfg.Log.Warn("what to give was not looked up", "interaction", out.Recorded, "error", err)
		rec.Sent = true
	}
	return chat.Reply{Message: b.draw(rec), About: rec.Contact.ID}, nil
}
