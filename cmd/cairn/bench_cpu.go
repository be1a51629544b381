//go:build unix

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// cpuSpent is the processor time of this process and of the Postgres whose
// first process is server, its sessions included. On a machine that has other
// work to do it says more than receipts a second. Where there is no /proc,
// Postgres counts as nothing.
func cpuSpent(server int) (own, postgres time.Duration) {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) == nil {
		own = time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	stats, _ := filepath.Glob("/proc/[0-9]*/stat") // the pattern is right
	ticks := 0
	for _, name := range stats {
		raw, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended
		}
		// pid (name) state ppid … utime and stime are the 14th and 15th
		f := bytes.Fields(raw[bytes.LastIndexByte(raw, ')')+1:])
		if len(f) < 13 || string(f[1]) != strconv.Itoa(server) {
			continue
		}
		for _, t := range f[11:13] {
			n, _ := strconv.Atoi(string(t))
			ticks += n
		}
	}
	return own, time.Duration(ticks) * time.Second / 100
}
