package main

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
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

// A bot is at rest where less than little was taken in the last aWhile: its own
// duties take some two megabytes a minute, and a command takes a tenth of one. What
// they leave would lie until rarely is reached, and what they read of the program's
// file would stay in memory: some 3 MB in the first three minutes.
const (
	aWhile = time.Minute
	little = 8 << 20 // bytes
)

// settleMemory is called once everything stands and before people are served:
// what starting took goes back to the machine, then and once more [afterStart], and
// whatever is not needed after each while of rest, so that a bot at rest is small. GOGC, where
// it is set, goes before rarely.
func settleMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(rarely)
	}
	giveBack()
	time.AfterFunc(afterStart, func() {
		giveBack()
		stay(time.Tick(aWhile), allocated, giveBack)
	})
}

// stay gives back at each tick before which the bot was at rest; taken is how much was
// ever allocated. It returns when ticks ends.
func stay(ticks <-chan time.Time, taken func() uint64, giveBack func()) {
	before := taken()
	for range ticks {
		now := taken()
		if now-before < little {
			giveBack()
		}
		before = taken() // what giving back takes is nobody's work
	}
}

// allocated is how many bytes the program has allocated since its start.
func allocated() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

func giveBack() {
	debug.FreeOSMemory()
	giveBackProgram()
}
