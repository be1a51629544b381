package slacksim

import (
	"fmt"
	"strconv"
	"strings"
)

// Text renders a message as plain text for terminals and scripts: mrkdwn is
// kept, buttons stand as [I sent it], menus as [▾ Choose], images by their alt
// text, tables as rows. A block that is not known is named, never left out.
func Text(m Message) string {
	var b strings.Builder
	if len(m.Blocks) == 0 {
		b.WriteString(unescape(m.Text))
	} else {
		b.WriteString(BlocksText(m.Blocks))
	}
	for _, f := range m.Files {
		alt := f.AltTxt
		if alt == "" {
			alt = f.Title
		}
		b.WriteString("\n[file " + f.Name + ": " + alt + "]")
	}
	return strings.TrimSpace(b.String())
}

// Text renders a view: its title, its blocks with what the fields hold, its buttons.
func (v *View) Text() string {
	var b strings.Builder
	if v.Title != "" {
		b.WriteString("# " + v.Title + "\n")
	}
	for _, block := range v.Blocks {
		b.WriteString(blockText(block, v.Values))
		id, _ := block["block_id"].(string)
		if why := v.Errors[id]; why != "" {
			b.WriteString("  ! " + why + "\n")
		}
	}
	if why := v.Errors[""]; why != "" {
		b.WriteString("! " + why + "\n")
	}
	if v.Submit != "" {
		b.WriteString("[" + v.Submit + "]")
	}
	return strings.TrimSpace(b.String())
}

// BlocksText renders blocks as Text does.
func BlocksText(blocks []Block) string {
	var b strings.Builder
	for _, block := range blocks {
		b.WriteString(blockText(block, nil))
	}
	return strings.TrimSpace(b.String())
}

// unescape undoes Slack's three escapes; mentions and links stay as sent.
func unescape(s string) string {
	return unescaper.Replace(s)
}

var unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

func textOf(v any) string { return unescape(text(v)) }

func blockText(b Block, values Values) string {
	str := func(key string) string { s, _ := b[key].(string); return s }
	id := str("block_id")
	switch typ := str("type"); typ {
	case "header":
		return "*" + textOf(b["text"]) + "*\n"
	case "section":
		return sectionText(b, values[id])
	case "divider":
		return "---\n"
	case "image":
		return "[image: " + str("alt_text") + "]\n"
	case "context":
		return joinElements(b["elements"], " · ", values[id]) + "\n"
	case "actions", "context_actions":
		return joinElements(b["elements"], " ", values[id]) + "\n"
	case "input":
		e, _ := b["element"].(map[string]any)
		return textOf(b["label"]) + ": " + elementText(e, values[id]) + "\n"
	case "markdown":
		return str("text") + "\n"
	case "rich_text":
		return richText(b["elements"]) + "\n"
	case "table", "data_table":
		return tableText(b)
	case "data_visualization":
		return "[chart: " + str("title") + "]" + chartText(b["chart"]) + "\n"
	case "alert":
		return "! " + textOf(b["text"]) + "\n"
	case "card":
		return strings.Join(nonEmpty(textOf(b["title"]), textOf(b["subtitle"]), textOf(b["body"]), textOf(b["subtext"]),
			joinElements(b["actions"], " ", values[id])), "\n") + "\n"
	case "task_card":
		return "- " + str("title") + " (" + str("status") + ")\n"
	case "plan", "carousel", "container":
		return nestedText(b, values)
	case "file":
		return "[file " + str("external_id") + "]\n"
	case "video":
		return "[video: " + str("alt_text") + "]\n"
	default:
		return "[" + typ + "]\n"
	}
}

func nestedText(b Block, values Values) string {
	var out strings.Builder
	title, _ := b["title"].(string)
	if title == "" {
		title = textOf(b["title"])
	}
	if title != "" {
		out.WriteString("*" + title + "*\n")
	}
	for _, key := range []string{"tasks", "elements", "child_blocks"} {
		list, _ := b[key].([]any)
		for _, x := range list {
			if child, ok := x.(map[string]any); ok {
				out.WriteString(blockText(child, values))
			}
		}
	}
	return out.String()
}

func nonEmpty(list ...string) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func sectionText(b Block, values map[string]map[string]any) string {
	lines := nonEmpty(textOf(b["text"]))
	fields, _ := b["fields"].([]any)
	for _, f := range fields {
		lines = append(lines, textOf(f))
	}
	if e, ok := b["accessory"].(map[string]any); ok {
		lines = append(lines, elementText(e, values))
	}
	return strings.Join(lines, "\n") + "\n"
}

func joinElements(v any, sep string, values map[string]map[string]any) string {
	list, _ := v.([]any)
	var out []string
	for _, x := range list {
		if e, ok := x.(map[string]any); ok {
			out = append(out, elementText(e, values))
		}
	}
	return strings.Join(out, sep)
}

func elementText(e map[string]any, values map[string]map[string]any) string {
	typ, _ := e["type"].(string)
	id, _ := e["action_id"].(string)
	switch typ {
	case "plain_text", "mrkdwn":
		return textOf(e)
	case "image":
		alt, _ := e["alt_text"].(string)
		return "[image: " + alt + "]"
	case "button", "workflow_button", "icon_button":
		return "[" + textOf(e["text"]) + "]"
	case "feedback_buttons":
		return "[" + feedbackText(e["positive_button"]) + "] [" + feedbackText(e["negative_button"]) + "]"
	case "overflow":
		return "[⋯ " + strings.Join(optionTexts(offers(e)), " | ") + "]"
	}
	val := values[id]
	if val == nil {
		val = initialValue(e)
	}
	if held := heldText(e, val); held != "" {
		return "[▾ " + held + "]"
	}
	if hint := textOf(e["placeholder"]); hint != "" {
		return "[▾ " + hint + "]"
	}
	return "[▾ " + strings.Join(optionTexts(offers(e)), " | ") + "]"
}

func feedbackText(v any) string {
	m, _ := v.(map[string]any)
	return textOf(m["text"])
}

func optionTexts(list []map[string]any) []string {
	var out []string
	for _, o := range list {
		out = append(out, textOf(o["text"]))
	}
	return out
}

// heldText is what an element holds, in words.
func heldText(e, val map[string]any) string {
	typ, _ := e["type"].(string)
	key, _ := slot(typ)
	switch x := val[key].(type) {
	case string:
		return x
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case map[string]any:
		if x["type"] == "rich_text" {
			return richText(x["elements"])
		}
		return textOf(x["text"])
	case []any:
		var out []string
		for _, o := range x {
			if m, ok := o.(map[string]any); ok {
				out = append(out, textOf(m["text"]))
			} else {
				out = append(out, fmt.Sprint(o))
			}
		}
		return strings.Join(out, ", ")
	}
	return ""
}

func richText(v any) string {
	list, _ := v.([]any)
	var b strings.Builder
	for i, x := range list {
		m, _ := x.(map[string]any)
		str := func(key string) string { s, _ := m[key].(string); return s }
		switch m["type"] {
		case "text":
			b.WriteString(styled(str("text"), m["style"]))
		case "link":
			if t := str("text"); t != "" {
				b.WriteString(t + " (" + str("url") + ")")
			} else {
				b.WriteString(str("url"))
			}
		case "emoji":
			b.WriteString(":" + str("name") + ":")
		case "user":
			b.WriteString("<@" + str("user_id") + ">")
		case "channel":
			b.WriteString("<#" + str("channel_id") + ">")
		case "usergroup":
			b.WriteString("<!subteam^" + str("usergroup_id") + ">")
		case "broadcast":
			b.WriteString("<!" + str("range") + ">")
		case "rich_text_list":
			items, _ := m["elements"].([]any)
			for _, item := range items {
				b.WriteString("• " + richText([]any{item}) + "\n")
			}
		default:
			if i > 0 && m["elements"] != nil {
				b.WriteString("\n")
			}
			b.WriteString(richText(m["elements"]))
		}
	}
	return b.String()
}

// styled gives a piece of rich text the marks that mrkdwn has for its style.
func styled(text string, style any) string {
	has, _ := style.(map[string]any)
	for _, s := range [...][2]string{{"strike", "~"}, {"bold", "*"}} {
		if has[s[0]] == true {
			text = s[1] + text + s[1]
		}
	}
	return text
}

func tableText(b Block) string {
	var out strings.Builder
	if c, _ := b["caption"].(string); c != "" {
		out.WriteString(c + "\n")
	}
	rows, _ := b["rows"].([]any)
	for _, r := range rows {
		cells, _ := r.([]any)
		var line []string
		for _, c := range cells {
			m, _ := c.(map[string]any)
			s, _ := m["text"].(string)
			switch {
			case m["type"] == "rich_text":
				s = richText(m["elements"])
			case m["type"] == "action_cell":
				e, _ := m["element"].(map[string]any)
				s = elementText(e, nil)
			case s == "" && m["value"] != nil:
				s = fmt.Sprint(m["value"])
			}
			line = append(line, s)
		}
		out.WriteString("| " + strings.Join(line, " | ") + " |\n")
	}
	return out.String()
}

func chartText(v any) string {
	m, _ := v.(map[string]any)
	var b strings.Builder
	point := func(x any) {
		p, _ := x.(map[string]any)
		fmt.Fprintf(&b, " %v: %v;", p["label"], p["value"])
	}
	segments, _ := m["segments"].([]any)
	for _, s := range segments {
		point(s)
	}
	series, _ := m["series"].([]any)
	for _, s := range series {
		x, _ := s.(map[string]any)
		fmt.Fprintf(&b, "\n%v:", x["name"])
		data, _ := x["data"].([]any)
		for _, d := range data {
			point(d)
		}
	}
	return b.String()
}
