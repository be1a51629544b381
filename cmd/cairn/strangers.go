package main

import (
	"log/slog"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"cairn/bot/line"
)

// stranger is a variable of the environment that begins like a setting of ours
// and is none.
type stranger struct{ name, meant string } // meant: empty where none is near

// remedy says what to do about it.
func (s stranger) remedy() string {
	if s.meant != "" {
		return s.meant + " seems to be meant; `cairn config` lists all"
	}
	return "take it out of the environment; `cairn config` lists all settings"
}

// kubernetes are variables that it gives to every container where a service is
// called cairn.
var kubernetes = regexp.MustCompile(`^CAIRN_(SERVICE_(HOST|PORT)|PORT)(_|$)`)

// failpointVariable is read by the binary that fault runs build, and by no other.
const failpointVariable = "CAIRN_FAILPOINT"

// strangers are those of vars. A slip in a name changes nothing, and says nothing.
func strangers(vars []string) (all []stranger) {
	known := settingNames()
	for _, v := range vars {
		name, _, _ := strings.Cut(v, "=")
		if !strings.HasPrefix(name, "CAIRN_") || slices.Contains(known, name) || name == failpointVariable || kubernetes.MatchString(name) {
			continue
		}
		meant, _ := line.Nearest(name, known)
		all = append(all, stranger{name, meant})
	}
	slices.SortStableFunc(all, func(a, b stranger) int { return strings.Compare(a.name, b.name) })
	return all
}

// settingNames are the names of all settings.
func settingNames() (all []string) {
	t := reflect.TypeFor[config]()
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("env"), ",")
		all = append(all, name)
	}
	return all
}

// tellStrangers logs them.
func tellStrangers(vars []string, log *slog.Logger) {
	for _, s := range strangers(vars) {
		log.Warn("a variable that looks like a setting is none", "name", s.name, "remedy", s.remedy())
	}
}
