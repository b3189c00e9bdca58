/** `oim mock`: BigPanda's API around OIM configurations, on this machine, until Ctrl-C. */
import type { MockOptions, MockTime } from "../mock/mock.mjs";
import { milliseconds } from "../mock/time.js";
import { engine } from "./engine.js";
import { UsageError } from "./usage-error.js";
import type { Options } from "./options.js";

/** "OIM" on the keys of a telephone. */
const PORT = 7646;

export async function run(options: Options): Promise<number> {
  const [operand] = options.operands;
  if (operand !== undefined)
    throw new UsageError("mock", `\`${operand}\` is not expected: the command takes only options`);
  const settings = await settingsOf(options);
  // Heard from the start, so that a signal that comes while it starts ends it in order as well.
  const asked = signal();
  const { createMock } = await import("../mock/index.js");
  const mock = await createMock(settings).catch((error: Error) => {
    throw new UsageError("mock", reason(error, settings));
  });
  console.log(`oim mock listens on ${mock.url}`);
  await asked;
  await mock.close();
  return 0;
}

async function settingsOf(options: Options): Promise<MockOptions> {
  const clock = options.text("clock");
  const given = {
    port: whole(options, "port") ?? PORT,
    host: options.text("host"),
    allowedHosts: options.texts("allowed-host"),
    data: options.text("data"),
    record: options.text("record"),
    tokens: options.texts("token"),
    appKeys: options.texts("app-key"),
    installedAt: await installation(options.texts("installed-at")),
    wait: whole(options, "wait", 1000),
    rate: whole(options, "rate"),
    bodyLimit: whole(options, "body-limit"),
    sampleCoverage: options.text("sample-coverage") as "strict" | undefined,
    clock: clock === undefined ? undefined : runningFrom(await time("--clock", clock)),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as MockOptions;
}

function whole(options: Options, name: string, unit = 1): number | undefined {
  const text = options.text(name);
  if (text === undefined) return undefined;
  if (/^\d{1,12}$/.test(text)) return Number(text) * unit;
  throw new UsageError("mock", `--${name}: expected a whole number, got \`${text}\``);
}

async function time(option: string, text: string): Promise<number> {
  if (text === "now") return Date.now();
  try {
    return milliseconds((await engine()).processPayload, option, text);
  } catch (error) {
    throw new UsageError("mock", (error as Error).message);
  }
}

/** A time for all, or times for single app keys. */
async function installation(texts: string[] | undefined): Promise<MockTime | Record<string, MockTime> | undefined> {
  if (texts === undefined) return undefined;
  const times: (readonly [string | undefined, number])[] = [];
  for (const text of texts) {
    // A key may hold the sign, a time does not.
    const [, appKey, at = text] = /^(.*)=([^=]*)$/s.exec(text) ?? [];
    times.push([appKey, await time("--installed-at", at)]);
  }
  const [first] = times;
  if (first !== undefined && times.length === 1 && first[0] === undefined) return first[1];
  if (times.every(([appKey]) => appKey !== undefined)) return Object.fromEntries(times) as Record<string, MockTime>;
  throw new UsageError("mock", "--installed-at: give one time for all integrations, or only `<app key>=<time>`");
}

function runningFrom(start: number): () => number {
  const since = performance.now();
  return () => Math.floor(start + performance.now() - since);
}

function reason(error: NodeJS.ErrnoException, { port, host, data, record }: MockOptions): string {
  if (error.code === "EADDRINUSE") return `port ${port} is in use; choose another with --port, or 0 for a free one`;
  if (error.code === "EACCES" && error.syscall === "listen") return `port ${port} may not be used by this user`;
  const elsewhere = error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND";
  if (elsewhere) return `\`${host}\` is not an address of this machine`;
  // `options.bodyLimit` of the function is `--body-limit` of the command, and `options.tokens[0]` is `--token`.
  if (error instanceof TypeError) {
    return error.message.replace(/^options\.(\w+?)(?:s\[\d+\])?:/, (_, name: string) => `${kebab(name)}:`);
  }
  if (error.syscall === undefined) return error.message;
  const folder = record !== undefined && error.path?.startsWith(record) ? record : (data ?? record);
  return `the folder \`${folder}\` cannot be used: ${error.message}`;
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
