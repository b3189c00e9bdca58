/** Times in options: read as the API reads the text of `receivedAt`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { processPayload } from "../../dist/node.mjs";
import { BODY, CONFIG, folderOf, oim, SAMPLE } from "./support.mjs";

const cwd = folderOf({ "body.json": BODY, "payload.json": SAMPLE });

test("a time means the same in the command and in the API", () => {
  for (const receivedAt of ["1000", "1769860800", "1769860800123", "2026-01-31", "2026-01-31 12:00:00"]) {
    const [{ timestamp }] = processPayload(CONFIG, SAMPLE, { receivedAt }).alerts;
    const { stdout, stderr } = oim(["process", "body.json", "payload.json", "--received-at", receivedAt], { cwd });
    assert.equal(JSON.parse(stdout).timestamp ?? JSON.parse(stdout).alerts[0].timestamp, timestamp, stderr);
  }
});

test("a date that does not exist is a usage error", () => {
  for (const date of ["2026-02-30", "2025-02-29", "2026-13-01", "2026-04-31T10:00:00Z", "2026-01-31T25:00:00Z"]) {
    const calls = [
      ["process", "body.json", "payload.json", "--received-at", date],
      ["diff", "body.json", "body.json", "--received-at", date],
      ["mock", "--port", "0", "--clock", date],
      ["mock", "--port", "0", "--installed-at", date],
      ["mock", "--port", "0", "--installed-at", `key=${date}`],
    ];
    for (const args of calls) {
      const { status, stdout, stderr } = oim(args, { cwd });
      assert.deepEqual([status, stdout], [2, ""], args.join(" "));
      assert.match(stderr, /^oim: --[a-z-]+: expected an epoch time or a time such as 2026-01-31T12:00:00Z, got "/);
    }
  }
});
