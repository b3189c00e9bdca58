/** The line that says how far long work is: on a terminal, and never among the output. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { BODY, folderOf, OIM, oim, SAMPLE } from "./support.mjs";

const LINES = 60_000;
const scripted = process.platform === "linux" && existsSync("/usr/bin/script");
const line = JSON.stringify({ ...SAMPLE, text: "x".repeat(400) });

test("a terminal sees how far it is, the output does not, and the line goes away", {
  skip: !scripted && "there is no `script`",
}, async () => {
  const cwd = folderOf({ "body.json": BODY, "many.ndjson": `${line}\n`.repeat(LINES) });
  const command = `"${process.execPath}" "${OIM}" process body.json many.ndjson --ndjson > out.ndjson`;
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    cwd,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (printed += text));
  assert.equal(await new Promise((resolve) => child.once("close", resolve)), 0);
  const shares = [...printed.matchAll(/\r\x1b\[K█*░* (\d+) %/g)].map(([, share]) => Number(share));
  assert.ok(shares.length > 0, JSON.stringify(printed));
  assert.deepEqual(
    shares,
    [...shares].sort((a, b) => a - b),
  );
  assert.ok(shares.at(-1) <= 100);
  assert.match(printed, /\r\x1b\[K$/);
  const out = readFileSync(join(cwd, "out.ndjson"), "utf8");
  assert.equal(out.split("\n").length, LINES + 1);
  assert.equal(out.includes("\x1b"), false);
});

test("where nobody looks there is none", () => {
  const cwd = folderOf({ "body.json": BODY, "many.ndjson": `${line}\n`.repeat(2_000) });
  const { status, stderr } = oim(["process", "body.json", "many.ndjson", "--ndjson"], { cwd });
  assert.deepEqual([status, stderr], [0, ""]);
});
