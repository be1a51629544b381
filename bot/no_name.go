package bot

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"cairn/bot/chat"
	"cairn/bot/line"
)

// named is errWho where what stands before the colon of a typed line is surely nobody's name and
// nobody is known by it: "Lunch: with priya". A form asks, with all that was typed as the note;
// what is typed into that form as the name is taken for one.
func (b *Bot) named(ctx context.Context, r *chat.Request, l *line.Line) error {
	if r.Kind == chat.KindSubmission || !l.HasColon || !isNoName(l.Who) {
		return nil
	}
	if known, err := b.anyKnown(ctx, r, l.Who); err != nil || known {
		return err
	}
	l.Who, l.Note = line.Who{}, strings.TrimSpace(line.Unescape(r.Text))
	return errWho
}

// isNoName reports whether what was typed as a name is a figure, a word for what one does, or
// ends in a small word for whomever it is: "Note to self", "dear all".
func isNoName(w line.Who) bool {
	words := strings.Fields(w.Name)
	if w.Email != "" || w.Company != "" || w.Alias != "" || len(words) == 0 {
		return false
	}
	if !strings.ContainsFunc(w.Name, func(c rune) bool { return !unicode.IsDigit(c) && !unicode.IsSpace(c) }) {
		return true
	}
	last := words[len(words)-1]
	if len(words) == 1 {
		return noNames[line.Key(last)] || whomever[line.Key(last)]
	}
	return whomever[last] || !slices.ContainsFunc(words, func(s string) bool { return !noNames[line.Key(s)] })
}

var (
	noNames = setOf(`lunch dinner breakfast coffee meeting call demo visit workshop note notes reminder todo task tasks
		anruf treffen besuch mittagessen abendessen notiz erinnerung aufgabe reunion llamada rendezvous`)
	whomever = setOf(`self myself me us him her them everyone everybody somebody someone nobody all alle`)
)
