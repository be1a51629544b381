package observe

import (
	"os"
	"syscall"
	"unsafe"
)

// release gives the memory of a text that was embedded and has been read back
// to the machine: it is a part of the program's file, and comes from there
// again if it is ever asked for. Four megabytes that a bot needs once, at its
// start, are a fourteenth of what it holds at rest.
func release(text string) {
	page := uintptr(os.Getpagesize())
	from := uintptr(unsafe.Pointer(unsafe.StringData(text)))
	skip := (page - from%page) % page // whole pages only: what stands beside is not ours
	if uintptr(len(text)) < skip+page {
		return
	}
	whole := (uintptr(len(text)) - skip) / page * page
	inside := unsafe.Slice(unsafe.StringData(text[skip:]), whole)
	_ = syscall.Madvise(inside, syscall.MADV_DONTNEED) // kept where the machine refuses: nothing is lost but room
}
