package bot

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/bot/suggest"
	"cairn/prompts"
	"cairn/store"
)

// draft writes a short message around what is worth giving: "dana". With words
// of one's own after the name it reads those instead: "dana: We are proud …".
func (b *Bot) draft(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	if r.Text == "" {
		return chat.Say(fmt.Sprintf("Type to whom: `%s draft dana`. Or have your own words read: `%s draft dana: your message`.", b.slash("coach"), b.slash("coach"))), nil
	}
	// what stands before no colon is a name, all of it: a surname is no message
	name, own, colon := line.CutWho(r.Text)
	c, reply, err := b.find(ctx, r, name)
	if reply != nil && !colon && len(strings.Fields(name)) > 3 {
		*reply = chat.Say(fmt.Sprintf("Your own words stand behind a colon: `%s draft dana: your message`.", b.slash("coach")))
	}
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	if reply, err := b.leftAlone(ctx, r, c, "no draft"); err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	g, err := b.suggested(ctx, r, c)
	if err != nil {
		return chat.Reply{}, err
	}
	pick, ok := g.Now()
	if own = line.Unescape(own); own != "" {
		return b.readOwn(ctx, r, c, g, own)
	}
	if !ok {
		return chat.Say(fmt.Sprintf("*No draft for %s*\n%s", blockkit.Escape(c.Full()), giveLine(g, b.here(r)))), nil
	}
	return b.draftOf(ctx, r, c, g, pick, 0)
}

// leftAlone says of a contact who asked not to be contacted what there is none of; nil: they
// did not ask.
func (b *Bot) leftAlone(ctx context.Context, r *chat.Request, c store.Contact, none string) (*chat.Reply, error) {
	places, err := b.store.Places(ctx, r.TeamID, c.ID)
	if here, _ := placeOn(places, journey.Default); err != nil || !here.DoNotContact {
		return nil, err
	}
	reply := chat.Say(fmt.Sprintf("*%s* · %s", blockkit.Escape(c.Full()), leftAlone(none)))
	return &reply, nil
}

// pressDraft drafts around the pick on the screen.
func (b *Bot) pressDraft(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	p, err := b.pick(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	c, err := b.store.Contact(ctx, r.TeamID, p.suggestion.ContactID)
	if err != nil {
		return chat.Reply{}, err
	}
	reply, err := b.draftOf(ctx, r, c, p.suggestion, p.Pick, p.interaction)
	reply.Beside = true
	return reply, err
}

// draftOf shows the draft with its reading, and the button that says that it
// was sent.
func (b *Bot) draftOf(ctx context.Context, r *chat.Request, c store.Contact, g store.Suggestion, pick store.Pick, interaction int64) (chat.Reply, error) {
	past, err := b.pastOf(ctx, r, c, b.here(r))
	if err != nil {
		return chat.Reply{}, err
	}
	if here, _ := placeOn(past.Places, journey.Default); here.DoNotContact { // since the button was drawn
		return chat.Say(fmt.Sprintf("*%s* · %s", blockkit.Escape(c.Full()), leftAlone("no draft"))), nil
	}
	text, err := b.drafting(ctx, r, c, past, pick)
	if err != nil {
		return chat.Reply{}, err
	}
	if _, err := b.store.Judge(ctx, store.Verdict{TeamID: r.TeamID, SuggestionID: g.ID, ContentID: pick.ContentID, PersonID: r.PersonID, Verdict: "drafted"}); err != nil {
		return chat.Reply{}, err
	}
	head := fmt.Sprintf("*A draft for %s*%s: make it yours before you send it. I send nothing.", blockkit.Escape(c.Full()), b.notBefore(r, pick))
	b.draftLater(ctx, r, g.ID, pick.ContentID, interaction)
	return chat.Reply{Message: draftMessage(head, text, fmt.Sprintf("%d %d %d", g.ID, pick.ContentID, interaction)), About: c.ID}, nil
}

// notBefore tells of somebody who left the day, if it is to come, on which to come back: the
// draft is for that day.
func (b *Bot) notBefore(r *chat.Request, pick store.Pick) string {
	if pick.ReturnOn == nil || !english.IsAhead(*pick.ReturnOn, b.here(r)) {
		return ""
	}
	return " to send on " + pick.ReturnOn.Format("Monday 2 January 2006") + ", not before"
}

// drafting has the content team's wording make the message.
func (b *Bot) drafting(ctx context.Context, r *chat.Request, c store.Contact, past store.Past, pick store.Pick) (string, error) {
	shelf, err := b.shelves.now(ctx, r.TeamID)
	if err != nil {
		return "", err
	}
	vars, name := b.draftVars(r, c, past, shelf, pick)
	use, ok := b.live.Prompt(r.TeamID, name, r.PersonID, c.ID)
	if !ok {
		return "", fmt.Errorf("the wording %s is missing", name)
	}
	if err := inOneTongue(use.Prompt, vars); err != nil {
		return "", err
	}
	text, err := use.Prompt.RenderPlain(vars)
	if err != nil {
		return "", err
	}
	b.used(ctx, r.TeamID, r.PersonID, c.ID, use, "draft")
	return prompts.Linked(text, pick.URL), nil
}

// draftVars are the inputs of the draft for a contact and what is to be given to
// them, and the name of the wording in their language.
func (b *Bot) draftVars(r *chat.Request, c store.Contact, past store.Past, shelf coach.Shelf, pick store.Pick) (vars map[string]any, name string) {
	item, _ := shelf.Library.Item(pick.ContentID)
	here, _ := placeOn(past.Places, journey.Default)
	var sent []suggest.Item
	for _, h := range past.Ledger.Shares {
		if had, ok := shelf.Library.Item(h.ContentID); ok {
			sent = append(sent, had)
		}
	}
	item.Language = shelf.Library.Tongue(item.ID)
	code := draftLanguage(c, item, past.Recent, r.PersonID)
	gives := strings.TrimRight(item.Gives, ".")
	if code == suggest.UsualLanguage {
		gives = lowered(gives)
	}
	return map[string]any{"contact": addressed(c.Name, code), "quote": broughtUp(b.coach.For(r.TeamID), pick.Quotes, past.Recent, r.PersonID, first(c.Name), sent), "title": pick.Title,
		"gives": gives, "tongue": foreignIn(code, item.Language), "may_ask": mayAsk(past.Ledger, past.Places, b.here(r)) != "",
		"pass_on": item.PassOn, "at_exchange": cmp.Or(past.Ledger.Before, here.Stage) == "exchange", "step": theirStep(b.coach.For(r.TeamID).Open(c, past.Ledger.Steps, past.Recent, b.here(r)), r.PersonID, code)}, draftPromptIn(code)
}

// longestAddressed is how many characters a wording takes for whom it is written to.
const longestAddressed = 40

// addressed is how a draft speaks to somebody in a language: by the first name, but
// with "Sie" by the family name.
func addressed(name, code string) string {
	if formal := line.FormalName(name); code == "de" && utf8.RuneCountInString(formal) <= longestAddressed {
		return formal
	}
	return first(name)
}

// inOneTongue leaves the item's own sentence out where it is in another language
// than the wording around it: a message would be half in each.
func inOneTongue(wording *prompts.Prompt, vars map[string]any) error {
	around := maps.Clone(vars)
	around["gives"], around["quote"], around["step"], around["title"] = "", "", "", "-"
	text, err := wording.RenderPlain(around)
	if err != nil {
		return err
	}
	gives, _ := vars["gives"].(string)
	if own, says := suggest.LanguageOf(gives), suggest.LanguageOf(text); own != "" && says != "" && own != says {
		vars["gives"] = ""
	}
	return nil
}

// subject is the quote that tells most of a subject: the longest. One short
// word alone tells too little to begin a message with.
func subject(quotes []string) string {
	best := ""
	for _, q := range quotes {
		if len(q) > len(best) {
			best = q
		}
	}
	if len(best) < 5 {
		return ""
	}
	return best
}

// lowered lets a sentence stand within another: its first letter made small
// unless the word is in capitals.
func lowered(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'a' && s[1] <= 'z' {
		return string(s[0]+'a'-'A') + s[1:]
	}
	return s
}

// readOwn reads a message of the person's own, and offers another where it is
// more about us than about them.
func (b *Bot) readOwn(ctx context.Context, r *chat.Request, c store.Contact, g store.Suggestion, own string) (chat.Reply, error) {
	you, we := youWe(own)
	blocks := []slack.Block{blockkit.Section(fmt.Sprintf("*Your message to %s*: %s", blockkit.Escape(c.Full()), readingLine(own)))}
	if you < we || you == 0 {
		text := ""
		if pick, ok := g.Now(); ok {
			past, err := b.pastOf(ctx, r, c, b.here(r))
			if err != nil {
				return chat.Reply{}, err
			}
			if text, err = b.drafting(ctx, r, c, past, pick); err != nil {
				return chat.Reply{}, err
			}
			text = "Another way to say it, around what is worth giving now:\n```" + blockkit.Fenced(text) + "```"
			b.draftLater(ctx, r, g.ID, pick.ContentID, 0)
		} else {
			text = "Begin with what they told you, say what they get, and leave yourself for the end."
		}
		blocks = append(blocks, blockkit.Section(text))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(readingLine(own)), Blocks: blocks}}, nil
}
