package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/bot"
	"cairn/bot/workshop"
	"cairn/store"
	"cairn/store/localpg"
)

// oldestPostgres is the oldest version that is tested.
const oldestPostgres = 14

// localFault tells why the private server cannot be used.
func (r *report) localFault(err error) {
	var theirs *pgconn.PgError
	switch {
	case errors.Is(err, localpg.ErrSilent):
		r.fault("database", "see whether the machine has memory and disk left, or somebody stopped the process; it goes on where it was", "the private server: %v", err)
	case errors.As(err, &theirs) && theirs.Code == "53300":
		r.fault("database", "end some of the programs that use it", "the private server runs, and all of its connections are taken")
	default:
		r.fault("database", "install PostgreSQL on this machine, or set DATABASE_URL", "the private server does not start (%v)", err)
	}
}

// database checks the server, its settings, and the tables.
func (r *report) database(ctx context.Context, c checkup) {
	ctx, cancel := context.WithTimeout(ctx, 3*checkLimit) // a first start of the private server takes some seconds
	defer cancel()
	url, where := c.Database, "DATABASE_URL"
	if url == "" {
		if c.Local == nil {
			r.fault("database", "set DATABASE_URL to a Postgres that you back up", "none is set")
			return
		}
		var stop func()
		var err error
		if url, stop, err = c.Local(ctx); err != nil {
			r.localFault(err)
			return
		}
		defer stop()
		where = "private local server"
	}
	pool, err := store.Open(ctx, url, 2)
	if err != nil {
		r.fault("database", "write DATABASE_URL as postgres://user:password@host:5432/name", "the address cannot be read")
		return
	}
	defer pool.Close()
	before := c.Now()
	var version, recovery string
	var there time.Time
	row := pool.QueryRow(ctx, `select current_setting('server_version_num'), pg_is_in_recovery()::text, clock_timestamp()`)
	if err := row.Scan(&version, &recovery, &there); err != nil {
		// pgx leaves passwords out of its errors
		r.fault("database", unopened(err), "%s: it cannot be used (%v)", where, err)
		return
	}
	after := c.Now()
	var number int
	_, _ = fmt.Sscan(version, &number) // the server's own number, always one
	if number/10_000 < oldestPostgres {
		r.fault("database", fmt.Sprintf("move to PostgreSQL %d or newer", oldestPostgres), "%s: PostgreSQL %d", where, number/10_000)
	} else {
		r.ok("database", "%s: PostgreSQL %d.%d", where, number/10_000, number%10_000)
	}
	if recovery == "true" {
		r.fault("database", "let DATABASE_URL point to the primary (target_session_attrs=read-write)", "it is a standby and takes no writes")
	}
	r.promise(ctx, pool)
	r.extension(ctx, pool)
	made, pending := r.schema(ctx, pool)
	if r.rights(ctx, pool, pending) && made {
		r.writing(ctx, pool, c.ModelKey != "" || c.ModelURL != "")
	}
	r.skew("clock, the database's", before, there, after)
}

// unopened says what to do where a database takes no session.
func unopened(err error) string {
	var pe *pgconn.PgError
	code := ""
	if errors.As(err, &pe) {
		code = pe.Code
	}
	switch code {
	case "53300": // too many connections: of the server, of this user or of this database
		return "end sessions that nobody needs (SELECT * FROM pg_stat_activity), raise its max_connections, or set CAIRN_DB_CONNECTIONS lower; a limit may also be the user's or the database's own (CONNECTION LIMIT)"
	case "3D000":
		return "make the database (createdb), or name in DATABASE_URL the one that is meant"
	case "28P01", "28000":
		return "put the name and password of a user of the server into DATABASE_URL; whom it lets in from where, pg_hba.conf says"
	case "57P03":
		return "wait until it has started, and see what its log says"
	}
	return "see that it runs and takes connections from here, under the name and password given"
}

// promise checks the settings without which "Recorded" is not yet on disk.
func (r *report) promise(ctx context.Context, db *pgxpool.Pool) {
	found, err := store.Weaknesses(ctx, db)
	if err != nil {
		r.fault("promise", "let the database's user read its settings", "they cannot be read (%v)", err)
		return
	}
	for _, w := range found {
		r.fault("promise", w.Remedy, "%s is %s: %s", w.Setting, w.Value, w.Harm)
	}
	if len(found) == 0 {
		r.ok("promise", "fsync, full_page_writes and synchronous_commit are as they should be: what is shown as recorded is on disk")
	}
}

// rights checks that the user may write, and make what is still to be made.
func (r *report) rights(ctx context.Context, db *pgxpool.Pool, pending bool) (well bool) {
	const what = "rights in the database"
	may, err := store.RightsOf(ctx, db)
	if err != nil {
		r.fault(what, "try again", "they cannot be read (%v)", err)
		return false
	}
	bad := r.bad
	if may.ReadOnly != "" {
		r.fault(what, may.ReadOnly, "sessions take no writes (default_transaction_read_only)")
	}
	if may.Schema == "" {
		r.fault(what, "make the schema, or mend search_path", "search_path names no schema that is there")
	} else if pending && !may.Create {
		r.fault(what, fmt.Sprintf("have an administrator run GRANT CREATE ON SCHEMA %s TO %s, or run `cairn migrate` as somebody who may", may.Schema, may.User),
			"tables are to be made, and this user may make none in the schema %s", may.Schema)
	} else if pending && len(may.Foreign) > 0 {
		r.fault(what, "run `cairn migrate` as their owner", "tables are to be changed, and these belong to another user: %s", someOf(may.Foreign))
	}
	if len(may.Denied) > 0 {
		r.fault(what, fmt.Sprintf("have their owner run GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %s TO %s; GRANT USAGE ON ALL SEQUENCES IN SCHEMA %s TO %s",
			may.Schema, may.User, may.Schema, may.User), "this user may not write %s", someOf(may.Denied))
	}
	switch {
	case r.bad > bad:
	case !may.Create || len(may.Foreign) > 0:
		r.ok(what, "this user may write; an upgrade needs `cairn migrate` as the owner of the tables")
	default:
		r.ok(what, "this user may write, and change the tables")
	}
	return r.bad == bad
}

// writing tries whether lines can be recorded, and messages kept: a database that
// answers may be full, or somebody may hold a table.
func (r *report) writing(ctx context.Context, db *pgxpool.Pool, model bool) {
	st, jobs, err := bot.Trial(db, model)
	if err != nil {
		r.err = errors.Join(r.err, err)
		return
	}
	begun := time.Now()
	line := st.TryWrite(ctx, jobs...)
	took := time.Since(begun).Round(time.Millisecond)
	post := st.TryPost(ctx)
	var held []store.Holder
	if store.AilmentOf(line) == store.Slow || store.AilmentOf(post) == store.Slow {
		held, _ = st.Holders(ctx, jobs...) // without, the remedy is a wider one
	}
	var rows []store.Holder
	if line == nil {
		rows, err = st.HoldersOfRows(ctx)
		r.err = errors.Join(r.err, err)
	}
	switch {
	case line == nil && len(rows) > 0:
		r.fault("recording", bot.Blame(rows), bot.SomeHeld)
	case line == nil:
		r.ok("recording", "a line can be written (tried and taken back, %v)", took)
	case errors.Is(line, store.ErrSome):
		r.fault("recording", untried(line, held), "some lines cannot be recorded at this moment, others can (%s)", cause(line))
	default:
		r.fault("recording", untried(line, held), "no line can be recorded at this moment (%s)", cause(line))
	}
	if post != nil && line == nil {
		r.fault("posting", untried(post, held), "lines are recorded, but no message can be kept for posting at this moment (%s)", cause(post))
	}
}

// cause is what the database itself said of a failure, or that it said nothing in time.
func cause(err error) string {
	var pe *pgconn.PgError
	switch {
	case errors.As(err, &pe):
		return pe.Message + ", SQLSTATE " + pe.Code
	case errors.Is(err, context.DeadlineExceeded):
		return "it gave no answer in time"
	}
	return err.Error()
}

// extension tells whether pg_trgm can be used.
func (r *report) extension(ctx context.Context, db *pgxpool.Pool) {
	t, err := store.TrigramsOf(ctx, db)
	switch {
	case err != nil:
		r.fault("extension", "try again", "it cannot be asked for (%v)", err)
	case t.Lack != "":
		r.fault("extension", t.Remedy, "%s", t.Lack)
	case t.Installed:
		r.ok("extension", "pg_trgm is there")
	default:
		r.ok("extension", "pg_trgm comes with the tables")
	}
}

// schema tells whether the tables are there, whole, and whether there is anything
// to migrate.
func (r *report) schema(ctx context.Context, pool *pgxpool.Pool) (made, pending bool) {
	s, err := store.SchemaVersion(ctx, pool)
	switch {
	case err != nil:
		r.fault("tables", "let DATABASE_URL's user read the database", "they cannot be read (%v)", err)
	case s.Check() != nil:
		r.fault("tables", "start the newer version of Cairn, or restore a backup from before the upgrade",
			"they are at migration %d and serve only binaries that know %d or later, this one knows %d", s.Version, s.Floor, s.Known)
	case s.Version == 0:
		r.ok("tables", "none yet; `cairn run` or `cairn migrate` makes them")
	case len(s.Pending) > 0:
		r.ok("tables", "version %d; the next start brings %d changes", s.Version, len(s.Pending))
	default:
		r.ok("tables", "version %d, up to date", s.Version)
	}
	pending = err == nil && len(s.Pending) > 0
	return err == nil && s.Version > 0 && !pending, pending
}

// prompts checks the files that stand in front of those of the binary, if a
// folder is set.
func (r *report) prompts(c checkup) {
	if c.PromptsDir == "" {
		return
	}
	const what = "prompts"
	if info, err := os.Stat(c.PromptsDir); err != nil || !info.IsDir() {
		r.fault(what, "set CAIRN_PROMPTS_DIR to a folder that I may read; until then the files of the binary are used", "%s is no folder that I can read", c.PromptsDir)
		return
	}
	shipped, err := workshop.Shipped()
	if err != nil {
		r.err = err
		return
	}
	kinds, err := workshop.NewKinds(shipped)
	if err != nil {
		r.err = err
		return
	}
	read, found, err := kinds.CheckFolder(os.DirFS(c.PromptsDir))
	if err != nil {
		r.fault(what, "let me read the folder", "%s cannot be read (%v)", c.PromptsDir, err)
		return
	}
	for _, p := range workshop.Brief(found) {
		remedy := cmp.Or(p.Hint, "mend it; until then the file of the binary is used")
		p.Hint = ""
		r.fault(what, remedy, "%s", p.Error())
	}
	if len(found) == 0 {
		r.ok(what, "%d files of %s, no mistake", read, c.PromptsDir)
	}
}

// model checks that the language model answers, if one is set.
func (r *report) model(ctx context.Context, c checkup) {
	if c.ModelKey == "" && c.ModelURL == "" {
		r.ok("model", "none is set; the built-in reading does all")
		return
	}
	base := strings.TrimRight(c.ModelURL, "/")
	if base == "" {
		base = "https://api.openai.com/v1"
	}
	// asking is surer than looking in a list of models, which some servers do
	// not have; the answer costs a few tokens
	body, err := json.Marshal(map[string]any{"model": c.Model, "messages": []map[string]string{{"role": "user", "content": "Say ok."}}})
	if err != nil {
		r.fault("model", "look at OPENAI_MODEL", "the question cannot be written (%v)", err)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, c.modelLimit())
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/chat/completions", bytes.NewReader(body))
	if err != nil {
		r.fault("model", "write OPENAI_BASE_URL as https://host/v1", "the address cannot be read")
		return
	}
	req.Header.Set("Content-Type", "application/json")
	if c.ModelKey != "" {
		req.Header.Set("Authorization", "Bearer "+c.ModelKey)
	}
	resp, err := http.DefaultClient.Do(req)
	var wait net.Error
	var dial *net.OpError
	switch {
	case errors.As(err, &wait) && wait.Timeout() && !(errors.As(err, &dial) && dial.Op == "dial"):
		r.fault("model", "look at the server's load and log; until then the built-in reading does all", "it is reached, and does not answer within %v", c.modelLimit())
		return
	case err != nil:
		r.fault("model", "look at the network and OPENAI_BASE_URL; until then the built-in reading does all", "it cannot be reached")
		return
	}
	defer resp.Body.Close()
	r.answered(c, resp)
}

func (r *report) answered(c checkup, resp *http.Response) {
	var said struct {
		Choices []struct{} `json:"choices"`
	}
	// a body that is no such answer leaves said empty
	_ = json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&said)
	switch {
	case resp.StatusCode == http.StatusOK && len(said.Choices) > 0:
		r.ok("model", "%s answers", c.Model)
	case resp.StatusCode == http.StatusOK:
		r.fault("model", "see that OPENAI_BASE_URL leads to a server that speaks OpenAI's protocol (it ends in /v1)", "the server answers, but not as a model does")
	case resp.StatusCode == http.StatusUnauthorized || resp.StatusCode == http.StatusForbidden:
		r.fault("model", "look at OPENAI_API_KEY", "the server refuses the key (status %d)", resp.StatusCode)
	case resp.StatusCode == http.StatusNotFound:
		r.fault("model", "look at OPENAI_MODEL and OPENAI_BASE_URL (it ends in /v1)", "the server does not know %s (status 404)", c.Model)
	case resp.StatusCode == http.StatusTooManyRequests:
		r.fault("model", "look at the account's quota; until then the built-in reading does all", "the server limits us (status 429)")
	default:
		r.fault("model", "look at the server's log; until then the built-in reading does all", "the server answers with status %d", resp.StatusCode)
	}
}

// mostTold is how many tables a line of the doctor names.
const mostTold = 4

// someOf names the first of many.
func someOf(names []string) string {
	if more := len(names) - mostTold; more > 1 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:mostTold], ", "), more)
	}
	return strings.Join(names, ", ")
}
