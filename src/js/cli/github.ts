/** Annotations of GitHub Actions: commands that its runner reads from the output. */
import type { Finding } from "./validate.js";

const LEVELS = { error: "error", warning: "warning", info: "notice" } as const;

export function annotations(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ document, diagnostics }) =>
    diagnostics.map(({ severity, code, message, help, range }) => {
      const place = range && { line: range.line, col: range.column, ...endOf(document.text, range) };
      const properties = Object.entries({ file: document.name, ...place, title: code });
      const shown = properties.map(([name, value]) => `${name}=${property(String(value))}`).join(",");
      return `::${LEVELS[severity]} ${shown}::${data([message, help].filter(Boolean).join("\n"))}\n`;
    }),
  );
  return lines.join("");
}

/** Columns of an end are shown only inside one line. */
function endOf(
  text: string,
  { start, end, line, column }: { start: number; end: number; line: number; column: number },
) {
  const lines = text.slice(start, end).split("\n").length - 1;
  return lines > 0 ? { endLine: line + lines } : { endLine: line, endColumn: column + Math.max(0, end - start) };
}

/** What would end a line, or begin a command of its own, is written as the runner reads it. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
