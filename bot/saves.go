package bot

import (
	"slices"
	"strings"

	"cairn/bot/chat"
	"cairn/bot/line"
)

// keeps tells of each verb that keeps something whether it does with these
// words behind it. A verb that is not here only shows, or changes nothing that
// would have to be typed again.
var keeps = map[string]func(rest string) bool{
	"log": always, "sent": always, "asked": always, "got": always, "heard": always, "stage": always,
	"draft":   func(rest string) bool { return strings.Contains(rest, ":") },
	"away":    something,
	"journey": something,
	"role":    something,
	"content": beginning("add", "edit", "retire"),
	"digest":  beginning("here", "off", "thanks"),
	"prompts": beginning("edit", "try", "split", "settle", "publish", "rollback", "drop"),
}

func always(string) bool { return true }

func something(rest string) bool { return strings.TrimSpace(rest) != "" }

func beginning(words ...string) func(string) bool {
	return func(rest string) bool {
		word, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
		return slices.Contains(words, strings.ToLower(word))
	}
}

// saves reports whether a request was to keep something: only then is there
// anything to say "NOT saved" of, and to give back.
func (b *Bot) saves(r *chat.Request) bool {
	switch r.Kind {
	case chat.KindSubmission:
		return true
	case chat.KindCommand, chat.KindEvent:
		if len(r.Files) > 0 {
			return true
		}
		verb, rest := b.wanted(r)
		keep := keeps[verb]
		return keep != nil && keep(rest)
	}
	return false
}

// logs reports whether a request was a line to be recorded, typed as a command, as plain
// words or in the form.
func (b *Bot) logs(r *chat.Request) bool {
	if r.Kind == chat.KindSubmission {
		return r.View.Callback == "log"
	}
	if r.Kind != chat.KindCommand && r.Kind != chat.KindEvent {
		return false
	}
	verb, _ := b.wanted(r)
	return verb == "log"
}

// wanted is the verb of a command, or of plain words in a direct message, and
// what stands behind it; "" where it is none of the table.
func (b *Bot) wanted(r *chat.Request) (verb, rest string) {
	switch {
	case r.Kind == chat.KindCommand:
		verb = strings.TrimPrefix(strings.TrimPrefix(r.Command, "/"), b.cfg.Prefix)
		if slices.Contains(ownCommands, verb) {
			return verb, r.Typed
		}
		verb, rest = line.Command(r.Typed)
		if c, ok := b.command(verb); ok {
			return c.name, rest
		}
	case r.Event == "message":
		text := b.bare(r.Typed)
		if _, ok := b.inPassing(text); ok {
			return "", ""
		}
		if verb, rest = b.meant(text); verb != "" {
			return verb, rest
		}
		verb, rest = line.Command(text)
		if c, ok := b.command(verb); ok && !line.OpensWho(text) {
			return c.name, rest
		}
		return "log", text // anything else is a line to record
	}
	return "", ""
}

// stands answers something that is committed: with what tell makes of it or, where
// that cannot be read, in few words. Told as an error it would be told as not
// saved, and people would do it twice.
func (b *Bot) stands(r *chat.Request, few string, tell func() (chat.Reply, error)) chat.Reply {
	reply, err := tell()
	if err == nil {
		return reply
	}
	b.cfg.Log.Warn("what was kept is told in few words: the rest could not be read", "team", r.TeamID, "person", r.PersonID, "error", err)
	return chat.Say(few + " That stands; the rest could not be read just now.")
}
