package bot

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/line"
	"cairn/store"
)

// What people say in a direct message as they would say it to a colleague.
var (
	whoAsked   = regexp.MustCompile(`(?i)^who(?:m|['’]s)?\s(?:\w+\s){0,4}?(wait|waits|waiting|quiet|due|ready)\b[^:]*$`)
	giveAsked  = regexp.MustCompile(`(?i)^what\s(?:should|can|could|shall|do|may)\si\s(?:now\s)?(?:give|send|offer|share with)\s(?:to\s)?([^:?]{2,60}?)(?:\s(?:next|now|then|today))?\s*\??$`)
	doAsked    = regexp.MustCompile(`(?i)^(?:what(?:['’]s|\sis)\s(?:next|up)|what\s(?:should|can|shall|do)\si\sdo(?:\s(?:next|now|today))?)\s*\??$`)
	callAsked  = regexp.MustCompile(`(?i)^whom?\s(?:should|can|could|shall|must|do)\si\s(?:call|ring|phone|write(?:\sto)?|e?-?mail|message|contact|see|visit|(?:talk|speak)\s(?:to|with)|follow\sup\swith|chase|reach\sout\sto)(?:\s(?:next|now|first|today|tomorrow|this\sweek))?\s*\??$`)
	greeted    = regexp.MustCompile(`(?i)^(?:hi|hiya|hello|hey|good\s(?:morning|afternoon|evening)|morning|hallo|moin|servus|guten\s(?:morgen|tag|abend)|bonjour|salut|bonsoir|hola|buenos\sd[ií]as|buenas\stardes|ciao|buongiorno|salve|ol[aá]|oi|bom\sdia|boa\starde|hoi|goedemorgen|goedendag)(?:\s(?:there|all|again|cairn|coach))?(?:\s|[!.,👋]|:wave:)*$`)
	stopAsked  = regexp.MustCompile(`(?i)^(?:please\s)?(?:stop|unsubscribe|mute|leave\sme\salone|no\smore\s(?:morning\s)?messages|stop\s(?:it|this|that|please|(?:the|these|your)\s(?:morning\s)?messages|(?:writing|messaging|bothering)(?:\s(?:to\s)?me)?))[\s.!]*$`)
	eraseAsked = regexp.MustCompile(`(?i)^(?:please\s)?(?:delete|remove|erase)\s(?:the\s)?(?:contact\s)?([^\s:]+(?:\s[^\s:]+){0,3}?)[\s.!]*$`)
)

// meant is the command that answers a question in plain words, and what stands behind its
// verb; empty where none does.
func (b *Bot) meant(text string) (verb, rest string) {
	if m := whoAsked.FindStringSubmatch(text); m != nil && len(strings.Fields(text)) > 2 {
		list := strings.ToLower(m[1])
		if strings.HasPrefix(list, "wait") {
			list = store.Waiting
		}
		return "who", list
	}
	if m := giveAsked.FindStringSubmatch(text); m != nil {
		return "next", m[1]
	}
	if doAsked.MatchString(text) || callAsked.MatchString(text) {
		return "next", ""
	}
	return "", ""
}

// inPassing answers what is said by the way: a greeting, thanks, an "ok", or a wish that a
// command or a button fulfils. Nothing is kept of it, and nothing is looked up for it.
// false: it is none of these.
func (b *Bot) inPassing(text string) (chat.Reply, bool) {
	switch polite, thanks := line.Courtesy(text); {
	case thanks:
		return chat.Say("You are welcome."), true
	case polite:
		return chat.Say("Good. I am here when you have talked to somebody."), true
	}
	if greeted.MatchString(text) {
		reply := chat.Say("Hello. After a talk one line is enough: `Dana Ruiz, Acme: call, asked about the audit trail`. `help` lists what else you can type here.")
		reply.Message.Blocks = append(reply.Message.Blocks, blockkit.Actions("greeted", blockkit.Button("log", "Log a talk", "new")))
		return reply, true
	}
	if stopAsked.MatchString(text) {
		reply := chat.Say(fmt.Sprintf("I write to you unasked on workday mornings: `No morning messages` ends that. `%s away until 2 March` keeps me silent until then; `%[1]s forget` with a name erases a contact.", b.slash("coach")))
		reply.Message.Blocks = append(reply.Message.Blocks, blockkit.Actions("mornings", blockkit.Button("mornings_off", "No morning messages", "off")))
		return reply, true
	}
	if m := eraseAsked.FindStringSubmatch(text); m != nil {
		undo := fmt.Sprintf("`%s undo` takes back what you recorded last", b.slash("coach"))
		if named(m[1]) == "" {
			return chat.Say("Nothing was erased. " + undo + "."), true
		}
		name := blockkit.Escape(strings.ReplaceAll(line.Unescape(m[1]), "`", "'"))
		return chat.Say(fmt.Sprintf("Nothing was erased. `%s forget %s` erases a contact for good, and asks first; %s.", b.slash("coach"), name, undo)), true
	}
	return chat.Reply{}, false
}

// nameAlone answers a text that may be no more than a name: of who is known with the way to
// their card.
func (b *Bot) nameAlone(ctx context.Context, r *chat.Request, text string) (chat.Reply, error) {
	name := strings.TrimRight(blockkit.OneLine(text), ": ")
	c, _, err := b.findOwn(ctx, r, name)
	if err != nil {
		return chat.Reply{}, err
	}
	if c.ID != 0 {
		reply := chat.Say(fmt.Sprintf("*%s* is known. What happened goes behind a colon: `%s: call, asked for prices`. `next %[2]s` says what to give.",
			blockkit.Escape(c.Full()), blockkit.Escape(blockkit.Truncate(c.Name, 60))))
		reply.Message.Blocks = append(reply.Message.Blocks, blockkit.Actions("known", blockkit.Button("card", "Card", fmt.Sprint(c.ID))))
		return reply, nil
	}
	return chat.Say(fmt.Sprintf("If “%s” is a name, say what happened behind a colon: `%s: call, asked for prices`. `help` lists what else you can type here.",
		blockkit.Escape(blockkit.Truncate(blockkit.OneLine(text), 60)), blockkit.Escape(blockkit.Truncate(name, 60)))), nil
}
