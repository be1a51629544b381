// The modals an app has open for this person: the top one is shown, those
// below keep what was typed in them.
import { useCallback, useMemo, useRef, useState } from "react";
import { post, type Values, type View } from "./api";
import { Blocks } from "./block";
import { Dialog } from "./dialog";
import { complaints } from "./form";
import { useSurface, useValues } from "./host";
import { textOf } from "./element";
import { SurfaceOf } from "./surface";

export function Modals({ user, stack, viewEvents, setStack }: { user: string; stack: View[]; viewEvents: number; setStack(v: View[]): void }) {
  const kept = useRef(new Map<string, { current: Values }>());
  const events = useRef(viewEvents);
  events.current = viewEvents;
  for (const id of kept.current.keys()) if (!stack.some((v) => v.id === id)) kept.current.delete(id);
  const top = stack.at(-1);
  if (!top) return null;
  if (!kept.current.has(top.id)) kept.current.set(top.id, { current: {} });

  const close = async (all: boolean) => {
    const before = events.current;
    const out = await post("/sim/view/close", { user, view_id: top.id, ...(all ? { all: true } : {}) });
    // The modal goes even if the app is gone: nobody is to be held in it.
    if (!out.ok || events.current === before) setStack(all ? [] : stack.slice(0, -1));
  };
  return (
    <Modal
      key={top.id}
      user={user}
      view={top}
      keep={kept.current.get(top.id)!}
      deep={stack.length > 1}
      onClose={close}
      onDone={(before) => events.current === before && setStack(stack.slice(0, -1))}
      events={events}
    />
  );
}

function Modal(p: {
  user: string;
  view: View;
  keep: { current: Values };
  deep: boolean;
  events: { current: number };
  onClose(all: boolean): void;
  onDone(before: number): void;
}) {
  const { view } = p;
  const form = useValues(view.blocks ?? [], p.keep);
  const [errors, setErrors] = useState<Record<string, string>>(view.errors ?? {});
  const [failure, setFailure] = useState("");
  const [sending, setSending] = useState(false);
  const box = useRef<HTMLFormElement>(null);

  const submit = useCallback(async () => {
    const wrong = complaints(view.blocks ?? [], form.latest.current);
    setErrors(wrong);
    setFailure("");
    if (Object.keys(wrong).length > 0) return focusFirst(box.current, wrong);
    setSending(true);
    const before = p.events.current;
    const out = await post("/sim/view/submit", { user: p.user, view_id: view.id, state: form.latest.current });
    setSending(false);
    if (out.errors && Object.keys(out.errors).length > 0) {
      setErrors(out.errors);
      return focusFirst(box.current, out.errors);
    }
    if (!out.ok) return setFailure(out.error || "We had some trouble connecting. Try again?");
    p.onDone(before);
    // The form's latest values are read when it is sent.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [view, p.user]);

  const has = useMemo(() => (view.blocks ?? []).some((b) => b.type === "input"), [view.blocks]);
  const canSubmit = has || !!view.submit;
  const { surface, failure: refused } = useSurface(p.user, { view_id: view.id }, form, errors, canSubmit ? submit : undefined);
  return (
    <Dialog
      title={textOf(view.title)}
      className="modal"
      onClose={() => p.onClose(false)}
      back={p.deep ? () => p.onClose(false) : undefined}
      foot={
        <>
          <button type="button" className="button" onClick={() => p.onClose(false)}>{textOf(view.close) || "Cancel"}</button>
          {canSubmit && (
            <button type="button" className="button primary" disabled={sending} aria-busy={sending} onClick={() => void submit()}>
              {textOf(view.submit) || "Submit"} {sending && <span className="spinner" />}
            </button>
          )}
        </>
      }
    >
      <form ref={box} onSubmit={(e) => e.preventDefault()}>
        {(failure || refused) && <div className="failure" role="alert">{failure || refused}</div>}
        <SurfaceOf value={surface}>
          <Blocks blocks={view.blocks ?? []} />
        </SurfaceOf>
      </form>
    </Dialog>
  );
}

function focusFirst(box: HTMLElement | null, errors: Record<string, string>) {
  for (const el of box?.querySelectorAll<HTMLElement>("[data-block]") ?? []) {
    if (!errors[el.dataset.block!]) continue;
    el.querySelector<HTMLElement>("input, textarea, button")?.focus();
    return;
  }
}
