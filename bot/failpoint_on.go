//go:build failpoint

package bot

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
)

// armed is CAIRN_FAILPOINT, "point:n": the nth time that the point is passed,
// the process dies as by kill -9. It is read once, when the first is passed.
var armed = sync.OnceValue(func() (a struct {
	point string
	left  *atomic.Int64
}) {
	point, n, _ := strings.Cut(os.Getenv("CAIRN_FAILPOINT"), ":")
	times, _ := strconv.ParseInt(n, 10, 64)
	a.point, a.left = point, &atomic.Int64{}
	a.left.Store(times)
	return a
})

func failpoint(point string) {
	if a := armed(); a.point == point && a.left.Add(-1) == 0 {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {} // nothing more is done
	}
}
