package weekly

import (
	"fmt"
	"math"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/digest"
	"cairn/bot/journey"
	"cairn/bot/wilson"
	"cairn/store"
)

// stagesOfContent are the stages that content is made for, lowest first.
func (b *Board) stagesOfContent(team string) []digest.Stand {
	model, ok := b.Coach.For(team).Models.Get(journey.Default)
	if !ok {
		return nil
	}
	var all []digest.Stand
	for _, s := range model.Stages() {
		all = append(all, digest.Stand{Stage: s.Name, Title: s.Title})
	}
	return all
}

// detailBlocks are what stands in the thread: the table of content, the meter's
// line, the gaps as briefs, and buttons that open the figures.
func (b *Board) detailBlocks(d store.Digest, f digest.Figures) []slack.Block {
	if f.Reps < digest.Quorum {
		return []slack.Block{blockkit.Context("There are no details where nothing can be shown.")}
	}
	blocks := []slack.Block{blockkit.Section("*Open a figure.* Only you see the names; without a manager's right, only those of your own contacts.")}
	at := fmt.Sprintf("%s %d %d ", d.Channel, d.Year, d.Week)
	var open []*slack.ButtonBlockElement
	for _, k := range figureButtons(f) {
		open = append(open, blockkit.Button("digest_open:"+k.figure, k.label, at+k.figure))
	}
	if len(open) > 0 {
		blocks = append(blocks, blockkit.Actions("figures", open...))
	}
	if table := contentTable(f); table != nil {
		blocks = append(blocks, blockkit.Section("*Content, twelve weeks*: who answered or moved on within 14 days. In brackets, what so few cases allow to be said."), table)
	}
	if chart := meterChart(f, d); chart != nil {
		blocks = append(blocks, chart)
	}
	var briefs []string
	for _, g := range f.Gaps[:min(len(f.Gaps), 5)] {
		briefs = append(briefs, fmt.Sprintf("• For %s at %s%s: nothing in the library fits, or all of it was given.", peopleWord(g.Sum.N), blockkit.Escape(g.Title), industryWord(g.Industry)))
	}
	if len(briefs) > 0 {
		blocks = append(blocks, blockkit.Section("*Briefs for the content team*\n"+strings.Join(briefs, "\n")))
	}
	return blocks
}

type figureButton struct{ figure, label string }

// figureButtons are the figures that may be opened: those that may be shown.
func figureButtons(f digest.Figures) []figureButton {
	var all []figureButton
	add := func(s digest.Sum, figure, label string) {
		if s.Shown() && s.N > 0 {
			all = append(all, figureButton{figure, label})
		}
	}
	add(f.Waiting, "waiting", "Who waits")
	for _, k := range []figureButton{{"up", "Who moved on"}, {"skipped", "Who skipped ahead"}, {"cycle_opened", "Who wants more"},
		{"returned", "Who came back"}, {"back", "Who went back"}, {"quiet", "Who went quiet"}, {"left", "Who left"}} {
		add(f.Moves[k.figure], k.figure, k.label)
	}
	add(f.Exchanges, "exchanges", "What came back")
	add(f.Ready, "ready", "Who is ready to be asked")
	return all
}

const tableItems = 12

// contentTable lists what the items did; nil where none may be shown.
func contentTable(f digest.Figures) *slack.TableBlock {
	cell := func(s string) slack.TableCell { return slack.NewTableRawTextCell(s) }
	t := slack.NewTableBlock("content").AddRow(cell("Item"), cell("Shown"), cell("Given"), cell("Answered"), cell("Moved on"), cell("Passed on"))
	n := 0
	for _, it := range f.Items {
		if it.Given.N == 0 || n == tableItems {
			continue
		}
		n++
		shown := "–"
		if it.Shown.Shown() {
			shown = fmt.Sprint(it.Shown.N)
		}
		t.AddRow(cell(blockkit.Truncate(it.Title, 60)), cell(shown), cell(fmt.Sprint(it.Given.N)), cell(ofWords(it.Answered, it.Given.N)),
			cell(ofWords(it.Moved, it.Given.N)), cell(fmt.Sprint(it.Passed)))
	}
	if n == 0 {
		return nil
	}
	return t
}

// ofWords is "4 (26–66 %)": a count, and the share that it allows to be said.
func ofWords(k, n int) string {
	low, high := wilson.Interval(k, n, wilson.FourInFive)
	return fmt.Sprintf("%d (%.0f–%.0f %%)", k, math.Floor(100*low), math.Ceil(100*high))
}

// meterChart is the team's own line over twelve weeks; nil where fewer than
// three of them have a share.
func meterChart(f digest.Figures, d store.Digest) slack.Block {
	var names []string
	var unused, unfollowed []slack.DataVisualizationDataPoint
	for _, w := range f.Line {
		u, ok := w.Unused.Percent()
		n, okToo := w.Unfollowed.Percent()
		if !ok || !okToo {
			continue
		}
		name := w.Ended.In(d.DueAt.Location()).Format("2 Jan")
		names = append(names, name)
		unused = append(unused, slack.NewDataVisualizationDataPoint(name, float64(u)))
		unfollowed = append(unfollowed, slack.NewDataVisualizationDataPoint(name, float64(n)))
	}
	if len(names) < 3 {
		return nil
	}
	chart := slack.NewDataVisualizationLineChart(slack.NewDataVisualizationAxisConfig(names...).WithYLabel("per cent"),
		slack.NewDataVisualizationDataSeries("content not given", unused...), slack.NewDataVisualizationDataSeries("not followed up", unfollowed...))
	return slack.NewDataVisualizationBlock("Unused content, and not followed up: per cent", chart)
}

func industryWord(industry string) string {
	if industry == "" {
		return ""
	}
	return " in " + blockkit.Escape(industry)
}
