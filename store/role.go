package store

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"
)

// ErrLastAdmin: a team always keeps one admin.
var ErrLastAdmin = errors.New("this is the only admin")

// GiveRole gives somebody a role, or takes it from them, and keeps who did so.
// Who has the role already, or has it not, stays as they are and nothing is
// kept: it says false. The last admin is not taken away: [ErrLastAdmin].
func (s *Store) GiveRole(ctx context.Context, team, id string, role Role, give bool, by string) (bool, error) {
	changed := false
	err := s.tx(ctx, func(tx pgx.Tx) error {
		admins, err := lockAdmins(ctx, tx, team)
		if err != nil {
			return err
		}
		var roles []Role
		err = tx.QueryRow(ctx, `select roles from people where team_id = $1 and id = $2 for update`, team, id).Scan(&roles)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		at := slices.Index(roles, role)
		if give == (at >= 0) {
			return nil
		}
		if give {
			roles = append(roles, role)
		} else {
			roles = slices.Delete(roles, at, at+1)
		}
		if !give && role == Admin && len(admins) == 1 {
			return ErrLastAdmin
		}
		changed = true
		return setRoles(ctx, tx, team, id, roles, by)
	})
	return changed, fail("GiveRole", err)
}

// ClaimAdmin makes somebody the first admin of a team that has none; where
// there is one it says false.
func (s *Store) ClaimAdmin(ctx context.Context, team, id string) (bool, error) {
	claimed := false
	err := s.tx(ctx, func(tx pgx.Tx) error {
		admins, err := lockAdmins(ctx, tx, team)
		if err != nil || len(admins) > 0 {
			return err
		}
		var roles []Role
		err = tx.QueryRow(ctx, `select roles from people where team_id = $1 and id = $2`, team, id).Scan(&roles)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		claimed = true
		return setRoles(ctx, tx, team, id, append(roles, Admin), id)
	})
	return claimed, fail("ClaimAdmin", err)
}

// Admins lists the ids of a team's admins, those by a setting among them.
func (s *Store) Admins(ctx context.Context, team string) ([]string, error) {
	ids, err := adminsOf(ctx, s.pool, team)
	ids = append(ids, s.Appointed(team)...)
	slices.Sort(ids)
	return slices.Compact(ids), fail("Admins", err)
}

// appointed are those whom a setting makes admins of a team.
type appointed struct {
	team string
	ids  []string
}

// Appoint makes people admins of a team for as long as this process runs: they
// are it by a setting, and cease to be when it no longer names them. Whether a
// team's last admin may be taken away is not answered by them.
func (s *Store) Appoint(team string, ids []string) {
	s.appointed.Store(&appointed{team, slices.Clone(ids)})
}

// Appointed lists whom [Store.Appoint] made admins of a team.
func (s *Store) Appointed(team string) []string {
	if a := s.appointed.Load(); a != nil && a.team == team {
		return a.ids
	}
	return nil
}

// crown gives the role to whoever has it by a setting.
func (s *Store) crown(p *Person) {
	if !slices.Contains(p.Roles, Admin) && slices.Contains(s.Appointed(p.TeamID), p.ID) {
		p.Roles = append(p.Roles, Admin)
	}
}

// lockAdmins reads who is admin, and lets nobody change a role meanwhile.
func lockAdmins(ctx context.Context, tx pgx.Tx, team string) ([]string, error) {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended($1, 0))`, "roles "+team); err != nil {
		return nil, err
	}
	return adminsOf(ctx, tx, team)
}

func adminsOf(ctx context.Context, q querier, team string) ([]string, error) {
	rows, err := q.Query(ctx, `select id from people where team_id = $1 and 'admin' = any(roles) order by id`, team)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

func setRoles(ctx context.Context, tx pgx.Tx, team, id string, roles []Role, by string) error {
	if _, err := tx.Exec(ctx, `insert into people (team_id, id, roles) values ($1, $2, $3)
		on conflict (team_id, id) do update set roles = excluded.roles`, team, id, roles); err != nil {
		return err
	}
	return note(ctx, tx, Audit{TeamID: team, PersonID: by, Action: "roles", Subject: id, Detail: map[string]any{"roles": roles}})
}
