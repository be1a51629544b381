package bot

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/bot/remind"
)

// away keeps the morning message silent: "until 2 March". "back" ends it.
func (b *Bot) away(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	usage := fmt.Sprintf("Type until when: `%s away until 2 March`, or `%s away back`.", b.slash("coach"), b.slash("coach"))
	words := strings.TrimSpace(r.Text)
	if before, rest, _ := strings.Cut(words, " "); strings.EqualFold(before, "until") || strings.EqualFold(before, "till") {
		words = rest
	}
	switch strings.ToLower(words) {
	case "":
		return b.awayNow(ctx, r, usage)
	case "back", "off", "no", "over":
		if err := b.store.SetAway(ctx, r.TeamID, r.PersonID, nil); err != nil {
			return chat.Reply{}, err
		}
		return chat.Say("*Welcome back.* Your morning message comes again, when there is something to say."), nil
	case "mornings on", "mornings off":
		return b.setMornings(ctx, r, strings.HasSuffix(strings.ToLower(words), "on"))
	}
	now := b.here(r)
	day, ok := awayFor(words, now)
	var err error
	if !ok {
		day, err = line.ParseWhen(line.Unescape(words), now)
	}
	var p *line.Problem
	if errors.As(err, &p) {
		return chat.Say(b.told(p) + " " + usage), nil
	}
	if err != nil {
		return chat.Reply{}, err
	}
	until := remind.Date(day)
	if until.Before(remind.Date(now)) {
		return chat.Say(fmt.Sprintf("%s is over. ", until.Format("2 January 2006")) + usage), nil
	}
	if err := b.store.SetAway(ctx, r.TeamID, r.PersonID, &until); err != nil {
		return chat.Reply{}, err
	}
	return chat.Say(fmt.Sprintf("*Away until %s.* No morning message up to and including that day; everything else works as always.", until.Format("Monday 2 January 2006"))), nil
}

// forSpan reads "for two weeks", "10 days", "a month".
var forSpan = regexp.MustCompile(`(?i)^(?:for )?(?:the next )?(\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten) (day|week|month)s?$`)

// awayFor is the last day of a span of time from now on.
func awayFor(words string, now time.Time) (last time.Time, ok bool) {
	m := forSpan.FindStringSubmatch(strings.Join(strings.Fields(words), " "))
	if m == nil {
		return last, false
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		n = max(1, slices.Index([]string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}, strings.ToLower(m[1])))
	}
	switch strings.ToLower(m[2]) {
	case "day":
		return now.AddDate(0, 0, n), true
	case "week":
		return now.AddDate(0, 0, 7*n), true
	}
	return now.AddDate(0, n, 0), true
}

func (b *Bot) awayNow(ctx context.Context, r *chat.Request, usage string) (chat.Reply, error) {
	me, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	if me.AwayUntil != nil && !me.AwayUntil.Before(remind.Date(b.here(r))) {
		return chat.Say(fmt.Sprintf("You are away until %s. ", me.AwayUntil.Format("Monday 2 January 2006")) + usage), nil
	}
	return chat.Say("You are here. " + usage), nil
}

// pressMornings turns the morning message off or on with one click.
func (b *Bot) pressMornings(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	reply, err := b.setMornings(ctx, r, r.Action.Value == "on")
	reply.Beside = true
	return reply, err
}

func (b *Bot) setMornings(ctx context.Context, r *chat.Request, on bool) (chat.Reply, error) {
	if err := b.store.SetMornings(ctx, r.TeamID, r.PersonID, on); err != nil {
		return chat.Reply{}, err
	}
	text, label, value := "*No more morning messages.* Home still shows who waits for you.", "Bring them back", "off"
	if on {
		text, label = "*Morning messages are on.* They come at half past eight on working days, when there is something to say.", "No morning messages"
	} else {
		value = "on"
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(text), Blocks: []slack.Block{blockkit.Section(text),
		blockkit.Actions("mornings", blockkit.Button("mornings_"+value, label, value))}}}, nil
}
