/** Text of others in Markdown: nothing in it is markup, a mention or the end of what it stands in. */
import { sanitize } from "./terminal.js";

/** As code, also in a cell of a table. */
export function code(text: string): string {
  const inert = sanitize(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...inert.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  // One space at each end is not shown; an empty piece of code cannot be written.
  const padded = inert === "" || /^[` ]|[` ]$/.test(inert) ? ` ${inert} ` : inert;
  return `${fence}${padded}${fence}`;
}

/** As text. */
export function plain(text: string): string {
  return sanitize(text).replace(/[\\`*_{}[\]<>()#+!|~@&-]/g, "\\$&");
}

/** A table; the cells are Markdown. The columns from the second on are numbers if `numbers` says so. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: readonly boolean[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, place) => (numbers[place] ? "---:" : "---"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
