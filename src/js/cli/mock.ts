/** `oim mock`: BigPanda's API around OIM configurations, on this machine, until Ctrl-C. */
import type { MockOptions, MockTime } from "../mock/mock.mjs";
import { milliseconds } from "../mock/time.js";
import { Misuse } from "./misuse.js";
import { type Options, readOptions, type Specs } from "./options.js";

/** "OIM" on the keys of a telephone. */
const PORT = 7646;

const HELP = `Usage: oim mock [options]

Serves BigPanda's API around OIM v1 configurations on this machine, for tests. It prints one line with its address
once it listens, and ends with Ctrl-C.

  POST /configurations/alerts/oim/{app_key}   create or update a configuration; it is validated first
  GET  /configurations/alerts/oim/{app_key}   retrieve it
  POST /oim/api/alerts                        send an event; with ?explain=1 the answer tells what
  POST /oim/{integration}/alerts              the stored rules make of it
  GET  /openapi.json                          the description of all this, OpenAPI 3.1

Options:
  --port <n>              port to listen on, 0 for a free one (default ${PORT})
  --host <address>        address to listen on (default 127.0.0.1: only this machine can connect)
  --data <folder>         keep the configurations in this folder; without it they are gone afterwards
  --token <token>         a valid org token; may be repeated (default: every token is valid)
  --app-key <key>         an app key that has an integration; may be repeated (default: every key has one)
  --installed-at <time>   when the integrations were installed, or <app key>=<time> for one of them, then it may be
                          repeated; in the ten minutes after it a POST gets 409 (default: long ago)
  --wait <seconds>        the length of those ten minutes (default 600)
  --rate <n>              requests a second for each token, 0 for no limit (default 5)
  --body-limit <bytes>    the largest body (default and at most 6291456)
  --sample-coverage <c>   strict, or lenient: a field that the sample lacks is accepted where a rule has another way
                          to a value (default strict)
  --clock <time>          begin at this time instead of now; the clock runs on from there
  -h, --help              show this

A time is ISO 8601 such as 2026-01-31T12:00:00Z (UTC without a zone), epoch milliseconds, or \`now\`.

Exit codes: 0 ended, 2 wrong use, or the port or the folder cannot be used.
`;

const SPECS: Specs = {
  ...({ port: "text", host: "text", data: "text", token: "texts", "app-key": "texts" } as const),
  ...({ "installed-at": "texts", wait: "text", rate: "text", "body-limit": "text" } as const),
  ...({ "sample-coverage": "text", clock: "text" } as const),
};

export async function run(args: string[]): Promise<number> {
  const options = readOptions("mock", args, SPECS);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [operand] = options.operands;
  if (operand !== undefined) throw new Misuse("mock", `\`${operand}\` is not expected: the command takes only options`);
  const settings = settingsOf(options);
  // Heard from the start, so that a signal that comes while it starts ends it in order as well.
  const asked = signal();
  const { createMock } = await import("../mock/index.js");
  const mock = await createMock(settings).catch((error: Error) => {
    throw new Misuse("mock", reason(error, settings));
  });
  console.log(`oim mock listens on ${mock.url}`);
  await asked;
  await mock.close();
  return 0;
}

function settingsOf(options: Options): MockOptions {
  const clock = options.text("clock");
  const given = {
    port: whole(options, "port") ?? PORT,
    host: options.text("host"),
    data: options.text("data"),
    tokens: options.texts("token"),
    appKeys: options.texts("app-key"),
    installedAt: installation(options.texts("installed-at")),
    wait: whole(options, "wait", 1000),
    rate: whole(options, "rate"),
    bodyLimit: whole(options, "body-limit"),
    sampleCoverage: options.text("sample-coverage") as "strict" | undefined,
    clock: clock === undefined ? undefined : runningFrom(time("--clock", clock)),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as MockOptions;
}

function whole(options: Options, name: string, unit = 1): number | undefined {
  const text = options.text(name);
  if (text === undefined) return undefined;
  if (/^\d{1,12}$/.test(text)) return Number(text) * unit;
  throw new Misuse("mock", `--${name}: expected a whole number, got \`${text}\``);
}

function time(option: string, text: string): number {
  if (text === "now") return Date.now();
  try {
    return milliseconds(option, text);
  } catch (error) {
    throw new Misuse("mock", (error as Error).message);
  }
}

/** A time for all, or times for single app keys. */
function installation(texts: string[] | undefined): MockTime | Record<string, MockTime> | undefined {
  if (texts === undefined) return undefined;
  const times = texts.map((text) => {
    // A key may hold the sign, a time does not.
    const [, appKey, at = text] = /^(.*)=([^=]*)$/s.exec(text) ?? [];
    return [appKey, time("--installed-at", at)] as const;
  });
  const [first] = times;
  if (first !== undefined && times.length === 1 && first[0] === undefined) return first[1];
  if (times.every(([appKey]) => appKey !== undefined)) return Object.fromEntries(times);
  throw new Misuse("mock", "--installed-at: give one time for all integrations, or only `<app key>=<time>`");
}

function runningFrom(start: number): () => number {
  const since = performance.now();
  return () => Math.floor(start + performance.now() - since);
}

function reason(error: NodeJS.ErrnoException, { port, host, data }: MockOptions): string {
  if (error.code === "EADDRINUSE") return `port ${port} is in use; choose another with --port, or 0 for a free one`;
  if (error.code === "EACCES" && error.syscall === "listen") return `port ${port} may not be used by this user`;
  const elsewhere = error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND";
  if (elsewhere) return `\`${host}\` is not an address of this machine`;
  // `options.bodyLimit` of the function is `--body-limit` of the command, and `options.tokens[0]` is `--token`.
  if (error instanceof TypeError) {
    return error.message.replace(/^options\.(\w+?)(?:s\[\d+\])?:/, (_, name: string) => `${kebab(name)}:`);
  }
  return error.syscall === undefined ? error.message : `the folder \`${data}\` cannot be used: ${error.message}`;
}

function kebab(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Waits for Ctrl-C or the signal to end. A second one ends the process at once. */
function signal(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => resolve());
  });
}
