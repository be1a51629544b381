package sample

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"cairn/bot/journey"
	"cairn/prompts/strict"
)

//go:embed *.yaml
var files embed.FS

// Industries are the files of contacts, in the order in which they are read.
func Industries() []string { return []string{"manufacturing", "food", "hospitals", "logistics"} }

// Load reads the sample that goes with the binary. An error names every
// mistake with its file and line; [TestLoad] keeps it from being shipped.
func Load() (*Company, error) { return load(files) }

func load(fsys fs.FS) (*Company, error) {
	l := &loader{c: &Company{}}
	l.file(fsys, "team.yaml", l.team)
	for _, industry := range Industries() {
		l.file(fsys, industry+".yaml", func(v strict.Value) { l.firms(v, industry) })
	}
	if err := errors.Join(l.errs...); err != nil {
		return nil, fmt.Errorf("read the sample: %w", err)
	}
	return l.c, nil
}

type loader struct {
	c    *Company
	errs []error
}

func (l *loader) file(fsys fs.FS, name string, read func(strict.Value)) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		l.errs = append(l.errs, err)
		return
	}
	doc := strict.Read(name, data)
	if doc.Err() == nil {
		read(doc.Root())
	}
	if err := doc.Err(); err != nil {
		l.errs = append(l.errs, err)
	}
}

func (l *loader) team(v strict.Value) {
	top := v.Fields("team", "people")
	l.c.Team = top.Need("team").Text()
	for _, each := range top.Need("people").List() {
		f := each.Fields("id", "name", "title", "role", "zone", "switch")
		p := Person{ID: f.Need("id").Text(), Name: f.Need("name").Text(), Title: f.Need("title").Text(), Zone: f.Need("zone").Text()}
		p.Role = Role(f.Need("role").OneOf("role", string(Rep), string(Manager), string(Editor), string(Admin)))
		p.Switch = f.Get("switch").OneOf("answer", "yes", "no") == "yes"
		if _, err := time.LoadLocation(p.Zone); err != nil {
			f.Get("zone").Fail("a name such as Europe/Berlin", "there is no time zone %q", p.Zone)
		}
		if slices.Contains(l.people(), p.ID) {
			f.Get("id").Fail("", "the person %q comes twice", p.ID)
		}
		l.c.People = append(l.c.People, p)
	}
}

func (l *loader) people(roles ...Role) []string {
	var ids []string
	for _, p := range l.c.People {
		if len(roles) == 0 || slices.Contains(roles, p.Role) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

func (l *loader) firms(v strict.Value, industry string) {
	for _, each := range v.Fields("firms").Need("firms").List() {
		f := each.Fields("name", "town", "contacts")
		firm := Firm{Name: f.Need("name").Text(), Industry: industry, Town: f.Need("town").Text()}
		l.c.Firms = append(l.c.Firms, firm)
		for _, contact := range f.Need("contacts").List() {
			l.contact(contact, firm)
		}
	}
}

func (l *loader) contact(v strict.Value, firm Firm) {
	f := v.Fields("id", "name", "title", "email", "language", "aliases", "owners", "source", "story")
	c := Contact{ID: f.Need("id").Text(), Name: f.Need("name").Text(), Firm: firm.Name, Title: f.Need("title").Text(), Email: f.Get("email").Text()}
	c.Language = f.Need("language").OneOf("language", "en", "de", "es", "fr", "it", "nl", "pt")
	for _, a := range f.Get("aliases").List() {
		c.Aliases = append(c.Aliases, a.Text())
	}
	if c.Owners = f.Need("owners").Words("rep", l.people(Rep)...); len(c.Owners) == 0 {
		f.Get("owners").Fail("", "%s has no owner", c.Name)
	}
	ids := l.contactIDs()
	if slices.Contains(ids, c.ID) {
		f.Get("id").Fail("", "the contact %q comes twice", c.ID)
	}
	c.Source = f.Get("source").OneOf("contact above this one", ids...)
	l.c.Contacts = append(l.c.Contacts, c)
	last := Ago{Days: Weeks*5 + 1}
	for _, each := range f.Need("story").List() {
		last = l.interaction(each, c.ID, last)
	}
}

func (l *loader) contactIDs() []string {
	ids := make([]string, len(l.c.Contacts))
	for i, c := range l.c.Contacts {
		ids[i] = c.ID
	}
	return ids
}

func (l *loader) interaction(v strict.Value, contact string, last Ago) Ago {
	f := v.Fields("at", "by", "how", "note", "saw", "gave", "asked", "got", "next")
	in := Interaction{Contact: contact, Note: f.Need("note").Text()}
	in.By = f.Need("by").OneOf("rep", l.people(Rep)...)
	in.Ago = ago(f.Need("at"))
	if !in.Ago.after(last) {
		f.Get("at").Fail("tell a contact's story oldest first", "this is not later than the note before it")
	}
	in.Channel, in.Direction = how(f.Need("how"))
	for _, name := range f.Need("saw").Words("signal", signalNames()...) {
		in.Signals = append(in.Signals, journey.Signal(name))
	}
	for _, url := range f.Get("gave").List() {
		in.Gave = append(in.Gave, url.Text())
	}
	in.Asked = f.Get("asked").Words("kind of ask", kinds...)
	for _, each := range f.Get("got").List() {
		g := each.Fields("kind", "what")
		in.Got = append(in.Got, Got{Kind: g.Need("kind").OneOf("kind of exchange", kinds...), What: g.Need("what").Text()})
	}
	if next := f.Get("next"); next.Present() {
		n := next.Fields("what", "whose", "in")
		in.Next = &Next{What: n.Need("what").Text(), Whose: n.Need("whose").OneOf("side", "them", "us"), Days: int(n.Need("in").Number(0, -Weeks*5, 260))}
	}
	l.c.Interactions = append(l.c.Interactions, in)
	return in.Ago
}

var kinds = []string{"revenue", "referral", "recommendation"}

func signalNames() []string {
	var names []string
	for _, s := range journey.Signals() {
		names = append(names, string(s))
	}
	return names
}

// how reads "phone both".
func how(v strict.Value) (journey.Channel, journey.Direction) {
	channel, direction, _ := strings.Cut(v.Text(), " ")
	ch, d := journey.Channel(channel), journey.Direction(direction)
	if v.Present() && (!slices.Contains(journey.Channels(), ch) || d != journey.In && d != journey.Out && d != journey.BothWay) {
		v.Fail("a channel and a direction, as in: phone both, email in", "%q says not how", v.Text())
	}
	return ch, d
}

var agoForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\d{1,2})w([0-4])d (\d{2}):(\d{2})$`) })

// ago reads "3w2d 09:40": three weeks and two working days back, at that time.
func ago(v strict.Value) Ago {
	m := agoForm().FindStringSubmatch(v.Text())
	if m == nil {
		if v.Present() {
			v.Fail("weeks, working days (0 to 4) and a time, as in: 3w2d 09:40", "%q is no moment", v.Text())
		}
		return Ago{}
	}
	var n [4]int
	for i := range n {
		n[i], _ = strconv.Atoi(m[i+1]) // figures, by the form above
	}
	a := Ago{Days: 5*n[0] + n[1], Hour: n[2], Minute: n[3]}
	switch {
	case a.Days < 1 || n[0] >= Weeks:
		v.Fail("", "%q lies outside the %d weeks before today", v.Text(), Weeks)
	case a.Hour > 23 || a.Minute > 59:
		v.Fail("", "there is no such time as %02d:%02d", a.Hour, a.Minute)
	}
	return a
}

// after reports whether a is later than b.
func (a Ago) after(b Ago) bool {
	if a.Days != b.Days {
		return a.Days < b.Days
	}
	return a.Hour*60+a.Minute > b.Hour*60+b.Minute
}
