package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/bot/english"
	"cairn/store"
)

// SomeHeld tells what lines come to while [store.Store.HoldersOfRows] lists somebody.
const SomeHeld = "a line can be written, but not about some contacts while somebody holds them"

// ownWork is longer than any import or erasure takes.
const ownWork = 5 * time.Minute

// Blame says who holds what, for those who run the bot, and what to do with the first of
// them that is no work of Cairn's own; there must be one.
func Blame(held []store.Holder) string {
	all := strings.Join(holdings(held), "; ")
	working := func(pid int32) bool {
		return slices.ContainsFunc(held, func(h store.Holder) bool { return h.PID == pid && h.Behind == 0 && h.Own() && h.For < ownWork })
	}
	for _, h := range held {
		first := cmp.Or(h.Behind, h.PID) // whoever is waited for by the holder holds all up
		if !working(first) {
			return fmt.Sprintf("%s; see what it does (SELECT * FROM pg_stat_activity WHERE pid = %d), let it end, or end it (SELECT pg_terminate_backend(%d))", all, first, first)
		}
	}
	return all + "; that is work of Cairn's own, as an import or an erasure is, and ends by itself"
}

// holdings says of each who it is and what it holds.
func holdings(held []store.Holder) (all []string) {
	for _, h := range held {
		all = append(all, holding(h))
	}
	return all
}

// holding says who a process is, what it holds, and for how long.
func holding(h store.Holder) string {
	who := []string{"application " + cmp.Or(h.Application, "without a name")}
	if h.User != "" {
		who = append(who, "user "+h.User)
	}
	if h.For > 0 {
		who = append(who, "in a transaction for "+lasting(h.For))
	}
	what := "what lines need"
	if n := len(h.Tables); n > 0 {
		what = "the " + english.Verb(n, "table ", "tables ") + strings.Join(h.Tables, ", ")
	}
	if h.Rows {
		what = "rows of " + what
	}
	said := fmt.Sprintf("process %d of the server (%s) holds %s", h.PID, strings.Join(who, ", "), what)
	if h.Behind != 0 {
		said += fmt.Sprintf(", and waits for process %d itself", h.Behind)
	}
	return said
}

// lasting tells a time as long as it matters: to the second, of hours to the minute.
func lasting(d time.Duration) string {
	switch {
	case d < time.Minute:
		return english.Plural(max(int(d.Seconds()), 1), "second")
	case d < time.Hour:
		return english.Plural(int(d.Minutes()), "minute")
	}
	return fmt.Sprintf("%s %s", english.Plural(int(d.Hours()), "hour"), english.Plural(int(d.Minutes())%60, "minute"))
}
