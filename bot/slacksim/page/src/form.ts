// The state of a surface's inputs, in the shape Slack sends it: values by
// block_id, then action_id.
import type { Block, Loose, Value, Values } from "./api";

/** A block's id, or one that stays the same while the block keeps its place. */
export function blockId(b: Block, i: number): string {
  return b.block_id || `b${i}`;
}

/** The elements of a block that a person can act on. */
export function elements(b: Block): Loose[] {
  if (b.type === "input") return b.element ? [b.element] : [];
  if (b.type === "section") return b.accessory ? [b.accessory] : [];
  if (b.type === "actions" || b.type === "context_actions") return b.elements ?? [];
  return [];
}

/** What an element holds before anyone touched it; undefined for buttons and the like. */
export function initial(el: Loose): Value | undefined {
  const t: string = el.type;
  switch (t) {
    case "plain_text_input":
    case "email_text_input":
    case "url_text_input":
    case "number_input":
      return { type: t, value: el.initial_value ?? null };
    case "rich_text_input":
      return { type: t, rich_text_value: el.initial_value };
    case "datepicker":
      return { type: t, selected_date: el.initial_date ?? null };
    case "timepicker":
      return { type: t, selected_time: el.initial_time ?? null };
    case "datetimepicker":
      return { type: t, selected_date_time: el.initial_date_time ?? null };
    case "checkboxes":
      return { type: t, selected_options: el.initial_options ?? [] };
    case "radio_buttons":
    case "static_select":
    case "external_select":
      return { type: t, selected_option: el.initial_option ?? null };
    case "multi_static_select":
    case "multi_external_select":
      return { type: t, selected_options: el.initial_options ?? [] };
    case "file_input":
      return { type: t, files: [] };
  }
  const m = /^(multi_)?(user|conversation|channel)s_select$/.exec(t);
  if (!m) return undefined;
  if (m[1]) return { type: t, [`selected_${m[2]}s`]: el[`initial_${m[2]}s`] ?? [] };
  return { type: t, [`selected_${m[2]}`]: el[`initial_${m[2]}`] ?? null };
}

/** Values for blocks: what was typed stays where block and action are still there, as in Slack. */
export function valuesFor(blocks: Block[], before: Values = {}): Values {
  const out: Values = {};
  blocks.forEach((b, i) => {
    const id = blockId(b, i);
    for (const el of elements(b)) {
      const first = initial(el);
      if (!first || !el.action_id) continue;
      const kept = before[id]?.[el.action_id];
      (out[id] ??= {})[el.action_id] = kept && kept.type === first.type ? kept : first;
    }
  });
  return out;
}

/** Whether a value counts as filled in. */
export function filled(v: Value | undefined): boolean {
  if (!v) return false;
  return Object.entries(v).some(([k, x]) => k !== "type" && x != null && x !== "" && !(Array.isArray(x) && x.length === 0));
}

/** Slack's own complaints before anything is sent: required fields, and lengths. */
export function complaints(blocks: Block[], values: Values): Record<string, string> {
  const out: Record<string, string> = {};
  blocks.forEach((b, i) => {
    if (b.type !== "input" || !b.element) return;
    const id = blockId(b, i);
    const v = values[id]?.[b.element.action_id];
    const text = typeof v?.value === "string" ? v.value : "";
    if (!b.optional && !filled(v)) out[id] = "Please complete this required field.";
    else if (text && text.length < (b.element.min_length ?? 0)) out[id] = `Please enter at least ${b.element.min_length} characters.`;
    else if (text && b.element.max_length && text.length > b.element.max_length) out[id] = `Please enter at most ${b.element.max_length} characters.`;
    else if (text && b.element.type === "email_text_input" && !/^\S+@\S+$/.test(text)) out[id] = "Please enter a valid email address.";
    else if (text && b.element.type === "url_text_input" && !/^https?:\/\/\S+$/.test(text)) out[id] = "Please enter a valid URL, starting with https://.";
    else if (text && b.element.type === "number_input") {
      const n = Number(text);
      if (!Number.isFinite(n)) out[id] = "Please enter a number.";
      else if (b.element.is_decimal_allowed === false && !Number.isInteger(n)) out[id] = "Please enter a whole number.";
      else if (b.element.min_value != null && n < Number(b.element.min_value)) out[id] = `Please enter ${b.element.min_value} or more.`;
      else if (b.element.max_value != null && n > Number(b.element.max_value)) out[id] = `Please enter ${b.element.max_value} or less.`;
    }
  });
  return out;
}
