/** Runs the commands of docs/round.md in their order and compares what they print. `UPDATE_EXPECT=1` rewrites it. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { DIST } from "./support.mjs";

const PAGE = fileURLToPath(new URL("../../docs/round.md", import.meta.url));
const ADDRESS = "http://127.0.0.1:7646";
const SERVE = /^npx oim (mock .*)\n$/;
const BETWEEN = "\u0000";

const folder = mkdtempSync(join(tmpdir(), "oim-round-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const missing = ["bash", "curl"].filter((program) => spawnSync(program, ["--version"]).status !== 0);

test("the round of docs/round.md", { skip: missing.length > 0 && `${missing.join(" and ")} not here` }, async () => {
  const page = readFileSync(PAGE, "utf8");
  const blocks = [...page.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, text]) => ({ language, text }));
  const only = (language) => blocks.find((block) => block.language === language).text;
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(DIST, ".."), join(folder, "node_modules", "oim-config"), "junction");
  mkdirSync(join(folder, "node_modules", ".bin"));
  symlinkSync(join(DIST, "oim.mjs"), join(folder, "node_modules", ".bin", "oim"));
  writeFileSync(join(folder, "payload.json"), only("json"));
  writeFileSync(join(folder, "round.mjs"), only("js"));

  const commands = blocks.filter(({ language }) => language === "sh").map(({ text }) => text);
  const [, serve] = SERVE.exec(commands.find((text) => SERVE.test(text)));
  const mock = spawn(process.execPath, [join(DIST, "oim.mjs"), ...serve.split(" "), "--port", "0"], { cwd: folder });
  try {
    const [url] = /http:\S+/.exec(await new Promise((resolve) => mock.stdout.once("data", resolve)));
    const script = commands
      .filter((text) => !SERVE.test(text))
      .join(`printf '\\0'\n`)
      .replaceAll(ADDRESS, url);
    const child = spawn("bash", ["-c", `exec 2>&1\n${script}`], { cwd: folder });
    let printed = "";
    child.stdout.on("data", (text) => (printed += text));
    await new Promise((resolve) => child.once("close", resolve));
    const found = printed.split(BETWEEN).map((text) => (text.endsWith("\n") ? text : `${text}\n`));
    if (process.env.UPDATE_EXPECT) {
      writeFileSync(
        PAGE,
        page.replace(/^```text\n[^]*?^```$/gm, () => `\`\`\`text\n${found.shift()}\`\`\``),
      );
    } else
      assert.deepEqual(
        found,
        blocks.filter(({ language }) => language === "text").map(({ text }) => text),
      );
  } finally {
    mock.kill();
  }
});
