package weekly

import (
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/digest"
	"cairn/store"
)

// What a digest says. Beside the rules at the top of bot/words.go:
//   - It is read by somebody in a hurry: one screen, one line a figure, the
//     figure that asks for something first in its line.
//   - "People" are customers; the team is "you".
//   - A figure that fewer than three of the team stand behind is named as not
//     shown, never left out in silence.
//   - Nothing of it says that one thing caused another.

// saying is what a digest says of itself.
type saying struct {
	late  bool
	due   time.Time
	ahead phrased
}

// What is published of other teams, for comparison: of content, about half is
// never used; of leaves to write, 70 to 90 % are never followed up.
const (
	publishedUnused     = "about half"
	publishedUnfollowed = "70–90 %"
)

// message draws the message that the channel sees; uses say what worded its
// one thing and its lines.
func (b *Board) message(sc store.Schedule, f digest.Figures, before []store.Digest, s saying) (title string, blocks []slack.Block, uses []store.PromptUse, err error) {
	w, err := rhythm(sc)
	if err != nil {
		return "", nil, nil, err
	}
	// half a day in from both ends: a week from Monday morning to Monday
	// morning is Monday to Sunday
	span := digest.Span(f.From.In(w.Zone).Add(12*time.Hour), f.To.In(w.Zone).Add(-12*time.Hour), sc.Dates)
	title = "The week of " + span
	blocks = []slack.Block{slack.NewHeaderBlock(blockkit.PlainText(title))}
	if note := s.words(w.Zone, sc.Dates, before); note != "" {
		blocks = append(blocks, blockkit.Context(note))
	}
	if f.Reps < digest.Quorum {
		text := "*Nothing can be shown yet*: this digest is about fewer than three people, and a sum over so few would be about one of them. Invite more of the team to the channel, or name them: `" + b.Slash("coach") + " digest here for @maya @eli @noor`."
		return title, append(blocks, blockkit.Section(text)), nil, nil
	}
	var last *digest.Figures
	if frozen := b.frozen(before[:min(len(before), 1)]); len(frozen) == 1 {
		last = &frozen[0]
	}
	thing, use, err := b.thingLine(sc.TeamID, f, s.ahead)
	if err != nil {
		return "", nil, nil, err
	}
	said, linesUse, err := b.lines(sc.TeamID, f, last)
	if err != nil {
		return "", nil, nil, err
	}
	blocks = append(blocks, blockkit.Sections(strings.Join(said, "\n\n"))...)
	if thing != "" {
		blocks = append(blocks, blockkit.Section("*This week, as a team:* "+thing))
	}
	foot := "What is not recorded may still have happened. Names and details are in the thread."
	if hidden := hiddenWords(f); hidden != "" {
		foot = "Not shown, because fewer than three of you stand behind it, or it would tell such a figure: " + hidden + ". " + foot
	}
	return title + ". " + blockkit.Fallback(said[0]), append(blocks, blockkit.Context(foot)), []store.PromptUse{use, linesUse}, nil
}

// words says that a digest is late, or that earlier ones were left out.
func (s saying) words(zone *time.Location, dates string, before []store.Digest) string {
	var parts []string
	if s.late {
		parts = append(parts, fmt.Sprintf("This comes late: it was due on %s, and I was not running.", digest.Date(s.due.In(zone), dates)))
	}
	n := 0
	for _, d := range before { // those of this very turn stand among them
		if d.Outcome != store.DigestSkipped {
			break
		}
		n++
	}
	switch {
	case n == 1:
		parts = append(parts, "The digest before this one was left out: I was not running when it was due.")
	case n > 1:
		parts = append(parts, fmt.Sprintf("The %d digests before this one were left out: I was not running when they were due.", n))
	}
	return strings.Join(parts, " ")
}

// hiddenWords names the figures that are withheld.
func hiddenWords(f digest.Figures) string {
	var all []string
	for _, k := range []struct {
		sum  digest.Sum
		word string
	}{{f.Moves["up"], "who moved on"}, {f.Moves["skipped"], "who skipped ahead"}, {f.Moves["cycle_opened"], "who wants more"},
		{f.Moves["returned"], "who came back"}, {f.Moves["back"], "who went back"},
		{f.Moves["quiet"], "who went quiet"}, {f.Moves["left"], "who left"}, {f.Waiting, "who waits"}, {f.Exchanges, "what came back"}, {f.Ready, "who is ready to be asked"}} {
		if k.sum.Hidden {
			all = append(all, k.word)
		}
	}
	if f.Unfollowed.Hidden {
		all = append(all, "how many were followed up")
	}
	return strings.Join(all, ", ")
}
