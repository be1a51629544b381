// What an element needs to know of the message, modal or Home it stands on.
import { createContext } from "react";
import type { FileInfo, Loose, Result, Value, Values } from "./api";

export interface Surface {
  values: Values;
  errors: Record<string, string>;
  /** Keys (block_id/action_id) of actions under way. */
  busy: ReadonlySet<string>;
  set(block: string, action: string, value: Value): void;
  /** Sends a block action; the extra fields are what was chosen. */
  act(el: Loose, block: string, extra: Loose): Promise<void>;
  /** Options of an external select. */
  options(el: Loose, block: string, typed: string): Promise<Result>;
  submit?(): void;
}

export const SurfaceOf = createContext<Surface | null>(null);

/** Things of the whole page that elements ask for. */
export interface Shell {
  confirm(c: Loose): Promise<boolean>;
  enlarge(f: FileInfo): void;
  announce(text: string): void;
  people: { id: string; label: string; note?: string }[];
  channels: { id: string; label: string; note?: string }[];
}
export const ShellOf = createContext<Shell>({
  confirm: async () => true,
  enlarge: () => {},
  announce: () => {},
  people: [],
  channels: [],
});
