// Where a person types. Enter sends, Shift+Enter makes a line, ↑ on an empty
// line brings back what was sent before, / completes commands.
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { post, upload, type Command, type Shortcut } from "./api";
import { ghost, offers, type Offer } from "./complete";
import { Icon } from "./icon";
import { Menu } from "./menu";

// Lines sent, newest last, by person and place; for as long as the tab lives.
const keyOf = (kind: string, user: string, place: string) => `${kind}/${user}/${place}`;
function stored<T>(key: string, otherwise: T): T {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "") as T;
  } catch {
    return otherwise;
  }
}
function keep(key: string, value: unknown) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden store costs the recall of lines, nothing else.
  }
}

export interface ComposerProps {
  user: string;
  channel: string;
  thread?: string;
  place: string;
  commands: Command[];
  shortcuts: Shortcut[];
  autoFocus?: boolean;
  onShortcut(s: Shortcut): void;
}

/** The line being typed, with its drafts and the lines before it. */
function useLine(p: ComposerProps) {
  const where = p.channel + (p.thread ? `/${p.thread}` : "");
  const draftKey = keyOf("draft", p.user, where);
  const pastKey = keyOf("past", p.user, where);
  const [line, setLine] = useState(() => stored(draftKey, ""));
  const back = useRef(0);
  const set = (s: string) => {
    setLine(s);
    keep(draftKey, s);
  };
  const recall = (by: number) => {
    const past = stored<string[]>(pastKey, []);
    const to = Math.min(past.length, Math.max(0, back.current + by));
    if (to === back.current) return false;
    back.current = to;
    set(to === 0 ? "" : past[past.length - to]);
    return true;
  };
  const remember = (s: string) => {
    back.current = 0;
    keep(pastKey, [...stored<string[]>(pastKey, []).filter((x) => x !== s), s].slice(-50));
  };
  return { line, set, recall, remember, recalling: () => back.current > 0, forget: () => (back.current = 0) };
}

function useSend(p: ComposerProps, line: ReturnType<typeof useLine>) {
  const [working, setWorking] = useState("");
  const [problem, setProblem] = useState<{ why: string; text: string } | null>(null);
  const send = async (text: string) => {
    if (text.trim() === "") return;
    const command = /^\/\S+/.exec(text)?.[0];
    line.remember(text);
    line.set("");
    setProblem(null);
    setWorking(command ?? "");
    const out = await post("/sim/say", { user: p.user, channel: p.channel, text, thread_ts: p.thread });
    setWorking("");
    if (!out.ok) setProblem({ why: out.error || (command ? `${command} failed because the app did not respond.` : "That could not be sent."), text });
  };
  const sendFile = async (file: File | undefined) => {
    if (!file) return;
    setProblem(null);
    const beside = line.line.trim(); // goes with it, as in Slack
    line.set("");
    setWorking(file.name);
    const out = await upload(p.user, p.channel, p.thread ?? "", beside, file);
    setWorking("");
    if (!out.ok) setProblem({ why: out.error || "The file could not be sent.", text: beside });
  };
  return { working, problem, setProblem, send, sendFile };
}

export function Composer(p: ComposerProps) {
  const line = useLine(p);
  const { working, problem, setProblem, send, sendFile } = useSend(p, line);
  const [at, setAt] = useState(0);
  const [shut, setShut] = useState("");
  const box = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const list = shut === line.line ? [] : offers(line.line, p.thread ? [] : p.commands);
  const open = list.length > 0;

  useEffect(() => {
    if (p.autoFocus) box.current?.focus();
  }, [p.autoFocus]);
  useLayoutEffect(() => {
    const b = box.current!;
    b.style.height = "auto";
    b.style.height = `${Math.min(b.scrollHeight, 220)}px`;
  }, [line.line]);

  const take = (o: Offer) => {
    line.set(o.line);
    setAt(0);
    box.current?.focus();
  };
  const onKey = (e: React.KeyboardEvent<HTMLTextAreaElement>) => {
    if (e.nativeEvent.isComposing) return;
    const offer = list[Math.min(at, list.length - 1)];
    if (open && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
      e.preventDefault();
      setAt((at + (e.key === "ArrowDown" ? 1 : -1) + list.length) % list.length);
    } else if (open && e.key === "Escape") {
      e.preventDefault();
      setShut(line.line);
    } else if (open && e.key === "Tab" && !e.shiftKey) {
      e.preventDefault();
      take(offer);
    } else if (e.key === "Enter" && !e.shiftKey) {
      e.preventDefault();
      // A command typed out in full is sent; a part of one, or one moved to, is taken.
      const whole = at === 0 && (list.some((o) => o.title === line.line.trim()) || line.line.endsWith(" "));
      if (open && !whole) take(offer);
      else void send(line.line);
    } else if (e.key === "ArrowUp" && (line.line === "" || line.recalling())) {
      if (line.recall(1)) e.preventDefault();
    } else if (e.key === "ArrowDown" && line.recalling()) {
      if (line.recall(-1)) e.preventDefault();
    }
  };
  return (
    <div className="composer">
      {problem && (
        <div className="failure" role="alert">
          <span>{problem.why}</span>
          {problem.text && <button type="button" className="link" onClick={() => { line.set(problem.text); setProblem(null); box.current?.focus(); }}>Put the text back</button>}
          <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => setProblem(null)}><Icon name="close" /></button>
        </div>
      )}
      {open && <Offers id={id} list={list} at={Math.min(at, list.length - 1)} take={take} />}
      <div className="composer-box">
        <div className="typing">
          <textarea
            ref={box}
            rows={1}
            role="combobox"
            aria-expanded={open}
            aria-controls={`${id}-offers`}
            aria-activedescendant={open ? `${id}-${Math.min(at, list.length - 1)}` : undefined}
            aria-autocomplete="list"
            aria-label={p.thread ? "Reply in thread" : `Message ${p.place}`}
            placeholder={p.thread ? "Reply…" : `Message ${p.place}`}
            value={line.line}
            onChange={(e) => {
              line.forget();
              line.set(e.target.value.trim() === "" ? e.target.value.replaceAll("\n", "") : e.target.value);
              setAt(0);
              setShut("");
            }}
            onKeyDown={onKey}
          />
          {ghost(line.line, p.commands) && !open && <div className="ghost" aria-hidden="true"><span>{line.line}</span>{ghost(line.line, p.commands)}</div>}
        </div>
        <Tools {...p} working={working} can={line.line.trim() !== ""} onFile={sendFile} onSend={() => { void send(line.line); box.current?.focus(); }} />
      </div>
    </div>
  );
}

function Tools(p: ComposerProps & { working: string; can: boolean; onFile(f: File | undefined): void; onSend(): void }) {
  const pick = useRef<HTMLInputElement>(null);
  const globals = p.thread ? [] : p.shortcuts.filter((s) => s.type === "global");
  const choices = [
    ...globals.map((s) => ({ key: s.callback_id, label: s.name, note: s.description, run: () => p.onShortcut(s) })),
    { key: "file", label: "Upload a file", note: "from this computer", run: () => pick.current?.click() },
  ];
  return (
    <div className="tools">
      <Menu label="Shortcuts and files" className="up" button={<Icon name="plus" />} choices={choices} />
      <input ref={pick} type="file" hidden onChange={(e) => { p.onFile(e.target.files?.[0]); e.target.value = ""; }} />
      <span className="working" role="status">{p.working && <><span className="spinner" /> {p.working} …</>}</span>
      <span className="keys" aria-hidden="true"><kbd>/</kbd> commands · <kbd>↑</kbd> last line · <kbd>Shift</kbd>+<kbd>Enter</kbd> new line</span>
      <button type="button" className="send" aria-label="Send" disabled={!p.can} onClick={p.onSend}><Icon name="send" /></button>
    </div>
  );
}

function Offers({ id, list, at, take }: { id: string; list: Offer[]; at: number; take(o: Offer): void }) {
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [id, at]);
  return (
    <div className="offers" role="listbox" id={`${id}-offers`} aria-label="Commands" onMouseDown={(e) => e.preventDefault()}>
      {list.map((o, i) => (
        <div key={o.title} id={`${id}-${i}`} role="option" aria-selected={i === at} className="offer" onClick={() => take(o)}>
          <div><b>{o.title}</b> <code>{o.hint}</code></div>
          {o.note && <small>{o.note}</small>}
        </div>
      ))}
      <div className="offers-foot" aria-hidden="true"><kbd>↑</kbd><kbd>↓</kbd> move <kbd>Tab</kbd> or <kbd>Enter</kbd> takes <kbd>Esc</kbd> closes</div>
    </div>
  );
}
