package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"cairn/bot/editing"
	"cairn/store"
)

// The queues of work that follows a line or a command, each workspace's own: see [Bot.job].
// River runs it over any number of replicas; a job may run twice, so every worker looks first
// at what stands.
const (
	lookQueue   = "look" // all that reps wait for of a model
	lookWorkers = 4
	jobTimeout  = 60 * time.Second
	// a job whose process died is taken up by another after this long: the longest
	// that a job may take
	jobRescue = editing.ExamTime
	// how long running jobs may go on once the process is told to stop
	jobSoftStop = 5 * time.Second
)

// queueOf names a workspace's own queue as River wants names.
func queueOf(queue, team string) string { return queue + "-" + strings.ToLower(team) }

// job is work for this workspace's bots alone: several workspaces may share a
// database, and only ours has our Slack, our people and our model.
func (b *Bot) job(args editing.JobArgs) river.InsertManyParams { return jobOf(b.team, args) }

func jobOf(team string, args editing.JobArgs) river.InsertManyParams {
	return river.InsertManyParams{Args: args, InsertOpts: &river.InsertOpts{Queue: queueOf(args.InsertOpts().Queue, team)}}
}

// sharedWait is how long a job of another workspace is left to it.
const sharedWait = 5 * time.Second

// leave is nil for a job of ours. The version before put all workspaces' jobs
// into the same queues, and may still run: those are worked off, and what is
// not ours is put back for its own bots, for as long as it is worth anything.
func (b *Bot) leave(job *rivertype.JobRow, team string) error {
	if team == b.team || job.Queue != lookQueue && job.Queue != editing.ExamQueue {
		return nil
	}
	if time.Since(job.CreatedAt) > lookLife {
		return river.JobCancel(errOthers)
	}
	return river.JobSnooze(sharedWait)
}

var errOthers = errors.New("nobody serves the workspace of this job")

// Queue returns what puts jobs into the queue, for [store.New].
func Queue(pool *pgxpool.Pool) (store.Jobs, error) {
	c, err := river.NewClient(riverpgxv5.New(pool), &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("queue of jobs: %w", err)
	}
	return c, nil
}

// work runs the queue's jobs until ctx ends. While the database is away it
// tries again: lines are answered all the same.
func (b *Bot) work(ctx context.Context) {
	for wait := time.Second; ctx.Err() == nil; wait = min(2*wait, time.Minute) {
		client, err := b.worker()
		if err == nil {
			err = client.Start(ctx)
		}
		if err == nil {
			<-ctx.Done()
			<-client.Stopped()
			return
		}
		if ctx.Err() != nil {
			return // stopped before it began
		}
		b.cfg.Log.Warn("the queue of jobs does not run", "error", err, "again_in", wait)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

func (b *Bot) worker() (*river.Client[pgx.Tx], error) {
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, &lookWorker{bot: b}); err != nil {
		return nil, err
	}
	if err := river.AddWorkerSafely(workers, &editing.ExamWorker{Desk: b.desk}); err != nil {
		return nil, err
	}
	if err := river.AddWorkerSafely(workers, &editing.AskWorker{Desk: b.desk}); err != nil {
		return nil, err
	}
	if err := river.AddWorkerSafely(workers, &draftWorker{bot: b}); err != nil {
		return nil, err
	}
	if err := river.AddWorkerSafely(workers, &questionsWorker{bot: b}); err != nil {
		return nil, err
	}
	// one exam and one preview at a time in this process: each takes a core, or a share of the
	// model's limits. Who asked a model that was taken away since is told so.
	queues := map[string]river.QueueConfig{queueOf(editing.ExamQueue, b.team): {MaxWorkers: 1}, editing.ExamQueue: {MaxWorkers: 1},
		queueOf(editing.AskQueue, b.team): {MaxWorkers: 1}}
	if b.cfg.Second != nil {
		queues[queueOf(lookQueue, b.team)] = river.QueueConfig{MaxWorkers: lookWorkers}
		queues[lookQueue] = river.QueueConfig{MaxWorkers: 1}
	}
	return river.NewClient(riverpgxv5.New(b.store.Pool()), &river.Config{
		Queues:  queues,
		Workers: workers, JobTimeout: jobTimeout, RescueStuckJobsAfter: jobRescue, SoftStopTimeout: jobSoftStop,
		// river tells of every job that is tried again; what matters is logged here
		Logger: slog.New(slog.DiscardHandler),
	})
}
