// The panel at the right with one thread.
import { useEffect } from "react";
import type { Message, Shortcut, Workspace } from "./api";
import type { Row } from "./book";
import { Composer } from "./composer";
import { Icon } from "./icon";
import { MessageList } from "./list";

export interface ThreadProps {
  user: string;
  ws: Workspace;
  row: Row;
  ts: string;
  messages: Message[] | undefined;
  failed?: string;
  onClose(): void;
  onRetry(): void;
  onShortcut(s: Shortcut, m?: Message): void;
}

export function Thread(p: ThreadProps) {
  const { onClose, ts } = p;
  useEffect(() => {
    const esc = (e: KeyboardEvent) => {
      if (e.key !== "Escape" || e.defaultPrevented || document.querySelector("dialog[open]")) return;
      onClose();
      document.querySelector<HTMLElement>(`article[data-ts="${CSS.escape(ts)}"]`)?.focus();
    };
    addEventListener("keydown", esc);
    return () => removeEventListener("keydown", esc);
  }, [onClose, ts]);
  return (
    <aside className="thread" aria-label="Thread">
      <header className="top">
        <h1>Thread</h1>
        <span className="topic">{p.row.kind === "channel" ? `#${p.row.name}` : p.row.name}</span>
        <button type="button" className="icon-button" aria-label="Close the thread" onClick={onClose}><Icon name="close" /></button>
      </header>
      <div className="panel">
        <MessageList id={ts} messages={p.messages} failed={p.failed} empty={null} user={p.user} channel={p.row.id} shortcuts={p.ws.shortcuts ?? []} inThread onRetry={p.onRetry} onShortcut={p.onShortcut} />
        <Composer user={p.user} channel={p.row.id} thread={ts} place={p.row.name} commands={[]} shortcuts={[]} autoFocus onShortcut={() => {}} />
      </div>
    </aside>
  );
}
