/** JSON values, and texts of them that are laid out as people, programs and accidents do. */
import fc from "fast-check";

const key = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("name", "source", "status", "a", "b", "a.b", "@alert", "", "x/y", "~", "ü", "0", "1"),
  },
  fc.string({ unit: "grapheme", maxLength: 5 }).filter((text) => text !== "__proto__"),
);
const scalar = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (n === 0 ? 0 : n)),
);

export const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
export const container = fc.oneof(
  fc.array(value, { maxLength: 4 }),
  fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true }),
);

/** Texts as programs write them: one layout throughout. */
export const tidy = fc
  .tuple(container, fc.constantFrom(undefined, 1, 2, 4, "\t"), fc.constantFrom("\n", "\r\n"))
  .map(([json, indent, eol]) => JSON.stringify(json, null, indent).replaceAll("\n", eol));

/** Texts with any white space anywhere, and keys that occur twice. */
export const wild = fc
  .tuple(
    container,
    fc.array(fc.constantFrom("", "", " ", "\n", "\n  ", "\r\n\t", "  \n\n "), { minLength: 7, maxLength: 7 }),
    fc.integer({ min: 0, max: 6 }),
    fc.boolean(),
  )
  .map(([json, spaces, from, twice]) => {
    let at = from;
    const space = () => spaces[at++ % spaces.length];
    const write = (node) => {
      if (Array.isArray(node))
        return `[${space()}${node.map((item) => write(item)).join(`${space()},${space()}`)}${space()}]`;
      if (node === null || typeof node !== "object") return JSON.stringify(node);
      const members = Object.entries(node).map(
        ([name, item]) => `${JSON.stringify(name)}${space()}:${space()}${write(item)}`,
      );
      const [first] = Object.keys(node);
      if (twice && first !== undefined) members.unshift(`${JSON.stringify(first)}: {"gone": [1]}`);
      return `{${space()}${members.join(`${space()},${space()}`)}${space()}}`;
    };
    return space() + write(json) + space();
  });

/** Paths of everything in a value, itself first. */
export function pathsIn(json, path = []) {
  if (json === null || typeof json !== "object") return [path];
  const steps = Array.isArray(json) ? json.map((_, index) => index) : Object.keys(json);
  return [path, ...steps.flatMap((step) => pathsIn(json[step], [...path, step]))];
}

export function lookUp(json, path) {
  return path.reduce((node, step) => node?.[step], json);
}

/** A changed copy of a value: `change` gets the copy of what is at the path. */
export function changed(json, path, change) {
  const copy = structuredClone(json);
  change(lookUp(copy, path));
  return copy;
}
