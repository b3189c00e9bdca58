/** Finds the token in text from a server, which may have escaped some of its characters. */

/** Backslashes before a character: JSON text inside a string of JSON has two for one. */
const BACKSLASHES = "\\\\{1,4}";

/** Matches the token with each character as it is, or escaped as in JSON, in an address or in HTML. */
export function tokenPattern(token: string): RegExp {
  return new RegExp(Array.from(token, spellings).join(""), "gi");
}

function spellings(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16).padStart(2, "0");
  const literal = character.replace(/[^\w]/, "\\$&");
  const named = NAMED[character] === undefined ? "" : `|&${NAMED[character]};`;
  return `(?:${literal}|${BACKSLASHES}(?:u00${hex}|x${hex}|${literal})|%${hex}|&#(?:x0{0,5}${hex}|0{0,5}${code});${named})`;
}

const NAMED: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };
