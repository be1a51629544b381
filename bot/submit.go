package bot

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/librarian"
	"cairn/bot/line"
)

// submissionFunc handles a submitted form.
type submissionFunc func(b *Bot, ctx context.Context, r *chat.Request) (chat.Reply, error)

func submissions() map[string]submissionFunc {
	return map[string]submissionFunc{
		"log":   (*Bot).submitLog,
		"stage": (*Bot).submitStage,

		"home_give":   (*Bot).submitHomeGive,
		"home_ask":    (*Bot).submitHomeAsk,
		"home_gave":   (*Bot).submitHomeGave,
		"morning_ask": (*Bot).submitMorningAsk,

		"content": atLibrary((*librarian.Desk).SubmitItem),
		"retire":  atLibrary((*librarian.Desk).SubmitRetire),

		"prompt_edit":    (*Bot).submitPromptEdit,
		"prompt_preview": (*Bot).submitPromptPreview,
		"prompt_step":    (*Bot).submitPromptStep,
		"role":           (*Bot).submitRole,
	}
}

func (b *Bot) submitted(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	run, ok := b.submissions[r.View.Callback]
	if !ok {
		return renewed(r), nil
	}
	return run(b, ctx, r)
}

// renewed answers a form that another version of the bot opened and this one does
// not know: what was typed into it stays on the screen.
func renewed(r *chat.Request) chat.Reply {
	words := "I was renewed while this form was open, so nothing was saved. Copy what you typed, close this, and open it once more."
	if reply, ok := chat.KeepOpen(r, words); ok {
		return reply
	}
	return chat.Say("*NOT saved.* I was renewed while that form was open. Open it once more.")
}

// submitLog records the line of the form.
func (b *Bot) submitLog(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if err := r.FromForm(); err != nil {
		return chat.Reply{}, err
	}
	if errs := b.checkLog(r); len(errs) > 0 {
		return chat.Reply{Errors: errs}, nil
	}
	d, l, err := b.drafted(ctx, r, b.here(r))
	var p *line.Problem
	if errors.As(err, &p) {
		return chat.Reply{Errors: map[string]string{"note": b.inForm(p)}}, nil
	}
	var two *twoPeople
	if errors.As(err, &two) {
		return chat.Reply{Errors: map[string]string{"note": blockkit.Truncate("NOT saved. "+two.sentence(strings.Clone)+". Record each by itself.", 150)}}, nil
	}
	if err != nil {
		return chat.Reply{}, err
	}
	return b.record(ctx, r, d, l)
}

// inForm is a problem as it stands beside an input, where nothing is marked up.
func (b *Bot) inForm(p *line.Problem) string {
	return blockkit.Truncate(strings.ReplaceAll(b.prefixed(p.Sentence+" "+p.Hint), "`", ""), 150)
}

// checkLog finds what is missing in the form, by input.
func (b *Bot) checkLog(r *chat.Request) map[string]string {
	errs := map[string]string{}
	v := r.View.Values
	if !strings.ContainsFunc(v["who"], func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsSymbol(c) }) {
		errs["who"] = "Who was it? A name is enough."
	} else if p := line.CheckWho(v["who"]); p != nil {
		errs["who"] = b.inForm(p)
	}
	if v["note"] == "" {
		errs["note"] = "What happened? A few words are enough."
	}
	if wrong := b.wrongDay(r); wrong != "" {
		errs["when"] = wrong
	}
	return errs
}

// wrongDay says what is wrong with the day on which a form says that it took place; empty:
// nothing.
func (b *Bot) wrongDay(r *chat.Request) string {
	now, typed := b.here(r), r.View.Values["when"]
	day, err := time.ParseInLocation(time.DateOnly, typed, now.Location())
	switch {
	case typed == "":
		return ""
	case err != nil:
		return "There is no such day. Choose the day on which it took place."
	case day.After(now):
		return "This day is still to come. Choose the day on which it took place."
	}
	return ""
}

// shortcut opens the form: empty, or with the message it was used on.
func (b *Bot) shortcut(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	return chat.Reply{Modal: b.logModal(r, b.quoted(ctx, r))}, nil
}

// event handles what was said to us in a direct message, and Home.
func (b *Bot) event(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	switch r.Event {
	case chat.HomeOpened:
		if r.Tab == "messages" { // the other tab of the app
			return chat.Reply{}, nil
		}
		return chat.Reply{}, b.home(ctx, r)
	case "message":
		return b.said(ctx, r)
	}
	return chat.Reply{}, nil
}

// said takes plain words in a direct message for what they would mean behind
// a slash: a verb of the table, else a line to record.
func (b *Bot) said(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if reply, ours, err := b.desk.TakeFile(ctx, r); ours || err != nil {
		return reply, err
	}
	text := b.bare(r.Text)
	if len(r.Files) > 0 { // of words alone it was asked before, without the database
		if say, ok := b.inPassing(text); ok {
			return say, nil
		}
	}
	verb, rest := b.meant(text)
	asked := verb != ""
	if !asked {
		verb, rest = line.Command(text)
	}
	if c, ok := b.command(verb); ok && (asked || !line.OpensWho(text)) {
		r.Text, r.Verb = rest, c.name
		reply, err := c.run(b, ctx, r)
		return b.inChat(text, reply, err)
	}
	r.Text = text
	reply, err := b.log(ctx, r)
	var p *line.Problem
	if errors.As(err, &p) && p.Code == line.NameOnly {
		return b.nameAlone(ctx, r, text)
	}
	return b.inChat(text, reply, err)
}

// bare takes off what people write in a direct message before the words that are
// meant: our name, and the commands that they would type elsewhere.
func (b *Bot) bare(text string) string {
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "<@"+b.self+">"))
	for _, name := range append([]string{"coach"}, ownCommands...) {
		text = strings.TrimSpace(strings.TrimPrefix(text, b.slash(name)+" "))
	}
	if first, rest, ok := strings.Cut(text, " "); ok && (strings.EqualFold(first, "coach") || strings.EqualFold(first, "log:")) {
		text = strings.TrimSpace(rest)
	}
	return text
}

// inChat turns a form, which an event cannot open, into words: the command that
// opens it, to be copied.
func (b *Bot) inChat(typed string, reply chat.Reply, err error) (chat.Reply, error) {
	if err == nil && reply.Modal != nil && reply.Modal.CallbackID != "log" {
		return chat.Say("That opens a form, which Slack allows only after a slash command or a button. Copy this and send it: `" + b.slash("coach") + " " + blockkit.Escape(blockkit.Truncate(blockkit.OneLine(strings.ReplaceAll(typed, "`", "'")), 200)) + "`"), nil
	}
	if err == nil && reply.Modal != nil {
		return chat.Say("Tell me who it was before the first colon: `Dana Ruiz, Acme: call, asked about the audit trail`. `help` lists what else you can type here."), nil
	}
	return reply, err
}
