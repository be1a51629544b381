// Who is who, for mentions in any depth of a message.
import { createContext } from "react";

export interface NameBook {
  me: string;
  /** The simulation's clock, in milliseconds. */
  now: number;
  of(id: string): string | undefined;
}

export const Names = createContext<NameBook>({ me: "", now: 0, of: () => undefined });
