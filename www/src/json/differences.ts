import { pointerOf } from "./pointer.ts";

/** A value that is another one, or is only in one of two documents. */
export interface Difference {
  /** RFC 6901 pointer, into the document that has it. */
  pointer: string;
  /** As JSON text. */
  before: string | null;
  after: string | null;
}

/** How two JSON values differ, at the deepest places where they do. Items of lists are compared place by place. */
export function differences(before: unknown, after: unknown, path: readonly string[] = []): Difference[] {
  if (Object.is(before, after)) return [];
  const [one, two] = [parts(before), parts(after)];
  if (!one || !two || Array.isArray(before) !== Array.isArray(after)) {
    return [{ pointer: pointerOf(path), before: written(before), after: written(after) }];
  }
  return [...new Set([...one.keys(), ...two.keys()])].flatMap((key) =>
    differences(one.get(key), two.get(key), [...path, key]),
  );
}

function parts(value: unknown): Map<string, unknown> | null {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : null;
}

function written(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
