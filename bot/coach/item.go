package coach

import (
	"cmp"
	"time"

	"cairn/bot/suggest"
	"cairn/store"
)

// Items tells rows of the library as the suggestions know them.
func Items(rows []store.Content) []suggest.Item {
	items := make([]suggest.Item, len(rows))
	for i, r := range rows {
		items[i] = suggest.Item{ID: r.ID, Title: r.Title, URL: r.URL, Canonical: r.CanonicalURL, Kind: r.Kind,
			Stages: r.Stages, Roles: r.Roles, Industries: r.Industries, Topics: r.Topics, Language: r.Language,
			Education: suggest.Education(r.Education), Gives: r.Gives, Owner: r.Owner, ReviewBy: orZero(r.ReviewBy), Expires: orZero(r.Expires), PassOn: r.PassOn}
	}
	return items
}

// Rows tells items as rows of the library.
func Rows(items []suggest.Item) []store.Content {
	rows := make([]store.Content, len(items))
	for i, it := range items {
		rows[i] = store.Content{ID: it.ID, Title: it.Title, URL: it.URL, CanonicalURL: it.Canonical, Kind: it.Kind,
			Stages: it.Stages, Roles: it.Roles, Industries: it.Industries, Topics: it.Topics, Language: it.Language,
			Education: cmp.Or(string(it.Education), string(suggest.Results)), Gives: it.Gives, Owner: it.Owner, ReviewBy: day(it.ReviewBy), Expires: day(it.Expires), PassOn: it.PassOn}
	}
	return rows
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
