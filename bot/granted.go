package bot

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Granted lists the rights that a token has, by the header of Slack's answer to
// auth.test; empty where the answer does not tell.
func Granted(header http.Header) []string {
	return strings.FieldsFunc(header.Get("X-Oauth-Scopes"), func(c rune) bool { return c == ',' || c == ' ' })
}

// lacking are the rights of the manifest that are not granted, as far as Slack tells.
func lacking(granted []string) (missing []Scope) {
	for _, s := range Scopes() {
		if len(granted) > 0 && !slices.Contains(granted, s.Name) {
			missing = append(missing, s)
		}
	}
	return missing
}

// tellLacking logs what of the manifest was not granted. It is no reason not to
// serve: lines are recorded all the same.
func (b *Bot) tellLacking(header http.Header) {
	for _, s := range lacking(Granted(header)) {
		b.cfg.Log.Warn("a right was not granted by Slack: put it into the app's manifest (cairn manifest prints it) and install the app anew",
			"right", s.Name, "for", s.Why)
	}
}

// rightsLine asks Slack anew, for rights come and go with each installation;
// empty where it does not tell.
func (b *Bot) rightsLine(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(ctx, askRights)
	defer cancel()
	who, err := b.cfg.API.AuthTestContext(ctx)
	if err != nil {
		return "" // the line of the tokens says more
	}
	granted := Granted(who.Header)
	if len(granted) == 0 {
		return ""
	}
	missing := lacking(granted)
	if len(missing) == 0 {
		return mark(true, "Slack has granted all rights that I ask for.")
	}
	lines := make([]string, len(missing))
	for i, s := range missing {
		lines[i] = fmt.Sprintf("`%s` (%s)", s.Name, s.Why)
	}
	return mark(false, "Slack has not granted me "+strings.Join(lines, ", ")+". Put what is missing into the app's manifest (`cairn manifest` prints it) and install the app anew.")
}

// askRights bounds the question: the answer to a command must not wait for it.
const askRights = 700 * time.Millisecond
