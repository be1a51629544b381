package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// status shows admins what `cairn doctor` and the figures tell those who run
// the bot, as far as it is of use in Slack.
func (b *Bot) status(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	me, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return chat.Reply{}, err
	}
	if err != nil || !me.Is(store.Admin) {
		if admins, err := b.store.Admins(ctx, r.TeamID); err != nil || len(admins) == 0 {
			return b.nobodyIsAdmin(r), err
		}
		return chat.Say(fmt.Sprintf("This is for admins. `%s help` lists what is for everybody.", b.slash("coach"))), nil
	}
	held := b.heldLine(ctx)
	lines := []string{"*How I am*", b.socketLine(), b.tokenLine()}
	if l := b.rightsLine(ctx); l != "" {
		lines = append(lines, l)
	}
	lines = append(lines, b.databaseLine(ctx))
	behind := len(lines)
	weak, err := store.Weaknesses(ctx, b.store.Pool())
	if err != nil {
		return chat.Reply{}, err
	}
	for _, w := range weak {
		lines = append(lines, mark(false, fmt.Sprintf("The database's `%s` is %s: %s. %s.", w.Setting, w.Value, w.Harm, blockkit.Escape(w.Remedy))))
	}
	posts, err := b.postsLine(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	lines = append(lines, posts, b.modelLine())
	b.desk.Follow(ctx)
	for _, u := range b.live.Unusable(r.TeamID) {
		lines = append(lines, b.unusableLine(u))
	}
	if l := b.folderLine(); l != "" {
		lines = append(lines, l)
	}
	if l := <-held; l != "" { // last, for nothing else waits for it
		lines = slices.Insert(lines, behind, l)
	}
	lines = append(lines, "`cairn doctor`, on the machine I run on, checks the rest: the clock, and settings and rights of the database.")
	return chat.Say(strings.Join(lines, "\n")), nil
}

// statusAway is what can be told while the database is away. Who is an admin
// cannot be looked up then; these lines tell nothing of anybody.
func (b *Bot) statusAway(err error, id string) chat.Reply {
	return chat.Say(strings.Join([]string{"*How I am*", b.socketLine(), b.tokenLine(),
		mark(false, unanswering(err)+" ("+id+")"), b.modelLine(),
		"The rest stands in the database. `cairn doctor`, on the machine I run on, says what it lacks."}, "\n"))
}

// unanswering says why the database does not answer, and what that means for lines.
func unanswering(err error) string {
	switch store.AilmentOf(err) {
	case store.Slow, store.Crowded:
		return ailing(err) + " Some lines may not be recorded until it is less busy."
	case store.Away, store.Refusing, store.Lacking:
	}
	return "The database does not answer. Nothing is recorded until it does."
}

// mark begins a line: all is well, or what to do.
func mark(well bool, words string) string {
	if well {
		return "ok · " + words
	}
	return "*bad* · " + words
}

func (b *Bot) socketLine() string {
	all := b.cfg.Sockets
	up := min(b.sockets.Up(), all) // a spare stands beside one that is being left
	words := fmt.Sprintf("%d of %d connections to Slack are up", up, all)
	if n := b.sockets.Unwanted(); n > 0 {
		return mark(up > 0, words+". Slack sends the others away: it gives an app ten at most. Run fewer replicas, or set `CAIRN_SOCKETS` lower.")
	}
	if opening := b.sockets.Opening(); up < all && opening >= all-up {
		return mark(up > 0, words+"; the rest are being opened.")
	}
	if up < all {
		return mark(up > 0, words+". One that was lost comes back by itself within half a minute.")
	}
	return mark(true, words+".")
}

func (b *Bot) tokenLine() string {
	if b.sockets.Denied() || b.poster.Token() != nil {
		return mark(false, "Slack refuses a token of mine. Install the app anew and give me the new tokens.")
	}
	return mark(true, "Slack takes my tokens.")
}

func (b *Bot) databaseLine(ctx context.Context) string {
	begun := time.Now()
	schema, err := store.SchemaVersion(ctx, b.store.Pool())
	took := time.Since(begun).Milliseconds()
	var saving error
	if err == nil {
		saving = b.Saving(ctx)
	}
	switch {
	case err != nil:
		return mark(false, unanswering(err))
	case errors.Is(saving, store.ErrSome):
		return mark(false, "The database answers, but some lines cannot be recorded. Look who holds a table, or what the database lacks.")
	case saving != nil:
		return mark(false, "The database answers, but nothing can be recorded. Look whether its disk is full, whether it is read-only, or who holds a table.")
	case len(schema.Pending) > 0:
		return mark(false, fmt.Sprintf("The database lacks %s of its tables. Run `cairn migrate`.", english.Plural(len(schema.Pending), "change")))
	}
	speed := "at once"
	if took >= 250 {
		speed = fmt.Sprintf("after %d ms", took)
	}
	return mark(took < 1000, "The database answers "+speed+"; its tables are up to date.")
}

// heldRoom is what is left of a command's time when the look for held contacts is given up.
const heldRoom = 200 * time.Millisecond

// heldLine tells of contacts that somebody holds, in the words of `cairn doctor`; empty
// where nobody does, or that is not to be seen in time. It comes later: the look takes more
// than a second where there are any.
func (b *Bot) heldLine(ctx context.Context) <-chan string {
	line := make(chan string, 1)
	go func() {
		if end, ok := ctx.Deadline(); ok {
			var cancel context.CancelFunc
			ctx, cancel = context.WithDeadline(ctx, end.Add(-heldRoom))
			defer cancel()
		}
		held, err := b.store.HoldersOfRows(ctx)
		if err != nil || len(held) == 0 {
			line <- ""
			return
		}
		line <- mark(false, english.Upper(SomeHeld)+": "+blockkit.Escape(Blame(held))+".")
	}()
	return line
}

// mostParked is how many channels that take nothing are named.
const mostParked = 5

func (b *Bot) postsLine(ctx context.Context, team string) (string, error) {
	l, err := b.store.Backlog(ctx, team, b.cfg.Now())
	if err != nil {
		return "", err
	}
	waiting := l.States["pending"] + l.States["sending"]
	words := "No message waits to be posted"
	if waiting > 0 {
		words = fmt.Sprintf("%s %s to be posted", english.Plural(int(waiting), "message"), english.Verb(int(waiting), "waits", "wait"))
	}
	if l.Oldest > 0 {
		words += fmt.Sprintf(", the oldest for %v", l.Oldest.Round(time.Second))
	}
	if n := l.States["unknown"]; n > 0 {
		words += fmt.Sprintf("; %s sent earlier may not have arrived: Slack gave no answer to %s, and %s not sent twice",
			english.Plural(int(n), "message"), english.Verb(int(n), "it", "them"), english.Verb(int(n), "it is", "they are"))
	}
	lines := []string{mark(l.Oldest < time.Minute, words+".")}
	for i, p := range l.Parked {
		if i == mostParked {
			lines = append(lines, mark(false, fmt.Sprintf("And %d more channels take nothing.", len(l.Parked)-i)))
			break
		}
		lines = append(lines, mark(false, fmt.Sprintf("<#%s> takes nothing: %s. %d messages are kept for it and tried again every hour. A digest is moved by `%s digest here` in another channel.",
			p.Channel, post.Why(p.Reason), p.Count, b.slash("coach"))))
	}
	return strings.Join(lines, "\n"), nil
}

func (b *Bot) modelLine() string {
	switch {
	case b.cfg.Second == nil:
		return mark(true, "No language model is set; the built-in reading does all.")
	case b.cfg.Second.Reader.Suspended():
		return mark(false, "The language model contradicts sure readings; nothing is taken from it until it earns its word back.")
	}
	failed, of, last := b.cfg.Second.Reader.Lately()
	if failed == 0 {
		return mark(true, "A language model reads each line once more.")
	}
	return mark(2*failed < of, fmt.Sprintf("A language model reads each line once more; of the latest %d questions to it %d came to nothing (the last of those: %s), and my first reading stands there.", of, failed, last))
}

// unusableLine tells of a version that is live and cannot be used here.
func (b *Bot) unusableLine(u workshop.Unusable) string {
	return mark(false, fmt.Sprintf("Version %d of %s should be live and this program cannot read it; %s. My log says what is wrong with it; `%s prompts rollback %s` goes back to another.",
		u.Number, b.desk.Title(u.File), b.desk.UsedInstead(u), b.slash("coach"), workshop.Name(u.File)))
}

// folderLine tells admins the same; empty where there is no folder.
func (b *Bot) folderLine() string {
	if b.live.OthersDiffer() {
		return mark(false, "Not every process on this database reads the same `CAIRN_PROMPTS_DIR`, so what holds depends on which one answers: give all of them the same folder.")
	}
	if b.live.Folder() == "" {
		return ""
	}
	found := b.live.Wrong()
	if len(found) == 0 {
		return mark(true, "The files of `CAIRN_PROMPTS_DIR` have no mistake.")
	}
	return mark(false, "Not every file of `CAIRN_PROMPTS_DIR` is used as it lies there.\n"+b.desk.WrongWords(found))
}
