// Builds src/ into dist/: index.html, page.js.gz, page.css.gz, LICENSES.txt.gz of what is
// bundled, and SOURCES, the hash of everything the bundle was made from. page_test.go recomputes that hash, so
// a bundle that is older than its sources fails the tests.
//
// "node build.mjs --hash" only prints the hash.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const inputs = ["build.mjs", "package-lock.json", "package.json", "tsconfig.json"];

/** One line a file, "sha256  path", sorted by path; then the hash of those lines. */
function hash() {
  const files = [...inputs];
  for (const f of readdirSync(join(here, "src"), { recursive: true, withFileTypes: true })) {
    if (f.isFile()) files.push(join(f.parentPath, f.name).slice(here.length + 1).replaceAll("\\", "/"));
  }
  const lines = files.sort().map((f) => {
    const sum = createHash("sha256").update(readFileSync(join(here, f))).digest("hex");
    return `${sum}  ${f}\n`;
  });
  return createHash("sha256").update(lines.join("")).digest("hex");
}

// The library scopes its styles to an id, which several messages on one page
// would share; a class does the same and may repeat.
const idToClass = {
  name: "id-to-class",
  setup(build) {
    build.onLoad({ filter: /slack-blocks-to-jsx\/dist\/style\.css$/ }, (args) => ({
      contents: readFileSync(args.path, "utf8").replaceAll("#slack_blocks_to_jsx", ".slack_blocks_to_jsx"),
      loader: "css",
    }));
  },
};

/** The licences of the packages that ended up in the bundle. */
function licences(metafile) {
  const names = new Set();
  for (const path of Object.keys(metafile.inputs)) {
    const m = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (m) names.add(m[1]);
  }
  return [...names].sort().map((name) => {
    const dir = join(here, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
    const file = readdirSync(dir).find((f) => /^licen[cs]e/i.test(f));
    const text = file ? readFileSync(join(dir, file), "utf8").trim() : license;
    return `${name} ${version} (${license})\n\n${text}\n`;
  }).join("\n----\n\n");
}

if (process.argv.includes("--hash")) {
  console.log(hash());
} else {
  const { build } = await import("esbuild");
  const dist = join(here, "dist");
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  const { metafile } = await build({
    entryPoints: { page: join(here, "src/main.tsx") },
    outdir: dist,
    bundle: true,
    minify: true,
    target: "es2022",
    format: "iife",
    charset: "utf8",
    legalComments: "eof",
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [idToClass],
    logLevel: "warning",
    metafile: true,
  });
  writeFileSync(join(dist, "LICENSES.txt"), licences(metafile));
  for (const name of ["page.js", "page.css", "LICENSES.txt"]) {
    // the binary carries them, and every browser takes them so
    writeFileSync(join(dist, name + ".gz"), gzipSync(readFileSync(join(dist, name)), { level: 9 }));
    rmSync(join(dist, name));
  }
  writeFileSync(join(dist, "index.html"), readFileSync(join(here, "src/index.html")));
  writeFileSync(join(dist, "SOURCES"), hash() + "\n");
}
