// Where pictures and files come from: this simulation, or nowhere. The page
// never fetches from another host; what lies elsewhere is named instead.
import { useState } from "react";
import type { Loose } from "./api";

/** An address as the page can reach it: the app may know this server by another loopback name. */
export function here(raw: string): string {
  if (raw === "" || raw.startsWith("data:image/")) return raw;
  try {
    const u = new URL(raw, location.href);
    return /^(localhost|127\.|\[::1\])/.test(u.hostname) ? location.origin + u.pathname + u.search : u.href;
  } catch {
    return "";
  }
}

/** The address of an image block or element: a URL, or a file uploaded here. */
export function pictureURL(b: Loose): string {
  if (b.image_url) return here(b.image_url);
  if (b.slack_file?.url) return here(b.slack_file.url);
  return b.slack_file?.id ? `${location.origin}/files/${encodeURIComponent(b.slack_file.id)}/picture` : "";
}

/** A small picture in a context or beside a section; its words where it cannot be had. */
export function SmallImage({ el }: { el: Loose }) {
  const [broken, setBroken] = useState(false);
  const url = pictureURL(el);
  const local = url.startsWith("data:image/") || url.startsWith(location.origin + "/");
  if (!local || broken) return <span className="muted">[{el.alt_text || "picture"}]</span>;
  return <img className="thumb" src={url} alt={el.alt_text ?? ""} onError={() => setBroken(true)} />;
}
