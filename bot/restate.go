package bot

import (
	"slices"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/journey"
	"cairn/store"
)

// howInput and whenInput ask how and on which day a talk took place, filled
// with what was read from its words.
func howInput(i store.Interaction) slack.Block {
	var options [][2]string
	for _, c := range journey.Channels() {
		title := howWord(string(c))
		if c == journey.Other {
			title = "some other way"
		}
		options = append(options, [2]string{string(c), title})
	}
	return blockkit.Optional(blockkit.SelectInput("how", "How did it take place?", options, i.Channel))
}

func (b *Bot) whenInput(r *chat.Request, i store.Interaction) slack.Block {
	when := slack.NewDatePickerBlockElement("when")
	when.InitialDate = i.At.In(b.here(r).Location()).Format(time.DateOnly)
	return blockkit.Optional(slack.NewInputBlock("when", blockkit.PlainText("When?"), nil, when))
}

// circumstance reads both back, and whether they say otherwise than the note
// that stands. What was left empty stays.
func (b *Bot) circumstance(r *chat.Request, about store.Contact, i store.Interaction, signals []journey.Signal) (c store.Circumstance, moved bool) {
	c = store.Circumstance{At: i.At, Channel: i.Channel}
	zone := b.here(r).Location()
	if how := journey.Channel(r.View.Values["how"]); slices.Contains(journey.Channels(), how) {
		c.Channel = string(how)
	}
	day, err := time.ParseInLocation(time.DateOnly, r.View.Values["when"], zone)
	if err == nil && day.Format(time.DateOnly) != i.At.In(zone).Format(time.DateOnly) {
		y, m, d := day.Date()
		c.At = time.Date(y, m, d, 12, 0, 0, 0, zone)
		if now := b.here(r); c.At.After(now) && c.At.Before(endOfToday(now)) {
			c.At = now // today's noon is still to come
		}
	}
	if i.Plan && (c.Channel != i.Channel || !c.At.Equal(i.At)) { // then it took place, unless its day is still to come
		planned, _ := b.words(r).Read(i.Note, i.At.In(zone))
		for _, s := range planned.Steps {
			switch comes := !s.Due.Before(endOfToday(b.here(r))); {
			case !s.Opening:
			case comes && c.At.Equal(i.At):
				c.Plan = true
			default:
				c.Over = append(c.Over, s.Text)
			}
		}
	}
	if !c.At.Equal(i.At) {
		c.Steps = b.coach.For(r.TeamID).Steps(about, i, signals, c.At)
	}
	return c, c.Channel != i.Channel || !c.At.Equal(i.At)
}

func endOfToday(now time.Time) time.Time {
	y, m, d := now.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, now.Location())
}

// sameSignals reports whether those ticked are those that hold.
func sameSignals(hold []store.Signal, ticked []journey.Signal) bool {
	var names []string
	for _, g := range ticked {
		names = append(names, string(g))
	}
	for _, g := range hold {
		if !slices.Contains(names, g.Signal) {
			return false
		}
	}
	return !slices.ContainsFunc(names, func(n string) bool {
		return !slices.ContainsFunc(hold, func(g store.Signal) bool { return g.Signal == n })
	})
}
