package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"cairn/bot/fault"
	"cairn/store/localpg"
)

// faultsCmd breaks things around Cairn for as long as it is told, and checks
// what was promised. It needs Go, to build a cairn that can be killed at
// chosen points.
type faultsCmd struct {
	Span       time.Duration `default:"10s" help:"How long the database stays broken in each of its runs."`
	Rate       float64       `default:"20" help:"Commands a second while something is broken."`
	Deliveries int           `default:"10000" help:"Deliveries of the run of duplicates."`
	Drops      int           `default:"20" help:"Sockets asked to go, and as many cut."`
	Kills      int           `default:"500" help:"Kills of the bot."`
	Soak       time.Duration `default:"10m" help:"How long 50 commands a second are kept up."`
	Only       string        `help:"Only the run of this name."`
}

// Run prints a table of promises.
func (c faultsCmd) Run(e *env) error {
	dir, err := os.MkdirTemp("", "cairn-faults-")
	if err != nil {
		return fmt.Errorf("faults: %w", err)
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "cairn")
	if err := fault.Build(e.ctx, binary); err != nil {
		return err
	}
	server, err := localpg.Start(e.ctx, localpg.Options{Test: true, NoRestart: true})
	if err != nil {
		return err
	}
	defer func() { _ = server.Stop() }() // throws itself away
	log := slog.New(slog.DiscardHandler) // what goes wrong on purpose is no news
	failed := 0
	for _, r := range append(fault.Runs(), fault.Soak(c.Soak), fault.Kills(binary)) {
		if c.Only != "" && c.Only != r.Name {
			continue
		}
		begun := time.Now()
		seen, err := r.Try(e.ctx, server, fault.Scale{Span: c.Span, Rate: c.Rate, Deliveries: c.Deliveries, Drops: c.Drops, Kills: c.Kills}, log)
		verdict := "pass"
		if err != nil {
			verdict, failed = "FAIL", failed+1
		}
		fmt.Fprintf(e.stdout, "%s  %-26s %s\n      %s (%v)\n", verdict, r.Name, r.Promise, seen, time.Since(begun).Round(time.Second))
		if err != nil {
			fmt.Fprintf(e.stdout, "      %v\n", err)
		}
	}
	if failed > 0 {
		return errors.New("a promise was broken")
	}
	return nil
}
