// The left column: places, and at its foot who one is, the clock and the colours.
import { useState } from "react";
import { post, type Workspace } from "./api";
import { nameOf, rows, type Row } from "./book";
import { Avatar, Icon } from "./icon";
import { Menu } from "./menu";
import { clockMillis, short } from "./time";

export type Shade = "auto" | "light" | "dark";

export interface SidebarProps {
  ws: Workspace;
  channel: string;
  unread: Record<string, number>;
  shade: Shade;
  onShade(s: Shade): void;
  onOpen(id: string): void;
  onPerson(id: string): void;
}

export function Sidebar(p: SidebarProps) {
  const all = rows(p.ws);
  const section = (label: string, kind: Row["kind"]) => {
    const list = all.filter((r) => r.kind === kind);
    if (list.length === 0) return null;
    return (
      <section aria-label={label}>
        <h2>{label}</h2>
        <ul>{list.map((r) => <li key={r.id}><Place row={r} {...p} /></li>)}</ul>
      </section>
    );
  };
  const arrows = (e: React.KeyboardEvent) => {
    if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
    const list = [...e.currentTarget.querySelectorAll<HTMLElement>(".place")];
    const at = list.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    e.preventDefault();
    list[(at + (e.key === "ArrowDown" ? 1 : -1) + list.length) % list.length].focus();
  };
  return (
    <nav className="sidebar" aria-label={p.ws.team.name}>
      <header>
        <strong>{p.ws.team.name}</strong>
        <small>simulated workspace</small>
      </header>
      <div className="places" onKeyDown={arrows}>
        {section("Channels", "channel")}
        {section("Direct messages", "person")}
        {section("Apps", "app")}
      </div>
      <footer>
        {p.ws.clock && <ClockMenu ws={p.ws} />}
        <div className="foot-row">
          <People {...p} />
          <Shades shade={p.shade} onShade={p.onShade} />
        </div>
      </footer>
    </nav>
  );
}

function Place({ row, channel, unread, onOpen }: SidebarProps & { row: Row }) {
  const n = unread[row.id] ?? 0;
  const here = row.id === channel;
  return (
    <button type="button" className={`place${here ? " here" : ""}${n > 0 && !here ? " unread" : ""}`} aria-current={here ? "page" : undefined} onClick={() => onOpen(row.id)}>
      {row.kind === "channel" ? <Icon name="hash" /> : <Avatar small id={row.user ?? row.id} name={row.name} bot={row.kind === "app"} />}
      <span className="place-name">{row.name}</span>
      {n > 0 && !here && <span className="count" aria-label={`${n} unread`}>{n > 99 ? "99+" : n}</span>}
    </button>
  );
}

function People({ ws, onPerson }: SidebarProps) {
  return (
    <Menu
      label={`You are ${nameOf(ws.me)}. Switch person`}
      className="up person"
      heading="See the workspace as"
      button={
        <>
          <Avatar small id={ws.me.id} name={nameOf(ws.me)} />
          <span className="me"><b>{nameOf(ws.me)}</b><small>{ws.me.title}</small></span>
          <Icon name="people" />
        </>
      }
      choices={ws.people.map((x) => ({
        key: x.id,
        label: <><Avatar small id={x.id} name={nameOf(x)} /> {nameOf(x)}</>,
        note: x.title,
        current: x.id === ws.me.id,
        run: () => onPerson(x.id),
      }))}
    />
  );
}

const shades: [Shade, string, "auto" | "sun" | "moon"][] = [["auto", "As the system", "auto"], ["light", "Light", "sun"], ["dark", "Dark", "moon"]];

function Shades({ shade, onShade }: { shade: Shade; onShade(s: Shade): void }) {
  return (
    <Menu
      label="Colours"
      className="up right"
      button={<Icon name={shades.find(([s]) => s === shade)![2]} />}
      choices={shades.map(([s, label]) => ({ key: s, label, current: s === shade, run: () => onShade(s) }))}
    />
  );
}

/** Local midnight plus hours, n days after ms. */
function later(ms: number, days: number, hour: number): Date {
  const d = new Date(ms);
  d.setDate(d.getDate() + days);
  d.setHours(hour, 0, 0, 0);
  return d;
}

function jumps(now: number): { label: string; to: Date }[] {
  const monday = (8 - new Date(now).getDay()) % 7 || 7;
  return [
    { label: "One hour on", to: new Date(now + 3_600_000) },
    { label: "Tomorrow, 9:00", to: later(now, 1, 9) },
    { label: "Next Monday, 9:00", to: later(now, monday, 9) },
    { label: "Four weeks on", to: new Date(now + 28 * 86_400_000) },
  ];
}

/** RFC 3339 in the browser's zone: the server takes no fractions of a second. */
const rfc = (d: Date) => d.toISOString().replace(/\.\d+Z$/, "Z");

function ClockMenu({ ws }: { ws: Workspace }) {
  const now = clockMillis(ws.clock?.now);
  const [problem, setProblem] = useState("");
  const [typed, setTyped] = useState("");
  const face = <><Icon name="clock" /> <time dateTime={new Date(now).toISOString()}>{short(now)}</time></>;
  if (!ws.clock?.can_set) return <div className="clock">{face}</div>;
  const to = async (d: Date) => {
    setProblem("");
    const out = await post("/sim/clock", { to: rfc(d) });
    if (!out.ok) setProblem(out.error ?? "The clock could not be moved.");
  };
  return (
    <>
      <Menu label="Move the workspace's clock" className="up clock" heading="Let time pass until" button={<>{face}<Icon name="chevron" /></>} choices={jumps(now).map((j) => ({ key: j.label, label: j.label, note: short(j.to.getTime()), run: () => void to(j.to) }))}>
        {(close) => (
          <form className="menu-form" onSubmit={(e) => { e.preventDefault(); if (typed) { close(); void to(new Date(typed)); } }}>
            <input type="datetime-local" aria-label="A time of your own" value={typed} onChange={(e) => setTyped(e.target.value)} />
            <button type="submit" className="button" disabled={!typed}>Go</button>
          </form>
        )}
      </Menu>
      {problem && <div className="failure" role="alert">{problem}</div>}
    </>
  );
}
