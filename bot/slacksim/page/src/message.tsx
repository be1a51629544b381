// One message: who, when, what, and what can be done with it.
import { memo, useContext, useLayoutEffect, useRef, useState } from "react";
import type { FileInfo, Loose, Message, Shortcut } from "./api";
import { Blocks } from "./block";
import { Host } from "./host";
import { Avatar, Icon } from "./icon";
import { Menu } from "./menu";
import { Mrkdwn, emoji } from "./mrkdwn";
import { here } from "./picture";
import { Safe } from "./safe";
import { ShellOf } from "./surface";
import { full, hourMinute, millis } from "./time";

export interface MessageProps {
  m: Message;
  user: string;
  channel: string;
  /** Follows another of the same author within minutes: no head is drawn. */
  follows: boolean;
  shortcuts: Shortcut[];
  inThread?: boolean;
  last?: boolean;
  onThread?(ts: string): void;
  onShortcut(s: Shortcut, m: Message): void;
}

export const Entry = memo(function Entry(p: MessageProps) {
  const { m } = p;
  const ms = millis(m.ts);
  const name = m.name || m.user || "Someone";
  const head = !p.follows;
  // Whoever pressed a button by keyboard stays at the message that its answer replaces.
  const box = useRef<HTMLElement>(null);
  const within = !!box.current && box.current !== document.activeElement && box.current.contains(document.activeElement);
  useLayoutEffect(() => {
    if (within && !box.current?.contains(document.activeElement)) box.current?.focus();
  });
  return (
    <article
      ref={box}
      className={`message${head ? "" : " follows"}${m.ephemeral ? " ephemeral" : ""}${m.failed ? " failed" : ""}`}
      data-ts={m.ts}
      tabIndex={p.last ? 0 : -1}
      aria-label={`${name}, ${hourMinute(ms)}`}
    >
      <div className="gutter">
        {m.ephemeral && head && <span className="only-eye"><Icon name="eye" /></span>}
        {head ? <Avatar id={m.user ?? m.bot_id ?? name} name={name} bot={!!m.bot_id} /> : <time className="side" title={full(ms)}>{hourMinute(ms)}</time>}
      </div>
      <div className="content">
        {m.ephemeral && head && <div className="only">Only visible to you</div>}
        {head && (
          <div className="who">
            <b>{name}</b>
            {m.bot_id && <span className="badge">APP</span>}
            <time dateTime={new Date(ms).toISOString()} title={full(ms)}>{hourMinute(ms)}</time>
          </div>
        )}
        <Safe block={m}><Body {...p} /></Safe>
        {!p.inThread && (m.reply_count ?? 0) > 0 && (
          <button type="button" className="replies" onClick={() => p.onThread?.(m.ts)}>
            <Icon name="reply" /> {m.reply_count === 1 ? "1 reply" : `${m.reply_count} replies`}
          </button>
        )}
      </div>
      <Toolbar {...p} />
    </article>
  );
});

function Body({ m, user, channel }: MessageProps) {
  const blocks = m.blocks ?? [];
  return (
    <>
      {blocks.length > 0 ? (
        <Host user={user} where={{ channel, message_ts: m.ts, ...(m.thread_ts ? { thread_ts: m.thread_ts } : {}) }} blocks={blocks}>
          <Blocks blocks={blocks} />
        </Host>
      ) : (
        m.text && <Mrkdwn text={m.text} />
      )}
      {m.edited && <span className="edited">(edited)</span>}
      {m.failed && <span className="sr">This is a failure told by the workspace, not by the app.</span>}
      {(m.attachments ?? []).map((a, i) => <Attachment key={i} a={a} user={user} channel={channel} ts={m.ts} />)}
      {(m.files ?? []).map((f) => <Attached key={f.id} f={f} />)}
      {m.reactions && m.reactions.length > 0 && (
        <div className="reactions">{m.reactions.map((r) => <span key={r.name} title={r.name.replaceAll("_", " ")}>{emoji(r.name) ?? `:${r.name}:`} {r.count}</span>)}</div>
      )}
    </>
  );
}

function Attachment({ a, user, channel, ts }: { a: Loose; user: string; channel: string; ts: string }) {
  const colour = /^#?[0-9a-f]{6}$/i.test(a.color ?? "") ? `#${a.color.replace("#", "")}` : undefined;
  return (
    <div className="attachment" style={{ borderColor: colour }}>
      {a.pretext && <Mrkdwn text={a.pretext} />}
      {a.title && <b>{a.title}</b>}
      {a.blocks ? <Host user={user} where={{ channel, message_ts: ts }} blocks={a.blocks}><Blocks blocks={a.blocks} /></Host> : <Mrkdwn text={a.text ?? a.fallback ?? ""} />}
      {(a.fields ?? []).map((f: Loose, i: number) => <div key={i}><b>{f.title}</b> <Mrkdwn text={f.value ?? ""} /></div>)}
      {a.footer && <small className="muted">{a.footer}</small>}
    </div>
  );
}

const size = (n?: number) => (n === undefined ? "" : n < 1024 ? `${n} B` : n < 1048576 ? `${Math.round(n / 1024)} kB` : `${(n / 1048576).toFixed(1)} MB`);

function Attached({ f }: { f: FileInfo }) {
  const shell = useContext(ShellOf);
  const [broken, setBroken] = useState(false);
  const url = here(f.url ?? f.url_private ?? "");
  const title = f.title || f.name || "File";
  const picture = f.mimetype?.startsWith("image/") && !broken && url;
  if (!picture) {
    return (
      <a className="file" href={url || undefined} target="_blank" rel="noopener noreferrer">
        <Icon name="file" />
        <span><b>{title}</b><small>{[f.mimetype, size(f.size)].filter(Boolean).join(" · ")}{f.alt_txt ? ` · ${f.alt_txt}` : ""}</small></span>
      </a>
    );
  }
  return (
    <figure className="image">
      <figcaption>{title}</figcaption>
      <button type="button" className="picture" aria-label={`Enlarge: ${f.alt_txt || title}`} onClick={() => shell.enlarge({ ...f, url })}>
        <img src={url} alt={f.alt_txt || title} onError={() => setBroken(true)} />
      </button>
    </figure>
  );
}

function Toolbar({ m, inThread, shortcuts, onThread, onShortcut }: MessageProps) {
  if (m.ephemeral || m.failed) return null;
  const list = shortcuts.filter((s) => s.type === "message");
  const [first, ...more] = list;
  if (!first && inThread) return null;
  return (
    <div className="toolbar" role="toolbar" aria-label="Message actions">
      {first && (
        <button type="button" title={first.name} aria-label={first.name} onClick={() => onShortcut(first, m)}>
          <Icon name="bolt" /> <span>{first.name}</span>
        </button>
      )}
      {!inThread && (
        <button type="button" title="Reply in thread" aria-label="Reply in thread" onClick={() => onThread?.(m.thread_ts || m.ts)}>
          <Icon name="reply" />
        </button>
      )}
      {more.length > 0 && <Menu label="More shortcuts" button={<Icon name="more" />} choices={more.map((s) => ({ key: s.callback_id, label: s.name, run: () => onShortcut(s, m) }))} />}
    </div>
  );
}
