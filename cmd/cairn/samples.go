package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/observe"
	"cairn/bot/sample"
	"cairn/bot/suggest"
	"cairn/prompts/library"
	"cairn/store"
)

// sampleTeam is the id of the simulated workspace.
const sampleTeam = "T0SAMPLE"

// slackID is the Slack id of somebody of the sample team.
func slackID(handle string) string { return "U0" + strings.ToUpper(handle) }

// settler moves the sample company into the database, through the same way
// that every typed line takes.
type settler struct {
	house
	company  *sample.Company
	shelf    coach.Shelf
	contacts map[string]int64 // by the sample's own id
	firms    map[string]sample.Firm
	people   map[string]sample.Contact
}

// settle loads the sample company, once.
func settle(ctx context.Context, h house, c *sample.Company, now time.Time, say func(string)) error {
	if t, err := h.store.Team(ctx, sampleTeam); err == nil && t.Name != "" {
		return nil
	} else if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	say("moving the sample team in: twelve weeks of notes")
	s := &settler{house: h, company: c, contacts: map[string]int64{}, firms: map[string]sample.Firm{}, people: map[string]sample.Contact{}}
	for _, f := range c.Firms {
		s.firms[f.Name] = f
	}
	for _, p := range c.Contacts {
		s.people[p.ID] = p
	}
	if err := s.team(ctx); err != nil {
		return fmt.Errorf("samples: %w", err)
	}
	for i, e := range c.At(now) {
		if err := s.event(ctx, i, e); err != nil {
			return fmt.Errorf("samples: note %d, of %s: %w", i, e.Contact, err)
		}
	}
	// the name comes last, so that an interrupted start begins anew
	return s.store.SetTeam(ctx, sampleTeam, c.Team)
}

func (s *settler) team(ctx context.Context) error {
	if err := s.store.EraseTeam(ctx, sampleTeam); err != nil {
		return err
	}
	if err := s.store.SetTeam(ctx, sampleTeam, ""); err != nil {
		return err
	}
	for _, p := range s.company.People {
		if err := s.store.SetPerson(ctx, store.Person{TeamID: sampleTeam, ID: slackID(p.ID), Name: p.Name, TimeZone: p.Zone}); err != nil {
			return err
		}
		if p.Role == sample.Rep {
			continue
		}
		if _, err := s.store.GiveRole(ctx, sampleTeam, slackID(p.ID), store.Role(p.Role), true, slackID(p.ID)); err != nil {
			return err
		}
	}
	f, err := library.Files.Open("library.csv")
	if err != nil {
		return err
	}
	defer f.Close()
	items, problems := suggest.ParseCSV(f)
	if len(problems) > 0 {
		return fmt.Errorf("library.csv: %v", problems[0])
	}
	ids, err := s.store.PutContent(ctx, sampleTeam, slackID("eli"), time.Now(), coach.Rows(items)...)
	if err != nil {
		return err
	}
	for i := range items {
		items[i].ID = ids[i]
	}
	s.shelf = coach.Shelf{Library: suggest.NewLibrary(s.guide, items)}
	return nil
}

// event records one note of the story.
func (s *settler) event(ctx context.Context, n int, e sample.Event) error {
	p := s.people[e.Contact]
	d := store.Draft{ContactID: s.contacts[p.ID], NewContact: s.contacts[p.ID] == 0, At: e.At, LoggedAt: e.At,
		Delivery: store.Delivery{TeamID: sampleTeam, PersonID: slackID(e.By), EnvelopeID: fmt.Sprintf("sample-%d", n), Kind: "sample", Key: fmt.Sprint(n), Payload: []byte{}},
		Who:      store.Who{Name: p.Name, NameKey: line.Key(p.Name), BareKey: line.BareKey(p.Name), Company: p.Firm, CompanyKey: line.CompanyKey(p.Firm), Email: p.Email},
		Channel:  string(e.Channel), Direction: string(e.Direction), Note: e.Note, Source: "sample", Models: s.coach.Versions()}
	out, err := s.store.LogInteraction(ctx, d, func(k store.Known) (store.Decision, error) {
		reader := told{signals: e.Signals, reader: s.coach.Reader}
		c := coach.Coach{Models: s.coach.Models, Reader: reader}
		l := line.Line{Note: e.Note, At: e.At, Channel: e.Channel, Direction: e.Direction}
		dec, err := c.Decide(k, d, l, s.shelf, uint64(n))
		s.ledger(e, k, &dec)
		return dec, err
	})
	if err != nil {
		return err
	}
	if out.Known.New {
		s.contacts[p.ID] = out.Known.Contact.ID
		aliases := map[string]string{}
		for _, a := range p.Aliases {
			aliases[line.Key(a)] = a
		}
		return s.store.Describe(ctx, sampleTeam, out.Known.Contact.ID, store.Details{Title: p.Title, Email: p.Email, Language: p.Language,
			Industry: s.firms[p.Firm].Industry, Aliases: aliases, ReferredBy: s.contacts[p.Source]})
	}
	return nil
}

// ledger adds what the story says was given, asked, got, and comes next.
func (s *settler) ledger(e sample.Event, k store.Known, dec *store.Decision) {
	by := slackID(e.By)
	dec.Shares, dec.Asks, dec.Exchanges, dec.Steps = nil, nil, nil, nil
	for _, url := range e.Gave {
		canonical, err := suggest.CanonicalURL(url)
		if err != nil {
			continue // the sample's own test knows every address
		}
		if item, ok := s.shelf.Library.Named(canonical); ok {
			dec.Shares = append(dec.Shares, store.Share{ContentID: item.ID, Title: item.Title, CanonicalURL: canonical, PersonID: by,
				Stage: placeOn(dec.Places), Via: "note", At: e.At})
		}
	}
	for _, kind := range e.Asked {
		dec.Asks = append(dec.Asks, store.Ask{Kind: kind, PersonID: by, At: e.At})
	}
	for _, g := range e.Got {
		dec.Exchanges = append(dec.Exchanges, store.Exchange{Kind: g.Kind, Detail: g.What, PersonID: by, At: e.At})
	}
	if e.Next != nil {
		due := e.Due
		dec.Steps = append(dec.Steps, store.Step{Whose: e.Next.Whose, What: e.Next.What, Due: &due})
	}
}

func placeOn(places []store.Place) string {
	for _, p := range places {
		if p.Journey == journey.Default {
			return p.Stage
		}
	}
	return ""
}

// told reads a note as the story tells it: these signals, with the words that
// the built-in reading would quote, or else the whole note.
type told struct {
	signals []journey.Signal
	reader  coach.Reader
}

func (t told) Version() string { return "sample" }

func (t told) Told(n observe.Note) int { return t.reader.Told(n) }

func (t told) Aside(n observe.Note) observe.Aside { return t.reader.Aside(n) }

func (t told) Departure(n observe.Note) observe.Departure { return t.reader.Departure(n) }

func (t told) Words() *line.Words { return t.reader.Words() }

func (t told) Successor(n observe.Note) string { return t.reader.Successor(n) }

func (t told) Read(n observe.Note, c observe.Context) []observe.Finding {
	found := t.reader.Read(n, c)
	out := make([]observe.Finding, len(t.signals))
	for i, g := range t.signals {
		out[i] = observe.Finding{Signal: g, Quote: n.Text, Confidence: 1}
		if j := slices.IndexFunc(found, func(f observe.Finding) bool { return f.Signal == g }); j >= 0 {
			out[i] = found[j]
		}
	}
	return out
}
