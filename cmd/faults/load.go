package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// busy is the machine's load average of the last minute; empty: not told here.
func busy(ctx context.Context) string {
	if said, err := os.ReadFile("/proc/loadavg"); err == nil {
		return firstNumber(string(said))
	}
	said, err := exec.CommandContext(ctx, "sysctl", "-n", "vm.loadavg").Output() // BSD and macOS
	if err != nil {
		return ""
	}
	return firstNumber(string(said))
}

func firstNumber(text string) string {
	for _, word := range strings.Fields(text) {
		var n float64
		if _, err := fmt.Sscanf(word, "%g", &n); err == nil {
			return word
		}
	}
	return ""
}

// under says what a promise was measured under that was broken: how busy the
// machine was when the command began, and when the run did.
func under(command, run string) string {
	if command == "" || run == "" {
		return "This machine does not tell how busy it is. What is promised of time holds where nothing else runs."
	}
	return fmt.Sprintf("measured at a load average of %s (%s when the command began) on %d cores. What is promised of time, and that nothing is given back, holds where nothing else runs: above half its cores, try this run again alone (--only).",
		run, command, runtime.NumCPU())
}
