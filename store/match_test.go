package store_test

import (
	"testing"

	"cairn/store"
)

// TestResolve holds the rules of [store.Resolve] one by one.
func TestResolve(t *testing.T) {
	dana := store.Candidate{ID: 1, Name: "Dana Ruiz", NameKey: "dana ruiz", Company: "Acme", CompanyKey: "acme", Mine: true}
	cole := store.Candidate{ID: 2, Name: "Dana Cole", NameKey: "dana cole", Company: "Beta", CompanyKey: "beta", Mine: true}
	theirs := store.Candidate{ID: 3, Name: "Dana Winter", NameKey: "dana winter", Company: "Gamma", CompanyKey: "gamma"}
	winter := store.Candidate{ID: 4, Name: "Eva Winter", NameKey: "eva winter", CompanyKey: "", Mine: true}
	seven := store.Candidate{ID: 5, Name: "Contact 17", NameKey: "contact 17", Company: "Firm 17", CompanyKey: "firm 17", Mine: true}
	gross := store.Candidate{ID: 6, Name: "Dr. Otto Gross", NameKey: "dr otto gross", Aliases: []string{"otto gross"}, Mine: true}
	klein := store.Candidate{ID: 7, Name: "Otto Klein", NameKey: "otto klein", Mine: true}
	bare := store.Candidate{ID: 10, Name: "Dana", NameKey: "dana", Email: "dana@acme.example", Mine: true}
	address := func(name, email string) store.Who { return store.Who{NameKey: name, Email: email, Guessed: true} }
	at := func(c store.Candidate, email string) store.Candidate { c.Email = email; return c }
	named := func(c store.Candidate, also string) store.Candidate { c.Aliases = []string{also}; return c }
	theirsAlone := func(c store.Candidate) store.Candidate { c.Mine = false; return c }
	weber := store.Candidate{ID: 11, Name: "Eva Weber", NameKey: "eva weber", Company: "Acme", CompanyKey: "acme", Mine: true}
	webre := store.Candidate{ID: 12, Name: "Frau Webre", NameKey: "frau webre", Aliases: []string{"webre"}, Company: "Acme", CompanyKey: "acme", Mine: true}
	riuz := store.Candidate{ID: 13, Name: "Dr. Dana Riuz", NameKey: "dr dana riuz", Aliases: []string{"dana riuz"}, Company: "Acme", CompanyKey: "acme", Mine: true}
	frau := store.Who{NameKey: "frau weber", BareKey: "weber", CompanyKey: "acme"}
	drDana := store.Who{NameKey: "dr dana ruiz", BareKey: "dana ruiz"}
	elsewhere := func(c store.Candidate, id int64, company string) store.Candidate {
		c.ID, c.CompanyKey = id, company
		return c
	}
	herr := store.Candidate{ID: 8, Name: "Herr Winter", NameKey: "herr winter", Aliases: []string{"winter"}, Mine: true}
	tests := []struct {
		name  string
		who   store.Who
		found []store.Candidate
		id    int64
		typo  bool
		ask   []int64
	}{
		{"nobody is known", store.Who{NameKey: "dana"}, nil, 0, false, nil},
		{"a full name with its company", store.Who{NameKey: "dana ruiz", CompanyKey: "acme"}, []store.Candidate{dana, cole}, 1, false, nil},
		{"a full name", store.Who{NameKey: "dana ruiz"}, []store.Candidate{dana}, 1, false, nil},
		{"a full name that two have", store.Who{NameKey: "dana ruiz"}, []store.Candidate{dana, {ID: 9, NameKey: "dana ruiz", CompanyKey: "beta"}}, 0, false, []int64{1, 9}},
		{"a full name that two have, one of them at a company of the family's name", store.Who{NameKey: "eve krug"}, []store.Candidate{{ID: 8, NameKey: "eve krug", CompanyKey: "bolt", Mine: true}, {ID: 9, NameKey: "eve krug", CompanyKey: "krug", Mine: true}}, 0, false, []int64{8, 9}},
		{"the same where the other is a colleague's", store.Who{NameKey: "kai lamm"}, []store.Candidate{{ID: 8, NameKey: "kai lamm", CompanyKey: "weide"}, {ID: 9, NameKey: "kai lamm", CompanyKey: "lamm", Mine: true}}, 0, false, []int64{9, 8}},
		{"a full name with a title at a company of the family's name", store.Who{NameKey: "eve krug"}, []store.Candidate{{ID: 8, NameKey: "eve krug", CompanyKey: "bolt", Mine: true}, named(store.Candidate{ID: 9, NameKey: "dr eve krug", CompanyKey: "krug", Mine: true}, "eve krug")}, 0, false, []int64{8, 9}},
		{"a first name that one of one's own has", store.Who{NameKey: "dana"}, []store.Candidate{dana, theirs}, 1, false, nil},
		{"a first name that two of one's own have", store.Who{NameKey: "dana"}, []store.Candidate{dana, cole}, 0, false, []int64{1, 2}},
		{"a first name that only a colleague's contact has", store.Who{NameKey: "dana"}, []store.Candidate{theirs}, 0, false, []int64{3}},
		{"a family name", store.Who{NameKey: "winter"}, []store.Candidate{winter}, 4, false, nil},
		{"a first name with the company", store.Who{NameKey: "dana", CompanyKey: "beta"}, []store.Candidate{dana, cole}, 2, false, nil},
		{"letters swapped", store.Who{NameKey: "dana riuz"}, []store.Candidate{dana}, 1, true, nil},
		{"a letter doubled", store.Who{NameKey: "dana ruizz"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"a letter thrice", store.Who{NameKey: "anna berg"}, []store.Candidate{{ID: 9, NameKey: "annna berg", Mine: true}}, 9, true, nil},
		{"Sofie and Sophie", store.Who{NameKey: "sofie martin"}, []store.Candidate{{ID: 9, NameKey: "sophie martin", Mine: true}}, 0, false, []int64{9}},
		{"Catarina and Katharina", store.Who{NameKey: "catarina berg", CompanyKey: "acme"}, []store.Candidate{{ID: 9, NameKey: "katharina berg", CompanyKey: "acme", Mine: true}}, 0, false, []int64{9}},
		{"Christoph and Kristof", store.Who{NameKey: "christoph berg"}, []store.Candidate{{ID: 9, NameKey: "kristof berg", Mine: true}}, 0, false, []int64{9}},
		{"Sophie and Silvie", store.Who{NameKey: "silvie martin"}, []store.Candidate{{ID: 9, NameKey: "sophie martin", Mine: true}}, 0, false, nil},
		{"Ana and Anna", store.Who{NameKey: "ana berg", CompanyKey: "acme"}, []store.Candidate{{ID: 9, NameKey: "anna berg", CompanyKey: "acme", Mine: true}}, 0, false, []int64{9}},
		{"umlauts written out", store.Who{Name: "juergen weiss", NameKey: "juergen weiss"}, []store.Candidate{{ID: 9, Name: "Jürgen Weiß", NameKey: "jurgen weiss", CompanyKey: "rau"}}, 9, false, nil},
		{"umlauts written out, with the company", store.Who{Name: "Juergen Weiss", NameKey: "juergen weiss", CompanyKey: "rau"}, []store.Candidate{{ID: 9, Name: "Jürgen Weiß", NameKey: "jurgen weiss", CompanyKey: "rau"}}, 9, false, nil},
		{"umlauts where they are known written out", store.Who{Name: "Jürgen Weiß", NameKey: "jurgen weiss"}, []store.Candidate{{ID: 9, Name: "Juergen Weiss", NameKey: "juergen weiss"}}, 9, false, nil},
		{"umlauts written out at another company", store.Who{Name: "Juergen Weiss", NameKey: "juergen weiss", CompanyKey: "delta"}, []store.Candidate{{ID: 9, Name: "Jürgen Weiß", NameKey: "jurgen weiss", CompanyKey: "rau"}}, 0, false, nil},
		{"Muller and Mueller", store.Who{Name: "Jan Mueller", NameKey: "jan mueller"}, []store.Candidate{{ID: 9, Name: "Jan Muller", NameKey: "jan muller"}}, 0, false, []int64{9}},
		{"a slip in each word", store.Who{NameKey: "rno pcek"}, []store.Candidate{{ID: 9, NameKey: "ron peck", Mine: true}}, 0, false, []int64{9}},
		{"a slip and another spelling in a long name", store.Who{NameKey: "wiedman"}, []store.Candidate{{ID: 9, NameKey: "weidmann", Mine: true}}, 0, false, []int64{9}},
		{"letters swapped in a name of three", store.Who{NameKey: "eva nue", CompanyKey: "acme"}, []store.Candidate{{ID: 9, NameKey: "eva neu", CompanyKey: "acme", Mine: true}}, 0, false, []int64{9}},
		{"a letter left out of a short family name", store.Who{NameKey: "nina wof"}, []store.Candidate{{ID: 9, NameKey: "nina wolf", Mine: true}}, 0, false, []int64{9}},
		{"a short family name with a figure", store.Who{NameKey: "line 2"}, []store.Candidate{{ID: 9, NameKey: "line 3", Mine: true}}, 0, false, nil},
		{"Neil and Niel", store.Who{NameKey: "niel berg"}, []store.Candidate{{ID: 9, NameKey: "neil berg", Mine: true}}, 0, false, []int64{9}},
		{"all of a name and part of another", store.Who{NameKey: "dana"}, []store.Candidate{bare, dana}, 0, false, []int64{10, 1}},
		{"all of a name and the last of another", store.Who{NameKey: "winter"}, []store.Candidate{{ID: 9, NameKey: "winter", Mine: true}, winter}, 0, false, []int64{9, 4}},
		{"all of one's own and part of a colleague's", store.Who{NameKey: "dana"}, []store.Candidate{at(bare, ""), theirs}, 10, false, nil},
		{"one's own by the address alone", store.Who{NameKey: "dana"}, []store.Candidate{bare}, 0, false, []int64{10}},
		{"a colleague's by the address alone, and part of one's own", store.Who{NameKey: "dana"}, []store.Candidate{theirsAlone(bare), dana}, 0, false, []int64{1, 10}},
		{"by the address, typed", store.Who{NameKey: "dana", Email: "dana@acme.example"}, []store.Candidate{bare}, 10, false, nil},
		{"all of a colleague's and part of one's own", store.Who{NameKey: "dana"}, []store.Candidate{theirsAlone(bare), dana}, 0, false, []int64{1, 10}},
		{"all of a name, with the company of another", store.Who{NameKey: "dana", CompanyKey: "acme"}, []store.Candidate{bare, dana}, 0, false, []int64{1, 10}},
		{"all of a name of two words", store.Who{NameKey: "dana ruiz"}, []store.Candidate{dana, {ID: 9, NameKey: "dana ruiz gomez", Mine: true}}, 1, false, nil},
		{"one letter other in a short family name", store.Who{NameKey: "dana ruis"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"one letter other in a long family name", store.Who{NameKey: "eva wintor"}, []store.Candidate{winter}, 0, false, []int64{4}},
		{"one letter other at the same company", store.Who{NameKey: "anna meyer", CompanyKey: "acme"}, []store.Candidate{{ID: 9, NameKey: "anna meier", CompanyKey: "acme", Mine: true}}, 0, false, []int64{9}},
		{"another first name is another person, perhaps", store.Who{NameKey: "diana ruiz", CompanyKey: "acme"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"the same name at another company is somebody else", store.Who{NameKey: "dana ruiz", CompanyKey: "delta"}, []store.Candidate{dana}, 0, false, nil},
		{"one letter other in the company", store.Who{NameKey: "dana ruiz", CompanyKey: "acne"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"one letter more in a short company", store.Who{NameKey: "dana ruiz", CompanyKey: "acmea"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"one letter other in the company, meant exactly", store.Who{NameKey: "dana ruiz", CompanyKey: "acne", Exactly: true}, []store.Candidate{dana}, 0, false, nil},
		{"letters swapped in the company", store.Who{NameKey: "dana ruiz", CompanyKey: "amce"}, []store.Candidate{dana}, 1, true, nil},
		{"letters swapped in the company of two of the name", store.Who{NameKey: "dana ruiz", CompanyKey: "amce"}, []store.Candidate{dana, {ID: 9, NameKey: "dana ruiz", CompanyKey: "acne"}}, 1, true, nil},
		{"a letter lost of a long company", store.Who{NameKey: "dana ruiz", CompanyKey: "abernathy logistic"}, []store.Candidate{{ID: 9, NameKey: "dana ruiz", CompanyKey: "abernathy logistics"}}, 9, true, nil},
		{"a company that shares a word", store.Who{NameKey: "dana ruiz", CompanyKey: "acne pumps"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"another figure in the company", store.Who{NameKey: "dana ruiz", CompanyKey: "halle 13"}, []store.Candidate{{ID: 9, NameKey: "dana ruiz", CompanyKey: "halle 12"}}, 0, false, nil},
		{"a slip in the name and another in the company", store.Who{NameKey: "dana riuz", CompanyKey: "acne"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"part of a name at a company with another letter", store.Who{NameKey: "dana", CompanyKey: "acne"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"a slip in the company where one has none yet", store.Who{NameKey: "eva winter", CompanyKey: "amce"}, []store.Candidate{winter, {ID: 9, NameKey: "eva winter", CompanyKey: "acme", Mine: true}}, 0, false, []int64{9, 4}},
		{"the same name with no company yet may be them", store.Who{NameKey: "eva winter", CompanyKey: "delta"}, []store.Candidate{winter}, 0, false, []int64{4}},
		{"figures are never a slip", store.Who{NameKey: "contact 18", CompanyKey: "firm 18"}, []store.Candidate{seven}, 0, false, nil},
		{"an address", store.Who{Email: "dana@acme.example"}, []store.Candidate{{ID: 8, Email: "dana@acme.example"}}, 8, false, nil},
		{"another's address beside a name that nobody bears", store.Who{NameKey: "mark other", Email: "dana@acme.example"}, []store.Candidate{at(dana, "dana@acme.example")}, 0, false, []int64{1}},
		{"another's address beside the name of a third", store.Who{NameKey: "dana cole", Email: "dana@acme.example"}, []store.Candidate{at(dana, "dana@acme.example"), cole}, 0, false, []int64{1, 2}},
		{"an address beside part of its owner's name", store.Who{NameKey: "dana", Email: "dana@acme.example"}, []store.Candidate{at(dana, "dana@acme.example"), cole}, 1, false, nil},
		{"an address beside its owner's name and another company", store.Who{NameKey: "dana ruiz", CompanyKey: "delta", Email: "dana@acme.example"}, []store.Candidate{at(dana, "dana@acme.example")}, 1, false, nil},
		{"an address beside its owner's name and the company of another of it", store.Who{NameKey: "dana ruiz", CompanyKey: "beta", Email: "dana@acme.example"}, []store.Candidate{at(dana, "dana@acme.example"), elsewhere(dana, 9, "beta")}, 0, false, []int64{1, 9}},
		{"an address beside part of a name at the company of another", store.Who{NameKey: "dana", CompanyKey: "beta", Email: "dana@acme.example"}, []store.Candidate{at(dana, "dana@acme.example"), cole}, 0, false, []int64{1, 2}},
		{"an address beside part of its owner's name that is all of another's", store.Who{NameKey: "dana", Email: "dana.ruiz@acme.example"}, []store.Candidate{at(dana, "dana.ruiz@acme.example"), bare}, 0, false, []int64{1, 10}},
		{"an address beside its owner's name and company, another of the name elsewhere", store.Who{NameKey: "dana ruiz", CompanyKey: "acme", Email: "dana@acme.example"}, []store.Candidate{at(dana, "dana@acme.example"), elsewhere(dana, 9, "beta")}, 1, false, nil},
		{"an address beside the name that it tells apart from another's", store.Who{NameKey: "dana ruiz", Email: "dana.ruiz@acme.example"}, []store.Candidate{dana, {ID: 9, Name: "Dana Ruiz (dana.ruiz@acme.example)", NameKey: "dana ruiz acme example", Email: "dana.ruiz@acme.example"}}, 9, false, nil},
		{"an address beside its owner's name alone, another of the name elsewhere", store.Who{NameKey: "dana ruiz", Email: "dana@acme.example"}, []store.Candidate{at(dana, "dana@acme.example"), elsewhere(dana, 9, "beta")}, 1, false, nil},
		{"an address beside its owner's name with a slip", store.Who{NameKey: "dana ruis", Email: "dana@acme.example"}, []store.Candidate{at(dana, "dana@acme.example")}, 1, false, nil},
		{"initials at the company", store.Who{NameKey: "d r", CompanyKey: "acme"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"initials in one", store.Who{NameKey: "dr", CompanyKey: "acme"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"an initial and the family name", store.Who{NameKey: "d ruiz"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"the first name and an initial", store.Who{NameKey: "dana r", CompanyKey: "acme"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"a whole name where initials are known", store.Who{NameKey: "dana ruiz", CompanyKey: "acme"}, []store.Candidate{{ID: 9, NameKey: "d r", CompanyKey: "acme"}}, 0, false, []int64{9}},
		{"initials at another company", store.Who{NameKey: "d r", CompanyKey: "delta"}, []store.Candidate{dana}, 0, false, nil},
		{"initials of others", store.Who{NameKey: "d c", CompanyKey: "acme"}, []store.Candidate{dana}, 0, false, nil},
		{"a figure is no initial", store.Who{NameKey: "contact 1", CompanyKey: "firm 17"}, []store.Candidate{seven}, 0, false, nil},
		{"initials that somebody is called by", store.Who{NameKey: "d r", CompanyKey: "acme"}, []store.Candidate{dana, {ID: 9, NameKey: "d r", CompanyKey: "acme"}}, 9, false, nil},
		{"the company first", store.Who{NameKey: "acme", CompanyKey: "dana ruiz"}, []store.Candidate{dana}, 1, true, nil},
		{"family name first at the company", store.Who{NameKey: "ruiz dana", CompanyKey: "acme"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"a title before a family name", store.Who{NameKey: "ms ruiz", BareKey: "ruiz", CompanyKey: "acme"}, []store.Candidate{dana, cole}, 0, false, []int64{1}},
		{"a title before a whole name", store.Who{NameKey: "dr dana ruiz", BareKey: "dana ruiz"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"a slip with the title, and the name without it", frau, []store.Candidate{webre, weber}, 0, false, []int64{12, 11}},
		{"a slip with the title and the whole name", drDana, []store.Candidate{riuz, dana}, 0, false, []int64{13, 1}},
		{"a slip with the title, the name without it elsewhere", frau, []store.Candidate{webre, elsewhere(weber, 9, "beta")}, 12, true, nil},
		{"a slip of the company with the title, and the name there without it", frau, []store.Candidate{{ID: 9, NameKey: "frau weber", CompanyKey: "amce", Mine: true}, weber}, 0, false, []int64{9, 11}},
		{"a title before part of two names, one with it", frau, []store.Candidate{{ID: 9, NameKey: "frau anna weber", Aliases: []string{"anna weber"}, CompanyKey: "acme", Mine: true}, weber}, 0, false, []int64{9, 11}},
		{"a title before a name that bears it", frau, []store.Candidate{{ID: 9, NameKey: "frau weber", Aliases: []string{"weber"}, CompanyKey: "acme"}, weber}, 9, false, nil},
		{"a whole name where a title is known", store.Who{NameKey: "anna webre", CompanyKey: "acme"}, []store.Candidate{webre}, 0, false, []int64{12}},
		{"a whole name where a title is known elsewhere", store.Who{NameKey: "anna webre", CompanyKey: "beta"}, []store.Candidate{webre}, 0, false, nil},
		{"a command behind a whole name where a title is known", store.Who{NameKey: "otto gross referral"}, []store.Candidate{gross}, 0, false, nil},
		{"a title before initials", store.Who{NameKey: "dr d ruiz", BareKey: "d ruiz", CompanyKey: "acme"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"a title before a family name with a slip", store.Who{NameKey: "frau webber", BareKey: "webber", CompanyKey: "acme"}, []store.Candidate{weber}, 0, false, []int64{11}},
		{"a title before a name at a company with another letter", store.Who{NameKey: "dr dana ruiz", BareKey: "dana ruiz", CompanyKey: "acne"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"a further name at the company", store.Who{NameKey: "dana ruiz gomez", CompanyKey: "acme"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"a further name at another company", store.Who{NameKey: "dana ruiz gomez", CompanyKey: "delta"}, []store.Candidate{dana}, 0, false, nil},
		{"a title before a family name at another company", store.Who{NameKey: "ms ruiz", BareKey: "ruiz", CompanyKey: "delta"}, []store.Candidate{dana}, 0, false, nil},
		{"an unknown address that spells a known name", store.Who{NameKey: "dana ruiz", Email: "dana.ruiz@acme.example", Guessed: true}, []store.Candidate{dana, cole}, 0, false, []int64{1}},
		{"an unknown address of a first name at the company", address("dana", "dana@acme.example"), []store.Candidate{dana, cole}, 0, false, []int64{1}},
		{"of a family name there", address("ruiz", "ruiz@mail.acme.example"), []store.Candidate{dana, cole}, 0, false, []int64{1}},
		{"of an initial and a family name", address("d ruiz", "d.ruiz@acme.example"), []store.Candidate{dana, cole}, 0, false, []int64{1}},
		{"of the same as one word", address("druiz", "druiz@acme.example"), []store.Candidate{dana}, 0, false, []int64{1}},
		{"of another initial", address("k ruiz", "k.ruiz@acme.example"), []store.Candidate{dana}, 0, false, nil},
		{"of a first name elsewhere", address("dana", "dana@delta.example"), []store.Candidate{dana, cole}, 0, false, nil},
		{"of a first name, nothing being known of where they are", address("eva", "eva@delta.example"), []store.Candidate{winter}, 0, false, []int64{4}},
		{"of one who has another address there", address("dana", "dana@acme.example"), []store.Candidate{at(dana, "dana.ruiz@acme.example")}, 0, false, []int64{1}},
		{"of one who has an address elsewhere", address("eva", "eva@delta.example"), []store.Candidate{at(winter, "eva.winter@beta.example")}, 0, false, nil},
		{"at a domain that says more than the company", address("otto", "otto@klein-group.de"), []store.Candidate{{ID: 9, NameKey: "otto klein", CompanyKey: "klein"}}, 0, false, []int64{9}},
		{"at a domain that says less", address("otto", "otto@nordic.no"), []store.Candidate{{ID: 9, NameKey: "otto klein", CompanyKey: "nordic cold storage"}}, 0, false, []int64{9}},
		{"at a domain with an umlaut written out", address("otto", "otto@mueller.de"), []store.Candidate{{ID: 9, NameKey: "otto klein", CompanyKey: "muller"}}, 0, false, []int64{9}},
		{"at a domain of initials", address("otto", "otto@ncs.no"), []store.Candidate{{ID: 9, NameKey: "otto klein", CompanyKey: "nordic cold storage"}}, 0, false, []int64{9}},
		{"of nobody by its words", address("info", "info@acme.example"), []store.Candidate{dana, cole}, 0, false, nil},
		{"an unknown address of a namesake with an address", store.Who{NameKey: "eva winter", Email: "eva.winter@b.example", Guessed: true}, []store.Candidate{{ID: 8, NameKey: "eva winter", Email: "eva@a.example"}}, 0, false, nil},
		{"the company behind the name without a comma", store.Who{NameKey: "dana ruiz acme"}, []store.Candidate{dana, cole}, 1, false, nil},
		{"the company with its legal form behind the name", store.Who{NameKey: "dana ruiz acme ltd", FirmKey: "dana ruiz acme"}, []store.Candidate{dana, cole}, 1, false, nil},
		{"a family name, and the company with its legal form", store.Who{NameKey: "ruiz acme ltd", FirmKey: "ruiz acme"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"the company before the name", store.Who{NameKey: "acme dana ruiz"}, []store.Candidate{dana, cole}, 1, false, nil},
		{"a first name and the company without a comma", store.Who{NameKey: "dana beta"}, []store.Candidate{dana, cole}, 2, true, nil},
		{"a family name and the company without a comma", store.Who{NameKey: "ruiz acme"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"the company and a family name", store.Who{NameKey: "acme ruiz"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"a family name that a title is known with, and the company", store.Who{NameKey: "weber acme"}, []store.Candidate{named(store.Candidate{ID: 9, NameKey: "frau weber", CompanyKey: "acme", Mine: true}, "weber")}, 0, false, []int64{9}},
		{"a family name and the company that are all of another's name", store.Who{NameKey: "ruiz acme"}, []store.Candidate{dana, {ID: 9, NameKey: "ruiz acme", Mine: true}}, 9, false, nil},
		{"a first name behind a title and the company", store.Who{NameKey: "otto acme"}, []store.Candidate{{ID: 6, NameKey: "dr otto gross", Aliases: []string{"otto gross"}, CompanyKey: "acme", Mine: true}}, 6, true, nil},
		{"another company without a comma", store.Who{NameKey: "dana ruiz delta"}, []store.Candidate{dana, cole}, 0, false, nil},
		{"another company's address beside the only one of the name", store.Who{NameKey: "dana ruiz", Email: "dana@kelly.example"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"another company's address beside part of a name", store.Who{NameKey: "dana", Email: "dana@kelly.example"}, []store.Candidate{dana}, 0, false, []int64{1}},
		{"an address of a domain that theirs is not of, no company being known", store.Who{NameKey: "eva winter", Email: "eva@kelly.example"}, []store.Candidate{at(winter, "eva@nord.example")}, 0, false, []int64{4}},
		{"an address that anybody may have", store.Who{NameKey: "dana ruiz", Email: "dana.ruiz@gmail.com"}, []store.Candidate{dana}, 1, false, nil},
		{"their company's address", store.Who{NameKey: "dana ruiz", Email: "d.ruiz@acme.example"}, []store.Candidate{dana}, 1, false, nil},
		{"another company's address beside name and company", store.Who{NameKey: "dana ruiz", CompanyKey: "acme", Email: "dana@kelly.example"}, []store.Candidate{dana}, 1, false, nil},
		{"the address of the company of one of two of the name", store.Who{NameKey: "dana ruiz", Email: "dana@acme.example"}, []store.Candidate{dana, elsewhere(dana, 9, "beta")}, 1, false, nil},
		{"another company's address beside the name of two", store.Who{NameKey: "dana ruiz", Email: "dana@kelly.example"}, []store.Candidate{dana, elsewhere(dana, 9, "beta")}, 0, false, []int64{1, 9}},
		{"an umlaut written out in part of a name", store.Who{NameKey: "mueller schmidt", CompanyKey: "acme"}, []store.Candidate{{ID: 9, NameKey: "anna muller schmidt", CompanyKey: "acme"}}, 0, false, []int64{9}},
		{"a slip in part of a name that stands alone", store.Who{NameKey: "mueller schmidt"}, []store.Candidate{{ID: 9, NameKey: "anna muller schmidt"}}, 0, false, []int64{9}},
		{"the initials of two first names in one", store.Who{NameKey: "jl picard", CompanyKey: "acme"}, []store.Candidate{{ID: 9, NameKey: "jean luc picard", CompanyKey: "acme"}}, 0, false, []int64{9}},
		{"both first names where their initials are known", store.Who{NameKey: "jean luc picard"}, []store.Candidate{{ID: 9, NameKey: "jl picard"}}, 0, false, []int64{9}},
		{"the initials of others", store.Who{NameKey: "jp picard", CompanyKey: "acme"}, []store.Candidate{{ID: 9, NameKey: "jean luc picard", CompanyKey: "acme"}}, 0, false, nil},
		{"a family name in a script without spaces", store.Who{NameKey: "山田", CompanyKey: "acme"}, []store.Candidate{{ID: 9, NameKey: "山田太郎", CompanyKey: "acme"}}, 0, false, []int64{9}},
		{"the whole name where the family name is known", store.Who{NameKey: "山田太郎"}, []store.Candidate{{ID: 9, NameKey: "山田"}}, 0, false, []int64{9}},
		{"the same with a space", store.Who{NameKey: "山田 太郎", CompanyKey: "acme"}, []store.Candidate{{ID: 9, NameKey: "山田太郎", CompanyKey: "acme"}}, 0, false, []int64{9}},
		{"another name in such a script", store.Who{NameKey: "山本", CompanyKey: "acme"}, []store.Candidate{{ID: 9, NameKey: "山田太郎", CompanyKey: "acme"}}, 0, false, nil},
		{"two family names where a title and one are known", store.Who{NameKey: "ana garcia lopez", CompanyKey: "acme"}, []store.Candidate{{ID: 9, NameKey: "sra garcia", Aliases: []string{"garcia"}, CompanyKey: "acme"}}, 0, false, []int64{9}},
		{"another spelling that was told", store.Who{NameKey: "dr dana ruiz", BareKey: "dana ruiz", CompanyKey: "acme"}, []store.Candidate{named(dana, "dr dana ruiz")}, 1, false, nil},
		{"another spelling that was told, with a slip", store.Who{NameKey: "diana ruiz", CompanyKey: "acme"}, []store.Candidate{named(dana, "diana ruiz")}, 1, true, nil},
		{"what was told to be a further name of theirs", store.Who{NameKey: "dana ruiz gomez", CompanyKey: "acme"}, []store.Candidate{named(dana, "dana ruiz gomez")}, 1, true, nil},
		{"a title and a name that were told of one, and may be another's", store.Who{NameKey: "ms ruiz", BareKey: "ruiz"}, []store.Candidate{named(dana, "ms ruiz"), {ID: 9, NameKey: "ana ruiz", Mine: true}}, 0, false, []int64{1, 9}},
		{"the family name first", store.Who{NameKey: "ruiz", CompanyKey: "dana"}, []store.Candidate{dana, cole}, 1, true, nil},
		{"a name without its title", store.Who{NameKey: "otto gross", Exactly: true}, []store.Candidate{gross}, 6, false, nil},
		{"a first name that one with a title has too", store.Who{NameKey: "otto"}, []store.Candidate{gross, klein}, 0, false, []int64{6, 7}},
		{"what is left without the title is part of a name", store.Who{NameKey: "winter"}, []store.Candidate{herr, winter}, 0, false, []int64{8, 4}},
		{"and enough where no other has it", store.Who{NameKey: "winter"}, []store.Candidate{herr}, 8, false, nil},
		{"a sentence is matched exactly", store.Who{NameKey: "dana riuz", Exactly: true}, []store.Candidate{dana}, 0, false, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := store.Resolve(tt.who, tt.found)
			var asked []int64
			for _, c := range m.Ask {
				asked = append(asked, c.ID)
			}
			if m.ID != tt.id || m.Typo != tt.typo || len(asked) != len(tt.ask) {
				t.Fatalf("got %d (typo %v), asked %v; want %d (typo %v), asked %v", m.ID, m.Typo, asked, tt.id, tt.typo, tt.ask)
			}
			for i := range asked {
				if asked[i] != tt.ask[i] {
					t.Fatalf("asked %v, want %v", asked, tt.ask)
				}
			}
		})
	}
}
