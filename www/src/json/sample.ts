import type { Edit } from "../panels/contract.ts";
import { rangeAt } from "./pointer.ts";

/** The sample payload of a request body as a document of its own. */
export function sampleOf(body: string): string {
  const range = rangeAt(body, "/sample_payload");
  return range ? reindent(body.slice(range.start, range.end), -2) : "";
}

/** The edit that makes a payload the sample of a request body. `null` where the text is no such body. */
export function withSample(body: string, payload: string): Edit | null {
  const sample = reindent(payload.trim(), 2);
  const there = rangeAt(body, "/sample_payload");
  if (there) return { ...there, text: sample };
  const config = rangeAt(body, "/config");
  if (config) return { start: config.end, end: config.end, text: `,\n  "sample_payload": ${sample}` };
  return null;
}

/** Moves every line but the first by some columns. A line break inside a JSON string is always escaped, so no value changes. */
function reindent(text: string, columns: number): string {
  if (columns > 0) return text.replaceAll("\n", `\n${" ".repeat(columns)}`);
  return text.replaceAll(new RegExp(`\\n {1,${-columns}}`, "g"), "\n");
}
