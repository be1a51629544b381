// Completion of slash commands: which fit what is typed, and their sub-commands
// as far as the usage hint names them ("[log|next|card]").
import type { Command } from "./api";

export interface Offer {
  /** What the line becomes. */
  line: string;
  title: string;
  hint: string;
  note: string;
}

/** The words a usage hint offers in the first place: "log | next | card dana" gives log, next, card. */
function subs(hint: string): string[] {
  if (!hint.includes("|")) return [];
  const first = hint.replace(/[[\]{}()]/g, "").split("|").map((w) => w.trim().split(/\s/)[0]);
  return first.every((w) => /^[a-z][a-z-]*$/.test(w)) ? first : first.filter((w) => /^[a-z][a-z-]*$/.test(w));
}

export function offers(line: string, commands: Command[]): Offer[] {
  if (!line.startsWith("/") || line.includes("\n")) return [];
  const sp = line.indexOf(" ");
  if (sp < 0) {
    return commands
      .filter((c) => c.command.startsWith(line.toLowerCase()))
      .map((c) => ({ line: c.command + " ", title: c.command, hint: c.usage_hint ?? "", note: c.description ?? "" }));
  }
  const c = commands.find((x) => x.command === line.slice(0, sp).toLowerCase());
  const typed = line.slice(sp + 1);
  if (!c || /\s/.test(typed)) return [];
  return subs(c.usage_hint ?? "")
    .filter((s) => s.startsWith(typed.toLowerCase()) && s !== typed)
    .map((s) => ({ line: `${c.command} ${s} `, title: `${c.command} ${s}`, hint: "", note: "" }));
}

/** The hint to show behind "/log " while nothing else is typed. */
export function ghost(line: string, commands: Command[]): string {
  const m = /^(\/\S+) $/.exec(line);
  return (m && commands.find((c) => c.command === m[1])?.usage_hint) || "";
}
