// The select menus: what each offers, and how its choice is written down.
import type { Loose, Value } from "./api";
import { textOf, useElement, type ElementProps } from "./element";
import { Picker, type Item } from "./picker";

const fromOption = (o: Loose, group?: string): Item & { option: Loose } => ({
  key: String(o.value), label: textOf(o.text), note: textOf(o.description) || undefined, group, option: o,
});

const fromOptions = (el: Loose) => [
  ...(el.options ?? []).map((o: Loose) => fromOption(o)),
  ...(el.option_groups ?? []).flatMap((g: Loose) => (g.options ?? []).map((o: Loose) => fromOption(o, textOf(g.label)))),
];

export function Select(p: ElementProps) {
  const { el } = p;
  const { shell, surface, value, choose, busy } = useElement(p);
  const many = el.type.startsWith("multi_");
  const kind: string = el.type.replace(/^multi_/, "").replace(/s?_select$/, "");
  const listed = kind === "static" || kind === "external";
  const field = listed ? (many ? "selected_options" : "selected_option") : `selected_${kind}${many ? "s" : ""}`;

  const people = shell.people.map((x) => ({ key: x.id, label: x.label, note: x.note }));
  const channels = shell.channels.map((x) => ({ key: x.id, label: "# " + x.label, note: x.note }));
  const items: Item[] = kind === "static" ? fromOptions(el) : kind === "user" ? people : kind === "channel" ? channels : [...channels, ...people];

  const raw = value?.[field];
  const list: unknown[] = raw == null ? [] : many ? raw : [raw];
  const chosen: Item[] = listed
    ? list.map((o) => fromOption(o as Loose))
    : list.map((id) => items.find((i) => i.key === id) ?? { key: String(id), label: String(id) });

  const load = async (typed: string): Promise<Item[]> => {
    const out = await surface.options(el, p.block, typed);
    if (!out.ok) throw new Error(out.error);
    return fromOptions(out);
  };
  const change = (now: Item[]) => {
    const as = (i: Item): unknown => (listed ? ((i as Item & { option?: Loose }).option ?? list.find((o) => (o as Loose).value === i.key)) : i.key);
    const v: Value = { type: el.type, [field]: many ? now.map(as) : now.length ? as(now[0]) : null };
    void choose(v);
  };
  return (
    <Picker
      label={p.input?.label ?? (textOf(el.placeholder) || "Choose")}
      placeholder={textOf(el.placeholder)}
      items={items}
      load={kind === "external" ? load : undefined}
      min={kind === "external" ? (el.min_query_length ?? 3) : 0}
      chosen={chosen}
      many={many}
      max={el.max_selected_items}
      busy={busy}
      invalid={p.input?.invalid}
      describedBy={p.input?.describedBy}
      autoFocus={el.focus_on_load === true}
      onChange={change}
    />
  );
}
