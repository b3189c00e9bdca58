/** A folder with the packed package for each consumer, and what is needed to run programs and open pages there. */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { TOOLS } from "../../scripts/consumers.mjs";
import { npm } from "../../scripts/lib/run.mjs";
import { BODY_TEXT, PAYLOAD_TEXT } from "../node/example.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const HERE = fileURLToPath(new URL(".", import.meta.url));
const LOCK = JSON.parse(readFileSync(join(HERE, "package-lock.json"), "utf8")).packages;
const PACKED = join(TOOLS, "packed");
/** How long a program may take, in milliseconds. Long, since machines that test are often busy. */
const PATIENCE = 300_000;
const EXAMPLE = [`body = ${JSON.stringify(BODY_TEXT)}`, `payload = ${JSON.stringify(PAYLOAD_TEXT)}`];

/** Packs the package and installs the tarball, the way that users do. */
export async function pack() {
  rmSync(PACKED, { recursive: true, force: true });
  mkdirSync(PACKED, { recursive: true });
  const flags = ["--json", "--ignore-scripts", "--loglevel=error", "--pack-destination", PACKED];
  const { output } = await npm(["pack", ...flags], { show: "none", cwd: ROOT });
  const [{ filename }] = Object.values(JSON.parse(output.slice(output.search(/^[[{]/m))));
  writeFileSync(join(PACKED, "package.json"), '{"private": true}');
  const install = ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", join(PACKED, filename)];
  await npm(install, { show: "none", cwd: PACKED });
}

/** A new folder with what lies in `tests/consumers/<name>`, what all have in common, and the package installed. */
export function folderOf(name) {
  const folder = join(TOOLS, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const from of [join(HERE, "common"), join(HERE, name)]) {
    if (existsSync(from)) cpSync(from, folder, { recursive: true });
  }
  writeFileSync(join(folder, "example.mjs"), EXAMPLE.map((line) => `export const ${line};\n`).join(""));
  writeFileSync(join(folder, "example.cjs"), EXAMPLE.map((line) => `exports.${line};\n`).join(""));
  writeFileSync(join(folder, "package.json"), '{"private": true}');
  cpSync(join(PACKED, "node_modules", "oim-config"), join(folder, "node_modules", "oim-config"), { recursive: true });
  return folder;
}

/** The version of a tool that the lock file holds. */
export function versionOf(tool) {
  return LOCK[`node_modules/${tool}`].version;
}

/** Which of some tools are not installed. */
export function missing(...tools) {
  return tools.filter((tool) => !existsSync(join(TOOLS, "node_modules", tool, "package.json")));
}

/** The script behind a tool's command. */
export function binOf(tool, command = tool) {
  const place = join(TOOLS, "node_modules", tool);
  const { bin } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  return join(place, typeof bin === "string" ? bin : bin[command]);
}

const exe = process.platform === "win32" ? ".exe" : "";

/** The program of a runtime that a package for this platform brings, and `undefined` where there is none. */
export function programOf(runtime) {
  const modules = join(TOOLS, "node_modules");
  const inside = (scope) => (existsSync(join(modules, scope)) ? readdirSync(join(modules, scope)) : []);
  const places = {
    deno: inside("@deno").map((name) => join(modules, "@deno", name, `deno${exe}`)),
    bun: inside("@oven").map((name) => join(modules, "@oven", name, "bin", `bun${exe}`)),
    workerd: inside("@cloudflare").map((name) => join(modules, "@cloudflare", name, "bin", `workerd${exe}`)),
  }[runtime] ?? [join(modules, `${runtime}-${process.platform}-${process.arch}`, "bin", "node")];
  return places.find((place) => existsSync(place));
}

/** What keeps tools from looking for news, and from telling anybody of us. */
const QUIET = {
  ...{ CI: "1", NO_COLOR: "1", FORCE_COLOR: undefined, NODE_OPTIONS: undefined, NODE_ENV: undefined },
  // A runner of tests inside a runner of tests would talk to the outer one.
  ...{ NODE_TEST_CONTEXT: undefined, NEXT_TELEMETRY_DISABLED: "1", NEXT_IGNORE_INCORRECT_LOCKFILE: "1" },
  ...{ WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", DENO_NO_UPDATE_CHECK: "1", DO_NOT_TRACK: "1" },
};

function start(command, args, folder) {
  const env = {
    ...process.env,
    ...QUIET,
    DENO_DIR: join(TOOLS, "deno"),
    WRANGLER_LOG_PATH: join(folder, "wrangler.log"),
  };
  const child = spawn(command, args, {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  const said = { out: "", all: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said.all += text;
      if (stream === child.stdout) said.out += text;
    });
  }
  const ended = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
  const stop = () => {
    // With what it has started.
    if (child.exitCode === null && child.signalCode === null) {
      if (process.platform === "win32") child.kill();
      else process.kill(-child.pid, "SIGKILL");
    }
    return ended;
  };
  return { said, ended, stop };
}

/** Runs a program to its end and gives what it prints. */
export async function run(command, args, folder) {
  const { said, ended, stop } = start(command, args, folder);
  const timer = setTimeout(stop, PATIENCE);
  const code = await ended.finally(() => clearTimeout(timer));
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${code}:\n${said.all}`);
  return said.out;
}

/** Runs a server as long as `use` takes, which gets its address once it answers. */
export async function whileServing(command, args, folder, address, use) {
  const { said, ended, stop } = start(command, args, folder);
  let over = false;
  ended.finally(() => (over = true)).catch(() => {});
  try {
    const until = Date.now() + PATIENCE;
    while (
      !(await fetch(address).then(
        (response) => response.body.cancel().then(() => true),
        () => false,
      ))
    ) {
      if (over || Date.now() > until) throw new Error(`${[command, ...args].join(" ")} does not answer:\n${said.all}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return await use(address);
  } catch (error) {
    throw new Error(`${error.message}\n${said.all}`, { cause: error });
  } finally {
    await stop();
  }
}

/** A port that is free now. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const TYPES = {
  ...{ ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" },
};

/** Serves a folder as it is, as long as `use` takes. */
export async function whileServingFiles(folder, use) {
  const server = createServer(async ({ url }, response) => {
    try {
      const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
      const content = await readFile(join(folder, path));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Opens a page and gives what stands in its `#answer`, and in `more` of its elements. Errors of the page are errors. */
export async function answersIn(browser, address, more = []) {
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  try {
    await page.goto(address);
    await page.waitForSelector("#answer", { state: "attached", timeout: 60_000 });
    const texts = ["answer", ...more].map((id) => page.locator(`#${id}`).textContent());
    const answers = (await Promise.all(texts)).map((text) => JSON.parse(text));
    if (complaints.length > 0) throw new Error("the page complains");
    return answers;
  } catch (error) {
    throw new Error([`${address}: ${error.message}`, ...complaints].join("\n"), { cause: error });
  } finally {
    await page.close();
  }
}
