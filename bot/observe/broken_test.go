package observe_test

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"cairn/bot/journey"
	"cairn/bot/observe"
)

var quotedList = regexp.MustCompile(`"([^"\n]+)"`)

// spelled is what an entry of a cue file matches: its words, and where it skips some or
// takes any, a word of a note.
func spelled(entry string) []string {
	var list []string
	for _, w := range strings.Fields(entry) {
		switch {
		case strings.HasPrefix(w, ".."), w == "_":
			w = "her"
		case w == "#":
			w = "12"
		case w == "{weekday}":
			w = "monday"
		case w == "{month}":
			w = "may"
		}
		list = append(list, strings.Trim(w, "*{}"))
	}
	return list
}

// Lines of mails are wrapped at any word, also inside a turn of speech: each turn of the
// guards is read whichever of its words ends a line, and with a statement's end in it.
func TestReadsTurnsBrokenOverLines(t *testing.T) {
	files := fstest.MapFS{}
	for _, name := range []string{"words.yaml", "phrases.yaml", "speech.yaml", "guard.yaml", "letbe.yaml"} {
		files[name] = &fstest.MapFile{Data: []byte(cueFile(t, name))}
	}
	const own = "guards:\n  offered:\n    en: \"trial and rollout, pilot .. .. plant\"\n  letbe:\n    de: \"lassen, ruhe\"\n"
	files["own.yaml"] = &fstest.MapFile{Data: []byte(own)}
	r, err := observe.New(files)
	if err != nil {
		t.Fatal(err)
	}
	read := func(note string) {
		defer func() {
			if p := recover(); p != nil {
				t.Errorf("%q: %v", note, p)
			}
		}()
		n := observe.Note{Text: note, Channel: journey.Other, Direction: journey.In}
		checkQuotes(t, note, r.Read(n, observe.Context{}))
	}
	entries := 0
	_, guards, _ := strings.Cut(cueFile(t, "guard.yaml"), "\nguards:")
	for _, list := range quotedList.FindAllStringSubmatch(guards+cueFile(t, "letbe.yaml")+own, -1) {
		for entry := range strings.SplitSeq(list[1], ",") {
			words := spelled(entry)
			entries++
			read(strings.Join(words, "\n"))
			read("she wants a " + strings.Join(words, "\n"))
			read("call, they " + strings.Join(words, " "))
			read("they want a " + strings.Join(words, ", ") + ", then left")
			for i := 1; i < len(words); i++ {
				read("they want " + strings.Join(words[:i], " ") + "\n" + strings.Join(words[i:], " "))
			}
		}
	}
	if entries < 2000 {
		t.Errorf("there are %d entries of guards, want at least 2000", entries)
	}
}

// What is wanted is read where a line ends inside it, too.
func TestWantBrokenOverLines(t *testing.T) {
	r := reader(t)
	for _, note := range []string{"call, she wants a price\nlist", "they would like to try\nit out", "wants a proof of\nconcept in May", "needs a test\naccount"} {
		found := r.Read(observe.Note{Text: note, Channel: journey.Other, Direction: journey.In}, observe.Context{})
		if !shows(found, journey.AskedForMore) {
			t.Errorf("%q: read %v, want that they asked for more", note, found)
		}
	}
}
