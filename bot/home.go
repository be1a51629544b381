package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/digest"
	"cairn/bot/journey"
	"cairn/bot/workshop"
	"cairn/store"
)

// homeLines is how many contacts each part of Home lists.
const homeLines = 5

// ledgerBack is how far back one's own ledger on Home counts.
const ledgerBack = 12 * 7 * 24 * time.Hour

// home draws the person's Home tab: who waits, whose step is due, who is
// ready to be asked, who has gone quiet, each with the one thing to do about
// it; for managers the team's pyramid, for editors the library and the prompts.
func (b *Bot) home(ctx context.Context, r *chat.Request) error {
	blocks, err := b.homeBlocks(ctx, r)
	if err != nil {
		return err
	}
	return b.publish(ctx, r, blocks)
}

func (b *Bot) publish(ctx context.Context, r *chat.Request, blocks []slack.Block) error {
	_, err := b.cfg.API.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: r.PersonID,
		View: slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}})
	return err
}

// emptyHome says on a Home on which nothing stands yet that it could not be drawn, and by message
// where Slack does not take that either. What was drawn before is worth more than such words.
func (b *Bot) emptyHome(r *chat.Request, otherwise chat.Reply, id string) {
	ctx, cancel := context.WithTimeout(context.Background(), answerBy)
	defer cancel()
	err := b.publish(ctx, r, []slack.Block{blockkit.Section("*I cannot draw this page just now.* Nothing is lost by that. Open it once more in a minute. (" + id + ")")})
	if err != nil {
		b.cfg.Log.Warn("nothing could be said on an empty Home", "id", id, "person", r.PersonID, "error", err)
		b.send(r, otherwise)
	}
}

func (b *Bot) homeBlocks(ctx context.Context, r *chat.Request) ([]slack.Block, error) {
	who, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return nil, err
	}
	_, stages := digest.ReadyAt()
	now := b.here(r)
	v, err := b.store.Home(ctx, r.TeamID, r.PersonID, journey.Default, stages, now, now.Add(-ledgerBack), homeLines)
	if err != nil {
		return nil, err
	}
	var blocks []slack.Block
	if v.Contacts > 0 || !who.Is(store.Manager) && !who.Is(store.Editor) {
		blocks = b.homeMine(r, v)
	}
	if who.Is(store.Manager) {
		blocks = append(blocks, b.homeTeam(ctx, r)...)
	}
	if who.Is(store.Editor) {
		more, err := b.homeEditor(ctx, r)
		if err != nil {
			return nil, err
		}
		blocks = append(blocks, more...)
	}
	log := blockkit.Button("log", "Log a talk", "new")
	log.Style = slack.StylePrimary
	return append(blocks, slack.NewDividerBlock(), blockkit.Actions("home", log, blockkit.Button("home_fresh", "Refresh", "now"), blockkit.Button("who_csv", "My contacts as a file", "mine")),
		blockkit.Context("Your contacts and your ledger are shown to you alone.")), nil
}

// homeParts are the lists, each with what its emptiness teaches.
var homeParts = []struct{ kind, title, empty, do string }{
	{store.Due, "Due by today", "No step is due. End a line with “will ask IT by Friday”, and I bring it back: a promise of yours on its day, a step of theirs on the working day after.", "Done"},
	{store.Waiting, "Waiting for you", "Nobody else waits for you. Who asks you something, or lets you write, stands here until you have given them something, unless they stand above.", "Give next"},
	{store.Ready, "Ready to be asked", "Nobody else. An ask is earned by giving: who has had more from you than you asked stands here, unless they stand above.", "Ask"},
	{store.Quiet, "Gone quiet", "Nobody has gone quiet.", "Give next"},
}

func (b *Bot) homeMine(r *chat.Request, v store.HomeView) []slack.Block {
	if v.Contacts == 0 {
		return []slack.Block{slack.NewHeaderBlock(blockkit.PlainText("Your first line")),
			blockkit.Section(fmt.Sprintf("After your next talk type one line, in any channel:\n`%s Dana Ruiz, Acme: call, asked about the audit trail, will ask IT by Friday`\nI record it, say where Dana stands and why, and name the one thing worth giving next. From then on this page tells who waits for you.", b.slash("log")))}
	}
	var blocks []slack.Block
	for _, p := range homeParts {
		title := p.title
		if n := v.All[p.kind]; n > homeLines {
			title = fmt.Sprintf("%s (%d of %d)", p.title, homeLines, n)
		}
		blocks = append(blocks, slack.NewHeaderBlock(blockkit.PlainText(title)))
		if v.All[p.kind] == 0 {
			blocks = append(blocks, blockkit.Context(p.empty))
		}
		for _, l := range v.Lines {
			if l.Kind == p.kind {
				blocks = append(blocks, b.homeLine(r, l, p.do))
			}
		}
	}
	text := fmt.Sprintf("*Your ledger, twelve weeks*: given %d, asked %d, came back %d.", v.Given, v.Asked, v.Got)
	return append(blocks, slack.NewDividerBlock(), blockkit.Section(text))
}

// homeLine is one contact with the one thing to do.
func (b *Bot) homeLine(r *chat.Request, l store.HomeLine, do string) slack.Block {
	text := fmt.Sprintf("*%s* · %s", blockkit.Escape(blockkit.Truncate(l.Full(), 80)), b.whyListed(l.Listed, r))
	id, value := "home_give", fmt.Sprint(l.ID)
	switch l.Kind {
	case store.Due:
		id, value = "home_done", fmt.Sprint(l.StepID)
	case store.Ready:
		id = "home_ask"
	}
	return slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, blockkit.Truncate(text, blockkit.MaxSection), false, false), nil,
		slack.NewAccessory(blockkit.Button(fmt.Sprintf("%s:%d", id, l.ID), do, value)))
}

// teamPatience is how long Home waits for the team's figures.
const teamPatience = 1200 * time.Millisecond

// homeTeam is the team's pyramid with the week's arrows. A team too large to
// be added up in time gets its page all the same.
func (b *Bot) homeTeam(ctx context.Context, r *chat.Request) []slack.Block {
	ctx, cancel := context.WithTimeout(ctx, teamPatience)
	defer cancel()
	head := slack.NewHeaderBlock(blockkit.PlainText("The team, these seven days"))
	people, err := b.store.People(ctx, r.TeamID)
	var f digest.Figures
	if err == nil {
		var reps []string
		for _, p := range people {
			reps = append(reps, p.ID)
		}
		now := b.here(r)
		err = b.store.Weigh(ctx, func(q store.Weighing) error {
			name, models, err := b.weekly.WeighedOn(ctx, q, r.TeamID)
			if err != nil {
				return err
			}
			f, err = digest.Pyramid(ctx, q, store.Scope{Team: r.TeamID, Journey: name, Reps: reps, From: now.AddDate(0, 0, -7), To: now}, models)
			return err
		})
	}
	if err != nil {
		b.grumble(ctx, "the pyramid of Home", err)
		return []slack.Block{head, blockkit.Context(fmt.Sprintf("It could not be added up in time. `%s digest now`, typed in the team's channel, shows it.", b.slash("coach")))}
	}
	return []slack.Block{head, blockkit.Section("```" + pyramidText(f) + "```"),
		blockkit.Context("▲ came up in seven days, ▼ went back. – stands for a sum over fewer than three of you, or one that would tell it. Nobody is ranked here.")}
}

// pyramidText draws the stages one below the other, the highest first.
func pyramidText(f digest.Figures) string {
	wide := 0
	for _, s := range f.Stands {
		wide = max(wide, len([]rune(s.Title)))
	}
	num := func(s digest.Sum) string {
		if s.Hidden {
			return "–"
		}
		return fmt.Sprint(s.N)
	}
	var lines []string
	for _, s := range f.Stands {
		line := fmt.Sprintf("%s%s %5s", s.Title, strings.Repeat(" ", wide-len([]rune(s.Title))), num(s.Here))
		if s.In.Hidden || s.In.N > 0 {
			line += "  ▲ " + num(s.In)
		}
		if s.Out.Hidden || s.Out.N > 0 {
			line += "  ▼ " + num(s.Out)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// homeEditor is what the content team has to do: gaps, stale items, and which
// prompts of theirs are at work.
func (b *Bot) homeEditor(ctx context.Context, r *chat.Request) ([]slack.Block, error) {
	blocks := []slack.Block{slack.NewHeaderBlock(blockkit.PlainText("The library and the prompts"))}
	waits, err := b.library.Waits(ctx, r)
	if err != nil {
		return nil, err
	}
	blocks = append(blocks, waits...)
	var live []string
	standing := b.live.Standing(r.TeamID)
	standing = slices.DeleteFunc(standing, func(s workshop.Standing) bool { return s.Kind.FromRows() })
	for _, s := range standing {
		if s.Labels.Live > 0 {
			live = append(live, fmt.Sprintf("%s version %d", b.desk.Title(s.File), s.Labels.Live))
		}
	}
	text := fmt.Sprintf("*Prompts at work*: all %d as they came with Cairn. `%s prompts` changes them.", len(standing), b.slash("coach"))
	if len(live) > 0 {
		text = "*Prompts at work*: " + strings.Join(live[:min(len(live), 6)], ", ") + "; the others as they came with Cairn."
	}
	return append(blocks, blockkit.Section(text)), nil
}
