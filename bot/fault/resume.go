package fault

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"cairn/bot/bench"
	"cairn/bot/llm/llmtest"
	"cairn/bot/slacksim"
)

// Resume is the longest that work which a kill left half done may wait.
const Resume = 4 * time.Minute

// KillsPending kills the bot while a model reads and while a digest is being
// posted: at the points where work is half done that nobody waits for.
func KillsPending(binary string) []Run {
	return []Run{
		{"kill -9 under a model", "what the model had begun is done again within 4 min", func(ctx context.Context, h *House) (string, error) {
			return h.killsModel(ctx, binary)
		}},
		{"kill -9 under a digest", "each digest is posted once, within 4 min", func(ctx context.Context, h *House) (string, error) {
			return h.killsDigest(ctx, binary)
		}},
	}
}

// pendingKills is how many kills a run at half-done work does.
func (h *House) pendingKills() int { return min(digestChannels, max(3, h.Scale.Kills/12)) }

func (h *House) killsModel(ctx context.Context, binary string) (string, error) {
	model, end := llmtest.Start(func(llmtest.Call) llmtest.Reply { return llmtest.Says(`{"signals":[]}`) })
	defer end()
	with := "OPENAI_BASE_URL=" + model.URL
	stop := h.retrying(ctx, 4)
	defer stop()
	n := h.pendingKills()
	for i := range n {
		if err := h.untilKilled(ctx, binary, "model-pending:1", with); err != nil {
			return "", fmt.Errorf("kill %d: %w", i+1, err)
		}
	}
	stop()
	last, err := h.remaining(ctx, binary, with)
	if err != nil {
		return "", err
	}
	defer last()
	var begun, jobs int
	if err := h.Direct.QueryRow(ctx, `select count(*) filter (where state = 'running'), count(*) from river_job`).Scan(&begun, &jobs); err != nil {
		return "", err
	}
	if begun == 0 {
		return "", fmt.Errorf("no job was left half done by %d kills", n)
	}
	if !h.Scale.Patient { // River takes a job of a dead process up after three minutes
		if _, err := h.Direct.Exec(ctx, `update river_job set attempted_at = attempted_at - interval '3 minutes' where state = 'running'`); err != nil {
			return "", err
		}
	}
	took, err := until(ctx, Resume, "the last job", func() bool {
		var left int
		row := h.Direct.QueryRow(ctx, `select count(*) from river_job where state not in ('completed', 'cancelled', 'discarded')`)
		return row.Scan(&left) == nil && left == 0
	})
	if err != nil {
		return "", err
	}
	var looks, lines int
	if err := h.Direct.QueryRow(ctx, `select (select count(*) from second_looks), (select count(*) from interactions)`).Scan(&looks, &lines); err != nil {
		return "", err
	}
	if looks != lines {
		return "", fmt.Errorf("of %d lines %d were read once more", lines, looks)
	}
	return fmt.Sprintf("%d kills left %d jobs half done; all %d lines were read %v after the last kill", n, begun, lines, took.Round(time.Second)), nil
}

func (h *House) killsDigest(ctx context.Context, binary string) (string, error) {
	first, err := h.remaining(ctx, binary) // it makes the team
	if err != nil {
		return "", err
	}
	first()
	points := []string{"digest-made:1", "posting-message:1", "posted-message:1"}
	n := h.pendingKills()
	for i := range n {
		if err := h.due(ctx, digestChannel(i)); err != nil {
			return "", err
		}
		if err := h.untilKilled(ctx, binary, points[i%len(points)]); err != nil {
			return "", fmt.Errorf("kill %d at %s: %w", i+1, points[i%len(points)], err)
		}
	}
	last, err := h.remaining(ctx, binary)
	if err != nil {
		return "", err
	}
	defer last()
	whole := func() bool {
		for i := range n {
			if h.posted(digestChannel(i)) == 0 {
				return false
			}
		}
		return true
	}
	took, err := until(ctx, Resume, "every digest", whole)
	if err != nil {
		return "", err
	}
	time.Sleep(2 * time.Second)
	for i := range n {
		if got := h.posted(digestChannel(i)); got != 1 {
			return "", fmt.Errorf("a digest stands %d times in its channel", got)
		}
	}
	return fmt.Sprintf("%d kills; %d digests, each posted once, the last %v after the last kill", n, n, took.Round(time.Second)), nil
}

// due plans a channel's digest for two minutes ago.
func (h *House) due(ctx context.Context, channel string) error {
	_, err := h.Direct.Exec(ctx, `insert into schedules (team_id, channel, day, minute, zone, members, members_at, by_id, next_at)
		select $1, $2, extract(dow from at)::int, (extract(hour from at) * 60 + extract(minute from at))::int, 'UTC', $3, now(), $4, at at time zone 'UTC'
		from (select date_trunc('minute', now() at time zone 'UTC') - interval '2 minutes' as at) t`,
		bench.Team, channel, []string{bench.Rep(0), bench.Rep(1), bench.Rep(2), bench.Rep(3)}, bench.Rep(0))
	if err != nil {
		return fmt.Errorf("fault: plan a digest: %w", err)
	}
	return nil
}

// posted counts the digests that a channel was shown.
func (h *House) posted(channel string) (n int) {
	for _, m := range h.User(bench.Rep(0)).Messages(channel) {
		if (m.ThreadTS == "" || m.ThreadTS == m.TS) && strings.Contains(slacksim.Text(m), "The week of") {
			n++
		}
	}
	return n
}

// remaining starts a bot that is not killed; it is up when this returns.
func (h *House) remaining(ctx context.Context, binary string, vars ...string) (stop func(), err error) {
	c := h.child(ctx, binary, "", vars...)
	if err := c.Start(); err != nil {
		return nil, err
	}
	stop = func() { endChild(c) }
	wait, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := h.WaitSockets(wait, 1); err != nil {
		stop()
		return nil, err
	}
	return stop, nil
}

// endChild asks a bot to end and waits; how it ends is not what is tried.
func endChild(c *exec.Cmd) {
	_ = c.Process.Signal(os.Interrupt)
	_ = c.Wait()
}
