/** The folder that keeps the configurations: what is in it, whatever happens to the process and to the files. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { AUTHORIZED, call, checked, CONFIG, createMock, POST, withMock } from "./support.mjs";

const WRITER = fileURLToPath(new URL("writer.mjs", import.meta.url));
const ROUNDS = 25;
const made = [];
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function folder() {
  made.push(mkdtempSync(join(tmpdir(), "oim-mock-")));
  return made.at(-1);
}

const path = (key) => `/configurations/alerts/oim/${encodeURIComponent(key)}`;
/** A body that shows by itself whether it is whole; some are long enough for a write to take time. */
function bodyOf(round) {
  const sample = { host: `web-${round}`, state: "down", round, filler: "x".repeat((round % 7) * 150_000) };
  return JSON.stringify({ config: CONFIG, sample_payload: sample });
}
const put = (url, key, body, more) => checked(url, { ...POST, path: path(key), body, ...more });

const KEYS = [
  ...[
    "key",
    "KEY",
    "a/b",
    "../../x",
    "..",
    ".",
    "con",
    "nul.json",
    "a:b|c?*",
    " ",
    "\n",
    "\0",
    "é",
    "e\u0301",
    "🐼",
    "%2F",
  ],
  ...["x".repeat(3000), "__proto__", "constructor", "-rf", "~", "$HOME", "a\\b", '"', "<script>"],
];

test("every app key is kept, apart from the others, over a restart", async () => {
  const data = join(folder(), "made", "on", "demand");
  await withMock({ data }, async ({ url }) => {
    for (const [round, key] of KEYS.entries()) assert.equal((await put(url, key, bodyOf(round))).status, 200, key);
  });
  for (const name of readdirSync(data)) assert.match(name, /^[0-9a-f]{64}\.json$/);
  const warnings = [];
  await withMock({ data, warn: (message) => warnings.push(message) }, async ({ url }) => {
    for (const [round, key] of KEYS.entries()) {
      const { text } = await checked(url, { path: path(key) });
      assert.equal(JSON.stringify(JSON.parse(text)), bodyOf(round), key);
    }
  });
  assert.deepEqual(warnings, []);
});

test("what is written is what was sent, digit for digit", async () => {
  const data = folder();
  const body = bodyOf(0).replace('"round":0', '"round":[1.10, 1e400,-0,9007199254740993]');
  await withMock({ data }, ({ url }) => put(url, "k", body));
  await withMock({ data }, ({ url }) => checked(url, { path: path("k") })).then(({ text }) => {
    assert.ok(text.includes("[1.10, 1e400,-0,9007199254740993]"), text);
  });
});

/** Ways to spoil a good file `path` in `data`, and what is said about it. */
const SPOILT = [
  ["cut off", ({ path, text }) => writeFileSync(path, text.slice(0, -20)), /skipped .*JSON/],
  ["empty", ({ path }) => writeFileSync(path, ""), /skipped/],
  ["zeros", ({ path, text }) => writeFileSync(path, Buffer.alloc(text.length)), /skipped/],
  [
    "not UTF-8",
    ({ path, text }) => writeFileSync(path, Buffer.concat([Buffer.from(text.slice(0, 40)), Buffer.from([255, 254])])),
    /skipped/,
  ],
  ["another key inside", ({ path, text }) => writeFileSync(path, text.replace('"k"', '"l"')), /app key differ/],
  ["no sample", ({ path, text }) => writeFileSync(path, text.replace("sample_payload", "sample")), /lacks/],
  [
    "rules that are none",
    ({ path, text }) => writeFileSync(path, text.replace('"status":{', '"status":5,"x":{')),
    /expected an object/,
  ],
  ["a list", ({ path }) => writeFileSync(path, "[1]"), /skipped/],
  ["null", ({ path }) => writeFileSync(path, "null"), /skipped/],
  ["another name", ({ path, data }) => renameSync(path, join(data, "mine.json")), /not a file of this mock/],
  ["a folder", ({ path }) => (rmSync(path), mkdirSync(path)), /not a file/],
  ["a link to nowhere", ({ path }) => (rmSync(path), symlinkSync("nowhere", path)), /skipped/],
  ["too large", ({ path, text }) => writeFileSync(path, text + " ".repeat(8 * 1024 * 1024)), /too large/],
];

for (const [name, spoil, expected] of SPOILT) {
  test(`a spoilt file is reported and skipped: ${name}`, async () => {
    const data = folder();
    await withMock({ data }, async ({ url }) => {
      await put(url, "k", bodyOf(0));
      await put(url, "good", bodyOf(1));
    });
    const file = readdirSync(data).find((name) => readFileSync(join(data, name), "utf8").includes('"k"'));
    spoil({ data, path: join(data, file), text: readFileSync(join(data, file), "utf8") });
    const warnings = [];
    await withMock({ data, warn: (message) => warnings.push(message) }, async ({ url }) => {
      assert.equal(warnings.length, 1);
      assert.match(warnings[0], expected);
      assert.equal((await checked(url, { path: path("k") })).status, 404);
      assert.equal((await checked(url, { path: path("good") })).status, 200);
    });
  });
}

test("many foreign files are reported in few lines, and nothing of them is touched", async () => {
  const data = folder();
  for (let index = 0; index < 50; index += 1) writeFileSync(join(data, `note-${index}.txt`), "mine");
  const warnings = [];
  await withMock({ data, warn: (message) => warnings.push(message) }, () => {});
  assert.equal(warnings.length, 21);
  assert.match(warnings.at(-1), /30 more/);
  assert.equal(readdirSync(data).length, 50);
});

test("a folder that cannot be used is reported at the start", async () => {
  const file = join(folder(), "file");
  writeFileSync(file, "");
  await assert.rejects(createMock({ data: file }), { code: "EEXIST" });
});

test("a folder that goes away gives 500 for what cannot be stored, and the old one stays", async () => {
  const data = folder();
  await withMock({ data }, async ({ url }) => {
    await put(url, "k", bodyOf(0));
    rmSync(data, { recursive: true });
    const { status, text } = await put(url, "k", bodyOf(1));
    assert.equal(status, 500);
    assert.match(text, /could not be written/);
    assert.match((await checked(url, { path: path("k") })).text, /web-0/);
    mkdirSync(data);
    assert.equal((await put(url, "k", bodyOf(2))).status, 200);
  });
});

test(`killed in the middle, ${ROUNDS} times: what was confirmed is there, and nothing is half`, async () => {
  const data = folder();
  const keys = ["a", "b", "c"];
  /** Of each key: the last round that was confirmed, and those that were sent after it. */
  const known = new Map(keys.map((key) => [key, { confirmed: -1, open: [] }]));
  let round = 0;
  let cut = 0;
  let leftOvers = 0;
  for (let kill = 0; kill < ROUNDS; kill += 1) {
    leftOvers += readdirSync(data).filter((name) => name.endsWith(".tmp")).length;
    const child = spawn(process.execPath, [WRITER, data], { stdio: ["ignore", "pipe", "pipe"] });
    let complaints = "";
    child.stderr.on("data", (text) => (complaints += text));
    const url = await new Promise((resolve) => child.stdout.once("data", (text) => resolve(String(text).trim())));
    assert.deepEqual(
      readdirSync(data).filter((name) => name.endsWith(".tmp")),
      [],
    );
    for (const key of keys) {
      const { status, text } = await checked(url, { path: path(key) });
      const { confirmed, open } = known.get(key);
      const found = status === 404 ? -1 : JSON.parse(text).sample_payload.round;
      assert.ok([confirmed, ...open].includes(found), `${key}: ${found} is none of ${[confirmed, ...open]}`);
      if (found !== -1) assert.equal(JSON.stringify(JSON.parse(text)), bodyOf(found));
      known.set(key, { confirmed: found, open: [] });
    }
    const agent = new Agent({ keepAlive: true });
    let dead = false;
    const writers = keys.map(async (key) => {
      while (!dead) {
        const mine = round++;
        known.get(key).open.push(mine);
        try {
          assert.equal((await call(url, { ...POST, path: path(key), body: bodyOf(mine), agent })).status, 200);
        } catch (error) {
          if (error.code === "ERR_ASSERTION") throw error;
          cut += 1;
          return;
        }
        known.set(key, { confirmed: mine, open: [] });
      }
    });
    await sleep(20 + Math.random() * 130);
    const gone = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGKILL");
    await gone;
    dead = true;
    await Promise.all(writers);
    agent.destroy();
    assert.equal(complaints, "");
  }
  assert.ok(cut > ROUNDS, `only ${cut} writes were cut`);
  assert.ok(round > ROUNDS * keys.length, `only ${round} writes were tried`);
  console.log(`${round} writes, ${cut} of them cut, ${leftOvers} unfinished files found`);
});

test("two writers of one key at once: memory and disk agree on the last", async () => {
  const data = folder();
  let memory;
  await withMock({ data }, async (mock) => {
    await Promise.all(Array.from({ length: 40 }, (_, round) => put(mock.url, "k", bodyOf(round))));
    memory = mock.configuration("k");
    assert.equal((await checked(mock.url, { path: path("k"), headers: AUTHORIZED })).text, memory);
  });
  await withMock({ data }, (mock) => assert.equal(mock.configuration("k"), memory));
});

test("a damaged file is renamed when its app key gets a new configuration", async () => {
  const data = folder();
  await withMock({ data }, ({ url }) => put(url, "key", bodyOf(1)));
  const [name] = readdirSync(data);
  writeFileSync(join(data, name), "damaged");
  await withMock({ data, warn: () => {} }, async ({ url }) => {
    assert.deepEqual(readdirSync(data), [name]);
    for (const round of [2, 3]) assert.equal((await put(url, "key", bodyOf(round))).status, 200);
  });
  const [kept, ...others] = readdirSync(data).filter((one) => one !== name);
  assert.deepEqual(others, []);
  assert.match(kept, /^[0-9a-f]{64}\.json\..*\.damaged$/);
  assert.equal(readFileSync(join(data, kept), "utf8"), "damaged");
  await withMock({ data, warn: () => {} }, ({ configuration }) => {
    assert.deepEqual(JSON.parse(configuration("key")), JSON.parse(bodyOf(3)));
  });
});
