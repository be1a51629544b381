package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/store"
)

// whoPage is how many contacts one message lists.
const whoPage = 10

// who lists the person's own contacts, all or some of them.
func (b *Bot) who(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	f := store.Filter{Kind: store.Everyone, Journey: model.Name(), Now: b.here(r), Limit: whoPage + 1}
	word := strings.ToLower(strings.TrimSpace(line.Unescape(r.Text)))
	title := "*Your contacts*"
	if word != "" {
		stage, isStage := stageNamed(model, word)
		company, isCompany := strings.CutPrefix(word, "@")
		if !isCompany {
			company, isCompany = strings.CutPrefix(word, "at ")
		}
		switch {
		case word == "csv" || word == "file":
			return b.whoCSV(ctx, r)
		case isCompany && company != "":
			f.Company = company
			title = "*Your contacts at " + blockkit.Escape(blockkit.Truncate(company, 40)) + "*"
		case slices.Contains([]string{store.Waiting, store.Due, store.Ready, store.Quiet}, word):
			f.Kind = word
			title = "*Your contacts: " + word + "*"
		case isStage:
			f.Kind, f.Stage = store.AtStage, stage.Name
			title = "*Your contacts at " + stage.Title + "*"
		default:
			return chat.Say(fmt.Sprintf("I cannot list “%s”. Type `%s who` alone, or with waiting, due, ready, quiet, @company, csv, or a stage: %s.",
				blockkit.Escape(blockkit.Truncate(word, 40)), b.slash("coach"), stageNames(model))), nil
		}
	}
	return b.listed(ctx, r, f, title)
}

// listed draws one page of a list, with a button to each card and to the next page.
func (b *Bot) listed(ctx context.Context, r *chat.Request, f store.Filter, title string) (chat.Reply, error) {
	all, err := b.store.Mine(ctx, r.TeamID, r.PersonID, f)
	if err != nil {
		return chat.Reply{}, err
	}
	if len(all) == 0 {
		return chat.Say(title + "\nNobody just now."), nil
	}
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	more := len(all) > whoPage
	if more {
		all = all[:whoPage]
	}
	blocks := []slack.Block{blockkit.Section(title)}
	for _, l := range all {
		l.Why = f.Kind
		text := fmt.Sprintf("*%s* · %s · %s", blockkit.Escape(l.Full()), stageWord(model, l.Stage), b.whyListed(l, r))
		blocks = append(blocks, slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, blockkit.Truncate(text, blockkit.MaxSection), false, false), nil,
			slack.NewAccessory(blockkit.Button(fmt.Sprintf("card:%d", l.ID), "Card", fmt.Sprint(l.ID)))))
	}
	var turn []*slack.ButtonBlockElement
	page := func(offset int) string {
		return fmt.Sprintf("%s|%s|%d|%s", f.Kind, f.Stage, offset, blockkit.Truncate(f.Company, 200))
	}
	if f.Offset > 0 {
		turn = append(turn, blockkit.Button("who:back", "Previous ten", page(max(0, f.Offset-whoPage))))
	}
	if more {
		turn = append(turn, blockkit.Button("who:on", "Next ten", page(f.Offset+whoPage)))
	}
	if len(turn) > 0 {
		blocks = append(blocks, blockkit.Actions("more", turn...))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(title), Blocks: blocks}}, nil
}

// pressWho turns to the next page.
func (b *Bot) pressWho(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	parts := strings.SplitN(r.Action.Value, "|", 4)
	if len(parts) != 4 {
		return chat.Reply{}, chat.ErrValue
	}
	offset, err := chat.Numbers(parts[2], 1)
	if err != nil {
		return chat.Reply{}, err
	}
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	f := store.Filter{Kind: parts[0], Stage: parts[1], Company: parts[3], Journey: model.Name(), Now: b.here(r), Offset: int(offset[0]), Limit: whoPage + 1}
	return b.listed(ctx, r, f, fmt.Sprintf("*Your contacts*, from number %d", f.Offset+1))
}

// whyListed says what about a contact matters in this list.
func (b *Bot) whyListed(l store.Listed, r *chat.Request) string {
	now := b.here(r)
	switch l.Why {
	case store.Waiting:
		left := ""
		if !l.Until.IsZero() {
			left = ", left until " + english.Day(l.Until, now)
		}
		return "asked, or let you write, " + english.Day(l.Since, now) + left + "; nothing given back since"
	case store.Due:
		if l.Due != nil {
			return blockkit.Escape(l.Step) + ", " + english.Due(*l.Due, now)
		}
	case store.Ready:
		return fmt.Sprintf("given %d, asked %d: an ask is earned", l.Given, l.Asked)
	case store.Quiet:
		if !l.Since.IsZero() {
			return "quiet; last heard " + english.Day(l.Since, now)
		}
	}
	if l.LastAt.IsZero() {
		return "no note yet"
	}
	return "last note " + english.Day(l.LastAt, now)
}
