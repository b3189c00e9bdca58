/** Writes the payloads of the usual layout and what the package answers into a folder, for benches/native. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { body } from "./by-hand.mjs";
import { RECEIVED_AT } from "./jobs.mjs";
import { kinds, payloadsOf } from "./payloads.mjs";

export async function writeFiles(folder) {
  const { compile } = await import("../dist/node.mjs");
  const { program } = compile(JSON.stringify(body));
  mkdirSync(folder, { recursive: true });
  const usual = kinds.filter(({ layout }) => layout === "usual");
  writeFileSync(join(folder, "body.json"), JSON.stringify(body));
  writeFileSync(join(folder, "names.txt"), usual.map(({ name }) => `${name}\n`).join(""));
  for (const [number, kind] of usual.entries()) {
    const { bytes } = payloadsOf({ ...kind, variety: 1 })[0];
    writeFileSync(join(folder, `${number}.payload.json`), bytes);
    writeFileSync(join(folder, `${number}.answer.json`), program.processToJson(bytes, { receivedAt: RECEIVED_AT }));
  }
}
