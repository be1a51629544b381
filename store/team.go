package store

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// Role is what somebody may do beside logging their own notes, which all may.
type Role string

const (
	Manager Role = "manager"
	Editor  Role = "editor"
	Admin   Role = "admin"
)

// Team is a Slack workspace.
type Team struct {
	ID      string
	Name    string
	Journey string
	// ContentVersion counts up with every change of the library.
	ContentVersion int64
}

// Person is somebody of the team. ID is Slack's.
type Person struct {
	TeamID   string
	ID       string
	Name     string
	TimeZone string // IANA name; UTC where Slack has not told yet
	Roles    []Role
	// AwayFrom and AwayUntil are the first and the last day on which they are away, in their
	// own zone; AwayFrom nil: since they said so.
	AwayFrom, AwayUntil *time.Time
}

// Is reports whether the person has the role; an admin has every one.
func (p Person) Is(role Role) bool {
	return slices.Contains(p.Roles, role) || slices.Contains(p.Roles, Admin)
}

// zones are those that were read already, by name: reading one opens a file.
var zones sync.Map

// Location is the person's time zone, UTC where it is unknown.
func (p Person) Location() *time.Location {
	if known, ok := zones.Load(p.TimeZone); ok {
		return known.(*time.Location)
	}
	zone, err := time.LoadLocation(p.TimeZone)
	if err != nil {
		return time.UTC
	}
	zones.Store(p.TimeZone, zone)
	return zone
}

const (
	selectTeam   = `select id, name, journey, content_version from teams where id = $1`
	selectPerson = `select team_id, id, name, time_zone, roles, away_until, (settings ->> 'away_from')::date from people where team_id = $1 and id = $2`
)

func scanTeam(row pgx.CollectableRow) (Team, error) {
	var t Team
	err := row.Scan(&t.ID, &t.Name, &t.Journey, &t.ContentVersion)
	return t, err
}

func scanPerson(row pgx.CollectableRow) (Person, error) {
	var p Person
	err := row.Scan(&p.TeamID, &p.ID, &p.Name, &p.TimeZone, &p.Roles, &p.AwayUntil, &p.AwayFrom)
	return p, err
}

const (
	insertTeam = `insert into teams (id, name) values ($1, $2)
		on conflict (id) do update set name = excluded.name where teams.name <> excluded.name`
	insertPerson = `insert into people (team_id, id, name, time_zone) values ($1, $2, $3, $4)
		on conflict (team_id, id) do update set name = excluded.name, time_zone = excluded.time_zone, seen_at = now()`
)

// SetTeam keeps what Slack says of the workspace.
func (s *Store) SetTeam(ctx context.Context, id, name string) error {
	_, err := s.pool.Exec(ctx, insertTeam, id, name)
	return fail("SetTeam", err)
}

// Team returns the workspace, or [ErrNotFound].
func (s *Store) Team(ctx context.Context, id string) (Team, error) {
	rows, err := s.pool.Query(ctx, selectTeam, id)
	if err != nil {
		return Team{}, fail("Team", err)
	}
	t, err := pgx.CollectExactlyOneRow(rows, scanTeam)
	return t, fail("Team", err)
}

// SetJourney makes name the journey that the team's receipts speak of.
func (s *Store) SetJourney(ctx context.Context, team, name, by string) error {
	err := s.tx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `update teams set journey = $2 where id = $1`, team, name); err != nil {
			return err
		}
		return note(ctx, tx, Audit{TeamID: team, PersonID: by, Action: "journey", Subject: name})
	})
	return fail("SetJourney", err)
}

// SetPerson keeps what Slack says of somebody: name and time zone. Roles and
// settings stay as they are.
func (s *Store) SetPerson(ctx context.Context, p Person) error {
	_, err := s.pool.Exec(ctx, insertPerson, p.TeamID, p.ID, p.Name, orUTC(p.TimeZone))
	return fail("SetPerson", err)
}

// Person returns somebody of the team, or [ErrNotFound].
func (s *Store) Person(ctx context.Context, team, id string) (Person, error) {
	rows, err := s.pool.Query(ctx, selectPerson, team, id)
	if err != nil {
		return Person{}, fail("Person", err)
	}
	p, err := pgx.CollectExactlyOneRow(rows, scanPerson)
	s.crown(&p)
	return p, fail("Person", err)
}

// People returns everybody of the team whom Cairn has met, by name.
func (s *Store) People(ctx context.Context, team string) ([]Person, error) {
	rows, err := s.pool.Query(ctx, `select team_id, id, name, time_zone, roles, away_until, (settings ->> 'away_from')::date
		from people where team_id = $1 order by name, id`, team)
	if err != nil {
		return nil, fail("People", err)
	}
	all, err := pgx.CollectRows(rows, scanPerson)
	for i := range all {
		s.crown(&all[i])
	}
	return all, fail("People", err)
}

// SetRoles gives somebody exactly these roles, and keeps who did so.
func (s *Store) SetRoles(ctx context.Context, team, id string, roles []Role, by string) error {
	err := s.tx(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into people (team_id, id, roles) values ($1, $2, $3)
			on conflict (team_id, id) do update set roles = excluded.roles`, team, id, roles)
		if err != nil {
			return err
		}
		return note(ctx, tx, Audit{TeamID: team, PersonID: by, Action: "roles", Subject: id, Detail: map[string]any{"roles": roles}})
	})
	return fail("SetRoles", err)
}

func orUTC(zone string) string {
	if zone == "" {
		return "UTC"
	}
	return zone
}

// Audit is one thing that somebody did to more than their own notes.
type Audit struct {
	TeamID   string
	PersonID string
	Action   string
	Subject  string
	Detail   map[string]any
}

// KeepAudit keeps what somebody did where nothing else is written with it.
func (s *Store) KeepAudit(ctx context.Context, a Audit) error {
	return fail("KeepAudit", s.tx(ctx, func(tx pgx.Tx) error { return note(ctx, tx, a) }))
}

func note(ctx context.Context, tx pgx.Tx, a Audit) error {
	if a.Detail == nil {
		a.Detail = map[string]any{}
	}
	_, err := tx.Exec(ctx, `insert into audit (team_id, person_id, action, subject, detail) values ($1, $2, $3, $4, $5)`,
		a.TeamID, a.PersonID, a.Action, a.Subject, a.Detail)
	return err
}

// LatestMoment is the latest moment of which the team's rows tell: when
// something was received, posted or made; zero where nothing was yet. A clock
// that was moved ahead was at least there.
func (s *Store) LatestMoment(ctx context.Context, team string) (time.Time, error) {
	var at *time.Time
	err := s.pool.QueryRow(ctx, `select greatest((select max(received_at) from inbox where team_id = $1),
		(select max(sent_at) from outbox where team_id = $1 and state = 'sent'),
		(select max(made_at) from digests where team_id = $1))`, team).Scan(&at)
	if err != nil || at == nil {
		return time.Time{}, fail("LatestMoment", err)
	}
	return *at, nil
}
