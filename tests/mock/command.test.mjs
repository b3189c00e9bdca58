/** The command `oim` and its subcommand `mock`, as programs. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { BODY, call, CONFIGURATION, DIST, DOCUMENT, POST } from "./support.mjs";

const OIM = join(DIST, "oim.mjs");
const folder = mkdtempSync(join(tmpdir(), "oim-command-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function oim(args) {
  // One that hangs may not listen to a signal that asks.
  const options = { encoding: "utf8", timeout: 20_000, killSignal: "SIGKILL" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [OIM, ...args], options);
  return { status, stdout, stderr };
}

/** `[arguments, exit code, standard output, standard error]`. */
const RUNS = [
  [["--version"], 0, new RegExp(`^${DOCUMENT.info.version}\n$`), /^$/],
  [["mokc"], 2, /^$/, /`mokc` is not a command, did you mean `mock`\?\nTry `oim --help`/],
  [["mocks"], 2, /^$/, /did you mean `mock`\?/],
  [["nothing-like-it"], 2, /^$/, /`nothing-like-it` is not a command\n/],
  [["--versoin"], 2, /^$/, /`--versoin` is not an option, did you mean `--version`\?/],
  [["mock", "--prot", "1"], 2, /^$/, /`--prot` is not an option, did you mean `--port`\?\nTry `oim mock --help`/],
  [["mock", "-p", "1"], 2, /^$/, /`-p` is not an option/],
  [["mock", "folder"], 2, /^$/, /`folder` is not expected/],
  [["mock", "--port"], 2, /^$/, /`--port` needs a value/],
  [["mock", "--port", "--host", "x"], 2, /^$/, /`--port` needs a value/],
  [["mock", "--port", "1", "--port", "2"], 2, /^$/, /`--port` is given twice/],
  [["mock", "--port", "http"], 2, /^$/, /--port: expected a whole number, got `http`/],
  [["mock", "--port", "70000"], 2, /^$/, /--port: expected a whole number from 0 to 65535/],
  [["mock", "--body-limit", "99999999"], 2, /^$/, /--body-limit: expected/],
  [["mock", "--sample-coverage", "lax"], 2, /^$/, /--sample-coverage: expected "strict" or "lenient"/],
  [["mock", "--installed-at", "soon"], 2, /^$/, /--installed-at: expected .* got "soon"/],
  [["mock", "--installed-at", "now", "--installed-at", "a=now"], 2, /^$/, /--installed-at: give one time/],
  [["mock", "--clock", "5 o'clock"], 2, /^$/, /--clock: expected/],
  [["mock", "--token", ""], 2, /^$/, /^oim: --token: expected text/],
  [["mock", "--port", "0", "--host", "192.0.2.1"], 2, /^$/, /`192\.0\.2\.1` is not an address of this machine/],
  [["mock", "--port", "0", "--data", OIM], 2, /^$/, /the folder `.*` cannot be used/],
  [["mock", "--port", "0", "--data", join(OIM, "data")], 2, /^$/, /the folder `.*` cannot be used/],
  [["mock", "--port", "0", "--record", OIM], 2, /^$/, /the folder `.*oim\.mjs` cannot be used/],
  // A file system that says that what is there is not; elsewhere it cannot be made either.
  [["mock", "--port", "0", "--data", "/proc/a/b"], 2, /^$/, /the folder `.*` cannot be used/],
];

for (const [args, status, stdout, stderr] of RUNS) {
  test(`oim ${args.join(" ")}`, () => {
    const result = oim(args);
    assert.match(result.stdout, stdout);
    assert.match(result.stderr, stderr);
    assert.equal(result.status, status);
  });
}

test("the help names every option", () => {
  const { stdout } = oim(["mock", "--help"]);
  for (const name of [
    "port",
    "host",
    "data",
    "record",
    "token",
    "app-key",
    "installed-at",
    "wait",
    "rate",
    "body-limit",
    "sample-coverage",
    "clock",
    "help",
  ]) {
    assert.match(stdout, new RegExp(`^ .*--${name}\\b`, "m"));
  }
  for (const line of stdout.split("\n")) assert.ok(line.length <= 120, line);
});

/** Starts `oim mock` and gives its address, a way to end it, and what it printed. */
async function start(args) {
  const child = spawn(process.execPath, [OIM, "mock", "--port", "0", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) child[name].on("data", (text) => (printed[name] += text));
  const closed = new Promise((resolve) => child.once("close", (code, signal) => resolve(code ?? signal)));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const end = (signal) => (child.kill(signal), closed);
  return { url: /http:\S+/.exec(printed.stdout)[0], end, printed };
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  test(`it prints one line, answers, and ends in order on ${signal}`, {
    skip: process.platform === "win32",
  }, async () => {
    const { url, end, printed } = await start([]);
    assert.equal((await call(url, { ...POST, path: CONFIGURATION, body: BODY })).status, 200);
    assert.equal(await end(signal), 0);
    assert.deepEqual(printed, { stdout: `oim mock listens on ${url}\n`, stderr: "" });
  });
}

test("its options reach the mock", async () => {
  const data = join(folder, "data");
  const args = ["--data", data, "--token", "a", "--token=b", "--app-key", "key-1", "--app-key", "a=b", "--rate", "3"];
  args.push(
    "--clock",
    "2026-01-31",
    "--installed-at",
    "a=b=2026-01-30T23:59:00Z",
    "--wait",
    "120",
    "--body-limit",
    "1000",
  );
  const { url, end } = await start(args);
  const put = (token, key, body = BODY) => {
    const headers = { ...POST.headers, authorization: `Bearer ${token}` };
    return call(url, { ...POST, headers, path: `/configurations/alerts/oim/${key}`, body });
  };
  assert.equal((await put("c", "key-1")).status, 401);
  assert.equal((await put("a", "key-2")).status, 404);
  assert.match((await put("a", "a=b")).text, /wait (1 min|5\d s)/);
  assert.equal((await put("a", "key-1", " ".repeat(1001))).status, 413);
  assert.equal((await put("a", "key-1")).status, 429);
  assert.equal((await put("b", "key-1")).status, 200);
  const path = "/oim/api/alerts?explain=1&app_key=key-1&access_token=b";
  const { text } = await call(url, { method: "POST", path, body: '{"host":"a"}' });
  const { timestamp } = JSON.parse(text).data.alerts[0];
  const passed = timestamp - Date.UTC(2026, 0, 31) / 1000;
  assert.ok(passed >= 0 && passed < 60, String(passed));
  await end("SIGTERM");
  assert.ok(existsSync(data));
});

test("what is skipped in the folder is reported on standard error", async () => {
  const data = mkdtempSync(join(folder, "foreign-"));
  writeFileSync(join(data, "notes.txt"), "");
  const { end, printed } = await start(["--data", data]);
  await end("SIGTERM");
  assert.match(printed.stderr, /^oim mock: skipped ".*notes\.txt": not a file of this mock\n$/);
});

test("a damaged file says nothing to the terminal", async () => {
  const data = mkdtempSync(join(folder, "damaged-"));
  writeFileSync(join(data, `${"0".repeat(64)}.json`), "\u001b[2J\u0000");
  const { end, printed } = await start(["--data", data]);
  await end("SIGTERM");
  assert.match(printed.stderr, /^oim mock: skipped ".*": [^\p{Cc}]*\n$/u);
});

test("a port that is taken is reported in one sentence", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const port = String(server.address().port);
  const { status, stderr } = oim(["mock", "--port", port]);
  server.close();
  assert.equal(status, 2);
  assert.match(stderr, new RegExp(`^oim: port ${port} is in use; choose another`));
});
