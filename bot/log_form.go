package bot

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/journey"
	"cairn/bot/line"
)

// logModal asks for a line, filled with what is known of it already.
func (b *Bot) logModal(r *chat.Request, l line.Line) *slack.ModalViewRequest {
	who := blockkit.TextInput("who", "Who was it?", "A name and a company, or an e-mail address. Enough of a known name will do.", l.Who.Raw, false)
	hint := "One line is enough: what they said, asked or did."
	if n := utf8.RuneCountInString(l.Note); n > blockkit.MaxInput {
		hint = fmt.Sprintf("The message has %d characters, and this form holds %d: the end is left out where it says “…”. To keep all of it, close this and type %s with the name, a colon and the message.", n, blockkit.MaxInput, b.slash("log"))
	}
	note := blockkit.TextInput("note", "What happened?", hint, l.Note, true)
	how := blockkit.SelectInput("how", "How?", howOptions(), "auto")
	when := slack.NewDatePickerBlockElement("when")
	when.InitialDate = b.here(r).Format(time.DateOnly)
	return blockkit.Modal("log", "Log a talk", "Record", chat.Remember(r.Opened()), who, note, how,
		slack.NewInputBlock("when", blockkit.PlainText("When?"), nil, when))
}

// quoted is a message on which the shortcut was used, as the form is filled with it: word
// for word, and with whom it begins, where that is somebody known.
func (b *Bot) quoted(ctx context.Context, r *chat.Request) line.Line {
	text := line.Unescape(r.Quoted)
	l := line.Line{Note: text}
	if !startsUpper(text) { // "will you call …" is not about Will
		return l
	}
	about := *r
	about.Text = r.Quoted
	known, err := b.knownAtStart(ctx, &about, line.Line{}, b.here(r))
	var p *line.Problem
	switch {
	case err == nil || errors.As(err, &p):
		l.Who = known.Who
	case !errors.Is(err, errWho):
		b.cfg.Log.Warn("whom a message is about was not looked up; the form asks", "team", r.TeamID, "person", r.PersonID, "error", err)
	}
	return l
}

func howOptions() [][2]string {
	all := [][2]string{{"auto", "as the words say"}}
	for _, c := range journey.Channels() {
		if c != journey.Other {
			all = append(all, [2]string{string(c), howWord(string(c))})
		}
	}
	return all
}

// lineOf reads a submitted form. What was chosen stands above what the words say;
// a day that was chosen is the one from which the days of the steps count.
func lineOf(v chat.View, now time.Time, words *line.Words) (line.Line, error) {
	l, err := words.Read(v.Values["note"], now)
	l.Who = line.ParseWho(v.Values["who"])
	if err != nil {
		return l, err
	}
	if how := v.Values["how"]; how != "" && how != "auto" {
		l.Channel = journey.Channel(how)
		l.TookPlace()
	}
	if day, ok := dayChosen(v, now); ok {
		at := day.Add(12 * time.Hour)
		then, _ := words.Read(l.Note, at) // what the note says of its own day does not count
		l.Steps, l.Step = then.Steps, then.Step
		l.At, l.AtDay = at, true
		l.TookPlace()
	}
	return l, nil
}

// dayChosen is the day that a form's date was changed to; false: it stands as the form offers it.
func dayChosen(v chat.View, now time.Time) (time.Time, bool) {
	day, err := time.ParseInLocation(time.DateOnly, v.Values["when"], now.Location())
	return day, err == nil && day.Format(time.DateOnly) != now.Format(time.DateOnly)
}
