package editing

import (
	"fmt"
	"strings"
	"testing"

	"cairn/store"
)

// Going back undoes what moves did to each item, and leaves alone what somebody
// changed in between or since.
func TestBack(t *testing.T) {
	item := func(id int64, gives string) *store.Content {
		return &store.Content{ID: id, Title: fmt.Sprint("item ", id), Gives: gives}
	}
	gone := func(c *store.Content) *store.Content {
		retired := *c
		retired.Retired = true
		return &retired
	}
	change := func(before, after *store.Content) store.ContentChange {
		return store.ContentChange{Item: after.ID, Before: before, After: after}
	}
	since := []store.ContentChange{
		change(item(1, "a"), item(1, "b")), change(nil, item(2, "b")), change(item(3, "a"), gone(item(3, "a"))), // the first publication
		change(item(4, "a"), item(4, "b")), change(item(5, "a"), item(5, "b")), change(item(6, "a"), item(6, "b")), change(item(7, "a"), item(7, "b")),
		change(item(1, "b"), item(1, "c")), change(item(5, "form"), item(5, "c")), // the second
	}
	stands := map[int64]store.Content{1: *item(1, "c"), 2: *item(2, "b"), 3: *gone(item(3, "a")), 4: *item(4, "form"), 5: *item(5, "c"), 6: *item(6, "a")}
	edits, left := back(since, stands)
	var told []string
	for _, e := range edits {
		now := stands[e.After.ID]
		if e.Seen != now.Sum() || !e.Back {
			t.Errorf("%+v was not seen as it stands", e)
		}
		told = append(told, fmt.Sprintf("%d:%s:%t", e.After.ID, e.After.Gives, e.After.Retired))
	}
	if got := strings.Join(told, " "); got != "1:a:false 2:b:true 3:a:false" {
		t.Errorf("undone: %s", got)
	}
	told = nil
	for _, c := range left {
		told = append(told, c.After.Title)
	}
	if got := strings.Join(told, ", "); got != "item 4, item 5, item 7" {
		t.Errorf("left: %s", got)
	}
}
