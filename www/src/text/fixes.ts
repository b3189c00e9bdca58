import type { Diagnostic } from "../engine/types.ts";
import type { DocumentName, Edit } from "../panels/contract.ts";

/** The document of the page that a diagnostic speaks of. */
export function documentOf({ document }: Diagnostic): DocumentName {
  return document === "payload" ? "payload" : "config";
}

/**
 * The suggestions of diagnostics that can be taken together: of two that touch the same text, the first. They can be
 * applied at once, since their places are those of the text as it is.
 */
export function together(
  diagnostics: readonly Diagnostic[],
): { document: DocumentName; edits: Edit[]; count: number }[] {
  const documents: DocumentName[] = ["config", "payload"];
  return documents.flatMap((document) => {
    const edits: Edit[] = [];
    let count = 0;
    for (const diagnostic of diagnostics) {
      const wanted = documentOf(diagnostic) === document ? (diagnostic.suggestion?.edits ?? []) : [];
      if (wanted.length === 0 || wanted.some((edit) => edits.some((other) => touch(edit, other)))) continue;
      edits.push(...wanted);
      count += 1;
    }
    edits.sort((a, b) => a.start - b.start);
    return count > 0 ? [{ document, edits, count }] : [];
  });
}

/** Two insertions at one place touch as well: nothing says which comes first. */
function touch(a: Edit, b: Edit): boolean {
  return a.start <= b.end && b.start <= a.end;
}
