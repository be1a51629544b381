package bot_test

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cairn/bot/llm/llmtest"
	"cairn/bot/slacksim"
)

var update = flag.Bool("update", false, "write what was seen into the conversations")

// TestConversations plays testdata/*.txt: conversations that people can read.
// A line says who does what; the indented lines below "sees" and "database"
// are compared word for word. `go test ./bot -run Conversations -update`
// writes them anew: read the difference before you commit it.
//
//	maya: /log Dana Ruiz, Acme: call      types a command, or plain words to the app
//	maya in sales: /coach digest here     the same in a channel
//	maya looks at sales: The week of      at the latest message there with these words
//	maya presses I sent it                a button of what she saw last
//	maya presses Undo twice               before the answer is there
//	maya fills Who was it? = Dana Ruiz    an input of the open form; also: chooses
//	maya submits | closes                 the open form
//	maya uploads words.yaml: a => b       the file of that name with b in the place of a,
//	                                      as a direct message; "in the thread" after the name,
//	                                      and with “words” beside it
//	maya opens home | uses log            Home; a shortcut
//	maya looks down                       at the latest message, not the one answered in
//	maya sees                             the answer, form, or Home she saw last
//	database select …                     rows, a line each
//	later 26h                             the clock moves on
//	the folder gets words.yaml: a => b    CAIRN_PROMPTS_DIR: that file so changed; "words.yaml -> /x", a link
//	the folder loses words.yaml           that file is taken away
//	the clock strikes                     what is due by the clock is done
//	the digest's hour comes               digests that are due are made
//	model answers replied “thanks”; …     what the model says of every note from now on
//	model writes Hi CONTACT_1, …          the message with which it answers from now on
//	model asks What …? | Who …? | Why …?  the questions with which it does
//	model says 3 people wait for you.     the line of a digest with which it does
//	model fails 429 | late | garbled | …  how it fails; see llmtest.Faults
//	model told “brief” writes Hi …        any of these where it is told these words, else as before
//	model was asked 2 times               since this was counted last
//	model has read                        the lines so far were read once more
//	the test has run                      what was begun as a job has ended
//	nobody was called                     no message mentioned a person or channel
func TestConversations(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no conversations", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			play(t, file)
		})
	}
}

// script is one conversation on its way.
type script struct {
	t    *testing.T
	o    *office
	file string
	line int
	// last is what each person saw last.
	last map[string]*seen
	out  []string
	// answers is what the model does, and asked how often it was when that was counted last.
	answers func(llmtest.Call) llmtest.Reply
	asked   int
}

// seen is what a person saw last: a message, or a form or Home.
type seen struct {
	ref  slacksim.MessageRef
	view string // modal, home or empty
	down bool   // it was the latest message when they looked down
}

func play(t *testing.T, file string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := &script{t: t, o: officeFor(t, string(data)), file: file, last: map[string]*seen{}}
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		s.line = i + 1
		s.out = append(s.out, lines[i])
		if strings.TrimSpace(lines[i]) == "" || strings.HasPrefix(lines[i], "#") {
			continue
		}
		var want []string
		// an empty line is part of what is seen where more of it follows
		for i+1 < len(lines) && (strings.HasPrefix(lines[i+1], "  ") || lines[i+1] == "" && i+2 < len(lines) && strings.HasPrefix(lines[i+2], "  ")) {
			i++
			want = append(want, strings.TrimPrefix(lines[i], "  "))
		}
		s.do(lines[i-len(want)], want)
	}
	for _, v := range s.o.Violations() {
		t.Errorf("%s: Slack would have refused: %+v", file, v)
	}
	if *update && !t.Failed() {
		if err := os.WriteFile(file, []byte(strings.Join(s.out, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var (
	handles  = map[string]string{"maya": maya, "eli": eli, "ada": ada}
	channels = map[string]string{"sales": sales}
)

// readingTime is how long a test of a prompt may take, which reads thousands of notes.
const readingTime = 5 * time.Minute

func (s *script) fatal(format string, args ...any) {
	s.t.Helper()
	s.t.Fatalf("%s:%d: %s", s.file, s.line, fmt.Sprintf(format, args...))
}

func (s *script) do(text string, want []string) {
	s.t.Helper()
	limit := patience
	if text == "the test has run" {
		limit = readingTime
	}
	ctx, cancel := context.WithTimeout(s.t.Context(), limit)
	defer cancel()
	if sql, ok := strings.CutPrefix(text, "database "); ok {
		s.expect(want, s.rows(ctx, sql))
		return
	}
	if d, ok := strings.CutPrefix(text, "later "); ok {
		by, err := time.ParseDuration(d)
		if err != nil {
			s.fatal("%v", err)
		}
		s.o.clock.move(by)
		return
	}
	if rest, ok := strings.CutPrefix(text, "the folder gets "); ok {
		s.folderGets(rest)
		return
	}
	if name, ok := strings.CutPrefix(text, "the folder loses "); ok {
		if err := os.Remove(filepath.Join(s.o.folder, name)); err != nil {
			s.fatal("%v", err)
		}
		return
	}
	if text == "the clock strikes" {
		s.o.bot.Tick(ctx)
		return
	}
	if text == "the digest's hour comes" {
		s.o.bot.ClockMoved()
		return
	}
	if text == "the test has run" {
		s.o.hasRead(ctx, s.t)
		s.settle(ctx)
		return
	}
	if rest, ok := strings.CutPrefix(text, "model "); ok {
		s.tellModel(ctx, rest)
		return
	}
	if text == "nobody was called" {
		if called := s.o.Mentions(); len(called) > 0 {
			s.fatal("called: %+v", called)
		}
		return
	}
	if who, typed, ok := strings.Cut(text, ": "); ok {
		if who, channel, _ := strings.Cut(who, " in "); handles[who] != "" {
			s.types(ctx, who, channels[channel], typed)
			return
		}
	}
	who, act, _ := strings.Cut(text, " ")
	if handles[who] == "" {
		s.fatal("nobody is called %q", who)
	}
	verb, rest, _ := strings.Cut(act, " ")
	if verb == "sees" {
		s.expect(want, s.seesSoon(ctx, who, want))
		return
	}
	s.act(ctx, who, verb, rest)
}

// unseen are characters that a script cannot show, unwritten those and line ends.
var (
	unseen    = strings.NewReplacer(`\0`, "\x00", `\e`, "\x1b", `\rtl`, "\u202e")
	unwritten = strings.NewReplacer(`\n`, "\n", `\0`, "\x00", `\e`, "\x1b", `\rtl`, "\u202e")
	written   = strings.NewReplacer("\x00", `\0`, "\x1b", `\e`, "\u202e", `\rtl`)
)

// types sends a slash command, in a channel where one is named, or says plain
// words to the app.
func (s *script) types(ctx context.Context, who, channel, typed string) {
	u := s.o.User(handles[who])
	typed = unwritten.Replace(typed)
	if !strings.HasPrefix(typed, "/") {
		s.settle(ctx) // what others made come to them is not the answer
		before := len(u.Messages(u.DMChannel()))
		if _, err := u.DM(ctx, typed); err != nil {
			s.fatal("%v", err)
		}
		s.wait(ctx, func() bool { return len(u.Messages(u.DMChannel())) >= before+2 })
		s.lastMessage(u, who, 0)
		return
	}
	command, text, _ := strings.Cut(typed, " ")
	reply, err := u.Slash(ctx, cmp.Or(channel, u.DMChannel()), command, text)
	s.took(ctx, u, who, reply, err)
}

// took remembers what somebody saw after what they did.
func (s *script) took(ctx context.Context, u *slacksim.User, who string, reply *slacksim.Reply, err error) {
	s.t.Helper()
	switch {
	case err != nil:
		s.fatal("%v", err)
	case reply.Failed != "":
		s.fatal("no answer: %s", reply.Failed)
	case reply.Message != nil:
		s.last[who] = &seen{ref: reply.Message.Ref()}
	case u.Modal() != nil:
		s.last[who] = &seen{view: "modal"}
	default:
		s.settle(ctx)
		if s.last[who] == nil || s.last[who].view == "modal" {
			s.lastMessage(u, who, 0)
		}
	}
}

func (s *script) lastMessage(u *slacksim.User, who string, back int) {
	all := u.Messages(u.DMChannel())
	if len(all) == 0 {
		s.fatal("%s has seen no message", who)
	}
	s.last[who] = &seen{ref: all[max(0, len(all)-1-back)].Ref()}
}

// settle waits until everything that was to be posted has been posted.
func (s *script) settle(ctx context.Context) {
	s.wait(ctx, func() bool {
		var left int
		err := s.o.store.Pool().QueryRow(ctx, `select count(*) from outbox where state in ('pending', 'sending')`).Scan(&left)
		return err == nil && left == 0
	})
}

func (s *script) wait(ctx context.Context, ok func() bool) {
	s.t.Helper()
	for !ok() {
		select {
		case <-ctx.Done():
			s.fatal("waited in vain")
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func (s *script) act(ctx context.Context, who, verb, rest string) {
	s.t.Helper()
	u := s.o.User(handles[who])
	before := len(u.Messages(u.DMChannel()))
	switch verb {
	case "presses":
		s.presses(ctx, u, who, rest)
	case "fills", "chooses":
		name, value, _ := strings.Cut(rest, " = ")
		var values []string
		if value != "" {
			values = strings.Split(value, " | ")
		}
		for i := range values {
			values[i] = unwritten.Replace(values[i])
		}
		if err := u.Fill(name, values...); err != nil {
			s.fatal("%v", err)
		}
	case "submits":
		reply, err := u.Submit(ctx)
		if err == nil && u.Modal() == nil && reply.Failed == "" {
			s.settle(ctx)
			s.wait(ctx, func() bool { return len(u.Messages(u.DMChannel())) > before || s.last[who].view == "" })
			s.lastMessage(u, who, 0)
			return
		}
		s.took(ctx, u, who, reply, err)
	case "closes":
		if err := u.Close(ctx); err != nil {
			s.fatal("%v", err)
		}
	case "uploads":
		s.uploads(ctx, u, who, rest)
	case "looks":
		where, words, _ := strings.Cut(strings.TrimPrefix(rest, "at "), ": ")
		if channels[where] == "" {
			s.lookDown(ctx, who, 0)
			return
		}
		m, err := s.o.WaitMessage(ctx, channels[where], handles[who], func(m slacksim.Message) bool { return strings.Contains(slacksim.Text(m), words) })
		if err != nil {
			s.fatal("%v", err)
		}
		s.last[who] = &seen{ref: m.Ref()}
	case "opens":
		if _, err := u.OpenHome(ctx); err != nil {
			s.fatal("%v", err)
		}
		s.last[who] = &seen{view: "home"}
	case "uses":
		reply, err := u.GlobalShortcut(ctx, rest)
		s.took(ctx, u, who, reply, err)
	default:
		s.fatal("nobody can %q", verb)
	}
}
