package slacksim

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Block is one Block Kit block as the app sent it, with the block_id and
// action_ids that Slack gives to those without. Treat it as read-only: the
// workspace shares it between readers.
type Block = map[string]any

// at is a place in the payload, from the leaf up; written out only when
// something is wrong there.
type at struct {
	up  *at
	key string
	idx int
}

func (p *at) field(key string) *at { return &at{up: p, key: key, idx: -1} }
func (p *at) item(i int) *at       { return &at{up: p, idx: i} }

func (p *at) String() string {
	if p == nil {
		return ""
	}
	if p.idx >= 0 {
		return p.up.String() + "/" + strconv.Itoa(p.idx)
	}
	return p.up.String() + "/" + p.key
}

// checker walks a payload against the tables in limits.go and collects what
// Slack would say about it.
type checker struct {
	where    surface
	problems []string
	blockIDs map[string]bool
	text     int // characters over all blocks, tables apart
	markdown int
	tables   int
	charts   int
	inputs   int
	newID    func() string
}

func (c *checker) fail(p *at, format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...)+" [json-pointer:"+p.String()+"]")
}

// refusal is an error as the Web API words it.
type refusal struct {
	code     string
	messages []string
}

func (r *refusal) Error() string {
	if len(r.messages) == 0 {
		return r.code
	}
	return r.code + ": " + strings.Join(r.messages, "; ")
}

// checkMessageBlocks parses the blocks of a message and returns them with
// their ids filled in, or Slack's refusal. newID gives ids to the nameless.
func checkMessageBlocks(raw json.RawMessage, newID func() string) ([]Block, *refusal) {
	if isEmptyJSON(raw) {
		return nil, nil
	}
	var list []any
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, &refusal{code: "invalid_blocks_format"}
	}
	c := &checker{where: inMessage, newID: newID}
	blocks := c.blocks(list, (*at)(nil).field("blocks"), maxMessageBlocks)
	if len(c.problems) > 0 {
		return nil, &refusal{"invalid_blocks", c.problems}
	}
	if c.text > maxAllBlocksText {
		return nil, &refusal{code: "msg_blocks_too_long"}
	}
	return blocks, nil
}

// checkView parses a view for the given surface (inModal or inHome).
func checkView(raw json.RawMessage, where surface, newID func() string) (map[string]any, []Block, *refusal) {
	if len(raw) >= maxViewBytes {
		return nil, nil, &refusal{code: "view_too_large"}
	}
	var v map[string]any
	if err := json.Unmarshal(raw, &v); err != nil || v == nil {
		return nil, nil, &refusal{"invalid_arguments", []string{"must be provided an object [json-pointer:/view]"}}
	}
	c := &checker{where: where, newID: newID}
	root := (*at)(nil).field("view")
	fields := modalFields
	if where == inHome {
		fields = homeFields
	}
	c.fields(v, fields, root, 0)
	list, ok := v["blocks"].([]any)
	if !ok && v["blocks"] != nil {
		c.fail(root.field("blocks"), "must be provided an array")
	}
	blocks := c.blocks(list, root.field("blocks"), maxViewBlocks)
	if where == inModal && c.inputs > 0 && v["submit"] == nil {
		c.fail(root, "missing required field: submit")
	}
	if len(c.problems) > 0 {
		return nil, nil, &refusal{"invalid_arguments", c.problems}
	}
	return v, blocks, nil
}

func isEmptyJSON(raw json.RawMessage) bool {
	s := strings.TrimSpace(string(raw))
	return s == "" || s == "null" || s == "[]"
}

func (c *checker) blocks(list []any, p *at, most int) []Block {
	if len(list) > most {
		c.fail(p, "no more than %d items allowed", most)
		return nil
	}
	c.blockIDs = make(map[string]bool, len(list))
	out := make([]Block, 0, len(list))
	for i, v := range list {
		if b, ok := v.(map[string]any); ok {
			c.block(b, p.item(i), nil)
			out = append(out, b)
		} else {
			c.fail(p.item(i), "must be provided an object")
		}
	}
	if c.markdown > maxMarkdownText {
		c.fail(p, "markdown text must be less than %d characters", maxMarkdownText+1)
	}
	if c.tables > maxTableText {
		c.fail(p, "table cells must be less than %d characters", maxTableText+1)
	}
	if c.charts > maxCharts {
		c.fail(p, "no more than %d data_visualization blocks allowed", maxCharts)
	}
	return out
}

// block checks one block; only is the set of types allowed here (nil: all).
func (c *checker) block(b Block, p *at, only []string) {
	typ, _ := b["type"].(string)
	sp, known := blockSpecs[typ]
	if !known || sp.where&c.where == 0 || only != nil && !slices.Contains(only, typ) {
		c.fail(p.field("type"), "unsupported type: %s", typ)
		return
	}
	c.fields(b, sp.fields, p, 1)
	id, _ := b["block_id"].(string)
	if id == "" {
		id = c.newID()
		b["block_id"] = id
	}
	if c.blockIDs[id] {
		c.fail(p.field("block_id"), "`block_id` already exists in this payload: %s", id)
	}
	c.blockIDs[id] = true
	c.blockRules(b, typ, p)
}

// blockRules holds what a table of fields cannot say.
func (c *checker) blockRules(b Block, typ string, p *at) {
	switch typ {
	case "section":
		if b["text"] == nil && b["fields"] == nil {
			c.fail(p, "missing required field: text")
		}
	case "image":
		c.imageSource(b, p)
	case "input":
		c.inputs++
	case "markdown":
		s, _ := b["text"].(string)
		c.markdown += utf8.RuneCountInString(s)
	case "data_visualization":
		c.charts++
	case "container":
		if b["title"] == nil && b["rich_text_title"] == nil {
			c.fail(p, "missing required field: title")
		}
	case "actions", "context_actions":
		c.uniqueActions(b, p)
	}
}

func (c *checker) imageSource(m map[string]any, p *at) {
	if m["image_url"] == nil && m["slack_file"] == nil {
		c.fail(p, "missing required field: image_url")
	}
	if m["image_url"] != nil && m["slack_file"] != nil {
		c.fail(p, "only one of image_url and slack_file is allowed")
	}
}

func (c *checker) uniqueActions(b Block, p *at) {
	list, _ := b["elements"].([]any)
	seen := make(map[string]bool, len(list))
	for i, v := range list {
		e, _ := v.(map[string]any)
		id, _ := e["action_id"].(string)
		if id != "" && seen[id] {
			c.fail(p.field("elements").item(i).field("action_id"), "`action_id` already exists for this block_id: %s", id)
		}
		seen[id] = true
	}
}

// fields checks m against the table; extra counts the properties (type) that
// are known without being listed.
func (c *checker) fields(m map[string]any, fields []field, p *at, extra int) {
	found := 0
	for i := range fields {
		f := &fields[i]
		v, ok := m[f.name]
		if ok {
			found++
		}
		if v == nil {
			if f.required {
				c.fail(p, "missing required field: %s", f.name)
			}
			continue
		}
		c.value(v, f, p.field(f.name))
	}
	if found+extra == len(m) {
		return
	}
	for key := range m {
		if key == "type" && extra > 0 {
			continue
		}
		if !slices.ContainsFunc(fields, func(f field) bool { return f.name == key }) {
			c.fail(p, "invalid additional property: %s", key)
		}
	}
}

func (c *checker) value(v any, f *field, p *at) {
	switch f.kind {
	case kString, kEnum:
		c.str(v, f, p)
	case kPlain, kText:
		c.textObject(v, f.kind, f.max, p)
	case kBool:
		if _, ok := v.(bool); !ok {
			c.fail(p, "must be provided a boolean")
		}
	case kInt, kStringOrNum:
		c.number(v, f, p)
	case kElement:
		c.element(v, f.of, p)
	case kElements, kTexts, kOptions, kGroups, kBlocks, kTableRows, kDataRows:
		c.list(v, f, p)
	case kOption:
		c.object(v, optionsOf(f.opt), p)
	case kConfirm:
		c.object(v, confirmFields, p)
	case kFeedback:
		c.object(v, feedbackFields, p)
	case kRich:
		c.rich(v, p)
	case kRichBlock:
		c.richBlock(v, p)
	case kChart:
		c.chart(v, p)
	}
}

func (c *checker) str(v any, f *field, p *at) {
	s, ok := v.(string)
	switch {
	case !ok:
		c.fail(p, "must be provided a string")
	case f.kind == kEnum:
		if !slices.Contains(f.of, s) {
			c.fail(p, "must be a valid enum value")
		}
	default:
		c.length(s, f.min, f.max, p)
	}
}

func (c *checker) length(s string, least, most int, p *at) {
	n := utf8.RuneCountInString(s)
	if n > most {
		c.fail(p, "must be less than %d characters", most+1)
	}
	if n < least {
		c.fail(p, "must be more than %d characters", least-1)
	}
}

func (c *checker) textObject(v any, k kind, most int, p *at) {
	m, ok := v.(map[string]any)
	if !ok {
		c.fail(p, "must be provided an object")
		return
	}
	typ, _ := m["type"].(string)
	if typ != "plain_text" && (typ != "mrkdwn" || k == kPlain) {
		c.fail(p.field("type"), "must be a valid enum value")
	}
	s, ok := m["text"].(string)
	if !ok {
		c.fail(p, "missing required field: text")
		return
	}
	c.length(s, 1, most, p.field("text"))
	c.text += utf8.RuneCountInString(s)
	for key := range m {
		if key != "type" && key != "text" && key != "emoji" && key != "verbatim" {
			c.fail(p, "invalid additional property: %s", key)
		}
	}
}

func (c *checker) number(v any, f *field, p *at) {
	if f.kind == kStringOrNum {
		s, isText := v.(string)
		_, isNum := v.(float64)
		_, err := strconv.ParseFloat(s, 64)
		if !isNum && (!isText || err != nil) {
			c.fail(p, "must be provided a number")
		}
		return
	}
	n, ok := v.(float64)
	if !ok || n != float64(int64(n)) {
		c.fail(p, "must be provided an integer")
		return
	}
	if n < float64(f.min) || n > float64(f.max) {
		c.fail(p, "must be between %d and %d", f.min, f.max)
	}
}

func (c *checker) object(v any, fields []field, p *at) {
	m, ok := v.(map[string]any)
	if !ok {
		c.fail(p, "must be provided an object")
		return
	}
	extra := 0
	if _, typed := m["type"]; typed { // slack-go types its feedback buttons; Slack lets it pass
		extra = 1
	}
	c.fields(m, fields, p, extra)
}

// optionsOf gives the option table for a menu; the texts of checkboxes and
// radio buttons may be mrkdwn.
func optionsOf(k kind) []field {
	if k != kText {
		return optionFields
	}
	fields := slices.Clone(optionFields)
	fields[0].kind = kText
	return fields
}
