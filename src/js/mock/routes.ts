/** Which path leads where. */
import { readFileSync } from "node:fs";
import { truncate } from "./body.js";
import type { Call } from "./call.js";
import { retrieve, save } from "./configurations.js";
import { listAlerts, listLogs } from "./history.js";
import { receive } from "./ingest.js";
import { type Reply, errorReply } from "./reply.js";

type Handler = (call: Call, segment: string) => Reply | undefined | Promise<Reply | undefined>;

/** Each pattern has one group: what its handler gets, which is nothing where the path is fixed. */
const ROUTES: { path: RegExp; methods: Record<string, Handler> }[] = [
  { path: /^\/configurations\/alerts\/oim\/([^/]+)$/, methods: { GET: retrieve, POST: save } },
  { path: /^\/oim\/([^/]+)\/alerts$/, methods: { POST: receive } },
  { path: /^\/resources\/v2\.1\/integration-alerts()$/, methods: { GET: listAlerts } },
  { path: /^\/resources\/v2\.0\/troubleshooting\/logs()$/, methods: { GET: listLogs } },
  { path: /^\/openapi\.json()$/, methods: { GET: describe } },
];

/** Answers a request for `target`, which is a path with its query or a whole address. */
export async function route(target: string, call: Omit<Call, "query">): Promise<Reply | undefined> {
  const [path, query] = split(target);
  for (const { path: pattern, methods } of ROUTES) {
    const [, escaped] = pattern.exec(path) ?? [];
    if (escaped === undefined) continue;
    const method = call.request.method ?? "";
    const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
    const allowed = Object.keys(methods).join(", ");
    if (handler === undefined) {
      return errorReply(405, `\`${truncate(method)}\` is not possible here; use ${allowed}`, { allow: allowed });
    }
    const segment = unescape(escaped);
    if (segment === undefined) return errorReply(400, `\`${truncate(escaped)}\` is not percent-encoded UTF-8`);
    return handler({ ...call, query: new URLSearchParams(query) }, segment);
  }
  return errorReply(404, `Route ${truncate(path)} is not found`);
}

/** Not `URL`, which resolves dots and throws: a path is what the client wrote. */
function split(target: string): [path: string, query: string] {
  const [address = "", ...query] = target.split("#", 1)[0]?.split("?") ?? [];
  return [address.replace(/^https?:\/\/[^/]*/i, ""), query.join("?")];
}

function unescape(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

let description: string | undefined;

function describe(): Reply {
  description ??= readFileSync(new URL("./openapi.json", import.meta.url), "utf8");
  return { status: 200, body: description };
}
