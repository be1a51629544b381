package line_test

import (
	"strings"
	"testing"

	"cairn/bot/line"
)

func TestCommand(t *testing.T) {
	for text, want := range map[string][2]string{
		"": {"", ""}, " \u00a0 ": {"", ""}, "help": {"help", ""}, "  Log  Dana:  call ": {"log", "Dana:  call"}, "sent dana checklist": {"sent", "dana checklist"},
		"digest here mon 9:00": {"digest", "here mon 9:00"}, "card\u00a0dana": {"card", "dana"}, "next\ndana": {"next", "dana"},
	} {
		if v, r := line.Command(text); v != want[0] || r != want[1] {
			t.Errorf("Command(%q) = %q, %q; want %q", text, v, r, want)
		}
	}
}

func TestOpensWho(t *testing.T) {
	for text, want := range map[string]bool{
		"Journey: call, asked for prices": true, "  undo:": true, "Log： x": true, "undo": false, "log dana: call": false, "stage dana engagement because: x": false, "": false,
	} {
		if got := line.OpensWho(text); got != want {
			t.Errorf("OpensWho(%q) = %v", text, got)
		}
	}
}

func TestNearest(t *testing.T) {
	known := []string{"help", "log", "next", "card", "who", "stage", "undo", "journey", "sent", "asked", "got", "prep", "draft", "heard", "away", "digest", "content", "prompts", "import", "export", "forget", "data", "role"}
	for typed, want := range map[string]string{
		"hlep": "help", "jurney": "journey", "journy": "journey", "Digset": "digest", "contnet": "content", "promts": "prompts", "exprot": "export",
		"stag": "stage", "lgo": "log", "undoo": "undo", "pre": "prep", "cont": "content", "forgot": "forget", "wh": "who", "crad": "card",
		"banana": "", "x": "", "": "", "42": "", strings.Repeat("log", 1000): "",
	} {
		got, ok := line.Nearest(typed, known)
		if got != want || ok != (want != "") {
			t.Errorf("Nearest(%.20q) = %q, %v; want %q", typed, got, ok, want)
		}
	}
}
