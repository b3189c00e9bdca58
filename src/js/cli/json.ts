/** JSON text that keeps every digit and the order of members, because it is never read into JavaScript's numbers. */
import { tokensOf } from "../json-tokens.js";

/** Lays out JSON text that is known to be valid, two spaces to a level. */
export function prettyPrint(json: string): string {
  const parts: string[] = [];
  let depth = 0;
  let previous = "";
  const line = () => `\n${"  ".repeat(depth)}`;
  for (const token of tokensOf(json)) {
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

/** Marks the digits of a number in {@link parseExact}; no text of users is likely to begin with it. */
const NUMBER = "\u0000";

/** Parses JSON for comparing: numbers become text with all their digits. {@link unmarkNumbers} writes them back. */
export function parseExact(json: string): unknown {
  const parts: string[] = [];
  for (const token of tokensOf(json)) {
    parts.push(/^[-\d]/.test(token) ? JSON.stringify(`${NUMBER}${token}`) : token);
  }
  return JSON.parse(parts.join(""));
}

/** JSON of a value of {@link parseExact}, with its numbers as numbers. */
export function unmarkNumbers(json: string): string {
  return json.replace(/"\\u0000([^"]*)"/g, "$1");
}

/** JSON text without its layout, every digit as it was; other text as it is. */
export function normalize(text: string): string {
  try {
    const json = text.replace(/^\ufeff/, "");
    // The exact parser takes only what is JSON.
    JSON.parse(json);
    return unmarkNumbers(JSON.stringify(parseExact(json)));
  } catch {
    // Also what is nested too deeply for JSON.stringify, which recurses.
    return text;
  }
}

/** Writes characters that control a terminal or are invisible as JSON escapes: the same JSON. */
export function escapeControls(json: string): string {
  // Only line ends and tabs can be between tokens, and they stay.
  return json.replace(/[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
