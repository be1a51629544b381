package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// publishOpen is what the form for publishing remembers.
type publishOpen struct {
	File        string `json:"file"`
	Live        int    `json:"live"`
	Draft       int    `json:"draft"`
	ResponseURL string `json:"response_url,omitempty"`
	At          int64  `json:"at"`
}

// promptPublish makes the draft live. It needs a reason; without one a form
// asks for it and shows the figures.
func (b *Bot) promptPublish(ctx context.Context, r *Request, file string) (Reply, error) {
	p, ok, err := b.pair(ctx, r.TeamID, file)
	if err != nil {
		return Reply{}, err
	}
	if !ok {
		return b.noDraft(file), nil
	}
	if p.labels.Other > 0 {
		return b.splitFigures(ctx, r, file, p.labels, "*Two versions are live.* Stop that first, and say which one stays.")
	}
	if reply, held := b.heldUp(p); held {
		return reply, nil
	}
	e, err := b.examine(ctx, r, file, p)
	if err != nil {
		return Reply{}, err
	}
	if reply, refused, err := b.refusedFor(ctx, r, file, p, e); err != nil || refused {
		return reply, err
	}
	reason := strings.TrimSpace(strings.TrimPrefix(r.Text, "because"))
	if reason == "" || e.needsTwo() { // who agrees to worse figures has seen them
		return b.askReason(r, file, p, e, reason)
	}
	return b.publishNow(ctx, r, file, p.labels, reason)
}

// refused tells whether a second person has to agree, and keeps that it was
// asked for. Who wrote the draft cannot agree with themselves; an admin may.
func (b *Bot) refused(ctx context.Context, r *Request, file string, p pair) (Reply, bool, error) {
	e, err := b.examine(ctx, r, file, p)
	if err != nil {
		return Reply{}, false, err
	}
	return b.refusedFor(ctx, r, file, p, e)
}

// refusedFor is refused with the figures at hand.
func (b *Bot) refusedFor(ctx context.Context, r *Request, file string, p pair, e weighed) (Reply, bool, error) {
	if !e.needsTwo() {
		return Reply{}, false, nil
	}
	me, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return Reply{}, false, err
	}
	v, err := b.store.PromptVersion(ctx, r.TeamID, file, p.labels.Draft)
	if err != nil {
		return Reply{}, false, err
	}
	if me.Is(store.Admin) || v.AuthorID != r.PersonID {
		return Reply{}, false, nil
	}
	why := "the figures got worse"
	or := ""
	switch {
	case e.waits:
		why = untested(p)
		or = fmt.Sprintf(" Or test it first: `%s prompts test %s`. If it does no worse, you publish it alone.", b.slash("coach"), workshop.Name(file))
	case e.verdict != workshop.Worse:
		why = "its worth cannot be judged here"
	}
	moved, reply, err := b.movePrompt(ctx, r, file, store.PromptChange{Kind: store.PromptRefused, Seen: p.labels, Next: p.labels, Reason: why})
	if err != nil || !moved {
		return reply, true, err
	}
	head := fmt.Sprintf("*Not published: %s.* You wrote version %d of %s, so somebody else has to agree: another editor or an admin types `%s prompts publish %s`, and sees the same figures.%s",
		why, p.labels.Draft, b.title(file), b.slash("coach"), workshop.Name(file), or)
	blocks := []slack.Block{section(head)}
	if len(e.lines) > 0 {
		blocks = append(blocks, section(strings.Join(e.lines, "\n")))
	}
	return Reply{Message: &post.Message{Text: plain(head), Blocks: append(blocks, promptButtons(workshop.Name(file), "test", "edit"))}}, true, nil
}

// untested says that a test would judge a draft and was not run. Of a library
// another test is asked for once it has changed.
func untested(p pair) string {
	if p.shelf != nil {
		return "it was not tested on the library as it is now"
	}
	return "it was not tested yet"
}

func (b *Bot) askReason(r *Request, file string, p pair, e weighed, reason string) (Reply, error) {
	private, err := json.Marshal(publishOpen{File: file, Live: p.labels.Live, Draft: p.labels.Draft, ResponseURL: r.ResponseURL, At: r.At.Unix()})
	if err != nil {
		return Reply{}, err
	}
	head := fmt.Sprintf("*%s*: version %d takes the place of %s, for everybody, within five seconds.", esc(b.bareTitle(file)), p.labels.Draft, versionWord(p.labels.Live))
	if p.shelf != nil {
		head = fmt.Sprintf("*%s*: version %d is %s, for everybody, at once.", esc(b.bareTitle(file)), p.labels.Draft, p.shelf.merge.Summary())
	}
	verdict := "By its checks it is " + verdictWords[e.verdict] + "."
	switch {
	case e.waits:
		verdict = fmt.Sprintf(":warning: %s; `%s prompts test %s` takes a minute. Look before you agree.", upper(untested(p)), b.slash("coach"), workshop.Name(file))
	case !e.judged:
		verdict = ":warning: It could not be judged here. Look before you agree."
	case e.needsTwo():
		verdict = ":warning: " + verdict + " Look before you agree."
	}
	return Reply{Modal: modal("prompt_publish", "Publish", "Publish", string(private), section(head), section(verdict+"\n"+strings.Join(e.lines, "\n")),
		textInput("why", "Why?", "It stands in the log beside your name.", reason, false))}, nil
}

func (b *Bot) submitPromptPublish(ctx context.Context, r *Request) (Reply, error) {
	var open publishOpen
	if err := json.Unmarshal([]byte(r.View.Private), &open); err != nil {
		return Reply{}, err
	}
	r.ResponseURL, r.URLSince = open.ResponseURL, time.Unix(open.At, 0)
	me, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return Reply{}, err
	}
	switch {
	case !me.Is(store.Editor):
		return Reply{Errors: map[string]string{"why": "Only editors publish, and you are none any more."}}, nil
	case r.View.Values["why"] == "":
		return Reply{Errors: map[string]string{"why": "Say why, in a few words. Whoever looks at the log later will thank you."}}, nil
	}
	p, ok, err := b.pair(ctx, r.TeamID, open.File)
	if err != nil {
		return Reply{}, err
	}
	if ok && p.labels.Draft == open.Draft {
		if reply, held := b.heldUp(p); held {
			return reply, nil
		}
		if reply, refused, err := b.refused(ctx, r, open.File, p); err != nil || refused {
			return reply, err
		}
	}
	return b.orTooLong(b.publishNow(ctx, r, open.File, store.PromptLabels{TeamID: r.TeamID, File: open.File, Live: open.Live, Draft: open.Draft}, r.View.Values["why"]))
}

func (b *Bot) publishNow(ctx context.Context, r *Request, file string, seen store.PromptLabels, reason string) (Reply, error) {
	if kind, _ := workshop.KindOf(file); kind.FromRows() {
		return b.publishShelf(ctx, r, seen, reason)
	}
	moved, reply, err := b.movePrompt(ctx, r, file, store.PromptChange{Kind: store.PromptPublish, Seen: seen,
		Next: store.PromptLabels{Live: seen.Draft}, Reason: cut(reason, 300)})
	if err != nil || !moved {
		return reply, err
	}
	name := workshop.Name(file)
	head := fmt.Sprintf("*Published: version %d of %s is live.* It took the place of %s.", seen.Draft, b.title(file), versionWord(seen.Live))
	return Reply{Message: &post.Message{Text: plain(head), Blocks: []slack.Block{section(head),
		buttons("prompt", button("prompt:back", "Back to "+versionWord(seen.Live), fmt.Sprintf("rollback %s to %d seen %d", name, seen.Live, seen.Draft)), button("prompt:log", "Log", "log "+name))}}}, nil
}

// lastLive is how many versions a rollback offers.
const lastLive = 5

// promptRollback lists the last versions that were live, each with a button;
// "to 3" goes back at once.
func (b *Bot) promptRollback(ctx context.Context, r *Request, file string) (Reply, error) {
	labels, err := b.store.PromptLabels(ctx, r.TeamID, file)
	if err != nil {
		return Reply{}, err
	}
	to, ok := numberAfter(r.Text, "to")
	if !ok {
		return b.versions(ctx, r, file, labels)
	}
	if seen, ok := numberAfter(r.Text, "seen"); ok {
		labels.Live = seen
	}
	if to == labels.Live {
		return say(fmt.Sprintf("%s of %s is live already.", upper(wasLiveWord(file, to)), b.title(file))), nil
	}
	if kind, _ := workshop.KindOf(file); kind.FromRows() {
		return b.rollbackShelf(ctx, r, labels, to)
	}
	if _, err := b.piece(ctx, r.TeamID, file, to); err != nil {
		return say(fmt.Sprintf("There is no version %d of %s that I can use. `%s prompts rollback %s` lists those that were live.", to, b.title(file), b.slash("coach"), workshop.Name(file))), nil
	}
	moved, reply, err := b.movePrompt(ctx, r, file, store.PromptChange{Kind: store.PromptRollback, Seen: labels, Next: store.PromptLabels{Live: to, Draft: labels.Draft}})
	if err != nil || !moved {
		return reply, err
	}
	return say(fmt.Sprintf("*Rolled back: %s of %s is live again*, for everybody. %s is kept.", versionWord(to), b.title(file), upper(versionWord(labels.Live)))), nil
}

// versions lists what was live, the latest first.
func (b *Bot) versions(ctx context.Context, r *Request, file string, labels store.PromptLabels) (Reply, error) {
	was, err := b.store.PromptWasLive(ctx, r.TeamID, file, lastLive+1)
	if err != nil {
		return Reply{}, err
	}
	names, err := b.names(ctx, r.TeamID)
	if err != nil {
		return Reply{}, err
	}
	name := workshop.Name(file)
	head := fmt.Sprintf("*Versions of %s*\nLive: %s%s.", b.title(file), versionWord(labels.Live), draftWord(labels.Draft))
	if kind, _ := workshop.KindOf(file); kind.FromRows() {
		head = fmt.Sprintf("*What was published of %s*\nThe last is %s%s. Going back undoes, item by item, what was published since; what a form changed after that stays, and you are told.", b.title(file), wasLiveWord(file, labels.Live), draftWord(labels.Draft))
	}
	blocks := []slack.Block{section(head)}
	for _, m := range was {
		if m.To == labels.Live || len(blocks) > lastLive {
			continue
		}
		text := fmt.Sprintf("*%s*", wasLiveWord(file, m.To))
		if m.PersonID != "" {
			text += fmt.Sprintf(": live from %s, by %s", dayWord(m.At, b.here(r)), esc(names.of(m.PersonID)))
		}
		if m.Reason != "" {
			text += ", “" + esc(cut(m.Reason, 120)) + "”"
		}
		blocks = append(blocks, slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, text, false, false), nil,
			slack.NewAccessory(button(fmt.Sprintf("prompt:back%d", m.To), "Back to this", fmt.Sprintf("rollback %s to %d seen %d", name, m.To, labels.Live)))))
	}
	if len(blocks) == 1 {
		blocks = append(blocks, small("Nothing else was ever live."))
	}
	return Reply{Message: &post.Message{Text: plain(head), Blocks: blocks}}, nil
}

// logLines is how many moves a message shows.
const logLines = 15

var moveWords = map[string]string{
	store.PromptEdit: "wrote a draft of", store.PromptDrop: "threw away the draft of", store.PromptPublish: "published", store.PromptRollback: "rolled back",
	store.PromptSplit: "made a second version live of", store.PromptStop: "ended the second version of", store.PromptRefused: "asked for a second person to publish",
}

// promptLog tells who moved what, when, from where to where, and why.
func (b *Bot) promptLog(ctx context.Context, r *Request, file string) (Reply, error) {
	moves, err := b.store.PromptLog(ctx, r.TeamID, file, logLines)
	if err != nil {
		return Reply{}, err
	}
	names, err := b.names(ctx, r.TeamID)
	if err != nil {
		return Reply{}, err
	}
	title := "*The log of the workshop*"
	if file != "" {
		title = "*The log of " + b.title(file) + "*"
	}
	if len(moves) == 0 {
		return say(title + "\nNothing was ever moved: all is as it came."), nil
	}
	lines := []string{title}
	now := b.here(r)
	for _, m := range moves {
		l := fmt.Sprintf("%s %s: %s %s %s, %s", dayWord(m.At, now), m.At.In(now.Location()).Format("15:04"), esc(names.of(m.PersonID)), moveWords[m.Kind], b.title(m.File), fromTo(m))
		if m.Reason != "" {
			l += ": “" + esc(cut(m.Reason, 120)) + "”"
		}
		lines = append(lines, l)
	}
	return say(strings.Join(lines, "\n")), nil
}

// fromTo tells the versions of a move.
func fromTo(m store.PromptMove) string {
	switch m.Kind {
	case store.PromptEdit, store.PromptRefused:
		return versionWord(m.To)
	case store.PromptDrop:
		return versionWord(m.From)
	case store.PromptSplit:
		return fmt.Sprintf("version %d for %d %% of the contacts", m.To, m.Share)
	case store.PromptStop:
		return versionWord(m.From)
	}
	return fmt.Sprintf("%s in the place of %s", wasLiveWord(m.File, m.To), wasLiveWord(m.File, m.From))
}
