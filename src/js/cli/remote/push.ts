/** `oim push`: sends a configuration, after showing what it changes. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ValidateOptions } from "../../types.js";
import { changesText, compareOver } from "../changes.js";
import { engine, render } from "../engine.js";
import { type Document, filesOf, readBody, readPayload } from "../files.js";
import { parseExact, unmarkNumbers } from "../json.js";
import { UsageError } from "../usage-error.js";
import type { Options } from "../options.js";
import { differences } from "../test/difference.js";
import { sanitize, paintFor } from "../terminal.js";
import { readAll } from "../validate.js";
import { writeError, writeText } from "../write.js";
import { bodyIn, versionOf } from "./body.js";
import { ApiError, type Client, clientOf } from "./client.js";
import { refused } from "./pull.js";

/** Differences of the rules that are shown. */
const SHOWN = 200;
const VALUE = 300;

export async function run(options: Options): Promise<number> {
  const [name, ...more] = options.operands;
  if (name === undefined) throw new UsageError("push", "a body is missing: name its file, or `-`");
  if (more.length > 0) throw new UsageError("push", "only one body is expected");
  const client = clientOf("push", options);
  const asks = !options.flag("yes") && !options.flag("dry-run");
  if (asks && !(process.stdin.isTTY && process.stderr.isTTY)) {
    throw new UsageError(
      "push",
      "cannot ask for confirmation without a terminal: use --yes to send without asking, or --dry-run",
    );
  }
  const body = await readBody(name);
  const payloads = await readAll(await filesOf(options.texts("payloads") ?? []), readPayload);
  // Before anything is sent: an update may leave out the sample, so that this finds the least.
  if (!(await isValid(body, "update"))) return 1;
  try {
    return await push(body, payloads, client, options);
  } catch (error) {
    return refused(error);
  }
}

async function push(body: Document, payloads: Document[], client: Client, options: Options): Promise<number> {
  const { importBody } = await engine();
  const answer = await client.get();
  const present = answer === null ? null : await bodyIn(answer, client);
  if (!(await isValid(body, present === null ? "create" : "update", true))) return 1;
  // A bare configuration is sent as a whole body.
  const wanted = importBody(body.text).text ?? body.text;
  if (present === null) say(`${client.appKey} has no configuration yet; this creates it`);
  else if (differences(parseExact(present), parseExact(wanted)).length === 0) {
    say(`${client.appKey} has this configuration already; there is nothing to send`);
    return 0;
  } else {
    show(present, wanted);
    const both = [documentOf("the present configuration", present), documentOf(body.name, wanted)] as const;
    say(await changesText(await compareOver(...both, payloads, {}), paintFor(process.stderr)));
  }
  if (present !== null && !options.flag("replace-version") && (await isOtherVersion(present, wanted))) return 1;
  if (options.flag("dry-run")) return 0;
  if (!options.flag("yes") && !(await agreed(client, present !== null))) {
    say("nothing was sent");
    return 1;
  }
  if (present !== null) await backUp(present, client, options.text("backup") ?? ".");
  const echo = await client.post(wanted);
  if (await isEcho(echo, wanted, client)) {
    say(`BigPanda accepted the configuration of ${sanitize(client.appKey)}`);
    return 0;
  }
  say("the answer does not contain the configuration that was sent");
  say("it is unknown whether it was accepted: look with `oim pull`");
  return 1;
}

/**
 * Whether a configuration would be replaced by one of the other version, which is reported. Nobody has documented what
 * BigPanda does with an integration whose version changes.
 */
async function isOtherVersion(present: string, wanted: string): Promise<boolean> {
  const [before, after] = [await versionOf(present), await versionOf(wanted)];
  if (before === undefined || after === undefined || before === after) return false;
  say(`nothing was sent: the present configuration is of version ${before} and the new one of version ${after}`);
  say("BigPanda does not document whether it accepts that; to replace it all the same, use --replace-version");
  return true;
}

/** Whether an answer contains what was sent. A page of a proxy has a status of success too. */
async function isEcho(answer: string, wanted: string, client: Client): Promise<boolean> {
  let found: unknown;
  try {
    found = parseExact(await bodyIn(answer, client));
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
  const sent = parseExact(wanted) as Record<string, unknown>;
  if (typeof found !== "object" || found === null) return false;
  const members = Object.fromEntries(Object.entries(found).filter(([name]) => Object.hasOwn(sent, name)));
  return differences(sent, members).length === 0;
}

function documentOf(name: string, text: string): Document {
  return { name, text, bytes: new TextEncoder().encode(text) };
}

function say(text: string): void {
  process.stderr.write(text.endsWith("\n") || text === "" ? text : `${text}\n`);
}

/** Validates as BigPanda does; reports errors, and with `all` warnings and notes too. */
async function isValid(body: Document, mode: NonNullable<ValidateOptions["mode"]>, all = false): Promise<boolean> {
  const { validate } = await engine();
  const { valid, diagnostics } = validate(body.text, { mode });
  const shown = diagnostics.filter(({ severity }) => (valid ? all && severity === "warning" : severity === "error"));
  say(render(shown, body, paintFor(process.stderr)));
  if (!valid) say("nothing was sent: the configuration has errors");
  return valid;
}

/** What differs in the body, a line for each place. */
function show(present: string, wanted: string): void {
  const paint = paintFor(process.stderr);
  const all = differences(parseExact(present), parseExact(wanted));
  const brief = (json: string) => {
    const text = unmarkNumbers(json);
    return sanitize(text.length > VALUE ? `${text.slice(0, VALUE)}…` : text);
  };
  say(paint.bold("changes of the configuration:"));
  for (const { path, expected, found } of all.slice(0, SHOWN)) {
    say(`  ${sanitize(path)}`);
    if (expected !== undefined) say(`    ${paint.red(`- ${brief(expected)}`)}`);
    if (found !== undefined) say(`    ${paint.green(`+ ${brief(found)}`)}`);
  }
  if (all.length > SHOWN) say(`  … ${all.length - SHOWN} more`);
}

async function agreed({ appKey }: Client, replaces: boolean): Promise<boolean> {
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const what = replaces ? "Replace the whole configuration" : "Create the configuration";
  try {
    const answer = await terminal.question(`${what} of ${sanitize(appKey)}? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } catch {
    // Ctrl-C or the end of the input is a no.
    return false;
  } finally {
    terminal.close();
  }
}

/** Keeps what will be replaced, under a name that is new each time. */
async function backUp(present: string, { appKey }: Client, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw writeError(error, folder);
  });
  const time = new Date().toISOString().replace(/[:.]/g, "-");
  const path = join(folder, `oim-backup-${appKey.replace(/[^\w-]+/g, "_").slice(0, 60)}-${time}.json`);
  await writeText(path, present, { replace: false });
  say(`the present configuration is kept in ${sanitize(path)}`);
}
