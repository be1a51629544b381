package chat

import (
	"fmt"
	"strings"
	"time"

	"cairn/bot/blockkit"
	"cairn/store"
)

// ItemLink is an item of the library as a title that opens it.
func ItemLink(c store.Content) string {
	return "*" + blockkit.Link(c.URL, c.Title) + "*"
}

// ItemDiffers tells what differs between an item and itself at another time, a line
// each that begins with a line break; empty where nothing does.
func ItemDiffers(before, after store.Content) string {
	text := ""
	was, is := facets(before), facets(after)
	word := func(s string) string {
		if s == "" {
			return "nothing"
		}
		return "“" + blockkit.Escape(blockkit.Truncate(s, 160)) + "”"
	}
	for i := range was {
		if was[i][1] != is[i][1] {
			text += fmt.Sprintf("\n• %s: %s → %s", was[i][0], word(was[i][1]), word(is[i][1]))
		}
	}
	return text
}

// facets are what can differ between an item and itself, in the words of its form.
func facets(c store.Content) [][2]string {
	day := func(t *time.Time) string {
		if t == nil {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	yes := map[bool]string{true: "yes", false: "no"}
	list := func(words []string) string { return strings.Join(words, "; ") }
	return [][2]string{{"title", c.Title}, {"address", c.URL}, {"gives", c.Gives}, {"kind", c.Kind}, {"stages", list(c.Stages)}, {"roles", list(c.Roles)},
		{"industries", list(c.Industries)}, {"topics", list(c.Topics)}, {"teaches", c.Education}, {"language", c.Language}, {"owner", c.Owner},
		{"to be looked at by", day(c.ReviewBy)}, {"given until", day(c.Expires)}, {"may be passed on", yes[c.PassOn]}, {"in the library", yes[!c.Retired]}}
}
