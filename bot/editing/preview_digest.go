package editing

import (
	"fmt"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/digest"
	"cairn/bot/english"
	"cairn/bot/phrase"
	"cairn/bot/workshop"
	"cairn/prompts"
)

// forDigest reports whether a prompt words a digest, which is a channel's and
// about nobody in particular.
func forDigest(name string) bool {
	return name == digest.ThingPrompt || name == phrase.LinePrompt || name == digest.LinesPrompt
}

// previewDigest shows what words a digest, which is about no contact: what a channel
// would read of each thing that the rules may choose, or of each line.
func (d *Desk) previewDigest(def *prompts.Prompt, p pair, hasDraft bool) []slack.Block {
	cases := d.Examples(def)
	var blocks []slack.Block
	if def.NeedsModel() {
		blocks = append(blocks, blockkit.Context(d.toldNot(0, hasDraft)))
	}
	was, is := workshop.Examine(p.live.Prompt, def, cases), workshop.Examine(p.draft.Prompt, def, cases)
	for i := range cases {
		blocks = append(append(blocks, blockkit.Section("*"+blockkit.Escape(english.Upper(cases[i].Name))+"*")), sides(was[i], is[i], hasDraft, p.live.Prompt, blockkit.Escape)...)
	}
	if hasDraft && alike(was, is) {
		blocks = append(blocks, d.unseen(def, p, "in these examples")...)
	}
	return append(blocks, blockkit.Context(d.whyDigest()))
}

// whyDigest says why a preview of what words a digest shows its examples.
func (d *Desk) whyDigest() string {
	return fmt.Sprintf("A digest is about nobody in particular, so these are the examples. `%s digest now` in a channel shows a manager its own.", d.Slash("coach"))
}
