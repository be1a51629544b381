package editing

import (
	"slices"
	"testing"

	"cairn/store"
)

// The other editors are asked, admins only where there is none; never the author, who
// may be an admin's only company.
func TestSecondPeople(t *testing.T) {
	person := func(id string, roles ...store.Role) store.Person { return store.Person{ID: id, Roles: roles} }
	eli, sam, ada := person("eli", store.Editor), person("sam", store.Editor), person("ada", store.Editor, store.Admin)
	zoe, rep, boss := person("zoe", store.Admin), person("rep"), person("boss", store.Manager)
	for name, tt := range map[string]struct{ people, want []store.Person }{
		"another editor":        {[]store.Person{ada, boss, eli, rep, sam, zoe}, []store.Person{sam}},
		"admins alone":          {[]store.Person{ada, boss, eli, rep, zoe}, []store.Person{ada, zoe}},
		"nobody who may":        {[]store.Person{boss, eli, rep}, nil},
		"the author themselves": {[]store.Person{eli}, nil},
	} {
		got := secondPeople(tt.people, eli.ID)
		if !slices.EqualFunc(got, tt.want, func(a, b store.Person) bool { return a.ID == b.ID }) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}
