/** Builds everything a release contains: the engine, the package around it, the page. What is up to date is skipped. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { basename, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { ask, Failure, LOCKED, main, ROOT, run, say } from "./lib/run.mjs";
import { whenChanged } from "./lib/stamp.mjs";
import { buildElement, ELEMENT, licenses } from "./element.mjs";
import { ensurePackages, ensureRust, ensureWasmBindgen } from "./setup.mjs";

const WASM = "wasm32-unknown-unknown";
/** What the compiler may have used and the optimiser must accept; no more, so that it brings in nothing newer. */
const FEATURES = [
  "simd",
  "bulk-memory",
  "bulk-memory-opt",
  "call-indirect-overlong",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
].map((feature) => `--enable-${feature}`);
/** What the engine may take on the wire, in bytes; a test holds it. */
export const GZIP_LIMIT = 570_000;
/**
 * What is a file of its own in the package, by the modules of src/js whose place it takes. Bundles name the file
 * instead of having the module in them, so that the engine and each function exist once among modules, and once for
 * CommonJS.
 */
const MODULES = {
  "api.ts": "api.mjs",
  "instance.ts": "engine.mjs",
  "raw.ts": "engine.mjs",
  "prepare.ts": "engine.mjs",
  "inline.ts": "inline.mjs",
  "node.ts": "node.mjs",
  "mock/index.ts": "mock.mjs",
  "cli/dispatch.ts": "oim-commands.mjs",
};
const COMMONJS = {
  "node.ts": "node.cjs",
  "data/config.v1.schema.json": "schema/config.v1.json",
  "data/config.v2.schema.json": "schema/config.v2.json",
};
const TOOLS = ["scripts", "package.json", "package-lock.json"];

/** Sets up and builds all of it; without the page for those who only need the package. */
export async function build({ page = true } = {}) {
  await ensureRust();
  // npm mostly waits for the network, so that the engine can compile meanwhile.
  const packages = ensurePackages();
  await buildEngine(packages);
  await packages;
  await buildPackage();
  await whenChanged("element", { ...ELEMENT, inputs: [...ELEMENT.inputs, ...TOOLS] }, buildElement);
  if (page) await buildPage();
  reportSizes();
}

/** Builds the engine alone. The last step needs the npm `packages`: they are there, or the promise says when. */
export async function buildEngine(packages) {
  await whenChanged(
    "engine",
    {
      inputs: ["Cargo.toml", "Cargo.lock", ".cargo/config.toml", "src", "scripts/build.mjs"],
      except: (path) => path === "src/js",
      outputs: ["dist/engine.wasm", "target/glue/engine.js", "target/glue/engine.d.ts"],
      salt: `${await ask("rustc", ["--version"])} ${versionOf("binaryen")}`,
    },
    async () => {
      mkdirSync(join(ROOT, "dist"), { recursive: true });
      await compile(packages);
    },
  );
}

/** Compiles the engine and its glue. */
async function compile(packages) {
  // Set in the environment, they would take the place of the flags in .cargo/config.toml.
  const env = { RUSTFLAGS: undefined, CARGO_ENCODED_RUSTFLAGS: undefined };
  // Messages of panics name source files. Without the folder that is only this machine's, the same sources give the same
  // bytes everywhere; `npm run reproduce` holds it.
  const home = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  const flags = [`--remap-path-prefix=${home}=/cargo`];
  const config = `target.${WASM}.rustflags=${JSON.stringify(flags)}`;
  const { target_directory: target } = JSON.parse(
    await ask("cargo", ["metadata", "--no-deps", "--offline", "--format-version", "1"]),
  );
  const args = ["build", "--release", ...LOCKED, "--lib", "--target", WASM, "--config", config];
  // The last crate takes one core for a minute, the other can compile wasm-bindgen.
  const [bindgen] = await Promise.all([ensureWasmBindgen(), run("cargo", args, { env }), packages]);
  const glue = join(ROOT, "target", "glue");
  await run(bindgen, [
    ...["--target", "web", "--out-dir", glue, "--out-name", "engine"],
    // The loaders name the file; a second mention would make bundlers pack it twice.
    "--omit-default-module-path",
    // Lets a new instance take the place of one that trapped, and keeps the old one's objects from touching it.
    "--experimental-reset-state-function",
    ...["--remove-name-section", "--remove-producers-section"],
    join(target, WASM, "release", "oim_config.wasm"),
  ]);
  const optimizer = join(ROOT, "node_modules", "binaryen", "bin", "wasm-opt");
  const files = [join(glue, "engine_bg.wasm"), "-o", join(ROOT, "dist", "engine.wasm")];
  // The compiler has optimised already: -O3 takes half a minute longer for nothing that can be measured.
  await run(process.execPath, [optimizer, ...FEATURES, "-O1", ...files], { show: "none", label: "wasm-opt" });
}

async function buildPackage() {
  const outputs = [
    ...["engine.mjs", "api.mjs", "inline.mjs", "browser.mjs", "bundled.mjs", "web.mjs", "workerd.mjs"],
    ...["node.cjs", "node.mjs", "mock.cjs", "mock.mjs", "oim.mjs", "openapi.json"],
    ...["types.d.ts", "types.d.cts", "web.d.mts", "mock.d.mts", "mock.d.cts"],
    ...["schema/config.v1.json", "schema/config.v1.d.ts", "schema/config.v1.d.cts"],
    ...["schema/config.v2.json", "schema/config.v2.d.ts", "schema/config.v2.d.cts"],
    ...["oim-commands.mjs", "oim-worker.mjs", "oim.licenses.txt"],
  ].map((name) => `dist/${name}`);
  const inputs = ["src/js", "dist/engine.wasm", "target/glue/engine.js", ...TOOLS];
  await whenChanged("package", { inputs, outputs }, async () => {
    const esbuild = await import("esbuild");
    const bundle = (entry, outfile, options) =>
      esbuild.build({
        absWorkingDir: ROOT,
        entryPoints: [`src/js/${entry}.ts`],
        outfile: `dist/${outfile}`,
        bundle: true,
        format: "esm",
        target: "es2022",
        logLevel: "warning",
        // Names stay, so that a stack trace can be read.
        minifyWhitespace: true,
        minifySyntax: true,
        // As modules, so that what is unused is left out.
        mainFields: ["module", "main"],
        metafile: true,
        plugins: [separateFiles(MODULES)],
        ...options,
      });
    const packed = gzipSync(readFileSync(join(ROOT, "dist/engine.wasm")), { level: 9 }).toString("base64");
    const node = { platform: "node" };
    const commonjs = { ...node, format: "cjs", plugins: [separateFiles(COMMONJS)] };
    // The command is a program, never imported.
    const command = { ...node, minifyIdentifiers: true };
    const bundles = await Promise.all([
      bundle("engine", "engine.mjs", { plugins: [] }),
      bundle("api", "api.mjs"),
      bundle("inline", "inline.mjs", { define: { INLINE: JSON.stringify(packed) } }),
      bundle("browser", "browser.mjs"),
      bundle("bundled", "bundled.mjs", node),
      bundle("web", "web.mjs"),
      bundle("workerd", "workerd.mjs", { external: ["./engine.wasm"] }),
      bundle("node", "node.cjs", commonjs),
      bundle("mock/index", "mock.cjs", {
        ...commonjs,
        minifyIdentifiers: true,
        define: { "import.meta.url": "moduleUrl" },
        banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename);' },
      }),
      bundle("cli/main", "oim.mjs", {
        ...command,
        define: { VERSION: JSON.stringify(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version) },
        banner: { js: "#!/usr/bin/env node" },
      }),
      bundle("cli/dispatch", "oim-commands.mjs", command),
      bundle("cli/process/worker", "oim-worker.mjs", command),
    ]);
    const sources = bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs));
    writeFileSync(join(ROOT, "dist/oim.licenses.txt"), licenses("oim-commands.mjs and mock.cjs", sources));
    chmodSync(join(ROOT, "dist/oim.mjs"), 0o755);
    for (const name of ["web.d.mts", "mock/mock.d.mts"]) copy(`src/js/${name}`, `dist/${basename(name)}`);
    copy("src/js/mock/mock.d.mts", "dist/mock.d.cts");
    mkdirSync(join(ROOT, "dist/schema"), { recursive: true });
    compact("src/js/mock/openapi.json", "dist/openapi.json");
    for (const name of ["config.v1", "config.v2"]) {
      compact(`src/js/data/${name}.schema.json`, `dist/schema/${name}.json`);
      for (const kind of ["ts", "cts"]) copy(`src/js/schema.d.${kind}`, `dist/schema/${name}.d.${kind}`);
    }
    // As the code: CommonJS has it, and modules have it from there.
    copy("src/js/types.d.ts", "dist/types.d.cts");
    writeFileSync(join(ROOT, "dist/types.d.ts"), 'export * from "./types.cjs";\n');
    for (const name of ["node", "mock"]) wrap(name);
  });
}

/** Leaves what is a file of its own in the package out of a bundle. */
function separateFiles(files) {
  const setup = ({ onResolve }) =>
    onResolve({ filter: /^\.\.?\// }, ({ kind, path, resolveDir }) => {
      const place = relative(join(ROOT, "src/js"), join(resolveDir, path)).replaceAll("\\", "/");
      const file = kind === "entry-point" ? undefined : files[place.replace(/\.js$/, ".ts")];
      return file === undefined ? undefined : { path: `./${file}`, external: true };
    });
  return { name: "separate-files", setup };
}

/** Writes the module around a CommonJS file. It names each export, since what `export *` finds there differs. */
function wrap(name) {
  const names = Object.keys(createRequire(import.meta.url)(join(ROOT, `dist/${name}.cjs`))).sort();
  // Only Node itself comes to this one, bundlers have a condition of their own. There an `import` would have the file
  // searched for names of exports first, which takes longer than running it.
  const required =
    'import { createRequire } from "node:module";\n\nconst api = createRequire(import.meta.url)("./node.cjs");';
  const start = name === "node" ? required : `import api from "./${name}.cjs";`;
  writeFileSync(join(ROOT, `dist/${name}.mjs`), `${start}\n\nexport const { ${names.join(", ")} } = api;\n`);
}

async function buildPage() {
  if (!existsSync(join(ROOT, "www/index.html"))) throw new Failure("www/index.html is missing");
  const engine = ["engine.mjs", "api.mjs", "browser.mjs", "inline.mjs"].map((name) => `dist/${name}`);
  const inputs = ["www", "src/js", ...engine, ...TOOLS];
  // An archive of the sources has no history.
  const commit = (await ask("git", ["rev-parse", "--short=7", "HEAD"])) ?? "";
  await whenChanged("page", { inputs, outputs: ["dist/www/index.html", "dist/www/sw.js"], salt: commit }, async () => {
    const options = { label: "vite", env: { OIM_COMMIT: commit } };
    await run(process.execPath, [join(ROOT, "node_modules/vite/bin/vite.js"), "build", "www"], options);
  });
}

function reportSizes() {
  const size = (path) => {
    const bytes = readFileSync(join(ROOT, path));
    return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
  };
  const kilo = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  for (const path of ["dist/engine.wasm", "dist/inline.mjs"]) {
    const { raw, gzip } = size(path);
    say(`${path}: ${kilo(raw)}, gzip ${kilo(gzip)}`);
  }
  if (size("dist/engine.wasm").gzip > GZIP_LIMIT) say(`the engine is over its limit of ${kilo(GZIP_LIMIT)} gzipped`);
}

/** The version of an npm package that package-lock.json asks for; it may not be installed yet. */
function versionOf(name) {
  return JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")).packages[`node_modules/${name}`].version;
}

function copy(from, to) {
  copyFileSync(join(ROOT, from), join(ROOT, to));
}

/** Copies a JSON document without its white space, which is a third of it. */
function compact(from, to) {
  writeFileSync(join(ROOT, to), `${JSON.stringify(JSON.parse(readFileSync(join(ROOT, from), "utf8")))}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(() => build());
