package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/english"
	"cairn/bot/failpoint"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/store"
)

// log records a typed line.
func (b *Bot) log(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if strings.TrimSpace(r.Text) == "" {
		return chat.Reply{Modal: b.logModal(r, line.Line{})}, nil
	}
	d, l, err := b.drafted(ctx, r, b.here(r))
	switch {
	case errors.Is(err, errWho) && len([]rune(l.Note)) > blockkit.MaxInput:
		return chat.Say("*NOT saved.* Nobody is named at the start, and the text is too long for the form that asks. Put a name and a colon before it and send it again: `" + b.slash("log") + " Dana Ruiz, Acme: what happened`.").GivingBack(r), nil
	case errors.Is(err, errWho):
		return chat.Reply{Modal: b.logModal(r, l)}, nil
	case err != nil:
		return chat.Reply{}, err
	}
	return b.record(ctx, r, d, l)
}

// errWho: the text names nobody we know; a form asks who.
var errWho = errors.New("nobody is named")

// drafted makes a draft of what a request says, whatever way it came. Days
// are read as of now, in the person's zone.
func (b *Bot) drafted(ctx context.Context, r *chat.Request, now time.Time) (store.Draft, line.Line, error) {
	var l line.Line
	var err error
	source, words := r.Kind, b.words(r)
	switch r.Kind {
	case chat.KindAction:
		if r.Action.ID == "anew" {
			return b.forNew(ctx, r)
		}
		return b.forOther(ctx, r)
	case chat.KindSubmission:
		l, err = lineOf(r.View, now, words)
		source = "modal"
	default:
		l, err = words.Parse(r.Text, now)
	}
	var p *line.Problem
	if errors.As(err, &p) && p.Code == line.NameOnly && !l.HasColon && r.Kind != chat.KindSubmission {
		if known, found := b.knownAtStart(ctx, r, l, now); !errors.Is(found, errWho) {
			l, err = known, found
		}
	}
	if err != nil {
		return store.Draft{}, l, err
	}
	d := store.Draft{Delivery: r.Delivery, LoggedAt: b.here(r), Source: source}
	if r.Kind != chat.KindSubmission && !l.HasColon && l.Who.Name == "" {
		if l, err = b.knownAtStart(ctx, r, l, now); err != nil {
			return d, l, err
		}
	}
	if err := errors.Join(b.passTimes(ctx, r, &l, now), b.passPreamble(ctx, r, &l), b.tellApart(ctx, r, &l)); err != nil {
		return d, l, err
	}
	if err := b.named(ctx, r, &l); err != nil {
		return d, l, err
	}
	var unsure bool
	if l.Who, unsure, err = b.settled(ctx, r, l.Who); err != nil {
		return d, l, err
	}
	if err := b.oneAlone(ctx, r, l); err != nil {
		return d, l, err
	}
	d.Who, d.Note, d.At = whoOf(l.Who), l.Note, l.At
	d.Who.Unsure = unsure
	d.Channel, d.Direction, d.Plan = string(l.Channel), string(l.Direction), l.Plan
	return d, l, nil
}

// words are those that the team's notes are read by.
func (b *Bot) words(r *chat.Request) *line.Words { return b.coach.For(r.TeamID).Lines() }

// knownAtStart finds a known name at the start of a line without a colon.
func (b *Bot) knownAtStart(ctx context.Context, r *chat.Request, l line.Line, now time.Time) (line.Line, error) {
	for _, start := range line.Starts(r.Text) {
		if start.More {
			continue
		}
		who := whoAtStart(start.Name)
		m, err := b.atCompany(ctx, r, start.Name)
		there := m.ID != 0 || len(m.Ask) > 0
		if err == nil && !there {
			m, err = b.store.FindContact(ctx, r.TeamID, r.PersonID, who)
		}
		if err != nil {
			return l, err
		}
		if m.ID == 0 && len(m.Ask) == 0 {
			continue
		}
		if start.Rest == "" {
			return l, errWho // all of it is a name
		}
		l, err := b.words(r).Read(start.Rest, now)
		if l.Who = (line.Who{Name: start.Name, Raw: start.Name}); who.Guessed || there {
			l.Who = line.ParseWho(start.Name)
		}
		return l, err
	}
	return l, errWho
}

// passPreamble takes the person behind words that say how it took place for whom the line
// is about: "call with Dana Ruiz". What may be a name after all is one where somebody is
// called so, or where nobody is known by what stands behind the words.
func (b *Bot) passPreamble(ctx context.Context, r *chat.Request, l *line.Line) error {
	behind, how, sure := l.Who.Behind()
	if behind.Name == "" && behind.Email == "" {
		return nil
	}
	known, err := b.anyKnown(ctx, r, l.Who)
	if err != nil || known {
		return err
	}
	if !sure && startsUpper(l.Who.Raw) && !strings.Contains(behind.Name, " ") && behind.Email == "" {
		return nil // "Chat Noir", "Visit Berg": one word is too little to take it for somebody else
	}
	if !sure {
		m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, whoOf(behind))
		if err != nil || m.ID == 0 && len(m.Ask) == 0 {
			return err
		}
	}
	l.Who = behind
	if l.Channel == journey.Other && !l.Plan {
		l.Channel = how
	}
	return nil
}

func startsUpper(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r)
}

// whoOf folds a typed name into the keys that contacts are found by.
func whoOf(w line.Who) store.Who {
	who := whoAsTyped(w)
	if turned, ok := w.Turned(); ok && !who.Guessed {
		other := whoAsTyped(turned)
		who.Turned = &other
	}
	return who
}

// whoAsTyped is whoOf where what was typed first is the name.
func whoAsTyped(w line.Who) store.Who {
	who := store.Who{Name: w.Name, NameKey: line.Key(w.Name), FirmKey: line.CompanyKey(w.Name), Company: w.Company, CompanyKey: line.CompanyKey(w.Company), Email: w.Email, Title: w.Title}
	if w.Name == "" && w.Email == "" {
		who.Name, who.NameKey = w.Raw, line.Key(w.Raw)
	}
	if w.Email != "" {
		who.AddressKey = line.Key(w.Email)
	}
	if w.Name == "" && w.Email != "" {
		local, _, _ := strings.Cut(w.Email, "@")
		local, _, _ = strings.Cut(local, "+")
		who.Name = capitals(strings.NewReplacer(".", " ", "_", " ").Replace(local))
		who.NameKey, who.Guessed = line.Key(who.Name), true
	}
	who.BareKey = line.BareKey(who.Name)
	if who.NameKey == "" { // a name of signs alone is told apart by its signs
		who.NameKey = strings.ToLower(who.Name)
	}
	return who
}

// capitals writes each word of a name taken from an address with a capital.
func capitals(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		words[i] = english.Upper(w)
	}
	return strings.Join(words, " ")
}

// record takes a draft through the one transaction and says what became of it.
func (b *Bot) record(ctx context.Context, r *chat.Request, d store.Draft, l line.Line) (chat.Reply, error) {
	return b.surely(ctx, r, d.DeliveryID, func(ctx context.Context) (chat.Reply, error) { return b.recordOnce(ctx, r, d, l) })
}

func (b *Bot) recordOnce(ctx context.Context, r *chat.Request, d store.Draft, l line.Line) (chat.Reply, error) {
	mind := b.coach.For(r.TeamID)
	d.Models = mind.Versions()
	var shelf coach.Shelf
	out, err := b.store.LogInteraction(ctx, d, func(k store.Known) (store.Decision, error) {
		var err error
		if shelf, err = b.shelves.within(ctx, r.TeamID, k); err != nil {
			return store.Decision{}, err
		}
		failpoint.Pass("before-commit")
		return mind.Decide(k, d, l, shelf, b.seed())
	})
	b.saving.judge(err)
	if err != nil {
		return chat.Reply{}, err
	}
	failpoint.Pass("after-commit")
	switch {
	case out.Again != nil:
		b.meters.Again(r.Kind)
		return b.stoodFor(ctx, r, d, out.Again.InteractionID)
	case out.Unsure:
		return chat.Reply{Message: b.whichFirm(l.Who, out)}, nil
	case out.Namesake:
		return chat.Reply{Message: b.namesake(out)}, nil
	case len(out.Ask) > 0:
		who := d.Who
		if out.Turned {
			who = *who.Turned
		}
		return chat.Reply{Message: b.choice(who, out, l.Who)}, nil
	case out.Repeat != 0:
		return chat.Reply{Message: b.repeated(ctx, r, out)}, nil
	}
	b.meters.Receipt()
	rec := received(out, d, l, mind, shelf, b.here(r))
	rec.Also = otherForm(d.Who.Company, rec.Contact.Company.Name)
	if rec.Too = r.Too; rec.Too.Delivery == 0 {
		rec.Too.Delivery = out.DeliveryID
	}
	if err := errors.Join(b.whoHas(ctx, r, &rec.Too, out.Recorded), b.whoCame(ctx, r, &rec), b.whatIt(ctx, r, &rec)); err != nil { // the line stands: the receipt goes without
		b.cfg.Log.Warn("what the receipt tells beside was not looked up", "interaction", out.Recorded, "error", err)
	}
	return chat.Reply{Message: b.draw(rec), About: rec.Contact.ID}, nil
}

// stoodFor draws the receipt of a line that stands already. Where it had been asked about,
// and somebody else was chosen first, it says so: the first choice stays.
func (b *Bot) stoodFor(ctx context.Context, r *chat.Request, d store.Draft, id int64) (chat.Reply, error) {
	rec, err := b.receipt(ctx, r, id, b.suggested)
	if err != nil {
		return chat.Reply{}, err
	}
	other, stands := newName(d.Who), rec.Contact
	isOther := d.NewContact && (d.Who.Email == "" || stands.Email != d.Who.Email) && !bears(stands, d.Who) &&
		(d.Who.Turned == nil || !bears(stands, *d.Who.Turned))
	if d.ContactID != 0 && d.ContactID != stands.ID {
		c, err := b.store.Contact(ctx, r.TeamID, d.ContactID)
		if err != nil {
			return chat.Reply{}, err
		}
		other, isOther = c.Full(), true
	}
	if d.DeliveryID != 0 && isOther {
		rec.Also = fmt.Sprintf("*Nothing was recorded for %s*: you chose %s for this line before. Was that wrong? `Undo` takes it back; then send the line again.",
			blockkit.Escape(other), blockkit.Escape(stands.Full()))
	}
	return chat.Reply{Message: b.draw(rec), About: stands.ID}, nil
}

// bears reports whether a contact is called so, at the company.
func bears(c store.Contact, who store.Who) bool {
	return line.Key(c.Name) == who.NameKey && line.CompanyKey(c.Company.Name) == who.CompanyKey
}

// receiptOf draws the receipt of an interaction that stands, from the
// database, under another lead if one is given.
func (b *Bot) receiptOf(ctx context.Context, r *chat.Request, id int64, lead string) (chat.Reply, error) {
	rec, err := b.receipt(ctx, r, id, b.suggested)
	if err != nil {
		return chat.Reply{}, err
	}
	rec.Lead = lead
	return chat.Reply{Message: b.draw(rec), About: rec.Contact.ID}, nil
}

// takenBack is the number of a line that was undone: nothing more can be done
// with its receipt.
type takenBack int64

func (n takenBack) Error() string { return fmt.Sprintf("#%d was taken back", int64(n)) }

// noted reads what stands of a note of the person's own, of the row that stands in the
// place of the one asked for; [takenBack] where it is undone.
func (b *Bot) noted(ctx context.Context, r *chat.Request, id int64) (store.Receipt, error) {
	rec, err := b.store.Receipt(ctx, r.TeamID, r.PersonID, id)
	if err != nil || !rec.Interaction.Undone {
		return rec, err
	}
	stands, err := b.store.Standing(ctx, r.TeamID, r.PersonID, id)
	if err != nil {
		return store.Receipt{}, err
	}
	if stands != id {
		return b.noted(ctx, r, stands)
	}
	return store.Receipt{}, takenBack(id)
}

// receipt is what is [Bot.noted], to be drawn. give chooses what an ask's receipt names, which
// chose nothing itself: [Bot.suggested] keeps it, as it is shown.
func (b *Bot) receipt(ctx context.Context, r *chat.Request, id int64, give giver) (receipt, error) {
	rec, err := b.noted(ctx, r, id)
	if err != nil {
		return receipt{}, err
	}
	bare := stillToGive(ctx, r, &rec, give)
	if err := b.withGap(ctx, r, &rec.Suggestion); err != nil {
		return receipt{}, err
	}
	team, err := b.store.Team(ctx, r.TeamID)
	if err != nil {
		return receipt{}, err
	}
	out, err := b.receiptFrom(ctx, r, rec, team.Journey)
	if bare != nil { // the line stands: its receipt goes without
		b.cfg.Log.Warn("what to give was not looked up", "interaction", rec.Interaction.ID, "error", bare)
		out.Sent = true
	}
	return out, err
}

// receiptFrom is a receipt as the database has it, on the team's own journey.
func (b *Bot) receiptFrom(ctx context.Context, r *chat.Request, rec store.Receipt, journey string) (receipt, error) {
	shelf, err := b.shelves.now(ctx, r.TeamID)
	if err != nil {
		return receipt{}, err
	}
	out := receipt{Receipt: rec, Journey: journey, Now: b.here(r)}
	out.Ledger = b.coach.For(r.TeamID).Weighed(rec.Contact, rec.Ledger, rec.Recent, r.PersonID, out.Now)
	read, _ := b.words(r).Read(rec.Interaction.Note, rec.Interaction.At) // what could be read of it counts
	out.weigh(read, shelf)
	if out.Too, err = b.besides(ctx, r, rec); err != nil {
		return out, err
	}
	return out, errors.Join(b.whoCame(ctx, r, &out), b.whatIt(ctx, r, &out), b.whenBack(ctx, r, &out))
}

// chosen records a line that waited for its contact to be chosen, or for a
// repetition to be confirmed.
func (b *Bot) chosen(ctx context.Context, r *chat.Request, again bool) (chat.Reply, error) {
	delivery, contact, err := twoIDs(r.Action.Value)
	if err != nil {
		return chat.Reply{}, err
	}
	in, err := b.store.Delivered(ctx, r.TeamID, r.PersonID, delivery)
	if err != nil {
		return chat.Reply{}, err
	}
	if len(in.Payload) == 0 {
		return chat.Say("*That line is gone.* Somebody was forgotten since, and lines that were waiting went with them. Nothing was recorded; please type it again."), nil
	}
	first := reread(in, r)
	if first.Kind == chat.KindEvent {
		first.Text = b.bare(first.Text)
		stripVerb(first)
	}
	// "yesterday" is the day before the line was typed, however late the choice
	d, l, err := b.drafted(ctx, first, in.At.In(b.here(r).Location()))
	if err != nil {
		return chat.Reply{}, err
	}
	r.Too = first.Too
	d.Delivery, d.DeliveryID = r.Delivery, in.ID
	if d.ContactID, d.NewContact, d.Again = max(contact, 0), contact == 0, again; contact < 0 {
		if err := atFirm(&d, &l, contact); err != nil {
			return chat.Reply{}, err
		}
	}
	d.LoggedAt = in.At.In(b.here(r).Location())
	return b.record(ctx, r, d, l)
}
