// The middle of the page: a channel, a direct message, or the app with its
// Home and Messages tabs.
import { useEffect, useRef, useState } from "react";
import type { Message, Shortcut, View, Workspace } from "./api";
import { Blocks } from "./block";
import type { Row } from "./book";
import { Composer } from "./composer";
import { useSurface, useValues } from "./host";
import { Avatar, Icon } from "./icon";
import { MessageList } from "./list";
import type { Live } from "./live";
import { Mrkdwn } from "./mrkdwn";
import { SurfaceOf } from "./surface";

const none: Record<string, string> = {};

export interface ConversationProps {
  user: string;
  ws: Workspace;
  row: Row;
  live: Live;
  unread: number;
  shown: string;
  onDrawer(): void;
  onThread(ts: string): void;
  onRetry(): void;
  onShortcut(s: Shortcut, m?: Message): void;
  loadHome(): Promise<void>;
}

type Tab = "home" | "messages";

export function Conversation(p: ConversationProps) {
  const { row } = p;
  const [tab, setTab] = useState<Tab>("messages");
  const app = row.kind === "app";
  return (
    <main className="conversation" aria-label={row.name} data-shown={p.shown}>
      <header className="top">
        <button type="button" className="icon-button menu-toggle" aria-label={p.unread ? `Places, ${p.unread} unread` : "Places"} onClick={p.onDrawer}>
          <Icon name="bars" />
          {p.unread > 0 && <span className="dot" />}
        </button>
        {row.kind === "channel" ? <Icon name="hash" /> : <Avatar small id={row.user ?? row.id} name={row.name} bot={app} />}
        <h1>{row.name}</h1>
        {row.topic && <span className="topic"><Mrkdwn text={row.topic} /></span>}
      </header>
      {app && <Tabs tab={tab} onTab={setTab} />}
      {app && tab === "home" ? (
        <div className="panel" role="tabpanel" id="panel-home" aria-labelledby="tab-home"><Home user={p.user} view={p.live.home} failed={p.live.homeFailed} load={p.loadHome} name={row.name} /></div>
      ) : (
        <div className="panel" {...(app ? { role: "tabpanel", id: "panel-messages", "aria-labelledby": "tab-messages" } : {})}>
          <MessageList
            id={row.id}
            messages={p.live.lists[row.id]}
            failed={p.live.listFailed[row.id]}
            empty={<Beginning row={row} ws={p.ws} />}
            user={p.user}
            channel={row.id}
            shortcuts={p.ws.shortcuts ?? []}
            onRetry={p.onRetry}
            onThread={p.onThread}
            onShortcut={p.onShortcut}
          />
          {row.archived ? (
            <div className="composer"><div className="note">This channel has been archived.</div></div>
          ) : (
            <Composer user={p.user} channel={row.id} place={row.kind === "channel" ? `#${row.name}` : row.name} commands={p.ws.commands ?? []} shortcuts={p.ws.shortcuts ?? []} autoFocus onShortcut={p.onShortcut} />
          )}
        </div>
      )}
    </main>
  );
}

function Tabs({ tab, onTab }: { tab: Tab; onTab(t: Tab): void }) {
  const box = useRef<HTMLDivElement>(null);
  const one = (t: Tab, label: string) => (
    <button
      type="button"
      role="tab"
      id={`tab-${t}`}
      aria-selected={tab === t}
      aria-controls={`panel-${t}`}
      tabIndex={tab === t ? 0 : -1}
      onClick={() => onTab(t)}
    >
      {label}
    </button>
  );
  const arrows = (e: React.KeyboardEvent) => {
    if (e.key !== "ArrowLeft" && e.key !== "ArrowRight") return;
    const to: Tab = tab === "home" ? "messages" : "home";
    onTab(to);
    box.current?.querySelector<HTMLElement>(`#tab-${to}`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label="App" ref={box} onKeyDown={arrows}>
      {one("home", "Home")}
      {one("messages", "Messages")}
    </div>
  );
}

function Beginning({ row, ws }: { row: Row; ws: Workspace }) {
  return (
    <div className="beginning">
      {row.kind === "channel" ? <span className="big-hash"><Icon name="hash" /></span> : <Avatar id={row.user ?? row.id} name={row.name} bot={row.kind === "app"} />}
      <h2>{row.name}</h2>
      <p>
        {row.kind === "channel" ? (row.topic ? <Mrkdwn text={row.topic} /> : "This is where the channel begins.") : `This is where your messages with ${row.name} begin. Only you two see them.`}
      </p>
      {ws.commands?.length > 0 && <p className="muted">Type <kbd>/</kbd> to see what {ws.app.name} can do.</p>}
    </div>
  );
}

function Home({ user, view, failed, load, name }: { user: string; view: View | null; failed: string; load(): Promise<void>; name: string }) {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    void load().then(() => setAsked(true));
  }, [load]);
  if (failed) return <div className="note" role="alert">{failed} <button type="button" className="button" onClick={() => void load()}>Try again</button></div>;
  if (!view) {
    return <div className="note" role="status">{asked ? `${name} is preparing this page…` : <><span className="spinner" /> Loading…</>}</div>;
  }
  return <HomeView user={user} view={view} />;
}

function HomeView({ user, view }: { user: string; view: View }) {
  const form = useValues(view.blocks ?? []);
  const { surface, failure } = useSurface(user, { view_id: view.id }, form, none);
  return (
    <div className="home" tabIndex={-1}>
      <SurfaceOf value={surface}>
        {failure && <div className="failure" role="alert">{failure}</div>}
        <Blocks blocks={view.blocks ?? []} />
      </SurfaceOf>
    </div>
  );
}
