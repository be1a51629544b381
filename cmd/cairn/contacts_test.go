package main

import (
	"fmt"
	"strings"
	"testing"

	"cairn/bot/roster"
	"cairn/store"
	"cairn/store/storetest"
)

// importing is a database with one team, and what is typed against it.
func importing(t *testing.T) (url string, imp func(file string, args ...string) (out, said string, err error), rows func(sql string) string) {
	t.Helper()
	url = storetest.URL(t)
	pool, err := store.Open(t.Context(), url, 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	st := store.New(pool, nil)
	if err := st.SetTeam(t.Context(), "T1", "One"); err != nil {
		t.Fatal(err)
	}
	for id, name := range map[string]string{"U0MAYA": "Maya Lind", "U0ELI": "Eli Park"} {
		if err := st.SetPerson(t.Context(), store.Person{TeamID: "T1", ID: id, Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	return url, func(file string, args ...string) (string, string, error) {
			t.Helper()
			return typed(t, url, append([]string{"import", "contacts", fileWith(t, file)}, args...)...)
		}, func(sql string) string {
			t.Helper()
			var out string
			if err := pool.QueryRow(t.Context(), `select coalesce(string_agg(r::text, E'\n' order by r::text), '') from (`+sql+`) r`).Scan(&out); err != nil {
				t.Fatal(err)
			}
			return out
		}
}

const everybody = `select c.name, co.name, c.email, c.title, c.language, co.industry, array(select person_id from owners o where o.contact_id = c.id)::text
	from contacts c left join companies co on co.id = c.company_id where removed_at is null`

func TestImportContacts(t *testing.T) {
	t.Parallel()
	_, imp, rows := importing(t)
	const file = "Name,E-mail\n"
	if _, said, err := imp(file); err == nil || !strings.Contains(said, `there is no column "E-mail"; the columns are name,company,email`) {
		t.Errorf("a column of another name: %v, %s", err, said)
	}
	const good = "owner,name,company,email,industry,title,language\n" +
		"Maya Lind,Dana Ruiz,Acme GmbH,Dana@Acme.example,software,Head of IT,en\n" +
		"U0ELI,José Peña,Beta,,,,\n,Lee Park,,lee@park.example,,,\n"
	out, said, err := imp(good, "--dry-run")
	if err != nil || !strings.Contains(out, "new     line 2, Dana Ruiz, Acme GmbH\n") || !strings.Contains(out, "3 new, 0 filled in, 0 known already. Nothing was written.") {
		t.Errorf("dry run: %q, %q, %v", out, said, err)
	}
	if got := rows(everybody); got != "" {
		t.Errorf("a dry run wrote\n%s", got)
	}
	if out, said, err := imp(good); err != nil || !strings.Contains(out, "3 new") {
		t.Fatalf("%q, %q, %v", out, said, err)
	}
	want := `("Dana Ruiz","Acme GmbH",dana@acme.example,"Head of IT",en,software,{U0MAYA})` + "\n" +
		`("José Peña",Beta,,"","","",{U0ELI})` + "\n" + `("Lee Park",,lee@park.example,"","",,{})`
	if got := rows(everybody); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := rows(`select count(*), count(distinct journey), min(stage) filter (where journey = 'aipee') from places`); got != "(12,4,attention)" {
		t.Errorf("places: %s", got)
	}
	// the same file again, written otherwise: nobody twice, blanks filled, what stands stands
	out, said, err = imp("name,company,email,title,owner\nDANA RUIZ,acme,,CTO,Eli Park\njose pena,Beta Ltd.,jose@beta.example,Buyer,\nLee M. Park,,LEE@park.example,,\n")
	if err != nil || !strings.Contains(out, "0 new, 1 filled in, 2 known already.") ||
		!strings.Contains(out, "kept    line 2, DANA RUIZ, acme: the file says otherwise, and what is known stands: title") {
		t.Errorf("again: %q, %q, %v", out, said, err)
	}
	want = `("Dana Ruiz","Acme GmbH",dana@acme.example,"Head of IT",en,software,"{U0MAYA,U0ELI}")` + "\n" +
		`("José Peña",Beta,jose@beta.example,Buyer,"","",{U0ELI})` + "\n" + `("Lee Park",,lee@park.example,"","",,{})`
	if got := rows(everybody); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// One line of which it cannot be told who is meant keeps all others out.
func TestImportContactsRefuses(t *testing.T) {
	t.Parallel()
	_, imp, rows := importing(t)
	if _, said, err := imp("name,company,email\nDana Ruiz,Acme,dana@acme.example\nKim Ode,,\nRosa Lux,Delta,\n"); err != nil {
		t.Fatal(err, said)
	}
	before := rows(everybody)
	for _, c := range []struct{ name, file, want string }{
		{"no name", "name,company\n,Acme\nNew Person,New\n", "line 2, name: missing; write what the person is called"},
		{"no address", "name,email\nNew Person,at home\n", `line 2, email: "at home" is no address`},
		{"two addresses", "name,email\nNew Person,\"a@b.example, c@d.example\"\n", "line 2, email"},
		{"one address twice", "name,email\nNew Person,n@b.example\nOther Person,N@b.example\n", "line 3, email: the same address as line 2"},
		{"one person twice", "name,company\nNew Person,Acme Inc.\n\nnew  person,ACME\n", "line 4, name: the same person as line 2"},
		{"an address of somebody else", "name,email\nNew Person,n@b.example\nLee Park,dana@acme.example\n", "line 3: the address is that of Dana Ruiz, Acme"},
		{"another address", "name,company,email\nDana Ruiz,Acme,other@acme.example\n", "line 2: Dana Ruiz, Acme is known with another address"},
		{"address and name of two", "name,company,email\nRosa Lux,Delta,dana@acme.example\n", "line 2: by the address it is Dana Ruiz, Acme, by the name Rosa Lux, Delta"},
		{"a company on one side", "name,company\nKim Ode,Gamma\n", "line 2: it may be Kim Ode, who is known already"},
		{"and on the other", "name\nRosa Lux\n", "line 2: it may be Rosa Lux, Delta, who is known already"},
		{"two lines, one person", "name,company,email\nDana Ruiz,Acme,\nDana M Ruiz,Acme,dana@acme.example\n", "line 3: the same person as line 2: both are Dana Ruiz, Acme"},
		{"an owner nobody knows", "name,owner\nNew Person,Zoe\n", `line 2, owner: nobody of the team whom Cairn has met is called "Zoe"`},
		{"a language", "name,language\nNew Person,english\n", "line 2, language"},
		{"a broken quote", "name,company\nNew Person,\"Acme\nOther,X\n", "a double quote ends in the middle of a cell"},
		{"no header", "", "line 1: the file is empty"},
		{"a NUL", "name\nNew\x00Person\n", "line 2, name: not readable as UTF-8 text"},
	} {
		_, said, err := imp(c.file)
		if err == nil || !strings.Contains(err.Error(), "nothing was imported") || !strings.Contains(said, c.want) {
			t.Errorf("%s: %v\n%s\nwant %s", c.name, err, said, c.want)
		}
		if after := rows(everybody); after != before {
			t.Fatalf("%s: half imported:\n%s", c.name, after)
		}
	}
	if out, said, err := imp("name,company\nKim Ode,Gamma\nRosa Lux,\n", "--same-name"); err != nil || !strings.Contains(out, "0 new, 1 filled in, 1 known already") {
		t.Errorf("%q, %q, %v", out, said, err)
	}
	if got := rows(`select count(*) from contacts`); got != "(3)" {
		t.Errorf("contacts: %s", got)
	}
}

// What goes out runs nothing in a spreadsheet, and comes in as it was.
func TestExportContacts(t *testing.T) {
	t.Parallel()
	url, imp, rows := importing(t)
	evil := []roster.Entry{{Name: `=HYPERLINK("https://evil.example","click")`, Company: "+Plus", Title: "-1", Industry: "@sum"}, {Name: "'=quoted", Email: "a@b.example"}}
	var file strings.Builder
	if err := roster.Write(&file, evil); err != nil {
		t.Fatal(err)
	}
	if out, said, err := imp(file.String()); err != nil || !strings.Contains(out, "2 new") {
		t.Fatalf("%q, %q, %v", out, said, err)
	}
	if got := rows(`select name from contacts`); !strings.Contains(got, `=HYPERLINK`) || strings.Contains(got, `('=HYPERLINK`) || !strings.Contains(got, "'=quoted") {
		t.Errorf("what was neutral was kept so: %s", got)
	}
	exported, _, err := typed(t, url, "export", "contacts")
	if err != nil || strings.Count(exported, "\n") != 3 {
		t.Fatal(exported, err)
	}
	before := rows(everybody)
	if out, said, err := imp(exported); err != nil || !strings.Contains(out, "0 new, 0 filled in, 2 known already") {
		t.Errorf("%q, %q, %v", out, said, err)
	}
	if got := rows(everybody); got != before {
		t.Errorf("the export changed something: %s", got)
	}
	for cell := range strings.FieldsFuncSeq(exported, func(r rune) bool { return r == ',' || r == '\n' }) {
		if c := strings.Trim(cell, `"`); c != "" && strings.ContainsAny(c[:1], "=+-@") {
			t.Errorf("a spreadsheet would run %s", fmt.Sprintf("%q", cell))
		}
	}
}
