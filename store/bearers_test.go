package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/store"
	"cairn/store/storetest"
)

// lineAbout is a line about a name with the titles before it, at a company or at none.
func lineAbout(titles, bare, company string) store.Draft {
	d := about(strings.TrimSpace(titles + " " + bare))
	d.Who.Company, d.Who.CompanyKey = company, company
	if titles != "" {
		d.Who.BareKey = bare
	}
	return d
}

// Whoever may be meant by a title and part of a name is found for it, however long the
// name and however many others are like what was typed; and so is whoever is known by a
// title alone, once the name is typed.
func TestATitleFindsWhoBearsTheName(t *testing.T) {
	for name, c := range map[string]struct {
		known, typed store.Draft
	}{
		"a short name at the end of a long one":     {lineAbout("", "jonathan lee fitzgerald yu", "acme"), lineAbout("mr", "yu", "acme")},
		"the same with no company typed":            {lineAbout("", "jonathan lee fitzgerald yu", "acme"), lineAbout("mr", "yu", "")},
		"with no company known":                     {lineAbout("", "jonathan lee fitzgerald yu", ""), lineAbout("mr", "yu", "acme")},
		"at a company that says more":               {lineAbout("", "bartholomew fitzgerald smith", "acme pumps"), lineAbout("mr", "smith", "acme")},
		"in the middle of a name":                   {lineAbout("", "alessandra katharina ott von der heide", "acme"), lineAbout("frau", "ott", "acme")},
		"first and last of a name":                  {lineAbout("", "alessandra katharina ott", "acme"), lineAbout("frau dr", "alessandra ott", "acme")},
		"with another letter":                       {lineAbout("", "alessandra katharina muller", "acme"), lineAbout("frau", "mueller", "acme")},
		"beside a slip of the title's name":         {lineAbout("", "alessandra katharina weber", "acme"), lineAbout("frau", "weber", "acme")},
		"a whole name where a title is known":       {lineAbout("mr", "yu", "acme"), lineAbout("", "jonathan lee fitzgerald yu", "acme")},
		"a whole name where a title is known alone": {lineAbout("mr", "yu", ""), lineAbout("", "jonathan lee fitzgerald yu", "")},
	} {
		t.Run(name, func(t *testing.T) {
			pool := storetest.DB(t)
			exec(t, pool, `insert into teams (id) values ('T1')`)
			exec(t, pool, `with made as (insert into companies (team_id, name, name_key) select 'T1', 'c' || n, 'c' || n from generate_series(1, 20) n returning id)
				insert into contacts (team_id, company_id, name, name_key, created_by)
				select 'T1', id, x, x, 'U2' from made, unnest(array['mr wu', 'mr ott', 'mr smit', 'frau webre', 'mr yun']) x`)
			st := store.New(pool, nil)
			known, err := st.LogInteraction(t.Context(), c.known, plainly)
			if err != nil || known.Recorded == 0 {
				t.Fatalf("%+v, %v", known, err)
			}
			if strings.Contains(name, "slip") {
				slip := lineAbout("frau", "webre", "acme")
				slip.Who.BareKey = "" // or it is asked about itself
				if _, err := st.LogInteraction(t.Context(), slip, plainly); err != nil {
					t.Fatal(err)
				}
			}
			out, err := st.LogInteraction(t.Context(), c.typed, plainly)
			if err != nil || out.Recorded != 0 || !slices.ContainsFunc(out.Ask, func(a store.Candidate) bool { return a.ID == known.Known.Contact.ID }) {
				t.Errorf("recorded as %d, asked between %+v, %v", out.Recorded, out.Ask, err)
			}
			m, err := st.FindContact(t.Context(), "T1", "U1", c.typed.Who)
			if err != nil || m.ID != 0 || !slices.ContainsFunc(m.Ask, func(a store.Candidate) bool { return a.ID == known.Known.Contact.ID }) {
				t.Errorf("found %+v, %v", m, err)
			}
		})
	}
}

// What a title costs does not grow with a workspace: no table is read through.
func TestATitleIsLookedForByIndex(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	exec(t, pool, `insert into companies (team_id, name, name_key) select 'T1', 'firm ' || n, 'firm ' || n from generate_series(1, 4000) n`)
	exec(t, pool, `insert into contacts (team_id, company_id, name, name_key, created_by)
		select 'T1', id, name || ' person', substr(md5(name), 1, 5) || ' ' || substr(md5(id::text), 1, 2) || ' x' || k, 'U2' from companies, generate_series(1, 10) k`)
	exec(t, pool, `analyze`)
	for _, company := range []string{"", "firm 17", "nowhere"} {
		sql, args := store.BearersQuery("T1", "U1", lineAbout("mr", "yu", company).Who)
		rows, err := pool.Query(t.Context(), `explain `+sql, args...)
		if err != nil {
			t.Fatal(err)
		}
		var plan strings.Builder
		for rows.Next() {
			var step string
			if err := rows.Scan(&step); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&plan, step)
		}
		if rows.Err() != nil || strings.Contains(plan.String(), "Seq Scan on contacts") || strings.Contains(plan.String(), "Seq Scan on companies") {
			t.Errorf("at %q: %v\n%s", company, rows.Err(), plan.String())
		}
	}
}
