// table and data_table: a header row, sorting by a press on it, pages.
import { useState } from "react";
import type { Block, Loose } from "./api";
import { FromLibrary } from "./block";
import { Element } from "./element";
import { plain } from "./mrkdwn";

/** The words of a cell, for sorting and for cells that are only text. */
function words(c: Loose | undefined): string {
  if (!c) return "";
  if (c.type === "raw_number") return c.text ?? String(c.value);
  if (c.type === "action_cell") return words(c.element?.text ?? c.fallback);
  if (typeof c.text === "string") return plain(c.text);
  return (c.elements ?? []).map(words).join("");
}

function Cell({ c, block }: { c: Loose | undefined; block: string }) {
  if (c?.type === "rich_text") return <FromLibrary b={c} />;
  if (c?.type === "action_cell" && c.element) return <Element el={c.element} block={block} />;
  return <>{words(c)}</>;
}

const numeric = (c: Loose | undefined) => c?.type === "raw_number" || /^[-+−]?[\d.,]+\s?%?$/.test(words(c).trim());

export function DataTable({ b, id }: { b: Block; id: string }) {
  const data = b.type === "data_table";
  const rows: Loose[][] = b.rows ?? [];
  const [head = [], ...body] = rows;
  const [sort, setSort] = useState<{ by: number; up: boolean } | null>(null);
  const [page, setPage] = useState(0);
  const size = data ? (b.page_size ?? 5) : body.length;
  const pages = Math.max(1, Math.ceil(body.length / Math.max(1, size)));
  const sorted = sort ? [...body].sort((x, y) => order(x[sort.by], y[sort.by]) * (sort.up ? 1 : -1)) : body;
  const right = head.map((_, i) => b.column_settings?.[i]?.align === "right" || (body.length > 0 && body.every((r) => numeric(r[i]))));
  const press = (i: number) => setSort(sort?.by === i ? (sort.up ? { by: i, up: false } : null) : { by: i, up: true });
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={b.caption || "Table"}>
      <table>
        {b.caption && <caption>{plain(b.caption)}</caption>}
        <thead>
          <tr>
            {head.map((c, i) => (
              <th key={i} scope="col" className={right[i] ? "right" : undefined} aria-sort={sort?.by === i ? (sort.up ? "ascending" : "descending") : undefined}>
                {data ? <button type="button" onClick={() => press(i)}>{words(c)}{sort?.by === i && <span aria-hidden="true">{sort.up ? " ↑" : " ↓"}</span>}</button> : <Cell c={c} block={id} />}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(page * size, (page + 1) * size).map((r, i) => (
            <tr key={i}>
              {r.map((c, j) => {
                const Tag = data && j === (b.row_header_column_index ?? 0) ? "th" : "td";
                return <Tag key={j} scope={Tag === "th" ? "row" : undefined} className={right[j] ? "right" : undefined}><Cell c={c} block={id} /></Tag>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {pages > 1 && (
        <div className="pages">
          <button type="button" className="button" disabled={page === 0} onClick={() => setPage(page - 1)}>Earlier</button>
          <span>{page * size + 1}–{Math.min(body.length, (page + 1) * size)} of {body.length}</span>
          <button type="button" className="button" disabled={page >= pages - 1} onClick={() => setPage(page + 1)}>Further</button>
        </div>
      )}
    </div>
  );
}

function order(x: Loose | undefined, y: Loose | undefined): number {
  if (x?.type === "raw_number" && y?.type === "raw_number") return x.value - y.value;
  return words(x).localeCompare(words(y), undefined, { numeric: true });
}
