// The messages of a channel or thread: day dividers, grouping, keeping to the
// bottom, and arrow keys from message to message.
import { useContext, useLayoutEffect, useRef, useState } from "react";
import type { Message, Shortcut } from "./api";
import { Entry } from "./message";
import { Names } from "./names";
import { day, dayKey, millis } from "./time";

export interface ListProps {
  id: string;
  messages: Message[] | undefined;
  failed?: string;
  empty: React.ReactNode;
  user: string;
  channel: string;
  shortcuts: Shortcut[];
  inThread?: boolean;
  onRetry(): void;
  onThread?(ts: string): void;
  onShortcut(s: Shortcut, m: Message): void;
}

function follows(m: Message, before: Message | undefined): boolean {
  if (!before || m.ephemeral || before.ephemeral || before.failed || m.failed) return false;
  const same = m.user === before.user && m.bot_id === before.bot_id && m.name === before.name;
  return same && millis(m.ts) - millis(before.ts) < 5 * 60_000 && dayKey(millis(m.ts)) === dayKey(millis(before.ts));
}

function arrow(e: React.KeyboardEvent) {
  const on = e.target as HTMLElement;
  if (!on.matches("article.message") || (e.key !== "ArrowDown" && e.key !== "ArrowUp")) return;
  const all = [...e.currentTarget.querySelectorAll<HTMLElement>("article.message")];
  const to = all[all.indexOf(on) + (e.key === "ArrowDown" ? 1 : -1)];
  if (!to) return;
  e.preventDefault();
  to.focus();
}

export function MessageList(p: ListProps) {
  const box = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [away, setAway] = useState(false);
  const { now } = useContext(Names);
  const end = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };

  // Pictures and late fonts change the height: stay at the end if we were there.
  useLayoutEffect(() => {
    const watch = new ResizeObserver(() => atEnd.current && end());
    if (inner.current) watch.observe(inner.current);
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const last = p.messages?.at(-1);
  useLayoutEffect(() => {
    if (atEnd.current || last?.user === p.user || last?.ephemeral) end();
  }, [last?.ts, last?.user, last?.ephemeral, p.user]);

  const onScroll = () => {
    const b = box.current!;
    atEnd.current = b.scrollHeight - b.scrollTop - b.clientHeight < 60;
    setAway(!atEnd.current);
  };
  return (
    <div className="list-box">
      <div className="list" ref={box} onScroll={onScroll} onKeyDown={arrow} role="group" aria-label="Messages">
        <div className="list-inner" ref={inner}>
          {p.failed && !p.messages && (
            <div className="note" role="alert">{p.failed} <button type="button" className="button" onClick={p.onRetry}>Try again</button></div>
          )}
          {!p.messages && !p.failed && <Skeleton />}
          {p.messages && !p.inThread && p.empty}
          {p.messages && byDay(p.messages, !!p.inThread).map((start, g, starts) => (
            // a day's pill sticks to the top only as long as its day is seen
            <div key={p.messages![start].ts} className="one-day">
              {!p.inThread && <div className="day-line" />}
              {!p.inThread && <div className="day" role="separator"><span>{day(millis(p.messages![start].ts), now)}</span></div>}
              {p.messages!.slice(start, starts[g + 1]).map((m, at) => {
                const all = p.messages!, i = start + at;
                return (
                  <div key={m.ts} className="row">
                    {p.inThread && i === 1 && <div className="reply-count"><span>{all.length === 2 ? "1 reply" : `${all.length - 1} replies`}</span></div>}
                    <Entry
                      m={m}
                      user={p.user}
                      channel={p.channel}
                      follows={at > 0 && follows(m, all[i - 1]) && !(p.inThread && i === 1)}
                      shortcuts={p.shortcuts}
                      inThread={p.inThread}
                      last={i === all.length - 1}
                      onThread={p.onThread}
                      onShortcut={p.onShortcut}
                    />
                  </div>
                );
              })}
            </div>
          ))}
        </div>
      </div>
      {away && <button type="button" className="to-end" onClick={() => { atEnd.current = true; end(); }}>Newest messages ↓</button>}
    </div>
  );
}

/** Where each day's messages begin; those of a thread stand together. */
function byDay(all: { ts: string }[], inThread: boolean): number[] {
  return all.flatMap((m, i) => (i === 0 || !inThread && dayKey(millis(all[i - 1].ts)) !== dayKey(millis(m.ts)) ? [i] : []));
}

function Skeleton() {
  return (
    <div className="skeleton" role="status">
      <span className="sr">Loading messages</span>
      {[62, 40, 75, 50].map((w) => <div key={w}><i /><span style={{ width: `${w}%` }} /></div>)}
    </div>
  );
}
