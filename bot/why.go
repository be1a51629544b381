package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/english"
	"cairn/bot/post"
	"cairn/bot/suggest"
	"cairn/bot/workshop"
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
	uses, err := b.store.PromptUses(ctx, r.TeamID, r.PersonID, c.ID, usesRead)
	if err != nil {
		return chat.Reply{}, err
	}
	places, err := b.whyPlaces(ctx, r, c)
	if err != nil {
		return chat.Reply{}, err
	}
	read, err := b.whyNotes(ctx, r, notes)
	if err != nil {
		return chat.Reply{}, err
	}
	head := fmt.Sprintf("*What %s's card rests on*", blockkit.Escape(c.Full()))
	blocks := append([]slack.Block{blockkit.Section(head)}, read...)
	for _, g := range suggested {
		blocks = append(blocks, blockkit.Section(b.whySuggestion(r, g)))
	}
	now := b.here(r)
	for _, w := range wordedOnce(uses) {
		text := fmt.Sprintf("*The %s of %s*: worded by %s", blockkit.Escape(w.first.Made), english.Day(w.first.At, now), wordedBy(w.first))
		if w.again != nil {
			text += "; once more by " + wordedBy(*w.again)
		}
		blocks = append(blocks, blockkit.Context(text+"."))
	}
	switch {
	case len(blocks) > 1 && places != "":
		blocks = slices.Insert(blocks, 1, slack.Block(blockkit.Section(places)))
	case len(blocks) == 1:
		blocks = append(blocks, blockkit.Context("Nothing of yours: their latest notes are your colleagues'."))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: blocks}}, nil
}

// usesRead is how many uses are looked through for whyLines things that were worded: each
// may have been worded twice, and what a model made of one may come behind another.
const usesRead = 4 * whyLines

// worded is something that was worded for a person: at once, and where a model phrased it
// once more, by that too.
type worded struct {
	first store.PromptUse
	again *store.PromptUse
}

// wordedOnce puts together what was worded at once and what a model then made of it, and
// returns the latest of these, newest first. Uses come newest first.
func wordedOnce(uses []store.PromptUse) (all []worded) {
	for _, u := range slices.Backward(uses) {
		at := -1
		for i, w := range all {
			if u.Model != "" && w.first.Model == "" && w.again == nil && w.first.Made == u.Made && u.At.Sub(w.first.At) <= phraseLife {
				at = i
			}
		}
		if at >= 0 {
			all[at].again = &u
			continue
		}
		all = append(all, worded{first: u})
	}
	slices.Reverse(all)
	return all[:min(whyLines, len(all))]
}

func wordedBy(u store.PromptUse) string {
	return fmt.Sprintf("`%s`, %s", blockkit.Escape(u.Version), engineWord(u.Engine, u.Model))
}

// whyPlaces tells which version of each journey put somebody where they stand.
func (b *Bot) whyPlaces(ctx context.Context, r *chat.Request, c store.Contact) (string, error) {
	past, err := b.store.Past(ctx, r.TeamID, c.ID)
	if err != nil {
		return "", err
	}
	var lines []string
	for _, m := range b.coach.For(r.TeamID).Models {
		p, ok := placeOn(past.Places, m.Name())
		if !ok {
			continue
		}
		l := fmt.Sprintf("%s: *%s*, placed by `%s`", blockkit.Escape(m.Title()), stageWord(m, p.Stage), blockkit.Escape(shortVersion(p.Model)))
		if p.Model == m.Version() {
			l += ", " + b.journeyWord(r.TeamID, m.Name())
		} else {
			l += ", a version of before; their next note places them by what is live now"
		}
		lines = append(lines, l)
	}
	return strings.Join(lines, "\n"), nil
}

// journeyWord names the version of a journey that is live.
func (b *Bot) journeyWord(team, name string) string {
	for _, s := range b.live.Standing(team) {
		if s.Kind != workshop.Journey || workshop.Name(s.File) != name {
			continue
		}
		if s.Labels.Live > 0 {
			return fmt.Sprintf("version %d", s.Labels.Live)
		}
		if _, own := b.live.Own(s.File); own {
			return "the file " + path.Base(s.File)
		}
	}
	return "the original"
}

// whyNotes trace the person's own latest notes.
func (b *Bot) whyNotes(ctx context.Context, r *chat.Request, notes []store.Noted) (blocks []slack.Block, err error) {
	notes = slices.DeleteFunc(slices.Clone(notes), func(n store.Noted) bool { return n.AuthorID != r.PersonID })
	notes = notes[:min(whyLines, len(notes))]
	ids := make([]int64, len(notes))
	for i, n := range notes {
		ids[i] = n.ID
	}
	looks, err := b.store.Looks(ctx, r.TeamID, ids)
	if err != nil {
		return nil, err
	}
	for _, n := range notes {
		text := b.whyNote(r, n)
		if look, ok := looks[n.ID]; ok {
			text += lookText(n, look)
		}
		blocks = append(blocks, blockkit.Section(text))
	}
	return blocks, nil
}

// lookText tells what a model made of a note where that is not seen from the signals
// that hold: it agreed, was not followed, or did not read it.
func lookText(n store.Noted, look store.Look) string {
	model := "\n_The model's reading `" + blockkit.Escape(shortVersion(look.Version)) + "` "
	switch look.Outcome {
	case store.LookFailed:
		return model + "did not come about: the model gave no answer that could be used._"
	case store.LookStood:
		return model + "was not asked for or not followed: your own word stands._"
	case store.LookWithdrawn:
		return model + "was taken back: it contradicted sure readings too often._"
	case store.LookSame:
		return model + saidText(n, look.Said) + "_"
	}
	return "" // what was taken from it stands above
}

// saidText tells what a model said that changed nothing.
func saidText(n store.Noted, said []string) string {
	named := make([]string, len(said))
	other := len(said) != len(n.Signals)
	for i, s := range said {
		named[i] = strings.ReplaceAll(s, "_", " ")
		other = other || !slices.ContainsFunc(n.Signals, func(g store.Signal) bool { return g.Signal == s })
	}
	switch {
	case said == nil:
		return "changed nothing."
	case !other:
		return "saw the same."
	case len(said) == 0:
		return "saw no step of theirs, which changes nothing."
	}
	return "saw " + strings.Join(named, ", ") + "; it was not followed."
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

// spokeWords tell what spoke for a pick and against it, the strongest first.
func spokeWords(p store.Pick) string {
	var spoke, against []string
	for _, f := range p.Features {
		if words := suggest.FeatureName(f).Favour(); words != "" {
			spoke = append(spoke, words)
		}
	}
	for _, f := range p.Against {
		if words := suggest.FeatureName(f).Against(); words != "" {
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
		_, say, _ := strings.Cut(g.Silent, ": ") // before it stands a word of the code's
		say, _, _ = strings.Cut(say, " The gap: ")
		return strings.TrimSpace(head + "nothing. " + english.FullStop(blockkit.Escape(say)))
	}
	var among []json.RawMessage
	if err := json.Unmarshal(g.Candidates, &among); err != nil {
		among = nil
	}
	text := fmt.Sprintf("%s%s\nchosen by the %s rules, version %s", head, blockkit.Escape(g.Picks[0].Title), engineWord(g.Engine, g.Model), blockkit.Escape(g.Version))
	if len(among) > 0 {
		text += fmt.Sprintf(", among %d candidates", len(among))
	}
	text += "." + spokeWords(g.Picks[0])
	if g.Wording != "" {
		text += "\nWorded by `" + blockkit.Escape(g.Wording) + "`."
	}
	return text
}
