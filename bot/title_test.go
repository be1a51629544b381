package bot_test

import (
	"strings"
	"testing"

	"cairn/store"
)

// A stage's title is read as it was written, wherever reps read it.
func TestStageTitleIsEscaped(t *testing.T) {
	o := open(t)
	o.give(t, ada, store.Admin)
	o.publish(t.Context(), t, "journeys/aipee.yaml", "title: Permission", `title: "R&lt;D"`)
	if got := o.types(t, maya, "/log", "Dana Ruiz, Acme: call, asked about the audit trail"); !strings.Contains(got, "R&lt;D") {
		t.Errorf("the receipt: %s", got)
	}
	for _, text := range []string{"journey", "who", "card dana", "next dana"} {
		command, rest := "/coach", text
		if text == "next dana" {
			command, rest = "/next", "dana"
		}
		if got := o.types(t, maya, command, rest); !strings.Contains(got, "R&lt;D") {
			t.Errorf("%s: %s", text, got)
		}
	}
}

// Who is an admin by a setting is named to whoever would be the last that is not.
func TestTheOnlyAdminBesideASetting(t *testing.T) {
	o := open(t)
	o.types(t, eli, "/log", "Lee Park, Beta: call, asked about the audit trail")
	o.types(t, maya, "/log", "Dana Ruiz, Acme: call, asked about the audit trail")
	o.give(t, maya, store.Admin)
	o.store.Appoint("T0TEST", []string{eli})
	if got := o.types(t, maya, "/coach", "role @maya not admin"); !strings.Contains(got, "of Eli Park that holds only as long as the setting `CAIRN_ADMINS` says so") {
		t.Errorf("with another by a setting: %s", got)
	}
	o.store.Appoint("T0TEST", []string{maya})
	if got := o.types(t, maya, "/coach", "role @maya not admin"); !strings.HasPrefix(got, "This is the only admin, and a team needs one.") {
		t.Errorf("with no other: %s", got)
	}
}
