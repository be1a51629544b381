package editing

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

// richText is the text of a difference, and of how many pieces it is.
func richText(t *testing.T, b slack.Block) (text string, pieces int) {
	t.Helper()
	block, ok := b.(*slack.RichTextBlock)
	if !ok {
		t.Fatalf("a difference is a %T", b)
	}
	for _, e := range block.Elements {
		for _, one := range e.(*slack.RichTextSection).Elements {
			text, pieces = text+one.(*slack.RichTextSectionTextElement).Text, pieces+1
		}
	}
	return text, pieces
}

// However long a difference is and wherever it is cut, it says that it was, and takes no
// more than its place has, as people read it and as Slack is sent it.
func TestDifferenceIsBounded(t *testing.T) {
	many := func(word string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "%s%d\n", word, i)
		}
		return b.String()
	}
	for name, texts := range map[string][2]string{
		"short lines":         {many("a", 900), many("b", 900)},
		"one letter in a row": {strings.Repeat("a\n\nx\n", 400), strings.Repeat("b\n\nx\n", 400)},
		"signs that grow":     {"", many("<&>", 900)},
		"a long line":         {"", strings.Repeat("word ", 2000)},
	} {
		b := difference("live", texts[0], "the draft", texts[1])
		text, _ := richText(t, b)
		sent, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		if n := len([]rune(text)); n > mostDiffers || len(sent) > mostBytes+200 || !strings.HasSuffix(text, "…") {
			t.Errorf("%s: %d characters, %d bytes, ending in %q", name, n, len(sent), text[max(0, len(text)-12):])
		}
	}
	// wherever the limit falls: within a line, between a line and its sign
	for n := mostDiffers - 60; n < mostDiffers; n++ {
		is := strings.Repeat("w", n) + "\nnext\nlast\n"
		text, _ := richText(t, difference("live", "", "the draft", is))
		if !strings.HasSuffix(text, "last") && !strings.HasSuffix(text, "…") {
			t.Fatalf("a line of %d and two more end without a sign: %q", n, text[len(text)-12:])
		}
	}
}

// Neighbours of one style are one piece.
func TestDifferenceJoinsPieces(t *testing.T) {
	text, pieces := richText(t, difference("live", "same\nold\n", "the draft", "same\nnew\n"))
	if pieces != 8 || text != "− live   + the draft\nsame\n− old\n+ new" {
		t.Errorf("%d pieces: %q", pieces, text)
	}
}
