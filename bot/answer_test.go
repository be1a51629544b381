package bot

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/watch"
	"cairn/store"
	"cairn/store/storetest"
)

// A form that is not taken stays on the screen with all that was typed into it.
func TestARefusedFormStaysOpen(t *testing.T) {
	t.Parallel()
	b := &Bot{meters: watch.NewMeters()}
	for _, why := range []error{errBusy, errEnded} {
		r := &chat.Request{Delivery: store.Delivery{Kind: chat.KindSubmission},
			View: chat.View{Callback: "content", Values: map[string]string{"title": "Night shift planner", "summary": "plans nights"}}}
		if reply := b.refusal(r, why); len(reply.Errors) != 1 || reply.Message != nil || !strings.HasPrefix(reply.Errors["summary"], "NOT saved") {
			t.Errorf("%v: %+v", why, reply)
		}
	}
}

// A rep is not told of a broken connection, or of a database out of reach, where it
// is merely busy or time ran out.
func TestABusyDatabaseIsToldAsBusy(t *testing.T) {
	t.Parallel()
	var logged strings.Builder
	b := &Bot{cfg: Config{Log: slog.New(slog.NewTextHandler(&logged, nil))}, coach: &coach.Coach{}, meters: watch.NewMeters(), commands: commands()}
	log := &chat.Request{Delivery: store.Delivery{Kind: chat.KindCommand}, Command: "/log", Text: "Dana: call", Typed: "Dana: call"}
	form := &chat.Request{Delivery: store.Delivery{Kind: chat.KindSubmission}, View: chat.View{Values: map[string]string{"reason": "because"}}}
	late := errors.Join(store.ErrUnknown, context.DeadlineExceeded)
	crowded := errors.Join(store.ErrUnavailable, &pgconn.PgError{Code: "53300"})
	said := func(text string) *chat.Request {
		return &chat.Request{Delivery: store.Delivery{Kind: chat.KindEvent}, Event: "message", Text: text, Typed: text}
	}
	row := func(table string) error {
		return errors.Join(store.ErrUnavailable, &pgconn.PgError{Code: "55P03", Where: `while locking tuple (0,1) in relation "` + table + `"`})
	}
	for _, c := range []struct {
		r    *chat.Request
		err  error
		want string
	}{
		{log, late, "Not confirmed. The database took too long while"},
		{log, errors.Join(errSought, late), "Not confirmed yet. The database took too long while"},
		{log, store.ErrUnknown, "Not confirmed. The connection to the database broke while"},
		{form, late, "Not confirmed: the database took too long, and"},
		{form, store.ErrUnknown, "Not confirmed: the connection to the database broke, and"},
		{log, crowded, "NOT saved. All connections to the database are taken just now."},
		{log, errors.Join(store.ErrUnavailable, context.DeadlineExceeded), "NOT saved. The database took too long just now."},
		{log, store.ErrUnavailable, "NOT saved. The database cannot be reached just now. Your line is below: copy it and send it again"},
		{log, row("contacts"), "NOT saved. Somebody else is changing this contact just now."},
		{log, row("companies"), "NOT saved. Somebody else is changing this company just now."},
		// What is wrong with its form is true without a database.
		{said("Dana Ruiz, Acme: call"), store.ErrUnavailable, "Your line is below: copy it and send it again in a minute."},
		{said("talked to a man from Acme about prices"), store.ErrUnavailable, "NOT saved. The database cannot be reached just now. Your line is below: copy it and put who it was and a colon before it, as in Dana Ruiz, Acme: call, and send it again in a minute."},
		{said(": call, asked for prices"), store.ErrUnavailable, "NOT saved. Nobody is named before the colon."},
		{said("Dana Ruiz:"), store.ErrUnavailable, "NOT saved. I have a name, “Dana Ruiz”, and nothing about what happened."},
		{said("card dana"), store.ErrUnavailable, "No answer just now. The database cannot be reached"},
	} {
		reply := b.trouble(c.r, c.err)
		said := reply.Errors["reason"]
		if reply.Message != nil {
			said = reply.Message.Text
		}
		if !strings.Contains(said, c.want) {
			t.Errorf("%v: %s", c.err, said)
		}
	}
	logged.Reset() // it is nobody's fault that an admin could look for
	b.trouble(said("Dana Ruiz:"), store.ErrUnavailable)
	if logged.Len() > 0 {
		t.Errorf("logged: %s", &logged)
	}
	if got := unanswering(crowded); strings.Contains(got, "does not answer") {
		t.Errorf("status: %s", got)
	}
}

// That it is looked up and told is promised where somebody does so; elsewhere who
// did it is told to look, and never that nothing was changed.
func TestOnlyWhatIsLookedUpIsPromised(t *testing.T) {
	t.Parallel()
	b := &Bot{cfg: Config{Log: slog.New(slog.DiscardHandler)}, meters: watch.NewMeters(), coach: &coach.Coach{}, commands: commands()}
	typed := func(text string) *chat.Request {
		return &chat.Request{Delivery: store.Delivery{Kind: chat.KindCommand}, Command: "/coach", Text: text, Typed: text}
	}
	for name, r := range map[string]*chat.Request{
		"gift": typed("sent dana checklist"), "undo": typed("undo"), "question": typed("next dana"),
		"press": {Delivery: store.Delivery{Kind: chat.KindAction}, Action: chat.Action{ID: "sent"}},
		"form":  {Delivery: store.Delivery{Kind: chat.KindSubmission}, View: chat.View{Values: map[string]string{"reason": "because"}}},
	} {
		for _, err := range []error{store.ErrUnknown, errors.Join(errSought, store.ErrUnknown)} {
			reply := b.trouble(r, err)
			said := reply.Errors["reason"]
			if reply.Message != nil {
				said = reply.Message.Text
			}
			if promised := strings.Contains(said, "I look it up"); promised != errors.Is(err, errSought) {
				t.Errorf("%s, %v: %s", name, err, said)
			}
			if strings.Contains(strings.ToLower(said), "nothing was changed") || strings.Contains(said, "Nothing changed") {
				t.Errorf("%s: said to have changed nothing: %s", name, said)
			}
		}
	}
}

// What is a colleague's, or gone, is refused without an id: nothing went wrong that an
// admin could look for.
func TestARefusalIsNoFault(t *testing.T) {
	t.Parallel()
	var logged strings.Builder
	b := &Bot{cfg: Config{Log: slog.New(slog.NewJSONHandler(&logged, &slog.HandlerOptions{Level: slog.LevelWarn}))}, meters: watch.NewMeters(), coach: &coach.Coach{}, commands: commands()}
	for _, kind := range []string{chat.KindAction, chat.KindCommand, chat.KindSubmission} {
		r := &chat.Request{Delivery: store.Delivery{Kind: kind}, Action: chat.Action{ID: "undo"}, Command: "/coach", Typed: "stage dana engagement", View: chat.View{Values: map[string]string{"reason": "because"}}}
		reply := b.trouble(r, store.ErrNotFound)
		if reply.Message == nil || !strings.Contains(reply.Message.Text, "not yours to change") || strings.Contains(reply.Message.Text, "(E-") {
			t.Errorf("%s: %+v", kind, reply)
		}
	}
	if logged.Len() > 0 {
		t.Errorf("logged: %s", &logged)
	}
	line := &chat.Request{Delivery: store.Delivery{Kind: chat.KindCommand}, Command: "/log", Typed: "Dana Ruiz, Acme: call"}
	if reply := b.trouble(line, store.ErrNotFound); reply.Back == "" || !strings.Contains(reply.Message.Text, "NOT saved") || !strings.Contains(logged.String(), "E-") {
		t.Errorf("a line about somebody who is gone meanwhile is not given back: %+v", reply)
	}
}

// The line of the log about what was given up on a lock tells which it was, and where the
// time went.
func TestTheLogTellsWhichLockItWas(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	if _, err := pool.Exec(t.Context(), `insert into contacts (id, team_id, name, name_key, created_by) overriding system value values (7, 'T', 'Eva', 'eva', 'U')`); err != nil {
		t.Fatal(err)
	}
	defer storetest.Hold(t, pool, `select from contacts for update`)()
	ctx, cancel := context.WithTimeout(t.Context(), store.CommandTimeout)
	defer cancel()
	err := store.New(pool, nil).Describe(ctx, "T", 7, store.Details{Title: "CFO"})
	var logged strings.Builder
	b := &Bot{cfg: Config{Log: slog.New(slog.NewTextHandler(&logged, nil))}}
	b.incident(&chat.Request{}, err)
	for _, want := range []string{`lock="contacts (0,1)"`, " tries=", " glancing=", " queued=", " trying="} {
		if !strings.Contains(logged.String(), want) {
			t.Errorf("no %s in %s", want, &logged)
		}
	}
}
