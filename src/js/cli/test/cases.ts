/** Test cases as folders: finds them and reads what they hold. */
import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { ProcessOptions } from "../../types.js";
import { type Document, readBody, readPayload, readError } from "../files.js";
import { UsageError, unreadable } from "../usage-error.js";

export const BODY = "body.json";
export const PAYLOAD = "payload.json";
export const EXPECTED = "expected.json";
export const OPTIONS = "options.json";

/** Received then, where a case does not say when: so that a case gives the same on every day. */
export const RECEIVED_AT = "2000-01-01T00:00:00Z";

export interface Case {
  /** The path of its folder, with slashes. */
  name: string;
  folder: string;
  /** The file of its configuration. */
  body: string | undefined;
}

/** All cases below a folder, by name. */
export async function casesIn(root: string): Promise<Case[]> {
  try {
    if (!(await stat(root)).isDirectory()) throw new UsageError("test", `${root} is not a folder`);
  } catch (error) {
    throw readError(error, root);
  }
  const cases: Case[] = [];
  await look(root, root, undefined, cases);
  return cases;
}

async function look(root: string, folder: string, body: string | undefined, cases: Case[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw readError(error, folder);
  });
  const names = new Set(entries.map(({ name }) => name));
  const nearest = names.has(BODY) ? join(folder, BODY) : body;
  if (names.has(PAYLOAD)) {
    const name = relative(root, folder).split(sep).join("/") || ".";
    cases.push({ name, folder, body: nearest });
  }
  const folders = entries.filter((entry) => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name));
  for (const { name } of folders.sort((a, b) => (a.name < b.name ? -1 : 1)))
    await look(root, join(folder, name), nearest, cases);
}

/** What a case should give: the alerts, and what is rejected unless only alerts are listed. */
export interface Expected {
  alerts: unknown[];
  rejected?: unknown[];
}

export interface Loaded {
  body: Document;
  payload: Document;
  options: ProcessOptions;
  /** Undefined when there is no such file yet. */
  expected: Expected | undefined;
}

/** Reads the files of a case. What is wrong with one throws a {@link UsageError} that says which. */
export async function load({ folder, body }: Case): Promise<Loaded> {
  if (body === undefined) throw unreadable(`there is no ${BODY} in ${folder} or in a folder above`);
  const expected = join(folder, EXPECTED);
  const options = join(folder, OPTIONS);
  return {
    body: await readBody(body),
    payload: await readPayload(join(folder, PAYLOAD)),
    options: optionsOf(existsSync(options) ? await json(options) : {}, options),
    expected: existsSync(expected) ? expectedOf(await json(expected), expected) : undefined,
  };
}

async function json(path: string): Promise<unknown> {
  const { name, text } = await readBody(path);
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw unreadable(`${name} is not JSON: ${(error as Error).message}`);
  }
}

function optionsOf(given: unknown, path: string): ProcessOptions {
  const names = ["receivedAt", "additionalTags"];
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw unreadable(`${path} has to be an object`);
  for (const name of Object.keys(given)) {
    if (!names.includes(name))
      throw unreadable(`${path}: \`${name}\` is not an option; there are ${names.join(" and ")}`);
  }
  return { receivedAt: RECEIVED_AT, ...given };
}

/** `{"alerts": […], "rejected": […]}`, or the alerts alone. */
function expectedOf(given: unknown, path: string): Expected {
  const expected = Array.isArray(given) ? { alerts: given as unknown[] } : (given as Partial<Expected> | null);
  const { alerts, rejected } = expected ?? {};
  if (!Array.isArray(alerts) || (rejected !== undefined && !Array.isArray(rejected))) {
    throw unreadable(`${path} has to be {"alerts": [...], "rejected": [...]}, or a list of alerts`);
  }
  return rejected === undefined ? { alerts } : { alerts, rejected };
}
