/**
 * The cases of tests/cases through the WebAssembly, whose scanner compares sixteen bytes at a time where the native
 * one does it in words. Each runs three times: the second and third run are predicted from the first.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compile } from "../../dist/node.mjs";

const ROOT = join(import.meta.dirname, "../cases");
const folders = (dir) =>
  readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

/** A file of the case, or of its group; `undefined` when neither has it. */
function read(group, name, file) {
  const found = [join(ROOT, group, name, file), join(ROOT, group, file)].find((path) => existsSync(path));
  return found && new Uint8Array(readFileSync(found));
}
const json = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

for (const group of folders(ROOT)) {
  test(`cases of ${group}`, () => {
    for (const name of folders(join(ROOT, group))) {
      const payload = read(group, name, "payload.json");
      if (payload === undefined) continue;
      const { program } = compile(read(group, name, "config.json"));
      const options = {
        receivedAt: 1_700_000_000_000,
        ...json(read(group, name, "options.json") ?? new Uint8Array([123, 125])),
      };
      const expected = json(read(group, name, "expected.json"));
      for (let run = 0; run < 3; run++) {
        const { alerts, rejected, diagnostics } = json(program.processToJson(payload, options));
        // As text: the order of tags counts.
        assert.equal(JSON.stringify(alerts), JSON.stringify(expected.alerts), `${group}/${name}, run ${run}`);
        const places = rejected.map(({ index, code, pointer }) => ({ index, code, pointer }));
        assert.deepEqual(places, expected.rejected, `${group}/${name}, run ${run}`);
        const codes = diagnostics.map((d) => d.code);
        assert.deepEqual(
          codes,
          expected.diagnostics.map((d) => d.code),
          `${group}/${name}, run ${run}`,
        );
      }
      program.free();
    }
  });
}
