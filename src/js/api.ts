/** The functions of the package, the same in every environment. */
import { checkOptions, checkString, kindOf, oneOf } from "./arguments.js";
import { failed, ready } from "./instance.js";
import { flagsOf, receivedAtOf, TRACE } from "./options.js";
import { compileKept, compileRaw } from "./kept.js";
import { Program, programOf, runRaw } from "./program.js";
import * as raw from "./raw.js";
import { cut, encode, source } from "./text.js";
import type {
  Diagnostic,
  Field,
  Generated,
  GenerateOptions,
  Imported,
  Processed,
  ProcessOptions,
  Reason,
  Suggested,
  Target,
  Text,
  ValidateOptions,
  ValidateResult,
} from "./types.js";

export { codes, schema } from "./reference.js";
export { Preview } from "./preview.js";
export { compare, simulate } from "./sequence.js";
export { Program };

/** What the engine gives: the diagnostics, and target, language, file name, code and body, if there is code. */
type RawGenerated = [Diagnostic[], [string | null, string, string, string, string | null]];

export function validate(body: Text, options: ValidateOptions = {}): ValidateResult {
  const { text, placed } = source("body", body);
  checkOptions(options, ["mode", "sampleCoverage"]);
  const mode = oneOf("mode", options.mode ?? "create", ["create", "update"]);
  const sampleCoverage = oneOf("sampleCoverage", options.sampleCoverage ?? "strict", ["strict", "lenient"]);
  ready();
  try {
    return JSON.parse(raw.validate(encode(text), placed, { mode, sampleCoverage })) as ValidateResult;
  } catch (error) {
    throw failed(error);
  }
}

export function compile(body: Text): { program: Program | null; diagnostics: Diagnostic[] } {
  const read = source("body", body);
  const { program, diagnostics } = compileRaw(read);
  const told = JSON.parse(diagnostics) as Diagnostic[];
  return { program: program === undefined ? null : programOf(program, read), diagnostics: told };
}

export function processPayload(body: Text, payload: Text, options: ProcessOptions = {}): Processed {
  // Every argument is looked at before any work: what throws must not depend on what is in the documents.
  const [config, document] = [source("body", body), source("payload", payload)];
  const flags = flagsOf(options);
  const receivedAt = receivedAtOf(options);
  const compiled = compileKept(config);
  const { program } = compiled;
  const diagnostics = JSON.parse(compiled.diagnostics) as Diagnostic[];
  if (program === undefined) {
    const nothing: Processed = { alerts: [], rejected: [], diagnostics };
    if (flags & TRACE) nothing.trace = [];
    return nothing;
  }
  const processed = runRaw(program, document, receivedAt, flags);
  processed.diagnostics = [...diagnostics, ...processed.diagnostics];
  return processed;
}

export function fields(payload: Text, options: { arraySource?: string } = {}): Field[] {
  const { text } = source("payload", payload);
  checkOptions(options, ["arraySource"]);
  const { arraySource } = options;
  if (arraySource !== undefined) checkString("arraySource", arraySource);
  ready();
  try {
    const rows = raw.fields(encode(text), arraySource) as [string, Field["type"], string, number, string][];
    return rows.map(([path, type, example, count, pointer]) => ({ path, type, example, count, pointer }));
  } catch (error) {
    throw failed(error);
  }
}

export function suggest(payload: Text): Suggested {
  const { text, placed } = source("payload", payload);
  ready();
  let answer;
  try {
    answer = raw.suggest(encode(text), placed);
  } catch (error) {
    throw failed(error);
  }
  // Two lines, the diagnostics and the reasons, and behind them the body.
  const first = answer.indexOf("\n");
  const second = answer.indexOf("\n", first + 1);
  const diagnostics = JSON.parse(answer.slice(0, first)) as Diagnostic[];
  const reasons = JSON.parse(answer.slice(first + 1, second)) as Reason[];
  const body = answer.slice(second + 1);
  if (body === "") return { body: null, text: null, reasons, diagnostics };
  return { body: JSON.parse(body) as object, text: body, reasons, diagnostics };
}

export function importBody(text: string): Imported {
  if (typeof text !== "string") throw new TypeError(`text: expected a string, got ${kindOf(text)}`);
  ready();
  let answer;
  try {
    answer = raw.importBody(cut(text));
  } catch (error) {
    throw failed(error);
  }
  // Two lines, the kind and the diagnostics, and behind them the body.
  const first = answer.indexOf("\n");
  const second = answer.indexOf("\n", first + 1);
  const diagnostics = JSON.parse(answer.slice(first + 1, second)) as Diagnostic[];
  const kind = answer.slice(0, first) as Imported["kind"] | "";
  if (kind === "") return { body: null, text: null, kind: null, diagnostics };
  const found = answer.slice(second + 1);
  return { body: JSON.parse(found) as object, text: found, kind, diagnostics };
}

export function generate(body: Text, options: GenerateOptions): Generated {
  // People read what is made of it, so that an object is laid out for them.
  const { text, placed } = source("body", body, 2);
  checkOptions(options, ["target", "appKey", "region", "mode", "sampleAs"]);
  const { target, appKey, sampleAs } = options;
  checkString("target", target);
  checkString("appKey", appKey);
  const update = oneOf("mode", options.mode === undefined ? "create" : options.mode, ["create", "update"]) === "update";
  const eu = oneOf("region", options.region === undefined ? "us" : options.region, ["us", "eu"]) === "eu";
  const sample = sampleAs === undefined ? "" : oneOf("sampleAs", sampleAs, ["object", "text"]);
  const flags = (update ? 1 : 0) | (eu ? 2 : 0) | (sample === "object" ? 4 : 0) | (sample === "text" ? 8 : 0);
  ready();
  try {
    const made = JSON.parse(raw.generate(encode(text), placed, target, appKey, flags)) as RawGenerated;
    const [diagnostics, [id, language, fileName, code, json]] = made;
    return { snippet: id === null ? null : { target: id, language, fileName, code, json }, diagnostics };
  } catch (error) {
    throw failed(error);
  }
}

export function targets(): Target[] {
  ready();
  try {
    return raw
      .targets()
      .trimEnd()
      .split("\n")
      .map((line) => {
        const [id, label, language, fileName] = line.split("\t") as [string, string, string, string];
        return { id, label, language, fileName };
      });
  } catch (error) {
    throw failed(error);
  }
}

export function version(): string {
  ready();
  try {
    return raw.version();
  } catch (error) {
    throw failed(error);
  }
}
