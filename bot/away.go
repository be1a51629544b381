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
	usage := fmt.Sprintf("Type until when: `%s away until 2 March`, `%s away from 10 to 20 March`, or `%s away back`.", b.slash("coach"), b.slash("coach"), b.slash("coach"))
	words := strings.TrimSpace(r.Text)
	if before, rest, _ := strings.Cut(words, " "); strings.EqualFold(before, "until") || strings.EqualFold(before, "till") {
		words = rest
	}
	switch strings.ToLower(words) {
	case "":
		return b.awayNow(ctx, r, usage)
	case "back", "off", "no", "over":
		if err := b.store.SetAway(ctx, r.TeamID, r.PersonID, nil, nil); err != nil {
			return chat.Reply{}, err
		}
		return chat.Say("*Welcome back.* Your morning message comes again, when there is something to say."), nil
	case "mornings on", "mornings off":
		return b.setMornings(ctx, r, strings.HasSuffix(strings.ToLower(words), "on"))
	}
	now := b.here(r)
	from, until, err := awayDays(line.Unescape(words), now)
	var p *line.Problem
	if errors.As(err, &p) {
		return chat.Say(b.told(p) + " " + usage), nil
	}
	if err != nil {
		return chat.Reply{}, err
	}
	switch {
	case until.Before(remind.Date(now)):
		return chat.Say(fmt.Sprintf("%s is over. ", until.Format("2 January 2006")) + usage), nil
	case from != nil && until.Before(*from):
		return chat.Say(fmt.Sprintf("%s is before %s. ", until.Format("2 January 2006"), from.Format("2 January 2006")) + usage), nil
	case from != nil && !from.After(remind.Date(now)):
		from = nil // already
	}
	if err := b.store.SetAway(ctx, r.TeamID, r.PersonID, from, &until); err != nil {
		return chat.Reply{}, err
	}
	const last = "Monday 2 January 2006"
	if from != nil {
		return chat.Say(fmt.Sprintf("*Away from %s to %s.* No morning message on these days, nor on the days between; until then they come as always.", from.Format(last), until.Format(last))), nil
	}
	return chat.Say(fmt.Sprintf("*Away until %s.* No morning message up to and including that day; everything else works as always.", until.Format(last))), nil
}

// awayDays reads from when and until when somebody is away: "until 2 March", "for two
// weeks", "from 10 to 20 December", "10-20 December". from is nil where it is from now on.
func awayDays(words string, now time.Time) (from *time.Time, until time.Time, err error) {
	if last, ok := awayFor(words, now); ok {
		return nil, remind.Date(last), nil
	}
	begin, end, ok := awaySpan(words)
	if !ok {
		day, err := line.ParseWhen(words, now)
		return nil, remind.Date(day), err
	}
	_, lasts := awayFor(end, now)
	var last time.Time
	if !lasts {
		if last, _, err = dayBeside(end, begin, now); err != nil {
			return nil, until, err
		}
	}
	first, same, err := dayBeside(begin, end, now)
	if err != nil {
		return nil, until, err
	}
	if lasts { // "from 10 December for two weeks" counts from its first day
		last, _ = awayFor(end, first.AddDate(0, 0, -1))
	} else if last.Before(first) && !same { // a day that comes again after the first: "from 28 December to 6 January"
		if again, err := line.ParseWhen(end, first); err == nil {
			last = again
		}
	}
	start := remind.Date(first)
	return &start, remind.Date(last), nil
}

// dayBeside reads a day whose month may stand with the other one only: the "10" of "10 to
// 20 December"; same tells that it does.
func dayBeside(words, other string, now time.Time) (day time.Time, same bool, err error) {
	day, err = line.ParseWhen(words, now)
	if month := monthBehind.FindString(other); err != nil && month != "" {
		if beside, err := line.ParseWhen(words+" "+month, now); err == nil {
			return beside, true, nil
		}
	}
	return day, false, err
}

var (
	// spans part a time away into its first and its last day.
	spans = [...]*regexp.Regexp{
		regexp.MustCompile(`(?i)^(?:from|between|starting|beginning|on) (.+?) (?:to|until|till|through|thru|and|-|–) (.+)$`),
		regexp.MustCompile(`(?i)^(?:from|starting|beginning) (.+?) (for .+)$`),
		regexp.MustCompile(`(?i)^(\d{1,2}(?:st|nd|rd|th)?) ?(?:to|until|till|-|–) ?(\d{1,2}(?:st|nd|rd|th)? [a-z]+.*)$`),
		regexp.MustCompile(`(?i)^(.*\d.*?) (?:to|until|till|through|thru|-|–) (.*\d.*)$`),
	}
	// monthBehind are the month, and the year, behind a day of a month.
	monthBehind = regexp.MustCompile(`(?i)[a-z]{3,}\.?(?: \d{4})?$`)
)

// awaySpan parts words that name a first and a last day.
func awaySpan(words string) (begin, end string, ok bool) {
	words = strings.Join(strings.Fields(words), " ")
	for _, s := range spans {
		if m := s.FindStringSubmatch(words); m != nil {
			return m[1], m[2], true
		}
	}
	return "", "", false
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
	if me.AwayUntil != nil && me.AwayFrom != nil && me.AwayFrom.After(remind.Date(b.here(r))) {
		const day = "Monday 2 January 2006"
		return chat.Say(fmt.Sprintf("You are here, and away from %s to %s. ", me.AwayFrom.Format(day), me.AwayUntil.Format(day)) + usage), nil
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
