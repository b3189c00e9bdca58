/** What the subcommands take. Parsing, help and completion read this; nothing here needs the engine. */

export interface Option {
  /** `text` takes a value, `texts` may be given again and again, `flag` takes none. */
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

const REGION: Option = { kind: "text", words: ["us", "eu"], help: "where the account is (default us)" };
const APP_KEY: Option = { kind: "text", value: "key", help: "the app key of the integration" };
const MODE: Option = {
  kind: "text",
  words: ["create", "update"],
  help: "what the body is for: create needs a sample that is not blank (default create)",
};
const RECEIVED_AT: Option = {
  kind: "text",
  value: "time",
  help: "when the payloads were received, ISO 8601 or epoch milliseconds (default: now); counts where no source gives a time",
};
const ADDITIONAL_TAGS: Option = { kind: "flag", help: "make a tag of each field that no rule names" };
const URL: Option = {
  kind: "text",
  value: "base",
  help: "another address than BigPanda's, such as that of `oim mock`",
};
const VERBOSE: Option = { kind: "flag", help: "tell each request on standard error" };
const TEXT_OR_JSON: Option = { kind: "text", words: ["text", "json"], help: "how to print (default text)" };
const TOKEN = "The org token is read from the variable BIGPANDA_ORG_TOKEN and nowhere else. It is never printed.";

const STANDARD_INPUT = "`-` reads standard input.";

export const TABLE: Record<string, Description> = {
  validate: {
    summary: "find what is wrong with a configuration, and where",
    usage: "validate <body>... [options]",
    about: `Checks request bodies, or bare configurations. ${STANDARD_INPUT} A pattern such as 'oim/**/*.json' names
all files that fit it.`,
    options: {
      payload: {
        kind: "texts",
        value: "file",
        complete: "file",
        help: "show the rules this payload as well as the sample; may be repeated, and be a pattern",
      },
      mode: MODE,
      coverage: {
        kind: "text",
        words: ["strict", "lenient"],
        help: "lenient: a field that the sample lacks is a warning where its rule has another way to a value (default strict)",
      },
      strict: { kind: "flag", help: "warnings are problems too" },
      format: {
        kind: "text",
        words: ["text", "json", "sarif", "github"],
        help: "how to print: for people, for programs, for code scanning, or as annotations of GitHub Actions (default text)",
      },
    },
    operands: "file",
    notes: "Exit codes: 0 no errors (with --strict, no warnings), 1 some, 2 wrong use or unreadable input.",
  },
  process: {
    summary: "run payloads through a configuration",
    usage: "process <body> [payload...] [options]",
    about: `Prints what becomes of each payload: alerts, rejections and diagnostics, as JSON. Without a payload it reads
one from standard input, which is also \`-\`.`,
    options: {
      trace: { kind: "flag", help: "explain every value" },
      ndjson: {
        kind: "flag",
        help: "each line of the input is a payload, and each line of the output its answer; a line that cannot be read is told on standard error, by its number, and has no answer",
      },
      jobs: { kind: "text", value: "n", help: "with --ndjson: use that many cores (default 1); the order is kept" },
      "received-at": RECEIVED_AT,
      "additional-tags": ADDITIONAL_TAGS,
    },
    operands: "file",
    notes:
      "Exit codes: 0 fine, 1 a payload could not be read or an alert was rejected, 2 wrong use or unreadable input.",
  },
  test: {
    summary: "run test cases: payloads and the alerts they should give",
    usage: "test [folder] [options]",
    about: `A case is a folder with a payload.json and an expected.json. Its configuration is the body.json beside them,
or the nearest one in a folder above, up to the folder that is given (default: this one).`,
    options: {
      update: { kind: "flag", help: "write what comes out to expected.json wherever it differs" },
      format: { kind: "text", words: ["text", "junit", "json"], help: "how to print (default text)" },
      coverage: { kind: "text", value: "percent", help: "fail when the cases reach less of the rules" },
      filter: { kind: "text", value: "text", help: "run only cases whose name contains this" },
    },
    operands: "folder",
    notes: `A case may have an options.json such as {"receivedAt": "2026-01-31T12:00:00Z", "additionalTags": "map"}; without
it, payloads are received at 2000-01-01T00:00:00Z.

Exit codes: 0 all pass, 1 some fail or the coverage is too low, 2 wrong use or no case.`,
  },
  diff: {
    summary: "tell what a change of a configuration changes in alerts",
    usage: "diff <old> <new> [options]",
    about: "Runs payloads through both configurations and tells what differs.",
    options: {
      payloads: {
        kind: "texts",
        value: "pattern",
        complete: "file",
        help: "files with a payload each; may be repeated (default: the samples)",
      },
      format: TEXT_OR_JSON,
      "received-at": RECEIVED_AT,
      "additional-tags": ADDITIONAL_TAGS,
    },
    operands: "file",
    notes: "Exit codes: 0 the same alerts, 1 other ones, 2 wrong use or unreadable input.",
  },
  simulate: {
    summary: "tell what a sequence of payloads does: new, updated, resolved, reopened",
    usage: "simulate <body> <payload>... [options]",
    about: "Runs payloads one after the other, in the order they are named, and tells what each alert does.",
    options: {
      format: TEXT_OR_JSON,
      "received-at": RECEIVED_AT,
      "additional-tags": ADDITIONAL_TAGS,
    },
    operands: "file",
    notes:
      "Exit codes: 0 fine, 1 an alert was rejected or something could not be read, 2 wrong use or unreadable input.",
  },
  suggest: {
    summary: "make a configuration from a payload",
    usage: "suggest <payload> [options]",
    about: "Prints a request body with rules for this payload, and on standard error why each is as it is.",
    options: {
      format: {
        kind: "text",
        words: ["text", "json"],
        help: "json: the body, the reasons and the diagnostics in one document (default text)",
      },
      quiet: { kind: "flag", help: "leave out the reasons" },
    },
    operands: "file",
    notes: "Exit codes: 0 fine, 1 the payload cannot be read as JSON, 2 wrong use or unreadable input.",
  },
  fields: {
    summary: "list the fields of a payload by the paths that rules use",
    usage: "fields <payload> [options]",
    about: `Prints the path, the type, how often it occurs and an example. ${STANDARD_INPUT}`,
    options: {
      "array-source": {
        kind: "text",
        value: "path",
        help: "path of the array of alerts; an empty one if the payload is the array",
      },
      format: TEXT_OR_JSON,
    },
    operands: "file",
    notes: "Exit codes: 0 fine, 1 the payload cannot be read as JSON, 2 wrong use or unreadable input.",
  },
  generate: {
    summary: "make code that sends a configuration to BigPanda",
    usage: "generate <body> --target <target> --app-key <key> [options]",
    about: "Prints the code. What is wrong with the body is told on standard error. --list lists the targets.",
    options: {
      target: { kind: "text", value: "target", help: "what to make; see --list" },
      "app-key": APP_KEY,
      region: REGION,
      mode: MODE,
      "sample-as": {
        kind: "text",
        words: ["object", "text"],
        help: "send the sample as an object or as a text that holds JSON (default: as it is written)",
      },
      list: { kind: "flag", help: "list the targets" },
    },
    operands: "file",
    notes: "Exit codes: 0 fine, 1 the body has errors or there is no code, 2 wrong use or unreadable input.",
  },
  pull: {
    summary: "retrieve the configuration of an integration",
    usage: "pull --app-key <key> [options]",
    about: `Prints the request body that BigPanda has for the integration.
${TOKEN}`,
    options: {
      "app-key": APP_KEY,
      region: REGION,
      url: URL,
      output: {
        kind: "text",
        value: "file",
        complete: "file",
        help: "write it to this file instead, which must not exist yet",
      },
      verbose: VERBOSE,
    },
    operands: null,
    notes: "Exit codes: 0 fine, 1 BigPanda refused or could not be reached, 2 wrong use or no token.",
  },
  push: {
    summary: "send a configuration to BigPanda, after showing what changes",
    usage: "push <body> --app-key <key> [options]",
    about: `Validates the body, retrieves the present configuration, shows what changes in the rules and in the alerts of
the samples, asks, keeps a backup of the present configuration and sends the new one.
${TOKEN}`,
    options: {
      "app-key": APP_KEY,
      region: REGION,
      url: URL,
      yes: { kind: "flag", help: "do not ask" },
      "dry-run": { kind: "flag", help: "stop after showing what changes" },
      payloads: {
        kind: "texts",
        value: "pattern",
        complete: "file",
        help: "files with a payload each, whose alerts are compared instead of the samples'; may be repeated",
      },
      backup: {
        kind: "text",
        value: "folder",
        complete: "folder",
        help: "where the backup goes (default: this folder)",
      },
      verbose: VERBOSE,
    },
    operands: "file",
    notes: `Exit codes: 0 sent, or nothing to change, 1 errors in the body, refused by BigPanda or by you, not reached, 2 wrong use,
no token or unreadable input.`,
  },
  mock: {
    summary: "serve BigPanda's OIM API on this machine, for tests",
    usage: "mock [options]",
    about: `Serves BigPanda's API around OIM v1 configurations on this machine, for tests. It prints one line with its address
once it listens, and ends with Ctrl-C.

  POST /configurations/alerts/oim/{app_key}   create or update a configuration; it is validated first
  GET  /configurations/alerts/oim/{app_key}   retrieve it
  POST /oim/api/alerts                        send an event; with ?explain=1 the answer tells what
  POST /oim/{integration}/alerts              the stored rules make of it
  GET  /openapi.json                          the description of all this, OpenAPI 3.1`,
    options: {
      port: { kind: "text", value: "n", help: "port to listen on, 0 for a free one (default 7646)" },
      host: {
        kind: "text",
        value: "address",
        help: "address to listen on (default 127.0.0.1: only this machine can connect)",
      },
      data: {
        kind: "text",
        value: "folder",
        complete: "folder",
        help: "keep the configurations in this folder; without it they are gone afterwards",
      },
      token: {
        kind: "texts",
        value: "token",
        help: "a valid org token; may be repeated (default: every token is valid)",
      },
      "app-key": {
        kind: "texts",
        value: "key",
        help: "an app key that has an integration; may be repeated (default: every key has one)",
      },
      "installed-at": {
        kind: "texts",
        value: "time",
        help: "when the integrations were installed, or <app key>=<time> for one of them, then it may be repeated; in the ten minutes after it a POST gets 409 (default: long ago)",
      },
      wait: { kind: "text", value: "seconds", help: "the length of those ten minutes (default 600)" },
      rate: { kind: "text", value: "n", help: "requests a second for each token, 0 for no limit (default 5)" },
      "body-limit": { kind: "text", value: "bytes", help: "the largest body (default and at most 6291456)" },
      "sample-coverage": {
        kind: "text",
        value: "strict|lenient",
        help: "strict, or lenient: a field that the sample lacks is accepted where a rule has another way to a value (default strict)",
      },
      clock: { kind: "text", value: "time", help: "begin at this time instead of now; the clock runs on from there" },
    },
    operands: null,
    notes: `A time is ISO 8601 such as 2026-01-31T12:00:00Z (UTC without a zone), epoch milliseconds, or \`now\`.

Exit codes: 0 ended, 2 wrong use, or the port or the folder cannot be used.`,
  },
  completion: {
    summary: "print a script that completes commands in your shell",
    usage: "completion bash|zsh|fish",
    about: `Prints a script for the shell. Put one of these where your shell starts:

  source <(oim completion bash)        ~/.bashrc
  source <(oim completion zsh)         ~/.zshrc, behind compinit
  oim completion fish | source         ~/.config/fish/config.fish`,
    options: {},
    operands: ["bash", "zsh", "fish"],
  },
};
