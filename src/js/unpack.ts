/**
 * Unpacks the engine. LZMA makes it a fifth smaller than deflate does, and no platform has it built in. Only for what
 * the build packed and unpacked again to see that it is the same: nothing here guards against other input.
 */

/** Properties and length, which stand before the data. */
const HEADER = 13;
/** A probability is a number of 11 bits; it moves a 32nd of its way with each bit read. */
const EVEN = 1 << 10;
/** Below it the range takes up another byte. */
const NARROW = 1 << 24;

/** The states that tell what was read last: below 7 it was a byte. */
const STATES = 12;
const AFTER_BYTE = [0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 4, 5];

/** Gives the bytes that an LZMA file holds, which is in base64. */
export function unpackText(packed: string): Uint8Array<ArrayBuffer> {
  return unpack(Uint8Array.from(atob(packed), (character) => character.charCodeAt(0)));
}

/** Gives the bytes that an LZMA file holds. */
export function unpack(packed: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = new DataView(packed.buffer, packed.byteOffset, HEADER);
  const properties = header.getUint8(0);
  const literalContext = properties % 9;
  const literalMask = (1 << (Math.floor(properties / 9) % 5)) - 1;
  const positionMask = (1 << Math.floor(properties / 45)) - 1;
  const out = new Uint8Array(header.getUint32(5, true));

  const probabilities = (count: number) => new Uint16Array(count).fill(EVEN);
  const isMatch = probabilities(STATES << 4);
  const isRepeat = probabilities(STATES);
  const isSecond = probabilities(STATES);
  const isThird = probabilities(STATES);
  const isFourth = probabilities(STATES);
  const isLonger = probabilities(STATES << 4);
  const literals = probabilities(0x300 << 8);
  const slots = probabilities(4 << 6);
  const middles = probabilities(128);
  const lows = probabilities(16);
  /** A choice of three kinds of length, then for each position eight short ones and eight of medium length, and 256 long ones. */
  const lengths = () => ({
    choice: probabilities(2),
    short: probabilities(16 << 3),
    medium: probabilities(16 << 3),
    long: probabilities(256),
  });
  const matchLengths = lengths();
  const repeatLengths = lengths();

  // The first byte of the data is always zero.
  let at = HEADER + 1;
  let range = 0xffff_ffff;
  let code = 0;
  for (let i = 0; i < 4; i++) code = (code << 8) | (packed[at++] as number);
  code >>>= 0;

  const bit = (model: Uint16Array, place: number): number => {
    const probability = model[place] as number;
    const bound = (range >>> 11) * probability;
    let read = 0;
    if (code < bound) {
      range = bound;
      model[place] = probability + ((2048 - probability) >> 5);
    } else {
      range -= bound;
      code -= bound;
      model[place] = probability - (probability >> 5);
      read = 1;
    }
    if (range < NARROW) {
      range = (range << 8) >>> 0;
      code = ((code << 8) | (packed[at++] as number)) >>> 0;
    }
    return read;
  };
  /** A number, its highest bit first. */
  const tree = (model: Uint16Array, from: number, bits: number): number => {
    let node = 1;
    for (let i = 0; i < bits; i++) node = (node << 1) | bit(model, from + node);
    return node - (1 << bits);
  };
  /** A number, its lowest bit first. */
  const reversed = (model: Uint16Array, from: number, bits: number): number => {
    let node = 1;
    let number = 0;
    for (let i = 0; i < bits; i++) {
      const read = bit(model, from + node);
      node = (node << 1) | read;
      number |= read << i;
    }
    return number;
  };
  /** Bits that are as likely as not. */
  const direct = (bits: number): number => {
    let number = 0;
    for (let i = 0; i < bits; i++) {
      range >>>= 1;
      const read = code >= range ? 1 : 0;
      if (read) code -= range;
      if (range < NARROW) {
        range = (range << 8) >>> 0;
        code = ((code << 8) | (packed[at++] as number)) >>> 0;
      }
      number = (number << 1) | read;
    }
    return number;
  };
  const length = (model: ReturnType<typeof lengths>, position: number): number => {
    if (!bit(model.choice, 0)) return 2 + tree(model.short, position << 3, 3);
    if (!bit(model.choice, 1)) return 10 + tree(model.medium, position << 3, 3);
    return 18 + tree(model.long, 0, 8);
  };
  const distance = (count: number): number => {
    const slot = tree(slots, Math.min(count - 2, 3) << 6, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) << bits;
    if (slot < 14) return high + reversed(middles, high - slot, bits);
    return high + (direct(bits - 4) << 4) + reversed(lows, 0, 4);
  };

  let state = 0;
  let size = 0;
  /** The distances of the last four matches. */
  let [last, second, third, fourth] = [0, 0, 0, 0];
  while (size < out.length) {
    const position = size & positionMask;
    if (!bit(isMatch, (state << 4) + position)) {
      const before = size > 0 ? (out[size - 1] as number) : 0;
      const from = 0x300 * (((size & literalMask) << literalContext) + (before >> (8 - literalContext)));
      let node = 1;
      if (state >= 7) {
        // After a match, the byte that would have gone on with it says what is unlikely here.
        let expected = out[size - last - 1] as number;
        while (node < 0x100) {
          const hint = (expected >> 7) & 1;
          expected <<= 1;
          const read = bit(literals, from + ((1 + hint) << 8) + node);
          node = (node << 1) | read;
          if (hint !== read) break;
        }
      }
      while (node < 0x100) node = (node << 1) | bit(literals, from + node);
      out[size++] = node;
      state = AFTER_BYTE[state] as number;
      continue;
    }
    let count: number;
    if (!bit(isRepeat, state)) {
      count = length(matchLengths, position);
      [last, second, third, fourth] = [distance(count), last, second, third];
      state = state < 7 ? 7 : 10;
    } else if (bit(isSecond, state)) {
      if (!bit(isThird, state)) [last, second] = [second, last];
      else if (!bit(isFourth, state)) [last, second, third] = [third, last, second];
      else [last, second, third, fourth] = [fourth, last, second, third];
      count = length(repeatLengths, position);
      state = state < 7 ? 8 : 11;
    } else if (bit(isLonger, (state << 4) + position)) {
      count = length(repeatLengths, position);
      state = state < 7 ? 8 : 11;
    } else {
      count = 1;
      state = state < 7 ? 9 : 11;
    }
    while (count-- > 0) {
      out[size] = out[size - last - 1] as number;
      size += 1;
    }
  }
  return out;
}
