// The interactive elements of Block Kit. In actions and sections a choice is
// sent at once; in an input block it waits for the submit, unless the block
// has dispatch_action.
import { useContext, useState } from "react";
import type { Loose, Value } from "./api";
import { Icon, type IconName } from "./icon";
import { Menu } from "./menu";
import { Text, plain } from "./mrkdwn";
import { SmallImage } from "./picture";
import { Select } from "./select";
import { ShellOf, SurfaceOf } from "./surface";

export interface ElementProps {
  el: Loose;
  block: string;
  /** Of the input block around it: its label, hint ids, and whether choices go out at once. */
  input?: { label: string; describedBy?: string; dispatch: boolean; invalid: boolean };
}

export const textOf = (t: Loose | string | undefined): string =>
  t === undefined || t === null ? "" : typeof t === "string" ? t : plain(t.text ?? "", t.emoji !== false);

/** The present value, how to change it, and how to send an action. */
export function useElement({ el, block, input }: ElementProps) {
  const surface = useContext(SurfaceOf)!;
  const shell = useContext(ShellOf);
  const value = surface.values[block]?.[el.action_id];
  const act = async (extra: Loose, confirm: Loose | undefined = el.confirm) => {
    if (confirm && !(await shell.confirm(confirm))) return false;
    await surface.act(el, block, extra);
    return true;
  };
  /** Sets the value and, outside waiting input blocks, sends it. A refused confirm puts the old one back. */
  const choose = async (v: Value) => {
    surface.set(block, el.action_id, v);
    if (input && !input.dispatch) return;
    const { type: _, ...extra } = v;
    if (!(await act(extra)) && value) surface.set(block, el.action_id, value);
  };
  const busy = surface.busy.has(`${block}/${el.action_id}`);
  return { surface, shell, value, act, choose, busy, set: (v: Value) => surface.set(block, el.action_id, v) };
}

export function Element(p: ElementProps) {
  switch (p.el.type as string) {
    case "button":
    case "workflow_button":
      return <Button {...p} />;
    case "icon_button":
      return <IconButton {...p} />;
    case "feedback_buttons":
      return <Feedback {...p} />;
    case "overflow":
      return <Overflow {...p} />;
    case "checkboxes":
    case "radio_buttons":
      return <Ticks {...p} />;
    case "plain_text_input":
    case "email_text_input":
    case "url_text_input":
    case "number_input":
    case "rich_text_input":
      return <Typed {...p} />;
    case "datepicker":
    case "timepicker":
    case "datetimepicker":
      return <When {...p} />;
    case "file_input":
      return <Files {...p} />;
    case "image":
      return <SmallImage el={p.el} />;
    case "mrkdwn":
    case "plain_text":
      return <Text of={p.el} />;
  }
  if (/_select$/.test(p.el.type)) return <Select {...p} />;
  return <Unknown what={p.el} />;
}

/** What the page has no drawing for is shown with all its words, never dropped. */
export function Unknown({ what }: { what: Loose }) {
  const words: string[] = [];
  const walk = (x: unknown, key: string) => {
    if (typeof x === "string") {
      if (/^(text|title|alt_text|label|caption|name|url|fallback|description)$/.test(key)) words.push(plain(x));
    } else if (typeof x === "number" && key === "value") words.push(String(x));
    else if (Array.isArray(x)) x.forEach((y) => walk(y, key));
    else if (x && typeof x === "object") Object.entries(x).forEach(([k, y]) => walk(y, k));
  };
  walk(what, "");
  return (
    <div className="unknown" role="note">
      <small>This page has no drawing for “{String(what.type)}”. What it says:</small>
      <div>{words.length ? words.join(" · ") : "(no text)"}</div>
    </div>
  );
}

function Button({ el, block, ...rest }: ElementProps) {
  const { act, surface } = useElement({ el, block, ...rest });
  // Two buttons may share an action_id in one block, told apart by their value.
  const busy = surface.busy.has(`${block}/${el.action_id}/${el.value ?? ""}`);
  const press = () => {
    if (busy) return;
    if (/^https?:/i.test(el.url ?? "")) window.open(el.url, "_blank", "noopener,noreferrer");
    void act({ value: el.value, text: el.text });
  };
  return (
    <button
      type="button"
      className={`button ${el.style === "primary" ? "primary" : el.style === "danger" ? "danger" : ""}`}
      aria-label={el.accessibility_label}
      aria-busy={busy}
      aria-disabled={busy} // and not disabled, which would drop the focus
      onClick={press}
    >
      <span>{textOf(el.text)}</span>
      {busy && <span className="spinner" />}
    </button>
  );
}

const iconNames: Record<string, IconName> = { trash: "bin" };

function IconButton(p: ElementProps) {
  const { act } = useElement(p);
  const label = p.el.accessibility_label || textOf(p.el.text) || p.el.icon;
  return (
    <button type="button" className="icon-button bordered" aria-label={label} title={label} onClick={() => void act({ value: p.el.value })}>
      {iconNames[p.el.icon] ? <Icon name={iconNames[p.el.icon]} /> : label}
    </button>
  );
}

function Feedback(p: ElementProps) {
  const { act } = useElement(p);
  const [given, setGiven] = useState("");
  const one = (b: Loose | undefined, icon: IconName) =>
    b && (
      <button
        type="button"
        className="icon-button bordered"
        aria-pressed={given === b.value}
        aria-label={b.accessibility_label || textOf(b.text)}
        title={textOf(b.text)}
        onClick={() => {
          setGiven(b.value);
          void act({ value: b.value, text: b.text });
        }}
      >
        <Icon name={icon} />
      </button>
    );
  return (
    <span className="feedback">
      {one(p.el.positive_button, "good")}
      {one(p.el.negative_button, "bad")}
    </span>
  );
}

function Overflow(p: ElementProps) {
  const { act, busy } = useElement(p);
  const choices = (p.el.options ?? []).map((o: Loose) => ({
    key: o.value ?? textOf(o.text),
    label: textOf(o.text),
    note: o.description && textOf(o.description),
    run: () => {
      if (/^https?:/i.test(o.url ?? "")) window.open(o.url, "_blank", "noopener,noreferrer");
      void act({ selected_option: o });
    },
  }));
  return <Menu label="More actions" className="overflow" button={busy ? <span className="spinner" /> : <Icon name="more" />} choices={choices} disabled={busy} />;
}

function Ticks(p: ElementProps) {
  const { value, choose } = useElement(p);
  const many = p.el.type === "checkboxes";
  const chosen: string[] = many ? (value?.selected_options ?? []).map((o: Loose) => o.value) : value?.selected_option ? [value.selected_option.value] : [];
  const toggle = (o: Loose) => {
    if (!many) return choose({ type: p.el.type, selected_option: o });
    const now = chosen.includes(o.value) ? chosen.filter((v) => v !== o.value) : [...chosen, o.value];
    return choose({ type: p.el.type, selected_options: p.el.options.filter((x: Loose) => now.includes(x.value)) });
  };
  return (
    <div className="ticks" role={many ? "group" : "radiogroup"} aria-label={p.input?.label} aria-describedby={p.input?.describedBy}>
      {(p.el.options ?? []).map((o: Loose) => (
        <label key={o.value}>
          <input type={many ? "checkbox" : "radio"} name={`${p.block}/${p.el.action_id}`} checked={chosen.includes(o.value)} onChange={() => void toggle(o)} />
          <span>
            <Text of={o.text} />
            {o.description && <small><Text of={o.description} /></small>}
          </span>
        </label>
      ))}
    </div>
  );
}

const asRich = (t: string) => ({ type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: t }] }] });

function Typed(p: ElementProps) {
  const { el, input } = p;
  const { surface, value, set, act } = useElement(p);
  const rich = el.type === "rich_text_input";
  const text: string = rich ? (value?.rich_text_value?.elements ?? []).flatMap((e: Loose) => e.elements ?? []).map((e: Loose) => e.text ?? "").join("") : (value?.value ?? "");
  const make = (t: string): Value => (rich ? { type: el.type, rich_text_value: t ? asRich(t) : null } : { type: el.type, value: t === "" ? null : t });
  const on: string[] = el.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const multi = rich || el.multiline === true;
  const common = {
    value: text,
    placeholder: textOf(el.placeholder),
    autoFocus: el.focus_on_load === true,
    "aria-label": input?.label,
    "aria-describedby": input?.describedBy,
    "aria-invalid": input?.invalid || undefined,
    onChange: (e: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      set(make(e.target.value));
      if (input?.dispatch && on.includes("on_character_entered")) void act({ value: e.target.value });
    },
    onKeyDown: (e: React.KeyboardEvent) => {
      if (e.key !== "Enter" || e.shiftKey || e.nativeEvent.isComposing) return;
      if (input?.dispatch && on.includes("on_enter_pressed")) {
        e.preventDefault();
        void act({ value: text });
      } else if (surface.submit && (!multi || e.ctrlKey || e.metaKey)) {
        e.preventDefault();
        surface.submit();
      }
    },
  };
  const left = el.max_length ? el.max_length - text.length : undefined;
  return (
    <div className="typed">
      {multi ? <textarea rows={5} {...common} /> : <input type={el.type === "email_text_input" ? "email" : el.type === "url_text_input" ? "url" : "text"} inputMode={el.type === "number_input" ? "decimal" : undefined} {...common} />}
      {left !== undefined && left < Math.max(20, el.max_length / 10) && <small className={left < 0 ? "left over" : "left"}>{left}</small>}
    </div>
  );
}

const pad = (n: number) => String(n).padStart(2, "0");
const local = (sec: number) => {
  const d = new Date(sec * 1000);
  return `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}T${pad(d.getHours())}:${pad(d.getMinutes())}`;
};

function When(p: ElementProps) {
  const { value, choose, busy } = useElement(p);
  const [kind, field] = ({ datepicker: ["date", "selected_date"], timepicker: ["time", "selected_time"], datetimepicker: ["datetime-local", "selected_date_time"] } as Record<string, [string, string]>)[p.el.type];
  const raw = value?.[field];
  const shown = raw == null ? "" : p.el.type === "datetimepicker" ? local(raw) : raw;
  const label = p.input?.label ?? (textOf(p.el.placeholder) || "Date");
  return (
    <input
      className="when"
      type={kind}
      value={shown}
      disabled={busy}
      aria-label={label}
      aria-describedby={p.input?.describedBy}
      aria-invalid={p.input?.invalid || undefined}
      title={textOf(p.el.placeholder)}
      onChange={(e) => {
        const v = e.target.value;
        void choose({ type: p.el.type, [field]: v === "" ? null : p.el.type === "datetimepicker" ? Math.floor(new Date(v).getTime() / 1000) : v });
      }}
    />
  );
}

function Files(p: ElementProps) {
  const { set } = useElement(p);
  return (
    <input
      type="file"
      aria-label={p.input?.label}
      multiple={(p.el.max_files ?? 10) > 1}
      accept={(p.el.filetypes ?? []).map((t: string) => `.${t}`).join(",")}
      onChange={(e) => set({ type: "file_input", files: [...(e.target.files ?? [])].map((f) => ({ name: f.name, size: f.size, mimetype: f.type })) })}
    />
  );
}
