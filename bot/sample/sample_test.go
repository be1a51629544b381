package sample_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/sample"
	"cairn/prompts"
	library "cairn/prompts/library"
)

func load(t *testing.T) *sample.Company {
	t.Helper()
	c, err := sample.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLoad(t *testing.T) {
	c := load(t)
	industries := map[string]int{}
	industryOf := map[string]string{}
	for _, f := range c.Firms {
		industryOf[f.Name] = f.Industry
	}
	for _, p := range c.Contacts {
		industries[industryOf[p.Firm]]++
	}
	if len(c.Contacts) < 40 || len(industries) != 4 {
		t.Errorf("%d contacts in %v", len(c.Contacts), industries)
	}
	roles, reps := map[sample.Role]int{}, 0
	for _, p := range c.People {
		roles[p.Role]++
		if p.Switch && p.Role == sample.Rep {
			reps++
		}
	}
	if roles[sample.Rep] < 4 || roles[sample.Manager] == 0 || roles[sample.Editor] == 0 || roles[sample.Admin] == 0 || reps != 2 {
		t.Errorf("people by role: %v, reps to switch to: %d", roles, reps)
	}
	if len(c.Interactions) < 100 {
		t.Errorf("%d interactions", len(c.Interactions))
	}
	byRep := map[string]int{}
	for _, in := range c.Interactions {
		byRep[in.By]++
	}
	if len(byRep) < 4 {
		t.Errorf("notes by rep: %v", byRep)
	}
	if _, twice := names(c)["jonas weber"]; !twice || len(names(c)["jonas weber"]) != 2 {
		t.Error("two contacts must share the name Jonas Weber")
	}
	for _, p := range c.Contacts {
		if strings.Contains(line.Key(p.Name), "dana") || line.CompanyKey(p.Firm) == "acme" {
			t.Errorf("%s of %s stands in the way of the README, which logs Dana Ruiz of Acme as new", p.Name, p.Firm)
		}
	}
}

func names(c *sample.Company) map[string][]string {
	all := map[string][]string{}
	for _, p := range c.Contacts {
		all[line.Key(p.Name)] = append(all[line.Key(p.Name)], p.ID)
	}
	return all
}

// Whenever it is started, the story lies within its weeks, in order, on
// working days, and never in the future.
func TestAt(t *testing.T) {
	c := load(t)
	for hour := range 24 * 21 {
		now := time.Date(2026, 10, 12, hour, 7, 0, 0, time.UTC) // across the end of summer time
		events := c.At(now)
		if len(events) != len(c.Interactions) {
			t.Fatalf("%d events of %d interactions", len(events), len(c.Interactions))
		}
		last := map[string]time.Time{}
		for i, e := range events {
			switch {
			case !e.At.Before(now) || now.Sub(e.At) > (7*sample.Weeks+1)*24*time.Hour:
				t.Fatalf("at %s: %s took place at %s", now, e.Contact, e.At)
			case e.At.Weekday() == time.Saturday || e.At.Weekday() == time.Sunday:
				t.Fatalf("at %s: %s took place on a weekend: %s", now, e.Contact, e.At)
			case i > 0 && e.At.Before(events[i-1].At):
				t.Fatalf("at %s: out of order at %s", now, e.Contact)
			case !last[e.Contact].Before(e.At):
				t.Fatalf("at %s: two notes on %s at %s", now, e.Contact, e.At)
			case e.Next != nil && (e.Due.Weekday() == time.Saturday || e.Due.Weekday() == time.Sunday || e.Due.Before(e.At.AddDate(0, 0, -1))):
				t.Fatalf("at %s: %s due at %s", now, e.Contact, e.Due)
			}
			last[e.Contact] = e.At
		}
	}
}

// Where everybody stands, by the model that ships.
func TestFold(t *testing.T) {
	c, states := load(t), fold(t)
	stages, status, cycles, kinds := map[string]int{}, map[journey.Status]int{}, map[string]int{}, map[string]int{}
	dnc := 0
	for _, s := range states {
		stages[s.Stage]++
		status[s.Status]++
		cycles[s.Cycle]++
		for _, k := range s.Exchanged {
			kinds[k]++
		}
		if s.DoNotContact {
			dnc++
		}
	}
	for _, stage := range []string{"attention", "interaction", "permission", "engagement", "exchange"} {
		if stages[stage] < 5 {
			t.Errorf("stage %s: %d contacts of %v", stage, stages[stage], stages)
		}
	}
	if status[journey.Quiet] < 2 || status[journey.Left] < 3 || dnc != 1 {
		t.Errorf("status %v, not to be contacted %d", status, dnc)
	}
	for _, cycle := range []string{"upsell", "cross_sell", "repeat"} {
		if cycles[cycle] == 0 {
			t.Errorf("no cycle %s in %v", cycle, cycles)
		}
	}
	for _, kind := range []string{"revenue", "referral", "recommendation"} {
		if kinds[kind] == 0 {
			t.Errorf("no exchange %s in %v", kind, kinds)
		}
	}
	for id, want := range map[string]string{
		"jonas-weber-brandt": "engagement", "jonas-weber-nordlicht": "interaction", "ingrid-halvorsen": "engagement", "hannah-lund": "permission",
		"callum-reid": "exchange", "giulia-bianchi": "exchange", "xavier-dubois": "permission", "fiona-macleod": "engagement", "ewan-baird": "attention", "tom-ashworth": "permission",
	} {
		if states[id].Stage != want {
			t.Errorf("%s stands at %s, want %s", id, states[id].Stage, want)
		}
	}
	seen := map[journey.Signal]bool{}
	for _, in := range c.Interactions {
		for _, s := range in.Signals {
			seen[s] = true
		}
	}
	for _, s := range []journey.Signal{journey.Returned, journey.Postponed, journey.Complained, journey.OptedOut, journey.Declined, journey.SharedOnward, journey.ValueStory} {
		if !seen[s] {
			t.Errorf("nobody shows %s", s)
		}
	}
}

func fold(t *testing.T) map[string]journey.State {
	t.Helper()
	c := load(t)
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		t.Fatal(err)
	}
	aipee, ok := models.Get(journey.Default)
	if !ok {
		t.Fatal("no default journey")
	}
	states := map[string]journey.State{}
	for i, e := range c.At(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)) {
		s, known := states[e.Contact]
		if !known {
			s = aipee.Start()
		}
		states[e.Contact], _ = aipee.Fold(s, journey.Note{ID: int64(i + 1), At: e.At, Signals: e.Signals})
	}
	return states
}

// At least five wait: they gave leave or asked, and for more than five
// working days nothing has gone back.
func TestWaiting(t *testing.T) {
	c := load(t)
	last := map[string]sample.Interaction{}
	for _, in := range c.Interactions {
		last[in.Contact] = in
	}
	leave := []journey.Signal{journey.Connected, journey.Subscribed, journey.GaveContact, journey.AskedForMore}
	waiting := 0
	for _, in := range last {
		if in.Ago.Days > 5 && len(in.Gave) == 0 && slices.ContainsFunc(in.Signals, func(s journey.Signal) bool { return slices.Contains(leave, s) }) {
			waiting++
		}
	}
	if waiting < 5 {
		t.Errorf("%d wait for an answer", waiting)
	}
	overdue, ahead := 0, 0
	for _, in := range c.Interactions {
		switch {
		case in.Next == nil:
		case in.Next.Days < 0:
			overdue++
		default:
			ahead++
		}
	}
	if overdue < 2 || ahead < 5 {
		t.Errorf("%d steps overdue, %d ahead", overdue, ahead)
	}
}

// Everything that was given stands in the library, and nobody got the same
// thing twice.
func TestGiven(t *testing.T) {
	f, err := library.Files.Open("library.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(rows[0], "url")
	known := map[string]bool{}
	for _, row := range rows[1:] {
		known[row[at]] = true
	}
	given, had := 0, map[string]bool{}
	for _, in := range load(t).Interactions {
		for _, url := range in.Gave {
			if !known[url] {
				t.Errorf("%s was given %s, which is not in the library", in.Contact, url)
			}
			if had[in.Contact+" "+url] {
				t.Errorf("%s was given %s twice", in.Contact, url)
			}
			had[in.Contact+" "+url] = true
			given++
		}
	}
	if given < 25 {
		t.Errorf("only %d items were given", given)
	}
}

// Each note could have been typed as a line at its moment.
func TestNotesCanBeTyped(t *testing.T) {
	c := load(t)
	name := map[string]sample.Contact{}
	for _, p := range c.Contacts {
		name[p.ID] = p
	}
	for _, e := range c.At(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)) {
		p := name[e.Contact]
		l, err := line.Shipped().Parse(p.Name+", "+p.Firm+": "+e.Note, e.At)
		if err != nil || l.Who.Name != p.Name || l.Note != e.Note {
			t.Errorf("%s: %q: %v, who %+v", p.ID, e.Note, err, l.Who)
		}
		if l.AtDay {
			t.Errorf("%s: %q says another day, %q; the story counts days by itself", p.ID, e.Note, l.AtWords)
		}
	}
}
