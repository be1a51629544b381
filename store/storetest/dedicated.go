//go:build unix

package storetest

import (
	"context"
	"syscall"
	"testing"
	"time"

	"cairn/store/localpg"
)

// Dedicated is a PostgreSQL server of one test's own, to be broken at will. What
// was committed survives Kill.
type Dedicated struct {
	t testing.TB
	s *localpg.Server
}

// Server starts a server for this test alone, about half a second. It ends, with
// its files, when the test ends or its process dies.
func Server(t testing.TB) *Dedicated {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	s, err := localpg.Start(ctx, localpg.Options{Test: true, NoRestart: true, NoDownload: true})
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Errorf("storetest: %v", err)
		}
	})
	return &Dedicated{t, s}
}

// URL returns the connection string of a fresh migrated database on this server.
// It stays valid over Kill and Start.
func (d *Dedicated) URL() string {
	d.t.Helper()
	name := template(d.t, d.s)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	database := freshName(d.t)
	if err := adminExec(ctx, d.s, "create database "+database+" template "+name); err != nil {
		d.t.Fatalf("storetest: make a database: %v", err)
	}
	return on(d.s, database)
}

// Kill ends the server as a crash does (kill -9) and returns when it is gone. Its
// sessions die with it; left to themselves they would notice the crash some
// milliseconds later, and might answer until then.
func (d *Dedicated) Kill() {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	var sessions []int
	if conn, err := admin(ctx, d.s); err == nil { // it may be stopped or full: then without
		_ = conn.QueryRow(ctx, "select array_agg(pid) from pg_stat_activity where backend_type = 'client backend'").Scan(&sessions)
		_ = conn.Close(ctx)
	}
	d.halt(syscall.SIGKILL)
	for _, pid := range sessions {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
}

// Stop shuts the server down in order, cutting off whoever is connected.
func (d *Dedicated) Stop() { d.halt(syscall.SIGINT) }

func (d *Dedicated) halt(sig syscall.Signal) {
	d.t.Helper()
	if err := d.s.Halt(sig); err != nil {
		d.t.Fatalf("storetest: end the server: %v", err)
	}
}

// Start brings the server back, at the same address, and returns when it takes
// connections.
func (d *Dedicated) Start() {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := d.s.Restart(ctx); err != nil {
		d.t.Fatalf("storetest: start the server again: %v", err)
	}
}

// Restart is Stop and Start: what an upgrade of the server looks like.
func (d *Dedicated) Restart() {
	d.t.Helper()
	d.Stop()
	d.Start()
}

// PID is the server's process id, for signals such as SIGSTOP.
func (d *Dedicated) PID() int { return d.s.PID() }
