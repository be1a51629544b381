package main

import (
	"os"
	"runtime/debug"
	"time"
)

// rarely is how much garbage may gather, in per cent of what lives, before it
// is collected. What lives is small (some 15 MB, most of it the weights of the
// reading) and each command leaves about a tenth of a megabyte behind: at Go's
// own 100 a busy bot spends a sixth of its time on collecting. Then it holds some
// 90 MB, at rest a third of that.
const rarely = 500

// afterStart is how long starting goes on once people are served: sockets one after
// the other, jobs, the first look at every duty.
const afterStart = 5 * time.Second

// settleMemory is called once everything stands and before people are served:
// what starting took goes back to the machine, then and once more [afterStart], so
// that a bot at rest is small. GOGC, where it is set, goes before rarely.
func settleMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(rarely)
	}
	giveBack()
	time.AfterFunc(afterStart, giveBack)
}

func giveBack() {
	debug.FreeOSMemory()
	giveBackProgram()
}
