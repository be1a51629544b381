package bot

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/store"
)

// roleRow is a role and what it may do.
type roleRow struct {
	role store.Role
	may  string
}

// roles are what an admin can give.
var roles = []roleRow{
	{store.Editor, "changes the wording, the journeys and the library"},
	{store.Manager, "sets up the digest and sees the team's sums"},
	{store.Admin, "does both, and gives roles"},
}

// role shows who has which role, or gives or takes one. Only admins may.
func (b *Bot) role(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	me, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	lead := ""
	if !me.Is(store.Admin) {
		claimed, err := b.claim(ctx, r)
		if err != nil {
			return chat.Reply{}, err
		}
		if !claimed {
			return b.notAdmin(ctx, r)
		}
		lead = "*You are the first admin now*: nobody was, and Slack knows you as an admin of this workspace.\n"
	}
	who, role, give, ok := splitRole(r.Text)
	if !ok && strings.TrimSpace(r.Text) != "" {
		return chat.Say(lead + b.roleNotUnderstood(r.Text)), nil
	}
	if !ok {
		return b.listRoles(ctx, r, lead)
	}
	id, err := b.personNamed(ctx, r.TeamID, who)
	if err != nil {
		return chat.Reply{}, err
	}
	switch {
	case id == "" && give:
		return chat.Reply{Modal: b.roleModal(role, fmt.Sprintf("%sI do not surely know who “%s” is. Choose them here.", lead, blockkit.Escape(blockkit.Truncate(line.Unescape(who), 60))))}, nil
	case id == "": // the form only gives
		return chat.Say(fmt.Sprintf("%sI do not surely know who “%s” is, so nothing was taken from anybody. Choose them from the list that Slack shows after an @: `%s role @eli not %s`.",
			lead, blockkit.Escape(blockkit.Truncate(line.Unescape(who), 60)), b.slash("coach"), role)), nil
	}
	reply, err := b.giveRole(ctx, r, id, role, give)
	if err == nil && lead != "" {
		reply = chat.Say(lead + reply.Message.Text)
	}
	return reply, err
}

// claim makes an admin of the Slack workspace the first admin here, where
// nobody is one. Slack does not tell a Socket Mode app who installed it; who may
// install is who is an admin there.
func (b *Bot) claim(ctx context.Context, r *chat.Request) (bool, error) {
	admins, err := b.store.Admins(ctx, r.TeamID)
	if err != nil || len(admins) > 0 {
		return false, err
	}
	ask, cancel := context.WithTimeout(ctx, askPatience)
	defer cancel()
	u, err := b.cfg.API.GetUserInfoContext(ask, r.PersonID)
	if err != nil {
		return false, fmt.Errorf("ask Slack who is an admin: %w", err)
	}
	if !u.IsAdmin && !u.IsOwner && !u.IsPrimaryOwner {
		return false, nil
	}
	return b.store.ClaimAdmin(ctx, r.TeamID, r.PersonID)
}

// nobodyIsAdmin tells how the first admin comes about.
func (b *Bot) nobodyIsAdmin(r *chat.Request) chat.Reply {
	return chat.Say(fmt.Sprintf("Nobody is an admin yet. An admin of this Slack workspace becomes the first one by typing `%s role`; or whoever runs me sets `CAIRN_ADMINS=%s` and starts me again.", b.slash("coach"), blockkit.Escape(r.PersonID)))
}

// notAdmin says who can help.
func (b *Bot) notAdmin(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	admins, err := b.store.Admins(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	if len(admins) == 0 {
		return b.nobodyIsAdmin(r), nil
	}
	names, err := b.names(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	var ask []string
	for _, id := range admins {
		ask = append(ask, blockkit.Escape(names.Of(id)))
	}
	return chat.Say("Roles are given by an admin. Ask " + strings.Join(ask, " or ") + "."), nil
}

var mention = regexp.MustCompile(`^<@([UW][A-Z0-9]+)(\|[^>]*)?>$`)

var slackID = regexp.MustCompile(`^[UW][A-Z0-9]{3,}$`)

// personNamed finds somebody of the team as typed: a mention, an id, a name, or
// a first name that only one person has; "" where that is nobody or several.
func (b *Bot) personNamed(ctx context.Context, team, typed string) (string, error) {
	if m := mention.FindStringSubmatch(typed); m != nil {
		return m[1], nil
	}
	if slackID.MatchString(typed) {
		return typed, nil
	}
	people, err := b.store.People(ctx, team)
	if err != nil {
		return "", err
	}
	key := line.Key(strings.TrimPrefix(typed, "@"))
	var found []string
	for _, p := range people {
		full := line.Key(p.Name)
		first, _, _ := strings.Cut(full, " ")
		if key != "" && (key == full || key == first) {
			found = append(found, p.ID)
		}
	}
	if len(found) != 1 {
		return "", nil
	}
	return found[0], nil
}

// lastAdmin says why the role is not taken from the last person who was given it. Who
// is an admin by a setting ceases to be one with it, so they do not count, and are told
// of.
func (b *Bot) lastAdmin(ctx context.Context, r *chat.Request, id string) (chat.Reply, error) {
	names, err := b.names(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	var set []string
	for _, other := range b.store.Appointed(r.TeamID) {
		if other != id {
			set = append(set, blockkit.Escape(names.Of(other)))
		}
	}
	if len(set) == 0 {
		return chat.Say("This is the only admin, and a team needs one. Make somebody else an admin first."), nil
	}
	return chat.Say(fmt.Sprintf("This is the only admin who was made one here, and a team needs one: of %s that holds only as long as the setting `CAIRN_ADMINS` says so. Make somebody else an admin first.", strings.Join(set, ", "))), nil
}

func (b *Bot) giveRole(ctx context.Context, r *chat.Request, id string, role store.Role, give bool) (chat.Reply, error) {
	changed, err := b.store.GiveRole(ctx, r.TeamID, id, role, give, r.PersonID)
	if errors.Is(err, store.ErrLastAdmin) {
		return b.lastAdmin(ctx, r, id)
	}
	if err != nil {
		return chat.Reply{}, err
	}
	names, err := b.names(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	if names[id] == "" {
		names[id] = b.slackName(ctx, id)
	}
	if role == store.Admin && !give && slices.Contains(b.store.Appointed(r.TeamID), id) {
		return chat.Say(fmt.Sprintf("*%s stays an admin* as long as `CAIRN_ADMINS`, a setting of whoever runs me, names them.", blockkit.Escape(names.Of(id)))), nil
	}
	if changed && id != r.PersonID {
		if err := b.tellRole(ctx, r, id, role, give, names); err != nil { // they have it all the same
			b.cfg.Log.Warn("who was given a role, or lost one, is not told", "team", r.TeamID, "person", id, "error", err)
		}
	}
	is := "is now"
	switch {
	case give && !changed:
		is = "was already"
	case !give && changed:
		is = "is no longer"
	case !give:
		is = "was not"
	}
	text := fmt.Sprintf("*%s %s %s.*", blockkit.Escape(names.Of(id)), is, withArticle(role))
	if at := slices.IndexFunc(roles, func(known roleRow) bool { return known.role == role }); give && at >= 0 {
		text += fmt.Sprintf(" Whoever has this role %s.", roles[at].may)
	}
	return chat.Say(text), nil
}

// tellRole tells somebody in private that they were given a role, or have it no longer.
func (b *Bot) tellRole(ctx context.Context, r *chat.Request, id string, role store.Role, give bool, names chat.Names) error {
	by := blockkit.Escape(names.Of(r.PersonID))
	text := fmt.Sprintf("*You are no longer %s*: %s took the role back. What you wrote and made live stays.", withArticle(role), by)
	if give {
		text = fmt.Sprintf("*You are now %s*: %s gave you the role.", withArticle(role), by)
		if at := slices.IndexFunc(roles, func(known roleRow) bool { return known.role == role }); at >= 0 {
			text += fmt.Sprintf(" Whoever has it %s. `%s help` tells how.", roles[at].may, b.slash("coach"))
		}
	}
	to := &chat.Request{Delivery: store.Delivery{TeamID: r.TeamID, PersonID: id}}
	return b.sendNow(ctx, to, chat.Say(text), "role:"+r.Kind+":"+r.Key)
}

// slackName is the name of somebody whom Cairn has not met; their id where
// Slack does not tell.
func (b *Bot) slackName(ctx context.Context, id string) string {
	ask, cancel := context.WithTimeout(ctx, askPatience)
	defer cancel()
	u, err := b.cfg.API.GetUserInfoContext(ask, id)
	switch {
	case err != nil:
		return id
	case u.RealName != "":
		return u.RealName
	}
	return u.Name
}

func withArticle(role store.Role) string {
	if role == store.Manager {
		return "a manager"
	}
	return "an " + string(role)
}

// listRoles shows who has which role.
func (b *Bot) listRoles(ctx context.Context, r *chat.Request, lead string) (chat.Reply, error) {
	people, err := b.store.People(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	lines := []string{lead + "*Who may what*"}
	for _, id := range b.store.Appointed(r.TeamID) {
		if !slices.ContainsFunc(people, func(p store.Person) bool { return p.ID == id }) { // not met yet
			people = append(people, store.Person{ID: id, Name: b.slackName(ctx, id), Roles: []store.Role{store.Admin}})
		}
	}
	for _, known := range roles {
		var have []string
		for _, p := range people {
			if slices.Contains(p.Roles, known.role) {
				have = append(have, blockkit.Escape(chat.NameOf(p)))
			}
		}
		text := "nobody yet"
		if len(have) > 0 {
			text = strings.Join(have, ", ")
		}
		lines = append(lines, fmt.Sprintf("%s (%s): %s", known.role, known.may, text))
	}
	lines = append(lines, fmt.Sprintf("Everybody logs and reads their own notes. Type `%s role @eli editor`, or `@eli not editor` to take it back.", b.slash("coach")))
	text := strings.Join(lines, "\n")
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(text), Blocks: []slack.Block{blockkit.Section(text), blockkit.Actions("roles", blockkit.Button("role", "Give a role", "form"))}}}, nil
}

// pressRole opens the form.
func (b *Bot) pressRole(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	me, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	if !me.Is(store.Admin) {
		return b.notAdmin(ctx, r)
	}
	return chat.Reply{Modal: b.roleModal(store.Editor, "")}, nil
}

// roleModal asks to whom which role is given; lead says why it is asked, where anything does.
func (b *Bot) roleModal(chosen store.Role, lead string) *slack.ModalViewRequest {
	people := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, blockkit.PlainText("choose"), "who")
	var options [][2]string
	for _, known := range roles {
		options = append(options, [2]string{string(known.role), string(known.role) + ": " + known.may})
	}
	blocks := []slack.Block{slack.NewInputBlock("who", blockkit.PlainText("To whom?"), nil, people), blockkit.SelectInput("role", "Which role?", options, string(chosen))}
	if lead != "" {
		blocks = slices.Insert(blocks, 0, blockkit.Section(lead))
	}
	return blockkit.Modal("role", "Give a role", "Give", "", blocks...)
}

func (b *Bot) submitRole(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	me, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	if !me.Is(store.Admin) {
		return b.notAdmin(ctx, r)
	}
	who, role := r.View.Values["who"], store.Role(r.View.Values["role"])
	if who == "" || role == "" {
		return chat.Reply{Errors: map[string]string{"who": "Choose a person and a role."}}, nil
	}
	return b.giveRole(ctx, r, who, role, true)
}

func (b *Bot) names(ctx context.Context, team string) (chat.Names, error) {
	people, err := b.store.People(ctx, team)
	if err != nil {
		return nil, err
	}
	return chat.NamesOf(people), nil
}
