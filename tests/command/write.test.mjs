/** Files that the command writes: all of the text or nothing, and only where they should be. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { createMock } from "../../dist/mock.mjs";
import { BODY, folderOf, OIM, oim, oimAsync, SAMPLE } from "./support.mjs";

const TOKEN = "secret-token";
const env = { ...process.env, BIGPANDA_ORG_TOKEN: TOKEN, NO_COLOR: "1" };
const posix = process.platform !== "win32";

/** Runs the command where no file can get any content, as on a full disk. */
async function oimOnFullDisk(args, cwd) {
  const child = spawn("sh", ["-c", 'ulimit -f 0; exec "$@"', "sh", process.execPath, OIM, ...args], { cwd, env });
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"])
    child[name].setEncoding("utf8").on("data", (text) => (printed[name] += text));
  const status = await new Promise((resolve) => child.once("close", resolve));
  return { status, ...printed };
}

const cases = () => ({
  "body.json": BODY,
  "a/payload.json": SAMPLE,
  "a/expected.json": '{"alerts": [], "rejected": []}',
  "b/payload.json": SAMPLE,
  "outside.json": "mine",
});

test("test --update keeps expected.json if the new one cannot be written", { skip: !posix }, async () => {
  const cwd = folderOf(cases());
  const { status, stdout, stderr } = await oimOnFullDisk(["test", "--update"], cwd);
  assert.equal(stderr, "");
  assert.match(stdout, /✗ a\n {4}\S*expected\.json cannot be written: /);
  assert.match(stdout, /✗ b\n[^]*0 passed, 2 failed/);
  assert.equal(status, 1);
  assert.equal(readFileSync(join(cwd, "a/expected.json"), "utf8"), '{"alerts": [], "rejected": []}');
  assert.deepEqual(readdirSync(join(cwd, "a")).sort(), ["expected.json", "payload.json"]);
  assert.deepEqual(readdirSync(join(cwd, "b")), ["payload.json"]);
});

test("test --update refuses links, keeps permissions and goes on with the other cases", { skip: !posix }, () => {
  const cwd = folderOf(cases());
  symlinkSync("../outside.json", join(cwd, "b/expected.json"));
  chmodSync(join(cwd, "a/expected.json"), 0o640);
  const linked = oim(["test", "--update"], { cwd });
  // What the link leads to is not an expectation.
  assert.match(linked.stdout, /± a \(written\)\n✗ b\n/);
  assert.equal(linked.status, 1);
  assert.equal(statSync(join(cwd, "a/expected.json")).mode & 0o777, 0o640);

  const dangling = folderOf(cases());
  symlinkSync("../nowhere.json", join(dangling, "b/expected.json"));
  const { stdout, status } = oim(["test", "--update"], { cwd: dangling });
  assert.match(stdout, /± a \(written\)\n✗ b\n {4}\S*expected\.json is a symbolic link and is not written to\n/);
  assert.equal(status, 1);
  assert.ok(lstatSync(join(dangling, "b/expected.json")).isSymbolicLink());
  assert.equal(existsSync(join(dangling, "nowhere.json")), false);
  assert.equal(readFileSync(join(cwd, "outside.json"), "utf8"), "mine");
});

test("pull and push leave no empty file, and nothing is sent without its backup", { skip: !posix }, async () => {
  const mock = await createMock({ tokens: [TOKEN], rate: 0 });
  after(() => mock.close());
  const other = BODY.replaceAll("host", "node");
  const cwd = folderOf({ "body.json": BODY, "new.json": other });
  const at = ["--app-key", "k", "--url", mock.url];
  assert.equal((await oimAsync(["push", "body.json", ...at, "--yes"], { cwd, env })).status, 0);
  const pulled = await oimOnFullDisk(["pull", ...at, "--output", "got.json"], cwd);
  assert.match(pulled.stderr, /^oim: got\.json cannot be written: .*\n$/);
  assert.equal(pulled.status, 2);
  const pushed = await oimOnFullDisk(["push", "new.json", ...at, "--yes"], cwd);
  assert.match(pushed.stderr, /oim: oim-backup-k-\S*\.json cannot be written: .*\n$/);
  assert.equal(pushed.status, 2);
  assert.deepEqual(JSON.parse(mock.configuration("k")), JSON.parse(BODY));
  assert.deepEqual(readdirSync(cwd).sort(), ["body.json", "new.json"]);
  symlinkSync("outside.json", join(cwd, "link.json"));
  const linked = await oimAsync(["pull", ...at, "--output", "link.json"], { cwd, env });
  assert.match(linked.stderr, /link\.json is a symbolic link and is not written to/);
  assert.equal(linked.status, 2);
});
