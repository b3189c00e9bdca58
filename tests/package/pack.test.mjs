/** The tarball that a release would publish: what is in it, and that it works once installed. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import { GZIP_LIMIT } from "../../scripts/build.mjs";
import { npm } from "../../scripts/lib/run.mjs";
import { BODY, PAYLOAD, PROCESSED } from "../node/example.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MANIFEST = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const isElement = (path) => path.startsWith("dist/element.");
const inlined = (await import("../../dist/inline.mjs")).default;
let folder;
let packed;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "oim-config-"));
  const quiet = { show: "none", cwd: ROOT };
  const flags = ["--json", "--ignore-scripts", "--loglevel=error", "--pack-destination", folder];
  const { output } = await npm(["pack", ...flags], quiet);
  [packed] = Object.values(JSON.parse(output.slice(output.search(/^[[{]/m))));
  writeFileSync(join(folder, "package.json"), '{"private": true, "type": "module"}');
  const install = [
    "install",
    "--offline",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    join(folder, packed.filename),
  ];
  await npm(install, { show: "none", cwd: folder });
});
after(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

function node(args, options = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", ...options });
  assert.equal(status, 0, stdout + stderr);
  assert.equal(stderr, "");
  return stdout;
}

/** All that the package exports: what its types declare. */
const DECLARED = readFileSync(join(ROOT, "src/js/types.d.ts"), "utf8");
const NAMES = [...DECLARED.matchAll(/^export (?:function|class) (\w+)/gm)].map(([, name]) => name).sort();

const RUN = `
  const answer = api.processPayload(${JSON.stringify(BODY)}, ${JSON.stringify(PAYLOAD)});
  console.log(JSON.stringify({ answer, names: Object.keys(api).sort() }));
`;

test("the tarball holds what is needed and nothing else", (context) => {
  const paths = packed.files.map(({ path }) => path);
  for (const path of paths)
    assert.match(path, /^(package\.json|README\.md|LICENSE.*|CHANGELOG\.md|dist\/(schema\/)?[\w.-]+)$/);
  assert.deepEqual(
    paths.filter((path) => path.endsWith(".wasm")),
    ["dist/engine.wasm"],
  );
  const named = JSON.stringify([MANIFEST.exports, MANIFEST.bin, MANIFEST.main, MANIFEST.types]).match(/dist\/[\w./]+/g);
  for (const path of named) assert.ok(paths.includes(path), path);
  const sizes = [packed.size, packed.unpackedSize].map((bytes) => `${(bytes / 1000).toFixed(0)} kB`);
  context.diagnostic(`packed ${sizes[0]}, unpacked ${sizes[1]}`);
  const element = packed.files.filter(({ path }) => isElement(path)).reduce((sum, { size }) => sum + size, 0);
  context.diagnostic(`of that the element ${(element / 1000).toFixed(0)} kB`);
});

test("everything is there once: the engine, its inlined copy, the functions for modules and for CommonJS", () => {
  const texts = packed.files
    // The element works without a bundler, so that its worker has the functions in it, minified.
    .filter(({ path }) => /\.[cm]js$/.test(path) && !isElement(path))
    .map(({ path }) => [path, readFileSync(join(ROOT, path), "utf8")]);
  const having = (piece) =>
    texts
      .filter(([, text]) => text.includes(piece))
      .map(([path]) => path)
      .sort();
  assert.deepEqual(having(inlined.slice(1000, 1100)), ["dist/inline.mjs"]);
  for (const name of ["element.mjs", "element.worker.mjs"]) {
    assert.equal(readFileSync(join(ROOT, "dist", name), "utf8").includes(inlined.slice(1000, 1100)), false, name);
  }
  assert.deepEqual(having("FinalizationRegistry"), ["dist/engine.mjs", "dist/node.cjs"], "the glue");
  assert.deepEqual(having("JSON.stringify cannot write it"), ["dist/api.mjs", "dist/node.cjs"], "the functions");
  assert.deepEqual(having("A value is listed under two statuses"), ["dist/api.mjs", "dist/node.cjs"], "the codes");
  assert.deepEqual(having("createServer"), ["dist/mock.cjs"], "the mock");
});

test("the engine keeps to its size", () => {
  const { length } = gzipSync(readFileSync(join(ROOT, "dist/engine.wasm")), { level: 9 });
  assert.ok(length <= GZIP_LIMIT, `${length} bytes gzipped, at most ${GZIP_LIMIT} are allowed`);
});

test("npm and Cargo name the same version", () => {
  const [, version] = readFileSync(join(ROOT, "Cargo.toml"), "utf8").match(/^version = "([^"]+)"/m);
  assert.equal(MANIFEST.version, version);
});

test("import works at once", () => {
  const { answer, names } = JSON.parse(
    node(["--input-type=module", "-e", `import * as api from "oim-config"; ${RUN}`]),
  );
  assert.deepEqual(answer, PROCESSED);
  assert.deepEqual(names, NAMES);
});

test("require works at once", () => {
  const script = `const api = require("oim-config"); ${RUN}`;
  const { answer, names } = JSON.parse(node(["--input-type=commonjs", "-e", script]));
  assert.deepEqual(answer, PROCESSED);
  assert.deepEqual(names, NAMES);
});

test("the schema is a file of its own, the same as the function gives", () => {
  const script = `
    import assert from "node:assert/strict";
    import { createRequire } from "node:module";
    import { schema } from "oim-config";
    import file from "oim-config/schema/config.v1.json" with { type: "json" };
    import second from "oim-config/schema/config.v2.json" with { type: "json" };
    assert.deepEqual(file, schema());
    assert.deepEqual(second, schema({ version: "2" }));
    for (const version of ["1", "2"]) {
      assert.deepEqual(createRequire(import.meta.url)(\`oim-config/schema/config.v\${version}.json\`), schema({ version }));
    }
    console.log(file.$id);`;
  // Node 20 calls JSON modules experimental.
  const quiet = ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", script];
  assert.match(node(quiet), /config\.v1/);
});

test("what is imported and what is required is one engine", () => {
  const script = `
    import { createRequire } from "node:module";
    import * as api from "oim-config";
    const required = createRequire(import.meta.url)("oim-config");
    console.log(Object.keys(api).every((name) => api[name] === required[name]), Object.keys(required).length);`;
  assert.equal(node(["--input-type=module", "-e", script]), `true ${NAMES.length}\n`);
});

test("what bundlers take for browsers works where they put it", () => {
  // Node has all that it needs of a browser.
  const script = `import * as api from "oim-config"; await api.init(); ${RUN}`;
  const { answer } = JSON.parse(node(["--conditions=browser", "--input-type=module", "-e", script]));
  assert.deepEqual(answer, PROCESSED);
});

test("the web entrance takes bytes and a compiled module", () => {
  for (const make of ["bytes", "new WebAssembly.Module(bytes)"]) {
    const script = `
      import { readFileSync } from "node:fs";
      import * as api from "oim-config/web";
      const bytes = readFileSync(new URL(import.meta.resolve("oim-config/engine.wasm")));
      await api.init(${make});
      ${RUN}`;
    assert.deepEqual(JSON.parse(node(["--input-type=module", "-e", script])).answer, PROCESSED);
  }
});

test("the entrance for edge workers takes the module that their bundler compiles", () => {
  const hooks = `
    export async function load(url, context, next) {
      if (!url.endsWith(".wasm")) return next(url, context);
      const source = \`import { readFileSync } from "node:fs";
        export default new WebAssembly.Module(readFileSync(new URL(\${JSON.stringify(url)})));\`;
      return { format: "module", source, shortCircuit: true };
    }`;
  const script = `
    import { register } from "node:module";
    register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});
    const api = await import("oim-config");
    ${RUN}`;
  const { answer } = JSON.parse(node(["--conditions=workerd", "--input-type=module", "-e", script]));
  assert.deepEqual(answer, PROCESSED);
});

test("a bundler for browsers makes one file that works", async () => {
  writeFileSync(join(folder, "page.mjs"), `import * as api from "oim-config"; await api.init(); ${RUN}`);
  const outfile = join(folder, "bundle.mjs");
  const result = await esbuild({
    absWorkingDir: folder,
    entryPoints: ["page.mjs"],
    outfile,
    bundle: true,
    format: "esm",
    platform: "browser",
    logLevel: "silent",
  });
  assert.deepEqual([result.errors, result.warnings], [[], []]);
  assert.deepEqual(JSON.parse(node([outfile])).answer, PROCESSED);
});

test("a bundler that knows files beside modules takes the engine along", async () => {
  writeFileSync(join(folder, "site.mjs"), 'import { init, version } from "oim-config/web"; init().then(version);');
  const { output } = await vite({
    root: folder,
    configFile: false,
    logLevel: "silent",
    build: { write: false, rollupOptions: { input: join(folder, "site.mjs") } },
  });
  const assets = output.map(({ fileName }) => fileName);
  assert.equal(assets.filter((name) => name.endsWith(".wasm")).length, 1, assets.join(", "));
});

test("a bundler takes the element with its engine, and no setting", async () => {
  writeFileSync(join(folder, "docs.mjs"), 'import "oim-config/element";');
  const { output } = await vite({
    root: folder,
    configFile: false,
    logLevel: "silent",
    build: { write: false, rollupOptions: { input: join(folder, "docs.mjs") } },
  });
  const texts = output.map((file) => String(file.code ?? file.source));
  assert.ok(
    texts.some((text) => text.includes("oim-playground")),
    "an import for its effect alone is kept",
  );
  assert.equal(texts.filter((text) => text.includes(inlined.slice(1000, 1100))).length, 1, "the engine is there once");
});

test("the process ends by itself", () => {
  node(["--input-type=module", "-e", 'import "oim-config"'], { timeout: 20_000 });
});

/** Ways in which TypeScript users resolve modules. The library without the DOM shows that the types need none. */
const COMPILATIONS = [
  ["node16", "consumer.ts", ["es2022"]],
  ["nodenext", "consumer.ts", ["es2022"]],
  ["bundler", "consumer.ts", ["es2022"]],
  ["node16", "consumer.cts", ["es2022"]],
  ["nodenext", "consumer.cts", ["es2022"]],
  ["bundler", "consumer-element.ts", ["es2022", "dom"]],
  ["nodenext", "consumer-element.ts", ["es2022", "dom"]],
  ["bundler", "consumer-web.ts", ["es2022", "dom"]],
  ["node16", "consumer-web.ts", ["es2022", "dom"]],
  ["nodenext", "consumer-web.ts", ["es2022", "dom"]],
  ["nodenext", "consumer-using.ts", ["es2022", "esnext.disposable"]],
  ["node16", "consumer-schema-require.cts", ["es2022"]],
  ["nodenext", "consumer-schema-require.cts", ["es2022"]],
  ["nodenext", "consumer-schema.ts", ["es2022"]],
  ["bundler", "consumer-schema.ts", ["es2022"]],
];

for (const [resolution, file, lib] of COMPILATIONS) {
  test(`types: ${file} under ${resolution}`, () => {
    const source = readFileSync(join(ROOT, "tests/package", file === "consumer.cts" ? "consumer.ts" : file), "utf8");
    // CommonJS has no top-level await.
    const fitting = file.endsWith(".cts") ? source.replace(/^\/\/ @ts-expect-error made by[^]*/m, "") : source;
    writeFileSync(join(folder, file), fitting);
    const compilerOptions = {
      module: resolution === "bundler" ? "esnext" : resolution,
      moduleResolution: resolution,
      target: "es2022",
      lib,
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));
    node([join(ROOT, "node_modules/typescript/bin/tsc"), "-p", folder]);
  });
}
