/** Reads a subcommand's options. Node's own errors are not used: they advise what these commands do not have. */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { didYouMean } from "./did-you-mean.js";
import { isPattern } from "./glob.js";
import { UsageError } from "./usage-error.js";
import type { Option } from "./table.js";

export interface Options {
  /** Whether help was asked for; then nothing else was looked at. */
  help: boolean;
  /** The value of a `text`. */
  text(name: string): string | undefined;
  /** The values of a `texts`, in order; undefined when there is none. */
  texts(name: string): string[] | undefined;
  flag(name: string): boolean;
  /** A `text` that has to be a whole number from `least` on. */
  whole(name: string, least: number, most: number): number | undefined;
  /** What is no option, in order. */
  operands: string[];
}

export function readOptions(command: string, args: string[], specs: Record<string, Option>): Options {
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { kind }]) => [name, { type: kind === "flag" ? "boolean" : "string" } as const]),
  );
  const help = { type: "boolean", short: "h" } as const;
  const { tokens } = parseArgs({ args, options: { ...options, help }, strict: false, tokens: true });
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  const wrong: string[] = [];
  const single = new Set<number>();
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const argument = args[token.index] ?? "";
    // Letters behind one dash are not options that were joined: there is only `-h`.
    if (/^-[^-]/.test(argument) && argument !== "-h") {
      if (single.has(token.index)) continue;
      single.add(token.index);
      // A pattern such as `*.json` may expand to it.
      if (existsSync(argument) || isPattern(argument)) operands.push(argument);
      else wrong.push(`\`${argument}\` is not an option`);
      continue;
    }
    if (existsSync(argument)) {
      throw new UsageError(command, `\`${argument}\` is also the name of a file; write \`./${argument}\` for the file`);
    }
    const { name, rawName, value } = token;
    const { kind, words } = optionOf(name, specs);
    const earlier = values.get(name);
    if (kind === undefined) {
      const known = [...Object.keys(specs), "help"].map((word) => `--${word}`);
      wrong.push(`\`${rawName}\` is not an option${didYouMean(rawName, known)}`);
    } else if (kind === "flag" && value !== undefined) wrong.push(`\`${rawName}\` takes no value`);
    else if (kind !== "flag" && (value === undefined || isOption(token))) wrong.push(`\`${rawName}\` needs a value`);
    else if (kind === "text" && earlier !== undefined) wrong.push(`\`${rawName}\` is given twice`);
    else if (words !== undefined && !words.includes(value ?? "")) {
      wrong.push(`${rawName}: expected ${words.join(", ")}, got \`${value}\`${didYouMean(value ?? "", words)}`);
    } else values.set(name, [...(earlier ?? []), value ?? ""]);
  }
  const asked = values.has("help");
  if (!asked && wrong[0] !== undefined) throw new UsageError(command, wrong[0]);
  return {
    help: asked,
    text: (name) => values.get(name)?.[0],
    texts: (name) => values.get(name),
    flag: (name) => values.has(name),
    whole(name, least, most) {
      const [text] = values.get(name) ?? [];
      if (text === undefined) return undefined;
      const number = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
      if (number >= least && number <= most) return number;
      throw new UsageError(command, `--${name}: expected a whole number from ${least} to ${most}, got \`${text}\``);
    },
    operands,
  };
}

function optionOf(name: string, specs: Record<string, Option>): Partial<Option> {
  if (name === "help") return { kind: "flag" };
  return (Object.hasOwn(specs, name) && specs[name]) || {};
}

/** Whether what was taken for a value is the next option; with `--name=-x` it is meant to be a value. */
function isOption({ value, inlineValue }: { value?: string | undefined; inlineValue?: boolean | undefined }): boolean {
  return inlineValue === false && value !== undefined && value.length > 1 && value.startsWith("-");
}
