/** Skips work whose inputs have not changed since it was last done. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, say, seconds } from "./run.mjs";

const FOLDER = join(ROOT, "target", "stamps");

/**
 * Does `work` unless its `outputs` exist and the contents of its `inputs` (files and folders, relative to the
 * repository; missing ones count as empty) are those of last time. `salt` stands for anything else that matters.
 */
export async function whenChanged(title, { inputs, outputs, salt = "", except = () => false }, work) {
  const stamp = join(FOLDER, title.replace(/\W+/g, "-"));
  const now = digest(inputs, salt, except);
  if (
    outputs.every((path) => existsSync(join(ROOT, path))) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === now
  ) {
    say(`${title}: up to date`);
    return;
  }
  say(`${title}: building`);
  // Gone while the work lasts: an interrupted build must not look finished.
  rmSync(stamp, { force: true });
  const since = Date.now();
  await work();
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(stamp, now);
  say(`${title}: done in ${seconds(since)}`);
}

function digest(inputs, salt, except) {
  const hash = createHash("sha256").update(salt);
  for (const path of inputs.flatMap((input) => files(input, except))) {
    hash.update(`\n${path}\n`).update(readFileSync(join(ROOT, path)));
  }
  return hash.digest("hex");
}

function files(path, except) {
  const place = join(ROOT, path);
  if (except(path) || !existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [path];
  return readdirSync(place)
    .sort()
    .flatMap((name) => files(`${path}/${name}`, except));
}
