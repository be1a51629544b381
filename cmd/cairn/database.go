package main

import (
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"cairn/store"
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
	address := e.config.Database
	if address == "" {
		server, err := localpg.Start(e.ctx, localpg.Options{Dir: e.config.StateDir})
		if err != nil {
			return err
		}
		defer func() { _ = server.Stop() }() // it ends by itself with its last user
		address = server.URL()
	}
	cfg, err := pgx.ParseConfig(address)
	if err != nil {
		return fmt.Errorf("DATABASE_URL: %w", store.AddressError(err))
	}
	p := exec.CommandContext(e.ctx, c.Command[0], c.Command[1:]...) //nolint:gosec // what whoever runs Cairn asks for
	more, err := securing(address)
	if err != nil {
		return err
	}
	p.Env = append(append(append([]string{}, e.vars...), "DATABASE_URL="+address, "PGHOST="+cfg.Host, "PGPORT="+strconv.Itoa(int(cfg.Port)),
		"PGUSER="+cfg.User, "PGPASSWORD="+cfg.Password, "PGDATABASE="+cfg.Database), more...)
	p.Stdin, p.Stdout, p.Stderr = os.Stdin, e.stdout, e.stderr
	if err := p.Run(); err != nil {
		return fmt.Errorf("%s: %w", c.Command[0], err)
	}
	return nil
}

// secured are the parts of an address that say how far the server is trusted
// and what a session begins with, under the names that Postgres' programs read.
var secured = map[string]string{"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY", "options": "PGOPTIONS"}

// securing gives the variables for what an address, a URL or words apart by
// spaces, says of them. A program must not trust a server less than Cairn does.
func securing(address string) ([]string, error) {
	said := map[string]string{}
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		u, err := url.Parse(address)
		if err != nil {
			return nil, fmt.Errorf("DATABASE_URL: %w", store.ErrAddress)
		}
		for name := range secured {
			said[name] = u.Query().Get(name)
		}
	} else {
		for _, m := range dsnWord.FindAllStringSubmatch(address, -1) {
			said[m[1]] = dsnEscape.ReplaceAllString(m[2]+m[3], "$1")
		}
	}
	var vars []string
	for name, variable := range secured {
		if said[name] != "" {
			vars = append(vars, variable+"="+said[name])
		}
	}
	slices.Sort(vars)
	return vars, nil
}

// dsnWord is one word of an address that is no URL: name=value or name='value'.
var (
	dsnWord   = regexp.MustCompile(`(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))`)
	dsnEscape = regexp.MustCompile(`\\(.)`)
)
