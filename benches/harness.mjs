/**
 * Times candidates against a baseline. All run in turn in every round, in an order that moves on by one each time, so
 * that a machine that slows down slows all of them; only ratios inside a round are used.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

/** How long one sample lasts at least. Below it the clock and single interruptions would show. */
const SAMPLE_MS = 4;
/** How long a race lasts at most, however many rounds were asked for. */
const RACE_MS = 40_000;

/** Runs `{ name, run }` on the inputs, which take turns. Gives each the milliseconds for one input, round by round. */
export function race(candidates, inputs, rounds) {
  const runners = candidates.map(({ name, run }) => {
    let turn = 0;
    const sample = (repeat) => {
      const start = performance.now();
      for (let i = 0; i < repeat; i++) run(inputs[turn++ % inputs.length]);
      return (performance.now() - start) / repeat;
    };
    return { name, sample, repeat: repeats(sample), times: [] };
  });
  const end = performance.now() + RACE_MS;
  for (let round = 0; round < rounds && (round < 5 || performance.now() < end); round++) {
    for (let i = 0; i < runners.length; i++) {
      const runner = runners[(i + round) % runners.length];
      // Nobody is to pay for what others left behind.
      collect();
      runner.times.push(runner.sample(runner.repeat));
    }
  }
  return new Map(runners.map(({ name, times }) => [name, times]));
}

/** How often a run has to be repeated to fill a sample. Finding out warms it up. */
function repeats(sample) {
  for (let i = 0; i < 3; i++) sample(1);
  const warm = performance.now() + 200;
  let repeat = 1;
  for (;;) {
    const ms = sample(repeat);
    const wanted = Math.ceil(SAMPLE_MS / ms);
    if (wanted <= repeat && performance.now() > warm) return Math.max(1, wanted);
    repeat = Math.max(repeat, Math.min(wanted, repeat * 8));
  }
}

/** How many times faster than the baseline, round by round, as median and spread. */
export function ratios(baseline, times) {
  const all = times.map((ms, round) => baseline[round] / ms).sort((a, b) => a - b);
  return { median: quantile(all, 0.5), p10: quantile(all, 0.1), p90: quantile(all, 0.9), rounds: all.length };
}

/** The median of unsorted numbers. */
export function median(numbers) {
  return quantile([...numbers].sort((a, b) => a - b), 0.5);
}

function quantile(sorted, q) {
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  return sorted[low] + (sorted[Math.ceil(at)] - sorted[low]) * (at - low);
}
