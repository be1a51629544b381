// The simulation's /sim API as the page uses it. Everything that comes from the
// server is treated as text to show, never as markup.

export interface Person {
  id: string;
  name: string;
  real_name?: string;
  title?: string;
}
export interface Channel {
  id: string;
  name: string;
  purpose?: string;
  private?: boolean;
  archived?: boolean;
  member?: boolean;
}
export interface DirectMessage {
  id: string;
  user: string;
  name: string;
  is_app?: boolean;
}
export interface Command {
  command: string;
  description?: string;
  usage_hint?: string;
}
export interface Shortcut {
  type: "global" | "message";
  callback_id: string;
  name: string;
  description?: string;
}
export interface Clock {
  /** RFC 3339. */
  now: string;
  can_set?: boolean;
}
export interface Workspace {
  team: { id?: string; name: string };
  app: { id: string; name: string; bot_user_id: string; bot_id: string };
  me: Person;
  people: Person[];
  channels: Channel[];
  dms: DirectMessage[];
  commands: Command[];
  shortcuts?: Shortcut[];
  clock?: Clock;
  unread?: Record<string, number>;
  /** How many connections the app has; 0 means that nobody answers. */
  sockets?: number;
  stack?: View[];
  home?: View | null;
}
export interface FileInfo {
  id: string;
  name?: string;
  title?: string;
  alt_txt?: string;
  mimetype?: string;
  url?: string;
  url_private?: string;
  permalink?: string;
  size?: number;
}
// Block Kit is open-ended: a block is a type and whatever else came with it.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Loose = Record<string, any>;
export type Block = Loose & { type: string; block_id?: string };
export interface Message {
  ts: string;
  channel?: string;
  thread_ts?: string;
  reply_count?: number;
  user?: string;
  bot_id?: string;
  name?: string;
  text?: string;
  blocks?: Block[];
  attachments?: Loose[];
  ephemeral?: boolean;
  edited?: boolean | Loose;
  files?: FileInfo[];
  reactions?: { name: string; users: string[]; count: number }[];
  failed?: string | boolean;
}
export interface View {
  id: string;
  type?: string;
  title?: Loose;
  submit?: Loose;
  close?: Loose;
  blocks: Block[];
  callback_id?: string;
  hash?: string;
  state?: { values?: Values };
  /** By block_id; "" holds an error of the view as a whole. */
  errors?: Record<string, string> | null;
}
export type Value = Loose & { type: string };
export type Values = Record<string, Record<string, Value>>;
export interface Result {
  ok: boolean;
  error?: string;
  errors?: Record<string, string>;
  [more: string]: unknown;
}

/** A failure with a sentence a person can read. */
export class Failure extends Error {}

async function answer(res: Response): Promise<Loose> {
  let body: Loose = {};
  try {
    body = await res.json();
  } catch {
    if (res.ok) return { ok: true };
  }
  if (!res.ok && body.error === undefined && body.errors === undefined) {
    throw new Failure(`The simulation answered ${res.status}. Is it still running?`);
  }
  return body;
}

async function call(path: string, init?: RequestInit): Promise<Loose> {
  let res: Response;
  try {
    res = await fetch(path, init);
  } catch {
    throw new Failure("The simulation cannot be reached. Is it still running?");
  }
  return answer(res);
}

export async function get<T>(path: string, query: Record<string, string>): Promise<T> {
  const body = await call(`${path}?${new URLSearchParams(query)}`);
  if (body.ok === false) throw new Failure(String(body.error ?? "The simulation refused that."));
  return body as T;
}

/** Posts and never throws: a connection lost comes back as ok false with a sentence. */
export async function post(path: string, body: Loose): Promise<Result> {
  try {
    const out = await call(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return { ok: out.error === undefined && out.errors === undefined, ...out };
  } catch (e) {
    return { ok: false, error: e instanceof Error ? e.message : String(e) };
  }
}

export async function upload(user: string, channel: string, thread: string, text: string, file: File): Promise<Result> {
  const form = new FormData();
  form.set("user", user);
  form.set("channel", channel);
  if (thread) form.set("thread_ts", thread);
  if (text) form.set("text", text);
  form.set("file", file, file.name);
  try {
    const out = await call("/sim/upload", { method: "POST", body: form });
    return { ok: out.error === undefined, ...out };
  } catch (e) {
    return { ok: false, error: e instanceof Error ? e.message : String(e) };
  }
}
