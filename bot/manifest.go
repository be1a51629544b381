package bot

import (
	"fmt"
	"strings"
)

// Scope is a right that the app asks of a workspace, and why.
type Scope struct {
	Name string
	Why  string
}

// Scopes lists the bot token's scopes, the least that all of Cairn needs.
func Scopes() []Scope {
	return []Scope{
		{"commands", "people type /log, /next and /coach"},
		{"chat:write", "digests are posted, and answers that come after the first three seconds"},
		{"im:write", "a direct message reaches the person where an answer in place cannot"},
		{"im:history", "plain words in a direct message do the same as commands"},
		{"users:read", "names and time zones, so that “yesterday” is the person's own"},
		{"channels:read", "who belongs to a channel that gets a digest, and when one that took nothing is open again"},
		{"groups:read", "the same for private channels to which the app was invited"},
		{"files:write", "the pictures of a digest, and texts as files where they are too long for a form"},
		{"files:read", "prompts and journeys that an editor puts into a direct message as a file"},
	}
}

// ShortcutLog and ShortcutMessage are the callback ids of the two shortcuts.
const (
	ShortcutLog     = "log"
	ShortcutMessage = "log_message"
)

// SlashCommand is a slash command of the app as its manifest tells Slack.
type SlashCommand struct {
	Name  string // with its slash
	About string
	Hint  string
}

// SlashCommands lists them, with prefix before each name.
func SlashCommands(prefix string) []SlashCommand {
	return []SlashCommand{
		{"/" + prefix + "log", "Record a talk in one line and see what to give next", "Dana Ruiz, Acme: call, asked about the audit trail"},
		{"/" + prefix + "next", "What to give next, and why", "[name]"},
		{"/" + prefix + "coach", "All that Cairn does", "[help | card dana | who | sent dana checklist | undo | …]"},
	}
}

// Manifest is the app's manifest as YAML, for "From an app manifest" at
// Slack's page of your apps. The reason of each scope stands beside it.
func Manifest(prefix string) string {
	var w strings.Builder
	w.WriteString(`display_information:
  name: Cairn
  description: One line after a talk in, the next thing worth giving out.
  background_color: "#37474f"
features:
  app_home:
    home_tab_enabled: true
    messages_tab_enabled: true
    messages_tab_read_only_enabled: false
  bot_user:
    display_name: Cairn
    always_online: false
  shortcuts:
    - name: Log a talk
      type: global
      callback_id: ` + ShortcutLog + `
      description: Record what happened in a talk
    - name: Log with Cairn
      type: message
      callback_id: ` + ShortcutMessage + `
      description: Record this message as a note
  slash_commands:
`)
	for _, c := range SlashCommands(prefix) {
		fmt.Fprintf(&w, "    - command: %s\n      description: %s\n      usage_hint: %q\n      should_escape: false\n", c.Name, c.About, c.Hint)
	}
	w.WriteString("oauth_config:\n  scopes:\n    bot:\n")
	for _, s := range Scopes() {
		fmt.Fprintf(&w, "      - %s # %s\n", s.Name, s.Why)
	}
	w.WriteString(`settings:
  event_subscriptions:
    bot_events:
      - app_home_opened
      - channel_unarchive
      - group_unarchive
      - member_joined_channel
      - message.im
  interactivity:
    is_enabled: true
  org_deploy_enabled: false
  socket_mode_enabled: true
  token_rotation_enabled: false
# The app token (xapp-…) needs one scope more, given where you make it:
# connections:write, to open the sockets.
`)
	return w.String()
}
