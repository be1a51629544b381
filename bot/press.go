package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/librarian"
	"cairn/bot/suggest"
	"cairn/bot/weekly"
	"cairn/store"
)

// action is what a button does. What follows a colon in an action's id only
// keeps ids apart within one block.
type action func(b *Bot, ctx context.Context, r *chat.Request) (chat.Reply, error)

func actions() map[string]action {
	return map[string]action{
		"sent":        (*Bot).pressSent,
		"another":     (*Bot).pressAnother,
		"not_useful":  (*Bot).pressNotUseful,
		"useless":     (*Bot).pressReason,
		"stage":       (*Bot).pressStage,
		"stage_of":    (*Bot).pressStageOf,
		"undo":        (*Bot).pressUndo,
		"ungive":      (*Bot).pressUngive,
		"which":       (*Bot).pressWhich,
		"whom":        (*Bot).pressWhom,
		"beside":      (*Bot).pressBeside,
		"anew":        (*Bot).pressAnew,
		"bring":       (*Bot).pressBring,
		"unbring":     (*Bot).pressUnbring,
		"sent_which":  (*Bot).pressSentWhich,
		"firm":        func(b *Bot, ctx context.Context, r *chat.Request) (chat.Reply, error) { return b.chosen(ctx, r, false) }, // unknown to the version before
		"choose":      func(b *Bot, ctx context.Context, r *chat.Request) (chat.Reply, error) { return b.chosen(ctx, r, false) },
		"repeat":      func(b *Bot, ctx context.Context, r *chat.Request) (chat.Reply, error) { return b.chosen(ctx, r, true) },
		"card":        (*Bot).pressCard,
		"digest_post": atBoard((*weekly.Board).PressPost),
		"digest_open": atBoard((*weekly.Board).PressOpen),
		"who":         (*Bot).pressWho,
		"who_csv":     (*Bot).pressWhoCSV,
		"home_fresh":  (*Bot).pressHomeFresh,
		"home_done":   (*Bot).pressHomeDone,
		"home_give":   (*Bot).pressHomeGive,
		"home_ask":    (*Bot).pressHomeAsk,

		"draft":        (*Bot).pressDraft,
		"sent_morning": (*Bot).pressSentMorning,
		"ask_morning":  (*Bot).pressAskMorning,
		"done_morning": (*Bot).pressDoneMorning,
		"mornings_on":  (*Bot).pressMornings,
		"mornings_off": (*Bot).pressMornings,

		"content_more":   atLibrary((*librarian.Desk).More),
		"content_edit":   atLibrary((*librarian.Desk).PressEdit),
		"content_retire": atLibrary((*librarian.Desk).PressRetire),
		"content_back":   atLibrary((*librarian.Desk).PutBack),
		"content_log":    atLibrary((*librarian.Desk).PressLog),
		"score_more":     atLibrary((*librarian.Desk).MoreScores),
		"gaps_more":      atLibrary((*librarian.Desk).MoreGaps),

		"prompt": (*Bot).pressPrompt,
		"forget": (*Bot).pressForget,
		"role":   (*Bot).pressRole,

		"log": func(b *Bot, ctx context.Context, r *chat.Request) (chat.Reply, error) {
			r.Text = ""
			return b.log(ctx, r)
		},
	}
}

// pressed runs the button's action.
func (b *Bot) pressed(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	name, _, _ := strings.Cut(r.Action.ID, ":")
	run, ok := b.actions[name]
	if !ok {
		// links and menus inside a form are acked and do nothing by themselves
		return chat.Reply{}, nil
	}
	return run(b, ctx, r)
}

// pressSent records the pick on the screen as given.
func (b *Bot) pressSent(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	p, err := b.pick(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	fresh, err := b.store.AddShare(ctx, r.TeamID, p.suggestion.ContactID, store.Share{ContentID: p.ContentID, Title: p.Title,
		CanonicalURL: canonical(p.URL), PersonID: r.PersonID, Stage: p.suggestion.Stage, Via: "button", SuggestionID: p.suggestion.ID, At: b.cfg.Now()})
	if err != nil {
		return chat.Reply{}, err
	}
	lead := fmt.Sprintf("*Given: %s*", blockkit.Escape(p.Title))
	if !fresh {
		lead = fmt.Sprintf("*Given already: %s*", blockkit.Escape(p.Title))
	}
	reply := b.stands(r, lead+".", func() (chat.Reply, error) { return b.afterSent(ctx, r, p, lead, fresh) })
	// of three people on one message, the other two stay on the screen
	reply.Beside = strings.HasSuffix(r.Action.ID, ":three")
	return reply, nil
}

// afterSent draws again what the pick stood on; fresh: it was given just now. Pressed
// twice, the second answer may stand in the place of the first: it can be taken back there too,
// and what was given otherwise, by a note say, not.
func (b *Bot) afterSent(ctx context.Context, r *chat.Request, p picked, lead string, fresh bool) (chat.Reply, error) {
	theirs := fresh
	if !theirs {
		ledger, err := b.store.Ledger(ctx, r.TeamID, p.suggestion.ContactID)
		if err != nil {
			return chat.Reply{}, err
		}
		theirs = slices.ContainsFunc(ledger.Shares, func(h store.Share) bool {
			return h.ContentID == p.ContentID && h.PersonID == r.PersonID && h.SuggestionID == p.suggestion.ID
		})
	}
	if p.interaction == 0 {
		reply, err := b.suggestionOf(ctx, r, p.suggestion.ID, lead)
		if err == nil && theirs {
			reply.Message.Blocks = append(reply.Message.Blocks, blockkit.Actions("given", ungiveButton(p.suggestion.ContactID, p.ContentID, 0)))
		}
		return reply, err
	}
	// what is to be given next is not named beside what just was, and so not kept
	rec, err := b.receipt(ctx, r, p.interaction, func(ctx context.Context, r *chat.Request, c store.Contact) (store.Suggestion, error) {
		return b.lastOrNew(ctx, r, c)
	})
	if err != nil {
		return chat.Reply{}, err
	}
	rec.Lead, rec.Sent = lead, true
	if theirs {
		rec.Unsend = p.ContentID
	}
	return chat.Reply{Message: b.draw(rec), About: rec.Contact.ID}, nil
}

// pressAnother shows the next pick.
func (b *Bot) pressAnother(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	return b.judge(ctx, r, "another", "")
}

// pressNotUseful asks for one of four reasons, on the receipt itself, so that
// the answer takes the place of both.
func (b *Bot) pressNotUseful(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	p, err := b.pick(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	reply, err := b.shown(ctx, r, p)
	if err != nil {
		return chat.Reply{}, err
	}
	text := fmt.Sprintf("*Why is “%s” not useful?* It is remembered for this contact.", blockkit.Escape(p.Title))
	reply.Message.Text = blockkit.Fallback(text)
	reply.Message.Blocks = append(reply.Message.Blocks, blockkit.Section(text), reasonsMenu(r.Action.Value))
	return reply, nil
}

// shown draws what a pick stands on: its receipt, or the suggestion alone.
func (b *Bot) shown(ctx context.Context, r *chat.Request, p picked) (chat.Reply, error) {
	if p.interaction != 0 {
		return b.receiptOf(ctx, r, p.interaction, "")
	}
	return b.suggestionOf(ctx, r, p.suggestion.ID, "")
}

func (b *Bot) pressReason(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	_, reason, _ := strings.Cut(r.Action.ID, ":")
	if !slices.Contains(suggest.RefusalReasons(), suggest.RefusalReason(reason)) {
		return chat.Reply{}, chat.ErrValue
	}
	p, err := b.pick(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	reply, err := b.judge(ctx, r, "not_useful", reason)
	if err == nil && reply.Message != nil {
		noted := blockkit.Context(fmt.Sprintf("Noted of “%s”: %s", blockkit.Escape(p.Title), reasonSaid[suggest.RefusalReason(reason)]))
		reply.Message.Blocks = slices.Insert(reply.Message.Blocks, 1, noted)
	}
	return reply, err
}

// reasonSaid says what follows from a reason.
var reasonSaid = map[suggest.RefusalReason]string{
	suggest.NotForThem: "not for them. I name it for this contact no more, and its like later.",
	suggest.NotNow:     "not now. It rests for a month.",
	suggest.HasIt:      "they have it. I name it for them no more.",
	suggest.NotGood:    "outdated or weak. I name it for this contact no more; the content team sees it in the scorecard.",
}

// judge keeps what was said about the pick on the screen and shows the next.
// Pressed a second time, it shows what stands.
func (b *Bot) judge(ctx context.Context, r *chat.Request, verdict, reason string) (chat.Reply, error) {
	p, err := b.pick(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	fresh, err := b.store.Judge(ctx, store.Verdict{TeamID: r.TeamID, SuggestionID: p.suggestion.ID, ContentID: p.ContentID,
		PersonID: r.PersonID, Verdict: verdict, Reason: reason})
	if err != nil {
		return chat.Reply{}, err
	}
	return b.stands(r, "*Noted.*", func() (chat.Reply, error) {
		if shown, ok := p.suggestion.Now(); fresh && ok && shown.ContentID == p.ContentID {
			if err := b.noteSpent(ctx, r, p.suggestion.ID); err != nil {
				return chat.Reply{}, err
			}
		}
		return b.shown(ctx, r, p)
	}), nil
}

// picked is a button's pick with the suggestion that it belongs to.
type picked struct {
	store.Pick
	suggestion  store.Suggestion
	interaction int64
}

func (b *Bot) pick(ctx context.Context, r *chat.Request) (picked, error) {
	ids, err := chat.Numbers(r.Action.Value, 3)
	if err != nil {
		return picked{}, err
	}
	g, err := b.store.Suggestion(ctx, r.TeamID, r.PersonID, ids[0])
	if err != nil {
		return picked{}, err
	}
	if ids[2] != 0 {
		if i, err := b.store.Interaction(ctx, r.TeamID, r.PersonID, ids[2]); err != nil {
			return picked{}, err
		} else if i.Undone {
			if _, err := b.noted(ctx, r, ids[2]); err != nil { // unless another row stands in its place
				return picked{}, err
			}
		}
	}
	for _, p := range g.Picks {
		if p.ContentID == ids[1] {
			return picked{Pick: p, suggestion: g, interaction: ids[2]}, nil
		}
	}
	return picked{}, store.ErrNotFound
}

// reread is a delivery from the inbox as the request that it was.
func reread(in store.Received, by *chat.Request) *chat.Request {
	r := &chat.Request{Delivery: by.Delivery}
	r.Payload, r.At = in.Payload, in.At
	switch in.Kind {
	case chat.KindCommand:
		var c slack.SlashCommand
		if json.Unmarshal(in.Payload, &c) == nil {
			r.ReadCommand(c)
			stripVerb(r)
		}
	case chat.KindEvent:
		r.ReadEvent()
		stripVerb(r)
	default:
		var c slack.InteractionCallback
		if json.Unmarshal(in.Payload, &c) == nil {
			r.ReadInteraction(c)
		}
	}
	r.TeamID, r.PersonID = by.TeamID, by.PersonID
	return r
}

// stripVerb takes a "log" off the start, as /coach log and a direct message
// have it.
func stripVerb(r *chat.Request) {
	verb, rest, ok := strings.Cut(strings.TrimSpace(r.Text), " ")
	if ok && strings.EqualFold(verb, "log") && !strings.HasSuffix(r.Command, "log") {
		r.Text = rest
	}
}

func twoIDs(value string) (int64, int64, error) {
	ids, err := chat.Numbers(value, 2)
	if err != nil {
		return 0, 0, err
	}
	return ids[0], ids[1], nil
}
