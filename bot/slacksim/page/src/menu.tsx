// A menu button: arrows move, Enter chooses, Esc closes, a press elsewhere closes.
import { useEffect, useRef, useState, type ReactNode } from "react";

export interface Choice {
  key: string;
  label: ReactNode;
  note?: ReactNode;
  current?: boolean;
  danger?: boolean;
  run(): void;
}

export function Menu(props: {
  label: string;
  button: ReactNode;
  className?: string;
  choices: Choice[];
  heading?: ReactNode;
  children?: (close: () => void) => ReactNode;
  disabled?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    trigger.current?.focus();
  };
  useEffect(() => {
    if (!open) return;
    const list = root.current?.querySelectorAll<HTMLElement>("[role^=menuitem]");
    (root.current?.querySelector<HTMLElement>("[aria-checked=true]") ?? list?.[0])?.focus();
    const away = (e: PointerEvent) => !root.current?.contains(e.target as Node) && setOpen(false);
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [open]);

  const onKey = (e: React.KeyboardEvent) => {
    if (!open) return;
    if (e.key === "Escape") {
      e.preventDefault();
      e.stopPropagation();
      return close();
    }
    if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(e.key) || (e.target as HTMLElement).tagName === "INPUT") return;
    e.preventDefault();
    const items = [...root.current!.querySelectorAll<HTMLElement>("[role^=menuitem]")];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = e.key === "Home" ? 0 : e.key === "End" ? items.length - 1 : at + (e.key === "ArrowDown" ? 1 : -1);
    items[(to + items.length) % items.length]?.focus();
  };

  return (
    <div className={`menu ${props.className ?? ""}`} ref={root} onKeyDown={onKey}>
      <button
        type="button"
        ref={trigger}
        className="menu-button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={props.label}
        title={props.label}
        disabled={props.disabled}
        onClick={() => setOpen(!open)}
      >
        {props.button}
      </button>
      {open && (
        <div className="menu-list" role="menu" aria-label={props.label}>
          {props.heading && <div className="menu-heading">{props.heading}</div>}
          {props.choices.map((c) => (
            <button
              key={c.key}
              type="button"
              role={c.current === undefined ? "menuitem" : "menuitemradio"}
              aria-checked={c.current}
              className={c.danger ? "menu-item danger" : "menu-item"}
              tabIndex={-1}
              onClick={() => {
                close();
                c.run();
              }}
            >
              <span>{c.label}</span>
              {c.note && <small>{c.note}</small>}
            </button>
          ))}
          {props.children?.(close)}
        </div>
      )}
    </div>
  );
}
