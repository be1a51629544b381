package slacksim

// Values are the state of a view: block_id → action_id → what the element
// holds, in Slack's shape.
type Values map[string]map[string]map[string]any

func (v Values) clone() Values {
	out := Values{}
	for b, actions := range v {
		out[b] = map[string]map[string]any{}
		for a, val := range actions {
			out[b][a] = val
		}
	}
	return out
}

// initialValues is the state of a fresh view: every element that can hold a
// value, with what it holds at first.
func initialValues(blocks []Block) Values {
	out := Values{}
	eachElement(blocks, func(blockID string, e map[string]any) {
		id, _ := e["action_id"].(string)
		if val := initialValue(e); val != nil && id != "" {
			if out[blockID] == nil {
				out[blockID] = map[string]map[string]any{}
			}
			out[blockID][id] = val
		}
	})
	return out
}

// eachElement visits the interactive elements of blocks with their block_id.
func eachElement(blocks []Block, visit func(blockID string, e map[string]any)) {
	for _, b := range blocks {
		id, _ := b["block_id"].(string)
		for _, key := range []string{"accessory", "element"} {
			if e, ok := b[key].(map[string]any); ok {
				visit(id, e)
			}
		}
		for _, key := range []string{"elements", "actions"} {
			list, _ := b[key].([]any)
			for _, x := range list {
				if e, ok := x.(map[string]any); ok && e["action_id"] != nil {
					visit(id, e)
				}
			}
		}
		for _, key := range []string{"child_blocks", "elements"} {
			list, _ := b[key].([]any)
			for _, x := range list {
				if child, ok := x.(map[string]any); ok && child["block_id"] != nil {
					eachElement([]Block{child}, visit)
				}
			}
		}
	}
}

// slot names the property in which an element of a type keeps its value, in
// the state and in actions, and the property that sets it at first.
func slot(typ string) (key, initial string) {
	switch typ {
	case "plain_text_input", "email_text_input", "url_text_input", "number_input":
		return "value", "initial_value"
	case "rich_text_input":
		return "rich_text_value", "initial_value"
	case "static_select", "external_select", "radio_buttons":
		return "selected_option", "initial_option"
	case "multi_static_select", "multi_external_select", "checkboxes":
		return "selected_options", "initial_options"
	case "users_select":
		return "selected_user", "initial_user"
	case "multi_users_select":
		return "selected_users", "initial_users"
	case "conversations_select":
		return "selected_conversation", "initial_conversation"
	case "multi_conversations_select":
		return "selected_conversations", "initial_conversations"
	case "channels_select":
		return "selected_channel", "initial_channel"
	case "multi_channels_select":
		return "selected_channels", "initial_channels"
	case "datepicker":
		return "selected_date", "initial_date"
	case "timepicker":
		return "selected_time", "initial_time"
	case "datetimepicker":
		return "selected_date_time", "initial_date_time"
	case "file_input":
		return "files", ""
	}
	return "", ""
}

func initialValue(e map[string]any) map[string]any {
	typ, _ := e["type"].(string)
	key, initial := slot(typ)
	if key == "" {
		return nil
	}
	v := e[initial]
	if v == nil && (key == "selected_options" || key == "files" || len(key) > 9 && key[len(key)-1] == 's') {
		v = []any{}
	}
	return map[string]any{"type": typ, key: v}
}
