package chat

import (
	"testing"

	"cairn/store"
)

// Who can help is named as people list names, admins last, four at most.
func TestWhoHas(t *testing.T) {
	person := func(name string, roles ...store.Role) store.Person {
		return store.Person{ID: name, Name: name, Roles: roles}
	}
	people := []store.Person{person("Ada", store.Admin), person("Eli", store.Editor), person("Maya", store.Editor), person("Jo", store.Manager), person("Sam")}
	for _, c := range []struct {
		people []store.Person
		want   string
	}{
		{people, "Eli, Maya or Ada"}, {people[:2], "Eli or Ada"}, {people[:1], "Ada"}, {people[4:], ""},
	} {
		if got := WhoHas(c.people, store.Editor); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
