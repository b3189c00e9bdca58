/** JSON text laid out for people. As text, so that every digit and the order of members stay as they are. */

/** Lays out JSON text that is known to be valid, two spaces to a level. */
export function laidOut(json: string): string {
  const parts: string[] = [];
  let depth = 0;
  let previous = "";
  const line = () => `\n${"  ".repeat(depth)}`;
  for (let at = 0, end = 0; at < json.length; at = end) {
    end = tokenEnd(json, at);
    const token = json.slice(at, end);
    if (token.trim() === "") continue;
    const opened = previous === "{" || previous === "[";
    previous = token;
    if (token === "}" || token === "]") {
      depth -= 1;
      parts.push(opened ? token : line() + token);
      continue;
    }
    if (opened) parts.push(line());
    if (token === "{" || token === "[") depth += 1;
    parts.push(token === "," ? `,${line()}` : token === ":" ? ": " : token);
  }
  return `${parts.join("")}\n`;
}

/** Where a token ends. A blank is a token of its own. */
function tokenEnd(json: string, at: number): number {
  const first = json[at] as string;
  if ("{}[],: \t\r\n".includes(first)) return at + 1;
  if (first !== '"') {
    WORD.lastIndex = at;
    WORD.test(json);
    return Math.max(WORD.lastIndex, at + 1);
  }
  for (let end = json.indexOf('"', at + 1); end >= 0; end = json.indexOf('"', end + 1)) {
    let escapes = 0;
    while (json[end - 1 - escapes] === "\\") escapes += 1;
    if (escapes % 2 === 0) return end + 1;
  }
  return json.length;
}

const WORD = /[^{}[\],:"\s]+/y;

/** Stands before the digits of a number in what {@link exactly} gives; no text of others is likely to have it. */
const NUMBER = "\u0000";

/** JSON read with every digit of its numbers, which are texts then: for comparing. {@link shown} writes them as they were. */
export function exactly(json: string): unknown {
  const parts: string[] = [];
  for (let at = 0, end = 0; at < json.length; at = end) {
    end = tokenEnd(json, at);
    const token = json.slice(at, end);
    parts.push(/^[-\d]/.test(token) ? JSON.stringify(`${NUMBER}${token}`) : token);
  }
  return JSON.parse(parts.join(""));
}

/** A value of {@link exactly} that was written as JSON, with its numbers as numbers. */
export function shown(json: string): string {
  return json.replace(/"\\u0000([^"]*)"/g, "$1");
}

/** Writes characters that a terminal would obey, or that cannot be seen, as JSON escapes: the same JSON. */
export function escaped(json: string): string {
  // Between tokens only line ends and tabs can stand, and they stay.
  return json.replace(/[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
