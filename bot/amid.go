package bot

import (
	"context"
	"strings"
	"time"

	"cairn/bot/chat"
	"cairn/bot/journey"
	"cairn/bot/line"
)

// passTimes takes the person amid words that say when it took place for whom the line is about:
// "Tues call Ron Peck", "Ella Frost 3pm call". The day that they name is the note's, whatever other
// day that tells of, but for one that was chosen in a form. What may be a name after all is one where somebody is called so, or where
// nobody is known by what remains.
func (b *Bot) passTimes(ctx context.Context, r *chat.Request, l *line.Line, now time.Time) error {
	a, ok := l.Who.Amid(now)
	if !ok {
		return nil
	}
	known, err := b.anyKnown(ctx, r, l.Who)
	if err != nil || known {
		return err
	}
	switch {
	case a.Sure:
	case startsUpper(l.Who.Raw) && !strings.Contains(a.Who.Name, " ") && (a.Full.Name == "" || a.Full.Raw == l.Who.Raw):
		return nil // "Sunday Times"
	case a.Full.Name != "":
		if a, err = b.firstNamed(ctx, r, a); err != nil {
			return err
		}
	default:
		m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, whoOf(a.Who))
		if err != nil || m.ID == 0 && len(m.Ask) == 0 {
			return err
		}
	}
	colon := l.HasColon
	_, chosen := dayChosen(r.View, now)
	switch {
	case chosen:
	case a.Ahead: // their words are kept with the note, or nothing would tell the day
		*l, err = b.words(r).Read(a.Words+": "+l.Note, now)
	case !a.Day.IsZero() && !l.Plan:
		then, _ := b.words(r).Read(l.Note, a.Day) // a day of its steps counts from then
		l.Steps, l.Step, l.At, l.AtDay, l.AtWords = then.Steps, then.Step, a.Day, true, ""
	}
	l.Who, l.HasColon = a.Who, colon
	if l.Channel == journey.Other && !l.Plan {
		l.Channel = a.Channel
	}
	return err
}

// firstNamed takes a day before one word for the first name that it may be as well, "call Thu
// Nguyen", unless only the word alone is known. Where both fit it is asked who is meant, and
// no day is read.
func (b *Bot) firstNamed(ctx context.Context, r *chat.Request, a line.Amid) (line.Amid, error) {
	m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, whoOf(a.Who))
	if err != nil {
		return a, err
	}
	known, err := b.anyKnown(ctx, r, a.Full)
	if err != nil || !known && (m.ID != 0 || len(m.Ask) > 0) {
		return a, err
	}
	a.Day, a.Ahead = time.Time{}, false
	if len(m.Ask) < 2 {
		a.Who = a.Full
	}
	return a, nil
}
