package main

import (
	"strings"
	"testing"
)

func TestConfigSaysWhichSettingIsWrong(t *testing.T) {
	for _, c := range []struct{ set, want string }{
		{"CAIRN_SOCKETS=abc", "CAIRN_SOCKETS: it wants a value like 16"},
		{"CAIRN_SLACK_TIMEOUT=soon", "CAIRN_SLACK_TIMEOUT: it wants a value like 5s"},
		{"CAIRN_SLACK_TIMEOUT=0s", "CAIRN_SLACK_TIMEOUT is 0s: choose 1s to 1m"},
		{"CAIRN_SOCKETS=9", "CAIRN_SOCKETS is 9: choose 1 to 4"},
		{"CAIRN_ENV=prod", "choose production or development"},
		{"SLACK_APP_TOKEN=xoxb-1", "exchanged"},
		{"SLACK_BOT_TOKEN_FILE=/nowhere", "SLACK_BOT_TOKEN_FILE"},
	} {
		_, err := readConfig([]string{c.set})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q in it", c.set, err, c.want)
		}
	}
	if _, err := readConfig([]string{"SLACK_APP_TOKEN=xapp-1", "SLACK_BOT_TOKEN=xoxb-1"}); err != nil {
		t.Error(err)
	}
}
