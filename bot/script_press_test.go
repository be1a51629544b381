package bot_test

import (
	"context"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"cairn/bot/slacksim"
	"cairn/bot/workshop"
	"cairn/prompts"
)

// presses a button of what the person has before them, or further up.
func (s *script) presses(ctx context.Context, u *slacksim.User, who, rest string) {
	s.t.Helper()
	var reply *slacksim.Reply
	var err error
	rest, twice := strings.CutSuffix(rest, " twice")
	above, isAbove := strings.CutSuffix(rest, " further up")
	switch l := s.last[who]; {
	case isAbove:
		all := u.Messages(u.DMChannel())
		for i := len(all) - 1; i >= 0 && reply == nil; i-- {
			if m := all[i].Ref(); m != l.ref {
				reply, err = u.Click(ctx, m, above)
			}
		}
	case l == nil:
		s.fatal("%s has seen nothing to press in", who)
	case l.view == "home":
		reply, err = u.ClickHome(ctx, rest)
	case l.view == "modal":
		reply, err = u.ClickModal(ctx, rest)
	default:
		reply, err = u.Click(ctx, l.ref, rest)
	}
	s.took(ctx, u, who, reply, err)
	if !twice {
		return
	}
	s.settle(ctx) // the second press was made before the answer to the first was seen, and is answered after it
	s.o.Faults().Rewrite(func(payload map[string]any) { payload["trigger_id"] = "again " + reply.TriggerID })
	defer s.o.Faults().Rewrite(nil)
	if _, err := s.o.Faults().RedeliverAnew(reply.EnvelopeID); err != nil {
		s.fatal("%v", err)
	}
	if err := s.o.WaitIdle(ctx); err != nil {
		s.fatal("%v", err)
	}
}

// uploads shares a file with the app: what it was sent last, else what travels
// with the binary, with some words in the place of others; "= text" is all of it.
func (s *script) uploads(ctx context.Context, u *slacksim.User, who, rest string) {
	s.t.Helper()
	name, change, _ := strings.Cut(unseen.Replace(rest), ": ")
	name, beside, _ := strings.Cut(name, " with “")
	name, inThread := strings.CutSuffix(name, " in the thread")
	thread, text := "", ""
	for _, m := range u.Messages(u.DMChannel()) {
		if len(m.Files) > 0 && m.User != u.ID() {
			text = string(s.download(ctx, m.Files[0].URLPrivate))
			if inThread {
				thread = m.TS
			}
		}
	}
	if whole, ok := strings.CutPrefix(change, "= "); ok {
		text = whole
	} else {
		if text == "" {
			data, err := fs.ReadFile(prompts.Default(), name)
			if err != nil {
				s.fatal("%v", err)
			}
			text = string(data)
		}
		old, now, _ := strings.Cut(change, " => ")
		changed := strings.Replace(text, old, now, 1)
		if changed == text && change != "" {
			s.fatal("%q does not stand in the file", old)
		}
		text = changed
	}
	s.settle(ctx) // what others made come to them is not the answer
	before := len(u.Messages(u.DMChannel()))
	if _, err := u.Upload(ctx, u.DMChannel(), thread, name, strings.TrimSuffix(beside, "”"), []byte(text)); err != nil {
		s.fatal("%v", err)
	}
	s.wait(ctx, func() bool { return len(u.Messages(u.DMChannel())) >= before+2 })
	s.lastMessage(u, who, 0)
}

func (s *script) download(ctx context.Context, url string) []byte {
	s.t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		s.fatal("%v", err)
	}
	req.Header.Set("Authorization", "Bearer xoxb-test")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.fatal("%v", err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		s.fatal("%s %v", resp.Status, err)
	}
	return data
}

// folderGets puts a file of the binary, changed, into the folder of the bot; or
// a link.
func (s *script) folderGets(rest string) {
	s.t.Helper()
	if name, to, link := strings.Cut(rest, " -> "); link {
		if err := os.Symlink(to, filepath.Join(s.o.folder, name)); err != nil {
			s.fatal("%v", err)
		}
		return
	}
	name, change, _ := strings.Cut(unseen.Replace(rest), ": ")
	was, is, ok := strings.Cut(change, " => ")
	shipped, err := workshop.Shipped()
	if err != nil {
		s.fatal("%v", err)
	}
	if !ok || !strings.Contains(shipped[name], was) {
		s.fatal("%q does not stand in %s", was, name)
	}
	path := filepath.Join(s.o.folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		s.fatal("%v", err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(shipped[name], was, is, 1)), 0o600); err != nil {
		s.fatal("%v", err)
	}
	now := s.o.clock.now()
	if err := os.Chtimes(path, now, now); err != nil {
		s.fatal("%v", err)
	}
}
