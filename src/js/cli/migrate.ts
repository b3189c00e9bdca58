/** `oim migrate`: a configuration of version 1 as one of version 2, and what does not carry over. */
import type { Migrated } from "../types.js";
import { engine, render } from "./engine.js";
import { filesOf, readBody, readPayload } from "./files.js";
import type { Options } from "./options.js";
import { paintFor, sanitize } from "./terminal.js";
import { UsageError } from "./usage-error.js";
import { readAll } from "./validate.js";

export async function run(options: Options): Promise<number> {
  const [name, ...more] = options.operands;
  if (name === undefined || more.length > 0) {
    throw new UsageError("migrate", "one body is expected: the configuration of version 1");
  }
  const names = await filesOf(options.texts("payloads") ?? []);
  await filesOf([name, ...names].filter((each) => each === "-"));
  const body = await readBody(name);
  const payloads = await readAll(names, readPayload);
  const { migrate } = await engine();
  const migrated = migrate(body.text, {
    additionalTags: options.flag("additional-tags") ? "map" : "ignore",
    payloads: payloads.map(({ bytes }) => bytes),
  });
  const { text, diagnostics } = migrated;
  const failed = text === null || (payloads.length > 0 && migrated.proof === null);
  if (options.text("format") === "json") {
    process.stdout.write(`${JSON.stringify(migrated, null, 2)}\n`);
    return failed ? 1 : 0;
  }
  const paint = paintFor(process.stderr);
  if (text === null) {
    process.stderr.write(render(diagnostics, body, paint));
    return 1;
  }
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
  for (const { kind, pointer, message, alerts } of migrated.notes) {
    const count = alerts === undefined ? "" : ` (${alerts} ${alerts === 1 ? "alert" : "alerts"} of the payloads)`;
    process.stderr.write(
      `${paint.yellow("note")}[${kind}] ${paint.bold(sanitize(pointer))}: ${sanitize(message)}${count}\n`,
    );
  }
  process.stderr.write(`${proofText(migrated, payloads.length)}\n`);
  return failed ? 1 : 0;
}

function proofText({ proof, notes }: Migrated, payloads: number): string {
  const over = `${payloads} ${payloads === 1 ? "payload" : "payloads"}`;
  if (proof === "structural")
    return "Both configurations have the same rules: they give the same alerts for every payload.";
  if (proof === "payloads") return `Both configurations give the same alerts for ${over}.`;
  if (payloads > 0) return `The configurations give different alerts for ${over}; \`oim diff\` shows the differences.`;
  const why = notes.length > 0 ? "; the notes say why" : "";
  return `It is not known whether both configurations give the same alerts${why}. Compare them over payloads with --payloads.`;
}
