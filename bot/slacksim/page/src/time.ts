// Times as people read them. All in the browser's time zone.

/** Slack's ts ("1763800000.000100", seconds) as milliseconds. */
export function millis(ts: string): number {
  return Math.floor(parseFloat(ts) * 1000);
}

/** The simulation's clock (RFC 3339) in milliseconds. */
export function clockMillis(now: string | undefined): number {
  const n = Date.parse(now ?? "");
  return Number.isNaN(n) ? Date.now() : n;
}

const hour: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

export function hourMinute(ms: number): string {
  return new Intl.DateTimeFormat("en-GB", hour).format(ms);
}

export function full(ms: number): string {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "long", day: "numeric", month: "long", year: "numeric", ...hour,
  }).format(ms);
}

export function short(ms: number): string {
  return new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", ...hour }).format(ms);
}

/** A calendar day's key, for comparing. */
export function dayKey(ms: number): string {
  const d = new Date(ms);
  return `${d.getFullYear()}-${d.getMonth()}-${d.getDate()}`;
}

/** "Today", "Yesterday", or the date; now is the simulation's clock. */
export function day(ms: number, now: number): string {
  if (dayKey(ms) === dayKey(now)) return "Today";
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (dayKey(ms) === dayKey(yesterday.getTime())) return "Yesterday";
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "long", day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }),
  }).format(ms);
}

/** The forms of Slack's <!date^…> token, e.g. "{date_short} at {time}". */
export function slackDate(seconds: number, form: string, now: number): string {
  const ms = seconds * 1000;
  const date = (o: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en-GB", o).format(ms);
  const long: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  const near = (otherwise: string) => {
    const d = day(ms, now);
    return d === "Today" || d === "Yesterday" ? d.toLowerCase() : otherwise;
  };
  const words: Record<string, () => string> = {
    date_num: () => new Date(ms - new Date(ms).getTimezoneOffset() * 60000).toISOString().slice(0, 10),
    date_slash: () => date({ day: "2-digit", month: "2-digit", year: "numeric" }),
    date: () => date({ day: "numeric", month: "long", year: "numeric" }),
    date_short: () => date({ day: "numeric", month: "short", year: "numeric" }),
    date_long: () => date(long),
    date_pretty: () => near(date({ day: "numeric", month: "long", year: "numeric" })),
    date_short_pretty: () => near(date({ day: "numeric", month: "short", year: "numeric" })),
    date_long_pretty: () => near(date(long)),
    time: () => hourMinute(ms),
    time_secs: () => date({ ...hour, second: "2-digit" }),
    ago: () => near(date({ day: "numeric", month: "short" })),
  };
  return form.replace(/\{(\w+)\}/g, (whole, w: string) => (words[w] ? words[w]() : whole));
}
