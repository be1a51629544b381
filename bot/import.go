package bot

import (
	"context"
	"fmt"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/roster"
	"cairn/bot/suggest"
)

// imports tells how files come in. They do not come in through Slack: a file
// of contacts is personal data. What Slack lets Cairn read of files is for the
// texts of the prompt workshop alone.
func (b *Bot) imports(context.Context, *chat.Request) (chat.Reply, error) {
	return chat.Say(fmt.Sprintf("*Files come in where I run*, not through Slack: whoever runs me types\n"+
		"`cairn import contacts contacts.csv --dry-run`: columns `%[1]s`, in any order; only the name is needed, and the owner is somebody's Slack id or name here.\n"+
		"`cairn import content library.csv --dry-run`: columns `%[2]s`.\n"+
		"Without `--dry-run` it is done: all of a file or nothing of it, and nobody twice. An editor changes the library as a file from here too: `%[3]s prompts file library`. One contact needs no file: `%[4]s Dana Ruiz, Acme: what happened`.",
		roster.Header(), suggest.Header, b.slash("coach"), b.slash("log"))), nil
}

// exports sends the person their own contacts as a file, and tells how the
// rest goes out.
func (b *Bot) exports(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	reply, err := b.whoCSV(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	reply.Message.Blocks = append(reply.Message.Blocks,
		blockkit.Context("Everybody's contacts and the library go out where I run: `cairn export contacts`, `cairn export content`."))
	return reply, nil
}
