package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/line"
	"cairn/bot/remind"
	"cairn/store"
)

// reminderPrompt is the wording of a line of the morning message.
const reminderPrompt = "reminder-line"

// morningLine is one person in the message.
type morningLine struct {
	remind.Item
	also   []store.StepDue // that it tells of beside its own
	text   string
	button *slack.ButtonBlockElement
	second *slack.ButtonBlockElement // below it; nil: none
}

func (l morningLine) blocks() []slack.Block {
	line := slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, blockkit.Truncate(l.text, blockkit.MaxSection), false, false), nil, nil)
	if l.second != nil {
		return []slack.Block{line, blockkit.Actions(fmt.Sprintf("morning:%d", l.Contact), l.button, l.second)}
	}
	line.Accessory = slack.NewAccessory(l.button)
	return []slack.Block{line}
}

func (b *Bot) morningLines(ctx context.Context, r *chat.Request, p store.Person, day, now time.Time) (lines []morningLine, left remind.Left, err error) {
	a, err := b.agendaOf(ctx, r, p, 0, day, now)
	if err != nil {
		return nil, left, err
	}
	if a.told, err = b.toldOf(ctx, r, day); err != nil {
		return nil, left, err
	}
	chosen, offers, left, err := b.toSay(ctx, r, a)
	if err != nil {
		return nil, left, err
	}
	for _, it := range chosen {
		l, err := b.morningLine(ctx, r, a, it, offers[it])
		if err != nil {
			return nil, left, err
		}
		lines = append(lines, l)
	}
	return lines, left, nil
}

// morningLine says why somebody is spoken of, and what to give them.
func (b *Bot) morningLine(ctx context.Context, r *chat.Request, a agenda, it remind.Item, o offer) (l morningLine, err error) {
	l.Item = it
	c, due := o.contact, a.due(it)
	l.also = due.also
	_, give := o.given.Now()
	if give && o.given.ID == 0 {
		if o.given.ID, err = b.store.AddSuggestion(ctx, r.TeamID, o.given); err != nil {
			return l, err
		}
	}
	use, ok := b.live.Prompt(r.TeamID, reminderPrompt, r.PersonID, c.ID)
	if !ok {
		return l, errors.New("the wording reminder-line is missing")
	}
	pick := o.names()
	if l.text, err = use.Prompt.RenderText(reminderVars(c, it, a, due, pick)); err != nil {
		return l, err
	}
	b.used(ctx, r.TeamID, r.PersonID, c.ID, use, "reminder")
	if pick.Title != "" {
		l.text = linked(l.text, pick)
	}
	l.buttons(a, o)
	return l, nil
}

// linked makes the title that a line names a link: the last of several, for a promise that is
// quoted before it may be in the words of the title.
func linked(text string, pick store.Pick) string {
	title := blockkit.Escape(pick.Title)
	at := strings.LastIndex(text, title)
	if at < 0 {
		return text
	}
	return text[:at] + blockkit.Link(pick.URL, pick.Title) + text[at+len(title):]
}

// buttons puts beside a line what can be done about it, and behind it the words that the
// wording has no place for.
func (l *morningLine) buttons(a agenda, o offer) {
	pick, give := o.given.Now()
	sent := blockkit.Button(fmt.Sprintf("sent_morning:%d", l.Contact), "I sent it", fmt.Sprintf("%d %d 0", o.given.ID, pick.ContentID))
	step, promise := a.ours(l.Item)
	switch {
	case l.Kind == remind.Ready:
		l.text += " " + english.Upper(o.ask)
		l.button = blockkit.Button(fmt.Sprintf("ask_morning:%d", l.Contact), "I asked", fmt.Sprint(l.Contact))
	case promise:
		done := "Done"
		if o.keeps && o.gift.ID != 0 {
			done = "I sent it" // done is that it was given
		}
		l.button = blockkit.Button(fmt.Sprintf("done_morning:%d", l.Contact), done, fmt.Sprint(step.ID))
		switch {
		case o.keeps:
		case give:
			l.second = sent
		default:
			l.text += " " + o.none(a, l.Item)
		}
	case give:
		l.button = sent
	default:
		l.text += " " + o.none(a, l.Item)
		l.button = blockkit.Button(fmt.Sprintf("card:morning:%d", l.Contact), "Card", fmt.Sprint(l.Contact))
	}
}

// reminderVars are the inputs of reminder-line for somebody who is spoken of.
func reminderVars(c store.Contact, it remind.Item, a agenda, due dueLine, pick store.Pick) map[string]any {
	vars := map[string]any{"contact": c.Full(), "waiting": it.Kind == remind.Never || it.Kind == remind.Waiting, "due": it.Kind == remind.Due,
		"quiet": it.Kind == remind.Quiet, "ready": it.Kind == remind.Ready, "since": daysWord(it.Since, a.day), "step": "", "title": pick.Title}
	if it.Kind == remind.Warm {
		vars["due"], vars["step"], vars["since"] = true, "made known by "+a.known[it.Contact]+": write while the name is warm", strings.TrimPrefix(english.Due(writeBy(it.Since), a.day), "due ")
	}
	room := askedRoom - utf8.RuneCountInString(c.Full()) - utf8.RuneCountInString(pick.Title)
	if words := a.words[it.Contact]; words != "" && vars["waiting"] == true && room >= askedLeast {
		vars["since"] = daysWord(it.Since, a.day) + " (“" + blockkit.Truncate(words, min(room, askedMost)) + "”)"
	}
	if it.Kind == remind.Due {
		vars["step"], vars["since"] = due.text, due.since
	}
	return vars
}

// How many characters of what they asked a line quotes: at most askedMost, and what name and
// title leave of askedRoom, else the line's own limit cuts the title; none below askedLeast.
const (
	askedMost  = 60
	askedLeast = 20
	askedRoom  = 180
)

// writeBy is the day by which to write to whom somebody made known: the working day after.
func writeBy(known time.Time) time.Time {
	day := known.AddDate(0, 0, 1)
	for !remind.Working(day) {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

// How much a line tells of several steps: stepsWords are the characters of their words, dueRoom
// those of all that it says of them, which is what the wording has room for, and mostDue is how
// many they are at most.
const (
	stepsWords = 56
	dueRoom    = 100
	mostDue    = 3
)

// dueLine is what a line says of the steps that are due.
type dueLine struct {
	text, since string
	also        []store.StepDue // those told beside its own
}

// due tells the step of an item, as many of those beside it as there is room for, and how many
// more there are: another morning tells them.
func (a agenda) due(it remind.Item) dueLine {
	step, ok := a.step(it)
	if !ok {
		return dueLine{}
	}
	beside := a.beside(it)
	for n := min(len(beside), mostDue-1); ; n-- {
		all := append([]store.StepDue{step}, beside[:n]...)
		slices.SortStableFunc(all, func(a, b store.StepDue) int { return a.Due.Compare(*b.Due) })
		text, since := stepsDue(all, a.day)
		if n > 0 && utf8.RuneCountInString(text) > dueRoom {
			continue
		}
		if more := len(beside) - n; more > 0 {
			since += fmt.Sprintf(", and %d more", more)
		}
		return dueLine{text, since, beside[:n]}
	}
}

// stepsDue tells steps, and when the last of them is due; with each before it stands its own day,
// where that is another.
func stepsDue(all []store.StepDue, day time.Time) (text, since string) {
	last := all[len(all)-1]
	since = strings.TrimPrefix(english.Due(*last.Due, day), "due ")
	for i, s := range all {
		if len(all) > 1 {
			s.What = blockkit.Truncate(s.What, stepsWords/len(all))
		}
		told := stepOf(s)
		if whose, _, _ := strings.Cut(told, "“"); i > 0 && strings.HasPrefix(text, whose) {
			told = strings.TrimPrefix(told, whose)
		}
		if i > 0 {
			text += " and "
		}
		text += told
		if !s.Due.Equal(*last.Due) {
			text += ", " + english.Due(*s.Due, day) + ","
		}
	}
	return text, since
}

// stepOf tells a step that is due, whosever it is.
func stepOf(s store.StepDue) string {
	if s.Left {
		return "the day to come back, “" + strings.TrimRight(s.What, ".") + "”"
	}
	if s.Whose == "us" {
		whose := "your step" // "you promised “asked me to ring back”" would be odd
		if what := strings.ReplaceAll(strings.ToLower(s.What), "’", "'"); strings.HasPrefix(what, "i'll ") || strings.HasPrefix(what, "i will ") || strings.HasPrefix(what, "we'll ") || strings.HasPrefix(what, "we will ") {
			whose = "you promised"
		}
		return whose + " “" + strings.TrimRight(s.What, ".") + "”"
	}
	if line.IsAway(s.What) {
		return "back by now, “" + strings.TrimRight(s.What, ".") + "”"
	}
	return "their step “" + strings.TrimRight(s.What, ".") + "”"
}

// daysWord says how long ago a day is in working days.
func daysWord(since, day time.Time) string {
	n := remind.WorkingDays(since, day)
	if n == 1 {
		return "one working day"
	}
	return fmt.Sprintf("%d working days", n)
}
