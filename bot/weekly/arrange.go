package weekly

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/digest"
	"cairn/bot/line"
	"cairn/store"
)

// Command arranges a channel's weekly digest, shows what it would say now, or
// ends it: "here mon 9:00 Europe/Berlin", "now", "off", "list", "thanks on".
func (b *Board) Command(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	word, rest, _ := strings.Cut(strings.TrimSpace(r.Text), " ")
	word = strings.ToLower(word)
	if word == "thanks" {
		return b.thanks(ctx, r, rest)
	}
	who, err := b.Store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	if !who.Is(store.Manager) {
		return chat.Say(fmt.Sprintf("Digests are arranged by managers and admins. What they are told stands in the channel, for everybody. Yours to decide: `%s digest thanks on` lets a digest thank you by name for what you gave.", b.Slash("coach"))), nil
	}
	switch word {
	case "now":
		return b.showNow(ctx, r)
	case "off":
		return b.off(ctx, r)
	case "list":
		return b.list(ctx, r)
	case "here", "":
		return b.arrangeHere(ctx, r, rest)
	}
	return b.arrangeHere(ctx, r, r.Text) // "mon 9:00" means here
}

// arrangeHere arranges the digest of the channel in which it is typed.
func (b *Board) arrangeHere(ctx context.Context, r *chat.Request, text string) (chat.Reply, error) {
	if reply := b.noChannel(r); reply != nil {
		return *reply, nil
	}
	a, err := digest.Arrange(text)
	var p *digest.Problem
	if errors.As(err, &p) {
		return chat.Say(blockkit.Escape(p.Sentence) + " " + p.Hint), nil
	}
	reps, reply, err := b.named(ctx, r.TeamID, a.Reps)
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	members, inside, err := b.members(ctx, r.ChannelID)
	if err != nil {
		return chat.Reply{}, err
	}
	if !inside {
		return b.notInside("here"), nil
	}
	sc := store.Schedule{TeamID: r.TeamID, Channel: r.ChannelID, Day: time.Monday, Minute: 9 * 60, Reps: reps,
		Members: members, MembersAt: b.Now(), By: r.PersonID, Dates: "en"}
	if err := b.arrange(ctx, &sc, a); err != nil {
		return chat.Reply{}, err
	}
	w, err := rhythm(sc)
	if err != nil {
		return chat.Reply{}, err
	}
	now := b.Now()
	if sc, err = b.Store.SetSchedule(ctx, sc, func(planned time.Time, posted func(int, int) bool) time.Time {
		return w.Rearrange(planned, now, func(k digest.Week) bool { return posted(k.Year, k.Number) })
	}); err != nil {
		return chat.Reply{}, err
	}
	return chat.Say(fmt.Sprintf("*A digest comes here every %s at %02d:%02d* (%s). The next one: %s. It is about the work of %s.\n%s",
		sc.Day, sc.Minute/60, sc.Minute%60, sc.Zone, sc.NextAt.In(w.Zone).Format("Monday 2 January, 15:04"), b.aboutWords(sc), b.quorumWords(sc))), nil
}

// arrange fills what was not typed: from the channel's schedule if it has one,
// else the zone in which most of its members are.
func (b *Board) arrange(ctx context.Context, sc *store.Schedule, a digest.Arrangement) error {
	was, err := b.Store.Schedule(ctx, sc.TeamID, sc.Channel)
	switch {
	case err == nil:
		sc.Day, sc.Minute, sc.Zone, sc.Dates = was.Day, was.Minute, was.Zone, was.Dates
		if len(a.Reps) == 0 && !a.All {
			sc.Reps = was.Reps
		}
	case !errors.Is(err, store.ErrNotFound):
		return err
	default:
		if sc.Zone, err = b.zoneOfMost(ctx, sc.TeamID, sc.Members, sc.By); err != nil {
			return err
		}
	}
	if a.HasDay {
		sc.Day = a.Day
	}
	if a.HasTime {
		sc.Minute = a.Minute
	}
	if a.Zone != "" {
		sc.Zone = a.Zone
	}
	if a.Dates != "" {
		sc.Dates = a.Dates
	}
	return nil
}

// zoneOfMost is the time zone of most of these people, the asker's own where
// two have as many.
func (b *Board) zoneOfMost(ctx context.Context, team string, members []string, asker string) (string, error) {
	people, err := b.Store.People(ctx, team)
	if err != nil {
		return "", err
	}
	count, own, best := map[string]int{}, "UTC", ""
	for _, p := range people {
		if p.ID == asker {
			own = p.TimeZone
		}
		if slices.Contains(members, p.ID) {
			count[p.TimeZone]++
		}
	}
	best = own
	for zone, n := range count {
		if n > count[best] {
			best = zone
		}
	}
	return best, nil
}

// rhythm is when the digests of a schedule are due.
func rhythm(sc store.Schedule) (digest.Weekly, error) {
	zone, err := time.LoadLocation(sc.Zone)
	if err != nil {
		return digest.Weekly{}, fmt.Errorf("the digest's time zone: %w", err)
	}
	return digest.Weekly{Day: sc.Day, Minute: sc.Minute, Zone: zone}, nil
}

func (b *Board) noChannel(r *chat.Request) *chat.Reply {
	if strings.HasPrefix(r.ChannelID, "C") || strings.HasPrefix(r.ChannelID, "G") {
		return nil
	}
	reply := chat.Say(fmt.Sprintf("Type this in the channel that is to get the digest: `%s digest here mon 9:00 Europe/Berlin`.", b.Slash("coach")))
	return &reply
}

// members asks Slack who belongs to a channel; inside says whether we do.
func (b *Board) members(ctx context.Context, channel string) (people []string, inside bool, err error) {
	cursor := ""
	for {
		page, next, err := b.API.GetUsersInConversationContext(ctx, &slack.GetUsersInConversationParameters{ChannelID: channel, Cursor: cursor, Limit: 200})
		var refused slack.SlackErrorResponse
		if errors.As(err, &refused) && (refused.Err == "channel_not_found" || refused.Err == "not_in_channel") {
			return nil, false, nil
		}
		if err != nil {
			return nil, false, fmt.Errorf("who belongs to the channel: %w", err)
		}
		for _, id := range page {
			if id == b.Self {
				inside = true
			} else {
				people = append(people, id)
			}
		}
		if cursor = next; cursor == "" {
			return people, inside, nil
		}
	}
}

// named finds the people that were typed after "for".
func (b *Board) named(ctx context.Context, team string, typed []string) ([]string, *chat.Reply, error) {
	var ids []string
	for _, t := range typed {
		id, err := b.PersonNamed(ctx, team, t)
		if err != nil {
			return nil, nil, err
		}
		if id == "" {
			reply := chat.Say(fmt.Sprintf("I do not surely know who “%s” is: nobody of that name has written to me yet, or several have. Choose them from the list that Slack shows after an @. Nothing was changed.", blockkit.Escape(blockkit.Truncate(line.Unescape(t), 40))))
			return nil, &reply, nil
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil, nil
}

func (b *Board) aboutWords(sc store.Schedule) string {
	if len(sc.Reps) > 0 {
		return fmt.Sprintf("%d people that you named", len(sc.Reps))
	}
	return "this channel's members"
}

func (b *Board) quorumWords(sc store.Schedule) string {
	if len(sc.About()) < digest.Quorum {
		return fmt.Sprintf("They are fewer than three, so it will say little: a sum over fewer than three people would be about one person. `%s digest now` shows you what it says.", b.Slash("coach"))
	}
	return fmt.Sprintf("`%s digest now` shows you, and only you, what it would say. `%s digest off` ends it.", b.Slash("coach"), b.Slash("coach"))
}

func (b *Board) off(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if reply := b.noChannel(r); reply != nil {
		return *reply, nil
	}
	was, err := b.Store.DropSchedule(ctx, r.TeamID, r.ChannelID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	if !was {
		return chat.Say(fmt.Sprintf("No digest comes here. `%s digest list` names the channels that get one.", b.Slash("coach"))), nil
	}
	return chat.Say("*No digest comes here any more.* Those that were posted stay; `" + b.Slash("coach") + " digest here` brings it back."), nil
}

func (b *Board) list(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	all, err := b.Store.Schedules(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	if len(all) == 0 {
		return chat.Say(fmt.Sprintf("No channel gets a digest yet. Type `%s digest here mon 9:00` in the one that should.", b.Slash("coach"))), nil
	}
	lines := []string{"*Channels with a weekly digest*"}
	for _, sc := range all[:min(len(all), 40)] {
		w, err := rhythm(sc)
		if err != nil {
			return chat.Reply{}, err
		}
		lines = append(lines, fmt.Sprintf("<#%s> · %s %02d:%02d %s · %d people · next %s", sc.Channel, sc.Day, sc.Minute/60, sc.Minute%60,
			sc.Zone, len(sc.About()), sc.NextAt.In(w.Zone).Format("2 January")))
	}
	if len(all) > 40 {
		lines = append(lines, fmt.Sprintf("and %d more", len(all)-40))
	}
	return chat.Say(strings.Join(lines, "\n")), nil
}

func (b *Board) thanks(ctx context.Context, r *chat.Request, word string) (chat.Reply, error) {
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "on":
		return chat.Say("*A digest may thank you by name* when something that you gave was passed on. Nothing else of yours is ever named."), b.Store.SetThanks(ctx, r.TeamID, r.PersonID, true)
	case "off":
		return chat.Say("*No digest names you.*"), b.Store.SetThanks(ctx, r.TeamID, r.PersonID, false)
	}
	return chat.Say(fmt.Sprintf("Type `%s digest thanks on`, or `off`.", b.Slash("coach"))), nil
}
