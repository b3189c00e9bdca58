/** The subcommands and their options. Parsing, help and completion read this; it does not need the engine. */
import {
  type Description,
  REGION,
  APP_KEY,
  MODE,
  RECEIVED_AT,
  ADDITIONAL_TAGS,
  TEXT_OR_JSON,
  EXIT_ZERO,
  ARCHIVES,
  STANDARD_INPUT,
} from "./description.js";
import { REMOTE } from "./table-remote.js";

export type { Description, Option } from "./description.js";

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
  sample: {
    summary: "put a sample together from payloads",
    usage: "sample <body> [payloads...] [options]",
    about: `Prints the fullest payload, completed from the others so that every field that a rule names and any payload has is
in it: the sample that BigPanda wants. Fields that no payload has are named on standard error. Without payloads it reads
standard input.

${ARCHIVES}`,
    options: {
      redact: {
        kind: "flag",
        help: "replace values by neutral ones of the same kind, except for words that the status map or the filter lists and times that the rule reads; keys stay",
      },
    },
    operands: "file",
    notes:
      "At most 128 MiB of payloads are looked at.\n\nExit codes: 0 all fields are there, 1 some are in no payload or a payload could not be read, 2 usage error or unreadable input.",
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
  ...REMOTE,
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
