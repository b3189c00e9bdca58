/** `oim validate`: finds problems in configurations. */
import type { Diagnostic, ValidateOptions } from "../types.js";
import { engine, render } from "./engine.js";
import { type Document, filesOf, readBody, readPayload } from "./files.js";
import { UsageError, unreadable } from "./usage-error.js";
import type { Options } from "./options.js";
import { paintFor, sanitize } from "./terminal.js";

/** A document and what is wrong with it. */
export interface Finding {
  document: Document;
  diagnostics: Diagnostic[];
}

export async function run(options: Options, version: string): Promise<number> {
  if (options.operands.length === 0) throw new UsageError("validate", "a body is missing: name its file, or `-`");
  const bodies = await filesOf(options.operands);
  if (options.flag("fix") && bodies.includes("-"))
    throw new UsageError("validate", "`--fix` writes files; `-` is none");
  const names = await filesOf(options.texts("payload") ?? []);
  if (bodies.includes("-") && names.includes("-")) throw unreadable("standard input can be read only once");
  const unread: string[] = [];
  const read = await readBodies(bodies, unread);
  const payloads = await readAll(names, readPayload);
  const [first] = unread;
  if (read.length === 0 && first !== undefined) throw unreadable(first);
  const rules: ValidateOptions = {
    mode: (options.text("mode") ?? "create") as "create",
    sampleCoverage: (options.text("coverage") ?? "strict") as "strict",
  };
  const given = options.text("config-version") as ValidateOptions["version"];
  if (given !== undefined) rules.version = given;
  const documents = options.flag("fix") ? await (await import("./fix.js")).fixAll(read, rules) : read;
  const findings = await findIn(documents, payloads, rules);
  const failing = options.flag("strict") ? ["error", "warning"] : ["error"];
  const failed = findings.some(({ diagnostics }) => diagnostics.some(({ severity }) => failing.includes(severity)));
  process.stdout.write(await written(findings, documents, options.text("format") ?? "text", version));
  // Last, so that pages of output do not hide them.
  for (const message of unread) process.stderr.write(`oim: ${sanitize(message)}\n`);
  return unread.length > 0 ? 2 : failed ? 1 : 0;
}

/** Reads all bodies that can be read; why others cannot goes to `unread`. */
async function readBodies(names: readonly string[], unread: string[]): Promise<Document[]> {
  const all: Document[] = [];
  for (const name of names) {
    try {
      all.push(await readBody(name));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      unread.push(error.message);
    }
  }
  return all;
}

export async function readAll<T>(names: readonly string[], read: (name: string) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (const name of names) all.push(await read(name));
  return all;
}

/** What is wrong with each body, and with each payload as far as one of the bodies finds it. */
async function findIn(bodies: Document[], payloads: Document[], rules: ValidateOptions): Promise<Finding[]> {
  const { validateWithPayloads } = await engine();
  const found = payloads.map((document): Finding => ({ document, diagnostics: [] }));
  const shown = payloads.map(({ bytes }) => bytes);
  const findings = bodies.map((document): Finding => {
    const finding: Finding = { document, diagnostics: [] };
    for (const { payload, ...one } of validateWithPayloads(document.bytes, shown, rules).diagnostics) {
      const other = payload === undefined ? undefined : found[payload];
      if (other === undefined) finding.diagnostics.push(one);
      else if (one.document === "body")
        finding.diagnostics.push({ ...one, message: `with ${other.document.name}: ${one.message}` });
      // Other bodies may find the same.
      else if (!isReported(one, other.diagnostics)) other.diagnostics.push(one);
    }
    return finding;
  });
  return [...findings, ...found];
}

/** Whether the same problem is already reported. */
export function isReported(one: Diagnostic, others: readonly Diagnostic[]): boolean {
  return others.some(
    ({ code, pointer, message, range }) =>
      code === one.code && pointer === one.pointer && message === one.message && range?.start === one.range?.start,
  );
}

async function written(findings: Finding[], bodies: Document[], format: string, version: string): Promise<string> {
  if (format === "sarif") return (await import("./sarif.js")).sarif(findings, version, (await engine()).codes());
  if (format === "github") return (await import("./github.js")).annotations(findings);
  if (format === "json") return json(findings);
  const paint = paintFor(process.stdout);
  const parts = findings.map(({ document, diagnostics }) => render(diagnostics, document, paint)).filter(Boolean);
  return [...parts, `${summary(findings, bodies.length)}\n`].join("\n");
}

function json(findings: Finding[]): string {
  const files = findings.map(({ document: { name }, diagnostics }) => ({
    file: name,
    valid: isValid(diagnostics),
    diagnostics,
  }));
  return `${JSON.stringify({ valid: files.every(({ valid }) => valid), files }, null, 2)}\n`;
}

function isValid(diagnostics: readonly Diagnostic[]): boolean {
  return !diagnostics.some(({ severity }) => severity === "error");
}

function summary(findings: Finding[], bodies: number): string {
  const all = findings.flatMap(({ diagnostics }) => diagnostics);
  const counts = (["error", "warning", "info"] as const).flatMap((severity) => {
    const count = all.filter((diagnostic) => diagnostic.severity === severity).length;
    const [word, plural] = severity === "info" ? ["note", "notes"] : [severity, `${severity}s`];
    return count === 0 ? [] : [`${count} ${count === 1 ? word : plural}`];
  });
  const what = `${bodies} ${bodies === 1 ? "configuration" : "configurations"}`;
  return `${what}: ${counts.length === 0 ? "no problems found" : counts.join(", ")}`;
}
