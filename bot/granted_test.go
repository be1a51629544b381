package bot_test

import (
	"strings"
	"testing"
)

// A right that is taken away, or was never given, is told to admins with what it
// is for, at any time.
func TestAMissingRightIsTold(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.types(t, ada, "/coach", "role")
	if got := o.types(t, ada, "/coach", "help status"); !strings.Contains(got, "ok · Slack has granted all rights") {
		t.Error(got)
	}
	o.GrantScopes("commands", "im:write", "users:read", "chat:write", "channels:read", "groups:read", "files:write", "files:read")
	if got := o.types(t, ada, "/coach", "help status"); !strings.Contains(got, "*bad* · Slack has not granted me `im:history` (plain words in a direct message") || strings.Contains(got, "users:read") {
		t.Error(got)
	}
}
