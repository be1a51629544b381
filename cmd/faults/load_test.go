package main

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// Beside a broken promise stands how busy the machine was; beside a kept one not.
func TestABrokenPromiseIsToldWithTheLoad(t *testing.T) {
	t.Parallel()
	if got := firstNumber("{ 5.12 3.00 2.00 }"); got != "5.12" {
		t.Errorf("the load of %q", got)
	}
	began := begun{at: time.Now(), command: "0.20", load: firstNumber("5.12 3.00 2.00 4/500 1234")}
	var out strings.Builder
	if began.say(&out, "shut down under load", "answered", "seen", errors.New("4 lines were taken and given back")) {
		t.Error("a broken promise passed")
	}
	if got := out.String(); !strings.Contains(got, "a load average of 5.12 (0.20 when the command began) on ") || !strings.Contains(got, "holds where nothing else runs") {
		t.Errorf("told: %s", got)
	}
	out.Reset()
	if !began.say(&out, "disk full", "honest", "seen", nil) || strings.Contains(out.String(), "load average") {
		t.Errorf("told: %s", out.String())
	}
	began.load = ""
	out.Reset()
	began.say(&out, "disk full", "honest", "seen", errors.New("broken"))
	if !strings.Contains(out.String(), "does not tell how busy it is") {
		t.Errorf("told: %s", out.String())
	}
}
