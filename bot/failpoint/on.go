//go:build failpoint

// Package failpoint names the places at which fault runs break the process.
// They build it with the tag failpoint; everywhere else a point is nothing.
package failpoint

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
)

// armed is CAIRN_FAILPOINT, "point:n": the nth time that the point is passed,
// the process dies as by kill -9; "point!:n": the code there panics, that time
// and every time after. It is read once, when the first point is passed.
var armed = sync.OnceValue(func() (a struct {
	point  string
	panics bool
	left   *atomic.Int64
}) {
	point, n, _ := strings.Cut(os.Getenv("CAIRN_FAILPOINT"), ":")
	times, _ := strconv.ParseInt(n, 10, 64)
	a.point, a.panics = strings.CutSuffix(point, "!")
	a.left = &atomic.Int64{}
	a.left.Store(times)
	return a
})

// Pass marks a point.
func Pass(point string) {
	a := armed()
	if a.point != point {
		return
	}
	left := a.left.Add(-1)
	switch {
	case a.panics && left <= 0:
		panic("failpoint " + point)
	case left == 0:
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {} // nothing more is done
	}
}
