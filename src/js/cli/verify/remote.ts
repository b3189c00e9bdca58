/** What is read from BigPanda, and what is sent to it with `--send`. */
import { setTimeout as wait } from "node:timers/promises";
import { ApiError, type Connection, HOSTS, type Hosts } from "../remote/client.js";
import { sanitize } from "../terminal.js";
import { listIn, type Refused, refusedIn, secondsIn } from "./answer.js";

/** The host of the EU answered requests, and is not documented by BigPanda. */
const READ_HOSTS: Hosts = { us: "https://api.bigpanda.io", eu: "https://eu-api.bigpanda.io" };

/** Alerts of a page. What BigPanda allows is not documented. */
const PAGE = 100;
const MOST_PAGES = 50;
/** Text that is read in all, in UTF-16 code units. */
const MOST_TEXT = 64 * 1024 * 1024;
/** Between two looks for alerts that were sent. */
const POLL_MS = 5000;
/** Names that are reported of an answer whose form is not known. */
const NAMES = 20;
/** How far the clocks of this machine and of BigPanda may differ, in seconds. */
const SKEW = 60;

const HINTS = {
  401: "the token was not accepted; which kind of token this path needs is not documented, an Org Token is likely",
  404: "there is no integration with this app key, or BigPanda does not have this path any more",
};

/** Items of a list, all pages together. */
export interface Read {
  items: unknown[];
  /** Whether there are no more of them. */
  complete: boolean;
}

/** Reads the recent alerts of the integration. `since` is passed on as it is: its form is not documented. */
export function readAlerts(connection: Connection, since: string | undefined): Promise<Read> {
  const query = new URLSearchParams({ app_key: connection.appKey, limit: String(PAGE) });
  if (since !== undefined) query.set("since", since);
  return readPages(connection, "/resources/v2.1/integration-alerts", query);
}

/** Reads the payloads that BigPanda refused, since `start` in epoch seconds if there is one. */
export async function readRefused(connection: Connection, start: number | undefined): Promise<Refused[]> {
  const path = "/resources/v2.0/troubleshooting/logs";
  const { items } = await readPages(connection, path, new URLSearchParams({ app_key: connection.appKey }), 1);
  return refusedIn(start === undefined ? items : itemsSince(items, "timestamp", start));
}

/**
 * Reads page after page. Whether the first one has the number 0 or 1 is not documented, so it is asked for without a
 * number, and pages that repeat what is known add nothing.
 */
async function readPages(
  connection: Connection,
  path: string,
  query: URLSearchParams,
  most = MOST_PAGES,
): Promise<Read> {
  const known = new Set<string>();
  const items: unknown[] = [];
  let size = 0;
  for (let page = 0; page < most; page += 1) {
    const asked = new URLSearchParams(query);
    if (page > 0) asked.set("page", String(page));
    const answer = await connection.call("GET", `${connection.base(READ_HOSTS)}${path}?${asked}`);
    if (answer.status !== 200) connection.refuse(answer, HINTS);
    if (connection.holdsToken(answer.text))
      throw new ApiError("the answer has the token in it, which is not shown or stored");
    const list = listIn(answer.text);
    if (list === undefined) {
      const form = `the answer of ${path} is no list in a form that is known here${membersOf(answer.text)}`;
      throw new ApiError(form, answer.status);
    }
    const fresh = list.items.filter((item) => !known.has(keyOf(item)));
    for (const item of fresh) known.add(keyOf(item));
    items.push(...fresh);
    size += answer.text.length;
    const all = list.total !== undefined && items.length >= list.total;
    // Page 1 is often the first one again.
    if (all || list.items.length === 0 || (fresh.length === 0 && page > 1)) {
      return { items, complete: all || list.items.length === 0 || list.total === undefined };
    }
    if (size > MOST_TEXT) break;
  }
  return { items, complete: false };
}

function keyOf(item: unknown): string {
  try {
    return JSON.stringify(item);
  } catch {
    // JSON.stringify recurses. What is so deep is not understood in any case.
    return "";
  }
}

/** The names in an answer whose form is not known, so that they can be reported. */
function membersOf(text: string): string {
  try {
    const names = Object.keys(JSON.parse(text) as object).slice(0, NAMES);
    return names.length === 0 ? "" : `; its members: ${names.map((name) => sanitize(name.slice(0, 50))).join(", ")}`;
  } catch {
    return "";
  }
}

/** Sends a payload. Gives what BigPanda says of one that it refuses; whatever makes all of them fail is thrown. */
export async function send(connection: Connection, payload: string): Promise<string | undefined> {
  const url = `${connection.base(HOSTS)}/oim/api/alerts?${new URLSearchParams({ app_key: connection.appKey })}`;
  const unknown = "whether the payload arrived is not known";
  const answer = await connection.call("POST", url, { body: payload, unknown });
  if (answer.status >= 200 && answer.status < 300) return undefined;
  try {
    return connection.refuse(answer, {
      404: "there is no integration with this app key, or it has no configuration yet",
    });
  } catch (error) {
    if (answer.status === 400 || answer.status === 413) return (error as ApiError).message;
    throw error;
  }
}

/** Leaves out what is older than `start`, in epoch seconds. An item without a time that is understood stays. */
export function itemsSince(items: readonly unknown[], member: string, start: number): unknown[] {
  return items.filter((item) => {
    const time = secondsIn((item as Record<string, unknown> | null)?.[member]);
    return time === undefined || time >= start - SKEW;
  });
}

/** Repeats `attempt` until it is content or the time is over. */
export async function poll<T>(
  seconds: number,
  attempt: () => Promise<T>,
  isContent: (found: T) => boolean,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const found = await attempt();
    const left = end - performance.now();
    if (isContent(found) || left <= 0) return found;
    await wait(Math.min(POLL_MS, left));
  }
}
