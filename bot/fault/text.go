package fault

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"time"

	"cairn/bot/bench"
	"cairn/bot/llm/llmtest"
	"cairn/bot/slacksim"
)

// hostile are texts as they come: none may break anything, and each is stored
// letter by letter or refused by name.
func hostile() []string {
	return []string{"<!channel> <!here> <@U0REP01> <#C0DIGEST00> @channel", "'; drop table interactions; --", "%s %d %!v(MISSING) {{.}}", "שלום עולם, asked for a quote",
		"مرحبا \u202eevil\u202c", "🚀👩\u200d👩\u200d👧\u200d👦🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "zero\u200bwidth\u200d\ufeff", "NUL \x00 here", "tab\tand\rreturn\n\nlines", "bad \xff\xfe utf8", "`code` *bold* _it_ ~no~ ```fence```",
		"<https://evil.example|click>", "&amp;lt;script&amp;gt;", "=HYPERLINK(\"http://evil\")", "+1-2", "-- comment /* x */", "\u2028\u2029", strings.Repeat("e\u0301", 300), strings.Repeat("a", 39_000),
		strings.Repeat("🚀", 9_000), "../../etc/passwd", "${jndi:ldap://x}", "\\u0000 \\x00", "ＦＵＬＬ ｗｉｄｔｈ", "\u200f\u200f\u200f", "a" + strings.Repeat("\u0300", 2000)}
}

func hostileTexts(ctx context.Context, h *House) (string, error) {
	if _, err := h.ready(ctx); err != nil {
		return "", err
	}
	kept, refused := 0, 0
	for i, text := range hostile() {
		for _, line := range []string{"Dana Ruiz, Acme: " + text, fmt.Sprintf("%s: asked for the price (%d)", text, i), text} {
			line = slackEscapes.Replace(line)
			begun := time.Now()
			u := h.User(bench.Rep(i))
			reply, err := u.Slash(ctx, u.DMChannel(), "/log", line)
			if err == nil && reply.Failed == "" && reply.Message == nil && u.Modal() != nil {
				refused++ // a form asks who it was
				continue
			}
			if err != nil || reply.Failed != "" || reply.Message == nil {
				return "", fmt.Errorf("text %d: no answer: %v %+v", i, err, reply)
			}
			if took := time.Since(begun); took > Promised && h.Scale.Patient {
				return "", fmt.Errorf("text %d: an answer took %v", i, took)
			}
			n := bench.Number(reply)
			if n == 0 {
				refused++
				continue
			}
			kept++
			if !strings.HasPrefix(line, "Dana Ruiz, Acme: ") {
				continue
			}
			var note string
			if err := h.Direct.QueryRow(ctx, `select note from interactions where id = $1`, n).Scan(&note); err != nil {
				return "", err
			}
			if want := string([]rune(strings.TrimSpace(text))); i > 0 && squeezed(note) != squeezed(want) && !strings.Contains(want, "<") {
				return "", fmt.Errorf("text %d is stored as %q", i, note)
			}
		}
	}
	if m := h.Mentions(); len(m) > 0 {
		return "", fmt.Errorf("somebody was called: %+v", m[0])
	}
	if v := h.Violations(); len(v) > 0 {
		return "", fmt.Errorf("Slack would have refused: %+v", v[0])
	}
	if kept < 20 || refused == 0 {
		return "", fmt.Errorf("%d kept and %d refused: the texts try nothing", kept, refused)
	}
	return fmt.Sprintf("%d texts stored, %d refused by name; nobody called", kept, refused), nil
}

// squeezed leaves the kinds of white space out of account.
func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

// twoTeams lets two workspaces share one database: the same people's ids, the
// same contacts, and nothing of one seen in the other.
func twoTeams(ctx context.Context, h *House) (string, error) {
	other, err := h.world("T0OTHER")
	if err != nil {
		return "", err
	}
	h.stops = append(h.stops, other.Close)
	for _, w := range []*bench.World{h.World, other} {
		if _, err := h.serve(ctx, w, 1, ""); err != nil {
			return "", err
		}
	}
	asked := 0
	canary := []string{"asked about the zebra", "asked about the walrus"}
	for i, w := range []*bench.World{h.World, other} {
		for n := range 10 {
			u := w.User(bench.Rep(n))
			reply, err := u.Slash(ctx, u.DMChannel(), "/log", fmt.Sprintf("Dana Ruiz, Acme: call, %s (note %d)", canary[i], i*100+n))
			if err != nil || bench.Number(reply) == 0 {
				return "", fmt.Errorf("no receipt: %v %+v", err, reply)
			}
		}
	}
	for i, w := range []*bench.World{h.World, other} {
		for n := range 10 {
			u := w.User(bench.Rep(n))
			for _, text := range []string{"card dana", "card dana why", "who", "prep dana", "next dana", "role", "digest list", "content"} {
				reply, err := u.Slash(ctx, u.DMChannel(), "/coach", text)
				if err != nil || reply.Failed != "" {
					return "", fmt.Errorf("%s: no answer: %v", text, err)
				}
				asked++
				if reply.Message != nil && strings.Contains(slacksim.Text(*reply.Message), canary[1-i][len("asked about "):]) {
					return "", fmt.Errorf("%s shows what stands in the other workspace", text)
				}
			}
		}
	}
	var mixed int
	if err := h.Direct.QueryRow(ctx, `select count(*) from interactions i join contacts c on c.id = i.contact_id where i.team_id <> c.team_id`).Scan(&mixed); err != nil {
		return "", err
	}
	if mixed > 0 {
		return "", fmt.Errorf("%d notes stand with another workspace's contact", mixed)
	}
	return fmt.Sprintf("%d questions in two workspaces of equal ids: nothing of the other seen", asked), nil
}

// failingModel lets the model fail in every way while people type.
func failingModel(ctx context.Context, h *House) (string, error) {
	faults := llmtest.Faults()
	faults["unknown signal"] = llmtest.Says(`{"signals":[{"signal":"loves_us","quote":"call"}],"content_id":999999}`)
	model, end := llmtest.Start(func(llmtest.Call) llmtest.Reply { return llmtest.Reply{Status: 500} })
	defer end()
	if _, err := h.serve(ctx, h.World, 2, model.URL); err != nil {
		return "", err
	}
	if err := h.stock(ctx, bench.Team); err != nil {
		return "", err
	}
	if err := h.warm(ctx); err != nil {
		return "", err
	}
	for _, fault := range faults {
		model.Script(func(llmtest.Call) llmtest.Reply { return fault })
		stop := h.load(ctx, 20)
		time.Sleep(h.Scale.Span / 3)
		stop()
	}
	// a machine that has too much to do may say NOT saved; the model may not be why
	if l := h.Ledger; l.Unanswered+l.Unsure > 0 || l.Unsaved > l.Receipts/20 {
		return h.sum(), fmt.Errorf("too few lines got a receipt")
	}
	var unknown, fromModel int
	err := h.Direct.QueryRow(ctx, `select (select count(*) from suggestions s, jsonb_array_elements(s.picks) p
			where not exists (select from content c where c.id = (p->>'content_id')::bigint and c.team_id = s.team_id)),
		(select count(*) from signals where origin = 'model')`).Scan(&unknown, &fromModel)
	if err == nil && unknown+fromModel > 0 {
		err = fmt.Errorf("%d suggestions of unknown content, %d signals from a model that fails", unknown, fromModel)
	}
	return fmt.Sprintf("%d ways to fail, %d calls: %s; 0 unknown ids", len(faults), len(model.Calls()), h.sum()), err
}

// secrets are what no log may hold.
var secrets = []string{"Canariensis", "Wolperdinger", "xyzzyplugh", "sk-canary-key", bench.AppToken, bench.BotToken}

// quietLogs lets everything go wrong at once under the most talkative logs,
// panics included, and looks in them for what people typed and for secrets.
func quietLogs(ctx context.Context, h *House, binary string) (string, error) {
	model, end := llmtest.Start(func(llmtest.Call) llmtest.Reply { return llmtest.Says("xyzzyplugh {") })
	defer end()
	var log logged
	vars := []string{"CAIRN_LOG=debug", "OPENAI_BASE_URL=" + model.URL, "OPENAI_API_KEY=sk-canary-key", "DATABASE_URL=" + h.Proxied}
	for _, failpoint := range []string{"before-commit!:4", "posting-message!:1", "posted-dm!:1", ""} {
		c := h.child(ctx, binary, failpoint, vars...)
		c.Stderr, c.Stdout = &log, &log
		if err := c.Start(); err != nil {
			return "", err
		}
		if err := h.talk(ctx, c); err != nil {
			return "", err
		}
	}
	text := log.String()
	for _, s := range secrets {
		if at := strings.Index(text, s); at >= 0 {
			return "", fmt.Errorf("a log line holds %q: %.200q", s, text[max(0, at-120):])
		}
	}
	panics := strings.Count(text, "panic")
	if lines := strings.Count(text, "\n"); lines < 50 || panics == 0 {
		return "", fmt.Errorf("%d lines with %d panics: too few to tell anything by", lines, panics)
	}
	return fmt.Sprintf("%d lines of debug logs with %d panics: 0 hits", strings.Count(text, "\n"), panics), nil
}

// talk lets people type while the database goes, Slack fails and tokens are
// refused, and ends the bot.
func (h *House) talk(ctx context.Context, c *exec.Cmd) error {
	defer endChild(c)
	wait, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := h.WaitSockets(wait, 1); err != nil {
		return err
	}
	u := h.User(bench.Rep(3))
	say := func(n int) {
		for i := range n {
			// what is answered is another run's business
			_, _ = u.Slash(ctx, u.DMChannel(), "/log", fmt.Sprintf("Canariensis Bird, Wolperdinger: call, said xyzzyplugh, will pay on Friday %d", i))
			_, _ = u.Slash(ctx, u.DMChannel(), "/coach", "card canariensis xyzzyplugh")
			_, _ = u.Say(u.DMChannel(), "Canariensis Bird, Wolperdinger: said xyzzyplugh")
		}
	}
	say(6)
	h.Faults().FailHTTP("chat.postMessage", 500, 2)
	h.Faults().Fail("chat.postMessage", "internal_error", 2)
	h.Faults().Fail(slacksim.ResponseURL, "no_such_thing", 2)
	say(3)
	if err := h.proxy.swallow(); err != nil {
		return err
	}
	say(1)
	h.proxy.heal(ctx)
	_ = h.Faults().SendRaw(`{"envelope_id":"x","type":"slash_commands","payload":{"text":["xyzzyplugh"]}}`)
	h.Faults().RefuseTokens("token_revoked")
	h.Faults().DropSockets()
	time.Sleep(time.Second)
	h.Faults().RefuseTokens("")
	h.Faults().Clear()
	return nil
}

// logged is a buffer that a process writes while it is read.
type logged struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}
