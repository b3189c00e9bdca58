/** What differs between two JSON values, a line for each place. */

export interface Difference {
  /** Such as `alerts[0].tags.host`. */
  path: string;
  /** As JSON; undefined when there is nothing. */
  expected: string | undefined;
  found: string | undefined;
}

/** Everything that differs; the order of members does not count. */
export function differences(expected: unknown, found: unknown, path = ""): Difference[] {
  if (isObject(expected) && isObject(found)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
    return [...names].flatMap((name) => below(own(expected, name), own(found, name), member(path, name)));
  }
  if (Array.isArray(expected) && Array.isArray(found)) {
    const length = Math.max(expected.length, found.length);
    return Array.from({ length }, (_, at) => below(expected[at], found[at], `${path}[${at}]`)).flat();
  }
  if (JSON.stringify(expected) === JSON.stringify(found)) return [];
  return [{ path, expected: shown(expected), found: shown(found) }];
}

/** `undefined` stands for what is not there; JSON has none. */
function below(expected: unknown, found: unknown, path: string): Difference[] {
  if (expected !== undefined && found !== undefined) return differences(expected, found, path);
  return [{ path, expected: shown(expected), found: shown(found) }];
}

function own(object: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function member(path: string, name: string): string {
  if (!/^[\w-]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}

function shown(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
