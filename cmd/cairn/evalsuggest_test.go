package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/bot/suggest"
)

// All bad lines of all files are told, what is wrong in a line and what is wrong with a
// state alike, and nothing is judged.
func TestEvalSuggestTellsEveryBadLine(t *testing.T) {
	t.Parallel()
	file := func(name, text string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	library := file("library.csv", suggest.Header+"\nPumps,https://a.example/x,,,,,,,,,,,,\n")
	first := file("first.jsonl", "{\n"+`{"id":"good","acceptable":["https://a.example/x"]}`+"\n"+`{"id":"silent"}`+"\n"+`{"id":"x","gold":{"signals":"replied"},"acceptable":[]}`+"\n"+`{"id":7,"acceptable":[]}`+"\n")
	second := file("second.jsonl", "\n"+`{"id":"astray","acceptable":["https://else.example/a"]}`+"\n")
	var out, said bytes.Buffer
	err := run(t.Context(), []string{"eval", "suggest", "--library", library, "--at", "2026-06-15", first, second}, nil, &out, &said)
	if err == nil || err.Error() != "5 bad lines: nothing was judged" || out.Len() > 0 {
		t.Errorf("%v, %q", err, &out)
	}
	for _, want := range []string{"first.jsonl: line 1: this is no JSON object", `first.jsonl: line 4: "gold.signals" holds what JSON calls a string: wanted is a list in square brackets`,
		`first.jsonl: line 5: "id" holds what JSON calls a number: wanted is a text in quotes`, `first.jsonl: line 3: "silent" has no "acceptable"`, `second.jsonl: line 2: state "astray": acceptable https://else.example/a is not in the library`} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("not told: %q in\n%s", want, &said)
		}
	}
}
