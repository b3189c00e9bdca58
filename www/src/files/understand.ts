/** What a text is for the page: payloads, or a configuration. */
import type { Inspected } from "../engine/types.ts";
import { applied } from "../json/edit.ts";
import type { DocumentName } from "../panels/contract.ts";
import { inSlices } from "../share/slices.ts";
import { withoutCode } from "../text/format.ts";

/** What the engine is asked about a text. */
export interface TextReader {
  inspect(text: string): Promise<Inspected>;
  /** The request body that a text holds within other text; `null`: none. */
  bodyIn(text: string): Promise<string | null>;
}

/** A payload, and what it is called: a file, and a line of it where it has more. */
export interface NamedPayload {
  text: string;
  name: string;
}

/** A line of NDJSON that is no JSON and was passed over. */
export interface BrokenLine {
  /** One-based. */
  line: number;
  message: string;
}

export type Understood =
  /** A request body or a bare configuration, as it stands or as it was found in a `command` or an `answer` of the API. */
  | { kind: "config"; text: string; within: "command" | "answer" | null }
  | { kind: "payloads"; payloads: NamedPayload[]; broken: BrokenLine[]; within: "command" | "code block" | null }
  /** Neither; `message` says why. */
  | { kind: "other"; message: string };

/** The largest document that BigPanda and so the engine takes, in bytes. */
export const DOCUMENT_LIMIT = 6 * 1024 * 1024;
/** The most payloads that are taken from one text. */
export const PAYLOADS_LIMIT = 10_000;
/** The most broken lines that are reported one by one. */
const BROKEN_LIMIT = 100;

/** Finds out what a text is. `name`: what its payloads are called. */
export async function understand(
  text: string,
  name: string,
  reader: TextReader,
  stop = new AbortController().signal,
): Promise<Understood> {
  const { format, kind, diagnostics } = await reader.inspect(text);
  // The engine asks for two lines of JSON; here a broken one is passed over.
  if (format === "ndjson" || (format !== "json" && hasLines(text))) {
    const lines = await inSlices(payloadsOf(text, name), stop);
    if (lines && lines.payloads.length > 0) return { kind: "payloads", ...lines, within: null };
  }
  if (format === "concatenated") {
    const documents = documentsOf(text);
    const named = documents?.map((one, at) => ({ text: one, name: `${name}, payload ${at + 1}` }));
    if (named) return { kind: "payloads", payloads: named, broken: [], within: null };
  }
  const isCommand = format === "curl";
  const within = isCommand ? "command" : format === "markdown" ? "code block" : null;
  if (kind === "body" || kind === "config") {
    if (within === null && format !== "text") return { kind: "config", text, within: null };
    const body = await reader.bodyIn(text);
    if (body !== null) return { kind: "config", text: body, within: isCommand ? "command" : "answer" };
  }
  const [first] = diagnostics;
  const message = first ? withoutCode(first.message) : "it is no JSON";
  if (within !== null && kind !== null && first?.suggestion)
    return payload(applied(text, first.suggestion.edits), name, within);
  return format === "text" || isCommand ? { kind: "other", message } : payload(text, name, null);
}

function payload(text: string, name: string, within: "command" | "code block" | null): Understood {
  return { kind: "payloads", payloads: [{ text, name }], broken: [], within };
}

/** Whether a text may be something else than what most texts are that are pasted there: one payload, or a configuration. */
export function mayBeOther(text: string, into: DocumentName): boolean {
  if (!/^\s*[[{]/.test(text) || hasLines(text) || HAS_MORE.test(text)) return true;
  return into === "payload" && /primary_property|status_map/.test(text);
}

/** In one JSON text a comma is between such brackets, unless they are in a string. */
const HAS_MORE = /[}\]]\s*[{[]/;

/** The JSON texts that stand one behind the other; `null` where one of them is broken, or they are too many or too large. */
function documentsOf(text: string): string[] | null {
  const documents: string[] = [];
  let [depth, start, end] = [0, 0, 0];
  for (const { 0: sign, index } of text.matchAll(/"[^"\\]*(?:\\[^][^"\\]*)*"|[[\]{}]/g)) {
    if (sign === "{" || sign === "[") {
      if (depth === 0) start = index;
      depth += 1;
    } else if (sign === "}" || sign === "]") {
      depth -= 1;
      if (depth !== 0) continue;
      const one = text.slice(start, index + 1);
      if (text.slice(end, start).trim() !== "" || one.length > DOCUMENT_LIMIT || jsonError(one) !== null) return null;
      documents.push(one);
      end = index + 1;
    }
  }
  return text.slice(end).trim() === "" && documents.length <= PAYLOADS_LIMIT ? documents : null;
}

/** Whether the first line is a document of its own and more follow. */
function hasLines(text: string): boolean {
  const [, first = "", rest = ""] = /^\s*([^\n]*)\n([^]{0,4096})/.exec(text) ?? [];
  return rest.trim() !== "" && /^[[{]/.test(first) && jsonError(first) === null;
}

function* payloadsOf(text: string, name: string): Generator<void, { payloads: NamedPayload[]; broken: BrokenLine[] }> {
  const payloads: NamedPayload[] = [];
  const broken: BrokenLine[] = [];
  const report = (line: number, message: string): void =>
    void (broken.length < BROKEN_LIMIT && broken.push({ line, message }));
  let line = 0;
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf("\n", from);
    const one = text.slice(from, end < 0 ? text.length : end).trim();
    from = end < 0 ? text.length : end + 1;
    line += 1;
    if (one === "") continue;
    if (payloads.length >= PAYLOADS_LIMIT) {
      report(line, `only the first ${PAYLOADS_LIMIT.toLocaleString("en")} payloads are taken`);
      break;
    }
    const error = one.length > DOCUMENT_LIMIT ? `over ${megabytes(DOCUMENT_LIMIT)}` : jsonError(one);
    if (error === null) payloads.push({ text: one, name: `${name}, line ${line}` });
    else report(line, error);
    yield;
  }
  return { payloads, broken };
}

function jsonError(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    // What the browser says quotes the text, which may be long.
    return `not JSON: ${(error as Error).message.slice(0, 120)}`;
  }
}

export function megabytes(size: number): string {
  return `${(size / 1024 / 1024).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
}
