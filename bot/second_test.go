package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"cairn/bot"
	"cairn/bot/llm"
	"cairn/bot/llm/llmtest"
	"cairn/bot/observe"
	"cairn/bot/observe/model"
	"cairn/bot/slacksim"
)

// second is the model of the office; nil where it has none.
func (o *office) second(t testing.TB, builtIn *observe.Reader) *bot.Second {
	t.Helper()
	if o.model == nil {
		return nil
	}
	client := llm.New(llm.Config{BaseURL: o.model.URL, Key: "k", Model: "small", Timeout: time.Second, Ledger: o.store, Cache: o.store,
		Caps: llm.Caps{Tokens: 1_000_000}, Now: o.clock.now})
	r, err := model.New(client, builtIn)
	if err != nil {
		t.Fatal(err)
	}
	return &bot.Second{Reader: r, Asker: client}
}

// officeFor gives the office of a conversation a model where it speaks of one.
func officeFor(t testing.TB, conversation string) *office {
	t.Helper()
	if !strings.Contains(conversation, "\nmodel ") {
		return open(t)
	}
	return openWith(t, llmtest.New(t, func(llmtest.Call) llmtest.Reply { return llmtest.Says(`{"signals":[]}`) }))
}

// tellModel scripts the model, waits until it has read, or counts what it was asked.
func (s *script) tellModel(ctx context.Context, text string) {
	s.t.Helper()
	if text == "has read" {
		s.o.hasRead(ctx, s.t)
		s.settle(ctx)
		return
	}
	if rest, ok := strings.CutPrefix(text, "was asked "); ok {
		n, before := len(s.o.model.Calls()), s.asked
		s.asked = n
		if got := fmt.Sprintf("%d times", n-before); got != rest {
			var asked strings.Builder
			for _, c := range s.o.model.Calls()[before:] {
				fmt.Fprintf(&asked, "\n%.60q … %.200q", c.System, c.User)
			}
			s.fatal("the model was asked %s:%s", got, asked.String())
		}
		return
	}
	words, rest, only := strings.Cut(strings.TrimPrefix(text, "told “"), "” ")
	if only = only && strings.HasPrefix(text, "told “"); !only {
		rest = text
	}
	reply, otherwise := s.modelReply(rest), s.answers
	s.answers = func(c llmtest.Call) llmtest.Reply {
		if only && !strings.Contains(c.System+c.User, words) && otherwise != nil {
			return otherwise(c)
		}
		return reply
	}
	s.o.model.Script(s.answers)
}

// modelReply is what a model does that "writes Hi CONTACT_1, …", say.
func (s *script) modelReply(text string) llmtest.Reply {
	s.t.Helper()
	verb, rest, _ := strings.Cut(text, " ")
	var said any
	switch verb {
	case "answers":
		return llmtest.Says(answerOf(rest))
	case "writes":
		said = map[string]string{"message": strings.ReplaceAll(rest, `\n`, "\n")}
	case "asks":
		said = map[string][]string{"questions": strings.Split(rest, " | ")}
	case "says":
		said = map[string]string{"line": rest}
	case "fails":
		fault, ok := llmtest.Faults()[rest]
		if !ok {
			s.fatal("a model does not fail by %q", rest)
		}
		return fault
	default:
		s.fatal("a model cannot %q", verb)
	}
	raw, _ := json.Marshal(said) // plain data
	return llmtest.Says(string(raw))
}

// answerOf writes `replied “thanks”; revenue “signed”` as a model answers.
func answerOf(text string) string {
	type one struct {
		Signal string `json:"signal"`
		Quote  string `json:"quote"`
	}
	list := []one{}
	if text == "nothing" {
		return `{"signals":[]}`
	}
	for part := range strings.SplitSeq(text, ";") {
		signal, quote, _ := strings.Cut(strings.TrimSpace(part), " ")
		list = append(list, one{signal, strings.Trim(quote, "“”")})
	}
	raw, _ := json.Marshal(map[string]any{"signals": list}) // plain data
	return string(raw)
}

// hasRead waits until no line waits for its second reading, or all that wait
// do so because the model failed.
func (o *office) hasRead(ctx context.Context, t testing.TB) {
	t.Helper()
	for {
		var left int
		err := o.store.Pool().QueryRow(ctx, `select count(*) from river_job where state in ('available', 'running', 'pending')`).Scan(&left)
		if err == nil && left == 0 {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("the model has not read: %d left, %v", left, err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// However the model fails, every command is answered as without it, and
// nothing moves afterwards.
func TestAFailingModel(t *testing.T) {
	const note = "Dana Ruiz, Acme: call, asked about the audit trail, will ask IT by Friday"
	want := strings.ReplaceAll(open(t).types(t, maya, "/log", note), "#1", "#")
	faults := llmtest.Faults()
	faults["an unknown signal"] = llmtest.Says(`{"signals":[{"signal":"loves_us","quote":"call"}]}`)
	faults["a quote of another note"] = llmtest.Says(`{"signals":[{"signal":"revenue","quote":"paid in full"}]}`)
	faults["a link in the answer"] = llmtest.Says(`{"signals":[{"signal":"revenue","quote":"call","url":"https://evil.example"}]}`)
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := openWith(t, llmtest.New(t, func(llmtest.Call) llmtest.Reply { return fault }))
			if got := strings.ReplaceAll(o.types(t, maya, "/log", note), "#1", "#"); got != want {
				t.Errorf("answered\n%s\nand without a model\n%s", got, want)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			o.hasRead(ctx, t)
			if n := len(o.User(maya).Messages(o.User(maya).DMChannel())); n != 1 {
				t.Errorf("maya sees %d messages", n)
			}
			var others int
			if err := o.store.Pool().QueryRow(t.Context(), `select count(*) from signals where origin <> 'built-in' or not holds`).Scan(&others); err != nil || others != 0 {
				t.Errorf("%d signals are not the first reading's (%v)", others, err)
			}
			if len(o.model.Calls()) == 0 {
				t.Error("the model was not asked")
			}
		})
	}
}

// A model that contradicts sure readings loses its word, and what was taken
// from it is taken back.
func TestAModelThatGoesWrong(t *testing.T) {
	o := openWith(t, llmtest.New(t, func(c llmtest.Call) llmtest.Reply {
		if strings.Contains(c.User, "hm, no idea") {
			return llmtest.Says(`{"signals":[{"signal":"verbal_yes","quote":"no idea"},{"signal":"referral","quote":"idea"}]}`)
		}
		return llmtest.Says(`{"signals":[{"signal":"joined_us","quote":"contract"}]}`)
	}))
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	// whose reading of Lee's note holds, and how many referrals stand
	lee := func() (origin string, referrals int) {
		t.Helper()
		err := o.store.Pool().QueryRow(ctx, `select coalesce((select min(origin) from signals where interaction_id = 1 and holds), 'nothing'),
			(select count(*) from exchanges where kind = 'referral' and undone_at is null)`).Scan(&origin, &referrals)
		if err != nil {
			t.Fatal(err)
		}
		return origin, referrals
	}
	o.types(t, maya, "/log", "Lee Park, Beta: hm, no idea")
	o.hasRead(ctx, t)
	if origin, referrals := lee(); origin != "model" || referrals != 1 {
		t.Fatalf("the model's reading was not taken: %s, %d referrals", origin, referrals)
	}
	// the first try to tell her of it fails: what was taken back by then is owed all the same
	if _, err := o.store.Pool().Exec(ctx, `create sequence tries; create function refuse() returns trigger language plpgsql as
		$$ begin if nextval('tries') = 1 then raise exception 'refused once'; end if; return new; end $$;
		create trigger refuse before insert on outbox for each row when (new.key like 'withdrawn:%') execute function refuse()`); err != nil {
		t.Fatal(err)
	}
	for i := range 8 {
		o.types(t, maya, "/log", fmt.Sprintf("Person %c, Firm: signed the contract today, paid the invoice in full", 'A'+rune(i)))
		o.hasRead(ctx, t)
	}
	if origin, referrals := lee(); origin != "nothing" || referrals != 0 { // the built-in reading saw nothing in it
		t.Errorf("the model's reading was not taken back: %s, %d referrals", origin, referrals)
	}
	all := o.User(maya).Messages(o.User(maya).DMChannel())
	told := 0
	for _, m := range all {
		if strings.Contains(slacksim.Text(m), "I take back my second reading of #1") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("maya was told %d times", told)
	}
}

// A job that runs twice, or again after its process died, does nothing twice.
func TestASecondLookTwice(t *testing.T) {
	o := openWith(t, llmtest.New(t, func(llmtest.Call) llmtest.Reply {
		return llmtest.Says(`{"signals":[{"signal":"verbal_yes","quote":"no idea"}]}`)
	}))
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	o.types(t, maya, "/log", "Lee Park, Beta: hm, no idea")
	o.hasRead(ctx, t)
	for _, state := range []string{"", `update second_looks set outcome = 'moved'`} { // died before the word was kept
		if state != "" {
			if _, err := o.store.Pool().Exec(ctx, state); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := o.store.Pool().Exec(ctx, `update river_job set state = 'available', finalized_at = null, attempt = 0, scheduled_at = now()`); err != nil {
			t.Fatal(err)
		}
		o.hasRead(ctx, t)
	}
	var posts, looks, calls, shown int
	err := o.store.Pool().QueryRow(ctx, `select (select count(*) from outbox where key like 'look:%'), (select count(*) from second_looks where outcome = 'told'),
		(select calls from model_spending), (select count(*) from suggestions)`).Scan(&posts, &looks, &calls, &shown)
	if err != nil || posts != 1 || looks != 1 || calls != 1 || shown != 2 { // with the line, and with the word
		t.Errorf("%d posts, %d looks told, %d calls, %d suggestions counted as shown: %v", posts, looks, calls, shown, err)
	}
}

// Where a person has said what a note shows, the model is not even asked.
func TestAPersonsWordStands(t *testing.T) {
	o := openWith(t, llmtest.New(t, func(llmtest.Call) llmtest.Reply { return llmtest.Says(`{"signals":[]}`) }))
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	o.types(t, maya, "/log", "Lee Park, Beta: call, asked for the price list")
	o.hasRead(ctx, t)
	o.types(t, maya, "/coach", "stage lee engagement because we held a joint workshop on their case")
	o.model.Script(func(llmtest.Call) llmtest.Reply {
		return llmtest.Says(`{"signals":[{"signal":"declined","quote":"price list"}]}`)
	})
	asked := len(o.model.Calls())
	for _, sql := range []string{`delete from second_looks`, `delete from model_answers`, `update river_job set state = 'available', finalized_at = null, scheduled_at = now()`} {
		if _, err := o.store.Pool().Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	o.hasRead(ctx, t)
	var outcome, stage string
	err := o.store.Pool().QueryRow(ctx, `select outcome, stage from second_looks l join places p using (contact_id) where p.journey = 'aipee'`).Scan(&outcome, &stage)
	if err != nil || outcome != "stood" || stage != "engagement" || len(o.model.Calls()) != asked {
		t.Errorf("%q %q, %d calls more: %v", outcome, stage, len(o.model.Calls())-asked, err)
	}
}
