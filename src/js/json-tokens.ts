/** The tokens of JSON text, for those who keep a document as it is written. */
import { createScanner } from "jsonc-parser";

export interface Token {
  /** As it is written; empty at the end of the text. */
  text: string;
  start: number;
  end: number;
}

/**
 * Reads the tokens of valid JSON one by one. The package's parser recurses, its scanner does not: nesting has no limit.
 */
export function tokenReader(json: string): () => Token {
  const scanner = createScanner(json, true);
  return () => {
    scanner.scan();
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    return { text: json.slice(start, end), start, end };
  };
}

/** All tokens of valid JSON as text. */
export function* tokensOf(json: string): Generator<string> {
  const next = tokenReader(json);
  for (let { text } = next(); text !== ""; { text } = next()) yield text;
}
