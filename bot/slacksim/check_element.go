package slacksim

import (
	"encoding/json"
	"slices"
	"unicode/utf8"
)

func (c *checker) list(v any, f *field, p *at) {
	list, ok := v.([]any)
	if !ok {
		c.fail(p, "must be provided an array")
		return
	}
	if len(list) > f.max {
		c.fail(p, "no more than %d items allowed", f.max)
		return
	}
	if len(list) < f.min {
		c.fail(p, "no fewer than %d items allowed", f.min)
		return
	}
	switch f.kind {
	case kTableRows, kDataRows:
		c.rows(list, f, p)
		return
	case kOptions:
		c.options(list, optionsOf(f.opt), p)
		return
	}
	for i, item := range list {
		switch q := p.item(i); f.kind {
		case kElements:
			c.element(item, f.of, q)
		case kTexts:
			c.textObject(item, kText, f.each, q)
		case kGroups:
			c.object(item, groupFields, q)
		case kBlocks:
			if b, ok := item.(map[string]any); ok {
				c.block(b, q, f.of)
			} else {
				c.fail(q, "must be provided an object")
			}
		}
	}
}

func (c *checker) options(list []any, fields []field, p *at) {
	for i, item := range list {
		c.object(item, fields, p.item(i))
	}
}

func (c *checker) element(v any, allowed []string, p *at) {
	m, ok := v.(map[string]any)
	if !ok {
		c.fail(p, "must be provided an object")
		return
	}
	typ, _ := m["type"].(string)
	if !slices.Contains(allowed, typ) {
		c.fail(p.field("type"), "unsupported type: %s", typ)
		return
	}
	if typ == "plain_text" || typ == "mrkdwn" {
		c.textObject(m, kText, 3000, p)
		return
	}
	sp := elementSpecs[typ]
	if sp.where&c.where == 0 {
		c.fail(p.field("type"), "unsupported type: %s", typ)
		return
	}
	c.fields(m, sp.fields, p, 1)
	if id, _ := m["action_id"].(string); id == "" && typ != "image" {
		m["action_id"] = c.newID()
	}
	c.elementRules(m, typ, p)
}

func (c *checker) elementRules(m map[string]any, typ string, p *at) {
	switch typ {
	case "image":
		c.imageSource(m, p)
	case "static_select", "multi_static_select":
		if (m["options"] == nil) == (m["option_groups"] == nil) {
			c.fail(p, "exactly one of options and option_groups must be provided")
			return
		}
		c.initialAmong(m, p)
	case "radio_buttons", "checkboxes":
		c.initialAmong(m, p)
	case "plain_text_input":
		least, _ := m["min_length"].(float64)
		most, has := m["max_length"].(float64)
		if has && least > most {
			c.fail(p.field("min_length"), "must not be greater than max_length")
		}
		s, _ := m["initial_value"].(string)
		if has && utf8.RuneCountInString(s) > int(most) {
			c.fail(p.field("initial_value"), "must be less than %d characters", int(most)+1)
		}
	}
}

// initialAmong requires that what is chosen at first is on offer, text and all.
func (c *checker) initialAmong(m map[string]any, p *at) {
	offered := offers(m)
	check := func(o any, q *at) {
		if !slices.ContainsFunc(offered, func(x map[string]any) bool { return sameJSON(x, o) }) {
			c.fail(q, "must be one of the provided options")
		}
	}
	if o := m["initial_option"]; o != nil {
		check(o, p.field("initial_option"))
	}
	list, _ := m["initial_options"].([]any)
	for i, o := range list {
		check(o, p.field("initial_options").item(i))
	}
}

// offers lists the options of a menu, those in groups included.
func offers(m map[string]any) []map[string]any {
	var out []map[string]any
	add := func(v any) {
		list, _ := v.([]any)
		for _, o := range list {
			if x, ok := o.(map[string]any); ok {
				out = append(out, x)
			}
		}
	}
	add(m["options"])
	groups, _ := m["option_groups"].([]any)
	for _, g := range groups {
		if x, ok := g.(map[string]any); ok {
			add(x["options"])
		}
	}
	return out
}

func sameJSON(a, b any) bool {
	x, errA := json.Marshal(a)
	y, errB := json.Marshal(b)
	return errA == nil && errB == nil && string(x) == string(y)
}
