import { rangeAt } from "./pointer.ts";

/** The path of the array of alerts that a body or bare configuration names; `null` where the payload is one alert. */
export function arraySourceOf(body: string): string | null {
  const at = rangeAt(body, "/config") ? "/config" : "";
  const value = (key: string): unknown => {
    const range = rangeAt(body, `${at}/${key}`);
    try {
      return range ? JSON.parse(body.slice(range.start, range.end)) : undefined;
    } catch {
      return undefined;
    }
  };
  const source = value("array_source");
  return value("is_array") === true && typeof source === "string" ? source : null;
}

/** The source that names the value to which keys lead in a payload, for a configuration. */
export function sourceOf(path: readonly string[], body: string): string {
  const array = arraySourceOf(body);
  if (array === null) return path.join(".");
  // The array's own path may be spelt with dots inside keys.
  for (let length = 0; length < path.length; length += 1) {
    if (path.slice(0, length).join(".") === array && /^\d+$/.test(path[length] ?? ""))
      return ["@alert", ...path.slice(length + 1)].join(".");
  }
  return path.join(".");
}
