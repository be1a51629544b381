package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"cairn/bot"
	"cairn/store/localpg"
)

type doctorCmd struct{}

// Run checks the settings of the environment.
func (doctorCmd) Run(e *env) error {
	c := checkup{BotToken: e.config.BotToken, AppToken: e.config.AppToken, SlackAPI: e.config.SlackAPI, Sockets: e.config.Sockets,
		Database: e.config.Database, ModelKey: e.config.ModelKey, ModelURL: e.config.ModelURL, Model: e.config.Model, PromptsDir: e.config.PromptsDir,
		Admins: e.config.Admins, Unfit: e.unfit, Strangers: strangers(e.vars), Now: time.Now}
	for _, s := range bot.Scopes() {
		c.Scopes = append(c.Scopes, s.Name)
	}
	if e.config.Environment != "production" {
		c.Local = func(ctx context.Context) (string, func(), error) {
			s, err := localpg.Start(ctx, localpg.Options{Dir: e.config.StateDir})
			if err != nil {
				return "", nil, err
			}
			return s.URL(), func() { _ = s.Stop() }, nil // it ends by itself with its last user
		}
	}
	return doctor(e.ctx, c, e.stdout)
}

// checkup is what doctor looks at. Secrets in it are never printed.
type checkup struct {
	BotToken string
	AppToken string
	SlackAPI string // empty: Slack itself
	Scopes   []string
	Sockets  int // that this process is to hold

	Database string // empty: Local is asked
	// Local starts the private server, or attaches to it, and returns its URL;
	// nil: a database has to be named.
	Local func(ctx context.Context) (url string, stop func(), err error)

	ModelKey string
	ModelURL string
	Model    string
	Patience time.Duration // with the model; 0: 20 s

	PromptsDir string // empty: the files of the binary alone

	Admins    []string   // whom CAIRN_ADMINS names
	Unfit     error      // what is wrong with the settings themselves
	Strangers []stranger // variables that look like settings and are none

	Now func() time.Time
}

// checkLimit bounds each check.
const checkLimit = 10 * time.Second

// modelLimit is how long the model may take to answer.
func (c checkup) modelLimit() time.Duration { return cmp.Or(c.Patience, 2*checkLimit) }

// maxSkew is how far a clock may be off before signatures, leases and
// reminders suffer.
const maxSkew = time.Minute

// errUnwell says that at least one line of doctor's is bad.
var errUnwell = errors.New("not all is well; each line that begins with “bad” says what to do")

// doctor checks what Cairn stands on and prints a line each: "ok" with what
// was found, or "bad" with what to do. It changes nothing, but holds a socket
// of the app for a moment: a command that Slack hands to that socket is not
// answered, so run it when it is quiet.
func doctor(ctx context.Context, c checkup, w io.Writer) error {
	r := &report{w: w}
	r.settings(c.Unfit)
	for _, s := range c.Strangers {
		r.fault("settings", s.remedy(), "%s is no setting", s.name)
	}
	r.slack(ctx, c)
	r.database(ctx, c)
	r.model(ctx, c)
	r.prompts(c)
	if r.err != nil {
		return fmt.Errorf("doctor: %w", r.err)
	}
	if r.bad > 0 {
		return errUnwell
	}
	return nil
}

// settings tells what of the environment cannot be used; tokens have lines of
// their own.
func (r *report) settings(err error) {
	if all, ok := err.(interface{ Unwrap() []error }); ok { //nolint:errorlint // the parts of a join, not its causes
		for _, one := range all.Unwrap() {
			r.settings(one)
		}
		return
	}
	var token errToken
	if err != nil && !errors.As(err, &token) {
		r.bad++
		r.line("bad ", "settings", "%v", err)
	}
}

type report struct {
	w   io.Writer
	bad int
	err error
}

func (r *report) ok(what, format string, args ...any) { r.line("ok  ", what, format, args...) }

// fault prints what is wrong and, after a colon, what to do.
func (r *report) fault(what, remedy, format string, args ...any) {
	r.bad++
	r.line("bad ", what, format+": %s", append(args, remedy)...)
}

func (r *report) line(mark, what, format string, args ...any) {
	_, err := fmt.Fprintf(r.w, "%s%s: %s\n", mark, what, oneLine(fmt.Sprintf(format, args...)))
	r.err = errors.Join(r.err, err)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// skew prints whether the clock of what agrees with ours. there was read
// between the two times of ours, to the second.
func (r *report) skew(what string, before, there, after time.Time) {
	here := before.Add(after.Sub(before) / 2)
	off := here.Sub(there).Round(time.Second)
	switch {
	case off > maxSkew:
		r.fault(what, "set this machine's clock by a time server (timedatectl set-ntp true)", "this machine's clock is %v ahead", off)
	case off < -maxSkew:
		r.fault(what, "set this machine's clock by a time server (timedatectl set-ntp true)", "this machine's clock is %v behind", -off)
	default:
		r.ok(what, "agrees with ours to %v", max(off.Abs(), time.Second))
	}
}
