package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/prompts"
	"cairn/store"
)

// promptPublish makes the draft live.
func (b *Bot) promptPublish(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	labels, err := b.store.PromptLabels(ctx, r.TeamID, file)
	switch {
	case err != nil:
		return chat.Reply{}, err
	case labels.Draft == 0 && labels.Other > 0:
		return b.splitFigures(ctx, r, file, labels, fmt.Sprintf("*There is no other draft: version %d is live for %d %% of the contacts.* End the split and say which one stays.", labels.Other, labels.Share))
	case labels.Draft == 0:
		return b.noDraft(file), nil
	case labels.Other > 0:
		return b.splitFigures(ctx, r, file, labels, "*Two versions are live.* End the split first, and say which one stays.")
	}
	return b.askStep(ctx, r, file, stepFrom(store.PromptPublish, labels, labels.Draft, 0), reasonOf(r.Text))
}

// reasonOf is the reason that was typed.
func reasonOf(text string) string {
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "because"))
}

func (b *Bot) publishNow(ctx context.Context, r *chat.Request, seen store.PromptLabels, reason string) (chat.Reply, error) {
	file := seen.File
	if kind, _ := workshop.KindOf(file); kind.FromRows() {
		return b.publishShelf(ctx, r, seen, reason)
	}
	done, err := b.movePrompt(ctx, r, file, store.PromptChange{Kind: store.PromptPublish, Seen: seen,
		Next: store.PromptLabels{Live: seen.Draft}, Reason: reason})
	if err != nil || !done.ok {
		return done.reply, err
	}
	return b.nowLive(file, seen, seen.Draft, fmt.Sprintf("*Published: version %d of %s is live.* It took the place of %s.%s", seen.Draft, b.title(file), b.versionWord(file, seen.Live), done.trials)), nil
}

// nowLive tells that a version is live for everybody, with the way back.
func (b *Bot) nowLive(file string, was store.PromptLabels, live int, head string) chat.Reply {
	name := workshop.Name(file)
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(head),
		blockkit.Actions("prompt", blockkit.Button("prompt:back", "Back to "+b.versionWord(file, was.Live), fmt.Sprintf("rollback %s to %d seen %d", name, was.Live, live)), blockkit.Button("prompt:log", "Log", "log "+name))}}}
}

// lastLive is how many versions a rollback offers.
const lastLive = 5

// promptRollback lists the last versions that were live, each with a button;
// "to 3" goes back at once where everybody had it before.
func (b *Bot) promptRollback(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	labels, err := b.store.PromptLabels(ctx, r.TeamID, file)
	if err != nil {
		return chat.Reply{}, err
	}
	what, reason, _ := strings.Cut(r.Text, "because")
	to, ok := numberAfter(what, "to")
	if !ok {
		to, ok = numberIn(what)
	}
	if !ok {
		return b.versions(ctx, r, file, labels)
	}
	if seen, ok := numberAfter(what, "seen"); ok {
		labels.Live = seen
	}
	return b.rollbackTo(ctx, r, labels, to, strings.TrimSpace(reason))
}

// rollbackTo goes back to a version that was live. What only a share of the
// contacts got was never agreed on for everybody: it takes a reason and the figures.
func (b *Bot) rollbackTo(ctx context.Context, r *chat.Request, labels store.PromptLabels, to int, reason string) (chat.Reply, error) {
	file, name := labels.File, workshop.Name(labels.File)
	kind, _ := workshop.KindOf(file)
	switch {
	case to == labels.Live && kind.FromRows():
		return chat.Say(fmt.Sprintf("%s stands already.", english.Upper(b.wasLiveWord(file, to)))), nil
	case to == labels.Live && labels.Other == 0:
		return chat.Say(fmt.Sprintf("%s of %s is live already.", english.Upper(b.versionWord(file, to)), b.title(file))), nil
	case to == labels.Live:
		return b.endSplit(ctx, r, labels, to, reason)
	case kind.FromRows():
		return b.rollbackShelf(ctx, r, labels, to)
	case labels.Other > 0 && to == labels.Other:
		return b.askStep(ctx, r, file, stepFrom(store.PromptStop, labels, to, 0), reason)
	}
	was, err := b.store.PromptWasLive(ctx, r.TeamID, file)
	if err != nil {
		return chat.Reply{}, err
	}
	at := slices.IndexFunc(was, func(m store.PromptMove) bool { return m.To == to })
	if at < 0 {
		listed := fmt.Sprintf("`%s prompts rollback %s` lists those that were live", b.slash("coach"), name)
		if _, err := b.store.PromptVersion(ctx, r.TeamID, file, to); errors.Is(err, store.ErrNotFound) {
			return chat.Say(fmt.Sprintf("There is no version %d of %s. %s.", to, b.title(file), listed)), nil
		} else if err != nil {
			return chat.Reply{}, err
		}
		return chat.Say(fmt.Sprintf("Version %d of %s was never live. %s; `%s prompts edit %s %d` makes a draft of it.", to, b.title(file), listed, b.slash("coach"), name, to)), nil
	}
	var unfit prompts.Problems
	if _, err := b.piece(ctx, r.TeamID, file, to); errors.As(err, &unfit) {
		return chat.Say(fmt.Sprintf("Version %d of %s is one that I can use no more. `%s prompts rollback %s` lists those that were live.", to, b.title(file), b.slash("coach"), name)), nil
	} else if err != nil {
		return chat.Reply{}, err
	}
	if was[at].Share > 0 {
		return b.askStep(ctx, r, file, stepFrom(store.PromptRollback, labels, to, 0), reason)
	}
	return b.rollbackNow(ctx, r, labels, to, reason)
}

func (b *Bot) rollbackNow(ctx context.Context, r *chat.Request, labels store.PromptLabels, to int, reason string) (chat.Reply, error) {
	file := labels.File
	done, err := b.movePrompt(ctx, r, file, store.PromptChange{Kind: store.PromptRollback, Seen: labels, Next: store.PromptLabels{Live: to, Draft: labels.Draft}, Reason: blockkit.Truncate(reason, 300)})
	if err != nil || !done.ok {
		return done.reply, err
	}
	text := fmt.Sprintf("*Rolled back: %s of %s is live again*, for everybody.", b.versionWord(file, to), b.title(file))
	if labels.Other > 0 {
		return chat.Say(fmt.Sprintf("%s That ended the split: version %d was live for %d %% of the contacts. It and %s are kept.%s", text, labels.Other, labels.Share, b.versionWord(file, labels.Live), done.trials)), nil
	}
	return chat.Say(fmt.Sprintf("%s %s is kept.%s", text, english.Upper(b.versionWord(file, labels.Live)), done.trials)), nil
}

// versions lists what was live, the latest first.
func (b *Bot) versions(ctx context.Context, r *chat.Request, file string, labels store.PromptLabels) (chat.Reply, error) {
	was, err := b.store.PromptWasLive(ctx, r.TeamID, file)
	if err != nil {
		return chat.Reply{}, err
	}
	names, err := b.names(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	name := workshop.Name(file)
	head := fmt.Sprintf("*Versions of %s*\nLive: %s%s.", b.title(file), b.standsWord(r, file, labels.Live), draftWord(labels.Draft))
	if labels.Other > 0 {
		head = fmt.Sprintf("*Versions of %s*\nTwo are live: %s, and version %d for %d %% of the contacts%s. Going back to one of them ends the split.", b.title(file), b.versionWord(file, labels.Live), labels.Other, labels.Share, draftWord(labels.Draft))
	}
	if kind, _ := workshop.KindOf(file); kind.FromRows() {
		head = shelfVersionsHead(b.title(file), labels)
	}
	blocks := []slack.Block{blockkit.Section(head)}
	shown := 0
	for _, m := range was {
		if m.To == labels.Live && labels.Other == 0 {
			continue
		}
		if shown++; shown > lastLive {
			blocks = append(blocks, blockkit.Context(fmt.Sprintf("Earlier ones can be named: `%s prompts rollback %s to 0` is %s, and `%s prompts log %s live` tells the numbers of others.", b.slash("coach"), name, b.versionWord(file, 0), b.slash("coach"), name)))
			break
		}
		blocks = append(blocks, slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, b.wasLiveLine(r, m, labels, names), false, false), nil,
			slack.NewAccessory(blockkit.Button(fmt.Sprintf("prompt:back%d", m.To), "Back to this", fmt.Sprintf("rollback %s to %d seen %d", name, m.To, labels.Live)))))
	}
	if len(blocks) == 1 {
		blocks = append(blocks, blockkit.Context("Nothing else was ever live."))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: blocks}}, nil
}

// shelfVersionsHead stands above what was published of the library.
func shelfVersionsHead(title string, labels store.PromptLabels) string {
	stands := "Nothing of it stands: the library is what forms and imports made of it"
	if labels.Live > 0 {
		stands = fmt.Sprintf("The last that stands is version %d", labels.Live)
	}
	return fmt.Sprintf("*What was published of %s*\n%s%s. Going back undoes, item by item, what was published since; what a form changed after that stays, and you are told.", title, stands, draftWord(labels.Draft))
}

// wasLiveLine tells of a version since when it was live, for whom, and who did that.
func (b *Bot) wasLiveLine(r *chat.Request, m store.PromptMove, labels store.PromptLabels, names chat.Names) string {
	text, state := fmt.Sprintf("*%s*", english.Upper(b.wasLiveWord(m.File, m.To))), ""
	switch {
	case labels.Other > 0 && m.To == labels.Other:
		state = fmt.Sprintf(": live now for %d %% of the contacts,", labels.Share)
	case labels.Other > 0 && m.To == labels.Live:
		state = fmt.Sprintf(": live now for the other %d %%,", 100-labels.Share)
	case m.Share > 0:
		state = fmt.Sprintf(": live for %d %% of the contacts only,", m.Share)
	case m.PersonID != "":
		state = ": live"
	}
	if text += state; m.PersonID != "" {
		text += fmt.Sprintf(" from %s, by %s", english.Day(m.At, b.here(r)), blockkit.Escape(names.Of(m.PersonID)))
	}
	text = strings.TrimSuffix(text, ",")
	if m.Reason != "" {
		text += ", “" + blockkit.Escape(blockkit.Truncate(m.Reason, 120)) + "”"
	}
	return text
}
