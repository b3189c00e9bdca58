/** What WebAssembly can do here, found by trying. */

/** The smallest module there is. */
export const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
// prettier-ignore
/** A module that uses the wide registers: one function, `i32.const 0`, `i8x16.splat`, `drop`. */
const WIDE = Uint8Array.of(
  ...EMPTY,
  1,
  4,
  1,
  0x60,
  0,
  0, // type: () -> ()
  3,
  2,
  1,
  0, // one function of it
  10,
  9,
  1,
  7,
  0,
  0x41,
  0,
  0xfd,
  15,
  0x1a,
  0x0b,
);

/** Whether WebAssembly has the wide registers here. */
export function hasSimd(): boolean {
  return WebAssembly.validate(WIDE);
}
