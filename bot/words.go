package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/librarian"
	"cairn/bot/line"
	"cairn/bot/suggest"
	"cairn/store"
)

// The words that people see. Rules for them:
//   - One thing a sentence; the first sentence says what became of the line.
//   - A mistake is told with what to type instead, never with a code alone.
//   - "You" more than "I", "I" more than "the system"; no exclamation marks.
//   - Names, notes and titles are escaped by blockkit.Escape before they come in here.
//   - Nobody is called by an @: people are spoken of, not to.
//   - Never a word of praise for how many calls were made, nor of blame.

var howWords = map[string]string{
	"social": "on a social network", "event": "at an event", "email": "e-mail", "phone": "call", "web": "on the web",
	"meeting": "meeting", "chat": "chat", "post": "post",
}

// howWord names a channel; empty where the note does not say how.
func howWord(channel string) string { return howWords[channel] }

// howAndDay says how and when a talk took place: "call, yesterday".
func howAndDay(channel string, at, now time.Time) string {
	if how := howWord(channel); how != "" {
		return how + ", " + english.Day(at, now)
	}
	return english.Day(at, now)
}

var byWords = map[string]string{
	"social": "on their social network", "event": "at an event", "email": "by e-mail", "phone": "by phone", "web": "in an online call",
	"meeting": "in a meeting", "chat": "by chat", "post": "by post",
}

func byWord(channel string) string { return byWords[channel] }

// standing says what stands beside the stage.
func standing(p store.Place) string {
	var all []string
	switch p.Status {
	case "quiet":
		all = append(all, "gone quiet")
	case "left":
		all = append(all, "left")
	}
	if p.DoNotContact {
		all = append(all, "asked not to be contacted")
	}
	if p.Cycle != "" {
		all = append(all, strings.ReplaceAll(p.Cycle, "_", "-")+" cycle open")
	}
	return strings.Join(all, ", ")
}

// leftAlone says of somebody who asked not to be contacted what there is none of.
func leftAlone(none string) string {
	return "*Do not contact them.* They asked not to be contacted: " + none + ". If they come back by themselves, log it, and this is lifted."
}

// nothingLine says why nothing is suggested.
func nothingLine(g store.Suggestion) string {
	if more, atLeast := moreFit(g); more > 0 {
		left := fmt.Sprintf("%d more fit", more)
		switch {
		case atLeast:
			left = fmt.Sprintf("%d or more fit", more)
		case more == 1:
			left = "One more fits"
		}
		return fmt.Sprintf("*You have passed over all %s*, the most that I name at a time. %s less well. A line on what they need, and I choose again.", threeWord, left)
	}
	if len(g.Picks) > 0 {
		text := "*Nothing else fits*: you have passed over all that fits well at this moment. The content team is told of it"
		if g.Gap != nil {
			text += ": " + blockkit.Escape(missing(librarian.Audience(*g.Gap)))
		}
		return text + "."
	}
	_, say, ok := strings.Cut(g.Silent, ": ")
	if !ok || say == "" {
		return "*Nothing to give just now*."
	}
	say, gap, lacks := strings.Cut(say, " The gap: ")
	say = english.FullStop(blockkit.Escape(say))
	if lacks {
		say += " The content team is told of it: " + blockkit.Escape(missing(gap)) + "."
	}
	for _, first := range []string{"Nothing in the library fits", "Nothing in the library answers what was told last", "Nothing else fits"} {
		if rest, ok := strings.CutPrefix(say, first); ok {
			return "*" + first + "*" + rest // said once
		}
	}
	return "*Nothing to give just now*. " + say
}

// threeWord says [suggest.MaxPicks].
const threeWord = "three"

// moreFit is how many items would be named beside those of a suggestion had more than the
// first few been; atLeast: not all were counted.
func moreFit(g store.Suggestion) (more int, atLeast bool) {
	var candidates []suggest.Candidate
	if len(g.Picks) < suggest.MaxPicks || json.Unmarshal(g.Candidates, &candidates) != nil {
		return 0, false
	}
	for _, c := range candidates {
		if !slices.ContainsFunc(g.Picks, func(p store.Pick) bool { return p.ContentID == c.Item }) {
			more++
		}
	}
	return more, len(candidates) == suggest.MaxCandidates
}

// missing tells a gap ("permission × IT") to those who know the stages by their names.
func missing(audience string) string {
	stage, whom, _ := strings.Cut(audience, " × ")
	text := "something is missing for contacts at " + english.Upper(stage)
	if whom != "" {
		text += " (" + whom + ")"
	}
	return text
}

// stepWord tells a next step and when I come back to it.
// thing is what it promises to give, where the library has it; empty: nothing that is told.
func stepWord(s store.Step, thing string, now time.Time) string {
	whose := "Their next step"
	if s.Whose == string(line.Ours) {
		whose = "Your next step"
	}
	if isAbsence(s) { // nothing that they are to do
		return fmt.Sprintf("They are away: “%s”.", blockkit.Escape(strings.TrimRight(s.What, ".")))
	}
	text := fmt.Sprintf("%s: %s", whose, blockkit.Escape(strings.TrimRight(s.What, ".")))
	if thing != "" {
		text += " (" + thing + ")"
	}
	switch {
	case s.Due == nil:
	case line.NamesYear(s.What):
		return text + ". I bring it back on " + strings.TrimPrefix(english.Due(*s.Due, now), "due ") + "."
	default:
		text += ", " + english.Due(*s.Due, now)
	}
	return text + "."
}

// isAbsence reports whether a step of theirs says no more than until when they are away.
func isAbsence(s store.Step) bool {
	return s.Whose == string(line.Theirs) && s.Due != nil && line.IsAway(s.What)
}

// trouble turns an error into a reply for people: a sentence, a hint, and an
// id that the log has too. typed is given back where nothing was recorded.
func (b *Bot) trouble(r *chat.Request, err error) chat.Reply {
	var p *line.Problem
	if errors.As(err, &p) {
		return b.problem(r, p, "")
	}
	var two *twoPeople
	if errors.As(err, &two) {
		return b.sayTwoPeople(r, two)
	}
	var back takenBack
	if errors.As(err, &back) {
		return chat.Say(fmt.Sprintf("*#%d was taken back before.* Nothing changed now. If it took place after all, send the line again.", int64(back)))
	}
	if errors.Is(err, store.ErrNotFound) && r.Event != chat.HomeOpened && !b.logs(r) { // nothing went wrong: no id is needed to find out what
		b.cfg.Log.Info("what was asked for is gone, or another's", "team", r.TeamID, "person", r.PersonID, "kind", r.Kind, "command", r.Command, "action", r.Action.ID, "error", err)
		return chat.Say("That is gone, or it is a colleague's and not yours to change. Log a new line, or type `" + b.slash("coach") + " card` with a name to see what stands.")
	}
	wrong, nobody := b.misformed(r)
	if wrong != nil && errors.Is(err, store.ErrUnavailable) && !errors.Is(err, store.ErrUnknown) {
		return b.problem(r, wrong, "*NOT saved.* ") // it would be wrong in a minute too
	}
	id := b.incident(r, err)
	if r.Event == chat.HomeOpened { // nobody said anything, so nothing is unsaved
		old := chat.Say("*Your Home page is not up to date.* I could not draw it just now. Open it once more in a minute. (" + id + ")")
		if r.Drawn {
			return old
		}
		b.watch(func() { b.emptyHome(r, old, id) })
		return chat.Reply{}
	}
	b.countUnsaved(r, err)
	if reply, ok := formTrouble(r, err, id); ok {
		return reply
	}
	if errors.Is(err, store.ErrUnknown) {
		return b.unconfirmed(r, err, id)
	}
	if r.Kind != chat.KindAction && !b.saves(r) {
		return b.unanswered(r, err, id)
	}
	again := "Your line is below: copy it and "
	if chat.Typed(r) == "" {
		again = "Please "
	} else if nobody && r.Kind == chat.KindEvent { // where no form can ask who it was
		again += "put who it was and a colon before it, as in `Dana Ruiz, Acme: call`, and "
	}
	switch {
	case r.Kind == chat.KindAction && errors.Is(err, chat.ErrValue):
		return chat.Say("*Nothing changed.* This button is not one of mine, or it is from an older version. Type `" + b.slash("coach") + " help` for the way to do it by hand. (" + id + ")")
	case r.Kind == chat.KindAction && errors.Is(err, store.ErrUnavailable):
		return chat.Say("*Nothing changed.* " + ailing(err) + " Press it once more in a minute. (" + id + ")")
	case r.Kind == chat.KindAction:
		return chat.Say("*Nothing changed.* Something went wrong on my side. Press it once more; if it happens again, tell your admin this id. (" + id + ")")
	case errors.Is(err, store.ErrUnavailable):
		return chat.Say("*NOT saved.* " + ailing(err) + " " + again + "send it again in a minute. (" + id + ")").GivingBack(r)
	}
	return chat.Say("*NOT saved.* Something went wrong on my side. " + again + "try once more; if it happens again, tell your admin this id. (" + id + ")").GivingBack(r)
}

// misformed says what is wrong with the form of a typed line, as far as that is to be told
// without looking up names, and whether it names nobody before a colon.
func (b *Bot) misformed(r *chat.Request) (wrong *line.Problem, nobody bool) {
	if r.Kind == chat.KindSubmission || !b.logs(r) {
		return nil, false
	}
	_, text := b.wanted(r)
	if strings.TrimSpace(text) == "" { // a form asks
		return nil, false
	}
	l, err := b.words(r).Parse(text, r.At)
	if errors.As(err, &wrong) && (wrong.Code == line.NameOnly && l.HasColon || wrong.Code == line.NoWho || wrong.Code == line.TooLong || wrong.Code == line.BadText) {
		return wrong, false
	}
	return nil, !l.HasColon // a known name may open it: "dana pilot"
}

// unconfirmed says that nobody knows whether something stands. Of lines that is
// looked up; of the rest whoever did it has to look.
func (b *Bot) unconfirmed(r *chat.Request, err error, id string) chat.Reply {
	broke := english.Upper(cut(err)) + " "
	switch {
	case errors.Is(err, errSought):
		return chat.Say("*Not confirmed yet.* " + broke + "while your line was being saved. I look it up and tell you here within a minute; please do not type it again. (" + id + ")").GivingBack(r)
	case r.Kind == chat.KindAction:
		return chat.Say("*Not confirmed.* " + broke + "meanwhile: what you pressed may have been done or not. Look whether it has before you press again. (" + id + ")")
	case b.saves(r):
		return chat.Say("*Not confirmed.* " + broke + "while it was being saved: it may stand or not. Look whether it does before you send it again. (" + id + ")").GivingBack(r)
	}
	return chat.Say("*No answer just now.* " + broke + "meanwhile. Try again in a minute; if it was to change something, look first whether it has. (" + id + ")")
}

// cut says what ended a commit before its outcome was known; err is [store.ErrUnknown].
func cut(err error) string {
	if store.AilmentOf(err) == store.Slow {
		return "the database took too long"
	}
	return "the connection to the database broke"
}

// formTrouble keeps a submitted form on the screen where nothing of it was
// saved, or where that is not known yet.
func formTrouble(r *chat.Request, err error, id string) (chat.Reply, bool) {
	switch {
	case errors.Is(err, errSought):
		return chat.KeepOpen(r, "Not confirmed yet: I look it up and tell you within a minute. Do not press again before then. ("+id+")")
	case errors.Is(err, store.ErrUnknown):
		return chat.KeepOpen(r, "Not confirmed: "+cut(err)+", and it may stand or not. Look before you press again. ("+id+")")
	case errors.Is(err, store.ErrUnavailable):
		return chat.KeepOpen(r, "NOT saved. "+ailing(err)+" Your words are still here: press again in a minute. ("+id+")")
	}
	return chat.KeepOpen(r, "NOT saved: something went wrong on my side. Press again; if it happens again, tell your admin this id. ("+id+")")
}

// unanswered says that a question cannot be answered. Nothing was to be saved,
// so nothing was not.
func (b *Bot) unanswered(r *chat.Request, err error, id string) chat.Reply {
	away := errors.Is(err, store.ErrUnavailable)
	verb, rest := b.wanted(r)
	switch {
	case away && verb == "help" && strings.EqualFold(strings.TrimSpace(rest), "status"):
		return b.statusAway(err, id)
	case away:
		return chat.Say("*No answer just now.* " + ailing(err) + " Nothing was changed. Try again in a minute. (" + id + ")")
	}
	return chat.Say("*No answer just now.* Something went wrong on my side. Try once more; if it happens again, tell your admin this id. (" + id + ")")
}

// countUnsaved counts what people are told was not saved, or is not known to be.
func (b *Bot) countUnsaved(r *chat.Request, err error) {
	switch {
	case !b.saves(r): // buttons too: nothing was typed
	case errors.Is(err, store.ErrUnknown):
		b.meters.Unsaved("not_confirmed")
	default:
		b.meters.Unsaved("not_saved")
	}
}

// told is a problem as people read it: it quotes what they typed.
func (b *Bot) told(p *line.Problem) string {
	return b.prefixed(blockkit.Escape(p.Sentence + " " + p.Hint))
}

// problem shows what cannot be recorded as typed, behind a lead if there is one, and gives it
// back.
func (b *Bot) problem(r *chat.Request, p *line.Problem, lead string) chat.Reply {
	reply := chat.Say(lead + b.told(p))
	if r.Kind == chat.KindCommand && p.Code != line.Empty && p.Code != line.NameOnly {
		return reply.GivingBack(r)
	}
	return reply
}
