package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/english"
	"cairn/bot/post"
	"cairn/bot/suggest"
	"cairn/store"
)

// whyLines is how many notes and suggestions are traced.
const whyLines = 3

// why tells what read a contact's notes, what chose the suggestions, and which
// wording said so, each with its version: only what the asking person wrote or
// was told.
func (b *Bot) why(ctx context.Context, r *chat.Request, c store.Contact) (chat.Reply, error) {
	notes, err := b.store.LatestNotes(ctx, r.TeamID, c.ID, cardNotes)
	if err != nil {
		return chat.Reply{}, err
	}
	suggested, err := b.store.SuggestionsTo(ctx, r.TeamID, r.PersonID, c.ID, whyLines)
	if err != nil {
		return chat.Reply{}, err
	}
	uses, err := b.store.PromptUses(ctx, r.TeamID, r.PersonID, c.ID, whyLines)
	if err != nil {
		return chat.Reply{}, err
	}
	head := fmt.Sprintf("*What %s's card rests on*", blockkit.Escape(c.Full()))
	blocks := []slack.Block{blockkit.Section(head)}
	traced := 0
	for _, n := range notes {
		if n.AuthorID == r.PersonID && traced < whyLines {
			blocks = append(blocks, blockkit.Section(b.whyNote(r, n)))
			traced++
		}
	}
	for _, g := range suggested {
		blocks = append(blocks, blockkit.Section(b.whySuggestion(r, g)))
	}
	now := b.here(r)
	for _, u := range uses {
		text := fmt.Sprintf("*The %s of %s*: worded by `%s`, %s", blockkit.Escape(u.Made), english.Day(u.At, now), blockkit.Escape(u.Version), engineWord(u.Engine, u.Model))
		blocks = append(blocks, blockkit.Context(text+"."))
	}
	if len(blocks) == 1 {
		blocks = append(blocks, blockkit.Context("Nothing of yours: their latest notes are your colleagues'."))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: blocks}}, nil
}

// whyNote tells who read a note, and what they saw in which words.
func (b *Bot) whyNote(r *chat.Request, n store.Noted) string {
	head := fmt.Sprintf("*#%d*, %s", n.ID, english.Day(n.At, b.here(r)))
	if len(n.Signals) == 0 {
		return head + ": no reading saw a step of theirs in it."
	}
	var lines []string
	for _, g := range n.Signals {
		by := originWords[g.Origin]
		if g.Version != "" {
			by += " `" + blockkit.Escape(shortVersion(g.Version)) + "`"
		}
		l := fmt.Sprintf("%s: %s", strings.ReplaceAll(g.Signal, "_", " "), by)
		if g.Quote != "" {
			l += fmt.Sprintf(", from “%s”", blockkit.Escape(blockkit.Truncate(g.Quote, 80)))
		}
		if g.Origin == "built-in" {
			l += fmt.Sprintf(", %.0f %% sure", 100*g.Confidence)
		}
		lines = append(lines, l)
	}
	return head + "\n" + strings.Join(lines, "\n")
}

var originWords = map[string]string{"built-in": "the built-in reading", "model": "the model's reading", "person": "your own word"}

func engineWord(engine, model string) string {
	if model == "" {
		return engine
	}
	return engine + " " + blockkit.Escape(model)
}

var hexRun = regexp.MustCompile(`[0-9a-f]{9,}`)

// shortVersion is a version as people compare it: enough of each of its sums to
// tell two apart, and without the engine, which is said already.
func shortVersion(version string) string {
	return hexRun.ReplaceAllStringFunc(strings.TrimPrefix(version, coach.BuiltIn+"-"), func(sum string) string { return sum[:6] })
}

// maxSpoke is how many features of a choice are told, those that weighed most.
const maxSpoke = 4

// spokeWords tell what spoke for an item and against it.
func spokeWords(features []string) string {
	var spoke, against []string
	for _, f := range features {
		if words, speaksFor := suggest.FeatureName(f).Words(); speaksFor {
			spoke = append(spoke, words)
		} else {
			against = append(against, words)
		}
	}
	text := ""
	if n := len(spoke); n > 0 {
		text = "\nWhat spoke for it most: " + blockkit.Escape(strings.Join(spoke[:min(n, maxSpoke)], "; "))
		if n > maxSpoke {
			text += fmt.Sprintf("; and %d more", n-maxSpoke)
		}
		text += "."
	}
	if len(against) > 0 {
		text += "\nWhat spoke against it: " + blockkit.Escape(strings.Join(against, "; ")) + "."
	}
	return text
}

// whySuggestion tells by which rules an item was chosen, among how many, and
// whose words gave the reason.
func (b *Bot) whySuggestion(r *chat.Request, g store.Suggestion) string {
	head := fmt.Sprintf("*Suggested %s*: ", english.Day(g.At, b.here(r)))
	if len(g.Picks) == 0 {
		return head + "nothing. " + blockkit.Escape(g.Silent) + "."
	}
	var among []json.RawMessage
	if err := json.Unmarshal(g.Candidates, &among); err != nil {
		among = nil
	}
	text := fmt.Sprintf("%s%s\nchosen by the %s rules, version %s", head, blockkit.Escape(g.Picks[0].Title), engineWord(g.Engine, g.Model), blockkit.Escape(g.Version))
	if len(among) > 0 {
		text += fmt.Sprintf(", among %d candidates", len(among))
	}
	text += "." + spokeWords(g.Picks[0].Features)
	if g.Wording != "" {
		text += "\nWorded by `" + blockkit.Escape(g.Wording) + "`."
	}
	return text
}
