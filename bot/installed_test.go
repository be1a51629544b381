package bot

import (
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"cairn/bot/chat"
	"cairn/bot/sockets"
)

// Whose a delivery is: by the workspace in which it was done, or by whose installation it came.
func TestWhoseDelivery(t *testing.T) {
	t.Parallel()
	event := func(p string) sockets.Envelope {
		return sockets.Envelope{ID: "1", Payload: []byte(p), Data: slackevents.EventsAPIEvent{}}
	}
	const said = `"event_id":"Ev1","event":{"type":"message","channel_type":"im","user":"U1","text":"x"`
	form := func(team, of, installed string) sockets.Envelope {
		return sockets.Envelope{ID: "1", Data: slack.InteractionCallback{Type: slack.InteractionTypeViewSubmission, Team: slack.Team{ID: team},
			User: slack.User{ID: "U1", TeamID: of}, View: slack.View{AppInstalledTeamID: installed}}}
	}
	for name, c := range map[string]struct {
		team string // the bot's
		e    sockets.Envelope
		want error
	}{
		"an event":                    {"T1", event(`{"team_id":"T1",` + said + `}}`), nil},
		"of an organisation":          {"T1", event(`{"team_id":"E1",` + said + `,"team":"T1"}}`), nil},
		"and of another workspace":    {"T1", event(`{"team_id":"E1",` + said + `,"team":"T2"}}`), errElsewhere},
		"elsewhere":                   {"T1", event(`{"team_id":"T2",` + said + `}}`), errElsewhere},
		"by our installation":         {"T1", event(`{"team_id":"T2","authorizations":[{"team_id":null},{"team_id":"T1"}],` + said + `}}`), nil},
		"by another":                  {"T1", event(`{"team_id":"T2","authorizations":[{"team_id":"T3"}],` + said + `}}`), errElsewhere},
		"a form":                      {"T1", form("T1", "T1", ""), nil},
		"first installed elsewhere":   {"T1", form("T1", "T1", "T2"), nil},
		"of a person there":           {"T1", form("", "T2", ""), errElsewhere},
		"whose form is ours":          {"T1", form("", "T2", "T1"), nil},
		"an organisation's own token": {"E1", form("T2", "T2", "T2"), nil},
		"nobody":                      {"T1", sockets.Envelope{ID: "1", Data: slack.SlashCommand{TeamID: "T1"}}, errFaceless},
	} {
		r, ok := chat.Read(c.e)
		if !ok {
			t.Errorf("%s: not read", name)
			continue
		}
		if got := (&Bot{team: c.team}).astray(r); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		if c.want == nil && r.TeamID != c.team {
			t.Errorf("%s: of team %s", name, r.TeamID)
		}
	}
}
