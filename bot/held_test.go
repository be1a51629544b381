package bot_test

import (
	"strings"
	"testing"
	"time"

	"cairn/bot/slacksim"
)

// Whatever is typed or pressed about a contact whom somebody holds is answered in time with
// what is true, and lines about others are recorded meanwhile.
func TestWhatIsAskedOfAHeldContact(t *testing.T) {
	t.Parallel()
	const promised = 2500 * time.Millisecond
	const held = "Somebody else is changing this contact just now."
	for name, lock := range map[string]string{
		"changed": `update contacts set title = 'x' where name = 'Dana Ruiz'`,
		"locked":  `select from contacts where name = 'Dana Ruiz' for update`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := open(t)
			u := o.User(maya)
			reply, err := u.Slash(t.Context(), u.DMChannel(), "/log", "Dana Ruiz, Acme: call, asked about the audit")
			if err != nil || reply.Message == nil {
				t.Fatalf("%v %+v", err, reply)
			}
			receipt := reply.Message.Ref()
			o.types(t, eli, "/log", "Tom Bell, Beta: call")
			tx, err := o.store.Pool().Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Rollback(t.Context())
			if _, err := tx.Exec(t.Context(), lock); err != nil {
				t.Fatal(err)
			}
			for _, c := range [][3]string{
				{"/log", "dana: mail, sent her the price", "NOT saved.* " + held},
				{"/next", "Dana Ruiz", "Give next"},
				{"/coach", "draft dana", "A draft for Dana Ruiz"},
				{"/coach", "prep dana", "Before you talk to Dana Ruiz"},
				{"/coach", "stage dana engagement because joint workshop held", "NOT saved.* " + held},
				{"/coach", "got dana referral Mia", "NOT saved.* " + held},
				{"/coach", "undo #1", "No answer just now.* " + held},
			} {
				r, err := u.Slash(t.Context(), u.DMChannel(), c[0], c[1])
				if err != nil || r.Message == nil || r.Latency > promised {
					t.Fatalf("%s %s: %v %+v", c[0], c[1], err, r)
				}
				if got := slacksim.Text(*r.Message); !strings.Contains(got, c[2]) {
					t.Errorf("%s %s: %s", c[0], c[1], got)
				}
			}
			for _, button := range []string{"Draft a message", "Another", "I sent it", "Undo"} {
				r, err := u.Click(t.Context(), receipt, button)
				if err != nil || r.Failed != "" || r.Latency > promised {
					t.Errorf("%s: %v %+v", button, err, r)
				}
				if got := o.types(t, eli, "/log", "Tom Bell, Beta: mail, after "+button); !strings.Contains(got, "Recorded #") {
					t.Errorf("somebody else, after %s: %s", button, got)
				}
			}
			o.latest(t, maya, "Nothing changed.* "+held)
		})
	}
}
