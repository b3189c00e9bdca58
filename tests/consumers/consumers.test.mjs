/**
 * The packed package where people use it: each in a folder of its own, without a plugin or a setting for it, and each
 * must give the alerts that Node gives. The table of the README says the same; `UPDATE_EXPECT=1` rewrites it.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { PROCESSED } from "../node/example.mjs";
import { startBrowser } from "../browser/site.mjs";
import {
  answersIn,
  binOf,
  folderOf,
  freePort,
  missing,
  pack,
  programOf,
  run,
  versionOf,
  whileServing,
  whileServingFiles,
} from "./support.mjs";

/** What the element shows of the example. */
const SHOWN = { valid: true, alertCount: PROCESSED.alerts.length, rejectedCount: PROCESSED.rejected.length };
const README = fileURLToPath(new URL("../../README.md", import.meta.url));
const NODES = ["node-20", "node-22", "node-24", "node-26"];
/** For tools that ask for a newer one than the tests do. */
const NEWER = "node-24";

let browser;

before(async () => {
  await pack();
  browser = await startBrowser();
});
after(() => browser?.close());

const node = (args, folder) => run(process.execPath, args, folder);
const newer = (args, folder) => run(programOf(NEWER), args, folder);
const parse = (text) => JSON.parse(text);
const tool = (name, args, folder) => node([binOf(name), ...args], folder);
const filesOf = (folder) => (use) => whileServingFiles(folder, use);

/** Opens pages of a folder as it is. */
async function pages(folder, ...names) {
  return filesOf(folder)((site) => all(names, (name) => answersIn(browser, `${site}/${name}`)));
}

/** Opens pages of a folder that have the element in them. */
async function elements(folder, ...names) {
  assert.deepEqual(
    await pages(folder, ...names),
    names.map(() => SHOWN),
  );
}

/** One after the other, so that no two programs write into one folder, in one list. */
async function all(items, answersOf) {
  const answers = [];
  for (const item of items) answers.push(...[await answersOf(item)].flat());
  return answers;
}

/** What workerd gets to know of the files that Wrangler has made. */
function configOf(out, port) {
  const modules = readdirSync(out)
    .filter((name) => /\.(?:js|wasm)$/.test(name))
    // The first one is the main one.
    .sort((one, other) => Number(one.endsWith(".wasm")) - Number(other.endsWith(".wasm")))
    .map((name) => `(name = "${name}", ${name.endsWith(".js") ? "esModule" : "wasm"} = embed "out/${name}")`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]
);
const worker :Workerd.Worker = (modules = [${modules.join(", ")}], compatibilityDate = "2026-01-01");
`;
}

/** Writes a page around a script that a bundler made. */
function pageFor(folder, name, script) {
  const type = script.endsWith(".cjs") ? "" : ' type="module"';
  const html = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body><script${type} src="${script}"></script>`;
  writeFileSync(join(folder, name), html);
  return name;
}

/**
 * Each with the tools that it needs, its row in the table, and what gives the answers, all of which must be the same.
 */
const CONSUMERS = [
  {
    name: "Node",
    runtimes: NODES,
    how: "`import` and `require`",
    async answers(folder) {
      return all(NODES, (name) =>
        all(["server.mjs", "server.cjs"], async (file) => parse(await run(programOf(name), [file], folder))),
      );
    },
  },
  {
    name: "a page without a bundler",
    version: "",
    how: '`<script type="module">` with `dist/browser.mjs`, `dist/web.mjs` and `dist/element.mjs`',
    async answers(folder) {
      for (const [name, entry] of [
        ["page", "browser"],
        ["web", "web"],
        ["element", "element"],
      ]) {
        const script = readFileSync(join(folder, `${name}.js`), "utf8");
        writeFileSync(
          join(folder, `${name}.js`),
          script.replace(/"oim-config.*"/, `"./node_modules/oim-config/dist/${entry}.mjs"`),
        );
      }
      await elements(folder, "element.html");
      return pages(folder, "page.html", "web.html");
    },
  },
  {
    name: "Vite",
    tools: ["vite"],
    how: "dev server and build, `oim-config`, `oim-config/web` and `oim-config/element`",
    needsNewer: true,
    async answers(folder) {
      const port = await freePort();
      const vite = [binOf("vite"), "--port", port, "--strictPort", "--host", "127.0.0.1"];
      const command = programOf(NEWER) ?? process.execPath;
      const developed = await whileServing(command, vite, folder, `http://127.0.0.1:${port}/page.html`, (address) =>
        all(["page", "web", "element"], (name) => answersIn(browser, address.replace("page", name))),
      );
      assert.deepEqual(developed.pop(), SHOWN);
      for (const name of ["page", "web", "element"]) {
        writeFileSync(join(folder, "index.html"), readFileSync(join(folder, `${name}.html`)));
        await run(command, [binOf("vite"), "build", "--outDir", `built-${name}`, "--logLevel", "warn"], folder);
      }
      await elements(join(folder, "built-element"), "index.html");
      const built = await all(["page", "web"], (name) => pages(join(folder, `built-${name}`), "index.html"));
      return [...developed, ...built];
    },
  },
  {
    name: "webpack",
    tools: ["webpack", "webpack-cli"],
    how: "for browsers, `oim-config`, `oim-config/web` and `oim-config/element`, and for Node",
    needsNewer: true,
    async answers(folder) {
      const build = (entry, out, ...more) =>
        newer([binOf("webpack-cli", "webpack-cli"), entry, "--mode", "production", "-o", out, ...more], folder);
      const built = await all(["page", "web", "element"], async (name) => {
        await build(`./${name}.js`, `out-${name}`);
        pageFor(join(folder, `out-${name}`), "index.html", "main.js");
        return pages(join(folder, `out-${name}`), "index.html");
      });
      assert.deepEqual(built.pop(), SHOWN);
      await build("./server.mjs", "out-server", "--target", "node");
      return [...built, parse(await node(["out-server/main.js"], folder))];
    },
  },
  {
    name: "esbuild",
    tools: ["esbuild"],
    how: "for browsers, `oim-config` and `oim-config/element`, and for Node",
    async answers(folder) {
      const build = (...args) => tool("esbuild", [...args, "--bundle", "--log-level=warning"], folder);
      await build("page.js", "--format=esm", "--outfile=out/page.mjs");
      pageFor(join(folder, "out"), "index.html", "page.mjs");
      await build("element.js", "--format=esm", "--outfile=out-element/page.mjs");
      await elements(join(folder, "out-element"), pageFor(join(folder, "out-element"), "index.html", "page.mjs"));
      await build("server.mjs", "--platform=node", "--format=esm", "--outfile=out/server.mjs");
      await build("server.cjs", "--platform=node", "--outfile=out/server.cjs");
      return [
        ...(await pages(join(folder, "out"), "index.html")),
        ...(await all(["out/server.mjs", "out/server.cjs"], async (file) => parse(await node([file], folder)))),
      ];
    },
  },
  {
    name: "Rollup",
    tools: ["rollup", "@rollup/plugin-node-resolve"],
    how: "for browsers, with the plugin that finds packages, into a folder and into one file",
    async answers(folder) {
      const args = ["page.js", "-p", "@rollup/plugin-node-resolve", "-f", "es", "--silent"];
      await tool("rollup", [...args, "-d", "out"], folder);
      await tool("rollup", [...args, "-o", "one/page.js"], folder);
      return all(["out", "one"], (made) =>
        pages(join(folder, made), pageFor(join(folder, made), "index.html", "page.js")),
      );
    },
  },
  {
    name: "Next",
    tools: ["next", "react", "react-dom"],
    how: "server component, route and client component, with Turbopack and with webpack",
    async answers(folder) {
      return all(["--turbopack", "--webpack"], async (bundler) => {
        await tool("next", ["build", bundler], folder);
        const port = await freePort();
        const args = [binOf("next"), "start", "-p", String(port), "-H", "127.0.0.1"];
        return whileServing(process.execPath, args, folder, `http://127.0.0.1:${port}/`, async (address) => [
          ...(await answersIn(browser, address, ["server"])),
          await (await fetch(`${address}answer`)).json(),
        ]);
      });
    },
  },
  {
    name: "Jest",
    tools: ["jest"],
    how: "`require`",
    async answers(folder) {
      await tool("jest", ["--ci"], folder);
      return [parse(readFileSync(join(folder, "answer.json"), "utf8"))];
    },
  },
  {
    name: "Vitest",
    tools: ["vitest"],
    how: "`import`",
    needsNewer: true,
    async answers(folder) {
      await newer([binOf("vitest"), "run"], folder);
      return [parse(readFileSync(join(folder, "answer.json"), "utf8"))];
    },
  },
  {
    name: "workerd",
    tools: ["wrangler"],
    runtimes: ["workerd"],
    version: versionOf("workerd"),
    how: "bundled by Wrangler",
    needsNewer: true,
    async answers(folder) {
      const about = ["--name", "example", "--compatibility-date", "2026-01-01"];
      await newer([binOf("wrangler"), "deploy", "worker.mjs", "--dry-run", "--outdir", "out", ...about], folder);
      const port = await freePort();
      writeFileSync(join(folder, "config.capnp"), configOf(join(folder, "out"), port));
      const args = ["serve", "config.capnp"];
      return whileServing(programOf("workerd"), args, folder, `http://127.0.0.1:${port}/`, async (address) => [
        await (await fetch(address)).json(),
      ]);
    },
  },
  {
    name: "Deno",
    runtimes: ["deno"],
    how: "`import` from `node_modules`, with `--allow-read`",
    async answers(folder) {
      const args = ["run", "--node-modules-dir=manual", "--allow-read", "server.mjs"];
      return [parse(await run(programOf("deno"), args, folder))];
    },
  },
  {
    name: "Bun",
    runtimes: ["bun"],
    how: "`import` and `require`",
    answers: (folder) =>
      all(["server.mjs", "server.cjs"], async (file) => parse(await run(programOf("bun"), [file], folder))),
  },
];

/** What of a consumer is not here. */
function lacking({ tools = [], runtimes = [], needsNewer = false }) {
  const programs = [...runtimes, ...(needsNewer ? [NEWER] : [])];
  return [...missing(...tools), ...programs.filter((name) => programOf(name) === undefined)];
}

const rows = new Map();

for (const consumer of CONSUMERS) {
  const { name, how, answers } = consumer;
  const absent = lacking(consumer);
  test(name, { skip: absent.length > 0 && `not installed: ${absent.join(", ")}` }, async () => {
    const found = await answers(folderOf(name.toLowerCase().replaceAll(" ", "-")));
    assert.ok(found.length > 0);
    for (const answer of found) assert.deepEqual(answer, PROCESSED);
    rows.set(name, `| ${name} | ${versionsOf(consumer)} | ${how} |`);
  });
}

function versionsOf({ version, tools: [main] = [], runtimes = [] }) {
  if (version !== undefined) return version;
  if (main !== undefined) return versionOf(main);
  return runtimes.map((name) => versionOf(name.startsWith("node-") ? `${name}-linux-x64` : name)).join(", ");
}

test("the README's table says what was used here", () => {
  const text = readFileSync(README, "utf8");
  const [, before, table, behind] = /^([^]*<!-- compatibility -->\n)([^]*?)(<!-- end -->[^]*)$/.exec(text);
  const written = new Map(table.split("\n").map((line) => [line.split("|")[1]?.trim(), line]));
  // What could not run says what it said before.
  const lines = CONSUMERS.flatMap(({ name }) => rows.get(name) ?? written.get(name) ?? []);
  const wanted = ["| used in | tested with | how |", "|---|---|---|", ...lines, ""].join("\n");
  if (process.env.UPDATE_EXPECT) writeFileSync(README, before + wanted + behind);
  else assert.equal(table, wanted);
});
