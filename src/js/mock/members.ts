/** The members of a JSON object as they are written, because a number read by JavaScript may lose digits. */

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * The members of the outermost object, name to text; of equal names the last one counts. Undefined when there is no
 * object. `json` must be known to be JSON: what is not JSON gives an answer without meaning.
 */
export function membersOf(json: Uint8Array): Map<string, Uint8Array> | undefined {
  let at = skipSpace(json, BYTE_ORDER_MARK.every((byte, index) => json[index] === byte) ? 3 : 0);
  if (json[at] !== OPEN_BRACE) return undefined;
  const members = new Map<string, Uint8Array>();
  at = skipSpace(json, at + 1);
  while (at < json.length && json[at] !== CLOSE_BRACE) {
    const nameEnd = skipValue(json, at);
    const name = JSON.parse(new TextDecoder().decode(json.subarray(at, nameEnd))) as string;
    at = skipSpace(json, nameEnd);
    if (json[at] === COLON) at = skipSpace(json, at + 1);
    const end = skipValue(json, at);
    members.set(name, json.subarray(at, end));
    at = skipSpace(json, end);
    if (json[at] === COMMA) at = skipSpace(json, at + 1);
  }
  return members;
}

/** The text of `{"config": …, "sample_payload": …}` with the values as in `json`; undefined when one is missing. */
export function documentOf(json: Uint8Array): Uint8Array | undefined {
  const members = membersOf(json);
  const [config, sample] = [members?.get("config"), members?.get("sample_payload")];
  if (config === undefined || sample === undefined) return undefined;
  const [open, middle, close] = ['{"config": ', ', "sample_payload": ', "}"].map((text) => Buffer.from(text));
  return Buffer.concat([open, config, middle, sample, close] as Uint8Array[]);
}

function skipSpace(json: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(json[at])) at += 1;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** The end of the value that begins at `from`. */
function skipValue(json: Uint8Array, from: number): number {
  let at = from;
  let depth = 0;
  while (at < json.length) {
    const byte = json[at];
    if (byte === QUOTE) {
      at = skipString(json, at);
      if (depth === 0) return at;
      continue;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      // At depth 0 it closes what the value, a number or a word, stands in.
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (byte === COMMA || byte === COLON || isSpace(byte))) return at;
    at += 1;
  }
  return at;
}

function skipString(json: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return Math.min(at + 1, json.length);
}
