/** Reads a subcommand's options. Node's own errors are not used: they advise what these commands do not have. */
import { parseArgs } from "node:util";
import { closest } from "./closest.js";
import { Misuse } from "./misuse.js";

/** Options by their long names: `text` takes a value, `texts` may be given again and again, `flag` takes none. */
export type Specs = Record<string, "text" | "texts" | "flag">;

export interface Options {
  /** Whether help was asked for; then nothing else was looked at. */
  help: boolean;
  /** The value of a `text`. */
  text(name: string): string | undefined;
  /** The values of a `texts`, in order; undefined when there is none. */
  texts(name: string): string[] | undefined;
  flag(name: string): boolean;
  /** What is no option, in order. */
  operands: string[];
}

export function readOptions(command: string, args: string[], specs: Specs): Options {
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, kind]) => [name, { type: kind === "flag" ? "boolean" : "string" } as const]),
  );
  const help = { type: "boolean", short: "h" } as const;
  const { tokens } = parseArgs({ args, options: { ...options, help }, strict: false, tokens: true });
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  const wrong: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    const kind = name === "help" ? "flag" : Object.hasOwn(specs, name) ? specs[name] : undefined;
    const earlier = values.get(name);
    if (kind === undefined) {
      const known = [...Object.keys(specs), "help"].map((word) => `--${word}`);
      wrong.push(`\`${rawName}\` is not an option${closest(rawName, known)}`);
    } else if (kind === "flag" && value !== undefined) wrong.push(`\`${rawName}\` takes no value`);
    else if (kind !== "flag" && (value === undefined || isOption(token))) wrong.push(`\`${rawName}\` needs a value`);
    else if (kind === "text" && earlier !== undefined) wrong.push(`\`${rawName}\` is given twice`);
    else values.set(name, [...(earlier ?? []), value ?? ""]);
  }
  const asked = values.has("help");
  if (!asked && wrong[0] !== undefined) throw new Misuse(command, wrong[0]);
  return {
    help: asked,
    text: (name) => values.get(name)?.[0],
    texts: (name) => values.get(name),
    flag: (name) => values.has(name),
    operands,
  };
}

/** Whether what was taken for a value is the next option; with `--name=-x` it is meant to be a value. */
function isOption({ value, inlineValue }: { value?: string | undefined; inlineValue?: boolean | undefined }): boolean {
  return inlineValue === false && value !== undefined && value.length > 1 && value.startsWith("-");
}
