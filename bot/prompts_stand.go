package bot

import (
	"fmt"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/store"
)

// madeLive are the ways in which a version became live for everybody.
var madeLive = map[string]string{store.PromptPublish: "published", store.PromptRollback: "brought back", store.PromptStop: "kept at the end of a split"}

// liveWord says which version is live, who made it so and when, and what stands
// beside it and by whom.
func (b *Bot) liveWord(r *chat.Request, l store.PromptLabels, made store.PromptMade, names chat.Names) string {
	text := "live: " + b.standsWord(r, l.File, l.Live)
	if made.LiveBy != "" {
		text += fmt.Sprintf(", %s by %s %s", madeLive[made.LiveKind], blockkit.Escape(names.Of(made.LiveBy)), english.Day(made.LiveAt, b.here(r)))
	}
	if l.Other > 0 {
		text += fmt.Sprintf(" · version %d for %d %% of the contacts, since %s by %s", l.Other, l.Share, english.Day(made.SplitAt, b.here(r)), blockkit.Escape(names.Of(made.SplitBy)))
	}
	if l.Draft > 0 {
		text += b.draftBy(r, l, made, names)
	}
	return text
}

// draftBy says whose draft stands.
func (b *Bot) draftBy(r *chat.Request, l store.PromptLabels, made store.PromptMade, names chat.Names) string {
	return fmt.Sprintf(" · draft: version %d, by %s %s", l.Draft, blockkit.Escape(names.Of(made.DraftBy)), english.Day(made.DraftAt, b.here(r)))
}

// usages are what a prompt was used for, in words.
var usages = map[string]string{"suggestion": "suggestion", "reading": "reading", "draft": "draft", "questions": "list of questions", "reminder": "reminder",
	"digest": "digest", "digest-lines": "digest"}

// mostChannels is how many channels a line of the list names.
const mostChannels = 3

// usedWord says where a file was used last week, over its versions, and for whom.
func usedWord(name string, used []store.PromptUsage) string {
	var where []string
	for _, u := range used {
		if u.Name != name {
			continue
		}
		text := manyOf(u.Times, usages[u.Made])
		switch n := len(u.Channels); {
		case u.Contacts > 0:
			text += " for " + english.Plural(u.Contacts, "contact")
		case n > 0:
			named := make([]string, 0, mostChannels)
			for _, c := range u.Channels[:min(n, mostChannels)] {
				named = append(named, "<#"+c+">")
			}
			if text += " for " + strings.Join(named, ", "); n > mostChannels {
				text += fmt.Sprintf(" and %d more", n-mostChannels)
			}
		}
		where = append(where, text)
	}
	if len(where) == 0 {
		return ""
	}
	return " · last 7 days: " + strings.Join(where, ", ")
}

// manyOf counts things whose plural is at the front: "2 lists of questions".
func manyOf(n int, one string) string {
	front, rest, _ := strings.Cut(one, " ")
	return strings.TrimSpace(english.Plural(n, front) + " " + rest)
}
