package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/store"
)

// find resolves a typed name to one contact. Where it cannot, reply says what
// to type instead.
func (b *Bot) find(ctx context.Context, r *chat.Request, name string) (store.Contact, *chat.Reply, error) {
	name = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(line.Unescape(name)), ":"))
	if name == "" {
		reply := chat.Say("Whom do you mean? Add a name: `" + strings.TrimSpace(b.slash("coach")+" "+cmp.Or(r.Verb, "card")+" dana") + "`.")
		return store.Contact{}, &reply, nil
	}
	who, _, err := b.settled(ctx, r, line.ParseWho(name))
	if err != nil {
		return store.Contact{}, nil, err
	}
	m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, whoOf(who))
	if err != nil {
		return store.Contact{}, nil, err
	}
	if m = chosenOf(r, m); m.ID == 0 {
		return store.Contact{}, b.which(r, name, m), nil
	}
	c, err := b.store.Contact(ctx, r.TeamID, m.ID)
	return c, nil, err
}

// findOwn resolves a typed name to one contact among those about whom the person has
// written, with the ID 0 where there is none; several are those that it may mean.
func (b *Bot) findOwn(ctx context.Context, r *chat.Request, name string) (c store.Contact, several []store.Candidate, err error) {
	m, err := b.store.FindOwn(ctx, r.TeamID, r.PersonID, whoOf(line.ParseWho(strings.TrimSpace(line.Unescape(name)))))
	if err != nil || m.ID == 0 {
		return store.Contact{}, m.Ask, err
	}
	c, err = b.store.Contact(ctx, r.TeamID, m.ID)
	return c, nil, err
}

// findAtStart finds the contact that a text begins with and returns what
// follows: "dana checklist"; slips in the name are forgiven, or asked about. What may be the
// rest of a name is taken for what follows only where goesOn, if there is one, says so.
func (b *Bot) findAtStart(ctx context.Context, r *chat.Request, text string, goesOn func(rest string) bool) (store.Contact, string, *chat.Reply, error) {
	if c, rest, err := b.withCompany(ctx, r, text); err != nil || c.ID != 0 {
		return c, rest, nil, err
	}
	whole := 1 // words of the name that nobody bears
	for _, start := range line.Starts(text) {
		if start.More && (goesOn == nil || !goesOn(start.Rest)) {
			whole = 2
			continue
		}
		m, err := b.startsWith(ctx, r, start.Name)
		if err != nil {
			return store.Contact{}, "", nil, err
		}
		if m = chosenOf(r, m); len(m.Ask) > 0 {
			return store.Contact{}, "", b.which(r, start.Name, m), nil
		}
		if m.ID != 0 {
			c, err := b.store.Contact(ctx, r.TeamID, m.ID)
			return c, strings.TrimSpace(strings.TrimLeft(start.Rest, ":,")), nil, err
		}
	}
	words := strings.Fields(text)
	return store.Contact{}, "", b.which(r, strings.Join(words[:min(whole, len(words))], " "), store.Match{}), errNobody
}

// withCompany finds the contact whom a text names at its start together with the company behind a
// comma, and returns what follows: "kim lee, beta: checklist". Only the two together tell where the
// company ends, so that it is looked up, the longest first; the ID is 0 where nobody is known so.
func (b *Bot) withCompany(ctx context.Context, r *chat.Request, text string) (store.Contact, string, error) {
	const most = 5 // words behind the comma: what somebody is and the company
	name, behind, comma := strings.Cut(line.Unescape(text), ",")
	if words := len(strings.Fields(name)); !comma || words == 0 || words > most || strings.Contains(name, ":") {
		return store.Contact{}, "", nil
	}
	firm, told, colon := strings.Cut(behind, ":")
	words := strings.Fields(firm)
	for n := min(len(words), most); n > 0; n-- {
		m, err := b.atCompany(ctx, r, name+", "+strings.Join(words[:n], " "))
		if err != nil {
			return store.Contact{}, "", err
		}
		if m = chosenOf(r, m); m.ID == 0 {
			continue
		}
		c, err := b.store.Contact(ctx, r.TeamID, m.ID)
		rest := strings.Join(words[n:], " ")
		if colon {
			rest += ":" + told
		}
		return c, strings.TrimSpace(strings.TrimLeft(rest, ":, ")), err
	}
	return store.Contact{}, "", nil
}

// errNobody: a text begins with the name of nobody who is known. What says so comes with it.
var errNobody = errors.New("nobody is known by that name")

// nameLast is "tom checklist" of "checklist to tom", sep being " to "; empty where a text has
// no such end.
func nameLast(text, sep string) string {
	i := strings.LastIndex(text, sep)
	if i < 0 || strings.TrimSpace(text[i+len(sep):]) == "" {
		return ""
	}
	return strings.TrimSpace(text[i+len(sep):]) + " " + strings.TrimSpace(text[:i])
}

// kindBehind is "tom referral Ann Lee" of the referral "from tom: Ann Lee"; empty where the
// kind stands alone.
func kindBehind(kind, rest string) string {
	rest = strings.TrimPrefix(rest, "from ")
	i := strings.IndexAny(rest, ":,")
	if i < 0 {
		i = len(rest)
	}
	name := strings.TrimSpace(rest[:i])
	if name == "" {
		return ""
	}
	return strings.TrimSpace(name + " " + kind + " " + strings.TrimLeft(rest[i:], ":, "))
}

// turned says of a command whose text begins with nobody's name, but is about somebody known
// the other way round, how it is typed; nobody is the answer to any other.
func (b *Bot) turned(ctx context.Context, r *chat.Request, verb, round string, nobody chat.Reply) (chat.Reply, error) {
	if round == "" {
		return nobody, nil
	}
	if _, _, _, err := b.findAtStart(ctx, r, round, nil); err != nil {
		if errors.Is(err, errNobody) {
			return nobody, nil
		}
		return chat.Reply{}, err
	}
	return chat.Say(fmt.Sprintf("The person comes first: `%s %s %s`. Nothing was recorded.", b.slash("coach"), verb, blockkit.Escape(blockkit.Truncate(strings.ReplaceAll(round, "`", "'"), 120)))), nil
}

// startsWith finds whom the first words of a text name: who is called so, or else who is
// called almost so.
func (b *Bot) startsWith(ctx context.Context, r *chat.Request, words string) (store.Match, error) {
	who := whoAtStart(words)
	m, err := b.atCompany(ctx, r, words)
	if err == nil && m.ID == 0 && len(m.Ask) == 0 {
		m, err = b.store.FindContact(ctx, r.TeamID, r.PersonID, who)
	}
	single := slices.ContainsFunc(strings.Fields(who.NameKey), func(w string) bool { return utf8.RuneCountInString(w) == 1 }) // the "a" of "dana a checklist"
	if err != nil || m.ID != 0 || len(m.Ask) > 0 || !who.Exactly || single {
		return m, err
	}
	who.Exactly = false
	m, err = b.store.FindContact(ctx, r.TeamID, r.PersonID, who)
	typed := len(strings.Fields(who.NameKey))
	m.Ask = slices.DeleteFunc(m.Ask, func(c store.Candidate) bool { return len(strings.Fields(c.NameKey)) < typed }) // "dana checklist" is no slip of Dana
	return m, err
}

// atCompany finds whom the first words of a text name together with the company, behind a word
// that says that it is one: "tom from acme". "dana at the fair" names none.
func (b *Bot) atCompany(ctx context.Context, r *chat.Request, words string) (store.Match, error) {
	w := line.ParseWho(words)
	if w.Name == "" || w.Company == "" || w.Email != "" {
		return store.Match{}, nil
	}
	who := whoAsTyped(w)
	who.Exactly = true
	m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, who)
	if slices.ContainsFunc(m.Ask, func(c store.Candidate) bool { return c.CompanyKey == "" }) {
		return store.Match{}, err
	}
	return m, err
}

// whoAtStart is somebody whom the first words of a text name, which may be no name at all:
// only who is called exactly so is meant, unless the words are an address.
func whoAtStart(words string) store.Who {
	if w := line.ParseWho(words); w.Email != "" && w.Name == "" && w.Company == "" {
		return whoOf(w)
	}
	return store.Who{Name: words, NameKey: line.Key(words), Exactly: true}
}

// chosenOf is what a name comes to once one of those was chosen whom it may mean: nobody
// where it means them no more.
func chosenOf(r *chat.Request, m store.Match) store.Match {
	switch {
	case r.Chosen == 0, m.ID == r.Chosen:
		return m
	case slices.ContainsFunc(m.Ask, func(c store.Candidate) bool { return c.ID == r.Chosen }):
		return store.Match{ID: r.Chosen}
	}
	return store.Match{}
}

// which asks whom of several a command is about, with a button each that does what was
// typed; of one that is too long for a button it asks for the full name. Where nobody
// may be meant, it says so.
func (b *Bot) which(r *chat.Request, name string, m store.Match) *chat.Reply {
	reply := chat.Say(b.nobody(name, m))
	if len(m.Ask) == 0 {
		return &reply
	}
	text := fmt.Sprintf("*Whom do you mean by “%s”?* Press the name, or type it in full with the company.", blockkit.Escape(blockkit.Truncate(name, 60)))
	if m.More > 0 {
		text += fmt.Sprintf(" %d more may be meant.", m.More)
	}
	var all []*slack.ButtonBlockElement
	for i, c := range m.Ask {
		typed := fmt.Sprintf("%d %s %s", c.ID, r.Verb, r.Text)
		if !blockkit.Carries(typed) {
			return &reply
		}
		all = append(all, blockkit.Button(fmt.Sprintf("whom:%d", i), candidateLabel(c), typed))
	}
	reply.Message = &post.Message{Text: blockkit.Fallback(text), Blocks: []slack.Block{blockkit.Section(text), blockkit.Actions("whom", all...)}}
	return &reply
}

// pressWhom does what was typed for the one who was meant.
func (b *Bot) pressWhom(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	id, typed, _ := strings.Cut(r.Action.Value, " ")
	verb, text, _ := strings.Cut(typed, " ")
	contact, err := strconv.ParseInt(id, 10, 64)
	c, ok := b.command(verb)
	if err != nil || !ok {
		return chat.Reply{}, chat.ErrValue
	}
	r.Chosen, r.Verb, r.Text = contact, c.name, text
	return c.run(b, ctx, r)
}

// nobody says that a name fits nobody, or several.
func (b *Bot) nobody(name string, m store.Match) string {
	if len(m.Ask) == 0 {
		return fmt.Sprintf("I know nobody called “%s”. The first line about somebody makes them known: `%s %s, their company: what happened`.",
			blockkit.Escape(blockkit.Truncate(name, 60)), b.slash("log"), blockkit.Escape(blockkit.Truncate(name, 60)))
	}
	var full []string
	for _, c := range m.Ask {
		full = append(full, "`"+blockkit.Escape(c.Full())+"`")
	}
	if m.More > 0 {
		full = append(full, fmt.Sprintf("%d more", m.More))
	}
	return fmt.Sprintf("“%s” may be %s. Type the full name, with the company if need be.", blockkit.Escape(blockkit.Truncate(name, 60)), strings.Join(full, " or "))
}

// cutFold is strings.Cut without regard to case.
func cutFold(s, sep string) (before, after string, found bool) {
	if i := strings.Index(strings.ToLower(s), sep); i >= 0 && len(strings.ToLower(s)) == len(s) {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
