package editing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/line"
	"cairn/bot/workshop"
	"cairn/store"
)

// command is what can be typed after /coach prompts.
type command struct {
	name  string
	usage string
	about string
	run   func(d *Desk, ctx context.Context, r *chat.Request, file string) (chat.Reply, error)
}

// commands lists them in the order of the work. Whatever a button does here
// can be typed too: its value is the line.
func commands() []command {
	return []command{
		{"edit", "name [14] [head]", "write a draft, from version 14 where you name one; reps see nothing of it", (*Desk).edit},
		{"file", "name", "the text as a file: change it and put it back into our direct message", (*Desk).sendText},
		{"preview", "name [ask] [dana; kim]", "live and draft side by side on your contacts, or on those that you name; `ask`: what a model answers", (*Desk).preview},
		{"test", "name [again | cases]", "the checks: better, same or worse; `cases`: those that come out otherwise", (*Desk).test},
		{"try", "name [off]", "the draft, for your own replies, for an hour", (*Desk).try},
		{"split", "name 30 because reason | stop keep live | stop keep draft because reason", "the draft for 30 % of the contacts, with figures; and the end of that", (*Desk).split},
		{"settle", "library theirs | mine", "where a form changed the same item as the draft: whose stands in the draft", (*Desk).settle},
		{"publish", "name [anyway] because reason", "the draft becomes live for everybody; `anyway` where live was moved since it was begun", (*Desk).publish},
		{"rollback", "name [to 3 because reason]", "back to one that was live: the last five, a click each", (*Desk).rollback},
		{"drop", "name", "throw the draft away", (*Desk).drop},
		{"log", "[name] [live] [2]", "who did what, from where to where, and why; with the numbers of all versions; `live`: only what went live; 2: those before the latest", (*Desk).log},
	}
}

// Command is the workshop: a list, or one of its verbs. Editors and admins only.
func (d *Desk) Command(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	me, err := d.Store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	if !me.Is(store.Editor) {
		return d.notEditor(ctx, r)
	}
	word, _, _ := strings.Cut(strings.TrimSpace(r.Text), " ")
	verb, rest := line.Command(r.Text)
	if verb == "" || verb == "list" {
		return d.list(ctx, r)
	}
	verbs := commands()
	at := slices.IndexFunc(verbs, func(v command) bool { return v.name == verb })
	if file, ok := d.fileNamed(r.TeamID, word); at < 0 && ok {
		return d.named(ctx, r, file, rest, verbs)
	}
	if at < 0 {
		return d.unknown(verb, verbs), nil
	}
	name, rest, _ := strings.Cut(strings.TrimSpace(rest), " ")
	file, ok := d.fileNamed(r.TeamID, name)
	if _, left := logOf("", name); verb == "log" && !ok && left == "" { // of all files
		name, rest = "", name+" "+rest
	}
	if !ok && (verb != "log" || name != "") {
		return d.which(r, verbs[at], name), nil
	}
	r.Text = strings.TrimSpace(line.Unescape(rest))
	reply, err := verbs[at].run(d, ctx, r, file)
	return d.orTooLong(reply, err)
}

// named shows how the one text stands that somebody named without saying what to do with
// it; of a verb behind the name it tells where that belongs.
func (d *Desk) named(ctx context.Context, r *chat.Request, file, rest string, verbs []command) (chat.Reply, error) {
	name := workshop.Name(file)
	verb, rest, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if slices.ContainsFunc(verbs, func(v command) bool { return v.name == verb }) {
		return chat.Say(fmt.Sprintf("What to do stands before the name. Did you mean `%s`?", blockkit.Escape(strings.TrimSpace(fmt.Sprintf("%s prompts %s %s %s", d.Slash("coach"), verb, name, blockkit.Truncate(strings.TrimSpace(line.Unescape(rest)), 200)))))), nil
	}
	return d.listOf(ctx, r, file)
}

// notEditor says who can help.
func (d *Desk) notEditor(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	people, err := d.Store.People(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	text := "What Cairn says is changed by editors."
	if who := chat.WhoHas(people, store.Editor); who != "" {
		text += " Tell " + who + " what you would say otherwise."
	}
	if !slices.ContainsFunc(people, func(p store.Person) bool { return slices.Contains(p.Roles, store.Admin) }) {
		text += fmt.Sprintf(" Nobody is an admin yet; an admin of this Slack workspace becomes the first by typing `%s role`.", d.Slash("coach"))
	}
	return chat.Say(text), nil
}

// Press does what a button or menu of the workshop says.
func (d *Desk) Press(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	r.Text = r.Action.Value
	reply, err := d.Command(ctx, r)
	reply.Beside = true
	return reply, err
}

func (d *Desk) unknown(verb string, verbs []command) chat.Reply {
	var names, lines []string
	for _, v := range verbs {
		names = append(names, v.name)
		lines = append(lines, fmt.Sprintf("`%s prompts %s %s`: %s", d.Slash("coach"), v.name, v.usage, v.about))
	}
	if verb == "help" {
		return chat.Say("*The workshop*: what Cairn says and how it reads. `" + d.Slash("coach") + " prompts` lists all that can be changed.\n" + strings.Join(lines, "\n"))
	}
	if near, ok := line.Nearest(verb, names); ok {
		return chat.Say(fmt.Sprintf("There is no `prompts %s`. Did you mean `%s prompts %s`?", blockkit.Escape(blockkit.Truncate(verb, 40)), d.Slash("coach"), near))
	}
	return chat.Say(fmt.Sprintf("There is no `prompts %s`. There are:\n%s", blockkit.Escape(blockkit.Truncate(verb, 40)), strings.Join(lines, "\n")))
}

// fileNamed finds a file by its name as typed.
func (d *Desk) fileNamed(team, name string) (string, bool) {
	key := strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, ".prompt"), ".yaml"), ".csv"))
	if key == "content" {
		key = workshop.Name(workshop.LibraryFile)
	}
	for _, s := range d.Live.Standing(team) {
		if strings.ToLower(workshop.Name(s.File)) == key {
			return s.File, true
		}
	}
	return "", false
}

// which asks for a name, or offers the nearest.
func (d *Desk) which(r *chat.Request, v command, name string) chat.Reply {
	var names []string
	for _, s := range d.Live.Standing(r.TeamID) {
		names = append(names, workshop.Name(s.File))
	}
	if near, ok := line.Nearest(name, names); name != "" && ok {
		return chat.Say(fmt.Sprintf("There is no “%s”. Did you mean `%s prompts %s %s`?", blockkit.Escape(blockkit.Truncate(name, 60)), d.Slash("coach"), v.name, near))
	}
	lead := "*Which one?*"
	if name != "" {
		lead = fmt.Sprintf("There is no “%s”.", blockkit.Escape(blockkit.Truncate(name, 60)))
	}
	return chat.Say(fmt.Sprintf("%s Type its name: `%s prompts %s %s`. There are %s.", lead, d.Slash("coach"), v.name, names[0], strings.Join(names, ", ")))
}
