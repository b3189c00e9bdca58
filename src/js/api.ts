/** The functions of the package, the same in every environment. */
import { checkOptions, checkString, kindOf, oneOf, show } from "./arguments.js";
import { guard } from "./instance.js";
import { flagsOf, receivedAtOf, TRACE } from "./options.js";
import { compileCached, compileRaw } from "./compile-cache.js";
import { Program, programOf, runRaw } from "./program.js";
import * as raw from "./raw.js";
import { checkText, cut, encode, source } from "./text.js";
import type {
  Coverage,
  Diagnostic,
  Field,
  Fixed,
  FoundValue,
  Generated,
  GenerateOptions,
  Imported,
  Inspected,
  Migrated,
  MigrateOptions,
  Processed,
  ProcessOptions,
  RenderOptions,
  Sampled,
  SampleOptions,
  SuggestOptions,
  Suggested,
  Target,
  Text,
  ValidatedWithPayloads,
  ValidateOptions,
  ValidateResult,
} from "./types.js";

export { codes, schema } from "./reference.js";
export { Preview } from "./preview.js";
export { compare, simulate } from "./sequence.js";
export { Comparison, CoverageBuilder, coverage } from "./stream.js";
export { Program };

/** An answer in which the engine has the body as text alone. */
type WithoutBody<T> = Omit<T, "body">;

export function validate(body: Text, options: ValidateOptions & { payload?: Text } = {}): ValidateResult {
  const { text, placed } = source("body", body);
  checkOptions(options, ["mode", "sampleCoverage", "version", "payload"]);
  const { payload, ...rules } = options;
  const checked = checkedRules(rules);
  if (payload === undefined) return guard(() => raw.validate(encode(text), placed, checked) as ValidateResult);
  const shown = source("payload", payload);
  return guard(
    () => raw.validateWithPayload(encode(text), placed, encode(shown.text), shown.placed, checked) as ValidateResult,
  );
}

export function validateWithPayloads(
  body: Text,
  payloads: readonly Text[],
  options: ValidateOptions = {},
): ValidatedWithPayloads {
  const { text, placed } = source("body", body);
  if (!Array.isArray(payloads)) throw new TypeError(`payloads: expected an array, got ${kindOf(payloads)}`);
  const sources = payloads.map((payload, place) => source(`payloads[${place}]`, payload));
  const checked = checkedRules(options);
  const encoded = sources.map(({ text }) => encode(text).slice());
  const places = Uint8Array.from(sources, ({ placed }) => Number(placed));
  return guard(() => raw.validateWithPayloads(encode(text), placed, encoded, places, checked) as ValidatedWithPayloads);
}

export function fix(body: Text, codes?: readonly string[], options: ValidateOptions = {}): Fixed {
  // The fixed text is for people to read, so an object is laid out for them.
  const { text, placed } = source("body", body, 2);
  if (codes !== undefined) {
    if (!Array.isArray(codes)) throw new TypeError(`codes: expected an array, got ${kindOf(codes)}`);
    for (const code of codes) checkString("codes", code);
  }
  const checked = checkedRules(options);
  return guard(() => raw.fix(encode(text), placed, codes, checked) as Fixed);
}

export function render(diagnostics: readonly Diagnostic[], text: Text, options: RenderOptions = {}): string {
  if (!Array.isArray(diagnostics)) throw new TypeError(`diagnostics: expected an array, got ${kindOf(diagnostics)}`);
  const document = source("text", text);
  checkOptions(options, ["name", "colors"]);
  const { name, colors = false } = options;
  if (name !== undefined) checkString("name", name);
  if (typeof colors !== "boolean") throw new TypeError(`options.colors: expected a boolean, got ${kindOf(colors)}`);
  return guard(() => raw.render(diagnostics, encode(document.text), { name, colors }));
}

function checkedRules(options: ValidateOptions): ValidateOptions {
  checkOptions(options, ["mode", "sampleCoverage", "version"]);
  const mode = oneOf("mode", options.mode ?? "create", ["create", "update"]);
  const sampleCoverage = oneOf("sampleCoverage", options.sampleCoverage ?? "strict", ["strict", "lenient"]);
  const version = options.version === undefined ? undefined : oneOf("version", options.version, ["1", "2"] as const);
  return version === undefined ? { mode, sampleCoverage } : { mode, sampleCoverage, version };
}

export function compile(body: Text): { program: Program | null; diagnostics: Diagnostic[] } {
  const read = source("body", body);
  const { program, diagnostics } = compileRaw(read);
  return { program: program === undefined ? null : programOf(program, read), diagnostics };
}

export function processPayload(body: Text, payload: Text, options: ProcessOptions = {}): Processed {
  // Every argument is looked at before any work: what throws must not depend on what is in the documents.
  const [config, document] = [source("body", body), source("payload", payload)];
  const flags = flagsOf(options);
  const receivedAt = receivedAtOf(options);
  const compiled = compileCached(config);
  const { program } = compiled;
  // The compiled configuration is kept, so the caller gets diagnostics of its own.
  const diagnostics = structuredClone(compiled.diagnostics);
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
  return guard(() => raw.fields(encode(text), arraySource) as Field[]);
}

export function valueAt(text: string | Uint8Array, pointer: string): FoundValue | null {
  checkText("text", text);
  if (typeof pointer !== "string") throw new TypeError(`pointer: expected a string, got ${kindOf(pointer)}`);
  return guard(() => raw.valueAt(encode(text), pointer) as FoundValue | null);
}

export function valuesOf(
  payload: string | Uint8Array,
  path: string,
  options: { arraySource?: string } = {},
): FoundValue[] {
  checkText("payload", payload);
  if (typeof path !== "string") throw new TypeError(`path: expected a string, got ${kindOf(path)}`);
  checkOptions(options, ["arraySource"]);
  const { arraySource } = options;
  if (arraySource !== undefined) checkString("arraySource", arraySource);
  return guard(() => raw.valuesOf(encode(payload), path, arraySource) as FoundValue[]);
}

export function mergeCoverage(first: Coverage, second: Coverage, offset: number = first.payloads): Coverage {
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw new TypeError(`offset: expected a whole number from 0 on, got ${show(offset)}`);
  }
  return guard(() => raw.mergeCoverage(first, second, offset) as Coverage);
}

export function suggest(payload: Text, options: SuggestOptions = {}): Suggested {
  const { text, placed } = source("payload", payload);
  checkOptions(options, ["others", "version"]);
  const { others = [] } = options;
  const version = oneOf("version", options.version ?? "1", ["1", "2"] as const);
  if (!Array.isArray(others)) throw new TypeError(`others: expected an array, got ${kindOf(others)}`);
  const encoded = others.map((other, place) => encode(source(`others[${place}]`, other).text).slice());
  return withBody(guard(() => raw.suggest(encode(text), encoded, placed, version) as WithoutBody<Suggested>));
}

export function migrate(body: Text, options: MigrateOptions = {}): Migrated {
  const { text, placed } = source("body", body);
  checkOptions(options, ["additionalTags", "payloads"]);
  const { payloads = [] } = options;
  const additionalTags = oneOf("additionalTags", options.additionalTags ?? "ignore", ["ignore", "map"] as const);
  if (!Array.isArray(payloads)) throw new TypeError(`payloads: expected an array, got ${kindOf(payloads)}`);
  const encoded = payloads.map((payload, place) => encode(source(`payloads[${place}]`, payload).text).slice());
  return withBody(guard(() => raw.migrate(encode(text), placed, encoded, { additionalTags }) as WithoutBody<Migrated>));
}

export function sample(body: Text, payloads: readonly Text[], options: SampleOptions = {}): Sampled {
  const { text, placed } = source("body", body);
  checkOptions(options, ["redact"]);
  const { redact = false } = options;
  if (typeof redact !== "boolean") throw new TypeError(`options.redact: expected a boolean, got ${kindOf(redact)}`);
  if (!Array.isArray(payloads)) throw new TypeError(`payloads: expected an array, got ${kindOf(payloads)}`);
  const encoded = payloads.map((payload, place) => encode(source(`payloads[${place}]`, payload).text).slice());
  const values = redact ? "redacted" : "kept";
  const found = guard(() => raw.sample(encode(text), placed, encoded, values) as Omit<Sampled, "sample">);
  return { sample: found.text === null ? null : (JSON.parse(found.text) as object), ...found };
}

export function importBody(text: string): Imported {
  if (typeof text !== "string") throw new TypeError(`text: expected a string, got ${kindOf(text)}`);
  return withBody(guard(() => raw.importBody(cut(text)) as WithoutBody<Imported>));
}

export function inspect(text: string | Uint8Array): Inspected {
  checkText("text", text);
  return guard(() => raw.inspect(encode(text)) as Inspected);
}

/** Adds the body as an object to an answer that has its text. */
function withBody<T extends { text: string | null }>(found: T): T & { body: object | null } {
  return { body: found.text === null ? null : (JSON.parse(found.text) as object), ...found };
}

export function generate(body: Text, options: GenerateOptions): Generated {
  // People read what is made of it, so that an object is laid out for them.
  const { text, placed } = source("body", body, 2);
  checkOptions(options, ["target", "appKey", "region", "mode", "sampleAs"]);
  const { target, appKey, sampleAs } = options;
  checkString("target", target);
  checkString("appKey", appKey);
  const mode = oneOf("mode", options.mode === undefined ? "create" : options.mode, ["create", "update"]);
  const region = oneOf("region", options.region === undefined ? "us" : options.region, ["us", "eu"]);
  const form = sampleAs === undefined ? undefined : oneOf("sampleAs", sampleAs, ["object", "text"]);
  const checked = { target, appKey, mode, region, sampleAs: form };
  return guard(() => raw.generate(encode(text), placed, checked) as Generated);
}

export function targets(): Target[] {
  return guard(() => raw.targets() as Target[]);
}

export function version(): string {
  return guard(() => raw.version());
}
