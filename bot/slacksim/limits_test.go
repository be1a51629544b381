package slacksim

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

type obj = map[string]any

func txt(n int) obj    { return obj{"type": "plain_text", "text": strings.Repeat("x", n)} }
func mrk(n int) obj    { return obj{"type": "mrkdwn", "text": strings.Repeat("é", n)} }
func str(n int) string { return strings.Repeat("x", n) }

func times(n int, make func(i int) any) []any {
	out := []any{}
	for i := range n {
		out = append(out, make(i))
	}
	return out
}

func with(o obj, key string, v any) obj {
	out := obj{}
	for k, x := range o {
		out[k] = x
	}
	if v == nil {
		delete(out, key)
	} else {
		out[key] = v
	}
	return out
}

func button() obj          { return obj{"type": "button", "text": txt(5), "action_id": "a"} }
func option(i int) any     { return obj{"text": txt(3), "value": fmt.Sprint("v", i)} }
func divider(int) any      { return obj{"type": "divider"} }
func section(e any) obj    { return obj{"type": "section", "text": mrk(1), "accessory": e} }
func actions(e ...any) obj { return obj{"type": "actions", "elements": e} }
func input(e any) obj      { return obj{"type": "input", "label": txt(3), "element": e} }
func choice(n int) obj {
	return obj{"type": "static_select", "action_id": "s", "options": times(n, option)}
}
func cells(rows, cols, chars int) []any {
	return times(rows, func(int) any {
		return times(cols, func(int) any { return obj{"type": "raw_text", "text": str(chars)} })
	})
}
func dataTable(rows []any) obj {
	return obj{"type": "data_table", "caption": "c", "rows": rows}
}
func pie(segments int) obj {
	return obj{"type": "data_visualization", "title": "t", "chart": obj{"type": "pie", "segments": times(segments, func(i int) any {
		return obj{"label": fmt.Sprint(i), "value": 1}
	})}}
}
func bar(categories, points, name int) obj {
	return obj{"type": "data_visualization", "title": "t", "chart": obj{"type": "bar",
		"axis_config": obj{"categories": times(categories, func(i int) any { return fmt.Sprint(i) })},
		"series": []any{obj{"name": str(name), "data": times(points, func(i int) any {
			return obj{"label": fmt.Sprint(i), "value": -1}
		})}}}}
}

// edge is one limit: the last block that passes and the first that is refused.
type edge struct {
	name string
	good any
	bad  any
	says string // part of what Slack says of bad
}

// messageEdges are single blocks in a message.
func messageEdges() []edge {
	b, img := button(), obj{"type": "image", "image_url": "https://x/y.png", "alt_text": "a"}
	chk := obj{"type": "checkboxes", "action_id": "c", "options": times(10, option)}
	return []edge{
		{"section text", obj{"type": "section", "text": mrk(3000)}, obj{"type": "section", "text": mrk(3001)}, "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		{"section text empty", obj{"type": "section", "text": mrk(1)}, obj{"type": "section", "text": mrk(0)}, "must be more than 0 characters"},
		{"section needs text or fields", obj{"type": "section", "fields": []any{mrk(1)}}, obj{"type": "section"}, "missing required field: text [json-pointer:/blocks/0]"},
		{"section fields", obj{"type": "section", "fields": times(10, func(int) any { return mrk(1) })}, obj{"type": "section", "fields": times(11, func(int) any { return mrk(1) })}, "no more than 10 items allowed [json-pointer:/blocks/0/fields]"},
		{"section field text", obj{"type": "section", "fields": []any{mrk(2000)}}, obj{"type": "section", "fields": []any{mrk(2001)}}, "must be less than 2001"},
		{"header text", obj{"type": "header", "text": txt(150)}, obj{"type": "header", "text": txt(151)}, "must be less than 151"},
		{"header is plain text", obj{"type": "header", "text": txt(1)}, obj{"type": "header", "text": mrk(1)}, "must be a valid enum value [json-pointer:/blocks/0/text/type]"},
		{"header required", obj{"type": "header", "text": txt(1)}, obj{"type": "header"}, "missing required field: text"},
		{"button text", actions(with(b, "text", txt(75))), actions(with(b, "text", txt(76))), "must be less than 76"},
		{"button text is plain", actions(b), actions(with(b, "text", mrk(1))), "must be a valid enum value"},
		{"button value", actions(with(b, "value", str(2000))), actions(with(b, "value", str(2001))), "must be less than 2001"},
		{"button url", actions(with(b, "url", str(3000))), actions(with(b, "url", str(3001))), "must be less than 3001"},
		{"button style", actions(with(b, "style", "danger")), actions(with(b, "style", "loud")), "must be a valid enum value"},
		{"button has no disabled", actions(b), actions(with(b, "disabled", true)), "invalid additional property: disabled"},
		{"action_id", actions(with(b, "action_id", str(255))), actions(with(b, "action_id", str(256))), "must be less than 256"},
		{"action_id twice in a block", actions(b, with(b, "action_id", "b")), actions(b, b), "`action_id` already exists"},
		{"block_id", with(actions(b), "block_id", str(255)), with(actions(b), "block_id", str(256)), "must be less than 256"},
		{"actions elements", actions(times(25, func(i int) any { return with(b, "action_id", fmt.Sprint(i)) })...), actions(times(26, func(i int) any { return with(b, "action_id", fmt.Sprint(i)) })...), "no more than 25"},
		{"actions need one", actions(b), obj{"type": "actions", "elements": []any{}}, "no fewer than 1"},
		{"actions take no images", actions(b), actions(img), "unsupported type: image"},
		{"context elements", obj{"type": "context", "elements": times(10, func(int) any { return mrk(1) })}, obj{"type": "context", "elements": times(11, func(int) any { return mrk(1) })}, "no more than 10"},
		{"context takes no buttons", obj{"type": "context", "elements": []any{img}}, obj{"type": "context", "elements": []any{b}}, "unsupported type: button"},
		{"select options", section(choice(100)), section(choice(101)), "no more than 100"},
		{"select needs options", section(choice(1)), section(obj{"type": "static_select"}), "exactly one of options and option_groups"},
		{"option text", section(obj{"type": "static_select", "options": []any{obj{"text": txt(75), "value": "v"}}}), section(obj{"type": "static_select", "options": []any{obj{"text": txt(76), "value": "v"}}}), "must be less than 76"},
		{"option value", section(obj{"type": "static_select", "options": []any{obj{"text": txt(1), "value": str(150)}}}), section(obj{"type": "static_select", "options": []any{obj{"text": txt(1), "value": str(151)}}}), "must be less than 151"},
		{"option needs a value", section(choice(1)), section(obj{"type": "static_select", "options": []any{obj{"text": txt(1)}}}), "missing required field: value"},
		{"initial option among options", section(with(choice(2), "initial_option", option(1))), section(with(choice(2), "initial_option", option(5))), "must be one of the provided options"},
		{"option groups", section(obj{"type": "static_select", "option_groups": times(100, func(int) any { return obj{"label": txt(75), "options": []any{option(1)}} })}), section(obj{"type": "static_select", "option_groups": times(101, func(int) any { return obj{"label": txt(1), "options": []any{option(1)}} })}), "no more than 100"},
		{"group label", section(obj{"type": "static_select", "option_groups": []any{obj{"label": txt(75), "options": []any{option(1)}}}}), section(obj{"type": "static_select", "option_groups": []any{obj{"label": txt(76), "options": []any{option(1)}}}}), "must be less than 76"},
		{"placeholder", section(with(choice(1), "placeholder", txt(150))), section(with(choice(1), "placeholder", txt(151))), "must be less than 151"},
		{"overflow options", section(obj{"type": "overflow", "options": times(5, option)}), section(obj{"type": "overflow", "options": times(6, option)}), "no more than 5"},
		{"checkboxes options", section(chk), section(with(chk, "options", times(11, option))), "no more than 10"},
		{"radio options", section(with(chk, "type", "radio_buttons")), section(obj{"type": "radio_buttons", "options": times(11, option)}), "no more than 10"},
		{"confirm title", section(with(b, "confirm", obj{"title": txt(100), "text": mrk(300), "confirm": txt(30), "deny": txt(30)})), section(with(b, "confirm", obj{"title": txt(101), "text": mrk(1), "confirm": txt(1), "deny": txt(1)})), "must be less than 101"},
		{"confirm text", section(b), section(with(b, "confirm", obj{"title": txt(1), "text": mrk(301), "confirm": txt(1), "deny": txt(1)})), "must be less than 301"},
		{"confirm button", section(b), section(with(b, "confirm", obj{"title": txt(1), "text": mrk(1), "confirm": txt(31), "deny": txt(1)})), "must be less than 31"},
		{"image alt text", img, with(img, "alt_text", nil), "missing required field: alt_text"},
		{"image alt text length", with(img, "alt_text", str(2000)), with(img, "alt_text", str(2001)), "must be less than 2001"},
		{"image source", img, with(img, "image_url", nil), "missing required field: image_url"},
		{"image url", with(img, "image_url", str(3000)), with(img, "image_url", str(3001)), "must be less than 3001"},
		{"image element alt text", section(img), section(with(img, "alt_text", nil)), "missing required field: alt_text"},
		{"markdown", obj{"type": "markdown", "text": str(12000)}, obj{"type": "markdown", "text": str(12001)}, "must be less than 12001"},
		{"table rows", obj{"type": "table", "rows": cells(100, 1, 1)}, obj{"type": "table", "rows": cells(101, 1, 1)}, "no more than 100"},
		{"table columns", obj{"type": "table", "rows": cells(1, 20, 1)}, obj{"type": "table", "rows": cells(1, 21, 1)}, "no more than 20"},
		{"table text", obj{"type": "table", "rows": cells(10, 10, 100)}, obj{"type": "table", "rows": cells(10, 10, 101)}, "must be less than 10001"},
		{"data_table rows", dataTable(cells(201, 1, 1)), dataTable(cells(202, 1, 1)), "no more than 201"},
		{"data_table columns", dataTable(cells(2, 20, 1)), dataTable(cells(2, 21, 1)), "no more than 20"},
		{"data_table text", dataTable(cells(10, 10, 200)), dataTable(cells(10, 10, 201)), "must be less than 20001"},
		{"data_table caption", dataTable(cells(2, 1, 1)), with(dataTable(cells(2, 1, 1)), "caption", nil), "missing required field: caption"},
		{"data_table even rows", dataTable(cells(2, 2, 1)), dataTable(append(cells(1, 2, 1), cells(1, 1, 1)...)), "same number of cells"},
		{"data_table page size", with(dataTable(cells(2, 1, 1)), "page_size", 100), with(dataTable(cells(2, 1, 1)), "page_size", 101), "must be between 1 and 100"},
		{"pie segments", pie(6), pie(7), "no more than 6"},
		{"chart title", with(pie(1), "title", str(50)), with(pie(1), "title", str(51)), "must be less than 51"},
		{"chart series name", bar(1, 1, 20), bar(1, 1, 21), "must be less than 21"},
		{"chart points", bar(20, 20, 1), bar(21, 21, 1), "no more than 20"},
		{"chart point a category", bar(2, 2, 1), bar(2, 1, 1), "one point for every category"},
		{"chart type", pie(1), obj{"type": "data_visualization", "title": "t", "chart": obj{"type": "radar"}}, "must be a valid enum value"},
		{"carousel cards", obj{"type": "carousel", "elements": times(10, func(int) any { return obj{"type": "card", "title": txt(1)} })}, obj{"type": "carousel", "elements": times(11, func(int) any { return obj{"type": "card", "title": txt(1)} })}, "no more than 10"},
		{"container children", obj{"type": "container", "title": txt(1), "child_blocks": times(10, divider)}, obj{"type": "container", "title": txt(1), "child_blocks": times(11, divider)}, "no more than 10"},
		{"rich text parts", obj{"type": "rich_text", "elements": []any{obj{"type": "rich_text_section", "elements": []any{obj{"type": "text", "text": "x"}}}}}, obj{"type": "rich_text", "elements": []any{obj{"type": "blink"}}}, "unsupported type: blink"},
		{"unknown block", obj{"type": "divider"}, obj{"type": "marquee"}, "unsupported type: marquee [json-pointer:/blocks/0/type]"},
		{"unknown element", section(b), section(obj{"type": "lever"}), "unsupported type: lever"},
		{"unknown property", obj{"type": "divider"}, obj{"type": "divider", "colour": "red"}, "invalid additional property: colour"},
		{"alerts are for modals", obj{"type": "divider"}, obj{"type": "alert", "text": mrk(1)}, "unsupported type: alert"},
		{"e-mail inputs are for modals", input(obj{"type": "plain_text_input"}), input(obj{"type": "email_text_input"}), "unsupported type: email_text_input"},
		{"input label", with(input(obj{"type": "plain_text_input"}), "label", txt(2000)), with(input(obj{"type": "plain_text_input"}), "label", txt(2001)), "must be less than 2001"},
		{"input hint", with(input(obj{"type": "plain_text_input"}), "hint", txt(2000)), with(input(obj{"type": "plain_text_input"}), "hint", txt(2001)), "must be less than 2001"},
		{"input takes no buttons", input(choice(1)), input(b), "unsupported type: button"},
		{"text input length", input(obj{"type": "plain_text_input", "max_length": 3000}), input(obj{"type": "plain_text_input", "max_length": 3001}), "must be between 1 and 3000"},
		{"text input value", input(obj{"type": "plain_text_input", "initial_value": str(5), "max_length": 5}), input(obj{"type": "plain_text_input", "initial_value": str(6), "max_length": 5}), "must be less than 6"},
		{"text input min over max", input(obj{"type": "plain_text_input", "min_length": 5, "max_length": 5}), input(obj{"type": "plain_text_input", "min_length": 6, "max_length": 5}), "must not be greater than max_length"},
		{"feedback", obj{"type": "context_actions", "elements": []any{obj{"type": "feedback_buttons", "positive_button": obj{"text": txt(75), "value": "y"}, "negative_button": obj{"text": txt(1), "value": "n"}}}}, obj{"type": "context_actions", "elements": []any{obj{"type": "feedback_buttons", "positive_button": obj{"text": txt(76), "value": "y"}, "negative_button": obj{"text": txt(1), "value": "n"}}}}, "must be less than 76"},
	}
}

func raw(t testing.TB, v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func ids() func() string {
	n := 0
	return func() string { n++; return fmt.Sprint("id", n) }
}

func TestEveryMessageLimitHasItsEdge(t *testing.T) {
	for _, e := range messageEdges() {
		t.Run(e.name, func(t *testing.T) {
			if _, bad := checkMessageBlocks(raw(t, []any{e.good}), ids()); bad != nil {
				t.Errorf("refused what Slack takes: %v", bad)
			}
			_, bad := checkMessageBlocks(raw(t, []any{e.bad}), ids())
			if bad == nil || bad.code != "invalid_blocks" || !strings.Contains(bad.Error(), e.says) {
				t.Errorf("got %v, want invalid_blocks with %q", bad, e.says)
			}
		})
	}
}

func TestLimitsOverAWholeMessage(t *testing.T) {
	sections := func(n, chars int) []any {
		return times(n, func(int) any { return obj{"type": "section", "text": mrk(chars)} })
	}
	for _, c := range []struct {
		name string
		good []any
		bad  []any
		code string
	}{
		{"blocks", times(50, divider), times(51, divider), "invalid_blocks"},
		{"characters over all", sections(5, 2640), sections(5, 2641), "msg_blocks_too_long"},
		{"markdown over all", []any{obj{"type": "markdown", "text": str(6000)}, obj{"type": "markdown", "text": str(6000)}},
			[]any{obj{"type": "markdown", "text": str(6000)}, obj{"type": "markdown", "text": str(6001)}}, "invalid_blocks"},
		{"charts", []any{pie(1), pie(1)}, []any{pie(1), pie(1), pie(1)}, "invalid_blocks"},
		{"block_id twice", []any{with(section(button()), "block_id", "a")},
			[]any{obj{"type": "divider", "block_id": "a"}, obj{"type": "divider", "block_id": "a"}}, "invalid_blocks"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, bad := checkMessageBlocks(raw(t, c.good), ids()); bad != nil {
				t.Errorf("refused what Slack takes: %v", bad)
			}
			if _, bad := checkMessageBlocks(raw(t, c.bad), ids()); bad == nil || bad.code != c.code {
				t.Errorf("got %v, want %s", bad, c.code)
			}
		})
	}
	if _, bad := checkMessageBlocks(json.RawMessage(`{"a":1}`), ids()); bad == nil || bad.code != "invalid_blocks_format" {
		t.Errorf("no list of blocks: %v", bad)
	}
}

func TestLimitsOfViews(t *testing.T) {
	modal := obj{"type": "modal", "title": txt(24), "submit": txt(24), "close": txt(24), "blocks": []any{input(obj{"type": "plain_text_input"})}}
	home := obj{"type": "home", "blocks": []any{obj{"type": "divider"}}}
	for _, c := range []struct {
		name  string
		where surface
		good  obj
		bad   obj
		says  string
	}{
		{"title", inModal, modal, with(modal, "title", txt(25)), "must be less than 25 characters [json-pointer:/view/title/text]"},
		{"submit", inModal, modal, with(modal, "submit", txt(25)), "must be less than 25"},
		{"close", inModal, modal, with(modal, "close", txt(25)), "must be less than 25"},
		{"title required", inModal, modal, with(modal, "title", nil), "missing required field: title"},
		{"inputs need submit", inModal, modal, with(modal, "submit", nil), "missing required field: submit"},
		{"private_metadata", inModal, with(modal, "private_metadata", str(3000)), with(modal, "private_metadata", str(3001)), "must be less than 3001"},
		{"callback_id", inModal, with(modal, "callback_id", str(255)), with(modal, "callback_id", str(256)), "must be less than 256"},
		{"blocks", inModal, with(modal, "blocks", times(100, divider)), with(modal, "blocks", times(101, divider)), "no more than 100"},
		{"modal type", inModal, modal, with(modal, "type", "home"), "must be a valid enum value"},
		{"home blocks", inHome, with(home, "blocks", times(100, divider)), with(home, "blocks", times(101, divider)), "no more than 100"},
		{"home has no title", inHome, home, with(home, "title", txt(1)), "invalid additional property: title"},
		{"tables are for messages", inModal, modal, with(modal, "blocks", []any{obj{"type": "table", "rows": cells(1, 1, 1)}}), "unsupported type: table"},
		{"markdown is for messages", inHome, home, with(home, "blocks", []any{obj{"type": "markdown", "text": "x"}}), "unsupported type: markdown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, _, bad := checkView(raw(t, c.good), c.where, ids()); bad != nil {
				t.Errorf("refused what Slack takes: %v", bad)
			}
			_, _, bad := checkView(raw(t, c.bad), c.where, ids())
			if bad == nil || bad.code != "invalid_arguments" || !strings.Contains(bad.Error(), c.says) {
				t.Errorf("got %v, want invalid_arguments with %q", bad, c.says)
			}
		})
	}
	big := with(modal, "blocks", times(90, func(int) any { return obj{"type": "section", "text": mrk(1400)} }))
	if _, _, bad := checkView(raw(t, big), inModal, ids()); bad == nil || bad.code != "view_too_large" {
		t.Errorf("a view of more than 250 kB: %v", bad)
	}
}

// Whatever JSON an app sends, the checker answers and does not fall over, and
// what it lets pass can be drawn as text.
func TestCheckerSurvivesAnyJSON(t *testing.T) {
	names := []string{"type", "text", "elements", "accessory", "options", "fields", "element", "rows", "chart",
		"segments", "series", "axis_config", "categories", "data", "label", "value", "action_id", "block_id",
		"alt_text", "image_url", "title", "initial_option", "child_blocks", "option_groups"}
	var types []any
	for _, name := range append(slices.Sorted(maps.Keys(blockSpecs)), slices.Sorted(maps.Keys(elementSpecs))...) {
		types = append(types, name)
	}
	types = append(types, "plain_text", "mrkdwn", "raw_text", "pie", "bar", 7.0, nil)
	var value func(depth int) *rapid.Generator[any]
	value = func(depth int) *rapid.Generator[any] {
		leaves := rapid.SampledFrom(append([]any{"", "x", 1.5, true, nil, -1.0}, types...))
		if depth == 0 {
			return leaves
		}
		return rapid.Custom(func(t *rapid.T) any {
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				return leaves.Draw(t, "leaf")
			case 1:
				return rapid.SliceOfN(value(depth-1), 0, 3).Draw(t, "list")
			}
			m := rapid.MapOfN(rapid.SampledFrom(names), value(depth-1), 0, 5).Draw(t, "object")
			m["type"] = rapid.SampledFrom(types).Draw(t, "type")
			return m
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(value(4), 0, 3).Draw(t, "blocks")
		body, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		if blocks, bad := checkMessageBlocks(body, ids()); bad == nil {
			_ = Text(Message{Blocks: blocks})
			_ = initialValues(blocks)
		}
	})
}
