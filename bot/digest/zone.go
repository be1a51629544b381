package digest

import (
	_ "embed"
	"strings"
	"time"
)

// zones.txt lists the IANA names with a region, and UTC, one a line: a machine
// can load a zone by its name but cannot list them.
//
//go:embed zones.txt
var zoneList string

// Zones lists the time zones that a schedule can be in.
func Zones() []string { return strings.Fields(zoneList) }

// zoneNamed finds a zone by its name or its city, whatever the case:
// europe/berlin, Berlin, new york.
func zoneNamed(typed string) (string, bool) {
	want := strings.ReplaceAll(strings.ToLower(typed), " ", "_")
	found := ""
	for _, name := range Zones() {
		lower := strings.ToLower(name)
		if lower == want {
			return name, true
		}
		if city := lower[strings.LastIndexByte(lower, '/')+1:]; city == want && found == "" {
			found = name
		}
	}
	if found != "" {
		if _, err := time.LoadLocation(found); err != nil {
			return "", false
		}
	}
	return found, found != ""
}
