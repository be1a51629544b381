package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/coder/websocket"
	"github.com/slack-go/slack"

	"cairn/bot"
	"cairn/bot/english"
	"cairn/bot/post"
)

// slack checks both tokens, the scopes, the clock, and a socket.
func (r *report) slack(ctx context.Context, c checkup) {
	api := post.NewClient(c.BotToken, c.SlackAPI, checkLimit, slack.OptionAppLevelToken(c.AppToken))
	app := r.botToken(ctx, c, api)
	r.appToken(ctx, c, api, app)
}

// botToken returns the app that the token belongs to, where Slack tells it.
func (r *report) botToken(ctx context.Context, c checkup, api *slack.Client) (app string) {
	switch {
	case c.BotToken == "":
		r.fault("bot token", "set SLACK_BOT_TOKEN to the “Bot User OAuth Token” of the app's page “OAuth & Permissions”", "none is set")
		return ""
	case quoted(c.BotToken):
		r.fault("bot token", "take the marks off", "what SLACK_BOT_TOKEN holds stands between quotation marks")
		return ""
	case strings.HasPrefix(c.BotToken, "xapp-"):
		r.fault("bot token", "SLACK_BOT_TOKEN begins with xoxb-; the one that begins with xapp- belongs into SLACK_APP_TOKEN", "it is an app token")
		return ""
	}
	before := c.Now()
	who, err := api.AuthTestContext(ctx)
	after := c.Now()
	if who != nil {
		if there, bad := http.ParseTime(who.Header.Get("Date")); bad == nil {
			defer r.skew("clock, Slack's", before, there, after)
		}
	}
	if err != nil {
		r.refused("bot token", err)
		return ""
	}
	r.ok("bot token", "team %s (%s), bot %s", who.Team, who.TeamID, who.UserID)
	r.scopes(c.Scopes, bot.Granted(who.Header))
	r.admins(ctx, c.Admins, api)
	if info, err := api.GetBotInfoContext(ctx, slack.GetBotInfoParameters{Bot: who.BotID}); err == nil {
		app = info.AppID
	}
	return app
}

// admins checks that those whom CAIRN_ADMINS names are people of the workspace.
func (r *report) admins(ctx context.Context, ids []string, api *slack.Client) {
	// what is no id at all is told with the settings
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !slackUser.MatchString(id) })
	if len(ids) == 0 {
		return
	}
	var named []string
	for _, id := range ids {
		u, err := api.GetUserInfoContext(ctx, id)
		var refused slack.SlackErrorResponse
		switch {
		case errors.As(err, &refused) && bot.Nobody(refused.Err):
			r.fault("admins", "in Slack, a profile's menu has “Copy member ID”; put that into CAIRN_ADMINS", "nobody of this workspace has the id %s", id)
		case err != nil:
			r.refused("admins", err)
			return
		case u.Deleted || u.IsBot:
			r.fault("admins", "take it out of CAIRN_ADMINS", "%s is deactivated, or a bot", id)
		default:
			named = append(named, id)
		}
	}
	if len(named) > 0 {
		r.ok("admins", "CAIRN_ADMINS names %s", strings.Join(named, ", "))
	}
}

func (r *report) scopes(want, granted []string) {
	if len(granted) == 0 {
		r.ok("scopes", "Slack does not tell which are granted; `cairn manifest` lists those needed")
		return
	}
	var missing, extra []string
	for _, s := range want {
		if !slices.Contains(granted, s) {
			missing = append(missing, s)
		}
	}
	for _, s := range granted {
		if !slices.Contains(want, s) {
			extra = append(extra, s)
		}
	}
	switch {
	case len(missing) > 0:
		r.fault("scopes", "put them into the app's manifest (`cairn manifest` prints it) and install the app anew", "not granted: %s", strings.Join(missing, ", "))
	case len(extra) > 0:
		r.ok("scopes", "all %d granted; more than needed: %s", len(want), strings.Join(extra, ", "))
	default:
		r.ok("scopes", "all %d granted, none besides", len(want))
	}
}

func (r *report) appToken(ctx context.Context, c checkup, api *slack.Client, botApp string) {
	switch {
	case c.AppToken == "":
		r.fault("app token", "make one with the scope connections:write on the app's page “Basic Information” and set SLACK_APP_TOKEN", "none is set")
		return
	case quoted(c.AppToken):
		r.fault("app token", "take the marks off", "what SLACK_APP_TOKEN holds stands between quotation marks")
		return
	case strings.HasPrefix(c.AppToken, "xoxb-"):
		r.fault("app token", "SLACK_APP_TOKEN begins with xapp-; the one that begins with xoxb- belongs into SLACK_BOT_TOKEN", "it is a bot token")
		return
	}
	_, url, err := api.StartSocketModeContext(ctx)
	if err != nil {
		r.refused("app token", err)
		return
	}
	r.ok("app token", "Slack opens connections for it")
	r.socket(ctx, c, url, botApp)
}

// socket opens one Socket Mode connection and waits for Slack's hello. The
// address holds a ticket, so no error is printed that may contain it.
func (r *report) socket(ctx context.Context, c checkup, url, botApp string) {
	const remedy = "allow outgoing wss:// to wss-primary.slack.com, port 443, also through a proxy"
	ctx, cancel := context.WithTimeout(ctx, checkLimit)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, url, nil)
	if err != nil {
		r.fault("socket", remedy, "it does not open")
		return
	}
	defer conn.CloseNow() //nolint:errcheck // it has told what was asked
	var hello struct {
		Type           string `json:"type"`
		Reason         string `json:"reason"`
		NumConnections int    `json:"num_connections"`
		ConnectionInfo struct {
			AppID string `json:"app_id"`
		} `json:"connection_info"`
	}
	_, frame, err := conn.Read(ctx)
	if err == nil {
		err = json.Unmarshal(frame, &hello)
	}
	app, others := hello.ConnectionInfo.AppID, hello.NumConnections-1
	switch {
	case err != nil:
		r.fault("socket", remedy, "it opens, and Slack says no hello")
	case hello.Type == "disconnect" && hello.Reason == "too_many_websockets":
		r.fault("socket", "run fewer replicas, or set CAIRN_SOCKETS lower: an app may have ten", "Slack has ten of this app already")
	case hello.Type == "disconnect" && hello.Reason == "link_disabled":
		r.fault("socket", "switch Socket Mode on, on the app's page “Socket Mode”", "Socket Mode is off")
	case hello.Type != "hello":
		r.fault("socket", "try again in a minute", "Slack said %q in place of hello", hello.Type+" "+hello.Reason)
	case botApp != "" && app != "" && app != botApp:
		r.fault("socket", "take both tokens from the pages of one app", "the app token is of app %s, the bot token of app %s", app, botApp)
	case others == 0 && c.Sockets > 0, others < 0:
		r.ok("socket", "Slack said hello; no other is open")
	default:
		r.ok("socket", "Slack said hello; %s of this app %s open besides, of the ten that it may have", english.Plural(others, "connection"), english.Verb(others, "is", "are"))
	}
}

// quoted reports whether a token was pasted with the quotation marks of a shell around it.
func quoted(token string) bool { return strings.ContainsAny(token[:1], `"'`) }

// remedies are Slack's errors with what to do.
var remedies = map[string]string{
	"invalid_auth":           "copy the token anew from the app's page; it may belong to another workspace",
	"not_authed":             "copy the token anew from the app's page",
	"account_inactive":       "the app was removed or its owner deactivated: install it anew",
	"token_revoked":          "install the app anew and copy the new token",
	"token_expired":          "switch token rotation off for the app, or copy the new token",
	"missing_scope":          "give the app token the scope connections:write",
	"not_allowed_token_type": "it is the wrong kind of token: xoxb- for the bot, xapp- for the app",
	"ratelimited":            "wait a minute and try again",
}

func (r *report) refused(what string, err error) {
	var named slack.SlackErrorResponse
	var status slack.StatusCodeError
	var limited *slack.RateLimitedError
	switch {
	case errors.As(err, &named):
		remedy := remedies[named.Err]
		if remedy == "" {
			remedy = "see docs.slack.dev for this error"
		}
		r.fault(what, remedy, "Slack says %s", named.Err)
	case errors.As(err, &limited):
		r.fault(what, fmt.Sprintf("wait %v and try again", limited.RetryAfter), "Slack says that this is asked too often")
	case errors.As(err, &status):
		r.fault(what, "see slack-status.com, and what SLACK_API_URL points to", "Slack answers with status %d", status.Code)
	default:
		r.fault(what, "look at the network, a proxy (HTTPS_PROXY), and SLACK_API_URL", "Slack cannot be reached (%v)", err)
	}
}
