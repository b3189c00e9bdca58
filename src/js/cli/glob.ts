/** Patterns of file names, for shells that do not expand them: `*`, `?`, `[…]`, `{a,b}` and `**` for any folders. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Folders that are never looked into unless they are named. */
const PASSED_OVER = new Set(["node_modules"]);

export function isPattern(name: string): boolean {
  return /[*?[{]/.test(name);
}

/** The files that fit, sorted. */
export async function expand(pattern: string): Promise<string[]> {
  const parts = (process.platform === "win32" ? pattern.replaceAll("\\", "/") : pattern).split("/");
  const fixed = parts.findIndex(isPattern);
  const start = parts.slice(0, fixed).join("/");
  const folder = start === "" && fixed > 0 ? "/" : start;
  const found = new Set<string>();
  for (const alternative of braces(parts.slice(fixed).join("/"))) {
    await walk(folder, alternative.split("/"), found);
  }
  return [...found].sort();
}

async function walk(folder: string, [part, ...rest]: string[], found: Set<string>): Promise<void> {
  if (part === undefined) return;
  const deep = part === "**";
  if (deep && rest.length > 0) await walk(folder, rest, found);
  // Where nothing can be read there is nothing that fits.
  const entries = await readdir(folder === "" ? "." : folder, { withFileTypes: true }).catch(() => []);
  const fits = deep ? /^[^.]/ : matcher(part);
  for (const entry of entries) {
    if (!fits.test(entry.name)) continue;
    const path = folder === "" ? entry.name : join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!PASSED_OVER.has(entry.name) || part === entry.name) await walk(path, deep ? [part, ...rest] : rest, found);
    } else if (rest.length === 0) found.add(path);
  }
}

/** A pattern for each way to take one of `{a,b}`. */
function braces(pattern: string): string[] {
  const [whole, before = "", inside = "", after = ""] = /^(.*?)\{([^{}]*)\}(.*)$/s.exec(pattern) ?? [];
  if (whole === undefined) return [pattern];
  return inside.split(",").flatMap((choice) => braces(`${before}${choice}${after}`));
}

/** One name against one part. Hidden files have to be asked for. */
function matcher(part: string): RegExp {
  const source = part.replace(/\[(!?)([^\]/]+)\]|[*?]|[\\^$.|+()[\]{}]/g, (sign, not: string, set?: string) => {
    if (set !== undefined) return `[${not === "!" ? "^" : ""}${set.replace(/[\\^\]]/g, "\\$&")}]`;
    if (sign === "*") return "[^/]*";
    return sign === "?" ? "[^/]" : `\\${sign}`;
  });
  return new RegExp(`^${part.startsWith(".") ? "" : "(?!\\.)"}${source}$`, "su");
}
