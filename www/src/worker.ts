// The only file of the page that knows the engine.
import { generate, init, processPayload, targets, validate, version } from "../../dist/web.mjs";
import wasmUrl from "../../dist/engine.wasm?url";
import type { Answer, Question, Reply, Request } from "./engine/protocol.ts";
import type { Diagnostic, Severity } from "./engine/types.ts";

/** Up to this many characters a trace is cheap enough to make on every keystroke. */
const TRACED_LENGTH = 300_000;

const RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

const reply = (message: Reply): void => postMessage(message);

const ready = init(new URL(wasmUrl, import.meta.url)).then(
  () => reply({ kind: "ready", version: version(), targets: targets() }),
  (error: unknown) => reply({ kind: "broken", message: String(error) }),
);

addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  await ready;
  try {
    reply({ kind: "answer", id: data.id, answer: answer(data) });
  } catch (error) {
    // The engine reports the user's mistakes as diagnostics. What is thrown is a fault, perhaps of the instance itself.
    reply({ kind: "broken", message: String(error) });
  }
});

function answer({ body, payload, additionalTags, receivedAt, shown, explain, code }: Question): Answer {
  const trace = explain || payload.length <= TRACED_LENGTH;
  // What the body is for, where that is known, decides what its sample must be.
  const checked = validate(body, { mode: code?.mode ?? "create" });
  const done = processPayload(body, payload, { additionalTags, receivedAt, trace });
  const diagnostics = merge(checked.diagnostics, done.diagnostics);
  const alerts = done.alerts.slice(0, shown);
  const rejected = done.rejected.slice(0, shown);
  const kept = new Set<number | null>([...alerts, ...rejected].map((one) => one.index));
  const failed = diagnostics.some((diagnostic) => diagnostic.severity === "error");
  return {
    alerts,
    alertCount: done.alerts.length,
    rejected,
    rejectedCount: done.rejected.length,
    diagnostics,
    traces: done.trace ? done.trace.filter((one) => kept.has(one.index)) : null,
    receivedAt,
    code: code ? generate(body, code) : null,
    ran: done.alerts.length > 0 || done.rejected.length > 0 || !failed,
  };
}

/** Both calls compile the body, so both report what is wrong with it. */
function merge(...lists: Diagnostic[][]): Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const diagnostic of lists.flat()) {
    const { document, code, pointer, range, message } = diagnostic;
    const key = JSON.stringify([document, code, pointer, range?.start, message]);
    if (!seen.has(key)) seen.set(key, diagnostic);
  }
  return [...seen.values()].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}
