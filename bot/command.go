package bot

import (
	"context"
	"fmt"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/librarian"
	"cairn/bot/line"
	"cairn/bot/weekly"
)

// command is one verb of /coach. A few stand as slash commands of their own
// too; both mean the same.
type command struct {
	name  string
	usage string // what to type after the name
	about string // one line for help
	run   func(b *Bot, ctx context.Context, r *chat.Request) (chat.Reply, error)
}

// commands is the table of all that can be typed, in the order in which help
// lists them. To add one: a file named after it with its function, a row here.
func commands() []command {
	return []command{
		{"log", "name, company: what happened", "record a talk and see what to give next", (*Bot).log},
		{"next", "[name]", "what to give next, and why; without a name, your three most worthwhile people", (*Bot).next},
		{"card", "name [why]", "where somebody stands on all journeys, what was given and asked, your notes; why: what read, chose and worded it", (*Bot).card},
		{"who", "[stage | waiting | due | ready | quiet | @company | csv]", "your contacts; csv sends you a file of them", (*Bot).who},
		{"sent", "name content", "content that you gave", (*Bot).sent},
		{"asked", "name referral | recommendation | revenue | feedback | your question", "what you asked of somebody", (*Bot).asked},
		{"got", "name revenue | referral | recommendation, and what", "what came back; a referral makes the new contact", (*Bot).got},
		{"prep", "name", "before a talk: where they stand, what they said and had, three questions", (*Bot).prep},
		{"draft", "name[: your own words]", "a short message to adapt; or a reading of your own", (*Bot).draft},
		{"heard", "“what you heard” @company or name", "what you heard without a talk", (*Bot).heard},
		{"away", "until 2 March | back | mornings off", "no morning messages while you are away", (*Bot).away},
		{"content", "[words | add | edit | retire | log | score | stale | unused | gaps]", "the library; editors keep it", atLibrary((*librarian.Desk).Command)},
		{"stage", "name stage because reason", "put a place right", (*Bot).stage},
		{"undo", "", "take back what you recorded last: a note, a correction, a gift, an ask", (*Bot).undoLast},
		{"journey", "[" + "aipee | lipee | orbits | lifecycle" + "]", "the journey that receipts speak of", (*Bot).journey},
		{"digest", "here mon 9:00 [zone] | now | off | list | thanks on", "a channel's weekly digest, for managers", atBoard((*weekly.Board).Command)},
		{"prompts", "[edit | file | preview | test | try | split | settle | publish | rollback | drop | log] name", "the wording: change it safely (editors)", (*Bot).prompts},
		{"role", "[@eli editor]", "who may what (admins)", (*Bot).role},
		{"import", "", "how contacts and content come in from files", (*Bot).imports},
		{"export", "", "your contacts as a file", (*Bot).exports},
		{"data", "name", "all that is kept about somebody, as a file", (*Bot).data},
		{"forget", "name", "erase somebody for good; asks first", (*Bot).forget},
		{"help", "[topic | status]", "this list; status: how I am (admins)", (*Bot).help},
	}
}

// ownCommands are the verbs that also have a slash command of their own.
var ownCommands = []string{"log", "next"}

func (b *Bot) command(name string) (command, bool) {
	for _, c := range b.commands {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

// typed finds what was typed in the table and runs it.
func (b *Bot) typed(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	verb := strings.TrimPrefix(strings.TrimPrefix(r.Command, "/"), b.cfg.Prefix)
	for _, own := range ownCommands {
		if verb == own {
			c, _ := b.command(own)
			r.Verb = c.name
			return c.run(b, ctx, r)
		}
	}
	verb, rest := line.Command(r.Text)
	if verb == "" {
		verb = "help"
	}
	c, ok := b.command(verb)
	if !ok {
		return b.noVerb(ctx, r, verb, rest), nil
	}
	r.Text, r.Verb = rest, c.name
	return c.run(b, ctx, r)
}

// verbs are the names of the table.
func (b *Bot) verbs() []string {
	names := make([]string, len(b.commands))
	for i, c := range b.commands {
		names[i] = c.name
	}
	return names
}

// unknown suggests the nearest verb.
func (b *Bot) unknown(verb string) chat.Reply { return chat.Say(b.unknownWords(verb)) }

func (b *Bot) unknownWords(verb string) string {
	text := fmt.Sprintf("There is no `%s %s`. ", b.slash("coach"), blockkit.Escape(blockkit.Truncate(verb, 40)))
	if near, ok := line.Nearest(verb, b.verbs()); ok {
		c, _ := b.command(near)
		return text + fmt.Sprintf("Did you mean `%s %s`?", b.slash("coach"), strings.TrimSpace(near+" "+c.usage))
	}
	return text + fmt.Sprintf("`%s help` lists what there is.", b.slash("coach"))
}

// slash is a command as people type it in this workspace.
func (b *Bot) slash(name string) string { return "/" + b.cfg.Prefix + name }

// prefixed gives the commands that a text names the prefix of this workspace.
func (b *Bot) prefixed(text string) string {
	return strings.NewReplacer("`/coach ", "`"+b.slash("coach")+" ", "`/log ", "`"+b.slash("log")+" ", "`/next ", "`"+b.slash("next")+" ").Replace(text)
}

// helpMore is what help says of a topic beyond its line in the list; some topics
// are no commands.
var helpMore = map[string]string{
	"log": "`/log Dana Ruiz, Acme: call, asked about the audit trail, will ask IT by Friday`\n" +
		"Enough of a known name is enough: `/log dana: met her yesterday, wants a quote`. How and when are read from your words. `/log` alone opens a form.",
	"stage": "`/coach stage dana engagement because joint workshop held`\n" +
		"The button `Wrong stage` below a receipt does the same in a form, and puts right how and when it took place. Your word stands above any reading.",
	"journey": "`/coach journey` shows the journeys and their stages; `/coach journey orbits` has all receipts of the team speak of the customer orbits, which a manager, an editor or an admin may do.\n" +
		"A card shows every journey: `/coach card dana`.",
	"next":   "`/coach next dana` names what to give her and why; `/coach next` your three most worthwhile people.",
	"card":   "`/coach card dana`, or `/coach card dana why` to see what read, chose and worded it.",
	"who":    "`/coach who waiting`, `/coach who engagement`, `/coach who @acme`.",
	"asked":  "`/coach asked dana referral`, or in your own words: `/coach asked dana who else should see the figures`.",
	"got":    "`/coach got dana referral Lee Park at Beta`, `/coach got dana revenue 12 licences`.",
	"prep":   "`/coach prep dana`",
	"draft":  "`/coach draft dana` writes one; `/coach draft dana: We are proud to …` reads yours.",
	"heard":  "`/coach heard \"Acme is hiring auditors\" @acme`",
	"undo":   "`/coach undo` alone; any other line has an `Undo` of its own, on its receipt.",
	"data":   "`/coach data dana`",
	"forget": "`/coach forget dana`",
	"content": "`/coach content` alone lists the library, `/coach content audit` what has that word.\n" +
		"For editors: `/coach content add`, `/coach content edit audit checklist`, `/coach content retire audit checklist`; `/coach content log` tells who changed what, and puts it back.\n" +
		"For editors and managers: `score` (what was shown, given and answered), `stale` (overdue for review), `unused`, and `gaps` (what contacts needed and nothing fits).",
	"sent": "A few words of the title are enough, or its address: `/coach sent dana audit checklist`. The button `I sent it` does the same.\n" +
		"What you gave is in the ledger of that contact, is not suggested to them again, and earns you something to ask.",
	"reminders": "*Morning messages*\nOn workdays I write to you once, in private, if there is something: who waits for you, whose step is due, who has gone quiet, whom you may ask something. Who has waited longest comes first; who asked to be left until a day is none who waits, and comes on that day. " + whatSettles + "\n" +
		"`/coach away until 2 March` keeps me silent until then, `/coach away from 10 to 20 March` from then on, `/coach away back` ends that; `/coach away mornings off` ends the messages, `/coach away mornings on` begins them again.",
}

// help lists the commands, or tells one.
func (b *Bot) help(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	topic := strings.ToLower(strings.TrimSpace(r.Text))
	if topic == "status" {
		return b.status(ctx, r)
	}
	if topic != "" {
		c, ok := b.command(topic)
		if first, _ := line.Command(topic); !ok && helpMore[topic] == "" && first != topic { // "content gaps"
			topic = first
			c, ok = b.command(topic)
		}
		more := b.prefixed(helpMore[topic])
		if !ok && more != "" {
			return chat.Say(more), nil
		}
		if !ok {
			return b.unknown(topic), nil
		}
		text := fmt.Sprintf("`%s %s`\n%s.", b.slash("coach"), strings.TrimSpace(c.name+" "+c.usage), c.about)
		if c.name == "prompts" {
			text += fmt.Sprintf(" `%s prompts help` tells what each of these words does.", b.slash("coach"))
		}
		if more != "" {
			text += "\n" + more
		}
		return chat.Say(text), nil
	}
	lines := []string{"*One line after a talk is enough:*",
		fmt.Sprintf("`%s Dana Ruiz, Acme: call, asked about the audit trail, will ask IT by Friday`", b.slash("log")),
		"I record it, say where Dana stands and why, and name the one thing worth giving next. Only you see the answer.", ""}
	for _, c := range b.commands {
		lines = append(lines, fmt.Sprintf("`%s %s`: %s", b.slash("coach"), strings.TrimSpace(c.name+" "+c.usage), c.about))
	}
	lines = append(lines, "", fmt.Sprintf("`%s` and `%s` work by themselves too. In a direct message to me, leave the slash away.", b.slash("log"), b.slash("next")))
	return chat.Say(strings.Join(lines, "\n")), nil
}
