package bot

import (
	"context"
	"errors"

	"github.com/slack-go/slack"
)

// appoint makes admins of those whom CAIRN_ADMINS names, for as long as it does.
// An id that Slack does not know appoints nobody.
func (b *Bot) appoint(ctx context.Context) {
	var known []string
	for _, id := range b.cfg.Admins {
		ask, cancel := context.WithTimeout(ctx, 4*askPatience)
		_, err := b.cfg.API.GetUserInfoContext(ask, id)
		cancel()
		var refused slack.SlackErrorResponse
		if errors.As(err, &refused) && Nobody(refused.Err) {
			b.cfg.Log.Error("CAIRN_ADMINS names somebody whom Slack does not know in this workspace", "person", id)
			continue
		}
		known = append(known, id)
	}
	b.store.Appoint(b.team, known)
}

// Nobody reports whether an error of Slack's says that there is no such person.
func Nobody(code string) bool {
	return code == "user_not_found" || code == "users_not_found" || code == "user_not_visible"
}
