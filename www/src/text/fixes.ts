import type { Diagnostic } from "../engine/types.ts";
import type { DocumentName } from "../panels/contract.ts";

/** The document of the page that a diagnostic speaks of. */
export function documentOf({ document }: Diagnostic): DocumentName {
  return document === "payload" ? "payload" : "config";
}

/** The problems that the engine's `fix` fixes when it is not told which: no remarks, and no choice of the user's. */
export function fixable(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(
    ({ document, severity, code, suggestion }) =>
      suggestion && document === "body" && severity !== "info" && code !== "identifier-override",
  );
}
