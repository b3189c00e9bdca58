/** `oim verify --probe`: prints or writes the probes of rules. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { escapeControls } from "../json.js";
import type { Options } from "../options.js";
import { sanitize } from "../terminal.js";
import { UsageError } from "../usage-error.js";
import { writeError, writeText } from "../write.js";
import { GROUPS } from "./groups.js";
import { PROBES } from "./probes.js";

interface Group {
  /** A folder of the output. */
  group: string;
  /** Its request body, as text. */
  body: string;
  probes: { id: string; rule: string; payloads: { file: string; text: string }[] }[];
}

export async function printProbes(options: Options): Promise<number> {
  const [operand] = options.operands;
  if (operand !== undefined) throw new UsageError("verify", `\`${operand}\` is not expected with --probe`);
  for (const name of ["payloads", "alerts", "app-key", "save", "since", "wait"]) {
    if (options.texts(name) !== undefined) throw new UsageError("verify", `--${name} is not for --probe`);
  }
  if (options.flag("send"))
    throw new UsageError("verify", "--send is not for --probe: write the probes with --out first");
  const folder = options.text("out");
  const groups = groupsOf();
  if (folder === undefined) {
    const printed = groups.map(({ body, ...rest }) => ({ ...rest, body: JSON.parse(body) as unknown }));
    process.stdout.write(`${escapeControls(JSON.stringify(printed, null, 2))}\n`);
    return 0;
  }
  let count = 0;
  for (const { group, body, probes } of groups) {
    await write(join(folder, group), "body.json", body);
    const rules = probes.map(({ id, rule }) => `${id}: ${rule}\n`).join("");
    await write(join(folder, group), "rules.txt", rules);
    for (const { file, text } of probes.flatMap(({ payloads }) => payloads)) {
      await write(join(folder, group, "payloads"), file, text);
      count += 1;
    }
  }
  const what = `${count} payloads of ${PROBES.length} rules, for ${groups.length} configurations`;
  process.stderr.write(`${what}, written to ${sanitize(folder)}; use an integration made for tests\n`);
  return 0;
}

function groupsOf(): Group[] {
  return Object.entries(GROUPS).map(([group, body]) => ({
    group,
    body: `${JSON.stringify(body, null, 2)}\n`,
    probes: PROBES.filter((probe) => probe.group === group).map(({ id, rule, payloads }) => ({
      id,
      rule,
      payloads: payloads.map((text, at) => ({
        file: payloads.length > 1 ? `${id}-${at + 1}.json` : `${id}.json`,
        text,
      })),
    })),
  }));
}

async function write(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw writeError(error, folder);
  });
  await writeText(join(folder, name), text, { replace: false });
}
