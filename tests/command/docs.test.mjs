/** Runs the commands of docs/command.md in their order and compares what they print. `UPDATE_EXPECT=1` rewrites it. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { folderOf, OIM, oim } from "./support.mjs";

const PAGE = fileURLToPath(new URL("../../docs/command.md", import.meta.url));
const page = readFileSync(PAGE, "utf8");
const missing = ["bash", "sed"].filter((program) => spawnSync(program, ["--version"]).status !== 0);
const BETWEEN = "\u0000";
const PORT = "7646";

test("the commands of docs/command.md", {
  skip: missing.length > 0 && `${missing.join(" and ")} not here`,
}, async () => {
  const blocks = [...page.matchAll(/^```(\w+)(?: file)?\n([^]*?)^```$/gm)].map(([whole, language, text]) => ({
    whole,
    language,
    text,
  }));
  const [body, payload] = blocks.filter(({ language }) => language === "json").map(({ text }) => text);
  const cwd = folderOf({ "body.json": body, "payload.json": payload });
  const port = String(20_000 + (process.pid % 20_000));
  const commands = blocks.filter(({ language }) => language === "sh").map(({ text }) => text);
  const script = commands.join(`printf '\\0'\n`).replaceAll(PORT, port);
  // What both streams print is read in the order it comes.
  const bin = folderOf({ oim: `#!/bin/sh\nexec "${process.execPath}" "${OIM}" "$@"\n` });
  chmodSync(join(bin, "oim"), 0o755);
  const env = { ...process.env, NO_COLOR: "1", PATH: `${bin}:${process.env.PATH}` };
  // One that hangs ends the test, not the run.
  const child = spawn("bash", ["-c", `exec 2>&1\n${script}`], { cwd, env, timeout: 120_000 });
  let printed = "";
  child.stdout.on("data", (text) => (printed += text));
  await new Promise((resolve) => child.once("close", resolve));
  const found = printed
    .replaceAll(port, PORT)
    .split(BETWEEN)
    .map((text) => (text.endsWith("\n") || text === "" ? text : `${text}\n`));
  assert.equal(found.length, commands.length);
  if (process.env.UPDATE_EXPECT) {
    writeFileSync(
      PAGE,
      page.replace(/^```text\n[^]*?^```$/gm, () => `\`\`\`text\n${found.shift()}\`\`\``),
    );
  } else {
    const expected = blocks.filter(({ whole }) => whole.startsWith("```text\n")).map(({ text }) => text);
    assert.deepEqual(found, expected);
  }
});

test("the page names every command and every option", () => {
  const { stdout } = oim(["--help"]);
  const names = [...stdout.matchAll(/^ {2}(\w+) {2,}\S/gm)].map(([, name]) => name);
  assert.ok(names.length > 8);
  for (const name of names) {
    assert.ok(page.includes(`\`oim ${name}\``), name);
    if (name === "mock") continue;
    for (const [, option] of oim([name, "--help"]).stdout.matchAll(/^ {2}(--[\w-]+)/gm))
      assert.ok(page.includes(option), `${name} ${option}`);
  }
});
