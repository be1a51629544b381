// Dialogs on the browser's own <dialog>: it keeps the focus inside, makes the
// rest inert, and gives the focus back to where it came from.
import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import type { FileInfo, Loose } from "./api";
import { Icon } from "./icon";
import { Text } from "./mrkdwn";

export function Dialog(props: { title: ReactNode; className?: string; onClose(): void; back?: () => void; children: ReactNode; foot?: ReactNode }) {
  const ref = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    const d = ref.current!;
    const from = document.activeElement as HTMLElement | null;
    if (!d.open) d.showModal();
    // The first thing to fill in, not the × that stands before it.
    const first = d.querySelector<HTMLElement>(".dialog-body :is(input, textarea):not([type=radio], [type=checkbox], [disabled])") ?? d.querySelector<HTMLElement>("footer .button:last-child");
    if (!d.querySelector("[autofocus]")) first?.focus();
    return () => {
      d.close();
      if (from?.isConnected) from.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={`dialog ${props.className ?? ""}`}
      aria-labelledby={title}
      onCancel={(e) => {
        e.preventDefault();
        props.onClose();
      }}
      onMouseDown={(e) => e.target === ref.current && props.onClose()}
    >
      <div className="dialog-box">
        <header>
          {props.back && (
            <button type="button" className="icon-button" aria-label="Back" onClick={props.back}>
              <Icon name="back" />
            </button>
          )}
          <h2 id={title}>{props.title}</h2>
          <button type="button" className="icon-button" aria-label="Close" onClick={props.onClose}>
            <Icon name="close" />
          </button>
        </header>
        <div className="dialog-body">{props.children}</div>
        {props.foot && <footer>{props.foot}</footer>}
      </div>
    </dialog>
  );
}

/** A confirm object as Slack shows it; onDone says whether it was confirmed. */
export function Confirm({ confirm, onDone }: { confirm: Loose; onDone(yes: boolean): void }) {
  const danger = confirm.style === "danger";
  return (
    <Dialog
      title={<Text of={confirm.title} />}
      className="small"
      onClose={() => onDone(false)}
      foot={
        <>
          <button type="button" className="button" onClick={() => onDone(false)}>
            {confirm.deny ? <Text of={confirm.deny} /> : "Cancel"}
          </button>
          <button type="button" className={danger ? "button danger solid" : "button primary"} onClick={() => onDone(true)}>
            {confirm.confirm ? <Text of={confirm.confirm} /> : "OK"}
          </button>
        </>
      }
    >
      <Text of={confirm.text} />
    </Dialog>
  );
}

export function Picture({ file, onClose }: { file: FileInfo; onClose(): void }) {
  return (
    <Dialog title={file.title || file.name || "Picture"} className="wide" onClose={onClose}>
      <img className="enlarged" src={file.url} alt={file.alt_txt || file.title || file.name || ""} />
      {file.alt_txt && <p className="muted">{file.alt_txt}</p>}
    </Dialog>
  );
}

/** Whether the viewport is narrower than px, kept up to date. */
export function useNarrow(px: number): boolean {
  const query = `(max-width: ${px}px)`;
  const [narrow, setNarrow] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const m = matchMedia(query);
    const on = () => setNarrow(m.matches);
    m.addEventListener("change", on);
    return () => m.removeEventListener("change", on);
  }, [query]);
  return narrow;
}
