package editing

import (
	"context"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// mostReason is how many characters of a reason are kept: as many as a button carries.
const mostReason = 2000

// step is a way in which a version becomes live: published, for a share of the
// contacts, for everybody at the end of that, or again after it was live for a share
// only or was told worse. All of them need a reason and show the figures; where these are worse or
// missing, a second person or an admin has to agree.
type step struct {
	Kind   string `json:"kind"` // as of a move
	Live   int    `json:"live"` // what stood when it was asked for
	Draft  int    `json:"draft"`
	Other  int    `json:"other,omitempty"`
	Had    int    `json:"had,omitempty"`   // percent of the contacts that had Other
	Number int    `json:"number"`          // the version that it is about
	Share  int    `json:"share,omitempty"` // percent of the contacts that shall get it; 0: everybody
	Worse  bool   `json:"worse,omitempty"` // of going back: it was told worse when it was published
	Now    bool   `json:"now,omitempty"`   // of Worse: nothing was kept of what was told then, and today's figures say so
	First  bool   `json:"first,omitempty"` // of going back to version 0: as it is now, nobody had it yet
	Base   string `json:"base,omitempty"`  // of version 0, what it was: see [workshop.Live.BaseHash]
}

func stepFrom(kind string, l store.PromptLabels, number, share int) step {
	return step{Kind: kind, Live: l.Live, Draft: l.Draft, Other: l.Other, Had: l.Share, Number: number, Share: share}
}

// seen is what stood when the step was asked for.
func (s step) seen(team, file string) store.PromptLabels {
	return store.PromptLabels{TeamID: team, File: file, Live: s.Live, Draft: s.Draft, Other: s.Other, Share: s.Had}
}

// command is what somebody types to ask for the step.
func (s step) command(name string) string {
	switch s.Kind {
	case store.PromptSplit:
		return fmt.Sprintf("split %s %d", name, s.Share)
	case store.PromptStop:
		return fmt.Sprintf("split %s stop keep draft", name)
	case store.PromptRollback:
		return fmt.Sprintf("rollback %s to %d", name, s.Number)
	}
	return "publish " + name
}

// stepOpen is what the form of a step remembers.
type stepOpen struct {
	chat.Opened
	File string `json:"file"`
	Step step   `json:"step"`
}

// beside are the versions that a step compares: what is live, and its own.
func (s step) beside(team, file string) store.PromptLabels {
	return store.PromptLabels{TeamID: team, File: file, Live: s.Live, Draft: s.Number}
}

// examineStep weighs the version of a step beside what is live.
func (d *Desk) examineStep(ctx context.Context, r *chat.Request, file string, s step) (p pair, e weighed, held *chat.Reply, err error) {
	if p, err = d.pairOf(ctx, r.TeamID, s.beside(r.TeamID, file)); err != nil {
		return p, e, nil, err
	}
	if s.Number == 0 { // without a draft live stands for both
		if p.draft, err = d.piece(ctx, r.TeamID, file, s.Number); err != nil {
			return p, e, nil, err
		}
	}
	e, held, err = d.weighPair(ctx, r, file, p)
	return p, e, held, err
}

// askStep opens the form of a step, which shows the figures and has the reason that was
// typed, or asks for a second person.
func (d *Desk) askStep(ctx context.Context, r *chat.Request, file string, s step, reason string) (chat.Reply, error) {
	p, e, held, err := d.examineStep(ctx, r, file, s)
	if err != nil || held != nil {
		return chat.OrNone(held), err
	}
	if reply, refused, err := d.refusedFor(ctx, r, file, p, e, s, reason); err != nil || refused {
		return reply, err
	}
	return d.stepForm(ctx, r, file, p, e, s, reason)
}

// takeStep does it; told is what the figures said of it: see [weighed.told].
func (d *Desk) takeStep(ctx context.Context, r *chat.Request, file string, s step, told, reason string) (chat.Reply, error) {
	seen, reason := s.seen(r.TeamID, file), blockkit.Truncate(reason, mostReason)
	switch s.Kind {
	case store.PromptSplit:
		return d.splitNow(ctx, r, seen, s.Share, told, reason)
	case store.PromptStop:
		return d.endSplit(ctx, r, seen, s.Number, told, reason)
	case store.PromptRollback:
		again := "live again"
		if s.First {
			again = "live now"
		}
		return d.rollbackNow(ctx, r, seen, s.Number, again, told, reason)
	}
	return d.publishNow(ctx, r, seen, told, reason)
}

// notWords begin the refusal of a step.
var notWords = map[string]string{store.PromptPublish: "Not published", store.PromptSplit: "Not split", store.PromptStop: "The split was not ended", store.PromptRollback: "Not rolled back"}

// refusedFor tells whether a second person has to agree, and keeps that it was
// asked for. Who wrote the version cannot agree with themselves; an admin may. What
// nobody wrote here, version 0, is everybody's to agree to.
func (d *Desk) refusedFor(ctx context.Context, r *chat.Request, file string, p pair, e weighed, s step, reason string) (chat.Reply, bool, error) {
	if !e.needsTwo() || s.Number == 0 {
		return chat.Reply{}, false, nil
	}
	me, err := d.Store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, false, err
	}
	v, err := d.Store.PromptVersion(ctx, r.TeamID, file, s.Number)
	if err != nil {
		return chat.Reply{}, false, err
	}
	if me.Is(store.Admin) || v.AuthorID != r.PersonID {
		return chat.Reply{}, false, nil
	}
	why := "the figures got worse"
	switch {
	case e.waits:
		why = untested(p, e)
	case e.verdict != workshop.Worse && len(e.exam.Unshown) > 0:
		why = "no case of its test shows what was changed in " + blockkit.Escape(allOf(e.exam.Unshown))
	case e.verdict != workshop.Worse:
		why = "its worth cannot be judged here"
	}
	seen := s.seen(r.TeamID, file)
	logged := why
	if reason != "" {
		logged += "; their reason: " + blockkit.Truncate(reason, mostReason)
	}
	done, err := d.move(ctx, r, file, store.PromptChange{Kind: store.PromptRefused, Seen: seen, Next: seen, Reason: logged,
		Asked: store.PromptAsk{Kind: s.Kind, Number: s.Number, Share: s.Share}})
	if err != nil || !done.ok {
		return done.reply, true, err
	}
	asked, err := d.askOthers(ctx, r, file, s, why, reason)
	if err != nil { // the author asks them
		d.Log.Warn("not everybody is told that a second person is asked for", "team", r.TeamID, "file", file, "error", err)
	}
	head := fmt.Sprintf("*%s: %s.* %s%s", notWords[s.Kind], why, d.whoAgrees(file, s, e), asked)
	blocks := []slack.Block{blockkit.Section(head)}
	if len(e.lines) > 0 {
		blocks = append(blocks, blockkit.Section(strings.Join(e.lines, "\n")))
	}
	if s.Kind == store.PromptPublish || s.Kind == store.PromptSplit {
		blocks = append(blocks, draftButtons(workshop.Name(file), "test", "edit"))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: blocks}}, true, nil
}

// whoAgrees tells the author of a version who else can make it live and how, and
// what they can do alone.
func (d *Desk) whoAgrees(file string, s step, e weighed) string {
	name, coach := workshop.Name(file), d.Slash("coach")
	where := ""
	switch s.Kind {
	case store.PromptSplit:
		where = fmt.Sprintf(" before %d %% of the contacts get it", s.Share)
	case store.PromptStop, store.PromptRollback:
		where = " before everybody gets it"
	}
	text := fmt.Sprintf("You wrote version %d of %s, so somebody else has to agree%s: another editor or an admin types `%s prompts %s`", s.Number, d.Title(file), where, coach, s.command(name))
	if len(e.lines) > 0 {
		text += ", and sees the same figures"
	}
	text += "."
	if e.waits && s.Kind != store.PromptRollback && (s.Kind != store.PromptStop || s.Draft == 0) {
		text += " Or test it first"
		if e.failed != "" {
			text = strings.TrimSuffix(text, " first") + " once more"
		}
		text += fmt.Sprintf(": `%s prompts test %s`. If it does no worse, you need nobody else.", coach, name)
	}
	if s.Kind == store.PromptStop {
		text += fmt.Sprintf(" You can end the split alone with %s kept: `%s prompts split %s stop keep live`.", d.versionWord(file, s.Live), coach, name)
	}
	return text
}

// untested says that a test would judge a draft and was not run, or could not judge it. Of a library
// another test is asked for once it has changed.
func untested(p pair, e weighed) string {
	if e.failed != "" {
		return "it was tested, but could not be judged: " + english.Lower(strings.TrimSuffix(e.failed, "."))
	}
	if p.shelf != nil {
		return "it was not tested on the library as it is now"
	}
	return "it was not tested yet"
}

// stepWords are the title and the button of the form of a step.
var stepWords = map[string][2]string{store.PromptPublish: {"Publish", "Publish"}, store.PromptSplit: {"Split", "Split"},
	store.PromptStop: {"End the split", "Live for everybody"}, store.PromptRollback: {"Roll back", "Live for everybody"}}

// stepForm asks for the reason and shows the figures.
func (d *Desk) stepForm(ctx context.Context, r *chat.Request, file string, p pair, e weighed, s step, reason string) (chat.Reply, error) {
	verdict := "By its checks it is " + e.verdictWord() + "."
	if e.counted {
		verdict = "By what was counted it is " + e.verdictWord() + "."
	}
	switch {
	case e.waits && s.Number == 0: // a test is of a draft
		verdict = fmt.Sprintf(":warning: %s. Look before you agree.", english.Upper(untested(p, e)))
	case e.waits:
		verdict = fmt.Sprintf(":warning: %s; `%s prompts test %s` takes a minute. Look before you agree.", english.Upper(untested(p, e)), d.Slash("coach"), workshop.Name(file))
	case !e.judged && len(e.exam.Unshown) > 0:
		verdict = ":warning: No case of its test shows all that was changed. Look before you agree."
	case !e.judged:
		verdict = ":warning: It could not be judged here. Look before you agree."
	case e.needsTwo():
		verdict = ":warning: " + verdict + " Look before you agree."
	}
	blocks := []slack.Block{blockkit.Section(d.stepHead(file, p, s)), blockkit.Section(verdict + "\n" + strings.Join(e.lines, "\n"))}
	if p.shelf == nil || e.needsTwo() { // no figure sees that a text says the opposite: whoever makes it live reads what they change
		what, err := d.stepDiffers(ctx, r.TeamID, file, p, s)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = append(blocks, what...)
	}
	if s.Kind == store.PromptStop {
		came, err := d.runLines(ctx, r.TeamID, file)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = append(blocks, blockkit.Section("*What came of both*\n"+strings.Join(came, "\n")), blockkit.Context(scoresFoot))
	}
	words := stepWords[s.Kind]
	return chat.Reply{Modal: blockkit.Modal("prompt_step", words[0], words[1], chat.Remember(stepOpen{r.Opened(), file, s}),
		append(blocks, blockkit.TextInput("why", "Why?", "It stands in the log beside your name.", reason, false))...)}, nil
}

// stepDiffers shows what differs between what is live and the version of a step.
func (d *Desk) stepDiffers(ctx context.Context, team, file string, p pair, s step) ([]slack.Block, error) {
	if p.shelf != nil {
		return d.shelfBlocks(p), nil
	}
	was, err := d.versionText(ctx, team, file, s.Live)
	if err != nil {
		return nil, err
	}
	is, err := d.versionText(ctx, team, file, s.Number)
	if err != nil {
		return nil, err
	}
	differ, err := d.differ(file, d.versionWord(file, s.Live), was, d.versionWord(file, s.Number), is)
	return []slack.Block{differ}, err
}

// stepHead says what the step does.
func (d *Desk) stepHead(file string, p pair, s step) string {
	title := blockkit.Escape(d.bareTitle(file))
	switch {
	case p.shelf != nil:
		return fmt.Sprintf("*%s*: version %d changes it for everybody, at once: %s.", title, s.Number, p.shelf.merge.Summary())
	case s.Kind == store.PromptSplit:
		return fmt.Sprintf("*%s*: version %d goes to %d %% of the contacts, within five seconds; %s stays for the others.", title, s.Number, s.Share, d.versionWord(file, s.Live))
	case s.Kind == store.PromptStop:
		return fmt.Sprintf("*%s*: version %d, which %d %% of the contacts get now, takes the place of %s, for everybody, within five seconds.", title, s.Number, s.Had, d.versionWord(file, s.Live))
	case s.First:
		return fmt.Sprintf("*%s*: %s, which was not live before, as far as the log tells, takes the place of %s, for everybody, within five seconds.", title, d.versionWord(file, s.Number), d.versionWord(file, s.Live))
	case s.Now:
		return fmt.Sprintf("*%s*: version %d, which is worse by today's tests than what it took the place of when it was published, takes the place of %s, for everybody, within five seconds.", title, s.Number, d.versionWord(file, s.Live))
	case s.Worse && s.Number == 0:
		return fmt.Sprintf("*%s*: %s, which was told worse when it was first made live, takes the place of %s, for everybody, within five seconds.", title, d.versionWord(file, s.Number), d.versionWord(file, s.Live))
	case s.Worse:
		return fmt.Sprintf("*%s*: version %d, which was told worse when it was published, takes the place of %s, for everybody, within five seconds.", title, s.Number, d.versionWord(file, s.Live))
	case s.Kind == store.PromptRollback:
		return fmt.Sprintf("*%s*: version %d, which only a share of the contacts got so far, takes the place of %s, for everybody, within five seconds.", title, s.Number, d.versionWord(file, s.Live))
	}
	return fmt.Sprintf("*%s*: version %d takes the place of %s, for everybody, within five seconds.", title, s.Number, d.versionWord(file, s.Live))
}

// SubmitStep takes the step of the form. Its figures are looked at anew.
func (d *Desk) SubmitStep(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	open, err := chat.Recall[stepOpen](r)
	if err != nil {
		return chat.Reply{}, err
	}
	me, err := d.Store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	switch {
	case !me.Is(store.Editor):
		return chat.Reply{Errors: map[string]string{"why": "Only editors publish, and you are none any more."}}, nil
	case r.View.Values["why"] == "":
		return chat.Reply{Errors: map[string]string{"why": "Say why, in a few words. Whoever looks at the log later will thank you."}}, nil
	}
	if open.Step.Number == 0 && open.Step.Base != d.Live.BaseHash(open.File) {
		return chat.Reply{Errors: map[string]string{"why": "What lies below all versions was changed since this form was opened. Close it, and look again."}}, nil
	}
	now, err := d.Store.PromptLabels(ctx, r.TeamID, open.File)
	if err != nil {
		return chat.Reply{}, err
	}
	told := ""
	if s := open.Step; now.Live == s.Live && now.Draft == s.Draft && now.Other == s.Other { // else taking it tells who was first
		p, e, held, err := d.examineStep(ctx, r, open.File, s)
		if err != nil || held != nil {
			return d.orTooLong(chat.OrNone(held), err)
		}
		if reply, refused, err := d.refusedFor(ctx, r, open.File, p, e, s, r.View.Values["why"]); err != nil || refused {
			return reply, err
		}
		told = e.told()
	}
	return d.orTooLong(d.takeStep(ctx, r, open.File, open.Step, told, r.View.Values["why"]))
}
