// Every select of Block Kit: one or several, from a list or from the app.
// A combobox: type to narrow, arrows move, Enter takes, Esc closes, Backspace
// on an empty line takes the last one off.
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "./icon";

export interface Item {
  key: string;
  label: string;
  note?: string;
  group?: string;
}

function usePlace(open: boolean, anchor: React.RefObject<HTMLElement | null>, again: unknown) {
  const [style, setStyle] = useState<React.CSSProperties>({});
  useLayoutEffect(() => {
    if (!open || !anchor.current) return;
    const put = () => {
      const r = anchor.current!.getBoundingClientRect();
      const below = innerHeight - r.bottom;
      const up = below < 220 && r.top > below;
      setStyle({
        position: "fixed",
        left: Math.max(8, Math.min(r.left, innerWidth - Math.max(r.width, 220) - 8)),
        minWidth: Math.max(r.width, 220),
        maxHeight: Math.min(300, (up ? r.top : below) - 16),
        ...(up ? { bottom: innerHeight - r.top + 4 } : { top: r.bottom + 4 }),
      });
    };
    put();
    addEventListener("scroll", put, true);
    addEventListener("resize", put);
    return () => {
      removeEventListener("scroll", put, true);
      removeEventListener("resize", put);
    };
  }, [open, anchor, again]);
  return style;
}

function useSuggestions(typed: string, open: boolean, items: Item[] | undefined, load: ((t: string) => Promise<Item[]>) | undefined, min: number) {
  const [found, setFound] = useState<Item[] | "loading" | "failed">([]);
  useEffect(() => {
    if (!open || !load || typed.length < min) return;
    let live = true;
    setFound("loading");
    const t = setTimeout(() => {
      load(typed).then((x) => live && setFound(x), () => live && setFound("failed"));
    }, 120);
    return () => {
      live = false;
      clearTimeout(t);
    };
    // load is a new function at every drawing; what was typed is what matters.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [typed, open, min]);
  if (!load) {
    const t = typed.toLocaleLowerCase();
    return (items ?? []).filter((i) => i.label.toLocaleLowerCase().includes(t) || i.note?.toLocaleLowerCase().includes(t));
  }
  return typed.length < min ? [] : found;
}

export interface PickerProps {
  label: string;
  placeholder?: string;
  items?: Item[];
  load?: (typed: string) => Promise<Item[]>;
  min?: number;
  chosen: Item[];
  many?: boolean;
  max?: number;
  busy?: boolean;
  invalid?: boolean;
  describedBy?: string;
  autoFocus?: boolean;
  onChange(chosen: Item[]): void;
}

export function Picker(p: PickerProps) {
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const min = p.min ?? 0;
  const found = useSuggestions(typed, open, p.items, p.load, min);
  const list = Array.isArray(found) ? found.filter((i) => !p.many || !p.chosen.some((c) => c.key === i.key)) : [];
  const style = usePlace(open, box, p.chosen.length);
  const one = !p.many ? p.chosen[0] : undefined;

  const take = (i: Item) => {
    setTyped("");
    setAt(0);
    if (!p.many) setOpen(false);
    p.onChange(p.many ? [...p.chosen, i].slice(0, p.max ?? Infinity) : [i]);
  };
  const drop = (i: Item) => p.onChange(p.chosen.filter((c) => c.key !== i.key));

  const onKey = (e: React.KeyboardEvent) => {
    if (e.key === "Escape" && open) {
      e.preventDefault();
      e.stopPropagation();
      setOpen(false);
    } else if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (!open) return setOpen(true);
      setAt((at + (e.key === "ArrowDown" ? 1 : -1) + list.length) % Math.max(1, list.length));
    } else if (e.key === "Enter") {
      e.preventDefault();
      if (!open) setOpen(true);
      else if (list[at]) take(list[at]);
    } else if (e.key === "Backspace" && typed === "" && p.chosen.length > 0) {
      drop(p.chosen.at(-1)!);
    }
  };

  return (
    <div className="picker" ref={box} data-busy={p.busy || undefined} aria-busy={p.busy}>
      <div className="picker-field" data-invalid={p.invalid || undefined} onMouseDown={(e) => {
        if (e.target === input.current) return;
        e.preventDefault();
        input.current?.focus();
        setOpen(true);
      }}>
        {p.many && p.chosen.map((c) => (
          <span className="token" key={c.key}>
            {c.label}
            <button type="button" aria-label={`Remove ${c.label}`} onMouseDown={(e) => e.stopPropagation()} onClick={() => drop(c)}>
              <Icon name="close" />
            </button>
          </span>
        ))}
        <input
          ref={input}
          role="combobox"
          aria-label={p.label}
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && list[at] ? `${id}-${at}` : undefined}
          aria-invalid={p.invalid || undefined}
          aria-describedby={p.describedBy}
          autoComplete="off"
          autoFocus={p.autoFocus}
          disabled={p.busy}
          className={one && !typed ? "has-choice" : undefined}
          placeholder={one ? one.label : p.many && p.chosen.length ? "" : p.placeholder || "Choose…"}
          value={typed}
          onChange={(e) => {
            setTyped(e.target.value);
            setAt(0);
            setOpen(true);
          }}
          onClick={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKey}
        />
        {p.busy ? <span className="spinner" /> : <Icon name="chevron" />}
      </div>
      {open && (
        <div className="picker-list" role="listbox" id={`${id}-list`} style={style} aria-label={p.label} onMouseDown={(e) => e.preventDefault()}>
          <Options id={id} list={list} found={found} typed={typed} min={min} at={at} one={one} take={take} />
        </div>
      )}
    </div>
  );
}

function Options(p: { id: string; list: Item[]; found: Item[] | "loading" | "failed"; typed: string; min: number; at: number; one?: Item; take(i: Item): void }) {
  useEffect(() => {
    document.getElementById(`${p.id}-${p.at}`)?.scrollIntoView({ block: "nearest" });
  }, [p.at, p.id]);
  if (p.found === "loading") return <div className="picker-note"><span className="spinner" /> Looking…</div>;
  if (p.found === "failed") return <div className="picker-note">The app did not answer. Type again to retry.</div>;
  if (p.typed.length < p.min) return <div className="picker-note">Type {p.min === 1 ? "a letter" : `${p.min} letters`} to search</div>;
  if (p.list.length === 0) return <div className="picker-note">Nothing found</div>;
  return p.list.map((i, n) => (
    <div key={i.key}>
      {i.group && i.group !== p.list[n - 1]?.group && <div className="picker-group">{i.group}</div>}
      <div
        role="option"
        id={`${p.id}-${n}`}
        aria-selected={p.one?.key === i.key}
        className={n === p.at ? "picker-option at" : "picker-option"}
        onClick={() => p.take(i)}
      >
        <span>{i.label}</span>
        {i.note && <small>{i.note}</small>}
        {p.one?.key === i.key && <Icon name="check" />}
      </div>
    </div>
  ));
}
