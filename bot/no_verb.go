package bot

import (
	"context"
	"fmt"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/line"
	"cairn/store"
)

// noVerb answers what begins with no verb of the table: with the line that was meant, ready to be
// copied, with what there is to see of a contact where all of it is their name, or else with the
// nearest verb, and the words given back.
func (b *Bot) noVerb(ctx context.Context, r *chat.Request, verb, rest string) chat.Reply {
	text := strings.TrimSpace(line.Unescape(r.Text))
	none := fmt.Sprintf("There is no `%s %s`. ", b.slash("coach"), blockkit.Escape(blockkit.Truncate(verb, 40)))
	near, found := line.Nearest(verb, b.verbs())
	about, told, isLine := line.CutWho(text)
	isLine = isLine && told != ""
	found = found && !line.OpensWho(text)
	if isLine && found && b.oneKnown(ctx, r, about) != "" { // "dana ruiz: call" is no slip of a verb
		found = false
	}
	if found && rest != "" {
		rest = strings.TrimSpace(line.Unescape(rest))
		head, said, colon := line.CutWho(rest)
		if colon && said != "" && (near == "log" || b.oneKnown(ctx, r, head) != "") {
			return withLine(none+fmt.Sprintf("Did you mean `%s %s`? Nothing was recorded; your line is below, ready to copy:", b.slash("coach"), near), b.slash("coach")+" "+near+" "+rest)
		}
	}
	if isLine {
		say := fmt.Sprintf("*NOT saved.* A line about somebody is recorded by `%s` or `%s log`. It is below, ready to copy:", b.slash("log"), b.slash("coach"))
		if found {
			say = "*NOT saved.* " + none + fmt.Sprintf("Did you mean `%s %s`? A line about somebody is recorded by `%s` or `%s log`. It is below, ready to copy:", b.slash("coach"), near, b.slash("log"), b.slash("coach"))
		}
		return withLine(say, b.slash("log")+" "+text)
	}
	if full := b.oneKnown(ctx, r, text); full != "" {
		name := blockkit.Escape(blockkit.Truncate(strings.ReplaceAll(blockkit.OneLine(text), "`", "'"), 80))
		return chat.Say(none + fmt.Sprintf("For %s: `%s card %s` shows where they stand, `%s %s` what to give next, and `%s %s: what happened` records a line.",
			blockkit.Escape(full), b.slash("coach"), name, b.slash("next"), name, b.slash("log"), name))
	}
	if rest == "" {
		return b.unknown(verb)
	}
	return withLine(b.unknownWords(verb)+" Nothing was recorded; your words are below.", r.Command+" "+text)
}

// withLine says something with a line below it to be copied.
func withLine(say, typed string) chat.Reply {
	reply := chat.Say(say)
	reply.Back = strings.ReplaceAll(typed, "\x00", "\u2400")
	return reply
}

// oneKnown is how the one contact is called whom a text names and nothing else; empty where there
// are none or several, or where it cannot be looked up: the answer goes without.
func (b *Bot) oneKnown(ctx context.Context, r *chat.Request, text string) string {
	w := line.ParseWho(text)
	if w.Name == "" && w.Email == "" {
		return ""
	}
	m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, whoOf(w))
	var c store.Contact
	if err == nil && m.ID != 0 && !m.Typo {
		c, err = b.store.Contact(ctx, r.TeamID, m.ID)
	}
	if err != nil {
		b.cfg.Log.Warn("whom an unknown command names was not looked up", "team", r.TeamID, "person", r.PersonID, "error", err)
		return ""
	}
	return c.Full()
}
