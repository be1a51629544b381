package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// faultsCmd breaks things around Cairn and checks what was promised. The
// program that does is built from the checkout: it builds a cairn that can be
// killed at chosen points, and neither belongs into the binary that runs.
type faultsCmd struct {
	Args []string `arg:"" optional:"" passthrough:"" help:"What it takes: cairn faults -- --help."`
}

// faultsProgram is where it stands in the checkout.
const faultsProgram = "cairn/cmd/faults"

// brokenPromise is how cmd/faults ends where a promise was broken.
const brokenPromise = 3

// Run builds cmd/faults and hands over to it.
func (c faultsCmd) Run(e *env) error {
	if len(c.Args) > 0 && c.Args[0] == "--" {
		c.Args = c.Args[1:]
	}
	list := exec.CommandContext(e.ctx, "go", "list", faultsProgram)
	list.Env = e.vars
	switch _, err := list.Output(); {
	case errors.Is(err, exec.ErrNotFound):
		return errors.New("faults: it needs Go, and there is none on the PATH")
	case err != nil:
		return errors.New("faults: run it in the checkout of Cairn's source: it is built from there")
	}
	dir, err := os.MkdirTemp("", "cairn-faults-")
	if err != nil {
		return fmt.Errorf("faults: %w", err)
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "faults")
	build := exec.CommandContext(e.ctx, "go", "build", "-o", program, faultsProgram) //nolint:gosec // a name of our own
	build.Env = e.vars
	if said, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("faults: it cannot be built: %w: %s", err, strings.TrimSpace(string(said)))
	}
	tool := exec.CommandContext(e.ctx, program, c.Args...) //nolint:gosec // what its user typed
	tool.Stdout, tool.Stderr, tool.Env = e.stdout, e.stderr, e.vars
	err = tool.Run()
	var ended *exec.ExitError
	switch {
	case err == nil, e.ctx.Err() != nil:
		return e.ctx.Err()
	case errors.As(err, &ended) && ended.ExitCode() == brokenPromise:
		return errors.New("faults: a promise was broken; see above")
	}
	return errors.New("faults: the runs did not begin, or did not end; see above")
}
