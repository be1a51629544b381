// The page as a whole: who one is, where one is, and what is open.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { post, type FileInfo, type Loose, type Message, type Shortcut, type Workspace } from "./api";
import { lookup, nameOf, rows } from "./book";
import { Conversation } from "./conversation";
import { Confirm, Picture } from "./dialog";
import { Icon } from "./icon";
import { useLive } from "./live";
import { Modals } from "./modal";
import { plain } from "./mrkdwn";
import { Names } from "./names";
import { Sidebar, type Shade } from "./sidebar";
import { ShellOf, type Shell } from "./surface";
import { Thread } from "./thread";
import { clockMillis } from "./time";

/** "#U1/C1": the address keeps person and place, so that a reload comes back to them. */
function fromAddress(): [string, string] {
  const [user = "", channel = ""] = decodeURIComponent(location.hash.slice(1)).split("/");
  return [user, channel];
}

function useShade(): [Shade, (s: Shade) => void, string] {
  const [shade, setShade] = useState<Shade>(() => {
    try {
      const s = localStorage.getItem("shade");
      return s === "light" || s === "dark" ? s : "auto";
    } catch {
      return "auto";
    }
  });
  const [system, setSystem] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const m = matchMedia("(prefers-color-scheme: dark)");
    const on = () => setSystem(m.matches);
    m.addEventListener("change", on);
    return () => m.removeEventListener("change", on);
  }, []);
  const shown = shade === "auto" ? (system ? "dark" : "light") : shade;
  // Set while drawing, as blocks read it when they are drawn.
  document.documentElement.dataset.shade = shown;
  const choose = (s: Shade) => {
    setShade(s);
    try {
      localStorage.setItem("shade", s);
    } catch {
      // Not remembered, then.
    }
  };
  return [shade, choose, shown];
}

export function App() {
  const [at, setAt] = useState(fromAddress);
  const [shade, setShade, shown] = useShade();
  useEffect(() => {
    const on = () => setAt(fromAddress());
    addEventListener("hashchange", on);
    return () => removeEventListener("hashchange", on);
  }, []);
  const go = useCallback((user: string, channel: string) => {
    history.replaceState(null, "", `#${user}${channel ? "/" + channel : ""}`);
    setAt([user, channel]);
  }, []);
  const [user, channel] = at;
  return <Space key={user} user={user} channel={channel} go={go} shade={shade} shown={shown} onShade={setShade} />;
}

interface SpaceProps {
  user: string;
  channel: string;
  shade: Shade;
  shown: string;
  onShade(s: Shade): void;
  go(user: string, channel: string): void;
}

/** The words of a message, for those who listen instead of look. */
function spoken(m: Message): string {
  const words = (m.text || (m.blocks ?? []).map((b) => b.text?.text ?? "").join(" ")).slice(0, 300);
  return `${m.name ?? "New message"}: ${plain(words)}`;
}

function Space(p: SpaceProps) {
  const [thread, setThread] = useState("");
  const [drawer, setDrawer] = useState(false);
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState("");
  const place = { channel: p.channel, thread, onNew: (m: Message) => setSaid(spoken(m)) };
  const { live, loadState, loadList, loadHome, setStack } = useLive(p.user, place);
  const { ws } = live;

  useEffect(() => {
    if (!ws) return;
    const known = rows(ws);
    const to = known.find((r) => r.id === p.channel) ?? known.find((r) => r.kind === "app") ?? known[0];
    if (!p.user || to?.id !== p.channel) p.go(ws.me.id, to?.id ?? "");
  }, [ws, p]);
  useEffect(() => {
    setThread("");
    if (p.channel && p.user) void loadList(p.channel);
  }, [p.channel, p.user, loadList]);
  useEffect(() => {
    if (thread) void loadList(p.channel, thread);
  }, [thread, p.channel, loadList]);
  const unread = Object.entries(live.unread).reduce((n, [id, x]) => (id === p.channel ? n : n + x), 0);
  useEffect(() => {
    document.title = (unread > 0 ? `(${unread}) ` : "") + (ws?.team.name ?? "Workspace");
  }, [unread, ws?.team.name]);

  const onShortcut = useCallback(async (s: Shortcut, m?: Message) => {
    setProblem("");
    const out = await post("/sim/shortcut", { user: p.user, callback_id: s.callback_id, ...(m ? { channel: p.channel, message_ts: m.ts } : {}) });
    if (!out.ok) setProblem(`“${s.name}” did not work: ${out.error ?? "the app did not respond"}`);
  }, [p.user, p.channel]);

  if (!ws || !p.user) return <Waiting failed={live.failed} retry={() => void loadState()} />;
  const row = rows(ws).find((r) => r.id === p.channel);
  const open = (id: string) => {
    setDrawer(false);
    p.go(p.user, id);
  };
  const shared = { user: p.user, ws, onShortcut };
  return (
    <Frame ws={ws} announce={setSaid}>
      <div className={`space${drawer ? " drawer-open" : ""}${thread ? " has-thread" : ""}`}>
        <Bars connected={live.connected} ws={ws} problem={problem} onDismiss={() => setProblem("")} />
        <Sidebar ws={ws} channel={p.channel} unread={live.unread} shade={p.shade} onShade={p.onShade} onOpen={open} onPerson={(id) => p.go(id, "")} />
        <button type="button" className="veil" aria-label="Close the list of places" tabIndex={drawer ? 0 : -1} onClick={() => setDrawer(false)} />
        {row && (
          <Conversation
            key={row.id}
            {...shared}
            row={row}
            live={live}
            unread={unread}
            onDrawer={() => setDrawer(true)}
            onThread={setThread}
            onRetry={() => void loadList(row.id)}
            loadHome={loadHome}
            shown={p.shown}
          />
        )}
        {row && thread && <Thread key={thread} {...shared} row={row} ts={thread} messages={live.lists[`${row.id}/${thread}`]} failed={live.listFailed[`${row.id}/${thread}`]} onClose={() => setThread("")} onRetry={() => void loadList(row.id, thread)} />}
      </div>
      <Modals user={p.user} stack={live.stack} viewEvents={live.viewEvents} setStack={setStack} />
      <div className="sr" aria-live="polite">{said}</div>
    </Frame>
  );
}

function Waiting({ failed, retry }: { failed: string; retry(): void }) {
  return (
    <main className="waiting">
      {failed ? (
        <div role="alert">
          <p>{failed}</p>
          <button type="button" className="button primary" onClick={retry}>Try again</button>
        </div>
      ) : (
        <p role="status"><span className="spinner" /> Opening the workspace…</p>
      )}
    </main>
  );
}

function Bars({ connected, ws, problem, onDismiss }: { connected: boolean; ws: Workspace; problem: string; onDismiss(): void }) {
  return (
    <div className="bars">
      {!connected && <div className="bar warn" role="status"><span className="spinner" /> Connection lost. Reconnecting…</div>}
      {connected && ws.sockets === 0 && <div className="bar" role="status">{ws.app.name} is not connected: nobody answers commands just now.</div>}
      {problem && <div className="bar bad" role="alert">{problem} <button type="button" className="icon-button" aria-label="Dismiss" onClick={onDismiss}><Icon name="close" /></button></div>}
    </div>
  );
}

/** What elements at any depth need: names, people, confirmations, enlarged pictures. */
function Frame({ ws, announce, children }: { ws: Workspace; announce(s: string): void; children: React.ReactNode }) {
  const [asked, setAsked] = useState<Loose | null>(null);
  const [picture, setPicture] = useState<FileInfo | null>(null);
  const done = useRef<(yes: boolean) => void>(() => {});
  const now = clockMillis(ws.clock?.now);
  const names = useMemo(() => ({ me: ws.me.id, now, of: lookup(ws) }), [ws, now]);
  const shell: Shell = useMemo(() => ({
    confirm: (c) => {
      setAsked(c);
      return new Promise<boolean>((yes) => (done.current = yes));
    },
    enlarge: setPicture,
    announce,
    people: ws.people.map((x) => ({ id: x.id, label: nameOf(x), note: x.title })),
    channels: ws.channels.map((c) => ({ id: c.id, label: c.name.replace(/^#/, ""), note: c.purpose })),
  }), [ws, announce]);
  return (
    <Names value={names}>
      <ShellOf value={shell}>
        {children}
        {asked && <Confirm confirm={asked} onDone={(yes) => { setAsked(null); done.current(yes); }} />}
        {picture && <Picture file={picture} onClose={() => setPicture(null)} />}
      </ShellOf>
    </Names>
  );
}
