package localpg

import (
	"context"
	"errors"
	"log/slog"
)

// Options say where and how the private server runs. The zero value is the
// lasting server of the person who runs Cairn.
type Options struct {
	// Dir holds data, sockets, locks and downloads. Empty means
	// $XDG_STATE_HOME/cairn, else ~/.local/state/cairn; for root, under whom
	// PostgreSQL refuses to run, /var/lib/cairn. With Test, empty means a new
	// directory under the system's temporary one.
	Dir string
	// Test trades durability for speed (no fsync) and throws everything away
	// with the last user of the server.
	Test bool
	// KeepForParent, with Test, keeps the server beyond its last user until the
	// parent process has ended. Packages that `go test` runs one after another
	// then share one server.
	KeepForParent bool
	// NoRestart leaves a server that died alone until Restart. For fault tests.
	NoRestart bool
	// NoDownload refuses to fetch PostgreSQL where none is installed.
	NoDownload bool
	// DownloadURL is the Maven repository to fetch from; empty means Maven
	// Central.
	DownloadURL string
	// Find lists directories with PostgreSQL's programs, best first. Nil means
	// FindBinaries, which looks in the usual places.
	Find func() []string
	// Log gets what an operator wants to know; nil means nothing is logged.
	Log *slog.Logger
	// Progress, if set, is called with a few words before each slow step.
	Progress func(string)
}

// ErrNoPostgres is wrapped when no PostgreSQL programs were found and none could
// be fetched. Its text is one line that names the fix.
var ErrNoPostgres = errors.New("no PostgreSQL programs found")

// ErrOtherMajor is wrapped when the data belongs to a major version of
// PostgreSQL of which no programs are installed.
var ErrOtherMajor = errors.New("the data belongs to another version of PostgreSQL")

// ErrSilent is wrapped when the server runs and does not answer.
var ErrSilent = errors.New("it runs, and does not answer")

// Starting is the step that Progress is told at every start of a server that was made
// before; what takes long is told in other words.
const Starting = "starting the private database"

func (o Options) progress(what string) {
	if o.Progress != nil {
		o.Progress(what)
	}
}

func (o Options) log() *slog.Logger {
	if o.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return o.Log
}

// Start returns a running server that accepts connections. It may be called by
// several processes, and several times in one, on the same directory: the first
// starts the server, the others attach. Each must call Stop.
//
// ctx bounds the start only.
func Start(ctx context.Context, o Options) (*Server, error) {
	return start(ctx, o)
}
