package editing

import (
	"context"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/prompts"
	"cairn/store"
)

// maxUpload is how long a file may be that an editor shares, in bytes: several
// times the longest that travels with the binary.
const maxUpload = 256 << 10

// fileName is a file's name as it comes back from people's machines:
// words.v3.yaml, words.v3 (1).yaml, words.yaml, library.v3.csv.
var fileName = regexp.MustCompile(`^(.+?)(?:\.v(\d{1,9}))?(?:[ _-]?\(\d+\))?(\.prompt|\.ya?ml|\.csv)$`)

// sentName names a version as a file; what comes back under it tells where its
// writer started.
func sentName(file string, version int) string {
	return fmt.Sprintf("%s.v%d%s", workshop.Name(file), version, path.Ext(file))
}

// sendText puts the text as a file into the direct message.
func (d *Desk) sendText(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	s, err := d.editFrom(ctx, r, file)
	if errors.Is(err, store.ErrNotFound) {
		return chat.Say(fmt.Sprintf("There is no version %d of %s. `%s prompts log %s` tells those that there are.", s.number, d.Title(file), d.Slash("coach"), workshop.Name(file))), nil
	}
	if err != nil {
		return chat.Reply{}, err
	}
	return d.sendAs(ctx, r, file, s, "")
}

// sendAs sends a text as a file; why, ready for Slack, says why no form does.
func (d *Desk) sendAs(ctx context.Context, r *chat.Request, file string, s start, why string) (chat.Reply, error) {
	name := sentName(file, s.number)
	if err := d.SendFile(ctx, r.PersonID, name, []byte(s.text)); err != nil {
		return chat.Reply{}, err
	}
	return chat.Say(why + fmt.Sprintf("*`%s` is in our direct message*: %s, as a file. Change it with any editor and put it back there, into its thread or below; files in a channel I do not see. It becomes the draft once it is read without a mistake; what you write beside it is the reason. Keep its name: it tells me which version you started from.",
		blockkit.Escape(name), d.sentWord(s))), nil
}

// TakeFile takes a file that an editor put into a direct message as the
// draft of the file of its name. ours is false where no such file came.
func (d *Desk) TakeFile(ctx context.Context, r *chat.Request) (reply chat.Reply, ours bool, err error) {
	i := slices.IndexFunc(r.Files, func(f chat.SharedFile) bool { return fileName.MatchString(strings.ToLower(f.Name)) })
	if i < 0 {
		if reply, ours, err := d.misnamed(ctx, r); ours || err != nil {
			return reply, true, err
		}
		if len(r.Files) > 0 && strings.TrimSpace(r.Text) == "" {
			return chat.Say("I record words, not files. An editor's prompts (`.prompt`), journeys or cues (`.yaml`) and library (`.csv`) are the only files that I read."), true, nil
		}
		return chat.Reply{}, false, nil
	}
	me, err := d.Store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, true, err
	}
	if !me.Is(store.Editor) {
		reply, err = d.notEditor(ctx, r)
		return reply, true, err
	}
	if len(r.Files) > 1 {
		return chat.Say("*One file at a time, please.* Nothing was kept."), true, nil
	}
	parts := fileName.FindStringSubmatch(strings.ToLower(r.Files[i].Name))
	file, ok := d.fileNamed(r.TeamID, parts[1])
	if kind, _ := workshop.KindOf(file); parts[3] == ".csv" && kind != workshop.Library {
		return chat.Say(fmt.Sprintf("The only `.csv` file that I read here is the library, and it has to be called `library.csv`: `%s prompts file library` sends it. Contacts come in where I run, with `cairn import contacts`. I did not look into the file.", d.Slash("coach"))), true, nil
	}
	if !ok {
		return d.which(r, command{name: "file"}, parts[1]), true, nil
	}
	text, wrong, err := d.fetchText(ctx, r, r.Files[i])
	if err != nil || wrong != "" {
		return chat.Say(wrong), true, err
	}
	base := -1
	if parts[2] != "" {
		if base, err = strconv.Atoi(parts[2]); err != nil {
			return chat.Reply{}, true, err
		}
	}
	reply, err = d.orTooLong(d.takeText(ctx, r, file, text, base))
	return reply, true, err
}

// misnamed tells an editor of a file whose name only lacks its ending at the end, as
// some systems leave it. Whoever wrote words beside it and is no editor wants those
// recorded, not the file read.
func (d *Desk) misnamed(ctx context.Context, r *chat.Request) (reply chat.Reply, ours bool, err error) {
	for _, f := range r.Files {
		bare := strings.TrimSuffix(strings.ToLower(f.Name), ".txt")
		if bare == strings.ToLower(f.Name) || !fileName.MatchString(bare) {
			continue
		}
		me, err := d.Store.Person(ctx, r.TeamID, r.PersonID)
		if err != nil || !me.Is(store.Editor) {
			return chat.Reply{}, false, err
		}
		return chat.Say(fmt.Sprintf("*`%s` was not read*: its name ends in `.txt`. Rename it to `%s` and share it once more. Nothing was kept.", blockkit.Escape(f.Name), blockkit.Escape(f.Name[:len(bare)]))), true, nil
	}
	return chat.Reply{}, false, nil
}

// fetchText reads a shared file. wrong says in words why it cannot.
func (d *Desk) fetchText(ctx context.Context, r *chat.Request, shared chat.SharedFile) (text, wrong string, err error) {
	if d.Files == nil {
		return "", "Files are not taken here. Whoever runs me can put it into the folder of `CAIRN_PROMPTS_DIR`.", nil
	}
	noRight := "*Slack does not hand me the file.* The app lacks the right `files:read`: whoever runs me adds it from `cairn manifest` and installs the app anew. Nothing was kept."
	// what Slack says itself of the file counts, not what the message says
	info, _, _, err := d.API.GetFileInfoContext(ctx, shared.ID, 1, 1)
	var refused slack.SlackErrorResponse
	switch {
	case errors.As(err, &refused) && refused.Err == "missing_scope":
		return "", noRight, nil
	case errors.As(err, &refused):
		return "", "*The file is gone, or not for me to see.* Share it once more. Nothing was kept.", nil
	case err != nil:
		return "", "", fmt.Errorf("files.info: %w", err)
	case info.Size > maxUpload:
		return "", tooLong(info.Size), nil
	}
	data, err := d.Files.Fetch(ctx, info.URLPrivate, maxUpload)
	switch {
	case errors.Is(err, post.ErrForeign):
		return "", "*The file does not lie with Slack* but with somebody else, and I fetch nothing from other addresses. Share it from your own machine. Nothing was kept.", nil
	case errors.Is(err, post.ErrWithheld):
		return "", noRight, nil
	case errors.Is(err, post.ErrTooLarge):
		return "", tooLong(maxUpload + 1), nil
	case err != nil:
		return "", fmt.Sprintf("*Slack did not give me the file in time.* Share it once more. Nothing was kept. (%s)", d.Incident(r, err)), nil
	}
	data = []byte(strings.TrimPrefix(string(data), "\ufeff")) // as some editors begin a file
	if !utf8.Valid(data) {
		return "", "*The file is not UTF-8 text.* Save it as UTF-8 and share it once more. Nothing was kept.", nil
	}
	return strings.ReplaceAll(string(data), "\r\n", "\n"), "", nil
}

func tooLong(size int) string {
	return fmt.Sprintf("*The file is too long*: %d kB, and I read at most %d kB. Nothing was kept.", (size+1023)/1024, maxUpload/1024)
}

// takeText keeps a text as the draft. base is the version that its name says it
// started from, -1 where it says none: then it may not stand in front of
// somebody else's draft, which its writer may never have seen.
func (d *Desk) takeText(ctx context.Context, r *chat.Request, file, text string, base int) (chat.Reply, error) {
	name := workshop.Name(file)
	labels, err := d.Store.PromptLabels(ctx, r.TeamID, file)
	if err != nil {
		return chat.Reply{}, err
	}
	if _, found := d.Live.Kinds().Admit(file, text); len(found) > 0 {
		return mistakes(name, text, found), nil
	}
	if base >= 0 {
		if _, err := d.versionText(ctx, r.TeamID, file, base); errors.Is(err, store.ErrNotFound) {
			return chat.Say(fmt.Sprintf("*There is no version %d of %s; nothing was kept.* The number in a file's name tells me which version you started from, so that nothing is overwritten unseen. Call it `%s` if you cannot tell, and share it once more.",
				base, d.Title(file), blockkit.Escape(name+path.Ext(file)))), nil
		} else if err != nil {
			return chat.Reply{}, err
		}
	}
	stands, was, err := d.standing(ctx, r, labels)
	if err != nil {
		return chat.Reply{}, err
	}
	if was == text {
		return chat.Say(fmt.Sprintf("This is %s, letter by letter. Nothing was changed.", d.sentWord(start{labels: labels, number: stands, begun: true}))), nil
	}
	seen, err := d.sawStanding(ctx, r, file, labels, base)
	if err != nil {
		return chat.Reply{}, err
	}
	draft := store.PromptDraft{File: file, Text: text, AuthorID: r.PersonID, Reason: blockkit.Truncate(blockkit.OneLine(line.Unescape(r.Text)), 300), Parent: max(base, 0), SeenLive: labels.Live, SeenDraft: labels.Draft, At: d.Now()}
	if base < 0 {
		draft.Parent = stands
	}
	if !seen {
		draft.SeenDraft = -1 // no draft has this number, so the text is kept beside
	}
	return d.saveDraft(ctx, r, draft)
}

// sawStanding reports whether who shares a text knows what it takes the place
// of: they started from it, or from a version that was kept beside it later and
// shown to them with the difference, or it is their own.
func (d *Desk) sawStanding(ctx context.Context, r *chat.Request, file string, labels store.PromptLabels, base int) (bool, error) {
	switch {
	case base >= 0 && labels.Draft > 0:
		return base >= labels.Draft, nil
	case base >= 0:
		return base >= labels.Live, nil
	case labels.Draft == 0:
		return true, nil
	}
	v, err := d.Store.PromptVersion(ctx, r.TeamID, file, labels.Draft)
	return v.AuthorID == r.PersonID, err
}

// maxMistakes is how many mistakes of a file are told at once.
const maxMistakes = 12

// mistakes tells what is wrong with a file, by line, and how to mend it.
func mistakes(name, text string, found prompts.Problems) chat.Reply {
	lines := strings.Split(text, "\n")
	out := []string{fmt.Sprintf("*“%s” has %s; nothing was kept.* Mend it and share it once more.", blockkit.Escape(name), english.Plural(len(found), "mistake"))}
	for _, p := range found[:min(maxMistakes, len(found))] {
		say := "• " + blockkit.Escape(english.Upper(p.What))
		if p.Line > 0 && p.Line <= len(lines) {
			say = fmt.Sprintf("• Line %d (“%s”): %s", p.Line, blockkit.Escape(prompts.OneLine(lines[p.Line-1], 60)), blockkit.Escape(p.What))
		}
		if p.Hint != "" {
			say += " _(" + blockkit.Escape(p.Hint) + ")_"
		}
		out = append(out, blockkit.Truncate(say, 400))
	}
	if more := len(found) - maxMistakes; more > 0 {
		out = append(out, fmt.Sprintf("and %d more.", more))
	}
	return chat.Say(strings.Join(out, "\n"))
}
