/** The subcommands that speak to BigPanda, or stand in for it. */
import {
  type Description,
  REGION,
  APP_KEY,
  ADDITIONAL_TAGS,
  URL,
  VERBOSE,
  TEXT_OR_JSON,
  TOKEN,
} from "./description.js";

export const REMOTE: Record<string, Description> = {
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
};
