package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"

	"github.com/jackc/pgx/v5"

	"cairn/store/localpg"
)

// databaseCmd runs a program on Cairn's database: the one that DATABASE_URL
// names, or the private local server, which runs only while somebody uses it
// and whose address is nobody else's business.
type databaseCmd struct {
	Command []string `arg:"" passthrough:"" help:"The program and its arguments: pg_dump --format=custom --file cairn.dump"`
}

// Run hands the program the address in the variables that Postgres' own
// programs read, and in DATABASE_URL.
func (c databaseCmd) Run(e *env) error {
	url := e.config.Database
	if url == "" {
		server, err := localpg.Start(e.ctx, localpg.Options{Dir: e.config.StateDir})
		if err != nil {
			return err
		}
		defer func() { _ = server.Stop() }() // it ends by itself with its last user
		url = server.URL()
	}
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return fmt.Errorf("DATABASE_URL: %w", err)
	}
	p := exec.CommandContext(e.ctx, c.Command[0], c.Command[1:]...) //nolint:gosec // what whoever runs Cairn asks for
	p.Env = append(append([]string{}, e.vars...), "DATABASE_URL="+url, "PGHOST="+cfg.Host, "PGPORT="+strconv.Itoa(int(cfg.Port)),
		"PGUSER="+cfg.User, "PGPASSWORD="+cfg.Password, "PGDATABASE="+cfg.Database)
	p.Stdin, p.Stdout, p.Stderr = os.Stdin, e.stdout, e.stderr
	if err := p.Run(); err != nil {
		return fmt.Errorf("%s: %w", c.Command[0], err)
	}
	return nil
}
