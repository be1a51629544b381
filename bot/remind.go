package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/bot/remind"
	"cairn/bot/suggest"
	"cairn/store"
)

// toldSince is how far back it is looked up what somebody was told; longer
// than anything rests.
const toldSince = 35 * 24 * time.Hour

// reminderPrompt is the wording of a line of the morning message.
const reminderPrompt = "reminder-line"

// mornings sends each person their private morning message, if it is their
// morning and there is something to say. One person's trouble does not keep
// the others waiting: it is tried again a minute later.
func (b *Bot) mornings(ctx context.Context, now time.Time) error {
	all, err := b.store.Mornings(ctx, b.team)
	if err != nil {
		return err
	}
	var errs []error
	for _, m := range all {
		p := morningOf(m)
		day, ok := remind.Today(now, p)
		if !ok || !day.After(m.Last) {
			continue
		}
		if err := b.morning(ctx, m, day, now); err != nil {
			errs = append(errs, fmt.Errorf("person %s: %w", m.ID, err))
		}
	}
	return errors.Join(errs...)
}

func morningOf(m store.Morning) remind.Person {
	p := remind.Person{Zone: m.Location(), Off: m.Off}
	if m.AwayUntil != nil {
		p.AwayUntil = *m.AwayUntil
	}
	return p
}

// whenBack looks up what decides when the author is told of steps of theirs, where a
// receipt that is read anew names one with a day.
func (b *Bot) whenBack(ctx context.Context, r *chat.Request, rec *receipt) error {
	if !slices.ContainsFunc(rec.Steps, func(s store.Step) bool { return s.Whose == string(line.Theirs) && s.Due != nil }) {
		return nil
	}
	m, err := b.store.MorningOf(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return err
	}
	p := morningOf(m)
	rec.Morning = &p
	return nil
}

// comesBack says when the morning message brings a step of theirs back. Whoever
// left is come back to on the day itself, which is said with what to give.
func (r receipt) comesBack(s store.Step) string {
	here, _ := placeOn(r.Places, journey.Default)
	if s.Whose != string(line.Theirs) || s.Due == nil || r.Morning == nil || r.isSooner(s) || here.DoNotContact || here.Status == suggest.StatusLeft {
		return ""
	}
	day, ok := remind.After(*s.Due, r.Now, *r.Morning)
	if !ok || !day.Before(remind.Date(*s.Due).AddDate(0, 0, store.StepLife)) {
		return ""
	}
	when := strings.TrimPrefix(english.Due(day, r.Now), "due ")
	if when != "today" && when != "tomorrow" {
		when = "on " + when
	}
	return fmt.Sprintf(" Unless a note settles it, the morning message brings it back %s.", when)
}

// isSooner reports whether another step of theirs is due before s: the message
// speaks of one for each contact.
func (r receipt) isSooner(s store.Step) bool {
	return slices.ContainsFunc(r.Steps, func(o store.Step) bool {
		return o.Whose == s.Whose && o.Due != nil && remind.Date(*o.Due).Before(remind.Date(*s.Due))
	})
}

// morning decides about one person's day. The decision and the message stand
// in one transaction, so that nobody is told twice over any number of replicas.
func (b *Bot) morning(ctx context.Context, m store.Morning, day, now time.Time) error {
	// a request like any of theirs, in whose name suggestions are made
	r := &chat.Request{}
	r.TeamID, r.PersonID = m.TeamID, m.ID
	lines, left, err := b.morningLines(ctx, r, m.Person, day, now)
	if err != nil {
		return err
	}
	told := make([]remind.Told, len(lines))
	var blocks []slack.Block
	var text []string
	for i, l := range lines {
		told[i] = remind.Told{Contact: l.Contact, Kind: l.Kind, Since: l.Since}
		text = append(text, l.text)
		blocks = append(blocks, l.blocks()...)
	}
	kept, err := json.Marshal(told)
	if err != nil {
		return err
	}
	rem := store.Reminder{TeamID: m.TeamID, PersonID: m.ID, Day: day, Lines: kept}
	if len(lines) == 0 {
		_, err := b.store.Remind(ctx, rem, nil)
		return err
	}
	head := "*This morning* · only you see this"
	blocks = append([]slack.Block{blockkit.Section(head)}, blocks...)
	if left.Steps > 0 {
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("Due as well: %s more, see `%s who due`.", english.Plural(left.Steps, "step"), b.slash("coach"))))
	}
	if left.Waiting > 0 {
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("Waiting as well: %d more, see `%s who waiting`.", left.Waiting, b.slash("coach"))))
	}
	blocks = append(blocks, blockkit.Context(fmt.Sprintf("Any note about somebody settles their line. Away? `%s away until 2 March`.", b.slash("coach"))),
		blockkit.Actions("mornings", blockkit.Button("mornings_off", "No morning messages", "off")))
	p, err := post.ToPerson(m.TeamID, m.ID, fmt.Sprintf("remind:%s:%s", m.ID, day.Format(time.DateOnly)),
		post.Message{Text: blockkit.Fallback(head + "\n" + strings.Join(text, "\n")), Blocks: blocks})
	if err != nil {
		return err
	}
	if fresh, err := b.store.Remind(ctx, rem, &p); err != nil || !fresh {
		return err
	}
	b.poster.Kick()
	return nil
}

// morningLine is one person in the message.
type morningLine struct {
	remind.Item
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
	items, steps, err := b.morningItems(ctx, r, p, day, now)
	if err != nil {
		return nil, left, err
	}
	before, err := b.store.Reminders(ctx, r.TeamID, r.PersonID, day.Add(-toldSince))
	if err != nil {
		return nil, left, err
	}
	var told []remind.Told
	for _, rem := range before {
		var some []remind.Told
		if err := json.Unmarshal(rem.Lines, &some); err != nil {
			return nil, left, err
		}
		for _, t := range some {
			t.Day = rem.Day
			told = append(told, t)
		}
	}
	chosen, left := remind.Choose(day, items, told)
	for _, it := range chosen {
		l, err := b.morningLine(ctx, r, it, steps[it.Contact], day, now.In(p.Location()))
		if err != nil {
			return nil, left, err
		}
		lines = append(lines, l)
	}
	return lines, left, nil
}

// morningItems gathers all that might be said.
func (b *Bot) morningItems(ctx context.Context, r *chat.Request, p store.Person, day, now time.Time) ([]remind.Item, map[int64]store.StepDue, error) {
	zone := p.Location()
	var items []remind.Item
	for list, kind := range map[string]remind.Kind{store.Waiting: remind.Waiting, store.Quiet: remind.Quiet, store.Ready: remind.Ready} {
		found, err := b.store.Mine(ctx, r.TeamID, r.PersonID, store.Filter{Kind: list, Now: now.In(zone), Limit: 50})
		if err != nil {
			return nil, nil, err
		}
		for _, l := range found {
			if kind == remind.Waiting {
				if rests, err := b.rests(ctx, r, l.ID); err != nil {
					return nil, nil, err
				} else if rests {
					continue // a note says to leave them be: nobody waits for us
				}
			}
			if kind == remind.Ready {
				if ask, err := b.askOf(ctx, r, l.ID, now.In(zone)); err != nil {
					return nil, nil, err
				} else if ask == "" {
					continue // more was given than asked, and yet it is not the time
				}
			}
			it := remind.Item{Contact: l.ID, Kind: kind, LastAt: remind.Date(l.LastAt.In(zone))}
			if it.Since = it.LastAt; !l.Since.IsZero() {
				it.Since = remind.Date(l.From().In(zone))
			}
			items = append(items, it)
		}
	}
	through := day
	for next := day.AddDate(0, 0, 1); !remind.Working(next); next = next.AddDate(0, 0, 1) {
		through = next // what we promised for the weekend is told of on Friday
	}
	due, err := b.store.StepsDue(ctx, r.TeamID, r.PersonID, day, through, now.In(zone))
	if err != nil {
		return nil, nil, err
	}
	steps := map[int64]store.StepDue{}
	for _, d := range due {
		if _, twice := steps[d.ContactID]; !twice {
			steps[d.ContactID] = d
			items = append(items, remind.Item{Contact: d.ContactID, Kind: remind.Due, Since: *d.Due, LastAt: remind.Date(d.LastAt.In(zone))})
		}
	}
	return items, steps, nil
}

// rests reports whether a note tells to send a contact nothing now.
func (b *Bot) rests(ctx context.Context, r *chat.Request, contact int64) (bool, error) {
	c, err := b.store.Contact(ctx, r.TeamID, contact)
	if err != nil {
		return false, err
	}
	g, err := b.suggest(ctx, r, c)
	return strings.HasPrefix(g.Silent, string(suggest.SilentResting)+":"), err
}

// morningLine says why somebody is spoken of, and what to give them; here is the
// present moment in the person's zone.
func (b *Bot) morningLine(ctx context.Context, r *chat.Request, it remind.Item, step store.StepDue, day, here time.Time) (morningLine, error) {
	l := morningLine{Item: it}
	c, err := b.store.Contact(ctx, r.TeamID, it.Contact)
	if err != nil {
		return l, err
	}
	promise, ask := it.Kind == remind.Due && step.Whose == "us" && !step.Left, ""
	var done []int64
	if promise { // what goes with a step that is being done
		done = append(done, step.ID)
	}
	g, err := b.lastOrNew(ctx, r, c, done...)
	if err != nil {
		return l, err
	}
	if err := b.withGap(ctx, r, &g); err != nil {
		return l, err
	}
	pick, give := g.Now()
	// where something is asked nothing is given
	if it.Kind == remind.Ready {
		if ask, err = b.askOf(ctx, r, c.ID, here); err != nil {
			return l, err
		}
	}
	if it.Kind == remind.Ready {
		pick, give = store.Pick{}, false
	}
	if give && g.ID == 0 {
		if g.ID, err = b.store.AddSuggestion(ctx, r.TeamID, g); err != nil {
			return l, err
		}
	}
	use, ok := b.live.Prompt(r.TeamID, reminderPrompt, r.PersonID, c.ID)
	if !ok {
		return l, errors.New("the wording reminder-line is missing")
	}
	if l.text, err = use.Prompt.RenderText(reminderVars(c, it, step, day, pick)); err != nil {
		return l, err
	}
	b.used(ctx, r.TeamID, r.PersonID, c.ID, use, "reminder")
	sent := blockkit.Button(fmt.Sprintf("sent_morning:%d", c.ID), "I sent it", fmt.Sprintf("%d %d 0", g.ID, pick.ContentID))
	if give {
		l.text = strings.Replace(l.text, blockkit.Escape(pick.Title), blockkit.Link(pick.URL, pick.Title), 1)
	}
	l.button = blockkit.Button(fmt.Sprintf("card:morning:%d", c.ID), "Card", fmt.Sprint(c.ID))
	switch {
	case it.Kind == remind.Ready:
		l.text += " " + english.Upper(ask)
		l.button = blockkit.Button(fmt.Sprintf("ask_morning:%d", c.ID), "I asked", fmt.Sprint(c.ID))
	case promise:
		l.button = blockkit.Button(fmt.Sprintf("done_morning:%d", c.ID), "Done", fmt.Sprint(step.ID))
		if give {
			l.second = sent
		} else {
			l.text += " " + strings.ReplaceAll(nothingLine(g), "*", "")
		}
	case give:
		l.button = sent
	default:
		l.text += " " + strings.ReplaceAll(nothingLine(g), "*", "")
	}
	return l, nil
}

// reminderVars are the inputs of reminder-line for somebody who is spoken of.
func reminderVars(c store.Contact, it remind.Item, step store.StepDue, day time.Time, pick store.Pick) map[string]any {
	vars := map[string]any{"contact": c.Full(), "waiting": it.Kind == remind.Never || it.Kind == remind.Waiting, "due": it.Kind == remind.Due,
		"quiet": it.Kind == remind.Quiet, "ready": it.Kind == remind.Ready, "since": daysWord(it.Since, day), "step": "", "title": pick.Title}
	if it.Kind == remind.Due {
		vars["step"], vars["since"] = stepOf(step), strings.TrimPrefix(english.Due(it.Since, day), "due ")
	}
	return vars
}

// askOf is what may be asked of a contact now, and how to put it; empty where
// nothing may.
func (b *Bot) askOf(ctx context.Context, r *chat.Request, contact int64, now time.Time) (string, error) {
	past, err := b.store.Past(ctx, r.TeamID, contact)
	if err != nil || coach.Complains(past.Recent) {
		return "", err
	}
	return mayAsk(past.Ledger, past.Places, now), err
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

// pressSentMorning records the item of a line as given and leaves the other
// lines where they are.
func (b *Bot) pressSentMorning(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	reply, err := b.pressSent(ctx, r)
	reply.Beside = true
	return reply, err
}
