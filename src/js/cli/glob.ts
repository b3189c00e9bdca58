/** Patterns of file names, for shells that do not expand them: `*`, `?`, `[…]`, `{a,b}` and `**` for any folders. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { unreadable } from "./usage-error.js";

/** Folders that are searched only where they are named. */
const SKIPPED = new Set(["node_modules"]);

/** What `{a,b}` may expand to. */
const MOST_ALTERNATIVES = 1000;

export function isPattern(name: string): boolean {
  return /[*?[{]/.test(name);
}

/** The matching files, sorted. */
export async function expand(pattern: string): Promise<string[]> {
  const parts = (process.platform === "win32" ? pattern.replaceAll("\\", "/") : pattern).split("/");
  const fixed = parts.findIndex(isPattern);
  const start = parts.slice(0, fixed).join("/");
  const folder = start === "" && fixed > 0 ? "/" : start;
  const found = new Set<string>();
  for (const alternative of alternatives(parts.slice(fixed).join("/"))) {
    await walk(folder, alternative.split("/"), found, new Set());
  }
  return [...found].sort();
}

/** Several `**` lead to the same folder in many ways; `visited` keeps each from being searched again. */
async function walk(folder: string, parts: readonly string[], found: Set<string>, visited: Set<string>): Promise<void> {
  const [part, ...rest] = parts;
  const visit = `${parts.length} ${folder}`;
  if (part === undefined || visited.has(visit)) return;
  visited.add(visit);
  const deep = part === "**";
  if (deep && rest.length > 0) await walk(folder, rest, found, visited);
  // A folder that cannot be read has no matching files.
  const entries = await readdir(folder === "" ? "." : folder, { withFileTypes: true }).catch(() => []);
  const matches = deep ? (name: string) => !name.startsWith(".") : matcher(part);
  for (const entry of entries) {
    if (!matches(entry.name)) continue;
    const path = folder === "" ? entry.name : join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name) || part === entry.name) await walk(path, deep ? parts : rest, found, visited);
    } else if (rest.length === 0) found.add(path);
  }
}

/** A pattern for each choice of `{a,b}`. */
function alternatives(pattern: string): string[] {
  const complete: string[] = [];
  const pending = [pattern];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [whole, before = "", inside = "", after = ""] = /^(.*?)\{([^{}]*)\}(.*)$/s.exec(next) ?? [];
    if (whole === undefined) complete.push(next);
    else pending.push(...inside.split(",").map((choice) => `${before}${choice}${after}`));
    if (complete.length + pending.length > MOST_ALTERNATIVES) {
      throw unreadable(`${pattern} stands for more than ${MOST_ALTERNATIVES} patterns; use fewer {a,b}`);
    }
  }
  return complete;
}

/**
 * Matches names against one part of a pattern. The text between two `*` is taken where it occurs first, without
 * backtracking: a later place never helps, and trying all of them takes minutes. Hidden files must be named.
 */
function matcher(part: string): (name: string) => boolean {
  const between = [""];
  for (const [token, not, set] of part.matchAll(/\[(!?)([^\]/]+)\]|\*+|[^]/gu)) {
    const source = set === undefined ? literal(token) : `[${not && "^"}${set.replace(/[\\^\]]/g, "\\$&")}]`;
    if (token.startsWith("*")) between.push("");
    else between[between.length - 1] += source;
  }
  const [first = "", ...others] = between;
  const last = others.pop();
  const middle = others.map((text, index) => `(?=([^]*?${text}))\\${index + 1}`).join("");
  const hidden = part.startsWith(".") ? "" : "(?!\\.)";
  try {
    const pattern = new RegExp(`^${hidden}${first}${last === undefined ? "" : `${middle}[^]*${last}`}$`, "su");
    return (name) => pattern.test(name);
  } catch {
    // A range such as [z-a] matches nothing.
    return () => false;
  }
}

function literal(character: string): string {
  return character === "?" ? "." : character.replace(/[\\^$.|+()[\]{}]/, "\\$&");
}
