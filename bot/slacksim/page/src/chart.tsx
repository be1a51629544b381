// data_visualization: bars, lines, areas and pies as SVG, with the figures as
// a table for those who cannot see them.
import type { Loose } from "./api";
import { plain } from "./mrkdwn";

const W = 560;
const H = 240;
const left = 44;
const bottom = 34;
const colours = ["var(--c1)", "var(--c2)", "var(--c3)", "var(--c4)", "var(--c5)", "var(--c6)"];
const colour = (i: number) => colours[i % colours.length];

interface Series {
  name: string;
  values: number[];
}

export function Chart({ title, chart }: { title: string; chart: Loose }) {
  const pie = chart.type === "pie";
  const segments: { label: string; value: number }[] = chart.segments ?? [];
  const raw: Loose[] = chart.series ?? [];
  const categories: string[] = chart.axis_config?.categories ?? (raw[0]?.data ?? []).map((d: Loose) => d.label);
  const series: Series[] = raw.map((s) => ({
    name: plain(s.name ?? ""),
    values: categories.map((c) => (s.data ?? []).find((d: Loose) => d.label === c)?.value ?? 0),
  }));
  const legend = pie ? segments.map((s) => s.label) : series.map((s) => s.name);
  return (
    <figure className="chart">
      {title && <figcaption>{title}</figcaption>}
      <svg viewBox={`0 0 ${W} ${H}`} role="img" aria-label={`${title || "Chart"}, ${chart.type}`}>
        {pie ? <Pie segments={segments} /> : <Axes kind={chart.type} series={series} categories={categories} y={chart.axis_config?.y_label} />}
      </svg>
      <ul className="legend">{legend.map((n, i) => <li key={i}><i style={{ background: colour(i) }} />{plain(n)}</li>)}</ul>
      <details>
        <summary>Figures</summary>
        <table>
          <tbody>
            {pie
              ? segments.map((s, i) => <tr key={i}><th scope="row">{plain(s.label)}</th><td>{s.value}</td></tr>)
              : categories.map((c, i) => <tr key={i}><th scope="row">{plain(c)}</th>{series.map((s, j) => <td key={j}>{s.values[i]}</td>)}</tr>)}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

/** About four round marks from lo to hi. */
function marks(lo: number, hi: number): number[] {
  const rough = (hi - lo) / 4 || 1;
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * ten).find((s) => s >= rough)!;
  const out = [];
  for (let v = Math.floor(lo / step) * step; v < hi + step; v += step) out.push(Number(v.toFixed(6)));
  return out;
}

function Axes({ kind, series, categories, y }: { kind: string; series: Series[]; categories: string[]; y?: string }) {
  const all = series.flatMap((s) => s.values);
  const ticks = marks(Math.min(0, ...all), Math.max(0, ...all));
  const lo = ticks[0];
  const hi = ticks.at(-1)!;
  const top = y ? 22 : 10;
  const py = (v: number) => top + (H - bottom - top) * (1 - (v - lo) / (hi - lo));
  const slot = (W - left - 8) / Math.max(1, categories.length);
  const cx = (i: number) => left + slot * (i + 0.5);
  const every = Math.ceil(categories.length / 8);
  const bar = Math.min(36, (slot * 0.72) / Math.max(1, series.length));
  return (
    <>
      {y && <text x={0} y={10}>{plain(y)}</text>}
      {ticks.map((t) => (
        <g key={t}>
          <line className="grid" x1={left} x2={W - 8} y1={py(t)} y2={py(t)} />
          <text x={left - 8} y={py(t) + 4} textAnchor="end">{t}</text>
        </g>
      ))}
      {categories.map((c, i) => i % every === 0 && <text key={i} x={cx(i)} y={H - 12} textAnchor="middle">{plain(c)}</text>)}
      {series.map((s, j) => {
        if (kind === "bar") {
          return s.values.map((v, i) => (
            <rect key={`${j}/${i}`} x={cx(i) + bar * (j - series.length / 2) + 1} width={bar - 2} y={Math.min(py(v), py(0))} height={Math.abs(py(v) - py(0))} rx={2} fill={colour(j)}>
              <title>{`${s.name}, ${categories[i]}: ${v}`}</title>
            </rect>
          ));
        }
        const line = s.values.map((v, i) => `${cx(i)},${py(v)}`).join(" ");
        return (
          <g key={j}>
            {kind === "area" && <polygon points={`${cx(0)},${py(0)} ${line} ${cx(s.values.length - 1)},${py(0)}`} fill={colour(j)} opacity={0.25} />}
            <polyline points={line} fill="none" stroke={colour(j)} strokeWidth={2.5} strokeLinejoin="round" />
            {s.values.map((v, i) => <circle key={i} cx={cx(i)} cy={py(v)} r={3.5} fill={colour(j)}><title>{`${s.name}, ${categories[i]}: ${v}`}</title></circle>)}
          </g>
        );
      })}
    </>
  );
}

function Pie({ segments }: { segments: { label: string; value: number }[] }) {
  const sum = segments.reduce((n, s) => n + s.value, 0) || 1;
  const r = 100;
  let from = -Math.PI / 2;
  const at = (a: number) => `${W / 2 + r * Math.cos(a)},${H / 2 + r * Math.sin(a)}`;
  return segments.map((s, i) => {
    const a = from;
    from += (s.value / sum) * 2 * Math.PI;
    const name = `${s.label}: ${s.value} (${Math.round((100 * s.value) / sum)} %)`;
    if (s.value >= sum) return <circle key={i} cx={W / 2} cy={H / 2} r={r} fill={colour(i)}><title>{name}</title></circle>;
    return (
      <path key={i} d={`M${W / 2},${H / 2} L${at(a)} A${r},${r} 0 ${from - a > Math.PI ? 1 : 0} 1 ${at(from)} Z`} fill={colour(i)} className="slice">
        <title>{name}</title>
      </path>
    );
  });
}
