// The workspace as one person sees it: loaded once, kept up to date by
// server-sent events, and loaded anew after a lost connection.
import { useCallback, useEffect, useReducer, useRef } from "react";
import { get, type Loose, type Message, type View, type Workspace } from "./api";

export interface Live {
  loading: boolean;
  failed: string;
  /** False while the event stream is being opened again. */
  connected: boolean;
  ws: Workspace | null;
  /** By channel, or by channel/thread for an open thread; oldest first. */
  lists: Record<string, Message[] | undefined>;
  listFailed: Record<string, string>;
  unread: Record<string, number>;
  stack: View[];
  home: View | null;
  homeFailed: string;
  /** Counts view events, so that a submit can tell whether one has come. */
  viewEvents: number;
}

const start: Live = {
  loading: true, failed: "", connected: true, ws: null, lists: {}, listFailed: {}, unread: {}, stack: [],
  home: null, homeFailed: "", viewEvents: 0,
};

type Step =
  | { do: "merge"; with: Partial<Live> }
  | { do: "state"; ws: Workspace }
  | { do: "list"; key: string; messages: Message[] }
  | { do: "listFailed"; key: string; why: string }
  | { do: "message"; channel: string; message: Message; open: boolean; mine: boolean }
  | { do: "deleted"; channel: string; ts: string }
  | { do: "stack"; stack: View[] }
  | { do: "clock"; clock: Loose }
  | { do: "sockets"; sockets: number }
  | { do: "read"; channel: string };

/** The thread a message belongs to, "" for a message of the channel itself. */
export function threadOf(m: Message): string {
  return m.thread_ts && m.thread_ts !== m.ts ? m.thread_ts : "";
}

function put(list: Message[] | undefined, m: Message): Message[] | undefined {
  if (!list) return list;
  const at = list.findIndex((x) => x.ts === m.ts);
  if (at >= 0) return list.with(at, m);
  const after = list.findLastIndex((x) => parseFloat(x.ts) <= parseFloat(m.ts));
  return list.toSpliced(after + 1, 0, m);
}

function onMessage(s: Live, channel: string, m: Message, open: boolean, mine: boolean): Live {
  const thread = threadOf(m);
  const lists = { ...s.lists };
  const known = lists[thread ? `${channel}/${thread}` : channel]?.some((x) => x.ts === m.ts);
  if (thread) lists[`${channel}/${thread}`] = put(lists[`${channel}/${thread}`], m);
  else {
    lists[channel] = put(lists[channel], m);
    // The first message of an open thread shows in both places.
    if (lists[`${channel}/${m.ts}`]) lists[`${channel}/${m.ts}`] = put(lists[`${channel}/${m.ts}`], m);
  }
  const counts = !open && !mine && !known;
  return { ...s, lists, unread: counts ? { ...s.unread, [channel]: (s.unread[channel] ?? 0) + 1 } : s.unread };
}

function onDeleted(s: Live, channel: string, ts: string): Live {
  const lists = { ...s.lists };
  for (const key of Object.keys(lists)) {
    if (key === channel || key.startsWith(channel + "/")) lists[key] = lists[key]?.filter((m) => m.ts !== ts);
  }
  return { ...s, lists };
}

function reduce(s: Live, step: Step): Live {
  switch (step.do) {
    case "merge":
      return { ...s, ...step.with };
    case "state":
      return { ...s, ws: step.ws, loading: false, failed: "", unread: step.ws.unread ?? {}, stack: step.ws.stack ?? s.stack, home: step.ws.home ?? s.home };
    case "list":
      return { ...s, lists: { ...s.lists, [step.key]: step.messages }, listFailed: { ...s.listFailed, [step.key]: "" } };
    case "listFailed":
      return { ...s, listFailed: { ...s.listFailed, [step.key]: step.why } };
    case "message":
      return onMessage(s, step.channel, step.message, step.open, step.mine);
    case "deleted":
      return onDeleted(s, step.channel, step.ts);
    case "stack":
      return { ...s, stack: step.stack, viewEvents: s.viewEvents + 1 };
    case "clock":
      return s.ws ? { ...s, ws: { ...s.ws, clock: { ...s.ws.clock, ...step.clock } as Workspace["clock"] } } : s;
    case "sockets":
      return s.ws ? { ...s, ws: { ...s.ws, sockets: step.sockets } } : s;
    case "read":
      return s.unread[step.channel] ? { ...s, unread: { ...s.unread, [step.channel]: 0 } } : s;
  }
}

const why = (e: unknown) => (e instanceof Error ? e.message : String(e));

/** What is open, so that events know what counts as read. */
export interface Place {
  channel: string;
  thread: string;
  /** Called for every new message of somebody else. */
  onNew(m: Message, channel: string): void;
}

export function useLive(user: string, place: Place) {
  const [live, step] = useReducer(reduce, start);
  const at = useRef(place);
  at.current = place;
  // Events heard by channel (and "home"). An answer that was asked for before
  // an event may be older than it, and would take back what the event told.
  const heard = useRef<Record<string, number>>({});

  const loadState = useCallback(async () => {
    try {
      step({ do: "state", ws: await get<Workspace>("/sim/state", user ? { user } : {}) });
      return true;
    } catch (e) {
      step({ do: "merge", with: { loading: false, failed: why(e) } });
      return false;
    }
  }, [user]);

  const loadList = useCallback(async (channel: string, thread = ""): Promise<void> => {
    const key = thread ? `${channel}/${thread}` : channel;
    const before = heard.current[channel];
    try {
      const out = await get<{ messages: Message[] | null }>("/sim/messages", { user, channel, ...(thread ? { thread_ts: thread } : {}) });
      if (heard.current[channel] !== before) return loadList(channel, thread);
      const all = out.messages ?? [];
      step({ do: "list", key, messages: thread ? all : all.filter((m) => !threadOf(m)) });
      if (!thread) step({ do: "read", channel });
    } catch (e) {
      step({ do: "listFailed", key, why: why(e) });
    }
  }, [user]);

  const loadHome = useCallback(async () => {
    const before = heard.current.home;
    try {
      const out = await get<Loose>("/sim/home", { user });
      if (heard.current.home === before) step({ do: "merge", with: { home: out.view as View | null, homeFailed: "" } });
    } catch (e) {
      step({ do: "merge", with: { homeFailed: why(e) } });
    }
  }, [user]);

  useEffect(() => void loadState(), [loadState]);
  useEvents(user, at, heard, step, async () => {
    if (!(await loadState())) return;
    const { channel, thread } = at.current;
    if (channel) await loadList(channel);
    if (thread) await loadList(channel, thread);
  });

  const setStack = useCallback((stack: View[]) => step({ do: "merge", with: { stack } }), []);
  return { live, loadState, loadList, loadHome, setStack };
}

type Heard = React.RefObject<Record<string, number>>;

function useEvents(user: string, at: React.RefObject<Place>, heard: Heard, step: React.Dispatch<Step>, again: () => Promise<void>) {
  const reload = useRef(again);
  reload.current = again;
  useEffect(() => {
    if (!user) return;
    let lost = false;
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout>;
    const on = (name: string, f: (d: Loose) => void) =>
      source.addEventListener(name, (e) => {
        try {
          f(JSON.parse((e as MessageEvent).data));
        } catch {
          void reload.current(); // an event that cannot be read: what it told is fetched
        }
      });
    const hear = (what: string) => (heard.current[what] = (heard.current[what] ?? 0) + 1);
    const message = (fresh: boolean) => (d: Loose) => {
      const m: Message = d.message;
      const channel = m.channel!;
      hear(channel);
      const mine = m.user === user && !m.bot_id;
      step({ do: "message", channel, message: m, open: !fresh || at.current.channel === channel, mine });
      if (fresh && !mine) at.current.onNew(m, channel);
    };
    const open = () => {
      source = new EventSource(`/sim/events?${new URLSearchParams({ user })}`);
      source.onopen = () => {
        step({ do: "merge", with: { connected: true } });
        if (lost) void reload.current();
        lost = false;
      };
      source.onerror = () => {
        lost = true;
        step({ do: "merge", with: { connected: false } });
        source.close();
        timer = setTimeout(open, 1000);
      };
      on("message", message(true));
      on("message_changed", message(false));
      on("message_deleted", (d) => {
        hear(d.channel);
        step({ do: "deleted", channel: d.channel, ts: d.ts });
      });
      on("view", (d) => step({ do: "stack", stack: d.stack ?? [] }));
      on("home", (d) => {
        hear("home");
        step({ do: "merge", with: { home: d.view, homeFailed: "" } });
      });
      on("clock", (d) => step({ do: "clock", clock: d }));
      on("presence", (d) => step({ do: "sockets", sockets: d.sockets }));
    };
    open();
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [user, at, heard, step]);
}
