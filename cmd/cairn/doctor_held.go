package main

import (
	"cairn/bot"
	"cairn/store"
)

// untried says what to do where something could not be written; held are the
// server's processes that are waited for.
func untried(err error, held []store.Holder) string {
	switch store.AilmentOf(err) {
	case store.Slow:
		if len(held) == 0 {
			return "see in pg_stat_activity what it is busy with"
		}
		return bot.Blame(held)
	case store.Lacking:
		return "see the line “extension”; if all is well there, a table or a right was taken away: restore it, or have its owner grant it"
	case store.Crowded:
		return "see that CAIRN_DB_CONNECTIONS times replicas is enough for what is to be done, and that the server's max_connections, or a limit of the user's or the database's own (CONNECTION LIMIT), allows it"
	case store.Away:
		return "see that it runs and is reached from here, and what its log says"
	case store.Refusing:
	}
	return "see that its disk is not full, and what its log says"
}
