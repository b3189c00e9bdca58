/**
 * Times candidates against each other. All run in turn in every round, in an order that moves on by one each time, so
 * that a machine that slows down slows all of them; only ratios inside a round are used. Runs in Node and in browsers.
 */

/** How long a sample lasts at least. Below it the clock and single interruptions would show. */
const SAMPLE_MS = 4;
/** How long a race lasts at most, however many rounds were asked for. */
const RACE_MS = 30_000;
/** How many rounds there are at least. */
const FEWEST = 5;
/** How long a candidate is warmed up, and how long one run may take to be warmed up at all. */
const WARM_MS = 200;

/**
 * Runs candidates `{ name, run, slow }` on the inputs, which take turns. Gives each the milliseconds for one input,
 * round by round. A slow one, whose `run` gives a promise, takes part in the first rounds only.
 */
export async function race(candidates, inputs, { rounds, slowRounds = FEWEST, collect = () => {} }) {
  const runners = [];
  for (const candidate of candidates) {
    const sample = sampler(candidate, inputs);
    runners.push({ ...candidate, sample, repeat: await repeats(sample), times: [] });
  }
  const end = performance.now() + RACE_MS;
  for (let round = 0; round < rounds && (round < FEWEST || performance.now() < end); round++) {
    for (let i = 0; i < runners.length; i++) {
      const runner = runners[(i + round) % runners.length];
      if (runner.slow && round >= slowRounds) continue;
      // Nobody is to pay for what others left behind.
      collect();
      runner.times.push(await runner.sample(runner.repeat));
    }
  }
  return new Map(runners.map(({ name, times }) => [name, times]));
}

/** Only what gives promises is waited for: waiting takes as long as a small job does. */
function sampler({ run, slow }, inputs) {
  let turn = 0;
  const next = () => inputs[turn++ % inputs.length];
  if (!slow) {
    return (repeat) => {
      const start = performance.now();
      for (let i = 0; i < repeat; i++) run(next());
      return (performance.now() - start) / repeat;
    };
  }
  return async (repeat) => {
    const start = performance.now();
    for (let i = 0; i < repeat; i++) await run(next());
    return (performance.now() - start) / repeat;
  };
}

/** How often a run has to be repeated to fill a sample. Finding out warms it up. */
async function repeats(sample) {
  const warm = performance.now() + WARM_MS;
  if ((await sample(1)) > WARM_MS) return 1;
  for (let i = 0; i < 2; i++) await sample(1);
  let repeat = 1;
  for (;;) {
    const ms = await sample(repeat);
    const wanted = Math.ceil(SAMPLE_MS / ms);
    if (wanted <= repeat && performance.now() > warm) return Math.max(1, wanted);
    repeat = Math.max(repeat, Math.min(wanted, repeat * 8));
  }
}

/** How many times as long as the baseline, round by round, as median and where 80 % of the rounds lie. */
export function ratios(baseline, times) {
  const rounds = Math.min(baseline.length, times.length);
  const all = Array.from({ length: rounds }, (_, round) => times[round] / baseline[round]).sort((a, b) => a - b);
  return { median: quantile(all, 0.5), p10: quantile(all, 0.1), p90: quantile(all, 0.9), rounds };
}

/** The median of unsorted numbers. */
export function median(numbers) {
  return quantile(
    [...numbers].sort((a, b) => a - b),
    0.5,
  );
}

function quantile(sorted, q) {
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  return sorted[low] + (sorted[Math.ceil(at)] - sorted[low]) * (at - low);
}
