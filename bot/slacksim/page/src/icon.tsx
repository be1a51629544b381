// Line drawings of our own, 20 × 20, in the colour of the text around them.
const paths = {
  hash: "M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h14M2.5 12.5h14",
  back: "M12 4 6 10l6 6",
  close: "m5 5 10 10M15 5 5 15",
  chevron: "m5 8 5 5 5-5",
  send: "M3.5 10 3 3.5 17.5 10 3 16.5 3.5 10Zm0 0H10",
  plus: "M10 4v12M4 10h12",
  bolt: "M11 2.5 4.5 11.5H9L8 17.5l7-9.5h-4.5Z",
  reply: "M3 5.5A2 2 0 0 1 5 3.5h10a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H9.5L6 16.800v-3.300H5a2 2 0 0 1-2-2Z",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  clock: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm0 3.5V10l2.5 2",
  sun: "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.300l1.1 1.100M14.6 14.600l1.1 1.100M15.7 4.300l-1.1 1.100M5.4 14.600l-1.1 1.1",
  moon: "M16.5 11.800A7 7 0 0 1 8.2 3.5 7 7 0 1 0 16.5 11.800Z",
  auto: "M10 3a7 7 0 1 0 0 14ZM10 3a7 7 0 0 1 0 14",
  eye: "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5Zm8-2.300a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.600Z",
  bars: "M3 5.5h14M3 10h14M3 14.5h14",
  people: "M7.5 4a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM2 16.5c0-2.8 2.5-4.5 5.5-4.5s5.5 1.7 5.5 4.5M13 4.300a3 3 0 0 1 0 5.400M14.8 12.400c1.9.6 3.2 2 3.2 4.1",
  file: "M5 2.5h6.5L16 7v10.5H5ZM11 2.5V7.5h5",
  info: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm0 6v4.5M10 6.5h.01",
  good: "M6 9v7.5H3V9ZM6 9.5l3.5-6.5c1.5 0 2.2 1 1.8 2.5L10.5 8h5c1.2 0 2 1 1.7 2.200l-1.3 5a1.7 1.7 0 0 1-1.7 1.300H6",
  bad: "M14 11V3.5h3V11ZM14 10.5 10.5 17c-1.5 0-2.2-1-1.8-2.5L9.5 12h-5c-1.2 0-2-1-1.7-2.200l1.3-5A1.7 1.7 0 0 1 5.8 3.5H14",
  bin: "M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.8 11h7.400l.8-11M8.5 8.5v5M11.5 8.5v5",
  check: "m4 10.5 4 4 8-9",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

/** Cairn's picture: a small stack of stones. */
export function Stones() {
  return (
    <svg viewBox="0 0 36 36" aria-hidden="true" focusable="false">
      <rect width="36" height="36" fill="#2f5d57" />
      <ellipse cx="18" cy="27" rx="11.5" ry="4.4" fill="#efe8da" />
      <ellipse cx="18.8" cy="19" rx="8" ry="3.7" fill="#cfc4ad" />
      <ellipse cx="17.4" cy="12.2" rx="5.2" ry="3" fill="#efe8da" />
      <ellipse cx="18.3" cy="7.4" rx="2.6" ry="1.7" fill="#cfc4ad" />
    </svg>
  );
}

// Ten tones on which white letters reach a contrast of at least 4.5.
const tones = ["#3a6ea5", "#7d5ba6", "#a0522d", "#2e7d5b", "#9c4668", "#5a6b2f", "#8a5a00", "#356b7a", "#6b5b95", "#b0413e"];

function tone(id: string): string {
  let n = 7;
  for (const c of id) n = (n * 31 + c.charCodeAt(0)) >>> 0;
  return tones[n % tones.length];
}

export function Avatar({ id, name, bot, small }: { id: string; name: string; bot?: boolean; small?: boolean }) {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1)! : ""].map((w) => [...w][0] ?? "").join("").toUpperCase();
  return (
    <span className={small ? "avatar small" : "avatar"} aria-hidden="true" style={bot ? undefined : { background: tone(id) }}>
      {bot ? <Stones /> : letters || "?"}
    </span>
  );
}
