/** `/configurations/alerts/oim/{app_key}`: create, update and retrieve. */
import { validate } from "../node.js";
import type { Diagnostic } from "../types.js";
import { readBody, truncate } from "./body.js";
import type { Call } from "./call.js";
import { bearer, unauthorized } from "./credentials.js";
import { documentOf } from "./members.js";
import { type Reply, errorReply } from "./reply.js";

/** GET: the configuration as it was stored. */
export function retrieve(call: Call, appKey: string): Reply {
  const refused = admission(call, appKey);
  if (refused !== undefined) return refused;
  const stored = call.state.store.get(appKey);
  if (stored !== undefined) return { status: 200, body: stored };
  const silence = "what is answered here is not documented by BigPanda";
  return errorReply(
    404,
    `the integration \`${truncate(appKey)}\` has no configuration yet; POST one first (${silence})`,
  );
}

/** POST: the first configuration of an app key creates it, every other one takes its place. */
export async function save(call: Call, appKey: string): Promise<Reply | undefined> {
  const { settings, store, programs } = call.state;
  const refused = admission(call, appKey) ?? tooEarly(call, appKey) ?? wrongType(call.request.headers["content-type"]);
  if (refused !== undefined) return refused;
  const body = await readBody(call.request, call.response, settings.bodyLimit);
  if (body === undefined || "refused" in body) return body?.refused;
  const mode = store.get(appKey) === undefined ? "create" : "update";
  const { valid, diagnostics } = validate(body.bytes, { mode, sampleCoverage: settings.sampleCoverage });
  if (!valid) return errorReply(400, errorTexts(diagnostics));
  const stored = documentOf(body.bytes);
  // A bare configuration is valid elsewhere; here it lacks its envelope.
  if (stored === undefined) {
    return errorReply(400, '`config` or `sample_payload` is missing; send {"config": {…}, "sample_payload": {…}}');
  }
  try {
    await store.put(appKey, stored);
  } catch (error) {
    return errorReply(500, `the configuration could not be written: ${(error as Error).message}`);
  }
  programs.forget(appKey);
  return { status: 200, body: stored };
}

/** The errors among the diagnostics, one text each: what is wrong, where, and what to do about it. */
export function errorTexts(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ message, pointer, range, help }) => {
      const place = range === undefined ? "" : ` (line ${range.line}, column ${range.column})`;
      return `${message}${pointer === "" ? place : ` (${pointer})`}${help === undefined ? "" : `; ${help}`}`;
    });
}

/** Token, rate and app key, in this order. */
function admission({ state, request, now }: Call, appKey: string): Reply | undefined {
  const token = bearer(request.headers);
  if (token === undefined || state.settings.tokens?.has(token) === false) return unauthorized(token);
  return state.admit(token, now) ?? state.known(appKey);
}

/**
 * BigPanda: "wait ten minutes before attempting to create or update rules using the API". The status is not documented
 * by BigPanda.
 */
function tooEarly({ state: { settings }, now }: Call, appKey: string): Reply | undefined {
  const left = settings.installedAt(appKey) + settings.wait - now;
  if (left <= 0) return undefined;
  const rule = `an integration takes no configuration in the first ${duration(settings.wait)} after its installation`;
  return errorReply(409, `${rule}; wait ${duration(left)} and send it again`);
}

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const parts = [[Math.floor(seconds / 60), "min"] as const, [seconds % 60, "s"] as const];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}

function wrongType(type: string | undefined): Reply | undefined {
  const [media = "", ...parameters] = (type ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const charset = parameters
    .find((part) => part.startsWith("charset="))
    ?.slice(8)
    .replaceAll('"', "");
  if (media === "application/json" && (charset === undefined || /^utf-?8$/.test(charset))) return undefined;
  const given = type === undefined ? undefined : `\`${truncate(type)}\` is not the content type of JSON`;
  const problem = given ?? "the content type is missing";
  return errorReply(415, `${problem}; send \`Content-Type: application/json\``);
}
