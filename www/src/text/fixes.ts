import type { Diagnostic } from "../engine/types.ts";
import type { DocumentName } from "../panels/contract.ts";

/** The document of the page that a diagnostic speaks of. */
export function documentOf({ document }: Diagnostic): DocumentName {
  return document === "payload" ? "payload" : "config";
}

/** The title of the fix that puts a made-up value into the sample, as the engine has it. */
export const ADD_FIELD = "add the field to the sample, with a value to be replaced";

/**
 * The problems that the engine's `fix` fixes when no codes are given: no remarks, no choice of the user's, and nothing
 * that needs a made-up value.
 */
export function fixable(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(
    ({ document, severity, code, suggestion }) =>
      suggestion &&
      suggestion.title !== ADD_FIELD &&
      document === "body" &&
      severity !== "info" &&
      code !== "identifier-override",
  );
}
