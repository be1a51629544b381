// A small stand-in for the Go server, for work on the page:
//   npm run dev      then open the address it prints
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as s from "./sample.mjs";

const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");
const types = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css" };
const app = { id: "A1", name: "Cairn", bot_user_id: "UBOT", bot_id: "B1" };
const start = Date.UTC(2026, 10, 20, 8, 0) / 1000;
let clock = Date.UTC(2026, 10, 22, 14, 5);
let tick = 0;
const ts = (minutes) => `${(start + minutes * 60).toFixed(0)}.${String(++tick).padStart(6, "0")}`;
const nameOf = (id) => s.people.find((p) => p.id === id)?.real_name ?? app.name;
const say = (user, channel, text, at, more = {}) => ({ channel, ts: ts(at), user, name: nameOf(user), text, ...more });
const bot = (channel, blocks, at, more = {}) => say("UBOT", channel, "Recorded", at, { bot_id: "B1", blocks, ...more });

const first = say("U2", "C1", "Anyone been to *Nordlys* lately? They asked for :sparkles: references.", 12, { reply_count: 2, thread_ts: undefined });
const messages = [
  first,
  say("U1", "C1", "Yes, <@U2>: Ana is nice. See <https://example.com/nordlys|the notes>, or ask <@UBOT>.", 13),
  say("U1", "C1", "My list:\n• audit trail\n• price\n> she said _never on a Friday_\n`ROI = 3` & ~old price~", 14, { edited: true }),
  say("U2", "C1", "Text stays text: &lt;img src=x onerror=alert(1)&gt; and <img src=x onerror=alert(2)>", 40),
  say("U3", "C1", "Thanks both", 20, { thread_ts: first.ts }),
  say("U1", "C1", "Gladly", 21, { thread_ts: first.ts }),
  bot("C1", s.receipt(1042, "Dana Ruiz, Acme", "asked about the audit trail"), 2900, { to: "U1", ephemeral: true }),
  bot("C2", s.digest, 1500),
  bot("C2", s.kinds, 1510),
  ...s.people.map((p) => bot(`D${p.id}`, s.receipt(1040, "Lee Park, Beta", "accepted a call"), 2800)),
];
const browsers = new Set();
const stacks = {};
const tell = (name, data, user) => {
  for (const b of browsers) if (!user || b.user === user) b.res.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
};
const put = (m, to) => {
  messages.push(m);
  tell("message", { message: m }, to);
};
const stack = (user, kind, views) => {
  stacks[user] = views;
  tell("view", { kind, stack: views }, user);
};
const now = () => (clock - start * 1000) / 60000;

const gets = {
  state: (q) => ({
    team: { name: "Fjord & Field" }, app, me: s.people.find((p) => p.id === (q.user || "U1")), people: s.people, channels: s.channels,
    dms: [{ id: "D" + (q.user || "U1"), user: "UBOT", name: "Cairn", is_app: true }], commands: s.commands, shortcuts: s.shortcuts,
    clock: { now: new Date(clock).toISOString(), can_set: true }, unread: { C2: 2 }, sockets: 1, stack: stacks[q.user] ?? [], home: null,
  }),
  messages: (q) => ({ messages: messages.filter((m) => m.channel === q.channel && (!m.to || m.to === q.user) && (q.thread_ts ? m.ts === q.thread_ts || m.thread_ts === q.thread_ts : !m.thread_ts)) }),
  home: () => ({ view: s.home }),
};
const posts = {
  async say(b) {
    if (!b.text.startsWith("/")) return put(say(b.user, b.channel, b.text.replace(/&/g, "&amp;").replace(/</g, "&lt;"), now(), { thread_ts: b.thread_ts })), { ok: true };
    await new Promise((r) => setTimeout(r, 400));
    const [command, ...rest] = b.text.split(" ");
    if (command !== "/log") return { ok: false, error: `${command} failed because the app did not respond.` };
    if (rest.length === 0) return stack(b.user, "open", [s.modal]), { ok: true };
    put(bot(b.channel, s.receipt(1043, rest.join(" ").split(":")[0], rest.join(" ").slice(0, 80)), now(), { to: b.user, ephemeral: true }), b.user);
    return { ok: true };
  },
  async action(b) {
    await new Promise((r) => setTimeout(r, 600));
    if (b.action.action_id === "open_log" || b.action.action_id === "stage") stack(b.user, "open", [...(stacks[b.user] ?? []), s.modal]);
    if (b.action.action_id === "sent") put(bot(b.channel, [{ type: "section", text: { type: "mrkdwn", text: ":white_check_mark: Noted: sent to Dana." } }], now(), { to: b.user, ephemeral: true }), b.user);
    return b.action.action_id === "useless" ? { ok: false, error: "the app did not respond" } : { ok: true };
  },
  "view/submit": (b) => (String(b.state.note?.note?.value).includes("bad") ? { ok: false, errors: { note: "Say what happened, not how it felt." } } : (stack(b.user, "close", []), { ok: true })),
  "view/close": (b) => (stack(b.user, "close", (stacks[b.user] ?? []).slice(0, -1)), { ok: true }),
  shortcut: (b) => (stack(b.user, "open", [s.modal]), { ok: true }),
  options: (b) => ({ ok: true, options: ["Dana Ruiz, Acme", "Dan Brown, Beta", "Ana Sá, Nordlys"].filter((n) => n.toLowerCase().includes(b.value.toLowerCase())).map((n) => ({ text: { type: "plain_text", text: n }, value: n })) }),
  clock: (b) => ((clock = Date.parse(b.to)), tell("clock", { now: b.to, can_set: true }), { ok: true }),
};

createServer(async (req, res) => {
  const url = new URL(req.url, "http://x");
  const q = Object.fromEntries(url.searchParams);
  const json = (x, code = 200) => res.writeHead(code, { "Content-Type": "application/json" }).end(JSON.stringify(x));
  const path = url.pathname.replace(/^\/sim\//, "");
  if (path === "events") {
    res.writeHead(200, { "Content-Type": "text/event-stream" }).write(": hello\n\n");
    const b = { user: q.user, res };
    browsers.add(b);
    req.on("close", () => browsers.delete(b));
  } else if (req.method === "POST") {
    let body = "";
    for await (const c of req) body += c;
    json(path === "upload" ? { ok: true } : await posts[path](JSON.parse(body)));
  } else if (gets[path]) json(gets[path](q));
  else if (url.pathname === "/dev/stages.svg") {
    const bars = [12, 9, 12, 8, 5].map((n, i) => `<rect x="${20 + i * 100}" y="${150 - n * 10}" width="70" height="${n * 10}" rx="4" fill="#20705f"/>`).join("");
    res.writeHead(200, { "Content-Type": "image/svg+xml" }).end(`<svg xmlns="http://www.w3.org/2000/svg" width="520" height="160"><rect width="520" height="160" fill="#f3efe6"/>${bars}</svg>`);
  } else {
    try {
      const f = url.pathname === "/" ? "index.html" : url.pathname.slice(1);
      res.writeHead(200, { "Content-Type": types[f.split(".").pop()] ?? "text/plain" }).end(readFileSync(join(dist, f)));
    } catch {
      res.writeHead(404).end();
    }
  }
}).listen(Number(process.env.PORT ?? 8042), "127.0.0.1", function () {
  console.log(`http://127.0.0.1:${this.address().port}/`);
});
