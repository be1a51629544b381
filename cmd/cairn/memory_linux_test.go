package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// aMapping is one of /proc/self/smaps, as far as it is read.
func aMapping(from, to uintptr, may, file string, anonymous, swap int) string {
	return fmt.Sprintf("%x-%x %s 00400000 fe:00 247278                     %s\nSize:                 24 kB\nRss:                  24 kB\n"+
		"Private_Dirty:         8 kB\nAnonymous:    %8d kB\nAnonHugePages:         0 kB\nSwap:         %8d kB\nSwapPss:               0 kB\nTHPeligible:           0\nVmFlags: rd mr mw me\n",
		from, to, may, file, anonymous, swap)
}

// Only what is as it is in the file is given back to it. The tables of a program that can
// be loaded anywhere are read-only and bear the file's name too, but the loader wrote
// into them: given back, they would come again without their addresses.
func TestGivesBackOnlyWhatTheFileHas(t *testing.T) {
	const self = "/usr/local/bin/cairn"
	text := aMapping(0x400000, 0x1400000, "r-xp", self, 0, 0) +
		aMapping(0x1400000, 0x2400000, "r--p", self, 0, 0) +
		aMapping(0x2400000, 0x2500000, "r--p", self, 1024, 0) + // relocated, then locked
		aMapping(0x2500000, 0x2600000, "r--p", self, 0, 4) + // the same, swapped out
		aMapping(0x2600000, 0x2700000, "rw-p", self, 0, 0) +
		aMapping(0xc000000000, 0xc000400000, "rw-p", "", 300, 0) +
		aMapping(0x7f0000000000, 0x7f0000010000, "r--p", "/usr/lib/libc.so.6", 0, 0) +
		"2700000-2800000 r--p 00400000 fe:00 247278                     " + self + "\nSize:                 24 kB\n" // a kernel that tells nothing
	want := []stretch{{0x400000, 0x1400000}, {0x1400000, 0x2400000}}
	if got := asInFile(strings.NewReader(text), self); !slices.Equal(got, want) {
		t.Errorf("given back is %x, want %x", got, want)
	}
}

// What was given back comes again when it is needed.
func TestProgramGoesOnAfterGivingBack(t *testing.T) {
	words := map[string]int{"contact": 1, "company": 2}
	giveBackProgram()
	words["journey"] = 3
	for _, c := range []struct {
		v    any
		want string
	}{{words["journey"], "3"}, {words, "map[company:2 contact:1 journey:3]"}, {fmt.Errorf("no %s", "cycle"), "no cycle"}, {stretch{1, 2}, "1 to 2"}} {
		got := ""
		switch v := c.v.(type) {
		case error:
			got = v.Error()
		case map[string]int, int:
			got = fmt.Sprint(v)
		case stretch:
			got = fmt.Sprintf("%d to %d", v.from, v.to)
		}
		if got != c.want {
			t.Errorf("after giving back, %v is %q, want %q", c.v, got, c.want)
		}
	}
}
