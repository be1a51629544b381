package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"cairn/bot/bench"
	"cairn/bot/journey"
	"cairn/prompts"
)

// growth compares the time of a command in a database of a thousand
// interactions with one of a million, and about a contact of one note with
// one of a thousand.
func (b *benchRun) growth(ctx context.Context) error {
	ours, err := b.serve(ctx, 1, b.cairn)
	if err != nil {
		return err
	}
	defer ours.stop()
	if err := b.grow(ctx, 1000); err != nil {
		return err
	}
	b.closed(ctx, ours, 2*time.Second)
	small := b.calmly(ctx, ours.World)
	if err := b.grow(ctx, b.Rows); err != nil {
		return err
	}
	b.closed(ctx, ours, time.Second)
	large := b.calmly(ctx, ours.World)
	b.row(fmt.Sprintf("/log at 1,000 and %d interactions: medians, ms", b.Rows), fmt.Sprintf("%.2f", large), fmt.Sprintf("%.2f", small),
		fmt.Sprintf("%.2f", large/small), "≤1.5")
	few, err := b.talkative(ctx, ours.World, 1)
	if err != nil {
		return err
	}
	many, err := b.talkative(ctx, ours.World, 1000)
	if err != nil {
		return err
	}
	b.row("/log about a contact of 1 and 1,000 notes: medians, ms", fmt.Sprintf("%.2f", many), fmt.Sprintf("%.2f", few), fmt.Sprintf("%.2f", many/few), "≤3")
	return nil
}

// grow fills the team's database up to so many interactions, twenty a contact,
// each with a signal and a suggestion.
func (b *benchRun) grow(ctx context.Context, rows int) error {
	for _, sql := range []string{
		`insert into companies (team_id, name, name_key) select $1, 'Company ' || n, 'company ' || n from generate_series(1, greatest(1, $2::int / 200)) n on conflict do nothing`,
		`insert into contacts (team_id, name, name_key, company_id, created_by)
			select $1, 'Person ' || n, 'person ' || n, c.id, 'U0REP00' from generate_series(1, greatest(1, $2::int / 20)) n
			join companies c on c.team_id = $1 and c.name_key = 'company ' || (1 + n % greatest(1, $2::int / 200)) on conflict do nothing`,
		`insert into interactions (team_id, contact_id, author_id, at, logged_at, channel, direction, note)
			select $1, p.id, 'U0REP' || lpad((n % 64)::text, 2, '0'), now() - n * interval '1 minute', now() - n * interval '1 minute', 'phone', 'both', 'asked about the audit trail and the price, nothing else came up in this talk ' || n
			from generate_series(1, $2::int - (select count(*) from interactions where team_id = $1)) n
			join contacts p on p.team_id = $1 and p.name_key = 'person ' || (1 + n % greatest(1, $2::int / 20))`,
		`insert into signals (interaction_id, team_id, contact_id, signal, origin) select id, team_id, contact_id, 'asked_question', 'built-in' from interactions where team_id = $1 and $2 > 0 on conflict do nothing`,
		`insert into suggestions (team_id, contact_id, interaction_id, person_id, stage, seed)
			select i.team_id, i.contact_id, i.id, i.author_id, 'engagement', i.id from interactions i
			where i.team_id = $1 and $2 > 0 and not exists (select from suggestions s where s.interaction_id = i.id)`,
	} {
		conn, err := b.pool.Acquire(ctx)
		if err != nil {
			return err
		}
		if _, err = conn.Exec(ctx, "set statement_timeout = 0"); err == nil {
			_, err = conn.Exec(ctx, sql, bench.Team, rows)
		}
		_, _ = conn.Exec(ctx, "reset statement_timeout")
		conn.Release()
		if err != nil {
			return fmt.Errorf("fill the database: %w", err)
		}
	}
	conn, err := b.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	_, err = conn.Exec(ctx, "set statement_timeout = 0")
	if err == nil {
		_, err = conn.Exec(ctx, "vacuum analyze")
	}
	_, _ = conn.Exec(ctx, "reset statement_timeout")
	return err
}

// calmly is the median of commands typed one after the other, in milliseconds.
func (b *benchRun) calmly(ctx context.Context, w *bench.World) float64 {
	r, next := w.Closed(ctx, 1, b.Span, b.next)
	b.next = next
	return ms(r.Quantile(.5))
}

// talkative is the median of a line about a contact with so many notes.
func (b *benchRun) talkative(ctx context.Context, w *bench.World, notes int) (float64, error) {
	name := fmt.Sprintf("Zebulon Quixote%s", strings.Repeat("y", notes%7))
	u := w.User(bench.Rep(notes))
	say := func(n int) (time.Duration, error) {
		begun := time.Now()
		reply, err := u.Slash(ctx, u.DMChannel(), "/log", fmt.Sprintf("%s, Umbrella %d: call, asked about the price, will ask IT by Friday (%d)", name, notes, n))
		if err == nil && !bench.Recorded(reply) {
			err = fmt.Errorf("no receipt: %+v", reply)
		}
		return time.Since(begun), err
	}
	for n := range notes {
		if _, err := say(n); err != nil {
			return 0, err
		}
	}
	var took []float64
	for n := range 41 {
		d, err := say(notes + n)
		if err != nil {
			return 0, err
		}
		took = append(took, ms(d))
	}
	return median(took), nil
}

// fold times the fold on one core.
func (b *benchRun) fold(context.Context) error {
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		return err
	}
	var notes []journey.Note
	signals := journey.Signals()
	for i := range 1000 {
		n, err := journey.NewNote(int64(i+1), time.Unix(int64(i)*86400, 0), signals[i%len(signals)], signals[(i*7+3)%len(signals)])
		if err != nil {
			return err
		}
		notes = append(notes, n)
	}
	folded := 0
	begun := time.Now()
	for time.Since(begun) < b.Span {
		for _, m := range models {
			m.Fold(m.Start(), notes...)
			folded += 2 * len(notes)
		}
	}
	b.row("signals folded a second, one core", fmt.Sprintf("%.1f M", float64(folded)/time.Since(begun).Seconds()/1e6), "", "", "≥2 M")
	return nil
}

// size runs the program itself and looks at it.
func (b *benchRun) size(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	info, err := os.Stat(self)
	if err != nil {
		return err
	}
	b.row("binary, MB", fmt.Sprintf("%.1f", float64(info.Size())/1e6), "", "", "<60")
	w, err := bench.NewWorld(benchCommands()...)
	if err != nil {
		return err
	}
	defer w.Close()
	c := b.program(ctx, w)
	c.Env = append(c.Env, "CAIRN_LISTEN=127.0.0.1:0", "CAIRN_JOBS_PAGE=true") // all that it can hold
	if err := c.Start(); err != nil {
		return err
	}
	defer func() { _ = c.Process.Signal(os.Interrupt); _ = c.Wait() }() // its end is not what is measured
	wait, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := w.WaitSockets(wait, b.e.config.Sockets); err != nil {
		return err
	}
	most, err := mostResident(ctx, c.Process.Pid, idle)
	if err != nil {
		return err
	}
	b.row("resident memory of `cairn run`, idle, the most in 3 minutes, MB", fmt.Sprintf("%.1f", most), "", "", "<60")
	return nil
}

// idle is how long a bot that nobody types to is looked at: its duties, each with
// its own minute, have all come by then.
const idle = 3 * time.Minute

// mostResident is the most that a process held in memory within span, once it
// has started.
func mostResident(ctx context.Context, pid int, span time.Duration) (most float64, err error) {
	started := time.NewTimer(2 * afterStart)
	defer started.Stop()
	look := time.NewTicker(5 * time.Second)
	defer look.Stop()
	end := time.NewTimer(span)
	defer end.Stop()
	for at := started.C; ; at = look.C {
		select {
		case <-at:
		case <-end.C:
			return most, nil
		case <-ctx.Done():
			return most, ctx.Err()
		}
		now, err := residentMB(pid)
		if err != nil {
			return most, err
		}
		most = max(most, now)
	}
}

// program is this program as `cairn run`, over the run's database.
func (b *benchRun) program(ctx context.Context, w *bench.World) *exec.Cmd {
	self, _ := os.Executable() // asked for before
	c := exec.CommandContext(ctx, self, "run")
	c.Env = append(os.Environ(), "SLACK_API_URL="+w.URL, "SLACK_APP_TOKEN="+bench.AppToken, "SLACK_BOT_TOKEN="+bench.BotToken,
		"DATABASE_URL="+b.url, "CAIRN_LISTEN=off", "CAIRN_LOG=error", "OPENAI_API_KEY=", "OPENAI_BASE_URL=")
	return c
}

// residentMB reads what a process holds in memory, from /proc.
func residentMB(pid int) (float64, error) {
	raw, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	if err != nil {
		return 0, fmt.Errorf("resident memory is read from /proc: %w", err)
	}
	_, rest, _ := strings.Cut(string(raw), "VmRSS:")
	kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	return kb / 1000, err
}
