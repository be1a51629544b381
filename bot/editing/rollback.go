package editing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/bot/workshop/exam"
	"cairn/prompts"
	"cairn/store"
)

// lastLive is how many versions a rollback offers.
const lastLive = 5

// rollback lists the last versions that were live, each with a button;
// "to 3" goes back at once where everybody had it before.
func (d *Desk) rollback(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	labels, err := d.Store.PromptLabels(ctx, r.TeamID, file)
	if err != nil {
		return chat.Reply{}, err
	}
	what, reason, _ := strings.Cut(r.Text, "because")
	to, ok := numberAfter(what, "to")
	if !ok {
		to, ok = numberIn(what)
	}
	if !ok {
		return d.versions(ctx, r, file, labels)
	}
	if seen, ok := numberAfter(what, "seen"); ok {
		labels.Live = seen
	}
	return d.rollbackTo(ctx, r, labels, to, strings.TrimSpace(reason))
}

// rollbackTo goes back to a version that was live. What only a share of the
// contacts got was never agreed on for everybody, and what was told worse was agreed on
// for that once: both take a reason and the figures.
func (d *Desk) rollbackTo(ctx context.Context, r *chat.Request, labels store.PromptLabels, to int, reason string) (chat.Reply, error) {
	file, name := labels.File, workshop.Name(labels.File)
	kind, _ := workshop.KindOf(file)
	switch {
	case to == labels.Live && kind.FromRows():
		return chat.Say(fmt.Sprintf("%s stands already.", english.Upper(d.wasLiveWord(file, to)))), nil
	case to == labels.Live && labels.Other == 0:
		return chat.Say(fmt.Sprintf("%s of %s is live already.", english.Upper(d.versionWord(file, to)), d.Title(file))), nil
	case to == labels.Live:
		return d.endSplit(ctx, r, labels, to, "", reason)
	case kind.FromRows():
		return d.rollbackShelf(ctx, r, labels, to)
	case labels.Other > 0 && to == labels.Other:
		return d.askStep(ctx, r, file, stepFrom(store.PromptStop, labels, to, 0), reason)
	}
	was, err := d.Store.PromptWasLive(ctx, r.TeamID, file, d.Live.BaseHash(file))
	if err != nil {
		return chat.Reply{}, err
	}
	at := slices.IndexFunc(was, func(m store.PromptMove) bool { return m.To == to })
	if at < 0 && to == 0 { // a text of the folder that lay behind a version all the time, or the original below such a text
		s := stepFrom(store.PromptRollback, labels, to, 0)
		s.First, s.Base = true, d.Live.BaseHash(file)
		return d.askStep(ctx, r, file, s, reason)
	}
	if at < 0 {
		listed := fmt.Sprintf("`%s prompts rollback %s` lists those that were live", d.Slash("coach"), name)
		if _, err := d.Store.PromptVersion(ctx, r.TeamID, file, to); errors.Is(err, store.ErrNotFound) {
			return chat.Say(fmt.Sprintf("There is no version %d of %s. %s.", to, d.Title(file), listed)), nil
		} else if err != nil {
			return chat.Reply{}, err
		}
		return chat.Say(fmt.Sprintf("Version %d of %s was never live. %s; `%s prompts edit %s %d` makes a draft of it.", to, d.Title(file), listed, d.Slash("coach"), name, to)), nil
	}
	var unfit prompts.Problems
	if _, err := d.piece(ctx, r.TeamID, file, to); errors.As(err, &unfit) {
		return chat.Say(fmt.Sprintf("Version %d of %s is one that I can use no more. `%s prompts rollback %s` lists those that were live.", to, d.Title(file), d.Slash("coach"), name)), nil
	} else if err != nil {
		return chat.Reply{}, err
	}
	worse, now, err := d.toldWorse(ctx, r, file, to)
	if err != nil {
		return chat.Reply{}, err
	}
	if worse || was[at].Share > 0 {
		s := stepFrom(store.PromptRollback, labels, to, 0)
		s.Worse, s.Now = worse, now
		if to == 0 {
			s.Base = d.Live.BaseHash(file)
		}
		return d.askStep(ctx, r, file, s, reason)
	}
	return d.rollbackNow(ctx, r, labels, to, "live again", "", reason)
}

// toldWorse reports whether the figures of a version were worse than those of what it took
// the place of when it was published. Somebody else or an admin agreed to it then; that it
// was live once does not agree to it for good. The verdict was kept with that move; now
// says that it was not, by a version of ours from before, and that today's figures are meant.
func (d *Desk) toldWorse(ctx context.Context, r *chat.Request, file string, number int) (worse, now bool, err error) {
	m, err := d.Store.PromptPublished(ctx, r.TeamID, file, number, d.Live.BaseHash(file))
	switch {
	case errors.Is(err, store.ErrNotFound):
		return false, false, nil
	case err != nil:
		return false, false, err
	case m.Verdict != "":
		return m.Verdict == string(workshop.Worse), false, nil
	}
	worse, err = d.worseNow(ctx, r, file, m)
	return worse, worse, err
}

// worseNow reports whether what a move made live is worse today than what it took the place
// of. Where its exam can be found no more, nothing is held against it.
func (d *Desk) worseNow(ctx context.Context, r *chat.Request, file string, m store.PromptMove) (bool, error) {
	var unfit prompts.Problems
	p, err := d.pairOf(ctx, r.TeamID, store.PromptLabels{TeamID: r.TeamID, File: file, Live: m.From, Draft: m.To})
	if errors.As(err, &unfit) { // what it took the place of can be used no more
		return false, nil
	}
	if err != nil {
		return false, err
	}
	e, err := d.examine(ctx, r, file, p)
	if err != nil || e.judged || e.verdict == workshop.Worse {
		return e.verdict == workshop.Worse, err
	}
	x, _, err := d.examOf(ctx, r.TeamID, file, p)
	if err != nil {
		return false, err
	}
	kept, err := d.Store.LatestPromptExam(ctx, r.TeamID, x.key)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var o exam.Outcome
	err = json.Unmarshal(kept.Outcome, &o)
	return o.Verdict == workshop.Worse, err
}

// rollbackNow does it; again says what that makes of the version: "live again".
func (d *Desk) rollbackNow(ctx context.Context, r *chat.Request, labels store.PromptLabels, to int, again, told, reason string) (chat.Reply, error) {
	file := labels.File
	done, err := d.move(ctx, r, file, store.PromptChange{Kind: store.PromptRollback, Seen: labels, Next: store.PromptLabels{Live: to, Draft: labels.Draft}, Reason: blockkit.Truncate(reason, mostReason), Verdict: told})
	if err != nil || !done.ok {
		return done.reply, err
	}
	text := fmt.Sprintf("*Rolled back: %s of %s is %s*, for everybody.", d.versionWord(file, to), d.Title(file), again)
	if labels.Other > 0 {
		return chat.Say(fmt.Sprintf("%s That ended the split: version %d was live for %d %% of the contacts. It and %s are kept, and so are the figures of both: `%s prompts split %s`.%s", text, labels.Other, labels.Share, d.versionWord(file, labels.Live), d.Slash("coach"), workshop.Name(file), done.trials)), nil
	}
	return chat.Say(fmt.Sprintf("%s %s is kept.%s", text, english.Upper(d.versionWord(file, labels.Live)), done.trials)), nil
}

// versions lists what was live, the latest first.
func (d *Desk) versions(ctx context.Context, r *chat.Request, file string, labels store.PromptLabels) (chat.Reply, error) {
	was, err := d.Store.PromptWasLive(ctx, r.TeamID, file, d.Live.BaseHash(file))
	if err != nil {
		return chat.Reply{}, err
	}
	names, err := d.Names(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	name := workshop.Name(file)
	head := fmt.Sprintf("*Versions of %s*\nLive: %s%s.", d.Title(file), d.standsWord(r, file, labels.Live), draftWord(labels.Draft))
	if labels.Other > 0 {
		head = fmt.Sprintf("*Versions of %s*\nTwo are live: %s, and version %d for %d %% of the contacts%s. Going back to one of them ends the split.", d.Title(file), d.versionWord(file, labels.Live), labels.Other, labels.Share, draftWord(labels.Draft))
	}
	if kind, _ := workshop.KindOf(file); kind.FromRows() {
		head = shelfVersionsHead(d.Title(file), labels)
	}
	blocks := []slack.Block{blockkit.Section(head)}
	shown := 0
	for _, m := range was {
		if m.To == labels.Live && labels.Other == 0 {
			continue
		}
		if shown++; shown > lastLive {
			blocks = append(blocks, blockkit.Context(fmt.Sprintf("Earlier ones can be named: `%s prompts rollback %s to 0` is %s, and `%s prompts log %s live` tells the numbers of others.", d.Slash("coach"), name, d.versionWord(file, 0), d.Slash("coach"), name)))
			break
		}
		blocks = append(blocks, slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, d.wasLiveLine(r, m, labels, names), false, false), nil,
			slack.NewAccessory(blockkit.Button(fmt.Sprintf("prompt:back%d", m.To), "Back to this", fmt.Sprintf("rollback %s to %d seen %d", name, m.To, labels.Live)))))
	}
	kind, _ := workshop.KindOf(file)
	if never := !slices.ContainsFunc(was, func(m store.PromptMove) bool { return m.To == 0 }); never && labels.Live > 0 && !kind.FromRows() {
		blocks = append(blocks, slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, fmt.Sprintf("*%s*: not live before, as far as the log tells; going to it takes a reason and shows the figures", english.Upper(d.standsWord(r, file, 0))), false, false), nil,
			slack.NewAccessory(blockkit.Button("prompt:back0", "Look at it", fmt.Sprintf("rollback %s to 0 seen %d", name, labels.Live)))))
	}
	if len(blocks) == 1 {
		blocks = append(blocks, blockkit.Context("Nothing else was ever live."))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: blocks}}, nil
}

// shelfVersionsHead stands above what was published of the library.
func shelfVersionsHead(title string, labels store.PromptLabels) string {
	stands := "Nothing of it stands: the library is what forms and imports made of it"
	if labels.Live > 0 {
		stands = fmt.Sprintf("The last that stands is version %d", labels.Live)
	}
	return fmt.Sprintf("*What was published of %s*\n%s%s. Going back undoes, item by item, what was published since; what a form changed after that stays, and you are told.", title, stands, draftWord(labels.Draft))
}

// wasLiveLine tells of a version since when it was live, for whom, and who did that.
func (d *Desk) wasLiveLine(r *chat.Request, m store.PromptMove, labels store.PromptLabels, names chat.Names) string {
	text, state := fmt.Sprintf("*%s*", english.Upper(d.wasLiveWord(m.File, m.To))), ""
	now := d.Here(r)
	from := english.Day(m.At, now) + " " + m.At.In(now.Location()).Format("15:04")
	switch {
	case labels.Other > 0 && m.To == labels.Other:
		state = fmt.Sprintf(": live now for %d %% of the contacts,", labels.Share)
	case labels.Other > 0 && m.To == labels.Live:
		state = fmt.Sprintf(": live now for the other %d %%,", 100-labels.Share)
	case m.Share > 0:
		state = fmt.Sprintf(": live for %d %% of the contacts only,", m.Share)
	case m.PersonID != "":
		state = ": live"
	case m.Kind == store.PromptOnDisk && m.Base != "":
		state = fmt.Sprintf(": live from %s, as the file came or was changed", from)
	case m.Kind == store.PromptOnDisk:
		state = fmt.Sprintf(": live from %s, as the file in front of it was taken away", from)
	}
	if text += state; m.PersonID != "" {
		text += fmt.Sprintf(" from %s, by %s", from, blockkit.Escape(names.Of(m.PersonID)))
	}
	text = strings.TrimSuffix(text, ",")
	if m.Reason != "" {
		text += ", “" + blockkit.Escape(blockkit.Truncate(m.Reason, 120)) + "”"
	}
	return text
}
