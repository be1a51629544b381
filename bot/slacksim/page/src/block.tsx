// Block Kit, block by block. What a person can press or fill is drawn here;
// rich text, markdown and the showing blocks come from slack-blocks-to-jsx;
// the rest is shown as text. Nothing is dropped.
import { useContext, useId, useState } from "react";
import { Message as Library } from "slack-blocks-to-jsx";
import type { Block, Loose } from "./api";
import { Chart } from "./chart";
import { Element, Unknown, textOf } from "./element";
import { blockId } from "./form";
import { Link, Text } from "./mrkdwn";
import { Names } from "./names";
import { SmallImage, pictureURL } from "./picture";
import { Safe } from "./safe";
import { ShellOf, SurfaceOf } from "./surface";
import { DataTable } from "./table";

export function Blocks({ blocks }: { blocks: Block[] }) {
  return (
    <div className="blocks">
      {blocks.map((b, i) => (
        <Safe key={blockId(b, i)} block={b}>
          <One b={b} id={blockId(b, i)} />
        </Safe>
      ))}
    </div>
  );
}

function One({ b, id }: { b: Block; id: string }) {
  switch (b.type) {
    case "section":
      return <Section b={b} id={id} />;
    case "header":
      return <h3 className="block-header"><Text of={b.text} /></h3>;
    case "divider":
      return <hr />;
    case "context":
      return <Context b={b} />;
    case "actions":
    case "context_actions":
      return <div className="actions">{(b.elements ?? []).map((el: Loose, i: number) => <Element key={el.action_id ?? i} el={el} block={id} />)}</div>;
    case "input":
      return <Input b={b} id={id} />;
    case "image":
      return <Image b={b} />;
    case "data_visualization":
      return <Chart title={textOf(b.title)} chart={b.chart ?? {}} />;
    case "data_table":
    case "table":
      return <DataTable b={b} id={id} />;
    case "card":
      return <Card b={b} id={id} />;
    case "carousel":
      return <div className="carousel" tabIndex={0} role="group" aria-label="Cards">{(b.elements ?? []).map((c: Block, i: number) => <Card key={i} b={c} id={c.block_id ?? `${id}.${i}`} />)}</div>;
    case "container":
      return <Container b={b} />;
    case "alert":
      return <div className={`alert ${b.level ?? "default"}`} role="note"><Text of={b.text} /></div>;
    case "video":
      return <p className="video"><Link href={b.title_url ?? b.video_url ?? ""}>{textOf(b.title) || "Video"}</Link> <span className="muted">{b.alt_text}</span></p>;
    case "rich_text":
    case "markdown":
    case "task_card":
    case "plan":
      return <FromLibrary b={b} />;
  }
  return <Unknown what={b} />;
}

/** Drawn by the library. A picture in markdown becomes a link, as nothing is fetched from elsewhere. */
export function FromLibrary({ b }: { b: Loose }) {
  const names = useContext(Names);
  const shell = useContext(ShellOf);
  const dark = document.documentElement.dataset.shade === "dark";
  return (
    <div className="slack_blocks_to_jsx from-library" data-theme={dark ? "dark" : "light"}>
      <Library
        withoutWrapper
        logo=""
        name=""
        theme={dark ? "dark" : "light"}
        blocks={[(b.type === "markdown" ? { ...b, text: String(b.text).replaceAll("![", "[") } : b) as never]}
        data={{ users: shell.people.map((p) => ({ id: p.id, name: p.label })), channels: shell.channels.map((c) => ({ id: c.id, name: c.label })) }}
        hooks={{
          link: ({ href, children }) => <Link href={href}>{children}</Link>,
          user: ({ id, name }) => <span className={id === names.me ? "mention me" : "mention"}>@{names.of(id) ?? name}</span>,
          channel: ({ id, name }) => <span className="mention">#{names.of(id) ?? name}</span>,
        }}
      />
    </div>
  );
}

function Section({ b, id }: { b: Block; id: string }) {
  return (
    <div className="section">
      <div className="section-text">
        {b.text && <Text of={b.text} />}
        {b.fields?.length > 0 && <div className="fields">{b.fields.map((f: Loose, i: number) => <div key={i}><Text of={f} /></div>)}</div>}
      </div>
      {b.accessory && <div className={`accessory of-${b.accessory.type}`}><Element el={b.accessory} block={id} /></div>}
    </div>
  );
}

function Context({ b }: { b: Block }) {
  return (
    <div className="context">
      {(b.elements ?? []).map((el: Loose, i: number) =>
        el.type === "image" ? <SmallImage key={i} el={el} /> : <Element key={i} el={el} block="" />,
      )}
    </div>
  );
}

function Input({ b, id }: { b: Block; id: string }) {
  const surface = useContext(SurfaceOf)!;
  const base = useId();
  const error = surface.errors[id];
  const label = textOf(b.label);
  const describedBy = [b.hint && `${base}h`, error && `${base}e`].filter(Boolean).join(" ") || undefined;
  return (
    <div className="input" data-block={id}>
      <div className="label" aria-hidden="true">
        {label} {b.optional && <span className="muted">(optional)</span>}
      </div>
      {b.element && <Element el={b.element} block={id} input={{ label: b.optional ? `${label} (optional)` : label, describedBy, dispatch: b.dispatch_action === true, invalid: !!error }} />}
      {error && <div className="error" id={`${base}e`} role="alert">{error}</div>}
      {b.hint && <div className="hint" id={`${base}h`}><Text of={b.hint} /></div>}
    </div>
  );
}

/** A picture from this simulation is shown; one from elsewhere is never fetched, so its words and a link stand for it. */
export function Image({ b }: { b: Loose }) {
  const shell = useContext(ShellOf);
  const [broken, setBroken] = useState(false);
  const url = pictureURL(b);
  const here = url.startsWith("data:image/") || url.startsWith(location.origin + "/");
  const title = textOf(b.title);
  return (
    <figure className="image">
      {title && <figcaption>{title}</figcaption>}
      {here && !broken ? (
        <button type="button" className="picture" aria-label={`Enlarge: ${b.alt_text || title || "picture"}`} onClick={() => shell.enlarge({ id: url, url, title, alt_txt: b.alt_text })}>
          <img src={url} alt={b.alt_text ?? ""} onError={() => setBroken(true)} />
        </button>
      ) : (
        <div className="no-picture">
          <span>{b.alt_text || "A picture"}</span> {url && !broken && <Link href={url}>Open the picture</Link>}
        </div>
      )}
    </figure>
  );
}

function Card({ b, id }: { b: Block; id: string }) {
  return (
    <div className="card">
      {b.hero_image && <Image b={b.hero_image} />}
      {b.title && <b><Text of={b.title} /></b>}
      {b.subtitle && <div className="muted"><Text of={b.subtitle} /></div>}
      {b.body && <Text of={b.body} />}
      {b.subtext && <div className="muted"><Text of={b.subtext} /></div>}
      {b.actions?.length > 0 && <div className="actions">{b.actions.map((el: Loose, i: number) => <Element key={i} el={el} block={id} />)}</div>}
    </div>
  );
}

function Container({ b }: { b: Block }) {
  const title = b.rich_text_title ? <FromLibrary b={b.rich_text_title} /> : <Text of={b.title} />;
  const inner = <Blocks blocks={b.child_blocks ?? b.blocks ?? []} />;
  if (!b.is_collapsible) return <div className="card"><b>{title}</b>{b.subtitle && <div className="muted"><Text of={b.subtitle} /></div>}{inner}</div>;
  return (
    <details className="card" open={!b.default_collapsed}>
      <summary><b>{title}</b>{b.subtitle && <span className="muted"> <Text of={b.subtitle} /></span>}</summary>
      {inner}
    </details>
  );
}
