package bot

import (
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/digest"
	"cairn/store"
)

// What a digest says. Beside the rules at the top of words.go:
//   - It is read by somebody in a hurry: one screen, one line a figure, the
//     figure that asks for something first in its line.
//   - "People" are customers; the team is "you".
//   - A figure that fewer than three of the team stand behind is named as not
//     shown, never left out in silence.
//   - Nothing of it says that one thing caused another.

// saying is what a digest says of itself.
type saying struct {
	late   bool
	due    time.Time
	missed int // weeks left out right before this one
	ahead  phrased
}

// What is published of other teams, for comparison: of content, about half is
// never used; of leaves to write, 70 to 90 % are never followed up.
const (
	publishedUnused     = "half"
	publishedUnfollowed = "70–90 %"
)

// digestBlocks draws the message that the channel sees; use says what worded its
// one thing.
func (b *Bot) digestBlocks(sc store.Schedule, f digest.Figures, before []store.Digest, s saying) (title string, blocks []slack.Block, use store.PromptUse, err error) {
	w, err := weekly(sc)
	if err != nil {
		return "", nil, use, err
	}
	// half a day in from both ends: a week from Monday morning to Monday
	// morning is Monday to Sunday
	span := digest.Span(f.From.In(w.Zone).Add(12*time.Hour), f.To.In(w.Zone).Add(-12*time.Hour), sc.Dates)
	title = "The week of " + span
	blocks = []slack.Block{slack.NewHeaderBlock(plainText(title))}
	if note := s.words(w.Zone, sc.Dates, before); note != "" {
		blocks = append(blocks, small(note))
	}
	if f.Reps < digest.Quorum {
		text := "*Nothing can be shown yet*: this digest is about fewer than three people, and a sum over so few would be about one of them. Invite more of the team to the channel, or name them: `" + b.slash("coach") + " digest here for @maya @eli @noor`."
		return title, append(blocks, section(text)), use, nil
	}
	var last *digest.Figures
	if frozen := b.frozen(before[:min(len(before), 1)]); len(frozen) == 1 {
		last = &frozen[0]
	}
	thing, use, err := b.thingLine(sc.TeamID, f, s.ahead)
	if err != nil {
		return "", nil, use, err
	}
	lines := []string{movedLine(f, last), helpedLine(f), waitingLine(f, last), backLine(f), libraryLine(f, last), gapLine(f)}
	lines = append(lines, thanksLine(f))
	var said []string
	for _, l := range lines {
		if l != "" {
			said = append(said, l)
		}
	}
	blocks = append(blocks, section(strings.Join(said, "\n\n")))
	if thing != "" {
		blocks = append(blocks, section("*This week, as a team:* "+thing))
	}
	foot := "What is not recorded may still have happened. Names and details are in the thread."
	if hidden := hiddenWords(f); hidden != "" {
		foot = "Not shown, because fewer than three of you stand behind it: " + hidden + ". " + foot
	}
	return title + ". " + plain(said[0]), append(blocks, small(foot)), use, nil
}

// words says that a digest is late, or that earlier ones were left out.
func (s saying) words(zone *time.Location, dates string, before []store.Digest) string {
	var parts []string
	if s.late {
		parts = append(parts, fmt.Sprintf("This comes late: it was due on %s, and I was not running.", digest.Date(s.due.In(zone), dates)))
	}
	n := s.missed
	for _, d := range before {
		if d.Outcome != store.DigestSkipped {
			break
		}
		n++
	}
	if n > 0 && s.missed > 0 {
		n = max(s.missed, n) // those of this very turn stand among the earlier ones
	}
	switch {
	case n == 1:
		parts = append(parts, "The digest before this one was left out: I was not running when it was due.")
	case n > 1:
		parts = append(parts, fmt.Sprintf("The %d digests before this one were left out: I was not running when they were due.", n))
	}
	return strings.Join(parts, " ")
}

// movedLine says who went where: forward first.
func movedLine(f digest.Figures, last *digest.Figures) string {
	up, skipped := f.Moves["up"], f.Moves["skipped"]
	var forward []string
	if up.N > 0 {
		forward = append(forward, fmt.Sprintf("*%s moved on* to the next stage", peopleWord(up.N)))
	}
	if skipped.N > 0 {
		forward = append(forward, fmt.Sprintf("*%s skipped ahead*", peopleWord(skipped.N)))
	}
	text := strings.Join(forward, ", ")
	if text == "" {
		text = "*Nobody is known to have moved on*"
		if up.Hidden || skipped.Hidden {
			text = "*Some moved on*, too few of you behind it to say how many"
		}
	}
	if last != nil && up.N > 0 && last.Moves["up"].Shown() {
		text += fmt.Sprintf(" (%d the week before)", last.Moves["up"].N)
	}
	var rest []string
	for _, k := range []struct{ kind, word string }{
		{"cycle_opened", "of your customers want more"}, {"returned", "came back"}, {"back", "went a stage back"}, {"quiet", "went quiet"}, {"left", "left"}} {
		if s := f.Moves[k.kind]; s.N > 0 {
			rest = append(rest, fmt.Sprintf("%d %s", s.N, k.word))
		}
	}
	if len(rest) > 0 {
		text += "; " + strings.Join(rest, ", ")
	}
	return text + "."
}

func peopleWord(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// helpedLine names up to three items, by what came after them.
func helpedLine(f digest.Figures) string {
	var all []string
	for _, it := range f.Items {
		if it.Given.N == 0 || it.Answered+it.Moved+it.Passed == 0 || len(all) == 3 {
			continue
		}
		var did []string
		if it.Answered > 0 {
			did = append(did, fmt.Sprintf("%d answered", it.Answered))
		}
		if it.Moved > 0 {
			did = append(did, fmt.Sprintf("%d moved on", it.Moved))
		}
		if it.Passed > 0 {
			did = append(did, fmt.Sprintf("%d passed it on", it.Passed))
		}
		all = append(all, fmt.Sprintf("• %s: given to %d, %s", esc(cut(it.Title, 80)), it.Given.N, strings.Join(did, ", ")))
	}
	if len(all) == 0 {
		return ""
	}
	return "*What helped* (twelve weeks; what came within 14 days)\n" + strings.Join(all, "\n")
}

// waitingLine says who waits for us, and the meter of it.
func waitingLine(f digest.Figures, last *digest.Figures) string {
	var text string
	switch {
	case f.Waiting.Hidden:
		text = "*Some people wait for you*, too few of you behind it to say how many."
	case f.Waiting.N == 0:
		text = "*Nobody waits for you*: everybody who asked, or let you write, has had an answer."
	default:
		text = fmt.Sprintf("*%s %s for you*: they asked, or let you write, and have had nothing for five working days or more", peopleWord(f.Waiting.N), verb(f.Waiting.N, "waits", "wait"))
		if last != nil && last.Waiting.Shown() {
			text += fmt.Sprintf(" (%d the week before)", last.Waiting.N)
		}
		text += "."
	}
	if p, ok := f.Followed.Percent(); ok {
		text += fmt.Sprintf(" In twelve weeks %d %% were not followed up in time; elsewhere it is %s.", p, publishedUnfollowed)
	}
	return text
}

func verb(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}

// backLine says what came back, and who is ready to be asked.
func backLine(f digest.Figures) string {
	var parts []string
	switch {
	case f.Exchanges.Hidden:
		parts = append(parts, "*Something came back*, from too few of you to say what.")
	case f.Exchanges.N > 0:
		text := fmt.Sprintf("*%d %s*", f.Exchanges.N, verb(f.Exchanges.N, "exchange", "exchanges"))
		var kinds []string
		for _, k := range []string{"revenue", "referral", "recommendation"} {
			if s := f.Kinds[k]; s.N > 0 {
				kinds = append(kinds, fmt.Sprintf("%s %d", k, s.N))
			}
		}
		if len(kinds) > 0 {
			text += ": " + strings.Join(kinds, ", ")
		}
		parts = append(parts, text+".")
	}
	if f.Ready.N > 0 {
		parts = append(parts, fmt.Sprintf("*%s %s ready to be asked*: given more than asked.", peopleWord(f.Ready.N), verb(f.Ready.N, "is", "are")))
	}
	return strings.Join(parts, " ")
}

// libraryLine is the meter of unused content.
func libraryLine(f digest.Figures, last *digest.Figures) string {
	p, ok := f.Unused.Percent()
	if !ok {
		return "*The library is empty*: an editor fills it with `/coach content add`."
	}
	text := fmt.Sprintf("*%d of %d items* (%d %%) were given to nobody in twelve weeks", f.Unused.N, f.Unused.Of, p)
	if last != nil {
		if was, ok := last.Unused.Percent(); ok && was != p {
			text += fmt.Sprintf(" (%d %% the week before)", was)
		}
	}
	return text + "; elsewhere it is " + publishedUnused + "."
}

func gapLine(f digest.Figures) string {
	if len(f.Gaps) == 0 {
		return ""
	}
	g := f.Gaps[0]
	return fmt.Sprintf("*Missing in the library:* something for people at %s%s; %d of yours had nothing that fits.", esc(g.Title), industryWord(g.Industry), g.Sum.N)
}

func industryWord(industry string) string {
	if industry == "" {
		return ""
	}
	return " in " + esc(industry)
}

func thanksLine(f digest.Figures) string {
	if len(f.Thanks) == 0 {
		return ""
	}
	names := make([]string, len(f.Thanks))
	for i, n := range f.Thanks {
		names[i] = esc(n)
	}
	return "*Thank you* for what was passed on: " + strings.Join(names, ", ") + "."
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
	if f.Followed.Hidden {
		all = append(all, "how many were followed up")
	}
	return strings.Join(all, ", ")
}
