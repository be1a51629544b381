package page_test

import (
	"fmt"
	"strings"
	"testing"
)

const evil = `<img src=x onerror="window.pwned=1">`

// Everywhere a message can carry words, markup in them stays words, and
// nothing is fetched from another host.
func TestMarkupInMessagesStaysText(t *testing.T) {
	rich := obj{"type": "rich_text", "elements": list{obj{"type": "rich_text_section", "elements": list{obj{"type": "text", "text": "9" + evil}}}}}
	link := `<javascript:window.pwned=1|click> <https://evil.invalid/"onmouseover=window.pwned=1|far>`
	f := startFake(t,
		said("C1", "1763810000.000100", "U2", "1"+evil),
		said("C1", "1763810001.000100", "U2", strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace("2"+evil)),
		said("C1", "1763810002.000100", "3"+evil, link),
		fromApp("C1", "1763810003.000100", section("4"+evil), obj{"type": "header", "text": plain("5" + evil)},
			obj{"type": "context", "elements": list{plain("6" + evil), obj{"type": "image", "image_url": "https://evil.invalid/i.png", "alt_text": "7" + evil}}},
			obj{"type": "actions", "elements": list{obj{"type": "button", "action_id": "b", "text": plain("8" + evil)}}}, rich,
			obj{"type": "markdown", "text": "10" + evil + " ![pic](https://evil.invalid/m.png) [go](javascript:window.pwned=1)"},
			obj{"type": "image", "image_url": "https://evil.invalid/j.png", "alt_text": "11" + evil},
			obj{"type": "from_the_future", "text": plain("12" + evil)}),
	)
	ctx := browser(t)
	asked := elsewhere(t, ctx, f.URL)
	open(t, ctx, f, "#U1/C1")
	until(t, ctx, has("12"+evil))
	for i := range 12 {
		if want := fmt.Sprint(i+1) + evil; !eval[bool](t, ctx, has(want)) {
			t.Errorf("not shown as text: %s", want)
		}
	}
	if n := eval[int](t, ctx, "document.querySelectorAll('.list [onerror], .list [onmouseover], .list a[href^=\"javascript:\"]').length"); n != 0 {
		t.Errorf("%d elements carry script", n)
	}
	if bad := eval[string](t, ctx, "String(window.pwned)"); bad != "undefined" {
		t.Error("a message ran script")
	}
	if n := eval[int](t, ctx, `[...document.querySelectorAll('.list a')].filter(a => !a.relList.contains('noopener')).length`); n != 0 {
		t.Errorf("%d links without rel=noopener", n)
	}
	if urls := asked(); len(urls) > 0 {
		t.Errorf("the page fetched %v", urls)
	}
}

func TestMrkdwn(t *testing.T) {
	a := `<a href="https://a.example/" target="_blank" rel="noopener noreferrer">`
	cases := []struct{ in, want string }{
		{"*bold* _it_ ~no~ `a*b*`", "<b>bold</b> <i>it</i> <s>no</s> <code>a*b*</code>"},
		{"2*3*4 snake_case_name", "2*3*4 snake_case_name"},
		{"*_both_*", "<b><i>both</i></b>"},
		{"<https://a.example/|a *b*>", a + "a <b>b</b></a>"},
		{"see https://a.example/, then", "see " + a + "https://a.example/</a>, then"},
		{"<javascript:alert(1)|x>", "&lt;javascript:alert(1)|x&gt;"},
		{"&lt;!channel&gt; &amp;amp;", "&lt;!channel&gt; &amp;amp;"},
		{"<@U2> and <#C1>", `<span class="mention">@Mara Okafor</span> and <span class="mention">#sales</span>`},
		{"<@U1>", `<span class="mention me">@Eva Lindqvist</span>`},
		{":tada: :nosuchthing: 12:30:45", `<span role="img" aria-label="tada" class="emoji">🎉</span> :nosuchthing: 12:30:45`},
		{"<!date^99999999999999999^{date}|soon>", "soon"},
	}
	var messages []obj
	for i, c := range cases {
		messages = append(messages, said("C1", fmt.Sprintf("17638%05d.000100", i*1000), "U2", c.in))
	}
	shapes := said("C1", "1763900000.000100", "U2", "first\n&gt; said\n&gt; twice\n• one\n• two\n1. a\n2. b\n```\nx < *y*\n```\nlast")
	f := startFake(t, append(messages, shapes)...)
	ctx := browser(t)
	open(t, ctx, f, "#U1/C1")
	until(t, ctx, has("last"))
	for i, c := range cases {
		got := eval[string](t, ctx, fmt.Sprintf("document.querySelectorAll('article.message')[%d].querySelector('.mrkdwn .para').innerHTML", i))
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.in, got, c.want)
		}
	}
	got := eval[string](t, ctx, "[...document.querySelectorAll('article.message')].at(-1).querySelector('.mrkdwn').innerHTML")
	want := `<div class="para">first</div><blockquote>said<br>twice</blockquote><ul><li>one</li><li>two</li></ul><ol start="1"><li>a</li><li>b</li></ol><pre>x &lt; *y*</pre><div class="para">last</div>`
	if got != want {
		t.Errorf("shapes:\n got %s\nwant %s", got, want)
	}
}

// No block is dropped: whatever its type, its words are on the page.
func TestEveryBlockShowsItsWords(t *testing.T) {
	cell := func(s string) obj { return obj{"type": "raw_text", "text": s} }
	rich := func(s string) obj {
		return obj{"type": "rich_text", "elements": list{obj{"type": "rich_text_section", "elements": list{obj{"type": "text", "text": s}}}}}
	}
	blocks := list{
		section("w-section"), obj{"type": "header", "text": plain("w-header")}, obj{"type": "divider"},
		obj{"type": "section", "fields": list{plain("w-field")}, "accessory": obj{"type": "button", "action_id": "a", "text": plain("w-accessory")}},
		obj{"type": "context", "elements": list{plain("w-context")}},
		obj{"type": "image", "image_url": "https://evil.invalid/x.png", "alt_text": "w-image"},
		obj{"type": "actions", "elements": list{obj{"type": "button", "action_id": "b", "text": plain("w-button")}, obj{"type": "hologram", "text": plain("w-element")}}},
		obj{"type": "input", "label": plain("w-input"), "hint": plain("w-hint"), "element": obj{"type": "plain_text_input", "action_id": "c"}},
		rich("w-rich"), obj{"type": "markdown", "text": "**w-markdown**"},
		obj{"type": "table", "rows": list{list{cell("w-head")}, list{rich("w-cell")}}},
		obj{"type": "data_table", "caption": "w-caption", "rows": list{list{cell("w-column")}, list{obj{"type": "raw_number", "value": 3, "text": "w-number"}}}},
		obj{"type": "data_visualization", "title": "w-chart", "chart": obj{"type": "line", "series": list{obj{"name": "w-series", "data": list{obj{"label": "w-label", "value": 3}}}}, "axis_config": obj{"categories": list{"w-label"}}}},
		obj{"type": "data_visualization", "title": "w-pie", "chart": obj{"type": "pie", "segments": list{obj{"label": "w-slice", "value": 3}}}},
		obj{"type": "card", "title": plain("w-card"), "actions": list{obj{"type": "button", "action_id": "d", "text": plain("w-card-button")}}},
		obj{"type": "carousel", "elements": list{obj{"type": "card", "title": plain("w-carousel")}}},
		obj{"type": "container", "title": plain("w-container"), "child_blocks": list{section("w-child")}},
		obj{"type": "alert", "level": "warning", "text": plain("w-alert")},
		obj{"type": "task_card", "task_id": "1", "title": "w-task", "status": "complete"},
		obj{"type": "plan", "title": "w-plan", "tasks": list{obj{"type": "task_card", "task_id": "2", "title": "w-step", "status": "pending"}}},
		obj{"type": "video", "title": plain("w-video"), "title_url": "https://a.example/v", "alt_text": "w-alt"},
		obj{"type": "file", "external_id": "F", "title": "w-file"},
		obj{"type": "horoscope", "text": plain("w-unknown")},
		obj{"type": "section", "text": "w-broken", "fields": 3},
	}
	f := startFake(t, fromApp("C1", "1763810000.000100", blocks...))
	ctx := browser(t)
	open(t, ctx, f, "#U1/C1")
	until(t, ctx, has("w-section"))
	for _, w := range strings.Fields(`w-section w-header w-field w-accessory w-context w-image w-button w-element w-input w-hint w-rich
		w-markdown w-head w-cell w-caption w-column w-number w-chart w-series w-label w-pie w-slice w-card w-card-button w-carousel w-container
		w-child w-alert w-task w-plan w-step w-video w-alt w-file w-unknown w-broken`) {
		if !eval[bool](t, ctx, has(w)) {
			t.Errorf("%s is not on the page", w)
		}
	}
}

// A rich text shows what is struck out and what is bold, and its lines: how the words
// that changed in a text are told.
func TestRichTextShowsWhatChanged(t *testing.T) {
	word := func(text, style string) obj {
		o := obj{"type": "text", "text": text}
		if style != "" {
			o["style"] = obj{style: true}
		}
		return o
	}
	block := obj{"type": "rich_text", "elements": list{obj{"type": "rich_text_section", "elements": list{
		word("− ", ""), word("the original", "strike"), word("\n", ""), word("    {{#gives}} ", ""), word("w-gone", "strike"), word("w-come", "bold"), word(" to {{contact}}, *w-as-typed*", "")}}}}
	f := startFake(t, fromApp("C1", "1763810000.000100", block))
	ctx := browser(t)
	open(t, ctx, f, "#U1/C1")
	until(t, ctx, has("w-gone"))
	styleOf := func(text, property string) string {
		return eval[string](t, ctx, fmt.Sprintf(`(() => { const all = [...document.querySelectorAll('article.message *')].filter(e => e.textContent === %q);
			return getComputedStyle(all.at(-1))[%q] })()`, text, property))
	}
	if got := styleOf("w-gone", "textDecorationLine"); got != "line-through" {
		t.Errorf("what is gone is shown with %s", got)
	}
	if got := styleOf("w-come", "fontWeight"); got < "600" {
		t.Errorf("what came is shown with the weight %s", got)
	}
	text := eval[string](t, ctx, "document.querySelector('article.message').innerText")
	if !strings.Contains(text, "the original\n") || !strings.Contains(text, "*w-as-typed*") {
		t.Errorf("its lines or letters are not as they were sent: %q", text)
	}
}
