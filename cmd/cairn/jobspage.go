package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"riverqueue.com/riverui"
)

// jobsPath is where River's page of jobs stands on the private address.
const jobsPath = "/jobs"

// jobsPage is River's own page of the jobs: what waits, runs and failed. Jobs
// hold ids only, so it shows nothing that people typed. It can cancel, repeat
// and delete jobs and asks for no password, so it is served only where it was
// asked for; other sites that a browser has open cannot press its buttons, not
// even under a name of theirs that leads here: see [onlyNamed]. listen is the
// address that it is served on; one that others on the network reach is refused
// unless open says that they may.
func jobsPage(ctx context.Context, pool *pgxpool.Pool, listen string, open bool, log *slog.Logger) (http.Handler, error) {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return nil, fmt.Errorf("the page of jobs: CAIRN_LISTEN: %w", err)
	}
	if !loopback(host) && !open {
		return nil, fmt.Errorf("the page of jobs: everybody who reaches %s could cancel and delete jobs: set CAIRN_JOBS_PAGE_OPEN=true too if they may", listen)
	}
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("the page of jobs: %w", err)
	}
	h, err := riverui.NewHandler(&riverui.HandlerOpts{
		Endpoints: riverui.NewEndpoints(client, nil), Prefix: jobsPath,
		// its logger tells of each request; what fails stands on the page
		Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return nil, fmt.Errorf("the page of jobs: %w", err)
	}
	if err := h.Start(ctx); err != nil {
		return nil, fmt.Errorf("the page of jobs: %w", err)
	}
	log.Info("the page of jobs is served", "path", jobsPath+"/")
	return onlyNamed(host, http.NewCrossOriginProtection().Handler(h)), nil
}

// loopback reports whether only this machine reaches an address.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// onlyNamed answers only what was asked for by an address in figures, as
// localhost, or as the host that we listen on. A page elsewhere may give its
// own name our address, and be the same site to the browser then: but its name
// is what stands in the request.
func onlyNamed(listen string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		host = strings.Trim(host, "[]")
		if net.ParseIP(host) == nil && !strings.EqualFold(host, "localhost") && (listen == "" || !strings.EqualFold(host, listen)) {
			http.Error(w, "ask for this page as localhost or by the machine's address in figures", http.StatusForbidden)
			return
		}
		h.ServeHTTP(w, r)
	})
}
