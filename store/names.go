package store

import (
	"context"
	"slices"
	"sync"

	"github.com/jackc/pgx/v5"
)

// names remembers which contact bears a whole name, from when one is made or found, and
// whether who wrote about them last owes them something. A line about somebody who was met
// before can then read all that it needs in its first round trip; whether the contact still
// bears the name is checked on the row, once it is locked. A name is forgotten where that shows
// that nobody bears it, or where its contact is taken back here. Safe for concurrent use.
type names struct {
	mu    sync.RWMutex
	known map[wholeName]met
}

// met is a contact as last seen.
type met struct {
	id    int64
	owed  bool
	found bool // by a line after the one that made it
}

// wholeName is a team's contact by the keys of name and company.
type wholeName struct{ team, name, company string }

// maxNames bounds what is remembered, at about a hundred bytes each; when it is
// full all is forgotten, which costs each contact one round trip.
const maxNames = 20_000

// of returns the contact that bore the name when last seen; its id is 0 where none did.
func (n *names) of(team string, who Who) met {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.known[wholeName{team, who.NameKey, who.CompanyKey}]
}

func (n *names) remember(team string, who Who, m met) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.known == nil || len(n.known) >= maxNames {
		n.known = map[wholeName]met{}
	}
	n.known[wholeName{team, who.NameKey, who.CompanyKey}] = m
}

// forget has nobody known by a whole name, of the keys of name and company.
func (n *names) forget(team, name, company string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.known, wholeName{team, name, company})
}

// passed reads what the writer passed over for the contact, where they may have promised
// something: of most contacts nothing is promised, and a question more costs each line. Where
// something was when the contact was met last, it came with the first batch.
func (l *logging) passed(ctx context.Context) error {
	k, d := l.known, l.draft
	owed := slices.ContainsFunc(k.Ledger.Steps, func(s Step) bool { return s.Whose == "us" && s.PersonID == d.Delivery.PersonID })
	if l.exact != 0 {
		l.store.names.remember(d.Delivery.TeamID, d.Who, met{id: l.exact, owed: owed, found: true})
	}
	if !owed || l.waved {
		return nil
	}
	batch := &pgx.Batch{}
	queuePassed(batch, &k.Passed, d.Delivery.PersonID, k.Contact.ID, d.LoggedAt)
	return l.tx.SendBatch(ctx, batch).Close()
}
