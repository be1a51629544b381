package editing

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// logLines is how many moves a message shows.
const logLines = 15

// mostPages bounds the pages that can be asked for.
const mostPages = 100_000

// logWanted is what was asked of the log.
type logWanted struct {
	name string // of a file; empty: of all
	live bool   // only what went live
	page int    // from 1
}

// logOf reads "live 2"; left is a word that was not understood.
func logOf(name, text string) (w logWanted, left string) {
	w = logWanted{name: name, page: 1}
	for _, word := range strings.Fields(text) {
		n, err := strconv.Atoi(word)
		switch {
		case err == nil && n > 0 && n <= mostPages:
			w.page = n
		case word == "live":
			w.live = true
		case word == "all":
		default:
			left = word
		}
	}
	return w, left
}

// at is what somebody types for a page of it.
func (w logWanted) at(page int) string {
	text := strings.TrimSpace("log " + w.name)
	if w.live {
		text += " live"
	}
	if page > 1 {
		text += " " + strconv.Itoa(page)
	}
	return text
}

// log tells who moved what, when, from where to where, and why: a page of it,
// how many there are, and how to see the others.
func (d *Desk) log(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	w, title := logWanted{}, "*The log of the workshop*"
	if file != "" {
		w.name, title = workshop.Name(file), "*The log of "+d.Title(file)+"*"
	}
	w, left := logOf(w.name, r.Text)
	live := logWanted{name: w.name, live: true}
	if left != "" {
		return chat.Say(fmt.Sprintf("I do not know “%s” here. `%[2]s prompts %[3]s` tells the latest, `%[2]s prompts %[4]s` those before, `%[2]s prompts %[5]s` only what went live.",
			blockkit.Escape(blockkit.Truncate(left, 40)), d.Slash("coach"), w.at(1), w.at(2), live.at(1))), nil
	}
	moves, all, err := d.Store.PromptLogPart(ctx, r.TeamID, store.PromptLogPart{File: file, Live: w.live, Skip: (w.page - 1) * logLines, N: logLines})
	if err != nil {
		return chat.Reply{}, err
	}
	names, err := d.Names(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	if w.live {
		title += ", only what went live"
	}
	switch {
	case all == 0 && w.live:
		return chat.Say(title + "\nNothing was made live yet: all is as it came."), nil
	case all == 0:
		return chat.Say(title + "\nNothing was ever moved: all is as it came."), nil
	case len(moves) == 0:
		return chat.Say(fmt.Sprintf("%s\nIt has no page %d: `%s prompts %s` is the last.", title, w.page, d.Slash("coach"), w.at((all+logLines-1)/logLines))), nil
	case all > logLines:
		first := (w.page-1)*logLines + 1
		title += fmt.Sprintf(": %d to %d of %d, the newest first", first, first+len(moves)-1, all)
	}
	lines := []string{title}
	for _, m := range moves {
		lines = append(lines, d.moveLine(r, m, names))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(strings.Join(lines, "\n")), Blocks: append(blockkit.Lines(lines), d.moreLog(w, live, all)...)}}, nil
}

// moveLine is one line of the log.
func (d *Desk) moveLine(r *chat.Request, m store.PromptMove, names chat.Names) string {
	now := d.Here(r)
	if m.Kind == store.PromptOnDisk || m.Kind == store.PromptFileBroken || m.Kind == store.PromptFileUnused {
		return fmt.Sprintf("%s %s: %s", english.Day(m.At, now), m.At.In(now.Location()).Format("15:04"), d.onDisk(m))
	}
	l := fmt.Sprintf("%s %s: %s %s", english.Day(m.At, now), m.At.In(now.Location()).Format("15:04"), blockkit.Escape(names.Of(m.PersonID)), d.moveDid(m))
	if m.Kind == store.PromptRollback && m.Reason == "" {
		l += ", without a reason"
	}
	if m.Reason != "" {
		l += ": “" + blockkit.Escape(blockkit.Truncate(m.Reason, 200)) + "”"
	}
	if m.Aside() {
		l += fmt.Sprintf(" (`%s prompts edit %s %d` opens it)", d.Slash("coach"), workshop.Name(m.File), m.To)
	}
	return l
}

// onDisk tells of a file of the folder: that it is new or another, broken, or gone, and
// whether anybody gets it.
func (d *Desk) onDisk(m store.PromptMove) string {
	if m.Kind != store.PromptOnDisk {
		return d.brokenOnDisk(m)
	}
	l := fmt.Sprintf("on the machine I run on (`CAIRN_PROMPTS_DIR`) the file %s of %s was taken away", path.Base(m.File), d.Title(m.File))
	if m.Reason != "" {
		l = fmt.Sprintf("on the machine I run on (`CAIRN_PROMPTS_DIR`) the file %s of %s came or was changed, text `%.8s`", path.Base(m.File), d.Title(m.File), m.Reason)
	}
	if m.From > 0 {
		return l + fmt.Sprintf("; %s stayed live in front of it", d.thenWord(m, m.From))
	}
	return l + "; that was live at once"
}

// brokenOnDisk tells of a broken file of the folder what is wrong, and what is used in
// its place.
func (d *Desk) brokenOnDisk(m store.PromptMove) string {
	l := fmt.Sprintf("on the machine I run on (`CAIRN_PROMPTS_DIR`) the file %s of %s is broken and not used (%s)", path.Base(m.File), d.Title(m.File), blockkit.Escape(blockkit.Truncate(blockkit.OneLine(m.Reason), 200)))
	switch {
	case m.From > 0:
		return l + fmt.Sprintf("; %s stayed live in front of it", d.thenWord(m, m.From))
	case m.Kind == store.PromptFileBroken:
		return l + "; its last good text stayed live"
	case !d.Live.HasOriginal(m.File):
		return l + "; there is nothing in its place"
	}
	return l + "; no good text of it was known, so the original was live"
}

// moreLog says how to see the rest; nil where all is on the page.
func (d *Desk) moreLog(w, live logWanted, all int) []slack.Block {
	if all <= logLines {
		return nil
	}
	var ways []string
	var others []*slack.ButtonBlockElement
	way := func(id, label, line, what string) {
		others = append(others, blockkit.Button(id, label, line))
		if what != "" {
			ways = append(ways, fmt.Sprintf("`%s prompts %s` tells %s", d.Slash("coach"), line, what))
		}
	}
	if w.page*logLines < all {
		way("prompt:log_older", "Older", w.at(w.page+1), "those before")
	}
	if w.page > 1 {
		way("prompt:log_newer", "Newer", w.at(w.page-1), "")
	}
	if !w.live {
		way("prompt:log_live", "Only what went live", live.at(1), "only what went live")
	}
	blocks := []slack.Block{blockkit.Actions("prompt", others...)}
	if len(ways) > 0 {
		blocks = slices.Insert(blocks, 0, blockkit.Context(strings.Join(ways, "; ")+"."))
	}
	return blocks
}

// moveDid says what somebody did, from where to where, ready to stand behind their
// name.
func (d *Desk) moveDid(m store.PromptMove) string {
	title, to := d.Title(m.File), d.thenWord(m, m.To)
	switch m.Kind {
	case store.PromptEdit:
		if m.Aside() {
			return fmt.Sprintf("came second with %s of %s: it is kept beside %s, and is not the draft", d.thenWord(m, m.To), title, d.thenWord(m, m.From))
		}
		return fmt.Sprintf("wrote a draft of %s, %s", title, d.thenWord(m, m.To))
	case store.PromptDrop:
		return fmt.Sprintf("threw away the draft of %s, %s", title, d.thenWord(m, m.From))
	case store.PromptSplit:
		return fmt.Sprintf("split %s, %s for %d %% of the contacts beside %s", title, d.thenWord(m, m.To), m.Share, d.thenWord(m, m.From))
	case store.PromptStop:
		if m.Label == "other" { // it gave way again
			return fmt.Sprintf("ended the split of %s with %s kept; %s went from %d %% of the contacts to none", title, d.thenWord(m, m.To), d.thenWord(m, m.From), m.Share)
		}
		return fmt.Sprintf("ended the split of %s with %s kept, which went from %d %% of the contacts to all, in the place of %s", title, d.thenWord(m, m.To), m.Share, d.thenWord(m, m.From))
	case store.PromptRefused:
		return d.askedDid(m, title)
	case store.PromptRollback:
		return fmt.Sprintf("rolled back %s, %s in the place of %s", title, to, d.thenWord(m, m.From))
	}
	return fmt.Sprintf("published %s, %s in the place of %s", title, to, d.thenWord(m, m.From))
}

// askedDid says what somebody asked a second person to agree to.
func (d *Desk) askedDid(m store.PromptMove, title string) string {
	asked, to := "asked for a second person to ", d.thenWord(m, m.To)
	switch {
	case m.Share > 0:
		return fmt.Sprintf("%ssplit %s, %s for %d %% of the contacts", asked, title, to, m.Share)
	case m.Asked == store.PromptRollback:
		return fmt.Sprintf("%sgo back to %s of %s", asked, to, title)
	case m.Asked == store.PromptStop:
		return fmt.Sprintf("%send the split of %s with %s for everybody", asked, title, to)
	case m.Asked == "": // by a version of ours that did not keep what for
		return fmt.Sprintf("%smake live %s, %s", asked, title, to)
	}
	return fmt.Sprintf("%spublish %s, %s", asked, title, to)
}
