/** What has to be known of a file where another one is there that is nearly the same. `src/js/difference.ts` says in what form, and reads it. */

/** Bytes by which places are found. */
const SEED = 6;
/** Places that are tried. */
const TRIED = 16;
/** A copy from where the last one would go on costs less than one from elsewhere. */
const ON = 4;
const ELSEWHERE = 12;

/** The bytes from which, with `from`, `to` can be made. */
export function difference(from, to) {
  const places = new Map();
  const seed = (bytes, at) => {
    let number = 0;
    for (let i = 0; i < SEED; i++) number = number * 256 + bytes[at + i];
    return number;
  };
  for (let at = 0; at + SEED <= from.length; at++) {
    const key = seed(from, at);
    const known = places.get(key);
    if (known === undefined) places.set(key, [at]);
    else if (known.length < TRIED) known.push(at);
  }
  const equal = (a, b) => {
    let length = 0;
    while (a + length < from.length && b + length < to.length && from[a + length] === to[b + length]) length++;
    return length;
  };
  const steps = [];
  const literals = [];
  const number = (value) => {
    for (; value > 127; value = Math.floor(value / 128)) steps.push((value % 128) + 128);
    steps.push(value);
  };
  // Where the last copy would go on, and how many bytes were not copied since.
  let [on, left] = [0, 0];
  for (let at = 0; at < to.length; ) {
    let best = { start: on, length: on < from.length ? equal(on, at) : 0 };
    if (best.length < ON) best.length = 0;
    if (at + SEED <= to.length) {
      for (const start of places.get(seed(to, at)) ?? []) {
        const length = equal(start, at);
        if (length >= ELSEWHERE && length > best.length + SEED) best = { start, length };
      }
    }
    if (best.length === 0) {
      literals.push(to[at++]);
      left++;
      on++;
      continue;
    }
    number(left);
    number(best.length);
    const jump = best.start - on;
    number(jump < 0 ? -2 * jump - 1 : 2 * jump);
    at += best.length;
    [on, left] = [best.start + best.length, 0];
  }
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, to.length, true);
  new DataView(head.buffer).setUint32(4, steps.length, true);
  return Uint8Array.of(...head, ...steps, ...literals);
}
