package workshop_test

import (
	"strings"
	"testing"

	"cairn/bot/workshop"
	"cairn/prompts"
	"cairn/prompts/strict"
)

// A text that somebody brings must hold the mark for the item's address, always, and
// no other; one that is live from before is used all the same, and is a fault.
func TestAdmit(t *testing.T) {
	k, files := kinds(t), embedded(t)
	const draft, asked = "draft-message-builtin.prompt", "draft-message.prompt"
	for _, tt := range []struct {
		file, was, is, what string
		line                int
	}{
		{draft, "\nLINK_1\n", "\n", "LINK_1 is missing", 52},
		{draft, "\nLINK_1\n", "\n{{! LINK_1 }}\n", "LINK_1 is missing", 52},
		{draft, "LINK_1", "LINK_2", `"LINK_2" stands for nothing`, 57},
		{draft, "LINK_1", "link1", `"link1" stands for nothing`, 57},
		{draft, "Hi {{contact}}", "Hi {{contact}} of COMPANY_1", `"COMPANY_1" stands for nothing`, 53},
		{draft, "\nLINK_1\n", "\n{{#step}}\nLINK_1\n{{/step}}\n", "LINK_1 is not always shown", 58},
		{reasonFile, "not yet sent to {{contact}}", "LINK_1 {{contact}}", `"LINK_1" stands for nothing`, 47},
		{asked, "and LINK_1 where", "and the link where", "LINK_1 is missing", 48},
		{asked, "and LINK_1 where", "and LINK_2 where", `"LINK_2" stands for nothing`, 60},
	} {
		text := strings.Replace(files[tt.file], tt.was, tt.is, 1)
		piece, found := k.Admit(tt.file, text)
		if len(found) != 1 || !strings.Contains(found[0].What, tt.what) || found[0].Line != tt.line || found[0].Hint == "" || piece.Prompt != nil {
			t.Errorf("%s with %q: %v, want %q in line %d", tt.file, tt.is, found, tt.what, tt.line)
		}
		if piece, found = k.Check(tt.file, text); len(found) > 0 {
			t.Fatalf("%s with %q cannot be used: %v", tt.file, tt.is, found)
		}
		live, _ := k.Default(workshop.Name(tt.file))
		cases := workshop.Cases(live)
		if c := workshop.Compare(live, piece.Prompt, cases, workshop.Examine(live, live, cases), workshop.Examine(piece.Prompt, live, cases)); c.Verdict != workshop.Worse || c.Draft.Faults == 0 {
			t.Errorf("%s with %q tests as %s, %+v", tt.file, tt.is, c.Verdict, c.Draft)
		}
	}
	for file, text := range files {
		if _, found := k.Admit(file, text); len(found) > 0 {
			t.Errorf("%s: %v", file, found)
		}
	}
}

// What the code needs stays needed: a head that says otherwise is refused with its line,
// where it would change nothing; of an input that may be left out it may be said.
func TestAdmitNotNeeded(t *testing.T) {
	k, files := kinds(t), embedded(t)
	for _, tt := range []struct {
		file, was, is string
		refused       bool
	}{
		{"draft-message-builtin.prompt", "    max: 40\n    needed: true\n", "    max: 40\n    needed: false\n", true},
		{"draft-message-builtin.prompt", "    max: 40\n    needed: true\n", "    max: 40\n", false},
		{"draft-message-builtin.prompt", "    max: 120\n", "    max: 120\n    needed: false\n", false},
		{"read-note.prompt", "    max: 4000\n    needed: true\n", "    max: 4000\n    needed: false\n", true},
	} {
		text, want := strings.Replace(files[tt.file], tt.was, tt.is, 1), 0
		if before, _, ok := strings.Cut(text, "needed: false"); ok && tt.refused {
			want = strings.Count(before, "\n") + 1
		}
		_, found := k.Admit(tt.file, text)
		switch {
		case text == files[tt.file]:
			t.Fatalf("%q does not stand in %s", tt.was, tt.file)
		case want == 0 && len(found) > 0:
			t.Errorf("%s with %q: %v", tt.file, tt.is, found)
		case want > 0 && (len(found) != 1 || found[0].Line != want || !strings.Contains(found[0].What, "stays needed") || found[0].Hint == ""):
			t.Errorf("%s with %q: %v, want line %d", tt.file, tt.is, found, want)
		}
		if _, found := k.Check(tt.file, text); len(found) > 0 {
			t.Errorf("what may be live is not used: %v", found)
		}
	}
}

// What nobody sees, what becomes a link only once it is put together, and what reps
// should not read in a journey is refused with its line; it is no reason to drop what
// is live from before.
func TestAdmitUnseen(t *testing.T) {
	k := kinds(t)
	files, err := workshop.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("very ", 1000)
	for _, tt := range []struct {
		file, was, is, what string
		line                int
		check               bool // refused also where it is live
	}{
		{reasonFile, "not yet sent", "not\x00 yet sent", "(U+0000)", 47, false},
		{reasonFile, "not yet sent", "not\x1b[31m yet sent", "(U+001B)", 47, false},
		{reasonFile, "not yet sent", "not \u202eyet sent", "(U+202E)", 47, false},
		{reasonFile, "owner: content team", "owner: content\u200b team", "(U+200B)", 3, false},
		{reasonFile, "owner: content team", `owner: "content\0 team"`, "is written here (U+0000)", 3, true},
		{"cues/guard.yaml", "families:", "# \u2066\nfamilies:", "(U+2066)", 0, false},
		{"journeys/aipee.yaml", "title: Permission", `title: "Per\u202Emission"`, "is written here (U+202E)", 0, true},
		{workshop.GuideFile, "ideas:", "# \u202e\nideas:", "(U+202E)", 0, false},
		{reasonFile, "not yet sent", "<{{! x }}!channel> not yet sent", `gives "<!"`, 47, false},
		{reasonFile, "not yet sent", "htt{{! x }}ps://evil.example not yet sent", `gives "https://"`, 47, false},
		{reasonFile, "not yet sent", "{{#need}}http{{/need}}://evil.example not yet sent", `gives "http://"`, 47, false},
		{reasonFile, "not yet sent", "htt{{quotes}}p{{shared}}://evil.example not yet sent", `gives "http://"`, 47, false},
		{reasonFile, "not yet sent", "@{{^need}}here{{/need}} not yet sent", `gives "@here"`, 47, false},
		{reasonFile, "not yet sent", "mail me a@b.de, not yet sent", "an e-mail address of “a@b.de”", 47, false},
		{reasonFile, "not yet sent", "see acme.com/x not yet sent", "a link of “acme.com/x”", 47, false},
		{reasonFile, "not yet sent", "{{contact}}.com, not yet sent", "a link of “word.com”", 47, false},
		{reasonFile, "not yet sent", "acme.{{#need}}com{{/need}}, not yet sent", "a link of “acme.com”", 47, false},
		{reasonFile, "not yet sent", "tel:+4930123 not yet sent", "a link of “tel:+4930123”", 47, false},
		{reasonFile, "not yet sent", "ask in #general; not yet sent", "a channel of “#general”", 47, false},
		{reasonFile, "not yet sent", "@{{contact}} not yet sent", "a mention of “@word”", 47, false},
		{reasonFile, "not yet sent", "<{{contact}}> not yet sent", "a < is a sign for Slack", 47, false},
		{reasonFile, "not yet sent", "{{! a note\nof two lines }}not yet sent to <{{contact}}>", "a < is a sign for Slack", 48, false},
		{reasonFile, "not yet sent", "n\u200dot yet sent", "(U+200D)", 47, false},
		{reasonFile, "not yet sent", "not\u200c yet sent", "(U+200C)", 47, false},
		{"journeys/aipee.yaml", "title: Permission", `title: "<!channel> Permission"`, "cannot stand in a message", 0, true},
		{"journeys/aipee.yaml", "title: Permission", `title: "see https://evil.example"`, "a link of", 0, false},
		{"journeys/aipee.yaml", "title: AIPEE pyramid", "title: AIPEE *pyramid*", "no * ~ ` < >", 0, false},
		{"journeys/aipee.yaml", "title: Permission", "title: " + long, "has 4999 characters, and its place has 60", 0, false},
		{"journeys/aipee.yaml", "give: an answer", "give: ask @channel for an answer", "a mention of", 0, false},
		{"journeys/aipee.yaml", "give: an answer", "give: an answer " + long, "and its place has 300", 0, false},
	} {
		text := strings.Replace(files[tt.file], tt.was, tt.is, 1)
		if text == files[tt.file] {
			t.Fatalf("%q does not stand in %s", tt.was, tt.file)
		}
		if tt.line == 0 { // of the first that differs
			above, _, _ := strings.Cut(files[tt.file], tt.was)
			tt.line = 1 + strings.Count(above, "\n")
		}
		_, found := k.Admit(tt.file, text)
		if len(found) != 1 || !strings.Contains(found[0].What, tt.what) || found[0].Line != tt.line || found[0].Hint == "" {
			t.Errorf("%s with %.60q: %v, want %q in line %d", tt.file, tt.is, found, tt.what, tt.line)
		}
		if good, wrong := k.CheckAll(workshop.Files{tt.file: text}); len(good) != 0 || len(wrong) != 1 {
			t.Errorf("%s with %.60q in a folder: %v, %v", tt.file, tt.is, good.Names(), wrong)
		}
		if _, found := k.Check(tt.file, text); (len(found) > 0) != tt.check {
			t.Errorf("%s with %.60q, live from before: %v", tt.file, tt.is, found)
		}
	}
}

// What is taken in as a wording calls nobody and hides nothing, in whatever way it
// comes out.
func FuzzAdmit(f *testing.F) {
	k, files := kinds(f), embedded(f)
	for _, text := range []string{"not yet sent to {{contact}}", "\x00{{contact}}", "\x1b[31m {{contact}}", "\u202e{{contact}}", "<{{! x }}!channel> {{contact}}", "{{#contact}}http{{/contact}}://evil.example",
		"htt{{! x }}ps://evil.example {{contact}}", "{{#need}}<{{/need}}{{^quotes}}@U1>{{/quotes}}{{contact}}"} {
		f.Add(text)
	}
	head, _, _ := strings.Cut(files[reasonFile], "## Text\n")
	def, _ := k.Default("suggest-reason")
	cases := workshop.Cases(def)
	cases = cases[:len(cases)-1] // the hostile note is data, and may stand there escaped
	f.Fuzz(func(t *testing.T, text string) {
		piece, found := k.Admit(reasonFile, head+"## Text\n"+text)
		if len(found) > 0 {
			return
		}
		for _, c := range cases {
			shown, err := piece.Prompt.RenderPlain(c.Vars)
			if err != nil {
				continue
			}
			if call := prompts.Live(shown); call != "" {
				t.Fatalf("%q gives %q: %q", text, call, shown)
			}
			if strings.ContainsAny(shown, "<>") {
				t.Fatalf("%q gives a sign of Slack's: %q", text, shown)
			}
			if at := strings.IndexFunc(shown, strict.Unseen); at >= 0 {
				t.Fatalf("%q shows what nobody sees: %q", text, shown)
			}
		}
	})
}
