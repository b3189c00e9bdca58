/**
 * What became of the events that were sent: the alerts that were made of them, and the payloads that were refused.
 *
 * The two paths and the members of their answers are known from a description of BigPanda's API by others. What
 * `alertData` holds, the envelope of the logs, how pages are counted and how long things are kept is ours.
 */
import { processPayload } from "../node.js";
import type { Processed } from "../types.js";
import { truncate } from "./body.js";
import type { Call } from "./call.js";
import { bearer, unauthorized } from "./credentials.js";
import { Recent } from "./recent.js";
import { type Reply, errorReply } from "./reply.js";
import { milliseconds } from "./time.js";

const MIB = 1024 * 1024;
const ALERTS = { entries: 2000, size: 32 * MIB };
const REFUSED = { entries: 1000, size: 32 * MIB };
const LIMIT = { standard: 100, most: 1000 };
const decoder = new TextDecoder();

interface Entry {
  appKey: string;
  /** Epoch milliseconds. */
  time: number;
  /** The JSON text of the record that an answer lists. */
  record: string;
}

export class History {
  #alerts = new Recent<Entry>(ALERTS);
  #refused = new Recent<Entry>(REFUSED);

  /** Notes what an event gave: its alerts, and its payload if some of it gave none. */
  add(appKey: string, payload: Uint8Array, { alerts, rejected, diagnostics }: Processed, now: number): void {
    const time = isoTime(now);
    // Older ones would only make room for the rest.
    for (const { index: _, ...alert } of alerts.slice(-ALERTS.entries)) {
      const record = JSON.stringify({ alertData: JSON.stringify(alert), processingTime: time });
      this.#alerts.add({ appKey, time: now, record }, record.length);
    }
    const [first] = [...diagnostics.filter(({ severity }) => severity === "error"), ...rejected];
    if (first === undefined) return;
    const { message } = first;
    const text = decoder.decode(payload);
    const record = JSON.stringify({
      log_type: "invalid_payload",
      message,
      payload: text,
      timestamp: time,
      app_key: appKey,
    });
    this.#refused.add({ appKey, time: now, record }, record.length);
  }

  alertsOf(appKey: string): Entry[] {
    return [...this.#alerts].filter((entry) => entry.appKey === appKey);
  }

  get refused(): Entry[] {
    return [...this.#refused];
  }
}

/** GET `/resources/v2.1/integration-alerts`: the alerts of an integration, newest first. */
export function listAlerts(call: Call): Reply {
  const refused = admission(call);
  if (refused !== undefined) return refused;
  const appKey = one(call.query, "app_key");
  if (!appKey) return errorReply(400, "the app key is missing; send it as the query `app_key`");
  return call.state.known(appKey) ?? page(call.state.history.alertsOf(appKey), call.query);
}

/** GET `/resources/v2.0/troubleshooting/logs`: the payloads of all integrations that were refused, newest first. */
export function listLogs(call: Call): Reply {
  return admission(call) ?? page(call.state.history.refused, call.query);
}

function admission({ state, request, now }: Call): Reply | undefined {
  const token = bearer(request.headers);
  if (token === undefined || state.settings.tokens?.has(token) === false) return unauthorized(token);
  return state.admit(token, now);
}

/** The part of the entries that the query asks for. */
function page(entries: readonly Entry[], query: URLSearchParams): Reply {
  const limit = whole(one(query, "limit"), LIMIT.standard, LIMIT.most);
  const number = whole(one(query, "page"), 1, Number.MAX_SAFE_INTEGER);
  const since = timeOf(one(query, "since"));
  if (limit === undefined) return errorReply(400, `\`limit\` is not a whole number from 1 to ${LIMIT.most}`);
  if (number === undefined) return errorReply(400, "`page` is not a whole number from 1 on");
  if (since === undefined) {
    const given = truncate(query.get("since") ?? "");
    return errorReply(400, `\`since\` is no time: \`${given}\`; send epoch seconds, milliseconds or ISO 8601`);
  }
  const found = entries.filter(({ time }) => time >= since);
  const items = found.slice((number - 1) * limit, number * limit).map(({ record }) => record);
  return { status: 200, body: `{"status":200,"data":{"items":[${items.join(",")}],"total":${found.length}}}` };
}

/** The value of a parameter; null where there is none, empty where there are several. */
function one(query: URLSearchParams, name: string): string | null {
  const [value = null, ...more] = query.getAll(name);
  return more.length > 0 ? "" : value;
}

function whole(text: string | null, otherwise: number, most: number): number | undefined {
  if (text === null) return otherwise;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= most ? number : undefined;
}

/** Epoch milliseconds; text is read as `receivedAt` is. */
function timeOf(text: string | null): number | undefined {
  if (text === null) return Number.NEGATIVE_INFINITY;
  try {
    return milliseconds(processPayload, "since", text);
  } catch {
    return undefined;
  }
}

/** The clock of a test may give what no date can be. */
function isoTime(now: number): string {
  const date = new Date(now);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}
