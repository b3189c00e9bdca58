/** The members of a JSON object as they are written, because a number read by JavaScript may lose digits. */
import { type Token, tokenReader } from "../json-tokens.js";

/**
 * The text of `{"config": …, "sample_payload": …}` with the values as in `json`; undefined when one is missing. `json`
 * must be known to be JSON.
 */
export function documentOf(json: Uint8Array): Uint8Array | undefined {
  const members = membersOf(new TextDecoder().decode(json));
  const [config, sample] = [members?.get("config"), members?.get("sample_payload")];
  if (config === undefined || sample === undefined) return undefined;
  return Buffer.from(`{"config": ${config}, "sample_payload": ${sample}}`);
}

/** The members of the outermost object, name to text, of equal names the last one; undefined when there is no object. */
function membersOf(json: string): Map<string, string> | undefined {
  const next = tokenReader(json);
  if (next().text !== "{") return undefined;
  const members = new Map<string, string>();
  for (let name = next().text; name.startsWith('"'); name = next().text) {
    next();
    const first = next();
    members.set(JSON.parse(name) as string, json.slice(first.start, endOfValue(first, next)));
    next();
  }
  return members;
}

/** The end of the value that begins with `token`. */
function endOfValue(token: Token, next: () => Token): number {
  let depth = 0;
  for (let { text, end } = token; ; { text, end } = next()) {
    if (text === "{" || text === "[") depth += 1;
    if (text === "}" || text === "]") depth -= 1;
    if (depth === 0 || text === "") return end;
  }
}
