package bot

import (
	"context"
	"errors"
	"fmt"
	"path"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/workshop"
	"cairn/store"
)

// openWorkshop reads which wording is in force and has the coach use it, and
// makes the first admins. Neither a bad file nor a database that is away keeps
// the bot from serving.
func (b *Bot) openWorkshop(ctx context.Context) error {
	embedded, err := workshop.Shipped()
	if err != nil {
		return err
	}
	if b.live, err = workshop.New(embedded, b.cfg.PromptsDir, b.store, b.cfg.Now, b.cfg.Log); err != nil {
		return err
	}
	if err := b.live.Look(ctx); err != nil {
		b.cfg.Log.Warn("prompts: the files are in force until the database answers", "error", err)
	}
	if err := b.learnReading(ctx, b.cfg.Now()); err != nil {
		b.cfg.Log.Warn("the weights of the binary read until the team's own are there", "error", err)
	}
	b.shelves.own = b.live.Guide
	own := *b.coach
	own.Words = b.live
	own.Books = func(team string) (journey.Models, coach.Reader) {
		return b.live.Journeys(team), b.readerFor(team, own.Reader)
	}
	b.coach = &own
	b.appoint(ctx)
	return nil
}

// appoint makes admins of those whom CAIRN_ADMINS names, for as long as it does.
// An id that Slack does not know appoints nobody.
func (b *Bot) appoint(ctx context.Context) {
	var known []string
	for _, id := range b.cfg.Admins {
		ask, cancel := context.WithTimeout(ctx, 4*askPatience)
		_, err := b.cfg.API.GetUserInfoContext(ask, id)
		cancel()
		var refused slack.SlackErrorResponse
		if errors.As(err, &refused) && Nobody(refused.Err) {
			b.cfg.Log.Error("CAIRN_ADMINS names somebody whom Slack does not know in this workspace", "person", id)
			continue
		}
		known = append(known, id)
	}
	b.store.Appoint(b.team, known)
}

// Nobody reports whether an error of Slack's says that there is no such person.
func Nobody(code string) bool {
	return code == "user_not_found" || code == "users_not_found" || code == "user_not_visible"
}

// versionText is the text of a version; 0 is the file.
func (b *Bot) versionText(ctx context.Context, team, file string, number int) (string, error) {
	if number == 0 {
		text := b.live.Base(file)
		if text == "" {
			return "", store.ErrNotFound
		}
		return text, nil
	}
	v, err := b.store.PromptVersion(ctx, team, file, number)
	return v.Text, err
}

// piece is a version, ready for use.
func (b *Bot) piece(ctx context.Context, team, file string, number int) (workshop.Piece, error) {
	text, err := b.versionText(ctx, team, file, number)
	if err != nil {
		return workshop.Piece{}, err
	}
	piece, found := b.live.Kinds().Check(file, text)
	if len(found) > 0 {
		return piece, found
	}
	return piece, nil
}

// moved is what came of a move.
type moved struct {
	ok     bool
	reply  chat.Reply // where it is not ok: who was first
	trials string     // whose trials it ended, a sentence that begins with a space; empty: nobody's
}

// movePrompt moves labels, with what that does to rows, has this replica follow at
// once, and tells those whose trial ended by it. Where somebody was first, the
// reply says so; where it is an item of the library that is another, the error is
// [store.ErrItemMoved].
func (b *Bot) movePrompt(ctx context.Context, r *chat.Request, file string, c store.PromptChange) (moved, error) {
	c.PersonID, c.At = r.PersonID, b.cfg.Now()
	labels, err := b.store.MovePrompt(ctx, r.TeamID, file, c)
	if errors.Is(err, store.ErrMoved) {
		reply, err := b.whoWasFirst(ctx, r, labels)
		return moved{reply: reply}, err
	}
	if err != nil {
		return moved{}, err
	}
	b.follow(ctx)
	trials, err := b.trialsEnded(ctx, r, c, labels.Ended)
	if err != nil { // what was moved stays so
		b.cfg.Log.Warn("not everybody whose trial ended is told", "team", r.TeamID, "file", file, "error", err)
	}
	return moved{ok: true, trials: trials}, nil
}

// whoWasFirst tells what somebody else did before, so that nothing was changed now.
func (b *Bot) whoWasFirst(ctx context.Context, r *chat.Request, l store.PromptLabels) (chat.Reply, error) {
	m, err := b.lastMove(ctx, r.TeamID, l.File)
	if err != nil {
		return chat.Reply{}, err
	}
	names, err := b.names(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	lead := "*Somebody was first*: " + blockkit.Escape(names.Of(m.PersonID))
	if m.PersonID == r.PersonID {
		lead = "*You were first yourself*, in another window: you"
	}
	return chat.Say(fmt.Sprintf("%s %s. So I changed nothing now. Live is %s%s. Look again with `%s prompts log %s`.",
		lead, b.moveDid(m), b.wasLiveWord(l.File, l.Live), draftWord(l.Draft), b.slash("coach"), workshop.Name(l.File))), nil
}

// follow has this replica take over what was just moved; the others hear of it.
func (b *Bot) follow(ctx context.Context) {
	if err := b.live.Look(ctx); err != nil {
		b.cfg.Log.Warn("prompts: following at the next look", "error", err)
	}
}

// used keeps which version worded something, for `card … why` and the figures of
// two live versions. Where it cannot be kept the words still go out: they are
// what the person asked for.
func (b *Bot) used(ctx context.Context, team, person string, contact int64, use workshop.Use, made string) {
	err := b.store.UsePrompt(ctx, team, store.PromptUse{Version: use.Version, Engine: string(observe.BuiltIn), Made: made, ContactID: contact, PersonID: person, At: b.cfg.Now()})
	if err != nil {
		b.cfg.Log.Warn("which wording was used is not kept", "team", team, "version", use.Version, "made", made, "error", err)
	}
}

// title is a file as people know it, ready to stand in a sentence.
func (b *Bot) title(file string) string { return "“" + blockkit.Escape(b.bareTitle(file)) + "”" }

// bareTitle is the same by itself, not escaped.
func (b *Bot) bareTitle(file string) string {
	name := workshop.Name(file)
	if use, ok := b.live.Prompt(b.team, name, "", 0); ok {
		return use.Prompt.Title
	}
	switch kind, _ := workshop.KindOf(file); kind {
	case workshop.Guide:
		return "What fits whom"
	case workshop.Library:
		return "The library"
	case workshop.Journey:
		if m, ok := b.live.Journeys(b.team).Get(name); ok {
			return m.Title()
		}
	}
	return name
}

// versionWord names a version of a file. Below all versions is the original, or
// the file of CAIRN_PROMPTS_DIR that stands in its place.
func (b *Bot) versionWord(file string, number int) string {
	if _, own := b.live.Own(file); number == 0 && own {
		return "the file " + path.Base(file)
	}
	if number == 0 {
		return "the original"
	}
	return fmt.Sprintf("version %d", number)
}

// standsWord is versionWord where people look at what stands: of a file it says
// where it lies and when it was changed.
func (b *Bot) standsWord(r *chat.Request, file string, number int) string {
	word := b.versionWord(file, number)
	if changed, own := b.live.Own(file); number == 0 && own {
		at := changed.In(b.here(r).Location())
		word += fmt.Sprintf(" on the machine I run on, changed %s %s", english.Day(at, b.here(r)), at.Format("15:04"))
	}
	return word
}

// wasLiveWord is a version that is or was live. Of rows the versions are what was
// published; before the first, there was what forms and imports had made.
func (b *Bot) wasLiveWord(file string, number int) string {
	if kind, _ := workshop.KindOf(file); kind.FromRows() && number == 0 {
		return "the library as it was before"
	}
	return b.versionWord(file, number)
}

func draftWord(number int) string {
	if number == 0 {
		return ""
	}
	return fmt.Sprintf(", the draft is version %d", number)
}
