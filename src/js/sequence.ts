/** Sequences of payloads: followed through one configuration, or compared between two. */
import { checkNames, kindOf } from "./arguments.js";
import { failed, load, ready } from "./instance.js";
import { flagsOf, milliseconds, NOT_PLACED } from "./options.js";
import * as raw from "./raw.js";
import { encode, source, type Source } from "./text.js";
import type { Compared, CompareOptions, Simulated, SimulatedPayload, SimulateOptions, Text } from "./types.js";

/** A payload and when it was received, in epoch milliseconds. */
interface Step extends Source {
  receivedAt: number;
}

export function simulate(body: Text, payloads: readonly SimulatedPayload[], options: SimulateOptions = {}): Simulated {
  const config = source("body", body);
  const flags = flagsOf(options, ["additionalTags"]);
  // One time for all that have none: with the clock's, a payload that comes twice would be two.
  const now = Date.now();
  const steps = listed(payloads, (item: SimulatedPayload, place) => {
    checkNames(place, "member", item, ["payload", "receivedAt"]);
    const { payload, receivedAt } = item;
    const read = source(`${place}.payload`, payload);
    return { ...read, receivedAt: receivedAt === undefined ? now : milliseconds(receivedAt, `${place}.receivedAt`) };
  });
  const begin = () => raw.RawSequence.simulation(encode(config.text), config.placed);
  const { incidents, events, counts, diagnostics } = run(begin, steps, flags) as Simulated;
  return { incidents, events, counts, diagnostics };
}

export function compare(
  oldBody: Text,
  newBody: Text,
  payloads: readonly Text[],
  options: CompareOptions = {},
): Compared {
  const [before, after] = [source("oldBody", oldBody), source("newBody", newBody)];
  const flags = flagsOf(options, ["receivedAt", "additionalTags"]);
  // Not the clock's: what a comparison says should not depend on when it is made.
  const receivedAt = options.receivedAt === undefined ? 0 : milliseconds(options.receivedAt);
  const steps = listed(payloads, (payload: Text, place) => ({ ...source(place, payload), receivedAt }));
  const begin = () => raw.RawSequence.comparison(encode(before.text), before.placed, encode(after.text), after.placed);
  const { same, changes, counts, diagnostics } = run(begin, steps, flags) as Compared;
  return { same, changes, counts, diagnostics };
}

/** Reads every item of a list before any work is done. Also where nothing stands in the list. */
function listed<T>(payloads: readonly T[], read: (item: T, place: string) => Step): Step[] {
  if (!Array.isArray(payloads)) throw new TypeError(`payloads: expected an array, got ${kindOf(payloads)}`);
  return Array.from(payloads as readonly T[], (item, i) => read(item, `payloads[${i}]`));
}

/** Gives the payloads to the engine one by one, so that it holds one at a time, and reads the answer. */
function run(begin: () => raw.RawSequence, steps: readonly Step[], flags: number): unknown {
  const engine = ready();
  let answer: string;
  try {
    const sequence = begin();
    for (const { text, placed, receivedAt } of steps) {
      const length = load(engine, text);
      if (!engine.add(sequence, length, receivedAt, placed ? flags : flags | NOT_PLACED)) break;
    }
    answer = sequence.finish();
  } catch (error) {
    throw failed(error);
  }
  return JSON.parse(answer);
}
