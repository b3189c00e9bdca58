/** Shows a payload to the rules of a body as if it were its sample, and tells what comes of it at its own place. */
import type { Diagnostic, PlacedRange, ValidateOptions } from "../types.js";
import type { engine } from "./engine.js";
import type { Document } from "./files.js";
import type { Finding } from "./validate.js";
import { isReported } from "./validate.js";

type Engine = Awaited<ReturnType<typeof engine>>;

/**
 * A payload that lacks a field is no mistake, since tools leave out what they do not have. What gives no alert for that
 * reason is told of the payload.
 */
const OF_THE_SAMPLE = new Set(["sample-missing", "sample-blank", "sample-missing-field", "primary-empty"]);

/** What is told beyond what is known of the body, apart by the document it is about. */
export function validateWithPayload(
  api: Engine,
  { document: body, diagnostics: known }: Finding,
  payload: Document,
  options: ValidateOptions,
): { body: Diagnostic[]; payload: Diagnostic[] } {
  const unread = unreadable(api, payload);
  if (unread.length > 0) return { body: [], payload: unread };
  const joined = join(body.text, payload.text);
  if (joined === undefined) return { body: [], payload: [] };
  const { rejected } = api.processPayload(body.text, payload.text, { receivedAt: 0 });
  const found: { body: Diagnostic[]; payload: Diagnostic[] } = {
    body: [],
    payload: rejected.map(({ code, message, pointer }) => ({
      code,
      severity: "error",
      message,
      document: "payload",
      pointer,
    })),
  };
  for (const diagnostic of api.validate(joined.text, options).diagnostics) {
    if (OF_THE_SAMPLE.has(diagnostic.code)) continue;
    const start = diagnostic.range?.start ?? 0;
    const inside = start >= joined.payload && start < joined.payload + payload.text.length;
    const [document, offset] = inside ? [payload, joined.payload] : [body, joined.body];
    const moved = move(diagnostic, document.text, offset, inside);
    // The member that we added is no mistake of the user's.
    if (moved === undefined || (moved.code === "json-duplicate-key" && moved.pointer === "/sample_payload")) continue;
    if (inside) found.payload.push(moved);
    else if (!isReported(moved, known))
      found.body.push({ ...moved, message: `with ${payload.name}: ${moved.message}` });
  }
  return found;
}

/** Why a payload cannot be read. Any configuration tells. */
function unreadable(api: Engine, payload: Document): Diagnostic[] {
  const any = '{"status": {"source": ["s"], "default_to": "ok"}, "primary_property": {"name": "p", "source": ["p"]}}';
  return api
    .processPayload(any, payload.bytes, { receivedAt: 0 })
    .diagnostics.filter(({ document, severity }) => document === "payload" && severity === "error");
}

/** The body with the payload as its sample, and where in it the two begin. */
function join(body: string, payload: string): { text: string; body: number; payload: number } | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.replace(/^\ufeff/, ""));
  } catch {
    // Then its own diagnostics say so, and there are no rules to show anything.
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined;
  const sample = payload.replace(/^\ufeff/, "");
  if (!Object.hasOwn(parsed, "config") && !Object.hasOwn(parsed, "sample_payload")) {
    const head = '{"config":';
    const before = `${head}${body.replace(/^\ufeff/, " ")},"sample_payload":`;
    return {
      text: `${before}${sample}}`,
      body: head.length,
      payload: before.length - (payload.length - sample.length),
    };
  }
  // Of two members of one name the last one counts, and what stands before it keeps its place.
  const end = body.lastIndexOf("}");
  const before = `${body.slice(0, end)},"sample_payload":`;
  return { text: `${before}${sample}}`, body: 0, payload: before.length - (payload.length - sample.length) };
}

/** A diagnostic with its places in the document that they are in. */
function move(diagnostic: Diagnostic, text: string, offset: number, inPayload: boolean): Diagnostic | undefined {
  const { range, suggestion, pointer } = diagnostic;
  const moved: Diagnostic = { ...diagnostic };
  if (range !== undefined) moved.range = placed(text, range.start - offset, range.end - offset);
  if (suggestion !== undefined) {
    const edits = suggestion.edits.map((edit) => ({ ...edit, start: edit.start - offset, end: edit.end - offset }));
    // An edit of what is not in this document mends nothing in it.
    if (edits.every(({ start, end }) => start >= 0 && end <= text.length)) moved.suggestion = { ...suggestion, edits };
    else delete moved.suggestion;
  }
  if (!inPayload) return moved.range !== undefined && moved.range.start > text.length ? undefined : moved;
  return { ...moved, document: "payload", pointer: pointer.replace(/^\/sample_payload/, "") };
}

function placed(text: string, start: number, end: number): PlacedRange {
  const before = text.slice(0, Math.max(0, start));
  const line = before.split("\n").length;
  return { start, end, line, column: before.length - (before.lastIndexOf("\n") + 1) + 1 };
}
