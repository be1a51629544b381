package editing

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/english"
	"cairn/bot/workshop"
	"cairn/prompts"
)

// maxWrong is how many mistakes of the folder are told in Slack.
const maxWrong = 5

// wrongBlocks tell editors what is wrong with the files of the folder, and where another
// machine has others; none where all is well.
func (d *Desk) wrongBlocks() []slack.Block {
	var blocks []slack.Block
	if d.Live.OthersDiffer() {
		blocks = append(blocks, blockkit.Section(":warning: *Not every machine that I run on has the same files* (`CAIRN_PROMPTS_DIR`), so what holds depends on which one answers. Tell whoever runs me: all need the same folder."))
	}
	found := d.Live.Wrong()
	if len(found) == 0 {
		return blocks
	}
	return append(blocks, blockkit.Section(":warning: *Not every file on the machine I run on is used as it lies there* (`CAIRN_PROMPTS_DIR`). Tell whoever runs me:\n"+d.WrongWords(found)))
}

// WrongWords are the mistakes of the folder, and what is used meanwhile.
func (d *Desk) WrongWords(found prompts.Problems) string {
	of := map[workshop.Meanwhile][]string{}
	broken := d.Live.Broken()
	for _, file := range slices.Sorted(maps.Keys(broken)) {
		of[broken[file]] = append(of[broken[file]], "`"+blockkit.Escape(path.Base(file))+"`")
	}
	var used []string
	for _, w := range []struct {
		of   workshop.Meanwhile
		what string
	}{{workshop.LastGood, "the last good text of "}, {workshop.Original, "the original of "}, {workshop.Nothing, "nothing in the place of "}} {
		if files := of[w.of]; len(files) > maxWrong {
			used = append(used, w.what+english.Plural(len(files), "file"))
		} else if len(files) > 0 {
			used = append(used, w.what+strings.Join(files, ", "))
		}
	}
	if len(used) == 0 {
		return wrongLines(found)
	}
	return wrongLines(found) + "\nUsed meanwhile: " + strings.Join(used, "; ") + "."
}

// wrongLines are mistakes as people read them: file and line, what, and how to
// mend it.
func wrongLines(found prompts.Problems) string {
	var lines []string
	for _, p := range found[:min(maxWrong, len(found))] {
		at := p.File
		if p.Line > 0 {
			at += fmt.Sprintf(", line %d", p.Line)
		}
		l := fmt.Sprintf("• `%s`: %s", blockkit.Escape(at), blockkit.Escape(blockkit.Truncate(blockkit.OneLine(p.What), 200)))
		if p.Hint != "" {
			l += " (" + blockkit.Escape(blockkit.Truncate(blockkit.OneLine(p.Hint), 200)) + ")"
		}
		lines = append(lines, l)
	}
	if len(found) > len(lines) {
		lines = append(lines, "and more: `cairn prompts check` on the machine tells all.")
	}
	return strings.Join(lines, "\n")
}
