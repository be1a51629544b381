package bench

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// Reference is a bot as a capable person writes it in an afternoon: slack-go's
// Socket Mode, a pgx pool, a contact and a note a command. It stores word for
// word what was typed and answers with a message as large as Cairn's.
type Reference struct {
	API  *slack.Client
	Pool *pgxpool.Pool
	// AckFirst answers before it stores, as most such bots do: fast, and what
	// is in flight when it dies is lost without a word.
	AckFirst bool
	// Answer is what it shows; its text begins with "Recorded #".
	Answer slack.Msg

	serving sync.WaitGroup
}

// Settle waits until all that arrived so far is stored. One that acks first takes lines
// faster than it stores them: what it still owes would be paid while another is timed.
func (b *Reference) Settle() { b.serving.Wait() }

// Prepare makes the reference's own tables, beside Cairn's.
func Prepare(ctx context.Context, pool *pgxpool.Pool) error {
	_, err := pool.Exec(ctx, `create schema if not exists reference;
		create table if not exists reference.contacts (id bigint generated always as identity primary key,
			name text not null, company text not null, last_at timestamptz not null default now(), unique (name, company));
		create table if not exists reference.notes (id bigint generated always as identity primary key,
			contact_id bigint not null references reference.contacts (id), author text not null, note text not null,
			at timestamptz not null default now());
		create index if not exists notes_contact on reference.notes (contact_id, at desc)`)
	if err != nil {
		return fmt.Errorf("bench: the reference's tables: %w", err)
	}
	return nil
}

// Run serves until ctx ends.
func (b *Reference) Run(ctx context.Context) {
	client := socketmode.New(b.API)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case evt := <-client.Events:
				if cmd, ok := evt.Data.(slack.SlashCommand); ok && evt.Request != nil {
					b.serving.Go(func() { b.serve(ctx, client, evt.Request.EnvelopeID, cmd) })
				}
			}
		}
	}()
	_ = client.RunContext(ctx) // it ends with ctx
}

func (b *Reference) serve(ctx context.Context, client *socketmode.Client, envelope string, cmd slack.SlashCommand) {
	if b.AckFirst {
		if client.AckCtx(ctx, envelope, b.Answer) == nil {
			_ = b.store(ctx, cmd) // it has told the person already: nobody hears of an error
		}
		return
	}
	if b.store(ctx, cmd) == nil {
		_ = client.AckCtx(ctx, envelope, b.Answer) // nothing else can be done here
	}
}

func (b *Reference) store(ctx context.Context, cmd slack.SlashCommand) error {
	who, note, _ := strings.Cut(cmd.Text, ":")
	name, company, _ := strings.Cut(who, ",")
	return pgx.BeginFunc(ctx, b.Pool, func(tx pgx.Tx) error {
		var id int64
		err := tx.QueryRow(ctx, `insert into reference.contacts (name, company) values ($1, $2)
			on conflict (name, company) do update set last_at = now() returning id`,
			strings.TrimSpace(name), strings.TrimSpace(company)).Scan(&id)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `insert into reference.notes (contact_id, author, note) values ($1, $2, $3)`,
			id, cmd.UserID, strings.TrimSpace(note))
		return err
	})
}
