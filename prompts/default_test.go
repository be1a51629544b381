package prompts_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"cairn/prompts"
)

func defaults(t testing.TB) prompts.Set {
	t.Helper()
	set, err := prompts.LoadAll(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestDefaultsAreSound(t *testing.T) {
	// Code asks for prompts by these names.
	want := []string{"digest-lines", "digest-one-thing", "digest-one-thing-builtin", "draft-message", "draft-message-builtin",
		"draft-message-builtin-de", "draft-message-builtin-es", "draft-message-builtin-fr", "draft-message-builtin-it", "draft-message-builtin-nl", "draft-message-builtin-pt",
		"prep-questions", "prep-questions-builtin", "read-note", "reminder-line", "suggest-reason"}
	if got := defaults(t).Names(); !slices.Equal(got, want) {
		t.Errorf("prompts %v, want %v", got, want)
	}
}

// with returns the examples of p with some changed.
func with(p *prompts.Prompt, changes map[string]any) map[string]any {
	vars := p.Examples()
	for name, v := range changes {
		vars[name] = v
	}
	return vars
}

// What the built-in wordings say, as people will read it.
func TestWordings(t *testing.T) {
	none := map[string]any{"waiting": false, "unused": false, "gap": false, "ready": false, "quiet": false, "due": false}
	only := func(flag string, more map[string]any) map[string]any {
		vars := map[string]any{}
		for name, v := range none {
			vars[name] = v
		}
		vars[flag] = true
		for name, v := range more {
			vars[name] = v
		}
		return vars
	}
	set := defaults(t)
	for _, c := range []struct {
		name    string
		changes map[string]any
		want    string
	}{
		{"suggest-reason", nil, "helps you answer IT's questions about the audit trail in one page; speaks to “audit trail” and “ask IT”; made for IT, logistics; shared 9 times, 4 answered; not yet sent to Dana"},
		{"suggest-reason", map[string]any{"gives": "", "quotes": "", "heard": "", "made_for": "", "shared": ""}, "because they asked for more; not yet sent to Dana"},
		{"suggest-reason", map[string]any{"gives": "", "quotes": "", "made_for": "", "shared": ""}, "speaks to “two auditors”, which you heard; not yet sent to Dana"},
		{"reminder-line", nil, "*Dana Ruiz, Acme*: IT's answer about the audit trail, due today. Give: Audit checklist for SaaS buyers"},
		{"reminder-line", only("waiting", map[string]any{"since": "6 working days"}), "*Dana Ruiz, Acme* has been waiting for you for 6 working days. Give: Audit checklist for SaaS buyers"},
		{"reminder-line", only("quiet", map[string]any{"since": "five weeks", "title": ""}), "*Dana Ruiz, Acme* has been quiet for five weeks: give without asking, or let them be."},
		{"reminder-line", only("ready", map[string]any{"title": ""}), "You have given *Dana Ruiz, Acme* enough to ask one thing."},
		{"digest-one-thing-builtin", nil, "7 people asked you for something or let you write to them, more of them at Permission than anywhere else, and have had no answer yet. Answer one of them today; “Audit checklist for SaaS buyers” fits most."},
		{"digest-one-thing-builtin", only("gap", map[string]any{"audience": "IT, logistics"}), "7 people at Permission (IT, logistics) have nothing in the library that fits them. Tell the content team what they asked you; it is a brief half written."},
		{"digest-one-thing-builtin", only("unused", nil), "One in three or more moved on after “Audit checklist for SaaS buyers” at Permission. 7 people stand there now, and few were given it there: give it to one of them."},
		{"digest-one-thing-builtin", only("ready", nil), "7 people have had more from you than you asked of them. Choose one, and ask one thing."},
		{"digest-one-thing-builtin", only("quiet", map[string]any{"title": ""}), "7 people went quiet at Permission. Give without asking, or let them be for a while."},
		{"digest-lines", nil, "*3 people moved on* to the next stage, *1 person skipped ahead* (5 the week before); 4 of your customers want more, 3 went quiet."},
		{"digest-lines", map[string]any{"up": "", "skipped": "", "up_before": "", "others": []prompts.Row(nil)}, "*Nobody is known to have moved on*."},
		{"digest-lines", map[string]any{"up": "", "skipped": "", "up_before": "", "too_few": "too few of you behind it to say how many"}, "*Some moved on*, too few of you behind it to say how many; 4 of your customers want more, 3 went quiet."},
		{"digest-lines", map[string]any{"moved": false, "helped": true}, "*What helped*, twelve weeks: what followed within 14 days\n• “Audit checklist for SaaS buyers”: given to 12, 5 answered, 3 moved on\n• “Return on investment worksheet”: given to 9, 4 answered, 1 passed something on"},
		{"digest-lines", map[string]any{"moved": false, "waiting": true}, "*3 people wait for you*: they asked, or let you write, and have had nothing for five working days or more (2 the week before)."},
		{"digest-lines", map[string]any{"moved": false, "waiting_few": true}, "*Some people wait for you*, too few of you behind it to say how many."},
		{"digest-lines", map[string]any{"moved": false, "nobody_waits": true}, "*Nobody has waited for you* for five working days or more."},
		{"digest-lines", map[string]any{"moved": false, "unfollowed": true}, "Of all who asked or let you write in twelve weeks, 40 % were not followed up in time; elsewhere it is 70–90 %."},
		{"digest-lines", map[string]any{"moved": false, "exchanges": true}, "*3 exchanges*: revenue 2, referral 1."},
		{"digest-lines", map[string]any{"moved": false, "exchanges_few": true}, "*Something came back*, from too few of you to say what."},
		{"digest-lines", map[string]any{"moved": false, "ready": true}, "*3 people are ready to be asked*: you gave them more than you asked."},
		{"digest-lines", map[string]any{"moved": false, "library": true}, "*12 of 30 items* (40 %) were given to nobody in twelve weeks (43 % the week before); elsewhere it is about half."},
		{"digest-lines", map[string]any{"moved": false, "library_empty": true}, "*The library is empty*: an editor fills it with `/coach content add`."},
		{"digest-lines", map[string]any{"moved": false, "gap": true}, "*Missing in the library:* something for people at Permission in logistics; 4 of yours had nothing that fits."},
		{"digest-lines", map[string]any{"moved": false, "thanks": true}, "*Thank you* for what was passed on: Maya Lind, Eli Park."},
		{"draft-message-builtin", nil, "Hi Dana,\n\nyou brought up “audit trail”, and this may save you some time: “Audit checklist for SaaS buyers” (in German). It answers the ten questions that IT asks, on one page.\n\nLINK_1\n\nYou wanted to ask IT by Friday. If there is something in the way, tell me what you need and you will have it.\n\nWhat would have to be true for this to work in your case?"},
		{"draft-message-builtin", map[string]any{"quote": "", "gives": "", "tongue": "", "step": "", "may_ask": false, "pass_on": true}, "Hi Dana,\n\nthis may be of use to you: “Audit checklist for SaaS buyers”.\n\nLINK_1\n\nNo need to answer: keep it, or pass it on to whoever could use it."},
		{"draft-message-builtin", map[string]any{"quote": "", "gives": "", "tongue": "", "step": "", "may_ask": false, "pass_on": false}, "Hi Dana,\n\nthis may be of use to you: “Audit checklist for SaaS buyers”.\n\nLINK_1\n\nNo need to answer: keep it."},
	} {
		p, _ := set.Get(c.name)
		got, err := p.RenderPlain(with(p, c.changes))
		if err != nil || got != c.want {
			t.Errorf("%s %v: %v\n got %s\nwant %s", c.name, c.changes, err, got, c.want)
		}
	}
}

var (
	you = regexp.MustCompile(`(?i)\b(you|your|yours)\b`)
	we  = regexp.MustCompile(`\b(I|me|my|we|us|our|We|Us|Our|My)\b`)
)

// Copy that says you more than we is better copy.
func TestWordingsSayYou(t *testing.T) {
	set := defaults(t)
	for _, name := range []string{"draft-message-builtin", "prep-questions-builtin", "digest-one-thing-builtin", "digest-lines", "reminder-line"} {
		_, text, _ := strings.Cut(set[name].Source(), "## Text\n")
		if y, w := len(you.FindAllString(text, -1)), len(we.FindAllString(text, -1)); y <= w {
			t.Errorf("%s says you %d times and we %d times", name, y, w)
		}
	}
}
