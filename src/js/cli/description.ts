/** Descriptions of subcommands, and the options that several of them have. */

export interface Option {
  /** `text` takes a value, `texts` may be repeated, `flag` takes no value. */
  kind: "text" | "texts" | "flag";
  /** What the value is called in the help. */
  value?: string;
  /** The values there are. */
  words?: readonly string[];
  /** What a shell completes the value with. */
  complete?: "file" | "folder";
  help: string;
}

export interface Description {
  summary: string;
  /** Behind `oim`. */
  usage: string;
  about: string;
  options: Record<string, Option>;
  /** What a shell completes operands with. */
  operands: "file" | "folder" | readonly string[] | null;
  /** Stands below the options. */
  notes?: string;
}

export const REGION: Option = { kind: "text", words: ["us", "eu"], help: "region of the account (default us)" };
export const APP_KEY: Option = { kind: "text", value: "key", help: "the app key of the integration" };
export const MODE: Option = {
  kind: "text",
  words: ["create", "update"],
  help: "purpose of the body; create requires a sample that is not blank (default create)",
};
export const RECEIVED_AT: Option = {
  kind: "text",
  value: "time",
  help: "time of receipt, ISO 8601 or epoch time (default: now); used where no source gives a time",
};
export const ADDITIONAL_TAGS: Option = { kind: "flag", help: "add a tag for each field that no rule names" };
export const URL: Option = {
  kind: "text",
  value: "base",
  help: "send requests to this address instead of BigPanda, such as that of `oim mock`",
};
export const VERBOSE: Option = { kind: "flag", help: "log each request to standard error" };
export const TEXT_OR_JSON: Option = { kind: "text", words: ["text", "json"], help: "output format (default text)" };
export const TOKEN =
  "The org token is read only from the environment variable BIGPANDA_ORG_TOKEN. It is never printed.";

export const EXIT_ZERO: Option = { kind: "flag", help: "exit with 0 whatever is wrong with the data" };
export const ARCHIVES = `Payloads are files, patterns, folders with .json, .ndjson and .jsonl files, or \`-\` for standard input.
A file whose first line is JSON has a payload on each line; any other is one payload. Files may be compressed with gzip,
or with Zstandard where Node can read it (22.15 or newer).`;

export const STANDARD_INPUT = "`-` reads standard input.";
