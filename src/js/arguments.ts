/** Argument checks shared by all functions. What is wrong here is a mistake in the calling program, so it throws. */

/** Names a value's type for a message, more finely than `typeof`. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  const name = Object.prototype.toString.call(value).slice(8, -1);
  return name === "Object" ? "object" : name;
}

/** `instanceof` first because it is fast; the name second because it also holds for values of another realm. */
export function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array || kindOf(value) === "Uint8Array";
}

/** Refuses what is no options object, and names no option of ours: a misspelt option must not pass in silence. */
export function checkOptions(options: unknown, names: readonly string[]): void {
  checkNames("options", "option", options, names);
}

/** Refuses what is no object with members of ours, each of which is a `what`. `place` names the object. */
export function checkNames(place: string, what: string, value: unknown, names: readonly string[]): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`${place}: expected an object, got ${kindOf(value)}`);
  }
  for (const name in value) {
    if (!names.includes(name)) {
      throw new TypeError(`${place}: unknown ${what} \`${name}\`; there are ${list(names)}`);
    }
  }
}

/** Gives the value of an option that is one of a few words. */
export function oneOf<T extends string>(name: string, value: unknown, words: readonly T[]): T {
  if (words.includes(value as T)) return value as T;
  throw new TypeError(
    `options.${name}: expected ${list(words.map((word) => JSON.stringify(word)))}, got ${show(value)}`,
  );
}

/** Refuses what is no text. `name` is that of an option. */
export function checkString(name: string, value: unknown): asserts value is string {
  if (typeof value !== "string") throw new TypeError(`options.${name}: expected a string, got ${kindOf(value)}`);
}

/** A value in a message: strings quoted and cut, everything else by its type. */
export function show(value: unknown): string {
  if (typeof value === "string") {
    return value.length > 60 ? `${JSON.stringify(value.slice(0, 60))}…` : JSON.stringify(value);
  }
  return typeof value === "number" || typeof value === "boolean" ? String(value) : kindOf(value);
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words[words.length - 1]}`;
}
