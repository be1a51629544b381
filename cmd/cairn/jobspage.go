package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"riverqueue.com/riverui"
)

// jobsPath is where River's page of jobs stands on the private address.
const jobsPath = "/jobs"

// jobsPage is River's own page of the jobs: what waits, runs and failed. Jobs
// hold ids only, so it shows nothing that people typed. It can cancel and
// repeat jobs and asks for no password, so it is served only where it was asked
// for, and other sites that a browser has open cannot press its buttons.
func jobsPage(ctx context.Context, pool *pgxpool.Pool, log *slog.Logger) (http.Handler, error) {
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
	return http.NewCrossOriginProtection().Handler(h), nil
}
