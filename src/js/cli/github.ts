/** Annotations of GitHub Actions: commands that its runner reads from the output. */
import { Lines } from "./lines.js";
import type { Finding } from "./validate.js";

const LEVELS = { error: "error", warning: "warning", info: "notice" } as const;

export function annotations(findings: readonly Finding[]): string {
  const output = findings.flatMap(({ document, diagnostics }) => {
    const lines = new Lines(document.text);
    return diagnostics.map(({ severity, code, message, help, range }) => {
      const place = range && { line: range.line, col: range.column, ...endOf(range, lines) };
      const properties = Object.entries({ file: document.name, ...place, title: code });
      const shown = properties.map(([name, value]) => `${name}=${property(String(value))}`).join(",");
      return `::${LEVELS[severity]} ${shown}::${data([message, help].filter(Boolean).join("\n"))}\n`;
    });
  });
  return output.join("");
}

/** Columns of an end are shown only inside one line. */
function endOf({ end, line }: { end: number; line: number }, lines: Lines) {
  const to = lines.placeOf(end);
  return to.line > line ? { endLine: to.line } : { endLine: line, endColumn: to.column };
}

/** What would end a line, or begin a command of its own, is written as the runner reads it. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
