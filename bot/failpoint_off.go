//go:build !failpoint

package bot

// failpoint marks a place at which fault runs kill the process; they build it
// with the tag failpoint. Everywhere else it is nothing.
func failpoint(string) {}
