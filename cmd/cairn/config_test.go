package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/store"
	"cairn/store/storetest"
)

func TestConfigSaysWhichSettingIsWrong(t *testing.T) {
	for _, c := range []struct{ set, want string }{
		{"CAIRN_SOCKETS=abc", "CAIRN_SOCKETS: it wants a value like 16"},
		{"CAIRN_SLACK_TIMEOUT=soon", "CAIRN_SLACK_TIMEOUT: it wants a value like 5s"},
		{"CAIRN_SLACK_TIMEOUT=0s", "CAIRN_SLACK_TIMEOUT is 0s: choose 1s to 1m"},
		{"CAIRN_SOCKETS=9", "CAIRN_SOCKETS is 9: choose 1 to 4"},
		{"CAIRN_ENV=prod", "choose production or development"},
		{"SLACK_APP_TOKEN=xoxb-1", "SLACK_APP_TOKEN holds a bot token"},
		{"SLACK_APP_TOKEN=nope", "SLACK_APP_TOKEN is no app token: it begins with xapp-"},
		{"CAIRN_COMMAND_PREFIX=bad prefix!", "CAIRN_COMMAND_PREFIX is \"bad prefix!\": at most 26 characters"},
		{"SLACK_BOT_TOKEN=xapp-1", "SLACK_BOT_TOKEN holds an app token"},
		{"SLACK_BOT_TOKEN=xoxb-1\nxoxb-2", "SLACK_BOT_TOKEN has a space, a line break"},
		{"SLACK_API_URL=slack.com", "SLACK_API_URL is \"slack.com\": write it like"},
		{"CAIRN_LISTEN=nonsense", "CAIRN_LISTEN is \"nonsense\": write an address and a port"},
		{"CAIRN_LISTEN=127.0.0.1:99999", "CAIRN_LISTEN is"},
		{"CAIRN_ADMINS=U0ADA,Felix", "CAIRN_ADMINS names \"Felix\", which is no Slack id"},
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

// What a server out of reach answers twice is told once.
func TestAnErrorSaysEachLineOnce(t *testing.T) {
	_, err := cairn(t, []string{"DATABASE_URL=postgres://x:y@127.0.0.1:1/z"}, "migrate")
	if err == nil || strings.Count(err.Error(), "dial error") < 2 || strings.Count(linesOnce(err.Error()), "dial error") != 1 || !strings.HasPrefix(err.Error(), strings.Split(linesOnce(err.Error()), "\n")[0]) {
		t.Errorf("%v\n%s", err, linesOnce(err.Error()))
	}
}

// The prefix of a manifest is held to what the setting is.
func TestManifestPrefix(t *testing.T) {
	for _, prefix := range []string{"bad prefix!", "a/b", strings.Repeat("x", 40)} {
		if out, err := cairn(t, nil, "manifest", "--prefix", prefix); err == nil || !strings.Contains(err.Error(), "--prefix is ") || strings.Contains(out, "command:") {
			t.Errorf("%s: %v\n%s", prefix, err, out)
		}
	}
	if out, err := cairn(t, nil, "manifest", "--prefix", "c-"); err != nil || !strings.Contains(out, "command: /c-log") {
		t.Errorf("%v\n%s", err, out)
	}
}

// All that is wrong is told at once: a value that cannot be read hides no other mistake.
func TestConfigTellsAllMistakes(t *testing.T) {
	c, err := readConfig([]string{"CAIRN_SLACK_TIMEOUT=5", "CAIRN_SOCKETS=9", "SLACK_BOT_TOKEN_FILE=/nowhere", "CAIRN_ADMINS=xyz", "CAIRN_WORKERS=8"})
	if err == nil || c.Workers != 8 {
		t.Fatalf("%v, %d workers", err, c.Workers)
	}
	for _, want := range []string{"CAIRN_SLACK_TIMEOUT: it wants a value like 5s", "CAIRN_SOCKETS is 9: choose 1 to 4", "SLACK_BOT_TOKEN_FILE", `CAIRN_ADMINS names "xyz"`} {
		if strings.Count(err.Error(), want) != 1 {
			t.Errorf("want once %q in %v", want, err)
		}
	}
	if strings.Contains(err.Error(), "is 0s") {
		t.Errorf("the default of a setting that cannot be read is told as a mistake: %v", err)
	}
}

func TestConfigTakesWhatWasCopied(t *testing.T) {
	if _, err := readConfig([]string{"SLACK_APP_TOKEN=xoxb-1", "SLACK_BOT_TOKEN=xapp-1"}); err == nil || !strings.Contains(err.Error(), "here they are exchanged") {
		t.Error(err)
	}
	c, err := readConfig([]string{"SLACK_APP_TOKEN=xapp-1\n", "SLACK_BOT_TOKEN= xoxb-1\r\n", "CAIRN_ADMINS=U0ADA, U0ELI", "CAIRN_LISTEN=:9464"})
	if err != nil || c.AppToken != "xapp-1" || c.BotToken != "xoxb-1" || len(c.Admins) != 2 || c.Admins[1] != "U0ELI" {
		t.Errorf("%+v %v", c, err)
	}
	for given, want := range map[string]string{"": "", "http://127.0.0.1:8080": "http://127.0.0.1:8080/api/", "https://slack.com/api": "https://slack.com/api/",
		"https://slack.com/api/": "https://slack.com/api/", "http://x:1/": "http://x:1/"} {
		if c, err := readConfig([]string{"SLACK_API_URL=" + given}); err != nil || c.SlackAPI != want {
			t.Errorf("%s: %s %v", given, c.SlackAPI, err)
		}
	}
}

// A slip in the name of a setting is told with the name that was meant; what
// Kubernetes gives to every container is none.
func TestStrangers(t *testing.T) {
	t.Parallel()
	var told []string
	for _, s := range strangers([]string{"CAIRN_WORKRS=4", "CAIRN_WORKERS=4", "CAIRN_QUUX=1", "PATH=/bin", "CAIRN_FAILPOINT=", "CAIRN_SERVICE_HOST=10.0.0.1",
		"CAIRN_SERVICE_PORT=80", "CAIRN_SERVICE_PORT_HTTP=80", "CAIRN_PORT=tcp://10.0.0.1:80", "CAIRN_PORT_80_TCP_ADDR=10.0.0.1"}) {
		told = append(told, s.name+": "+s.remedy())
	}
	want := []string{"CAIRN_QUUX: take it out of the environment; `cairn config` lists all settings", "CAIRN_WORKRS: CAIRN_WORKERS seems to be meant; `cairn config` lists all"}
	if !slices.Equal(told, want) {
		t.Errorf("told %q", told)
	}
}

// What cannot be typed is said before anything is started for it, and nothing else.
func TestTryRefusesAtOnce(t *testing.T) {
	t.Parallel()
	for flags, want := range map[string]string{"-c /next --as=nobody": "--as nobody: the sample team has", "-c next": "-c wants a slash command", "--command=": "-c wants a slash command", "-c /next --no-bot": "--no-bot: nobody would answer"} {
		var out, errs strings.Builder
		err := run(t.Context(), append([]string{"try"}, strings.Fields(flags)...), []string{"CAIRN_STATE_DIR=/dev/null/none"}, &out, &errs)
		if err == nil || !strings.Contains(err.Error(), want) || out.Len()+errs.Len() > 0 {
			t.Errorf("try %s: %v, %q, %q", flags, err, out.String(), errs.String())
		}
	}
}

// Samples are not removed under a process that may serve them.
func TestTryKnowsOfOthers(t *testing.T) {
	t.Parallel()
	address := storetest.URL(t)
	open := func() *pgxpool.Pool {
		pool, err := store.Open(t.Context(), address, 2)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(pool.Close)
		if err := pool.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
		return pool
	}
	own := open()
	if n, err := others(t.Context(), own); n != 0 || err != nil {
		t.Errorf("alone: %d, %v", n, err)
	}
	open()
	if n, err := others(t.Context(), own); n != 1 || err != nil {
		t.Errorf("beside another: %d, %v", n, err)
	}
}

// Help is to be had as of other programs, too.
func TestHelp(t *testing.T) {
	t.Parallel()
	help := func(args ...string) string {
		var page, errs strings.Builder
		if err := run(t.Context(), args, nil, &page, &errs); err != nil {
			t.Errorf("%v: %v", args, err)
		}
		return page.String()
	}
	if got := help("help"); got != help("--help") || !strings.Contains(got, "doctor") {
		t.Errorf("help:\n%s", got)
	}
	if got := help("help", "manifest"); got != help("manifest", "--help") || !strings.Contains(got, "--prefix") {
		t.Errorf("help manifest:\n%s", got)
	}
	if got := help("help", "prompts", "check"); got != help("prompts", "check", "--help") {
		t.Errorf("help prompts check:\n%s", got)
	}
}
