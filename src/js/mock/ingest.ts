/** `/oim/{integration}/alerts`: takes an event and shows on request what the stored rules make of it. */
import type { Processed } from "../types.js";
import { readBody, truncate } from "./body.js";
import type { Call } from "./call.js";
import { errorTexts } from "./configurations.js";
import { eventAppKey, eventToken, unauthorized } from "./credentials.js";
import { type Reply, errorReply } from "./reply.js";

/** BigPanda's answer to an event that it took. */
const TAKEN = '{"status":201,"data":{}}';
const decoder = new TextDecoder();

/** POST: one event, with one alert or several. */
export async function receive(call: Call, integration: string): Promise<Reply | undefined> {
  const { state, request, response, query, now } = call;
  const token = eventToken(query, request.headers);
  if (token === undefined || state.settings.tokens?.has(token) === false) return unauthorized(token);
  const refused = state.admit(token, now);
  if (refused !== undefined) return refused;
  const body = await readBody(request, response, state.settings.bodyLimit);
  if (body === undefined || "refused" in body) return body?.refused;
  const { bytes } = body;
  await state.recorder?.add(integration, request.headers, bytes, now);
  const appKey = eventAppKey(query, request.headers) ?? keyIn(bytes);
  if (appKey === undefined) {
    const places = "the query `app_key`, the header `x-app-key` or `app_key` in the body";
    return errorReply(400, `the app key is missing; send it as ${places}`);
  }
  const unknown = state.known(appKey);
  if (unknown !== undefined) return unknown;
  const stored = state.store.get(appKey);
  if (stored === undefined) {
    return errorReply(404, `the integration \`${truncate(appKey)}\` has no configuration yet; POST one first`);
  }
  const processed = state.programs.of(appKey, stored).processToJson(bytes, { receivedAt: now });
  const result = JSON.parse(decoder.decode(processed)) as Processed;
  state.history.add(appKey, bytes, result, now);
  const errors = errorTexts(result.diagnostics);
  if (errors.length > 0) return errorReply(400, errors);
  if (!isEvent(bytes)) return errorReply(400, "an event is a JSON object, or an array of them");
  if (query.get("explain") !== "1") return { status: 201, body: TAKEN };
  return { status: 201, body: Buffer.concat([Buffer.from('{"status":201,"data":'), processed, Buffer.from("}")]) };
}

/** Whether a text that is JSON is an object or an array. */
function isEvent(bytes: Uint8Array): boolean {
  return /^\s*[{[]/.test(decoder.decode(bytes));
}

/** The member `app_key` of an event. An event that is not JSON has none: which of the two is wrong is seen later. */
function keyIn(bytes: Uint8Array): string | undefined {
  try {
    const { app_key: key } = JSON.parse(decoder.decode(bytes)) as { app_key?: unknown };
    return typeof key === "string" && key !== "" ? key : undefined;
  } catch {
    return undefined;
  }
}
