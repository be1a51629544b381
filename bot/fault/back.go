package fault

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"cairn/bot/bench"
	"cairn/bot/line"
	"cairn/bot/slacksim"
)

// longest is what Slack takes as one message of a person's.
const longest = 40_000

// givenBack types the longest lines there are while the database is away, and
// puts together what comes back.
func givenBack(ctx context.Context, h *House) (string, error) {
	if _, err := h.ready(ctx); err != nil {
		return "", err
	}
	if err := h.proxy.swallow(); err != nil {
		return "", err
	}
	most, lines := 0, 0
	for i, letters := range []string{"abcdefgh ", "<&>*_`~\"\\", "שלום 🚀 é", "abcdefgh ", "<&>*_`~\"\\", "שלום 🚀 é"} {
		// what is longer than a note may be is refused by name, and comes back too
		text := "Dana Ruiz, Acme: " + scribble([]rune(letters), []int{longest, line.MaxChars}[i%2]-17)
		lines++
		u := h.User(bench.Rep(i))
		parts, err := h.typedAway(ctx, u, text)
		if err != nil {
			return "", err
		}
		got := strings.Join(parts, "")
		if got != "/log "+text {
			return "", fmt.Errorf("of %d bytes that were typed %d came back, in %d parts", len(text), len(got), len(parts))
		}
		most = max(most, len(parts))
	}
	// response_url gives out: the rest comes as direct messages
	h.Faults().Fail(slacksim.ResponseURL, "used_url", -1)
	text := "Dana Ruiz, Acme: " + scribble([]rune("abcdefgh "), longest-17)
	parts, err := h.typedAway(ctx, h.User(bench.Rep(9)), text)
	if err != nil {
		return "", err
	}
	if got := strings.Join(parts, ""); got != "/log "+text {
		return "", fmt.Errorf("with response_url used up %d bytes of %d came back", len(got), len(text))
	}
	if v := h.Violations(); len(v) > 0 {
		return "", fmt.Errorf("Slack would have refused: %+v", v[0])
	}
	h.proxy.heal(ctx)
	h.Faults().Clear()
	return fmt.Sprintf("%d lines of up to %d characters came back whole, in at most %d messages; slowest answer %v", lines+1, longest, most, h.Ledger.Slowest.Round(time.Millisecond)), nil
}

// slackEscapes is what Slack does to a text before an app sees it.
var slackEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// typedAway types a line and gathers what is given back of it.
func (h *House) typedAway(ctx context.Context, u *slacksim.User, text string) ([]string, error) {
	before := len(u.Messages(u.DMChannel()))
	begun := time.Now()
	reply, err := u.Slash(ctx, u.DMChannel(), "/log", slackEscapes.Replace(text))
	h.Ledger.add(-1, time.Since(begun), reply, err)
	said := ""
	if reply != nil && reply.Message != nil {
		said = slacksim.Text(*reply.Message)
	}
	if err != nil || !strings.Contains(said, "NOT saved") && !strings.Contains(said, "characters") {
		return nil, fmt.Errorf("the answer does not say NOT saved: %v %.300s", err, said)
	}
	var parts []string
	_, err = h.within(ctx, 20*time.Second, "all that was typed", func() bool {
		parts = nil
		total := 0
		for _, m := range u.Messages(u.DMChannel())[before:] {
			for _, b := range m.Blocks {
				if b["type"] == "rich_text" {
					part := verbatim(b)
					parts, total = append(parts, part), total+len(part)
				}
			}
		}
		return total >= len("/log "+text)
	})
	return parts, err
}

// verbatim is the text of a preformatted block, letter by letter.
func verbatim(b slacksim.Block) string {
	var out strings.Builder
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if s, ok := v["text"].(string); ok {
				out.WriteString(s)
			}
			walk(v["elements"])
		case []any:
			for _, e := range v {
				walk(e)
			}
		}
	}
	walk(b["elements"])
	return out.String()
}

func scribble(letters []rune, n int) string {
	var b strings.Builder
	for range n - 1 {
		b.WriteRune(letters[rand.IntN(len(letters))])
	}
	return strings.Join(strings.Fields(b.String()), " ") + "."
}
