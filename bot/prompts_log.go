package bot

import (
	"context"
	"fmt"
	"strings"

	"cairn/bot/workshop"
	"cairn/store"
)

// logLines is how many moves a message shows.
const logLines = 15

// promptLog tells who moved what, when, from where to where, and why.
func (b *Bot) promptLog(ctx context.Context, r *Request, file string) (Reply, error) {
	moves, err := b.store.PromptLog(ctx, r.TeamID, file, logLines)
	if err != nil {
		return Reply{}, err
	}
	names, err := b.names(ctx, r.TeamID)
	if err != nil {
		return Reply{}, err
	}
	title := "*The log of the workshop*"
	if file != "" {
		title = "*The log of " + b.title(file) + "*"
	}
	if len(moves) == 0 {
		return say(title + "\nNothing was ever moved: all is as it came."), nil
	}
	lines := []string{title}
	now := b.here(r)
	for _, m := range moves {
		l := fmt.Sprintf("%s %s: %s %s", dayWord(m.At, now), m.At.In(now.Location()).Format("15:04"), esc(names.of(m.PersonID)), b.moveDid(m))
		if m.Reason != "" {
			l += ": “" + esc(cut(m.Reason, 120)) + "”"
		}
		if m.Aside() {
			l += fmt.Sprintf(" (`%s prompts edit %s %d` opens it)", b.slash("coach"), workshop.Name(m.File), m.To)
		}
		lines = append(lines, l)
	}
	return say(strings.Join(lines, "\n")), nil
}

// moveDid says what somebody did, from where to where, ready to stand behind their
// name.
func (b *Bot) moveDid(m store.PromptMove) string {
	title, to := b.title(m.File), wasLiveWord(m.File, m.To)
	switch m.Kind {
	case store.PromptEdit:
		if m.Aside() {
			return fmt.Sprintf("came second with %s of %s: it is kept beside %s, and is not the draft", versionWord(m.To), title, wasLiveWord(m.File, m.From))
		}
		return fmt.Sprintf("wrote a draft of %s, %s", title, versionWord(m.To))
	case store.PromptDrop:
		return fmt.Sprintf("threw away the draft of %s, %s", title, versionWord(m.From))
	case store.PromptSplit:
		return fmt.Sprintf("split %s, %s for %d %% of the contacts beside %s", title, versionWord(m.To), m.Share, versionWord(m.From))
	case store.PromptStop:
		if m.Label == "other" { // it gave way again
			return fmt.Sprintf("ended the split of %s with %s kept; %s went from %d %% of the contacts to none", title, versionWord(m.To), versionWord(m.From), m.Share)
		}
		return fmt.Sprintf("ended the split of %s with %s kept, which went from %d %% of the contacts to all, in the place of %s", title, versionWord(m.To), m.Share, versionWord(m.From))
	case store.PromptRefused:
		if m.Share > 0 {
			return fmt.Sprintf("asked for a second person to split %s, %s for %d %% of the contacts", title, versionWord(m.To), m.Share)
		}
		return fmt.Sprintf("asked for a second person to publish %s, %s", title, versionWord(m.To))
	case store.PromptRollback:
		return fmt.Sprintf("rolled back %s, %s in the place of %s", title, to, wasLiveWord(m.File, m.From))
	}
	return fmt.Sprintf("published %s, %s in the place of %s", title, to, wasLiveWord(m.File, m.From))
}
