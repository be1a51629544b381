package bot

import (
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/journey"
	"cairn/bot/line"
)

// logModal asks for a line, filled with what is known of it already.
func (b *Bot) logModal(r *chat.Request, l line.Line) *slack.ModalViewRequest {
	who := blockkit.TextInput("who", "Who was it?", "A name and a company, or an e-mail address. Enough of a known name will do.", l.Who.Raw, false)
	note := blockkit.TextInput("note", "What happened?", "One line is enough: what they said, asked or did.", l.Note, true)
	how := blockkit.SelectInput("how", "How?", howOptions(), "auto")
	when := slack.NewDatePickerBlockElement("when")
	when.InitialDate = b.here(r).Format(time.DateOnly)
	return blockkit.Modal("log", "Log a talk", "Record", chat.Remember(r.Opened()), who, note, how,
		slack.NewInputBlock("when", blockkit.PlainText("When?"), nil, when))
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
	if day, err := time.ParseInLocation(time.DateOnly, v.Values["when"], now.Location()); err == nil && day.Format(time.DateOnly) != now.Format(time.DateOnly) {
		at := day.Add(12 * time.Hour)
		then, _ := words.Read(l.Note, at) // what the note says of its own day does not count
		l.Steps, l.Step = then.Steps, then.Step
		l.At, l.AtDay = at, true
		l.TookPlace()
	}
	return l, nil
}
