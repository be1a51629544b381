package bot_test

import (
	"context"
	"testing"
	"time"

	"cairn/bot/llm/llmtest"
)

// Two workspaces of equal ids share a database, and only one has its bot up:
// what the other's jobs hold goes neither to this one's model nor to its Slack,
// out of queues of their own or out of those that all once shared.
func TestAnotherWorkspacesJobsAreLeft(t *testing.T) {
	t.Parallel()
	o := openWith(t, llmtest.New(t, func(llmtest.Call) llmtest.Reply { return llmtest.Says(`{"signals":[]}`) }))
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	o.types(t, maya, "/log", "Lee Park, Beta: hm, no idea")
	o.hasRead(ctx, t)
	asked := len(o.model.Calls())
	if asked == 0 {
		t.Fatal("the model was not asked of our own line")
	}
	for _, sql := range []string{`insert into teams (id, name) values ('T0OTHER', 'Other')`,
		// equal ids: were one taken, its line would be read, and its editor met
		`insert into river_job (args, kind, max_attempts, queue, state, priority)
			select jsonb_build_object('team', 'T0OTHER', 'file', 'cues/none.yaml', 'live', 1, 'draft', 2, 'person', '` + eli + `'), 'prompt_exam', 3, queue, 'available', 1 from unnest(array['exam', 'exam-t0other']) queue`,
		`insert into river_job (args, kind, max_attempts, queue, state, priority)
			select '{"team": "T0OTHER", "interaction": 1}', 'second_look', 4, queue, 'available', 1 from unnest(array['look', 'look-t0other']) queue`,
		// ours, put into the shared queue by the version before, is worked off
		`update river_job set queue = 'look', state = 'available', finalized_at = null, attempt = 0, scheduled_at = now() where args->>'team' = 'T0TEST'`,
	} {
		if _, err := o.store.Pool().Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	// every job of a queue that we work has been taken once
	for {
		var put, done int
		err := o.store.Pool().QueryRow(ctx, `select count(*) filter (where (metadata->>'snoozes')::int > 0), count(*) filter (where state = 'completed' and queue = 'look') from river_job`).Scan(&put, &done)
		if err == nil && put == 2 && done == 1 {
			break
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%d put back, %d done: %v", put, done, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
	var ended, met, untouched int
	err := o.store.Pool().QueryRow(ctx, `select (select count(*) from river_job where args->>'team' = 'T0OTHER' and state in ('completed', 'cancelled', 'discarded', 'retryable')),
		(select count(*) from people where team_id = 'T0OTHER' and id = $1),
		(select count(*) from river_job where queue like '%-t0other' and state = 'available' and attempted_at is null)`, eli).Scan(&ended, &met, &untouched)
	if err != nil || ended != 0 || met != 0 || untouched != 2 {
		t.Errorf("of the other workspace's jobs %d ended, %d people were met, %d are untouched: %v", ended, met, untouched, err)
	}
	if more := len(o.model.Calls()) - asked; more != 0 {
		t.Errorf("the model was asked %d times more", more)
	}
}
