package bot_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"cairn/bot/slacksim"
)

// lateBy is how long after a job has ended its message may be shown, on a machine
// that runs every other test beside.
const lateBy = 5 * time.Second

// seesSoon is what the person has before them, or comes to have who looks down at
// the latest message: of two that are posted at once, either may be that.
func (s *script) seesSoon(ctx context.Context, who string, want []string) []string {
	s.t.Helper()
	got := strings.Split(s.sees(ctx, who), "\n")
	for until := time.Now().Add(lateBy); !*update && s.last[who].down && !same(want, got) && time.Now().Before(until); {
		time.Sleep(20 * time.Millisecond)
		for back := range 2 {
			s.lookDown(ctx, who, back)
			if got = strings.Split(s.sees(ctx, who), "\n"); same(want, got) {
				return got
			}
		}
		s.lookDown(ctx, who, 0) // neither: the latest is what was to be another
		got = strings.Split(s.sees(ctx, who), "\n")
	}
	return got
}

// lookDown looks at the latest message, or at the one so many before it.
func (s *script) lookDown(ctx context.Context, who string, back int) {
	s.t.Helper()
	s.settle(ctx)
	s.lastMessage(s.o.User(handles[who]), who, back)
	s.last[who].down = true
}

// sees is what the person has before them.
func (s *script) sees(ctx context.Context, who string) string {
	s.t.Helper()
	u, l := s.o.User(handles[who]), s.last[who]
	if l == nil {
		s.fatal("%s has seen nothing", who)
	}
	switch l.view {
	case "home":
		s.wait(ctx, func() bool { return u.Home() != nil })
		return u.Home().Text()
	case "modal":
		if u.Modal() == nil {
			s.fatal("no form is open")
		}
		return u.Modal().Text()
	}
	s.settle(ctx)
	m, ok := u.Message(l.ref)
	if !ok {
		s.fatal("the message is gone")
	}
	return slacksim.Text(m)
}

func (s *script) rows(ctx context.Context, sql string) []string {
	s.t.Helper()
	rows, err := s.o.store.Pool().Query(ctx, sql)
	if err != nil {
		s.fatal("%v", err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			s.fatal("%v", err)
		}
		cells := make([]string, len(values))
		for i, v := range values {
			cells[i] = fmt.Sprint(v)
		}
		all = append(all, strings.Join(cells, " | "))
	}
	if err := rows.Err(); err != nil {
		s.fatal("%v", err)
	}
	return all
}

func (s *script) expect(want, got []string) {
	s.t.Helper()
	for _, l := range got {
		s.out = append(s.out, strings.TrimRight("  "+asWritten(l), " "))
	}
	w, g := text(want), text(got)
	if !*update && w != g {
		s.t.Errorf("%s:%d:\n--- want\n%s\n--- got\n%s", s.file, s.line, w, g)
	}
}

// asWritten is a line as a script has it.
func asWritten(line string) string { return written.Replace(strings.TrimRight(line, " ")) }

// text is lines as a script has them.
func text(lines []string) string {
	all := make([]string, len(lines))
	for i, l := range lines {
		all[i] = asWritten(l)
	}
	return strings.TrimSpace(strings.Join(all, "\n"))
}

func same(want, got []string) bool { return text(want) == text(got) }
