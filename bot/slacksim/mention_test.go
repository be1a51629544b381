package slacksim_test

import (
	"testing"

	"github.com/slack-go/slack"
)

func TestMentionsAreRecorded(t *testing.T) {
	w := newWorld(t)
	must3(w.api.PostMessage("C1", slack.MsgOptionText("&lt;!channel&gt; and <https://x|link>", false)))(t)
	if got := w.Mentions(); len(got) != 0 {
		t.Errorf("escaped text called %v", got)
	}
	must3(w.api.PostMessage("C1", slack.MsgOptionText("<@U1> <!here>", false), slack.MsgOptionBlocks(
		slack.NewSectionBlock(mrkdwn("<!channel>"), nil, nil), slack.NewHeaderBlock(plain("<@U2>")))))(t)
	got := w.Mentions()
	if len(got) != 3 || got[0].ID != "U1" || got[1].Kind != "here" || got[2].Kind != "channel" {
		t.Errorf("mentions: %+v", got)
	}
}
