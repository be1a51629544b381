package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"cairn/store"
)

// homeLines is how many contacts each part of Home lists.
const homeLines = 5

// home draws the person's Home tab: who waits, whose step is due, who is
// ready to be asked, who has gone quiet.
func (b *Bot) home(ctx context.Context, r *Request) error {
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return err
	}
	parts := []struct{ kind, title, empty string }{
		{store.Waiting, "Waiting for you", "Nobody waits for an answer of yours."},
		{store.Due, "Due", "No step is due."},
		{store.Ready, "Ready to be asked", "Nobody yet. Give something first; an ask is earned by giving."},
		{store.Quiet, "Gone quiet", "Nobody has gone quiet."},
	}
	var blocks []slack.Block
	for _, p := range parts {
		found, err := b.store.Mine(ctx, r.TeamID, r.PersonID, store.Filter{Kind: p.kind, Journey: model.Name(), Now: b.cfg.Now(), Limit: homeLines})
		if err != nil {
			return err
		}
		blocks = append(blocks, slack.NewHeaderBlock(plainText(p.title)))
		if len(found) == 0 {
			blocks = append(blocks, small(p.empty))
		}
		for _, l := range found {
			l.Why = p.kind
			text := fmt.Sprintf("*%s* · %s\n%s", esc(l.Full()), stageTitle(model, l.Stage), b.whyListed(l, r))
			blocks = append(blocks, slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, cut(text, maxSection), false, false), nil,
				slack.NewAccessory(button(fmt.Sprintf("card:%s:%d", p.kind, l.ID), "Card", fmt.Sprint(l.ID)))))
		}
	}
	blocks = append(blocks, slack.NewDividerBlock(), small(strings.Join([]string{
		"Only you see this page.", fmt.Sprintf("One line after a talk keeps it true: `%s Dana Ruiz, Acme: what happened`.", b.slash("log"))}, " ")),
		buttons("home", button("log", "Log a talk", "new")))
	_, err = b.cfg.API.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: r.PersonID,
		View: slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}})
	return err
}
