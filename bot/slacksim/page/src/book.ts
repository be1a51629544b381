// Names and places of a workspace, worked out once from its state.
import type { Person, Workspace } from "./api";

export interface Row {
  id: string;
  kind: "channel" | "person" | "app";
  name: string;
  /** The person or bot of a direct message. */
  user?: string;
  topic?: string;
  archived?: boolean;
}

export const nameOf = (p: Person | undefined): string => p?.real_name || p?.name || "";

/** The left column in its order: channels, people, apps. */
export function rows(ws: Workspace): Row[] {
  const dms = ws.dms ?? [];
  return [
    ...(ws.channels ?? []).map((c): Row => ({ id: c.id, kind: "channel", name: c.name.replace(/^#/, ""), topic: c.purpose, archived: c.archived })),
    ...dms.filter((d) => !d.is_app).map((d): Row => ({ id: d.id, kind: "person", name: d.name, user: d.user })),
    ...dms.filter((d) => d.is_app).map((d): Row => ({ id: d.id, kind: "app", name: d.name, user: d.user })),
  ];
}

/** Finds a name for a user or channel id. */
export function lookup(ws: Workspace): (id: string) => string | undefined {
  const all = new Map<string, string>();
  for (const p of ws.people) all.set(p.id, nameOf(p));
  for (const c of ws.channels ?? []) all.set(c.id, c.name.replace(/^#/, ""));
  all.set(ws.app.bot_user_id, ws.app.name);
  all.set(ws.app.bot_id, ws.app.name);
  return (id) => all.get(id);
}
