/** The subcommands and their options. Parsing, help and completion read this; it does not need the engine. */

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

const REGION: Option = { kind: "text", words: ["us", "eu"], help: "region of the account (default us)" };
const APP_KEY: Option = { kind: "text", value: "key", help: "the app key of the integration" };
const MODE: Option = {
  kind: "text",
  words: ["create", "update"],
  help: "purpose of the body; create requires a sample that is not blank (default create)",
};
const RECEIVED_AT: Option = {
  kind: "text",
  value: "time",
  help: "time of receipt, ISO 8601 or epoch time (default: now); used where no source gives a time",
};
const ADDITIONAL_TAGS: Option = { kind: "flag", help: "add a tag for each field that no rule names" };
const URL: Option = {
  kind: "text",
  value: "base",
  help: "send requests to this address instead of BigPanda, such as that of `oim mock`",
};
const VERBOSE: Option = { kind: "flag", help: "log each request to standard error" };
const TEXT_OR_JSON: Option = { kind: "text", words: ["text", "json"], help: "output format (default text)" };
const TOKEN = "The org token is read only from the environment variable BIGPANDA_ORG_TOKEN. It is never printed.";

const EXIT_ZERO: Option = { kind: "flag", help: "exit with 0 whatever is wrong with the data" };
const ARCHIVES = `Payloads are files, patterns, folders with .json, .ndjson and .jsonl files, or \`-\` for standard input.
A file whose first line is JSON has a payload on each line; any other is one payload. Files may be compressed with gzip,
or with Zstandard where Node can read it (22.15 or newer). Memory does not grow with the archive.`;

const STANDARD_INPUT = "`-` reads standard input.";

export const TABLE: Record<string, Description> = {
  validate: {
    summary: "find problems in a configuration",
    usage: "validate <body>... [options]",
    about: `Checks request bodies, or bare configurations. ${STANDARD_INPUT} A pattern such as 'oim/**/*.json'
stands for all matching files.`,
    options: {
      payload: {
        kind: "texts",
        value: "file",
        complete: "file",
        help: "check the rules against this payload as well as the sample; a file or a pattern, may be repeated",
      },
      mode: MODE,
      coverage: {
        kind: "text",
        words: ["strict", "lenient"],
        help: "lenient: a field missing from the sample is only a warning if its rule can get a value elsewhere (default strict)",
      },
      "config-version": {
        kind: "text",
        words: ["1", "2"],
        help: "the version that the configuration has to be of (default: found by its attributes)",
      },
      fix: { kind: "flag", help: "apply the fixes to the files, and report what remains" },
      strict: { kind: "flag", help: "also fail on warnings" },
      format: {
        kind: "text",
        words: ["text", "json", "sarif", "github"],
        help: "output format: for people, programs, code scanning or GitHub Actions annotations (default text)",
      },
    },
    operands: "file",
    notes: "Exit codes: 0 no errors (with --strict, no warnings), 1 some, 2 usage error or unreadable input.",
  },
  process: {
    summary: "run payloads through a configuration",
    usage: "process <body> [payload...] [options]",
    about: `Prints the alerts, rejections and diagnostics of each payload as JSON. Without a payload, or with \`-\`, it reads one
from standard input.`,
    options: {
      trace: { kind: "flag", help: "explain how each value was found" },
      ndjson: {
        kind: "flag",
        help: "read one payload per line and print one result per line; invalid lines are reported on standard error with their line number and skipped",
      },
      "every-line": {
        kind: "flag",
        help: "with --ndjson: print one result for each line, also for blank and invalid ones, whose diagnostics are in it",
      },
      "exit-zero": EXIT_ZERO,
      jobs: { kind: "text", value: "n", help: "with --ndjson: number of threads (default 1); the order is kept" },
      "received-at": RECEIVED_AT,
      "additional-tags": ADDITIONAL_TAGS,
    },
    operands: "file",
    notes: `An alert that the configuration's own event_filter drops is reported and is no failure.

Exit codes: 0 fine, 1 a payload was invalid or an alert was rejected, 2 usage error, unreadable input or
no usable configuration.`,
  },
  test: {
    summary: "run test cases: payloads and their expected alerts",
    usage: "test [folder] [options]",
    about: `A case is a folder with a payload.json and an expected.json. Its configuration is the body.json in the same
folder or in the nearest folder above, up to the given folder (default: the current one).`,
    options: {
      update: { kind: "flag", help: "write the actual result to expected.json where it differs" },
      format: { kind: "text", words: ["text", "junit", "json"], help: "output format (default text)" },
      coverage: { kind: "text", value: "percent", help: "fail if the cases cover less of the rules" },
      filter: { kind: "text", value: "text", help: "run only cases whose name contains this text" },
    },
    operands: "folder",
    notes: `A case may have an options.json such as {"receivedAt": "2026-01-31T12:00:00Z", "additionalTags": "map"}; without
it, payloads are received at 2000-01-01T00:00:00Z.

Exit codes: 0 all pass, 1 some fail or the coverage is too low, 2 usage error or no case.`,
  },
  diff: {
    summary: "show how a changed configuration changes alerts",
    usage: "diff <old> <new> [options]",
    about: `Runs payloads through both configurations and shows how the alerts differ.

${ARCHIVES}`,
    options: {
      payloads: {
        kind: "texts",
        value: "pattern",
        complete: "file",
        help: "payloads, or archives of them; may be repeated (default: the samples)",
      },
      format: {
        kind: "text",
        words: ["text", "json", "markdown"],
        help: "output format; markdown is made to be a comment on a pull request (default text)",
      },
      examples: {
        kind: "text",
        value: "n",
        help: "show counts and at most n examples of each kind of change (default: each change up to 200, else 5 examples)",
      },
      jobs: { kind: "text", value: "n", help: "number of threads (default 1)" },
      "exit-zero": { kind: "flag", help: "exit with 0 also if alerts differ" },
      "received-at": RECEIVED_AT,
      "additional-tags": ADDITIONAL_TAGS,
    },
    operands: "file",
    notes: "Exit codes: 0 same alerts, 1 different alerts, 2 usage error or unreadable input.",
  },
  coverage: {
    summary: "show what the rules do over archives of payloads",
    usage: "coverage <body> [payloads...] [options]",
    about: `Counts, over many payloads, how often each source, status value and default gave the value, and which never did;
status words that fell to the default, rejections, values over BigPanda's limits, and identities. Without payloads it
reads standard input.

${ARCHIVES}`,
    options: {
      format: { kind: "text", words: ["text", "json", "markdown"], help: "output format (default text)" },
      jobs: { kind: "text", value: "n", help: "number of threads (default 1)" },
      "exit-zero": EXIT_ZERO,
      "received-at": RECEIVED_AT,
      "additional-tags": ADDITIONAL_TAGS,
    },
    operands: "file",
    notes:
      "Exit codes: 0 fine, 1 a payload could not be read or the body has errors, 2 usage error, unreadable input or no usable configuration.",
  },
  simulate: {
    summary: "show what a sequence of payloads does: new, updated, resolved, reopened",
    usage: "simulate <body> <payload>... [options]",
    about: "Runs payloads in the given order and shows what each alert does.",
    options: {
      format: TEXT_OR_JSON,
      "received-at": RECEIVED_AT,
      "additional-tags": ADDITIONAL_TAGS,
    },
    operands: "file",
    notes:
      "An alert that the configuration's own event_filter drops is no failure.\n\nExit codes: 0 fine, 1 an alert was rejected or something could not be read, 2 usage error or unreadable input.",
  },
  suggest: {
    summary: "write a configuration for payloads of a tool",
    usage: "suggest <payload>... [options]",
    about:
      "Prints a request body with rules for these payloads, and the reason for each rule on standard error. The first payload becomes the sample; more of them, such as the recovery of a problem, show which words the tool uses and which fields stay the same. A file or standard input may hold one payload per line (NDJSON).",
    options: {
      format: {
        kind: "text",
        words: ["text", "json"],
        help: "json: the body, the reasons and the diagnostics in one document (default text)",
      },
      quiet: { kind: "flag", help: "leave out the reasons" },
      "config-version": {
        kind: "text",
        words: ["1", "2"],
        help: "version of the configuration to write (default 1)",
      },
    },
    operands: "file",
    notes: "Exit codes: 0 fine, 1 the payload cannot be read as JSON, 2 usage error or unreadable input.",
  },
  migrate: {
    summary: "rewrite a configuration of version 1 as version 2",
    usage: "migrate <body> [options]",
    about:
      "Prints the request body of version 2, and on standard error what does not carry over and whether both configurations give the same alerts: for every payload, or for those given with --payloads.",
    options: {
      payloads: {
        kind: "texts",
        value: "pattern",
        complete: "file",
        help: "payload files, one payload each, over which both configurations are compared; may be repeated",
      },
      "additional-tags": {
        kind: "flag",
        help: "set map_remaining, which adds a tag for each field that no rule names",
      },
      format: {
        kind: "text",
        words: ["text", "json"],
        help: "json: the body, the notes, the proof and the diagnostics in one document (default text)",
      },
    },
    operands: "file",
    notes:
      "Exit codes: 0 migrated, 1 the configuration cannot be understood or the alerts of the payloads differ, 2 usage error or unreadable input.",
  },
  fields: {
    summary: "list the fields of a payload with the paths that rules use",
    usage: "fields <payload> [options]",
    about: `Prints the path, type, count and an example of each field. ${STANDARD_INPUT}`,
    options: {
      "array-source": {
        kind: "text",
        value: "path",
        help: "path of the array of alerts; empty if the payload itself is the array",
      },
      format: TEXT_OR_JSON,
    },
    operands: "file",
    notes: "Exit codes: 0 fine, 1 the payload cannot be read as JSON, 2 usage error or unreadable input.",
  },
  generate: {
    summary: "write code that sends a configuration to BigPanda",
    usage: "generate <body> --target <target> --app-key <key> [options]",
    about: "Prints the code. Problems in the body are reported on standard error. --list shows the targets.",
    options: {
      target: { kind: "text", value: "target", help: "kind of code; see --list" },
      "app-key": APP_KEY,
      region: REGION,
      mode: MODE,
      "sample-as": {
        kind: "text",
        words: ["object", "text"],
        help: "send the sample as an object or as JSON text (default: as written)",
      },
      list: { kind: "flag", help: "list the targets" },
    },
    operands: "file",
    notes: "Exit codes: 0 fine, 1 the body has errors or there is no code, 2 usage error or unreadable input.",
  },
  pull: {
    summary: "retrieve the configuration of an integration",
    usage: "pull --app-key <key> [options]",
    about: `Prints the request body that BigPanda stores for the integration.
${TOKEN}`,
    options: {
      "app-key": APP_KEY,
      region: REGION,
      url: URL,
      output: {
        kind: "text",
        value: "file",
        complete: "file",
        help: "write to this file, which must not exist yet",
      },
      shape: {
        kind: "flag",
        help: "print only the structure: types instead of values, without the sample; safe to show to others",
      },
      verbose: VERBOSE,
    },
    operands: null,
    notes: "Exit codes: 0 fine, 1 BigPanda refused or was not reached, 2 usage error or no token.",
  },
  push: {
    summary: "show what changes, then send a configuration to BigPanda",
    usage: "push <body> --app-key <key> [options]",
    about: `Validates the body, retrieves the current configuration, shows what changes in the rules and in the alerts of
the samples, asks for confirmation, backs up the current configuration and sends the new one.
${TOKEN}`,
    options: {
      "app-key": APP_KEY,
      region: REGION,
      url: URL,
      yes: { kind: "flag", help: "do not ask for confirmation" },
      "dry-run": { kind: "flag", help: "stop after showing what changes" },
      "replace-version": {
        kind: "flag",
        help: "allow a configuration of version 2 in place of one of version 1, or the reverse",
      },
      payloads: {
        kind: "texts",
        value: "pattern",
        complete: "file",
        help: "payload files to compare alerts for, instead of the samples; may be repeated",
      },
      backup: {
        kind: "text",
        value: "folder",
        complete: "folder",
        help: "folder for the backup (default: the current folder)",
      },
      verbose: VERBOSE,
    },
    operands: "file",
    notes: `Exit codes: 0 sent, or nothing to change, 1 errors in the body, another version, refused by BigPanda
or by you, not reached, 2 usage error, no token or unreadable input.`,
  },
  verify: {
    summary: "compare what BigPanda made of payloads with what the engine makes of them",
    usage: "verify <body> --app-key <key> --payloads <pattern> [options]",
    about: `Reads the recent alerts of an integration, finds those of the payloads and reports what differs from the engine's
alerts: tags, status, time and identity, with the rule responsible. Nothing is sent without --send.
${TOKEN}`,
    options: {
      payloads: {
        kind: "texts",
        value: "pattern",
        complete: "file",
        help: "the payloads, one to a file: files, patterns, or folders with .json files; may be repeated",
      },
      "app-key": APP_KEY,
      send: { kind: "flag", help: "send the payloads to the integration first, and wait for their alerts" },
      wait: {
        kind: "text",
        value: "seconds",
        help: "with --send: how long alerts are waited for (default 60, at most 600)",
      },
      alerts: {
        kind: "texts",
        value: "file",
        complete: "file",
        help: "read a saved answer instead of asking BigPanda; may be repeated; needs no app key and no token",
      },
      since: {
        kind: "text",
        value: "time",
        help: "read alerts from this time on; sent as given, since BigPanda's form is not documented",
      },
      ignore: { kind: "texts", value: "tag", help: "do not compare this tag; may be repeated" },
      "additional-tags": ADDITIONAL_TAGS,
      save: {
        kind: "text",
        value: "folder",
        complete: "folder",
        help: "write BigPanda's alerts as cases of `oim test` to this folder",
      },
      probe: {
        kind: "flag",
        help: "print payloads and configurations that show each rule which BigPanda does not document",
      },
      out: { kind: "text", value: "folder", complete: "folder", help: "with --probe: write them to this folder" },
      region: REGION,
      url: URL,
      verbose: VERBOSE,
      format: TEXT_OR_JSON,
    },
    operands: "file",
    notes: `The path that is read is known from a description of BigPanda's API by others, not from its documentation.

Exit codes: 0 no difference, 1 some, or a payload was refused, 2 usage error, unreadable input, no token or no access.`,
  },
  mock: {
    summary: "serve a mock of BigPanda's OIM API for tests",
    usage: "mock [options]",
    about: `Serves a mock of BigPanda's API for OIM configurations, version 1 and 2, on this machine. It prints its address once it
listens and runs until Ctrl-C.

  POST /configurations/alerts/oim/{app_key}   validate and create or update a configuration
  GET  /configurations/alerts/oim/{app_key}   retrieve it
  POST /oim/api/alerts                        send an event; with ?explain=1 the answer shows what
  POST /oim/{integration}/alerts              the stored rules make of it
  GET  /resources/v2.1/integration-alerts     what became of them
  GET  /resources/v2.0/troubleshooting/logs   what was refused
  GET  /openapi.json                          the OpenAPI 3.1 description`,
    options: {
      port: { kind: "text", value: "n", help: "port to listen on, 0 for a free one (default 7646)" },
      host: {
        kind: "text",
        value: "address",
        help: "address to listen on (default 127.0.0.1: only this machine can connect)",
      },
      "allowed-host": {
        kind: "texts",
        value: "name",
        help: "host name that requests may use besides localhost and addresses (repeatable)",
      },
      data: {
        kind: "text",
        value: "folder",
        complete: "folder",
        help: "keep the configurations in this folder (default: in memory)",
      },
      record: {
        kind: "text",
        value: "folder",
        complete: "folder",
        help: "keep the body of each event in this folder, as a file that other commands take as a payload; tokens and app keys of headers and queries are left out",
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
    notes: `A time is ISO 8601 such as 2026-01-31T12:00:00Z (UTC without a zone), an epoch time, or \`now\`.

Exit codes: 0 ended, 2 usage error, or the port or the folder cannot be used.`,
  },
  completion: {
    summary: "print a completion script for your shell",
    usage: "completion bash|zsh|fish",
    about: `Prints a script for the shell. Put one of these where your shell starts:

  source <(oim completion bash)        ~/.bashrc
  source <(oim completion zsh)         ~/.zshrc, after compinit
  oim completion fish | source         ~/.config/fish/config.fish`,
    options: {},
    operands: ["bash", "zsh", "fish"],
  },
};
