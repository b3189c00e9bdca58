/**
 * Makes the engine without SIMD from the one with SIMD: nearly all of both is the same. `scripts/lib/difference.mjs`
 * made what is read here, and the build looks that it is read rightly.
 *
 * First come two numbers of 32 bits, the length of what is to be made and that of the steps; then the steps, then bytes
 * that are put between. A step is three numbers of seven bits each byte, the lowest first: how many of those bytes to
 * take, how many to copy, and how far from where the last copy would go on, with its sign in the lowest bit. What is left
 * over follows the last step.
 */
export function applied(from: Uint8Array, difference: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = new DataView(difference.buffer, difference.byteOffset, 8);
  const made = new Uint8Array(head.getUint32(0, true));
  const end = 8 + head.getUint32(4, true);
  let [step, literal, at, on] = [8, end, 0, 0];
  const number = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = difference[step++] as number;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  while (step < end) {
    const [left, length, jump] = [number(), number(), number()];
    made.set(difference.subarray(literal, literal + left), at);
    on += left + (jump % 2 === 0 ? jump / 2 : -(jump + 1) / 2);
    made.set(from.subarray(on, on + length), at + left);
    literal += left;
    at += left + length;
    on += length;
  }
  made.set(difference.subarray(literal), at);
  return made;
}
