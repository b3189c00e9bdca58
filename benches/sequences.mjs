/** What following and comparing payloads costs, and that ten times the payloads cost ten times as much. */
import { body } from "./by-hand.mjs";
import { median, race } from "./harness.mjs";
import { kinds, payloadsOf } from "./payloads.mjs";

/** Ten times the payloads take at most so many times as long. */
export const GROWTH_TARGET = 11;
/** So many payloads of one alert each, and ten times as many. */
const FEW = 1_000;

/** Gives a row for each function: the milliseconds for few payloads and for ten times as many, and the growth. */
export function measureSequences({ simulate, compare }, rounds) {
  const one = payloadsOf(kinds[0]).map(({ bytes }) => bytes);
  const text = JSON.stringify(body);
  // Each alert changes: another status, another identity and two other tags.
  const edited = text.replace('"name":"check","source":["@alert.labels.alertname"]', '"name":"alert","source":["@alert.labels.severity"]');
  if (edited === text) throw new Error("the configuration to compare with is the same");
  const jobs = {
    simulate: (payloads) => simulate(text, payloads.map((payload) => ({ payload, receivedAt: 0 }))),
    "compare, nothing changes": (payloads) => compare(text, text, payloads),
    "compare, all changes": (payloads) => compare(text, edited, payloads),
  };
  return Object.entries(jobs).map(([name, run]) => {
    const sized = [FEW, FEW * 10].map((count) => Array.from({ length: count }, (_, i) => one[i % one.length]));
    const candidates = sized.map((payloads) => ({ name: payloads.length, run: () => run(payloads) }));
    const times = race(candidates, [null], rounds);
    const [few, many] = sized.map((payloads) => times.get(payloads.length));
    const growth = median(many.map((ms, round) => ms / few[round]));
    return { name, payloads: FEW, fewMs: median(few), manyMs: median(many), growth };
  });
}
