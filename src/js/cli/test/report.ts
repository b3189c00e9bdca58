/** The results of test cases, for people, for programs and for CI. */
import { sanitize, type Paint } from "../terminal.js";
import type { Difference } from "./difference.js";
import { percentOf, type Reached } from "./points.js";

export interface Result {
  name: string;
  status: "passed" | "failed" | "updated";
  /** Why it failed, where it is not a difference. */
  reason?: string;
  differences: Difference[];
  /** BigPanda may make other alerts, since the configuration asks for what is not simulated. */
  partial?: boolean;
  /** In milliseconds. */
  took: number;
}

/** The coverage of one body. */
export interface Covered extends Reached {
  body: string;
}

export interface Report {
  results: Result[];
  coverage: Covered[];
  /** What the coverage has to be, in per cent. */
  least: number | undefined;
}

/** Differences of a case that are shown. */
const SHOWN = 40;
/** Code units of a value that are shown. */
const VALUE = 200;

export function text({ results, coverage, least }: Report, paint: Paint): string {
  const out: string[] = [];
  for (const result of results) {
    const sign = { passed: paint.green("✓"), failed: paint.red("✗"), updated: paint.yellow("±") }[result.status];
    out.push(`${sign} ${sanitize(result.name)}${note(result, paint)}`);
    if (result.reason !== undefined) out.push(...result.reason.split("\n").map((line) => `    ${line}`.trimEnd()));
    for (const { path, expected, found } of result.differences.slice(0, SHOWN)) {
      out.push(`    ${sanitize(path)}`);
      out.push(`      ${paint.red(`- ${expected === undefined ? "(nothing)" : brief(expected)}`)}`);
      out.push(`      ${paint.green(`+ ${found === undefined ? "(nothing)" : brief(found)}`)}`);
    }
    const more = result.differences.length - SHOWN;
    if (more > 0) out.push(`    … ${more} more differences`);
  }
  if (results.some(({ differences }) => differences.length > 0)) out.push(paint.dim("    - expected   + found"));
  for (const { body, points, rulesNeverHit } of coverage) {
    const missed = points.filter(({ hits }) => hits === 0);
    out.push(
      "",
      `${paint.bold(`coverage of ${sanitize(body)}: ${percentOf(points)} %`)} (${points.length - missed.length} of ${points.length})`,
    );
    for (const rule of rulesNeverHit) out.push(`  never hit: rule ${sanitize(rule)}`);
    const inside = missed.filter(({ pointer }) => !rulesNeverHit.some((rule) => `${pointer}/`.startsWith(`${rule}/`)));
    for (const { kind, pointer, text } of inside)
      out.push(`  never hit: ${inWords(kind)} ${brief(JSON.stringify(text))} ${paint.dim(sanitize(pointer))}`);
  }
  const count = (status: Result["status"]) => results.filter((result) => result.status === status).length;
  const counts = [`${count("passed")} passed`, `${count("failed")} failed`];
  if (count("updated") > 0) counts.push(`${count("updated")} written`);
  out.push("", counts.join(", "));
  const partial = results.filter((result) => result.partial).length;
  if (partial > 0) {
    const some = partial === 1 ? "1 case is" : `${partial} cases are`;
    const why = "BigPanda may make other alerts, because the configuration asks for what is not simulated";
    out.push(`${paint.yellow(`${some} partial`)}: ${why}`);
  }
  const low = tooLow(coverage, least);
  if (low !== undefined) out.push(paint.red(`the coverage of ${sanitize(low.body)} is below ${least} %`));
  return `${out.join("\n")}\n`;
}

function note({ status, partial }: Result, paint: Paint): string {
  const words = [status === "updated" && "written", partial && "partial"].filter(Boolean);
  return words.length === 0 ? "" : paint.dim(` (${words.join(", ")})`);
}

/** The first body whose coverage does not reach what is asked for. */
export function tooLow(coverage: readonly Covered[], least: number | undefined): Covered | undefined {
  return least === undefined ? undefined : coverage.find(({ points }) => percentOf(points) < least);
}

export function json({ results, coverage, least }: Report): string {
  const covered = coverage.map(({ body, points, rulesNeverHit }) => ({
    body,
    percent: percentOf(points),
    rulesNeverHit,
    points,
  }));
  const passed = results.every(({ status }) => status !== "failed") && tooLow(coverage, least) === undefined;
  return `${JSON.stringify({ passed, cases: results, coverage: covered }, null, 2)}\n`;
}

/** JUnit's XML, as CI systems read it. */
export function junit({ results, coverage, least }: Report): string {
  const low = tooLow(coverage, least);
  const cases = results.map((result) =>
    element("testcase", { name: result.name, classname: "oim", time: seconds(result.took) }, failure(result)),
  );
  if (least !== undefined) {
    const message = low && `the coverage of ${low.body} is ${percentOf(low.points)} %, below ${least} %`;
    const inside = message === undefined ? "" : element("failure", { message }, xml(missing(low as Covered)));
    cases.push(
      element("testcase", { name: `coverage of at least ${least} %`, classname: "oim", time: "0.000" }, inside),
    );
  }
  const failures = results.filter(({ status }) => status === "failed").length + (low === undefined ? 0 : 1);
  const time = seconds(results.reduce((sum, { took }) => sum + took, 0));
  const counts = { tests: String(cases.length), failures: String(failures), errors: "0", time };
  const suite = element("testsuite", { name: "oim test", ...counts, skipped: "0" }, `\n${cases.join("\n")}\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", { name: "oim", ...counts }, `\n${suite}\n`)}\n`;
}

function failure({ status, reason, differences }: Result): string {
  if (status !== "failed") return "";
  const lines = differences.map(
    ({ path, expected = "(nothing)", found = "(nothing)" }) => `${path}\n  - ${expected}\n  + ${found}`,
  );
  const message = reason?.split("\n", 1)[0] ?? `${differences.length} difference${differences.length === 1 ? "" : "s"}`;
  return element("failure", { message }, xml([reason, ...lines].filter((part) => part !== undefined).join("\n")));
}

function missing({ points, rulesNeverHit }: Covered): string {
  const lines = points
    .filter(({ hits }) => hits === 0)
    .map(({ kind, pointer, text }) => `never hit: ${inWords(kind)} ${JSON.stringify(text)} ${pointer}`);
  return [...rulesNeverHit.map((rule) => `never hit: rule ${rule}`), ...lines].join("\n");
}

function inWords(kind: string): string {
  return kind.replace("-", " ");
}

function element(name: string, attributes: Record<string, string>, inside: string): string {
  const shown = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${xml(value)}"`)
    .join("");
  return inside === "" ? `<${name}${shown}/>` : `<${name}${shown}>${inside}</${name}>`;
}

/** Text for XML, without the characters that XML cannot have at all. */
function xml(text: string): string {
  const allowed = text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
  const signs: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\n": "&#10;",
    "\r": "&#13;",
    "\t": "&#9;",
  };
  return allowed.replace(/[&<>"\n\r\t]/g, (sign) => signs[sign] ?? sign);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function brief(text: string): string {
  return sanitize(text.length > VALUE ? `${text.slice(0, VALUE)}…` : text);
}
