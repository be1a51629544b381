package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
)

// giveBackProgram gives back the pages of the program's own file that starting
// read and nothing changed: code that runs once, tables that were parsed. What is
// needed again comes from the file again, a few pages at a time. Kept where the
// machine refuses: nothing is lost but room.
func giveBackProgram() {
	self, err := os.Executable()
	if err != nil {
		return
	}
	maps, err := os.Open("/proc/self/smaps")
	if err != nil {
		return
	}
	defer maps.Close()
	for _, s := range asInFile(maps, self) {
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, s.from, s.to-s.from, syscall.MADV_DONTNEED)
	}
}

// stretch is a part of the program's memory, in addresses.
type stretch struct{ from, to uintptr }

// asInFile lists the mappings of a file, out of a text as in /proc/self/smaps, whose
// pages are as they are in the file: they cannot be written, and no page of them was
// before. A mapping that is read-only now may have been written: where a program can be
// loaded anywhere (PIE), the loader puts the addresses into its tables and locks them
// then, and the file knows nothing of that. A mapping of which smaps does not say so
// is left out.
func asInFile(smaps io.Reader, file string) []stretch {
	var all []stretch
	var open stretch // the mapping that is told of, if it is one that counts
	told := 0        // how many of its figures say that no page is a copy
	for lines := bufio.NewScanner(smaps); lines.Scan(); {
		line := lines.Text()
		var s stretch
		var may, figure string
		var kB int
		if n, _ := fmt.Sscanf(line, "%x-%x %s", &s.from, &s.to, &may); n == 3 {
			open, told = stretch{}, 0
			if strings.HasSuffix(line, " "+file) && !strings.Contains(may, "w") {
				open = s
			}
			continue
		}
		if n, _ := fmt.Sscanf(line, "%s %d", &figure, &kB); n != 2 || open.to == 0 {
			continue
		}
		// a page that was written is the program's own copy, in memory or swapped out
		if (figure == "Anonymous:" || figure == "Swap:") && kB == 0 {
			if told++; told == 2 {
				all = append(all, open)
			}
		}
	}
	return all
}
