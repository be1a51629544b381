package bot

import (
	"errors"
	"slices"
	"strings"

	"cairn/bot/chat"
)

// One process holds the token of one workspace. Slack sends an app all that its people do
// wherever it is installed, for a whole organisation too; what comes of another workspace
// could be recorded, but no answer could be posted there. So it is told by the ways that
// take no token, and nothing of it is kept.

// Why a delivery is not for this process.
var (
	errElsewhere = errors.New("it came of another workspace than the one whose token is in SLACK_BOT_TOKEN: nothing of it was kept. Another workspace needs an app and a process of its own")
	errFaceless  = errors.New("Slack did not say who did it: nothing of it was kept")
)

func isAstray(why error) bool { return errors.Is(why, errElsewhere) || errors.Is(why, errFaceless) }

// astray reports why a delivery is not for this process, nil where it is. What names no
// workspace, as an organisation's may, is ours: it came by our app's socket. So is what came
// by our workspace's installation wherever it was done, and with the token of a whole
// organisation, E…, all that its workspaces send.
func (b *Bot) astray(r *chat.Request) error {
	if r.TeamID == "" || slices.Contains(r.Installed, b.team) || strings.HasPrefix(b.team, "E") {
		r.TeamID = b.team
	}
	switch {
	case r.Kind == chat.KindEvent && opensChannel(r):
		return nil // heard of channels of others too, and passed over; see opened
	case r.TeamID != b.team:
		return errElsewhere
	case r.PersonID == "":
		return errFaceless
	}
	return nil
}

// notHere says that a delivery was not taken, with the id under which the log has it.
func (b *Bot) notHere(r *chat.Request, why error) chat.Reply {
	id := b.incident(r, why)
	reason := "I serve another Slack workspace than the one that this came from."
	if errors.Is(why, errFaceless) {
		reason = "Slack did not tell me who you are."
	}
	if !b.saves(r) {
		return chat.Reply{Message: chat.Say("*Nothing was done.* " + reason + " Tell who runs me. (" + id + ")").Message, Beside: true}
	}
	b.meters.Unsaved("not_saved")
	if open, ok := chat.KeepOpen(r, "NOT saved: "+reason+" Copy your words. ("+id+")"); ok {
		return open
	}
	return chat.Say("*NOT saved.* " + reason + " Your words are below. Tell who runs me. (" + id + ")").GivingBack(r)
}

// sendBack answers by the ways that take no token: the ack, and a response_url. The
// outbox is each workspace's own, and ours is of no use here.
func (b *Bot) sendBack(r *chat.Request, reply chat.Reply) {
	var payload any
	parts := reply.Keyed("astray:" + r.EnvelopeID)
	switch {
	case r.Kind == chat.KindCommand:
		payload, parts = chat.AsEphemeral(parts[0].Message), parts[1:]
	case r.Kind == chat.KindSubmission:
		payload = submission(reply)
		_ = r.FromForm() // without it the form itself has said so, or nothing can
	}
	_ = b.ack(r, payload) // logged there
	if reply.Message != nil && r.ResponseURL != "" {
		b.past(r, false, parts...)
	}
}
