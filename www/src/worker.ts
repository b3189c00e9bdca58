// Besides engine/tally.ts, the only file of the page that knows the engine.
import {
  compare,
  compile,
  fix,
  generate,
  importBody,
  init,
  inspect,
  migrate,
  Preview,
  type ProcessOptions,
  type Program,
  sample,
  simulate,
  suggest,
  targets,
  validate,
  version,
} from "../../dist/browser.mjs";
import type { Answer, CallName, Calls, Question, Reply, Request, Update } from "./engine/protocol.ts";
import { Tally } from "./engine/tally.ts";
import type { Diagnostic, Severity } from "./engine/types.ts";
import { arraySourceOf } from "./json/body.ts";

const MINUTE_MS = 60_000;
/** Alerts of a proposed configuration that are shown. */
const PREVIEWED = 20;

/** Reads a payload while there is no configuration that could: what is wrong with the payload itself shows all the same. */
const READER = '{"primary_property": {"source": ["-"]}, "status": {"source": ["-"], "status_map": {}}}';

const RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

const reply = (message: Reply): void => postMessage(message);

/** The request body, compiled once for all answers until it changes. */
let body = "";
let program: Program | null = null;
let compiled: Diagnostic[] | null = null;
let reader: Program | null = null;
/** The result of the last validation, and its mode. */
let checked: { mode: Question["mode"]; valid: boolean; diagnostics: Diagnostic[] } | null = null;

let payload: Preview | null = null;
/** An edit could not be made in a payload that is too long to be kept: the page has to send it anew. */
let stale = false;
/** What has been counted so far, while payloads come in pieces. */
let tally: Tally | null = null;
/** How the last answer was made; later calls are about the same. */
let options: ProcessOptions = {};

const ready = init();
// Reported with the first request.
ready.catch(() => {});

addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  try {
    await ready;
    if (data.kind === "begin") {
      reply({ kind: "ready", version: version(), targets: targets() });
    } else if (data.kind === "ask") {
      data.updates.forEach(update);
      reply({ kind: "answer", id: data.id, answer: answer(data.question) });
    } else {
      reply({ kind: "result", id: data.id, result: calls[data.name](data.ask as never) });
    }
  } catch (error) {
    // The engine reports the user's mistakes as diagnostics. What is thrown is a fault, perhaps of the instance itself.
    reply({ kind: "broken", message: String(error) });
  }
});

function update(change: Update): void {
  if (change.kind === "edit") {
    for (const { start, end, text } of change.edits) stale ||= !resident().edit(start, end, text);
  } else if (change.document === "payload") {
    resident().set(change.text);
    stale = false;
  } else {
    body = change.text;
    program?.free();
    program = compiled = checked = null;
  }
}

function resident(): Preview {
  return (payload ??= new Preview());
}

function answer(question: Question): Answer {
  const { additionalTags, receivedAt, from, count, current, mode, code } = question;
  if (!compiled) ({ program, diagnostics: compiled } = compile(body));
  if (checked?.mode !== mode) checked = { mode, ...validate(body, { mode }) };
  options = { receivedAt, ...asWanted(additionalTags) };
  const done = program ? resident().process(program, { ...options, from, count }) : null;
  const looked =
    program && done && done.alertCount > 0
      ? resident().process(program, { ...options, from: current, count: 1, trace: true })
      : null;
  const alert = looked?.alerts[0] ?? null;
  const diagnostics = merge(checked.diagnostics, compiled, beyond(checked.diagnostics, done?.diagnostics ?? unread()));
  const failed = diagnostics.some((diagnostic) => diagnostic.severity === "error");
  return {
    alerts: done?.alerts ?? [],
    alertCount: done?.alertCount ?? 0,
    rejected: done?.rejected ?? [],
    rejectedCount: done?.rejectedCount ?? 0,
    diagnostics,
    trace: looked?.trace?.find((trace) => trace.index === alert?.index) ?? null,
    current: alert,
    ran: done !== null && (done.alertCount > 0 || done.rejectedCount > 0 || !failed),
    receivedAt,
    partial: done?.partial === true,
    valid: checked.valid,
    stale,
    generated: code ? generate(body, code) : null,
  };
}

const calls: { [Name in CallName]: (ask: Calls[Name]["ask"]) => Calls[Name]["answer"] } = {
  alerts: ({ from, count }) => (program ? resident().process(program, { ...options, from, count }).alerts : []),
  trace({ index }) {
    if (!program) return null;
    const { trace } = resident().process(program, { ...options, index, trace: true });
    return trace?.find((one) => one.index === index) ?? null;
  },
  json: () => JSON.stringify(program ? whole(program) : null, null, 2),
  fields() {
    const arraySource = arraySourceOf(body);
    return resident().fields(arraySource === null ? {} : { arraySource });
  },
  suggest: ({ text, others, version }) => suggest(text, { others, version }),
  preview({ body }) {
    const { program } = compile(body);
    if (!program) return null;
    try {
      const { alerts, alertCount, rejectedCount } = resident().process(program, {
        ...options,
        from: 0,
        count: PREVIEWED,
      });
      const { trace } = resident().process(program, { ...options, from: 0, count: 1, trace: true });
      return {
        alerts,
        alertCount,
        rejectedCount,
        steps: trace?.find(({ index }) => index === alerts[0]?.index)?.steps ?? [],
      };
    } finally {
      program.free();
    }
  },
  migrate({ body, payloads, additional }) {
    const migrated = migrate(body, { payloads, additionalTags: additional });
    const { text, proof } = migrated;
    const isOpen = text !== null && proof === null && payloads.length > 0;
    return { migrated, compared: isOpen ? compare(body, text, payloads, asWanted(additional)) : null };
  },
  simulate({ body, payloads, additional, from }) {
    const received = (place: number) => from - (payloads.length - 1 - place) * MINUTE_MS;
    const sequence = payloads.map((payload, place) => ({ payload, receivedAt: received(place) }));
    return simulate(body, sequence, asWanted(additional));
  },
  coverage({ body, payloads, additional, isLast }) {
    if (body !== null) {
      tally?.free();
      tally = new Tally(body, asWanted(additional));
    }
    for (const payload of payloads) tally?.add(payload);
    if (!isLast || !tally) return null;
    const covered = tally.finish();
    tally = null;
    return covered;
  },
  sample: ({ body, payloads }) => sample(body, payloads),
  compare({ old, body, payloads, additional }) {
    const wanted = asWanted(additional);
    const compared = compare(old, body, payloads, wanted);
    return { ...compared, hasAlerts: !compared.same || hasAlerts(body, payloads, wanted) };
  },
  inspect: ({ text }) => inspect(text),
  import: ({ text }) => importBody(text),
  fix: () => fix(body, undefined, checked ? { mode: checked.mode } : {}),
};

/** One of the payloads gives an alert. */
function hasAlerts(body: string, payloads: string[], wanted: ProcessOptions): boolean {
  const { program } = compile(body);
  if (!program) return false;
  const preview = new Preview();
  try {
    return payloads.some((text) => {
      preview.set(text);
      return preview.process(program, { ...wanted, from: 0, count: 0 }).alertCount > 0;
    });
  } finally {
    preview.free();
    program.free();
  }
}

/** What keeps the payload from being read by any configuration. */
function unread(): Diagnostic[] {
  reader ??= compile(READER).program;
  const found = reader ? resident().process(reader, { from: 0, count: 0 }).diagnostics : [];
  return found.filter(({ document }) => document === "payload");
}

/** Additional tags, where the page wants them; else it is for the configuration to say. */
function asWanted(additional: Question["additionalTags"]): { additionalTags?: "map" } {
  return additional === "map" ? { additionalTags: additional } : {};
}

/** What a run reports beyond what is known of the body. What is not simulated is known, with its place. */
function beyond(known: Diagnostic[], found: Diagnostic[]): Diagnostic[] {
  const isKnown = ({ document, code, pointer }: Diagnostic) =>
    document === "body" && known.some((one) => one.code === code && one.pointer === pointer);
  return found.filter((one) => !isKnown(one));
}

/** The answer as the package gives it. */
function whole(by: Program): object {
  const { alertCount, rejectedCount, ...processed } = resident().process(by, options);
  return processed;
}

/** Several calls look at the body, so several report what is wrong with it. */
function merge(...lists: Diagnostic[][]): Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const diagnostic of lists.flat()) {
    const { document, code, pointer, range, message } = diagnostic;
    const key = JSON.stringify([document, code, pointer, range?.start, message]);
    if (!seen.has(key)) seen.set(key, diagnostic);
  }
  return [...seen.values()].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}
