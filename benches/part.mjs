/**
 * One part of `npm run bench`, in a process of its own: what another part warmed up or left in memory changes nothing.
 * Gives its rows to the process that started it.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { kinds } from "./payloads.mjs";

setFlagsFromString("--expose-gc");

const [part, flagsText] = process.argv.slice(2);
const flags = JSON.parse(flagsText);
const how = {
  ...flags,
  only: new RegExp(flags.only),
  collect: runInNewContext("gc"),
  engine: await import(pathToFileURL(flags.file).href),
};

process.send({ rows: await rows() }, () => process.disconnect());

async function rows() {
  if (part === "growth") {
    const { measureGrowth } = await import("./growth.mjs");
    const { load } = await import("../tests/page/load.mjs");
    return measureGrowth({ ...how, share: await load("share/link.ts", "share/findings.ts", "share/scrub.ts") });
  }
  const kind = kinds.find(({ name }) => name === part);
  const { measureKind } = await import("./jobs.mjs");
  const { measureChecking } = await import("./checking.mjs");
  const peers = await peersIn(flags.peers);
  return [...(await measureKind(kind, { ...how, peers })), ...(await measureChecking(kind, how))];
}

/** The peers that scripts/bench.mjs installed. */
async function peersIn(folder) {
  if (!existsSync(join(folder, "node_modules"))) return [];
  const require = createRequire(pathToFileURL(join(folder, "package.json")));
  const zenFile = join(folder, "node_modules/@gorules/zen-engine-wasm/dist/zen_engine_wasm");
  const zen = await import(pathToFileURL(`${zenFile}.js`).href);
  await zen.default({ module_or_path: readFileSync(`${zenFile}_bg.wasm`) });
  const { peersOf } = await import("./peers.mjs");
  return peersOf({ jsonata: require("jsonata"), jq: await require("jq-web"), zen });
}
