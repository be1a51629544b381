package main

import (
	"errors"
	"fmt"
	"os/exec"
)

// faultsCmd breaks things around Cairn and checks what was promised. The
// program that does is built from the checkout: it builds a cairn that can be
// killed at chosen points, and neither belongs into the binary that runs.
type faultsCmd struct {
	Args []string `arg:"" optional:"" passthrough:"" help:"What it takes: cairn faults -- --help."`
}

// Run hands over to cmd/faults.
func (c faultsCmd) Run(e *env) error {
	if len(c.Args) > 0 && c.Args[0] == "--" {
		c.Args = c.Args[1:]
	}
	tool := exec.CommandContext(e.ctx, "go", append([]string{"run", "cairn/cmd/faults"}, c.Args...)...) //nolint:gosec // what its user typed
	tool.Stdout, tool.Stderr, tool.Env = e.stdout, e.stderr, e.vars
	err := tool.Run()
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended):
		return errors.New("faults: a promise was broken, or the runs did not begin; see above")
	case err != nil:
		return fmt.Errorf("faults: it needs Go and is run inside a checkout: %w", err)
	}
	return nil
}
