/** Builds everything a release contains: the engine, the package around it, the page. What is up to date is skipped. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { deflateRawSync, gzipSync } from "node:zlib";
import { ask, Failure, LOCKED, main, ROOT, run, say } from "./lib/run.mjs";
import { whenChanged } from "./lib/stamp.mjs";
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
export const GZIP_LIMIT = 145_000;
const COMMONJS = {
  platform: "node",
  format: "cjs",
  define: { "import.meta.url": "moduleUrl" },
  banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename);' },
};
const TOOLS = ["scripts", "package.json", "package-lock.json"];

/** Sets up and builds all of it; without the page for those who only need the package. */
export async function build({ page = true } = {}) {
  await ensureRust();
  await ensurePackages();
  await buildEngine();
  await buildPackage();
  if (page) await buildPage();
  reportSizes();
}

async function buildEngine() {
  await whenChanged(
    "engine",
    {
      inputs: ["Cargo.toml", "Cargo.lock", ".cargo/config.toml", "src", "scripts/build.mjs"],
      except: (path) => path === "src/js",
      outputs: ["dist/engine.wasm", "target/glue/engine.js", "target/glue/engine.d.ts"],
      salt: `${await ask("rustc", ["--version"])} ${versionOf("binaryen")}`,
    },
    async () => {
      const bindgen = await ensureWasmBindgen();
      // Set in the environment, they would take the place of the flags in .cargo/config.toml.
      const env = { RUSTFLAGS: undefined, CARGO_ENCODED_RUSTFLAGS: undefined };
      await run("cargo", ["build", "--release", ...LOCKED, "--lib", "--target", WASM], { env });
      const { target_directory: target } = JSON.parse(
        await ask("cargo", ["metadata", "--no-deps", "--offline", "--format-version", "1"]),
      );
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
      mkdirSync(join(ROOT, "dist"), { recursive: true });
      const optimizer = join(ROOT, "node_modules", "binaryen", "bin", "wasm-opt");
      const files = [join(glue, "engine_bg.wasm"), "-o", join(ROOT, "dist", "engine.wasm")];
      // Nothing lies below address 1024, so offsets may be folded into the instructions.
      const passes = ["-O3", "--low-memory-unused"];
      await run(process.execPath, [optimizer, ...FEATURES, ...passes, ...files], { show: "none", label: "wasm-opt" });
    },
  );
}

async function buildPackage() {
  const outputs = [
    ...["node.mjs", "node.cjs", "web.mjs", "browser.mjs", "workerd.mjs"],
    ...["types.d.ts", "types.d.cts", "web.d.mts"],
    ...["schema/config.v1.json", "schema/config.v1.d.ts", "schema/config.v1.d.cts"],
    ...["mock.mjs", "mock.cjs", "mock.d.mts", "mock.d.cts", "openapi.json", "oim.mjs"],
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
        ...options,
      });
    const engine = deflateRawSync(readFileSync(join(ROOT, "dist/engine.wasm")), { level: 9 });
    await Promise.all([
      bundle("node", "node.mjs", { platform: "node" }),
      bundle("node", "node.cjs", COMMONJS),
      bundle("web", "web.mjs"),
      bundle("browser", "browser.mjs", { define: { INLINE: JSON.stringify(engine.toString("base64")) } }),
      bundle("workerd", "workerd.mjs", { external: ["./engine.wasm"] }),
      bundle("mock/index", "mock.mjs", { platform: "node", plugins: [beside("mjs")] }),
      bundle("mock/index", "mock.cjs", { ...COMMONJS, plugins: [beside("cjs")] }),
      bundle("cli/main", "oim.mjs", {
        platform: "node",
        define: { VERSION: JSON.stringify(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version) },
        banner: { js: "#!/usr/bin/env node" },
        plugins: [beside("mjs")],
      }),
    ]);
    chmodSync(join(ROOT, "dist/oim.mjs"), 0o755);
    for (const name of ["types.d.ts", "web.d.mts", "mock/mock.d.mts", "mock/openapi.json"]) {
      copy(`src/js/${name}`, `dist/${basename(name)}`);
    }
    // The same under the names by which TypeScript knows CommonJS.
    copy("src/js/types.d.ts", "dist/types.d.cts");
    mkdirSync(join(ROOT, "dist/schema"), { recursive: true });
    copy("src/js/data/config.v1.schema.json", "dist/schema/config.v1.json");
    for (const kind of ["ts", "cts"]) copy(`src/js/schema.d.${kind}`, `dist/schema/config.v1.d.${kind}`);
    copy("src/js/mock/mock.d.mts", "dist/mock.d.cts");
  });
}

/** Leaves what is a file of its own in the package out of a bundle, so that the engine and each function exist once. */
function beside(extension) {
  const files = { "../node.js": "node", "../mock/index.js": "mock" };
  const setup = ({ onResolve }) =>
    onResolve({ filter: /^\.\.\// }, ({ path }) =>
      path in files ? { path: `./${files[path]}.${extension}`, external: true } : undefined,
    );
  return { name: "beside", setup };
}

async function buildPage() {
  if (!existsSync(join(ROOT, "www/index.html"))) throw new Failure("www/index.html is missing");
  const inputs = ["www", "src/js", "dist/engine.wasm", "dist/web.mjs", ...TOOLS];
  await whenChanged("page", { inputs, outputs: ["dist/www/index.html"] }, async () => {
    await run(process.execPath, [join(ROOT, "node_modules/vite/bin/vite.js"), "build", "www"], { label: "vite" });
  });
}

function reportSizes() {
  const size = (path) => {
    const bytes = readFileSync(join(ROOT, path));
    return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
  };
  const kilo = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  for (const path of ["dist/engine.wasm", "dist/browser.mjs"]) {
    const { raw, gzip } = size(path);
    say(`${path}: ${kilo(raw)}, gzip ${kilo(gzip)}`);
  }
  if (size("dist/engine.wasm").gzip > GZIP_LIMIT) say(`the engine is over its limit of ${kilo(GZIP_LIMIT)} gzipped`);
}

function versionOf(name) {
  return JSON.parse(readFileSync(join(ROOT, "node_modules", name, "package.json"), "utf8")).version;
}

function copy(from, to) {
  copyFileSync(join(ROOT, from), join(ROOT, to));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(() => build());
