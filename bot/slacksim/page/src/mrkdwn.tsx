// Slack's mrkdwn as React nodes. Text stays text: nothing here makes HTML from
// a string, and links open only for the schemes listed, in a new tab.
import { Fragment, useContext, type ReactNode } from "react";
import { get as emojiByName } from "node-emoji";
import { Names } from "./names";
import { full, slackDate } from "./time";

// Names that Slack has and the emoji table spells otherwise.
const alias: Record<string, string> = {
  large_green_circle: "🟢", large_yellow_circle: "🟡", large_orange_circle: "🟠", large_purple_circle: "🟣",
  thumbsup_all: "👍", simple_smile: "🙂", slightly_smiling_face: "🙂", white_check_mark: "✅", rock: "🪨",
  heavy_plus_sign: "➕", left_right_arrow: "↔️", arrow_up_small: "🔼", hourglass_flowing_sand: "⏳", seedling: "🌱",
};

export function emoji(name: string): string | undefined {
  const base = name.replace(/::skin-tone-\d$/, "");
  return alias[base] ?? emojiByName(base) ?? undefined;
}

const entities: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
export function unescape(s: string): string {
  return s.replace(/&(?:amp|lt|gt);/g, (e) => entities[e]);
}

/** Text with :emoji: and escapes resolved, no other marks. */
export function plain(s: string, withEmoji = true): string {
  const t = withEmoji ? s.replace(/:([a-z0-9_+-]+):/g, (whole, n: string) => emoji(n) ?? whole) : s;
  return unescape(t);
}

export function Link({ href, children }: { href: string; children: ReactNode }) {
  const url = unescape(href);
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return <>{children}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

function Mention({ id, label }: { id: string; label?: string }) {
  const names = useContext(Names);
  const known = names.of(id) ?? (label && unescape(label)) ?? id;
  return <span className={id === names.me ? "mention me" : "mention"}>{(/^[CG]/.test(id) ? "#" : "@") + known.replace(/^[@#]/, "")}</span>;
}

function SlackDate({ token, fallback }: { token: string; fallback?: string }) {
  const { now } = useContext(Names);
  const [, seconds, form = "", link] = token.split("^");
  const n = Number(seconds);
  if (Number.isNaN(new Date(n * 1000).getTime()) || !form) return <>{unescape(fallback ?? token)}</>;
  const text = <time dateTime={new Date(n * 1000).toISOString()} title={full(n * 1000)}>{slackDate(n, form, now)}</time>;
  return link ? <Link href={link}>{text}</Link> : text;
}

/** What stands between < and >: a mention, a date, a link; anything else is shown as it was typed. */
function control(inner: string): ReactNode {
  const bar = inner.indexOf("|");
  const head = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? undefined : inner.slice(bar + 1);
  if (/^[@#][A-Z0-9]+$/.test(head)) return <Mention id={head.slice(1)} label={label} />;
  if (/^!(here|channel|everyone)$/.test(head)) return <span className="mention me">@{head.slice(1)}</span>;
  if (head.startsWith("!date^")) return <SlackDate token={head} fallback={label} />;
  if (head.startsWith("!subteam^")) return <span className="mention">{unescape(label ?? "@group")}</span>;
  if (/^(https?:|mailto:|tel:)/i.test(head)) {
    return <Link href={head}>{label === undefined ? unescape(head.replace(/^(mailto|tel):/i, "")) : inline(label, true)}</Link>;
  }
  return `<${unescape(inner)}>`;
}

const edge = "(?<![\\p{L}\\p{N}])";
const wrap = (c: string) => `${edge}[${c}](?=[^\\s${c}])([^\\n]*?[^\\s${c}])[${c}](?![\\p{L}\\p{N}])`;
const token = new RegExp(
  ["<([^<>\\n]+)>", "`([^`\\n]+)`", "(https?:\\/\\/[^\\s<>|]*[^\\s<>|.,;:!?)'\"”’])", ":([a-z0-9_+-]+(?:::skin-tone-\\d)?):", wrap("*"), wrap("_"), wrap("~")].join("|"),
  "u",
);

/** One line's marks. In a link's label no further links are made. */
export function inline(text: string, inLink = false): ReactNode {
  const out: ReactNode[] = [];
  let rest = text;
  for (let m = token.exec(rest); m; m = token.exec(rest)) {
    const [whole, ctl, code, url, emo, bold, italic, strike] = m;
    if (m.index > 0) out.push(unescape(rest.slice(0, m.index)));
    if (ctl !== undefined) out.push(control(ctl));
    else if (code !== undefined) out.push(<code>{unescape(code)}</code>);
    else if (url !== undefined) out.push(inLink ? unescape(url) : <Link href={url}>{unescape(url)}</Link>);
    else if (emo !== undefined) out.push(emoji(emo) ? <span role="img" aria-label={emo.replaceAll("_", " ")} className="emoji">{emoji(emo)}</span> : whole);
    else if (bold !== undefined) out.push(<b>{inline(bold, inLink)}</b>);
    else if (italic !== undefined) out.push(<i>{inline(italic, inLink)}</i>);
    else if (strike !== undefined) out.push(<s>{inline(strike, inLink)}</s>);
    rest = rest.slice(m.index + whole.length);
  }
  out.push(unescape(rest));
  return out.map((n, i) => <Fragment key={i}>{n}</Fragment>);
}

type Piece = { kind: "text" | "quote" | "bullets" | "numbers" | "code"; lines: string[] };

const starts: [Piece["kind"], RegExp][] = [
  ["quote", /^(?:&gt;|>) ?/],
  ["bullets", /^\s*[•◦▪-]\s+/],
  ["numbers", /^\s*\d{1,3}[.)]\s+/],
];

/** Lines gathered into paragraphs, quotes, lists and fenced code. */
function pieces(text: string): Piece[] {
  const out: Piece[] = [];
  const add = (kind: Piece["kind"], line: string) => {
    const last = out.at(-1);
    if (last && last.kind === kind && kind !== "code") last.lines.push(line);
    else out.push({ kind, lines: [line] });
  };
  text.split(/\n?```\n?([\s\S]*?)\n?```/).forEach((part, i) => {
    if (i % 2 === 1) return add("code", part);
    if (i > 0) part = part.replace(/^\n/, "");
    if (part === "") return;
    for (const line of part.split("\n")) {
      const hit = starts.find(([, re]) => re.test(line));
      if (!hit) add("text", line);
      else add(hit[0], hit[0] === "numbers" ? line.trim() : line.replace(hit[1], ""));
    }
  });
  return out;
}

const lined = (lines: string[]) =>
  lines.map((l, i) => (
    <Fragment key={i}>
      {i > 0 && <br />}
      {inline(l)}
    </Fragment>
  ));

export function Mrkdwn({ text }: { text: string }) {
  return (
    <div className="mrkdwn">
      {pieces(text).map((p, i) => {
        if (p.kind === "code") return <pre key={i}>{unescape(p.lines[0])}</pre>;
        if (p.kind === "quote") return <blockquote key={i}>{lined(p.lines)}</blockquote>;
        if (p.kind === "bullets") return <ul key={i}>{p.lines.map((l, j) => <li key={j}>{inline(l)}</li>)}</ul>;
        if (p.kind === "numbers") {
          const first = parseInt(p.lines[0], 10);
          return <ol key={i} start={first}>{p.lines.map((l, j) => <li key={j}>{inline(l.replace(/^\d+[.)]\s+/, ""))}</li>)}</ol>;
        }
        return <div key={i} className="para">{lined(p.lines)}</div>;
      })}
    </div>
  );
}

/** A text object: mrkdwn or plain_text. */
export function Text({ of }: { of: { type?: string; text?: string; emoji?: boolean; verbatim?: boolean } | string | undefined }) {
  if (of === undefined || of === null) return null;
  if (typeof of === "string") return <>{plain(of)}</>;
  if (of.type === "mrkdwn") return <Mrkdwn text={of.text ?? ""} />;
  return <span className="plain">{plain(of.text ?? "", of.emoji !== false)}</span>;
}
