/** Reads the times that options give. */
import { kindOf, show } from "../arguments.js";

/** What a `Date` can hold, in milliseconds either side of 1970. */
const FARTHEST = 8.64e15;

/** The engine's function: the command loads it later than this file. */
type Process = typeof import("../node.js").processPayload;

/**
 * Epoch milliseconds of a time; `name` is for the message of the `TypeError`. Text is read by the engine, as
 * `receivedAt` is, to whole seconds.
 */
export function milliseconds(processPayload: Process, name: string, time: unknown): number {
  let value = Number.NaN;
  if (typeof time === "number") value = time;
  else if (typeof time === "string") value = read(processPayload, time);
  else if (kindOf(time) === "Date") value = Number(time);
  if (Math.abs(value) <= FARTHEST) return value;
  throw new TypeError(`${name}: expected an epoch time or a time such as 2026-01-31T12:00:00Z, got ${show(time)}`);
}

/** The time of an alert whose payload has none is the time of receipt. */
function read(processPayload: Process, text: string): number {
  const config = {
    status: { source: ["s"], default_to: "ok", status_map: {} },
    primary_property: { name: "p", source: ["p"] },
  };
  try {
    const [alert] = processPayload(config, { s: "ok", p: "p" }, { receivedAt: text }).alerts;
    return (alert?.timestamp ?? Number.NaN) * 1000;
  } catch (error) {
    if (error instanceof TypeError) return Number.NaN;
    throw error;
  }
}
