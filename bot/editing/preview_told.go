package editing

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/english"
	"cairn/bot/workshop"
	"cairn/prompts"
)

// What a model is told of several contacts is mostly the same: its System part, which
// stands once for all those who share it, live and draft. Their User parts follow, each
// under its contact.

const (
	// mostAllTold is how many characters all parts of a preview have together, within
	// what Slack shows of a message.
	mostAllTold = 9000
	mostSystem  = 1800 // of a System part
	mostUserOf  = 1100 // of a contact's User part
)

// share is a System part, live and draft, and who is told it or a part in which the same
// differs, by the numbers of their cases.
type share struct {
	live, draft string
	differs     []workshop.Parted // none: live and draft are the same
	who         []int
}

// bySystem puts those together of whose System part the same is to be shown, in the order of
// the first of each: the part itself, or what differs between live and draft.
func bySystem(was, is []workshop.Result) []share {
	var all []share
	for i := range was {
		one := share{live: was[i].System, draft: is[i].System, differs: workshop.Differ(was[i].System, is[i].System)}
		at := slices.IndexFunc(all, func(s share) bool {
			if len(one.differs) == 0 {
				return len(s.differs) == 0 && s.live == one.live
			}
			return reflect.DeepEqual(s.differs, one.differs)
		})
		if at < 0 {
			at, all = len(all), append(all, one)
		}
		all[at].who = append(all[at].who, i)
	}
	return all
}

// toldBlocks show what a model is told of several contacts, with live and with the draft.
func toldBlocks(cases []workshop.Case, was, is []workshop.Result, hasDraft bool) []slack.Block {
	shares := bySystem(was, is)
	room := mostAllTold / (len(shares) + len(cases))
	var blocks []slack.Block
	whole := "" // the System part that stands there as it is
	for _, s := range shares {
		var names []string
		for _, i := range s.who {
			names = append(names, cases[i].Name)
		}
		head := "*System part* for " + strings.Join(names, "; ")
		switch {
		case len(shares) == 1 && len(s.differs) > 0:
			head = "*System part*, with the same change for all of them"
		case len(shares) == 1:
			head = "*System part*, the same for all of them"
		}
		part := told{head: head, live: s.live, draft: s.draft, hasDraft: hasDraft, most: min(mostSystem, room)}
		switch {
		case len(s.differs) > 0:
		case whole == "":
			whole = s.draft
		default: // what it has that the other has not
			part.live, part.liveName = whole, "told those above"
			part.draftName, part.hasDraft = "told these", true
			part.head += beside(hasDraft, ", live and draft the same")
		}
		blocks = append(blocks, part.blocks()...)
		for _, i := range s.who {
			part := told{head: "*" + cases[i].Name + "*\n*User part*", live: was[i].User, draft: is[i].User, hasDraft: hasDraft, most: min(mostUserOf, room)}
			blocks = append(blocks, part.blocks()...)
			faults := is[i].Faults
			if !hasDraft {
				faults = was[i].Faults
			}
			if len(faults) > 0 {
				blocks = append(blocks, blockkit.Section(":warning: "+blockkit.EscapeWithin(strings.Join(faults, "; "), mostFaults)))
			}
		}
	}
	return blocks
}

// beside is a text where something holds, else empty.
func beside(holds bool, text string) string {
	if holds {
		return text
	}
	return ""
}

// told is one part of what a model is told.
type told struct {
	head                string // ready for Slack
	live, draft         string
	liveName, draftName string // of the two in a difference; empty: live and draft
	hasDraft            bool
	most                int // characters
}

// blocks show what differs between live and draft; where nothing does, the part itself. What
// there is no room for is told.
func (t told) blocks() []slack.Block {
	if !t.hasDraft || len(workshop.Differ(t.live, t.draft)) == 0 {
		return []slack.Block{blockkit.Section(t.head + beside(t.hasDraft, ", live and draft the same") + "\n" + fencedPart(t.draft, t.most))}
	}
	if t.liveName == "" {
		t.liveName, t.draftName = "told with live", "told with the draft"
	}
	block, more := differenceWithin(t.liveName, t.live, t.draftName, t.draft, t.most, mostBytes*t.most/mostAllTold)
	blocks := []slack.Block{blockkit.Section(t.head), block}
	if more {
		blocks = append(blocks, blockkit.Context("More differs here than there is room for; fewer contacts at once leave more."))
	}
	return blocks
}

// fencedPart is a part of at most so many characters, and says how many more there are.
func fencedPart(text string, most int) string {
	fits, cut := blockkit.FencedPart(text, most)
	if cut == 0 {
		return fits
	}
	shown, cut := blockkit.FencedPart(text, most-40)
	return shown + fmt.Sprintf("\n(%s more of it; fewer contacts at once leave more room)", english.Plural(cut, "character"))
}

// mostExamples is how many examples are shown of what no contact shows.
const mostExamples = 2

// unseen says where a change shows that none of what a preview is on shows: in the prompt's
// own examples, or the cases that a test tries, with those two sides; or that it cannot be
// seen here. An editor who may not read anybody's words, say, never sees how they are quoted.
func (d *Desk) unseen(def *prompts.Prompt, p pair, on string) []slack.Block {
	cases := append(d.Examples(def), workshop.Cases(def)...)
	was, is := workshop.Examine(p.live.Prompt, def, cases), workshop.Examine(p.draft.Prompt, def, cases)
	most := mostExamples
	if def.NeedsModel() {
		most = 1
	}
	var blocks []slack.Block
	var seen []string
	for i, c := range cases {
		if was[i].Text == is[i].Text || slices.Contains(seen, is[i].Text) || len(seen) == most {
			continue
		}
		seen = append(seen, is[i].Text)
		blocks = append(append(blocks, blockkit.Section("*"+blockkit.Escape(english.Upper(c.Name))+"*")), sides(was[i], is[i], true, p.live.Prompt, blockkit.Escape)...)
	}
	if len(seen) == 0 {
		return []slack.Block{blockkit.Context(fmt.Sprintf("*What the draft changes cannot be seen here*: nothing reads otherwise, neither %s nor in any case that a test tries.", on))}
	}
	return append([]slack.Block{blockkit.Context(fmt.Sprintf("*What the draft changes does not show %s.* With the prompt's own examples it reads otherwise:", on))}, blocks...)
}
