/** Builds `<oim-playground>` for other pages: one module with everything but the engine, which the package has as a file. */
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { ROOT } from "./lib/run.mjs";

const WWW = join(ROOT, "www/src");

/** What the element is built from, and what comes of it. */
export const ELEMENT = {
  inputs: ["www", "src/js", ...["api.mjs", "browser.mjs", "engine.mjs", "inline.mjs"].map((name) => `dist/${name}`)],
  outputs: ["element.mjs", "element.worker.mjs", "element.d.mts", "element.licenses.txt"].map((name) => `dist/${name}`),
};

export async function buildElement() {
  const { build } = await import("esbuild");
  const bundle = (entry, outfile, more, options) =>
    build({
      absWorkingDir: ROOT,
      entryPoints: [join(WWW, entry)],
      outfile: join(ROOT, "dist", outfile),
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      tsconfig: join(WWW, "../tsconfig.json"),
      logLevel: "warning",
      legalComments: "none",
      metafile: true,
      plugins: [page(more)],
      ...options,
    });
  const worker = await bundle("worker.ts", "element.worker.mjs", ({ onResolve }) => {
    // The engine comes by message: the worker's code is text in the element, which must not hold the engine, too.
    onResolve({ filter: /\/inline\.mjs$/ }, () => ({ path: join(WWW, "element/engine.ts") }));
  });
  const code = readFileSync(join(ROOT, "dist/element.worker.mjs"), "utf8");
  const element = await bundle("element/index.ts", "element.mjs", ({ onResolve, onLoad }) => {
    onResolve({ filter: /^oim:worker$/ }, ({ path }) => ({ path, namespace: "oim" }));
    onLoad({ filter: /./, namespace: "oim" }, () => ({ contents: code, loader: "text" }));
    onResolve({ filter: /^oim:engine$/ }, () => ({ path: "./inline.mjs", external: true }));
    onResolve({ filter: /\/start\.ts$/ }, ({ importer }) =>
      importer.endsWith("client.ts") ? { path: join(WWW, "element/start.ts") } : undefined,
    );
  });
  copyFileSync(join(ROOT, "src/js/element.d.mts"), join(ROOT, "dist/element.d.mts"));
  const inputs = [worker, element].flatMap(({ metafile }) => Object.keys(metafile.inputs));
  writeFileSync(join(ROOT, "dist/element.licenses.txt"), licenses("element.mjs", inputs));
}

/** What Vite knows of the page's files: texts by `?raw`, and that modules register elements. */
function page(more) {
  const setup = (build) => {
    more(build);
    build.onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.slice(0, -4)),
      namespace: "raw",
    }));
    build.onLoad({ filter: /./, namespace: "raw" }, ({ path }) => ({
      contents: readFileSync(path, "utf8"),
      loader: "text",
      watchFiles: [path],
    }));
    // The package says that its modules have no side effects, which is right for all but these.
    build.onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, resolveDir }) =>
      resolveDir.startsWith(WWW) ? { path: resolve(resolveDir, path), sideEffects: true } : undefined,
    );
  };
  return { name: "page", setup };
}

/** The licences of all that is in a bundle, each text once. */
export function licenses(bundle, inputs) {
  const folders = new Set(inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean));
  const texts = new Map();
  for (const folder of [...folders].sort()) {
    const place = join(ROOT, folder);
    const file = existsSync(place) && readdirSync(place).find((name) => /^licen[cs]e/i.test(name));
    if (!file) throw new Error(`${relative(ROOT, place)} has no licence file in ${dirname(place)}`);
    const text = readFileSync(join(place, file), "utf8").trim();
    const { name, version } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
    texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
  }
  const parts = [...texts].map(([text, names]) => `${names.join(", ")}\n\n${text}\n`);
  return `What is in ${bundle} beside the code of this package:\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}
