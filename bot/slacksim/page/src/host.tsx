// Blocks on a surface: holds the values, sends the actions, shows what is under way.
import { useMemo, useRef, useState, type ReactNode } from "react";
import { post, type Block, type Loose, type Values } from "./api";
import { valuesFor } from "./form";
import { SurfaceOf, type Surface } from "./surface";

/** Where blocks stand: a message of a channel, or a view. */
export type Where = { channel: string; message_ts: string; thread_ts?: string } | { view_id: string };

/** Values that outlive the drawing, so that a modal under another keeps what was typed. */
export function useValues(blocks: Block[], keep?: { current: Values }) {
  const [values, setValues] = useState<Values>(() => valuesFor(blocks, keep?.current));
  const seen = useRef(blocks);
  let now = values;
  if (seen.current !== blocks) {
    seen.current = blocks;
    now = valuesFor(blocks, values);
  }
  const latest = useRef(now);
  latest.current = now;
  if (keep) keep.current = now;
  const set = (block: string, action: string, value: Loose) => {
    const next = { ...latest.current, [block]: { ...latest.current[block], [action]: value as never } };
    latest.current = next;
    if (keep) keep.current = next;
    setValues(next);
  };
  return { values: now, latest, set };
}

export function useSurface(user: string, where: Where, form: ReturnType<typeof useValues>, errors: Record<string, string>, submit?: () => void) {
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState("");
  const key = JSON.stringify(where);
  const surface: Surface = useMemo(() => {
    const mark = (k: string, on: boolean) =>
      setBusy((b) => {
        const n = new Set(b);
        if (on) n.add(k);
        else n.delete(k);
        return n;
      });
    return {
      values: form.values,
      errors,
      busy,
      submit,
      set: form.set,
      async act(el, block, extra) {
        const keys = [`${block}/${el.action_id}`, `${block}/${el.action_id}/${el.value ?? ""}`];
        setFailure("");
        keys.forEach((k) => mark(k, true));
        const action = { type: el.type, action_id: el.action_id, block_id: block, ...extra };
        const out = await post("/sim/action", { user, ...where, action, state: form.latest.current });
        keys.forEach((k) => mark(k, false));
        if (!out.ok) setFailure(out.error || "The app did not respond. Try again.");
      },
      options: (el, block, typed) => post("/sim/options", { user, ...where, action_id: el.action_id, block_id: block, value: typed }),
    };
    // where is compared by its content.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [user, key, form.values, errors, busy, submit]);
  return { surface, failure };
}

const none: Record<string, string> = {};

export function Host(p: { user: string; where: Where; blocks: Block[]; children: ReactNode }) {
  const form = useValues(p.blocks);
  const { surface, failure } = useSurface(p.user, p.where, form, none);
  return (
    <SurfaceOf value={surface}>
      {p.children}
      {failure && <div className="failure" role="alert">{failure}</div>}
    </SurfaceOf>
  );
}
